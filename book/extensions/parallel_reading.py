"""Pages are read, and their notebooks run, in as many processes as there are cores; Jupyter Book asks for one.

They are written in one: what pages ask for, such as style sheets, is gathered in its memory.
"""

import os

from jupyter_cache import get_cache

UNDECLARED = "sphinx_multitoc_numbering"  # it numbers what has been read, and does not say that this is safe


def read_in_all_cores(app):
    app.parallel = os.cpu_count() or 1
    if UNDECLARED in app.extensions:
        app.extensions[UNDECLARED].parallel_read_safe = True


def make_cache(app, env, names):
    """The database of outputs. Processes that make it at the same moment trip over each other."""
    if env.mystnb_config.execution_mode == "cache":
        _ = get_cache(env.mystnb_config.execution_cache_path).db


def write_in_one(app, env):
    app.parallel = 1


def setup(app):
    app.connect("builder-inited", read_in_all_cores)
    app.connect("env-before-read-docs", make_cache)
    app.connect("env-updated", write_in_one)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
