"""Arrows between two points: `ax.arrow`, `FancyArrowPatch`, annotations without words. `pointers.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.patches import ArrowStyle, ConnectionStyle
from matplotlib.text import Annotation

from livefig import description
from livefig.artists.base import Moving, part
from livefig.description import Axes
from livefig.drawing.axes import axes_spec, frame
from livefig.drawing.paint import Parts, Point, inside, outline, pairs, path_through, project, short, wide
from livefig.drawing.svg import replace

KNOWN = ("-", "->", "<-", "<->", "-|>", "<|-", "<|-|>")
SHORTEST = 1e-6  # points: a shorter arrow has no direction


class Pointer(Moving):
    """What has two ends: its data are four numbers."""

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (4,)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return super().columns(shape) * 2

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [("x", [0]), ("y", [1]), ("x", [2]), ("y", [3])]

    def sample(self, shape: tuple[int, ...]) -> Any:
        return np.ravel(self.middle(0.3, 0.7))


class Arrow(Pointer):
    """An arrow as `ax.arrow` returns it: x, y, dx, dy. Its head and its width stay as they are, in the data."""

    kind = "arrow"

    def wanted(self) -> str:
        return "(4,): x, y, dx, dy"

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        x, y = (self.label(direction) for direction in self.directions)
        return [x, y, f"Δ{x}", f"Δ{y}"]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [("x", [0]), ("y", [1]), ("x", [0, 2]), ("y", [1, 3])]

    def sample(self, shape: tuple[int, ...]) -> Any:
        start, end = self.middle(0.3, 0.7)
        return [*start, *(end - start)]

    def spec(self, shape: tuple[int, ...]) -> description.Arrow:
        arrow = self.key
        wide_head = 3 * arrow._width if arrow._head_width is None else arrow._head_width
        long_head = 1.5 * wide_head if arrow._head_length is None else arrow._head_length
        longer = 0.0 if arrow._length_includes_head else long_head
        before = longer + (long_head / 2 if arrow._head_starts_at_zero else 0.0)
        half = [
            [before, 0, 0],
            [before - long_head, 0, -wide_head / 2],
            [before - long_head * (1 - arrow._overhang), 0, -arrow._width / 2],
            [before - longer, -1, -arrow._width / 2],
            [before - longer, -1, 0],
        ]
        other = [[along, share, -across] for along, share, across in half]
        corners = {"left": half, "right": other, "full": [*half[:-1], *other[-2::-1]]}[arrow._shape]
        return {"corners": [list(map(float, corner)) for corner in corners]}

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, "arrow", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        x, y, dx, dy = map(float, data)
        self.key.set_data(x=x, y=y, dx=dx, dy=dy)


class Pointing(Pointer):
    """A `FancyArrowPatch`, from one point to another; or an annotation: x and y of its point, and of its text."""

    kind = "pointer"
    noun = "arrow"
    polar = True

    @property
    def _arrow(self) -> Any:
        return self.key.arrow_patch if isinstance(self.key, Annotation) else self.key

    def check(self, data: Any) -> None:
        arrow, style = self._arrow, None
        if isinstance(self.key, Annotation):
            if self.key.get_text() or self.key.get_bbox_patch():
                raise ValueError(
                    f"the annotation {self.key.get_text()!r} has words, and two ends that move: make it with '', and "
                    "the words with ax.text"
                )
            if (self.key.xycoords, self.key.anncoords) != ("data", "data"):
                raise ValueError("an annotation with two ends that move has both in the data: leave out textcoords")
        if arrow is not None:
            style = arrow.get_arrowstyle()
        if not isinstance(style, ArrowStyle._Curve) or style.arrow not in KNOWN:
            raise ValueError(
                f"{self.called} has an arrowstyle that a live figure does not draw: give it arrowstyle='->', '-|>', "
                "'<->' or '-'"
            )
        bent = arrow.get_connectionstyle()
        if not isinstance(bent, ConnectionStyle.Arc3) or bent.rad:
            raise ValueError(f"{self.called} is bent, and both its ends move: leave out connectionstyle")

    def wanted(self) -> str:
        first, other = ("its point", "its text") if isinstance(self.key, Annotation) else ("one end", "the other")
        return f"(4,): x and y of {first}, and of {other}"

    def frame(self) -> Axes:
        own = frame(self._arrow)
        return own if self._arrow is self.key else cast(Axes, {**axes_spec(self.axes), "box": own["box"]})

    def spec(self, shape: tuple[int, ...]) -> description.Pointer:
        arrow, annotation = self._arrow, isinstance(self.key, Annotation)
        style, scale = arrow.get_arrowstyle(), arrow.get_mutation_scale()
        length, width = style.head_length * scale, style.head_width * scale
        heads = [style._beginarrow_head, style._endarrow_head]
        filled = [style.fillbegin, style.fillend]
        clip = self.key.get_annotation_clip() if annotation else False
        return {
            "begin": 2 if annotation else 0,
            "heads": ["filled" if full else "open" if head else "" for head, full in zip(heads, filled, strict=True)],
            "head": [float(length), float(width)],
            "pad": float(arrow.get_linewidth() / 2 * math.hypot(length, width) / width),
            "shrink": [float(arrow.shrinkA), float(arrow.shrinkB)],
            "within": axes_spec(self.axes)["box"] if clip is None or clip else None,
        }

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        line, head = self.looks[0], self.looks[-1]
        replace(group, part(number, "line", clip, line) + part(number, "head", clip, head))

    def take(self, data: Any) -> None:
        ends = np.array(data, dtype=float).reshape(2, 2)
        if math.dist(*pairs(*project(self.frame(), ends))) < SHORTEST:
            ends[1] = ends[0]  # else matplotlib draws its heads in any direction
        one, other = map(tuple, ends.tolist())
        if isinstance(self.key, Annotation):
            self.key.xy = one
            self.key.set_position(other)
        else:
            self.key.set_positions(one, other)


def _arrow(spec: description.Arrow, axes: Axes, data: Any) -> Parts:
    x, y, dx, dy = data.tolist()
    length = math.hypot(dx, dy)
    cos, sin = (dx / length, dy / length) if length else (0.0, 1.0)
    corners = [(along + share * length, across) for along, share, across in spec["corners"]]
    points = [(x + dx + cos * a - sin * b, y + dy + sin * a + cos * b) for a, b in corners]
    found = pairs(*project(axes, np.array(points)))
    finite = all(math.isfinite(at) for point in found for at in point)
    return {"arrow": {"d": outline(found, axes["box"]) if finite else ""}}


def _pointer(spec: description.Pointer, axes: Axes, data: Any) -> Parts:
    ends = pairs(*project(axes, np.reshape(data, (2, 2))))
    seen = spec["within"] is None or inside(*ends[0], wide(spec["within"], 0.5))
    if not seen or not all(math.isfinite(at) for end in ends for at in end) or math.dist(*ends) < SHORTEST:
        return {"line": {"d": ""}, "head": {"d": ""}}
    if spec["begin"]:
        ends = ends[::-1]
    for end, shrink in enumerate(spec["shrink"]):
        away = math.dist(*ends)
        if shrink < away:
            ends[end] = _towards(ends[end], ends[1 - end], shrink / away)
    lines, heads, (a, b) = "", "", ends
    line = list(ends)
    for end, (tip, other) in enumerate(((a, b), (b, a))):
        if spec["heads"][end] and tip != other:
            line[end], head = _head(tip, other, spec["head"], spec["pad"])
            if spec["heads"][end] == "filled":
                heads += outline(head)
            else:
                lines += path_through(head)
    begin, middle, finish = (f"{short(x)} {short(y)}" for x, y in (line[0], _towards(a, b, 0.5), line[1]))
    return {"line": {"d": f"M{begin}Q{middle} {finish}{lines}"}, "head": {"d": heads}}


def _towards(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _head(tip: Point, other: Point, head: Sequence[float], pad: float) -> tuple[Point, list[Point]]:
    """Where the tip of a head is, so that its stroke ends at a point, and its three corners."""
    away, (length, width) = math.dist(tip, other), head
    ux, uy = (other[0] - tip[0]) / away, (other[1] - tip[1]) / away
    x, y = tip[0] + pad * ux, tip[1] + pad * uy
    back, aside = (x + length * ux, y + length * uy), (width * uy, -width * ux)
    return (x, y), [(back[0] + aside[0], back[1] + aside[1]), (x, y), (back[0] - aside[0], back[1] - aside[1])]


PAINTERS = {"arrow": _arrow, "pointer": _pointer}
