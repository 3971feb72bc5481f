"""The figure's script and style: ES modules, joined into scripts, for a page from a disk cannot load modules.

Each file says by its imports what must stand before it. Joined, all of them share one scope; these lines are left out,
and comments and spaces, which only readers of the files need.

Every page has the core. What few figures need is a *part*: a file, with what it alone imports, in a script of its own
that stands before the core on pages with such figures. It leaves a function that takes what the file imports from the
core and gives what it exports. The core calls that function where it imports from the file; on a page without the part
such an import is undefined. Jupyter's module holds everything.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from rjsmin import jsmin

from livefig.artists import fields
from livefig.description import Description

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
FAMILIES = {"fields": fields}  # of artists that few figures have
PARTS = {name: ROOMS / f"artists/{name}.js" for name in FAMILIES}
IMPORT = re.compile(r'^import \{\s*([\w,\s]+?),?\s*\} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def joined(entry: Path, parts: Mapping[str, Path] | None = None) -> str:
    """A JavaScript file and all that it imports, each once, what is imported first; without `parts`.

    Raises ValueError where the files together are not what they are apart: an import of what is not exported, a name
    of two files, a circle, any other way to import or export.
    """
    core, names = files(entry, without=(parts or {}).values()), {path: name for name, path in (parts or {}).items()}

    def called(wanted: str, path: Path) -> str:
        if path not in names:
            return ""
        return f"const {{{wanted}}} = globalThis.livefig?.{names[path]}?.({_taken(path, core)}) ?? {{}};\n"

    return _one_scope([path for path in files(entry) if path in core], called)


def joined_part(entry: Path, parts: Mapping[str, Path], name: str) -> str:
    """The script of a part, for the core that `joined` makes of the same files."""
    core = files(entry, without=parts.values())
    given = ", ".join(EXPORT.findall(_text(parts[name])))
    text = f"{_one_scope(_own(parts[name], core))}\nreturn {{{given}}};"
    return f'"use strict";(globalThis.livefig ??= {{}}).{name} = ({_taken(parts[name], core)}) => {{\n{text}\n}};\n'


def _taken(part: Path, core: Collection[Path]) -> str:
    """What a part takes from the core, as an object."""
    taken = {name for path in _own(part, core) for names, origin in _imports(path) if origin in core for name in names}
    return f"{{ {', '.join(sorted(taken))} }}"


def _own(part: Path, core: Collection[Path]) -> list[Path]:
    """The files of a part."""
    return [path for path in files(part) if path not in core]


def _one_scope(order: Iterable[Path], called: Callable[[str, Path], str] = lambda wanted, path: "") -> str:
    """The text of files, one after the other.

    called : what stands in the place of an import, by its names and its file.
    """
    owners: dict[str, Path] = {}
    texts = []
    for path in order:
        for name in TOP.findall(_text(path)):
            if owners.setdefault(name, path) is not path:
                raise ValueError(f"{owners[name].name} and {path.name} both define {name}: rename one of them")
        texts.append(EXPORT.sub("", _with(called, path)))
    text = jsmin("".join(texts))
    assert isinstance(text, str)
    return text


def _with(called: Callable[[str, Path], str], path: Path) -> str:
    """The text of a file with something else in the place of its imports."""
    return IMPORT.sub(lambda found: called(found[1], _address(path, found[2])), _text(path))


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
def page_script() -> str:
    """A classic script for pages, the core: it works from file:// too."""
    return f'"use strict";(() => {{\n{joined(PAGE, PARTS)}\n}})();\n'


@cache
def part_script(name: str) -> str:
    """The script of a part, which stands before the core."""
    return joined_part(PAGE, PARTS, name)


def parts_of(spec: Description) -> list[str]:
    """The names of the parts that a figure needs."""
    kinds = {artist["kind"] for artist in spec["artists"]}
    return [name for name, family in FAMILIES.items() if kinds & family.PAINTERS.keys()]


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")
