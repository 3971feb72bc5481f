"""Sums, products, extremes, means and running totals: operations folded over axes, from left to right."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from gradcore.tape.elementwise import elementwise
from gradcore.tape.graph import Graph, Node
from gradcore.tape.moves import reshape
from gradcore.tape.ops import BOOLEAN
from gradcore.tape.registry import Rule, given, refuse_dtype, refuse_options, rule
from gradcore.tape.traced import Traced, dense, lift

FIRST = {
    "add": 0.0,
    "multiply": 1.0,
    "logical_and": 1.0,
    "logical_or": 0.0,
    "maximum": None,
    "minimum": None,
}


def normalized(axis: Any, ndim: int) -> list[int]:
    """The axes meant by `axis` (None: all), from 0 on, in order."""
    if axis is None or (not ndim and axis in (0, -1)):
        return list(range(ndim))
    axes = [operator.index(a) for a in (axis if isinstance(axis, tuple) else (axis,))]
    for a in axes:
        if not -ndim <= a < ndim:
            raise np.exceptions.AxisError(a, ndim)
    found = sorted({a % ndim for a in axes})
    if len(found) < len(axes):
        raise ValueError(f"duplicate value in axis={axis}")
    return found


def _lines(value: Traced, axis: Any, what: str) -> tuple[Traced, np.ndarray[Any, Any], list[int]]:
    """The value, its cells with everything along `axis` in one last axis, and the axes."""
    axes = normalized(axis, value.ndim)
    if value.rows and value.axis in axes:
        value = dense(value, f"{what} along the steps")
    rest = [a for a in range(value.ndim) if a not in axes]
    kept = [value.cells.shape[a] for a in rest]
    length = int(np.prod([value.cells.shape[a] for a in axes]))
    return value, np.transpose(value.cells, rest + axes).reshape(*kept, length), axes


def _folded(value: Traced, nodes: Any, axes: list[int], keepdims: Any, boolean: bool) -> Traced:
    """A folded value: its nodes, with the axes that were folded kept at length 1 or gone."""
    if given(keepdims) and keepdims:
        return value.like(np.expand_dims(nodes, tuple(axes)), boolean=boolean)
    before = sum(1 for a in axes if a < value.axis)
    return value.like(nodes, axis=value.axis - before, boolean=boolean)


def reduce(value: Traced, op: str, axis: Any = None, keepdims: Any = False, initial: Any = None) -> Traced:
    """Fold an operation over axes, from left to right."""
    value, lines, axes = _lines(value, axis, f"np.{op}.reduce")
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
        nodes[place] = total
    if op in BOOLEAN and lines.shape[-1] == 1 and not value.boolean:
        nodes = (Traced(graph, nodes) != 0).cells
    boolean = op in BOOLEAN or (value.boolean and first is None)
    return _folded(value, nodes, axes, keepdims, boolean)


def accumulate(value: Traced, op: str, axis: int = 0) -> Traced:
    """All partial results of a fold along one axis."""
    value = dense(value, f"np.{op}.accumulate")
    cells = np.moveaxis(value.cells, axis, 0).copy()
    for i in range(1, len(cells)):
        pairs = zip(cells[i - 1].ravel().tolist(), cells[i].ravel().tolist(), strict=True)
        nodes = [value.graph.node(op, a, b) for a, b in pairs]
        cells[i] = np.array(nodes, dtype=np.int64).reshape(cells.shape[1:])
    return value.like(np.moveaxis(cells, 0, axis))


def _sums(op: str, name: str) -> Rule:
    def fold(
        graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
        initial: Any = None, where: Any = None,
    ) -> Traced:  # fmt: skip
        refuse_options(name, out=out, where=where)
        refuse_dtype(name, dtype)
        return reduce(lift(graph, x), op, axis, keepdims, initial)

    return fold


def _extremes(op: str, name: str) -> Rule:
    def fold(
        graph: Graph, x: Any, axis: Any = None, out: Any = None, keepdims: Any = False,
        initial: Any = None, where: Any = None,
    ) -> Traced:  # fmt: skip
        refuse_options(name, out=out, where=where)
        return reduce(lift(graph, x), op, axis, keepdims, initial)

    return fold


sum_ = rule(np.sum)(_sums("add", "np.sum"))
rule(np.prod)(_sums("multiply", "np.prod"))
rule(np.max, np.amax)(_extremes("maximum", "np.max"))
rule(np.min, np.amin)(_extremes("minimum", "np.min"))
rule(np.all)(_extremes("logical_and", "np.all"))
rule(np.any)(_extremes("logical_or", "np.any"))


def count(x: Traced, axis: Any) -> int:
    """How many elements a fold over `axis` takes together."""
    return int(np.prod([x.shape[a] for a in normalized(axis, x.ndim)]))


@rule(np.mean)
def mean(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
    *, where: Any = None,
) -> Traced:  # fmt: skip
    value = lift(graph, x)
    total = sum_(graph, value, axis, dtype, out, keepdims, None, where)
    return elementwise(graph, "divide", total, count(value, axis))


@rule(np.var)
def var(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
    keepdims: Any = False, *, where: Any = None, mean: Any = None, correction: Any = None,
) -> Traced:  # fmt: skip
    refuse_options("np.var or np.std", mean=mean)
    x, ddof = lift(graph, x), correction if given(correction) else ddof
    middle = np.mean(x, axis=axis, keepdims=True)
    total = sum_(graph, np.square(x - middle), axis, dtype, out, keepdims, None, where)
    return elementwise(graph, "divide", total, max(count(x, axis) - ddof, 0))


@rule(np.std)
def std(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
    return elementwise(graph, "sqrt", var(graph, x, *args, **kw))


@rule(np.cumsum)
def cumsum(graph: Graph, x: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Traced:
    return _running(graph, "add", "np.cumsum", x, axis, dtype, out)


@rule(np.cumprod)
def cumprod(graph: Graph, x: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Traced:
    return _running(graph, "multiply", "np.cumprod", x, axis, dtype, out)


def _running(graph: Graph, op: str, name: str, x: Any, axis: int | None, dtype: Any, out: Any) -> Traced:
    refuse_options(name, out=out)
    refuse_dtype(name, dtype)
    value = lift(graph, x)
    return accumulate(reshape(graph, value, -1), op) if axis is None else accumulate(value, op, axis)


def _place(better: str) -> Rule:
    """np.argmax or np.argmin: the first best place, or that of the first NaN."""

    def place(graph: Graph, x: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Traced:
        refuse_options("np.argmax or np.argmin", out=out)
        value, lines, axes = _lines(lift(graph, x), axis, "np.argmax or np.argmin")
        if not lines.shape[-1]:
            raise ValueError("np.argmax or np.argmin of an empty array has no value")
        best: Any = Traced(graph, lines[..., 0])
        found: Any = lift(graph, np.zeros(best.shape))
        for i in range(1, lines.shape[-1]):
            now = Traced(graph, lines[..., i])
            not_worse = now <= best if better == "maximum" else best <= now
            take = np.logical_and(np.logical_not(not_worse), np.equal(best, best))
            found, best = np.where(take, float(i), found), np.where(take, now, best)
        return _folded(value, found.cells, axes, keepdims, False)

    return place


rule(np.argmax)(_place("maximum"))
rule(np.argmin)(_place("minimum"))
