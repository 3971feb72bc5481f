"""Functions of samples along a line: linspace, differences, slopes, interpolation, convolution."""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise, sloped
from livefig.calls.folds import normalized, products_added
from livefig.calls.moves import concatenate
from livefig.calls.polynomials import polyval
from livefig.record.graph import Graph
from livefig.record.refuse import refuse
from livefig.record.registry import FUNCTIONS, given, implements, refuse_dtype, refuse_options
from livefig.record.traced import Traced, dense, lift

MOST_PRODUCTS = 50_000  # of one convolution


@implements(np.linspace)
def linspace(
    graph: Graph, start: Any, stop: Any, num: Any = 50, endpoint: bool = True, retstep: Any = None,
    dtype: Any = None, axis: int = 0,
) -> Traced:  # fmt: skip
    refuse_options("np.linspace", retstep=retstep or None)
    refuse_dtype("np.linspace", dtype)
    if (num := operator.index(num)) < 0:
        raise ValueError(f"num must be at least 0, not {num}")
    first, last = lift(graph, start), lift(graph, stop)
    intervals = (num - 1) if endpoint else num
    step = elementwise(graph, "divide", elementwise(graph, "subtract", last, first), max(intervals, 1))
    k = np.arange(float(num)).reshape(-1, *[1] * step.ndim)
    points = elementwise(graph, "add", elementwise(graph, "multiply", k, step), first)
    if endpoint and num > 1:
        end = FUNCTIONS[np.broadcast_to](graph, last, points[-1:].shape)
        points = concatenate(graph, [points[:-1], end], 0)
    return FUNCTIONS[np.moveaxis](graph, points, 0, axis)  # type: ignore[no-any-return]


@implements(np.diff)
def diff(graph: Graph, x: Any, n: int = 1, axis: int = -1, **kw: Any) -> Traced:
    refuse_options("np.diff", **kw)
    value = lift(graph, x)
    for _ in range(n):
        lines = value.swapaxes(axis, 0)
        value = (lines[1:] - lines[:-1]).swapaxes(0, axis)
    return value


@implements(np.unwrap)
def unwrap(graph: Graph, p: Any, discont: Any = None, axis: int = -1, *, period: Any = 2 * np.pi) -> Any:
    """Steps of more than half a period are taken for shorter ones, the other way round."""
    refuse_options("np.unwrap", discont=discont)
    lines: Any = lift(graph, p)
    lines = np.moveaxis(lines, axis, -1)
    steps = np.diff(lines)
    short = np.mod(steps + period / 2, period) - period / 2
    short = np.where(np.logical_and(short == -period / 2, steps > 0), period / 2, short)
    turned = np.where(np.abs(steps) < period / 2, 0.0, short - steps)
    turns = np.cumsum(turned, axis=-1)
    return np.moveaxis(np.concatenate([lines[..., :1], lines[..., 1:] + turns], axis=-1), -1, axis)


