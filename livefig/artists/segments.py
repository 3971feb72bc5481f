"""Segments, and the lines that belong to them: vlines, hlines, stem, errorbar. `segments.js` is the twin.

What matplotlib draws for a call of `ax.errorbar` is several artists. The numbers of all their points are sums of those
in a row of the call's arguments: a page adds them up, and paints lines and segments.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from livefig import description
from livefig.artists.base import Moving, covers, in_turn, part, turns
from livefig.artists.lines import Line, paint_line, polyline
from livefig.description import Axes
from livefig.drawing.drawn import Drawn, Look
from livefig.drawing.paint import Attributes, Parts, marks_of, project
from livefig.drawing.svg import replace

Sums = list[list[float]]  # for each number of a piece's points: the factors of the numbers in a row, and a constant


class Segments(Moving):
    """What a call makes of rows of numbers: segments, and lines.

    made : the artists.  pieces : those of which matplotlib draws anything, with their looks.
    lines : those of them that are lines.  count : how many points a segment has.
    """

    kind = "segments"
    count = 2

    def __init__(self, key: Any, made: list[Any]):
        super().__init__(key)
        self.made = made
        self.pieces: dict[Artist, list[Look]] = {one: [] for one in made}
        self.lines = {one: Line(one) for one in made if not isinstance(one, LineCollection)}

    @property
    def artists(self) -> list[Any]:
        return list(self.pieces)

    @property
    def axes(self) -> Any:
        return self.made[0].axes

    @abstractmethod
    def along(self, shape: tuple[int, ...]) -> str:
        """The directions of the places in a row, with which it begins."""

    @abstractmethod
    def sums(self, width: int) -> list[Sums]:
        """Of the points of each artist that the call has made, for rows of so many numbers."""

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [self.label(direction) for direction in self.along(shape)]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [(direction, [i]) for i, direction in enumerate(self.along(shape))]

    def _sums(self, width: int) -> dict[Any, Sums]:
        """Those of what is drawn."""
        return {one: sums for one, sums in zip(self.made, self.sums(width), strict=True) if one in self.pieces}

    def see(self, drawn: Drawn, draw: Callable[[], Drawn]) -> None:
        self.pieces = {one: [mark.look for mark in drawn[one]] for one in self.made if one in drawn}
        self.looks = [look for looks in self.pieces.values() for look in looks]
        for one, line in self.lines.items():
            line.looks = self.pieces.get(one, [])

    def spec(self, shape: tuple[int, ...]) -> description.Segments:
        return {"pieces": [self._piece(one, sums) for one, sums in self._sums(shape[-1]).items()]}

    def _piece(self, one: Artist, sums: Sums) -> description.Piece:
        if line := self.lines.get(one):
            return {"sums": sums, "line": line.spec(()), "count": 0, "styles": None, "apart": False}
        looks = self.pieces[one]
        apart = any(map(covers, looks))
        return {"sums": sums, "line": None, "count": self.count, "styles": in_turn(self, looks)[1], "apart": apart}

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        name = f"{number}.{self.artists.index(artist)}"
        if line := self.lines.get(artist):
            line.edit(group, artist, name, clip)
            return
        looks = self.pieces[artist]
        mapped, styles = in_turn(self, looks)
        element = "g" if styles or any(map(covers, looks)) else "path"
        replace(group, part(name, "segments", clip, looks[0], element, mapped))

    def take(self, data: Any) -> None:
        width = np.shape(data)[-1]
        rows = np.reshape(np.asarray(data, dtype=float), (-1, width))
        for one, sums in self._sums(width).items():
            points = summed(rows, sums, len(self.directions))
            if one in self.lines:
                one.set_data(*points.T)
            else:
                one.set_segments(points.reshape(-1, self.count, points.shape[1]))


class Strokes(Segments):
    """Segments as `ax.vlines`, `ax.hlines` and `LineCollection` return them: rows of the call, or all their points."""

    polar = True

    def __init__(self, key: Any):
        super().__init__(key, [key])
        segments = ends_of(key)
        self.count = common_length(segments)
        self.upright, self.lying = one_place(segments, 0), one_place(segments, 1)

    def check(self, data: Any) -> None:
        if np.ndim(data) == 3:
            self.count = np.shape(data)[1]
        elif self.upright and self.lying:
            raise ValueError(f"{self.called} are points, which tell no direction: make them with a length")

    def wanted(self) -> str:
        n, why = rows_for(self.key)
        points = f"({n}, {self.count or 'm'}, 2): the points of each segment{why}"
        if not (self.upright or self.lying):
            return points
        one, other = "xy" if self.upright else "yx"
        return f"({n}, 3): {one}, and both ends in {other}, of each segment; or {points}"

    def fits(self, shape: tuple[int, ...]) -> bool:
        if not many_enough(self.key, shape):
            return False
        if len(shape) == 3:
            return shape[2] == 2 and self.count in (0, shape[1])
        return len(shape) == 2 and shape[1] == 3 and (self.upright or self.lying)

    def along(self, shape: tuple[int, ...]) -> str:
        return "xy" if len(shape) == 3 else "xyy" if self.upright else "yxx"

    def sums(self, width: int) -> list[Sums]:
        if width == 2:
            return [[only(0, 2), only(1, 2)]]
        return [[*placed(self.upright, only(0, 3), only(1, 3)), *placed(self.upright, only(0, 3), only(2, 3))]]

    def sample(self, shape: tuple[int, ...]) -> Any:
        """As many as there are looks, each in the middle of the axes."""
        n = turns(self.key)
        if len(shape) == 3:
            return np.tile(self.middle(*np.linspace(0.4, 0.6, shape[1])), (n, 1, 1))
        (x0, y0), (x1, y1) = self.middle(0.4, 0.6)
        return np.tile([x0, y0, y1] if self.upright else [y0, x0, x1], (n, 1))


class SpaceStrokes(Segments):
    """Segments in space, of a `Line3DCollection`, as `ax.quiver` returns it."""

    noun = "segments"

    def __init__(self, key: Any):
        super().__init__(key, [key])
        self.count = common_length(key._segments3d)

    @property
    def points(self) -> Any:
        """Those with which it was made, shape (segments, points of the longest, 3); NaN beyond the others' ends."""
        segments = self.key._segments3d
        found = np.full((len(segments), max(map(len, segments)), 3), np.nan)
        for row, segment in zip(found, segments, strict=True):
            row[: len(segment)] = segment
        return found

    def check(self, data: Any) -> None:
        if np.ndim(data) == 3:
            self.count = np.shape(data)[1]

    def wanted(self) -> str:
        wires = "or, for heights, make it with ax.plot_wireframe, of finite ones"
        n, why = rows_for(self.key)
        return f"({n}, {self.count or 'm'}, 3): x, y and z of the points of each segment{why or ','} {wires},"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 3 and shape[2] == 3 and self.count in (0, shape[1]) and many_enough(self.key, shape)

    def along(self, shape: tuple[int, ...]) -> str:
        return "xyz"

    def sums(self, width: int) -> list[Sums]:
        return [[only(column, 3) for column in range(3)]]

    def sample(self, shape: tuple[int, ...]) -> Any:
        """As many as there are looks, each in the middle of the axes."""
        return np.tile(self.middle(*np.linspace(0.4, 0.6, shape[1])), (turns(self.key), 1, 1))


