"""`live`: from an author's figure and update function to a LiveFigure, with every mistake told at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, cast

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.artist import Artist as Drawable
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text

from livefig.artists.base import Moving, described
from livefig.artists.kinds import is_hidden
from livefig.artists.limits import Limits
from livefig.artists.texts import Shown
from livefig.artists.written import Written, written
from livefig.controls import controls
from livefig.controls.options import (
    check_names,
    checked_description,
    checked_pair,
    checked_readout,
    checked_stops,
    said,
    sorted_keywords,
    without_fixed,
)
from livefig.description import FORMAT, VERSION, Artist, Axes, Control, Description
from livefig.drawing import svg
from livefig.drawing.axes import axes_spec, clip_element, directions_in_data, is_3d, is_polar
from livefig.drawing.canvas import check_texts
from livefig.drawing.drawn import Drawn, Look, watched
from livefig.figure.budget import check_size, warn_of_work
from livefig.figure.enumerated import Settings, recordable, shared
from livefig.figure.figure import LiveFigure, tell_script
from livefig.figure.letters import warn_of_small_letters
from livefig.figure.returned import check_artist, check_names_alike, check_same, completed, sorted_result
from livefig.figure.trial import Trial, counted
from livefig.figure.tried import State, tried, tried_closely
from livefig.figure.turning import Turning
from livefig.page.canvas import Canvas
from livefig.page.html import checked_id, figure_id
from livefig.page.state import control_values, outputs_at, settings_of
from livefig.program.tape import Tape
from livefig.words import FORMULA_WORDS, WORDS

Update = Callable[..., Any]
BEST = Legend.codes["best"]


def live(fig: Figure, update: Update, /, **kw: Any) -> LiveFigure:
    """Let the artists of a matplotlib figure follow sliders, also on a page without Python.

    fig : a matplotlib figure with its moving artists drawn in any state. It is closed. A text of it, a title for
        example, may have fields like {loss:.3g} for values of controls and of what update returns by name.
        Between dollars only {name:format} is a field, and all other braces are TeX's; anywhere else, in readout
        and description too, {name} is one as well, and {{ and }} are braces. In labels of controls, title, description
        and readout formulas between dollars are read, too, as far as letters, scripts and fractions go. A legend at
        the best place stays where that is at first.
    update : takes the controls by name; returns a dict: artists -> data, strings -> numbers for sentences. For each
        combination of options it is recorded once, with recording values for the sliders, so it may use what NumPy
        offers, `for`, and `livefig.iterate` for as many steps as a slider says, but no `if`, `float()` or `math` on a
        slider's value. A slider of whole numbers is enumerated where that does not do: update then runs once for each,
        with Python's integers, so `range(n)`, `x[:n]` and `default_rng(n)` work; any other slider if its author says so
        (stops). It is called with numbers in the present state, once before the recording and once after it, then in
        each of the other states in which the figure is tried (tried.py lists them), and once for the picture whenever a
        cell shows it. Prints are seen at the first time only. It may change nothing but what it returns. The data are
        for a line : shape (n, 2), on three-dimensional axes (n, 3), on polar axes rows of angle and radius.
        for a scatter : the same; one more column has the values for its colormap.
        for a text or annotation : (2,), where it stands or points to.
        for arrows (quiver) : (n, 4), rows of x, y and both components.
        for an arrow with two ends : (4,), of ax.arrow x, y, dx, dy; of a FancyArrowPatch x and y of its beginning and
            of its end; of an annotation without words x and y of its point, and of its text.
        for what vlines, hlines, stem and errorbar returned : rows of what their call took: (n, 3), x and both ends, or
            y and both ends; (n, 2), place and height; x, y, yerr, xerr, or both sides of each error.
        for a LineCollection : (n, m, 2), the points of each line.
        for a Circle : (3,), x, y, radius; for an Ellipse (5,), x, y, width, height, angle; for a Rectangle (4,), x, y,
            width, height; for a Wedge (5,), x, y, radius, from, to; for a Polygon (n, 2), its corners.
        for bars (what ax.bar returned) : (n,), their lengths; or (n, 2), where each begins and its length.
        for an area : (n, 3), rows of x and both heights (fill_between; of y and both places, fill_betweenx), or
            (n, 2), corners (fill).
        for an image (imshow) or a mesh of equal cells (pcolormesh) : heights of the shape that it was made with. Their
            colours stay those of the norm and colormap with which it was made.
        for contour lines (contour) : heights of the shape that they were made with, or a pair: heights, and as many
            levels as they were made with, increasing. Each line keeps the look that it was made with.
        for surfaces (plot_surface) and wireframes (plot_wireframe) : heights of the shape that they were made with. x
            and y stay, which may be any grid, and so does their shade, colormap or colour.
        for other faces in space (plot_trisurf, bar3d) : (n, m, 3), the m corners of each, in the order in which they
            were made; of triangles over points, points[triangles].
        for segments in space (quiver, Line3DCollection) : (n, m, 3), the m points of each.
        for axes : ((x from, x to), (y from, y to)), their limits. All that stands in their data moves with them, so
            update returns it, too. Ticks are where matplotlib has them, if locators and formatters are its own.
        for axhline and axvline : one number; for axhspan and axvspan : (2,), both ends.
        for anything else : True, which shows it.
        for all of these : False, None or no numbers, such as [], hide it; so does an option for which it is left out of
            the dict. NaN leaves a gap.
    kw : ipywidgets are the controls, or what `interact` takes for them: (0, 5), (0, 5, 0.1), ["a", "b"], True, and
        `fixed` for what is no control. They are sliders, number boxes (those without bounds are tried up to ten times
        their value) and Play; range sliders, of which `update` gets a pair of numbers, and sentences name {w[0]} and
        {w[1]}; Dropdown, RadioButtons, Checkbox and the like, whose options are plain Python values there; and
        `livefig.Formula`, a function that readers type, which is a callable. It is tried with a few other formulas of
        its variables. The options of the figure are
        title : what the figure is called.
        id : its address on a page is #live-, followed by this; by default the title gives it. A link to the figure then
            outlives a new title.
        description : what it shows, for readers who cannot see it.
        readout : the sentence under the picture, with fields like {loss:.3g}; or a dict of sentences by the
            name of a returned value: the first whose value is not zero is shown, "" stands for "otherwise".
        stops : the name of a slider, or a list of names, to be enumerated: it moves from stop to stop, by its steps.
            Then anything may happen in update: SciPy, complex numbers, histograms. The values of all enumerated
            controls may combine in 256 ways and take 150 kB, compressed.
        drag : the names of two controls, the coordinates of a point to drag in the axes of the first artist.
        view : the names of two sliders, azimuth and elevation, which turn the three-dimensional axes as dragging them
            does; or False: they stand still. By default the reader turns them, by dragging or with the arrow keys.
    Returns a LiveFigure. Warns of letters that are too small to be read on a phone, of data that are too long for a
    page, and of moves that make more numbers than a phone follows.
    Raises TypeError or ValueError naming the argument, when the cell runs; also where the page would not show what
    Python computes and matplotlib draws.
    """
    update, kw = without_fixed(update, kw)
    widgets, options = sorted_keywords(fig, update, kw)
    made = Making(fig, update, widgets, checked_stops(options.get("stops", ()), widgets)).made(options)
    tell_script(sys._getframe(1))
    return made


class Making:
    """A figure on its way: each step fills in what the next ones need."""

    svg: str
    spec: Description
    moving: dict[Any, Moving]
    named: dict[str, Any]
    present: dict[Any, Any]
    texts: list[Written]

    def __init__(self, fig: Figure, update: Update, widgets: Mapping[str, Any], stops: tuple[str, ...]):
        self.fig, self.widgets, self.dpi = fig, widgets, fig.dpi
        self.settings = Settings(widgets, stops)
        self.now = settings_of({"controls": self.settings.specs})
        self.author = self.settings.author(fig, update)

    def made(self, options: Mapping[str, Any]) -> LiveFigure:
        """All steps, one after the other."""
        self.ask(options)
        self.record(options)
        self.draw(options)
        self.judge()
        self.leave()
        canvas = Canvas(self.svg, json.loads(json.dumps(self.spec)), self.widgets)
        return LiveFigure(self.fig, self.author.update, dict(self.widgets), canvas, self.moving, self.texts)

    @property
    def parts(self) -> list[Any]:
        """The artists that move, one by one."""
        return [a for artist in self.moving.values() for a in artist.artists]

    @property
    def drawers(self) -> list[Any]:
        """These, the ticks that limits may need, and what turns."""
        return [*self.parts, *(tick for limits in self.limits for tick in limits.ticks), *self.turning.artists]

    @property
    def limits(self) -> list[Limits]:
        """The limits that follow."""
        return [artist for artist in self.moving.values() if isinstance(artist, Limits)]

    def ask(self, options: Mapping[str, Any]) -> None:
        """What update returns at present: which artists move, and which names sentences may use."""
        self.present = self.author.at_first(self.now)
        self.sort(options, self.present)

    def sort(self, options: Mapping[str, Any], examples: Any) -> None:
        """examples : what update returns in some state for each artist, and in the present state for each name."""
        self.moving, self.named = sorted_result(self.fig, examples)
        check_names(self.named, self.widgets)
        sayable = {*self.named, *control_values(self.settings.specs, self.now)}
        self.readout = checked_readout(options.get("readout", ""), sayable)
        sentences = [sentence for _, sentence in self.readout]
        check_texts(_texts(self.fig, options, sentences, self.settings.specs, self.moving.values()))
        for key, artist in self.moving.items():
            check_artist(key, artist, examples[key])
        self.turning = Turning(
            self.fig, self.moving, options.get("view"), [s["name"] for s in self.settings.specs if "at" in s]
        )
        self.turning.look_from(self.turning.views(self.now))
        self.texts = written(self.fig, sayable, set(self.parts))

    def record(self, options: Mapping[str, Any]) -> None:
        """The description, with a tape for each setting of enumerated controls; its axes and artists follow."""
        self.settings, recorded = self.tapes()
        examples = self._examples(recorded)
        if examples.keys() != self.present.keys() or any(map(is_hidden, self.present.values())):
            self.sort(options, examples)
        for limits in self.limits:
            limits.check_company(self.moving)
        if not self.moving and not any(text.names for text in self.texts):
            raise ValueError("update must return data for at least one artist of fig")
        tapes, constants = shared(self._programs(recorded))
        specs, self.states = self.settings.specs, tried(self.settings.specs, self.settings.combinations)
        self.spec = {
            "format": FORMAT,
            "version": VERSION,
            "id": checked_id(options.get("id", "")),
            "title": said("title", options.get("title", "")),
            "description": checked_description(said("description", options.get("description", ""))),
            "readout": self.readout,
            "axes": [],
            "spaces": [],
            "view": self.turning.view,
            "artists": [],
            "still": [],
            "texts": [text.parts for text in self.texts],
            "values": list(self.named),
            "controls": specs,
            "drag": None,
            "time": _time(specs, tapes),
            "choices": self.settings.choices,
            "tapes": tapes,
            "words": {**WORDS, **(FORMULA_WORDS if any("variables" in spec for spec in specs) else {})},
        }
        if constants:
            self.spec["constants"] = constants
        check_size(self.spec)
        warn_of_work(max(tape.recorded[0].work for tape in recorded))

    def tapes(self) -> tuple[Settings, list[Tape]]:
        """The settings with which update can be recorded, and its tapes."""
        return recordable(self.settings, self.author)

    def _examples(self, tapes: Sequence[Tape]) -> dict[Any, Any]:
        """What update returns at present, and for artists that it hides there, what it returns in another state."""
        values, found = self.author.values(self.now), {}
        for key in dict.fromkeys([*self.present, *(key for tape in tapes for key in tape.keys or ())]):
            found[key] = self.present.get(key, False)
            tape = next((tape for tape in tapes if key in (tape.keys or ())), None)
            if not isinstance(key, str) and is_hidden(found[key]) and tape is not None:
                value = controls.outputs(tape, values)[key]
                found[key] = bool(value) if _is_truth(tape, key) else value
        return found

    def _programs(self, tapes: Sequence[Tape]) -> list[dict[str, Any]]:
        """The tapes, with an output for all that update returns in any state."""
        keys, nothing = [*self.moving, *self.named], {}
        for tape, chosen in zip(tapes, self.settings.combinations, strict=True):
            found = {key: _is_truth(tape, key) for key in tape.keys or ()}
            check_names_alike(found, self.moving, self.named, self.author.at(chosen))
            for key, artist in self.moving.items():
                if key in found:
                    check_same(key, artist, found[key])
                else:
                    nothing[key] = artist.nothing
        return [tape.completed(keys, nothing) for tape in tapes]

    def draw(self, options: Mapping[str, Any]) -> None:
        """The picture as SVG, and in the description what moves in it."""
        unfilled = [artist.columns(artist.shape) for artist in self.moving.values()]
        now = self.author.run(self.now)  # recording may have left another option's words
        self.present = completed(now, self.moving, [*self.named], self.author.at(self.now))
        sayable = {**control_values(self.settings.specs, self.now), **self.named}
        for text in self.texts:
            text.say(sayable)
        _lay_out(self.fig, self.moving, self._shown())
        for limits in self.limits:
            limits.fix_labels()
        with watched(self.fig, self.drawers) as draw:
            self.base = _see(self.moving, draw)
        self.turning.see(self.base)
        warn_of_small_letters(self.fig, self.base)
        still, moving = list(self.turning.still.values()), list(self.moving.values())
        self.spec["axes"] = axes = _axes([*moving, *still])
        self.spec["spaces"] = self.turning.described()
        for artist, names in zip(moving, unfilled, strict=True):
            self.spec["artists"].append(_artist(artist, artist.shape, names, axes, moving))
        for other in still:
            shape = self.turning.data[other.key].shape
            own = _artist(other, shape, other.columns(shape), axes, moving)
            self.spec["still"].append({**own, "data": self.turning.rounded(other)})
        self.spec["drag"] = _drag(options.get("drag"), self.settings.specs, moving)
        self.svg = _svg(self.fig, moving, self.texts, self.spec, self.turning)

    def _shown(self) -> list[Any]:
        """For each artist data with which the layout is found: that can be seen; limits with the widest labels."""
        shown = [
            _drawable(a, self.spec, self.states, self.present[key], i) for i, (key, a) in enumerate(self.moving.items())
        ]
        closely = tried_closely(self.settings.specs, self.states) if self.limits else []
        outputs = [outputs_at(self.spec, settings) for settings in closely]
        for number, artist in enumerate(self.moving.values()):
            if isinstance(artist, Limits):
                shown[number] = artist.reserve([output[number] for output in outputs])
        return shown

    def judge(self) -> None:
        """In every state that is tried, the page's numbers and picture must be Python's and matplotlib's."""
        with watched(self.fig, self.drawers) as draw:
            trial = Trial(self.author, self.spec, self.moving, draw, self.base, self.turning)
            trial.check(self.states[0], self.present)
            for state in self.states[1:]:
                trial.check(state)

    def leave(self) -> None:
        """The matplotlib figure in its present state, and closed."""
        for key, artist in self.moving.items():
            artist.take(self.present[key])
        for text in self.texts:
            text.rest()
        self.turning.look_from(self.turning.views(self.now))
        self._check_ring()
        self.fig.set_dpi(self.dpi)
        plt.close(self.fig)

    def _check_ring(self) -> None:
        """A reader must see the point that is there to be dragged."""
        if self.spec["drag"] is None:
            return
        ring = [self.now[name] for name in self.spec["drag"]]
        key, ax = next((key, artist.axes) for key, artist in self.moving.items() if artist.axes is not None)
        ends = [sorted(limits) for limits in (ax.get_xlim(), ax.get_ylim())]
        if not all(low <= value <= high for value, (low, high) in zip(ring, ends, strict=True)):
            (left, right), (bottom, top) = ends
            raise ValueError(
                f"drag: at first its point ({ring[0]:g}, {ring[1]:g}) is outside of the axes of {described(key)}, "
                f"which show {left:g} to {right:g} and {bottom:g} to {top:g}. It is dragged in the axes of the first "
                "artist that update returns: return one of the axes that you mean first, or set limits that hold it"
            )


