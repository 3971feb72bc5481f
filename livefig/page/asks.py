"""Asks in Jupyter Book: the form where a cell shows one, its script and style, and what the reader has answered so far.

The pages know of each other: which asks each has, for the progress in the table of contents and on the first page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx.util import logging

from livefig.asking.ask import KEYED, ask_html, page_script, style
from livefig.page import assets
from livefig.words import ASK_WORDS, FORMULA_WORDS

logger = logging.getLogger(__name__)
PROGRESS = (
    '<div class="ask-progress"><p class="ask-line">{line}</p>'
    '<details class="ask-panel"><summary>{yours}</summary></details></div>\n'
)


def ask_node(document: nodes.document, state: Mapping[str, Any]) -> nodes.raw:
    """The form of an ask, and a place that texts can link to."""
    spec = state["spec"]
    name = f"ask-{spec['id']}"
    node = nodes.raw("", ask_html(spec), format="html", ask=spec)
    document.ids[name] = node
    document.nameids[name], document.nametypes[name] = name, True
    return node


def asks_of(env: Any) -> dict[str, list[str]]:
    """The ids of the asks of each page that has any."""
    if not hasattr(env, "livefig_asks"):
        env.livefig_asks = {}
    found: dict[str, list[str]] = env.livefig_asks
    return found


def _collect(app: Any, doctree: nodes.document) -> None:
    found = list(doctree.findall(_is_ask))
    if not found:
        return
    asks_of(app.env)[app.env.docname] = [node["ask"]["id"] for node in found]
    figures = {title for node in doctree.findall(nodes.raw) for title in node.get("figures", ())}
    for spec in (node["ask"] for node in found):
        if spec["figure"] and spec["figure"] not in figures:
            known = " or ".join(map(repr, sorted(figures))) or "none: the page has no live figure"
            warning = f"ask({spec['id']!r}): there is no figure {spec['figure']!r} on this page; write figure={known}"
            logger.warning(warning, location=app.env.docname, type="livefig", subtype="ask")
        elif spec["kind"] in KEYED and not spec["known"]:
            warning = f"ask({spec['id']!r}) has no answer: write a key({spec['id']!r}, …), and run make notebooks"
            logger.warning(warning, location=app.env.docname, type="livefig", subtype="ask")


def _forget(app: Any, env: Any, docname: str) -> None:
    asks_of(env).pop(docname, None)


def _merge(app: Any, env: Any, docnames: Collection[str], other: Any) -> None:
    """Take over what another process has read."""
    asks_of(env).update({name: ids for name, ids in asks_of(other).items() if name in docnames})


def _check(app: Any, env: Any) -> list[str]:
    """All pages that tell of asks are written again when there are others. No two asks may have one id."""
    owners: dict[str, str] = {}
    for page, ids in sorted(asks_of(env).items()):
        for name in ids:
            if name in owners:
                warning = f"{owners[name]} and {page} both ask {name!r}: give one of them another id"
                logger.warning(warning, location=page, type="livefig", subtype="ask")
            owners[name] = page
    told = json.dumps(asks_of(env), sort_keys=True)
    if getattr(env, "livefig_asks_told", "{}") == told:
        return []
    env.livefig_asks_told = told
    return [page for page in env.all_docs if _tells(app, page)]


def _tells(app: Any, page: str) -> bool:
    """Whether a page says how far the reader is."""
    asks = asks_of(app.env)
    return page in asks or (page == app.config.root_doc and bool(asks))


def _add_progress(app: Any, doctree: nodes.document, docname: str) -> None:
    """Say how far the reader is: below the first figure, which comes first; else below the title."""
    figures = (node for node in doctree.findall(nodes.raw) if node.get("figures"))
    place: Any = next(figures, None) or next(doctree.findall(nodes.title), None)
    if _tells(app, docname) and place is not None:
        while not isinstance(place.parent, (nodes.section, nodes.document)):
            place = place.parent
        asks = asks_of(app.env)
        all_asks = len(asks[docname]) if docname in asks else sum(map(len, asks.values()))
        line = ASK_WORDS["progress"].format(done=0, all=all_asks)
        text = PROGRESS.format(line=escape(line), yours=escape(ASK_WORDS["yours"]))
        place.parent.insert(place.parent.index(place) + 1, nodes.raw("", text, format="html"))


def _bring_style(app: Any, pagename: str, templatename: str, context: Any, doctree: nodes.document | None) -> None:
    if doctree is not None and _tells(app, pagename):
        assets.bring_style(app, "ask.css", style())


def script_tag(app: Any, pagename: str) -> str:
    """The script of a page that says how far the reader is; "" for another page."""
    return assets.script_tag(app, pagename, "ask.js", page_script()) if _tells(app, pagename) else ""


def told_on(app: Any, pagename: str) -> str:
    """What that script must know of the book; "" for another page."""
    if not _tells(app, pagename):
        return ""
    asks = asks_of(app.env)
    book = {
        "title": app.config.html_title or app.config.project,
        "version": app.config.release,
        "page": pagename,
        "first": pagename == app.config.root_doc,
        "up": "../" * pagename.count("/") or "./",
        "asks": asks,
        "titles": {page: app.env.titles[page].astext() for page in asks},
    }
    return told(book)


def told(book: Mapping[str, Any]) -> str:
    """What the script of asks must know of the book and its pages."""
    text = json.dumps({**book, "words": ASK_WORDS | FORMULA_WORDS}, sort_keys=True, ensure_ascii=False)
    text = text.replace("<", "\\u003c")  # nothing in it may end the script or begin a comment
    return f'<script type="application/json" id="livefig-asks">{text}</script>'


def _is_ask(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and "ask" in node.attributes


def connect(app: Any) -> None:
    """Part of the Sphinx extension `livefig.page.publish`."""
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _check)
    app.connect("doctree-resolved", _add_progress)
    app.connect("html-page-context", _bring_style)
