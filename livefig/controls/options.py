"""The keyword arguments of `live`: controls and options, checked."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.figure import Figure
from traitlets import TraitError

from livefig.controls import controls
from livefig.controls.mathematics import plain
from livefig.controls.numbers import FIELD, fields, fill

OPTIONS = ("title", "id", "description", "readout", "drag", "stops", "view")
INSTEAD = {  # of widgets that are no controls
    "Text": "Formula, or a Dropdown",
}
MAGIC = "__proto__"  # JavaScript's objects have no room for it


def sorted_keywords(fig: Any, update: Any, kw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Controls and options apart, both checked."""
    if not isinstance(fig, Figure):
        raise TypeError(f"fig must be a matplotlib figure, not {fig!r}: write ax.figure, or plt.gcf()")
    if not callable(update):
        raise TypeError(f"update must be a function of the controls, not {update!r}")
    known = set(OPTIONS) - _arguments(update)  # what update takes is a control, whatever its name
    kw = {name: value if name in known else _spelled_out(name, value, update) for name, value in kw.items()}
    sliders = {name: value for name, value in kw.items() if isinstance(value, ipywidgets.Widget)}
    options = {name: value for name, value in kw.items() if name not in sliders}
    for name, slider in sliders.items():
        if not controls.is_control(slider):
            kind = type(slider).__name__
            other = f"take {INSTEAD[kind]}" if kind in INSTEAD else f"a control is one of {controls.NAMES}"
            raise TypeError(f"{name} is a {kind}: {other}")
        if not name.isidentifier() or name in (*known, MAGIC):
            raise ValueError(f"a control cannot be called {name!r}: take a name of Python's that is no option of live")
        controls.check_options(name, slider)
    for name, value in options.items():
        if name not in known:
            instead = f": write a list, {[*value]!r}" if isinstance(value, tuple) else ""
            raise TypeError(
                f"{name}={value!r} is neither a control (an ipywidget) nor an option ({', '.join(OPTIONS)}){instead}"
            )
    for name in ("title", "id", "description"):
        if not isinstance(options.get(name, ""), str):
            raise TypeError(f"{name} must be text, not {options[name]!r}")
    _check_signature(update, sliders)
    return sliders, options


def _arguments(update: Any) -> set[str]:
    """The names of what a function takes; none if it does not tell."""
    try:
        return set(inspect.signature(update).parameters)
    except ValueError:
        return set()


def _spelled_out(name: str, value: Any, update: Any) -> Any:
    """The widget that `ipywidgets.interact` makes of a short form; anything else as it is.

    That is (0, 5) or (0, 5, 0.1) for a slider, 3.0 for one around it, True for a box, and a list, a dict, or anything
    else to iterate over for a choice.
    """
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if value is None or isinstance(value, (ipywidgets.Widget, str)):
        return value
    try:
        start = inspect.signature(update).parameters[name].default
    except (KeyError, ValueError):
        start = inspect.Parameter.empty
    try:
        widget = ipywidgets.interactive.widget_from_abbrev(value, start)
    except (ValueError, TraitError) as error:
        raise ValueError(f"{name}={value!r} is no short form of a control: {error}") from None
    if not isinstance(widget, ipywidgets.Widget):
        return value
    widget.description = name
    return widget


def without_fixed(update: Any, kw: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """`update` with the arguments that ipywidgets.fixed gives it, and the other keywords."""
    fixed = {name: value.value for name, value in kw.items() if isinstance(value, ipywidgets.fixed)}
    if not fixed or not callable(update):
        return update, dict(kw)
    return partial(update, **fixed), {name: value for name, value in kw.items() if name not in fixed}


def _check_signature(update: Any, sliders: Mapping[str, Any]) -> None:
    """update must take the controls by name, and nothing else."""
    try:
        parameters = inspect.signature(update).parameters.values()
    except ValueError:
        raise TypeError(f"update must be a function written with def or lambda, not {update!r}") from None
    for p in parameters:
        if p.kind is p.POSITIONAL_ONLY and (p.name in sliders or p.default is p.empty):
            raise TypeError(f"update takes {p.name!r} by position only, and a control by its name: leave out the /")
    if not any(p.kind is p.VAR_KEYWORD for p in parameters):
        for name in sliders:
            if name not in {p.name for p in parameters}:
                raise TypeError(f"update takes no argument {name!r}: add it to update, or leave the control out")
    for p in parameters:
        if p.default is p.empty and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL) and p.name not in sliders:
            raise TypeError(f"update takes {p.name!r}, but there is no such control: give {p.name}=FloatSlider(...)")


