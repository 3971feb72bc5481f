"""The file of a book's answers: of each ask what is seen, and digests of what is hidden. `make notebooks` writes it.

It lies beside the notebooks. A chapter's cells are run once to write into it, and every other time they read it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NAME = "answers.json"
FORMAT, VERSION = "livefig-answers", 1
WRITING = "LIVEFIG_WRITES_ANSWERS_OF"  # names the page whose asks and keys shall be written
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Asks = dict[str, dict[str, Any]]


def checked_id(argument: str, id: Any) -> str:
    """The name of an ask or an exercise, if it can stand in an address. Raises ValueError if it cannot."""
    if not isinstance(id, str) or not ID.fullmatch(id):
        could = "-".join(re.findall("[a-z0-9]+", str(id).lower())) or "my-question"
        raise ValueError(f"{argument}={id!r} cannot stand in an address: write {argument}={could!r}")
    return id


def folders() -> Iterator[Path]:
    """Where the file is looked for: here, then further up."""
    here = Path.cwd()
    yield from (here, *here.parents)


def find() -> Path | None:
    """The nearest file of answers, or None."""
    paths = (folder / NAME for folder in folders())
    return next((path for path in paths if path.is_file() and _is_ours(path)), None)


def _is_ours(path: Path) -> bool:
    try:
        read(path)
    except ValueError:
        return False
    return True


def read(path: Path) -> Asks:
    """All asks of a book, by their names. Raises ValueError for a file that is none of answers."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if (content["format"], content["version"]) == (FORMAT, VERSION):
            asks: Asks = content["asks"]
            return asks
    except (ValueError, KeyError, TypeError):
        pass
    raise ValueError(f"{path} is not a file of answers of version {VERSION}: make notebooks writes one")


def write(path: Path, asks: Mapping[str, Mapping[str, Any]]) -> None:
    # Sorted: the order of digests says nothing.
    content = {"format": FORMAT, "version": VERSION, "asks": asks}
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def known(name: str) -> dict[str, Any]:
    """What the file says of an ask; nothing if there is no file, or no such ask in it."""
    path = find()
    return read(path).get(name, {}) if path else {}


def writing() -> bool:
    """Whether what asks and keys say shall be written."""
    return WRITING in os.environ


def note(name: str, **facts: Any) -> None:
    """While the file is being written: these facts of an ask come into it, beside those that are there."""
    path = Path.cwd() / NAME
    asks = read(path) if path.exists() else {}
    page = os.environ[WRITING]
    old = asks.get(name, {"page": page})
    if old["page"] != page:
        raise ValueError(f"the chapters {old['page']} and {page} both ask {name!r}: give one of them another name")
    asks[name] = {**old, **facts}
    write(path, asks)


def forget(path: Path, page: str) -> None:
    """Take the asks of a page out of a file: it will be written anew."""
    if path.is_file():
        write(path, {name: ask for name, ask in read(path).items() if ask["page"] != page})
