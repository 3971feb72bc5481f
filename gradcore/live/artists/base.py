"""What every kind of moving artist has: the shape of its data, its description, its place in the SVG."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_hex, to_rgba

from gradcore.live.axes import is_3d
from gradcore.live.colours import CURRENT
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
        """What sentences and tables call it."""
        label = str(self.key.get_label())
        return WORDS[self.word] if not label or label.startswith("_") else label

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


def paint_style(face: Any, edge: Any, width: float, alpha: float | None = None, join: str | None = None) -> str:
    """Fill and stroke as matplotlib gives them: colours that may be transparent, 'none' or 'currentColor'.

    alpha : where it is not in the colours.  join : how corners are drawn, if they are not round.
    """
    style = ""
    for role, paint in (("fill", face), ("stroke", edge if width else "none")):
        share = opacity(paint, alpha)
        style += f"{role}:{colour(paint)};" + f"{role}-opacity:{short(share)};" * (share != 1)
    return f"{style}stroke-width:{short(width)}" + f";stroke-linejoin:{join}" * (join not in (None, "round"))


def first(colours: Any) -> Any:
    """The colour of a collection, which may have none."""
    return colours[0] if len(colours) else "none"


def colour(value: Any) -> str:
    """A colour as #rrggbb, or none."""
    if value is None or (isinstance(value, str) and value in ("none", CURRENT)):
        return value or "none"
    return "none" if np.size(value) == 0 or to_rgba(value)[3] == 0 else str(to_hex(value))


def opacity(value: Any, alpha: float | None) -> float:
    """The opacity that was asked for, or that of the colour itself."""
    if colour(value) in ("none", CURRENT):
        return 1.0
    return float(to_rgba(value)[3] if alpha is None else np.mean(alpha))