def check_names(returned: Iterable[str], sliders: Collection[str]) -> None:
    """What update returns by name must have names of its own."""
    for name in returned:
        if name in sliders:
            raise ValueError(
                f"update returns the value {name!r}, and there is a control {name!r}: rename one of them, "
                "sentences cannot tell them apart"
            )
        if name == MAGIC:
            raise ValueError(f"update cannot return a value called {name!r}: rename it")


def said(option: str, text: str) -> str:
    """A text for readers, its mathematics in plain characters."""
    try:
        return plain(text)
    except ValueError as error:
        raise ValueError(f"{option}={text!r}: {error}") from None


def checked_description(description: str) -> str:
    """The description, its doubled braces as braces."""
    for name in fields(description, ()):
        raise ValueError(
            f"description has the field {name!r}, but it stays the same at every move: say it in the readout, "
            "or write {{ and }} for braces"
        )
    return fill(description, {}, {})


def checked_readout(readout: Any, known: set[str]) -> list[list[str]]:
    """The sentences with their conditions, in order."""
    sentences = {"": readout} if isinstance(readout, str) else readout
    if not isinstance(sentences, dict) or not all(isinstance(s, str) for s in sentences.values()):
        raise TypeError(f"readout must be a sentence or a dict of sentences, not {readout!r}")
    for condition, sentence in sentences.items():
        for name in [*fields(sentence, known), *([condition] if condition else [])]:
            if name not in known:
                ends = f": it is a pair, write {{{name}[0]}} and {{{name}[1]}}" if f"{name}[0]" in known else ""
                neither = ends or ", which is neither a control nor a name that update returns"
                raise ValueError(f"readout uses {name!r}{neither}")
    return [[condition, _plainly(sentence, known)] for condition, sentence in sentences.items()]


def _plainly(sentence: str, known: set[str]) -> str:
    """A sentence with its formulas in plain characters. Dollars around anything else are money."""

    def formula(match: re.Match[str]) -> str:
        if not re.search(r"[\\^_]", FIELD.sub("", match[0])):
            return match[0]
        if inside := known & fields(match[0], known).keys():
            name = min(inside)
            raise ValueError(
                f"readout has {{{name}}} between dollars: put the field behind them, as in $η$ = {{{name}}}"
            )
        return said("readout", match[0])

    return re.sub(r"(?<!\\)\$[^$]*\$", formula, sentence)


def checked_stops(stops: Any, widgets: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the sliders that are enumerated; those of choices, which always are, may stand beside them."""
    sliders = [name for name, widget in widgets.items() if hasattr(widget, "min")]
    names = [stops] if isinstance(stops, str) else stops
    if not isinstance(names, (tuple, list)) or not all(name in widgets for name in names):
        raise ValueError(f"stops must name some of the sliders {', '.join(sliders)}, not {stops!r}")
    return tuple(name for name in names if name in sliders)


def checked_pair(option: str, names: Any, sliders: Sequence[str]) -> list[str] | None:
    """The names of two sliders, as an option gives them."""
    if names is None:
        return None
    if not isinstance(names, (tuple, list)) or len(set(names)) != 2 or not set(names) <= set(sliders):
        raise ValueError(f"{option} must name two of the sliders {', '.join(sliders)}, not {names!r}")
    return list(names)
