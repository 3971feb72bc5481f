"""Checkboxes: what a figure says of them, and how they stand on a page. `checkboxes.js` is the twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets

from livefig.controls.mathematics import label_html
from livefig.description import Control

MODELS = {"CheckboxModel": ipywidgets.Checkbox, "ToggleButtonModel": ipywidgets.ToggleButton}
TRAIT = "value"


def options(widget: Any) -> tuple[bool, bool]:
    return (False, True)


def described(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """`setting`: whether it is ticked."""
    return {"setting": bool(state["value"])}


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """A box and its label."""
    checked = " checked" if control["setting"] else ""
    return (
        f'<div class="live-control live-check" data-control="{control["name"]}"><label>'
        f'<input type="checkbox" id="{name}" name="{control["name"]}"{checked} disabled> {label_html(control)}'
        "</label></div>"
    )
