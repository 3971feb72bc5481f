"""`check`: an exercise in code, judged in the notebook by a function that `checks` has named for it.

Each verdict is kept in a file of results beside the notebook, as a page keeps those of its asks.
"""

from __future__ import annotations

import inspect
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livefig.asking import file, results
from livefig.words import ASK_WORDS

Judge = Callable[[Any], str | None]
NAME = "results-code.json"
KEEPS_NOTHING = "LIVEFIG_KEEPS_NO_RESULTS"  # set where a book is made or tested
MOST_WRONG = 50  # sentences that are remembered
JUDGES: dict[str, Judge] = {}


@dataclass(frozen=True)
class Verdict:
    """What `check` says of a solution; `bool(verdict)` is whether it is right, `say` the sentence on it."""

    right: bool
    say: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return self.say


def checks(id: str) -> Callable[[Judge], Judge]:
    """The function below judges solutions of an exercise: it stands in a cell before those that call ``check(id)``.

    id : the name of the exercise, which no other one and no ask of the book has.
    The function takes a solution. Where that is wrong, it ends in an `assert` with a sentence on what is wrong. Else it
    may return one: why it is right. The first line of its docstring is what the teacher's table says of the exercise.

    >>> @checks("twice")
    ... def judge(solution):
    ...     "A function that doubles a number."
    ...     assert solution(3) == 6, f"3 gives {solution(3)}"
    >>> check("twice")(lambda x: x + 3), check("twice")(lambda x: x + 2)
    (✓ Right., ✗ Not yet. 3 gives 5)
    """
    file.checked_id("id", id)

    def named(judge: Judge) -> Judge:
        JUDGES[id] = judge
        if file.writing():
            file.note(id, kind="code", question=(inspect.getdoc(judge) or id).splitlines()[0])
        return judge

    return named


def check(id: str) -> Callable[[Any], Verdict]:
    """Judge a solution of an exercise: ``check("descent-code")(my_function)``.

    id : the name of the exercise.
    Returns a function of the solution. That returns a Verdict, whose repr is a sentence, and which is true if the
    solution is right. It is kept, with the code of the solution, in the file results-code.json beside the notebook.
    Raises ValueError if no cell has told how this exercise is judged.
    """
    if id not in JUDGES:
        known = f"; known are {', '.join(sorted(JUDGES))}" if JUDGES else ""
        raise ValueError(f"nothing judges {id!r} yet: run the cell that begins with @checks({id!r}){known}")

    def judged(solution: Any) -> Verdict:
        if not callable(solution):
            raise TypeError(f"check({id!r}) judges what you have written: give it that, not {solution!r}")
        right, why = _judged(JUDGES[id], solution)
        head = ASK_WORDS["right" if right else "wrong"]
        kept = _keep(id, solution, right, why)
        return Verdict(right, " ".join(filter(None, [head, why or ("" if right else ASK_WORDS["try_again"]), kept])))

    return judged


def _judged(judge: Judge, solution: Any) -> tuple[bool, str]:
    """Whether a solution is right, and what its judge says of it."""
    try:
        return True, judge(solution) or ""
    except AssertionError as error:
        return False, str(error)
    except Exception as error:
        name = getattr(solution, "__name__", "it")
        said = ": ".join(filter(None, [type(error).__name__, str(error)]))
        ended = ASK_WORDS["ended"].format(name=name, error=said)
        line = _line(error, solution)
        return False, f"{ended} {ASK_WORDS['in_line'].format(line=line)}" if line else ended


def _line(error: Exception, solution: Any) -> str:
    """The last line of the solution that was run."""
    parts = vars(solution).values() if isinstance(solution, type) else [solution]
    files = {part.__code__.co_filename for part in parts if inspect.isfunction(part)}
    return next(
        (at.line or "" for at in reversed(traceback.extract_tb(error.__traceback__)) if at.filename in files), ""
    )


def _keep(id: str, solution: Any, right: bool, why: str) -> str:
    """Put a verdict into the file of results; a sentence if that cannot be."""
    if os.environ.get(KEEPS_NOTHING) or file.writing():
        return ""
    path = Path.cwd() / NAME
    try:
        answers = results.answers_in(path)
        answers[id] = _record(id, answers.get(id, {}), _source(solution), right, why)
        results.write(path, answers)
    except (OSError, ValueError) as error:
        return ASK_WORDS["not_kept"].format(file=NAME, error=error)
    return ""


def _record(id: str, old: dict[str, Any], source: str, right: bool, why: str) -> dict[str, Any]:
    """What is kept of an exercise, after one more try; the same code once more is none."""
    now = results.now()
    again = old.get("answer") == source
    wrong = old.get("wrong", [])
    return {
        "page": file.known(id).get("page", ""),
        "kind": "code",
        "answer": source,
        "verdict": "right" if right else "wrong",
        "tries": old.get("tries", 0) + (not again),
        "wrong": wrong if right or again else [*wrong, why][-MOST_WRONG:],
        "first": old.get("first", now),
        "last": now,
    }


def _source(solution: Any) -> str:
    """The code of a solution, or its name where Python does not know that."""
    try:
        return inspect.getsource(solution)
    except (OSError, TypeError):
        return str(getattr(solution, "__name__", solution))
