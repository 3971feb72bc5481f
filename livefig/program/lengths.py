"""What an author makes of the length of a history whose number of steps is a slider.

`len(history)` must be a plain integer: it is that of the longest history. So `np.arange(len(history))` is a plain
array of that length, although only its first n + 1 entries are meant; but `history / len(history)` would be wrong.
A second recording, with other bounds and so with another length, tells the two apart: what is as long as the
history gets its axis of the steps; everything else must be the same in both. The first attempt takes every array
of that length for one of the steps as soon as it meets a traced value; if then the recordings differ, it was a
mere coincidence, and the second attempt only does so where one of both has the axis of the steps already.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.program.machine import Reading
from livefig.record.graph import Graph
from livefig.record.refuse import Refusal, moving, refuse
from livefig.record.traced import Traced, as_steps


def with_steps(values: list[Traced], others: list[Traced]) -> list[Traced]:
    """The first recording's outputs: those that are longer there than in the other one get an axis of the steps."""
    return [_with_steps(value, other) for value, other in zip(values, others, strict=True)]


def _with_steps(value: Traced, other: Traced) -> Traced:
    if value.steps or value.shape == other.shape or value.ndim != other.ndim:
        return value
    axes = [a for a in range(value.ndim) if value.shape[a] != other.shape[a]]
    lengths = zip(value.graph.changing(), other.graph.changing(), strict=False)
    for steps, fewer in lengths:
        if len(axes) == 1 and (steps.length, fewer.length) == (value.shape[axes[0]], other.shape[axes[0]]):
            return as_steps(value, steps, axes[0] - value.ndim)
    return value


def moved(graph: Graph, other: Graph) -> bool:
    """Whether the two recordings have another number of steps at all."""
    return any(a.length != b.length for a, b in zip(graph.changing(), other.changing(), strict=False))


def same(program: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two recordings compute the same; what is cut to the number of steps may be longer in one of them."""
    columns = [
        {k: v for k, v in p.items() if k not in ("constants", "arg", "loops", "outputs", "lengths")}
        for p in (program, other)
    ]
    if columns[0] != columns[1]:
        return False
    first, second = _Meaning(program), _Meaning(other)
    return first.values() == second.values() and all(map(_begins_alike, first.cut(), second.cut()))


def _begins_alike(a: Any, b: Any) -> bool:
    shorter = min(len(a), len(b))
    return np.array_equal(a[:shorter], b[:shorter], equal_nan=True)


class _Meaning:
    """A program with what every constant holds in place of its number, and operations by number."""

    def __init__(self, program: dict[str, Any]):
        self.read = Reading(program)

    def value(self, number: int) -> Any:
        """What a value is, whatever the number of constants."""
        if (array := self.read.constant(number)) is not None:
            return array.shape, array.tobytes()
        return number if number < self.read.base else number - len(self.read.constants)

    def values(self) -> list[Any]:
        """The arguments of all operations, the loops, the outputs and the lengths."""
        read, program = self.read, self.read.program
        args = [
            [*(() if op == "head" and self.read.constant(args[0]) is not None else map(self.value, args)), *plain]
            for op, args, plain in zip(read.ops, read.args, read.plain, strict=True)
        ]
        loops = [{**loop, "n": self.value(loop["n"])} for loop in program["loops"]]
        for loop in loops:
            loop |= {key: [self.value(v) for v in loop[key]] for key in ("start", "next")}
        outputs = [[self.value(number), axis] for number, axis in program["outputs"]]
        return [args, loops, outputs, [self.value(n) for n in program["lengths"]]]

    def cut(self) -> list[Any]:
        """The constants of which the first rows are taken, as many as there are steps."""
        heads = [args[0] for op, args in zip(self.read.ops, self.read.args, strict=True) if op == "head"]
        return [array for number in heads if (array := self.read.constant(number)) is not None]


def misused(graph: Graph) -> Refusal:
    """The error for a length that is used as a number."""
    return refuse(
        f"a number or an array made of the length of a history, where the number of steps is itself {moving()},",
        "Write n + 1 for the number of its rows, np.arange(len(history)) for their numbers, history[-1] for the last.",
        line=graph.asked,
    )
