"""Sliders for both ends of a range: what a figure says of them, and a page shows of them. `ranges.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

import ipywidgets

from livefig.controls import sliders
from livefig.controls.mathematics import label_html
from livefig.description import Control
from livefig.program.tape import Between

MODELS = {
    "FloatRangeSliderModel": ipywidgets.FloatRangeSlider,
    "IntRangeSliderModel": ipywidgets.IntRangeSlider,
}
TRAIT = "value"


def options(widget: Any) -> None:
    """A slider has a range, and so has each of two."""


def described(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """`setting`: both ends, the lower one first; `ends`: where their handles stand. All else is as of a slider."""
    first, last = (sliders.described(name, {**state, "value": value}) for value in state["value"])
    handles = [first.pop("at"), last.pop("at")]
    return {**first, "setting": (first["setting"], last["setting"]), "ends": handles}


def example(spec: Control) -> tuple[Between, ...]:
    """Both ends with their bounds, as `trace` wants them."""
    return tuple(Between(end, spec["low"], spec["high"]) for end in spec["setting"])


def count(spec: Control) -> int:
    """How many pairs of stops there are, the lower one first."""
    return spec["stops"] * (spec["stops"] + 1) // 2


def stop_at(spec: Control, number: int) -> tuple[Any, ...]:
    """One of these pairs: first those whose upper end is the first stop, then those whose upper end is the second."""
    last = (math.isqrt(8 * number + 1) - 1) // 2
    return tuple(sliders.stop_at(spec, stop) for stop in (number - last * (last + 1) // 2, last))


def stop_of(spec: Control, setting: tuple[float, float]) -> int:
    """The number of the nearest pair."""
    first, last = (sliders.stop_of(spec, end) for end in setting)
    return last * (last + 1) // 2 + first


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """Two sliders with their number boxes, in one group."""
    rows = ""
    for end, word in enumerate(("from", "to")):
        setting, at = control["setting"][end], control["ends"][end]
        own = {
            **control,
            "name": f"{control['name']}[{end}]",
            "label": words[word],
            "markup": words[word],
            "setting": setting,
            "at": at,
        }
        rows += sliders.html(f"{name}_{end}", cast(Control, own), words)
    return (
        f'<fieldset class="live-control live-range" data-control="{control["name"]}">'
        f"<legend>{label_html(control)}</legend>{rows}</fieldset>"
    )
