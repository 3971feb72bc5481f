"""Sums, products, extremes, means and running totals: operations folded over axes, from left to right."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial
from functools import reduce as fold
from itertools import accumulate as running
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise, length
from livefig.calls.moves import reshape
from livefig.record.bounds import least_steps
from livefig.record.graph import Graph, Node
from livefig.record.ops import BOOLEAN
from livefig.record.refuse import refuse
from livefig.record.registry import FUNCTIONS, Implementation, given, implements, refuse_dtype, refuse_options
from livefig.record.traced import Traced, dense, lift
from livefig.steps.loops import iterate, recording

FIRST = {"add": 0.0, "multiply": 1.0, "logical_and": 1.0, "logical_or": 0.0, "maximum": None, "minimum": None}
REDUCED = {"logical_and": "minimum", "logical_or": "maximum"}  # of truth values that is the same
SHORT = 16  # products of so many numbers are written out


def normalized(axis: Any, ndim: int, strict: bool = False) -> list[int]:
    """The axes meant by `axis` (None: all), from 0 on, in order. A number has axis 0 too, unless `strict`."""
    if axis is None or (not ndim and not strict and axis in (0, -1)):
        return list(range(ndim))
    axes = [operator.index(a) for a in (axis if isinstance(axis, tuple) else (axis,))]
    for a in axes:
        if not -ndim <= a < ndim:
            raise np.exceptions.AxisError(a, ndim)
    found = sorted({a % ndim for a in axes})
    if len(found) < len(axes):
        raise ValueError(f"duplicate value in axis={axis}")
    return found


def merged(value: Traced, axes: list[int]) -> tuple[Node, int]:
    """The node of a value with some axes, not the steps, made one; and which one that is, the steps being axis 0."""
    timed = bool(value.steps)
    places = value.places.squeeze(value.axis) if timed else value.places
    within = [a - (timed and a > value.axis) for a in axes]
    if within != list(range(within[0], within[0] + len(within))):
        rest = [a for a in range(places.ndim) if a not in within]
        places = places.transpose(rest + within)
        within = list(range(len(rest), places.ndim))
    first, shape = within[0], places.shape
    length = int(np.prod([shape[a] for a in within]))
    places = places.reshape(*shape[:first], length, *shape[first + len(within) :])
    return value.seen(places[None] if timed else places, 0).node, first + timed


def folded(value: Traced, op: str, axes: list[int], keepdims: Any = False, boolean: bool = False) -> Traced:
    """An operation that takes an axis away, done over some axes together; they stay at length 1 or go."""
    if not axes:
        return value
    graph, apart = value.graph, value.steps and value.axis in axes
    if apart:
        others = [a for a in axes if a != value.axis]
        value = folded(value, op, others, True)
        found = Traced(graph, graph.node(op, value.node, extra=(0,)))
        places = np.expand_dims(found.places, value.axis)
    else:
        node, axis = merged(value, axes)
        before = sum(1 for a in axes if a < value.axis)
        found = Traced(graph, graph.node(op, node, extra=(axis,)), axis=value.axis - before)
        places = np.expand_dims(found.places, tuple(axes))
    if not (given(keepdims) and keepdims):
        return Traced(graph, found.box, np.squeeze(places, tuple(axes)), found.axis, boolean)
    return Traced(graph, found.box, places, value.axis, boolean)


def reduce(value: Traced, op: str, axis: Any = None, keepdims: Any = False, initial: Any = None) -> Traced:
    """Fold an operation over axes, from left to right."""
    axes, graph = normalized(axis, value.ndim), value.graph
    boolean = op in BOOLEAN or (value.boolean and FIRST[op] is None)
    value = _truth(value, op)
    if value.steps and value.axis in axes and FIRST[op] is None:
        at_least_one(value, f"np.{op}.reduce")
    if not all(value.places.shape[a] for a in axes):
        if FIRST[op] is None and not given(initial):
            raise ValueError(f"np.{op} of an empty array has no value")
        found = _empty(value, axes, FIRST[op] if FIRST[op] is not None else initial, keepdims)
    elif op == "multiply":
        found = _product(value, axes, keepdims)
    else:
        found = folded(value, f"{REDUCED.get(op, op)}.reduce", axes, keepdims, boolean)
    return found if not given(initial) else elementwise(graph, op, initial, found)


def at_least_one(value: Traced, what: str) -> None:
    """Refuse what takes one of the steps, where there may be none."""
    assert value.steps is not None
    if least_steps(value.graph, value.steps.n) < 0:
        instead = "Take all steps, or raise the smallest number of steps."
        raise refuse(f"{what} over steps of which there may be none", instead)


def _empty(value: Traced, axes: list[int], first: Any, keepdims: Any) -> Traced:
    """What a fold over no elements gives."""
    kept = [1 if a in axes else n for a, n in enumerate(value.places.shape)]
    shape = kept if given(keepdims) and keepdims else [n for a, n in enumerate(kept) if a not in axes]
    return lift(value.graph, np.full(shape, float(first)))


def _product(value: Traced, axes: list[int], keepdims: Any) -> Traced:
    """The product over axes: written out where it is short, else by a loop."""
    for a in sorted(axes, key=lambda a: bool(value.steps) and a == value.axis):
        lines = _first(value, a)
        along_steps = bool(lines.steps) and lines.axis == 0
        if along_steps or len(lines.places) > SHORT:
            product = totals(lines, np.multiply, "np.prod")[-1]
        else:
            product = fold(operator.mul, map(lines.__getitem__, range(len(lines.places))))
        value = product.seen(np.expand_dims(product.places, a), product.axis + (product.axis >= a))
    if given(keepdims) and keepdims:
        return value
    return value.seen(np.squeeze(value.places, tuple(axes)), value.axis - sum(a < value.axis for a in axes))


def _first(value: Traced, axis: int) -> Traced:
    """The value with an axis moved to the front."""
    place = 0 if axis == value.axis else value.axis + (axis > value.axis)
    return value.seen(np.moveaxis(value.places, axis, 0), place)


def totals(lines: Traced, combine: Callable[[Any, Any], Any], what: str) -> Any:
    """All partial results along the first axis: a loop over its rows."""
    if lines.steps and lines.axis == 0:
        at_least_one(lines, what)
    n = Traced(lines.graph, lines.steps.n) if lines.steps and lines.axis == 0 else len(lines.places) - 1
    with recording(lines.graph):
        return iterate(combine, lines[0], n, lines[1:])


def _truth(value: Traced, op: str) -> Traced:
    """The value, or its truth values where the operation is one of logic."""
    return elementwise(value.graph, "not_equal", value, 0.0) if op in BOOLEAN and not value.boolean else value


def products_added(products: Traced, axis: Any) -> Traced:
    """The sums of a product of arrays: of truth values they are truth values, as NumPy has it."""
    return reduce(products, "logical_or" if products.boolean else "add", axis)


def accumulate(value: Traced, op: str, axis: int = 0) -> Traced:
    """All partial results of a fold along one axis."""
    (axis,) = normalized(operator.index(axis), value.ndim, strict=True)
    value, graph = _truth(value, op), value.graph
    lines = _first(value, axis)
    along_steps = bool(lines.steps) and lines.axis == 0
    if op == "add":
        node = graph.node("add.accumulate", lines.node, extra=(0 if along_steps or not lines.steps else 1,))
        sums = Traced(graph, node, axis=lines.axis)
    elif along_steps or (len(lines.places) > SHORT and not lines.steps):
        sums = totals(lines, partial(elementwise, graph, op), f"np.{op}.accumulate")
        sums = sums if along_steps else dense(sums, "")
    elif len(lines.places):
        rows = map(lines.__getitem__, range(len(lines.places)))
        sums = FUNCTIONS[np.stack](graph, list(running(rows, partial(elementwise, graph, op))))
    else:
        sums = lines
    return Traced(graph, sums.box, np.moveaxis(sums.places, 0, axis), value.axis, op in BOOLEAN)


def _sums(op: str, name: str) -> Implementation:
    def fold(
        graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
        initial: Any = None, where: Any = None,
    ) -> Traced:  # fmt: skip
        refuse_options(name, out=out)
        refuse_dtype(name, dtype)
        return reduce(_chosen(lift(graph, x), where, FIRST[op]), op, axis, keepdims, initial)

    return fold


def _chosen(value: Traced, where: Any, instead: Any) -> Traced:
    """The value where the option `where` of a fold is true, else what does not change the result."""
    return elementwise(value.graph, "where", where, value, instead) if _chooses(where) else value


def _chooses(where: Any) -> bool:
    """Whether the option `where` of a fold leaves out anything."""
    return given(where) and where is not True


def _extremes(op: str, name: str) -> Implementation:
    def fold(
        graph: Graph, x: Any, axis: Any = None, out: Any = None, keepdims: Any = False,
        initial: Any = None, where: Any = None,
    ) -> Traced:  # fmt: skip
        refuse_options(name, out=out)
        value, instead = lift(graph, x), FIRST[op] if FIRST[op] is not None else initial
        if _chooses(where) and not given(instead):
            raise ValueError(f"{name} with where= needs initial=")
        return reduce(_chosen(value, where, instead), op, axis, keepdims, initial)

    return fold


sum_ = implements(np.sum)(_sums("add", "np.sum"))
implements(np.prod)(_sums("multiply", "np.prod"))
implements(np.max, np.amax)(_extremes("maximum", "np.max"))
implements(np.min, np.amin)(_extremes("minimum", "np.min"))
implements(np.all)(_extremes("logical_and", "np.all"))
implements(np.any)(_extremes("logical_or", "np.any"))


def count(x: Traced, axis: Any) -> Any:
    """How many elements a fold over `axis` takes together: a number, or a traced one."""
    axes = normalized(axis, x.ndim, strict=True)
    others = int(np.prod([x.places.shape[a] for a in axes]))
    return (Traced(x.graph, x.steps.n) + 1) * others if x.steps and x.axis in axes else others


@implements(np.mean)
def mean(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
    *, where: Any = None,
) -> Traced:  # fmt: skip
    refuse_options("np.mean", out=out, where=where)
    refuse_dtype("np.mean", dtype)
    value = lift(graph, x)
    total = reduce(value, "add", axis, keepdims)
    return elementwise(graph, "divide", total, count(value, axis))


@implements(np.var)
def var(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
    keepdims: Any = False, *, where: Any = None, mean: Any = None, correction: Any = None,
) -> Traced:  # fmt: skip
    refuse_options("np.var or np.std", out=out, where=where)
    refuse_dtype("np.var or np.std", dtype)
    x, ddof = lift(graph, x), correction if given(correction) else ddof
    middle = mean if given(mean) else np.mean(x, axis=axis, keepdims=True)
    total = reduce(np.square(x - middle), "add", axis, keepdims)
    return elementwise(graph, "divide", total, np.maximum(count(x, axis) - ddof, 0))


@implements(np.std)
def std(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
    return length(elementwise(graph, "sqrt", var(graph, x, *args, **kw)))  # type: ignore[no-any-return]


@implements(np.cumsum)
def cumsum(graph: Graph, x: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Traced:
    return _running(graph, "add", "np.cumsum", x, axis, dtype, out)


@implements(np.cumprod)
def cumprod(graph: Graph, x: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Traced:
    return _running(graph, "multiply", "np.cumprod", x, axis, dtype, out)


def _running(graph: Graph, op: str, name: str, x: Any, axis: int | None, dtype: Any, out: Any) -> Traced:
    refuse_options(name, out=out)
    refuse_dtype(name, dtype)
    value = lift(graph, x)
    flat = axis is None or not value.ndim
    if not value.ndim:
        normalized(axis, 0)  # 0 and −1 will do
    return accumulate(reshape(graph, value, -1), op) if flat else accumulate(value, op, axis or 0)


@implements(np.ptp)
def ptp(graph: Graph, x: Any, axis: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    refuse_options("np.ptp", out=out)
    return np.max(x, axis=axis, keepdims=keepdims) - np.min(x, axis=axis, keepdims=keepdims)


@implements(np.count_nonzero)
def count_nonzero(graph: Graph, x: Any, axis: Any = None, *, keepdims: Any = False) -> Any:
    return np.sum(np.not_equal(x, 0), axis=axis, keepdims=keepdims)


@implements(np.average)
def average(
    graph: Graph, x: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False
) -> Any:
    refuse_options("np.average", returned=returned or None)
    value = lift(graph, x)
    if weights is None:
        return mean(graph, value, axis, keepdims=keepdims)
    scale = lift(graph, weights)
    if scale.shape != value.shape:
        (place,) = normalized(axis, value.ndim)
        if scale.shape != value.shape[place : place + 1]:
            raise ValueError(f"np.average: weights of shape {scale.shape} do not fit axis {axis} of {value.shape}")
        scale = scale.reshape(-1, *[1] * (value.ndim - place - 1)) * np.ones_like(value)
    total = np.sum(value * scale, axis=axis, keepdims=keepdims)
    return total / np.sum(scale, axis=axis, keepdims=keepdims)
