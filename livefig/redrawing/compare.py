"""The judge of functions that draw: in each state the figure must show what the function draws there, plainly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Text

from livefig.artists.base import described
from livefig.artists.texts import Shown
from livefig.controls.numbers import fill
from livefig.drawing.axes import is_3d
from livefig.drawing.drawn import Drawn, Mark, Words, watched
from livefig.figure.enumerated import Settings
from livefig.figure.judge import difference
from livefig.figure.live import Making
from livefig.page.state import control_values, outputs_at
from livefig.program.tape import Tape
from livefig.redrawing.drawing import Drawing, everything
from livefig.redrawing.plots import parts_of
from livefig.redrawing.run import Run, asked_for
from livefig.redrawing.texts import texts_of
from livefig.words import WORDS

NUMBER = re.compile(r"[-−]?\d+(?:\.\d*)?(?:e[-−+]?\d+)?")
TEX = re.compile(r"\\text|[{}]")  # around what stands for a field in mathematics


class Comparing(Making):
    """A figure on its way, whose states are drawn by the author's function, too."""

    def __init__(self, drawing: Drawing):
        super().__init__(drawing.figure, drawing.update, drawing.widgets, drawing.stops)
        self.drawing = drawing

    def tapes(self) -> tuple[Settings, list[Tape]]:
        """As in the rehearsal."""
        return self.settings, self.drawing.tapes()

    def judge(self) -> None:
        super().judge()
        for state in self.states:
            at = self.author.at(state.settings)
            run = self.drawing.plainly(self.author.values(state.settings))
            outputs = outputs_at(self.spec, state.settings)
            self._compare_numbers(run, outputs, at)
            if state.seen:
                named = control_values(self.settings.specs, state.settings)
                named |= dict(zip(self.named, map(float, outputs[len(self.moving) :]), strict=True))
                for text in self.texts:
                    text.say(named)
                if self.drawing.readout:
                    _check_words("what it prints", fill(self.drawing.readout, named, WORDS), run.printed, at)
                for artist, data in zip(self.moving.values(), outputs, strict=False):
                    artist.take(data)
                self._compare_pictures(
                    run, at, {a for a, data in zip(self.moving, outputs, strict=False) if _is_seen(data)}
                )

    def _compare_numbers(self, run: Run, outputs: Sequence[Any], at: str) -> None:
        """The data are those that the function draws, but for points that are none."""
        theirs, keys = everything(run), {artist: key for key, artist in self.drawing.artists.items()}
        asked_there = {(place, number) for place, _, number in run.drawn}
        for artist, ours in zip(self.moving, outputs, strict=False):
            if artist not in keys or isinstance(self.moving[artist], Shown):
                continue  # which of its titles is seen is compared as a picture
            key, asked = keys[artist], asked_for(keys[artist])
            if key != asked and not _is_seen(ours):
                continue  # other words are chosen
            place, _, number = asked
            if asked not in theirs and (place, number) in asked_there and _is_seen(ours):
                raise TypeError(
                    f"{described(artist)} would have another look on a page than the function gives it {at}. Give it a "
                    "colour of its own"
                )
            if not _same_points(ours, theirs.get(asked), self.drawing.tolerance):
                reason = "it is random, or depends on what is no control"
                if self.drawing.solves:
                    reason = "a page solves equations by steps of its own. Solve them to an earlier end, or more finely"
                raise TypeError(
                    f"{described(artist)} would have other numbers on a page than the function draws {at}: {reason}"
                )

    def _compare_pictures(self, run: Run, at: str, seen: Set[Any]) -> None:
        """matplotlib draws both figures alike, but for their layout."""
        keyed = list(self._keyed(run, seen))
        axes = _axes(self.fig, run.figure, at)
        for ax, other in axes:
            _compare_axes(ax, other, at, 10 * self.drawing.tolerance)
        run.figure.set_layout_engine("none")
        run.figure.set_dpi(self.fig.get_dpi())
        pairs = [*keyed, *self._others(run, at)]
        for one, other in pairs:
            if isinstance(one, Text) and isinstance(other, Text):
                _check_words(described(other), one.get_text(), other.get_text(), at)
                other.set_text(one.get_text())
        with watched(self.fig, []) as draw, watched(run.figure, []) as draw_other:
            for line in run.figure.findobj(Line2D):
                line.recache(always=True)  # long ones kept only what is in the axes
            drawn, theirs = draw(), draw_other()
        placed = {one for one, _ in keyed}
        for one, other in pairs:
            if found := difference(*(_marks(a, some, one in placed) for a, some in ((other, theirs), (one, drawn)))):
                norms = [getattr(artist, "norm", None) for artist in (one, other)]
                ends = [(norm.vmin, norm.vmax) for norm in norms if norm]
                advice = ". Give it a colour of its own" if "colour of its" in found else ""
                if len({*ends}) > 1:
                    given = "levels=" if isinstance(other, ContourSet) else "vmin= and vmax="
                    advice = f". Give it {given}, so that colours keep their meaning"
                raise TypeError(
                    f"{described(other)} would not stand on a page as the function draws it {at}: it differs in "
                    f"{found}{advice}"
                )
        for ax, other in axes:
            if not is_3d(ax) and _ticks(ax, drawn) != _ticks(other, theirs):
                raise TypeError(f"the ticks or the grid of axes would be others on a page than the function draws {at}")

    def _keyed(self, run: Run, seen: Set[Any]) -> Iterator[tuple[Any, Any]]:
        """What moves, beside what the function draws of it."""
        for key, (artist, _) in run.drawn.items():
            ours = [own for own_key, own in self.drawing.artists.items() if asked_for(own_key) == key]
            for own in [one for one in ours if len(ours) == 1 or one in seen]:
                yield from zip(parts_of(own), parts_of(artist), strict=True)

    def _others(self, run: Run, at: str) -> Iterator[tuple[Any, Any]]:
        """All else, in the order in which it is drawn."""
        known, texts = self.drawing.artists, self.drawing.texts
        ours = {part for artist in known.values() for part in parts_of(artist)}
        ours |= {twin for twins in texts.twins.values() for twin in twins}
        asked = {asked_for(key) for key in known}
        theirs = {part for key, (artist, _) in run.drawn.items() if key in asked for part in parts_of(artist)}
        words = texts_of(self.fig)
        for key, other in texts_of(run.figure).items():
            if "legend" not in key:
                yield texts.shown_now(words[key]), other
        for both in ((self.fig, run.figure), *_axes(self.fig, run.figure, at)):
            left = (
                [a for a in _children(one) if a not in held] for one, held in zip(both, (ours, theirs), strict=True)
            )
            for one, other in zip_longest(*left):
                if type(one) is not type(other):
                    name = described(one if other is None else other)
                    raise TypeError(f"{name} is there at some settings only, {at} for example: draw it at all of them")
                yield one, other


