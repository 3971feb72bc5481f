"""Limits of axes that follow, with their ticks. `limits.js` is the twin."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple, cast
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from livefig import description
from livefig.artists.base import Moving, described, style
from livefig.description import Axes, Axis, Direction
from livefig.drawing.axes import axes_spec, directions_in_data, is_3d, is_polar
from livefig.drawing.drawn import Drawn, Look, Mark, Words
from livefig.drawing.mathtext import tspans
from livefig.drawing.paint import Parts, short, to_points
from livefig.drawing.svg import SVG
from livefig.drawing.ticks import LEAST_WIDTH, known_ticks, plainly, ticks
from livefig.words import WORDS

LARGEST = 1e100  # beyond it the floats of some machine end
MOST_TICKS, MOST_MINOR = 40, 100
LINE = 0.25  # points: a power of ten is centred by its ink, which is higher for some digits
AT_ZERO = -1000.0  # where matplotlib's logarithmic axes have 0 and below, in powers of ten
ROLES = ("gridline", "tick1line", "tick2line", "label1", "label2")
SAMPLES = (r"10^{8}", r"10^{-8}", r"8\times10^{8}", r"8\times10^{-8}")
NUMBER = re.compile(r"-?[\d.]+")
FAR_OUT = 1e9  # limits so far out have a text at the end of the axis


class Piece(NamedTuple):
    """What every tick of a kind has: `artist` is that of a tick which is drawn in the sample."""

    name: str
    artist: Any
    minor: bool


class Limits(Moving):
    """The limits of axes: data ((x from, x to), (y from, y to)). They may be inverted."""

    kind = "limits"
    first: Any
    widest: Any
    drawn: Drawn
    pieces: dict[Any, list[Piece]]
    ends: dict[Any, list[Any] | None]
    lines: dict[str, float]  # how far below its place a label has its base line

    def __init__(self, key: Any):
        super().__init__(key)
        self.first = self.widest = np.array([key.get_xlim(), key.get_ylim()])

    @property
    def artists(self) -> Sequence[Any]:
        """The axes that are seen: those of twins have one hidden."""
        return [axis for axis in self._both if axis.get_visible()]

    @property
    def _both(self) -> Sequence[Any]:
        return (self.key.xaxis, self.key.yaxis)

    @property
    def axes(self) -> Any:
        return self.key

    @property
    def ticks(self) -> list[Any]:
        """All that its axes may draw of ticks."""
        ticks = [tick for axis in self.artists for tick in (*axis.majorTicks, *axis.minorTicks)]
        return [getattr(tick, role) for tick in ticks for role in ROLES]

    @property
    def nothing(self) -> Any:
        raise ValueError(
            "update returns the limits of axes in one state, and leaves them out or hides the axes in another: return "
            "the limits in both"
        )

    def wanted(self) -> str:
        return "(2, 2): ((x from, x to), (y from, y to))"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == (2, 2)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [WORDS["from"], WORDS["to"]]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return []

    def frame(self) -> Axes:
        return axes_spec(self.key)

    def check(self, data: Any) -> None:
        ax = self.key
        if is_3d(ax) or is_polar(ax):
            raise ValueError(f"the limits of {ax.name} axes cannot follow: leave them out of update")
        linear = ax.get_xscale() == ax.get_yscale() == "linear"
        if ax.get_aspect() != "auto" and (ax.get_adjustable() != "box" or not linear):
            raise ValueError(
                "axes whose limits follow have an aspect that changes them, or a logarithmic axis: write "
                "ax.set_aspect('auto')"
            )
        if ax.child_axes:
            raise ValueError("axes whose limits follow hold others: give each its own place, with fig.add_axes")
        for spine in ax.spines.values():
            kind = getattr(spine, "_position", None) or ("outward", 0)
            if "zero" in kind or kind[0] == "data" or spine._bounds is not None:
                raise ValueError("axes whose limits follow have a spine at a place in the data: leave it at the edge")
        for axis, row in zip(self._both, data, strict=True):
            name = f"the {axis.axis_name} axis"
            if axis.get_scale() not in ("linear", "log"):
                raise ValueError(f"{name} has the scale {axis.get_scale()!r}: a live figure knows 'linear' and 'log'")
            if not good(axis.get_scale(), *row):
                raise ValueError(f"update must return limits of {name} that are two different finite numbers")
            try:
                known_ticks(axis)
            except ValueError as error:
                raise ValueError(f"{name} {error}") from error
            if any(label.get_rotation() for label in axis.get_ticklabels(which="both")):
                raise ValueError(f"{name} has turned labels, and its limits follow: leave them upright")
        self.first = self.widest = np.array(data, dtype=float)

    def check_company(self, moving: Mapping[Any, Moving]) -> None:
        """Refuse what stands still in the data of these axes: it would stay where it is when they move."""
        for ax, _ in self.shared:
            if not isinstance(moving.get(ax), Limits):
                raise ValueError(
                    "axes whose limits follow share them with other axes: let update return those of each of them, too"
                )
        held = {artist for other in moving.values() for artist in other.artists}
        for key, other in moving.items():
            if other.kind in ("image", "arrows") and other.axes is self.key:
                instead = (
                    "draw one arrow with ax.annotate('', …)" if other.kind == "arrows" else "draw it in other axes"
                )
                raise TypeError(
                    f"{described(key)} cannot stand in axes whose limits follow: set these once, with ax.set_xlim and "
                    f"ax.set_ylim, or {instead}"
                )
        ax = self.key
        furniture = {ax.patch, ax.title, ax._left_title, ax._right_title, *ax.spines.values(), *self.artists}
        for artist in ax.get_children():
            if artist in furniture or artist in held or not artist.get_visible():
                continue
            if any(directions_in_data(artist)):
                raise TypeError(
                    f"{described(artist)} stands still in axes whose limits follow: let update return its data, too"
                )

    @property
    def shared(self) -> list[tuple[Any, int]]:
        """Other axes that have the same x (0) or y (1)."""
        own = self.key.get_shared_x_axes(), self.key.get_shared_y_axes()
        return [(ax, i) for i, group in enumerate(own) for ax in group.get_siblings(self.key) if ax is not self.key]

    def check_state(self, data: Any, all_limits: Mapping[Any, Any], at: str) -> None:
        """Refuse limits with which matplotlib would change the axes, or those of others."""
        if self.key.get_aspect() != "auto":
            (x, y), (first_x, first_y) = (
                np.ptp(kept(self._scales, limits, self.first), axis=1) for limits in (data, self.first)
            )
            if not math.isclose(x * first_y, y * first_x, rel_tol=1e-9):
                raise ValueError(
                    f"axes of equal scales would have another shape {at}: let both pairs of limits grow alike, or "
                    "write ax.set_aspect('auto')"
                )
        for ax, i in self.shared:
            if not np.array_equal(all_limits[ax][i], data[i], equal_nan=True):
                raise ValueError(f"axes that share {'xy'[i]} have several limits of it {at}: return the same for both")

    def reserve(self, states: Sequence[Any]) -> Any:
        """Find the limits, of those in some states, whose labels of y are the widest: the layout has room for them."""
        self.widest = max((kept(self._scales, data, self.first) for data in states), key=self._width)
        for axis in self.artists:  # so that whoever watches them sees all that there may be
            axis.get_major_ticks(MOST_TICKS)
            axis.get_minor_ticks(MOST_MINOR if axis.get_scale() == "log" else 0)
        return self.widest

    def fix_labels(self) -> None:
        """Let the names of the axes stay where they are now: clear of the widest labels."""
        for axis in self.artists:
            place = axis.label.get_transform().transform(axis.label.get_position())
            axis.set_label_coords(*self.key.transAxes.inverted().transform(place))

    def _width(self, data: Any, which: int = 1) -> float:
        """How wide the labels of y are at most; or of x, which is 0."""
        axis = self._both[which]
        major, minor, _ = ticks(known_ticks(axis), *data[which])
        font = axis.get_major_ticks(1)[0].label1.get_fontproperties()
        sizes = [text_to_path.get_text_width_height_descent(label, font, False) for _, label in (*major, *minor)]
        return max((width for width, *_ in sizes), default=0.0)

    def spare(self) -> Bbox:
        """Room for labels at the corners of the axes."""
        size = self.key.yaxis.get_major_ticks(1)[0].label1.get_size()
        box: Bbox = self.key.bbox.padded(self._width(self.widest, 0) / 2, size / 2)
        return box

    def sample(self, shape: tuple[int, ...]) -> Any:
        """Limits between which there are ticks of all kinds: on a logarithmic axis also minor ones with labels."""
        return [_sample(scale, *row) for scale, row in zip(self._scales, self.widest, strict=True)]

    def see(self, drawn: Drawn, draw: Callable[[], Drawn]) -> None:
        """Keep the first tick of each kind that is drawn: all others of its kind look like it."""
        self.drawn = drawn
        self.pieces = {axis: _pieces(axis) for axis in self.artists}
        words = [p for pieces in self.pieces.values() for p in pieces if isinstance(p.artist, Text)]
        self.lines = {piece.name: float(drawn[piece.artist][0].at[0, 1]) - _height(piece.artist) for piece in words}
        self.looks = [drawn[piece.artist][0].look for pieces in self.pieces.values() for piece in pieces]
        self.take(self._far_out)
        far = draw()
        self.ends = {axis: _end(axis.offsetText, far) for axis in self.artists}
        self.take(self.sample((2, 2)))
        self.key.apply_aspect()

    @property
    def _far_out(self) -> Any:
        """Limits with a text at the end of the axis; where the scales are equal, they grow alike."""
        spans = np.ptp(self.first, axis=1)
        spans = spans / spans.max() if self.key.get_aspect() != "auto" else np.ones(2)
        far = [[FAR_OUT, FAR_OUT * (1 + span)] for span in spans]
        return [far[i] if scale == "linear" else self.first[i] for i, scale in enumerate(self._scales)]

    def spec(self, shape: tuple[int, ...]) -> description.Limits:
        x, y = self._side(self.key.xaxis, "x"), self._side(self.key.yaxis, "y")
        return {"first": self.first.ravel().tolist(), "x": x, "y": y}

    def _side(self, axis: Any, own: Direction) -> description.Ticked:
        along = "xy".index(own)
        segments: list[list[Any]] = []
        words: list[list[Any]] = []
        for piece in self.pieces.get(axis, []):
            (mark,) = self.drawn[piece.artist]
            if isinstance(piece.artist, Text):
                at = float(to_points(self.frame()[own], piece.artist.get_position()[along]))
                place = _anchor(piece.artist, mark)
                words.append([piece.name, piece.minor, place[along] - at, place[1 - along]])
            else:
                ends = np.concatenate(mark.absolute)[:, 1 - along]
                segments.append([piece.name, piece.minor, float(ends[0]), float(ends[-1])])
        font = axis.get_major_ticks(1)[0].label1.get_fontproperties()
        powers = [_power(text, font) for text in SAMPLES] if axis.get_scale() == "log" else []
        return {
            "ticks": known_ticks(axis),
            "segments": segments,
            "words": words,
            "end": self.ends.get(axis),
            "powers": powers,
        }

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        """Of the ticks that matplotlib drew, the first of each kind keeps its group, in which all of its kind come."""
        names = {piece.artist: f"{number}.{piece.name}" for piece in self.pieces[artist]}
        axis: Any = artist
        (whole,) = group
        for tick, element in zip(axis._update_ticks(), list(whole), strict=False):
            drawn = [one for role in ROLES if _is_drawn(one := getattr(tick, role))]
            for one, own in zip(drawn, list(element), strict=True):
                if one not in names:
                    element.remove(own)
                elif isinstance(one, Text):
                    text = next(own.iter(f"{{{SVG}}}text"))
                    said = text.get("style", "").rstrip("; ")
                    own[:] = [ET.Element(f"{{{SVG}}}g", {"data-part": names[one], "style": f"fill:#000000;{said}"})]
                else:
                    look = style(self.drawn[one][0].look)
                    own[:] = [ET.Element(f"{{{SVG}}}path", {"data-part": names[one], "d": "", "style": look})]
            if not len(element):
                whole.remove(element)
        if _is_drawn(axis.offsetText):
            whole.remove(whole[-1])

    def take(self, data: Any) -> None:
        xlim, ylim = kept(self._scales, data, self.first)
        self.key.set(xlim=tuple(xlim), ylim=tuple(ylim))

    @property
    def _scales(self) -> list[str]:
        return [self.key.get_xscale(), self.key.get_yscale()]

    def theirs(self, axis: Any, drawn: Drawn) -> list[Mark]:
        """What matplotlib drew of the ticks of an axis; words at their anchors, mathematics as characters."""
        found = []
        for name, one in [*_roles(axis), ("", axis.offsetText)]:
            for mark in drawn.get(one, []):
                if isinstance(one, Text):
                    words = mark.look._replace(text=plainly(one.get_text()).replace("^", ""))
                    x, y = _anchor(one, mark)
                    line = _height(one) + self.lines.get(name, math.inf)
                    mark = replace(mark, look=words, at=np.array([[x, line if abs(y - line) < LINE else y]]))
                found.append(mark)
        return sorted(found, key=_order)

    def ours(self, axis: Any, number: str, parts: Mapping[str, Mapping[str, str]]) -> list[Mark]:
        """What the page paints of them."""
        found = []
        for piece in self.pieces[axis]:
            sample, painted = self.drawn[piece.artist][0], parts[f"{number}.{piece.name}"]
            if isinstance(sample.look, Look):
                lines = np.reshape([float(n) for n in NUMBER.findall(painted["d"])], (-1, 2, 2))
                found += [replace(sample, shape=(line,), at=np.zeros((1, 2)), stamp=False) for line in lines]
                continue
            for text in ET.fromstring(f"<g>{painted['inner']}</g>"):
                at = np.array([[float(text.get("x", 0)), float(text.get("y", 0))]])
                found.append(replace(sample, look=sample.look._replace(text="".join(text.itertext())), at=at))
        return sorted(found, key=_order)


def _order(mark: Mark) -> tuple[bool, str]:
    return isinstance(mark.look, Words), repr(mark.look)


def _pieces(axis: Any) -> list[Piece]:
    """The kinds of marks that the ticks of an axis have."""
    found: dict[str, Piece] = {}
    for name, artist in _roles(axis):
        found.setdefault(name, Piece(name, artist, "minor" in name))
    return list(found.values())


def _roles(axis: Any) -> Iterator[tuple[str, Any]]:
    """What is drawn of the ticks of an axis, with the name of its kind."""
    for tick, role in product(axis._update_ticks(), ROLES):
        if _is_drawn(artist := getattr(tick, role)):
            yield f"{axis.axis_name}{'minor' if tick in axis.minorTicks else ''}{role}", artist


def _is_drawn(artist: Any) -> bool:
    """Whether matplotlib makes a group for it."""
    return artist.get_visible() and (not isinstance(artist, Text) or artist.get_text() != "")


def _anchor(text: Any, mark: Mark) -> list[float]:
    """Where a text begins, ends, or has its middle, on its base line."""
    return [float(text.get_transform().transform(text.get_unitless_position())[0]), float(mark.at[0, 1])]


def _height(text: Any) -> float:
    """Where the place of a text is, from above."""
    return float(text.get_figure(root=True).bbox.height - text.get_transform().transform(text.get_position())[1])


def _end(text: Any, drawn: Drawn) -> list[Any] | None:
    """Where the text at the end of an axis stands, and which of its ends is there."""
    if not (marks := drawn.get(text)):
        return None
    return [*_anchor(text, marks[0]), {"left": "start", "center": "middle", "right": "end"}[text.get_ha()]]


def _sample(scale: str, first: float, last: float) -> list[float]:
    if scale == "linear":
        return [first, last]
    decade = 10.0 ** math.floor(math.log10(min(first, last)))
    return [0.8 * decade, 9 * decade]


def _power(text: str, font: Any) -> str:
    """A power of ten as SVG has it, its digits as fields."""
    made = tspans(rf"$\mathdefault{{{text}}}$", font) or ""
    head, _, tail = made.rpartition("8")
    return (head.replace(">8", ">{c}", 1) if "times" in text else head) + "{e}" + tail


def good(scale: str, first: float, last: float) -> bool:
    """Whether axes can have these limits: two different finite numbers, positive ones on a logarithmic axis."""
    low, high = sorted((first, last))
    largest = max(abs(low), abs(high))
    wide = high - low > LEAST_WIDTH * largest and 1 / LARGEST < largest < LARGEST
    return bool(wide and (scale == "linear" or low > 1 / LARGEST))


def kept(scales: Sequence[str], data: Any, last: Any) -> Any:
    """The limits of both directions; where they are not good, the last ones."""
    rows = zip(scales, np.reshape(data, (2, 2)), np.reshape(last, (2, 2)), strict=True)
    return np.array([new if good(scale, *new) else old for scale, new, old in rows])


def followed(spec: description.Description, arrays: Sequence[Any]) -> list[Axes]:
    """The axes of a figure with the limits that follow."""
    return [cast(Axes, {**axes, **dict(_moved(spec, axes, arrays))}) for axes in spec["axes"]]


def _moved(spec: description.Description, axes: Axes, arrays: Sequence[Any]) -> Iterator[Any]:
    for row, which in enumerate("xy"):
        axis: Axis = axes[which]  # type: ignore[literal-required]
        if (number := axis.get("limits")) is not None:
            artist: Any = spec["artists"][number]
            first, last = kept(_scales(artist), arrays[number], artist["first"])[row].tolist()
            yield which, _between(axis, first, last)


def _scales(spec: description.Limits) -> list[str]:
    return [spec["x"]["ticks"]["scale"], spec["y"]["ticks"]["scale"]]


def _between(axis: Axis, first: float, last: float) -> Axis:
    """A direction from one limit to another."""
    log = axis["scale"] == "log"
    begin, end = axis["ends"]
    start, stop = (math.log10(first), math.log10(last)) if log else (first, last)
    a = (end - begin) / (stop - start)
    moved: Axis = {**axis, "low": min(first, last), "high": max(first, last), "a": a, "b": begin - a * start}
    return {**moved, "zero": a * AT_ZERO + moved["b"]} if axis.get("zero") is not None else moved


def _limits(spec: description.Limits, axes: Axes, data: Any) -> Parts:
    rows = kept(_scales(spec), data, spec["first"])
    return _painted(spec["x"], axes["x"], rows[0], "x") | _painted(spec["y"], axes["y"], rows[1], "y")


def _painted(side: description.Ticked, axis: Axis, limits: Any, own: str) -> Parts:
    major, minor, offset = ticks(side["ticks"], *limits.tolist())
    parts = {}
    for name, is_minor, begin, end in side["segments"]:
        at = [float(to_points(axis, place)) for place, _ in (minor if is_minor else major)]
        ends = [[" ".join(map(short, _turned(own, place, other))) for other in (begin, end)] for place in at]
        parts[name] = {"d": "".join(f"M{first}L{last}" for first, last in ends)}
    for number, (name, is_minor, shift, across) in enumerate(side["words"]):
        inner = ""
        for place, label in minor if is_minor else major:
            x, y = _turned(own, float(to_points(axis, place)) + shift, across)
            if label:
                inner += f'<text x="{short(x)}" y="{short(y)}">{_label(label, side["powers"])}</text>'
        if offset and side["end"] and number == 0:
            x, y, anchor = side["end"]
            inner += f'<text x="{short(x)}" y="{short(y)}" style="text-anchor:{anchor}">{offset}</text>'
        parts[name] = {"inner": inner}
    return parts


def _turned(own: str, along: float, across: float) -> tuple[float, float]:
    """x and y of a place along a direction, and across it."""
    return (along, across) if own == "x" else (across, along)


def _label(label: str, powers: Sequence[str]) -> str:
    base, power, exponent = label.partition("^")
    if not power:
        return label
    factor, times, _ = base.rpartition("×")
    template = powers[2 * bool(times) + exponent.startswith("−")]
    return template.replace("{c}", factor).replace("{e}", exponent.removeprefix("−"))


def _remark_on_limits(spec: description.Limits, data: Any) -> str:
    rows = zip(_scales(spec), np.reshape(data, (2, 2)), strict=True)
    return "" if all(good(scale, *row) for scale, row in rows) else "limits_kept"


PAINTERS = {"limits": _limits}
REMARKS = {"limits": _remark_on_limits}
