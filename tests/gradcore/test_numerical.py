"""Numerical derivatives: by hand, in random directions, against SciPy, and by its order of convergence."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.differentiate import derivative, hessian, jacobian
from scipy.optimize import approx_fprime
from tracing import arrays, assert_traces

from gradcore import numerical_diff, numerical_gradient, numerical_hessian, numerical_jacobian, partial_diff

# Rounding errors of f, about 1e-16·|f|, are divided by 2h = 2e-4.
ROUNDING = 1e-10


def sphere(x):
    return x[0] ** 2 + x[1] ** 2


def wavy(x):
    return np.sin(x).sum() * np.exp(x / 3).sum() + np.prod(x)


def wavy_gradient(x):
    """By hand, with the product rule."""
    others = np.array([np.prod(np.delete(x.ravel(), i)) for i in range(x.size)]).reshape(x.shape)
    return np.cos(x) * np.exp(x / 3).sum() + np.sin(x).sum() * np.exp(x / 3) / 3 + others


@pytest.mark.parametrize(("x", "gradient"), [([3, 4], [6, 8]), ([0, 2], [0, 4]), ([3, 0], [6, 0])])
def test_the_gradients_of_the_study_notes(x, gradient):
    """Saitoh, Deep Learning from Scratch, section 4.4; by hand ∇f = 2x."""
    np.testing.assert_allclose(numerical_gradient(sphere, x), gradient, atol=ROUNDING)


def test_the_partial_derivatives_of_the_study_notes_digit_by_digit():
    """Saitoh, section 4.3.3: 6.00000000000378 and 7.999999999999119, each with the other variable put in."""
    along_0 = numerical_gradient(lambda x: x * x + 4.0**2.0, 3.0)
    along_1 = numerical_gradient(lambda x: 3.0**2.0 + x * x, 4.0)
    assert (f"{along_0:.14f}", f"{along_1:.15f}") == ("6.00000000000378", "7.999999999999119")


@pytest.mark.parametrize(("x", "printed", "analytic"), [(5, 0.1999999999990898, 0.2), (10, 0.2999999999986347, 0.3)])
def test_the_derivative_of_the_study_notes_curve(x, printed, analytic):
    """Saitoh, section 4.3.2: y = 0.01 x² + 0.1 x."""
    found = numerical_gradient(lambda x: 0.01 * x**2 + 0.1 * x, x)
    assert found == pytest.approx(printed, abs=1e-13) and found == pytest.approx(analytic, abs=ROUNDING)


def test_integer_input_gives_the_float_gradient():
    """The notes' own code returns [25000, 35000] here, because zeros_like of integers holds integers."""
    found = numerical_gradient(sphere, np.array([3, 4]))
    assert found.dtype == float
    np.testing.assert_allclose(found, [6, 8], atol=ROUNDING)


@given(x=arrays())
def test_the_gradient_has_the_shape_of_x_and_the_values_found_by_hand(x):
    found = numerical_gradient(wavy, x)
    assert found.shape == x.shape
    np.testing.assert_allclose(found, wavy_gradient(x), rtol=1e-6, atol=1e-6)  # h² f‴/6, f‴ below 100 here


@given(x=arrays(shape=(2, 3)), seed=st.integers(0, 99))
def test_the_gradient_tells_the_slope_in_any_direction(x, seed):
    direction = np.random.default_rng(seed).normal(size=x.shape)
    direction /= np.linalg.norm(direction)
    t = 1e-5
    slope = (wavy(x + t * direction) - wavy(x - t * direction)) / (2 * t)
    assert np.sum(numerical_gradient(wavy, x) * direction) == pytest.approx(slope, rel=1e-6, abs=1e-6)


