"""What every kind of moving artist has: the shape of its data, its description, its place in the SVG."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_hex

from gradcore.live.axes import is_3d
from gradcore.live.paint import short
from gradcore.live.words import WORDS

Spec = dict[str, Any]


class Moving(ABC):
    """A matplotlib artist that follows the controls.

    kind : the name of its painter in paint.py and web/paint.js.
    word : what it is called without a label of its own, a key of WORDS.
    """

    kind: ClassVar[str]
    word: ClassVar[str]

    def __init__(self, key: Any):
        self.key = key

    @property
    def artists(self) -> Sequence[Artist]:
        """The matplotlib artists behind it, each a group of the SVG."""
        return (self.key,)

    @property
    def axes(self) -> Any:
        return self.key.axes

    @property
    def name(self) -> str:
        """What sentences and tables call it. They cannot say a label with fields, or with TeX's groups."""
        label = str(self.key.get_label())
        return WORDS[self.word] if not label or label.startswith("_") or "{" in label else label

    @abstractmethod
    def wanted(self) -> str:
        """The shape of its data, for error messages."""

    @abstractmethod
    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether data of this shape can be drawn."""

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        """What the numbers of one row of the data are, for the head of a table: the coordinates of a point."""
        return [self.label(axis) for axis in self.directions]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        """Which numbers of a row should stay within which axis, as sums of columns: the coordinates of a point."""
        return [(axis, [i]) for i, axis in enumerate(self.directions)]

    def spec(self, shape: tuple[int, ...]) -> Spec:
        """What its painter must know besides the data. Called when the figure has its final layout."""
        return {}

    @abstractmethod
    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        """Make a group of the SVG, as matplotlib drew it, ready for the painter."""

    @abstractmethod
    def take(self, data: Any) -> None:
        """Draw the data with matplotlib."""

    def label(self, axis: str) -> str:
        return getattr(self.axes, f"get_{axis}label")() or axis

    @property
    def directions(self) -> str:
        """The names of the coordinates of a point."""
        return "xyz" if is_3d(self.axes) else "xy"


def part(number: int, name: str, clip: str, style: str, element: str = "path") -> str:
    """An element that a painter fills: `number` is the artist's."""
    d = ' d=""' if element == "path" else ""
    return f'<{element} data-part="{number}.{name}"{d} clip-path="url(#{clip})" style="{style}"/>'


def paint_style(face: Any, edge: Any, width: float, alpha: float | None) -> str:
    """Fill and stroke as matplotlib gives them: colours, 'none' or transparent ones."""
    stroke = colour(edge) if width else "none"
    return f"fill:{colour(face)};stroke:{stroke};stroke-width:{short(width)};opacity:{short(opacity(face, alpha))}"


def area_style(face: Any, edge: Any, width: float, alpha: float | None) -> str:
    """The same for areas. A pale one gets an outline in its full colour: it has to stand out from the ground."""
    share = opacity(face, alpha)
    if share == 1 or (width and colour(edge) not in ("none", colour(face))):
        return paint_style(face, edge, width, alpha)
    return f"fill:{colour(face)};fill-opacity:{short(share)};stroke:{colour(face)};stroke-width:0.8"


def first(colours: Any) -> Any:
    """The colour of a collection, which may have none."""
    return colours[0] if len(colours) else "none"


def colour(value: Any) -> str:
    """A colour as #rrggbb, or none."""
    if value is None or (isinstance(value, str) and value == "none"):
        return "none"
    channels = np.asarray(value, dtype=float) if not isinstance(value, str) else None
    if channels is not None and (channels.size == 0 or (channels.size == 4 and channels[3] == 0)):
        return "none"
    return str(to_hex(value))


def opacity(face: Any, alpha: float | None) -> float:
    """The opacity that was asked for, or that of the colour itself."""
    if alpha is not None:
        return float(np.mean(alpha))
    return float(face[3]) if not isinstance(face, str) and face is not None and np.size(face) == 4 and face[3] else 1.0
