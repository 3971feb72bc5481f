"""Reverse mode: the gradient of one node with respect to others, as new nodes of the same graph.

The chain rule, run backwards over the graph: every node hands the *adjoint* it has received (∂output/∂node),
times its local derivative (derivatives.py), on to its arguments; what was repeated to fit is summed. A loop is run
backwards by a loop: its step k starts from the states that the forward loop kept; a loop inside a step is first run
forwards once more. Gradients are ordinary nodes, so they can be traced, run and differentiated again.

Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from functools import reduce as fold
from typing import NamedTuple

import numpy as np

from livefig.backward.derivatives import CHOICES, LINEAR, LOCAL, PARTIAL, Build, shares
from livefig.record.graph import Graph, Loop, Node
from livefig.record.rebuild import rebuild
from livefig.record.refuse import refuse
from livefig.record.shapes import NUMBER, Shape


def gradient(graph: Graph, output: Node, wrt: Sequence[Node]) -> list[Node]:
    """The nodes of ∂output/∂w for every w in `wrt`, shaped like w; constant 0 where there is no path."""
    received = adjoints(graph, output, wrt)
    return [received[w] if w in received else _zeros(graph, graph.shape[w]) for w in wrt]


def adjoints(graph: Graph, output: Node, wrt: Sequence[Node] = ()) -> dict[Node, Node]:
    """∂output/∂node for every node on a path to the output; the paths end at `wrt`."""
    found = _Adjoints(graph, wrt)
    found.add(output, Adjoint(graph.constant(1.0)))
    found.back(reach(graph, [output]))
    return {node: found.taken(adjoint) for node, adjoint in found.of.items()}


class Adjoint(NamedTuple):
    """What has reached a node. Behind np.where it counts only where its branch is taken: elsewhere it is exactly 0.

    when : the node of that condition, which broadcasts to the value; None if there is none.
    zero : whether the value is that 0 already. A product with an infinite slope made it NaN otherwise.
    """

    value: Node
    when: Node | None = None
    zero: bool = True


def reach(graph: Graph, roots: Iterable[Node], scope: int | None = None) -> set[Node]:
    """Every node that the roots depend on; with `scope`, those in it and in the loops inside it alone."""
    found: set[Node] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node in found or (scope is not None and not graph.encloses(scope, graph.scope[node])):
            continue
        found.add(node)
        stack += graph.needs(graph.op[node], graph.args[node], graph.extra[node])
        if graph.op[node] in ("history", "final"):
            loop = graph.loops[graph.extra[node][0]]
            stack += [loop.node, loop.n, *loop.start, *loop.next]
    return found


def _zeros(graph: Graph, shape: Shape) -> Node:
    return graph.broadcast(graph.constant(0.0), shape)


class _Adjoints:
    """The adjoint of every node that a path from the output has reached.

    scope : that of the step of a loop, at whose border the paths end; None if they may go anywhere.
    """

    def __init__(self, graph: Graph, wrt: Iterable[Node], scope: int | None = None):
        self.graph = graph
        self.build = Build(graph)
        self.wrt = set(wrt)
        self.scope = scope
        self.of: dict[Node, Adjoint] = {}
        self.read: list[tuple[Node, Adjoint]] = []  # rows of arrays from outside, read one a step, and what they get

    # what has arrived ------------------------------------------------------------------------------
    def add(self, node: Node, more: Adjoint) -> None:
        """One more path from the output to a node, its value shaped like the node or like what it was repeated to."""
        if node in self.graph.values:
            return
        if self.graph.shape[more.value] != (shape := self.graph.shape[node]):
            when = None if more.when is None else self._onto(more.when, shape, "maximum.reduce")
            more = Adjoint(self._onto(self.taken(more), shape, "add.reduce"), when)
        if (first := self.of.get(node)) is None:
            self.of[node] = more
        elif first.when == more.when:
            self.of[node] = Adjoint(self.build.add(first.value, more.value), more.when, first.zero and more.zero)
        else:
            self.of[node] = Adjoint(self.build.add(self.taken(first), self.taken(more)), self.either([first, more]))

    def _onto(self, x: Node, shape: Shape, op: str) -> Node:
        """A value folded over the axes along which the shape was repeated."""
        graph, b = self.graph, self.build
        if graph.shape[x].steps and not shape.steps:
            x = b.fold(op, x, 0)
        row, first = graph.shape[x].row, 1 if graph.shape[x].steps else 0
        if (extra := len(row) - len(shape.row)) > 0:
            x = b.fold(op, graph.reshape(x, (math.prod(row[:extra]), *row[extra:])), first)
        begin = len(shape.row) - len(graph.shape[x].row)  # a condition may have fewer axes
        for axis, length in enumerate(graph.shape[x].row):
            if length > shape.row[begin + axis]:
                x = b.fold(op, x, first + axis, keep=True)
        return x

    def taken(self, adjoint: Adjoint) -> Node:
        """The value of an adjoint, exactly 0 where its branch is not taken."""
        if adjoint.when is None or adjoint.zero:
            return adjoint.value
        return self.build.where(adjoint.when, adjoint.value, 0.0)

    def either(self, adjoints: Iterable[Adjoint]) -> Node | None:
        """The condition under which at least one of some adjoints counts."""
        found: Node | None = self.graph.constant(0.0)
        for when in dict.fromkeys(adjoint.when for adjoint in adjoints):
            found = None if when is None or found is None else self._all(self.build.logical_or(found, when))
        return found

    def _all(self, when: Node) -> Node | None:
        """A condition, or None if it always holds."""
        return None if np.all(self.graph.values.get(when, 0.0)) else when

    def part(self, adjoint: Adjoint, when: Node, chosen: Node) -> Adjoint:
        """What of an adjoint goes on where a condition holds: `chosen`, which is 0 elsewhere."""
        if adjoint.when is not None:
            when = self.build.logical_and(adjoint.when, when)
        return Adjoint(chosen, when, adjoint.zero)

    def full(self, when: Node | None, like: Node) -> Node:
        """A condition (None: it always holds) in the shape of a node."""
        return self.graph.broadcast(self.graph.constant(1.0) if when is None else when, self.graph.shape[like])

    def move(self, x: Node, received: Adjoint, way: Callable[[Node], Node], like: Node, whole: bool = True) -> None:
        """Hand on along a linear way back. `like`: what has received; `whole`: whether all of x gets something."""
        when = None
        if received.when is not None or not whole:
            when = self._all(self.build.not_equal(way(self.full(received.when, like)), 0.0))
        self.add(x, Adjoint(way(self.taken(received)), when))

    # backwards -------------------------------------------------------------------------------------
    def back(self, nodes: Iterable[Node]) -> None:
        """Hand the adjoints of nodes on to their arguments, the latest node first."""
        graph = self.graph
        for node in sorted(nodes, reverse=True):
            if graph.op[node] == "loop":
                self.loop(graph.extra[node][0])
            elif node in self.of and node not in self.wrt and self._inside(node):
                self.hand_on(node, self.of[node])

    def _inside(self, node: Node) -> bool:
        return self.scope is None or self.graph.encloses(self.scope, self.graph.scope[node])

    def outside(self) -> list[Node]:
        """The nodes beyond the border that paths have reached."""
        return [node for node in sorted(self.of) if not self._inside(node)]

    def hand_on(self, node: Node, received: Adjoint) -> None:
        """Hand the adjoint of one node on to its arguments."""
        graph, b, op, args = self.graph, self.build, self.graph.op[node], self.graph.args[node]
        g = received.value
        if op == "where":
            condition, first, second = args
            self.add(first, self.part(received, condition, b.where(condition, g, 0.0)))
            self.add(second, self.part(received, b.logical_not(condition), b.where(condition, 0.0, g)))
        elif op in CHOICES:
            for arg, share in zip(args, shares(b, node, args), strict=True):
                self.add(arg, self.part(received, share, b.where(share, b.mul(g, share), 0.0)))
        elif op in LOCAL:
            for i, value in enumerate(LOCAL[op](b, g, node, *args)):
                self.add(args[i], Adjoint(value, received.when, received.zero and self._finite(node, i)))
        elif op == "sloped":
            self.add(args[1], received)
        elif op == "broadcast":
            self.add(args[0], received)
        elif op == "rows" and not self._inside(args[0]) and not graph.shape[node].steps:
            if args[0] not in graph.values:
                self.read.append((node, received))
        elif op == "take" and args[1] in graph.values and received.when is None:
            self._taken(node, received)
        elif op in LINEAR:
            i, way = LINEAR[op]
            self.move(args[i], received, partial(way, b, node), node, op not in PARTIAL)
        elif op == "join":
            begin = 0
            for arg in args:
                places = begin + np.arange(graph.shape[arg].width).reshape(graph.shape[arg].row)
                self.move(arg, received, partial(graph.take, places=places), node)
                begin += graph.shape[arg].width
        elif op == "matmul":
            self._matrices(node, received)
        elif op in ("maximum.reduce", "minimum.reduce"):
            equal = b.equal(args[0], b.kept(node, node))
            share = b.div(equal, b.fold("add.reduce", equal, graph.extra[node][0], keep=True))
            when, g = self._wide(received, node), b.kept(node, g)
            received = Adjoint(g, None if when is None else b.kept(node, when), received.zero)
            self.add(args[0], self.part(received, share, b.where(share, b.mul(g, share), 0.0)))
        elif op == "sort":
            self._sorted(node, received)

    def _taken(self, node: Node, received: Adjoint) -> None:
        """Give what was taken from known places of an array back to them: nothing else of it gets anything."""
        graph, (x, index) = self.graph, self.graph.args[node]
        touched = np.zeros(graph.shape[x].row)
        np.ravel(touched)[graph.values[index].astype(int)] = 1.0
        when = None if touched.all() else graph.constant(touched)
        self.add(x, Adjoint(LINEAR["take"][1](self.build, node, received.value), when))

    def _wide(self, received: Adjoint, node: Node) -> Node | None:
        """The condition of an adjoint in the shape of its node."""
        return None if received.when is None else self.full(received.when, node)

    def _matrices(self, node: Node, received: Adjoint) -> None:
        graph, b, (left, right) = self.graph, self.build, self.graph.args[node]
        g, when = self.taken(received), self._wide(received, node)
        last = len(graph.shape[node].row) - 1 + bool(graph.shape[node].steps)
        by_row, by_column = (
            None if when is None else b.fold("maximum.reduce", when, axis, keep=True) for axis in (last, last - 1)
        )
        self.add(left, Adjoint(graph.node("matmul", g, b.transposed(right)), by_row, False))
        self.add(right, Adjoint(graph.node("matmul", b.transposed(left), g), by_column, False))

    def _sorted(self, node: Node, received: Adjoint) -> None:
        """Every entry in order hands its adjoint on to the numbers that are equal to it, in equal parts."""
        b, (x,), (axis,) = self.build, self.graph.args[node], self.graph.extra[node]
        numbers, entries = b.lines(x, node, axis)
        equal = b.equal(entries, numbers)
        share = b.div(equal, b.fold("add.reduce", equal, axis + 1, keep=True))
        _, g = b.lines(x, self.taken(received), axis)
        when = None if received.when is None else b.lines(x, self.full(received.when, node), axis)[1]
        found = self.part(Adjoint(g, when), share, b.where(share, b.mul(g, share), 0.0))
        when = None if found.when is None else b.fold("maximum.reduce", found.when, axis)
        self.add(x, Adjoint(b.fold("add.reduce", found.value, axis), when))

    def _finite(self, node: Node, i: int) -> bool:
        """Whether the slope of an operation along its argument i is finite for sure."""
        op = self.graph.op[node]
        if op == "multiply" or (op == "divide" and i == 0):
            other = self.graph.values.get(self.graph.args[node][1 - i], np.inf)
            return bool(np.all(np.isfinite(other)) and (op == "multiply" or np.all(other)))
        return op in ("add", "subtract", "negative", "alias")

    # loops -----------------------------------------------------------------------------------------
    def loop(self, number: int) -> None:
        """Run a loop backwards: from the adjoints of its states to those of its start and of what it captures."""
        received = {node: adjoint for node, adjoint in self.of.items() if self._is_state(node, number)}
        if not received:
            return
        back = _LoopBackwards(self, number, received)
        back.step()
        for node, adjoint in back.results():
            self.add(node, adjoint)

    def anywhere(self, adjoint: Adjoint) -> Adjoint:
        """An adjoint whose condition is one number: whether any of it counts."""
        if adjoint.when is None:
            return adjoint
        return Adjoint(adjoint.value, self._onto(adjoint.when, NUMBER, "maximum.reduce"))

    def _is_state(self, node: Node, number: int) -> bool:
        return self.graph.op[node] in ("history", "final") and self.graph.extra[node][0] == number


class _LoopBackwards:
    """A loop that runs another one backwards.

    Its states are the adjoints of that one's states, whether anything has come yet, and what each captured value has
    got so far. What the steps read row by row from outside they give back row by row: these are states that are
    overwritten, and all of which are kept.

    around : the adjoints outside; received : those that the states have got there.
    """

    def __init__(self, around: _Adjoints, number: int, received: dict[Node, Adjoint]):
        graph = self.graph = around.graph
        self.b = around.build
        self.around = around
        self.number, self.forward = number, graph.loops[number]
        if any(graph.shape[leaf].steps for leaf in self.forward.state):
            what = "The second derivative of a loop that reads the states of one further out"
            raise refuse(what, "Give that one a plain number of steps.")
        self.at_end = {graph.extra[node][1]: a for node, a in received.items() if graph.op[node] == "final"}
        self.along = [(node, a) for node, a in received.items() if graph.op[node] == "history"]
        self.when = around.either(map(around.anywhere, received.values()))
        self.scope = graph.new_scope(self.forward.outer, self.forward.steps.most)
        self.loop = Loop(self.forward.outer, self.scope, self.forward.steps, graph.leaf("k", self.scope), [], [])

    def state(self, shape: Shape, start: Node | None = None) -> Node:
        """A new state, which starts at zeros or at a node."""
        self.loop.state.append(self.graph.leaf("state", self.scope, shape))
        self.loop.start.append(_zeros(self.graph, shape) if start is None else start)
        return self.loop.state[-1]

    def step(self) -> None:
        """Write the body: one step forwards once more, from the states that were kept, then backwards."""
        graph, b, forward = self.graph, self.b, self.forward
        k = b.sub(b.sub(forward.n, self.loop.k), 1.0)
        states = [graph.node("rows", graph.state("history", self.number, j), k) for j in range(len(forward.state))]
        known = {forward.k: k, **dict(zip(forward.state, states, strict=True))}
        again = rebuild(graph, reach(graph, forward.next, forward.body), known, {forward.body: self.scope})

        local = _Adjoints(graph, states, self.scope)
        running, begun = self._running()
        for node, value in zip(forward.next, running, strict=True):
            local.add(again.get(node, node), Adjoint(value, begun))
        given = [self._row(node, adjoint, b.add(k, 1.0)) for node, adjoint in self.along]
        for (node, _), adjoint in zip(self.along, given, strict=True):
            following = forward.next[graph.extra[node][1]]
            local.add(again.get(following, following), adjoint)
        local.back(set(again.values()))

        following = [local.taken(local.of[s]) if s in local.of else _zeros(graph, graph.shape[s]) for s in states]
        if begun is not None:
            following.append(fold(b.logical_or, (self.around.anywhere(a).when or 1.0 for a in given), begun))
        self.captured = {node: len(following) + i for i, node in enumerate(local.outside())}
        for node in self.captured:
            shape = _written_out(graph, graph.shape[node])
            more = graph.node("reshape", local.taken(local.of[node]), extra=(shape,))
            following.append(b.add(self.state(shape), more))
        self.read = {}
        for node, adjoint in local.read:
            self.read[node] = len(following)
            parts = (local.taken(adjoint), graph.args[node][1], local.full(adjoint.when, node))
            following += parts
            for part in parts:
                self.state(graph.shape[part])
        self.reverse = graph.close(self.loop, following)

    def _running(self) -> tuple[list[Node], Node | None]:
        """The adjoints of the states, and whether any has come yet: steps after the last state read do not count."""
        around, shape = self.around, self.graph.shape
        running = [
            self.state(shape[s], around.taken(self.at_end[j]) if j in self.at_end else None)
            for j, s in enumerate(self.forward.start)
        ]
        from_end = around.either(map(around.anywhere, self.at_end.values()))
        return running, None if self.when is None or from_end is None else self.state(NUMBER, from_end)

    def _row(self, node: Node, adjoint: Adjoint, k: Node) -> Adjoint:
        """The adjoint of one row of a history."""
        when = None if adjoint.when is None else self.graph.node("rows", self.around.full(adjoint.when, node), k)
        return Adjoint(self.graph.node("rows", adjoint.value, k), when, adjoint.zero)

    def results(self) -> Iterator[tuple[Node, Adjoint]]:
        """What goes on to nodes outside the loop."""
        graph, reverse = self.graph, self.reverse
        for j, node in enumerate(self.forward.start):
            yield node, Adjoint(graph.state("final", reverse, j), self.when)
        for node, place in self.captured.items():
            total = graph.state("final", reverse, place)
            yield node, Adjoint(graph.node("reshape", total, extra=(graph.shape[node],)), self.when)
        for node, adjoint in self.along:
            yield self.forward.start[graph.extra[node][1]], self._row(node, adjoint, graph.constant(0.0))
        for node, place in self.read.items():
            x = graph.args[node][0]
            values, places, counts = (graph.state("history", reverse, place + part) for part in range(3))
            value, counted = (graph.node("put_rows", places, v, extra=(graph.shape[x],)) for v in (values, counts))
            yield x, Adjoint(value, self.b.not_equal(counted, 0.0))


def _written_out(graph: Graph, shape: Shape) -> Shape:
    """A shape with its steps as an ordinary axis, where their number is known: then states may have it."""
    if shape.steps is None or shape.steps.n not in graph.values:
        return shape
    return Shape((shape.steps.length, *shape.row))