def _compare_axes(ax: Any, other: Any, at: str, tolerance: float) -> None:
    """Limits and legend are the same; the axes are put at the same place, and seen from the same side."""
    ours, theirs = ([_plain(text.get_text()) for text in legend.get_texts()] if (legend := one.get_legend()) else []
                    for one in (ax, other))  # fmt: skip
    if missing := [" ".join(words) for words in theirs if words not in ours]:
        raise TypeError(f"the legend would not say {missing[0]!r} on a page {at}: give each curve one label")
    for words in theirs:
        if ours.count(words) > theirs.count(words):
            raise TypeError(
                f"the legend would name {' '.join(words)!r} more than once on a page: what has another colour at "
                "another option is another curve there. Give it another label, too, or none"
            )
    other.set_position(ax.get_position())
    if is_3d(ax):
        ax.view_init(elev=other.elev, azim=other.azim, roll=other.roll)
    for name in "xyz" if is_3d(ax) else "xy":
        scales = [getattr(one, f"get_{name}scale")() for one in (ax, other)]
        if scales[0] != scales[1]:
            raise TypeError(
                f"the scale of {name} would be {scales[0]} on a page, not {scales[1]}, {at}: let it be the same at all "
                "settings, or draw in two axes"
            )
        one, two = getattr(ax, f"get_{name}lim")(), getattr(other, f"get_{name}lim")()
        if not np.allclose(one, two, rtol=tolerance, atol=1e-2 * tolerance * np.ptp(one)):
            raise TypeError(
                f"the limits of {name} would be {_pair(one)} on a page, not {_pair(two)} as matplotlib finds them "
                f"{at}: let the function set them, with ax.set_{name}lim"
            )