class Stem(Segments):
    """A stem plot as `ax.stem` returns it: rows of the place and the height of each stem."""

    noun = "stems"

    def __init__(self, key: Any):
        base, segments = key.baseline, ends_of(key.stemlines)
        super().__init__(key, [key.markerline, key.stemlines, base])
        ends = [base.get_xydata()] if one_place(segments, 0) and one_place(segments, 1) else segments
        self.upright = one_place(ends, 1) if ends is not segments else one_place(ends, 0)
        self.told = len(segments) > 0 and not (one_place(ends, 0) and one_place(ends, 1))
        self.bottom = float((base.get_ydata() if self.upright else base.get_xdata())[0])

    def check(self, data: Any) -> None:
        if not self.told:
            raise ValueError(f"{self.called} tell no direction: make them with at least one height")

    def wanted(self) -> str:
        return "(n, 2): the place and the height of each stem"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == 2

    def along(self, shape: tuple[int, ...]) -> str:
        return "xy" if self.upright else "yx"

    def sums(self, width: int) -> list[Sums]:
        head, foot = (placed(self.upright, only(0, 2), end) for end in (only(1, 2), [0.0, 0.0, self.bottom]))
        return [head, [*foot, *head], foot]

    def sample(self, shape: tuple[int, ...]) -> Any:
        return self.middle(0.4, 0.6)[:, :: 1 if self.upright else -1]


