"""The book's own Sphinx extensions, on a small book that is built as the real one is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont

sys.path.append(str(ROOT / "book" / "extensions"))
from book_math import used_characters


class SmallBook:
    """A copy of the book's configuration with one page and one notebook, built by the plain command."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name in ("_config.yml", "requirements.txt", "book/extensions", "book/templates", "book/site.css",
                     "book/favicon.svg", "book/references.bib"):
            source, copy = ROOT / name, folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy)
        self.write("_toc.yml", "format: jb-book\nroot: book/page\nchapters:\n  - file: notebooks/chapter\n")
        self.write("book/page.md", "# A page\n")
        self.write("gradcore/number.py", "1\n")
        self.chapter("print('hello')")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def chapter(self, code: str, **metadata: object) -> None:
        title = nbformat.v4.new_markdown_cell("# A chapter", id="title")
        cell = nbformat.v4.new_code_cell(code, id="code", metadata=metadata)
        notebook = nbformat.v4.new_notebook(cells=[title, cell])
        self.write("notebooks/chapter.ipynb", nbformat.writes(notebook))

    def build(self) -> subprocess.CompletedProcess:
        program = str(Path(sys.executable).with_name("jupyter-book"))
        command = [program, "build", ".", "-W", "-n", "--keep-going"]
        return subprocess.run(command, cwd=self.folder, text=True, encoding="utf-8", stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=os.environ | {"NO_COLOR": "1", "PYTHONUTF8": "1"})

    def page(self, name: str) -> str:
        return (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def small_book(tmp_path):
    return SmallBook(tmp_path)


def test_tex_becomes_mathml_with_its_number_and_its_link(small_book):
    small_book.write("book/page.md", "# A page\n\nA root $\\sqrt{2}$ in {eq}`sum`.\n\n"
                     "$$\n\\begin{aligned} a &= b \\\\[1ex] c &= d \\end{aligned}\n$$ (sum)\n")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = small_book.page("book/page")
    assert "<msqrt><mn>2</mn></msqrt>" in page
    assert re.search(r'<div class="math[^"]*" id="equation-sum">\s*<span class="eqno">\(1\)', page)
    assert 'href="#equation-sum"' in page
    assert "<mi>e</mi>" not in page          # the gap [1ex] is a measure, not a formula


def test_unknown_tex_is_a_warning_with_its_file_and_line(small_book):
    small_book.write("book/page.md", "# A page\n\nText.\n\nA formula $\\wrong{x}$ here.\n")
    built = small_book.build()
    assert built.returncode != 0
    warning = r"page\.md:5: WARNING: no MathML for .*wrong.*Unknown command"
    assert re.search(warning, built.stdout), built.stdout
    assert "<code>\\wrong{x}</code>" in small_book.page("book/page")


def test_the_font_draws_every_character_of_the_formulas(small_book):
    small_book.write("book/page.md", "# A page\n\n$\\nabla f(x) \\le \\hat{h}_i \\cdot \\sqrt{\\mathbf w}$\n")
    assert small_book.build().returncode == 0
    used = used_characters(small_book.folder / "_build" / "html")
    assert set("∇≤√x𝑥ℎ𝐰") <= used
    drawn = set(map(chr, TTFont(small_book.folder / "_build/html/_static/stix-two-math.woff2").getBestCmap()))
    assert {character for character in used if character.isprintable()} <= drawn


def test_a_fault_fails_the_next_build_too(small_book):
    small_book.write("book/page.md", "# A page\n\n$\\wrong{x}$ and [](nowhere.md)\n")
    small_book.build()
    again = small_book.build()
    assert again.returncode != 0
    assert "Unknown command" in again.stdout and "nowhere.md" in again.stdout


def test_a_failing_cell_fails_the_build(small_book):
    small_book.chapter("1 / 0")
    built = small_book.build()
    assert built.returncode != 0
    assert "ZeroDivisionError" in built.stdout


def test_a_warning_from_a_cell_fails_the_build(small_book):
    small_book.chapter("import warnings\nwarnings.warn('careful')")
    assert small_book.build().returncode != 0


def test_a_change_in_gradcore_shows_on_the_page(small_book):
    small_book.chapter("print('number', open('../gradcore/number.py').read())")
    small_book.build()
    assert "number 1" in small_book.page("notebooks/chapter")
    small_book.write("gradcore/number.py", "2\n")
    small_book.build()
    assert "number 2" in small_book.page("notebooks/chapter")


def test_a_change_in_the_style_sheet_reaches_the_site(small_book):
    small_book.build()
    small_book.write("book/site.css", "p { color: teal }")
    small_book.build()
    copy = small_book.folder / "_build" / "html" / "_static" / "site.css"
    assert copy.read_text(encoding="utf-8") == "p { color: teal }"


def test_without_a_change_nothing_is_executed_or_read_again(small_book):
    small_book.build()
    again = small_book.build()
    assert again.returncode == 0, again.stdout
    assert "0 added, 0 changed, 0 removed" in again.stdout
    assert "Executing notebook" not in again.stdout


FIGURE = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider
from gradcore.live import live

fig, ax = plt.subplots()
dot, = ax.plot([], [], "o")
move = lambda x: {dot: np.stack([x, x])[None]}
figure = live(fig, move, x=FloatSlider(value=1), title="A dot", readout="x is {x:.2f}.")
figure
"""


def test_a_slider_changed_in_python_is_changed_on_the_page(small_book):
    small_book.chapter(FIGURE)
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    assert "x is 1.00." in small_book.page("notebooks/chapter")
    small_book.chapter(FIGURE.replace("figure\n", "figure.controls['x'].value = 2.5\nfigure\n"))
    assert small_book.build().returncode == 0
    page = small_book.page("notebooks/chapter")
    assert "x is 2.50." in page and 'value="2.5"' in page
    assert "widget-state+json" not in page
    assert page.count("<script async src=\"../_static/live.js") == 1 and "live.js" not in small_book.page("book/page")


def test_a_widget_that_needs_python_says_so_and_the_build_names_the_cell(small_book):
    small_book.chapter("import ipywidgets\nipywidgets.interact(lambda x: x, x=(0, 9));")
    built = small_book.build()
    assert built.returncode != 0
    assert "not a live figure" in built.stdout and "ipywidgets.interact(lambda x: x, x=(0, 9))" in built.stdout
    assert "This part needs Python" in small_book.page("notebooks/chapter")


def test_in_a_cell_tagged_figure_first_the_figure_stands_above_its_code(small_book):
    small_book.chapter(FIGURE, tags=["figure-first"])
    assert small_book.build().returncode == 0
    page = small_book.page("notebooks/chapter")
    assert page.index("<figure") < page.index("cell_input")


INDEX = "# A page\n\n```{live-figures}\n```\n"


def test_the_index_lists_the_live_figures_of_every_chapter_with_links(small_book):
    small_book.write("book/page.md", INDEX)
    first = FIGURE.replace("A dot\"", "A dot & more\", description=\"It goes up.\"")
    small_book.chapter(first.replace("\nfigure\n", "\ndisplay(figure)\n") + FIGURE)
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = small_book.page("book/page")
    assert re.search(r'href="\.\./notebooks/chapter\.html">A chapter</a></strong>', page)
    links = re.findall(r'href="\.\./notebooks/chapter\.html#([^"]+)">(.*?)</a>(.*?)</p>', page)
    assert links == [("live-a-dot-more", "A dot &amp; more", ": It goes up."), ("live-a-dot", "A dot", "")]
    assert all(f'id="{name}"' in small_book.page("notebooks/chapter") for name, _, _ in links)


def test_the_index_follows_a_change_in_a_chapter(small_book):
    small_book.write("book/page.md", INDEX)
    small_book.chapter(FIGURE)
    assert small_book.build().returncode == 0
    small_book.chapter(FIGURE.replace("A dot", "A point"))
    assert small_book.build().returncode == 0
    page = small_book.page("book/page")
    assert "chapter.html#live-a-point" in page and "live-a-dot" not in page
    small_book.chapter("print('no figure')")
    assert small_book.build().returncode == 0
    assert "#live-" not in small_book.page("book/page")
