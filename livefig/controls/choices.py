"""Choices of one of several: what a figure says of them, and how they stand on a page. `choices.js` is the twin."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets

from livefig.controls.mathematics import label_html, plain
from livefig.description import Control

MODELS = {
    "DropdownModel": ipywidgets.Dropdown,
    "ToggleButtonsModel": ipywidgets.ToggleButtons,
    "RadioButtonsModel": ipywidgets.RadioButtons,
    "SelectionSliderModel": ipywidgets.SelectionSlider,
}
TRAIT = "index"


def options(widget: Any) -> tuple[Any, ...]:
    return tuple(widget._options_values)


def described(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """`setting`: the index of the chosen one of the `options`, which are labels."""
    if state["index"] is None:
        wanted = "give it a value" if state["_options_labels"] else "give it options"
        raise ValueError(f"{name} has no option chosen: {wanted}")
    return {"setting": state["index"], "options": [plain(label) for label in state["_options_labels"]]}


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """A select, radio buttons, or a slider with the option's label."""
    label, chosen = label_html(control), control["setting"]
    if control["kind"] == "SelectionSliderModel":
        option = escape(control["options"][chosen])
        return (
            f'<div class="live-control" data-control="{control["name"]}"><label for="{name}">{label}</label>'
            f'<input type="range" id="{name}" name="{control["name"]}" min="0" max="{len(control["options"]) - 1}" '
            f'step="1" value="{chosen}" aria-valuetext="{option}" disabled><output for="{name}">{option}</output></div>'
        )
    if control["kind"] == "DropdownModel":
        options = "".join(
            f'<option value="{i}"{" selected" if i == chosen else ""}>{escape(option)}</option>'
            for i, option in enumerate(control["options"])
        )
        return (
            f'<div class="live-control" data-control="{control["name"]}"><label for="{name}">{label}</label>'
            f'<select id="{name}" name="{control["name"]}" disabled>{options}</select></div>'
        )
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{i}"{" checked" if i == chosen else ""} disabled> '
        f"{escape(option)}</label>"
        for i, option in enumerate(control["options"])
    )
    return (
        f'<fieldset class="live-control live-choice" data-control="{control["name"]}"><legend>{label}</legend>'
        f"{buttons}</fieldset>"
    )
