"""Gradient descent: closed forms, the numbers of the study notes, and runs that diverge."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from tracing import arrays

from gradcore import bowl, gradient_descent, sphere
from livefig.program.tape import Between, trace

START = np.array([-3.0, 4.0])


def quadratic(curvature):
    """f = λ x²/2 with its gradient λ x, for every entry."""
    return {"f": lambda x: 0.5 * curvature * np.sum(x**2), "grad": lambda x: curvature * x}


# The numbers of the study notes -------------------------------------------------------------------------


def test_a_hundred_steps_of_the_study_notes():
    """Saitoh, Deep Learning from Scratch, section 4.4.1; exactly 0.8¹⁰⁰·(−3, 4)."""
    x = gradient_descent(sphere, [-3, 4], lr=0.1, step_num=100).x
    np.testing.assert_allclose(x, [-6.11110793e-10, 8.14814391e-10], rtol=1e-8)
    np.testing.assert_allclose(x, 0.8**100 * START, atol=1e-11)  # rounding of f over 2h, about 1e-12


def test_a_tiny_rate_of_the_study_notes_hardly_moves():
    """Saitoh, section 4.4.1: lr = 1e-10."""
    np.testing.assert_allclose(gradient_descent(sphere, [-3, 4], lr=1e-10).x, [-2.99999994, 3.99999992], rtol=1e-9)


def test_a_rate_of_10_freezes_where_adding_h_changes_nothing():
    """Saitoh, section 4.4.1: [−2.58983747e+13, −1.29524862e+12]. Not convergence: beyond about 1e12 x ± 1e-4 is x."""
    run = gradient_descent(sphere, [-3, 4], lr=10)
    np.testing.assert_allclose(run.x, [-2.58983747e13, -1.29524862e12], rtol=1e-8)
    moved = np.diff(run.history, axis=0) != 0
    assert [int(np.flatnonzero(m)[-1]) + 1 for m in moved.T] == [10, 9]  # the last steps in which x₀ and x₁ moved
    assert run.diverged_at is None


def test_with_the_exact_gradient_a_rate_of_10_multiplies_by_minus_19():
    run = gradient_descent(sphere, [-3, 4], lr=10, grad=sphere.gradient)
    np.testing.assert_allclose(run.history[1:], -19 * run.history[:-1], rtol=1e-14)
    assert abs(run.x[0]) == pytest.approx(3 * 19.0**100, rel=1e-12) == pytest.approx(2.25e128, rel=1e-2)


# Closed forms -------------------------------------------------------------------------------------------


@given(x=arrays(), lr=st.floats(-0.5, 2.5), curvature=st.floats(0.1, 3.0), steps=st.integers(0, 20))
def test_on_a_quadratic_every_step_multiplies_by_one_minus_rate_times_curvature(x, lr, curvature, steps):
    run = gradient_descent(init_x=x, lr=lr, step_num=steps, **quadratic(curvature))
    factors = (1 - lr * curvature) ** np.arange(steps + 1).reshape(-1, *[1] * x.ndim)
    # 1 − ηλ is rounded once a step: relative to 1, not to a small factor
    np.testing.assert_allclose(run.history, factors * x, rtol=1e-9, atol=1e-12 * np.max(np.abs(factors)))
    assert run.history.shape == (steps + 1, *x.shape) and run.nit == steps
    assert run.fun == pytest.approx(0.5 * curvature * np.sum(run.x**2), abs=1e-300)


@pytest.mark.parametrize("curvature", [0.1, 2.0, 7.0])
def test_two_over_the_curvature_parts_convergence_from_divergence(curvature):
    sizes = {}
    for rate in (0.99, 1.0, 1.01):
        run = gradient_descent(init_x=[1.0], lr=rate * 2 / curvature, step_num=500, **quadratic(curvature))
        sizes[rate] = abs(run.x[0])
    assert sizes[0.99] < 1e-4 and sizes[1.0] == pytest.approx(1, rel=1e-9) and sizes[1.01] > 1e4


@pytest.mark.parametrize("landscape", [bowl, sphere])
def test_a_landscape_knows_the_rate_at_which_it_diverges(landscape):
    below, above = (
        gradient_descent(landscape, [1.0, 1.0], factor * landscape.critical_lr, 2000, grad=landscape.gradient)
        for factor in (0.99, 1.01)
    )
    assert below.fun < 1e-3 and above.fun > 1e3


def test_the_numerical_gradient_takes_the_same_path_as_the_exact_one():
    numerical, exact = (gradient_descent(bowl, [-7, 2], 0.9, 30, grad=g).history for g in (None, bowl.gradient))
    np.testing.assert_allclose(numerical, exact, atol=1e-9)  # rounding of f over 2h, summed over 30 steps


def test_a_negative_rate_walks_uphill():
    hill = gradient_descent(lambda x: -np.sum(x**2), [1.0, 2.0], lr=-0.1, step_num=100)
    np.testing.assert_allclose(hill.x, [0, 0], atol=1e-8)


@given(a=st.floats(0.5, 3), b=st.floats(-2, 2), start=arrays(shape=(3,)))
def test_descent_ends_where_scipy_ends(a, b, start):
    """f = Σ (a x² + b x + cos x / 4) is convex, with its second derivative between 2a − ¼ and 2a + ¼."""

    def f(x):
        return np.sum(a * x**2 + b * x + np.cos(x) / 4)

    def slope(x):
        return 2 * a * x + b - np.sin(x) / 4

    found = gradient_descent(f, start, 1 / (2 * a + 0.25), 100, grad=slope)
    np.testing.assert_allclose(found.x, minimize(f, start, jac=slope, tol=1e-10).x, atol=1e-6)
    assert found.fun == pytest.approx(f(found.x), rel=1e-15) and np.abs(slope(found.x)).max() < 1e-9


# The result ---------------------------------------------------------------------------------------------


def test_the_result_unpacks_as_point_and_history():
    x, history = gradient_descent(bowl, [-7, 2], 0.1, 5)
    assert history.shape == (6, 2) and history[0].tolist() == [-7.0, 2.0]
    np.testing.assert_array_equal(history[-1], x)


def test_no_steps_leave_the_start():
    run = gradient_descent(bowl, [-7, 2], step_num=0)
    assert run.x.tolist() == [-7.0, 2.0] and run.history.shape == (1, 2) and run.nit == 0
    assert run.fun == pytest.approx(6.45, rel=1e-15) and run.diverged_at is None


@pytest.mark.parametrize("start", [3, [3], [[1, 2], [3, 4]], np.ones((2, 1, 3))])
def test_a_start_of_any_shape_keeps_it(start):
    run = gradient_descent(lambda x: np.sum(x**2), start, 0.5, 3)
    assert run.history.shape == (4, *np.shape(start)) and run.history.dtype == float
    np.testing.assert_allclose(run.x, np.zeros(np.shape(start)), atol=1e-10)


def test_the_callers_arrays_stay_as_they_were_whatever_f_grad_and_callback_write():
    start = START.copy()

    def f(x):
        value = np.sum(x**2)
        x[:] = 1e6
        return value

    def grad(x):
        g = 2 * x
        x -= 77
        return g

    clean = gradient_descent(lambda x: np.sum(x**2), START, 0.1, 5, grad=lambda x: 2 * x)
    run = gradient_descent(f, start, 0.1, 5, grad=grad, callback=lambda x: x.fill(0))
    assert start.tolist() == [-3.0, 4.0]
    np.testing.assert_array_equal(run.history, clean.history)
    assert run.fun == clean.fun


def test_the_callback_sees_every_new_point_and_may_keep_it():
    seen = []
    run = gradient_descent(bowl, [-7, 2], 0.1, 4, callback=seen.append)
    np.testing.assert_array_equal(seen, run.history[1:])


def test_what_the_callback_raises_comes_through():
    with pytest.raises(ZeroDivisionError):
        gradient_descent(bowl, [-7, 2], 0.1, 4, callback=lambda x: 1 / 0)


# Divergence: no exception, no warning (the test run turns warnings into errors) --------------------------


def check_divergence(run):
    """diverged_at is the first point that is not finite; from there on nothing is."""
    finite = np.isfinite(run.history).all(axis=tuple(range(1, run.history.ndim)))
    assert run.diverged_at == int(np.flatnonzero(~finite)[0]) > 0
    assert not np.isfinite(run.x).all()


def test_overflow_is_told_by_its_step():
    run = gradient_descent(sphere, [-3, 4], lr=10, step_num=400, grad=sphere.gradient)
    check_divergence(run)
    assert run.diverged_at == math.ceil(math.log(np.finfo(float).max / 4) / math.log(19))  # 4·19ᵗ overflows


@pytest.mark.parametrize(
    ("f", "start", "lr"),
    [(lambda x: math.exp(x[0]), [1.0], -1.0),                     # OverflowError
     (lambda x: float(x[0]) ** 4, [10.0], 1.0),                   # OverflowError
     (lambda x: np.exp(x[0]), [1.0], -1.0),                       # inf
     (lambda x: np.sum(x**4), [10.0, -3.0], 1.0),                 # inf − inf
     (lambda x: math.sqrt(x[0]), [1.0], 1.0),                     # ValueError: outside the domain
     (lambda x: np.sqrt(x[0]), [1.0], 1.0),                       # NaN from f at a finite point
     (lambda x: np.log(x).sum(), [0.5, 3.0], 1.0),
     (lambda x: 1 / max(float(x[0]), 0.0), [0.5], -0.5)],         # climbs; then 1/0 never, but inf
)  # fmt: skip
def test_a_run_that_leaves_the_numbers_says_when(f, start, lr):
    run = gradient_descent(f, start, lr, 60)
    if run.diverged_at is None:
        assert np.isfinite(run.history).all()
    else:
        check_divergence(run)
        assert np.isnan(run.fun) or np.isinf(run.fun)
    assert run.history.shape == (61, len(start))


@pytest.mark.parametrize("f", [lambda x: math.exp(x[0]), lambda x: math.sqrt(x[0])])
def test_python_functions_that_raise_on_the_way_end_in_nan(f):
    run = gradient_descent(f, [1.0], -2.0 if f(np.zeros(1)) else 1.0, 30)
    check_divergence(run)
    assert np.isnan(run.fun)


def test_nan_beside_the_start_is_an_error_because_no_step_was_possible():
    with pytest.raises(FloatingPointError, match="f returned NaN"):
        gradient_descent(lambda x: np.sqrt(x[0]), [0.0])


def test_a_gradient_that_is_nan_is_divergence():
    run = gradient_descent(lambda x: np.sum(x**2), [1.0], 0.1, 5, grad=lambda x: x * np.nan)
    assert run.diverged_at == 1


# Traced -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grad", [None, bowl.gradient])
def test_a_descent_traces_with_everything_it_reports(grad):
    def walk(steps, lr, x0, x1):
        run = gradient_descent(bowl, [x0, x1], lr, steps, grad=grad)
        return {"history": run.history, "x": run.x, "fun": run.fun, "nit": run.nit, "diverged_at": run.diverged_at}

    tape = trace(walk, Between(1, 0, 400), 0.0, 0.0, 0.0)
    for steps, lr, x0, x1 in [(0, 0.1, 1, 1), (5, 0.1, -7, 2), (30, 0.999, 3, 4), (400, 12.0, -3, 4), (400, -5, 1, 1)]:
        found, run = tape(steps, lr, x0, x1), walk(steps, lr, x0, x1)
        assert found["history"].shape == (steps + 1, 2)
        # with the numerical gradient, rounding errors of f over 2h are multiplied by |1 − ηλ| a step
        tolerance = {"rtol": 1e-12} if grad else {"rtol": 1e-6, "atol": 1e-8}
        np.testing.assert_allclose(found["history"], run["history"], **tolerance)
        np.testing.assert_allclose(found["fun"], run["fun"], **tolerance)
        assert found["nit"] == steps
        assert np.isnan(found["diverged_at"]) if run["diverged_at"] is None else (
            found["diverged_at"] == run["diverged_at"])  # fmt: skip


def test_a_mistake_in_grad_is_told_when_traced_too():
    with pytest.raises(ValueError, match=r"grad must return shape \(2,\), like x, not \(3,\)"):
        trace(lambda x: gradient_descent(bowl, x, 0.1, 3, grad=lambda x: np.zeros(3)).x, np.zeros(2))
