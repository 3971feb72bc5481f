"""Numbers as readers see them. `numbers.js` writes the same, character for character."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Any

FIELD = re.compile(r"\{\{|\}\}|\{([^\s{}:]+)(?::([^{}]*))?\}")  # or a brace, doubled
TYPES = "defg%"
SPEC = re.compile(rf"([+ ]?)(\$?)(,?)(?:\.(\d+))?([{TYPES}]?)")


def format_number(value: Any, spec: str, words: Mapping[str, str]) -> str:
    """A number by Python's format specification, with a true minus sign. A text stays as it is.

    What rounds to zero is written as zero is, without a minus; with a plus where one is asked for. Behind the sign
    may stand a dollar, as in the formats of ipywidgets.

    >>> from livefig.words import WORDS
    >>> format_number(-0.123456, ".3g", WORDS), format_number(30, "d", WORDS), format_number(0.5, "", WORDS)
    ('−0.123', '30', '0.5')
    >>> format_number(-0.001, ".2f", WORDS), format_number(-0.001, "+.2f", WORDS)
    ('0.00', '+0.00')
    >>> format_number(-1234.5, "$,.2f", WORDS), format_number(0.125, "+.1%", WORDS)
    ('−$1,234.50', '+12.5%')
    """
    if isinstance(value, str):
        return value
    number = float(value)
    if math.isnan(number):
        return words["nan"]
    if math.isinf(number):
        return ("−" if number < 0 else "") + words["infinity"]
    dollar, spec = "$" * spec.count("$"), spec.replace("$", "")
    if spec.endswith("d"):
        text = format(round(number), spec)
    else:
        spec = spec if spec[-1:] in [*TYPES] else f"{spec or '.6'}g"
        text = format(number, re.sub("^[+ ]?", r"\g<0>z", spec))  # z: no negative zero
    return re.sub("^[-+ ]?", rf"\g<0>{dollar}", text).replace("-", "−")


def checked_spec(spec: str) -> str:
    """The specification, if both Python and the page know it; else ValueError."""
    if not SPEC.fullmatch(spec) or "$" in spec:  # in the words of a figure dollars begin mathematics
        raise ValueError(f"the format {spec!r} is not one of [+][,][.digits][d, e, f, g or %]")
    return spec


def fields(sentence: str, known: Collection[str]) -> dict[str, str]:
    """The names in braces, and any known ones there, with their format specifications. Other braces are just braces.

    >>> fields("After {steps:d} steps the loss is {loss:.3g}, in {1,2} and {{x}}.", {"steps"})
    {'steps': 'd', 'loss': '.3g'}
    """
    found = FIELD.findall(sentence)
    return {name: checked_spec(spec) for name, spec in found if name in known or name.isidentifier()}


def fill(sentence: str, values: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The sentence with its fields filled in. Doubled braces are braces.

    >>> fill("f({x:d}) in {{0, 1}}", {"x": 3}, {})
    'f(3) in {0, 1}'
    """

    def text(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0][0]
        return format_number(values[match[1]], match[2] or "", words) if match[1] in values else match[0]

    return FIELD.sub(text, sentence)
