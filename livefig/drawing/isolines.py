"""Lines of equal height on a grid, where contourpy draws them. `isolines.js` is the twin."""

from __future__ import annotations

from typing import Any

import numpy as np

Place = tuple[float, float]  # a column and a row, and shares of the way to the next ones


def isolines(heights: Any, level: float, corners: bool) -> list[list[Place]]:
    """The lines on which heights, shape (rows, columns), are `level`; what is higher lies on their left, rows upwards.

    A line that is closed ends where it begins. Between two neighbours of the grid a height changes evenly. Where a line
    could pass between four of them either way, their mean decides. Where one is not finite, there is no line.

    corners : whether there are lines in the triangle of three neighbours if the fourth is not finite.
    """
    columns = heights.shape[1]
    finite, above = np.isfinite(heights), heights > level
    quads = above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]
    mixed = np.logical_or.reduce(quads) & ~np.logical_and.reduce(quads)
    z, ok, up = heights.ravel().tolist(), finite.ravel().tolist(), above.ravel().tolist()
    following: dict[Any, Any] = {}  # each crossed edge and the one to which the line goes on
    places: dict[Any, Place] = {}
    for row, column in np.argwhere(mixed).tolist():
        first = row * columns + column
        ring = [k for k in (first, first + 1, first + 1 + columns, first + columns) if ok[k]]
        if len(ring) < (3 if corners else 4):
            continue
        crossed = []
        for p, q in zip(ring, ring[1:] + ring[:1], strict=True):
            if up[p] != up[q]:
                edge = (min(p, q), max(p, q))
                if edge not in places:
                    places[edge] = _crossing(*edge, (level - z[edge[0]]) / (z[edge[1]] - z[edge[0]]), columns)
                crossed.append((edge, up[p]))
        step = -1 if len(crossed) == 4 and _mean(*(z[k] for k in ring)) <= level else 1
        for k, (edge, down) in enumerate(crossed):
            if down:
                following[edge] = crossed[(k + step) % len(crossed)][0]
    ends = set(following.values())
    lines = []
    for start in [*(edge for edge in following if edge not in ends), *following]:
        if start in following:
            lines.append([places[start]])
            at: Any = start
            while at in following:
                at = following.pop(at)
                lines[-1].append(places[at])
    return lines


def _mean(a: float, b: float, c: float, d: float) -> float:
    """The mean of heights around a quad, in contourpy's order, so that it is the same number."""
    return 0.25 * (a + b + d + c)


def _crossing(p: int, q: int, share: float, columns: int) -> Place:
    (row, column), (other_row, other_column) = divmod(p, columns), divmod(q, columns)
    return column + share * (other_column - column), row + share * (other_row - row)
