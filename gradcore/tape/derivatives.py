"""The derivative of every operation, as new nodes of the graph.

At kinks (abs, maximum, where) it is that of the branch taken, the mean of both at a tie of maximum and minimum,
and 0 for abs.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from gradcore.tape.graph import Graph, Node

# For each operation: the adjoints of its arguments from (builder, adjoint, result, *arguments). What is missing
# here (floor, sign, comparisons, …) is constant almost everywhere: its derivative is 0.
Rule = Callable[..., tuple[Node, ...]]


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


def _larger(b: Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    """The adjoint goes to the larger argument, half of it to each at a tie."""
    share = b.add(b.mul(b.less(z, x), 0.5), b.mul(b.less_equal(z, x), 0.5))
    return b.mul(g, share), b.mul(g, b.sub(1.0, share))


def _smaller(b: Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    """What the larger argument would give away, the smaller one gets."""
    return _larger(b, g, y, z, x)


def _arctan2(b: Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    size = b.add(b.square(x), b.square(z))
    return b.mul(g, b.div(z, size)), b.neg(b.mul(g, b.div(x, size)))


def _power(b: Build, g: Node, y: Node, x: Node, p: Node) -> tuple[Node, Node]:
    log = b.where(b.less(0.0, x), b.log(b.where(b.less(0.0, x), x, 1.0)), 0.0)
    return b.mul(g, b.mul(p, b.power(x, b.sub(p, 1.0)))), b.mul(g, b.mul(y, log))


LOCAL: dict[str, Rule] = {
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
    "hypot": lambda b, g, y, x, z: (b.mul(g, b.div(x, y)), b.mul(g, b.div(z, y))),
    "arctan2": _arctan2,
    "remainder": lambda b, g, y, x, z: (g, b.neg(b.mul(g, b.floor(b.div(x, z))))),
    "maximum": _larger,
    "fmax": _larger,
    "minimum": _smaller,
    "fmin": _smaller,
    "alias": lambda b, g, y, x: (g,),
}
