"""Answers as people type them: read, and judged by what an ask knows. `answers.js` is the twin.

Of a number an ask knows digests of its multiples of `step` that are right, or wrong in a way that has a name; of a
choice, digests of its options. What it says of each is sealed with the answer itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livefig.asking.digest import digest, unsealed

LONGEST = 100  # characters of an answer
TOKEN = re.compile(r"\s*((?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?|pi|e|sqrt|[-+*/^()])", re.ASCII)
TWO_NUMBERS = re.compile(r"[1-9]\d{0,2},\d{3}")  # 1,000: here a thousand, there one
SPELLINGS = {"−": "-", "·": "*", "×": "*", "÷": "/", "**": "^", "π": "pi", "√": "sqrt", "\u00a0": " "}


@dataclass(frozen=True)
class Judged:
    """verdict : "right", "wrong", or "unreadable".  say : what the ask knows of this answer, or ""."""

    verdict: str
    say: str = ""


def read_number(typed: str) -> float:
    """The number that a reader has typed: with a point or a comma, any minus, fractions, roots, π. NaN if it is none,
    or might be another.

    >>> [read_number(text) for text in ("0,5", "−3", "1e-3", "1/3", "2/3*pi", "2√2", "3 apples")]
    [0.5, -3.0, 0.001, 0.3333333333333333, 2.0943951023931953, 2.8284271247461903, nan]
    >>> read_number("1,000"), read_number("1/2π")  # a thousand or one; a half of π, or 1/(2π)
    (nan, nan)
    """
    text = typed.strip().lower()
    for spelling, sign in SPELLINGS.items():
        text = text.replace(spelling, sign)
    try:
        return _finite(_Reader(text).all())
    except (ValueError, ArithmeticError):
        return math.nan


class _Reader:
    """Reads a sum of products of powers from tokens, first to last; ValueError where it cannot go on."""

    def __init__(self, text: str):
        self.tokens: list[str] = []
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found or len(text) > LONGEST:
                raise ValueError(text)
            self.tokens.append(found[1])
            at = found.end()
        self.tokens.reverse()

    def all(self) -> float:
        value = self.sum()
        if self.tokens:
            raise ValueError(self.tokens)
        return value

    def next(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def take(self, *signs: str) -> str:
        """The next token, if it is one of these."""
        return self.tokens.pop() if self.next() in signs else ""

    def sum(self) -> float:
        value = self.product()
        while sign := self.take("+", "-"):
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self) -> float:
        value, divided = self.signed(), False
        while True:
            if sign := self.take("*", "/"):
                factor = self.signed()
                value, divided = (value * factor if sign == "*" else value / factor), sign == "/"
            elif self.next() in ("pi", "sqrt", "(") and not divided:
                value *= self.power()
            else:
                return value

    def signed(self) -> float:
        sign = self.take("+", "-")
        return -self.signed() if sign == "-" else self.signed() if sign else self.power()

    def power(self) -> float:
        base = self.base()
        return _finite(math.pow(base, self.signed())) if self.take("^") else base

    def base(self) -> float:
        if not self.tokens:
            raise ValueError("the end")
        token = self.tokens.pop()
        if token == "(":
            value = self.sum()
            if not self.take(")"):
                raise ValueError(token)
            return value
        if token == "sqrt":
            return math.sqrt(self.base())
        if token in CONSTANTS:
            return CONSTANTS[token]
        if TWO_NUMBERS.fullmatch(token):
            raise ValueError(token)
        return _finite(float(token.replace(",", ".")))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(value)
    return value


CONSTANTS = {"pi": math.pi, "e": math.e}


def multiple(value: float, step: float) -> str:
    """Which multiple of a step is nearest to a number: the word of which an ask has a digest."""
    return str(math.floor(value / step + 0.5))


def word_of(ask: Mapping[str, Any], typed: str) -> str | None:
    """What is compared of an answer: the rounded number, or the option. None if it is unreadable."""
    if ask["kind"] == "choice":
        return typed
    value = read_number(typed)
    return None if math.isnan(value) else multiple(value, ask["step"])


def judge(ask: Mapping[str, Any], typed: str) -> Judged:
    """The verdict on an answer.

    ask : its `id`, `kind`, and what it knows: of a number and a choice `known`, of a goal its borders.
    """
    if ask["kind"] == "goal":
        return Judged("right" if reached(ask, read_number(typed)) else "wrong")
    if ask["kind"] == "guess":
        return Judged("unreadable" if math.isnan(read_number(typed)) else "right")
    word = word_of(ask, typed)
    if word is None:
        return Judged("unreadable")
    found = ask["known"].get(digest(ask["id"], word))
    if found is None:
        return Judged("wrong")
    said = unsealed(found, ask["id"], word)
    return Judged("right" if said[0] == "+" else "wrong", said[1:])


def reached(goal: Mapping[str, Any], value: float) -> bool:
    """Whether a value lies between the borders of a goal; without borders, whether it is not 0. NaN never is."""
    above, below = goal.get("above"), goal.get("below")
    if above is None and below is None:
        return value != 0 and not math.isnan(value)
    return (above is None or value > above) and (below is None or value < below)
