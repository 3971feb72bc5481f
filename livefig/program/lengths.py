"""What an author makes of the length of a history whose number of steps is a slider.

`len(history)` must be a plain integer: it is that of the longest history. So `np.arange(len(history))` is a plain
array of that length, although only its first n + 1 entries are meant; but `history / len(history)` would be wrong.
A second recording, with other bounds and so with another length, tells the two apart: what is as long as the
history gets its axis of the steps; everything else must be the same in both. The first attempt takes every array
of that length for one of the steps as soon as it meets a traced value; if then the recordings differ, it was a
mere coincidence, and the second attempt only does so where one of both has the axis of the steps already.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np

from livefig.program.machine import ARITY
from livefig.record.graph import Graph
from livefig.record.refuse import Refusal, moving, refuse
from livefig.record.traced import Traced, as_row

PLAIN = {"loop": 1, "at": 2, "row": 2}  # so many first arguments are no slots


def with_rows(values: list[Traced], others: list[Traced]) -> list[Traced]:
    """The first recording's outputs: those that are longer there than in the other one get an axis of the steps."""
    return [_with_rows(value, other) for value, other in zip(values, others, strict=True)]


def _with_rows(value: Traced, other: Traced) -> Traced:
    if value.rows or value.shape == other.shape or value.ndim != other.ndim:
        return value
    axes = [a for a in range(value.ndim) if value.shape[a] != other.shape[a]]
    lengths = zip(value.graph.changing(), other.graph.changing(), strict=False)
    for rows, fewer in lengths:
        if len(axes) == 1 and (rows.length, fewer.length) == (value.shape[axes[0]], other.shape[axes[0]]):
            return as_row(value, rows, axes[0] - value.ndim)
    return value


def moved(graph: Graph, other: Graph) -> bool:
    """Whether the two recordings have another number of steps at all."""
    return any(a.length != b.length for a, b in zip(graph.changing(), other.changing(), strict=False))


def same(program: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two recordings compute the same; tables may be longer in one of them."""
    if any(program[key] != other[key] for key in ("inputs", "used", "ops", "op")):
        return False
    first, second = _Meaning(program), _Meaning(other)
    return first.columns() == second.columns() and all(map(_begins_alike, first.tables(), second.tables()))


def _begins_alike(a: list[Any], b: list[Any]) -> bool:
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]


class _Meaning:
    """A program with the value of every constant in place of its slot, and operations by number."""

    def __init__(self, program: dict[str, Any]):
        self.p = program
        self.begin = sum(int(np.prod(i[1:])) for i in program["inputs"])
        self.end = self.begin + len(program["constants"])

    def slot(self, slot: int) -> Any:
        """What stands in a slot, whatever the number of constants."""
        if self.begin <= slot < self.end:
            return str(self.p["constants"][slot - self.begin])
        return slot if slot < self.begin else slot - self.end + self.begin

    def columns(self) -> list[Any]:
        loops = [{**loop, "n": self.slot(loop["n"])} for loop in self.p["loops"]]
        for loop in loops:
            loop |= {key: [self.slot(s) for s in loop[key]] for key in ("start", "next")}
        rows = [{**block, "n": self.slot(block["n"])} for block in self.p["rows"]]
        outputs = [{**o, "cells": [self.slot(s) for s in o["cells"]]} for o in self.p["outputs"]]
        return [self.arguments(), loops, rows, outputs, [table["width"] for table in self.p["tables"]]]

    def arguments(self) -> list[Any]:
        """The arguments of all operations: slots, but for the numbers of loops, tables and their columns."""
        found: list[Any] = []
        left = iter(self.p["arg"])
        for op in self.p["op"]:
            args = list(islice(left, ARITY[self.p["ops"][op]]))
            plain = PLAIN.get(self.p["ops"][op], 0)
            found += args[:plain] + [self.slot(a) for a in args[plain:]]
        return found

    def tables(self) -> list[list[Any]]:
        return [[self.slot(s) for s in table["cells"]] for table in self.p["tables"]]


def misused(graph: Graph) -> Refusal:
    """The error for a length that is used as a number."""
    return refuse(
        f"a number or an array made of the length of a history, where the number of steps is itself {moving()},",
        "Write n + 1 for the number of its rows, np.arange(len(history)) for their numbers, history[-1] for the last.",
        line=graph.asked,
    )
