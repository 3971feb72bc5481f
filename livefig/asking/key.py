"""`key`: the answer to an ask, in a cell that readers do not get. It comes into the file of answers as digests."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from livefig.asking import file
from livefig.asking.digest import digest, sealed

FINE = 2  # steps in a tolerance
MOST = 2.0**52  # beyond it a number has no nearest multiple of a step
MISTAKES: dict[str, Callable[[float], float]] = {  # known by themselves, by the sentence in ASK_WORDS that tells them
    "of_sign": lambda x: -x,
    "of_two": lambda x: 2 * x,
    "of_half": lambda x: x / 2,
    "of_degrees": math.degrees,
    "of_radians": math.radians,
}


def key(
    id: str,
    answer: Any,
    tolerance: float | None = None,
    *,
    why: str = "",
    wrong: Mapping[Any, str] | None = None,
) -> None:
    """The answer to ``ask(id, …)``. Stands in a cell with the tag `key`, which no page, no download and no student has.

    answer : a number, or of a choice the option that is right.
    tolerance : of a number: how far off still is right; to a quarter of it, for only rounded answers are compared.
    why : what a right answer is told: why it is right.
    wrong : what certain wrong answers are told: {4.5: "This is after one step."}. A wrong sign, a factor of two, and
        degrees for radians are known without it.
    While `make notebooks` runs, the file of answers is written. In any other run it is compared.
    Raises TypeError or ValueError naming the argument; ValueError if the file has another answer.
    """
    tolerance = _tolerance(answer, tolerance)
    texts = _checked_texts(wrong)
    facts: dict[str, Any] = {"kind": "choice" if tolerance is None else "number"}
    if tolerance is None:
        told = {str(answer): "+" + why} | {str(other): "-" + text for other, text in texts.items()}
    else:
        facts["step"] = step = tolerance / FINE
        told = dict(_numbers(float(answer), tolerance, step, why, texts))
    facts["known"] = {digest(id, word): sealed(text, id, word) for word, text in told.items()}
    if file.writing():
        file.note(id, **facts)
    elif (now := file.known(id)) and any(now.get(name) != fact for name, fact in facts.items()):
        raise ValueError(f"the file {file.NAME} has another answer to {id!r}: run make notebooks")


def _tolerance(answer: Any, tolerance: Any) -> float | None:
    """The tolerance of a number; None for a choice."""
    if isinstance(answer, str):
        if tolerance is not None:
            raise TypeError(f"tolerance={tolerance!r} is for numbers: leave it out, the answer {answer!r} is an option")
        return None
    try:
        value = float(answer)
    except (TypeError, ValueError):
        raise TypeError(f"answer must be a number or an option, not {answer!r}") from None
    if tolerance is None:
        raise TypeError(f"the number {value:g} needs a tolerance: write tolerance={_nice(value)!r}, say")
    if not (isinstance(tolerance, (int, float)) and 0 < tolerance < math.inf):
        raise ValueError(f"tolerance must be a positive number, not {tolerance!r}")
    if not abs(value) < MOST * tolerance:
        raise ValueError(f"answer={value:g} has no nearest multiple of its tolerance {tolerance:g}")
    return float(tolerance)


def _nice(value: float) -> float:
    """A hundredth of a number, as a power of ten."""
    return float(10.0 ** (math.floor(math.log10(abs(value))) - 2)) if value and math.isfinite(value) else 0.01


def _checked_texts(wrong: Any) -> Mapping[Any, str]:
    wrong = wrong or {}
    if not isinstance(wrong, Mapping) or not all(isinstance(text, str) and text for text in wrong.values()):
        raise TypeError(f"wrong must be a dict from answers to sentences, such as {{4.5: 'Half way.'}}, not {wrong!r}")
    return wrong


def _numbers(
    answer: float, tolerance: float, step: float, why: str, wrong: Mapping[Any, str]
) -> Iterator[tuple[str, str]]:
    """All that is known of numbers: the multiples of a step, and what they are told. What comes later is stronger."""
    for name, mistake in MISTAKES.items():
        for word in _near(mistake(answer), tolerance, step):
            yield word, f"-{{{name}}}"
    for value, text in wrong.items():
        for word in _near(float(value), tolerance, step):
            yield word, "-" + text
    for word in _near(answer, tolerance, step):
        yield word, "+" + why


def _near(value: float, tolerance: float, step: float) -> Iterator[str]:
    """The multiples of a step that are as near to a number as its tolerance."""
    first = math.ceil((value - tolerance) / step - 1e-9)
    last = math.floor((value + tolerance) / step + 1e-9)
    return map(str, range(first, last + 1))
