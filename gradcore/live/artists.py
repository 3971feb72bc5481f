"""Moving artists: what the page must know of a matplotlib artist to draw it from new data.

`scale` and `line` have their twins in web/paint.js. A coordinate is mapped as matplotlib's transData does:
a·S(v) + b with S the identity or log10.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.path import Path

Spec = dict[str, Any]


def axes_spec(ax: Any) -> Spec:
    """The scales of an axes, its limits, the map from data to points of the SVG, and its box there."""
    figure = ax.get_figure(root=True)
    limits = np.transpose([sorted(ax.get_xlim()), sorted(ax.get_ylim())])
    corners = ax.transData.transform(limits)
    corners[:, 1] = figure.bbox.height - corners[:, 1]
    spec: Spec = {"box": [*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()]}
    for i, (which, scale_name) in enumerate((("x", ax.get_xscale()), ("y", ax.get_yscale()))):
        if scale_name not in ("linear", "log"):
            raise ValueError(f"the {which} axis has the scale {scale_name!r}: a live figure knows 'linear' and 'log'")
        low, high = limits[:, i].tolist()
        s_low, s_high = (math.log10(low), math.log10(high)) if scale_name == "log" else (low, high)
        a = float(corners[1, i] - corners[0, i]) / (s_high - s_low)
        b = float(corners[0, i]) - a * s_low
        label = getattr(ax, f"get_{which}label")() or which
        spec[which] = {"label": label, "scale": scale_name, "low": low, "high": high, "a": a, "b": b}
    return spec


def clip_element(name: str, axes: Spec) -> str:
    """The SVG element that cuts moving artists at the edge of their axes."""
    left, top, right, bottom = axes["box"]
    return (
        f'<clipPath id="{name}"><rect x="{left:.2f}" y="{top:.2f}" '
        f'width="{right - left:.2f}" height="{bottom - top:.2f}"/></clipPath>'
    )


def line_spec(artist: Line2D, axes: int, words: dict[str, str]) -> Spec:
    """A line: which axes, its name in sentences, its marker as relative path commands."""
    label = str(artist.get_label())
    return {
        "kind": "line",
        "axes": axes,
        "name": words["path"] if label.startswith("_") else label,
        "joined": artist.get_linestyle() not in ("None", " ", ""),
        "marker": _marker(artist),
    }


def _marker(artist: Line2D) -> str | None:
    """The marker of a line around the origin, as SVG commands relative to the point; None without one."""
    marker, size = artist._marker, artist.get_markersize()  # type: ignore[attr-defined]
    if not marker or str(artist.get_marker()) in ("None", " ", ""):
        return None
    if artist.get_marker() in ("o", "."):
        r = _short(size / 2 if artist.get_marker() == "o" else size / 4)
        return f"m{r} 0a{r} {r} 0 1 1-{_short(2 * float(r))} 0a{r} {r} 0 1 1 {_short(2 * float(r))} 0z"
    outline = marker.get_path().transformed(marker.get_transform().scale(size, -size))
    commands, last = [], (0.0, 0.0)
    for vertices, code in outline.iter_segments():
        if code == Path.CLOSEPOLY:
            commands.append("z")
            continue
        offsets = (np.reshape(vertices, (-1, 2)) - last).ravel()
        letter = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}[code]
        commands.append(letter + " ".join(_short(o) for o in offsets))
        last = tuple(vertices[-2:])
    return "".join(commands)


def line_elements(artist: Line2D, number: int, clip: str) -> str:
    """The SVG elements of a line: its stroke and its markers. `place` fills their `d`."""
    colour, width = to_hex(artist.get_color()), artist.get_linewidth()
    alpha = artist.get_alpha() or 1
    offset, dashes = artist._dash_pattern  # type: ignore[attr-defined]
    dash = f";stroke-dasharray:{','.join(_short(d) for d in dashes)};stroke-dashoffset:{offset}" if dashes else ""
    face, edge = artist.get_markerfacecolor(), artist.get_markeredgecolor()
    fill = "none" if str(face) == "none" or not artist._marker.is_filled() else to_hex(face)  # type: ignore[attr-defined]
    return (
        f'<path data-part="{number}.line" d="" clip-path="url(#{clip})" style="fill:none;stroke:{colour};'
        f'stroke-width:{_short(width)};stroke-linejoin:round;opacity:{alpha}{dash}"/>'
        f'<path data-part="{number}.marker" d="" clip-path="url(#{clip})" style="fill:{fill};'
        f'stroke:{to_hex(edge)};stroke-width:{_short(artist.get_markeredgewidth())};opacity:{alpha}"/>'
    )


def place(spec: Spec, axes: Spec, data: Any) -> dict[str, str]:
    """The `d` of each part of an artist for its data, shape (n, 2)."""
    x, y = scale(axes["x"], data[:, 0]), scale(axes["y"], data[:, 1])
    box = axes["box"]
    parts = {"line": _line(x, y, box) if spec["joined"] else "", "marker": ""}
    if spec["marker"]:
        inside = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
        parts["marker"] = "".join(
            f"M{_short(a)} {_short(b)}{spec['marker']}" for a, b in zip(x[inside], y[inside], strict=True)
        )
    return parts


def scale(axis: Spec, values: Any) -> Any:
    """Data to points of the SVG; not finite where the axis has no place for a value."""
    with np.errstate(all="ignore"):
        return axis["a"] * (np.log10(values) if axis["scale"] == "log" else values) + axis["b"]


def _line(x: Any, y: Any, box: list[float]) -> str:
    """A polyline cut at the box (with a margin, so that the cut is not seen), gaps where it is not finite."""
    margin = 20.0
    low, high = (box[0] - margin, box[1] - margin), (box[2] + margin, box[3] + margin)
    out: list[str] = []
    pen: tuple[float, float] | None = None
    for i in range(len(x) - 1):
        cut = _cut((x[i], y[i]), (x[i + 1], y[i + 1]), low, high)
        if cut is None:
            pen = None
            continue
        if pen != cut[0]:
            out.append(f"M{_short(cut[0][0])} {_short(cut[0][1])}")
        out.append(f"L{_short(cut[1][0])} {_short(cut[1][1])}")
        pen = cut[1]
    return "".join(out)


Point = tuple[float, float]


def _cut(p: Point, q: Point, low: Point, high: Point) -> tuple[Point, Point] | None:
    """The part of the segment pq inside a box (Liang and Barsky 1984); None if there is none."""
    if not all(map(math.isfinite, (*p, *q))):
        return None
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


def _short(value: float) -> str:
    """A coordinate with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
