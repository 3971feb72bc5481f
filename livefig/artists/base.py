"""What every kind of moving artist has: the shape of its data, its description, its place in the SVG."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import LogNorm, Normalize, to_hex
from matplotlib.text import Text

from livefig.description import Axes, Colours
from livefig.drawing.axes import frame, is_3d, is_polar, middle
from livefig.drawing.canvas import PIXELS, POINTS
from livefig.drawing.colours import CURRENT, colour_table
from livefig.drawing.drawn import Colour, Drawn, Look
from livefig.drawing.hatches import hatch_id
from livefig.drawing.paint import of_colour, short
from livefig.record.refuse import authors_names

# What a property of SVG is where it is not given.
INITIAL = {
    "fill-opacity": "1", "stroke-opacity": "1",
    "stroke-miterlimit": "4", "stroke-dasharray": "none", "stroke-dashoffset": "0",
}  # fmt: skip


class Moving(ABC):
    """A matplotlib artist that follows the controls.

    kind : the name of its painter in both files of its family, and in WORDS of what it is called without a label.
    noun : what messages call it, if its kind does not say it.
    polar : whether it moves on polar axes, too.  effects : whether it may have path effects.
    """

    kind: ClassVar[str]
    noun: ClassVar[str] = ""
    polar: ClassVar[bool] = False
    effects: ClassVar[bool] = False

    shape: tuple[int, ...]  # of its data in some state in which it is not hidden

    def __init__(self, key: Any):
        self.key = key
        self.looks: list[Look] = []  # one for each shape that matplotlib drew for `sample`

    @property
    def artists(self) -> Sequence[Artist]:
        """The matplotlib artists behind it, each a group of the SVG."""
        return (self.key,)

    @property
    def axes(self) -> Any:
        return self.key.axes

    @property
    def name(self) -> str:
        """The label that its author or matplotlib gave it."""
        return str(self.key.get_label() or "")

    @property
    def called(self) -> str:
        """What messages call it."""
        return described(self.key, self.noun or self.kind)

    @property
    def word(self) -> str:
        """What sentences and tables call it: its label, if that is an author's in plain words, else ""."""
        return "" if self.name.startswith("_") else plain(self.name)

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

    @property
    def nothing(self) -> Any:
        """Its data in a state in which update hides it, and has others in another: none of it is drawn for them."""
        empty = (0, *self.shape[1:])
        return np.full(empty if self.fits(empty) else self.shape, np.nan)

    def spec(self, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """What its painter must know besides the data. Called when the figure has its final layout."""
        return {}

    def sample(self, shape: tuple[int, ...]) -> Any:
        """Data in the middle of the axes, to see what it looks like when it is drawn; None if that does not matter.

        shape : that of the data in the present state, which may be empty.
        """
        return None

    def see(self, drawn: Drawn, draw: Callable[[], Drawn]) -> None:
        """Learn from what matplotlib drew of its sample how it looks.  draw : draws the figure again."""
        self.looks = [mark.look for artist in self.artists for mark in drawn.get(artist, [])]

    @abstractmethod
    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        """Make a group of the SVG, as matplotlib drew it, ready for the painter."""

    @abstractmethod
    def take(self, data: Any) -> None:
        """Draw the data with matplotlib."""

    def label(self, axis: str) -> str:
        if self.axes is None:
            return axis
        usual = {"x": "θ", "y": "r"}[axis] if is_polar(self.axes) else axis
        return plain(getattr(self.axes, f"get_{axis}label")()) or usual

    def check(self, data: Any) -> None:  # noqa: B027 - most have nothing to refuse
        """Raise where its painter does not know what it is made of. Called before it is drawn.

        data : those of the present state.
        """

    def frame(self) -> Axes | None:
        """Its axes; None if it does not live in any."""
        return frame(self.artists[0])

    def middle(self, *shares: float) -> Any:
        """Points of the axes, shape (n, 2) or (n, 3), at shares of their extent: 0.5 is the middle."""
        axes: Any = self.frame()
        return np.transpose([[middle(axes[axis], share) for share in shares] for axis in self.directions])

    def check_norm(self) -> None:
        """Refuse a norm that no page knows."""
        norm = self.key.norm
        if type(norm) not in (Normalize, LogNorm):
            raise ValueError(f"the colours of {self.called} have a {type(norm).__name__}: use Normalize or LogNorm")

    def colours(self) -> Colours:
        """The table of its colormap, and the values at its ends."""
        self.check_norm()
        norm = self.key.norm
        if not norm.scaled() or np.ma.is_masked(norm.vmin):
            raise ValueError(f"the colours of {self.called} have no limits: give vmin and vmax")
        low, high = float(norm.vmin), float(norm.vmax)
        return {"table": colour_table(self.key), "low": low, "high": high, "log": isinstance(norm, LogNorm)}

    @property
    def directions(self) -> str:
        """The names of the coordinates of a point."""
        return "xyz" if self.axes is not None and is_3d(self.axes) else "xy"


def described(key: Any, noun: str = "") -> str:
    """An artist as its author knows it: what it is, and its label, its words, or the name that it has in the code.

    noun : what it is, where its class would not say it.
    """
    words = key.get_text() if isinstance(key, Text) else str(key.get_label() or "")
    if words.startswith("_") or not words:
        words = _variable(key)
    called = f"the {noun or type(key).__name__}"
    return f"{called} {words!r}" if words else called


def _variable(key: Any) -> str:
    """The name of an artist where the author calls us, or its place in a list; "" if it has none there."""
    names = [(name, value) for name, value in authors_names() if not name.startswith("_")]
    lists = [(name, some) for name, some in names if type(some) in (list, tuple)]
    listed = ((f"{name}[{place}]", one) for name, some in lists for place, one in enumerate(some))
    return next((name for name, value in chain(names, listed) if value is key), "")


def plain(label: str) -> str:
    """A label that can stand in a sentence: one with mathematics or fields is none."""
    return "" if set(label) & set("${") else label


def part(number: str, name: str, clip: str, look: Look, element: str = "path", mapped: Collection[str] = ()) -> str:
    """An element that a painter fills: `number` is the artist's."""
    d = ' d=""' if element == "path" else ""
    return f'<{element} data-part="{number}.{name}"{d} clip-path="url(#{clip})" style="{style(look, mapped)}"/>'


def copies(number: str, name: str, clip: str, looks: Iterable[Look], shifts: Iterable[Sequence[float]]) -> str:
    """Elements that a painter fills alike, each beside its place by a shift; they are cut where they would stand."""
    moved = (f'transform="translate({" ".join(map(short, shift))})"' for shift in shifts)
    drawn = (
        f'<path data-part="{number}.{name}" d="" {by} style="{style(look)}"/>'
        for by, look in zip(moved, looks, strict=True)
    )
    return f'<g clip-path="url(#{clip})">{"".join(drawn)}</g>'


def style(look: Look, mapped: Collection[str] = ()) -> str:
    """A look as SVG has it; round joins and butt caps are the picture's own.

    mapped : "fill" and "stroke", where each shape has a colour of its own, opacity and all.

    >>> style(Look(fill=(1, 0, 0, 0.5), stroke=(0, 0, 0, 1), width=2, dashes=(4, 1.5), cap="square"))
    'fill:#ff0000;fill-opacity:0.5;stroke:#000000;stroke-width:2;stroke-linecap:square;stroke-dasharray:4,1.5'
    """
    return ";".join(f"{name}:{value}" for name, value in _properties(look, mapped).items())


def in_turn(artist: Moving, looks: Sequence[Look] = ()) -> tuple[list[str], list[str] | None]:
    """The roles in which the shapes of an artist have colours one by one, and the styles that they have in turn.

    looks : of the shapes; those of the artist, unless they are given.  Without styles all look alike.
    """
    looks = looks or artist.looks
    if len(set(looks)) == 1:
        return [], None
    mapped = [role for role in ("fill", "stroke") if len({getattr(look, role) for look in looks}) > 1]
    own = [_properties(look, mapped) for look in looks]
    names = dict.fromkeys(name for one in own for name in one)
    if any(name not in own[0] or name not in one for one in own for name in names.keys() - INITIAL.keys()) or (
        len(mapped) > 1 and any(look.fill != look.stroke for look in looks)
    ):
        raise ValueError(
            f"{artist.called} have faces and edges of several colours, or only some have edges: give all the same "
            "edgecolors="
        )
    differ = [name for name in names if len({one.get(name) for one in own}) > 1]
    styles = [[f"{name}:{one.get(name) or INITIAL[name]}" for name in differ] for one in own]
    if mapped:
        colours = [getattr(look, mapped[0]) or (0, 0, 0, 0) for look in looks]
        styles = [
            [of_colour(to_hex(colour, keep_alpha=colour[3] < 1)[1:]), *others]
            for colour, others in zip(colours, styles, strict=True)
        ]
    return mapped, [";".join(properties) for properties in styles]


def turns(collection: Any) -> int:
    """After how many shapes the looks of a collection begin again."""
    given = [getattr(collection, f"get_{name}")() for name in ("facecolor", "edgecolor", "linewidth", "linestyle")]
    each = (*given, getattr(collection, "_sizes", ()), () if collection.get_array() is None else collection.get_array())
    return math.lcm(*(max(1, len(one)) for one in each))


def _properties(look: Look, mapped: Collection[str]) -> dict[str, str]:
    fill = {"fill": f"url(#{hatch_id(look)})"} if look.hatch else _paint("fill", look.fill)
    found = fill | _paint("stroke", look.stroke)
    if look.stroke:
        found |= {"stroke-width": short(look.width)}
        found |= {"stroke-linejoin": look.join} if look.join != "round" else {}
        limit = look.width * PIXELS / POINTS  # matplotlib's, in the pixels of Jupyter; 4 is SVG's
        found |= {"stroke-miterlimit": short(limit)} if look.join == "miter" and limit > 4 else {}
        found |= {"stroke-linecap": look.cap} if look.cap != "butt" else {}
        if look.dashes:
            found |= {"stroke-dasharray": ",".join(map(short, look.dashes))}
            found |= {"stroke-dashoffset": short(look.dash_offset)} if look.dash_offset else {}
    for role in mapped:
        found[role] = CURRENT
        found.pop(f"{role}-opacity", None)
    return found


def _paint(role: str, colour: Colour | None) -> dict[str, str]:
    if colour is None:
        return {role: "none"}
    return {role: to_hex(colour[:3])} | ({f"{role}-opacity": short(colour[3])} if colour[3] < 1 else {})


def covers(look: Look) -> bool:
    """Whether a shape shows that it lies over another one of the same look: not if both are of one opaque colour."""
    return (look.fill or look.stroke or (0, 0, 0, 1))[3] < 1 or bool(
        look.fill and look.stroke and look.fill != look.stroke
    )
