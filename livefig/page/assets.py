"""The figure's script and style: ES modules, joined into one script, for a page from a disk cannot load modules.

Each file says by its imports what must stand before it. Joined, all of them share one scope; these lines are left out,
and comments and spaces, which only readers of the files need.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from rjsmin import jsmin

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
IMPORT = re.compile(r'^import \{\s*([\w,\s]+?),?\s*\} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def joined(entry: Path) -> str:
    """A JavaScript file and all that it imports, each once, what is imported first.

    Raises ValueError where the files together are not what they are apart: an import of what is not exported, a name
    of two files, a circle, any other way to import or export.
    """
    order = files(entry)
    owners: dict[str, Path] = {}
    for path in order:
        for name in TOP.findall(_text(path)):
            if owners.setdefault(name, path) is not path:
                raise ValueError(f"{owners[name].name} and {path.name} both define {name}: rename one of them")
    text = jsmin("".join(EXPORT.sub("", IMPORT.sub("", _text(path))) for path in order))
    assert isinstance(text, str)
    return text


def files(entry: Path, importers: tuple[Path, ...] = ()) -> list[Path]:
    """The files that a file needs, in an order in which each finds its own needs, and itself.

    importers : those on the way to it.
    """
    if entry in importers:
        raise ValueError(f"{entry.name} imports itself, by way of {importers[-1].name}")
    found: dict[Path, None] = {}
    for names, address in IMPORT.findall(_text(entry)):
        other = Path(os.path.normpath(entry.parent / address))
        if missing := set(re.split(r",\s+", names)) - set(EXPORT.findall(_text(other))):
            raise ValueError(f"{entry.name} imports {', '.join(sorted(missing))}, which {other.name} does not export")
        found |= dict.fromkeys(files(other, (*importers, entry)))
    return [*found, entry]


@cache
def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if other := re.search(r"^(?:import|export)\b.*", EXPORT.sub("", IMPORT.sub("", text)), re.MULTILINE):
        raise ValueError(f"{path.name} has the line {other[0]!r}: import {{ names }}, export where they are made")
    return text


def widget_script() -> str:
    """An ES module for Jupyter."""
    return joined(WIDGET) + "\nexport default { render };\n"


@cache
def page_script() -> str:
    """A classic script for pages: it works from file:// too."""
    return f'"use strict";(() => {{\n{joined(PAGE)}\n}})();\n'


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")
