"""Scatters, and fields of arrows. `points.js` is the twin."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.transforms import Affine2D

from livefig import description
from livefig.artists.base import Moving, covers, in_turn, part, turns
from livefig.artists.lines import commands
from livefig.description import Axes
from livefig.drawing.axes import axes_spec, is_3d, is_polar
from livefig.drawing.colormap import places
from livefig.drawing.paint import FAR, Parts, depths, marker_at, marks_of, of_colour, outline, pairs, project
from livefig.drawing.svg import replace
from livefig.words import WORDS


class Points(Moving):
    """A scatter, in two or three dimensions. One more column of data goes through its colormap."""

    kind = "points"
    polar = True

    def check(self, data: Any) -> None:
        if len(self.key.get_paths()) != 1:
            raise ValueError(f"{self.called} have markers of several shapes: a scatter has one")
        if self._coloured(np.shape(data)):
            self.check_norm()

    def wanted(self) -> str:
        n = len(self.directions)
        return f"(n, {n}), or (n, {n + 1}) with the values of the colours in the last column"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] - len(self.directions) in (0, 1)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return super().columns(shape) + [WORDS["value"]] * self._coloured(shape)

    def _coloured(self, shape: tuple[int, ...]) -> bool:
        return shape[1] > len(self.directions)

    def spec(self, shape: tuple[int, ...]) -> description.Points:
        if np.ndim(self.key.get_alpha()):
            raise ValueError(f"{self.called} have an alpha each: a live figure gives all the same one")
        (shape_of_marker,) = self.key.get_paths()
        sizes = np.sqrt(self.key.get_sizes())
        markers = [commands(shape_of_marker.transformed(Affine2D().scale(size, -size))) for size in sizes.tolist()]
        colours = self.colours() if self._coloured(shape) else None
        _, styles = self._styles(shape)
        return {"markers": markers, "colours": colours, "styles": styles, "apart": any(map(covers, self.looks))}

    def _styles(self, shape: tuple[int, ...]) -> tuple[list[str], list[str] | None]:
        """The roles in which points have colours of their own, and their styles, unless the data say the colours."""
        if not self._coloured(shape):
            return in_turn(self)
        drawn = {"fill": self.key._face_is_mapped, "stroke": self.key._edge_is_mapped}
        return [role for role, mapped in drawn.items() if mapped], None

    def sample(self, shape: tuple[int, ...]) -> Any:
        places = np.repeat(self.middle(0.5), turns(self.key), axis=0)
        n = len(places)
        value = self.key.norm.inverse(0.5) if self.key.norm.scaled() else 0.0
        return np.column_stack([places, np.full(n, value)]) if self._coloured(shape) else places

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        """Where a colormap colours the points, its painter gives each of them its `color`."""
        mapped, styles = self._styles(self.shape)
        element = "g" if mapped or styles or any(map(covers, self.looks)) else "path"
        replace(group, part(number, "points", clip, self.looks[0], element, mapped))

    def take(self, data: Any) -> None:
        places = np.asarray(data, dtype=float)[:, : len(self.directions)]
        if is_3d(self.axes):
            self.key._offsets3d = tuple(places.T)
        else:
            self.key.set_offsets(places)
        if self._coloured(np.shape(data)):
            values = np.asarray(data, dtype=float)[:, -1]
            self.key.set_array(values)
            if not self.key.norm.scaled():
                self.key.norm.autoscale_None(values[np.isfinite(values)])


class Arrows(Moving):
    """Arrows as `ax.quiver` returns them: rows of x, y and of the arrow's two components."""

    kind = "arrows"
    polar = True

    def check(self, data: Any) -> None:
        if len(self.key.get_edgecolors()) and np.any(self.key.get_linewidths()):
            raise ValueError(f"{self.called} have edges, which a live figure does not draw: linewidths=0")
        if self.key.get_array() is not None:
            raise ValueError(f"{self.called} are coloured by value: a live figure draws them in one colour")
        if self.key.scale is None:
            raise ValueError(f"{self.called} have no scale, so the first data would decide it: give scale=")
        if self.key.units == "dots" or self.key.scale_units == "dots":
            raise ValueError(f"{self.called} are measured in dots, which a page has not: give units='width'")
        if not isinstance(self.key.angles, str):
            raise ValueError(f"{self.called} have angles of their own: give angles='xy' or leave angles out")

    def wanted(self) -> str:
        return f"({self.key.N}, 4): x, y and both components of each arrow"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (self.key.N, 4)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        labels = super().columns(shape)
        return labels + [f"Δ{label}" for label in labels]

    @property
    def in_data(self) -> bool:
        """Whether the arrows are measured by the axes: their tips are points then."""
        return bool(self.key.angles == self.key.scale_units == "xy" and not is_polar(self.axes))

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        tips = [("x", [0, 2]), ("y", [1, 3])] if self.in_data and self.key.scale == 1 else []
        return super().watched(shape) + tips

    def spec(self, shape: tuple[int, ...]) -> description.Arrows:
        q, axes = self.key, axes_spec(self.axes)
        if self.in_data and axes["x"]["scale"] == axes["y"]["scale"] == "linear":
            unit = [axes["x"]["a"] / q.scale, axes["y"]["a"] / q.scale]
        elif q.angles == "uv" and q.scale_units != "xy":
            length = q._dots_per_unit(q.scale_units or q.units) / q.scale
            unit = [length, -length]
        else:
            raise ValueError(
                f"{self.called} have angles={q.angles!r} and scale_units={q.scale_units!r}: make them with "
                "ax.quiver(..., angles='xy', scale_units='xy', scale=1) on linear axes"
            )
        return {
            "unit": unit,
            "width": q.width * q._dots_per_unit(q.units),
            "head": [q.headwidth, q.headlength, q.headaxislength],
            "whole": q.minshaft * q.headlength,
            "shortest": q.minlength,
            "styles": in_turn(self)[1],
            "pivot": {"tail": 0, "middle": 0.5, "mid": 0.5, "tip": 1}[q.pivot],
        }

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        mapped, styles = in_turn(self)
        replace(group, part(number, "arrows", clip, self.looks[0], "g" if styles else "path", mapped))

    def sample(self, shape: tuple[int, ...]) -> Any:
        (x, y), (right, up) = self.middle(0.5, 0.7)
        return np.repeat([[x, y, right - x, up - y]], self.key.N, axis=0)

    def take(self, data: Any) -> None:
        x, y, u, v = np.asarray(data, dtype=float).T
        self.key.X, self.key.Y = x, y
        self.key.XY = np.column_stack([x, y])
        self.key.set_offsets(self.key.XY)
        self.key.set_UVC(u, v)


