"""Exercises in code: the same sentences for all of them, and verdicts that a teacher finds in a file of results."""

import json

import pytest
from node import Modules

from livefig import ask, check, checks, results
from livefig.asking import check as checking
from livefig.asking import file
from livefig.asking.results import read
from livefig.words import ASK_WORDS

RIGHT, WRONG = ASK_WORDS["right"], ASK_WORDS["wrong"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder as a student has it, in which one exercise is judged."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(checking.KEEPS_NOTHING, raising=False)
    monkeypatch.setattr(checking, "JUDGES", {})
    judge_halves()
    return tmp_path


def judge_halves():
    @checks("half-code")
    def judge(solution):
        """A function that halves a number, or a list of them.

        More is not told."""
        if solution(4) != 2:  # as an `assert` in a notebook does; pytest would add words of its own
            raise AssertionError(f"half of 4 is not {solution(4)}")
        if solution(-2) != -1:
            raise AssertionError
        return "It knows negative numbers, too."


def half(x):
    return x / 2


def same(x):
    return x


def absolute(x):
    return abs(x) / 2


def broken(x):
    nothing = 0 * x
    return x / nothing


def empty(x):
    raise NotImplementedError


class Half:
    def __init__(self, x):
        x.half()


@pytest.mark.parametrize(
    ("solution", "right", "words"),
    [
        (half, True, f"{RIGHT} It knows negative numbers, too."),
        (same, False, f"{WRONG} half of 4 is not 4"),
        (absolute, False, f"{WRONG} {ASK_WORDS['try_again']}"),
        (broken, False, f"{WRONG} broken ended in ZeroDivisionError: division by zero. The line: return x / nothing"),
        (empty, False, f"{WRONG} empty ended in NotImplementedError. The line: raise NotImplementedError"),
        (
            Half,
            False,
            f"{WRONG} Half ended in AttributeError: 'int' object has no attribute 'half'. The line: x.half()",
        ),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_every_exercise_is_answered_in_the_same_sentences(solution, right, words):
    verdict = check("half-code")(solution)
    assert bool(verdict) is right and repr(verdict) == words


def test_what_is_not_known_or_no_solution_is_refused():
    with pytest.raises(ValueError, match=r"run the cell that begins with @checks\('other'\); known are half-code"):
        check("other")
    with pytest.raises(TypeError, match=r"check\('half-code'\) judges what you have written: give it that, not 2.0"):
        check("half-code")(half(4))
    with pytest.raises(ValueError, match="write id='half-code'"):
        checks("Half code")


def test_a_teacher_finds_the_last_verdict_the_code_and_what_was_wrong_before(folder, monkeypatch):
    monkeypatch.setenv(file.WRITING, "halves")
    judge_halves()
    ask("half-number", "What is half of 9?")
    monkeypatch.delenv(file.WRITING)
    for solution in (same, same, absolute, half, half):
        check("half-code")(solution)
    asks = file.read(folder / file.NAME)
    assert asks["half-code"] == {
        "page": "halves", "kind": "code", "question": "A function that halves a number, or a list of them.",
    }  # fmt: skip
    found = read(folder / checking.NAME, asks)
    told = found.answers["half-code"]
    assert found.problems == [] and (told["verdict"], told["tries"], told["page"]) == ("right", 3, "halves")
    assert told["answer"] == "def half(x):\n    return x / 2\n" and told["first"] <= told["last"]
    assert told["wrong"] == ["half of 4 is not 4", ""]
    results.table(folder, asks)
    assert "half of 4 is not 4 (1)" in (folder / "results.html").read_text(encoding="utf-8")
    check("half-code")(broken)
    assert read(folder / checking.NAME, asks).answers["half-code"]["verdict"] == "wrong"


def test_a_page_takes_the_verdicts_over_and_saves_them_with_its_own_answers(folder):
    check("half-code")(half)
    text = (folder / checking.NAME).read_text(encoding="utf-8")
    body = """const memory = new parts.Memory("here", { title: "A book" });
        memory.keep("half-number", { kind: "number", answer: "4.5", verdict: "right" });
        return [parts.untouched(args[0]), memory.take(args[0]), memory.results()]"""
    with Modules("asking/results") as script:
        untouched, taken, whole = script(body, text)
    assert untouched and taken and whole["answers"].keys() == {"half-number", "half-code"}
    assert whole["answers"]["half-code"]["verdict"] == "right"


@pytest.mark.parametrize("text", ["", "[1]", '{"cells": []}', '{"format": "livefig-results", "version": 1}'])
def test_a_file_of_somebody_else_stays_as_it_is(folder, text):
    path = folder / checking.NAME
    path.write_text(text, encoding="utf-8")
    verdict = check("half-code")(half)
    assert verdict and "(This is not kept: results-code.json: " in verdict.say
    assert path.read_text(encoding="utf-8") == text


def test_an_edited_verdict_is_named(folder):
    check("half-code")(same)
    path = folder / checking.NAME
    path.write_text(path.read_text(encoding="utf-8").replace('"wrong"', '"right"', 1), encoding="utf-8")
    assert [p.partition(":")[0] for p in read(path, {"half-code": {"kind": "code"}}).problems] == ["edited"]


@pytest.mark.parametrize("name", [checking.KEEPS_NOTHING, file.WRITING])
def test_where_a_book_is_made_nothing_is_kept(folder, monkeypatch, name):
    monkeypatch.setenv(name, "halves")
    assert check("half-code")(half)
    assert not (folder / checking.NAME).exists()


def test_the_file_is_one_of_results_as_the_format_tells_it(folder):
    check("half-code")(half)
    told = json.loads((folder / checking.NAME).read_text(encoding="utf-8"))
    assert [*told] == ["format", "version", "book", "edition", "name", "saved", "answers", "seal"]
