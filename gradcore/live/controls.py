"""Controls: ipywidgets as the page needs them, read from their standard state.

The state is the dictionary that ipywidgets saves into a notebook; a live widget has the same one. A control's
*setting* is what travels between slider, canvas and page: a number, the index of an option, or true or false.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import ipywidgets
import numpy as np

from gradcore.live.numbers import checked_spec
from gradcore.tape import Between

Spec = dict[str, Any]
SLIDERS = {
    "FloatSliderModel": ipywidgets.FloatSlider,
    "FloatLogSliderModel": ipywidgets.FloatLogSlider,
    "IntSliderModel": ipywidgets.IntSlider,
}
CHOICES = {"DropdownModel": ipywidgets.Dropdown, "ToggleButtonsModel": ipywidgets.ToggleButtons}
CHECKBOX = "CheckboxModel"
KINDS = {**SLIDERS, **CHOICES, CHECKBOX: ipywidgets.Checkbox}
NAMES = ", ".join(kind.__name__ for kind in KINDS.values())


def is_control(widget: Any) -> bool:
    return isinstance(widget, tuple(KINDS.values()))


def linked_trait(widget: Any) -> str:
    """The trait of a widget that holds its setting."""
    return "index" if isinstance(widget, tuple(CHOICES.values())) else "value"


def options(widget: Any) -> tuple[Any, ...] | None:
    """The values that a discrete control can have, in the order of its settings; None for a slider."""
    if isinstance(widget, ipywidgets.Checkbox):
        return (False, True)
    if isinstance(widget, (ipywidgets.Dropdown, ipywidgets.ToggleButtons)):
        return tuple(widget._options_values)
    return None


def control(name: str, state: Mapping[str, Any], idle: Collection[str] = ()) -> Spec:
    """The description of one control, from the state of its widget; `setting` is where it stands.

    idle : the names of sliders that the figure has disabled, because they have no effect in the chosen option.
    """
    spec: Spec = {
        "name": name,
        "kind": state["_model_name"],
        "label": state["description"] or name,
        "disabled": bool(state["disabled"]) and name not in idle,
    }
    if spec["kind"] in SLIDERS:
        return spec | _slider(state)
    if spec["kind"] == CHECKBOX:
        return spec | {"setting": bool(state["value"])}
    if state["index"] is None:
        raise ValueError(f"{name} has no option chosen: give it a value")
    return spec | {"setting": state["index"], "options": list(state["_options_labels"])}


def _slider(state: Mapping[str, Any]) -> Spec:
    """`at`: where the handle stands (for a logarithmic slider an exponent); `low`, `high`: the ends as values."""
    base = float(state["base"]) if state["_model_name"] == "FloatLogSliderModel" else None
    value, least, most, step = state["value"], state["min"], state["max"], state["step"]
    try:
        spec = checked_spec(state["readout_format"])
    except ValueError:
        spec = ".3g"
    return {
        "setting": value,
        "min": least,
        "max": most,
        "step": step,
        "base": base,
        "at": _on_grid(math.log(value, base) if base else value, least, most, step),
        "low": base**least if base else least,
        "high": base**most if base else most,
        "format": spec,
        "whole": state["_model_name"] == "IntSliderModel",
    }


def _on_grid(at: float, least: float, most: float, step: float) -> float:
    """The place of a handle that moves by steps."""
    snapped = least + round((at - least) / step) * step
    return round(min(max(snapped, least), most), 10)


def example(spec: Spec) -> Between:
    """A slider's value with its bounds, as `trace` wants them."""
    return Between(spec["setting"], spec["low"], spec["high"])


def check_value(spec: Spec, widget: Any, value: Any) -> None:
    """Raise if a control cannot take a value."""
    name, choices = spec["name"], options(widget)
    if choices is not None:
        if value not in choices:
            raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}")
        return
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} must be a number, not {value!r}")
    if spec["whole"] and value != int(value):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    if not spec["low"] <= value <= spec["high"]:
        raise ValueError(f"{name} must be from {spec['low']:g} to {spec['high']:g}, not {value!r}")
