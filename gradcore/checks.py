"""Tangents, and the check of a gradient against values of its function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments
from gradcore.numerical import numerical_diff, numerical_gradient

Function = Callable[[Any], Any]

SHRINKING = 9.7 ** -np.arange(18.0)  # steps are tried from the largest on; no power of ten, for periods often are
LARGEST = 0.1  # the first step, as a share of the size of x: beyond it f is another function than around x
ENOUGH = 0.3  # of the tolerance: a slope that is so sure decides, and smaller steps would only cost
KNOWN = 0.01  # of the slope: so sure, it beats all others. Large steps across many waves tell, with little doubt, 0
ROUGHLY = 0.1  # of the slope: once it is known so far, a step that is lost in rounding ends the search


def tangent_line(f: Callable[[float], float], x: float) -> Callable[[ArrayLike], NDArray[np.float64]]:
    """The tangent of `f` at `x`, as a function t -> d·t + c.

        d = f′(x);  c = f(x) − d·x

    f : number -> number.  x : a number.  t : a number or an array.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> line = tangent_line(lambda x: 0.01 * x**2 + 0.1 * x, 5)
    >>> line([5, 6]).round(6)
    array([0.75, 0.95])

    Chapter "Derivatives". After Saitoh, Deep Learning from Scratch, section 4.3.
    """
    f = arguments.function("f", f)
    x = arguments.number("x", x)
    d = numerical_diff(f, x)
    c = arguments.values_of(f, x, ()) - d * x
    return lambda t: d * arguments.reals("t", t) + c


def tangent_plane(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike
) -> Callable[[ArrayLike], NDArray[np.float64]]:
    """The tangent plane of `f` at `x`, as a function p -> f(x) + ∇f(x)·(p − x).

    f : array like x -> float.  x : array_like, any shape.  p : a point, shaped like x, or many: (..., *x.shape).
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> plane = tangent_plane(lambda x: x[0] ** 2 + x[1] ** 2, [3, 4])
    >>> plane([[3, 4], [4, 4]]).round(6)
    array([25., 31.])

    Chapter "Partial derivatives".
    """
    f = arguments.function("f", f)
    point = arguments.array("x", x)
    height, slope = arguments.value_at_start(f, "x", point), numerical_gradient(f, point)
    axes = tuple(range(-point.ndim, 0))

    def plane(p: Any) -> Any:
        found = arguments.reals("p", p)
        if found.shape[found.ndim - point.ndim :] != point.shape:
            raise ValueError(f"p must be points of shape (..., {str(point.shape)[1:]}, not shape {found.shape}")
        return height + np.sum(slope * (found - point), axis=axes)

    return plane


@dataclass(frozen=True)
class GradientCheck:
    """The verdict on a gradient; `bool(check)` is whether it passed: error ≤ tolerance.

    error : the worst relative error, |claimed − estimated| / max(|claimed|, |estimated|). One that is over the
        tolerance, but within the uncertainty of the estimate, counts as 0; a NaN as infinite.
    worst : the index of the worst coordinate, or the number of the worst direction.
    claimed, estimated : both values there.
    uncertainty : how far `estimated` may be off there.
    tolerance : what `error` is held against.
    compared : in how many coordinates or directions.
    undecided : in how many of them the uncertainty hides whether the gradient is right to the tolerance: the slope
        drowns in the rounding or the noise of f. They pass.
    evaluations : how often f was called.
    """

    error: float
    worst: tuple[int, ...] | int
    claimed: float
    estimated: float
    uncertainty: float
    tolerance: float
    compared: int
    undecided: int
    evaluations: int

    def __bool__(self) -> bool:
        return self.error <= self.tolerance

    def __repr__(self) -> str:
        verdict = "right" if self else "WRONG"
        undecided = f" ({self.undecided} undecided: f is too rough there)" if self.undecided else ""
        return (
            f"<gradient {verdict}: largest relative error {self.error:.1e} at {self.worst}, "
            f"claimed {self.claimed:.6g}, estimated {self.estimated:.6g} ± {self.uncertainty:.0e}; "
            f"{self.compared} compared{undecided}, {self.evaluations} evaluations>"
        )


def check_gradient(
    f: Callable[[NDArray[np.float64]], float],
    grad: Callable[[NDArray[np.float64]], ArrayLike],
    x: ArrayLike,
    *,
    h: float | None = None,
    tolerance: float = 1e-4,
    directions: int | None = None,
    seed: int = 0,
) -> GradientCheck:
    """Compare `grad(x)` with central differences of `f`, in every coordinate or in random directions.

    The step shrinks about tenfold at a time until the differences agree. How much an estimate differs from those
    with the next larger and the next smaller step is its uncertainty: the larger one shows the curvature of f, the
    smaller one its rounding. So badly scaled functions are judged fairly, and no poor step excuses a wrong gradient.

    f : array like x -> float, with a gradient at x: at a kink the verdict means nothing.
    grad : array like x -> its gradient, same shape.  x : array_like, any shape.
    h : the largest step, in the units of x. None: a tenth of each |xᵢ|, or of 1 if that is more.
    tolerance : the largest relative error that passes; an error of 0.1 % in one coordinate does not.
    directions : compare along so many random unit vectors instead of all coordinates: cheap for large x, but an
        error in one coordinate of many may hide. They are drawn with `seed`.
    Returns a GradientCheck.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f is NaN, or never finite close to x.

    >>> bool(check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2, [1.0, -2.0]))
    True
    >>> wrong = check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2 * [1, 1.001], [1.0, -2.0])
    >>> bool(wrong), wrong.worst
    (False, (1,))

    Chapter "The gradient of a neural network".
    """
    f, grad = arguments.function("f", f), arguments.function("grad", grad)
    point = arguments.array("x", x)
    arguments.untraced("check_gradient", point, h, tolerance)
    h = None if h is None else arguments.positive("h", h)
    tolerance = arguments.positive("tolerance", tolerance)
    directions = None if directions is None else arguments.count("directions", directions, least=1)
    seed = arguments.count("seed", seed)
    verdicts = []
    with np.errstate(all="ignore"):
        here = arguments.value_at_start(f, "x", point)
        slopes = arguments.slope_of(grad, point)
        for place, way, size in _ways(point, directions, seed):
            claimed = float(slopes[place] if directions is None else np.sum(slopes * way))
            line = _Line(f, point, way, here)
            line.search(LARGEST * size if h is None else h, ENOUGH * tolerance)
            verdicts.append((*line.verdict(claimed, tolerance), place, claimed, line))
    error, _, _, place, claimed, line = max(verdicts, key=lambda verdict: verdict[:2])
    undecided = sum(bool(verdict[2]) for verdict in verdicts)
    calls = 1 + sum(verdict[-1].calls for verdict in verdicts)
    return GradientCheck(
        error, place, claimed, line.slope, line.uncertainty, tolerance, len(verdicts), undecided, calls
    )


def _ways(point: Any, directions: int | None, seed: int) -> Iterator[tuple[Any, Any, float]]:
    """What to move along, one after the other: its name, the unit vector, the size of x along it."""
    if directions is not None:
        rng = np.random.default_rng(seed)
        for k in range(directions):
            way = rng.normal(size=point.shape)
            yield k, way / np.sqrt(np.sum(np.square(way))), max(1.0, float(np.abs(point).max()))
        return
    for place in np.ndindex(point.shape):
        way = np.zeros_like(point)
        way[place] = 1.0
        yield place, way, max(1.0, abs(float(point[place])))


class _Line:
    """f along one line through x: the slope there, its uncertainty, how much f changes around it, and the cost."""

    def __init__(self, f: Function, x: Any, way: Any, here: float):
        self.f, self.x, self.way, self.here = f, x, way, here
        self.distance = float(np.sum(np.abs(x * way)))
        self.slope, self.uncertainty, self.steepness, self.calls = np.nan, np.inf, 0.0, 0

    def search(self, largest: float, enough: float) -> None:
        """Take the surest estimate; stop as soon as it is sure enough, relative to the slope."""
        wider = middle = (np.nan, np.nan, np.nan)
        surest = (True, np.inf)
        for h in largest * SHRINKING:
            if h <= self.distance * np.finfo(float).eps:  # too small to move x
                break
            narrower = self.difference(h)
            slope, rounding, _ = middle
            uncertainty = 2 * max(abs(slope - wider[0]), abs(slope - narrower[0])) + rounding
            relative = uncertainty / abs(slope) if slope else np.inf
            sure = (False, relative) if relative <= KNOWN else (True, uncertainty)
            if sure < surest:
                surest, self.slope, self.uncertainty = sure, slope, uncertainty
            if relative <= enough:
                return
            lost = narrower[2] == 0  # the step, in the rounding inside f; or f is constant
            self.steepness = self.steepness or float(np.nan_to_num(narrower[2], posinf=0.0))
            if lost and (wider[2] == middle[2] == 0 or self.uncertainty < ROUGHLY * abs(self.slope)):
                return
            wider, middle = middle, narrower
        if np.isnan(self.slope):
            raise FloatingPointError(f"f returned NaN or ∞ however close to x = {self.x}")

    def difference(self, h: float) -> tuple[float, float, float]:
        """A central difference, what rounding may do to it, and the larger of the two one-sided slopes."""
        there, back = self.x + h * self.way, self.x - h * self.way
        ahead, behind, width = self.value(there), self.value(back), float(np.sum((there - back) * self.way))
        values = np.abs([ahead, behind, self.here])
        kind = np.float32 if np.array_equal(values, np.float32(values)) else np.float64  # f may compute in either
        of_f = 2 * float(np.finfo(kind).eps) * values.max() / width
        of_x = 2 * float(np.finfo(float).eps) * self.distance * abs(ahead - 2 * self.here + behind) / h**2
        return (ahead - behind) / width, of_f + of_x, max(abs(ahead - self.here), abs(behind - self.here)) / h

    def value(self, x: Any) -> float:
        """f(x), or NaN where x is outside the domain of f."""
        self.calls += 1
        try:
            return float(arguments.value_of(self.f, x))
        except (ArithmeticError, ValueError):
            return np.nan

    def verdict(self, claimed: float, tolerance: float) -> tuple[float, float, bool]:
        """The relative error of a claim, how far it is off, and whether the uncertainty alone lets it pass."""
        off, scale = abs(claimed - self.slope), max(abs(claimed), abs(self.slope))
        if not np.isfinite(claimed):
            return np.inf, np.inf, False
        if off > self.uncertainty or off <= tolerance * scale:
            return off / scale if off else 0.0, off, False
        return 0.0, off, self.uncertainty > tolerance * max(scale, self.steepness)