def _is_truth(tape: Tape, key: Any) -> bool:
    """Whether update returned True or False for a key."""
    output = tape.recorded[2][(tape.keys or ()).index(key)]
    return output.boolean and not output.ndim


def _drawable(artist: Moving, spec: Description, states: Sequence[State], data: Any, number: int) -> Any:
    """Data of an artist that can be seen: the present data, or those of the first state that has finite ones."""
    others = (outputs_at(spec, state.settings)[number] for state in states)
    return next((found for found in chain([data], others) if _somewhere(artist, found)), data)


def _somewhere(artist: Moving, data: Any) -> bool:
    """Whether data have a row whose places are finite."""
    finite = np.isfinite(np.asarray(data, dtype=float))
    if watched := [column for _, columns in artist.watched(artist.shape) for column in columns]:
        rows = finite.reshape(-1, len(artist.columns(artist.shape)))
        return bool(rows[:, watched].all(axis=1).any())
    return bool(finite.any())


def _texts(
    fig: Figure,
    options: Mapping[str, Any],
    sentences: Iterable[str],
    specs: Iterable[Control],
    moving: Iterable[Moving],
) -> Iterator[str]:
    """All that the author wrote for readers."""
    yield from (options.get("title", ""), options.get("description", ""), *sentences)
    for spec in specs:
        yield from (spec["label"], *spec.get("options", ()))
    yield from (artist.name for artist in moving)
    yield from (text.get_text() for text in fig.findobj(Text))


