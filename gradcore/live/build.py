"""`live`: from an author's figure and update function to a LiveFigure, with every mistake told at once."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from gradcore.live import artists, controls, svg
from gradcore.live.figure import Canvas, LiveFigure
from gradcore.live.html import identifier
from gradcore.live.numbers import fields
from gradcore.live.state import run, state_at, tape_number
from gradcore.live.words import WORDS
from gradcore.tape import trace

MOST_COMBINATIONS = 64
OPTIONS = ("title", "description", "readout", "drag")
Update = Callable[..., Any]


def live(fig: Figure, update: Update, /, **kw: Any) -> LiveFigure:
    """Let the artists of a matplotlib figure follow sliders, also on a page without Python.

    fig : a matplotlib figure with its moving artists drawn in any state. It is closed.
    update : takes the controls by name; returns a dict: artists -> data (a line: shape (n, 2)), strings ->
        numbers for the sentence. It is run once with recording values, so it may use what NumPy offers and
        `gradcore.iterate` for loops, but no `if`, `float()` or `math` on a slider's value.
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
    widgets, options = _sorted_keywords(fig, update, kw)
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
    present = tape_number({"choices": counts}, {spec["name"]: spec["setting"] for spec in specs})
    moving, named = _sorted_result(fig, results[present])
    for chosen, result in zip(combinations, results, strict=True):
        if {key for part in _sorted_result(fig, result) for key in part} != {*moving, *named}:
            raise ValueError(f"update must return the same artists and names for all options; at {chosen} it does not")
    tapes = [_program(update, specs, chosen, [*moving, *named]) for chosen in combinations]

    for artist, data in moving.items():
        artist.set_data(*np.transpose(data))
    for ax in fig.axes:
        ax.relim()
        ax.autoscale_view()
    svg.settle(fig)
    axes = list(dict.fromkeys(artist.axes for artist in moving))
    spec = {
        "version": 1,
        "title": options.get("title", ""),
        "description": options.get("description", ""),
        "readout": _readout(options.get("readout", ""), {*named, *widgets}),
        "axes": [artists.axes_spec(ax) for ax in axes],
        "artists": [artists.line_spec(artist, axes.index(artist.axes), WORDS) for artist in moving],
        "values": list(named),
        "controls": specs,
        "drag": _drag(options.get("drag"), [spec["name"] for spec in specs if spec["name"] not in choices]),
        "time": _time(specs, tapes),
        "choices": counts,
        "tapes": tapes,
        "words": WORDS,
    }
    for chosen, result in zip(combinations, results, strict=True):
        _check_against_python(spec, {**now, **chosen}, result, list(moving), choices)
    half = {**now, **{c["name"]: _half_way(c) for c in specs if c["name"] not in choices}}
    _check_against_python(spec, half, run(update, half), list(moving), choices)
    text = _svg(fig, list(moving), spec)
    plt.close(fig)
    return LiveFigure(fig, update, widgets, Canvas(text, json.loads(json.dumps(spec)), widgets))


def _program(
    update: Update, specs: Sequence[controls.Spec], chosen: Mapping[str, Any], keys: Sequence[Any]
) -> dict[str, Any]:
    """The tape of update for one combination of options, its outputs in the order of `keys`."""
    examples = {spec["name"]: controls.example(spec) for spec in specs if spec["name"] not in chosen}
    tape = trace(partial(update, **chosen), **examples)
    outputs = dict(zip(tape.keys or (), tape.program["outputs"], strict=True))
    return {**tape.program, "outputs": [outputs[key] for key in keys]}


def _svg(fig: Figure, moving: list[Line2D], spec: Mapping[str, Any]) -> str:
    """The picture with a place for each moving artist."""
    name = identifier(spec["title"])
    clips = "".join(artists.clip_element(f"clip-{i}", axes) for i, axes in enumerate(spec["axes"]))
    elements = {}
    for number, artist in enumerate(moving):
        artist.set_gid(f"live-{number}")
        clip = f"clip-{spec['artists'][number]['axes']}"
        elements[f"live-{number}"] = artists.line_elements(artist, number, clip)
    elements["live-0"] = f"<defs>{clips}</defs>" + elements["live-0"]
    return svg.draw(fig, name, elements)


