"""A figure is tried when its cell runs: in each state the tape must say, and the page paint, what Python does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from livefig.artists.base import Moving, described
from livefig.artists.kinds import place
from livefig.artists.limits import Limits, followed
from livefig.artists.texts import Label, Shown
from livefig.controls import controls, sliders
from livefig.controls.formulas import functions
from livefig.description import Axes, Control, Description
from livefig.drawing.drawn import Drawn, Mark
from livefig.drawing.paint import Parts
from livefig.drawing.space import View, box, seen_from
from livefig.figure.judge import changed, difference, same_places
from livefig.figure.painted import marks_of_path, painted
from livefig.figure.returned import check_numbers, completed, not_hidden
from livefig.figure.tried import State
from livefig.figure.turning import Turning
from livefig.page.state import outputs_at, run, unheard, views_at
from livefig.program.tape import Tape, trace
from livefig.record.objects import holds_recorded
from livefig.record.refuse import moving_by, refusal_for, too_much, warn
from livefig.steps.loops import TooManySteps, at_most

MOST_STEPS = 1_000_000  # of loops, at the upper end of the control that is their number: some ten seconds of Python
FEW_STEPS = 5_000  # in all other states, where the number can be lowered
MOST_AT_FIRST = 10_000_000  # in the present state, which is not left out


class Author:
    """The author's function, called with settings of the controls; it may not change the figure.

    What it prints is heard once, in its first run.
    """

    def __init__(
        self,
        fig: Figure,
        update: Callable[..., Any],
        options: Mapping[str, Sequence[Any]],
        formulas: Sequence[Control] = (),
    ):
        self.fig, self.update, self.options, self.formulas = fig, update, options, formulas
        self.heard = False

    def values(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The values that update takes: of a choice, the option itself; a formula as a function."""
        found = {name: self.options[name][at] if name in self.options else at for name, at in settings.items()}
        return found | functions([spec for spec in self.formulas if spec["name"] in settings], settings)

    def at(self, settings: Mapping[str, Any]) -> str:
        """Settings in words."""
        values = self.values(settings) | {n: v for n, v in settings.items() if isinstance(v, str)}
        return "at " + ", ".join(f"{n} = {v:g}" if isinstance(v, float) else f"{n} = {v!r}" for n, v in values.items())

    def run(self, settings: Mapping[str, Any], steps: int | None = None) -> Any:
        """What update returns; TooManySteps if its loops would take more than `steps`."""
        with self._standing_still(), nullcontext() if steps is None else at_most(steps):
            try:
                result = run(self.update, self.values(settings))
            except MemoryError as error:
                raise refusal_for(error) or error from None
            except ZeroDivisionError as error:
                raise ZeroDivisionError(
                    f"{self.at(settings)}, update divides by a whole number that is 0: write np.divide(a, b), which is "
                    f"infinite there ({error})"
                ) from error
        if holds_recorded(result):
            raise TypeError(
                f"update returns what an earlier call has left in a name outside of it, {self.at(settings)}. A page "
                "has no earlier calls: compute all from the controls, with iterate where steps follow each other"
            )
        return result

    def at_first(self, settings: Mapping[str, Any]) -> Any:
        """What update returns in the present state."""
        try:
            return self.run(settings, MOST_AT_FIRST)
        except TooManySteps as error:
            raise too_much(f"more than {MOST_AT_FIRST:,} steps of loops", error.__traceback__) from None

    def tape(self, specs: Sequence[Control], chosen: Mapping[str, Any]) -> Tape:
        """The tape of update for one setting of all enumerated controls, without the artists that it hides."""
        recorded = [spec for spec in specs if controls.recorded(spec)]

        def values(moved: Mapping[str, Any]) -> dict[str, Any]:
            return self.values(chosen) | controls.by_name(moved)

        with self._standing_still(), moving_by("a slider"):
            return trace(lambda **moved: not_hidden(run(self.update, values(moved))), **controls.examples(recorded))

    def _artists(self) -> list[Artist]:
        return [child for parent in (self.fig, *self.fig.axes) for child in parent.get_children()]

    def _limits(self) -> list[tuple[Any, ...]]:
        return [(*ax.get_xlim(), *ax.get_ylim(), ax.get_xscale(), ax.get_yscale()) for ax in self.fig.axes]

    def _norms(self) -> dict[Artist, Any]:
        """The ends of each colour scale."""
        norms = {artist: getattr(artist, "norm", None) for artist in self._artists()}
        return {artist: (norm.vmin, norm.vmax) for artist, norm in norms.items() if norm is not None}

    @contextmanager
    def _standing_still(self) -> Iterator[None]:
        """What `update` may not do while it runs: what the figure itself does between two runs is no matter."""
        before, limits, norms = self._artists(), self._limits(), self._norms()
        with unheard() if self.heard else nullcontext():
            yield
        self.heard = True
        after, now = self._artists(), self._norms()
        if other := next((a for a in norms if a in now and now[a] != norms[a]), None):
            raise TypeError(
                f"update changes vmin and vmax of {described(other)}: colours keep their meaning. Give vmin= and vmax= "
                "where it is made, wide enough for all settings"
            )
        if other := next((a for a in [*after, *before] if (a in after) != (a in before)), None):
            what = "adds" if other in after else "removes"
            raise TypeError(
                f"update {what} {described(other)}: artists are made once, outside of update, and update returns "
                "data for them, or True or False to show or hide them"
            )
        if self._limits() != limits:
            raise TypeError(
                "update changes the limits or the scale of the axes: set them once, outside of update, or let update "
                "return the limits of an axes ax, {ax: ((x0, x1), (y0, y1))}"
            )


