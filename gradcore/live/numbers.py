"""Numbers as readers see them. `formatNumber` in web/numbers.js says the same, character for character."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

FIELD = re.compile(r"\{\{|\}\}|\{(\w+)(?::([^}]*))?\}")  # or a brace, doubled
_SPEC = re.compile(r"([+ ]?)(,?)(?:\.(\d+))?([defg%]?)")


def format_number(value: Any, spec: str, words: Mapping[str, str]) -> str:
    """A number by Python's format specification, with a true minus sign. A text stays as it is.

    >>> from gradcore.live.words import WORDS
    >>> format_number(-0.123456, ".3g", WORDS), format_number(30, "d", WORDS), format_number(0.5, "", WORDS)
    ('−0.123', '30', '0.5')
    """
    if isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return words["nan"]
    if math.isinf(number):
        return ("−" if number < 0 else "") + words["infinity"]
    text = format(round(number), spec) if spec.endswith("d") else format(number, spec or ".6g")
    return text.replace("-", "−")


def checked_spec(spec: str) -> str:
    """The specification, if both Python and the page know it; else ValueError."""
    if not _SPEC.fullmatch(spec):
        raise ValueError(f"the format {spec!r} is not one of [+][,][.digits][d, e, f, g or %]")
    return spec


def fields(sentence: str) -> dict[str, str]:
    """The names in braces and their format specifications.

    >>> fields("After {steps:d} steps the loss is {loss:.3g}, of all {{x}}.")
    {'steps': 'd', 'loss': '.3g'}
    """
    return {name: checked_spec(spec) for name, spec in FIELD.findall(sentence) if name}


def fill(sentence: str, values: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The sentence with its fields filled in. Doubled braces are braces.

    >>> fill("f({x:d}) in {{0, 1}}", {"x": 3}, {})
    'f(3) in {0, 1}'
    """
    return FIELD.sub(lambda m: format_number(values[m[1]], m[2] or "", words) if m[1] else m[0][0], sentence)
