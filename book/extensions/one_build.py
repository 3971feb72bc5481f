"""One build of the book at a time: two would write into each other's folders, and publish what neither made."""

import sqlite3
from pathlib import Path

from sphinx.errors import ExtensionError


def take_lock(app, config):
    """Hold a lock beside the site. The system lets go of it when the build ends, however it ends."""
    path = Path(app.outdir).parent / ".building"
    path.parent.mkdir(parents=True, exist_ok=True)
    app.book_lock = sqlite3.connect(path, timeout=0, isolation_level=None)  # locks on every system
    try:
        app.book_lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise ExtensionError(f"Another build of this book is running ({path}). Wait until it has ended.") from error


def release_lock(app, error):
    app.book_lock.close()


def setup(app):
    app.connect("config-inited", take_lock, priority=0)  # before anything is forgotten or written
    app.connect("build-finished", release_lock, priority=2000)  # when all is done
    return {"parallel_read_safe": True, "parallel_write_safe": True}