def _lay_out(fig: Figure, moving: Mapping[Any, Moving], data: Sequence[Any]) -> None:
    """The limits of the axes, where they follow the data, and the layout are settled by a state that can be seen."""
    for artist, drawable in zip(moving.values(), data, strict=True):
        artist.take(True if isinstance(artist, Shown) else drawable)  # what is hidden must be drawn, too
    for ax in dict.fromkeys(artist.axes for artist in moving.values()):
        if ax is None or is_3d(ax):
            continue
        ax.relim()
        for collection in ax.collections:  # older matplotlib leaves them out
            limits = collection.get_datalim(ax.transData)
            if np.isfinite(limits.get_points()).all():
                ax.update_datalim(limits)
        along, up = np.isfinite(ax.dataLim.get_points()).all(axis=0)  # where there are no data, limits stay
        ax.autoscale_view(scalex=bool(along), scaley=bool(up))
    svg.settle(fig)
    for legend in fig.findobj(Legend):
        if legend._loc == BEST:  # type: ignore[attr-defined]
            _keep_place(legend)


def _keep_place(legend: Any) -> None:
    """Let a legend stay where it stands: one at the best place would leave it for what moves."""
    own, axes = legend.get_window_extent(), legend.get_bbox_to_anchor()
    legend.set_loc(((own.x0 - axes.x0) / axes.width, (own.y0 - axes.y0) / axes.height))


