"""A function that draws anew at each move, as a figure and an update function for `live`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from livefig.controls import controls
from livefig.figure.enumerated import Settings, recordable
from livefig.figure.returned import not_hidden
from livefig.figure.trial import Author
from livefig.figure.tried import tried
from livefig.program.lower import lower
from livefig.program.tape import Tape
from livefig.record.objects import holds_recorded
from livefig.record.refuse import Refusal, line_of, listening, refusal_for, refuse
from livefig.record.traced import lift
from livefig.redrawing.limits import ends, has_limits, home
from livefig.redrawing.rewritten import Rewriting
from livefig.redrawing.run import Call, Key, Place, Run
from livefig.redrawing.texts import Texts, named


class Drawing:
    """What a function draws, after one rehearsal at each combination of options.

    figure : the picture, with all that is drawn at any of them.
    artists : what moves of it, by the call that draws it.  following : the numbers of the axes whose limits follow.
    stops : the sliders that are enumerated.  readout : what the function prints.  view : the sliders that turn it.
    """

    figure: Figure
    texts: Texts

    def __init__(self, draw: Callable[..., Any], widgets: Mapping[str, Any], settings: Settings):
        self.draw, self.widgets = draw, widgets
        self.names: dict[Place, str] = {}
        self.apart: set[Place] = set()
        self.artists: dict[Key, Any] = {}
        self._write_anew(set())
        self._rehearse(settings)

    def _write_anew(self, recorded: set[str]) -> None:
        """Forget lines that were written for others than these sliders."""
        self._recorded, functions = recorded, set[Any]()
        self._rewriting, self._drawn_always = Rewriting(functions), Rewriting(functions)

    @property
    def solves(self) -> bool:
        """Whether a page solves equations by other steps than the function."""
        return "livefig" in self._rewriting.names

    @property
    def tolerance(self) -> float:
        """How far, of the largest number, a page may be from the function."""
        return 1e-4 if self.solves else 1e-7

    def plainly(self, values: Mapping[str, Any]) -> Run:
        """What the function draws at plain values, as its author wrote it."""
        return Run(self.draw, values, self.names, self.apart)

    # the rehearsal ---------------------------------------------------------------------------------
    def _rehearse(self, settings: Settings) -> None:
        runs: list[Run] = []
        known: list[int] = []  # how many lines were written anew when a run was over

        def draw(**values: Any) -> dict[Any, Any]:
            runs.append(self._recording(values))
            known.append(self._rewriting.count)
            return everything(runs[-1])

        author = settings.author(Figure(), draw)
        try:
            settings, tapes = recordable(settings, author)
        except Refusal as refusal:
            try:
                settings, tapes = recordable(settings, author, whole=False)
            except (Refusal, ValueError):
                raise refusal from None
        if self._rewriting.count > known[-len(tapes)]:  # the first were drawn before all lines were known
            tapes = settings.tapes(author)
        runs = runs[-len(tapes) :]
        self.stops, self.readout, self.view = settings.stops, runs[0].printed, runs[0].view
        self.figure = runs[0].figure
        plt.close(runs[0].outside)
        self._tapes = [(author.values(chosen), tape) for chosen, tape in zip(settings.combinations, tapes, strict=True)]
        artists = _union(runs)
        self.texts = Texts(runs, self.figure, artists)
        moving = _moving(tapes)
        goes = [key for key in moving if isinstance(key, int) and _goes(tapes, key, settings, author)]
        self.following = sorted({number for key in goes for number in _sharing(self.figure.axes, key)})
        axes = [self.figure.axes[number] for number in self.following]
        for ax in set(self.figure.axes) - set(axes):
            ax.set_autoscale_on(False)
        self.artists = {key: artist for key, artist in artists.items() if key in moving or home(artist) in axes}

    def _recording(self, values: Mapping[str, Any]) -> Run:
        """A run with recording values, in which lines are written as is advised where that is refused."""
        plain = {n: controls.argument(self.widgets[n]) if holds_recorded(v) else v for n, v in values.items()}
        recorded = {name for name, value in values.items() if holds_recorded(value)}
        if recorded != self._recorded:  # other lines ask, and whole numbers must stay whole
            self._write_anew(recorded)
        told = {n: named(n, v, getattr(self.widgets[n], "_options_labels", ())) for n, v in values.items()}
        while True:
            with listening():  # what can be mended is no news
                found = self._tried(told, plain)
            if isinstance(found, Run):
                return found
            self._drawn_always.learn_if(found)
            if not self._rewriting.learn(found):
                raise found

    def _tried(self, values: Mapping[str, Any], plain: Mapping[str, Any]) -> Run | Refusal:
        """A run with recording values, or what is refused in it."""
        numbers = None
        try:
            with self._drawn_always.in_force():
                numbers = Run(self.draw, plain, self.names, self.apart)
            with self._rewriting.in_force():
                return Run(self.draw, values, self.names, self.apart, numbers)
        except Refusal as error:
            return error
        except Exception as error:
            if numbers is None and not self._drawn_always.codes:
                raise  # the author's own
            ends = f"what ends in {error!r}"
            return refusal_for(error) or refuse(ends, "It does not with plain numbers.", line=line_of(error))

    def tapes(self) -> list[Tape]:
        """Those of `update`, from the rehearsal."""
        return [self._of_update(number, tape) for number, (_, tape) in enumerate(self._tapes)]

    def _of_update(self, number: int, tape: Tape) -> Tape:
        graph, inputs, outputs = tape.recorded
        found = dict(zip(tape.keys or (), outputs, strict=True))
        result: dict[Any, Any] = {artist: found[key] for key, artist in self.artists.items() if key in found}
        result |= {self.figure.axes[place]: found[place] for place in self.following}
        result |= {name: found.get(name, np.nan) for name in self.names.values()}
        result = not_hidden(result | self.texts.at(number))
        values = [lift(graph, value) for value in result.values()]
        program, recorded = lower(graph, inputs, values), (graph, inputs, values)
        return Tape(program, tape.shapes, tape.names, tuple(result), False, recorded, tape.formulas)

    # the update function ---------------------------------------------------------------------------
    def update(self, **values: Any) -> dict[Any, Any]:
        """What `live` asks: data for all that moves, and numbers by name."""
        with self._rewriting.in_force():
            run = Run(self.draw, values, self.names, self.apart)
        found = everything(run)
        number = next(i for i, (chosen, _) in enumerate(self._tapes) if _are(values, chosen))
        tape = self._tapes[number][1]
        said = controls.outputs(tape, values)
        result: dict[Any, Any] = {artist: found.get(key, False) for key, artist in self.artists.items()}
        result |= {self.figure.axes[number]: found[number] for number in self.following}
        result |= {name: said.get(name, np.nan) for name in self.names.values()}
        return result | self.texts.at(number)


def everything(run: Run) -> dict[Any, Any]:
    """All that a run draws: artists by their calls, the limits of axes by the numbers of these, what texts say."""
    found: dict[Any, Any] = {key: data for key, (_, data) in run.drawn.items()}
    drawn_in = {home(artist) for artist, _ in run.drawn.values()}
    found |= {number: ends(run, ax) for number, ax in enumerate(run.figure.axes) if ax in drawn_in and has_limits(ax)}
    return found | run.said


def _are(values: Mapping[str, Any], chosen: Mapping[str, Any]) -> bool:
    return all(values[name] is value or bool(np.all(values[name] == value)) for name, value in chosen.items())


def _moving(tapes: Sequence[Tape]) -> set[Any]:
    """What moves: it follows a slider, or is not the same in all combinations of options."""
    seen: dict[Any, set[Any]] = {}
    for tape in tapes:
        graph, _, outputs = tape.recorded
        for number, (key, output) in enumerate(zip(tape.keys or (), outputs, strict=True)):
            value = graph.values.get(output.node)
            follows = {"in some way", number} if value is None else {(output.shape, value.tobytes())}
            seen.setdefault(key, set()).update(follows)
    everywhere = set.intersection(*(set(tape.keys or ()) for tape in tapes))
    return {key for key, values in seen.items() if len(values) > 1 or key not in everywhere}


def _goes(tapes: Sequence[Tape], key: Any, settings: Settings, author: Author) -> bool:
    """Whether limits are not the same in all states that are tried."""
    seen: list[Any] = []
    for state in tried(settings.specs, settings.combinations):
        number = settings.combinations.index({name: state.settings[name] for name, _ in settings.choices})
        seen.append(controls.outputs(tapes[number], author.values(state.settings))[key])
    return not all(np.allclose(limits, seen[0], rtol=1e-9, atol=1e-12) for limits in seen)


def _sharing(axes: Sequence[Any], number: int) -> set[int]:
    """The numbers of axes, and of those that share x or y with it."""
    ax = axes[number]
    groups = ax.get_shared_x_axes(), ax.get_shared_y_axes()
    return {axes.index(other) for group in groups for other in group.get_siblings(ax)}


def _union(runs: Sequence[Run]) -> dict[Key, Any]:
    """The artists of the first figure, to which are added those that only others have, in the order of drawing."""
    base, *others = runs
    known = {key: artist for key, (artist, _) in base.drawn.items()}
    order = list(known)
    for run in others:
        before = -1
        for call in run.calls:
            keys = call.keys
            if new := [key for key in keys if key not in known]:
                for key, artist in zip(keys, _drawn_in(base.figure, run, call), strict=True):
                    if key in known:
                        artist.remove()
                    else:
                        known[key] = artist
                order[before + 1 : before + 1] = new
            before = max([before, *map(order.index, keys)])
    places = {known[key]: number for number, key in enumerate(order)}
    for ax in base.figure.axes:
        ax._children.sort(key=lambda artist: places.get(artist, -1))  # type: ignore[attr-defined]
    for call in base.calls:
        if call.name == "legend" and not call.args:  # it names what has come, too
            call.owner.legend(**call.kw)
    return {key: known[key] for key in order}


def _drawn_in(figure: Figure, run: Run, call: Call) -> list[Any]:
    """The artists of a call, drawn once more in another figure."""
    ax = call.owner.axes if call.kind else call.owner
    if call.name == "set_title":
        raise TypeError("a condition chooses the title at some options only: let it choose at all of them, or at none")
    if ax not in run.figure.axes or len(figure.axes) != len(run.figure.axes):
        raise TypeError("the function draws in other axes at some options: let it make the same at all of them")
    return call.again(figure.axes[run.figure.axes.index(ax)])
