"""The teacher's table: whatever a class hands in, it is read, judged again, and what is wrong with a file is named."""

import csv
import io
import json
import re
import subprocess
import sys

import pytest
from node import Modules

from livefig import results
from livefig.asking.digest import digest, sealed
from livefig.asking.results import SEAL, read

ASKS = {
    "step": {
        "kind": "number", "page": "chapter", "question": "Where?", "step": 0.01,
        "known": {digest("step", "475"): sealed("+Yes.", "step", "475")},
    },
    "way": {
        "kind": "choice", "page": "chapter", "question": "Which way?",
        "known": {digest("way", "up"): sealed("+Yes.", "way", "up")},
    },
    "slope": {
        "kind": "formula", "page": "chapter", "question": "What is f′?", "variables": ["x"], "points": [[0.3], [1.1]],
        "step": 0.01, "known": {digest("slope", "60 220"): sealed("+Yes.", "slope", "60 220")},
    },
    "code": {"kind": "code", "page": "chapter", "question": "Write it."},
    "first": {"kind": "guess", "page": "chapter", "question": "Guess!"},
    "deep": {"kind": "goal", "page": "chapter", "question": "Down!", "below": 1e-6},
}  # fmt: skip


@pytest.fixture(scope="module")
def script():
    with Modules("asking/results") as call:
        yield call


def record(kind, answer, verdict, **more):
    return {"page": "chapter", "kind": kind, "answer": answer, "verdict": verdict, "tries": 1, "wrong": [], **more}


def told(name="Ada", **answers):
    """What a page gives as results."""
    whole = {
        "step": record("number", "4,75", "right", tries=3, wrong=["5", "4.5"], value=None),
        "way": record("choice", "down", "wrong", wrong=["down"], shown=1),
        "slope": record("formula", "x + x", "right", tries=2, wrong=["2*x +"]),
        "code": record("code", "def f(x):\n    return x", "wrong", wrong=["Not x."]),
        "first": record("guess", "0.5", "right", value=1.34),
        "deep": record("goal", "1e-7", "right"),
    }
    return {"format": "livefig-results", "version": 1, "book": "A book", "edition": "0.1", "name": name,
            "saved": "2027-01-01T10:00:00.000Z", "answers": whole | answers}  # fmt: skip


def file_of(content, script):
    return script("return parts.sealedResults(args[0])", content)


def test_a_file_is_read_as_the_page_wrote_it(script, tmp_path):
    path = tmp_path / "ada.json"
    path.write_text(file_of(told("Ada η <b>"), script), encoding="utf-8")
    found = read(path, ASKS)
    assert found.problems == [] and found.name == "Ada η <b>"
    assert [r["verdict"] for r in found.answers.values()] == ["right", "wrong", "right", "wrong", "right", "right"]
    assert script("return parts.resultsIn(args[0]).name", path.read_text(encoding="utf-8")) == "Ada η <b>"


def damage(script):
    """Thirty files, by what is wrong with each: nothing, or the words that must be said of it."""
    whole = file_of(told(), script)
    spoiled = lambda **answers: file_of(told(**answers), script)  # noqa: E731
    other = told()
    files = {
        "": [whole, file_of(told(""), script), file_of(told(way=record("choice", "up", "right")), script),
             file_of({**told(), "answers": {}}, script), whole.strip(), "\ufeff" + whole,
             spoiled(first=record("guess", "", "skipped"))],
        "damaged": ["", "{", whole[:-40], whole.encode()[:50] + b"\xff\xfe", "[" * 100_000, "null" + whole,
                    file_of({**told(), "version": 2}, script), file_of({**told(), "answers": [1]}, script),
                    spoiled(step=5), spoiled(step=record("number", 4.75, "right")),
                    spoiled(step=record("number", "4.75", "right", tries="many")),
                    spoiled(step=record("number", "4.75", "right", wrong="5"))],
        "foreign": ["[]", "17", '"results"', '{"format": "livefig-tape"}', json.dumps({"cells": []}),
                    spoiled(other=record("number", "1", "right")),
                    file_of({**other, "answers": {"theirs": record("number", "1", "right")}}, script)],
        "edited": [whole.replace('"4,75"', '"4.76"'), json.dumps(told(), indent=1), whole.replace("Ada", "Eva"),
                   spoiled(step=record("number", "7", "right")), spoiled(way=record("choice", "down", "right")),
                   spoiled(deep=record("goal", "1", "right")), spoiled(step=record("guess", "7", "right")),
                   spoiled(step=record("number", "", "right")), spoiled(slope=record("formula", "3*x", "right")),
                   spoiled(code=record("code", "def f(x): ...", "maybe"))],
    }  # fmt: skip
    return [(word, text) for word, texts in files.items() for text in texts]


def test_thirty_files_with_every_kind_of_damage_become_one_table(script, tmp_path):
    given = damage(script)
    assert len(given) >= 30
    for number, (_, text) in enumerate(given):
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / f"{number:02}.json").write_bytes(content)
    found = results.table(tmp_path, ASKS)
    said = [{problem.partition(":")[0] for problem in f.problems} for f in found]
    for number, (word, text) in enumerate(given):
        assert said[number] == ({word} if word else set()), (number, text[:60], found[number].problems)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "results.csv").read_text(encoding="utf-8-sig"))))
    whole = [row for row in rows if row["file"] == "00.json"]
    assert [(row["exercise"], row["verdict"], row["tries"]) for row in whole] == [
        ("step", "right", "3"), ("way", "wrong", "1"), ("slope", "right", "2"), ("code", "wrong", "1"),
        ("first", "right", "1"), ("deep", "right", "1"),
    ]  # fmt: skip
    assert all(row["verdict"] == "wrong" for row in rows if row["answer"] in ("7", "down", "4.76"))
    page = (tmp_path / "results.html").read_text(encoding="utf-8")
    assert "Files to look at" in page and re.search(r"step</th><td>Where\?</td>.*5 \(\d+\)", page)


def test_what_a_student_types_is_text_in_both_tables(script, tmp_path):
    evil = told("<script>alert(1)</script>", step=record("number", "9", "wrong", wrong=["=1+1", "<b>"]))
    (tmp_path / "evil.json").write_text(file_of({**evil, "name": '=HYPERLINK("x")'}, script), encoding="utf-8")
    (tmp_path / "bold.json").write_text(file_of(evil, script), encoding="utf-8")
    results.table(tmp_path, ASKS)
    assert "<script>" not in (page := (tmp_path / "results.html").read_text(encoding="utf-8")) and "<b>" not in page
    rows = csv.reader(io.StringIO((tmp_path / "results.csv").read_text(encoding="utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_five_hundred_files_are_read_with_the_plain_command(script, tmp_path):
    text = file_of(told(), script)
    for number in range(500):
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    key = tmp_path / "key"
    key.mkdir()
    results.file.write(key / "answers.json", ASKS)
    command = [sys.executable, "-m", "livefig.results", str(tmp_path), str(key / "answers.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.stdout.startswith("500 files, 3000 answers"), done.stdout + done.stderr


def test_without_a_key_or_a_folder_the_command_says_what_it_needs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="the folder holds the files of a class"):
        results.main(["nowhere"])
    with pytest.raises(SystemExit, match=r"There is no key nokey: name the book's answers.json"):
        results.main([".", "nokey"])
    assert SEAL.search('{"a":1,"seal":"00ff"}')
