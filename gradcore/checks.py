"""Tangents, and the check of a gradient against values of its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcore import arguments
from gradcore.numerical import numerical_diff, numerical_gradient

Function = Callable[[Any], Any]


def tangent_line(f: Function, x: float) -> Function:
    """The tangent of `f` at `x`, as a function t -> d·t + c.

        d = f′(x);  c = f(x) − d·x

    f : number -> number.  x : a number.
    Raises TypeError or ValueError naming the argument.

    >>> line = tangent_line(lambda x: 0.01 * x**2 + 0.1 * x, 5)
    >>> round(line(5), 6), round(line(6) - line(5), 6)
    (0.75, 0.2)

    Chapter "Derivatives". After Saitoh, Deep Learning from Scratch, section 4.3.
    """
    f = arguments.function("f", f)
    x = arguments.number("x", x)
    d = numerical_diff(f, x)
    c = f(x) - d * x
    return lambda t: d * t + c


def tangent_plane(f: Function, x: Any) -> Function:
    """The tangent plane of `f` at `x`, as a function y -> f(x) + ∇f(x)·(y − x).

    f : array like x -> float.  x : array_like, any shape.
    Raises TypeError or ValueError naming the argument.

    >>> plane = tangent_plane(lambda x: x[0] ** 2 + x[1] ** 2, [3, 4])
    >>> round(plane([3, 4]), 6), round(plane([4, 4]), 6)
    (25.0, 31.0)

    Chapter "Partial derivatives".
    """
    f = arguments.function("f", f)
    point = arguments.array("x", x)
    height, slope = arguments.value_at_start(f, "x", point), numerical_gradient(f, point)
    return lambda y: height + float(np.sum(slope * (arguments.array("y", y) - point)))


@dataclass(frozen=True)
class GradientCheck:
    """The verdict on a gradient; `bool(check)` is whether it passed.

    error : the worst relative error, |claimed − estimated| / max(|claimed|, |estimated|, floor); NaN fails.
    worst : the index of the worst coordinate, or the number of the worst direction.
    claimed, estimated : both values there.
    evaluations : how often f was called.
    tolerance : what `error` was held against.
    """

    error: float
    worst: tuple[int, ...] | int
    claimed: float
    estimated: float
    evaluations: int
    tolerance: float

    def __bool__(self) -> bool:
        return self.error <= self.tolerance


def check_gradient(
    f: Function,
    grad: Function,
    x: Any,
    *,
    h: float = 1e-5,
    tolerance: float = 1e-4,
    directions: int | None = None,
    seed: int = 0,
) -> GradientCheck:
    """Compare `grad(x)` with central differences of `f`, in every coordinate or in random directions.

    f : array like x -> float.  grad : array like x -> its gradient, same shape.  x : array_like, any shape.
    h : step in the units of x.
    tolerance : the largest relative error that passes; an error of 0.1 % in one coordinate does not.
    directions : compare along so many random unit vectors instead of all coordinates (for large x); seeded.
    Returns a GradientCheck. Where the slope is nearly zero, differences are held against the change of f to one
    side, and never against less than the rounding of f.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> bool(check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2, [1.0, -2.0]))
    True
    >>> wrong = check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2 * [1, 1.001], [1.0, -2.0])
    >>> bool(wrong), wrong.worst
    (False, (1,))

    Chapter "The gradient of a neural network".
    """
    f, grad = arguments.function("f", f), arguments.function("grad", grad)
    point = arguments.array("x", x)
    h, tolerance = arguments.positive("h", h), arguments.positive("tolerance", tolerance)
    claimed = arguments.slope_of(grad, point)
    here = arguments.value_of(f, point)
    places: list[Any] = list(np.ndindex(point.shape))
    if directions is not None:
        if not arguments.count("directions", directions):
            raise ValueError("directions must be at least 1, not 0")
        places = list(range(directions))
    rng = np.random.default_rng(arguments.count("seed", seed))
    rows = []
    for place in places:
        way = np.zeros_like(point)
        if directions is None:
            way[place] = 1.0
        else:
            way[...] = rng.normal(size=point.shape)
            way /= np.sqrt(np.sum(np.square(way)))
        ahead, behind = arguments.value_of(f, point + h * way), arguments.value_of(f, point - h * way)
        one_sided = max(abs(ahead - here), abs(behind - here)) / h
        rows.append((np.sum(claimed * way), (ahead - behind) / (2 * h), one_sided))
    said, estimated, one_sided = np.transpose(rows)
    rounding = 100 * np.finfo(float).eps * abs(here) / h / tolerance
    floor = np.maximum(one_sided, max(rounding, np.finfo(float).tiny))
    errors = np.abs(said - estimated) / np.maximum(np.maximum(np.abs(said), np.abs(estimated)), floor)
    worst = int(np.argmax(np.where(np.isnan(errors), np.inf, errors)))
    return GradientCheck(
        float(errors[worst]), places[worst], float(said[worst]), float(estimated[worst]), 2 * len(places) + 1, tolerance
    )
