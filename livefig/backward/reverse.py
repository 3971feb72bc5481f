"""Reverse mode: the gradient of one node with respect to others, as new nodes of the same graph.

The chain rule, run backwards over the graph: every node hands the *adjoint* it has received (∂output/∂node),
times its local derivative (derivatives.py), on to its arguments. A loop is run backwards by a loop: its step k
starts from the states that the forward loop kept; a loop inside a step is first run forwards once more. Gradients
are ordinary nodes, so they can be traced, run and differentiated again.

Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import reduce as fold
from typing import NamedTuple

from livefig.backward.derivatives import CHOICES, LOCAL, Build, shares
from livefig.record.graph import Graph, Loop, Node
from livefig.record.rebuild import affine, rebuild
from livefig.record.refuse import refuse


def gradient(graph: Graph, output: Node, wrt: Sequence[Node]) -> list[Node]:
    """The nodes of ∂output/∂w for every w in `wrt`; constant 0 where there is no path."""
    received = adjoints(graph, output, wrt)
    return [received.get(w, graph.constant(0.0)) for w in wrt]


def adjoints(graph: Graph, output: Node, wrt: Sequence[Node] = ()) -> dict[Node, Node]:
    """∂output/∂node for every node on a path to the output; the paths end at `wrt`."""
    found = _Adjoints(graph, wrt, graph.scope[output])
    found.add(output, Adjoint(graph.constant(1.0)))
    found.back(reach(graph, [output]))
    return {node: found.taken(adjoint) for node, adjoint in found.of.items()}


class Adjoint(NamedTuple):
    """What has reached a node. Behind np.where it counts only where its branch is taken: elsewhere it is exactly 0.

    when : the node of that condition; None if there is none.
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
        stack.extend(graph.args[node])
        if graph.op[node] in ("at", "final"):
            loop = graph.loops[graph.extra[node][0]]
            stack += [loop.node, loop.n, *loop.start, *loop.next]
        elif graph.op[node] == "row":
            stack += graph.tables[graph.extra[node][0]][1]
    return found


def _sources(graph: Graph, node: Node) -> Iterable[Node]:
    """What a node of a loop's body needs, be it in the body or before the loop."""
    yield from graph.args[node]
    if graph.op[node] == "row":
        yield from graph.tables[graph.extra[node][0]][1]
    elif graph.op[node] == "loop":
        loop = graph.loops[graph.extra[node][0]]
        yield from (loop.n, *loop.start, *loop.next)


Gift = Callable[[Node], Adjoint]  # what comes to the state of a loop on the way, from the number of its step


