"""A formula as operations of the tape, and its exact derivatives as more of them. `expression.js` is the twin.

A *node* is the place of an operation in `nodes`, where it stands behind its arguments; equal ones stand there once, so
a derivative shares what it has in common with the formula. At kinks and jumps slopes are those that the docstring of
`grad` tells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from livefig.record.ops import BOOLEAN, UFUNCS, where

Node = int
Slope = Callable[..., Node]


class Expression:
    """nodes : ("number", value), ("variable", place), or an operation of the tape with the nodes of its arguments."""

    def __init__(self) -> None:
        self.nodes: list[tuple[Any, ...]] = []
        self._known: dict[tuple[Any, ...], Node] = {}
        self._slopes: dict[int, dict[Node, Node | None]] = {}  # variable -> node -> its derivative; None: there is none

    def node(self, op: str, *given: Any) -> Node:
        """The node of an operation on nodes, of a number or of a variable."""
        key = (op, *given)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(key)
        return self._known[key]

    def number(self, value: float) -> Node:
        return self.node("number", value)

    def value(self, node: Node) -> float | None:
        """The value of a number; None of everything else."""
        op, *given = self.nodes[node]
        return given[0] if op == "number" else None

    def power(self, base: Node, exponent: Node) -> Node:
        """A power; for a plain exponent the operation that NumPy itself uses."""
        value = self.value(exponent)
        if value in (0.0, 1.0):
            return base if value else self.number(1.0)
        cheaper = {2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}.get(value)  # type: ignore[arg-type]
        return self.node(cheaper, base) if cheaper else self.node("power", base, exponent)

    def times(self, a: Node, b: Node) -> Node:
        """A product, without a factor 1."""
        if self.value(a) == 1.0:
            return b
        return a if self.value(b) == 1.0 else self.node("multiply", a, b)

    def needed(self, node: Node) -> list[Node]:
        """The nodes that a node is made of, itself the last."""
        found = {node}
        for at in range(node, -1, -1):
            if at in found and self.nodes[at][0] not in ("number", "variable"):
                found.update(self.nodes[at][1:])
        return sorted(found)

    # derivatives -----------------------------------------------------------------------------------
    def slope(self, node: Node, variable: int) -> Node:
        """The derivative of a node with respect to a variable."""
        known = self._slopes.setdefault(variable, {})
        for at in self.needed(node):
            if at not in known:
                known[at] = self._slope(at, variable, known)
        found = known[node]
        return self.number(0.0) if found is None else found

    def _slope(self, y: Node, variable: int, known: Mapping[Node, Node | None]) -> Node | None:
        op, *given = self.nodes[y]
        if op in ("number", "variable"):
            return self.number(1.0) if op == "variable" and given == [variable] else None
        slopes = [known[a] for a in given]
        if op == "where" or op in ("maximum", "minimum"):
            first, second = (self.number(0.0) if s is None else s for s in slopes[-2:])
            if slopes[-2:] == [None, None]:
                return None
            return self.node("where", given[0], first, second) if op == "where" else self._chosen(y, first, second)
        total: Node | None = None
        for slope, way in zip(slopes, SLOPES.get(op, ()), strict=False):
            if slope is not None:
                part = way(self, slope, y, *given)
                total = part if total is None else self.node("add", total, part)
        return total

    def _chosen(self, y: Node, first: Node, second: Node) -> Node:
        """The slope of that of two which is larger, or smaller: the mean where they are equal, NaN where y is."""
        _, a, b = self.nodes[y]
        mean = self.times(self.number(0.5), self.node("add", first, second))
        other = self.node("where", self.node("equal", y, b), second, self.number(math.nan))
        either = self.node("where", self.node("equal", y, a), first, other)
        return self.node("where", self.node("equal", a, b), mean, either)

    # numbers ---------------------------------------------------------------------------------------
    def run(self, node: Node, arguments: Sequence[Any]) -> Any:
        """The value of a node where the variables have these values: NumPy's numbers, arrays, or what stands in."""
        values: dict[Node, Any] = {}
        for at in self.needed(node):
            op, *given = self.nodes[at]
            if op == "number":
                values[at] = np.float64(given[0])
            elif op == "variable":
                values[at] = arguments[given[0]]
            else:
                found = (where if op == "where" else UFUNCS[op])(*(values[a] for a in given))
                values[at] = found * 1.0 if op in BOOLEAN else found
        return values[node]


def _over(e: Expression, d: Node, *factors: Node) -> Node:
    for factor in factors:
        d = e.node("divide", d, factor)
    return d


def _negative(e: Expression, d: Node) -> Node:
    return e.node("negative", d)


def _one_plus(e: Expression, x: Node) -> Node:
    return e.node("add", e.node("square", x), e.number(1.0))


