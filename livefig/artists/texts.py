"""Texts that move, and artists that are shown or hidden. `texts.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.container import Container
from matplotlib.text import Annotation

from livefig import description
from livefig.artists.base import Moving
from livefig.description import Axes
from livefig.drawing.axes import axes_spec, frame, is_3d
from livefig.drawing.paint import Parts, inside, project, short, wide


class Label(Moving):
    """A text or an annotation: its data is the point where it stands, or to which it points."""

    kind = "text"
    polar = True
    effects = True

    def wanted(self) -> str:
        ends = "; or (4,): that, and where its text stands" if isinstance(self.key, Annotation) else ""
        return f"({len(self.directions)},): the point where it stands{ends}"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (len(self.directions),)

    def spec(self, shape: tuple[int, ...]) -> description.Text:
        """`at`: where it is drawn in the SVG, in points."""
        text = self.key
        if isinstance(text, Annotation) and (text.xycoords != "data" or text.anncoords not in OFFSETS):
            raise ValueError(
                f"the annotation {text.get_text()!r} must have xycoords='data' and textcoords='offset points', "
                f"not {text.xycoords!r} and {text.anncoords!r}: its text then keeps its distance"
            )
        place = text.get_position_3d() if is_3d(self.axes) else getattr(text, "xy", text.get_position())
        x, y = project(self.frame(), np.array([place], dtype=float))
        clip = text.get_annotation_clip() if isinstance(text, Annotation) else False
        return {"at": [x.item(), y.item()], "clipped": True if clip is None else bool(clip)}

    def frame(self) -> Axes:
        found = frame(self.key)
        return found | axes_spec(self.axes) if isinstance(self.key, Annotation) else found

    def sample(self, shape: tuple[int, ...]) -> Any:
        return self.middle(0.5)[0]

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        group.set("data-part", f"{number}.text")

    def take(self, data: Any) -> None:
        if isinstance(self.key, Annotation):
            self.key.xy = tuple(np.asarray(data, dtype=float).tolist())
        elif is_3d(self.axes):
            self.key.set_position_3d(np.asarray(data, dtype=float))
        else:
            self.key.set_position(np.asarray(data, dtype=float))


OFFSETS = ("offset points", "offset fontsize")


class Shown(Moving):
    """Anything that was drawn: True shows it, False hides it."""

    kind = "shown"

    @property
    def artists(self) -> Sequence[Artist]:
        if isinstance(self.key, Container):
            return self.key.get_children()
        return (self.key, *getattr(self.key, "labelTexts", ()))

    @property
    def axes(self) -> Any:
        return None

    def wanted(self) -> str:
        return "(): True or False"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == ()

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return []

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return []

    @property
    def nothing(self) -> bool:
        return False

    def frame(self) -> None:
        return None

    def sample(self, shape: tuple[int, ...]) -> Any:
        return True

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        group.set("data-part", f"{number}.shown")

    def take(self, data: Any) -> None:
        for artist in self.artists:
            artist.set_visible(bool(data) and data == data)


def _text(spec: description.Text, axes: Axes, data: Any) -> Parts:
    x, y = (v.item() for v in project(axes, data[None, :]))
    if not (inside(x, y, wide(axes["box"], 0.5)) if spec["clipped"] else math.isfinite(x) and math.isfinite(y)):
        return {"text": {"visibility": "hidden"}}
    dx, dy = short(x - spec["at"][0]), short(y - spec["at"][1])
    return {"text": {"visibility": "visible", "transform": f"translate({dx} {dy})"}}


def _shown(spec: description.Artist, axes: Axes | None, data: Any) -> Parts:
    return {"shown": {"visibility": "visible" if data and data == data else "hidden"}}


PAINTERS = {"text": _text, "shown": _shown}