@given(x=arrays(shape=(4,)))
def test_scipy_finds_the_same_gradient(x):
    """Its forward difference is good to about √ε |f″|."""
    np.testing.assert_allclose(numerical_gradient(wavy, x), approx_fprime(x, wavy), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("f, x", [(np.sin, 1.0), (np.exp, 0.5), (lambda x: np.sin(x[0]) * np.exp(x[1]), [0.4, 0.8])])
def test_halving_h_quarters_the_error(f, x):
    exact = numerical_gradient(f, x, 1e-3) + (numerical_gradient(f, x, 1e-3) - numerical_gradient(f, x, 2e-3)) / 3
    errors = [np.abs(numerical_gradient(f, x, h) - exact).max() for h in (0.1, 0.05, 0.025)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.02) and errors[1] / errors[2] == pytest.approx(4, rel=0.02)


def test_the_error_for_sin_is_h_squared_over_six():
    """By hand: (sin(x+h) − sin(x−h)) / 2h = cos(x) sin(h)/h."""
    for h in (0.1, 0.01):
        assert numerical_gradient(np.sin, 1.0, h) == pytest.approx(np.cos(1) * np.sin(h) / h, rel=1e-12)


def test_a_quadratic_has_no_error_but_rounding():
    for h in (1.0, 0.5, 1e-2):
        np.testing.assert_allclose(numerical_gradient(sphere, [3, 4], h), [6, 8], rtol=1e-12)


def test_a_step_far_below_the_spacing_of_numbers_gives_zero():
    """1 + 1e-50 is 1: why a tiny h fails."""
    assert numerical_gradient(np.sin, 1.0, h=1e-50) == 0


@pytest.mark.parametrize("tamper", [lambda x: x.fill(99.0), lambda x: x.sort(), lambda x: x.__imul__(0)])
def test_your_array_stays_as_it_was_even_if_f_writes_into_its_argument(tamper):
    x = np.array([3.0, -4.0])

    def f(given):
        value = sphere(given)
        tamper(given)
        return value

    np.testing.assert_allclose(numerical_gradient(f, x), [6, -8], atol=ROUNDING)
    assert x.tolist() == [3.0, -4.0]


def test_an_array_that_cannot_be_written_to_is_fine():
    x = np.array([3.0, 4.0])
    x.flags.writeable = False
    np.testing.assert_allclose(numerical_gradient(sphere, x), [6, 8], atol=ROUNDING)


def test_f_may_keep_its_arguments():
    kept = []
    numerical_gradient(lambda x: kept.append(x) or sphere(x), [3.0, 4.0], h=0.5)
    assert np.array(kept).tolist() == [[3.5, 4], [2.5, 4], [3, 4.5], [3, 3.5]]


def test_f_is_called_twice_for_every_element_and_always_with_floats():
    seen = []
    numerical_gradient(lambda x: seen.append(x.dtype) or 1, np.ones((2, 3), dtype=int))
    assert seen == [np.dtype(float)] * 12


def test_f_may_return_any_kind_of_real_number():
    for kind in (int, float, np.float32, np.float64, np.int64, np.array):
        assert numerical_gradient(lambda x: kind(round(float(x))), 3.0, h=1) == 1  # noqa: B023


def test_nan_beside_the_point_is_told():
    with pytest.raises(FloatingPointError, match="f returned NaN at x = "), np.errstate(invalid="ignore"):
        numerical_gradient(lambda x: np.sqrt(x), 0.0)


@pytest.mark.parametrize(("size", "place"), [(2, 1), (100, 70)])
def test_nan_is_told_in_whichever_coordinate_it_is_found(size, place):
    with pytest.raises(FloatingPointError, match="f returned NaN at x = "), np.errstate(invalid="ignore"):
        numerical_gradient(lambda x: np.sqrt(x[place]), np.zeros(size))


def test_an_infinite_f_gives_nan_without_a_warning():
    assert np.isnan(numerical_gradient(lambda x: np.float64("inf"), 1.0))


# numerical_diff -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "x", "printed"),
    [(lambda x: 0.01 * x**2 + 0.1 * x, 5, 0.1999999999990898),
     (lambda x: 0.01 * x**2 + 0.1 * x, 10, 0.2999999999986347),
     (lambda x: x * x + 4.0**2.0, 3.0, 6.00000000000378), (lambda x: 3.0**2.0 + x * x, 4.0, 7.999999999999119)],
)  # fmt: skip
def test_numerical_diff_prints_the_numbers_of_the_study_notes(f, x, printed):
    """Saitoh, sections 4.3.2 and 4.3.3, digit by digit."""
    assert numerical_diff(f, x) == printed and type(numerical_diff(f, x)) is float
    assert type(numerical_diff(np.sin, np.float64(x))) is float


def test_the_derivative_of_a_square_at_two_is_four():
    assert numerical_diff(lambda x: x**2, 2) == pytest.approx(4, abs=ROUNDING)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
@pytest.mark.parametrize("method", ["central", "forward", "backward"])
def test_a_derivative_of_an_array_is_that_of_each_element(shape, method):
    x = np.random.default_rng(0).normal(size=shape)
    found = numerical_diff(np.sin, x, 1e-6, method)
    assert np.shape(found) == shape
    np.testing.assert_allclose(found, np.cos(x), atol=1e-6)  # h f″/2, and rounding over h
    np.testing.assert_array_equal(found, np.vectorize(lambda v: numerical_diff(np.sin, v, 1e-6, method))(x))


