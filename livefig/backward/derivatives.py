"""The derivative of every operation, as new nodes of the graph. What it is at a kink, the docstring of `grad` says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce

from livefig.record.graph import Graph, Node

# For each operation: the adjoints of its arguments from (builder, adjoint, result, *arguments). What is missing
# here (floor, sign, comparisons, …) is constant almost everywhere: its derivative is 0.
Derivative = Callable[..., tuple[Node, ...]]
CHOICES = frozenset(["maximum", "minimum", "fmax", "fmin", "among"])  # they give one of their arguments: see shares()


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
}
