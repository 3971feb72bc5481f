"""Live figures in Jupyter Book: a myst-nb renderer for widgets, and the Sphinx extension that brings the script.

A notebook carries the state of its widgets as of its end: that state, and nothing of Python's, is what the
page is made from. One figure is one picture: show it once, and change its sliders before the notebook ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.errors import ExtensionError

from livefig.asking.ask import Ask
from livefig.controls.controls import KINDS, control
from livefig.description import Control, Description, known
from livefig.page import asks, assets
from livefig.page.canvas import LINKED, Canvas
from livefig.page.html import FIGURE, figure_html, figure_id, figure_name
from livefig.words import WORDS

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
Models = Mapping[str, Mapping[str, Any]]


class FigureRenderer:
    """Renders the widget views of a notebook: live figures as figures, anything else as a box that says so."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """myst-nb's call for each output; None leaves it to others. An error names the page and the cell."""
        environment = renderer.renderer.sphinx_env
        if data.mime_type != VIEW or __name__ not in environment.config.extensions:
            return None
        try:
            return _rendered(renderer, data)
        except Exception as error:
            page = environment.doc2path(environment.docname, base=False)
            raise ExtensionError(f"{page}, {_cell(renderer, data)}: {__name__}: {error!r}", error) from error


def _rendered(renderer: Any, data: Any) -> list[nodes.Element]:
    """The figures or the ask of a widget view; a sentence and a warning where there is none that can be shown."""
    notebook = renderer.renderer.nb_client.notebook
    models = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    name = data.content["model_id"]
    if _is(models, name, Ask):
        return [asks.ask_node(renderer.renderer.document, models[name]["state"])]
    canvases = list(_canvases(models, name))
    if canvases and all(known(models[canvas]["state"]["spec"]) for canvas in canvases):
        return [_figure_node(renderer.renderer.document, models, canvas) for canvas in canvases]
    if canvases:
        renderer.logger.warning(WORDS["other_version"], subtype="live", line=data.line)
        return [*_still(renderer, notebook, data), _note("live-note", WORDS["other_version"])]
    warning = f"{_cell(renderer, data)}: a widget that is not a live figure cannot work on a page"
    renderer.logger.warning(warning, subtype="live", line=data.line)
    return [_note("live-needs-python", WORDS["needs_python"])]


def _cell(renderer: Any, data: Any) -> str:
    """The number of the output's cell, and its last line; "a cell" where myst-nb does not say which."""
    if data.cell_index is None:
        return "a cell"
    source = renderer.renderer.nb_client.notebook.cells[data.cell_index].source.strip()
    return f"cell {data.cell_index + 1}, {source.splitlines()[-1][:76]!r}"


def _note(kind: str, words: str) -> nodes.raw:
    return nodes.raw("", f'<p class="{kind}">{escape(words)}</p>', format="html")


def _still(renderer: Any, notebook: Any, data: Any) -> list[nodes.Element]:
    """The picture that the cell left beside its widget, if there is one."""
    output = notebook.cells[data.cell_index].outputs[data.output_index]["data"]
    if "image/png" not in output:
        return []
    image = replace(data, mime_type="image/png", content=output["image/png"])
    return cast(list[nodes.Element], renderer.render_image(image))


def _canvases(models: Models, name: str) -> Iterator[str]:
    """The canvases in a widget, by the ids of their models."""
    if _is(models, name, Canvas):
        yield name
    for child in models.get(name, {}).get("state", {}).get("children", ()):
        yield from _canvases(models, _id(child))


def _is(models: Models, name: str, kind: type) -> bool:
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


def _figure_node(document: nodes.document, models: Models, canvas: str) -> nodes.raw:
    state = models[canvas]["state"]
    original = name = figure_id(state["spec"])
    number = 1
    while name in document.ids:
        number += 1
        name = f"{original}-{number}"
    spec = cast(Description, {**state["spec"], "controls": controls_of(models, canvas)})
    svg = re.sub(f'(?<=["#.]){original}-', f"{name}-", state["svg"])  # in ids, references and rules, not in words
    node = nodes.raw(
        "", figure_html(name, svg, spec), format="html", parts=assets.parts_of(spec), figures=[figure_name(spec)]
    )
    document.ids[name] = node
    document.nameids[name], document.nametypes[name] = name, True  # so that texts can link to it
    return node


def _bring_style(app: Any, config: Any) -> None:
    assets.bring_files(app, config, "live", {"live.css": assets.style()})


def _wake_early(app: Any, doctree: nodes.document, docname: str) -> None:
    """Behind the first figure of a page the script is told of it, if it has come: it need not wait for the rest."""
    for figure in doctree.findall(_is_figure):
        wake = nodes.raw("", "<script>globalThis.livefig?.wake();</script>", format="html")
        figure.parent.insert(figure.parent.index(figure) + 1, wake)
        return


def _bring_assets(app: Any, pagename: str, templatename: str, context: Any, doctree: nodes.document | None) -> None:
    """Only pages with a figure load the script, with its parts: before all others, and without waiting for it."""
    figures = list(doctree.findall(_is_figure)) if doctree else []
    if figures:
        parts = frozenset().union(*(figure["parts"] for figure in figures))
        name, script = "-".join(["live", *sorted(parts)]) + ".js", assets.page_script(parts)
        place = Path(app.outdir, "_static", name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(script, encoding="utf-8")
        assets.bring_script(context, name, script)
        app.add_css_file("live.css")


def _is_figure(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and node.astext().startswith(FIGURE)


def setup(app: Any) -> dict[str, Any]:
    """Sphinx extension."""
    app.connect("config-inited", _bring_style)
    app.connect("doctree-resolved", _wake_early)
    app.connect("html-page-context", _bring_assets)
    asks.connect(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