def _see(moving: Mapping[Any, Moving], draw: Callable[[], Drawn]) -> Drawn:
    """What matplotlib draws of a sample of every artist: how it looks, whatever the present state shows of it."""
    for artist in sorted(moving.values(), key=lambda artist: not isinstance(artist, Limits)):  # the place for others
        artist.take(artist.sample(artist.shape))
    drawn = draw()
    for key, artist in moving.items():
        artist.see(drawn, draw)
        dashed = any(isinstance(look, Look) and look.dashes for look in artist.looks)
        if dashed and artist.kind in ("points", "bars", "area", "span"):
            raise ValueError(f"{described(key)} has dashed edges, which a live figure does not draw: leave them solid")
        if not artist.looks and not isinstance(artist, Shown):
            raise ValueError(f"{described(key)} is not drawn: make it visible, the figure shows and hides it")
    return drawn


def _axes(moving: Sequence[Moving]) -> list[Axes]:
    """The axes in which artists move: first those of the first artist, in whose data a point can be dragged."""
    found: list[Axes] = []
    for artist in moving:
        if artist.axes is not None and not found:
            found.append(_following(axes_spec(artist.axes), artist.axes, (True, True), moving))
        if (own := _frame(artist, moving)) is not None and own not in found:
            found.append(own)
    return found


