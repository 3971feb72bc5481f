"""Circles, ellipses, rectangles and wedges. `patches.js` is the twin.

matplotlib draws what is round with Bézier curves, whose control points it takes to the picture: so do the painters.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist

from livefig import description
from livefig.artists.base import Moving, part
from livefig.description import Axes
from livefig.drawing.paint import Parts, outline, pairs, project, short
from livefig.drawing.svg import replace
from livefig.words import WORDS


class Patch(Moving):
    """A patch whose data are a row of numbers: x and y of a point first.

    more : the words for the other numbers.
    """

    more: ClassVar[tuple[str, ...]]

    def wanted(self) -> str:
        return f"({2 + len(self.more)},): {', '.join(['x', 'y', *self.more])}"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (2 + len(self.more),)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [*super().columns(shape), *(WORDS[word] for word in self.more)]

    def sample(self, shape: tuple[int, ...]) -> Any:
        """In the middle of the axes, a tenth of their width wide and high; a quarter of a circle."""
        low, high = self.middle(0.45, 0.55)
        width, height = high - low
        sizes = {"radius": width, "width": width, "height": height, "angle": 0.0, "from": 0.0, "to": 90.0}
        return [*low, *(sizes[word] for word in self.more)]

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, part(number, self.kind, clip, self.looks[0]))


class Circle(Patch):
    """A `Circle`: x, y and its radius."""

    kind, more = "circle", ("radius",)

    def take(self, data: Any) -> None:
        x, y, radius = map(float, data)
        self.key.set(center=(x, y), radius=radius)


class Ellipse(Patch):
    """An `Ellipse`: x, y, its width and height, and the angle by which it is turned, in degrees."""

    kind, more = "ellipse", ("width", "height", "angle")

    def take(self, data: Any) -> None:
        x, y, width, height, angle = map(float, data)
        self.key.set(center=(x, y), width=width, height=height, angle=angle)


class Rectangle(Patch):
    """A `Rectangle`: x and y of its corner, its width and height. It stays turned as it was made."""

    kind, more = "rectangle", ("width", "height")

    def check(self, data: Any) -> None:
        if self.key.angle and self.key.rotation_point != "xy":
            raise ValueError(f"{self.called} is turned about another point than its corner: leave out rotation_point")

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [*super().watched(shape), ("x", [0, 2]), ("y", [1, 3])]

    def spec(self, shape: tuple[int, ...]) -> description.Rectangle:
        return {"angle": float(self.key.angle)}

    def take(self, data: Any) -> None:
        x, y, width, height = map(float, data)
        self.key.set(xy=(x, y), width=width, height=height)


class Wedge(Patch):
    """A `Wedge`: x, y, its radius, and the angles between which it lies, in degrees. A ring keeps its width."""

    kind, more = "wedge", ("radius", "from", "to")

    def spec(self, shape: tuple[int, ...]) -> description.Wedge:
        return {"width": None if self.key.width is None else float(self.key.width)}

    def take(self, data: Any) -> None:
        x, y, radius, start, stop = map(float, data)
        self.key.set(center=(x, y), radius=radius, theta1=start, theta2=stop)


def _circle(spec: description.Artist, axes: Axes, data: Any) -> Parts:
    x, y, radius = data.tolist()
    return {"circle": {"d": _round(axes, x, y, 2 * radius, 2 * radius, 0.0)}}


def _ellipse(spec: description.Artist, axes: Axes, data: Any) -> Parts:
    return {"ellipse": {"d": _round(axes, *data.tolist())}}


def _round(axes: Axes, x: float, y: float, width: float, height: float, angle: float) -> str:
    points = _arc(-90.0, 270.0, 8) * np.array([width / 2, height / 2])
    return _closed(_curve(axes, _rotated(points, angle) + np.array([x, y])))


def _rectangle(spec: description.Rectangle, axes: Axes, data: Any) -> Parts:
    x, y, width, height = data.tolist()
    corners = np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)])
    points = pairs(*project(axes, _rotated(corners, spec["angle"]) + np.array([x, y])))
    finite = all(math.isfinite(at) for point in points for at in point)
    return {"rectangle": {"d": outline(points, axes["box"]) if finite else ""}}


def _wedge(spec: description.Wedge, axes: Axes, data: Any) -> Parts:
    x, y, radius, start, stop = data.tolist()
    if not math.isfinite(start + stop):
        return {"wedge": {"d": ""}}
    whole = abs(stop - start - 360) <= FULL
    outer = (_arc(0.0, 360.0, 16) if whole else _arc(start, stop)) * radius
    centre, inner = np.array([x, y]), np.zeros((1, 2))
    if spec["width"] is not None:
        inner = outer[::-1] * ((radius - spec["width"]) / radius if radius else 1.0)
    edge, back = _curve(axes, outer + centre), _curve(axes, inner + centre)
    return {"wedge": {"d": _closed(edge + (back if whole else back.replace("M", "L", 1)))}}


FULL = 1e-12  # degrees by which a circle may fail to close


def _arc(start: float, stop: float, count: int = 0) -> Any:
    """The control points of an arc of the unit circle, shape (3n + 1, 2), as matplotlib's Path.arc has them.

    count : of the curves; so many as matplotlib has by itself, unless it is given.
    """
    turns = (stop - start) / 360
    full = round(turns) != 0 and abs(turns - round(turns)) <= FULL
    first = math.radians(start)
    last = math.radians(start + 360 if full else stop - 360 * math.floor(turns))
    n = count or 2 ** math.ceil((last - first) / (math.pi / 2))
    step = (last - first) / n
    alpha = math.sin(step) * (math.sqrt(4 + 3 * math.tan(step / 2) ** 2) - 1) / 3
    angles = first + step * np.arange(n + 1)
    at, along = np.column_stack([np.cos(angles), np.sin(angles)]), np.column_stack([-np.sin(angles), np.cos(angles)])
    pieces = np.stack([at[:-1] + alpha * along[:-1], at[1:] - alpha * along[1:], at[1:]], axis=1)
    return np.concatenate([at[:1], pieces.reshape(-1, 2)])


def _rotated(points: Any, degrees: float) -> Any:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.column_stack([cos * points[:, 0] - sin * points[:, 1], sin * points[:, 0] + cos * points[:, 1]])


def _curve(axes: Axes, points: Any) -> str:
    """A path of cubic curves through control points; empty if one of them is nowhere."""
    x, y = project(axes, points)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return ""
    first, *others = [f"{short(a)} {short(b)}" for a, b in pairs(x, y)]
    return f"M{first}" + "".join(f"C{' '.join(others[i : i + 3])}" for i in range(0, len(others), 3))


def _closed(d: str) -> str:
    return d and f"{d}z"


PAINTERS = {"circle": _circle, "ellipse": _ellipse, "rectangle": _rectangle, "wedge": _wedge}
