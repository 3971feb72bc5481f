"""What a notebook keeps of its live figures and asks: the state of its widgets, from which a page is made."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, cast

from livefig.controls.controls import KINDS, control
from livefig.description import Control, Description, known
from livefig.page.canvas import LINKED, Canvas
from livefig.page.html import figure_html, figure_id
from livefig.page.state import settings_of

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


def is_known(models: Models, found: Sequence[str]) -> bool:
    """Whether there are canvases, and this version can read all of them."""
    return bool(found) and all(known(models[canvas]["state"]["spec"]) for canvas in found)


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


def links_of(models: Models, canvas: str) -> dict[str, Any] | None:
    """Which controls move others: by one widget that several figures have, or by an author's `jslink` or `jsdlink`.

    `number`: that of this picture among the pictures of the notebook. `moves`: for each control those that follow it,
    the number of the picture and the name. None if nothing follows.
    """
    pictures = _pictures(models)
    ways: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, ends in _links(models):
        for one, other in [ends, ends[::-1]] if kind == "LinkModel" else [ends]:
            ways.setdefault(one, []).append(other)
    moves: dict[str, dict[str, list[list[Any]]]] = {picture: {} for picture in pictures}
    for picture in pictures:
        for name in settings_of(models[picture]["state"]["spec"]):
            found = [(picture, LINKED + name)]
            for end in found:  # which grows
                found += [other for other in ways.get(end, ()) if other not in found]
            if others := [end for end in found[1:] if end[0] in moves]:
                moves[picture][name] = [[pictures.index(one), trait.removeprefix(LINKED)] for one, trait in others]
    number = pictures.index(canvas)
    followed = [one for controls in moves.values() for others in controls.values() for one, _ in others]
    return {"number": number, "moves": moves[canvas]} if moves[canvas] or number in followed else None


def lost_links(models: Models, canvas: str) -> list[str]:
    """What a page does not follow of an author's links from and to the controls of a figure, each as a sentence."""
    pictures = _pictures(models)
    controls = {one: other[0] for _, (one, other) in _links(models) if other[0] in pictures}
    ours = {name for (name, _), picture in controls.items() if picture == canvas}
    found = []
    for kind, ends in _links(models):
        followed = all(end in controls or end[0] in pictures for end in ends)
        if not followed and ours & {name for name, _ in ends}:
            one, other = (f"{trait!r} of {_called(models[name])}" for name, trait in ends)
            call = "jslink" if kind == "LinkModel" else "jsdlink"
            found.append(
                f"a page does not follow {call} of {one} and {other}: it links the values of controls of live figures. "
                "Give live both as controls, or say a value in readout="
            )
    return found


def _called(model: Mapping[str, Any]) -> str:
    """A widget as its author knows it."""
    label = model["state"].get("description", "")
    return f"the {model['model_name'].removesuffix('Model')}{f' {label!r}' if label else ''}"


def _pictures(models: Models) -> list[str]:
    """The pictures of a notebook, in their order."""
    return [name for name, model in models.items() if {"svg", "spec"} <= model["state"].keys()]


def _links(models: Models) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The links between widgets: of each its kind, and its ends as the id of a model and a trait."""
    for model in models.values():
        if model["model_name"] in ("LinkModel", "DirectionalLinkModel"):
            ends = (model["state"]["source"], model["state"]["target"])
            yield model["model_name"], [(_id(name), trait) for name, trait in ends]


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
    if (links := links_of(models, canvas)) is not None:
        spec["links"] = links
    svg = re.sub(f'(?<=["#.]){original}-', f"{name}-", state["svg"])  # in ids, references and rules, not in words
    return name, figure_html(name, svg, spec), spec
