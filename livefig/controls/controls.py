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

from livefig.controls.numbers import checked_spec
from livefig.program.tape import Between

Spec = dict[str, Any]
SLIDERS = {
    "FloatSliderModel": ipywidgets.FloatSlider,
    "FloatLogSliderModel": ipywidgets.FloatLogSlider,
    "IntSliderModel": ipywidgets.IntSlider,
}
CHOICES = {"DropdownModel": ipywidgets.Dropdown, "ToggleButtonsModel": ipywidgets.ToggleButtons}
CHECKBOX = "CheckboxModel"
LARGEST = 1e300  # of a slider's numbers: their differences are finite, too
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


def check_options(name: str, widget: Any) -> None:
    """Raise if the options of a control are not told apart by readers, or by ipywidgets, which compares them."""
    values, labels = options(widget), getattr(widget, "_options_labels", ())
    for what, given in (("values", list(values or ())), ("labels", list(labels))):
        try:
            apart = [given.index(one) for one in given] == list(range(len(given)))
        except ValueError:  # an array is not simply equal or different
            apart = False
        if not apart:
            raise ValueError(f"the options of {name} have {what} that == does not tell apart: {given!r}")


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
        return spec | _slider(name, state)
    if spec["kind"] == CHECKBOX:
        return spec | {"setting": bool(state["value"])}
    if state["index"] is None:
        wanted = "give it a value" if state["_options_labels"] else "give it options"
        raise ValueError(f"{name} has no option chosen: {wanted}")
    return spec | {"setting": state["index"], "options": list(state["_options_labels"])}


def _slider(name: str, state: Mapping[str, Any]) -> Spec:
    """`at`: where the handle stands (for a logarithmic slider an exponent); `low`, `high`: the ends as values."""
    value, least, most = state["value"], state["min"], state["max"]
    base = float(state["base"]) if state["_model_name"] == "FloatLogSliderModel" else None
    for trait, number in {"value": value, "min": least, "max": most, "base": base or 0}.items():
        if not abs(number) <= LARGEST:
            raise ValueError(f"{name} has {trait}={number!r}: a slider needs finite numbers, of {LARGEST:g} at most")
    if not least < most:
        raise ValueError(f"{name} has min={least!r} and max={most!r}: a slider needs room between them")
    step = (most - least) / 1000 if state["step"] is None else state["step"]  # None: too fine to feel
    if not 1e-15 <= step / (most - least) <= 1 + 1e-9:
        raise ValueError(f"{name} has step={step!r}: a step is a part of max − min = {most - least:g}, greater than 0")
    if base is not None and not base > 1:
        raise ValueError(f"{name} has base={base!r}: the base of a logarithmic slider is greater than 1")
    if base and max(-least, most) * math.log10(base) > math.log10(LARGEST):
        raise ValueError(f"{name} has min={least!r} and max={most!r}: these powers of {base:g} are too large or small")
    try:
        spec = checked_spec(state["readout_format"])
    except ValueError as error:
        raise ValueError(f"{name} has a readout_format that the page does not know: {error}") from None
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
