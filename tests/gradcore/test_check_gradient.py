"""The gradient checker at its hardest: planted errors, and right gradients of badly scaled functions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen, rosen_der

from gradcore import beale, bowl, check_gradient, himmelblau, plateau, rosenbrock, saddle, sphere

RNG = np.random.default_rng(7)
WEIGHTS = RNG.normal(size=(3, 3))
LANDSCAPES = [sphere, bowl, saddle, plateau, rosenbrock, himmelblau, beale]
INPUTS, LABELS = RNG.normal(size=(5, 3)), np.array([0, 2, 1, 1, 0])


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def loss(W):
    """Softmax with cross-entropy, the mean of five samples."""
    return -np.mean(log_softmax(INPUTS @ W)[range(5), LABELS])


def loss_gradient(W):
    """By hand: xᵀ(softmax − t) / N."""
    return INPUTS.T @ (np.exp(log_softmax(INPUTS @ W)) - np.eye(3)[LABELS]) / 5


def planted(grad, place, factor):
    def wrong(x):
        g = np.array(grad(x))
        g[place] *= factor
        return g

    return wrong


# Planted errors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", list(np.ndindex(3, 3)))
@pytest.mark.parametrize("factor", [1.001, 0.999, 1.0005, -1, 0])
def test_an_error_in_one_coordinate_is_found_and_named(place, factor):
    found = check_gradient(loss, planted(loss_gradient, place, factor), WEIGHTS)
    assert not found and found.worst == place
    assert found.claimed == factor * loss_gradient(WEIGHTS)[place]
    assert found.estimated == pytest.approx(loss_gradient(WEIGHTS)[place], rel=1e-6)
    assert found.error == pytest.approx(abs(1 - factor) / max(1, abs(factor)), rel=0.01)


@pytest.mark.parametrize("h", [0.3, 0.0775, 0.01, 0.002])
def test_a_wrong_gradient_is_not_excused_by_a_poor_step(h):
    """(sin(x + h) − sin(x − h)) / 2h = cos(x) sin(h)/h: what a difference with a large h would call right."""
    wrong = np.sin(h) / h
    assert not check_gradient(lambda x: np.sin(x).sum(), lambda x: np.cos(x) * wrong, [1.0, 2.0], tolerance=1e-7)


def test_a_missing_mean_is_found():
    assert not check_gradient(loss, lambda W: 5 * loss_gradient(W), WEIGHTS)


def test_a_transposed_weight_is_found():
    assert not check_gradient(loss, lambda W: loss_gradient(W).T, WEIGHTS)
    assert not check_gradient(loss, lambda W: loss_gradient(W.T), WEIGHTS)


def test_a_small_number_inside_the_logarithm_is_found():
    """At a logit gap of 15 the gradient of −log(y + 1e-7) is 0.754, that of −log(y) 1.000."""
    z = np.array([0.0, 15.0])

    def y(z):
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()

    found = check_gradient(lambda z: -np.log(y(z)[0] + 1e-7), lambda z: y(z) - [1, 0], z)
    assert not found
    assert (round(abs(found.estimated), 3), round(abs(found.claimed), 3)) == (0.754, 1.0)
    assert check_gradient(lambda z: -log_softmax(z[None])[0, 0], lambda z: y(z) - [1, 0], z)


@pytest.mark.parametrize("wrong", [lambda x: -2 * x, lambda x: x, lambda x: 0 * x, lambda x: 2 * x + 1e-3])
def test_simple_mistakes_are_found(wrong):
    assert not check_gradient(lambda x: np.sum(x**2), wrong, [3.0, -4.0, 0.5])


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_is_wrong(value):
    found = check_gradient(lambda x: np.sum(x**2), lambda x: np.array([6.0, value]), [3.0, 4.0])
    assert not found and found.worst == (1,) and found.error == np.inf
    assert repr(found.claimed) in ("nan", "inf") and f"claimed {found.claimed}" in repr(found)


# Right gradients -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda f: f.name)
@given(seed=st.integers(0, 10_000))
def test_the_landscapes_pass(landscape, seed):
    x = np.random.default_rng(seed).uniform(*np.transpose(landscape.window))
    assert check_gradient(landscape, landscape.gradient, x)
    for minimum in landscape.minima:
        assert check_gradient(landscape, landscape.gradient, minimum)


def test_scipys_own_rosenbrock_passes():
    assert check_gradient(rosen, rosen_der, np.linspace(-1, 2, 20))


@pytest.mark.parametrize(
    ("f", "grad", "x"),
    [(lambda x: 1e8 * x[0] ** 2 + 1e-8 * x[1] ** 2, lambda x: np.array([2e8 * x[0], 2e-8 * x[1]]), [3.0, 4.0]),
     (lambda x: 1e-20 * np.sum(x**2), lambda x: 2e-20 * x, [3.0, 4.0]),
     (lambda x: 1e20 * np.sum(x**2), lambda x: 2e20 * x, [3.0, 4.0]),
     (lambda x: (x[0] / 1e8) ** 2 + (x[1] * 1e8) ** 2, lambda x: x * [2e-16, 2e16], [1e8, 1e-8]),
     (lambda x: np.sin(1e6 * x).sum(), lambda x: 1e6 * np.cos(1e6 * x), [0.3, 1.0]),
     (lambda x: np.log(x).sum(), lambda x: 1 / x, [1e-6, 1e6, 1.0]),
     (lambda x: np.exp(x).sum(), np.exp, [-30.0, 0.0, 30.0, 700.0]),
     (lambda x: np.exp(1e8 * x[0]), lambda x: 1e8 * np.exp(1e8 * x), [1e-8]),
     (lambda x: 1e12 + np.sum(x**2), lambda x: 2 * x, [3.0, 4.0]),
     (lambda x: np.sum(x**4), lambda x: 4 * x**3, [0.0, 1e-5, 1e5]),
     (lambda x: np.sqrt(x[0]), lambda x: 0.5 / np.sqrt(x), [1e-10]),
     (lambda x: 7.0, np.zeros_like, [3.0, 4.0]),
     (lambda x: np.sin(x).sum(), np.cos, [1e6, 1e6 + 1]), (lambda x: 1e8 * x[0] ** 2, lambda x: 2e8 * x, [1e-8]),
     (lambda x: float(np.sum(x.astype(np.float32) ** 2)), lambda x: 2 * x, [3.0, 4.0]),
     (lambda x: np.maximum(x, 0).sum(), lambda x: (x > 0) * 1.0, [1e-4, -1e-4, 3.0])],
)  # fmt: skip
def test_right_gradients_of_badly_scaled_functions_are_not_accused(f, grad, x):
    found = check_gradient(f, grad, x)
    assert found, found


# The result ----------------------------------------------------------------------------------------------


def test_the_result_tells_what_it_is_worth():
    calls = []
    found = check_gradient(lambda W: calls.append(1) or loss(W), loss_gradient, WEIGHTS)
    assert found and 0 < found.error < 1e-6 and found.compared == 9 and found.undecided == 0
    assert found.evaluations == len(calls) <= 9 * 12 + 1
    assert abs(found.claimed - found.estimated) <= found.uncertainty
    assert repr(found).startswith("<gradient right: largest relative error ") and "9 compared" in repr(found)
    assert repr(check_gradient(loss, lambda W: -loss_gradient(W), WEIGHTS)).startswith("<gradient WRONG")
    with pytest.raises(AttributeError):
        found.error = 0.0


def noisy(size):
    rng = np.random.default_rng(3)
    return lambda x: np.sin(x).sum() + size * rng.normal()


@pytest.mark.parametrize("f", [lambda x: 1e16 + np.sin(x).sum(), noisy(1.0)])
def test_what_drowns_in_rounding_or_noise_passes_undecided_and_the_result_says_so(f):
    found = check_gradient(f, lambda x: 1.001 * np.cos(x), [1.0, 2.0])
    assert found and found.undecided == 2 and found.uncertainty > 0.1
    assert "2 compared (2 undecided: f is too rough there)" in repr(found)


def test_a_little_noise_hides_no_large_error():
    assert check_gradient(noisy(1e-6), np.cos, [1.0, 2.0])
    assert not check_gradient(noisy(1e-6), lambda x: -np.cos(x), [1.0, 2.0])
    assert not check_gradient(noisy(1e-6), lambda x: 1.1 * np.cos(x), [1.0, 2.0])


def test_float32_hides_no_large_error():
    def f(x):
        return float(np.sum(np.sin(x.astype(np.float32))))

    x = np.linspace(0.2, 1.2, 5)
    assert check_gradient(f, np.cos, x) and not check_gradient(f, planted(np.cos, 2, 1.05), x)


def test_a_slope_below_the_resolution_of_float32_is_left_undecided():
    """Between 1e8 and 1e8 + 8 float32 has no number."""
    for f in (lambda x: np.float32(1e8 + x[0]), lambda x: float(np.float32(1e8 + x[0]))):
        found = check_gradient(f, np.ones_like, [1.0])
        assert found and found.undecided == 1 and found.evaluations < 60


def test_the_search_ends_where_steps_are_lost_in_the_rounding_inside_f():
    """(1e8 + x) − 1e8 does not move for steps below 7e-9."""
    found = check_gradient(lambda x: float((1e8 + x[0]) - 1e8), np.ones_like, [1.3])
    assert found and found.evaluations < 25
    assert not check_gradient(lambda x: float((1e8 + x[0]) - 1e8), lambda x: 1.1 * np.ones_like(x), [1.3])


def test_a_large_x_gets_a_large_step():
    f, slope = lambda x: np.sin(x[0] / 1e12), lambda x: np.cos(x / 1e12) / 1e12
    assert check_gradient(f, slope, [1e12]).undecided == 0
    assert not check_gradient(f, lambda x: 1.001 * slope(x), [1e12])


def test_where_f_overflows_on_the_way_smaller_steps_are_taken():
    found = check_gradient(lambda x: np.exp(1e5 * x[0]), lambda x: 1e5 * np.exp(1e5 * x), [0.001])
    assert found and found.undecided == 0


def test_nothing_is_undecided_where_f_is_smooth_flat_or_constant():
    saddle_point = check_gradient(saddle, saddle.gradient, [0.0, 0.0])
    constant = check_gradient(lambda x: 7.1, np.zeros_like, [3.0, 4.0])
    assert saddle_point and constant and (saddle_point.undecided, constant.undecided) == (0, 0)
    assert constant.error == 0 and constant.evaluations == 1 + 2 * 2 * 3
    for minimum in himmelblau.minima:
        assert check_gradient(himmelblau, himmelblau.gradient, minimum).undecided == 0


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_error_in_a_coordinate_of_small_slope_is_found(place):
    slopes = np.array([1e3, 1.0, 1e-3])
    found = check_gradient(
        lambda x: slopes @ np.sin(x), planted(lambda x: slopes * np.cos(x), place, 1.001), [0.3, 1.0, -0.5]
    )
    assert not found and found.worst == (place,) and found.error == pytest.approx(0.001, rel=0.05)
    assert check_gradient(lambda x: slopes @ np.sin(x), lambda x: slopes * np.cos(x), [0.3, 1.0, -0.5])


def test_the_tolerance_is_the_largest_relative_error_that_passes():
    def verdict(factor, tolerance):
        return bool(check_gradient(loss, lambda W: factor * loss_gradient(W), WEIGHTS, tolerance=tolerance))

    assert verdict(1.01, 0.0102) and not verdict(1.01, 0.0098)
    assert verdict(1 + 1e-6, 1.1e-6) and not verdict(1 + 1e-6, 0.9e-6)


@pytest.mark.parametrize("h", [1.0, 1e-3, 1e-5])
def test_a_step_may_be_given_and_is_the_largest_that_is_tried(h):
    seen = []
    assert check_gradient(lambda x: seen.append(x[0]) or np.sin(x[0]), np.cos, [0.4], h=h)
    assert max(seen) - 0.4 == pytest.approx(h) and not check_gradient(
        lambda x: np.sin(x[0]), lambda x: 1.001 * np.cos(x), [0.4], h=h
    )


def test_whole_periods_as_steps_deceive_nobody():
    """Over a whole number of periods sin(2πnx) changes by nothing: so no step is a power of ten."""
    n = 1e6
    assert check_gradient(
        lambda x: np.sin(2 * np.pi * n * x[0]), lambda x: 2 * np.pi * n * np.cos(2 * np.pi * n * x), [0.1234567]
    )


def test_waves_too_short_for_the_first_steps_are_measured_with_shorter_ones():
    """Across many waves a difference is nearly 0, and says so with little doubt."""
    for w in (1e3, 1e5, 1e7):
        assert check_gradient(lambda x: np.sin(w * x[0]), lambda x: w * np.cos(w * x), [0.7])  # noqa: B023
        assert not check_gradient(lambda x: np.sin(w * x[0]), lambda x: 1.001 * w * np.cos(w * x), [0.7])  # noqa: B023


def test_a_large_x_is_compared_in_random_directions_that_a_seed_fixes():
    x, f = np.linspace(-1, 1, 2000), lambda x: np.sin(x).sum()
    first, again = (check_gradient(f, np.cos, x, directions=50, seed=3) for _ in range(2))
    assert first and first.compared == 50 and first.evaluations < 1000 and first.worst in range(50)
    assert first == again != check_gradient(f, np.cos, x, directions=50, seed=4)
    assert not check_gradient(f, lambda x: 1.001 * np.cos(x), x, directions=5)
    assert check_gradient(loss, loss_gradient, WEIGHTS, directions=5).compared == 5


def test_a_gradient_of_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"^grad must return shape \(3, 3\), like x, not \(9,\)"):
        check_gradient(loss, lambda W: loss_gradient(W).ravel(), WEIGHTS)


def test_the_callers_array_and_the_global_random_state_stay_as_they_were():
    x, state = np.array([3.0, 4.0]), np.random.get_state()[1].copy()

    def f(x):
        value = np.sum(x**2)
        x[:] = 0
        return value

    assert check_gradient(f, lambda x: 2 * x, x) and check_gradient(f, lambda x: 2 * x, x, directions=3)
    assert x.tolist() == [3.0, 4.0] and (np.random.get_state()[1] == state).all()


def test_a_function_that_is_never_finite_beside_x_is_told():
    with pytest.raises(FloatingPointError, match="however close"):
        check_gradient(lambda x: 1.0 if x[0] == 2 else np.inf, lambda x: x, [2.0])
