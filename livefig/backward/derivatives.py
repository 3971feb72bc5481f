"""The derivative of every operation, as new nodes of the graph. What it is at a kink, the docstring of `grad` says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from livefig.record.graph import Graph, Node
from livefig.record.shapes import along

# For each operation: the adjoints of its arguments from (builder, adjoint, result, *arguments). What is missing
# here (floor, sign, comparisons, …) is constant almost everywhere: its derivative is 0.
Derivative = Callable[..., tuple[Node, ...]]
CHOICES = frozenset(["maximum", "minimum", "fmax", "fmin"])  # they give one of their arguments: see shares()


class Build:
    """Writes formulas: b.mul(x, 2.0) is a node of the graph."""

    def __init__(self, graph: Graph):
        self.graph = graph

    def __getattr__(self, op: str) -> Callable[..., Node]:
        names = {"mul": "multiply", "div": "divide", "sub": "subtract", "neg": "negative"}

        def build(*args: Node | float) -> Node:
            nodes = [a if isinstance(a, int) else self.graph.constant(a) for a in args]
            return self.graph.node(names.get(op, op), *nodes)

        return build

    def fold(self, op: str, x: Node, axis: int, keep: bool = False) -> Node:
        """An operation that takes an axis away; `keep` leaves it at length 1."""
        found = self.graph.node(op, x, extra=(axis,))
        place = along(self.graph.shape[x], axis)
        if not keep or place is None:
            return found
        row = self.graph.shape[found].row
        return self.graph.reshape(found, (*row[:place], 1, *row[place:]))

    def kept(self, node: Node, value: Node) -> Node:
        """A value shaped like a fold, with the axis that was folded at length 1."""
        shape = self.graph.shape[self.graph.args[node][0]]
        place = along(shape, self.graph.extra[node][0])
        row = shape.row
        return value if place is None else self.graph.reshape(value, (*row[:place], 1, *row[place + 1 :]))

    def shaped(self, op: str, like: Node, *args: Node) -> Node:
        """An operation that is given the shape of another node."""
        return self.graph.node(op, *args, extra=(self.graph.shape[like],))

    def lines(self, x: Node, y: Node, axis: int) -> tuple[Node, Node]:
        """Every number of x beside every number of y along an axis: x lies along it, y along a new one before it."""
        place = along(self.graph.shape[x], axis)
        assert place is not None
        row = self.graph.shape[x].row
        across, down = (*row[:place], 1, *row[place:]), (*row[: place + 1], 1, *row[place + 1 :])
        return self.graph.reshape(x, across), self.graph.reshape(y, down)

    def arg(self, node: Node, i: int) -> Node:
        """An argument of a node."""
        return self.graph.args[node][i]

    def counts(self, node: Node) -> Node:
        """The numbers of the rows of a node that has steps."""
        return self.graph.node("steps", extra=(self.graph.shape[node].steps,))

    def backwards(self, op: str, x: Node, axis: int) -> Node:
        """An operation along an axis, from its end."""
        return self.flipped(self.graph.node(op, self.flipped(x, axis), extra=(axis,)), axis)

    def flipped(self, x: Node, axis: int) -> Node:
        """x in reverse along an axis."""
        shape = self.graph.shape[x]
        if (place := along(shape, axis)) is None:
            assert shape.steps is not None
            return self.rows(x, self.sub(shape.steps.n, self.counts(x)))
        return self.graph.take(x, np.flip(np.arange(shape.width).reshape(shape.row), place))

    def transposed(self, x: Node) -> Node:
        """x with its last two axes exchanged."""
        shape = self.graph.shape[x]
        return self.graph.take(x, np.arange(shape.width).reshape(shape.row).swapaxes(-1, -2))


def _arctan2(b: Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    size = b.add(b.square(x), b.square(z))
    return b.mul(g, b.div(z, size)), b.neg(b.mul(g, b.div(x, size)))


def _power(b: Build, g: Node, y: Node, x: Node, p: Node) -> tuple[Node, Node]:
    slope = b.mul(p, b.power(x, b.sub(p, 1.0)))
    slope = b.where(b.equal(p, 0.0), b.where(b.equal(x, 0.0), 0.0, slope), slope)  # 0⁰ is 1, as x⁰ beside it
    log = b.log(b.where(b.equal(x, 0.0), 1.0, x))  # 0ᵖ stays 0
    return b.mul(g, slope), b.mul(g, b.mul(y, log))


def _hypot(b: Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    size = b.where(b.equal(y, 0.0), 1.0, y)  # at the tip of the cone 0
    return b.mul(g, b.div(x, size)), b.mul(g, b.div(z, size))


def shares(b: Build, chosen: Node, among: Sequence[Node]) -> list[Node]:
    """How much of the adjoint each argument of a choice gets: equal parts for those that are the result, 0 for the
    others. NaN where the result is."""
    equal = [b.equal(x, chosen) for x in among]
    number = reduce(b.add, equal)
    return [b.div(e, number) for e in equal]


def _call(b: Build, g: Node, y: Node, *args: Node) -> tuple[Node, ...]:
    (called,) = b.graph.extra[y]
    return tuple(b.mul(g, b.graph.node("call", *args, extra=(called.slope(i),))) for i in range(len(args)))


LOCAL: dict[str, Derivative] = {
    "add": lambda b, g, y, x, z: (g, g),
    "subtract": lambda b, g, y, x, z: (g, b.neg(g)),
    "multiply": lambda b, g, y, x, z: (b.mul(g, z), b.mul(g, x)),
    "divide": lambda b, g, y, x, z: (b.div(g, z), b.neg(b.mul(g, b.div(y, z)))),
    "negative": lambda b, g, y, x: (b.neg(g),),
    "absolute": lambda b, g, y, x: (b.mul(g, b.sign(x)),),
    "square": lambda b, g, y, x: (b.mul(g, b.mul(x, 2.0)),),
    "sqrt": lambda b, g, y, x: (b.div(g, b.mul(y, 2.0)),),
    "cbrt": lambda b, g, y, x: (b.div(g, b.mul(b.square(y), 3.0)),),
    "reciprocal": lambda b, g, y, x: (b.neg(b.mul(g, b.square(y))),),
    "exp": lambda b, g, y, x: (b.mul(g, y),),
    "exp2": lambda b, g, y, x: (b.mul(g, b.mul(y, math.log(2))),),
    "expm1": lambda b, g, y, x: (b.mul(g, b.add(y, 1.0)),),
    "log": lambda b, g, y, x: (b.div(g, x),),
    "log2": lambda b, g, y, x: (b.div(g, b.mul(x, math.log(2))),),
    "log10": lambda b, g, y, x: (b.div(g, b.mul(x, math.log(10))),),
    "log1p": lambda b, g, y, x: (b.div(g, b.add(x, 1.0)),),
    "sin": lambda b, g, y, x: (b.mul(g, b.cos(x)),),
    "cos": lambda b, g, y, x: (b.neg(b.mul(g, b.sin(x))),),
    "tan": lambda b, g, y, x: (b.mul(g, b.add(b.square(y), 1.0)),),
    "arcsin": lambda b, g, y, x: (b.div(g, b.sqrt(b.sub(1.0, b.square(x)))),),
    "arccos": lambda b, g, y, x: (b.neg(b.div(g, b.sqrt(b.sub(1.0, b.square(x))))),),
    "arctan": lambda b, g, y, x: (b.div(g, b.add(b.square(x), 1.0)),),
    "sinh": lambda b, g, y, x: (b.mul(g, b.cosh(x)),),
    "cosh": lambda b, g, y, x: (b.mul(g, b.sinh(x)),),
    "tanh": lambda b, g, y, x: (b.mul(g, b.sub(1.0, b.square(y))),),
    "arcsinh": lambda b, g, y, x: (b.div(g, b.sqrt(b.add(b.square(x), 1.0))),),
    "arccosh": lambda b, g, y, x: (b.div(g, b.sqrt(b.sub(b.square(x), 1.0))),),
    "arctanh": lambda b, g, y, x: (b.div(g, b.sub(1.0, b.square(x))),),
    "power": _power,
    "hypot": _hypot,
    "arctan2": _arctan2,
    "remainder": lambda b, g, y, x, z: (g, b.neg(b.mul(g, b.floor(b.div(x, z))))),
    "fmod": lambda b, g, y, x, z: (g, b.neg(b.mul(g, b.trunc(b.div(x, z))))),
    "alias": lambda b, g, y, x: (g,),
    "call": _call,
}


# Operations on arrays that are linear in one argument: which one, and the way back of an adjoint, from (builder,
# node, adjoint).
LINEAR: dict[str, tuple[int, Callable[[Build, Node, Node], Node]]] = {
    "reshape": (0, lambda b, node, g: b.shaped("reshape", b.arg(node, 0), g)),
    "take": (0, lambda b, node, g: b.shaped("put", b.arg(node, 0), b.arg(node, 1), g)),
    "put": (1, lambda b, node, g: b.take(g, b.arg(node, 0))),
    "rows": (0, lambda b, node, g: b.shaped("put_rows", b.arg(node, 0), b.arg(node, 1), g)),
    "put_rows": (1, lambda b, node, g: b.rows(g, b.arg(node, 0))),
    "head": (0, lambda b, node, g: b.shaped("put_rows", b.arg(node, 0), b.counts(node), g)),
    "add.reduce": (0, lambda b, node, g: b.shaped("broadcast", b.arg(node, 0), b.kept(node, g))),
    "add.accumulate": (0, lambda b, node, g: b.backwards("add.accumulate", g, *b.graph.extra[node])),
}
PARTIAL = frozenset(["take", "rows", "head"])  # they may leave out some of their argument, which gets nothing then
