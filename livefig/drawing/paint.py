"""Moving artists: from their data to the attributes of their SVG parts. web/paint.js is the twin, name by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Spec = Mapping[str, Any]
Attributes = dict[str, str]
Point = tuple[float, float]

MARGIN = 20.0  # points around the box where markers and areas are cut, so that the cut is not seen
FAR = 1e5  # points; nothing is drawn farther out
HORIZON = 1e12  # points; between two ends farther apart both ways, floats no longer tell where a line runs


def place(spec: Spec, axes: Spec | None, data: Any) -> dict[str, Attributes]:
    """The attributes of each part of an artist for its data."""
    return PAINTERS[spec["kind"]](spec, axes, np.asarray(data, dtype=float))


def _line(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = project(axes, data)
    line = _polyline(*_stepped(x, y, spec["steps"]), axes["canvas"]) if spec["joined"] else ""
    if not spec["marker"]:
        return {"line": {"d": line}}
    marks = [_marker(a, b, spec["marker"], axes["box"]) for a, b in _pairs(x, y)]
    return {"line": {"d": line}, "marker": _marks(marks, spec["apart"])}


def _points(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = project(axes, data)
    sizes, colours = spec["markers"], spec["colours"]
    marks = [_marker(a, b, sizes[i % len(sizes)], axes["box"]) for i, (a, b) in enumerate(_pairs(x, y))]
    order = _far_first(axes, data)
    if not colours:
        return {"points": _marks([marks[i] for i in order], spec["apart"])}
    runs: list[list[str]] = []  # neighbours of one colour share a path
    for i in order:
        mark = marks[i]
        colour = colour_of(colours, float(data[i, -1])) if mark else ""
        if colour and runs and runs[-1][0] == colour and not spec["apart"]:
            runs[-1][1] += mark
        elif colour:
            runs.append([colour, mark])
    paths = (f'<path style="color:var(--{colour},#{colour})" d="{d}"></path>' for colour, d in runs)
    return {"points": {"inner": "".join(paths)}}


def _marks(marks: Iterable[str], apart: bool) -> Attributes:
    """Markers as one path; apart, each is a path of its own and covers those before it."""
    return {"inner": "".join(f'<path d="{d}"></path>' for d in marks if d)} if apart else {"d": "".join(marks)}


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
    if not spec["along"]:
        x, y = project(axes, data)
        keep = np.isfinite(x) & np.isfinite(y)
        return {"area": {"d": _outline(_pairs(x[keep], y[keep]), axes["box"])}}
    along, across = ("x", "y") if spec["along"] == "x" else ("y", "x")
    t, low, high = scale(axes[along], data[:, 0]), scale(axes[across], data[:, 1]), scale(axes[across], data[:, 2])
    d, run = "", []  # of the points that follow each other without a gap
    for here in [*zip(t.tolist(), low.tolist(), high.tolist(), strict=True), (math.nan, 0.0, 0.0)]:
        if all(map(math.isfinite, here)):
            run.append(here)
            continue
        edges = [_stepped([a for a, *_ in run], [ends[k] for _, *ends in run], spec["steps"]) for k in (0, 1)]
        there, back = (list(zip(*edge, strict=True)) for edge in edges)
        corners = back[:1] + there + back[::-1]  # matplotlib's order: edges begin and end where its do
        corners = corners if along == "x" else [(b, a) for a, b in corners]
        d += _outline(corners, axes["box"]) if len(run) > 1 else _path(corners[:2])
        run = []
    return {"area": {"d": d}}


def _rule(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    at = float(scale(axes[spec["across"]], data))
    if not math.isfinite(at):
        return {"rule": {"d": ""}}
    return {"rule": {"d": _path([(at, end) if spec["across"] == "x" else (end, at) for end in spec["ends"]])}}


def _span(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    at = scale(axes[spec["across"]], data)
    return {"span": {"d": _box(at, spec["ends"]) if spec["across"] == "x" else _box(spec["ends"], at)}}


def _text(spec: Spec, axes: Spec, data: Any) -> dict[str, Attributes]:
    x, y = (v.item() for v in project(axes, data[None, :]))
    if not (_inside(x, y, wide(axes["box"], 0.5)) if spec["clipped"] else math.isfinite(x) and math.isfinite(y)):
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
        if axis["scale"] == "linear":
            return axis["a"] * values + axis["b"]
        nowhere = math.nan if axis["zero"] is None else axis["zero"]
        return np.where(np.less_equal(values, 0), nowhere, axis["a"] * np.log10(values) + axis["b"])


def project(axes: Spec, data: Any) -> tuple[Any, Any]:
    """The points of the SVG for the first two columns of the data, or three in three dimensions."""
    if "matrix" not in axes:
        return scale(axes["x"], data[:, 0]), scale(axes["y"], data[:, 1])
    with np.errstate(all="ignore"):
        x, y, w = (row[0] * data[:, 0] + row[1] * data[:, 1] + row[2] * data[:, 2] + row[3] for row in axes["matrix"])
        return x / w, y / w


def _far_first(axes: Spec, data: Any) -> list[int]:
    """The order in which points are painted: in three dimensions near ones cover far ones."""
    if "matrix" not in axes:
        return list(range(len(data)))
    a, b, c, _ = axes["matrix"][2]
    with np.errstate(all="ignore"):
        away = a * data[:, 0] + b * data[:, 1] + c * data[:, 2]
    return np.argsort(-away, kind="stable").tolist()  # type: ignore[no-any-return]


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
    """A marker at a point, if that is in the box or near it."""
    return f"M{short(x)} {short(y)}{marker}" if _inside(x, y, wide(box)) else ""


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


def _outline(points: Iterable[Point], box: Sequence[float] | None = None) -> str:
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
                place = near[other] + share * (far[other] - near[other])
                kept.append((edge, place) if axis == 0 else (place, edge))
            if q_in:
                kept.append(q)
        corners = kept
    path = _path(corners)
    return path and f"{path}z"


def _stepped(x: Any, y: Any, steps: str) -> tuple[Any, Any]:
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


def _box(x: Iterable[float], y: Iterable[float]) -> str:
    """A rectangle between two x and two y; empty if one of them is not finite."""
    (x0, x1), (y0, y1) = map(float, x), map(float, y)
    if not all(map(math.isfinite, (x0, x1, y0, y1))):
        return ""
    return _outline([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _polyline(x: Any, y: Any, box: Iterable[float]) -> str:
    """A polyline cut at a box; gaps where it is not finite."""
    left, top, right, bottom = box
    low, high = (left, top), (right, bottom)
    x, y = np.asarray(x).tolist(), np.asarray(y).tolist()
    out: list[str] = []
    pen: Point | None = None
    for i in range(len(x) - 1):
        cut = _cut((x[i], y[i]), (x[i + 1], y[i + 1]), low, high)
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


def _cut(p: Point, q: Point, low: Point, high: Point) -> tuple[Point, Point] | None:
    """The part of the segment pq inside a box (Liang and Barsky 1984), exactly on its edge; None if there is none."""
    away, there = max(abs(p[0]), abs(p[1])), max(abs(q[0]), abs(q[1]))
    d = q[0] - p[0], q[1] - p[1]
    if not all(map(math.isfinite, (*p, *q, *d))) or min(away, there, abs(d[0]), abs(d[1])) > HORIZON:
        return None
    if away > there:  # from the near end the cut is exact, however far the other one is
        cut = _cut(q, p, low, high)
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


def short(value: float) -> str:
    """A coordinate with two decimals at most; ties go up, as in JavaScript."""
    return f"{math.floor(value * 100 + 0.5) / 100 + 0.0:.2f}".rstrip("0").rstrip(".")
