"""The figure's script and style: ES modules, joined into one script, for a page from a disk cannot load modules.

Each file says by its imports what must stand before it. Joined, all of them share one scope; these lines are left out,
and comments and spaces, which only readers of the files need.

What few figures need is a *part*: files, with what they alone import. A page whose figures need no part has a script
without it, where the names that other files import from it are undefined. Jupyter's module holds everything.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from rjsmin import jsmin

from livefig.artists import fields, surfaces
from livefig.controls import formulas
from livefig.description import Description

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
FAMILIES = {"fields": fields, "space": surfaces}  # of artists that few figures have, by their part
CONTROLS = {"formulas": formulas}  # and of controls
PARTS = {
    "fields": [ROOMS / "artists/fields.js"],
    "space": [ROOMS / "artists/surfaces.js", ROOMS / "page/turning.js"],
    "formulas": [ROOMS / "controls/formulas.js"],
}
IMPORT = re.compile(r'^import \{\s*([\w,\s]+?),?\s*\} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def joined(entry: Path, without: Collection[Path] = ()) -> str:
    """A JavaScript file and all that it imports, each once, what is imported first.

    without : files that are left out, with what only they import.
    Raises ValueError where the files together are not what they are apart: an import of what is not exported, a name
    of two files, a circle, any other way to import or export.
    """
    owners: dict[str, Path] = {}
    texts = []
    for path in files(entry, without=without):
        for name in TOP.findall(_text(path)):
            if owners.setdefault(name, path) is not path:
                raise ValueError(f"{owners[name].name} and {path.name} both define {name}: rename one of them")
        texts.append(EXPORT.sub("", _without_imports(path, without)))
    text = jsmin("".join(texts))
    assert isinstance(text, str)
    return text


def _without_imports(path: Path, without: Collection[Path]) -> str:
    """The text of a file in which the names from files that are left out are undefined."""
    return IMPORT.sub(
        lambda found: f"const {{ {found[1]} }} = {{}};\n" if _address(path, found[2]) in without else "", _text(path)
    )


def files(entry: Path, importers: tuple[Path, ...] = (), without: Collection[Path] = ()) -> list[Path]:
    """The files that a file needs, in an order in which each finds its own needs, and itself.

    importers : those on the way to it.
    without : those that are left out, with what only they need.
    """
    if entry in importers:
        raise ValueError(f"{entry.name} imports itself, by way of {importers[-1].name}")
    found: dict[Path, None] = {}
    for names, other in _imports(entry):
        if missing := names - set(EXPORT.findall(_text(other))):
            raise ValueError(f"{entry.name} imports {', '.join(sorted(missing))}, which {other.name} does not export")
        if other not in without:
            found |= dict.fromkeys(files(other, (*importers, entry), without))
    return [*found, entry]


def _imports(path: Path) -> Iterator[tuple[set[str], Path]]:
    """The names that a file imports, and from where."""
    for names, address in IMPORT.findall(_text(path)):
        yield set(re.split(r",\s+", names)), _address(path, address)


def _address(importer: Path, address: str) -> Path:
    return Path(os.path.normpath(importer.parent / address))


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
def page_script(parts: frozenset[str] = frozenset()) -> str:
    """A classic script for pages whose figures need these parts: it works from file:// too."""
    left_out = [path for name, paths in PARTS.items() if name not in parts for path in paths]
    return f'"use strict";(() => {{\n{joined(PAGE, left_out)}\n}})();\n'


def parts_of(spec: Description) -> frozenset[str]:
    """The names of the parts that a figure needs."""
    artists, controls = ({one["kind"] for one in some} for some in (spec["artists"], spec["controls"]))
    found = {name for name, family in FAMILIES.items() if artists & family.PAINTERS.keys()}
    found |= {name for name, family in CONTROLS.items() if controls & family.MODELS.keys()}
    return frozenset(found | {"space"} if spec["spaces"] else found)


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")
