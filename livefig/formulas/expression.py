"""A formula as operations of the tape, to which its derivatives are added. `expression.js` is the twin.

A *node* is the place of an operation in `nodes`, where it stands behind its arguments. Equal ones stand there once, so
a derivative shares what it has in common with the formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from livefig.record.ops import BOOLEAN, UFUNCS, where

Node = int


class Expression:
    """nodes : ("number", value), ("variable", place), or an operation of the tape with the nodes of its arguments."""

    def __init__(self) -> None:
        self.nodes: list[tuple[Any, ...]] = []
        self._known: dict[tuple[Any, ...], Node] = {}
        self.slopes: dict[int, dict[Node, Node | None]] = {}  # variable -> node -> its derivative, see slopes.py

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
