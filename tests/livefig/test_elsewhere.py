"""Figures outside of this book: in a plain Sphinx project, in any Jupyter Book, and in what nbconvert writes."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from small_book import FIGURE, ROOT

from livefig.page.nbconvert import LiveFigures

PAGE = f"""---
file_format: mystnb
kernelspec: {{name: python3}}
---
# A page of somebody else

```{{code-cell}} python3
{FIGURE}
```
"""


def run(folder: Path, tool: str, *options: str) -> None:
    """What an author types, which must succeed."""
    done = subprocess.run(
        [Path(sys.executable).with_name(tool), *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout


def sphinx(folder: Path) -> Path:
    (folder / "conf.py").write_text('extensions = ["myst_nb", "livefig.page.publish"]\n', encoding="utf-8")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    run(folder, "sphinx-build", "-W", "-b", "html", ".", "_build")
    return folder / "_build" / "index.html"


def jupyter_book(folder: Path) -> Path:
    lines = "sphinx:\n  extra_extensions: [livefig.page.publish]\n"
    (folder / "_config.yml").write_text(lines, encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    run(folder, "jupyter-book", "build", ".", "-W", "-n", "--keep-going")
    return folder / "_build" / "html" / "index.html"


def nbconvert(folder: Path) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FIGURE)])
    nbformat.write(notebook, folder / "chapter.ipynb")
    live = "--HTMLExporter.preprocessors=livefig.page.nbconvert.LiveFigures"
    run(folder, "jupyter", "nbconvert", "--to", "html", "--execute", live, "chapter.ipynb")
    return folder / "chapter.html"


@pytest.mark.browser
@pytest.mark.parametrize("made", [sphinx, jupyter_book, nbconvert])
def test_a_figure_lives_elsewhere_with_two_lines_of_configuration_or_one_option(made, browser, tmp_path):
    page = browser.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(made(tmp_path).as_uri())
    figure = page.locator("figure.live-figure")
    page.wait_for_function("() => document.querySelector('figure.live-figure').live")
    figure.locator("input[type=range]").fill("5")
    assert "x is 5.00." in figure.locator(".readout").inner_text()
    assert figure.evaluate("figure => figure.live.data()") == [[[5, 5]]]
    assert [url for url in asked if "widgets" in url] == []
    assert [error for error in errors if "THEBE" not in error] == []  # Jupyter Book's own, with and without figures
    page.close()


def test_nbconvert_says_how_a_figure_lives_whose_notebook_has_no_widgets(caplog):
    output = nbformat.v4.new_output("display_data", {"text/plain": "<LiveFigure 'A dot' at x=1>", "image/png": ""})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FIGURE, outputs=[output])])
    assert LiveFigures().preprocess(notebook, {}) == (notebook, {})
    assert "add --execute" in caplog.text
