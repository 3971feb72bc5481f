"""NumPy functions that only move elements around: NumPy itself, applied to the array of places.

They keep an axis of steps where it stays whole and in order, and take it for an ordinary one where it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy as np

from livefig.calls.elementwise import align
from livefig.record.bounds import least_steps
from livefig.record.graph import Graph
from livefig.record.places import filled, in_rows, numbered
from livefig.record.refuse import moving, refuse
from livefig.record.registry import FUNCTIONS, Implementation, implements, refuse_options
from livefig.record.shapes import Steps
from livefig.record.traced import Traced, dense, lift


def moved(value: Traced, function: Callable[[Any], Any], name: str) -> Any:
    """A value, or a list of values, its elements moved by a function of arrays; a view where the function gives one."""
    if value.steps and (found := in_rows(value, function)) is not None:
        return found
    value = dense(value, name)
    places = function(value.places)
    return [value.seen(part) for part in places] if isinstance(places, (list, tuple)) else value.seen(places)


def _moving(function: Implementation) -> None:
    name = f"np.{function.__name__}"

    @implements(function)
    def move(graph: Graph, x: Any, *args: Any, **kw: Any) -> Any:
        if any(isinstance(a, Traced) for a in (*args, *kw.values())):
            what = f"{name} with places or lengths that depend on {moving()}"
            raise refuse(what, "Use plain integers there.")
        return moved(lift(graph, x), lambda places: function(places, *args, **kw), name)


def _filling(function: Implementation) -> None:
    """A function that puts zeros beside the elements."""
    name = f"np.{function.__name__}"

    @implements(function)
    def fill(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
        words = [a for a in (*args, *kw.values()) if isinstance(a, str)]
        if kw.pop("constant_values", 0) or COMPUTED.intersection(words):
            raise refuse(f"{name} with computed values or other constants than 0", "Write np.concatenate([...]).")
        value = lift(graph, x)
        if value.steps and (found := in_rows(value, lambda places: function(places, *args, **kw))) is not None:
            return found  # type: ignore[no-any-return]
        value = dense(value, name)
        return filled(value, function(numbered(value.shape), *args, **kw))  # type: ignore[no-any-return]


COMPUTED = frozenset(["mean", "median", "maximum", "minimum", "linear_ramp", "empty"])  # modes of np.pad
for _function in (
    *(np.ravel, np.repeat, np.tile, np.diagonal, np.flip, np.fliplr, np.flipud, np.rot90, np.roll, np.broadcast_to),
    *(np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.expand_dims, np.atleast_1d, np.atleast_2d),
    *(np.atleast_3d, np.take, np.delete, np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit),
):
    _moving(_function)
for _zeros_beside in (np.diag, np.diagflat, np.tril, np.triu, np.pad):
    _filling(_zeros_beside)

FUNCTIONS[np.shape] = lambda graph, x: lift(graph, x).asked().shape
FUNCTIONS[np.ndim] = lambda graph, x: lift(graph, x).ndim


@implements(np.size)
def size(graph: Graph, x: Any, axis: int | None = None) -> int:
    shape = lift(graph, x).asked().shape
    return int(np.prod(shape)) if axis is None else shape[axis]


@implements(np.squeeze)
def squeeze(graph: Graph, x: Any, axis: Any = None) -> Traced:
    value = lift(graph, x)
    if axis is None and value.steps and not value.fixed and least_steps(graph, value.steps.n) < 1:
        raise refuse("np.squeeze of states that may be one row", "Name the axis: np.squeeze(history, axis=1).")
    return moved(value, lambda places: np.squeeze(places, axis), "np.squeeze")  # type: ignore[no-any-return]


@implements(np.copy)
def copy(graph: Graph, x: Any, order: Any = None, subok: Any = None) -> Traced:
    value = lift(graph, x)
    return value.seen(value.places.copy())


@implements(np.reshape)
def reshape(graph: Graph, x: Any, *shape: Any, order: Any = "C", **kw: Any) -> Traced:
    wanted = kw.pop("shape", shape[0] if len(shape) == 1 else shape)
    refuse_options("np.reshape", **kw)
    name = "np.reshape of the axis of the steps"
    return moved(lift(graph, x), lambda places: np.reshape(places, wanted, order=order), name)  # type: ignore[no-any-return]


@implements(np.concatenate)
def concatenate(graph: Graph, arrays: Any, axis: int | None = 0, out: Any = None, **kw: Any) -> Traced:
    refuse_options("np.concatenate", out=out, **kw)
    lifted = [lift(graph, a) for a in arrays]
    if axis is None:
        lifted, axis = [reshape(graph, v, -1) for v in lifted], 0
    values, steps, place = _side_by_side(lifted, axis)
    if steps and not all(v.steps for v in values):
        raise ValueError(f"np.concatenate: the arrays differ in length along the steps ({steps.length} rows)")
    joined = graph.node("join", *(v.node for v in values))
    ends = [0, *accumulate(v.places.size for v in values)]
    numbered = [
        begin + np.arange(v.places.size).reshape(v.places.shape) for v, begin in zip(values, ends, strict=False)
    ]
    places = np.concatenate(numbered, axis=axis)
    return Traced(graph, joined, places, places.ndim + place if steps else 0, all(v.boolean for v in values))


def _side_by_side(values: list[Traced], axis: int) -> tuple[list[Traced], Steps | None, int]:
    """Values to concatenate along `axis`, their common axis of steps, and its place from the end."""
    if any(v.steps and axis % v.ndim == v.axis for v in values):
        return [dense(v, "np.concatenate along the steps") for v in values], None, 0
    return align(values, "np.concatenate")


@implements(np.stack)
def stack(graph: Graph, arrays: Any, axis: int = 0, out: Any = None, **kw: Any) -> Traced:
    refuse_options("np.stack", out=out, **kw)
    values, _, _ = align([lift(graph, a) for a in arrays], "np.stack")
    return concatenate(graph, [np.expand_dims(v, axis) for v in values], axis)


@implements(np.column_stack)
def column_stack(graph: Graph, arrays: Any) -> Traced:
    values = [lift(graph, a) for a in arrays]
    return concatenate(graph, [v.reshape(-1, 1) if v.ndim < 2 else v for v in values], 1)


@implements(np.hstack)
def hstack(graph: Graph, arrays: Any, **kw: Any) -> Traced:
    refuse_options("np.hstack", **kw)
    values = [v if v.ndim else v[None] for v in (lift(graph, a) for a in arrays)]
    return concatenate(graph, values, 0 if values[0].ndim == 1 else 1)


@implements(np.vstack)
def vstack(graph: Graph, arrays: Any, **kw: Any) -> Traced:
    refuse_options("np.vstack", **kw)
    return concatenate(graph, [np.atleast_2d(lift(graph, a)) for a in arrays], 0)


@implements(np.dstack)
def dstack(graph: Graph, arrays: Any) -> Traced:
    return concatenate(graph, [np.atleast_3d(lift(graph, a)) for a in arrays], 2)


@implements(np.append)
def append(graph: Graph, x: Any, values: Any, axis: int | None = None) -> Traced:
    return concatenate(graph, [x, values], axis)


@implements(np.broadcast_arrays)
def broadcast_arrays(graph: Graph, *arrays: Any) -> tuple[Traced, ...]:
    values = [dense(lift(graph, a), "np.broadcast_arrays") for a in arrays]
    found = np.broadcast_arrays(*(v.places for v in values))
    return tuple(v.seen(places) for v, places in zip(values, found, strict=True))


@implements(np.meshgrid)
def meshgrid(graph: Graph, *arrays: Any, **kw: Any) -> tuple[Traced, ...]:
    values = [dense(lift(graph, a), "np.meshgrid") for a in arrays]
    found = np.meshgrid(*(v.places for v in values), **kw)
    return tuple(v.seen(places) for v, places in zip(values, found, strict=True))
