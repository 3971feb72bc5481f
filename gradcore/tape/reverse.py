"""Reverse mode: the gradient of one node with respect to others, as new nodes of the same graph.

The chain rule, run backwards over the graph: every node hands the *adjoint* it has received (∂output/∂node),
times its local derivative, on to its arguments. A loop is run backwards by a loop: its step k starts from the
states that the forward loop kept. Gradients are ordinary nodes, so they can be traced, run and differentiated
again. At kinks (abs, maximum, where) the derivative is that of the branch taken, the mean of both at a tie of
maximum and minimum, and 0 for abs.

Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from gradcore.tape.graph import Graph, Loop, Node
from gradcore.tape.refuse import refuse

# For each operation: the adjoints of its arguments from (builder, adjoint, result, *arguments). What is missing
# here (floor, sign, comparisons, …) is constant almost everywhere: its derivative is 0.
Rule = Callable[..., tuple[Node, ...]]


class _Build:
    """Writes formulas: b.mul(x, 2.0) is a node of the graph."""

    def __init__(self, graph: Graph):
        self.graph = graph

    def __getattr__(self, op: str) -> Callable[..., Node]:
        names = {"mul": "multiply", "div": "divide", "sub": "subtract", "neg": "negative"}

        def build(*args: Node | float) -> Node:
            nodes = [a if isinstance(a, int) else self.graph.constant(a) for a in args]
            return self.graph.node(names.get(op, op), *nodes)

        return build


def _larger(b: _Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    """The adjoint goes to the larger argument, half of it to each at a tie."""
    share = b.add(b.mul(b.less(z, x), 0.5), b.mul(b.less_equal(z, x), 0.5))
    return b.mul(g, share), b.mul(g, b.sub(1.0, share))


def _smaller(b: _Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    """What the larger argument would give away, the smaller one gets."""
    return _larger(b, g, y, z, x)


def _arctan2(b: _Build, g: Node, y: Node, x: Node, z: Node) -> tuple[Node, Node]:
    size = b.add(b.square(x), b.square(z))
    return b.mul(g, b.div(z, size)), b.neg(b.mul(g, b.div(x, size)))


def _power(b: _Build, g: Node, y: Node, x: Node, p: Node) -> tuple[Node, Node]:
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


def gradient(graph: Graph, output: Node, wrt: Sequence[Node]) -> list[Node]:
    """The nodes of ∂output/∂w for every w in `wrt`; constant 0 where there is no path."""
    received = adjoints(graph, output, wrt)
    return [received.get(w, graph.constant(0.0)) for w in wrt]


def adjoints(graph: Graph, output: Node, wrt: Sequence[Node] = ()) -> dict[Node, Node]:
    """∂output/∂node for every node on a path to the output; the paths end at `wrt`."""
    found = _Adjoints(graph, wrt)
    found.add(output, graph.constant(1.0))
    found.back(reach(graph, [output]))
    return found.of


def reach(graph: Graph, roots: Iterable[Node], scope: int | None = None) -> set[Node]:
    """Every node that the roots depend on; with `scope`, those of this scope alone."""
    found: set[Node] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node in found or (scope is not None and graph.scope[node] != scope):
            continue
        found.add(node)
        stack.extend(graph.args[node])
        if graph.op[node] in ("at", "final"):
            loop = graph.loops[graph.extra[node][0]]
            stack += [loop.node, loop.n, *loop.start, *loop.next]
        elif graph.op[node] == "row":
            stack += graph.tables[graph.extra[node][0]][1]
    return found


class _Adjoints:
    """The adjoint of every node that a path from the output has reached."""

    def __init__(self, graph: Graph, wrt: Iterable[Node]):
        self.graph = graph
        self.build = _Build(graph)
        self.wrt = set(wrt)
        self.of: dict[Node, Node] = {}

    def add(self, node: Node, adjoint: Node) -> None:
        """One more path from the output to a node."""
        if node not in self.graph.values:
            self.of[node] = self.build.add(self.of[node], adjoint) if node in self.of else adjoint

    def back(self, nodes: Iterable[Node]) -> None:
        """Hand the adjoints of nodes on to their arguments, the latest node first."""
        graph = self.graph
        for node in sorted(nodes, reverse=True):
            op, args = graph.op[node], graph.args[node]
            if op == "loop":
                self.loop(graph.extra[node][0])
            elif node not in self.of or node in self.wrt:
                continue
            elif op == "where":
                zero = graph.constant(0.0)
                self.add(args[1], self.build.where(args[0], self.of[node], zero))
                self.add(args[2], self.build.where(args[0], zero, self.of[node]))
            elif op == "row":
                if not all(cell in graph.values for cell in graph.tables[graph.extra[node][0]][1]):
                    raise refuse("The gradient of a loop over data that vary", "Give the data as plain numbers.")
            elif op in LOCAL:
                for arg, adjoint in zip(args, LOCAL[op](self.build, self.of[node], node, *args), strict=True):
                    self.add(arg, adjoint)

    def loop(self, number: int) -> None:
        """Run a loop backwards: from the adjoints of its states to those of its start and of what it captures."""
        graph, b, loop = self.graph, self.build, self.graph.loops[number]
        zero = graph.constant(0.0)
        received = [(node, g) for node, g in self.of.items() if graph.extra[node][:1] == (number,)]
        at_end = {graph.extra[node][1]: g for node, g in received if graph.op[node] == "final"}
        on_the_way = [(node, g) for node, g in received if graph.op[node] == "at"]
        body = reach(graph, loop.next, loop.body)
        if any(graph.op[node] in ("loop", "final", "at") for node in body):
            raise refuse("The gradient of a loop inside a loop", "Take the gradient of the inner loop alone.")
        outside = {a for node in body for a in graph.args[node]} | set(loop.next)
        captured = sorted(a for a in outside if graph.scope[a] != loop.body and a not in graph.values)

        scope = graph.new_scope(loop.outer)
        back = Loop(loop.outer, scope, loop.n, graph.leaf("k", scope), [], [])
        back.start = [at_end.get(j, zero) for j in range(len(loop.state))] + [zero] * len(captured)
        back.state = [graph.leaf("state", scope) for _ in back.start]
        k = b.sub(b.sub(loop.n, back.k), 1.0)
        states = [graph.node("at", k, extra=(number, j)) for j in range(len(loop.state))]
        again = graph.rebuild(body, {loop.k: k, **dict(zip(loop.state, states, strict=True))})

        local = _Adjoints(graph, [*states, *captured])
        for j, node in enumerate(loop.next):
            local.add(again.get(node, node), back.state[j])
        for node, g in on_the_way:
            end = loop.next[graph.extra[node][1]]
            here = graph.node("equal", b.add(k, 1.0), graph.args[node][0])
            local.add(again.get(end, end), b.where(here, g, zero))
        local.back(set(again.values()))
        before = [local.of.get(state, zero) for state in states]
        sums = [
            b.add(total, local.of.get(c, zero)) for total, c in zip(back.state[len(states) :], captured, strict=True)
        ]
        reverse = graph.close(back, [*before, *sums])
        for j, node in enumerate([*loop.start, *captured]):
            self.add(node, graph.node("final", extra=(reverse, j)))
