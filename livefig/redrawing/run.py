"""One run of a function that draws: the figure that it makes, and what each of its calls draws, with which data."""

from __future__ import annotations

import io
import pickle
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cache, reduce, wraps
from inspect import isfunction
from typing import Any
from unittest.mock import patch

import matplotlib.pyplot as plt
import numpy as np
from matplotlib._pylab_helpers import Gcf
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from mpl_toolkits.mplot3d import Axes3D

from livefig.controls.numbers import SPEC
from livefig.drawing.axes import is_3d
from livefig.record.advice import EITHER
from livefig.record.objects import holds_recorded
from livefig.record.refuse import is_authors, refuse, said_by
from livefig.record.traced import is_complex
from livefig.redrawing.plots import APART, CALLS, CLASSES, IN_SPACE, SETTERS, array, given, look, look_like, moves_apart
from livefig.redrawing.rewritten import CHOICE, chosen, conditions, original, seen_where

LIMITS = {"set_xlim": 0, "set_ylim": 1}
NO_DRAWING = re.compile(
    r"_|get_|draw|format_|contains|has_|in_axes|can_|findobj|stale|start_|end_|drag_|pick|mouseover"
)
FORMAT = re.compile(r"(?:.?[<>=^])?([-+ ]?)z?#?0?\d*([,_]?)(\.\d+)?([a-zA-Z%]?)")
Place = tuple[Any, ...]  # where a call stands in the author's code, and the how manieth it is there in a run
Key = tuple[Place, Any, int]  # of an artist: the call that draws it, its look, and which of its artists


@dataclass
class Call:
    """A call that draws.

    place : where it stands in the author's code.  kind : the class, of one that makes an artist.
    owner : the axes, or the new artist.  args, kw : its arguments, with plain numbers.
    reader : what tells its artists and their data.  drawn : its artists, with the data of each.
    conditions : those under which it is seen.
    """

    place: Place
    name: str
    kind: type | None
    owner: Any
    args: Sequence[Any]
    kw: Mapping[str, Any]
    reader: Any = None
    drawn: list[tuple[Any, Any]] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    conditions: Sequence[Any] = field(default_factory=conditions.get)

    @property
    def setter(self) -> Any:
        """What reads the call, if it gives other data to an artist."""
        own = (read for (kind, name), read in SETTERS.items() if name == self.name and isinstance(self.owner, kind))
        return next(own, None)

    @property
    def keys(self) -> list[Key]:
        """Those of its artists: what has another look at another option is another artist."""
        looks = (() if self.setter else look(artist) for artist, _ in self.drawn)
        return [(self.place, look, i) for i, look in enumerate(looks)]

    def again(self, ax: Any) -> list[Any]:
        """Draw the same in other axes; its artists there."""
        kw = {name: value for name, value in self.kw.items() if name != "ax"}
        made = self.kind(*self.args, **kw) if self.kind else getattr(ax, self.name)(*self.args, **kw)
        if self.kind:
            ax.add_artist(made)
        found = [artist for artist, _ in self.reader(made, *self.args, **kw)]
        for artist, (twin, _) in zip(found, self.drawn, strict=True):
            look_like(artist, twin)
        return found