def _frame(artist: Moving, moving: Sequence[Moving]) -> Axes | None:
    """The axes of an artist, with the number of the limits that they follow."""
    own = artist.frame()
    if own is None:
        return None
    directions = (True, True) if isinstance(artist, Limits) else directions_in_data(artist.artists[0])
    return _following(own, artist.axes, directions, moving)


def _following(own: Axes, ax: Any, directions: Sequence[bool], moving: Sequence[Moving]) -> Axes:
    number = next((i for i, artist in enumerate(moving) if isinstance(artist, Limits) and artist.key is ax), None)
    if number is None:
        return own
    left, top, right, bottom = axes_spec(ax)["box"]
    for follows, which, ends in zip(directions, "xy", ([left, right], [bottom, top]), strict=True):
        if follows:
            own[which] |= {"limits": number, "ends": ends}  # type: ignore[literal-required]
    return own


def _artist(
    artist: Moving, shape: tuple[int, ...], columns: list[str], axes: Sequence[Any], moving: Sequence[Moving]
) -> Artist:
    """The description of a moving artist."""
    own = _frame(artist, moving)
    common: Artist = {
        "kind": artist.kind,
        "name": artist.word,
        "axes": None if own is None else axes.index(own),
        "columns": columns,
        "watched": [(d, columns) for d, columns in artist.watched(shape) if d == "y" or not own or "polar" not in own],
    }
    return cast(Artist, {**common, **artist.spec(shape)})


