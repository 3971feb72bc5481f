"""What a figure costs: bytes of a page, operations, numbers at every move. It is told before the work begins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from math import prod
from typing import Any
from zlib import compress

from livefig.description import Description
from livefig.record.refuse import warn

MOST_BYTES = 150_000  # of a figure with enumerated controls, compressed
MOST_OPERATIONS = 300_000  # of all its tapes
MANY_NUMBERS = 10_000_000  # made at one move of a slider: what a phone follows without a jerk


def check_operations(operations: int, choices: Sequence[Sequence[Any]]) -> None:
    """Raise if the other tapes would be too long when the first one has so many operations."""
    count = prod(many for _, many in choices)
    if count > 1 and operations * count > MOST_OPERATIONS:
        raise ValueError(
            f"update takes {operations:,} operations, and {operations * count:,} for all {count:,} combinations of the "
            f"values of {_names(choices)}: {MOST_OPERATIONS:,} are the most. Write what it repeats with arrays or with "
            "iterate, or take larger steps, or fewer options"
        )


def check_size(spec: Description) -> None:
    """Raise if the tapes of enumerated controls make a figure too long for a page; warn where the data of one do."""
    size = compressed(json.dumps(spec))
    if size <= MOST_BYTES:
        return
    if spec["choices"]:
        raise too_long(size, len(spec["tapes"]), spec["choices"])
    _warn(
        f"the figure takes {size:,} bytes of a page, compressed: {MOST_BYTES:,} are enough for a figure. Use fewer "
        "points, or round the numbers"
    )


def compressed(text: str) -> int:
    """How many bytes of a page a text takes."""
    return len(compress(text.encode()))


def too_long(size: int, done: int, choices: Sequence[Sequence[Any]]) -> ValueError:
    """The error for a figure whose first combinations, or all of them, take too much of a page."""
    count = prod(many for _, many in choices)
    which = f"{count:,}" if done == count else f"the first {done:,} of {count:,}"
    fewer = MOST_BYTES * done // size
    room = f" (about {fewer:,} combinations have room)" if fewer > 1 else ""
    return ValueError(
        f"the figure takes {size:,} bytes of a page, compressed, for {which} combinations of the values of "
        f"{_names(choices)}: {MOST_BYTES:,} are the most. Take larger steps{room}, draw fewer points, or round long "
        "tables"
    )


def warn_of_work(numbers: int) -> None:
    """Warn if a move of a slider makes so many numbers that no reader sees it move."""
    if numbers > MANY_NUMBERS:
        _warn(
            f"a move of a slider makes up to {numbers:,} numbers, in this cell and on the page: a phone follows "
            f"{MANY_NUMBERS:,}. Use fewer steps or points, at the upper ends of the sliders too"
        )


def _names(choices: Iterable[Sequence[Any]]) -> str:
    return ", ".join(name for name, _ in choices)


def _warn(sentence: str) -> None:
    warn(sentence)