@pytest.mark.parametrize(("method", "factor"), [("central", 4), ("forward", 2), ("backward", 2)])
@given(x=st.floats(-0.5, 0.5))
def test_halving_h_halves_or_quarters_the_error_of_a_derivative(method, factor, x):
    errors = [abs(numerical_diff(np.exp, x, h, method) - np.exp(x)) for h in (0.02, 0.01)]
    assert errors[0] / errors[1] == pytest.approx(factor, rel=0.01)


def test_one_sided_derivatives_look_to_their_side():
    """At the kink of |x|: 1 to the right, −1 to the left, and 0 between."""
    assert [numerical_diff(abs, 0.0, method=m) for m in ("forward", "backward", "central")] == [1, -1, 0]
    assert numerical_diff(np.sqrt, 0.0, 1e-4, "forward") == pytest.approx(100)  # never asked to the left of 0


def test_central_is_the_mean_of_forward_and_backward():
    sides = [numerical_diff(np.exp, 0.3, 0.1, m) for m in ("forward", "backward")]
    assert numerical_diff(np.exp, 0.3, 0.1) == pytest.approx(np.mean(sides), rel=1e-14)


@given(x=st.floats(-3, 3))
def test_scipy_and_autograd_find_the_same_derivative(x):
    found = numerical_diff(lambda x: anp.sin(x) * anp.exp(x / 3), x)
    assert found == pytest.approx(derivative(lambda x: np.sin(x) * np.exp(x / 3), x).df, abs=1e-7)
    assert found == pytest.approx(autograd.grad(lambda x: anp.sin(x) * anp.exp(x / 3))(x), abs=1e-7)


def test_the_best_step_is_near_the_root_and_the_cube_root_of_rounding():
    """Syllabus: forward near √ε ≈ 1e-8, central near ε^(1/3) ≈ 6e-6; within a factor of 30, for rounding is rough."""
    steps, x = 10.0 ** np.arange(-14, -0.9, 0.25), np.linspace(0.5, 1.5, 50)
    for method, best in (("forward", 1.5e-8), ("central", 6e-6)):
        errors = [np.abs(numerical_diff(np.sin, x, h, method) - np.cos(x)).max() for h in steps]
        assert best / 30 < steps[np.argmin(errors)] < best * 30


# partial_diff -------------------------------------------------------------------------------------------


def test_partial_derivatives_print_the_numbers_of_the_study_notes():
    """Saitoh, section 4.3.3."""
    assert [partial_diff(sphere, [3, 4], i) for i in (0, 1)] == [6.00000000000378, 7.999999999999119]


@given(x=arrays(shape=(2, 3)), h=st.sampled_from([1e-4, 1e-2]))
def test_partial_derivatives_are_the_entries_of_the_gradient(x, h):
    whole = numerical_gradient(wavy, x, h)
    for place in np.ndindex(2, 3):
        assert partial_diff(wavy, x, place, h) == whole[place]
        assert partial_diff(wavy, x, (place[0] - 2, place[1] - 3), h) == whole[place]


# batch and vectorized -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1, 1), (4, 2), (3, 2, 2), (2, 60)])
def test_each_row_of_a_batch_has_its_own_gradient(shape):
    x = np.random.default_rng(1).normal(size=shape)
    found = numerical_gradient(wavy, x, batch=True)
    assert found.shape == shape
    for row, point in zip(found, x, strict=True):
        np.testing.assert_array_equal(row, numerical_gradient(wavy, point))


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (70,)])
def test_all_points_at_once_give_the_same_gradient_in_one_call(shape):
    calls = []

    def one(x):
        return np.sum(np.sin(x)) * np.sum(x * x)

    def many(x):
        calls.append(x.shape)
        rows = x.reshape(len(x), -1)
        return np.sum(np.sin(rows), axis=1) * np.sum(rows * rows, axis=1)

    x = np.random.default_rng(2).normal(size=shape)
    # f is at most 500 here
    np.testing.assert_allclose(
        numerical_gradient(many, x, vectorized=True), numerical_gradient(one, x), atol=500 * ROUNDING
    )
    rows = np.stack([x, x + 1, x - 1])
    found = numerical_gradient(many, rows, batch=True, vectorized=True) if shape else None
    assert calls[0] == (2 * x.size, *shape)
    if found is not None:
        np.testing.assert_allclose(found, numerical_gradient(one, rows, batch=True), atol=500 * ROUNDING)
        assert calls[1] == (6 * x.size, *shape)


@pytest.mark.parametrize("size", [1, 49, 50, 51, 99, 200, 401])
def test_large_points_are_moved_in_blocks_that_change_nothing(size):
    x = np.random.default_rng(3).normal(size=size)
    np.testing.assert_allclose(numerical_gradient(lambda x: np.sum(np.sin(x)), x), np.cos(x), atol=1e-8)


# numerical_jacobian and numerical_hessian ---------------------------------------------------------------