def _points(spec: description.Points, axes: Axes, data: Any) -> Parts:
    x, y = project(axes, data)
    sizes, colours = spec["markers"], spec["colours"]
    marks = [marker_at(a, b, sizes[i % len(sizes)], axes["box"]) for i, (a, b) in enumerate(pairs(x, y))]
    order, styles = far_first(axes, data), spec["styles"]
    if colours:
        table = [digits and of_colour(digits) for digits in colours["table"]]
        styles = [table[place] for place in places(colours, data[:, -1])]
        marks = [mark if style else "" for mark, style in zip(marks, styles, strict=True)]
    styled = styles and [styles[i % len(styles)] for i in order]
    return {"points": marks_of([marks[i] for i in order], spec["apart"], styled)}


def _arrows(spec: description.Arrows, axes: Axes, data: Any) -> Parts:
    rows = np.column_stack([*project(axes, data), data[:, 2:]]).tolist()
    return {"arrows": marks_of([arrow(spec, *row) for row in rows], False, spec["styles"])}


def arrow(spec: description.Arrows, x: float, y: float, u: float, v: float) -> str:
    """An arrow as matplotlib's quiver draws it: seven corners; a hexagon where it is too short to have a direction."""
    width: float = spec["width"]
    head, length_of_head, axis_of_head = spec["head"]
    dx, dy = spec["unit"][0] * u, spec["unit"][1] * v
    if not all(map(math.isfinite, (x, y, dx, dy))):
        return ""
    length = math.sqrt(dx * dx + dy * dy) / width
    if length < spec["shortest"]:
        turns = [k * math.pi / 3 for k in range(6)]
        corners = [(math.cos(t) * spec["shortest"] / 2, math.sin(t) * spec["shortest"] / 2) for t in turns]
        cos, sin = 1.0, 0.0
    else:
        size = min(1.0, length / spec["whole"]) if spec["whole"] else 1.0
        length = min(length, FAR)
        neck, wing = length - size * axis_of_head, length - size * length_of_head
        start = -spec["pivot"] * length
        half, tip = size / 2, size * head / 2
        upper = [(0.0, half), (neck, half), (wing, tip)]
        corners = [*upper, (length, 0.0), *((a, -b) for a, b in reversed(upper))]
        corners = [(a + start, b) for a, b in corners]
        norm = math.sqrt(dx * dx + dy * dy)
        cos, sin = dx / norm, dy / norm
    at = [(x + width * (a * cos - b * sin), y + width * (a * sin + b * cos)) for a, b in corners]
    return outline(at)


def far_first(axes: Axes, data: Any) -> list[int]:
    """The order in which points are painted: in three dimensions near ones cover far ones."""
    if "matrix" not in axes:
        return list(range(len(data)))
    return np.argsort(-depths(axes, data), kind="stable").tolist()  # type: ignore[no-any-return]


PAINTERS = {"points": _points, "arrows": _arrows}
