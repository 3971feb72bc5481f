"""Numbers as Markdown tables, each beside the budget it has to keep."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence


def cell(value: float | None, digits: int = 0, budget: float | None = None) -> str:
    """A number, and whether it keeps its budget; a dash where there was nothing to measure.

    >>> cell(131.4, budget=300), cell(20.5, digits=1, budget=20), cell(None)
    ('131 ✓', '20.5 ✗', '—')
    """
    if value is None:
        return "—"
    mark = "" if budget is None else " ✓" if value <= budget else " ✗"
    return f"{value:,.{digits}f}{mark}"


def show(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> None:
    """Print a table as soon as it is measured; its columns are aligned for readers of the plain text."""
    lines = [list(headers), *map(list, rows)]
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    print(f"\n## {title}\n")
    for line in lines:
        padded = [line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]
        print("|", " | ".join(padded), "|")
    if note:
        print(f"\n{note}")
    print(end="", flush=True)


def median(values: Iterable[float | None]) -> float | None:
    """The median of what was measured, or None."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def percentile95(values: Sequence[float]) -> float | None:
    """The smallest value that at least 95 % of the values do not exceed, or None."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1] if values else None