class Run:
    """What a function draws at some values.

    numbers : the run at present, whose numbers matplotlib gets where this one records.
    calls : those that draw.
    names : of numbers that are written into texts, by the places where that happens; runs share them.
    apart : where bars are drawn that move one by one; runs share it.
    limits : of axes, for x (0) and y (1), as far as the function sets them.  view : the sliders to which it turns axes.
    titles : of axes, where conditions choose one.
    said : these numbers, as far as they are recorded.  printed : what the function prints.
    """

    figure: Figure
    outside: Figure | None = None  # that of the author, if the function does not make one
    printed: str
    view: tuple[str, str] | None

    def __init__(
        self,
        draw: Callable[..., Any],
        values: Mapping[str, Any],
        names: dict[Place, str],
        apart: set[Place],
        numbers: Run | None = None,
    ):
        self.names, self.apart, self.numbers = names, apart, numbers
        self.calls: list[Call] = []
        self.limits: dict[tuple[Any, int], list[Any]] = {}
        self.said: dict[str, Any] = {}
        self.values, self.view = values, None
        self.titles: dict[Any, list[Text]] = {}
        self._often: Counter[Place] = Counter()
        self._inside = False
        heard = io.StringIO()
        chosen.set({})
        with _own_pyplot(), self._watching(), said_by(self._say), redirect_stdout(heard):
            self._play(draw, values)
            self._part_titles()
            figures = {manager.canvas.figure for manager in Gcf.get_all_fig_managers()}
            others = {call.owner.get_figure(root=True) for call in self.calls} - figures - {None}
            if len(figures | others) != 1:
                raise ValueError(
                    f"the function draws in {len(figures | others)} figures: interact takes one that draws in one, "
                    "best in its own: write fig, ax = plt.subplots() in its first line"
                )
            (self.figure,) = figures | others
            if others:
                self._copy()
        self.printed = heard.getvalue().strip()

    @property
    def drawn(self) -> dict[Key, tuple[Any, Any]]:
        """All artists, with the data of each."""
        return {key: drawn for call in self.calls for key, drawn in zip(call.keys, call.drawn, strict=True)}

    def _copy(self) -> None:
        """A figure that was there before is drawn in again: keep what it shows now."""
        try:
            self.outside, self.figure = self.figure, pickle.loads(pickle.dumps(self.figure))
        except (AttributeError, TypeError, pickle.PicklingError) as error:
            raise ValueError(
                f"a figure that was there before cannot be kept as it is now ({error}): let the function make it, with "
                "fig, ax = plt.subplots() in its first line"
            ) from error
        ours: dict[Any, Any] = dict(zip(self.outside.findobj(), self.figure.findobj(), strict=True))
        for call in self.calls:
            call.owner = ours.get(call.owner, call.owner)
            call.drawn = [(_whole(artist, ours), data) for artist, data in call.drawn]
        self.limits = {(ours[ax], which): ends for (ax, which), ends in self.limits.items()}
        self.titles = {ours[ax]: [ours[title] for title in titles] for ax, titles in self.titles.items()}

    def _play(self, draw: Callable[..., Any], values: Mapping[str, Any]) -> None:
        draw(**values)

    def _place(self, *what: Any) -> Place:
        """Where the author's code is at work, from the innermost call of his outwards."""
        frame, found = sys._getframe(1), []
        while frame is not None and frame.f_code is not Run._play.__code__:
            if is_authors(frame):
                found.append((original(frame.f_code.co_filename), frame.f_code.co_name, frame.f_lineno))
            frame = frame.f_back  # type: ignore[assignment]
        place = (*found, *what)
        self._often[place] += 1
        return (*place, self._often[place])

    def _say(self, value: Any, spec: str) -> str | None:
        """A recorded number in a text: a field, or two for a complex one. None for a format that no page knows."""
        if is_complex(value):
            parts = self._say(value.real, spec), self._say(value.imag, f"+{spec.lstrip('+')}")
            return None if None in parts else f"{parts[0]}{parts[1]}j"
        found = FORMAT.fullmatch(spec)
        sign, comma, digits, kind = found.groups("") if found else ("", "", "", "?")
        short = f"{sign.strip('-')}{comma}{digits}{kind}"
        if value.boolean or np.ndim(value) or not SPEC.fullmatch(short):
            return None
        place = self._place("said")
        name = self.names.setdefault(place, f"said{len(self.names) + 1}")
        self.said[name] = value
        return f"{{{name}:{short}}}"

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """While this lasts, the calls of matplotlib come here."""
        own = [(kind, name, vars(kind).get(name)) for kind, name in _methods()]
        try:
            for kind, name in _methods():
                made = kind if name == "__init__" else None
                setattr(kind, name, self._watched(kind.__name__ if made else name, getattr(kind, name), made))
            yield
        finally:
            for kind, name, plain in own:
                if plain is None:  # another class has it
                    delattr(kind, name)
                else:
                    setattr(kind, name, plain)

    def _watched(self, name: str, plain: Callable[..., Any], kind: type | None = None) -> Callable[..., Any]:
        @wraps(plain)
        def call(owner: Any, *args: Any, **kw: Any) -> Any:
            caller = sys._getframe(1)
            through = isinstance(owner, Axes) and caller.f_globals.get("__name__") in (plt.__name__, __name__)
            if self._inside or not (through or is_authors(caller)) or (kind and type(owner) is not kind):
                return plain(owner, *args, **kw)
            if name == "set":
                for option, value in {**dict(*args), **kw}.items():
                    getattr(owner, f"set_{option}")(value)
                return None
            if name == "axis" and args and not isinstance(args[0], (str, bool)):
                ends = args[0]
                return [*owner.set_xlim(ends[0], ends[1]), *owner.set_ylim(ends[2], ends[3])]
            return self._draw_each(Call(self._place(name), name, kind, owner, args, kw), plain)

        return call

    def _draw_each(self, call: Call, plain: Callable[..., Any]) -> Any:
        """Draw with each of the words that a condition chooses, where it holds."""
        name = next(_choices((call.args, call.kw)), None)
        if name is None:
            return self._draw(call, plain)
        for number, (condition, word) in enumerate(chosen.get()[name]):
            args, kw = _with(call.args, name, word), _with(call.kw, name, word)
            with seen_where(condition):
                part = Call((*call.place, EITHER, number), call.name, call.kind, call.owner, args, kw)
                result = self._draw_each(part, plain)
        return result

    def _draw(self, call: Call, plain: Callable[..., Any]) -> Any:
        """Let matplotlib draw, with numbers; keep the data, recorded or not."""
        if call.setter and not any(
            call.owner is artist for other in self.calls if not other.setter for artist, _ in other.drawn
        ):
            call.place = (id(call.owner),)  # whichever line gives it other data
        reader, args, kw = _reader(call), call.args, call.kw
        if call.name in APART and moves_apart(call.name, *args, **kw):
            self.apart.add(call.place)
        if call.place in self.apart:
            reader = APART[call.name]
        call.reader = reader
        if holds_recorded((args, kw)):
            if not reader and call.name not in LIMITS and call.name != "view_init":
                raise refuse(f"what {call.name} draws", "Draw it with ax.plot, or let it stand still.")
            twin = self._twin(call)
            call.args, call.kw = _numbers(args, twin.args), _numbers(kw, twin.kw)
        if call.name == "imshow":
            call.kw = {"interpolation": "nearest", **call.kw}
        self.calls.append(call)
        self._inside = True
        try:
            result = plain(call.owner, *call.args, **call.kw)
        finally:
            self._inside = False
        if call.setter:
            self._set(call, reader(*args, **kw))
        elif reader:
            found = reader(result if call.kind is None else call.owner, *args, **kw)
            call.drawn = [(artist, _where(call, data)) for artist, data in found if data is not None]
        if call.name in LIMITS and "auto" not in kw:
            self._limit(call, args, kw)
        if call.name == "view_init":
            self._look({**dict(zip(("elev", "azim"), args, strict=False)), **kw})
        return result

    def _look(self, given: Mapping[str, Any]) -> None:
        """Axes are turned: by two sliders, or to where they stay."""
        names = [next((n for n, v in self.values.items() if v is given.get(way)), "") for way in ("azim", "elev")]
        if all(names):
            self.view = (names[0], names[1])
        elif holds_recorded(dict(given)):
            raise refuse(
                "what view_init turns to", "Give it two sliders, as they are: view_init(elev=elev, azim=azim)."
            )

    def _set(self, call: Call, parts: list[Any]) -> None:
        """An artist has other data: all of them, with those that an earlier call has given."""
        for other in self.calls[:-1]:
            if other.owner is call.owner and other.setter:
                parts = [old if new is None else new for new, old in zip(parts, other.parts, strict=True)]
                other.drawn = []
        call.parts = parts
        call.drawn = [(call.owner, _where(call, given(call.owner, parts)))]

    def _part_titles(self) -> None:
        """Where a condition chooses the title of axes, each of these titles is a text of its own."""
        titles: dict[Any, list[Call]] = {}
        for call in self.calls:
            if call.name == "set_title":
                titles.setdefault(call.owner, []).append(call)
        for ax, calls in titles.items():
            if not any(call.conditions for call in calls):
                continue
            later: list[Any] = []
            for call in reversed(calls):
                here = reduce(np.logical_and, call.conditions, True)
                twin = ax.add_artist(Text(0, 0, call.kw["label"] if "label" in call.kw else call.args[0]))
                self.titles.setdefault(ax, []).append(twin)
                call.drawn = [(twin, reduce(np.logical_and, (np.logical_not(one) for one in later), here))]
                later.append(here)
            ax.title.set_text("")

    def _twin(self, call: Call) -> Call:
        """The same call in the run with numbers."""
        calls = self.numbers.calls if self.numbers else []
        twin = calls[len(self.calls)] if len(self.calls) < len(calls) else None
        if twin is None or twin.place != call.place:
            raise refuse(f"what {call.name} draws", "It is not called in the same order with plain numbers.")
        return twin

    def _limit(self, call: Call, args: Sequence[Any], kw: Mapping[str, Any]) -> None:
        which = LIMITS[call.name]
        names = (("left", "xmin"), ("right", "xmax")) if which == 0 else (("bottom", "ymin"), ("top", "ymax"))
        ends = [*args[:2], None, None][:2]
        for number, known in enumerate(names):
            ends[number] = next((kw[name] for name in known if name in kw), ends[number])
        if ends[1] is None and ends[0] is not None and np.ndim(array(ends[0])) == 1:
            ends = list(array(ends[0]))
        before = self.limits.get((call.owner, which), [None, None])
        self.limits[call.owner, which] = [old if new is None else new for new, old in zip(ends, before, strict=True)]


