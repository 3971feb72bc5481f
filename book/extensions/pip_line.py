"""How a reader gets gradcore: the one line of pip, for the site's first page and for the chapters' first message.

No extension, and nothing of Sphinx: notebooks/execute.py uses it, too.
"""

import re
from pathlib import Path

import yaml

VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
ANYWHERE = "Where it is missing, on Colab for instance, first run"
BESIDE = "Where it is missing, put `{wheel}` beside this notebook (the first page of the book links to it), then run"
MESSAGE = "This chapter imports `gradcore`, the small package of the book. {how}\n\n    %{line}"


def version(root):
    """The version of gradcore, which is the book's."""
    return VERSION.search(Path(root, "gradcore", "__init__.py").read_text(encoding="utf-8"))[1]


def wheel_name(root):
    """The file name of gradcore's wheel."""
    return f"gradcore-{version(root)}-py3-none-any.whl"


def configured(root, section, key):
    """What stands in _config.yml; "" if nothing does."""
    config = yaml.safe_load(Path(root, "_config.yml").read_text(encoding="utf-8"))
    return config.get(section, {}).get(key) or ""


def site_address(root):
    """Where the site will stand, with a slash at its end; "" if nobody has said."""
    address = configured(root, "html", "baseurl")
    return address.rstrip("/") + "/" if address else ""


def source(root):
    """From where pip can fetch gradcore: the site, or the repository; "" if neither has an address."""
    if address := site_address(root):
        return address + wheel_name(root)
    repository = configured(root, "repository", "url")
    return f"git+{repository}" if repository else ""


def pip_line(root):
    """What to type; without any address it takes a file beside."""
    place = source(root)
    return f'pip install "gradcore[digits] @ {place}"' if place else f'pip install "./{wheel_name(root)}[digits]"'


def message(root):
    """What a chapter says first to those who opened it without the book."""
    how = ANYWHERE if source(root) else BESIDE.format(wheel=wheel_name(root))
    return MESSAGE.format(how=how, line=pip_line(root))
