"""Products of matrices and vectors, and norms."""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.calls.elementwise import align, elementwise, length, numpys_error, operation
from livefig.calls.folds import normalized, products_added, reduce, sum_
from livefig.calls.moves import reshape
from livefig.record.graph import Graph
from livefig.record.refuse import refuse
from livefig.record.registry import FUNCTIONS, implements, refuse_options
from livefig.record.traced import Traced, lift, row_node


@implements(np.matmul)
def matmul(graph: Graph, a: Any, b: Any) -> Traced:
    """a @ b, by NumPy's rules for the last two axes."""
    left, right = lift(graph, a), lift(graph, b)
    if not left.ndim or not right.ndim:
        raise numpys_error(np.matmul, left, right)
    if left.shape[-1] != right.shape[-2 if right.ndim > 1 else 0]:
        raise numpys_error(np.matmul, left, right)
    if left.ndim == 2 and left.steps and not left.axis and right.ndim <= 2 and not right.steps:
        return matmul(graph, left[:, None, :], right)[:, 0]  # row by row
    if (left.boolean and right.boolean) or _apart(left, 2) or _apart(right, 2):
        if right.ndim == 1:
            return products_added(operation(graph, "multiply", (left, right)), -1)
        if left.ndim > 1:
            right = right[..., None, :, :]
        return products_added(operation(graph, "multiply", (left[..., :, None], right)), -2)
    a, b = left[None] if left.ndim == 1 else left, right[:, None] if right.ndim == 1 else right
    (a, b), steps, place = align([a, b], "np.matmul")
    node = graph.node("matmul", *(row_node(v, place) if steps else v.node for v in (a, b)))
    found = Traced(graph, node, axis=max(a.ndim, b.ndim) + place if steps else 0)
    if left.ndim == 1:
        found = found[..., 0, :]
    return found[..., 0] if right.ndim == 1 else found


def _apart(value: Traced, last: int) -> bool:
    """Whether the steps are one of the last axes of a value."""
    return bool(value.steps) and value.axis >= value.ndim - last


@implements(np.dot)
def dot(graph: Graph, a: Any, b: Any, out: Any = None) -> Traced:
    refuse_options("np.dot", out=out)
    if not np.ndim(a) or not np.ndim(b):
        return operation(graph, "multiply", (a, b))  # type: ignore[no-any-return]
    if np.ndim(b) <= 2:
        return matmul(graph, a, b)
    return np.tensordot(a, b, (-1, -2))  # type: ignore[return-value]


@implements(np.inner)
def inner(graph: Graph, a: Any, b: Any) -> Traced:
    right = lift(graph, b)
    if not np.ndim(a) or not right.ndim:
        return operation(graph, "multiply", (a, right))  # type: ignore[no-any-return]
    return np.tensordot(a, right, (-1, -1))  # type: ignore[return-value]


@implements(np.vdot)
def vdot(graph: Graph, a: Any, b: Any) -> Traced:
    return matmul(graph, reshape(graph, a, -1), reshape(graph, b, -1))


@implements(np.outer)
def outer(graph: Graph, a: Any, b: Any, out: Any = None) -> Traced:
    refuse_options("np.outer", out=out)
    return operation(graph, "multiply", (reshape(graph, a, -1)[:, None], reshape(graph, b, -1)))  # type: ignore[no-any-return]


@implements(np.trace)
def trace_of(
    graph: Graph, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None
) -> Traced:
    diagonal: Traced = FUNCTIONS[np.diagonal](graph, x, offset, axis1, axis2)
    return sum_(graph, diagonal, -1, dtype, out)  # type: ignore[no-any-return]


@implements(np.linalg.norm)
def norm(graph: Graph, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Traced:
    vectors = np.ndim(x) == 1 if axis is None else not isinstance(axis, tuple) or len(axis) == 1
    normalized(axis, np.ndim(x), strict=True)
    if ord == "fro" and axis is None and np.ndim(x) != 2:
        raise ValueError("np.linalg.norm with ord='fro' needs a matrix")
    if ord is None or (vectors and ord == 2) or (not vectors and ord == "fro"):
        squares = elementwise(graph, "square", x)
        return length(elementwise(graph, "sqrt", reduce(squares, "add", axis, keepdims)))  # type: ignore[no-any-return]
    size = elementwise(graph, "absolute", x)
    if vectors and ord == 1:
        return reduce(size, "add", axis, keepdims)
    if vectors and ord in (np.inf, -np.inf):
        return reduce(size, "maximum" if ord > 0 else "minimum", axis, keepdims)
    if vectors and isinstance(ord, (int, float)) and ord > 0:
        total = reduce(elementwise(graph, "power", size, float(ord)), "add", axis, keepdims)
        return length(elementwise(graph, "power", total, 1 / ord))  # type: ignore[no-any-return]
    raise refuse(f"np.linalg.norm with ord={ord!r}", "Write it with np.abs, np.sum and np.max.")
