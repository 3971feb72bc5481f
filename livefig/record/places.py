"""Where a function that only moves elements takes them: it is applied to an array of their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Places = np.ndarray[Any, Any]


def numbered(shape: tuple[int, ...]) -> Places:
    """The place of every element of an array, from 1 on; 0 is left for what a function fills in."""
    return np.arange(1, int(np.prod(shape)) + 1).reshape(shape)


def rows_kept(found: Places, shape: tuple[int, ...], axis: int) -> tuple[Places, int] | None:
    """The moved places within one row, and where the axis of the rows is now; None if rows are cut or reordered.

    found : the places, moved.  shape, axis : of the array before, whose rows lie along `axis`.

    >>> rows_kept(numbered((5, 2)).T, (5, 2), 0)
    (array([[1],
           [2]]), 1)
    >>> rows_kept(numbered((5, 2))[::-1], (5, 2), 0)
    """
    length = shape[axis]
    inner = int(np.prod(shape[axis + 1 :]))
    outer, rest = np.divmod(np.maximum(found, 1) - 1, max(inner * length, 1))
    row, within = np.divmod(rest, max(inner, 1))
    within = np.where(found > 0, outer * inner + within + 1, 0)
    for now in range(found.ndim):
        if found.shape[now] == length > 1:
            number = np.arange(length).reshape(-1, *[1] * (found.ndim - now - 1))
            one = np.take(within, [0], now)
            if ((row == number) | (found == 0)).all() and (within == one).all():
                return one, now
    return None


def in_rows(value: Any, function: Callable[[Places], Any]) -> Any:
    """A value with steps, or a list of them, its elements moved; None if the rows do not stay whole."""
    found = function(numbered(value.shape))
    several = isinstance(found, (list, tuple))
    parts = [rows_kept(np.asarray(part), value.shape, value.axis) for part in (found if several else [found])]
    values = [filled(value, *part) for part in parts if part]
    if len(values) < len(parts):
        return None
    return values if several else values[0]


def filled(value: Any, found: Places, axis: int | None = None) -> Any:
    """The numbers at these places of a value (of one row of it), from 1 on; zero where a function has filled in.

    axis : where the steps are then; by default where they were.
    """
    if np.all(found):
        return value.seen(value.places.ravel()[found - 1], axis)
    graph = value.graph
    joined = graph.node("join", graph.constant([0.0]), value.node)
    return type(value)(graph, joined, found, value.axis if axis is None else axis, value.boolean)
