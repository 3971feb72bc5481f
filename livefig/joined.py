"""ES modules, joined into scripts, for a page from a disk cannot load modules.

Each file says by its imports what must stand before it. Joined, all of them share one scope; these lines are left out,
and comments and spaces, which only readers of the files need. What few pages need may come as scripts of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from rjsmin import jsmin

IMPORT = re.compile(r'^import \{\s*([\w,\s]+?),?\s*\} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def joined(entry: Path) -> str:
    """A JavaScript file and all that it imports, each once, what is imported first.

    Raises ValueError where the files together are not what they are apart: an import of what is not exported, a name
    of two files, a circle, any other way to import or export.
    """
    return _text_of(files(entry))


def split(entry: Path, parts: Mapping[str, Collection[Path]]) -> tuple[str, dict[str, str]]:
    """The same, without the files of some parts and what only they import; and by its name the script of each part.

    In whatever order these scripts come, a part waits in `livefig.parts`. The entry has a function for each,
    `takes[name](part)`: then what other files import from the part is there; until then it is undefined.
    """
    late = {path for paths in parts.values() for path in paths}
    core = files(entry, without=late)
    takes, scripts, bound = [], {}, []
    for name, paths in parts.items():
        without = {*core, *late} - {*paths}
        own = list(dict.fromkeys(file for path in paths for file in files(path, without=without)))
        given, needed = _imported(core, own), _imported(own, core)
        if missing := _imported(own, late - {*paths}):
            raise ValueError(f"the part {name} imports {missing} from another one")
        takes.append(f"{name}:(part)=>({{{given}}}=part({{{needed}}}))")
        text = f"({{{needed}}})=>{{{_text_of(own)}\nreturn{{{given}}};}}"
        scripts[name] = f'"use strict";((globalThis.livefig??={{}}).parts??={{}}).{name}={text};livefig.wake?.();\n'
        bound.append(given)
    return f"let {','.join(bound)};const takes={{{','.join(takes)}}};{_text_of(core)}", scripts


def _imported(importers: Iterable[Path], others: Collection[Path]) -> str:
    """The names that files import from others."""
    return ",".join(
        sorted({name for path in importers for names, other in _imports(path) if other in others for name in names})
    )


def _text_of(paths: Iterable[Path]) -> str:
    """Files in one scope."""
    owners: dict[str, Path] = {}
    texts = []
    for path in paths:
        for name in TOP.findall(_text(path)):
            if owners.setdefault(name, path) is not path:
                raise ValueError(f"{owners[name].name} and {path.name} both define {name}: rename one of them")
        texts.append(EXPORT.sub("", IMPORT.sub("", _text(path))))
    text = jsmin("".join(texts))
    assert isinstance(text, str)
    return text


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
        yield set(re.split(r",\s+", names)), Path(os.path.normpath(path.parent / address))


@cache
def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if other := re.search(r"^(?:import|export)\b.*", EXPORT.sub("", IMPORT.sub("", text)), re.MULTILINE):
        raise ValueError(f"{path.name} has the line {other[0]!r}: import {{ names }}, export where they are made")
    return text
