"""How a reader gets gradcore: the one line of pip, for the site's first page and for the chapters' first message.

No extension, and nothing of Sphinx: notebooks/execute.py uses it, too.
"""

import re
from pathlib import Path

import yaml

VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
SOMEWHERE = "Where it is missing, on Colab for instance, first run"
BESIDE = "Where it is missing, put `{wheel}` beside this notebook (the first page of the book links to it), then run"
MESSAGE = "This chapter imports `gradcore`, the small package of the book. {how}\n\n    %{line}"


def wheel_name(root):
    """The file name of gradcore's wheel."""
    found = VERSION.search(Path(root, "gradcore", "__init__.py").read_text(encoding="utf-8"))
    return f"gradcore-{found[1]}-py3-none-any.whl"


def site_address(root):
    """Where the site will stand, with a slash at its end; "" if nobody has said."""
    config = yaml.safe_load(Path(root, "_config.yml").read_text(encoding="utf-8"))
    address = config.get("html", {}).get("baseurl") or ""
    return address.rstrip("/") + "/" if address else ""


def pip_line(root):
    """What to type: from the site if its address is known, else from a file beside."""
    wheel, address = wheel_name(root), site_address(root)
    return f'pip install "gradcore[digits] @ {address}{wheel}"' if address else f'pip install "./{wheel}[digits]"'


def message(root):
    """What a chapter says first to those who opened it without the book."""
    how = SOMEWHERE if site_address(root) else BESIDE.format(wheel=wheel_name(root))
    return MESSAGE.format(how=how, line=pip_line(root))
