"""Products of matrices and vectors, norms, polynomials."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcore.tape.elementwise import elementwise
from gradcore.tape.folds import reduce, sum_
from gradcore.tape.graph import Graph
from gradcore.tape.moves import concatenate, reshape
from gradcore.tape.refuse import refuse
from gradcore.tape.registry import RULES, refuse_dtype, refuse_options, rule
from gradcore.tape.traced import Traced, lift


@rule(np.matmul)
def matmul(graph: Graph, a: Any, b: Any) -> Traced:
    """a @ b, by NumPy's rules for the last two axes."""
    left, right = lift(graph, a), lift(graph, b)
    if not left.ndim or not right.ndim:
        raise ValueError("matmul: a number has no axis to multiply along")
    if left.shape[-1] != right.shape[-2 if right.ndim > 1 else 0]:
        raise ValueError(f"matmul: shapes {left.shape} and {right.shape} do not fit")
    if right.ndim == 1:
        return reduce(elementwise(graph, "multiply", left, right), "add", -1)
    if left.ndim > 1:
        right = right[..., None, :, :]
    return reduce(elementwise(graph, "multiply", left[..., :, None], right), "add", -2)


@rule(np.dot)
def dot(graph: Graph, a: Any, b: Any, out: Any = None) -> Traced:
    refuse_options("np.dot", out=out)
    if not np.ndim(a) or not np.ndim(b):
        return elementwise(graph, "multiply", a, b)
    if np.ndim(b) <= 2:
        return matmul(graph, a, b)
    raise refuse("np.dot of an array of more than two axes", "Write a @ b or np.sum(a * b, axis=...).")


@rule(np.inner)
def inner(graph: Graph, a: Any, b: Any) -> Traced:
    if np.ndim(b) > 2:
        raise refuse("np.inner with an array of more than two axes", "Write np.sum(a * b, axis=...).")
    return dot(graph, a, lift(graph, b).T)


@rule(np.vdot)
def vdot(graph: Graph, a: Any, b: Any) -> Traced:
    return matmul(graph, reshape(graph, a, -1), reshape(graph, b, -1))


@rule(np.outer)
def outer(graph: Graph, a: Any, b: Any, out: Any = None) -> Traced:
    refuse_options("np.outer", out=out)
    return elementwise(graph, "multiply", reshape(graph, a, -1)[:, None], reshape(graph, b, -1))


@rule(np.trace)
def trace_of(
    graph: Graph, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None
) -> Traced:
    diagonal: Traced = RULES[np.diagonal](graph, x, offset, axis1, axis2)
    return sum_(graph, diagonal, -1, dtype, out)  # type: ignore[no-any-return]


@rule(np.linalg.norm)
def norm(graph: Graph, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Traced:
    vectors = np.ndim(x) == 1 if axis is None else not isinstance(axis, tuple) or len(axis) == 1
    if ord is None or (vectors and ord == 2) or (not vectors and ord == "fro"):
        squares = elementwise(graph, "square", x)
        return elementwise(graph, "sqrt", reduce(squares, "add", axis, keepdims))
    size = elementwise(graph, "absolute", x)
    if vectors and ord == 1:
        return reduce(size, "add", axis, keepdims)
    if vectors and ord in (np.inf, -np.inf):
        return reduce(size, "maximum" if ord > 0 else "minimum", axis, keepdims)
    raise refuse(f"np.linalg.norm with ord={ord!r}", "Write it with np.abs, np.sum and np.max.")


@rule(np.polyval)
def polyval(graph: Graph, p: Any, x: Any) -> Traced:
    total = elementwise(graph, "multiply", 0.0, x)
    for coefficient in lift(graph, p):
        total = elementwise(graph, "add", elementwise(graph, "multiply", total, x), coefficient)
    return total


@rule(np.linspace)
def linspace(
    graph: Graph, start: Any, stop: Any, num: int = 50, endpoint: bool = True, retstep: Any = None,
    dtype: Any = None, axis: int = 0,
) -> Traced:  # fmt: skip
    refuse_options("np.linspace", retstep=retstep or None, axis=axis or None)
    refuse_dtype("np.linspace", dtype)
    first, last = lift(graph, start), lift(graph, stop)
    intervals = (num - 1) if endpoint else num
    step = elementwise(graph, "divide", elementwise(graph, "subtract", last, first), max(intervals, 1))
    k = np.arange(float(num)).reshape(-1, *[1] * step.ndim)
    points = elementwise(graph, "add", elementwise(graph, "multiply", k, step), first)
    if endpoint and num > 1:
        end = RULES[np.broadcast_to](graph, last, points[-1:].shape)
        points = concatenate(graph, [points[:-1], end], 0)
    return points