@cache
def _methods() -> list[tuple[type, str]]:
    """What may draw: methods of axes, and classes of artists."""
    found: list[tuple[type, str]] = [*SETTERS, *((kind, "__init__") for kind in CLASSES)]
    for kind in (Axes3D, Axes):
        names = [name for name in dir(kind) if not NO_DRAWING.match(name)]
        found += [(kind, name) for name in names if isfunction(getattr(kind, name))]
    return found


def _whole(artist: Any, copies: Mapping[Any, Any]) -> Any:
    """The copy of an artist, or of a container of artists."""
    if artist in copies:
        return copies[artist]
    ax, other = next((one, two) for one, two in copies.items() if artist in getattr(one, "containers", ()))
    return other.containers[ax.containers.index(artist)]


def _where(call: Call, data: Any) -> Any:
    """Data, where the conditions of a call hold."""
    for condition in call.conditions:
        data = np.where(condition, data, np.nan)
    return data


def _choices(value: Any) -> Iterator[str]:
    """The names of words that a condition chooses, in the arguments of a call."""
    if isinstance(value, str):
        yield from CHOICE.findall(value)
    elif isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _choices(part)


def _with(value: Any, name: str, word: Any) -> Any:
    """The arguments of a call with one of these words."""
    if isinstance(value, str):
        return word if value == name else value.replace(name, str(word))
    if isinstance(value, dict):
        return {key: _with(part, name, word) for key, part in value.items()}
    return type(value)([_with(part, name, word) for part in value]) if type(value) in (list, tuple) else value


def asked_for(key: Key) -> Key:
    """The artist that the author has asked for, of which this is one with words that a condition chooses."""
    place, *rest = key
    return (place[: place.index(EITHER)], *rest) if EITHER in place else key


def _reader(call: Call) -> Any:
    if call.kind or call.setter:
        return CLASSES[call.kind] if call.kind else call.setter
    return (is_3d(call.owner) and IN_SPACE.get(call.name)) or CALLS.get(call.name)


def _numbers(own: Any, number: Any) -> Any:
    """An argument with plain numbers for the recorded ones in it."""
    if not holds_recorded(own):
        return own
    if isinstance(own, dict):
        return {key: _numbers(value, number[key]) for key, value in own.items()}
    if isinstance(own, (list, tuple)):
        return type(own)([_numbers(*both) for both in zip(own, number, strict=True)])
    return number


@contextmanager
def _own_pyplot() -> Iterator[None]:
    """While this lasts, pyplot knows no figures but new ones, and shows none."""
    others = Gcf.figs.copy()
    Gcf.figs.clear()
    try:
        with patch.object(plt, "show", lambda *args, **kw: None), plt.ioff():
            yield
    finally:
        plt.close("all")
        Gcf.figs.update(others)