def _marks(artist: Any, drawn: Drawn, placed: bool) -> list[Mark]:
    """What matplotlib has drawn of an artist. Where a title or the name of an axis stands is a matter of layout."""
    marks = drawn.get(artist, [])
    return marks if placed or not isinstance(artist, Text) else [replace(mark, at=0 * mark.at) for mark in marks]


def _ticks(ax: Any, drawn: Drawn) -> Counter[Any]:
    """How often which look is drawn at the ticks of axes."""
    parts = [part for axis in (ax.xaxis, ax.yaxis) for tick in (*axis.majorTicks, *axis.minorTicks)
             for part in tick.get_children()]  # fmt: skip
    looks = [mark.look for part in parts for mark in drawn.get(part, [])]
    return Counter(look.text if isinstance(look, Words) else (look.stroke, look.width) for look in looks)


def _same_points(ours: Any, theirs: Any, tolerance: float) -> bool:
    """Whether data are the same, but for points that are none.  theirs : None where nothing is drawn."""
    a, b = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    if theirs is None:
        return not np.isfinite(a).any()
    if a.ndim == b.ndim == 2:
        a, b = (data[~np.isnan(data).any(axis=1)] for data in (a, b))
    size = np.abs(b[np.isfinite(b)]).max(initial=0.0)
    atol = (1e-2 if tolerance < 1e-6 else 1) * tolerance * size + 1e-13
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=tolerance, atol=atol, equal_nan=True))


def _is_seen(data: Any) -> bool:
    return bool(np.isfinite(np.asarray(data, dtype=float)).any())


def _children(one: Any) -> list[Any]:
    """What a figure or an axes shows beside ticks, titles, legends and other axes."""
    texts: tuple[Any, ...] = () if isinstance(one, Figure) else (one.title, one._left_title, one._right_title)
    known = [*one.axes, getattr(one, "_suptitle", None)] if isinstance(one, Figure) else [one.xaxis, one.yaxis]
    return [a for a in one.get_children() if a not in (*texts, *known) and not isinstance(a, Legend)]


def _axes(ours: Figure, theirs: Figure, at: str) -> list[tuple[Any, Any]]:
    if len(ours.axes) != len(theirs.axes):
        raise TypeError(f"the function makes {len(theirs.axes)} axes {at}, and {len(ours.axes)} elsewhere")
    return list(zip(ours.axes, theirs.axes, strict=True))


def _check_words(what: str, ours: str, theirs: str, at: str) -> None:
    if _plain(ours) != _plain(theirs):
        raise TypeError(
            f"{what} would be {ours!r} on a page, and not {theirs!r}, {at}: let a text have the numbers alone, as in "
            'f"x = {x:.2f}"'
        )


def _plain(text: str) -> list[str]:
    """What a text says, however its numbers are written and its mathematics set."""

    def number(found: re.Match[str]) -> str:
        value, behind = float(found[0].replace("−", "-")) + 0.0, text[: found.start()][-1:].isdigit()
        return f"{value:+.6g}" if behind and not value else f"{value:.6g}"  # 1-0j is 1+0j

    return TEX.sub("", NUMBER.sub(number, text)).split()


def _pair(ends: Sequence[float]) -> str:
    return f"{ends[0]:.6g} to {ends[1]:.6g}"
