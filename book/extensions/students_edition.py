"""The students' edition: the book without its solutions, in pages, downloads and search alike.

    make book EDITION=student

A solution is a `{solution}` block, or a cell with the tag `hide-input` below the heading "Exercises": there the
numbers of the solutions are checked.
"""

import json
import os
import re
from pathlib import Path

from when_written import when_written

EDITIONS = ("full", "student")
SOLUTION = re.compile(r"^(?P<fence>`{3,}|:{3,})\{solution\}.*?^(?P=fence)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
EXERCISES = re.compile(r"^##? Exercises", re.MULTILINE)


def without_solutions(text, *, cells):
    """The text of a page or a notebook. cells: "remove" takes the checking cells away, "hide" keeps them unseen."""
    if not text.lstrip().startswith("{"):
        return SOLUTION.sub("", text)
    notebook, exercises, kept = json.loads(text), False, []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        tags = cell["metadata"].get("tags", [])
        exercises = exercises or (cell["cell_type"] == "markdown" and bool(EXERCISES.search(source)))
        if cell["cell_type"] == "markdown":
            cell["source"] = SOLUTION.sub("", source)
            if source.strip() and not cell["source"].strip():
                continue
        elif exercises and "hide-input" in tags:
            if cells == "remove":
                continue
            cell["metadata"]["tags"] = [*tags, "remove-cell"]  # it runs: the kept results belong to all cells
        kept.append(cell)
    return json.dumps(notebook | {"cells": kept}, indent=1, ensure_ascii=False) + "\n"


def choose_edition(app, config):
    config.book_edition = os.environ.get("EDITION") or "full"
    if config.book_edition not in EDITIONS:
        raise ValueError(f"EDITION must be one of {', '.join(EDITIONS)}, not {config.book_edition!r}")


def read(app, docname, source):
    if app.config.book_edition == "student":
        source[0] = without_solutions(source[0], cells="hide")


def write_downloads(app):
    """The sources that readers download are copies of the files: take the solutions out of them, too."""
    if app.config.book_edition != "student":
        return
    for path in Path(app.outdir, "_sources").rglob("*"):
        if path.suffix in (".ipynb", ".md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(without_solutions(text, cells="remove"), encoding="utf-8", newline="\n")


def setup(app):
    app.add_config_value("book_edition", "full", "env")  # "env": the other edition reads every page again
    app.connect("config-inited", choose_edition)
    app.connect("source-read", read)
    when_written(app, write_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