class _Adjoints:
    """The adjoint of every node that a path from the output has reached, in one scope and those around it."""

    def __init__(self, graph: Graph, wrt: Iterable[Node], scope: int):
        self.graph = graph
        self.build = Build(graph)
        self.wrt = set(wrt)
        self.scope = scope
        self.of: dict[Node, Adjoint] = {}
        self.read: list[tuple[Node, Adjoint]] = []  # states of earlier loops, read step by step, and what they get
        self.given: dict[tuple[int, int], list[Gift]] = {}  # to a state of a loop

    def add(self, node: Node, more: Adjoint) -> None:
        """One more path from the output to a node."""
        if node in self.graph.values:
            return
        if (first := self.of.get(node)) is None:
            self.of[node] = more
        elif first.when == more.when:
            self.of[node] = Adjoint(self.build.add(first.value, more.value), more.when, first.zero and more.zero)
        else:
            self.of[node] = Adjoint(self.build.add(self.taken(first), self.taken(more)), self.either([first, more]))

    def taken(self, adjoint: Adjoint) -> Node:
        """The value of an adjoint, exactly 0 where its branch is not taken."""
        if adjoint.when is None or adjoint.zero:
            return adjoint.value
        return self.build.where(adjoint.when, adjoint.value, 0.0)

    def either(self, adjoints: Iterable[Adjoint]) -> Node | None:
        """The condition under which at least one of some adjoints counts."""
        found: Node | None = self.graph.constant(0.0)
        for when in dict.fromkeys(adjoint.when for adjoint in adjoints):
            found = None if when is None or found is None else self.build.logical_or(found, when)
        return found

    def part(self, adjoint: Adjoint, when: Node, chosen: Node) -> Adjoint:
        """What of an adjoint goes on where a condition holds: `chosen`, which is 0 elsewhere."""
        if adjoint.when is not None:
            when = self.build.logical_and(adjoint.when, when)
        return Adjoint(chosen, when, adjoint.zero)

    def back(self, nodes: Iterable[Node]) -> None:
        """Hand the adjoints of nodes on to their arguments, the latest node first."""
        graph, b, zero = self.graph, self.build, self.graph.constant(0.0)
        for node in sorted(nodes, reverse=True):
            op, args = graph.op[node], graph.args[node]
            if op == "loop" and graph.encloses(graph.scope[node], self.scope):
                self.loop(graph.extra[node][0])
                continue
            if node not in self.of or node in self.wrt:
                continue
            received = self.of[node]
            g = received.value
            if op == "where":
                condition, first, second = args
                self.add(first, self.part(received, condition, b.where(condition, g, zero)))
                self.add(second, self.part(received, b.logical_not(condition), b.where(condition, zero, g)))
            elif op in CHOICES:
                among = args[1:] if op == "among" else args
                for arg, share in zip(among, shares(b, node, among), strict=True):
                    self.add(arg, self.part(received, share, b.where(share, b.mul(g, share), zero)))
            elif op == "row":
                width, cells = graph.tables[graph.extra[node][0]]
                for number, cell in enumerate(cells[graph.extra[node][1] :: width]):
                    here = b.equal(args[0], float(number))
                    self.add(cell, self.part(received, here, b.where(here, g, zero)))
            elif op == "at" and graph.scope[node] == self.scope != graph.loops[graph.extra[node][0]].outer:
                self.read.append((node, received))
            elif op == "sloped":
                self.add(args[1], received)
            elif op in LOCAL:
                for i, value in enumerate(LOCAL[op](b, g, node, *args)):
                    self.add(args[i], Adjoint(value, received.when, received.zero and self._finite(node, i)))

    def _finite(self, node: Node, i: int) -> bool:
        """Whether the slope of an operation along its argument i is finite for sure."""
        op = self.graph.op[node]
        if op == "multiply" or (op == "divide" and i == 0):
            other = self.graph.values.get(self.graph.args[node][1 - i], math.inf)
            return math.isfinite(other) and (op == "multiply" or other != 0)
        return op in ("add", "subtract", "negative", "alias")

    def loop(self, number: int) -> None:
        """Run a loop backwards: from the adjoints of its states to those of its start and of what it captures."""
        graph, b, loop = self.graph, self.build, self.graph.loops[number]
        received = {node: adjoint for node, adjoint in self.of.items() if self._is_state(node, number)}
        given = [(j, gift) for j in range(len(loop.state)) for gift in self.given.get((number, j), ())]
        if not received and not given:
            return
        when = None if given else self.either(received.values())
        at_end = {graph.extra[node][1]: adjoint for node, adjoint in received.items() if graph.op[node] == "final"}
        for node, adjoint in received.items():
            if graph.op[node] == "at":
                given.append((graph.extra[node][1], self._at_step(graph.args[node][0], adjoint)))
        body = reach(graph, loop.next, loop.body)
        outside = {a for node in body for a in _sources(graph, node)} | set(loop.next)
        captured = sorted(a for a in outside if not graph.encloses(loop.body, graph.scope[a]) and a not in graph.values)
        zero, size = graph.constant(0.0), len(loop.state)

        scope = graph.new_scope(loop.outer)
        back = Loop(loop.outer, scope, loop.n, graph.leaf("k", scope), [], [])
        k = b.sub(b.sub(loop.n, back.k), 1.0)
        states = [graph.node("at", k, extra=(number, j)) for j in range(size)]
        again = rebuild(graph, body, {loop.k: k, **dict(zip(loop.state, states, strict=True))}, {loop.body: scope})

        local = _Adjoints(graph, [*states, *captured], scope)
        back.state = [graph.leaf("state", scope) for _ in range(size + len(captured))]
        back.start = [self.taken(at_end[j]) if j in at_end else zero for j in range(size)] + [zero] * len(captured)
        begun = None  # whether anything has come yet: steps after the last state that is read do not count
        if (from_end := self.either(at_end.values())) is not None:
            begun = graph.leaf("state", scope)
            back.state.append(begun)
            back.start.append(from_end)
        for j, node in enumerate(loop.next):
            local.add(again.get(node, node), Adjoint(back.state[j], begun))
        gifts = [(loop.next[j], gift(b.add(k, 1.0))) for j, gift in given]
        for node, adjoint in gifts:
            local.add(again.get(node, node), adjoint)
        local.back(set(again.values()))

        handed = [local.taken(local.of.get(node, Adjoint(zero))) for node in (*states, *captured)]
        back.next = handed[:size] + [b.add(*pair) for pair in zip(back.state[size:], handed[size:], strict=False)]
        if begun is not None:
            back.next.append(fold(b.logical_or, (adjoint.when or 1.0 for _, adjoint in gifts), begun))
        first = len(back.next)
        back.next += [part for _, adjoint in local.read for part in (local.taken(adjoint), adjoint.when or zero)]
        back.state += [graph.leaf("state", scope) for _ in back.next[first:]]
        back.start += [zero] * len(back.next[first:])
        reverse = graph.close(back, back.next)
        for j, node in enumerate([*loop.start, *captured]):
            self.add(node, Adjoint(graph.node("final", extra=(reverse, j)), when))
        for j, gift in given:
            self.add(loop.start[j], gift(zero))
        for i, (node, adjoint) in enumerate(local.read):
            self._hand_on(node, adjoint, loop, back.k, reverse, first + 2 * i)

    def _at_step(self, step: Node, adjoint: Adjoint) -> Gift:
        """What the state of a loop after a number of steps gets."""

        def gift(m: Node) -> Adjoint:
            here = self.build.equal(m, step)
            return self.part(adjoint, here, self.build.where(here, self.taken(adjoint), 0.0))

        return gift

    def _is_state(self, node: Node, number: int) -> bool:
        return self.graph.op[node] in ("at", "final") and self.graph.extra[node][0] == number

    def _hand_on(self, node: Node, adjoint: Adjoint, loop: Loop, step: Node, reverse: int, component: int) -> None:
        """The adjoint of an earlier loop's state that a loop run backwards has read in each of its steps.

        It keeps the adjoints in one component of its states, and in the next one whether they count.
        """
        graph, b = self.graph, self.build
        found = affine(graph, graph.args[node][0], step)
        earlier, j = graph.extra[node]
        if found is None or not found[0] or graph.loops[earlier].outer != self.scope:
            raise refuse("The gradient of a loop that reads the states of another one", "Give them as its start.")
        sign, first = found

        def gift(m: Node) -> Adjoint:
            i = b.mul(b.sub(m, first), float(sign))  # the backward step that has read the state after m steps
            there = b.logical_and(b.less_equal(0.0, i), b.less(i, loop.n))
            place = b.where(there, b.add(i, 1.0), 0.0)
            value = b.where(there, graph.at(reverse, component, place), 0.0)
            counts = there if adjoint.when is None else b.where(there, graph.at(reverse, component + 1, place), 0.0)
            return Adjoint(value, counts)

        self.given.setdefault((earlier, j), []).append(gift)
