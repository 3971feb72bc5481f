"""Filled areas and bars. `areas.js` is the twin."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.cbook import contiguous_regions
from matplotlib.patches import Polygon

from livefig import description
from livefig.artists.base import Moving, part
from livefig.description import Axes
from livefig.drawing.axes import frame, middle
from livefig.drawing.paint import (
    Parts,
    outline,
    pairs,
    path_through,
    project,
    stepped,
)
from livefig.drawing.svg import replace
from livefig.words import WORDS

DEGREE = math.pi / 180


class Area(Moving):
    """An area between two curves, as `ax.fill_between` and `fill_betweenx` return it."""

    kind = "area"
    polar = True

    def check(self, data: Any) -> None:
        finite = np.isfinite(np.asarray(data, dtype=float)).all(axis=1)
        if len(self.key.get_paths()) > max(1, len(contiguous_regions(finite))):
            raise ValueError(
                f"{self.called} was made with where=: make it without, and return NaN in the rows that "
                "are to be left out"
            )

    def wanted(self) -> str:
        return f"(n, 3): {'x and the heights' if self.key.t_direction == 'x' else 'y and the places'} of both curves"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == 3

    @property
    def _order(self) -> tuple[str, str, str]:
        """The directions of the numbers in a row."""
        return ("x", "y", "y") if self.key.t_direction == "x" else ("y", "x", "x")

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [self.label(axis) for axis in self._order]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [(axis, [i]) for i, axis in enumerate(self._order)]

    def spec(self, shape: tuple[int, ...]) -> description.Area:
        return {"along": self.key.t_direction, "steps": self.key._step or ""}

    def sample(self, shape: tuple[int, ...]) -> Any:
        axes: Any = frame(self.key)
        return [[middle(axes[axis], share) for axis, share in zip(self._order, shares, strict=True)] for shares in (
            (0.4, 0.4, 0.6), (0.6, 0.4, 0.6))]  # fmt: skip

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, "area", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        self.key.set_data(*np.asarray(data, dtype=float).reshape(-1, 3).T)


class Corners(Moving):
    """A polygon, as `ax.fill` returns it: its data are its corners."""

    kind = "area"
    polar = True
    key: Polygon

    def check(self, data: Any) -> None:
        if not self.key.get_closed():
            raise ValueError(
                f"{self.called} is an open outline, as of histtype='step': draw it with (line,) = ax.plot(x, y), or "
                "make it with closed=True"
            )

    def wanted(self) -> str:
        return "(n, 2): the corners"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == 2

    def spec(self, shape: tuple[int, ...]) -> description.Area:
        return {"along": "", "steps": ""}

    def sample(self, shape: tuple[int, ...]) -> Any:
        (x0, y0), (x1, y1) = self.middle(0.4, 0.6)
        return [(x0, y0), (x1, y0), (x0, y1)]

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, "area", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        self.key.set_xy(np.asarray(data, dtype=float))


class Bars(Moving):
    """Bars as `ax.bar`, `ax.barh` and `ax.hist` return them: their data are their lengths, or bases and lengths."""

    kind = "bars"
    polar = True

    def __init__(self, key: Any):
        super().__init__(key)
        self.upright = key.orientation != "horizontal"
        self.across = "y" if self.upright else "x"
        self.bases = [float(bar.get_y() if self.upright else bar.get_x()) for bar in key.patches]

    @property
    def artists(self) -> list[Artist]:
        return list(self.key.patches)

    @property
    def axes(self) -> Any:
        return self.key.patches[0].axes

    def check(self, data: Any) -> None:
        if self.key.errorbar is not None:
            raise ValueError(f"{self.called} have error bars, which do not follow them: leave out xerr and yerr")

    def wanted(self) -> str:
        count = len(self.key.patches)
        return f"({count},): the length of each bar, or ({count}, 2): where each begins, and its length"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape in ((len(self.key.patches),), (len(self.key.patches), 2))

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [WORDS["from"], WORDS["length"]] if len(shape) > 1 else [self.label(self.across)]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [(self.across, [0])] if len(shape) > 1 or not any(self.bases) else []

    def spec(self, shape: tuple[int, ...]) -> description.Bars:
        bars = self.key.patches
        if self.upright:
            sides = [[bar.get_x(), bar.get_x() + bar.get_width()] for bar in bars]
        else:
            sides = [[bar.get_y(), bar.get_y() + bar.get_height()] for bar in bars]
        bases = self.bases if len(shape) == 1 else []
        return {"upright": self.upright, "sides": [[float(a), float(b)] for a, b in sides], "bases": bases}

    def sample(self, shape: tuple[int, ...]) -> Any:
        axes: Any = frame(self.artists[0])
        end = middle(axes[self.across], 0.5)
        lengths = [end - base or 1.0 for base in self.bases]
        return lengths if len(shape) == 1 else list(zip(self.bases, lengths, strict=True))

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        bar = self.artists.index(artist)
        replace(group, part(number, f"bar{bar}", clip, self.looks[bar]))

    def take(self, data: Any) -> None:
        rows = _based(self.bases, np.asarray(data, dtype=float))
        for bar, (base, length) in zip(self.key.patches, rows.tolist(), strict=True):
            bar.set(y=base, height=length) if self.upright else bar.set(x=base, width=length)


def _based(bases: list[float], data: Any) -> Any:
    """Where each bar begins, and its length."""
    return data if data.ndim > 1 else np.column_stack([bases, data])


def _bars(spec: description.Bars, axes: Axes, data: Any) -> Parts:
    parts = {}
    rows = _based(spec["bases"], data).tolist()
    for i, ((base, length), (low, high)) in enumerate(zip(rows, spec["sides"], strict=True)):
        x, y = ((low, high), (base, base + length))[:: 1 if spec["upright"] else -1]
        corners = np.array([(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])])
        points = pairs(*project(axes, _by_degrees(corners) if "polar" in axes else corners))
        finite = all(math.isfinite(at) for point in points for at in point)
        parts[f"bar{i}"] = {"d": outline(points) if finite else ""}
    return parts


def _area(spec: description.Area, axes: Axes, data: Any) -> Parts:
    if not spec["along"]:
        x, y = project(axes, data)
        keep = np.isfinite(x) & np.isfinite(y)
        return {"area": {"d": outline(pairs(x[keep], y[keep]), axes["box"])}}
    upright = spec["along"] == "x"
    curves = np.array([project(axes, data[:, [0, k] if upright else [k, 0]]) for k in (1, 2)])
    lost = np.flatnonzero(~np.isfinite(curves).all(axis=(0, 1)))
    d, first, way = "", 0, 1 if upright else -1
    for end in [*lost.tolist(), len(data)]:
        runs = curves[:, ::way, first:end]  # of the points that follow each other without a gap
        there, back = (pairs(*stepped(along, across, spec["steps"])[::way]) for along, across in runs)
        corners = back[:1] + there + back[::-1]  # matplotlib's order: edges begin and end where its do
        d += outline(corners, axes["box"]) if end - first > 1 else path_through(corners[:2])
        first = end + 1
    return {"area": {"d": d}}


PAINTERS = {"bars": _bars, "area": _area}


def _by_degrees(corners: Any) -> Any:
    """In polar axes: the corners of a path with edges straight in the data, and a point in each degree between them."""
    if not np.isfinite(corners).all():
        return corners
    turns = np.abs(np.diff(corners[:, 0], append=corners[:1, 0])) / DEGREE
    shares = [np.arange(count)[:, None] / count for count in np.maximum(np.ceil(turns), 1).tolist()]
    ways = zip(corners, np.roll(corners, -1, axis=0), shares, strict=True)
    return np.concatenate([start + share * (end - start) for start, end, share in ways])
