"""Gradient descent, with every point on the way kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcore import arguments
from gradcore.numerical import numerical_gradient
from gradcore.tape import first, iterate


@dataclass(frozen=True, eq=False)
class DescentResult:
    """Where a descent went. Also unpacks as ``x, history = result``.

    x : the last point.  fun : f there.  nit : the number of steps.
    history : all points, shape (nit + 1, *x.shape), the start first.
    diverged_at : the first step whose point is not finite, or None.
    """

    x: Any
    fun: Any
    nit: Any
    history: Any
    diverged_at: Any

    def __iter__(self) -> Iterator[Any]:
        return iter((self.x, self.history))


def gradient_descent(
    f: Callable[[Any], Any],
    init_x: Any,
    lr: float = 0.01,
    step_num: int = 100,
    *,
    grad: Callable[[Any], Any] | None = None,
    callback: Callable[[Any], Any] | None = None,
) -> DescentResult:
    """Walk downhill from `init_x`: `step_num` steps against the gradient of `f`.

        x ← x − η ∇f(x)

    f : array like x -> float.
    init_x : array_like, any shape: the start. Copied, integers become floats.
    lr : the learning rate η, in units of x² per unit of f. A negative one walks uphill.
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
    f = arguments.function("f", f)
    start = arguments.array("init_x", init_x)
    lr = arguments.number("lr", lr)
    step_num = arguments.count("step_num", step_num)
    if grad is not None:
        arguments.function("grad", grad)
    if callback is not None:
        arguments.function("callback", callback)
    under_way = False  # the first step has been computed: what goes wrong from here on is divergence

    def step(x: Any) -> Any:
        nonlocal under_way
        try:
            g = numerical_gradient(f, x) if grad is None else arguments.slope_of(grad, x)
        except (ArithmeticError, ValueError):
            if not under_way:
                raise
            g = np.full_like(x, np.nan)
        under_way = True
        after = x - lr * g
        if callback is not None:
            callback(after.copy())
        return after

    with np.errstate(all="ignore"):
        arguments.value_at_start(f, "init_x", start)
        history = iterate(step, start, step_num)
        try:
            fun = arguments.value_of(f, history[-1])
        except (ArithmeticError, ValueError):
            fun = np.nan
        finite = np.isfinite(history).all(axis=tuple(range(1, history.ndim)))
        return DescentResult(history[-1], fun, step_num, history, first(np.logical_not(finite)))