@implements(np.trapezoid)
def trapezoid(graph: Graph, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    heights = FUNCTIONS[np.moveaxis](graph, y, axis, -1)
    steps = dx if x is None else np.diff(x) if np.ndim(x) == 1 else np.moveaxis(np.diff(x, axis=axis), axis, -1)
    return np.sum(steps * (heights[..., 1:] + heights[..., :-1]) / 2.0, axis=-1)


@implements(np.logspace)
def logspace(
    graph: Graph, start: Any, stop: Any, num: Any = 50, endpoint: bool = True, base: Any = 10.0, dtype: Any = None,
    axis: int = 0,
) -> Any:  # fmt: skip
    return np.power(base, linspace(graph, start, stop, num, endpoint, dtype=dtype, axis=axis))


@implements(np.geomspace)
def geomspace(
    graph: Graph, start: Any, stop: Any, num: Any = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0
) -> Any:
    first, last = lift(graph, start), lift(graph, stop)
    shares = linspace(graph, 0.0 * first, np.log(last / first), num, endpoint, dtype=dtype, axis=axis)
    return np.expand_dims(first, axis) * np.exp(shares)


@implements(np.gradient)
def gradient(graph: Graph, f: Any, *spacings: Any, axis: Any = None, edge_order: int = 1) -> Any:
    """Central differences inside, one-sided ones of first or second order at the ends."""
    value: Any = dense(lift(graph, f), "np.gradient")
    axes = range(value.ndim) if axis is None else normalized(axis, value.ndim, strict=True)
    steps = spacings * (len(axes) if len(spacings) == 1 else 1) or (1.0,) * len(axes)
    if len(steps) != len(axes) or edge_order not in (1, 2):
        raise TypeError(f"np.gradient: {len(spacings)} spacings for {len(axes)} axes, edge_order={edge_order!r}")
    found = tuple(_slopes(np.moveaxis(value, a, 0), h, edge_order, a) for a, h in zip(axes, steps, strict=True))
    return found[0] if len(found) == 1 else found


def _slopes(lines: Any, spacing: Any, edge_order: int, axis: int) -> Any:
    """np.gradient along the first axis, which goes to its place."""
    if len(lines) <= edge_order:
        raise ValueError(f"np.gradient needs {edge_order + 1} numbers along an axis, not {len(lines)}")
    steps = np.diff(spacing) if np.ndim(spacing) else spacing
    if np.ndim(spacing) and not isinstance(steps, Traced) and (steps == steps[0]).all():
        steps = steps[0]
    if np.ndim(steps) == 0:
        inner = (lines[2:] - lines[:-2]) / (2.0 * steps)
        first, second, last, last_but_one = steps, steps, steps, steps
    else:
        before, after = (part.reshape(-1, *[1] * (lines.ndim - 1)) for part in (steps[:-1], steps[1:]))
        a, b = -after / (before * (before + after)), (after - before) / (before * after)
        inner = a * lines[:-2] + b * lines[1:-1] + before / (after * (before + after)) * lines[2:]
        first, second, last, last_but_one = steps[0], steps[1], steps[-1], steps[-2]
    ends = (_end(lines, first, second, edge_order), -_end(lines[::-1], last, last_but_one, edge_order))
    return np.moveaxis(np.concatenate([ends[0][None], inner, ends[1][None]]), 0, axis)


def _end(lines: Any, near: Any, far: Any, edge_order: int) -> Any:
    """The slope at the first of some lines, the next ones being at these distances."""
    if edge_order == 1:
        return (lines[1] - lines[0]) / near
    both = near + far
    return (both / near * (lines[1] - lines[0]) - near / both * (lines[2] - lines[0])) / far


@implements(np.piecewise)
def piecewise(graph: Graph, x: Any, condlist: Any, funclist: Any, *args: Any, **kw: Any) -> Any:
    if not isinstance(x, Traced) and np.asarray(x).dtype.kind != "f":
        raise refuse("np.piecewise of whole numbers, which makes whole numbers,", "Write x.astype(float) for x.")
    alone = np.ndim(condlist) == 0 or (np.ndim(x) and np.ndim(condlist[0]) == 0)
    conditions = [condlist] if alone else list(condlist)
    functions = list(funclist)
    if len(functions) not in (len(conditions), len(conditions) + 1):
        raise ValueError(f"np.piecewise: {len(functions)} functions for {len(conditions)} conditions")
    values = [f(x, *args, **kw) if callable(f) else f for f in functions]
    found: Any = values[-1] if len(values) > len(conditions) else 0.0
    for condition, value in zip(conditions, values, strict=False):
        found = elementwise(graph, "where", condition, value, found)
    return found + 0.0 * np.zeros_like(x)


@implements(np.interp)
def interp(graph: Graph, at: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Any:
    refuse_options("np.interp", period=period)
    x, xs, ys = lift(graph, at), dense(lift(graph, xp), "np.interp"), dense(lift(graph, fp), "np.interp")
    if xs.ndim != 1 or xs.shape != ys.shape or not len(xs):
        raise ValueError(f"np.interp: xp and fp must be two vectors of one length, not {xs.shape} and {ys.shape}")
    last = len(xs) - 1
    begun: Any = Traced(graph, graph.node("searchsorted", xs.node, x.node), axis=x.axis)

    def piece(begun: Any) -> Any:
        """The value where so many knots are not above x."""
        i = np.clip(begun - 1.0, 0.0, max(last - 1, 0))
        x0, y0, x1, y1 = (_taken(knots, j) for j in (i, np.minimum(i + 1.0, last)) for knots in (xs, ys))
        between = (y1 - y0) / (x1 - x0) * (x - x0) + y0
        return np.where(begun < 1.0, ys[0], np.where(begun > last, ys[-1], between))

    found = piece(begun)
    at_knot = np.equal(_taken(xs, np.clip(begun - 1.0, 0.0, last)), x)
    found = sloped(found, (found + piece(begun - at_knot)) / 2.0)  # at a knot the mean of both slopes
    found = np.where(x > xs[-1], right if given(right) else ys[-1], found)
    found = np.where(x < xs[0], left if given(left) else ys[0], found)
    return np.where(np.isnan(x), x, found)


def _taken(table: Traced, places: Traced) -> Traced:
    """The numbers of a vector at computed places."""
    return Traced(table.graph, table.graph.node("take", table.node, places.node), axis=places.axis)


@implements(np.convolve)
def convolve(graph: Graph, a: Any, v: Any, mode: str = "full") -> Any:
    """Sums of products, one by one; of long vectors by their Fourier transforms."""
    long, short = dense(lift(graph, a), "np.convolve"), dense(lift(graph, v), "np.convolve")
    if long.ndim > 1 or short.ndim > 1 or not long.size or not short.size:
        raise ValueError(f"np.convolve needs two vectors, not shapes {long.shape} and {short.shape}")
    long, short = long.reshape(-1), short.reshape(-1)
    if len(short) > len(long):
        long, short = short, long
    m, n = len(long), len(short)
    begin, length = {"full": (0, m + n - 1), "same": ((n - 1) // 2, m), "valid": (n - 1, m - n + 1)}[mode]
    if m * n > MOST_PRODUCTS:
        points = 16 * -(-(m + n - 1) // 16)
        whole = np.fft.irfft(np.fft.rfft(long, points) * np.fft.rfft(short, points), points)
        return whole[begin : begin + length]
    places = np.arange(begin, begin + length)[:, None] - np.arange(n)
    overlap = (places >= 0) & (places < m)
    products = elementwise(graph, "where", overlap, long[np.clip(places, 0, m - 1)] * short, False)
    return products_added(products, 1)


@implements(np.correlate)
def correlate(graph: Graph, a: Any, v: Any, mode: str = "valid") -> Any:
    if np.size(a) < np.size(v):
        raise refuse("np.correlate with the shorter array first", "Write np.convolve(a, v[::-1]).")
    return convolve(graph, a, lift(graph, v)[::-1], mode)


@implements(np.select)
def select(graph: Graph, conditions: Any, choices: Any, default: Any = 0) -> Any:
    """The first choice whose condition is true."""
    found: Any = lift(graph, default)
    for condition, choice in reversed(list(zip(conditions, choices, strict=True))):
        found = elementwise(graph, "where", condition, choice, found)
    return found


@implements(np.nan_to_num)
def nan_to_num(graph: Graph, x: Any, copy: bool = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Any:
    value, largest = lift(graph, x), np.finfo(float).max
    value = elementwise(graph, "where", np.isnan(value), nan, value)
    value = elementwise(graph, "where", np.equal(value, np.inf), largest if posinf is None else posinf, value)
    return elementwise(graph, "where", np.equal(value, -np.inf), -largest if neginf is None else neginf, value)


@implements(np.sinc)
def sinc(graph: Graph, x: Any) -> Any:
    angle = math.pi * elementwise(graph, "where", np.equal(x, 0), 1e-20, x)
    value = np.sin(angle) / angle
    square = np.square(math.pi * lift(graph, x))
    series = polyval(graph, [(-1) ** k / math.factorial(2 * k + 1) for k in reversed(range(10))], square)
    return sloped(value, np.where(square < 0.25, series, value))


@implements(np.isclose)
def isclose(graph: Graph, a: Any, b: Any, rtol: Any = 1e-5, atol: Any = 1e-8, equal_nan: bool = False) -> Any:
    near = np.logical_and(np.abs(a - b) <= atol + rtol * np.abs(b), np.isfinite(b))
    near = np.logical_or(near, np.equal(a, b))
    return np.logical_or(near, np.logical_and(np.isnan(a), np.isnan(b))) if equal_nan else near


@implements(np.allclose)
def allclose(graph: Graph, a: Any, b: Any, *args: Any, **kw: Any) -> Any:
    return np.all(isclose(graph, a, b, *args, **kw))
