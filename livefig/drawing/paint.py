"""What the painters of all kinds of artists share: points of the SVG, paths and markers. `paint.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from livefig.description import Axes, Axis
from livefig.drawing.polar import around

Attributes = dict[str, Any]
Parts = dict[str, Attributes]  # of one artist
Point = tuple[float, float]

MARGIN = 20.0  # points around the box where markers and areas are cut, so that the cut is not seen
FAR = 1e5  # points; nothing is drawn farther out
HORIZON = 1e12  # points; between two ends farther apart both ways, floats no longer tell where a line runs


def marks_of(marks: Iterable[str], apart: bool, styles: Sequence[str] | None = None) -> Attributes:
    """Shapes as one path; with styles, which they have in turn, neighbours of one style are a path.

    apart : each is a path of its own, which covers those before it.
    """
    if not apart and styles is None:
        return {"d": "".join(marks)}
    runs: list[list[str]] = []
    for i, d in enumerate(marks):
        style = styles[i % len(styles)] if styles else ""
        if d and runs and runs[-1][0] == style and not apart:
            runs[-1][1] += d
        elif d:
            runs.append([style, d])
    return {"inner": "".join(f'<path style="{style}" d="{d}"></path>' for style, d in runs)}


def of_colour(digits: str) -> str:
    """The style of a shape: its colour, for which a page may have another one in the dark."""
    return f"color:var(--{digits},#{digits})"


def to_points(axis: Axis, values: Any) -> Any:
    """Data to points of the SVG; not finite where the axis has no place for a value."""
    with np.errstate(all="ignore"):
        if axis["scale"] == "linear":
            return axis["a"] * values + axis["b"]
        nowhere = math.nan if axis["zero"] is None else axis["zero"]
        return np.where(np.less_equal(values, 0), nowhere, axis["a"] * np.log10(values) + axis["b"])


def project(axes: Axes, data: Any) -> tuple[Any, Any]:
    """The points of the SVG for the first two columns of the data, or three in three dimensions."""
    if "matrix" not in axes:
        x, y = to_points(axes["x"], data[:, 0]), to_points(axes["y"], data[:, 1])
        return around(axes["polar"], x, y) if "polar" in axes else (x, y)
    with np.errstate(all="ignore"):
        x, y, w, _ = (
            row[0] * data[:, 0] + row[1] * data[:, 1] + row[2] * data[:, 2] + row[3] for row in axes["matrix"]
        )
        return x / w, y / w


def depths(axes: Axes, data: Any) -> Any:
    """How far away points of three-dimensional axes are."""
    with np.errstate(all="ignore"):
        w, z = (row[0] * data[:, 0] + row[1] * data[:, 1] + row[2] * data[:, 2] + row[3] for row in axes["matrix"][2:])
        return z / w


def marker_at(x: float, y: float, shape: str, box: Iterable[float]) -> str:
    """A marker at a point, if that is in the box or near it."""
    return f"M{short(x)} {short(y)}{shape}" if inside(x, y, wide(box)) else ""


def inside(x: float, y: float, box: Iterable[float]) -> bool:
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


def pairs(x: Any, y: Any) -> list[Point]:
    return list(map(tuple, np.column_stack([x, y]).tolist()))


def path_through(points: Iterable[Point]) -> str:
    """A path through points; empty for none."""
    near = (tuple(short(min(max(v, -FAR), FAR)) for v in point) for point in points)
    text = "L".join(f"{x} {y}" for x, y in near)
    return text and f"M{text}"


def outline(points: Iterable[Point], box: Sequence[float] | None = None) -> str:
    """A closed path; of what reaches far out of a box, the part in it and a margin (Sutherland and Hodgman 1974)."""
    corners = list(points)
    for i, edge in enumerate(wide(box) if box else ()):
        axis, inward = i % 2, 1 if i < 2 else -1
        kept: list[Point] = []
        for p, q in zip(corners[-1:] + corners[:-1], corners, strict=True):
            p_in, q_in = inward * (p[axis] - edge) >= 0, inward * (q[axis] - edge) >= 0
            if p_in != q_in:
                near, far = (p, q) if p_in else (q, p)
                share, other = (edge - near[axis]) / (far[axis] - near[axis]), 1 - axis
                at = near[other] + share * (far[other] - near[other])
                kept.append((edge, at) if axis == 0 else (at, edge))
            if q_in:
                kept.append(q)
        corners = kept
    d = path_through(corners)
    return d and f"{d}z"


def stepped(x: Any, y: Any, steps: str) -> tuple[Any, Any]:
    """The corners of a staircase through points, as matplotlib's drawstyles `steps-pre`, `-mid` and `-post`."""
    if not steps or not len(x):
        return x, y
    x, y = np.asarray(x), np.asarray(y)
    if steps == "mid":
        middles = (x[:-1] + x[1:]) / 2
        return np.concatenate([x[:1], np.repeat(middles, 2), x[-1:]]), np.repeat(y, 2)
    early, late = np.repeat(x, 2), np.repeat(y, 2)
    return (early[:-1], late[1:]) if steps == "pre" else (early[1:], late[:-1])


def wide(box: Iterable[float], margin: float = MARGIN) -> tuple[float, float, float, float]:
    """A box and a margin around it."""
    left, top, right, bottom = box
    return left - margin, top - margin, right + margin, bottom + margin


def rectangle(x: Iterable[float], y: Iterable[float]) -> str:
    """A rectangle between two x and two y; empty if one of them is not finite."""
    (x0, x1), (y0, y1) = map(float, x), map(float, y)
    if not all(map(math.isfinite, (x0, x1, y0, y1))):
        return ""
    return outline([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def short(value: float) -> str:
    """A coordinate with two decimals at most; ties go up, as in JavaScript."""
    return f"{math.floor(value * 100 + 0.5) / 100 + 0.0:.2f}".rstrip("0").rstrip(".")
