"""A file of results, as a reader's page saves it: read, and judged once more. `results.js` is the twin."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from livefig.asking.answers import judge
from livefig.asking.digest import digest

FORMAT, VERSION = "livefig-results", 1
SEAL = re.compile(r',"seal":"([0-9a-f]*)"\}\s*$')
LARGEST = 5_000_000  # bytes: a book of a thousand asks needs a tenth
TYPES: dict[str, tuple[type, Any]] = {  # of what a record may hold, and what it holds if it is missing
    "page": (str, ""), "kind": (str, ""), "answer": (str, ""), "verdict": (str, ""), "tries": (int, 0),
    "wrong": (list, []), "shown": (int, None), "value": (float, None), "first": (str, ""),
    "last": (str, ""),
}  # fmt: skip


@dataclass
class Results:
    """What a file holds. `problems` are words on what is wrong with it: damaged, foreign, edited."""

    file: str
    name: str = ""
    edition: str = ""
    saved: str = ""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(path: Path, asks: Mapping[str, Mapping[str, Any]]) -> Results:
    """A file of results, each answer judged by the book's own asks. Whatever the file holds, nothing is raised."""
    found = Results(path.name)
    try:
        content = path.read_bytes()
        text = content[:LARGEST].decode("utf-8-sig")
        told = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        found.problems.append(f"damaged: {type(error).__name__}, no JSON text")
        return found
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        found.problems.append("foreign: no file of results")
        return found
    if told.get("version") != VERSION or not isinstance(told.get("answers"), dict):
        found.problems.append(f"damaged: not of version {VERSION}, or without answers")
        return found
    seal = SEAL.search(text)
    if not seal or seal[1] != digest(SEAL.sub("}", text)):
        found.problems.append("edited: it is not as a page saved it")
    found.name, found.edition, found.saved = (str(told.get(key) or "") for key in ("name", "edition", "saved"))
    for id, record in told["answers"].items():
        _take(found, id, record, asks.get(id))
    if told["answers"] and not found.answers:
        found.problems.append("foreign: no answer belongs to this book")
    return found


def answers_in(path: Path) -> dict[str, dict[str, Any]]:
    """What a file of `write` holds; nothing if there is no file. Raises ValueError for a file that holds no results."""
    if not path.exists():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    answers = told.get("answers") if isinstance(told, dict) and told.get("format") == FORMAT else None
    if not isinstance(answers, dict) or told.get("version") != VERSION or not all(map(_is_whole, answers.values())):
        raise ValueError(f"it holds no results of version {VERSION}")
    return answers


def write(path: Path, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Write a file of results as a page does, at once: a file that is there is whole at any moment."""
    facts = {"format": FORMAT, "version": VERSION, "book": "", "edition": "", "name": ""}
    text = json.dumps({**facts, "saved": now(), "answers": answers}, ensure_ascii=False, separators=(",", ":"))
    new = path.with_suffix(".new")
    new.write_text(f'{text[:-1]},"seal":"{digest(text)}"}}\n', encoding="utf-8", newline="\n")
    new.replace(path)


def now() -> str:
    """The time as a page writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_whole(record: Any) -> bool:
    return isinstance(record, dict) and all(
        isinstance(record.get(name, none), (kind, type(none))) for name, (kind, none) in TYPES.items()
    )


def _take(found: Results, id: str, record: Any, ask: Mapping[str, Any] | None) -> None:
    """Put a record with the book's own verdict into the results, or a word on why not."""
    if ask is None:
        found.problems.append(f"foreign: {id!r} is no ask of this book")
        return
    if not _is_whole(record):
        found.problems.append(f"damaged: the record of {id!r}")
        return
    own = {name: record.get(name, none) for name, (_, none) in TYPES.items()}
    if own["kind"] != ask["kind"]:
        found.problems.append(f"edited: {id!r} is a {ask['kind']}, not a {own['kind']}")
        return
    claimed = own["verdict"]
    if own["kind"] == "code":  # the notebook has judged it
        own["verdict"] = claimed if claimed in ("right", "wrong") else ""
    elif own["answer"]:
        own["verdict"] = judge({"id": id, **ask}, own["answer"]).verdict
    elif claimed != "skipped":
        own["verdict"] = ""
    if own["verdict"] != claimed:
        found.problems.append(f"edited: {id!r} says {claimed!r}, and is {own['verdict']!r}")
    found.answers[id] = {**own, "wrong": [str(text) for text in own["wrong"]]}
