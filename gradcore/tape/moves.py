"""NumPy functions that only move elements around: NumPy itself, applied to the array of nodes.

They keep a time axis where it stays whole, and write it out where it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcore.tape.elementwise import align
from gradcore.tape.graph import Graph
from gradcore.tape.traced import Traced, dense, lift

MOVES: dict[Callable[..., Any], Callable[..., Any]] = {}


def move(function: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register an implementation, called as f(graph, *args, **kw)."""

    def register(implementation: Callable[..., Any]) -> Callable[..., Any]:
        MOVES[function] = implementation
        return implementation

    return register


def _applied_to_nodes(function: Callable[..., Any]) -> None:
    @move(function)
    def moved(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
        x = dense(lift(graph, x), f"np.{function.__name__}")
        return x.like(function(x.cells, *args, **kw), boolean=x.boolean)


for _function in (
    *(np.ravel, np.repeat, np.tile, np.diag, np.diagonal, np.flip, np.roll, np.squeeze, np.broadcast_to),
    *(np.atleast_1d, np.atleast_2d, np.take),
):
    _applied_to_nodes(_function)

MOVES[np.shape] = lambda graph, x: lift(graph, x).shape
MOVES[np.ndim] = lambda graph, x: lift(graph, x).ndim
MOVES[np.size] = lambda graph, x, axis=None: lift(graph, x).size if axis is None else lift(graph, x).shape[axis]


@move(np.copy)
def copy(graph: Graph, x: Any, **kw: Any) -> Traced:
    x = lift(graph, x)
    return x.like(x.cells.copy(), boolean=x.boolean)


@move(np.reshape)
def reshape(graph: Graph, x: Any, *shape: Any, **kw: Any) -> Traced:
    x = lift(graph, x)
    shape = kw.get("shape", shape[0] if len(shape) == 1 else shape)
    target = tuple(np.atleast_1d(shape).tolist())
    if x.rows and x.axis == 0 and target[0] in (x.rows.length, -1) and -1 not in target[1:]:
        return x.like(x.cells.reshape(1, *target[1:]), boolean=x.boolean)
    x = dense(x, "np.reshape of the axis of the steps")
    return x.like(x.cells.reshape(target), boolean=x.boolean)


@move(np.transpose)
def transpose(graph: Graph, x: Any, axes: Any = None) -> Traced:
    x = lift(graph, x)
    order = list(range(x.ndim))[::-1] if axes is None else [a % x.ndim for a in axes]
    return x.like(x.cells.transpose(order), axis=order.index(x.axis) if x.ndim else 0, boolean=x.boolean)


@move(np.swapaxes)
def swapaxes(graph: Graph, x: Any, axis1: int, axis2: int) -> Traced:
    order = list(range(lift(graph, x).ndim))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return transpose(graph, x, order)


@move(np.moveaxis)
def moveaxis(graph: Graph, x: Any, source: int, destination: int) -> Traced:
    order = list(range(lift(graph, x).ndim))
    order.insert(destination % len(order), order.pop(source))
    return transpose(graph, x, order)


@move(np.expand_dims)
def expand_dims(graph: Graph, x: Any, axis: int) -> Traced:
    x = lift(graph, x)
    return x[(*[slice(None)] * (axis % (x.ndim + 1)), None, Ellipsis)]


@move(np.concatenate)
def concatenate(graph: Graph, arrays: Any, axis: int = 0, **kw: Any) -> Traced:
    values, rows, place = align([lift(graph, a) for a in arrays], "np.concatenate")
    ndim = values[0].ndim
    if rows and not all(v.rows for v in values):
        raise ValueError(f"np.concatenate: the arrays differ in length along the steps ({rows.length} rows)")
    if rows and axis % ndim == ndim + place:
        values, rows = [dense(v, "np.concatenate along the steps") for v in values], None
    cells = np.concatenate([v.cells for v in values], axis=axis)
    return Traced(graph, cells, rows, place, all(v.boolean for v in values))


@move(np.stack)
def stack(graph: Graph, arrays: Any, axis: int = 0, **kw: Any) -> Traced:
    values, _, _ = align([lift(graph, a) for a in arrays], "np.stack")
    return concatenate(graph, [expand_dims(graph, v, axis) for v in values], axis)


@move(np.column_stack)
def column_stack(graph: Graph, arrays: Any) -> Traced:
    values = [lift(graph, a) for a in arrays]
    return concatenate(graph, [v[:, None] if v.ndim == 1 else v for v in values], 1)


@move(np.hstack)
def hstack(graph: Graph, arrays: Any) -> Traced:
    values = [v if v.ndim else v[None] for v in (lift(graph, a) for a in arrays)]
    return concatenate(graph, values, 0 if values[0].ndim == 1 else 1)


@move(np.vstack)
def vstack(graph: Graph, arrays: Any) -> Traced:
    values = [lift(graph, a) for a in arrays]
    return concatenate(graph, [v if v.ndim > 1 else v.reshape(1, -1) for v in values], 0)


@move(np.meshgrid)
def meshgrid(graph: Graph, *arrays: Any, **kw: Any) -> list[Traced]:
    values = [dense(lift(graph, a), "np.meshgrid") for a in arrays]
    return [Traced(graph, cells) for cells in np.meshgrid(*(v.cells for v in values), **kw)]
