"""Sliders, Play and number boxes; a page has a slider for those with bounds. `sliders.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets

from livefig.controls.mathematics import label_html
from livefig.controls.numbers import SPEC, format_number
from livefig.description import Control
from livefig.program.tape import Between

MODELS = {
    "FloatSliderModel": ipywidgets.FloatSlider,
    "FloatLogSliderModel": ipywidgets.FloatLogSlider,
    "IntSliderModel": ipywidgets.IntSlider,
    "BoundedFloatTextModel": ipywidgets.BoundedFloatText,
    "BoundedIntTextModel": ipywidgets.BoundedIntText,
    "PlayModel": ipywidgets.Play,
    "FloatTextModel": ipywidgets.FloatText,
    "IntTextModel": ipywidgets.IntText,
}
TRAIT = "value"
OPEN = ("FloatTextModel", "IntTextModel")  # without ends
REACH = 10  # of these: how many times their value they are tried on both sides
LARGEST = 1e300  # of a slider's numbers: their differences are finite, too


def options(widget: Any) -> None:
    """A slider has a range."""


def described(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """`at`: where the handle stands (for a logarithmic slider an exponent); `low`, `high`: the ends as values.

    Raises ValueError where a slider cannot be moved, or a page cannot write its numbers.
    """
    if state["_model_name"] in OPEN:
        reach = REACH * max(1, abs(state["value"]))
        state = {**state, "min": state["value"] - reach, "max": state["value"] + reach}
    value, least, most = state["value"], state["min"], state["max"]
    base = float(state["base"]) if state["_model_name"] == "FloatLogSliderModel" else None
    for trait, number in {"value": value, "min": least, "max": most, "base": base or 0}.items():
        if not abs(number) <= LARGEST:
            raise ValueError(f"{name} has {trait}={number!r}: a slider needs finite numbers, of {LARGEST:g} at most")
    if not least < most:
        raise ValueError(f"{name} has min={least!r} and max={most!r}: a slider needs room between them")
    step = (most - least) / 1000 if state["step"] is None else state["step"]  # None: too fine to feel
    if 0 < step / (most - least) < 1e-15:
        raise ValueError(f"{name} has step={step!r}, too small a part of max − min = {most - least:g}: write step=None")
    if not 0 < step / (most - least) <= 1 + 1e-9:
        raise ValueError(f"{name} has step={step!r}: a step is a part of max − min = {most - least:g}, greater than 0")
    if base is not None and not base > 1:
        raise ValueError(f"{name} has base={base!r}: the base of a logarithmic slider is greater than 1")
    if base and max(-least, most) * math.log10(base) > math.log10(LARGEST):
        raise ValueError(f"{name} has min={least!r} and max={most!r}: these powers of {base:g} are too large or small")
    whole = state["_model_name"].startswith(("Int", "BoundedInt", "Play"))
    spec = state.get("readout_format", "d" if whole else ".6g")
    if not SPEC.fullmatch(spec):
        known = "[+][$][,][.digits][d, e, f, g or %], such as '$,.2f'"
        raise ValueError(f"{name} has readout_format={spec!r}, which a page does not know: write {known}")
    played = {key: state[key] for key in ("interval", "repeat") if key in state}
    found = {
        "setting": value,
        "min": least,
        "max": most,
        "step": step,
        "base": base,
        "at": _on_grid(math.log(value, base) if base else value, least, most, step),
        "low": base**least if base else least,
        "high": base**most if base else most,
        "format": spec,
        "whole": whole,
        **played,
    }
    return found | {"open": True, "low": -LARGEST, "high": LARGEST} if state["_model_name"] in OPEN else found


def _on_grid(at: float, least: float, most: float, step: float) -> float:
    """The place of a handle that moves by steps."""
    snapped = least + round((at - least) / step) * step
    return round(min(max(snapped, least), most), 10)


def example(spec: Control) -> Between | float:
    """A slider's value with its bounds, if it has any, as `trace` wants them."""
    return float(spec["setting"]) if "open" in spec else Between(spec["setting"], spec["low"], spec["high"])


def recorded(spec: Control) -> bool:
    """Whether a control is a slider that is not enumerated."""
    return "low" in spec and "stops" not in spec


def count_stops(spec: Control) -> int:
    """How many values a slider has when it moves from its lower end by its steps."""
    return int((spec["max"] - spec["min"]) / spec["step"] + 1e-9) + 1


def count(spec: Control) -> int:
    """How many settings an enumerated slider has: its stops."""
    return spec["stops"]


def stop_at(spec: Control, number: int) -> Any:
    """The value of an enumerated slider at one of its stops."""
    at = float(f"{spec['min'] + number * spec['step']:.12g}")
    base = spec["base"]
    return round(at) if spec["whole"] else base**at if base else at


def stop_of(spec: Control, value: float) -> int:
    """The stop that is the nearest to a value."""
    at = math.log(value, spec["base"]) if spec["base"] else value
    return min(round((at - spec["min"]) / spec["step"]), spec["stops"] - 1)


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """A slider with its number box."""
    label = escape(control["label"])
    text = format_number(control["setting"], control["format"], words).replace("−", "-")
    hidden = " hidden" if "open" in control else ""
    keys = "decimal" if control["low"] >= 0 else "text"  # the numbers of some phones have no minus
    return (
        f'<div class="live-control" data-control="{control["name"]}"><label for="{name}">{label_html(control)}</label>'
        f'<input type="range" id="{name}" name="{control["name"]}" min="{control["min"]:.12g}" '
        f'max="{control["max"]:.12g}" step="{control["step"]:.12g}" value="{control["at"]:.12g}" disabled{hidden}>'
        f'<input type="text" inputmode="{keys}" role="spinbutton" name="{control["name"]}-number" value="{text}" '
        f'autocomplete="off" aria-label="{words["number"].format(label=label)}" disabled></div>'
    )
