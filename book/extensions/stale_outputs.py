"""Forget results that the code no longer gives, and pages that no longer look like this.

Jupyter Book keeps the outputs of executed notebooks, and runs a notebook again only when *its* code has
changed. The chapters live on gradcore, though: when that changes, or a pinned package does, the kept outputs
have to go, and every page has to be read again. Sphinx in its turn leaves the site as it is while no page is
out of date; so a change in the style sheet or in these extensions counts as one in every page.
"""

import hashlib
import os
import shutil
import time
from pathlib import Path

from livefig.asking.check import KEEPS_NOTHING

SETTINGS, ANSWERS = "notebooks/matplotlibrc", "notebooks/answers.json"
CODE = ("gradcore/**/*.py", "livefig/**/*.py", "livefig/**/*.js", "livefig/**/*.css")
SOURCES = (*CODE, "requirements.txt", SETTINGS, ANSWERS)
LOOKS = ("book/extensions/*.py", "book/templates/*", "book/*.css", "book/*.js", "book/*.svg")


def digest(root, patterns):
    """A number for all files under `root` that match one of the patterns: their names and what is in them."""
    total = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in Path(root).glob(pattern)}):
        total.update(f"{path.relative_to(root).as_posix()}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def forget_stale_outputs(app, config):
    """Drop the kept outputs if they are not those of today's sources; tell Sphinx what its pages hang on."""
    config.book_sources = digest(app.srcdir, SOURCES + LOOKS)
    os.environ[KEEPS_NOTHING] = "1"  # of exercises in code
    os.environ["MATPLOTLIBRC"] = str(Path(app.srcdir, SETTINGS))  # for cells in book/, too

    cache = Path(config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    stamp = cache.with_name(cache.name + ".sources")
    today = digest(app.srcdir, SOURCES)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != today:
        shutil.rmtree(cache, ignore_errors=True)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(today, encoding="utf-8")
        # The notebooks will run: let matplotlib list the machine's fonts before, it may say so in an output.
        import matplotlib.font_manager  # noqa: F401


def note_start(app, env, docnames):
    app.book_start = time.time()


def read_again_what_changed(app, env):
    """Sphinx dates a page by when it was read to its end, and would miss what changed while a cell ran."""
    for docname in env.all_docs:
        path = Path(env.doc2path(docname))
        if path.exists() and path.stat().st_mtime > app.book_start:
            env.all_docs[docname] = 0


def forget_pages_with_warnings(app, error):
    """After a build that warned, read every page again: the next one would be silent about the same fault."""
    if error or app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def setup(app):
    app.add_config_value("book_sources", "", "env")  # "env": another value, and every page is read again
    app.connect("config-inited", forget_stale_outputs)
    app.connect("env-before-read-docs", note_start)
    app.connect("env-updated", read_again_what_changed)
    app.connect("build-finished", forget_pages_with_warnings, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
