"""The reference says what the docstrings say, and the chapters lead to it."""

import inspect
import re
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from docutils import nodes
from docutils.utils import new_document
from test_site import CHAPTERS

import gradcore
import livefig

sys.path.append(str(ROOT / "book" / "extensions"))
from docstrings import content
from links_to_reference import imported, linked, used, uses_in
from reference import SHOWN_IN, contents, home, members

PACKAGES = {"gradcore": gradcore, "livefig": livefig}
PUBLIC = {f"{package}.{name}": getattr(PACKAGES[package], name) for package in SHOWN_IN
          for name in PACKAGES[package].__all__}  # fmt: skip
WITH_TEXT = {full: thing for full, thing in PUBLIC.items() if home(full.split(".")[1]) == full.split(".")[0]
             and hasattr(thing, "__name__")}  # fmt: skip
NOTEBOOKS = [page for page in CHAPTERS if page.startswith("notebooks/")]


def bare(text):
    """The letters of a text, without what a page says by its layout."""
    return re.sub(r'[\s:`*"]', "", text)


def all_docstrings():
    for full, thing in WITH_TEXT.items():
        yield full, inspect.getdoc(thing)
        if inspect.isclass(thing):
            yield from ((f"{full}.{name}", inspect.getdoc(member)) for name, member in members(thing))


DOCSTRINGS = dict(all_docstrings())


@cache
def page_of(path: Path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("full", DOCSTRINGS)
def test_nothing_of_a_docstring_is_lost(full):
    found = content(DOCSTRINGS[full], lambda text: nodes.literal("", text))
    assert bare("".join(node.astext() for node in found)) == bare(DOCSTRINGS[full])


def test_a_docstring_names_chapters_in_which_its_name_stands():
    chapters = {}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        chapters[re.search("^# (.+)$", text, flags=re.MULTILINE)[1]] = text
    named = [
        (full, title)
        for full, text in DOCSTRINGS.items()
        for titles in re.findall(r'Chapters? ((?:"[^"]+"(?:,? and )?)+)', text)
        for title in re.findall('"([^"]+)"', titles)
    ]
    assert len(named) > 15
    assert [(full, title) for full, title in named if full.split(".")[1] not in chapters[title]] == []


@pytest.mark.parametrize("package", SHOWN_IN)
def test_the_table_of_contents_names_no_name_that_is_not_there(package):
    parts, _ = contents(PACKAGES[package].__doc__)
    listed = [name for part in parts for group in part.groups for name in group.names]
    assert len(listed) == len(set(listed)) and set(listed) <= set(PACKAGES[package].__all__)
    assert package == "livefig" or set(listed) == set(gradcore.__all__)


def test_a_docstring_in_all_its_parts():
    found = content(
        'One line,\nand `code`.\n\n    y ← x\n\nx, y : numbers; some\n    of them\n    "one": first\n        case\n'
        "    a two : second\nz : last.  n : ≥ 0\nReturns y.\nRaises E.\n\n>>> 1\n1\n",
        lambda text: nodes.literal("", text),
    )
    kinds = "paragraph line_block definition_list paragraph paragraph literal_block"
    assert [node.tagname for node in found] == kinds.split()
    assert [item.children[0].astext() for item in found[2]] == ["x, y", "z", "n"]
    meaning = found[2][0][1]
    assert meaning[0].astext() == "numbers; some of them"
    assert [item.astext() for item in meaning[1]] == ['"one": first case', "a two: second"]


def a_page(*parts):
    """A page of literals (text) and cells (code, classes)."""
    page = new_document("page")
    for part in parts:
        if isinstance(part, str):
            page += nodes.paragraph("", "", nodes.literal("", part))
        else:
            code, *classes = part
            block = nodes.literal_block(code, code)
            page += nodes.container("", nodes.container("", block, classes=["cell_input"]), classes=classes)
    return page


def found_on(*parts, names=("relu", "bowl")):
    return [(use.name, use.node.tagname, use.folded) for use in uses_in(a_page(*parts), dict.fromkeys(names))]


def test_a_use_is_code_in_a_sentence_or_in_a_cell_that_means_our_function():
    brought = ("from gradcore import bowl, relu",)
    assert found_on("relu") == [("relu", "literal", False)]
    assert found_on("relu", ("x = 1",)) == []  # the chapter does not import it
    assert found_on(brought, "relu(x)", "gradcore.relu", "net.relu", "relu + 1") == [("relu", "literal", False)] * 2
    assert found_on(brought, ("relu(bowl)",)) == [(name, "literal_block", False) for name in ("relu", "bowl")]
    assert found_on(brought, ("def f(relu):\n    return relu(1)",), ("net.relu(1)",), ("%magic relu",)) == []
    assert found_on(brought, ("relu(1)", "folded-code")) == [("relu", "literal_block", True)]


def test_code_keeps_its_text_when_names_in_it_become_links():
    code = '<div><pre>\nx = <b>f</b>(g, f)  <i># f, "g" &lt; &amp;</i>\n</pre></div>'
    with_links = linked(code, [(4, "f", "a#f"), (6, "g", "a#g"), (14, "f", "nothing here")])
    before, after = (BeautifulSoup(text, "html.parser") for text in (code, with_links))
    assert after.get_text() == before.get_text()
    assert [(a["href"], a.get_text()) for a in after.find_all("a")] == [("a#f", "f"), ("a#g", "g")]


@pytest.mark.parametrize("package", SHOWN_IN)
def test_every_public_name_is_on_the_page_with_its_whole_docstring(site_dir, package):
    page = page_of(site_dir / "book" / f"reference_{package}.html")
    for full, thing in PUBLIC.items():
        if full.startswith(f"{package}."):
            entry = page.find(id=full).parent.get_text()
            assert bare(DOCSTRINGS.get(full, getattr(thing, "formula", "The same as gradcore."))) in bare(entry), full
    for full, text in DOCSTRINGS.items():
        if full.count(".") == 2 and full.startswith(f"{package}."):
            assert bare(text) in bare(page.find(id=full).parent.get_text()), full


@pytest.mark.parametrize("name", CHAPTERS)
def test_links_into_the_reference_lead_to_an_entry(site_dir, name):
    path = site_dir / f"{name}.html"
    for link in page_of(path).find_all("a", href=re.compile(r"reference_\w+\.html#")):
        address, _, anchor = link["href"].partition("#")
        assert page_of((path.parent / address).resolve()).find(id=anchor), link["href"]


def code_for_readers(name):
    """The code of the cells that a page shows, open or folded."""
    cells = nbformat.read(ROOT / f"{name}.ipynb", as_version=4).cells
    unseen = {"remove-cell", "remove-input", "check", "key"}
    return [c.source for c in cells if c.cell_type == "code" and not unseen & set(c.metadata.get("tags", ()))]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_chapter_leads_once_to_each_function_that_it_uses(site_dir, name):
    code = code_for_readers(name)
    brought = set().union(*map(imported, code))
    wanted = {name for cell in code for name, _ in used(cell)} & brought & {full.split(".")[1] for full in PUBLIC}
    links = page_of(site_dir / f"{name}.html").article.find_all("a", href=re.compile(r"reference_\w+\.html#"))
    anchors = [link["href"].rpartition(".")[2] for link in links]
    assert wanted and wanted <= set(anchors) and len(anchors) == len(set(anchors))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_are_shown_as_they_are_written(site_dir, name):
    shown = [block.get_text().strip() for block in page_of(site_dir / f"{name}.html").select(".cell_input pre")]
    assert shown == [code.strip() for code in code_for_readers(name)]
