"""The numerical gradient: by hand, in random directions, against SciPy, and by its order of convergence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from tracing import arrays

from gradcore import numerical_gradient

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
    np.testing.assert_allclose(found, wavy_gradient(x), rtol=1e-6, atol=1e-6)    # h² f‴/6, f‴ below 100 here


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


def test_an_infinite_f_gives_nan_without_a_warning():
    assert np.isnan(numerical_gradient(lambda x: np.float64("inf"), 1.0))
