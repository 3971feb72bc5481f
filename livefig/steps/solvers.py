"""Differential equations, integrals and roots, called as SciPy's functions are, by methods that can be recorded.

Each takes as many steps of one kind as its arguments say, whatever the numbers are; SciPy's choose theirs as they go.
Tolerances and the like are taken, too, and have no effect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livefig.record.objects import holds_recorded
from livefig.record.refuse import warn
from livefig.record.traced import Traced
from livefig.steps.loops import iterate

STEPS = 2000  # about, of the fourth order, from the first time to the last: twenty periods err by a millionth
ROUGH = 1e-4  # an error, of the largest number, that is told: a hundredth of a point in a picture
NODES, WEIGHTS = np.polynomial.legendre.leggauss(100)
TAKEN = set(
    "method rtol atol max_step first_step min_step vectorized Dfun col_deriv ml mu h0 hmax hmin mxstep mxhnil mxordn "
    "mxords epsabs epsrel limit xtol maxiter disp".split()
)  # and left alone
HALVINGS = 60  # of a bracket: 1 becomes 1e-18


@dataclass(frozen=True)
class Solution:
    """t : (n,), the times.  y : (number of unknowns, n), the unknowns there."""

    t: Any
    y: Any
    success: bool = True


def odeint(f: Callable[..., Any], y0: Any, t: Any, args: Any = (), *, tfirst: bool = False, **more: Any) -> Any:
    """The solution of dy/dt = f(y, t, *args) with y(t[0]) = y0, as `scipy.integrate.odeint` returns it.

    By about 2,000 steps of the fourth order (Runge 1895, Kutta 1901), or as many as `t` has times, if those are more.
    f : takes y and t, or t and y if `tfirst`; returns as many numbers as y0 has.
    y0 : a number, or (m,).  t : (n,), at least two.
    Returns an array of shape (n, m).
    Warns where steps of twice the length give something else: then `t` needs more times.
    Raises ValueError where t is no vector of at least two times.

    >>> odeint(lambda y, t: -y, 1.0, np.linspace(0, 1, 3)).round(6).ravel()
    array([1.      , 0.606531, 0.367879])
    """
    args = _arguments("odeint", args, more)
    if np.ndim(t) != 1 or len(t) < 2:
        raise ValueError(f"t must be a vector of at least two times, not {t!r}")

    def slope(y: Any, now: Any) -> Any:
        return _vector(f(now, y, *args) if tfirst else f(y, now, *args))

    between = max(round(STEPS / (len(t) - 1)), 1)
    found = _solved(slope, _vector(y0), t, between)
    if not isinstance(found, Traced) and len(t) > 2:
        every = 2 if between == 1 else 1
        _check(found[::every], _solved(slope, _vector(y0), t[::every], max(between // 2, 1)))
    return found


def solve_ivp(
    fun: Callable[..., Any], t_span: Any, y0: Any, method: str = "", t_eval: Any = None, *, args: Any = (), **more: Any
) -> Solution:
    """The solution of dy/dt = fun(t, y, *args) at the times `t_eval`, as `scipy.integrate.solve_ivp` returns it.

    t_span : the first and the last time; `t_eval` begins and ends there.  The rest is as in `odeint`.
    Returns a Solution with t, (n,), and y, (m, n).
    Raises ValueError where t_eval is missing.

    >>> solve_ivp(lambda t, y: -y, (0, 1), [1.0], t_eval=np.linspace(0, 1, 3)).y.round(6)
    array([[1.      , 0.606531, 0.367879]])
    """
    args = _arguments("solve_ivp", args or (), more)
    if t_eval is None:
        raise ValueError("t_eval is missing: write the times of y, t_eval=np.linspace(0, 10, 500) for example")
    return Solution(t_eval, odeint(fun, y0, t_eval, args, tfirst=True).T)


def quad(f: Callable[..., Any], a: Any, b: Any, args: Any = (), **more: Any) -> tuple[Any, float]:
    """The integral of f from a to b, and NaN in place of an estimate of its error, as `scipy.integrate.quad` has it.

    By 100 nodes of Gauss and Legendre: exact for polynomials up to degree 199, and bad where f has a corner or a pole.
    f : takes an array of numbers.

    >>> quad(np.sin, 0, np.pi)[0].round(12)
    np.float64(2.0)
    """
    args = _arguments("quad", args, more)
    half = (b - a) / 2
    return np.sum(WEIGHTS * f((a + b) / 2 + half * NODES, *args)) * half, math.nan


def brentq(f: Callable[..., Any], a: Any, b: Any, args: Any = (), **more: Any) -> Any:
    """Where f is zero between a and b, at which it has different signs, as `scipy.optimize.brentq` tells it.

    By 60 halvings of the bracket (Bolzano 1817).  Returns NaN where both signs are the same.

    >>> round(brentq(lambda x: x**2 - 2, 0, 2), 12)
    1.414213562373
    """
    args = _arguments("brentq", args, more)
    left, right = f(a, *args), f(b, *args)

    def halve(bracket: Any) -> Any:
        low, high = bracket
        middle = (low + high) / 2
        same = np.sign(f(middle, *args)) == np.sign(left)
        return np.where(same, middle, low), np.where(same, high, middle)

    low, high = iterate(halve, (1.0 * a, 1.0 * b), HALVINGS)
    found = np.where(left * right > 0, np.nan, (low[-1] + high[-1]) / 2)
    return found if isinstance(found, Traced) else float(found)


def _arguments(name: str, args: Any, more: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a function of an author's takes besides, if nothing else is asked for that only SciPy has."""
    for keyword in more.keys() - TAKEN:
        raise TypeError(f"{name} of livefig takes no {keyword}=: only SciPy's does")
    return args if isinstance(args, tuple) else (args,)


def _vector(value: Any) -> Any:
    """Numbers, in a list or an array, as a vector."""
    if not holds_recorded(value):
        return np.array(value, dtype=float, ndmin=1)
    return np.stack([np.reshape(part, ()) for part in value]) if isinstance(value, (list, tuple)) else np.ravel(value)


def _solved(slope: Callable[..., Any], y: Any, t: Any, between: int) -> Any:
    """The states at all times, with so many steps from each to the next."""
    count = (len(t) - 1) * between
    lengths = np.repeat((t[1:] - t[:-1]) / between, between)
    if not isinstance(t, Traced) and np.allclose(lengths, lengths[0], rtol=1e-9, atol=0):
        lengths = np.full(count, (t[-1] - t[0]) / count)  # shorter on the tape
    times = np.repeat(t[:-1], between) + lengths * np.tile(np.arange(between), len(t) - 1)

    def step(y: Any, row: Sequence[Any]) -> Any:
        now, h = row
        a = slope(y, now)
        b = slope(y + h / 2 * a, now + h / 2)
        c = slope(y + h / 2 * b, now + h / 2)
        d = slope(y + h * c, now + h)
        return y + h / 6 * (a + 2 * b + 2 * c + d)

    return iterate(step, y, count, (times, lengths))[::between]


def _check(fine: Any, coarse: Any) -> None:
    """Warn if half as many steps lead elsewhere."""
    known = np.isfinite(fine) & np.isfinite(coarse)
    error = np.abs(fine - coarse)[known].max(initial=0) / 15  # of the fine one: it is the sixteenth part
    if error > ROUGH * np.abs(fine[known]).max(initial=0):
        warn("the steps of odeint are too long here: give t more times, or an earlier end")
