"""A gallery of the live figures: the directive `live-figures` shows those of all chapters, small, with links.

    ```{live-figures}
    a-dot: what a slope is
    a-wave: frequency | A sine curve, as the first figure of a page for authors draws it.
    ```

A line of its content names a figure by its id, and says a few words that stand below the title. Behind a bar it says
what the picture shows, for a figure that has no description of its own.

A figure stands in its page as raw HTML, written by livefig/page/publish.py. Its id, its title, its description and its
picture are read from there when the page has been read. The gallery is filled in when it is written, in the order of
the book; a change in any chapter writes it again.
"""

from html import escape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from cells import for_each
from docutils import nodes
from html_tree import tree
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

LOGGER = getLogger(__name__)

# What the page would give a picture: its font, and black lines without corners.
FONT = "DejaVu Sans, Verdana, sans-serif"
PEN = {"fill": "black", "color": "black", "stroke-linejoin": "round", "stroke-linecap": "butt"}
ET.register_namespace("", "http://www.w3.org/2000/svg")


class FigureIndex(nodes.General, nodes.Element):
    """Where the index will stand."""


class LiveFigures(SphinxDirective):
    """The directive: no arguments; its content has words for the figures, one in a line."""

    has_content = True

    def run(self):
        index_pages(self.env).add(self.env.docname)
        index = FigureIndex()
        index["words"] = dict(line.split(": ", 1) for line in self.content if line.strip())
        self.set_source_info(index)
        return [index]


def known_figures(env):
    """{page: [(id, title, description, picture), …]} of all pages that were read."""
    if not hasattr(env, "live_figures"):
        env.live_figures = {}
    return env.live_figures


def index_pages(env):
    """The pages with an index."""
    if not hasattr(env, "live_figure_indexes"):
        env.live_figure_indexes = set()
    return env.live_figure_indexes


def figures_in(html):
    """The figures of a piece of HTML: id, title, description, and the picture as SVG.

    >>> plot = '<div class="live-plot"><svg viewBox="0 0 4 3"></svg></div>'
    >>> figures_in(f'<figure class="live-figure" id="a"><figcaption class="live-title">f &amp; g</figcaption>{plot}')
    [('a', 'f & g', '', '<svg viewBox="0 0 4 3"></svg>')]
    >>> figures_in('<p>No figure.</p>')
    []
    """
    pictures = [part.partition("</svg>")[0] for part in html.split('<div class="live-plot"><svg')[1:]]
    return [
        (
            figure["id"],
            *(text_of(figure.select_one(part)) for part in (".live-title", ".live-description")),
            f"<svg{picture}</svg>",  # as it stands: a tree of HTML would not keep its names
        )
        for figure, picture in zip(tree(html).select("figure.live-figure"), pictures, strict=True)
    ]


def text_of(tag):
    return tag.get_text() if tag else ""


def collect(app, docname, node):
    if found := figures_in(node.astext()):
        known_figures(app.env).setdefault(docname, []).extend(found)


def forget(app, env, docname):
    known_figures(env).pop(docname, None)
    index_pages(env).discard(docname)


def merge(app, env, docnames, other):
    """Take over what another process has read."""
    known_figures(env).update({name: known_figures(other)[name] for name in docnames if name in known_figures(other)})
    index_pages(env).update(index_pages(other) & set(docnames))


def write_again(app, env):
    return sorted(index_pages(env))


def in_reading_order(env, page):
    """The pages of the book from `page` on."""
    yield page
    for child in env.toctree_includes.get(page, ()):
        yield from in_reading_order(env, child)


def fill(app, doctree, docname):
    for index in [*doctree.findall(FigureIndex)]:
        figures, words = known_figures(app.env), index["words"]
        content = []
        there = {name.removeprefix("live-") for found in figures.values() for name, *_ in found}
        for name in words.keys() - there:
            LOGGER.warning("the gallery has words for %r, and no page has this figure", name, location=index)
        for page in dict.fromkeys(in_reading_order(app.env, app.config.root_doc)):
            if page in figures:
                address = app.builder.get_relative_uri(docname, page)
                chapter = link(app.env.titles[page].astext(), address)
                content.append(nodes.paragraph("", "", nodes.strong("", "", chapter)))
                cards = "".join(card(app, docname, address, words, *figure) for figure in figures[page])
                content.append(nodes.raw("", f'<ul class="gallery">{cards}</ul>\n', format="html"))
        index.replace_self(content)


def card(app, docname, address, words, name, title, description, picture):
    """The small picture of a figure, with its title and a few words, as a link to it."""
    about, _, shown = words.get(name.removeprefix("live-"), "").partition(" | ")
    root = ET.fromstring(picture)
    root.attrib = {"viewBox": root.get("viewBox"), "font-family": FONT, **PEN}
    *_, width, height = root.get("viewBox").split()
    path = Path(app.outdir, "_images", f"{name}.svg")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(ET.tostring(root))
    source = "../" * docname.count("/") + f"_images/{quote(path.name)}"
    size = f'width="{float(width):.0f}" height="{float(height):.0f}"'
    image = f'<img src="{source}" alt="{escape(description or shown)}" {size} loading="lazy">'
    text = f"<span>{escape(title or name)}</span>" + (f"<small>{escape(about)}</small>" if about else "")
    return f'<li><a href="{escape(address)}#{escape(name)}">{image}{text}</a></li>'


def link(text, address):
    return nodes.reference("", text, internal=True, refuri=address)


def setup(app):
    app.add_node(FigureIndex)
    app.add_directive("live-figures", LiveFigures)
    for_each(app, "doctree-read", nodes.raw, collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", write_again)
    app.connect("doctree-resolved", fill)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
