"""Lines and their markers; rules and bands across the axes. `lines.js` is the twin."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.path import Path

from livefig import description
from livefig.artists.base import Moving, copies, covers, part
from livefig.description import Axes, Direction
from livefig.drawing.axes import frame, in_the_data, is_3d, is_polar, middle
from livefig.drawing.drawn import Drawn
from livefig.drawing.paint import (
    HORIZON,
    Parts,
    Point,
    marker_at,
    marks_of,
    pairs,
    path_through,
    project,
    rectangle,
    short,
    stepped,
    to_points,
)
from livefig.drawing.svg import replace

NO_MARKER = ("None", " ", "")
STEPS = {"default": "", "steps": "pre", "steps-pre": "pre", "steps-mid": "mid", "steps-post": "post"}


class Line(Moving):
    """A Line2D as `ax.plot` returns it, or a line in three dimensions."""

    kind = "line"
    polar = True
    effects = True

    def wanted(self) -> str:
        n = len(self.directions)
        return f"(n, {n}), for example np.column_stack([{', '.join(self.directions)}])"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == len(self.directions)

    def spec(self, shape: tuple[int, ...]) -> description.Line:
        line = self.key
        outline, name, size = line._marker, str(line.get_marker()), line.get_markersize()
        shape_of_marker = None
        if outline and name not in NO_MARKER:
            path = outline.get_path().transformed(outline.get_transform().scale(size, -size))
            shape_of_marker = disc(size / (4 if name == "." else 2)) if name in ("o", ".") else commands(path)
        return {
            "joined": line.get_linestyle() not in ("None", " ", ""),
            "steps": STEPS[line.get_drawstyle()],
            "marker": shape_of_marker,
            "every": _every(line.get_markevery()) or [0, 1],
            "apart": covers(self.looks[-1]),
        }

    def check(self, data: Any) -> None:
        if is_polar(self.axes) and STEPS[self.key.get_drawstyle()]:
            raise ValueError(f"{self.called} has steps on polar axes: leave out drawstyle")
        if self.key.get_marker() == ",":
            raise ValueError(f"{self.called} has pixels for markers, which a page has not: write '.' for ','")
        if self.key.get_path_effects() and is_3d(self.axes):
            raise ValueError(f"{self.called} has path effects in space: leave out path_effects")
        if self.key.get_path_effects() and self.key.get_marker() not in NO_MARKER:
            raise ValueError(
                f"{self.called} has path effects and markers: make two lines, one of them with "
                "linestyle='none' and without path effects"
            )
        if _every(every := self.key.get_markevery()) is None:
            raise ValueError(f"{self.called} has markevery={every!r}: a live figure knows markevery=n and (first, n)")

    def sample(self, shape: tuple[int, ...]) -> Any:
        return self.middle(0.4, 0.5, 0.6)

    def see(self, drawn: Drawn, draw: Callable[[], Drawn]) -> None:
        """Path effects draw the line several times: in which looks, and how far from its place."""
        super().see(drawn, draw)
        axes: Any = self.frame()
        (x, *_), (y, *_) = project(axes, self.sample(self.shape))
        self.shifts = [mark.outline[0][0] - (x, y) for mark in drawn.get(self.key, []) if len(mark.outline)]

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        if self.key.get_path_effects():
            replace(group, copies(number, "line", clip, self.looks, self.shifts))
            return
        line, marker = self.looks[0], self.looks[-1]
        element = "g" if covers(marker) else "path"
        replace(group, part(number, "line", clip, line) + part(number, "marker", clip, marker, element))

    def take(self, data: Any) -> None:
        if is_3d(self.axes):
            self.key.set_data_3d(*np.transpose(data))
        else:
            self.key.set_data(*np.transpose(data))


def _every(markevery: Any) -> list[int] | None:
    """The first point with a marker, and how many points on the next one is; None if it is told otherwise."""
    pair = (0, 1 if markevery is None else markevery) if not isinstance(markevery, tuple) else markevery
    whole = len(pair) == 2 and all(isinstance(n, (int, np.integer)) for n in pair)
    return [int(n) for n in pair] if whole and pair[0] >= 0 and pair[1] > 0 else None


class Across(Moving):
    """What crosses the axes and lives in one of its directions. Its data are places along that one."""

    one: ClassVar[tuple[int, ...]]  # the shape of its data

    def __init__(self, key: Any):
        super().__init__(key)
        self.across: Direction = "x" if crossed(key) == "x" else "y"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == self.one

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [self.label(self.across)] * int(np.prod(shape))

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [(self.across, [i]) for i in range(int(np.prod(shape)))]

    def spec(self, shape: tuple[int, ...]) -> description.Across:
        """`ends`: where it begins and ends in the other direction, in points of the SVG."""
        other: Direction = "y" if self.across == "x" else "x"
        axis, (first, last) = frame(self.key)[other], self.extent(other)
        return {"across": self.across, "ends": [axis["a"] * first + axis["b"], axis["a"] * last + axis["b"]]}

    @abstractmethod
    def extent(self, other: str) -> tuple[float, float]:
        """The share of the axes at which it begins and ends."""


class Rule(Across):
    """A line across the axes, as `ax.axhline` and `ax.axvline` return it: its data is one number."""

    kind, one = "rule", ()

    def wanted(self) -> str:
        return "(): one number"

    def sample(self, shape: tuple[int, ...]) -> Any:
        return middle(frame(self.key)[self.across], 0.5)

    def extent(self, other: str) -> tuple[float, float]:
        first, last = getattr(self.key, f"get_{other}data")()
        return float(first), float(last)

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, "rule", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        (self.key.set_xdata if self.across == "x" else self.key.set_ydata)([float(data)] * 2)


class Span(Across):
    """A band across the axes, as `ax.axhspan` and `ax.axvspan` return it: its data are its two ends."""

    kind, one = "span", (2,)

    def wanted(self) -> str:
        return "(2,): both ends"

    def sample(self, shape: tuple[int, ...]) -> Any:
        return [middle(frame(self.key)[self.across], share) for share in (0.4, 0.6)]

    def extent(self, other: str) -> tuple[float, float]:
        first = getattr(self.key, f"get_{other}")()
        return float(first), float(first + (self.key.get_height() if other == "y" else self.key.get_width()))

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, "span", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        low, high = map(float, data)
        if self.across == "x":
            self.key.set(x=low, width=high - low)
        else:
            self.key.set(y=low, height=high - low)


def crossed(artist: Artist) -> str:
    """The axis along which a rule or a band moves; "" for an artist that lives in the data."""
    axes: Any = artist.axes
    if axes is None or is_3d(axes):
        return ""
    if is_polar(axes):
        across = {d: getattr(axes, f"get_{d}axis_transform")("grid") for d in "xy"}
        return next((d for d in "xy" if artist.get_transform().contains_branch(across[d])), "")
    in_x, in_y = in_the_data(artist, artist.get_transform())
    return "" if in_x == in_y else "x" if in_x else "y"


def disc(radius: float) -> str:
    """A disc around the point, as SVG commands relative to it."""
    r, d = short(radius), short(2 * float(short(radius)))
    return f"m{r} 0a{r} {r} 0 1 1-{d} 0a{r} {r} 0 1 1 {d} 0z"


def commands(outline: Path) -> str:
    """A marker around the point, as SVG commands relative to it."""
    found, last = [], (0.0, 0.0)
    for vertices, code in outline.iter_segments():
        if code == Path.CLOSEPOLY:
            found.append("z")
            continue
        offsets = (np.reshape(vertices, (-1, 2)) - last).ravel()
        letter = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}[code]
        found.append(letter + " ".join(map(short, offsets)))
        last = tuple(vertices[-2:])
    return "".join(found)


def paint_line(spec: description.Line, axes: Axes, data: Any) -> Parts:
    """The parts of a line through points, and of its markers."""
    x, y = project(axes, data)
    line = polyline(*stepped(x, y, spec["steps"]), axes["canvas"]) if spec["joined"] else ""
    if not spec["marker"]:
        return {"line": {"d": line}}
    first, step = spec["every"]
    marks = [marker_at(a, b, spec["marker"], axes["box"]) for a, b in pairs(x, y)[first::step]]
    return {"line": {"d": line}, "marker": marks_of(marks, spec["apart"])}


def _rule(spec: description.Across, axes: Axes, data: Any) -> Parts:
    at = float(to_points(axes[spec["across"]], data))
    if not math.isfinite(at):
        return {"rule": {"d": ""}}
    return {"rule": {"d": path_through([(at, end) if spec["across"] == "x" else (end, at) for end in spec["ends"]])}}


def _span(spec: description.Across, axes: Axes, data: Any) -> Parts:
    at = to_points(axes[spec["across"]], data)
    return {"span": {"d": rectangle(at, spec["ends"]) if spec["across"] == "x" else rectangle(spec["ends"], at)}}


def polyline(x: Any, y: Any, box: Iterable[float]) -> str:
    """A polyline cut at a box; gaps where it is not finite."""
    left, top, right, bottom = box
    low, high = (left, top), (right, bottom)
    x, y = np.asarray(x).tolist(), np.asarray(y).tolist()
    out: list[str] = []
    pen: Point | None = None
    for i in range(len(x) - 1):
        cut = cut_segment((x[i], y[i]), (x[i + 1], y[i + 1]), low, high)
        if cut is None:
            pen = None
            continue
        if cut[0] == cut[1]:
            continue
        if pen != cut[0]:
            out.append(f"M{short(cut[0][0])} {short(cut[0][1])}")
        out.append(f"L{short(cut[1][0])} {short(cut[1][1])}")
        pen = cut[1]
    return "".join(out)


def cut_segment(p: Point, q: Point, low: Point, high: Point) -> tuple[Point, Point] | None:
    """The part of the segment pq inside a box (Liang and Barsky 1984), exactly on its edge; None if there is none."""
    away, there = max(abs(p[0]), abs(p[1])), max(abs(q[0]), abs(q[1]))
    d = q[0] - p[0], q[1] - p[1]
    if not all(map(math.isfinite, (*p, *q, *d))) or min(away, there, abs(d[0]), abs(d[1])) > HORIZON:
        return None
    if away > there:  # from the near end the cut is exact, however far the other one is
        cut = cut_segment(q, p, low, high)
        return cut and cut[::-1]
    t0, t1, start, end = 0.0, 1.0, {}, {}
    for i in (0, 1):
        if d[i] == 0:
            if not low[i] <= p[i] <= high[i]:
                return None
            continue
        enter, leave = (low[i], high[i]) if d[i] > 0 else (high[i], low[i])
        if (enter - p[i]) / d[i] > t0:
            t0, start = (enter - p[i]) / d[i], {i: enter}
        if (leave - p[i]) / d[i] < t1:
            t1, end = (leave - p[i]) / d[i], {i: leave}
    if t0 > t1:
        return None
    x0, y0 = (start.get(i, p[i] + t0 * d[i]) for i in (0, 1))
    x1, y1 = (end.get(i, p[i] + t1 * d[i]) for i in (0, 1)) if end else q
    return (x0, y0), (x1, y1)


PAINTERS = {"line": paint_line, "rule": _rule, "span": _span}
