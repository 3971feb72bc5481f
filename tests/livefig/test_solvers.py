"""Differential equations, integrals and roots as SciPy has them, but so that they can be recorded."""

import re
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy import integrate, optimize

import livefig
from livefig.figure.live import live
from livefig.program.tape import grad, trace
from livefig.redrawing.interact import interactive
from livefig.steps import solvers

TIMES = np.linspace(0, 20, 400)
UNEVEN = np.sort(np.random.default_rng(2).uniform(0, 20, 300))
RULES = {
    "a spring": (lambda y, t, a: [y[1], -a * y[0] - 0.2 * y[1]], [1.0, 0.0]),
    "a pendulum that is pushed": (lambda y, t, a: np.stack([y[1], -np.sin(y[0]) + a * np.cos(t)]), [0.3, 0.0]),
    "decay": (lambda y, t, a: -a * y, 2.0),
    "rabbits and foxes": (lambda y, t, a: (y[0] * (a - y[1]), y[1] * (y[0] - 1)), [1.5, 0.6]),
}


@pytest.mark.parametrize("times", [TIMES, UNEVEN], ids=["even", "uneven"])
@pytest.mark.parametrize(("rule", "start"), RULES.values(), ids=RULES)
def test_a_solution_is_that_of_scipy_and_follows_its_arguments_on_the_tape(rule, start, times):
    tape = trace(lambda a, y0: solvers.odeint(rule, y0, times, args=(a,)), 1.0, np.array(start))
    assert len(tape) < 120 and len(tape.to_json(constants=False)) < 2000
    for a in (0.3, 0.9, 2.0):
        wanted = integrate.odeint(rule, start, times, args=(a,), rtol=1e-11, atol=1e-11)
        near = 1e-5 * np.abs(wanted).max()
        np.testing.assert_allclose(solvers.odeint(rule, start, times, args=(a,)), wanted, rtol=0, atol=near)
        np.testing.assert_allclose(tape(a, np.array(start)), wanted, rtol=0, atol=near)


def test_solve_ivp_returns_times_and_unknowns_as_scipys_does():
    def rule(t, y, a):
        return [y[1], -a * y[0] + np.sin(t)]

    given = {"t_eval": TIMES, "args": (2.0,), "rtol": 1e-10, "atol": 1e-10}
    ours, theirs = (f(rule, (0, 20), [1, 0], **given) for f in (solvers.solve_ivp, integrate.solve_ivp))
    np.testing.assert_array_equal(ours.t, theirs.t)
    np.testing.assert_allclose(ours.y, theirs.y, atol=1e-5)
    assert ours.success


def test_the_end_may_move_and_derivatives_pass_through():
    def last(a):
        return solvers.odeint(lambda y, t: -y, 1.0, np.linspace(0, a, 50))[-1, 0]

    assert last(2.0) == pytest.approx(np.exp(-2), rel=1e-9)
    assert grad(last)(2.0) == pytest.approx(-np.exp(-2), rel=1e-8)


@pytest.mark.parametrize("a", [0.2, 1.0, 3.0])
def test_integrals_and_roots_are_scipys(a):
    def integral(a):
        return solvers.quad(lambda x: np.exp(-a * x**2), 0, a)[0]

    def root(a):
        return solvers.brentq(lambda x: np.exp(x) - 3 * a, -5, 5)

    assert integral(a) == pytest.approx(integrate.quad(lambda x: np.exp(-a * x**2), 0, a)[0], rel=1e-12)
    assert root(a) == pytest.approx(optimize.brentq(lambda x: np.exp(x) - 3 * a, -5, 5), rel=1e-12)
    assert trace(lambda a: (integral(a), root(a)), 1.0)(a) == pytest.approx((integral(a), root(a)))
    assert np.isnan(solvers.brentq(np.exp, -1, 1))


