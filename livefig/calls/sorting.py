"""Places of the best, sorting and medians."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise
from livefig.calls.folds import at_least_one, folded, merged, normalized
from livefig.calls.moves import reshape
from livefig.record.graph import Graph
from livefig.record.refuse import moving, refuse
from livefig.record.registry import Implementation, implements, refuse_options
from livefig.record.traced import Traced, dense, lift

MOST_SORTED = 64


def _place(op: str) -> Implementation:
    """np.argmax or np.argmin: the first best place, or that of the first NaN."""
    name = f"np.{op}"

    def place(graph: Graph, x: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Traced:
        refuse_options(name, out=out)
        value, axis = lift(graph, x), axis if axis is None else operator.index(axis)
        axes = normalized(axis, value.ndim)
        if value.steps and value.axis in axes:
            if len(axes) > 1:
                value = dense(value, f"{name} along the steps")
            else:
                at_least_one(value, name)
        if not all(value.places.shape[a] for a in axes):
            raise ValueError(f"{name} of an empty array has no value")
        return folded(value, op, axes, keepdims) if axes else elementwise(graph, "multiply", 0.0, value)

    return place


implements(np.argmax)(_place("argmax"))
implements(np.argmin)(_place("argmin"))


def _sorted(value: Traced, axis: Any, op: str, name: str) -> Traced:
    """The entries along an axis in order, NaN last, or the place that each had."""
    (axis,) = normalized(axis, value.ndim, strict=True)
    if value.steps and value.axis == axis:
        value = dense(value, f"{name} along the steps")
    if value.places.shape[axis] > MOST_SORTED:
        instead = f"Sort what does not depend on {moving()} beforehand."
        raise refuse(f"{name} of more than {MOST_SORTED} numbers", instead)
    node, place = merged(value, [axis])
    return Traced(value.graph, value.graph.node(op, node, extra=(place,)), axis=value.axis)


@implements(np.sort)
def sort(graph: Graph, x: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    return _in_order(graph, x, axis, order, "sort")


@implements(np.argsort)
def argsort(graph: Graph, x: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    return _in_order(graph, x, axis, order, "argsort")


def _in_order(graph: Graph, x: Any, axis: Any, order: Any, op: str) -> Traced:
    """np.sort or np.argsort along an axis, or of all elements if it is None."""
    refuse_options(f"np.{op}", order=order)
    value = lift(graph, x) if axis is not None else reshape(graph, x, -1)
    return _sorted(value, -1 if axis is None else axis, op, f"np.{op}")


def lines_of(value: Traced, axes: list[int], name: str) -> Traced:
    """A value with some axes, of at least one number, made one, the last."""
    if value.steps and value.axis in axes:
        value = dense(value, f"{name} along the steps")
    if not all(value.places.shape[a] for a in axes):
        raise refuse(f"{name} of an empty array", "Leave it out.")
    rest = [a for a in range(value.ndim) if a not in axes]
    return value.seen(
        value.places.transpose(rest + axes).reshape(*(value.places.shape[a] for a in rest), -1),
        rest.index(value.axis) if value.steps else 0,
    )


@implements(np.median)
def median(
    graph: Graph, x: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, keepdims: Any = False
) -> Traced:
    refuse_options("np.median", out=out)
    value = lift(graph, x)
    axes = normalized(axis, value.ndim)
    entries = _sorted(lines_of(value, axes, "np.median"), -1, "sort", "np.median")
    count = entries.places.shape[-1]
    low, high, last = (entries[..., i] for i in ((count - 1) // 2, count // 2, count - 1))
    middle = elementwise(graph, "divide", low + high, 2.0) if count % 2 == 0 else low
    found = elementwise(graph, "where", np.isnan(last), last, middle)  # NaN if there is one
    return np.expand_dims(found, tuple(axes)) if keepdims else found  # type: ignore[return-value]
