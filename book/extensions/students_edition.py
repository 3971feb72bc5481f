"""The students' edition: the book without its solutions, in pages, downloads and search alike.

    make book EDITION=student      the site, into _build/student
    make handout                   the notebooks, into _build/handout (notebooks/hand_out.py)

A solution is a `{solution}` block. The cells that check the numbers of the solutions bear the tag `check`, those that
give the answers to asks the tag `key`. Neither edition shows these on a page: they would answer the exercises beside
them. What students download is without all three; keys are in no download. Beside the notebooks lie the digests by
which their asks judge.
"""

import json
import os
import re
import shutil
from pathlib import Path

from pip_line import version
from when_written import when_written

EDITIONS = ("full", "student")
SOLUTION = re.compile(r"^(?P<fence>`{3,}|:{3,})\{solution\}.*?^(?P=fence)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
CHECK, KEY = "check", "key"
ANSWERS = "notebooks/answers.json"


def with_cells(text, cells):
    """A notebook with these of its cells; the text of a page stays as it is."""
    if not text.lstrip().startswith("{"):
        return text
    notebook = json.loads(text)
    return json.dumps(notebook | {"cells": cells(notebook["cells"])}, indent=1, ensure_ascii=False) + "\n"


def checks_unseen(cells):
    """Checks and keys run, for the kept results belong to all cells, and are not shown."""
    for cell in cells:
        if {CHECK, KEY} & set(tags := cell["metadata"].get("tags", [])):
            cell["metadata"]["tags"] = [*tags, "remove-cell"]
    return cells


def without(*tags):
    """What takes the cells with these tags out of some."""
    return lambda cells: [cell for cell in cells if not set(tags) & set(cell["metadata"].get("tags", []))]


def without_solutions(text):
    """The text of a page or a notebook without its solutions, nor a cell in which nothing else stands."""

    def shortened(cells):
        for cell in cells:
            source = "".join(cell["source"])
            cell["source"] = SOLUTION.sub("", source) if cell["cell_type"] == "markdown" else source
            if cell["source"].strip() or not source.strip():
                yield cell

    return with_cells(SOLUTION.sub("", text), lambda cells: [*shortened(cells)])


def for_students(text):
    """The text of a page or a notebook as students get it: no solution, no check of one, no key."""
    return with_cells(without_solutions(text), without(CHECK, KEY))


def choose_edition(app, config):
    config.release = version(app.srcdir)  # results that readers save tell it
    config.book_edition = os.environ.get("EDITION") or "full"
    if config.book_edition not in EDITIONS:
        raise ValueError(f"EDITION must be one of {', '.join(EDITIONS)}, not {config.book_edition!r}")
    if config.book_edition == "student":  # a folder of its own, beside that of the full edition
        app.outdir = type(app.outdir)(Path(app.outdir).with_name("student"))
        Path(app.outdir).mkdir(parents=True, exist_ok=True)


def read(app, docname, source):
    text = without_solutions(source[0]) if app.config.book_edition == "student" else source[0]
    source[0] = with_cells(text, checks_unseen)


def write_downloads(app):
    """The sources that readers download are copies of the files: take out of them, too, what nobody shall get."""
    folder, student = Path(app.outdir, "_sources"), app.config.book_edition == "student"
    for path in folder.rglob("*"):
        if path.suffix in (".ipynb", ".md"):
            text = path.read_text(encoding="utf-8")
            if student:
                text = for_students(text)
            elif KEY in text:
                text = with_cells(text, without(KEY))
            path.write_text(text, encoding="utf-8", newline="\n")
    answers = Path(app.srcdir, ANSWERS)
    if answers.exists():
        shutil.copy(answers, folder / ANSWERS)


def setup(app):
    app.add_config_value("book_edition", "full", "env")  # "env": the other edition reads every page again
    app.connect("config-inited", choose_edition)
    app.connect("source-read", read)
    when_written(app, write_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
