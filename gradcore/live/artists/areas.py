"""Filled areas and bars."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.patches import Polygon

from gradcore.live.artists.base import Moving, Spec, area_style, first, paint_style, part
from gradcore.live.svg import replace


class Area(Moving):
    """An area between two curves, as `ax.fill_between` returns it, or a polygon, as `ax.fill` does."""

    kind = "area"

    def __init__(self, key: Any):
        super().__init__(key)
        self.between = not isinstance(key, Polygon)

    def wanted(self) -> str:
        return "(n, 3): x and the heights of both curves" if self.between else "(n, 2): the corners"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return len(shape) == 2 and shape[1] == (3 if self.between else 2)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        labels = super().columns(shape)
        return [*labels, labels[1]] if self.between else labels

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return super().watched(shape) + [("y", [2])] * self.between

    def spec(self, shape: tuple[int, ...]) -> Spec:
        return {"between": self.between}

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        area = self.key
        if self.between:
            face, edge = first(area.get_facecolors()), first(area.get_edgecolors())
            width = float(np.mean(area.get_linewidths()))
        else:
            face, edge, width = area.get_facecolor(), area.get_edgecolor(), area.get_linewidth()
        replace(group, part(number, "area", clip, area_style(face, edge, width, area.get_alpha())))

    def take(self, data: Any) -> None:
        data = np.asarray(data, dtype=float)
        if not self.between:
            self.key.set_xy(data)
            return
        data = data[np.isfinite(data).all(axis=1)]
        there, back = data[:, [0, 1]], data[::-1, [0, 2]]
        self.key.set_verts([np.concatenate([there, back])])


class Bars(Moving):
    """Bars as `ax.bar`, `ax.barh` and `ax.hist` return them: their data are their lengths."""

    kind = "bars"

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

    def wanted(self) -> str:
        return f"({len(self.key.patches)},): the length of each bar"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (len(self.key.patches),)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [self.label(self.across)]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return [] if any(self.bases) else [(self.across, [0])]

    def spec(self, shape: tuple[int, ...]) -> Spec:
        bars = self.key.patches
        if self.upright:
            sides = [[bar.get_x(), bar.get_x() + bar.get_width()] for bar in bars]
        else:
            sides = [[bar.get_y(), bar.get_y() + bar.get_height()] for bar in bars]
        return {"upright": self.upright, "sides": [[float(a), float(b)] for a, b in sides], "bases": self.bases}

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        bar: Any = artist
        style = paint_style(bar.get_facecolor(), bar.get_edgecolor(), bar.get_linewidth(), bar.get_alpha())
        replace(group, part(number, f"bar{self.artists.index(bar)}", clip, style))

    def take(self, data: Any) -> None:
        for bar, value in zip(self.key.patches, np.asarray(data, dtype=float).tolist(), strict=True):
            (bar.set_height if self.upright else bar.set_width)(value)


