"""Gradient descent, with every point on the way kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments, samples
from gradcore.numerical import numerical_gradient
from gradcore.rules import Rule, as_rule
from livefig.record.traced import Traced
from livefig.steps.loops import first, iterate

Function = Callable[..., Any]
ORDERS = ("fixed", "shuffled", "random")


@dataclass(frozen=True, eq=False)
class DescentResult:
    """Where a descent went. Also unpacks as ``x, history = result``.

    x : the last point.  fun : f there (None if no f was given).  nit : the number of steps.
    history : all points, shape (nit + 1, *x.shape), the start first.
    diverged_at : the first step whose point is not finite, or None.
    """

    x: NDArray[np.float64]
    fun: float | None
    nit: int
    history: NDArray[np.float64]
    diverged_at: int | None

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        return iter((self.x, self.history))


def gradient_descent(
    f: Callable[[NDArray[np.float64]], float],
    init_x: ArrayLike,
    lr: float | Rule = 0.01,
    step_num: int = 100,
    *,
    grad: Callable[[NDArray[np.float64]], ArrayLike] | None = None,
    callback: Callable[[NDArray[np.float64]], object] | None = None,
) -> DescentResult:
    """Make `step_num` steps from `init_x` against the gradient of `f`: downhill, if they are short enough.

        x ← x − η ∇f(x)

    f : array like x -> float.
    init_x : array_like, any shape: the start. Copied, integers become floats.
    lr : the learning rate η, in units of x² per unit of f; or an update rule, such as Momentum(0.1) or Adam(0.3).
    step_num : the number of steps, ≥ 0.
    grad : array like x -> its gradient, same shape; by default `numerical_gradient` of f.
    callback : called with a copy of each new point.
    Returns a DescentResult: x, fun, nit, history, diverged_at.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f is NaN at the start. Overflow,
    NaN and points outside the domain of f on the way are no error: `diverged_at` says where they began.

    >>> gradient_descent(lambda x: x[0] ** 2 + x[1] ** 2, [-3, 4], lr=0.1, step_num=1).x.round(6)
    array([-2.4,  3.2])

    Chapter "Gradient descent". Cauchy 1847.
    """
    return _walk(f, init_x, lr, step_num, grad, callback, 1)


def gradient_ascent(
    f: Callable[[NDArray[np.float64]], float],
    init_x: ArrayLike,
    lr: float | Rule = 0.01,
    step_num: int = 100,
    *,
    grad: Callable[[NDArray[np.float64]], ArrayLike] | None = None,
    callback: Callable[[NDArray[np.float64]], object] | None = None,
) -> DescentResult:
    """Make steps along the gradient of `f`: `gradient_descent` with the other sign, and otherwise the same.

        x ← x + η ∇f(x)

    >>> gradient_ascent(lambda x: -(x[0] ** 2) - x[1] ** 2, [-3, 4], lr=0.1, step_num=1).x.round(6)
    array([-2.4,  3.2])

    Chapter "Gradient descent".
    """
    return _walk(f, init_x, lr, step_num, grad, callback, -1)


def _walk(
    f: Function, init_x: Any, lr: Any, step_num: Any, grad: Function | None, callback: Function | None, sign: int
) -> DescentResult:
    f = arguments.function("f", f)
    start = arguments.array("init_x", init_x)
    rule = as_rule("lr", lr)
    step_num = arguments.count("step_num", step_num)
    if grad is not None:
        arguments.function("grad", grad)
    if callback is not None:
        arguments.function("callback", callback)
    slope = _Slope((lambda x: numerical_gradient(f, x)) if grad is None else lambda x: arguments.slope_of(grad, x))

    def step(now: tuple[Any, ...]) -> tuple[Any, ...]:
        after = move(now, sign * slope(now[0]))
        if callback is not None:
            callback(after[0].copy())
        return after

    with np.errstate(all="ignore"):
        arguments.value_at_start(f, "init_x", start)
        begin, move = _moves(rule, start)
        return _result(f, iterate(step, begin, step_num)[0], step_num)


def stochastic_descent(
    grad: Callable[..., ArrayLike],
    init_x: ArrayLike,
    data: ArrayLike | tuple[ArrayLike, ...],
    lr: float | Rule = 0.01,
    epochs: int = 100,
    *,
    f: Callable[[NDArray[np.float64]], float] | None = None,
    order: str = "fixed",
    seed: int | None = None,
    callback: Callable[[NDArray[np.float64]], object] | None = None,
) -> DescentResult:
    """Stochastic gradient descent: `epochs` passes of n updates, each with the gradient of one of the n samples.

        x ← x − η ∇fᵢ(x)    for one sample i after the other

    grad : (x, sample) -> the gradient of the loss of that one sample, shaped like x. A sample is a row of `data`;
        if `data` is a tuple of arrays, grad is called with a row of each: grad(x, row of the first, …).
    init_x : array_like, any shape: the start. Copied.
    data : array_like with a row for each sample, or a tuple of arrays of one length.
    lr : the learning rate η, or an update rule.
    epochs : the number of passes, ≥ 0.
    f : array like x -> the whole loss, only to report it as `fun`.
    order : which samples a pass takes, and when.
        "fixed": all, in the same order in every pass: as they stand or, with a seed, in an order drawn once;
        "shuffled": all, in a new order in each pass;
        "random": n draws from all of them, so that a pass may take a sample twice and leave out another.
    seed : a whole number ≥ 0; "shuffled" and "random" need one.
    callback : called with a copy of the point after each pass.
    Returns a DescentResult; nit, history and diverged_at count passes, not updates.
    Raises TypeError or ValueError naming the argument. Overflow and NaN on the way are no error. A figure on a page
    can follow a walk of the order "fixed"; the others are a TypeError there.

    >>> towards = stochastic_descent(lambda x, sample: x - sample, 0.0, [1.0, 3.0], lr=0.5, epochs=2)
    >>> towards.history
    array([0.    , 1.75  , 2.1875])

    Chapter "Stochastic gradient descent". Robbins and Monro 1951.
    """
    arguments.function("grad", grad)
    start = arguments.array("init_x", init_x)
    arguments.choice("order", order, ORDERS)
    columns = samples.columns("data", data, seed if order == "fixed" else None)
    if order != "fixed" and seed is None:
        raise ValueError(f"seed must be a whole number where order is {order!r}, not None: each pass is drawn with it")
    rng, n = samples.generator("seed", seed), len(columns[0])
    rule = as_rule("lr", lr)
    epochs = arguments.count("epochs", epochs)
    if f is not None:
        arguments.function("f", f)
    if callback is not None:
        arguments.function("callback", callback)
    slope = _Slope(lambda x, *sample: arguments.slope_of(grad, x, *sample))

    def one_after_the_other(now: tuple[Any, ...]) -> tuple[Any, ...]:
        if order == "fixed":
            return columns
        if isinstance(now[0], Traced):
            raise TypeError(f'order must be "fixed" in a figure on a page, not {order!r}: it draws anew in each pass')
        rows = rng.permutation(n) if order == "shuffled" else rng.integers(n, size=n)
        return tuple(column[rows] for column in columns)

    def update(now: tuple[Any, ...], sample: tuple[Any, ...]) -> tuple[Any, ...]:
        return move(now, slope(now[0], *sample))

    def one_pass(now: tuple[Any, ...]) -> tuple[Any, ...]:
        after = tuple(states[-1] for states in iterate(update, now, n, one_after_the_other(now)))
        if callback is not None:
            callback(after[0].copy())
        return after

    with np.errstate(all="ignore"):
        if f is not None:
            arguments.value_at_start(f, "init_x", start)
        begin, move = _moves(rule, start)
        return _result(f, iterate(one_pass, begin, epochs)[0], epochs)


class _Slope:
    """A gradient that becomes NaN where it cannot be computed, once it could be: that is divergence."""

    def __init__(self, gradient: Function):
        self.gradient = gradient
        self.under_way = False

    def __call__(self, x: Any, *sample: Any) -> Any:
        try:
            g = self.gradient(x, *sample)
        except (ArithmeticError, ValueError):
            if not self.under_way:
                raise
            g = np.full_like(x, np.nan)
        self.under_way = True
        return g


def _moves(rule: Rule, start: Any) -> tuple[tuple[Any, ...], Callable[..., tuple[Any, ...]]]:
    """The start with the arrays of the rule's state in one tuple; and a function of such a tuple and g: the next."""
    state = rule.start(start)
    alone = not isinstance(state, tuple)  # one array, not a tuple of arrays

    def move(now: tuple[Any, ...], g: Any) -> tuple[Any, ...]:
        x, after = rule.step(now[0], now[1] if alone else now[1:], g)
        return (x, after) if alone else (x, *after)

    return ((start, state) if alone else (start, *state)), move


def _result(f: Function | None, history: Any, steps: Any) -> DescentResult:
    x = history[-1]
    try:
        fun = None if f is None else arguments.value_of(f, x)
    except (ArithmeticError, ValueError):
        fun = np.nan
    finite = np.isfinite(history).all(axis=tuple(range(1, history.ndim)))
    return DescentResult(x, fun, steps, history, first(np.logical_not(finite)))
