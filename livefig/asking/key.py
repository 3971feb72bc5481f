"""`key`: the answer to an ask, in a cell that readers do not get. It comes into the file of answers as digests."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from livefig.asking import file
from livefig.asking.answers import NAME, multiple, value_at
from livefig.asking.digest import digest, sealed
from livefig.formulas.grammar import check_variables, parse

FINE = 2  # steps in a tolerance
MOST = 2.0**52  # beyond it a number has no nearest multiple of a step
MISTAKES: dict[str, Callable[[float], float]] = {  # known by themselves, by the sentence in ASK_WORDS that tells them
    "of_sign": lambda x: -x,
    "of_two": lambda x: 2 * x,
    "of_half": lambda x: x / 2,
}
ANGLES: dict[str, tuple[str, Callable[[float], float]]] = {  # in one unit: the mistake of those who answer in the other
    "degrees": ("of_radians", math.radians),
    "radians": ("of_degrees", math.degrees),
}
COUNTED = 0.01  # the tolerance of a count: whoever types 2.9 has not counted
READ = 0.05  # a tolerance that is a larger share of its number is of one that is read off: it has no factors

# A formula is compared at some points. There its values are in the middle of a step, so that no rounding matters.
POINTS, TRIED, BETWEEN = 8, 1000, (-2.0, 2.0)
TURNS = [root % 1 for root in map(math.sqrt, (2, 3, 5, 7, 11))]  # of a variable: multiples of these are spread evenly
MIDDLE, CLEAR = 0.25, 0.01  # of a step: how far from its ends a right value is at least, and a known wrong one
EXACT = 1e-5  # the tolerance of a formula, as a share of its typical value
WIDER = (1, 1.1, 1.3, 1.6, 2)  # steps that are tried, for a formula may have few values
STEEP = 1000  # typical values: larger ones are not compared


def key(
    id: str,
    answer: Any,
    tolerance: float | None = None,
    *,
    variables: Sequence[str] | Mapping[str, tuple[float, float]] = (),
    angle: str = "",
    why: str = "",
    wrong: Mapping[Any, str] | None = None,
) -> None:
    """The answer to ``ask(id, …)``. Stands in a cell with the tag `key`, which no page, no download and no student has.

    answer : a number; of a choice the option that is right; of a formula its text, or a function of its variables.
    tolerance : of a number: how far off still is right; to a quarter of it, for only rounded answers are compared. A
        whole number without it is a count. Of a formula: how far off its values still are right; without it, 1e-5 of
        what they typically are.
    variables : of a formula: their names, or {"x": (0.1, 3)}, between which numbers it is compared; else -2 and 2. It
        is compared where it has values.
    angle : "degrees" or "radians": the number is an angle; who answers in the other unit is told so. Not of a formula,
        an option or a count.
    why : what a right answer is told: why it is right.
    wrong : what certain wrong answers are told: {4.5: "This is after one step."}. A wrong sign is known without it, and
        a factor of two where the tolerance is at most a twentieth of the number; of a count neither.
    While `make notebooks` runs, the file of answers is written. In any other run it is compared.
    Raises TypeError or ValueError naming the argument; ValueError if the file has another answer.
    """
    texts = _checked_texts(wrong)
    facts: dict[str, Any]
    if angle and angle not in ANGLES:
        raise ValueError(f'angle must be "degrees" or "radians", not {angle!r}')
    counted = tolerance is None and isinstance(answer, (int, np.integer)) and not isinstance(answer, bool)
    if angle and (variables or counted or isinstance(answer, str)):
        instead = f"write tolerance={_nice(float(answer))!r}, say, or leave" if counted else "leave"
        what = "a formula" if variables else f"the count {answer}" if counted else f"the option {answer!r}"
        raise TypeError(f"angle={angle!r} is for numbers with a tolerance, not for {what}: {instead} angle out")
    if variables:
        facts, told = _formula(id, answer, tolerance, variables, why, texts)
    elif (tolerance := _tolerance(answer, COUNTED if counted else tolerance)) is None:
        facts = {"kind": "choice"}
        told = {str(answer): "+" + why} | {str(other): "-" + text for other, text in texts.items()}
    else:
        facts = {"kind": "number", "step": tolerance / FINE}
        mistakes = {} if counted else _mistakes(float(answer), tolerance, angle)
        told = dict(_numbers(float(answer), tolerance, facts["step"], mistakes, why, texts))
    facts["known"] = _known(id, told)
    if file.writing():
        file.note(id, **facts)
    elif (now := file.known(id)) and any(now.get(name) != fact for name, fact in facts.items()):
        raise ValueError(f"the file {file.NAME} has another answer to {id!r}: run make notebooks")


def _known(id: str, told: Mapping[str, str]) -> dict[str, str]:
    """What the words are told, sealed, by their digests. A long text of several words stands once, under a name."""
    known = {}
    words_of: dict[str, list[str]] = {}
    for word, text in told.items():
        words_of.setdefault(text, []).append(word)
    for text, words in words_of.items():
        name = NAME + digest(id, text)[:8]
        if len(words) > 1 and len(text) > len(name):
            known[digest(id, name)] = sealed(text, id, name)
            text = name
        known |= {digest(id, word): sealed(text, id, word) for word in words}
    return known


def _tolerance(answer: Any, tolerance: Any) -> float | None:
    """The tolerance of a number; None for a choice."""
    if isinstance(answer, str):
        if tolerance is not None:
            option = f"leave it out if the answer {answer!r} is an option, write variables=… if it is a formula"
            raise TypeError(f"tolerance={tolerance!r} is for numbers and formulas: {option}")
        return None
    try:
        value = float(answer)
    except (TypeError, ValueError):
        raise TypeError(f"answer must be a number, an option, or with variables=… a formula, not {answer!r}") from None
    if tolerance is None:
        raise TypeError(f"the number {value:g} needs a tolerance: write tolerance={_nice(value)!r}, say")
    _check_positive(tolerance)
    if not abs(value) < MOST * tolerance:
        raise ValueError(f"answer={value:g} has no nearest multiple of its tolerance {tolerance:g}")
    return float(tolerance)


def _check_positive(tolerance: Any) -> None:
    if not (isinstance(tolerance, (int, float)) and 0 < tolerance < math.inf):
        raise ValueError(f"tolerance must be a positive number, not {tolerance!r}")


def _nice(value: float) -> float:
    """A hundredth of a number, as a power of ten."""
    return float(10.0 ** (math.floor(math.log10(abs(value))) - 2)) if value and math.isfinite(value) else 0.01


def _checked_texts(wrong: Any) -> Mapping[Any, str]:
    wrong = wrong or {}
    if not isinstance(wrong, Mapping) or not all(isinstance(text, str) and text for text in wrong.values()):
        raise TypeError(f"wrong must be a dict from answers to sentences, such as {{4.5: 'Half way.'}}, not {wrong!r}")
    return wrong


def _mistakes(value: float, tolerance: float, angle: str) -> dict[str, float]:
    """What a number is by mistake, by the sentence that tells it."""
    known = MISTAKES if tolerance <= READ * abs(value) else {"of_sign": MISTAKES["of_sign"]}
    found = {name: mistake(value) for name, mistake in known.items()}
    if angle:
        name, mistake = ANGLES[angle]
        found[name] = mistake(value)
    return found


def _numbers(
    answer: float, tolerance: float, step: float, mistakes: Mapping[str, float], why: str, wrong: Mapping[Any, str]
) -> Iterator[tuple[str, str]]:
    """All that is known of numbers: the multiples of a step, and what they are told. What comes later is stronger."""
    for name, value in mistakes.items():
        for word in _near(value, tolerance, step):
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


Told = Sequence[tuple[Callable[..., float], str]]  # formulas as functions, and what is said of each


def _formula(
    id: str, answer: Any, tolerance: Any, variables: Any, why: str, wrong: Mapping[Any, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """How a formula is compared, and what is known of rounded values. What comes later is stronger."""
    between = dict(variables) if isinstance(variables, Mapping) else dict.fromkeys(variables, BETWEEN)
    names = tuple(between)
    check_variables(names)
    right = _function("answer", answer, names)
    told = [
        *((_changed(right, mistake), f"-{{{name}}}") for name, mistake in MISTAKES.items()),
        *((_function("wrong", other, names), "-" + text) for other, text in wrong.items()),
        (right, "+" + why),
    ]
    typical = statistics.median(abs(right(*point)) for point in islice(_places(id, right, between), POINTS * 10)) or 1.0
    if tolerance is not None:
        _check_positive(tolerance)
    for wider in WIDER:
        step = float(f"{wider * (tolerance or EXACT * typical) / MIDDLE:.2g}")
        places = (point for point in _places(id, right, between) if abs(right(*point)) <= STEEP * typical)
        points = list(islice((point for point in places if _is_clear(told, step, point)), POINTS))
        if len(points) == POINTS:
            words = {" ".join(multiple(f(*point), step) for point in points): text for f, text in told}
            return {"kind": "formula", "variables": list(names), "step": step, "points": points}, words
    raise ValueError(f"there are no points where all of {id!r} is clear of rounding: write another tolerance")


def _function(argument: str, formula: Any, names: tuple[str, ...]) -> Callable[..., float]:
    """A formula as a function of numbers."""
    if isinstance(formula, str):
        parsed = parse(formula, names)
        return lambda *point: value_at(parsed, point)
    if not callable(formula):
        raise TypeError(
            f"{argument} must be a formula of {', '.join(names)}, as text or as a function, not {formula!r}"
        )

    def value(*point: float) -> float:
        with np.errstate(all="ignore"):
            return float(formula(*point))

    return value


def _changed(f: Callable[..., float], mistake: Callable[[float], float]) -> Callable[..., float]:
    return lambda *point: mistake(f(*point))


def _places(id: str, f: Callable[..., float], between: Mapping[str, tuple[float, float]]) -> Iterator[list[float]]:
    """Points at which a formula has a value, spread between the ends of its variables; others for every question."""
    start, found = int(digest(id, "points"), 16) / 16**16, 0
    for number in range(1, TRIED + 1):
        shares = [(start + number * turn) % 1 for turn in TURNS]
        point = [
            round(low + (high - low) * share, 4) for (low, high), share in zip(between.values(), shares, strict=False)
        ]
        if math.isfinite(f(*point)):
            found += 1
            yield point
    if found < POINTS:
        ends = ", ".join(f"{name} from {low:g} to {high:g}" for name, (low, high) in between.items())
        raise ValueError(f"the answer to {id!r} has no values for {ends}: write variables={{name: (low, high)}}")


def _is_clear(told: Told, step: float, point: Sequence[float]) -> bool:
    """Whether no value there is at an end of its step; the right one, which is the last, is in the middle."""
    shares = [(f(*point) / step + 0.5) % 1 for f, _ in told]
    ends = [min(share, 1 - share) for share in shares]  # of NaN it is NaN
    return ends[-1] >= MIDDLE and not any(end < CLEAR for end in ends)
