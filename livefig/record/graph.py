"""The graph that a trace fills in: scalar operations, each in the scope of the loop it belongs to.

A *node* is a number: an input, a constant, an operation on earlier nodes, or a leaf that a loop fills.
A *scope* says how often a node is computed: once (the main scope), once a step (the body of a loop), or
once a row (elementwise work on all states of a loop). The scope of an operation is the innermost scope of
its arguments, so what does not change inside a loop is computed outside it. Equal operations are kept once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from livefig.record.ops import evaluate, simplified_power
from livefig.record.refuse import Refusal, refuse

Node = int
MAIN = 0
MOST_NODES = 300_000
SAME = ("alias", "sloped", "among")  # what has the value of its first argument, and is no operation of the tape


class ScopeError(Refusal):
    """Values of two loops that do not enclose each other meet in one operation."""


@dataclass
class Loop:
    """One `iterate`: `state` leaves start at `start` and become `next`, `n` times."""

    outer: int  # the scope in which the loop stands
    body: int  # the scope of its steps
    n: Node
    k: Node  # leaf: the number of the step, from 0
    start: list[Node]
    state: list[Node]
    next: list[Node] = field(default_factory=list)
    node: Node = -1  # its place among the nodes of the outer scope, once its body is known


@dataclass(frozen=True)
class Rows:
    """A time axis: rows 0..n of every loop of `n` steps in one scope. `most` is the largest n."""

    scope: int
    k: Node  # leaf: the number of the row
    n: Node
    most: int

    @property
    def length(self) -> int:
        return self.most + 1


class Graph:
    """Nodes by column: `op`, `args` (nodes), `extra` (plain integers), `scope`."""

    def __init__(self, guesses: bool = False) -> None:
        self.op: list[str] = []
        self.args: list[tuple[Node, ...]] = []
        self.extra: list[tuple[int, ...]] = []
        self.scope: list[int] = []
        self.values: dict[Node, float] = {}
        self.bounds: dict[Node, tuple[float, float]] = {}
        self.loops: list[Loop] = []
        self.tables: list[tuple[int, list[Node]]] = []  # (width, cells row by row)
        self.parent: list[int] = [MAIN]
        self.depth: list[int] = [0]
        self.active = MAIN
        self.aliases = 0
        self.guesses = guesses  # see lengths.py
        self.asked = ""  # the author's line that asked how long an axis of a changing number of steps is
        self._known: dict[tuple[object, ...], Node] = {}
        self._rows: dict[tuple[int, Node], Rows] = {}
        self._tables: dict[tuple[int, tuple[Node, ...]], int] = {}

    # nodes -----------------------------------------------------------------------------------------
    def _append(self, op: str, args: tuple[Node, ...], extra: tuple[int, ...], scope: int) -> Node:
        if len(self.op) >= MOST_NODES:
            raise refuse(
                f"a function of more than {MOST_NODES:,} operations",
                "Write its repeated part with iterate.",
            )
        self.op.append(op)
        self.args.append(args)
        self.extra.append(extra)
        self.scope.append(scope)
        return len(self.op) - 1

    def leaf(self, op: str, scope: int) -> Node:
        """A new node that something else fills: "input", "state" or "k"."""
        return self._append(op, (), (), scope)

    def constant(self, value: float) -> Node:
        key = ("constant", struct.pack("d", value))
        if key not in self._known:
            node = self._append("constant", (), (), MAIN)
            self.values[node] = float(value)
            self._known[key] = node
        return self._known[key]

    def node(self, op: str, *args: Node, extra: tuple[int, ...] = ()) -> Node:
        """The node of an operation: the one that is there, a folded constant, or a new one."""
        if op == "power" and args[1] in self.values:
            exponent = self.values[args[1]]
            if exponent in (0.0, 1.0):
                return args[0] if exponent else self.constant(1.0)
            if simpler := simplified_power(exponent):
                op, args = simpler, args[:1]
        if op in ("multiply", "divide") and self.values.get(args[1]) == 1.0:
            return args[0]
        if op == "multiply" and self.values.get(args[0]) == 1.0:
            return args[1]
        if op == "where" and args[0] in self.values:
            return args[1] if self.values[args[0]] else args[2]
        if op in SAME and args[0] in self.values:
            return args[0]
        if op == "where" and args[1] == args[2]:
            return args[1]
        key = (op, args, extra)
        found = self._known.get(key)
        if found is None:
            if not extra and all(a in self.values for a in args):
                found = self.constant(evaluate(op, *(self.values[a] for a in args)))
            else:
                found = self._append(op, args, extra, self._innermost(args, extra, op))
            self._known[key] = found
        return found

    # scopes ----------------------------------------------------------------------------------------
    def new_scope(self, parent: int) -> int:
        self.parent.append(parent)
        self.depth.append(self.depth[parent] + 1)
        return len(self.parent) - 1

    def encloses(self, outer: int, inner: int) -> bool:
        while self.depth[inner] > self.depth[outer]:
            inner = self.parent[inner]
        return inner == outer

    def _innermost(self, args: Iterable[Node], extra: tuple[int, ...], op: str) -> int:
        scopes = {self.scope[a] for a in args}
        if op in ("at", "final"):
            scopes.add(self.loops[extra[0]].outer)
        elif op == "row":
            scopes |= {self.scope[c] for c in self.tables[extra[0]][1]}
        deepest = max(scopes, key=self.depth.__getitem__)
        if not all(self.encloses(s, deepest) for s in scopes):
            raise refuse(
                f"np.{op} of values from two loops",
                "Use what iterate returns, not values from inside its step.",
                kind=ScopeError,
            )
        return deepest

    def varies(self, nodes: Iterable[Node], body: int) -> bool:
        """Whether nodes depend on anything but constants and the leaves of the scope `body`."""
        seen: set[Node] = set()
        stack = list(nodes)
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            op = self.op[node]
            if op in ("input", "at", "final") or (op in ("state", "k") and self.scope[node] != body):
                return True
            stack.extend(self.args[node])
            if op == "row":
                stack.extend(self.tables[self.extra[node][0]][1])
        return False

    # loops and their rows --------------------------------------------------------------------------
    def rows(self, n: Node, most: int) -> Rows:
        """The time axis of the loops of `n` steps in the active scope."""
        key = (self.active, n)
        if key not in self._rows:
            scope = self.new_scope(self.active)
            self._rows[key] = Rows(scope, self.leaf("k", scope), n, most)
        return self._rows[key]

    def changing(self) -> list[Rows]:
        """The time axes whose length follows a slider, in the order in which they came about."""
        return [rows for rows in self._rows.values() if rows.n not in self.values]

    def meant(self, shape: tuple[int, ...]) -> Rows | None:
        """The time axis that a plain array of this shape seems to be made for, once its length has been asked."""
        if not self.asked or not self.guesses:
            return None
        return next((rows for rows in self.changing() if shape.count(rows.length) == 1 < rows.length), None)

    def close(self, loop: Loop, following: list[Node]) -> int:
        """Register a loop whose body has been recorded; returns its number."""
        loop.next = following
        self.loops.append(loop)
        loop.node = self._append("loop", (), (len(self.loops) - 1,), loop.outer)
        return len(self.loops) - 1

    def at(self, loop: int, component: int, k: Node) -> Node:
        """State `component` of a loop after `k` steps."""
        record = self.loops[loop]
        if k == record.n:
            return self.node("final", extra=(loop, component))
        if self.values.get(k) == 0.0:
            return record.start[component]
        return self.node("at", k, extra=(loop, component))

    def table(self, width: int, cells: list[Node]) -> int:
        """The number of a table with these cells, row by row: the one that is there, or a new one."""
        key = (width, tuple(cells))
        if key not in self._tables:
            self._tables[key] = len(self.tables)
            self.tables.append((width, cells))
        return self._tables[key]

    def row(self, table: int, column: int, k: Node) -> Node:
        """The cell of a table in row `k`."""
        width, cells = self.tables[table]
        if k in self.values:
            return cells[int(self.values[k]) * width + column]
        found = cells[column::width]
        if [self.values.get(c) for c in found] == list(range(len(found))):
            return k  # a table of row numbers
        return self.node("row", k, extra=(table, column))

    def alias(self, node: Node) -> Node:
        """A node of the same value that is told apart from it."""
        self.aliases += 1
        return self.node("alias", node, extra=(self.aliases,))
