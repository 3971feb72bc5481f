"""NumPy functions that only move elements around: NumPy itself, applied to the array of nodes.

They keep a time axis where it stays whole, and write it out where it does not.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcore.tape.elementwise import align
from gradcore.tape.graph import Graph, Rows
from gradcore.tape.refuse import refuse
from gradcore.tape.registry import RULES, Rule, refuse_options, rule
from gradcore.tape.traced import Traced, dense, lift


def _applied_to_nodes(function: Rule) -> None:
    name = f"np.{function.__name__}"

    @rule(function)
    def moved(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
        if any(isinstance(a, Traced) for a in (*args, *kw.values())):
            what = f"{name} with places or lengths that depend on a slider"
            raise refuse(what, "Use plain integers there.")
        value = dense(lift(graph, x), name)
        return value.like(function(value.cells, *args, **kw), boolean=value.boolean)


for _function in (
    *(np.ravel, np.repeat, np.tile, np.diagonal, np.flip, np.roll, np.squeeze, np.broadcast_to),
    *(np.atleast_1d, np.atleast_2d, np.take),
):
    _applied_to_nodes(_function)

RULES[np.shape] = lambda graph, x: lift(graph, x).shape
RULES[np.ndim] = lambda graph, x: lift(graph, x).ndim
RULES[np.size] = lambda graph, x, axis=None: x.size if axis is None else x.shape[axis]


@rule(np.diag)
def diag(graph: Graph, x: Any, k: int = 0) -> Traced:
    value = dense(lift(graph, x), "np.diag")
    if value.ndim == 2:
        return value.like(np.diag(value.cells, k), boolean=value.boolean)
    places = np.diag(np.ones(value.cells.shape), k) > 0  # of a vector: zeros beside the diagonal
    cells = np.full(places.shape, graph.constant(0.0), dtype=np.int64)
    cells[places] = value.cells
    return value.like(cells, boolean=value.boolean)


@rule(np.copy)
def copy(graph: Graph, x: Any, order: Any = None, subok: Any = None) -> Traced:
    value = lift(graph, x)
    return value.like(value.cells.copy(), boolean=value.boolean)


@rule(np.reshape)
def reshape(graph: Graph, x: Any, *shape: Any, order: str = "C", **kw: Any) -> Traced:
    value = lift(graph, x)
    if order != "C":
        raise refuse(f"np.reshape with order={order!r}", "Write value.T.reshape(...).T.")
    wanted = kw.pop("shape", shape[0] if len(shape) == 1 else shape)
    refuse_options("np.reshape", **kw)
    target = tuple(np.atleast_1d(wanted).tolist())
    if value.rows and value.axis == 0 and target:
        whole = target[0] == -1 and int(np.prod(target[1:])) == value.cells.size
        if whole or target[0] == value.rows.length:
            return value.like(value.cells.reshape(1, *target[1:]), boolean=value.boolean)
    value = dense(value, "np.reshape of the axis of the steps")
    return value.like(value.cells.reshape(target), boolean=value.boolean)


@rule(np.transpose)
def transpose(graph: Graph, x: Any, axes: Any = None) -> Traced:
    value = lift(graph, x)
    return _reordered(value, np.transpose, axes)


def _reordered(x: Traced, function: Rule, *args: Any) -> Traced:
    """NumPy's own reordering of axes, and where it takes the time axis."""
    order = function(np.empty(range(x.ndim)), *args).shape  # an empty array whose axis i has length i
    return x.like(x.cells.transpose(order), axis=order.index(x.axis) if x.ndim else 0, boolean=x.boolean)


@rule(np.swapaxes)
def swapaxes(graph: Graph, x: Any, axis1: int, axis2: int) -> Traced:
    return _reordered(lift(graph, x), np.swapaxes, axis1, axis2)


@rule(np.moveaxis)
def moveaxis(graph: Graph, x: Any, source: Any, destination: Any) -> Traced:
    return _reordered(lift(graph, x), np.moveaxis, source, destination)


@rule(np.expand_dims)
def expand_dims(graph: Graph, x: Any, axis: Any) -> Traced:
    value = lift(graph, x)
    new = axis if isinstance(axis, tuple) else (axis,)
    ndim = value.ndim + len(new)
    if any(not -ndim <= a < ndim for a in new):
        raise np.exceptions.AxisError(next(a for a in new if not -ndim <= a < ndim), ndim)
    places = {a % ndim for a in new}
    return value[tuple(None if i in places else slice(None) for i in range(ndim))]


@rule(np.concatenate)
def concatenate(graph: Graph, arrays: Any, axis: int | None = 0, out: Any = None, **kw: Any) -> Traced:
    refuse_options("np.concatenate", out=out, **kw)
    lifted = [lift(graph, a) for a in arrays]
    if axis is None:
        lifted, axis = [reshape(graph, v, -1) for v in lifted], 0
    values, rows, place = _side_by_side(lifted, axis)
    if rows and not all(v.rows for v in values):
        raise ValueError(f"np.concatenate: the arrays differ in length along the steps ({rows.length} rows)")
    cells = np.concatenate([v.cells for v in values], axis=axis)
    return Traced(graph, cells, rows, place, all(v.boolean for v in values))


def _side_by_side(values: list[Traced], axis: int) -> tuple[list[Traced], Rows | None, int]:
    """Values to concatenate along `axis`, their common time axis, and its place from the end."""
    if any(v.rows and axis % v.ndim == v.axis for v in values):
        return [dense(v, "np.concatenate along the steps") for v in values], None, 0
    return align(values, "np.concatenate")


@rule(np.stack)
def stack(graph: Graph, arrays: Any, axis: int = 0, out: Any = None, **kw: Any) -> Traced:
    refuse_options("np.stack", out=out, **kw)
    values, _, _ = align([lift(graph, a) for a in arrays], "np.stack")
    return concatenate(graph, [expand_dims(graph, v, axis) for v in values], axis)


@rule(np.column_stack)
def column_stack(graph: Graph, arrays: Any) -> Traced:
    values = [lift(graph, a) for a in arrays]
    return concatenate(graph, [v[:, None] if v.ndim == 1 else v for v in values], 1)


@rule(np.hstack)
def hstack(graph: Graph, arrays: Any, **kw: Any) -> Traced:
    refuse_options("np.hstack", **kw)
    values = [v if v.ndim else v[None] for v in (lift(graph, a) for a in arrays)]
    return concatenate(graph, values, 0 if values[0].ndim == 1 else 1)


@rule(np.vstack)
def vstack(graph: Graph, arrays: Any, **kw: Any) -> Traced:
    refuse_options("np.vstack", **kw)
    values = [lift(graph, a) for a in arrays]
    return concatenate(graph, [v if v.ndim > 1 else v.reshape(1, -1) for v in values], 0)


@rule(np.meshgrid)
def meshgrid(graph: Graph, *arrays: Any, **kw: Any) -> tuple[Traced, ...]:
    values = [dense(lift(graph, a), "np.meshgrid") for a in arrays]
    return tuple(Traced(graph, cells) for cells in np.meshgrid(*(v.cells for v in values), **kw))