def test_what_is_too_rough_or_not_taken_is_told():
    with pytest.warns(UserWarning, match=r"the steps of odeint are too long here: give t more times") as told:
        solvers.odeint(lambda y, t: [y[1], -1e4 * y[0]], [1.0, 0.0], TIMES)
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        solvers.odeint(lambda y, t: [y[1], -y[0]], [1.0, 0.0], TIMES)
    with pytest.raises(TypeError, match="solve_ivp of livefig takes no events="):
        solvers.solve_ivp(lambda t, y: y, (0, 1), [1.0], t_eval=TIMES, events=lambda t, y: y[0])
    with pytest.raises(TypeError, match="odeint of livefig takes no full_output="):
        solvers.odeint(lambda y, t: y, 1.0, TIMES, full_output=True)
    with pytest.raises(ValueError, match="t must be a vector of at least two times"):
        solvers.odeint(lambda y, t: y, 1.0, 3.0)
    with pytest.raises(ValueError, match=r"t_eval is missing: write the times of y"):
        solvers.solve_ivp(lambda t, y: y, (0, 1), [1.0])


def with_scipy(a):
    return integrate.odeint(lambda y, t: [y[1], -a * y[0]], [1, 0], TIMES)[:, 0]


def with_rough_steps(a):
    return integrate.solve_ivp(lambda t, y: [y[1], -a * y[0]], (0, 20), [1, 0], t_eval=TIMES).y[0]


def without_times(a):
    return integrate.solve_ivp(lambda t, y: [y[1], -a * y[0]], (0, 20), [1, 0]).y[0, -1] * TIMES


def with_integrals(a):
    return integrate.quad(lambda x: np.cos(a * x), 0, 1)[0] * TIMES


def with_roots(a):
    return optimize.brentq(lambda x: x**3 - a, 0, 5) * TIMES


@pytest.mark.slow
@pytest.mark.parametrize("update", [with_scipy, with_rough_steps, without_times, with_integrals, with_roots])
def test_live_tells_which_function_to_call_instead_and_that_works(update):
    fig, ax = plt.subplots()
    (line,) = ax.plot(TIMES, TIMES)
    with pytest.raises(TypeError, match=r"After `import livefig`, write `(.*?)`\. ") as told:
        live(fig, lambda a: {line: np.stack([TIMES, update(a)], axis=1)}, a=(0.5, 3.0))
    new = re.search(r"write `return (.*?)`\. ", str(told.value))[1]
    names = {**globals(), "livefig": livefig}
    fig, ax = plt.subplots()
    (line,) = ax.plot(TIMES, TIMES)
    figure = live(fig, lambda a: {line: np.stack([TIMES, eval(new, names | {"a": a})], axis=1)}, a=(0.5, 3.0))
    figure.set(a=1.25)
    atol = 0.1 if update in (with_rough_steps, without_times) else 1e-5
    np.testing.assert_allclose(figure.state.arrays[0][:, 1], update(1.25), atol=atol)


@pytest.mark.slow
def test_interact_takes_odeint_as_it_is():
    def spring(a=2.0, x0=1.0):
        y = integrate.odeint(lambda y, t: [y[1], -a * y[0]], [x0, 0], TIMES)
        _, ax = plt.subplots()
        ax.plot(TIMES, y[:, 0])
        ax.set_ylim(-3, 3)
        ax.set_title(f"at the end {y[-1, 0]:.2f}")

    figure = interactive(spring, a=(0.5, 4.0), x0=(-2.0, 2.0))
    figure.set(a=1.7, x0=0.5)
    wanted = 0.5 * np.cos(np.sqrt(1.7) * TIMES)
    np.testing.assert_allclose(figure.state.arrays[0][:, 1], wanted, atol=1e-5)
    assert figure.spec["choices"] == []


@pytest.mark.slow
def test_interact_refuses_a_solution_that_hangs_on_the_last_digit():
    def lorenz(rho=28.0):
        def rule(y, t):
            return [10 * (y[1] - y[0]), y[0] * (rho - y[2]) - y[1], y[0] * y[1] - 8 / 3 * y[2]]

        t = np.linspace(0, 40, 2000)
        _, ax = plt.subplots()
        ax.plot(t, integrate.odeint(rule, [1, 1, 1], t)[:, 0])
        ax.set_ylim(-25, 25)

    told = r"other numbers on a page .*: a page solves equations by steps of its own\. Solve them to an earlier end"
    with pytest.warns(UserWarning, match="too long here"), pytest.raises(TypeError, match=told):
        interactive(lorenz, rho=(20.0, 30.0))
