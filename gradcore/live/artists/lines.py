"""Lines and their markers; rules and bands across the axes."""

from __future__ import annotations

from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.path import Path

from gradcore.live.artists.base import Moving, Spec, area_style, colour, opacity, paint_style, part
from gradcore.live.axes import is_3d
from gradcore.live.paint import short
from gradcore.live.svg import replace


class Line(Moving):
    """A Line2D as `ax.plot` returns it, or a line in three dimensions."""

    kind = "line"

    def wanted(self) -> str:
        n = len(self.directions)
        return f"(n, {n}), for example np.column_stack([{', '.join(self.directions)}])"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == len(self.directions)

    def spec(self, shape: tuple[int, ...]) -> Spec:
        line = self.key
        outline, name, size = line._marker, str(line.get_marker()), line.get_markersize()
        shape_of_marker = None
        if outline and name not in ("None", " ", ""):
            path = outline.get_path().transformed(outline.get_transform().scale(size, -size))
            shape_of_marker = disc(size / (4 if name == "." else 2)) if name in ("o", ".") else commands(path)
        return {"joined": line.get_linestyle() not in ("None", " ", ""), "marker": shape_of_marker}

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        line = self.key
        face = line.get_markerfacecolor() if line._marker and line._marker.is_filled() else "none"
        markers = paint_style(face, line.get_markeredgecolor(), line.get_markeredgewidth(), line.get_alpha())
        replace(group, part(number, "line", clip, stroke_style(line)) + part(number, "marker", clip, markers))

    def take(self, data: Any) -> None:
        if is_3d(self.axes):
            self.key.set_data_3d(*np.transpose(data))
        else:
            self.key.set_data(*np.transpose(data))


class Across(Moving):
    """What crosses the axes and lives in one of its directions. Its data are places along that one."""

    shape: ClassVar[tuple[int, ...]]

    def __init__(self, key: Any):
        super().__init__(key)
        self.across = crossed(key)

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == self.shape

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [self.label(self.across)] * int(np.prod(shape))

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [(self.across, [i]) for i in range(int(np.prod(shape)))]

    def spec(self, shape: tuple[int, ...]) -> Spec:
        return {"across": self.across}


class Rule(Across):
    """A line across the axes, as `ax.axhline` and `ax.axvline` return it: its data is one number."""

    kind, shape = "rule", ()

    def wanted(self) -> str:
        return "(): one number"

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        replace(group, part(number, "rule", clip, stroke_style(self.key)))

    def take(self, data: Any) -> None:
        (self.key.set_xdata if self.across == "x" else self.key.set_ydata)([float(data)] * 2)


class Span(Across):
    """A band across the axes, as `ax.axhspan` and `ax.axvspan` return it: its data are its two ends."""

    kind, shape = "span", (2,)

    def wanted(self) -> str:
        return "(2,): both ends"

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        band = self.key
        style = area_style(band.get_facecolor(), band.get_edgecolor(), band.get_linewidth(), band.get_alpha())
        replace(group, part(number, "span", clip, style))

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
    in_x, in_y = artist.get_transform().contains_branch_seperately(axes.transData)
    return "" if in_x == in_y else "x" if in_x else "y"


def stroke_style(line: Line2D) -> str:
    offset, dashes = line._dash_pattern  # type: ignore[attr-defined]
    dash = f";stroke-dasharray:{','.join(map(short, dashes))};stroke-dashoffset:{short(offset)}" if dashes else ""
    return (
        f"fill:none;stroke:{colour(line.get_color())};stroke-width:{short(line.get_linewidth())};"
        f"stroke-linejoin:round;opacity:{short(opacity(None, line.get_alpha()))}{dash}"
    )


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