class ErrorBars(Segments):
    """Points with error bars as `ax.errorbar` returns them: rows of x, y, and the errors in y and in x.

    Where both sides are given, that below stands before that above.
    """

    noun = "error bars"

    def __init__(self, key: Any):
        line, caps, bars = key.lines
        self.own = [line] if line is not None else []
        super().__init__(key, [*self.own, *caps, *bars])
        self.errors = "x" * key.has_xerr + "y" * key.has_yerr  # in the order in which matplotlib draws them

    def check(self, data: Any) -> None:
        line, caps, bars = self.key.lines
        ends = [np.reshape(ends_of(bar), (-1, 2, 2))[:, end] for bar in bars for end in (0, 1)]
        count = len(line.get_xdata() if line is not None else ends[0])
        capped = [cap.get_xydata() for cap in caps] or ends
        if len(capped) != len(ends) or not all(
            len(end) == count and np.array_equal(cap, end, equal_nan=True)
            for cap, end in zip(capped, ends, strict=True)
        ):
            raise ValueError(
                f"{self.called} have limits, gaps or errorevery, which a live figure does not draw: "
                "make them without, with an error for each point"
            )

    def wanted(self) -> str:
        few, many = (2 + sides * len(self.errors) for sides in (1, 2))
        errors = ", ".join(f"{direction}err" for direction in reversed(self.errors))
        return f"(n, {few}): x, y, {errors}; or (n, {many}) with both sides of each error"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] - 2 in (len(self.errors), 2 * len(self.errors))

    def along(self, shape: tuple[int, ...]) -> str:
        return "xy"

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        signs = ["−", "+"] if shape[1] - 2 > len(self.errors) else [""]
        return [*super().columns(shape), *(f"{sign}Δ{self.label(d)}" for d in reversed(self.errors) for sign in signs)]

    def sums(self, width: int) -> list[Sums]:
        point, sides = [only(0, width), only(1, width)], (width - 2) // max(len(self.errors), 1)
        ends: list[Sums] = []
        for direction in self.errors:
            first = 2 + sides * (direction == "x" and "y" in self.errors)
            for factor, column in ((-1.0, first), (1.0, first + sides - 1)):
                end = [list(sum_) for sum_ in point]
                end["xy".index(direction)][column] = factor
                ends.append(end)
        bars = [[*low, *high] for low, high in zip(ends[::2], ends[1::2], strict=True)]
        return [*(point for _ in self.own), *(ends if self.key.lines[1] else []), *bars]

    def sample(self, shape: tuple[int, ...]) -> Any:
        points = self.middle(0.45, 0.55)
        error, sides = np.ptp(points, axis=0) / 2, (shape[1] - 2) // max(len(self.errors), 1)
        errors = [error["xy".index(direction)] for direction in reversed(self.errors) for _ in range(sides)]
        return np.column_stack([points, np.tile(errors, (2, 1))])


def ends_of(lines: LineCollection) -> list[Any]:
    """The points of each segment, gaps and all."""
    return [np.asarray(path.vertices) for path in lines.get_paths()]


def common_length(segments: Any) -> int:
    """How many points each segment has; 0 if they have not all as many."""
    lengths = {len(segment) for segment in segments}
    return lengths.pop() if len(lengths) == 1 else 0


def rows_for(lines: LineCollection) -> tuple[int | str, str]:
    """How many rows there must be, and why, in words."""
    values = lines.get_array()
    return ("n", "") if values is None else (len(values), ", as many as it has values for colours,")


def many_enough(lines: LineCollection, shape: tuple[int, ...]) -> bool:
    """Whether there are as many rows as values for colours; or none."""
    return shape[:1] == (0,) or rows_for(lines)[0] in ("n", *shape[:1])


def one_place(segments: Any, axis: int) -> bool:
    """Whether both ends of each segment are at one place along an axis."""
    return all(len(ends) == 2 and np.array_equal(ends[0, axis], ends[1, axis], equal_nan=True) for ends in segments)


def only(column: int, width: int) -> list[float]:
    """The sum that is one number of a row."""
    return [float(i == column) for i in range(width + 1)]


def placed(upright: bool, along: list[float], across: list[float]) -> Sums:
    """x and y of a point at a place along an axis, so far across it."""
    return [along, across] if upright else [across, along]


def summed(rows: Any, sums: Any, dimensions: int) -> Any:
    """Points whose numbers are sums of those in rows, shape (n, dimensions). What has no factor may be no number."""
    found = []
    for *factors, constant in sums:
        terms = (factor * rows[:, i] for i, factor in enumerate(factors) if factor)
        found.append(sum(terms, np.full(len(rows), float(constant))))
    return np.reshape(np.transpose(found), (-1, dimensions))


def _segments(spec: description.Segments, axes: Axes, data: Any) -> Parts:
    parts: Parts = {}
    width = len(spec["pieces"][0]["sums"][0]) - 1
    rows = np.reshape(data, (-1, width))
    for number, piece in enumerate(spec["pieces"]):
        points = summed(rows, piece["sums"], 3 if "matrix" in axes else 2)
        line = piece["line"]
        own = paint_line(line, axes, points) if line else {"segments": _strokes(piece, axes, points)}
        parts |= {f"{number}.{name}": attributes for name, attributes in own.items()}
    return parts


def _strokes(piece: description.Piece, axes: Axes, points: Any) -> Attributes:
    x, y = (np.reshape(at, (-1, piece["count"])) for at in project(axes, points))
    strokes = [polyline(*ends, axes["canvas"]) for ends in zip(x, y, strict=True)]
    return marks_of(strokes, piece["apart"], piece["styles"])


PAINTERS = {"segments": _segments}
