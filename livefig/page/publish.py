"""Live figures in Jupyter Book: a myst-nb renderer for widgets, and the Sphinx extension that brings the script.

A notebook carries the state of its widgets as of its end: that state, and nothing of Python's, is what the
page is made from. One figure is one picture: show it once, and change its sliders before the notebook ends.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx.errors import ExtensionError

from livefig.asking.ask import Ask
from livefig.page import asks, assets
from livefig.page.html import FIGURE, figure_name
from livefig.page.saved import VIEW, Models, canvases, is_known, is_model, lost_links, models_of, saved_figure
from livefig.words import WORDS


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
    models = models_of(notebook)
    name = data.content["model_id"]
    if is_model(models, name, Ask):
        return [asks.ask_node(renderer.renderer.document, models[name]["state"])]
    found = list(canvases(models, name))
    if is_known(models, found):
        for lost in dict.fromkeys(lost for canvas in found for lost in lost_links(models, canvas)):
            renderer.logger.warning(f"{_cell(renderer, data)}: {lost}", subtype="live", line=data.line)
        return [_figure_node(renderer.renderer.document, models, canvas) for canvas in found]
    if found:
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


def _figure_node(document: nodes.document, models: Models, canvas: str) -> nodes.raw:
    name, html, spec = saved_figure(models, canvas, document.ids)
    node = nodes.raw("", html, format="html", parts=assets.parts_of(spec), figures=[figure_name(spec)])
    document.ids[name] = node
    document.nameids[name], document.nametypes[name] = name, True  # so that texts can link to it
    return node


def _drop_widget_state(app: Any, doctree: nodes.document) -> None:
    """No page needs the state of its notebook's widgets, nor scripts of other hosts that would read it."""
    files = app.env.nb_metadata.get(app.env.docname, {}).get("js_files", {})
    for name in [name for name in files if name.startswith("ipywidgets_")]:
        del files[name]


def _bring_late(app: Any, doctree: nodes.document, docname: str) -> None:
    """Behind the first figure of a page the script is told of it, if it has come: it need not wait for the rest.

    What asks must know of the book stands there, too; on a page without a figure at the end.
    """
    if app.builder.format != "html":
        return
    figures = list(doctree.findall(_is_figure))
    wake = "<script>globalThis.livefig?.wake?.();</script>" if figures else ""
    if html := wake + asks.told_on(app, docname):
        place = figures[0].parent if figures else doctree
        place.insert(place.index(figures[0]) + 1 if figures else len(place), nodes.raw("", html, format="html"))


def _tag(app: Any, docname: str, part: str, early: bool = False) -> str:
    name = "live.js" if part == "live" else f"live-{part}.js"
    return assets.script_tag(app, docname, name, assets.page_scripts()[part], early)


def _bring_assets(app: Any, pagename: str, templatename: str, context: Any, doctree: nodes.document | None) -> None:
    """Only pages with a figure load the script: first what the first figure needs, then what others and asks do.

    All are asked for in the head. In a closed frame WebKit takes no file for the page's own that a policy before it
    does not name.
    """
    parts = [figure["parts"] for figure in doctree.findall(_is_figure)] if doctree else []
    tags = ""
    if parts:
        tags = "".join(_tag(app, pagename, part, early=True) for part in ["live", *sorted(parts[0])])
        later = sorted(frozenset([assets.TOOLS]).union(*parts) - parts[0])
        tags += "".join(_tag(app, pagename, part) for part in later)
        assets.bring_style(app, "live.css", assets.style())
    if doctree is not None:
        tags += asks.script_tag(app, pagename)
    if tags:
        context["metatags"] = context.get("metatags", "") + tags


def _is_figure(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and node.astext().startswith(FIGURE)


def setup(app: Any) -> dict[str, Any]:
    """Sphinx extension."""
    app.connect("doctree-read", _drop_widget_state)
    app.connect("doctree-resolved", _bring_late)
    app.connect("html-page-context", _bring_assets)
    asks.connect(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
