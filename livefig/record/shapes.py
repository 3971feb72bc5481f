"""Shapes of the values of a tape: those of one row, and the steps of a loop that may give it many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from livefig.record.ops import ELEMENTWISE


@dataclass(frozen=True)
class Steps:
    """The axis of the states 0..n of a loop. `n`: the node of that number, `most`: the largest it can be."""

    n: int
    most: int

    @property
    def length(self) -> int:
        return self.most + 1


class Shape(NamedTuple):
    """`row`: the shape of one row.  `steps`: the axis before it, whose length may follow a slider; or None."""

    row: tuple[int, ...] = ()
    steps: Steps | None = None

    @property
    def width(self) -> int:
        """How many numbers a row has."""
        return math.prod(self.row)

    @property
    def most(self) -> int:
        """How many numbers there are at most."""
        return self.width * (self.steps.length if self.steps else 1)


NUMBER = Shape()


def along(shape: Shape, axis: int) -> int | None:
    """The axis of a row that is meant by an axis of the whole value, on which the steps are 0; None: the steps."""
    return axis if shape.steps is None else axis - 1 if axis else None


def without(shape: Shape, axis: int) -> Shape:
    """A shape with one axis gone."""
    place = along(shape, axis)
    return Shape(shape.row) if place is None else Shape(shape.row[:place] + shape.row[place + 1 :], shape.steps)


def result_shape(op: str, args: Sequence[Shape], extra: tuple[Any, ...]) -> Shape:
    """The shape that an operation gives. `extra`: what it is given besides values, as graph.py says."""
    steps = next((a.steps for a in args if a.steps), None)
    if op in ELEMENTWISE or op == "call":
        rows = {a.row for a in args} - {()}
        return Shape(rows.pop() if len(rows) == 1 else np.broadcast_shapes(*rows), steps)
    if op in ("reshape", "broadcast", "put", "put_rows"):
        return extra[0]  # type: ignore[no-any-return]
    if op in ("alias", "sloped", "sort", "argsort", "add.accumulate"):
        return args[0]
    if op == "take":
        return Shape(args[1].row, steps)
    if op == "rows":
        x, k = args
        return Shape(x.row if x.steps else x.row[1:], k.steps)
    if op == "join":
        return Shape((sum(a.width for a in args),), steps)
    if op == "matmul":
        (*lead, m, _), (*others, _, n) = args[0].row, args[1].row
        return Shape((*np.broadcast_shapes(tuple(lead), tuple(others)), m, n), steps)
    if op.endswith(".reduce") or op in ("argmax", "argmin"):
        return without(args[0], extra[0])
    if op == "searchsorted":
        return args[1]
    if op == "steps":
        return Shape((), extra[0])
    assert op == "head", op
    return Shape(args[0].row[1:], extra[0])
