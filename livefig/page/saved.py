"""What a notebook keeps of its live figures and asks: the state of its widgets, from which a page is made."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any, cast

from livefig.controls.controls import KINDS, control
from livefig.description import Control, Description
from livefig.page.canvas import LINKED, Canvas
from livefig.page.html import figure_html, figure_id

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
Models = Mapping[str, Mapping[str, Any]]


def models_of(notebook: Any) -> Models:
    """The widgets of a notebook, by their ids."""
    return cast(Models, notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {}))


def canvases(models: Models, name: str) -> Iterator[str]:
    """The canvases in a widget, by the ids of their models."""
    if is_model(models, name, Canvas):
        yield name
    for child in models.get(name, {}).get("state", {}).get("children", ()):
        yield from canvases(models, _id(child))


def is_model(models: Models, name: str, kind: type) -> bool:
    """Whether a model is that of a widget of ours."""
    return bool(models.get(name, {}).get("state", {}).get("_anywidget_id") == f"{kind.__module__}.{kind.__qualname__}")


def _id(reference: str) -> str:
    return reference.removeprefix("IPY_MODEL_")


def controls_of(models: Models, canvas: str) -> list[Control]:
    """The controls that are linked to a canvas, as they stand, in the order of its description."""
    found = {}
    for model in models.values():
        if model["model_name"] != "LinkModel":
            continue
        (slider, _), (target, trait) = model["state"]["source"], model["state"]["target"]
        if _id(target) == canvas:
            linked = models[_id(slider)]
            if linked["model_name"] in KINDS:
                state = {"_model_name": linked["model_name"], **_defaults(linked["model_name"]), **linked["state"]}
                found[trait.removeprefix(LINKED)] = state
    state = models[canvas]["state"]
    enumerated = [name for name, _ in state["spec"]["choices"]]
    return [control(c["name"], found[c["name"]], state.get("idle", ()), enumerated) for c in state["spec"]["controls"]]


def _defaults(model_name: str) -> dict[str, Any]:
    """What a saved state leaves out because it is the default."""
    traits = KINDS[model_name].class_traits(sync=True)
    return {name: trait.default_value for name, trait in traits.items() if not name.startswith("_")}


def saved_figure(models: Models, canvas: str, taken: Container[str]) -> tuple[str, str, Description]:
    """A figure's id, which no other one on its page has, its HTML, and its description with the controls as they stand.

    taken : the ids that the page has.
    """
    state = models[canvas]["state"]
    original = name = figure_id(state["spec"])
    number = 1
    while name in taken:
        number += 1
        name = f"{original}-{number}"
    spec = cast(Description, {**state["spec"], "controls": controls_of(models, canvas)})
    svg = re.sub(f'(?<=["#.]){original}-', f"{name}-", state["svg"])  # in ids, references and rules, not in words
    return name, figure_html(name, svg, spec), spec
