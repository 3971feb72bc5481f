"""Elementwise operations and folds on traced arrays, with NumPy's broadcasting and time axes kept whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from gradcore.tape.graph import Graph, Rows, ScopeError
from gradcore.tape.ops import BINARY, BOOLEAN, RENAMED, UNARY
from gradcore.tape.refuse import refuse
from gradcore.tape.traced import Traced, dense, lift

OPERATIONS = frozenset([*UNARY, *BINARY, "where"])
FIRST = {"add": 0.0, "multiply": 1.0, "logical_and": 1.0, "logical_or": 0.0, "maximum": None, "minimum": None}


def align(values: list[Traced], op: str) -> tuple[list[Traced], Rows | None, int]:
    """Values to broadcast together, their common time axis, and its place counted from the end (negative)."""
    timed = [v for v in values if v.rows]
    if not timed:
        return values, None, 0
    places = {(v.rows, v.axis - v.ndim) for v in timed}
    if len(places) > 1:
        return [dense(v, f"{op} of different time axes") for v in values], None, 0
    rows, place = places.pop()
    assert rows is not None
    return [v if v.rows else _as_row(v, rows, place) for v in values], rows, place


def _as_row(value: Traced, rows: Rows, place: int) -> Traced:
    """A plain array that meets a time axis: if it has an entry for every row, its entry in row k."""
    if value.ndim < -place or value.shape[place] != rows.length or rows.length == 1:
        return value
    graph = value.graph
    moved = np.moveaxis(value.cells, place, 0)
    graph.tables.append((moved[0].size, moved.ravel().tolist()))
    table = len(graph.tables) - 1
    cells = np.array([graph.row(table, j, rows.k) for j in range(moved[0].size)], dtype=np.int64)
    shape = np.expand_dims(cells.reshape(moved.shape[1:]), value.ndim + place)
    return Traced(graph, shape, rows, place, value.boolean)


def elementwise(graph: Graph, op: str, *inputs: Any) -> Traced:
    """One operation on every element of arrays that broadcast together."""
    values, rows, place = align([lift(graph, v) for v in inputs], f"np.{op}")
    try:
        cells = np.broadcast_arrays(*(v.cells for v in values))
        shape = cells[0].shape
        nodes = [graph.node(op, *args) for args in zip(*(c.ravel().tolist() for c in cells), strict=True)]
    except ScopeError:
        raise refuse(
            f"np.{op} of values from two loops", "Use what iterate returns, not values from inside its step."
        ) from None
    boolean = op in BOOLEAN or (op == "where" and all(v.boolean for v in values[1:]))
    result = np.array(nodes, dtype=np.int64).reshape(shape)
    return Traced(graph, result, rows, len(shape) + place if rows else 0, boolean)


def operation(graph: Graph, name: str, inputs: tuple[Any, ...]) -> Traced:
    """A NumPy ufunc by name, with those that are other operations written differently."""
    if name in RENAMED:
        op, order = RENAMED[name]
        return elementwise(graph, op, *(inputs[i] for i in order))
    if name == "positive":
        return lift(graph, inputs[0])
    if name not in OPERATIONS:
        raise refuse(f"np.{name}", "See the list of operations in gradcore/tape/ops.py.")
    return elementwise(graph, name, *inputs)


def reduce(value: Traced, op: str, axis: Any = None, keepdims: bool = False, initial: Any = None) -> Traced:
    """Fold an operation over axes, from left to right."""
    axes = tuple(range(value.ndim)) if axis is None else np.atleast_1d(axis).tolist()
    axes = sorted({a % value.ndim for a in axes}) if value.ndim else []
    if value.rows and value.axis in axes:
        value = dense(value, f"np.{op}.reduce along the steps")
    graph, rest = value.graph, [a for a in range(value.ndim) if a not in axes]
    kept = [value.cells.shape[a] for a in rest]
    lines = np.transpose(value.cells, rest + axes).reshape(*kept, -1)
    first = FIRST[op] if initial is None else initial
    if lines.shape[-1] == 0 and first is None:
        raise ValueError(f"np.{op} of an empty array has no value")
    nodes = np.empty(lines.shape[:-1], dtype=np.int64)
    for place in np.ndindex(*kept):
        cells = lines[place].tolist()
        if initial is not None or not cells:
            cells.insert(0, graph.constant(float(first)))  # type: ignore[arg-type]
        total = cells[0]
        for cell in cells[1:]:
            total = graph.node(op, total, cell)
        nodes[place] = total
    axis_now = rest.index(value.axis) if value.rows else 0
    if keepdims:
        nodes, axis_now = np.expand_dims(nodes, tuple(axes)), value.axis
    return value.like(nodes, axis=axis_now, boolean=op in BOOLEAN)


def accumulate(value: Traced, op: str, axis: int = 0) -> Traced:
    """All partial results of a fold along one axis."""
    value = dense(value, f"np.{op}.accumulate")
    cells = np.moveaxis(value.cells, axis, 0).copy()
    for before, now in pairwise(cells):
        flat = [value.graph.node(op, a, b) for a, b in zip(before.ravel().tolist(), now.ravel().tolist(), strict=True)]
        now[...] = np.array(flat, dtype=np.int64).reshape(now.shape)
    return value.like(np.moveaxis(cells, 0, axis))
