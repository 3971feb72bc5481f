"""Reverse mode: the gradient of one node with respect to others, as new nodes of the same graph.

The chain rule, run backwards over the graph: every node hands the *adjoint* it has received (∂output/∂node),
times its local derivative (derivatives.py), on to its arguments. A loop is run backwards by a loop: its step k
starts from the states that the forward loop kept; a loop inside a step is first run forwards once more. Gradients
are ordinary nodes, so they can be traced, run and differentiated again.

Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gradcore.tape.derivatives import LOCAL, Build
from gradcore.tape.graph import Graph, Loop, Node
from gradcore.tape.rebuild import affine, rebuild
from gradcore.tape.refuse import refuse


def gradient(graph: Graph, output: Node, wrt: Sequence[Node]) -> list[Node]:
    """The nodes of ∂output/∂w for every w in `wrt`; constant 0 where there is no path."""
    received = adjoints(graph, output, wrt)
    return [received.get(w, graph.constant(0.0)) for w in wrt]


def adjoints(graph: Graph, output: Node, wrt: Sequence[Node] = ()) -> dict[Node, Node]:
    """∂output/∂node for every node on a path to the output; the paths end at `wrt`."""
    found = _Adjoints(graph, wrt, graph.scope[output])
    found.add(output, graph.constant(1.0))
    found.back(reach(graph, [output]))
    return found.of


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


class _Adjoints:
    """The adjoint of every node that a path from the output has reached, in one scope and those around it."""

    def __init__(self, graph: Graph, wrt: Iterable[Node], scope: int):
        self.graph = graph
        self.build = Build(graph)
        self.wrt = set(wrt)
        self.scope = scope
        self.of: dict[Node, Node] = {}
        self.read: list[tuple[Node, Node]] = []  # states of earlier loops, read step by step, and their adjoints
        self.given: dict[tuple[int, int], list[Callable[[Node], Node]]] = {}  # to a state of a loop, after m steps

    def add(self, node: Node, adjoint: Node) -> None:
        """One more path from the output to a node."""
        if node not in self.graph.values:
            self.of[node] = self.build.add(self.of[node], adjoint) if node in self.of else adjoint

    def back(self, nodes: Iterable[Node]) -> None:
        """Hand the adjoints of nodes on to their arguments, the latest node first."""
        graph, b = self.graph, self.build
        for node in sorted(nodes, reverse=True):
            op, args = graph.op[node], graph.args[node]
            if op == "loop" and graph.encloses(graph.scope[node], self.scope):
                self.loop(graph.extra[node][0])
            elif node not in self.of or node in self.wrt:
                continue
            elif op == "where":
                zero = graph.constant(0.0)
                self.add(args[1], b.where(args[0], self.of[node], zero))
                self.add(args[2], b.where(args[0], zero, self.of[node]))
            elif op == "row":
                width, cells = graph.tables[graph.extra[node][0]]
                for number, cell in enumerate(cells[graph.extra[node][1] :: width]):
                    self.add(cell, b.where(b.equal(args[0], float(number)), self.of[node], 0.0))
            elif op == "at" and graph.scope[node] == self.scope != graph.loops[graph.extra[node][0]].outer:
                self.read.append((node, self.of[node]))
            elif op in LOCAL:
                for arg, adjoint in zip(args, LOCAL[op](b, self.of[node], node, *args), strict=True):
                    self.add(arg, adjoint)

    def loop(self, number: int) -> None:
        """Run a loop backwards: from the adjoints of its states to those of its start and of what it captures."""
        graph, b, loop = self.graph, self.build, self.graph.loops[number]
        received = [(node, g) for node, g in self.of.items() if self._is_state(node, number)]
        given = [(j, give) for j in range(len(loop.state)) for give in self.given.get((number, j), ())]
        if not received and not given:
            return
        at_end = {graph.extra[node][1]: g for node, g in received if graph.op[node] == "final"}
        for node, g in received:
            if graph.op[node] == "at":
                k, j = graph.args[node][0], graph.extra[node][1]
                given.append((j, lambda m, k=k, g=g: b.where(b.equal(m, k), g, 0.0)))  # type: ignore[misc]
        body = reach(graph, loop.next, loop.body)
        outside = {a for node in body for a in _sources(graph, node)} | set(loop.next)
        captured = sorted(
            a for a in outside if not graph.encloses(loop.body, graph.scope[a]) and a not in graph.values
        )
        zero, size = graph.constant(0.0), len(loop.state)

        scope = graph.new_scope(loop.outer)
        back = Loop(loop.outer, scope, loop.n, graph.leaf("k", scope), [], [])
        k = b.sub(b.sub(loop.n, back.k), 1.0)
        states = [graph.node("at", k, extra=(number, j)) for j in range(size)]
        again = rebuild(graph, body, {loop.k: k, **dict(zip(loop.state, states, strict=True))}, {loop.body: scope})

        local = _Adjoints(graph, [*states, *captured], scope)
        back.state = [graph.leaf("state", scope) for _ in range(size + len(captured))]
        for j, node in enumerate(loop.next):
            local.add(again.get(node, node), back.state[j])
        for j, give in given:
            end = loop.next[j]
            local.add(again.get(end, end), give(b.add(k, 1.0)))
        local.back(set(again.values()))
        before = [local.of.get(state, zero) for state in states]
        sums = [b.add(t, local.of.get(c, zero)) for t, c in zip(back.state[size:], captured, strict=True)]
        back.state += [graph.leaf("state", scope) for _ in local.read]
        back.start = [at_end.get(j, zero) for j in range(size)] + [zero] * (len(back.state) - size)
        reverse = graph.close(back, [*before, *sums, *(g for _, g in local.read)])
        for j, node in enumerate([*loop.start, *captured]):
            self.add(node, graph.node("final", extra=(reverse, j)))
        for j, give in given:
            self.add(loop.start[j], give(zero))
        for i, (node, _) in enumerate(local.read):
            self._hand_on(node, loop, back.k, reverse, size + len(captured) + i)

    def _is_state(self, node: Node, number: int) -> bool:
        return self.graph.op[node] in ("at", "final") and self.graph.extra[node][0] == number

    def _hand_on(self, node: Node, loop: Loop, step: Node, reverse: int, component: int) -> None:
        """The adjoint of an earlier loop's state that a loop run backwards has read in each of its steps."""
        graph, b = self.graph, self.build
        found = affine(graph, graph.args[node][0], step)
        earlier, j = graph.extra[node]
        if found is None or not found[0] or graph.loops[earlier].outer != self.scope:
            raise refuse("The gradient of a loop that reads the states of another one", "Give them as its start.")
        sign, first = found

        def give(m: Node) -> Node:
            i = b.mul(b.sub(m, first), float(sign))  # the backward step that has read the state after m steps
            there = b.logical_and(b.less_equal(0.0, i), b.less(i, loop.n))
            place = b.where(there, b.add(i, 1.0), 0.0)
            return b.where(there, graph.at(reverse, component, place), 0.0)

        self.given.setdefault((earlier, j), []).append(give)
