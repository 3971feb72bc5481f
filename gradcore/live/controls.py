"""Controls: ipywidgets as the page needs them, read from their standard state.

The state is the dictionary that ipywidgets saves into a notebook; a live widget has the same one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import ipywidgets
import numpy as np

from gradcore.live.numbers import checked_spec
from gradcore.tape import Between

Spec = dict[str, Any]
KINDS = {
    "FloatSliderModel": ipywidgets.FloatSlider,
    "FloatLogSliderModel": ipywidgets.FloatLogSlider,
    "IntSliderModel": ipywidgets.IntSlider,
}
NAMES = ", ".join(kind.__name__ for kind in KINDS.values())


def is_control(widget: Any) -> bool:
    return isinstance(widget, tuple(KINDS.values()))


def control(name: str, state: Mapping[str, Any]) -> Spec:
    """The description of one control, from the state of its widget.

    `at` is where the handle stands: the value, or its exponent for a logarithmic slider; `low` and `high` are
    the least and the greatest value.
    """
    kind, value, base = state["_model_name"], state["value"], float(state.get("base", 10))
    log = kind == "FloatLogSliderModel"
    least, most, step = state["min"], state["max"], state["step"]
    try:
        spec = checked_spec(state["readout_format"])
    except ValueError:
        spec = ".3g"
    return {
        "name": name,
        "kind": kind,
        "label": state["description"] or name,
        "min": least,
        "max": most,
        "step": step,
        "base": base if log else None,
        "value": value,
        "at": _on_grid(math.log(value, base) if log else value, least, most, step),
        "low": base**least if log else least,
        "high": base**most if log else most,
        "format": spec,
        "whole": kind == "IntSliderModel",
        "disabled": bool(state["disabled"]),
    }


def example(spec: Spec) -> Between:
    """The control's value with its bounds, as `trace` wants them."""
    return Between(spec["value"], spec["low"], spec["high"])


def check_value(spec: Spec, value: Any) -> None:
    """Raise if a control cannot take a value."""
    name = spec["name"]
    if isinstance(value, (bool, np.bool)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} must be a number, not {value!r}")
    if spec["whole"] and value != int(value):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    if not spec["low"] <= value <= spec["high"]:
        raise ValueError(f"{name} must be from {spec['low']:g} to {spec['high']:g}, not {value!r}")


def _on_grid(at: float, least: float, most: float, step: float) -> float:
    """The place of a handle that moves by steps."""
    snapped = least + round((at - least) / step) * step
    return round(min(max(snapped, least), most), 10)
