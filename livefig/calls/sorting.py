"""Places of the best, sorting and medians: comparisons of pairs, as many as the worst case needs."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise
from livefig.calls.folds import folded, lines_along, normalized
from livefig.calls.moves import reshape
from livefig.record.graph import Graph
from livefig.record.refuse import moving, refuse
from livefig.record.registry import FUNCTIONS, Implementation, implements, refuse_options
from livefig.record.traced import Traced, dense, lift
from livefig.steps.timeaxis import in_loop, place_of_best

MOST_SORTED = 64


def _place(better: str) -> Implementation:
    """np.argmax or np.argmin: the first best place, or that of the first NaN."""
    name = "np.argmax" if better == "maximum" else "np.argmin"

    def improves(now: Any, best: Any) -> Any:
        not_worse = now <= best if better == "maximum" else best <= now
        return np.logical_and(np.logical_not(not_worse), np.equal(best, best))

    def place(graph: Graph, x: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Traced:
        refuse_options(name, out=out)
        value, axis = lift(graph, x), axis if axis is None else operator.index(axis)
        axes = normalized(axis, value.ndim)
        if in_loop(value, axes) and len(axes) == 1:
            return folded(Traced(graph, value.cells), place_of_best(value, improves, name).cells, axes, keepdims, False)
        value, lines, axes = lines_along(value, axis, name)
        if not lines.shape[-1]:
            raise ValueError(f"{name} of an empty array has no value")
        best: Any = Traced(graph, lines[..., 0])
        found: Any = lift(graph, np.zeros(best.shape))
        for i in range(1, lines.shape[-1]):
            now = Traced(graph, lines[..., i])
            take = improves(now, best)
            found, best = np.where(take, float(i), found), np.where(take, now, best)
        return folded(value, found.cells, axes, keepdims, False)

    return place


implements(np.argmax)(_place("maximum"))
implements(np.argmin)(_place("minimum"))


def _sorted(value: Traced, axis: Any, name: str) -> tuple[list[Any], list[Any], int]:
    """The entries along an axis in order, NaN last, the place that each had, and the axis."""
    (axis,) = normalized(axis, value.ndim, strict=True)
    if value.rows and value.axis == axis:
        value = dense(value, f"{name} along the steps")
    if value.shape[axis] > MOST_SORTED:
        instead = f"Sort what does not depend on {moving()} beforehand."
        raise refuse(f"{name} of more than {MOST_SORTED} numbers", instead)
    lines = FUNCTIONS[np.moveaxis](value.graph, value, axis, 0)
    entries: list[Any] = [lines[i] for i in range(value.shape[axis])]
    places: list[Any] = [np.full_like(entry, float(i), dtype=float) for i, entry in enumerate(entries)]
    for i in range(1, len(entries)):
        for j in range(i, 0, -1):  # the new entry goes down past all that are larger
            a, b = entries[j - 1], entries[j]
            swap = (b < a) | (np.not_equal(a, a) & np.equal(b, b))
            for kept in (entries, places):
                kept[j - 1], kept[j] = np.where(swap, kept[j], kept[j - 1]), np.where(swap, kept[j - 1], kept[j])
    return [elementwise(value.graph, "among", entry, *lines) for entry in entries], places, axis


@implements(np.sort)
def sort(graph: Graph, x: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    entries, _, axis, value = _in_order(graph, x, axis, order, "np.sort")
    return np.stack(entries, axis=axis) if entries else value.copy()


@implements(np.argsort)
def argsort(graph: Graph, x: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    _, places, axis, value = _in_order(graph, x, axis, order, "np.argsort")
    return np.stack(places, axis=axis) if places else value.copy()


def _in_order(graph: Graph, x: Any, axis: Any, order: Any, name: str) -> tuple[list[Any], list[Any], int, Traced]:
    """What `_sorted` finds along an axis, or of all elements if it is None; and the array that was sorted."""
    refuse_options(name, order=order)
    value = lift(graph, x) if axis is not None else reshape(graph, x, -1)
    return *_sorted(value, -1 if axis is None else axis, name), value


@implements(np.median)
def median(
    graph: Graph, x: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, keepdims: Any = False
) -> Traced:
    refuse_options("np.median", out=out)
    value, lines, axes = lines_along(lift(graph, x), axis, "np.median")
    if not lines.shape[-1]:
        raise refuse("np.median of an empty array", "Leave it out.")
    entries, _, _ = _sorted(Traced(graph, lines), -1, "np.median")
    low, high = entries[(len(entries) - 1) // 2], entries[len(entries) // 2]
    middle = elementwise(graph, "divide", low + high, 2.0) if low is not high else low
    last = entries[-1]  # NaN if there is one
    return folded(value, elementwise(graph, "where", np.isnan(last), last, middle).cells, axes, keepdims, False)
