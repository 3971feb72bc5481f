"""Moving artists: from their data to the attributes of their SVG parts. web/paint.js is the twin, name by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

Spec = Mapping[str, Any]
Attributes = dict[str, str]
Point = tuple[float, float]

MARGIN = 20.0  # points around the box where a line is cut, so that the cut is not seen
FAR = 1e5  # points; nothing is drawn farther out
HORIZON = 1e12  # points; between two ends that are farther away, floats no longer tell where a line runs


def place(spec: Spec, axes: Spec | None, data: Any) -> dict[str, Attributes]:
    """The attributes of each part of an artist for its data."""
    return PAINTERS[spec["kind"]](spec, axes, np.asarray(data, dtype=float))


def _line(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = project(axes, data)
    marks = "".join(_marker(a, b, spec["marker"], axes["box"]) for a, b in _pairs(x, y)) if spec["marker"] else ""
    return {"line": {"d": _polyline(x, y, axes["box"]) if spec["joined"] else ""}, "marker": {"d": marks}}


def _points(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = project(axes, data)
    sizes, colours = spec["markers"], spec["colours"]
    marks = [_marker(a, b, sizes[i % len(sizes)], axes["box"]) for i, (a, b) in enumerate(_pairs(x, y))]
    if not colours:
        return {"points": {"d": "".join(marks)}}
    runs: list[list[str]] = []  # neighbours of one colour share a path
    for mark, value in zip(marks, data[:, -1].tolist(), strict=True):
        colour = colour_of(colours, value) if mark else ""
        if colour and runs and runs[-1][0] == colour:
            runs[-1][1] += mark
        elif colour:
            runs.append([colour, mark])
    paths = (f'<path style="color:var(--{colour},#{colour})" d="{d}"></path>' for colour, d in runs)
    return {"points": {"inner": "".join(paths)}}


def _arrows(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    rows = np.column_stack([*project(axes, data), data[:, 2:]]).tolist()
    return {"arrows": {"d": "".join(_arrow(spec, *row) for row in rows)}}


def _arrow(spec: Spec, x: float, y: float, u: float, v: float) -> str:
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
    return _outline(at)


def _bars(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    along, across = ("x", "y") if spec["upright"] else ("y", "x")
    parts = {}
    for i, (value, (low, high), base) in enumerate(zip(data.tolist(), spec["sides"], spec["bases"], strict=True)):
        sides, ends = scale(axes[along], np.array([low, high])), scale(axes[across], np.array([base, base + value]))
        parts[f"bar{i}"] = {"d": _box(*((sides, ends) if spec["upright"] else (ends, sides)))}
    return parts


def _area(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    if not spec["between"]:
        x, y = project(axes, data)
        keep = np.isfinite(x) & np.isfinite(y)
        return {"area": {"d": _outline(_pairs(x[keep], y[keep]))}}
    x, low, high = scale(axes["x"], data[:, 0]), scale(axes["y"], data[:, 1]), scale(axes["y"], data[:, 2])
    d, run = "", []  # of the points that follow each other without a gap
    for here in [*zip(x.tolist(), low.tolist(), high.tolist(), strict=True), (math.nan, 0.0, 0.0)]:
        if all(map(math.isfinite, here)):
            run.append(here)
            continue
        d += _outline([(a, b) for a, b, _ in run] + [(a, c) for a, _, c in reversed(run)])
        run = []
    return {"area": {"d": d}}


def _rule(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    left, top, right, bottom = axes["box"]
    at = float(scale(axes[spec["across"]], data))
    if not math.isfinite(at):
        return {"rule": {"d": ""}}
    ends = [(at, bottom), (at, top)] if spec["across"] == "x" else [(left, at), (right, at)]
    return {"rule": {"d": _path(ends)}}


def _span(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    left, top, right, bottom = axes["box"]
    ends = scale(axes[spec["across"]], data)
    return {"span": {"d": _box(ends, (top, bottom)) if spec["across"] == "x" else _box((left, right), ends)}}


def _text(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = (v.item() for v in project(axes, data[None, :]))
    if not _inside(x, y, axes["box"]):
        return {"text": {"visibility": "hidden"}}
    dx, dy = short(x - spec["at"][0]), short(y - spec["at"][1])
    return {"text": {"visibility": "visible", "transform": f"translate({dx} {dy})"}}


def _shown(spec: Spec, axes: Spec | None, data: Any) -> dict[str, Attributes]:
    return {"shown": {"visibility": "visible" if data and data == data else "hidden"}}


PAINTERS: dict[str, Callable[..., dict[str, Attributes]]] = {
    "line": _line, "points": _points, "arrows": _arrows, "bars": _bars, "area": _area,
    "rule": _rule, "span": _span, "text": _text, "shown": _shown,
}  # fmt: skip


def scale(axis: Spec, values: Any) -> Any:
    """Data to points of the SVG; not finite where the axis has no place for a value."""
    with np.errstate(all="ignore"):
        return axis["a"] * (np.log10(values) if axis["scale"] == "log" else values) + axis["b"]


def project(axes: Spec, data: Any) -> tuple[Any, Any]:
    """The points of the SVG for the first two columns of the data, or three in three dimensions."""
    if "matrix" not in axes:
        return scale(axes["x"], data[:, 0]), scale(axes["y"], data[:, 1])
    with np.errstate(all="ignore"):
        x, y, w = (row[0] * data[:, 0] + row[1] * data[:, 1] + row[2] * data[:, 2] + row[3] for row in axes["matrix"])
        return x / w, y / w


def colour_of(colours: Spec, value: float) -> str:
    """A value's colour, as its colormap has it: the last ones are of values below, above, and of what is not finite."""
    table: list[str] = colours["table"]
    low, high, many = colours["low"], colours["high"], len(table) - 3
    if not math.isfinite(value):
        return table[many + 2]
    if low == high:
        return table[0]
    if colours["log"]:
        if value <= 0:
            return table[many + 2]
        low, high, value = math.log(low), math.log(high), math.log(value)
    share = (value - low) / (high - low)
    return table[many if share < 0 else many + 1 if share > 1 else min(int(share * many), many - 1)]


