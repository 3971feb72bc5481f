"""The graph that a trace fills in: operations on arrays, each in the scope of the loop it belongs to.

A *node* is an array: an input, a constant, an operation on earlier nodes, or a leaf that a loop fills. A *scope* says
how often a node is computed: once (the main scope), or once a step (the body of a loop). The scope of an operation is
the innermost scope of its arguments, so what does not change inside a loop is computed outside it. Equal operations
are kept once.

Besides nodes, an operation may have an *extra*: of what has the name of a shape or an axis these, in the same order
as on the tape; of a call the formula; of a state its loop and component; of an alias a number that tells it apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from livefig.record.kernels import kernel
from livefig.record.ops import ELEMENTWISE, simplified_power
from livefig.record.refuse import Refusal, refuse, too_much
from livefig.record.shapes import NUMBER, Shape, Steps, along, result_shape

Node = int
MAIN = 0
MOST_NODES = 300_000
MOST_NUMBERS = 30_000_000  # in one array: 240 MB
MOST_WORK = 10_000_000_000  # numbers that one operation makes in all steps of its loops: half a minute
MOST_PUT = 1000  # numbers at known places that are put together at once
MOST_SLOPES = 3  # how often a formula is derived
SMALL = 64  # constant results up to this size are stored whatever they are made of
SAME = ("alias", "sloped")  # what has the value of its first argument, and is no operation of the tape


class ScopeError(Refusal):
    """Values of two loops that do not enclose each other meet in one operation."""


@dataclass
class Loop:
    """One `iterate`: `state` leaves start at `start` and become `next`, `n` times."""

    outer: int  # the scope in which the loop stands
    body: int  # the scope of its steps
    steps: Steps
    k: Node  # leaf: the number of the step, from 0
    start: list[Node]
    state: list[Node]
    next: list[Node] = field(default_factory=list)
    node: Node = -1  # its place among the nodes of the outer scope, once its body is known

    @property
    def n(self) -> Node:
        return self.steps.n


class Called(NamedTuple):
    """What a call calls: a formula by its name, derived so many times with respect to each of its variables."""

    formula: str
    orders: tuple[int, ...]

    def slope(self, variable: int) -> Called:
        """Its derivative with respect to one more variable."""
        if sum(self.orders) == MOST_SLOPES:
            what = f"Derivative number {MOST_SLOPES + 1} of the formula {self.formula}"
            raise refuse(what, f"A formula is derived {MOST_SLOPES} times at most.")
        return Called(self.formula, tuple(order + (i == variable) for i, order in enumerate(self.orders)))


class Graph:
    """Nodes by column: `op`, `args` (nodes), `extra`, `scope`, `shape`."""

    def __init__(self, guesses: bool = False) -> None:
        self.op: list[str] = []
        self.args: list[tuple[Node, ...]] = []
        self.extra: list[tuple[Any, ...]] = []
        self.scope: list[int] = []
        self.shape: list[Shape] = []
        self.values: dict[Node, np.ndarray[Any, Any]] = {}  # of constants, and of operations on them alone
        self.bounds: dict[Node, tuple[float, float]] = {}
        self.loops: list[Loop] = []
        self.parent: list[int] = [MAIN]
        self.depth: list[int] = [0]
        self.repeats: list[int] = [1]  # how often the nodes of a scope are computed at most
        self.active = MAIN
        self.aliases = 0
        self.guesses = guesses  # see lengths.py
        self.asked = ""  # the author's line that asked how long an axis of a changing number of steps is
        self._known: dict[tuple[object, ...], Node] = {}
        self._steps: dict[Node, Steps] = {}

    # nodes -----------------------------------------------------------------------------------------
    def _append(self, op: str, args: tuple[Node, ...], extra: tuple[Any, ...], scope: int, shape: Shape) -> Node:
        if len(self.op) >= MOST_NODES:
            instead = "Write its repeated part with iterate."
            raise refuse(f"a function of more than {MOST_NODES:,} operations", instead)
        self.allow(shape, self.repeats[scope], self._products(op, args))
        self.op.append(op)
        self.args.append(args)
        self.extra.append(extra)
        self.scope.append(scope)
        self.shape.append(shape)
        return len(self.op) - 1

    def allow(self, shape: Shape, often: int = 1, products: int = 1) -> None:
        """Raise if an array takes too much memory or time, made so often, each number a sum of so many products."""
        work = shape.most * often * products
        if shape.most > MOST_NUMBERS or work > MOST_WORK:
            whole = (shape.steps.length, *shape.row) if shape.steps else shape.row
            what = "numbers" if products == 1 else "products"
            times = f", {often:,} times" if often > 1 else ""
            raise too_much(f"{work:,} {what}, an array of shape {whole}{times}")

    def _products(self, op: str, args: tuple[Node, ...]) -> int:
        return self.shape[args[0]].row[-1] if op == "matmul" else 1

    @property
    def work(self) -> int:
        """How many numbers all operations make at most; of a product of matrices, how many products."""
        each = (
            shape.most * self.repeats[scope] * self._products(op, args)
            for op, args, scope, shape in zip(self.op, self.args, self.scope, self.shape, strict=True)
            if op != "constant"
        )
        return sum(each)

    def leaf(self, op: str, scope: int, shape: Shape = NUMBER) -> Node:
        """A new node that something else fills: "input", "state" or "k"."""
        return self._append(op, (), (), scope, shape)

    def constant(self, value: Any) -> Node:
        self.allow(Shape(np.shape(value)))
        array = np.array(value, dtype=float)
        key = ("constant", array.shape, array.tobytes())
        if key not in self._known:
            node = self._append("constant", (), (), MAIN, Shape(array.shape))
            array.setflags(write=False)
            self.values[node] = array
            self._known[key] = node
        return self._known[key]

    def number(self, node: Node) -> float | None:
        """The value of a constant number; None of everything else."""
        return float(self.values[node]) if node in self.values and not self.shape[node].row else None

    def node(self, op: str, *args: Node, extra: tuple[Any, ...] = ()) -> Node:
        """The node of an operation: the one that is there, a simpler one, a folded constant, or a new one."""
        key = (op, args, extra)
        found = self._known.get(key)
        if found is None:
            found = self._simpler(op, args, extra)
            if found is None:
                found = self._new(op, args, extra)
            self._known[key] = found
        return found

    def _new(self, op: str, args: tuple[Node, ...], extra: tuple[Any, ...]) -> Node:
        """An operation that was not there; of constants the constant, unless that is longer than they are."""
        shapes = [self.shape[a] for a in args]
        shape = result_shape(op, shapes, extra)
        if op == "call" or shape.steps or not args or not all(a in self.values for a in args):
            return self._append(op, args, extra, self._innermost(args, extra, op), shape)
        longer = shape.width > max(SMALL, *(s.width for s in shapes))
        node = self._append(op, args, extra, MAIN, shape) if longer else -1
        with np.errstate(all="ignore"):
            value = np.asarray(kernel(op, shapes, shape, extra)(*(self.values[a] for a in args)), dtype=float)
        if not longer:
            return self.constant(value)
        self.values[node] = value
        return node

    # what comes to something simpler ---------------------------------------------------------------
    def _simpler(self, op: str, args: tuple[Node, ...], extra: tuple[Any, ...]) -> Node | None:
        """A node of the same numbers, where a simpler operation gives them."""
        if op in ELEMENTWISE:
            return self._simpler_numbers(op, args)
        if op in SAME:
            return args[0] if args[0] in self.values else None
        if op in ("reshape", "broadcast") and extra[0] == self.shape[args[0]]:
            return args[0]
        if op == "reshape" and self.op[args[0]] == "reshape" and self.shape[args[0]].steps == extra[0].steps:
            return self.node(op, *self.args[args[0]], extra=extra)
        if op == "reshape" and self.op[args[0]] == "broadcast" and self.shape[args[0]].steps == extra[0].steps:
            source = self._one_number(self.args[args[0]][0])
            return None if self.shape[source].row else self.broadcast(source, extra[0])
        if op == "take" and args[1] in self.values:
            return self._simpler_take(args[0], self.values[args[1]].astype(np.int64))
        if op == "put" and args[0] in self.values and extra[0].steps == self.shape[args[1]].steps:
            order = np.argsort(self.values[args[0]], axis=None)  # every place once: nothing is added
            once = np.array_equal(self.values[args[0]].ravel()[order], np.arange(extra[0].width))
            return self.take(args[1], order.reshape(extra[0].row)) if once else None
        if op == "rows":
            return self._simpler_rows(*args)
        if op == "join":
            return self._simpler_join(args)
        if op == "head" and self._counted(args[0]):
            return self.node("steps", extra=extra)
        if op == "head" and self.op[args[0]] == "broadcast":
            source, row = self.args[args[0]][0], self.shape[args[0]].row
            inner = self.shape[source].row
            if len(inner) < len(row) or inner[0] < row[0]:  # all rows are the same
                one = self.reshape(source, inner[1:]) if len(inner) == len(row) else source
                return self.broadcast(one, Shape(row[1:], extra[0]))
        if op == "add.accumulate" or op.endswith(".reduce"):
            place = along(self.shape[args[0]], extra[0])
            if place is not None and self.shape[args[0]].row[place] == 1:
                return self.reshape(args[0], self._shape(op, *args, extra=extra).row)
        return None

    def _shape(self, op: str, *args: Node, extra: tuple[Any, ...] = ()) -> Shape:
        return result_shape(op, [self.shape[a] for a in args], extra)

    def _simpler_numbers(self, op: str, args: tuple[Node, ...]) -> Node | None:
        if any(self.op[a] == "reshape" for a in args):
            plain = tuple(map(self._one_number, args))
            same = self._shape(op, *plain) == self._shape(op, *args)
            if same and plain != args:
                return self.node(op, *plain)
        last = self.number(args[-1])
        if op == "power" and last in (0.0, 1.0):
            return args[0] if last else self.broadcast(self.constant(1.0), self.shape[args[0]])
        if op == "power" and last is not None and (cheaper := simplified_power(last)):
            return self.node(cheaper, args[0])
        if op in ("multiply", "divide") and self._ones(args[1]):
            return self.broadcast(args[0], self._shape(op, *args))
        if op == "multiply" and self._ones(args[0]):
            return self.broadcast(args[1], self._shape(op, *args))
        if op == "add" and all(self.op[a] == "put" and self.args[a][0] in self.values for a in args):
            return self._both_put(*args)
        if op == "where" and (args[1] == args[2] or args[0] in self.values):
            taken = args[1] == args[2] or self.values[args[0]] != 0
            if np.all(taken) or not np.any(taken):
                return self.broadcast(args[1] if np.all(taken) else args[2], self._shape(op, *args))
        return None

    def _both_put(self, x: Node, y: Node) -> Node | None:
        """The sum of two arrays, each of zeros and numbers at known places, as one of them."""
        (places, v), (others, w) = self.args[x], self.args[y]
        index = np.concatenate([self.values[places].ravel(), self.values[others].ravel()])
        if self.extra[x] != self.extra[y] or self.shape[v].steps != self.shape[w].steps or len(index) > MOST_PUT:
            return None
        return self.node("put", self.constant(index), self.node("join", v, w), extra=self.extra[x])

    def _ones(self, x: Node) -> bool:
        return x in self.values and bool(np.all(self.values[x] == 1.0))

    def _one_number(self, x: Node) -> Node:
        """What a node was before it got axes of length 1."""
        source = self.args[x][0] if self.op[x] == "reshape" else x
        return source if self.shape[source] == Shape((), self.shape[x].steps) else x

    def _simpler_take(self, x: Node, places: np.ndarray[Any, Any]) -> Node | None:
        shape = self.shape[x]
        if places.size == shape.width and np.array_equal(places.ravel(), np.arange(shape.width)):
            return self.reshape(x, places.shape)
        if places.size > 1 and (places == places.flat[0]).all():
            return self.broadcast(self.take(x, places.flat[0]), Shape(places.shape, shape.steps))
        origins = list(self._origins(x, places.ravel()))
        nodes = {node for node, _, _ in origins}
        if len(nodes) == 1 and (source := nodes.pop()) != x and self.shape[source].steps == shape.steps:
            moved = np.empty(places.size, int)
            for _, inner, at in origins:
                moved[at] = inner
            return self.take(source, moved.reshape(places.shape))
        if places.size <= SMALL and nodes and all(self.shape[node].width == 1 for node in nodes):
            parts = {place: node for node, _, at in origins for place in at.tolist()}
            chosen = self.node("join", *(parts[place] for place in range(places.size)))
            return self.reshape(chosen, places.shape) if self.shape[chosen].steps == shape.steps else None
        return None

    def _origins(self, x: Node, places: np.ndarray[Any, Any]) -> Iterator[Any]:
        """The nodes that some numbers of x come from, moved only: of each its places there, and what they are for."""
        to_do = [(x, places, np.arange(places.size))]  # an array that is filled in a loop is moved at every step
        while to_do:
            x, places, at = to_do.pop()
            op, args, source = self.op[x], self.args[x], (self.args[x] or (x,))[0]
            shape, inner = self.shape[x], self.shape[source]
            if op == "join":
                begins = np.cumsum([0, *(self.shape[a].width for a in args)])
                part = np.searchsorted(begins, places, side="right") - 1
                for i in np.unique(part).tolist():
                    to_do.append((args[i], places[part == i] - begins[i], at[part == i]))
            elif op == "take" and args[1] in self.values:
                to_do.append((source, self.values[args[1]].ravel()[places].astype(int), at))
            elif op == "reshape" and inner.steps == shape.steps:
                to_do.append((source, places, at))
            elif op == "broadcast" and inner.steps == shape.steps:
                numbers = np.arange(inner.width).reshape(inner.row)
                to_do.append((source, np.broadcast_to(numbers, shape.row).ravel()[places], at))
            else:
                yield x, places, at

    def _simpler_rows(self, x: Node, k: Node) -> Node | None:
        op, row, number = self.op[x], self.shape[x].row, self.number(k)
        if not self.shape[x].steps:
            if number is None:
                return k if self._counted(x) else None
            width = math.prod(row[1:])
            return self.take(x, int(number) * width + np.arange(width).reshape(row[1:]))
        if op == "history":
            loop, component = self.extra[x]
            if k == self.loops[loop].n:
                return self.state("final", loop, component)
            return self.loops[loop].start[component] if number == 0 else None
        if op == "steps":
            return k
        if op == "head":
            return self.node("rows", self.args[x][0], k)
        if self._counts(x):
            return self.node(op, *(self.node("rows", a, k) if self.shape[a].steps else a for a in self.args[x]))
        return None

    def _counted(self, x: Node) -> bool:
        """Whether a value is the constant 0, 1, 2, …"""
        row = self.shape[x].row
        return len(row) == 1 and x in self.values and np.array_equal(self.values[x], np.arange(row[0]))

    def _counts(self, x: Node) -> bool:
        """Whether a value is the numbers of the steps, or simple arithmetic with them."""
        if self.op[x] == "steps" or not self.shape[x].steps:
            return self.shape[x].row == ()
        return self.op[x] in ("add", "subtract", "multiply") and all(map(self._counts, self.args[x]))

    def _simpler_join(self, args: tuple[Node, ...]) -> Node | None:
        if len(args) == 1:
            return self.reshape(args[0], (self.shape[args[0]].width,))
        if len(set(args)) == 1 and self.shape[args[0]].width == 1:
            return self.broadcast(self.reshape(args[0], ()), Shape((len(args),), self.shape[args[0]].steps))
        if len(rows := [*self._rows_together(args)]) < len(args):
            return self.node("join", *rows)
        parts = tuple(part for a in args for part in self._parts(a))
        if parts != args and len(parts) <= max(SMALL, len(args)):
            return self.node("join", *parts)
        sources = {self.args[a][0] for a in args if self.op[a] == "take" and self.args[a][1] in self.values}
        if len(sources) == 1 and all(self.op[a] == "take" and self.args[a][1] in self.values for a in args):
            return self.take(sources.pop(), np.concatenate([self.values[self.args[a][1]].ravel() for a in args]))
        return None

    def _rows_together(self, args: tuple[Node, ...]) -> Iterator[Node]:
        """The parts of a join, in which rows of one history that stand side by side are taken at once."""

        def history(x: Node) -> Node:
            """Of which a part is a known row; -1 for others."""
            known = self.op[x] == "rows" and self.args[x][1] in self.values
            steps = self.shape[self.args[x][0]].steps if known else None
            return self.args[x][0] if steps and steps.n in self.values else -1

        for x, together in groupby(args, history):
            parts = [*together]
            if x < 0 or len(parts) == 1:
                yield from parts
                continue
            row, steps = self.shape[x]
            assert steps is not None
            numbers = [self.values[self.args[part][1]] for part in parts]
            whole = self.node("reshape", x, extra=(Shape((steps.length, *row)),))
            width = math.prod(row)
            yield self.take(whole, np.add.outer(np.multiply(numbers, width), np.arange(width)).ravel())

    def _parts(self, x: Node) -> tuple[Node, ...]:
        """What stands side by side in a part of a join."""
        inner = self.args[x] if self.op[x] in ("join", "reshape") else (x,)
        return inner if all(self.shape[part].steps == self.shape[x].steps for part in inner) else (x,)

    # places and shapes -----------------------------------------------------------------------------
    def take(self, x: Node, places: Any) -> Node:
        """The numbers of x (of each of its rows) at these places, counted in C order."""
        return self.node("take", x, self.constant(places))

    def reshape(self, x: Node, row: tuple[int, ...]) -> Node:
        """The same numbers in rows of another shape."""
        return self.node("reshape", x, extra=(Shape(row, self.shape[x].steps),))

    def broadcast(self, x: Node, shape: Shape) -> Node:
        """A value repeated to a shape, as NumPy's broadcast_to does."""
        return self.node("broadcast", x, extra=(shape,))

    # scopes ----------------------------------------------------------------------------------------
    def new_scope(self, parent: int, most: int) -> int:
        """The scope of the steps of a loop, of which there are at most so many."""
        self.parent.append(parent)
        self.repeats.append(self.repeats[parent] * most)
        self.depth.append(self.depth[parent] + 1)
        return len(self.parent) - 1

    def encloses(self, outer: int, inner: int) -> bool:
        while self.depth[inner] > self.depth[outer]:
            inner = self.parent[inner]
        return inner == outer

    def needs(self, op: str, args: Iterable[Node], extra: tuple[Any, ...]) -> list[Node]:
        """The nodes that an operation reads: its arguments, and the lengths of its steps."""
        lengths = [e if isinstance(e, Steps) else e.steps for e in extra if isinstance(e, (Steps, Shape))]
        return [*args, *(steps.n for steps in lengths if steps)]

    def _innermost(self, args: Iterable[Node], extra: tuple[Any, ...], op: str) -> int:
        scopes = {self.scope[a] for a in self.needs(op, args, extra)}
        if op in ("history", "final"):
            scopes.add(self.loops[extra[0]].outer)
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
            if op in ("input", "call", "history", "final") or (op in ("state", "k") and self.scope[node] != body):
                return True
            stack.extend(self.needs(op, self.args[node], self.extra[node]))
        return False

    # loops and their steps -------------------------------------------------------------------------
    def steps(self, n: Node, most: int) -> Steps:
        """The axis of the states of loops of `n` steps."""
        return self._steps.setdefault(n, Steps(n, most))

    def changing(self) -> list[Steps]:
        """The axes whose length follows a slider, in the order in which they came about."""
        return [steps for steps in self._steps.values() if steps.n not in self.values]

    def meant(self, shape: tuple[int, ...]) -> Steps | None:
        """The axis of steps that a plain array of this shape seems to be made for, once its length has been asked."""
        if not self.asked or not self.guesses:
            return None
        return next((steps for steps in self.changing() if shape.count(steps.length) == 1 < steps.length), None)

    def close(self, loop: Loop, following: list[Node]) -> int:
        """Register a loop whose body has been recorded; returns its number."""
        loop.next = following
        self.loops.append(loop)
        loop.node = self._append("loop", (), (len(self.loops) - 1,), loop.outer, NUMBER)
        return len(self.loops) - 1

    def state(self, op: str, loop: int, component: int) -> Node:
        """ "final": the last state of a component; "history": all states."""
        record, extra = self.loops[loop], (loop, component)
        if (op, (), extra) not in self._known:
            shape = self.shape[record.start[component]]
            shape = Shape(shape.row, record.steps) if op == "history" else shape
            self._known[op, (), extra] = self._append(op, (), extra, self._innermost([record.n], extra, op), shape)
        return self._known[op, (), extra]

    def alias(self, node: Node) -> Node:
        """A node of the same value that is told apart from it, and of which nothing is known: no constant either."""
        self.aliases += 1
        return self._append("alias", (node,), (self.aliases,), self.scope[node], self.shape[node])
