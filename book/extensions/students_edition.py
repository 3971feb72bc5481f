"""The students' edition: the book without its solutions, in pages, downloads and search alike.

    make book EDITION=student

A solution is a `{solution}` block. The cells that check the numbers of the solutions bear the tag `check`. Neither
edition shows these on a page: they would answer the exercises beside them. What students download is without both.
"""

import json
import os
import re
from pathlib import Path

from when_written import when_written

EDITIONS = ("full", "student")
SOLUTION = re.compile(r"^(?P<fence>`{3,}|:{3,})\{solution\}.*?^(?P=fence)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
CHECK = "check"


def with_cells(text, cells):
    """A notebook with these of its cells; the text of a page stays as it is."""
    if not text.lstrip().startswith("{"):
        return text
    notebook = json.loads(text)
    return json.dumps(notebook | {"cells": cells(notebook["cells"])}, indent=1, ensure_ascii=False) + "\n"


def checks_unseen(cells):
    """Checks run, for the kept results belong to all cells, and are not shown."""
    for cell in cells:
        if CHECK in (tags := cell["metadata"].get("tags", [])):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
    return cells


def without_checks(cells):
    return [cell for cell in cells if CHECK not in cell["metadata"].get("tags", [])]


def without_solutions(text):
    """The text of a page or a notebook without its solutions, nor a cell in which nothing else stands."""

    def shortened(cells):
        for cell in cells:
            source = "".join(cell["source"])
            cell["source"] = SOLUTION.sub("", source) if cell["cell_type"] == "markdown" else source
            if cell["source"].strip() or not source.strip():
                yield cell

    return with_cells(SOLUTION.sub("", text), lambda cells: [*shortened(cells)])


def choose_edition(app, config):
    config.book_edition = os.environ.get("EDITION") or "full"
    if config.book_edition not in EDITIONS:
        raise ValueError(f"EDITION must be one of {', '.join(EDITIONS)}, not {config.book_edition!r}")


def read(app, docname, source):
    text = without_solutions(source[0]) if app.config.book_edition == "student" else source[0]
    source[0] = with_cells(text, checks_unseen)


def write_downloads(app):
    """The sources that readers download are copies of the files: take the solutions out of them, too."""
    if app.config.book_edition != "student":
        return
    for path in Path(app.outdir, "_sources").rglob("*"):
        if path.suffix in (".ipynb", ".md"):
            text = with_cells(without_solutions(path.read_text(encoding="utf-8")), without_checks)
            path.write_text(text, encoding="utf-8", newline="\n")


def setup(app):
    app.add_config_value("book_edition", "full", "env")  # "env": the other edition reads every page again
    app.connect("config-inited", choose_edition)
    app.connect("source-read", read)
    when_written(app, write_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