def _one_minus(e: Expression, x: Node) -> Node:
    return e.node("subtract", e.number(1.0), e.node("square", x))


def _power_of_base(e: Expression, d: Node, y: Node, x: Node, p: Node) -> Node:
    value = e.value(p)
    if value is not None:
        return e.times(d, e.times(p, e.power(x, e.number(value - 1))))
    slope = e.node("multiply", p, e.node("power", x, e.node("subtract", p, e.number(1.0))))
    zero = e.number(0.0)  # 0⁰ is 1, as x⁰ beside it
    at_zero = e.node("where", e.node("equal", x, zero), zero, slope)
    return e.times(d, e.node("where", e.node("equal", p, zero), at_zero, slope))


def _power_of_exponent(e: Expression, d: Node, y: Node, x: Node, p: Node) -> Node:
    base = x if e.value(x) else e.node("where", e.node("equal", x, e.number(0.0)), e.number(1.0), x)  # 0ᵖ stays 0
    return e.times(d, e.node("multiply", y, e.node("log", base)))


def _size(e: Expression, y: Node) -> Node:
    """A length by which to divide: at the tip of the cone the slope is 0."""
    return e.node("where", e.node("equal", y, e.number(0.0)), e.number(1.0), y)


def _squares(e: Expression, x: Node, z: Node) -> Node:
    return e.node("add", e.node("square", x), e.node("square", z))


# For each operation and each of its arguments: what the argument's derivative d gives to that of the result y.
# What is missing (floor, sign, comparisons) is constant almost everywhere.
SLOPES: dict[str, tuple[Slope, ...]] = {
    "add": (lambda e, d, *_: d, lambda e, d, *_: d),
    "subtract": (lambda e, d, *_: d, lambda e, d, *_: _negative(e, d)),
    "multiply": (lambda e, d, y, x, z: e.times(d, z), lambda e, d, y, x, z: e.times(d, x)),
    "divide": (
        lambda e, d, y, x, z: _over(e, d, z),
        lambda e, d, y, x, z: _negative(e, e.times(d, _over(e, y, z))),
    ),
    "power": (_power_of_base, _power_of_exponent),
    "negative": (lambda e, d, *_: _negative(e, d),),
    "absolute": (lambda e, d, y, x: e.times(d, e.node("sign", x)),),
    "square": (lambda e, d, y, x: e.times(d, e.times(e.number(2.0), x)),),
    "sqrt": (lambda e, d, y, x: _over(e, d, e.times(e.number(2.0), y)),),
    "cbrt": (lambda e, d, y, x: _over(e, d, e.times(e.number(3.0), e.node("square", y))),),
    "reciprocal": (lambda e, d, y, x: _negative(e, e.times(d, e.node("square", y))),),
    "exp": (lambda e, d, y, x: e.times(d, y),),
    "expm1": (lambda e, d, y, x: e.times(d, e.node("exp", x)),),
    "log": (lambda e, d, y, x: _over(e, d, x),),
    "log2": (lambda e, d, y, x: _over(e, d, x, e.number(math.log(2))),),
    "log10": (lambda e, d, y, x: _over(e, d, x, e.number(math.log(10))),),
    "log1p": (lambda e, d, y, x: _over(e, d, e.node("add", x, e.number(1.0))),),
    "sin": (lambda e, d, y, x: e.times(d, e.node("cos", x)),),
    "cos": (lambda e, d, y, x: _negative(e, e.times(d, e.node("sin", x))),),
    "tan": (lambda e, d, y, x: e.times(d, _one_plus(e, y)),),
    "arcsin": (lambda e, d, y, x: _over(e, d, e.node("sqrt", _one_minus(e, x))),),
    "arccos": (lambda e, d, y, x: _negative(e, _over(e, d, e.node("sqrt", _one_minus(e, x)))),),
    "arctan": (lambda e, d, y, x: _over(e, d, _one_plus(e, x)),),
    "sinh": (lambda e, d, y, x: e.times(d, e.node("cosh", x)),),
    "cosh": (lambda e, d, y, x: e.times(d, e.node("sinh", x)),),
    "tanh": (lambda e, d, y, x: e.times(d, _one_minus(e, y)),),
    "hypot": (
        lambda e, d, y, x, z: e.times(d, _over(e, x, _size(e, y))),
        lambda e, d, y, x, z: e.times(d, _over(e, z, _size(e, y))),
    ),
    "arctan2": (
        lambda e, d, y, x, z: e.times(d, _over(e, z, _squares(e, x, z))),
        lambda e, d, y, x, z: _negative(e, e.times(d, _over(e, x, _squares(e, x, z)))),
    ),
}