def bent(x):
    return np.stack([np.sin(x[0]) * x[1], x[1] ** 3, np.exp(x[0] / 3)])


def test_a_jacobian_by_hand():
    x = np.array([0.4, -1.2])
    wanted = [[np.cos(0.4) * -1.2, np.sin(0.4)], [0, 3 * 1.2**2], [np.exp(0.4 / 3) / 3, 0]]
    np.testing.assert_allclose(numerical_jacobian(bent, x), wanted, atol=1e-7)  # h² f‴/6


@given(x=arrays(shape=(2,)), seed=st.integers(0, 99))
def test_a_jacobian_agrees_with_scipy_and_tells_the_change_in_any_direction(x, seed):
    found = numerical_jacobian(bent, x)
    np.testing.assert_allclose(found, jacobian(bent, x).df, atol=1e-6)
    way = np.random.default_rng(seed).normal(size=2)
    np.testing.assert_allclose(found @ way, (bent(x + 1e-5 * way) - bent(x - 1e-5 * way)) / 2e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("inside", "outside"), [((2,), (3,)), ((2, 2), (3,)), ((3,), ()), ((), (2, 2)), ((2, 3), (2, 2))]
)
def test_a_jacobian_has_the_shape_of_the_values_and_then_of_the_point(inside, outside):
    A = np.random.default_rng(4).normal(size=(*outside, *inside))
    x = np.random.default_rng(5).normal(size=inside)
    found = numerical_jacobian(lambda x: np.tensordot(A, x, axes=len(inside)), x)
    assert found.shape == (*outside, *inside)
    np.testing.assert_allclose(found, A, atol=1e-9)  # a linear map is its own Jacobian


def test_the_jacobian_of_one_number_is_the_gradient():
    np.testing.assert_array_equal(numerical_jacobian(sphere, [3, 4]), numerical_gradient(sphere, [3, 4]))


@given(x=arrays(shape=(3,)), seed=st.integers(0, 99))
def test_the_hessian_of_a_quadratic_is_its_matrix(x, seed):
    A = np.random.default_rng(seed).normal(size=(3, 3))
    found = numerical_hessian(lambda x: x @ A @ x, x)
    np.testing.assert_allclose(found, A + A.T, atol=1e-5)  # rounding of f, 1e-14, over h²
    np.testing.assert_array_equal(found, found.T)


@given(x=arrays(shape=(3,)))
def test_a_hessian_agrees_with_scipy_and_autograd(x):
    def f(x):
        return anp.sin(x[0]) * anp.exp(x[1] / 3) + x[0] * x[1] * x[2] + x[2] ** 4

    found = numerical_hessian(f, x, 1e-3)
    np.testing.assert_allclose(found, hessian(f, x).ddf, atol=1e-5)
    np.testing.assert_allclose(found, autograd.hessian(f)(x), atol=1e-5)


def test_halving_h_quarters_the_errors_of_jacobian_and_hessian():
    x, exact = np.array([0.4, -0.3]), np.exp(0.4 - 0.6)
    f = lambda x: np.exp(x[0] + 2 * x[1])  # noqa: E731
    for estimate, wanted in ((numerical_jacobian, [1, 2]), (numerical_hessian, [[1, 2], [2, 4]])):
        errors = [np.abs(estimate(f, x, h) - exact * np.array(wanted)) for h in (0.02, 0.01)]
        np.testing.assert_allclose(errors[0] / errors[1], 4, rtol=0.01)


def test_a_hessian_of_a_matrix_has_four_axes_and_costs_what_it_says():
    calls = []
    found = numerical_hessian(lambda x: calls.append(1) or np.sum(x**2) + x[0, 0] * x[1, 2], np.ones((2, 3)))
    wanted = 2 * np.eye(6).reshape(2, 3, 2, 3)
    wanted[0, 0, 1, 2] = wanted[1, 2, 0, 0] = 1
    np.testing.assert_allclose(found, wanted, atol=1e-6)
    assert len(calls) == 2 * 6**2 + 1


@pytest.mark.parametrize("estimate", [numerical_gradient, numerical_jacobian, numerical_hessian])
def test_estimates_trace_in_point_and_step(estimate):
    # rounding of f is divided by h², and differs between the tape and NumPy
    assert_traces(lambda x, h: estimate(sphere, x, h), [3.0, 4.0], 0.1, rtol=1e-9, atol=1e-9)
    assert_traces(lambda x: numerical_diff(np.sin, x, method="forward"), 1.0, rtol=1e-9, atol=1e-9)
    assert_traces(lambda x: partial_diff(sphere, x, 1), [3.0, 4.0], rtol=1e-9, atol=1e-9)
