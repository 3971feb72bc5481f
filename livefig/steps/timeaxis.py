"""Sums, extremes and running totals along the steps of a loop: a second loop, over the rows of the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from livefig.record.bounds import least_steps
from livefig.record.refuse import refuse
from livefig.record.traced import Traced
from livefig.steps.loops import iterate, recording

SHORT = 64  # a fixed number of rows up to which they are written out one by one


def in_loop(value: Traced, axes: list[int]) -> bool:
    """Whether a fold over these axes is done by a loop: the steps are a slider, or too many to write out."""
    rows = value.rows
    return rows is not None and value.axis in axes and not (value.fixed and rows.length <= SHORT)


def number_of_rows(value: Traced) -> Any:
    """How many rows the axis of the steps has, as a number of the tape."""
    assert value.rows is not None
    return Traced(value.graph, value.rows.n) + 1


def totals(value: Traced, combine: Callable[[Any, Any], Any], what: str) -> Traced:
    """All partial results along the axis of the steps, which come first: a loop over the rows."""
    first, later, n = _rows_of(value, what)
    with recording(value.graph):
        return iterate(combine, first, n, later)  # type: ignore[no-any-return]


def place_of_best(value: Traced, improves: Callable[[Any, Any], Any], what: str) -> Traced:
    """The number of the best row along the axis of the steps, which come first."""
    first, later, n = _rows_of(value, what)

    def look(state: Any, now: Any) -> Any:
        k, best, found = state
        better = improves(now, best)
        return k + 1, np.where(better, now, best), np.where(better, k, found)

    with recording(value.graph):
        return iterate(look, (1.0, first, np.zeros(first.shape)), n, later)[2][-1]  # type: ignore[no-any-return]


def _rows_of(value: Traced, what: str) -> tuple[Traced, Traced, Traced]:
    """The first row, the rows after it as data of a loop, and their number."""
    graph, rows = value.graph, value.rows
    assert rows is not None
    if least_steps(graph, rows.n) < 0:
        instead = "Take all steps, or raise the smallest number of steps."
        raise refuse(f"{what} over steps of which there may be none", instead)
    ordered = Traced(graph, np.moveaxis(value.cells, value.axis, 0), rows, 0, value.boolean)
    later = ordered.at_row(graph.node("add", rows.k, graph.constant(1.0)), rows)
    return ordered.at_row(graph.constant(0.0))[0], later, Traced(graph, rows.n)