def _sorted_keywords(fig: Any, update: Any, kw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Controls and options apart, both checked."""
    if not isinstance(fig, Figure):
        raise TypeError(f"fig must be a matplotlib figure, not {fig!r}")
    if not callable(update):
        raise TypeError(f"update must be a function of the controls, not {update!r}")
    sliders = {name: value for name, value in kw.items() if isinstance(value, ipywidgets.Widget)}
    options = {name: value for name, value in kw.items() if name not in sliders}
    for name, slider in sliders.items():
        if not controls.is_control(slider):
            raise TypeError(f"{name} is a {type(slider).__name__}: a control is one of {controls.NAMES}")
    for name, value in options.items():
        if name not in OPTIONS:
            raise TypeError(
                f"{name}={value!r} is neither a control (an ipywidget) nor an option ({', '.join(OPTIONS)})"
            )
    for name in ("title", "description"):
        if not isinstance(options.get(name, ""), str):
            raise TypeError(f"{name} must be a sentence, not {options[name]!r}")
    parameters = inspect.signature(update).parameters.values()
    if not any(p.kind is p.VAR_KEYWORD for p in parameters):
        for name in sliders:
            if name not in {p.name for p in parameters}:
                raise TypeError(f"update takes no argument {name!r}: add it to update, or leave the control out")
    for p in parameters:
        if p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL) and p.name not in sliders:
            raise TypeError(f"update takes {p.name!r}, but there is no such control: give {p.name}=FloatSlider(...)")
    return sliders, options


def _sorted_result(fig: Figure, result: Any) -> tuple[dict[Line2D, Any], dict[str, Any]]:
    """Artists and named values apart, both checked."""
    if not isinstance(result, dict):
        raise TypeError(f"update must return a dict of artists and names, not {result!r}")
    moving, named = {}, {}
    for key, value in result.items():
        if isinstance(key, str):
            if value is not None and (np.ndim(value) or np.asarray(value).dtype.kind not in "biuf"):
                raise ValueError(f"update must return one number for {key!r}, not {value!r}")
            named[key] = value
        elif not isinstance(key, Line2D):
            raise TypeError(f"update returned data for {key!r}: a moving artist is a line, as ax.plot(...) returns")
        elif key.get_figure(root=True) is not fig or not isinstance(key.axes, Axes):
            raise ValueError(f"update returned data for {key!r}, which is not in fig")
        elif np.ndim(value) != 2 or np.shape(value)[1] != 2:
            raise ValueError(
                f"update must return an array of shape (n, 2) for the line {key.get_label()!r}, "
                f"not of shape {np.shape(value)}: write np.column_stack([x, y])"
            )
        else:
            moving[key] = value
    if not moving:
        raise ValueError("update must return data for at least one artist of fig")
    return moving, named


def _readout(readout: Any, known: set[str]) -> list[list[str]]:
    """The sentences with their conditions, in order."""
    sentences = {"": readout} if isinstance(readout, str) else readout
    if not isinstance(sentences, dict) or not all(isinstance(s, str) for s in sentences.values()):
        raise TypeError(f"readout must be a sentence or a dict of sentences, not {readout!r}")
    for condition, sentence in sentences.items():
        for name in [*fields(sentence), *([condition] if condition else [])]:
            if name not in known:
                raise ValueError(f"readout uses {name!r}, which is neither a control nor a name that update returns")
    return [[condition, sentence] for condition, sentence in sentences.items()]


def _drag(drag: Any, sliders: Sequence[str]) -> list[str] | None:
    if drag is None:
        return None
    if not isinstance(drag, (tuple, list)) or len(drag) != 2 or not set(drag) <= set(sliders):
        raise ValueError(f"drag must name two of the sliders {', '.join(sliders)}, not {drag!r}")
    return list(drag)


def _time(specs: Sequence[controls.Spec], tapes: Sequence[Mapping[str, Any]]) -> str | None:
    """The control that is the number of steps of what is drawn, if there is one: it can be played."""
    for tape in tapes:
        names = [name for name, *_ in tape["inputs"]]
        drawn = {tape["rows"][o["rows"]]["n"] for o in tape["outputs"] if o["rows"] is not None}
        for spec in specs:
            if spec.get("whole") and spec["name"] in names and names.index(spec["name"]) in drawn:
                return str(spec["name"])
    return None


def _half_way(control: controls.Spec) -> Any:
    """A value between the present one and the upper end of a slider."""
    value = control["setting"] + (control["high"] - control["setting"]) / 2
    return int(value) if control["whole"] else value


def _check_against_python(
    spec: Mapping[str, Any],
    values: Mapping[str, Any],
    result: Mapping[Any, Any],
    moving: Sequence[Line2D],
    choices: Mapping[str, tuple[Any, ...]],
) -> None:
    """The tape must say at some values of the controls what `update` returned for them."""
    settings = {name: choices[name].index(v) if name in choices else v for name, v in values.items()}
    for artist, found in zip(moving, state_at(spec, settings).arrays, strict=True):
        wanted = np.asarray(result[artist], dtype=float)
        if wanted.shape != found.shape or not _close(wanted, found):
            raise ValueError(
                f"update gives other numbers for the line {artist.get_label()!r} each time, or changes with what "
                f"is not a control; at {values} the recorded function disagrees. Random numbers belong outside it."
            )


def _close(a: Any, b: Any) -> bool:
    """Equal but for rounding that a chaotic run may have blown up."""
    finite = np.isfinite(a) & np.isfinite(b)
    return bool(np.allclose(a[finite], b[finite], rtol=1e-3, atol=1e-3 * (1 + np.abs(a[finite]).max(initial=0))))
