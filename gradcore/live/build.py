"""`live`: from an author's figure and update function to a LiveFigure, with every mistake told at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from gradcore.live import controls, svg
from gradcore.live.artists import Moving
from gradcore.live.artists.texts import Shown
from gradcore.live.artists.written import Written, written
from gradcore.live.axes import axes_spec, clip_element, is_3d
from gradcore.live.figure import Canvas, LiveFigure
from gradcore.live.html import identifier
from gradcore.live.options import checked_description, checked_drag, checked_readout, sorted_keywords
from gradcore.live.returned import check_against_python, sorted_result
from gradcore.live.state import control_values, is_inside, run, settings_of, tape_number
from gradcore.live.words import WORDS
from gradcore.tape import trace

MOST_COMBINATIONS = 64
Update = Callable[..., Any]


def live(fig: Figure, update: Update, /, **kw: Any) -> LiveFigure:
    """Let the artists of a matplotlib figure follow sliders, also on a page without Python.

    fig : a matplotlib figure with its moving artists drawn in any state. It is closed. A text of it, a title for
        example, may have fields like {loss:.3g} for values of controls and of what update returns by name.
        Between dollars only {name:format} is a field, and all other braces are TeX's; anywhere else, in readout
        and description too, {name} is one as well, and {{ and }} are braces.
    update : takes the controls by name; returns a dict: artists -> data, strings -> numbers for sentences. It is
        run once with recording values, so it may use what NumPy offers and `gradcore.iterate` for loops, but no
        `if`, `float()` or `math` on a slider's value. The data are
        for a line : shape (n, 2), on three-dimensional axes (n, 3).
        for a scatter : the same; one more column has the values for its colormap.
        for a text or annotation : (2,), where it stands or points to.
        for arrows (quiver) : (n, 4), rows of x, y and both components.
        for bars (what ax.bar returned) : (n,), their lengths.
        for an area : (n, 3), rows of x and both heights (fill_between), or (n, 2), corners (fill).
        for axhline and axvline : one number; for axhspan and axvspan : (2,), both ends.
        for anything else, and for all of these : one number, True or False, shows or hides it.
    kw : ipywidgets are the controls: sliders, Dropdown, ToggleButtons, Checkbox. For each combination of options
        `update` is recorded once, with the chosen values as ordinary Python values. The options are
        title : what the figure is called.
        description : what it shows, for readers who cannot see it.
        readout : the sentence under the picture, with fields like {loss:.3g}; or a dict of sentences by the
            name of a returned value: the first whose value is not zero is shown, "" stands for "otherwise".
        drag : the names of two controls, the coordinates of a point to drag in the axes of the first artist.
    Returns a LiveFigure.
    Raises TypeError or ValueError naming the argument, when the cell runs.
    """
    widgets, options = sorted_keywords(fig, update, kw)
    specs = [controls.control(name, widget.get_state()) for name, widget in widgets.items()]
    choices = {name: values for name, widget in widgets.items() if (values := controls.options(widget)) is not None}
    combinations = [dict(zip(choices, chosen, strict=True)) for chosen in product(*choices.values())]
    if len(combinations) > MOST_COMBINATIONS:
        raise ValueError(
            f"the options of {', '.join(choices)} combine in {len(combinations)} ways: {MOST_COMBINATIONS} is the most"
        )
    now = {name: widget.value for name, widget in widgets.items()}
    counts = [[name, len(values)] for name, values in choices.items()]
    results = [run(update, {**now, **chosen}) for chosen in combinations]
    settings = settings_of({"controls": specs})
    present = results[tape_number({"choices": counts}, settings)]
    moving, named = sorted_result(fig, present)
    texts = written(fig, {*named, *widgets}, {a for artist in moving.values() for a in artist.artists})
    if not moving and not any(text.names for text in texts):
        raise ValueError("update must return data for at least one artist of fig")
    for chosen, result in zip(combinations, results, strict=True):
        if {key for part in sorted_result(fig, result) for key in part} != {*moving, *named}:
            raise ValueError(f"update must return the same artists and names for all options; at {chosen} it does not")
    tapes = [_program(update, specs, chosen, [*moving, *named]) for chosen in combinations]
    axes = list(dict.fromkeys(artist.axes for artist in moving.values() if artist.axes is not None))

    spec: dict[str, Any] = {
        "version": 1,
        "title": options.get("title", ""),
        "description": checked_description(options.get("description", "")),
        "readout": checked_readout(options.get("readout", ""), {*named, *widgets}),
        "axes": [],
        "artists": [],
        "texts": [text.parts for text in texts],
        "values": list(named),
        "controls": specs,
        "drag": _drag(options.get("drag"), specs, axes),
        "time": _time(specs, tapes),
        "choices": counts,
        "tapes": tapes,
        "words": WORDS,
    }
    sayable = {**control_values(specs, settings), **named}
    for a_text in texts:
        a_text.say(sayable)
    dpi = fig.dpi
    _lay_out(fig, moving, present)
    spec["axes"] = [axes_spec(ax) for ax in axes]
    spec["artists"] = [_artist(artist, present[key], spec, axes) for key, artist in moving.items()]
    for chosen, result in zip(combinations, results, strict=True):
        check_against_python(spec, {**now, **chosen}, result, choices)
    half = {**now, **{c["name"]: _half_way(c) for c in specs if c["name"] not in choices}}
    check_against_python(spec, half, run(update, half), choices)
    text = _svg(fig, list(moving.values()), texts, spec)
    fig.set_dpi(dpi)
    plt.close(fig)
    return LiveFigure(fig, update, widgets, Canvas(text, json.loads(json.dumps(spec)), widgets), texts)


def _program(
    update: Update, specs: Sequence[controls.Spec], chosen: Mapping[str, Any], keys: Sequence[Any]
) -> dict[str, Any]:
    """The tape of update for one combination of options, its outputs in the order of `keys`."""
    examples = {spec["name"]: controls.example(spec) for spec in specs if spec["name"] not in chosen}
    tape = trace(partial(update, **chosen), **examples)
    outputs = dict(zip(tape.keys or (), tape.program["outputs"], strict=True))
    return {**tape.program, "outputs": [outputs[key] for key in keys]}


def _lay_out(fig: Figure, moving: Mapping[Any, Moving], data: Mapping[Any, Any]) -> None:
    """Draw the first state; the limits of the axes, where they follow the data, and the layout are settled by it."""
    for key, artist in moving.items():
        artist.take(1.0 if isinstance(artist, Shown) else data[key])  # what is hidden must be drawn, too
    ax: Any
    for ax in fig.axes:
        if is_3d(ax):
            ax.computed_zorder = False  # what moves is drawn over the surface that it moves on
            continue
        ax.relim()
        for collection in ax.collections:  # older matplotlib leaves them out
            limits = collection.get_datalim(ax.transData)
            if np.isfinite(limits.get_points()).all():
                ax.update_datalim(limits)
        ax.autoscale_view()
    svg.settle(fig)


def _artist(artist: Moving, data: Any, spec: Mapping[str, Any], axes: Sequence[Any]) -> dict[str, Any]:
    """The description of a moving artist. `inside`: whether all of it is in the picture at first."""
    data = np.asarray(data, dtype=float)
    found = {
        "kind": artist.kind,
        "name": artist.name,
        "axes": None if artist.axes is None else axes.index(artist.axes),
        "columns": artist.columns(data.shape),
        "watched": artist.watched(data.shape),
        **artist.spec(data.shape),
    }
    return {**found, "inside": is_inside(found, spec["axes"], data)}


def _svg(fig: Figure, moving: Sequence[Moving], texts: Iterable[Written], spec: Mapping[str, Any]) -> str:
    """The picture with a place for all that moves."""
    edits = []
    for number, artist in enumerate(moving):
        clip = f"clip-{spec['artists'][number]['axes']}"
        edits += [(a, partial(artist.edit, artist=a, number=number, clip=clip)) for a in artist.artists]
    edits += [(a.text, partial(a.mark, number=number)) for number, a in enumerate(texts) if a.parts]
    clips = "".join(clip_element(f"clip-{i}", axes) for i, axes in enumerate(spec["axes"]))
    return svg.draw(fig, identifier(spec["title"]), edits, clips)


def _drag(drag: Any, specs: Sequence[controls.Spec], axes: Sequence[Any]) -> list[str] | None:
    """The two sliders that a point in the first axes stands for."""
    if drag is not None and (not axes or is_3d(axes[0])):
        raise ValueError("drag needs an artist in two-dimensional axes: the point is dragged in those of the first")
    return checked_drag(drag, [spec["name"] for spec in specs if "low" in spec])


def _time(specs: Sequence[controls.Spec], tapes: Sequence[Mapping[str, Any]]) -> str | None:
    """The control that is the number of steps of what is drawn, or else of a loop: it can be played."""
    drawn = {name for tape in tapes for name in _counts(tape, "rows")}
    looped = {name for tape in tapes for name in _counts(tape, "loops")}
    whole = [str(spec["name"]) for spec in specs if spec.get("whole")]
    return next((name for names in (drawn, looped) for name in whole if name in names), None)


def _counts(tape: Mapping[str, Any], what: str) -> list[str]:
    """The inputs of a tape that are the number of its rows or of the steps of its loops."""
    names = [name for name, *_ in tape["inputs"]]
    return [names[part["n"]] for part in tape[what] if part["n"] < len(names)]


def _half_way(control: controls.Spec) -> Any:
    """A value between the present one and the upper end of a slider."""
    value = control["setting"] + (control["high"] - control["setting"]) / 2
    return int(value) if control["whole"] else value
