"""The teacher's table: results files of a class, judged once more by the book's own key.

    python -m livefig.results folder/ [answers.json]

Reads every .json file of the folder, writes `results.csv` and `results.html` into it, and names each file that is
damaged, edited or foreign. The key is the book's answers.json: the named one, or the nearest.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from livefig.asking import file
from livefig.asking.results import Results, read

COLUMNS = ["who", "file", "exercise", "kind", "answer", "verdict", "tries", "solution shown after", "first", "last"]
COMMON = 3  # wrong answers of an exercise that are told
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Results</title>
<style>
  :root {{ color-scheme: light dark; font-family: system-ui, sans-serif; }}
  div {{ overflow-x: auto; }} table {{ border-collapse: collapse; margin: 1rem 0; }}
  th, td {{ padding: 0.3rem 0.6rem; border: 1px solid #8888; text-align: left; }} thead th {{ vertical-align: bottom; }}
</style>
<h1>Results</h1>
<p>{count} files. ✓ right, ✗ wrong, – skipped; the number of tries beside it; * after the solution was shown.</p>
{parts}
</html>
"""
SIGNS = {"right": "✓", "wrong": "✗", "skipped": "–", "": ""}


def table(folder: Path, asks: file.Asks) -> list[Results]:
    """Read the files of a folder, and write both tables into it. Returns what was read."""
    found = [read(path, asks) for path in sorted(folder.glob("*.json")) if path.name != file.NAME]
    with (folder / "results.csv").open("w", encoding="utf-8-sig", newline="") as out:  # so that Excel reads it
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows([_harmless(cell) for cell in row] for row in _rows(found, asks))
    parts = [_problems(found), _class(found, asks), _exercises(found, asks)]
    page = PAGE.format(count=len(found), parts="\n".join(parts))
    (folder / "results.html").write_text(page, encoding="utf-8")
    return found


def _who(results: Results) -> str:
    return results.name or results.file


def _rows(found: Iterable[Results], asks: file.Asks) -> Iterator[list[Any]]:
    for results in found:
        for id in (name for name in asks if name in results.answers):
            r = results.answers[id]
            shown = "" if r["shown"] is None else r["shown"]
            head = [_who(results), results.file, id, r["kind"], r["answer"], r["verdict"]]
            yield [*head, r["tries"], shown, r["first"], r["last"]]


def _harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell[1:] else cell


def _html_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>\n'
        for first, *rest in rows
    )
    return f"<div><table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"


def _problems(found: Iterable[Results]) -> str:
    rows = [(results.file, problem) for results in found for problem in results.problems]
    return "<h2>Files to look at</h2>\n" + _html_table(["file", "what"], rows) if rows else ""


def _class(found: Sequence[Results], asks: file.Asks) -> str:
    def cell(record: Mapping[str, Any] | None) -> str:
        if record is None:
            return ""
        star = "" if record["shown"] is None else "*"
        return f"{SIGNS[record['verdict']]} {record['tries'] or ''}{star}".strip()

    rows = []
    for results in found:
        if results.answers:
            right = sum(record["verdict"] == "right" for record in results.answers.values())
            rows.append([_who(results), str(right), *(cell(results.answers.get(id)) for id in asks)])
    return "<h2>The class</h2>\n" + _html_table(["who", "right", *asks], rows)


def _exercises(found: Sequence[Results], asks: file.Asks) -> str:
    rows = []
    for id, ask in asks.items():
        records = [results.answers[id] for results in found if id in results.answers]
        right = sum(record["verdict"] == "right" for record in records)
        wrong = Counter(text for record in records for text in {*record["wrong"]})
        common = ", ".join(f"{text} ({count})" for text, count in wrong.most_common(COMMON))
        rows.append([id, ask.get("question", ""), f"{right} of {len(records)}", common])
    return "<h2>The exercises</h2>\n" + _html_table(
        ["exercise", "question", "right", "most common wrong answers"], rows
    )


def _key(path: str | None) -> Path:
    """The book's file of answers."""
    found = Path(path) if path else file.find()
    if found is None:
        near = Path("notebooks") / file.NAME
        found = near if near.is_file() else None
    if found is None or not found.is_file():
        sys.exit(f"There is no key{f' {path}' if path else ''}: name the book's {file.NAME}, which lies in notebooks/.")
    return found


def main(arguments: Sequence[str]) -> None:
    if not 1 <= len(arguments) <= 2 or not Path(arguments[0]).is_dir():
        sys.exit("python -m livefig.results folder/ [answers.json]: the folder holds the files of a class.")
    folder = Path(arguments[0])
    try:
        asks = file.read(_key(arguments[1] if len(arguments) > 1 else None))
    except ValueError as error:
        sys.exit(str(error))
    found = table(folder, asks)
    for results in found:
        for problem in results.problems:
            print(f"{results.file}: {problem}")
    answers = sum(len(results.answers) for results in found)
    print(f"{len(found)} files, {answers} answers: {folder / 'results.csv'}, {folder / 'results.html'}")


if __name__ == "__main__":
    main(sys.argv[1:])