def _marker(x: float, y: float, marker: str, box: Iterable[float]) -> str:
    """A marker at a point, if that is in the box."""
    return f"M{short(x)} {short(y)}{marker}" if _inside(x, y, box) else ""


def _inside(x: float, y: float, box: Iterable[float]) -> bool:
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


def _pairs(x: Any, y: Any) -> list[Point]:
    return list(map(tuple, np.column_stack([x, y]).tolist()))


def _path(points: Iterable[Point]) -> str:
    """A path through points; empty for none."""
    near = (tuple(short(min(max(v, -FAR), FAR)) for v in point) for point in points)
    text = "L".join(f"{x} {y}" for x, y in near)
    return text and f"M{text}"


def _outline(points: Iterable[Point]) -> str:
    path = _path(points)
    return path and f"{path}z"


def _box(x: Iterable[float], y: Iterable[float]) -> str:
    """A rectangle between two x and two y; empty if one of them is not finite."""
    (x0, x1), (y0, y1) = map(float, x), map(float, y)
    if not all(map(math.isfinite, (x0, x1, y0, y1))):
        return ""
    return _outline([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _polyline(x: Any, y: Any, box: Iterable[float]) -> str:
    """A polyline cut at the box and a margin; gaps where it is not finite."""
    left, top, right, bottom = box
    low, high = (left - MARGIN, top - MARGIN), (right + MARGIN, bottom + MARGIN)
    out: list[str] = []
    pen: Point | None = None
    for i in range(len(x) - 1):
        cut = _cut((x[i], y[i]), (x[i + 1], y[i + 1]), low, high)
        if cut is None:
            pen = None
            continue
        if pen != cut[0]:
            out.append(f"M{short(cut[0][0])} {short(cut[0][1])}")
        out.append(f"L{short(cut[1][0])} {short(cut[1][1])}")
        pen = cut[1]
    return "".join(out)


def _cut(p: Point, q: Point, low: Point, high: Point) -> tuple[Point, Point] | None:
    """The part of the segment pq inside a box (Liang and Barsky 1984); None if there is none."""
    away, there = max(abs(p[0]), abs(p[1])), max(abs(q[0]), abs(q[1]))
    if not all(map(math.isfinite, (*p, *q))) or min(away, there) > HORIZON:
        return None
    if away > there:  # from the near end the cut is exact, however far the other one is
        cut = _cut(q, p, low, high)
        return cut and cut[::-1]
    t0, t1 = 0.0, 1.0
    for i in (0, 1):
        d = q[i] - p[i]
        if d == 0:
            if not low[i] <= p[i] <= high[i]:
                return None
            continue
        near, far = sorted(((low[i] - p[i]) / d, (high[i] - p[i]) / d))
        t0, t1 = max(t0, near), min(t1, far)
    if t0 > t1:
        return None
    start = p if t0 == 0 else (p[0] + t0 * (q[0] - p[0]), p[1] + t0 * (q[1] - p[1]))
    end = q if t1 == 1 else (p[0] + t1 * (q[0] - p[0]), p[1] + t1 * (q[1] - p[1]))
    return start, end


def short(value: float) -> str:
    """A coordinate with two decimals at most; ties go up, as in JavaScript."""
    return f"{math.floor(value * 100 + 0.5) / 100 + 0.0:.2f}".rstrip("0").rstrip(".")
