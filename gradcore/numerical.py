"""Numerical differentiation: slopes estimated from values of the function alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from math import isnan
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments, samples

Function = Callable[[Any], Any]


@overload
def numerical_diff(f: Callable[[float], float], x: float, h: float = 1e-4, method: str = "central") -> float: ...
@overload
def numerical_diff(
    f: Callable[[NDArray[np.float64]], ArrayLike],
    x: Sequence[Any] | NDArray[Any],
    h: float = 1e-4,
    method: str = "central",
) -> NDArray[np.float64]: ...


def numerical_diff(
    f: Callable[[float], float] | Callable[[NDArray[np.float64]], ArrayLike],
    x: ArrayLike,
    h: float = 1e-4,
    method: str = "central",
) -> float | NDArray[np.float64]:
    """Estimate of the derivative f′(x) by a difference quotient.

        central    (f(x + h) − f(x − h)) / 2h        error about h² f‴/6
        forward    (f(x + h) − f(x)) / h             error about h f″/2
        backward   (f(x) − f(x − h)) / h             error about −h f″/2

    That holds for a smooth f. Rounding adds some 1e-16 |f| / h, which counts when h is small.

    f : number -> number. If x is an array, f gets the array and must work element by element, as np.sin does.
    x : number or array_like: where. Integers become floats; your array stays as it was.
    h : step in the units of x.
    Returns a float, or an array shaped like x, in units of f per unit of x.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> numerical_diff(lambda x: 0.01 * x**2 + 0.1 * x, 5)
    0.1999999999990898
    >>> numerical_diff(np.square, [1, 2, 3]).round(6)
    array([2., 4., 6.])

    Chapter "Derivatives". Saitoh, Deep Learning from Scratch, section 4.3.
    """
    f = arguments.function("f", f)
    point = arguments.array("x", x) if np.ndim(x) else arguments.number("x", x)
    h = arguments.positive("h", h)
    method = arguments.choice("method", method, ("central", "forward", "backward"))
    ahead = arguments.values_of(f, point if method == "backward" else point + h, np.shape(point))
    behind = arguments.values_of(f, point if method == "forward" else point - h, np.shape(point))
    slope = (ahead - behind) / (2 * h if method == "central" else h)
    return float(slope) if isinstance(slope, np.float64) else slope


def partial_diff(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, i: int | tuple[int, ...], h: float = 1e-4
) -> float:
    """Estimate of the partial derivative ∂f/∂xᵢ: only xᵢ moves, every other variable is held.

        ∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h

    f : array like x -> float.
    x : array_like, any shape. Copied: your array stays as it was, integers become floats.
    i : which variable: its index, from 0 (from −1 counted from the end); a tuple for an array of several axes.
    h : step in the units of x.
    Returns a float, in units of f per unit of x.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> partial_diff(lambda x: x[0] ** 2 + x[1] ** 2, [3, 4], 0)
    6.00000000000378

    Chapter "Partial derivatives". Saitoh, Deep Learning from Scratch, section 4.3.3.
    """
    f = arguments.function("f", f)
    point, h = arguments.point("x", x, h)
    here = arguments.place("i", i, point.shape)
    middle = point[here].copy()
    point[here] = middle + h
    ahead = arguments.value_at_start(f, "x", point)
    point[here] = middle - h
    behind = arguments.value_of(f, point)
    return (ahead - behind) / (2 * h)


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], ArrayLike],
    x: ArrayLike,
    h: float = 1e-4,
    *,
    batch: bool = False,
    vectorized: bool = False,
) -> NDArray[np.float64]:
    """Central-difference estimate of the gradient of `f` at `x`.

        ∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h

    f : array like x -> float. Called twice per element, always with a copy of floats, which it may change.
    x : array_like, any shape. Copied: your array stays as it was, integers become floats.
    h : step in the units of x; by default that of the book.
    batch : the rows of x are points, f takes one of them; each row of the result is the gradient at its point.
    vectorized : f takes many points at once, an array of shape (m, *shape of a point), and returns m numbers;
        it is called once, with all points together.
    Returns an array shaped like x, in units of f per unit of x.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> numerical_gradient(lambda x: x[0] ** 2 + x[1] ** 2, [3, 4]).round(6)
    array([6., 8.])
    >>> numerical_gradient(lambda x: x[0] ** 2 + x[1] ** 2, [[3, 4], [0, 2]], batch=True).round(6)
    array([[6., 8.],
           [0., 4.]])

    Chapter "The gradient". The step 1e-4 is that of Saitoh, Deep Learning from Scratch, chapter 4.
    """
    f = arguments.function("f", f)
    point, h = arguments.point("x", x, h)
    if batch is not False or vectorized is not False:
        batch, vectorized = samples.switch("batch", batch), samples.switch("vectorized", vectorized)
    if batch:
        arguments.rows("x", point)
    if vectorized:
        return _all_at_once(f, point, h) if batch else _all_at_once(f, point[None], h)[0]
    return np.stack([_one_by_one(f, row, h) for row in point]) if batch else _one_by_one(f, point, h)


def _one_by_one(f: Function, point: Any, h: Any) -> Any:
    """The gradient at one point. The first two values of f are checked fully, the others only for NaN."""
    near = iter(_neighbours(point, h))
    values = arguments.first_values(f, "x", next(near), next(near))
    read: Function = float if type(values[0]) is float else arguments.one_number  # a traced number
    values += map(read, map(f, near))
    width = 2 * h
    slopes = [(values[i] - values[i + 1]) / width for i in range(0, len(values), 2)]
    if read is float and isnan(sum(slopes)):  # because f was NaN, or of ∞ − ∞?
        for x, value in zip(_neighbours(point, h), values, strict=True):
            arguments.one_number(value, x)
    return arguments.assembled(slopes, point.shape)


def _neighbours(point: Any, h: Any) -> Iterable[Any]:
    """For every element the point with that element h ahead, then h behind: each an array of its own."""
    elements: Iterable[tuple[Any, Any]]
    if type(point) is not np.ndarray:  # traced
        elements = ((place, point[place]) for place in np.ndindex(point.shape))
    elif point.size >= 50:
        return chain.from_iterable(_blocks(point, h))
    elif point.ndim == 1:
        elements = enumerate(point.tolist())
    else:
        elements = zip(np.ndindex(point.shape), point.ravel().tolist(), strict=True)
    near = []
    for place, here in elements:
        ahead, behind = point.copy(), point.copy()
        ahead[place] = here + h
        behind[place] = here - h
        near.append(ahead)
        near.append(behind)
    return near


def _blocks(point: Any, h: float) -> Iterator[Any]:
    """The same for many elements: arrays whose rows are the points."""
    many = max(1, 20_000 // point.size)  # elements in a block
    for start in range(0, point.size, many):
        moving = np.arange(start, min(start + many, point.size))
        block = np.repeat(point.reshape(1, -1), 2 * len(moving), axis=0)
        rows = 2 * (moving - start)
        block[rows, moving] += h
        block[rows + 1, moving] -= h
        yield block.reshape(-1, *point.shape)


def _all_at_once(f: Function, points: Any, h: Any) -> Any:
    """The gradients at the rows of `points`, from one call of f with every point ahead, then every one behind."""
    shape = points.shape
    n = points[0].size
    flat = points.reshape(-1)
    copies = np.repeat(points.reshape(-1, n), n, axis=0)  # row j·n + i: point j, whose element i will move
    moved = np.concatenate([copies, copies])
    rows = np.arange(len(moved))
    moved[rows, rows % n] = np.concatenate([flat + h, flat - h])
    values = arguments.values_of(f, moved.reshape(-1, *shape[1:]), (len(moved),))
    return ((values[: len(copies)] - values[len(copies) :]) / (2 * h)).reshape(shape)


def numerical_jacobian(
    f: Callable[[NDArray[np.float64]], ArrayLike], x: ArrayLike, h: float = 1e-4
) -> NDArray[np.float64]:
    """Central-difference estimate of all partial derivatives of a function with several values.

        Jᵢⱼ = ∂fᵢ/∂xⱼ ≈ (fᵢ(x + h eⱼ) − fᵢ(x − h eⱼ)) / 2h

    f : array like x -> array of any shape, the same at every point. Called twice per element of x.
    x : array_like, any shape. Copied.
    h : step in the units of x.
    Returns an array of shape (*shape of f(x), *shape of x). If f returns one number it is the gradient.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> numerical_jacobian(lambda x: np.stack([x[0] * x[1], x[0] + x[1]]), [3, 4]).round(6)
    array([[4., 3.],
           [1., 1.]])

    Chapter "Gradients in differential equations".
    """
    f = arguments.function("f", f)
    point, h = arguments.point("x", x, h)
    near = iter(_neighbours(point, h))
    values = [arguments.values_of(f, next(near))]
    values += (arguments.values_of(f, x, values[0].shape) for x in near)
    columns = [(ahead - behind) / (2 * h) for ahead, behind in zip(values[::2], values[1::2], strict=True)]
    return np.stack(columns, axis=-1).reshape(*values[0].shape, *point.shape)


def numerical_hessian(f: Callable[[NDArray[np.float64]], float], x: ArrayLike, h: float = 1e-4) -> NDArray[np.float64]:
    """Estimate of all second partial derivatives by central differences.

        ∂²f/∂xᵢ²   ≈ (f(x + h eᵢ) − 2 f(x) + f(x − h eᵢ)) / h²
        ∂²f/∂xᵢ∂xⱼ ≈ (f(x + h eᵢ + h eⱼ) − f(x + h eᵢ − h eⱼ) − f(x − h eᵢ + h eⱼ) + f(x − h eᵢ − h eⱼ)) / 4h²

    f : array like x -> float. Called 2n² + 1 times for n elements.
    x : array_like, any shape. Copied.
    h : step in the units of x. Rounding of f is divided by h²: expect some 1e-8·|f| of error at 1e-4.
    Returns an array of shape (*shape of x, *shape of x), symmetric.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> numerical_hessian(lambda x: x[0] ** 2 * x[1], [3, 4]).round(4)
    array([[8., 6.],
           [6., 0.]])

    Chapter "Curvature".
    """
    f = arguments.function("f", f)
    point, h = arguments.point("x", x, h)
    flat = point.reshape(-1)
    middle = arguments.value_at_start(f, "x", point)
    unit = np.eye(flat.size)

    def at(i: int, a: float, j: int = 0, b: float = 0.0) -> Any:
        return arguments.value_of(f, (flat + h * (a * unit[i] + b * unit[j])).reshape(point.shape))

    def second(i: int, j: int) -> Any:
        if i == j:
            return (at(i, 1) - 2 * middle + at(i, -1)) / (h * h)
        return (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * h * h)

    half = {(i, j): second(i, j) for i in range(flat.size) for j in range(i + 1)}
    whole = [half[max(i, j), min(i, j)] for i in range(flat.size) for j in range(flat.size)]
    return arguments.assembled(whole, (*point.shape, *point.shape))
