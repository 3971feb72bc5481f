"""A notebook with live figures and asks as one HTML file that works without Python, by nbconvert:

    jupyter nbconvert --to html --execute --HTMLExporter.preprocessors=livefig.page.nbconvert.LiveFigures chapter.ipynb

Executed, since a notebook need not keep the state of its widgets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbconvert.preprocessors import Preprocessor

from livefig.asking import ask
from livefig.page import asks, assets
from livefig.page.saved import VIEW, Models, canvases, is_known, is_model, lost_links, models_of, saved_figure

STILL = "Of %d live figures there are only pictures here: add --execute, and they live"


class LiveFigures(Preprocessor):
    """Puts the figures and asks of a notebook where their widgets were, with the scripts and styles that they need."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        models = models_of(nb)
        figures: dict[str, frozenset[str]] = {}  # the parts that each needs, by its id
        questions: list[str] = []
        shown = None
        for output in _views(nb):
            name = output.data[VIEW]["model_id"]
            for lost in (lost for canvas in canvases(models, name) for lost in lost_links(models, canvas)):
                self.log.warning(lost)
            if is_model(models, name, ask.Ask):
                spec = models[name]["state"]["spec"]
                questions.append(spec["id"])
                html = ask.ask_html(spec)
            elif not (html := "".join(_figures(models, name, figures))):
                continue  # nbconvert's own way with other widgets needs their state, and other hosts
            output.data, shown = {"text/html": html}, output
        if still := sum(map(_is_still, _outputs(nb))):
            self.log.warning(STILL, still)
        if shown is not None:
            shown.data["text/html"] += _needed(figures, questions, resources["metadata"]["name"])
        if next(_views(nb), None) is None:
            nb.metadata.pop("widgets", None)
        return nb, resources


def _is_still(output: Any) -> bool:
    """Whether an output is what a notebook keeps of a figure without its widgets."""
    return bool(output.get("data", {}).get("text/plain", "").startswith("<LiveFigure"))


def _outputs(nb: Any) -> Iterator[Any]:
    for cell in nb.cells:
        yield from cell.get("outputs", ())


def _views(nb: Any) -> Iterator[Any]:
    """The outputs that show a widget."""
    return (output for output in _outputs(nb) if VIEW in output.get("data", {}))


def _figures(models: Models, name: str, figures: dict[str, frozenset[str]]) -> Iterator[str]:
    """The HTML of the figures in a widget; `figures` learns of them."""
    found = list(canvases(models, name))
    for canvas in found if is_known(models, found) else ():
        identity, html, spec = saved_figure(models, canvas, figures)
        figures[identity] = assets.parts_of(spec)
        yield html


def _needed(figures: Mapping[str, frozenset[str]], questions: list[str], name: str) -> str:
    """Styles and scripts, once for all figures and asks of a page."""
    html = ""
    if figures:
        script = assets.page_script(frozenset().union(*figures.values()))
        html += f"<style>{assets.style()}</style><script>{script}</script>"
    if questions:
        page = {"page": name, "title": name, "version": "", "first": True, "up": "./"}
        html += asks.told({**page, "asks": {name: questions}, "titles": {name: name}})
        html += f"<style>{ask.style()}</style><script>{ask.page_script()}</script>"
    return html