class Trial:
    """All that is compared, state by state.

    base : what matplotlib drew of the samples; there, texts and hidden artists stand as the SVG has them.
    """

    def __init__(
        self,
        author: Author,
        spec: Description,
        moving: Mapping[Any, Moving],
        draw: Callable[[], Drawn],
        base: Drawn,
        turning: Turning,
    ):
        self.turning = turning
        self.author, self.spec, self.moving, self.draw, self.base = author, spec, moving, draw, base
        self.fewer: dict[str, int] = {}  # numbers of steps that do not take long
        self.unchecked = False  # whether a state has been left out
        self._ends = {control["name"]: control.get("high") for control in spec["controls"]}
        self.counts = {name for tape in spec["tapes"] for name in counted(tape)[1]}
        self.parts = {a for artist in moving.values() for one in artist.artists for a in _whole(one)}
        self.parts.update(turning.artists)
        for limits in (artist for artist in moving.values() if isinstance(artist, Limits)):
            self.parts |= {*limits.ticks, *limits.key.spines.values()}  # whose ends are rounded anew
            self.parts -= {axis.label for axis in limits.artists} - set(moving)

    def check(self, state: State, result: Any = None) -> None:
        """Raise where Python and the page, or matplotlib and the page, do not agree in a state.

        result : what update has returned for it, if that is known.
        """
        settings = state.settings
        if result is None:
            if (found := self._run(state)) is None:
                return
            settings, result = found
        at = self.author.at(settings)
        outputs = outputs_at(self.spec, settings)
        whole = completed(result, self.moving, self.spec["values"], at)
        check_numbers(whole, outputs, partial(self._nudged, settings), self.moving, at)
        data = dict(zip(self.moving, outputs, strict=False))
        for key, artist in self.moving.items():
            if isinstance(artist, Limits):
                artist.check_state(data[key], data, at)
        if state.seen:
            views = views_at(self.spec, settings)
            self._check_picture(outputs, views, at)
            if self.turning.spaces and not state.moved:
                for others in self.turning.other_views():
                    self._check_picture(
                        outputs, others, f"{at}, seen from azimuth {others[0][0]:g}°, elevation {others[0][1]:g}°"
                    )
                self.turning.look_from(views)

    def _run(self, state: State) -> tuple[dict[str, Any], Any] | None:
        """What update returns, and for which settings: the number of steps is lowered where it takes too long."""
        counting = state.moved in self.counts and state.settings[state.moved] == self._ends[state.moved]
        settings = state.settings | ({} if counting else {n: min(state.settings[n], k) for n, k in self.fewer.items()})
        for most in (MOST_STEPS,) if counting else (FEW_STEPS, MOST_STEPS):
            while True:
                try:
                    result = self.author.run(settings, most)
                except TooManySteps as error:
                    lowered = self._lowered(settings, error.share)
                    if lowered == settings:
                        break
                    settings = lowered
                    continue
                except FloatingPointError:
                    if not isinstance(settings.get(state.moved), str):
                        raise
                    return None  # Python refuses the numbers of this formula, which the page shows as they are
                if counting and settings != state.settings:
                    self._warn(state, settings)
                elif settings != state.settings:
                    self.fewer = {name: settings[name] for name in self.counts}
                return settings, result
        if not self.unchecked:
            warn(
                f"{self.author.at(state.settings)} update takes more than {MOST_STEPS:,} steps of loops: there, and in "
                "other states like it, the figure is not checked. Use fewer steps"
            )
        self.unchecked = True
        return None

    def _lowered(self, settings: dict[str, Any], share: float) -> dict[str, Any]:
        """The settings with fewer steps. A loop inside a loop tells bit by bit how many it takes."""
        least = {c["name"]: c["low"] for c in self.spec["controls"] if c["name"] in self.counts}
        share = share if share < 0.9 else 0.5
        return settings | {name: int(low + (settings[name] - low) * share + 1e-9) for name, low in least.items()}

    @staticmethod
    def _warn(state: State, settings: Mapping[str, Any]) -> None:
        name = state.moved
        warn(
            f"with {name}={state.settings[name]} update takes more than {MOST_STEPS:,} steps of loops: the figure was "
            f"checked up to {name}={settings[name]}"
        )

    def _nudged(self, settings: Mapping[str, Any]) -> list[Any]:
        """The outputs of the tape a last digit away."""
        moved = [c["name"] for c in self.spec["controls"] if sliders.recorded(c) and not c["whole"]]
        inputs = controls.by_input({name: settings[name] for name in moved})
        other = controls.by_name({name: value * (1 + 1e-15) + 1e-300 for name, value in inputs.items()})
        return outputs_at(self.spec, {**settings, **other})

    def _check_picture(self, outputs: Sequence[Any], views: Sequence[View], at: str) -> None:
        """matplotlib draws the state from the tape's data, as the page does."""
        for artist, data in zip(self.moving.values(), outputs, strict=False):
            artist.take(data)
        views = self.turning.look_from(views)
        drawn = self.draw()
        if found := changed(self.base, drawn, self.parts):
            raise TypeError(
                f"update changes {described(found[0])}: {found[1]} is another one {at}. What update does not return "
                "stands still: return data for it, show one of several artists by True and the others by False, or "
                "write a field like {name} into a text"
            )
        axes = seen_from(followed(self.spec, outputs), self.spec["spaces"], views)
        for name, artist, spec in self.turning.numbered(self.moving.values(), self.spec):
            data = spec["data"] if "data" in spec else outputs[int(name)]
            for one in artist.artists:
                if one in self.turning.still and (isinstance(artist, Shown) or not one.get_visible()):
                    continue  # what is shown and hidden, and turns, is compared as what turns while it is shown
                ours = self._ours(artist, one, name, spec, axes, data)
                if isinstance(artist, Limits):
                    theirs = artist.theirs(one, drawn)
                else:
                    theirs = [mark for a in self._drawers(artist, one) for mark in drawn.get(a, [])]
                if other := difference(theirs, ours):
                    raise TypeError(
                        f"{described(artist.key)} would not stand on a page as matplotlib draws it {at}: it differs in "
                        f"{other}. Only its data may change: for other looks draw several artists, show one by its "
                        "data and hide the others by False. What a live figure does not know of it must go"
                    )
        self._check_box(drawn, views, at)

    def _check_box(self, drawn: Drawn, views: Sequence[View], at: str) -> None:
        """Panes, grid, edges and ticks of axes that turn; where exactly labels stand is no matter."""
        parts: Parts = {}
        for number, (space, view) in enumerate(zip(self.spec["spaces"], views, strict=True)):
            parts |= box(space, view, number)
        for name, artist in self.turning.parts.items():
            if "d" not in parts[name] or not (theirs := drawn.get(artist, [])):
                continue
            clip: Any = theirs[0].clip
            if not same_places(theirs, list(marks_of_path(parts[name]["d"], theirs[0].look, clip))):
                raise TypeError(
                    f"the {name.partition('.')[2]} of the axes would not turn on a page as matplotlib turns it {at}: "
                    "write view=False, then the figure does not turn"
                )

    def _ours(self, artist: Moving, one: Artist, name: str, spec: Any, seen: Sequence[Axes], data: Any) -> list[Mark]:
        """What the page paints of one artist."""
        axes: Any = None if spec["axes"] is None else seen[spec["axes"]]
        parts = {f"{name}.{part}": attributes for part, attributes in place(spec, axes, data).items()}
        if isinstance(artist, Limits):
            return artist.ours(one, name, parts)
        if not isinstance(artist, (Label, Shown)):
            group = ET.Element("g")
            artist.edit(group, one, name, "clip")
            return painted(group, parts, axes)
        (attributes,) = parts.values()
        if attributes["visibility"] == "hidden":
            return []
        dx, dy = map(float, attributes.get("transform", "translate(0 0)")[10:-1].split())
        return [mark.moved(dx, dy) for a in self._drawers(artist, one) for mark in self.base.get(a, [])]

    @staticmethod
    def _drawers(artist: Moving, one: Artist) -> list[Artist]:
        """Those that draw what an artist shows: what is hidden may draw by others."""
        return _whole(one) if isinstance(artist, Shown) else [one]


def _whole(artist: Artist) -> list[Artist]:
    """An artist and all that belong to it."""
    return list(dict.fromkeys([artist, *artist.findobj()]))


def counted(tape: Mapping[str, Any]) -> list[list[str]]:
    """The inputs of a tape that are the number of steps of what it holds, and those that are that of its loops."""
    names = [name for name, *_ in tape["inputs"]]
    numbers = tape["lengths"], [loop["n"] for loop in tape["loops"]]
    return [[names[n] for n in some if n < len(names)] for some in numbers]
