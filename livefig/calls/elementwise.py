"""Elementwise operations on traced arrays, with NumPy's broadcasting and time axes kept whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from livefig.record.graph import Graph, Rows, ScopeError
from livefig.record.ops import BINARY, BOOLEAN, OF_TRUTH, RENAMED, UNARY
from livefig.record.refuse import FAMILIAR, refuse
from livefig.record.traced import Traced, as_row, dense, lift

OPERATIONS = frozenset([*UNARY, *BINARY, "where"])
BITWISE = frozenset(["bitwise_and", "bitwise_or", "bitwise_xor", "invert"])
OF_TRUTH_VALUES = {"add": "logical_or", "multiply": "logical_and"}  # what NumPy does where all are booleans


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
    return [v if v.rows else as_row(v, rows, place) for v in values], rows, place


def elementwise(graph: Graph, op: str, *inputs: Any) -> Traced:
    """One operation on every element of arrays that broadcast together."""
    lifted = [lift(graph, v) for v in inputs]
    values, rows, place = align(lifted, f"np.{op}")
    cells = np.broadcast_arrays(*(v.cells for v in values))
    try:
        nodes = [graph.node(op, *args) for args in zip(*(c.ravel().tolist() for c in cells), strict=True)]
    except ScopeError:
        if rows is None or not all(v.fixed for v in lifted):
            raise
        return elementwise(graph, op, *(dense(v, f"np.{op}") for v in lifted))
    shape = cells[0].shape
    boolean = op in BOOLEAN or (op == "where" and all(v.boolean for v in values[1:]))
    result = np.array(nodes, dtype=np.int64).reshape(shape)
    return Traced(graph, result, rows, len(shape) + place if rows else 0, boolean)


def operation(graph: Graph, name: str, inputs: tuple[Any, ...]) -> Any:
    """A NumPy ufunc by name, with those that are other operations written differently."""
    values = [lift(graph, v) for v in inputs]
    truth = all(v.boolean for v in values)
    if name in BITWISE and not truth:
        raise refuse(f"np.{name} of numbers", "Write np.logical_and(a, b) and the like, np.mod(x, 2) for odd or even.")
    if name in RENAMED:
        op, order = RENAMED[name]
        return elementwise(graph, op, *(values[i] for i in order))
    if truth and name in OPERATIONS and name not in OF_TRUTH:
        raise refuse(f"np.{name} of truth values", f"Write np.{name} of 1.0 * (x > 0), or np.logical_not(x > 0).")
    if name in COMPOSED:
        return COMPOSED[name](*values)
    if truth and name in OF_TRUTH_VALUES:
        return elementwise(graph, OF_TRUTH_VALUES[name], *values)
    if name not in OPERATIONS:
        raise refuse(f"np.{name}", f"Write it with {FAMILIAR}.")
    return elementwise(graph, name, *values)


def _floor_divide(a: Any, b: Any) -> Any:
    """Python's a // b: what is left after the remainder is taken away, so that 1.0 // 0.1 is 9."""
    rest = np.fmod(a, b)
    below = np.logical_and(np.not_equal(rest, 0.0), np.not_equal(b < 0.0, rest < 0.0))
    return np.where(np.equal(b, 0.0), a / b, np.rint((a - rest) / b - 1.0 * below))


def sloped(value: Any, slopes: Any) -> Any:
    """The value of one expression with the slopes of another one, of the same function.

    Where NumPy's way to a value goes through a case or a kink that the function has not, another way has its slopes.
    """
    return elementwise(value.graph, "sloped", value, slopes)


def length(value: Any) -> Any:
    """A length, as √(x² + y²): at 0, the tip of a cone, its slope is the mean of those around it, 0."""
    return sloped(value, np.where(np.equal(value, 0.0), 0.0, value))


def _logaddexp(a: Any, b: Any) -> Any:
    larger = np.maximum(a, b)
    value = np.where(np.equal(a, b), a + math.log(2), larger + np.log1p(np.exp(-np.abs(a - b))))
    return sloped(value, larger + np.log(np.exp(a - larger) + np.exp(b - larger)))


# NumPy ufuncs that are made of several operations.
COMPOSED: dict[str, Callable[..., Any]] = {
    "positive": lambda a: a.copy(),
    "floor_divide": _floor_divide,
    "divmod": lambda a, b: (_floor_divide(a, b), np.remainder(a, b)),
    "logaddexp": _logaddexp,
    "heaviside": lambda a, b: np.where(np.equal(a, 0.0), b, np.where(np.isnan(a), a, a > 0.0)),
    "isinf": lambda a: np.equal(np.abs(a), np.inf),
    "deg2rad": lambda a: a * (math.pi / 180),
    "radians": lambda a: a * (math.pi / 180),
    "rad2deg": lambda a: a * (180 / math.pi),
    "degrees": lambda a: a * (180 / math.pi),
}