def _svg(fig: Figure, moving: Sequence[Moving], texts: Iterable[Written], spec: Description, turning: Turning) -> str:
    """The picture with a place for all that moves."""
    edits: list[tuple[Drawable, svg.Edit]] = []
    for name, artist, own in turning.numbered(moving, spec):
        edit = partial(artist.edit, number=name, clip=f"clip-{own['axes']}")
        edits += [(a, partial(edit, artist=a)) for a in artist.artists]
    edits += turning.edits
    edits += [(a.text, partial(a.mark, number=number)) for number, a in enumerate(texts) if a.parts]
    clips = "".join(clip_element(f"clip-{i}", axes) for i, axes in enumerate(spec["axes"]))
    spare = [artist.spare() for artist in moving if isinstance(artist, Limits)]
    return svg.draw(fig, figure_id(spec), edits, clips, spare)


def _drag(drag: Any, specs: Sequence[Control], moving: Sequence[Moving]) -> list[str] | None:
    """The two sliders that a point in the first axes stands for."""
    axes = [artist.axes for artist in moving if artist.axes is not None]
    if drag is not None and (not axes or is_3d(axes[0]) or is_polar(axes[0])):
        raise ValueError("drag needs an artist in plain axes, with x and y: the point is dragged in those of the first")
    return checked_pair("drag", drag, [spec["name"] for spec in specs if "at" in spec])


def _time(specs: Sequence[Control], tapes: Sequence[Mapping[str, Any]]) -> str | None:
    """What can be played: a Play, or else the control that is the number of steps of what is drawn, or of a loop."""
    if played := next((spec["name"] for spec in specs if "interval" in spec), None):
        return played
    whole = [str(spec["name"]) for spec in specs if spec.get("whole")]
    counts = zip(*map(counted, tapes), strict=True)
    return next((name for found in counts for name in whole if any(name in names for names in found)), None)
