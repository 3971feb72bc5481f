"""Sums, products, extremes, means and running totals: operations folded over axes, from left to right."""

from __future__ import annotations

import operator
from functools import partial
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise, length
from livefig.calls.moves import reshape
from livefig.record.graph import Graph, Node
from livefig.record.ops import BOOLEAN
from livefig.record.registry import Implementation, given, implements, refuse_dtype, refuse_options
from livefig.record.traced import Traced, dense, lift
from livefig.steps.timeaxis import in_loop, number_of_rows, totals

FIRST = {
    "add": 0.0,
    "multiply": 1.0,
    "logical_and": 1.0,
    "logical_or": 0.0,
    "maximum": None,
    "minimum": None,
}


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


def lines_along(value: Traced, axis: Any, what: str) -> tuple[Traced, np.ndarray[Any, Any], list[int]]:
    """The value, its cells with everything along `axis` in one last axis, and the axes."""
    axes = normalized(axis, value.ndim)
    if value.rows and value.axis in axes:
        value = dense(value, f"{what} along the steps")
    rest = [a for a in range(value.ndim) if a not in axes]
    kept = [value.cells.shape[a] for a in rest]
    length = int(np.prod([value.cells.shape[a] for a in axes]))
    return value, np.transpose(value.cells, rest + axes).reshape(*kept, length), axes


def folded(value: Traced, nodes: Any, axes: list[int], keepdims: Any, boolean: bool) -> Traced:
    """A folded value: its nodes, with the axes that were folded kept at length 1 or gone."""
    if given(keepdims) and keepdims:
        return value.like(np.expand_dims(nodes, tuple(axes)), boolean=boolean)
    before = sum(1 for a in axes if a < value.axis)
    return value.like(nodes, axis=value.axis - before, boolean=boolean)


def reduce(value: Traced, op: str, axis: Any = None, keepdims: Any = False, initial: Any = None) -> Traced:
    """Fold an operation over axes, from left to right."""
    if in_loop(value, axes := normalized(axis, value.ndim)):
        return _along_steps(value, op, axes, keepdims, initial)
    value, lines, axes = lines_along(value, axis, f"np.{op}.reduce")
    graph, first = value.graph, FIRST[op]
    begin: list[Node] = []
    if given(initial):
        begin = [lift(graph, initial).cells.item()]
    elif not lines.shape[-1]:
        if first is None:
            raise ValueError(f"np.{op} of an empty array has no value")
        begin = [graph.constant(first)]
    nodes = np.empty(lines.shape[:-1], dtype=np.int64)
    for place in np.ndindex(*lines.shape[:-1]):
        cells = begin + lines[place].tolist()
        total = cells[0]
        for cell in cells[1:]:
            total = graph.node(op, total, cell)
        nodes[place] = graph.node("among", total, *cells) if first is None and len(cells) > 2 else total
    if op in BOOLEAN and lines.shape[-1] == 1 and not value.boolean:
        nodes = (Traced(graph, nodes) != 0).cells
    boolean = op in BOOLEAN or (value.boolean and first is None)
    return folded(value, nodes, axes, keepdims, boolean)


def _along_steps(value: Traced, op: str, axes: list[int], keepdims: Any, initial: Any) -> Traced:
    """Fold over the axis of the steps, and first over the others."""
    others = tuple(a for a in axes if a != value.axis)
    value = reduce(_truth(value, op), op, others, True)
    total = totals(value, partial(elementwise, value.graph, op), f"np.{op}.reduce")[-1]
    if given(initial):
        total = elementwise(value.graph, op, initial, total)
    boolean = op in BOOLEAN or (value.boolean and FIRST[op] is None)
    cells = np.moveaxis(total.cells[None], 0, value.axis)  # the steps came first
    kept = given(keepdims) and keepdims
    return Traced(value.graph, cells if kept else np.squeeze(cells, tuple(axes)), boolean=boolean)


def _truth(value: Traced, op: str) -> Traced:
    """The value, or its truth values where the operation is one of logic."""
    return elementwise(value.graph, "not_equal", value, 0.0) if op in BOOLEAN and not value.boolean else value


def products_added(products: Traced, axis: Any) -> Traced:
    """The sums of a product of arrays: of truth values they are truth values, as NumPy has it."""
    return reduce(products, "logical_or" if products.boolean else "add", axis)


def accumulate(value: Traced, op: str, axis: int = 0) -> Traced:
    """All partial results of a fold along one axis."""
    (axis,) = normalized(operator.index(axis), value.ndim, strict=True)
    value = _truth(value, op)
    if in_loop(value, [axis]):
        sums = totals(value, partial(elementwise, value.graph, op), f"np.{op}.accumulate")
        return Traced(value.graph, np.moveaxis(sums.cells, 0, axis), sums.rows, axis, op in BOOLEAN)
    if value.rows and axis == value.axis:
        value = dense(value, f"np.{op}.accumulate")
    cells = np.moveaxis(value.cells, axis, 0).copy()
    for i in range(1, len(cells)):
        pairs = zip(cells[i - 1].ravel().tolist(), cells[i].ravel().tolist(), strict=True)
        nodes = [value.graph.node(op, a, b) for a, b in pairs]
        cells[i] = np.array(nodes, dtype=np.int64).reshape(cells.shape[1:])
    return value.like(np.moveaxis(cells, 0, axis), boolean=op in BOOLEAN)


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
    others = int(np.prod([x.shape[a] for a in axes if not (x.rows and a == x.axis)]))
    return number_of_rows(x) * others if x.rows and x.axis in axes else others


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
