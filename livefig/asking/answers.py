"""Answers as people type them: read, and judged by what an ask knows. `answers.js` is the twin.

Of a number an ask knows digests of its multiples of `step` that are right, or wrong in a way that has a name; of a
formula, of its rounded values at some points; of a choice, of its options. What it says of each is sealed with the
answer itself; or the name is, under which a text stands that several answers share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from livefig.asking.digest import digest, unsealed
from livefig.formulas.grammar import FormulaError, Parsed, parse

NAME = ">"  # with which the name of a text begins


class Judged(NamedTuple):
    """verdict : "right", "wrong", or "unreadable".  say : what the ask knows of this answer, or ""."""

    verdict: str
    say: str = ""


def read_number(typed: str) -> float:
    """The number that a reader has typed: with a point or a comma, any minus, fractions, roots, π. NaN if it is none,
    or might be another.

    >>> [read_number(text) for text in ("0,5", "−3", "1e-3", "1/3", "2/3*pi", "2√2", "10⁻⁷", "3 apples")]
    [0.5, -3.0, 0.001, 0.3333333333333333, 2.0943951023931953, 2.8284271247461903, 1e-07, nan]
    >>> read_number("1,000"), read_number("1/2π")  # a thousand or one; a half of π, or 1/(2π)
    (nan, nan)
    """
    try:
        value = value_at(parse(typed.lower(), ()), ())
    except FormulaError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def value_at(formula: Parsed, point: Sequence[float]) -> float:
    """The value of a formula where its variables have these values. NaN and ∞ are values, too."""
    with np.errstate(all="ignore"):
        return float(formula.expression.run(formula.node, point))


def multiple(value: float, step: float) -> str:
    """Which multiple of a step is nearest to a number: the word of which an ask has a digest."""
    return str(math.floor(value / step + 0.5)) if math.isfinite(value / step) else "NaN"


def word_of(ask: Mapping[str, Any], typed: str) -> str | None:
    """What is compared of an answer: the option, the rounded number, the rounded values of a formula at the points of
    the ask. None if it is unreadable.
    """
    if ask["kind"] == "choice":
        return typed
    if ask["kind"] == "formula":
        try:
            formula = parse(typed, tuple(ask["variables"]))
        except FormulaError:
            return None
        return " ".join(multiple(value_at(formula, point), ask["step"]) for point in ask["points"])
    value = read_number(typed)
    return None if math.isnan(value) else multiple(value, ask["step"])


def judge(ask: Mapping[str, Any], typed: str) -> Judged:
    """The verdict on an answer.

    ask : its `id`, `kind`, and what it knows: of a goal its borders, of what has a key `known` and how it is rounded.
    """
    if ask["kind"] == "goal":
        return Judged("right" if reached(ask, read_number(typed)) else "wrong")
    if ask["kind"] == "guess":
        return Judged("unreadable" if math.isnan(read_number(typed)) else "right")
    word = word_of(ask, typed)
    if word is None:
        return Judged("unreadable")
    said = told(ask, word)
    return Judged("right" if said.startswith("+") else "wrong", said[1:])


def told(ask: Mapping[str, Any], word: str) -> str:
    """What an ask says of a word, after "+" if it is right; "" if it knows nothing of it."""
    found = ask["known"].get(digest(ask["id"], word))
    said = unsealed(found, ask["id"], word) if found else ""
    return told(ask, said) if said.startswith(NAME) else said


def reached(goal: Mapping[str, Any], value: float) -> bool:
    """Whether a value lies between the borders of a goal; without borders, whether it is not 0. NaN never is."""
    above, below = goal.get("above"), goal.get("below")
    if above is None and below is None:
        return value != 0 and not math.isnan(value)
    return (above is None or value > above) and (below is None or value < below)
