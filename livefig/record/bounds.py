"""How many rows there are: the largest number of steps, from the bounds of its sliders, and parts of a history."""

from __future__ import annotations

import math
from itertools import product

from livefig.record.graph import SAME, Graph, Node
from livefig.record.ops import BOOLEAN, evaluate
from livefig.record.shapes import Steps

Ends = tuple[float, float] | None  # lowest and highest value; None: not known

# Where each argument moves one way only, the ends of the arguments give the ends of the result.
MONOTONE = frozenset(
    "add subtract multiply negative maximum minimum fmax fmin floor ceil trunc rint "
    "sqrt cbrt exp exp2 log log2 log10 less less_equal".split()
)
EXTREMES = ("maximum.reduce", "minimum.reduce")
MOVED = ("reshape", "broadcast", "take")  # numbers of their first argument


def most_steps(graph: Graph, n: Node) -> int:
    """The largest value of the node `n`, a whole number; −1 if nothing bounds it.

    With sliders a in 0..5 and b in 1..3, a − b is at most 4.
    """
    found = _ends(graph, n)
    return -1 if found is None or not math.isfinite(found[1]) else round(found[1])


def least_steps(graph: Graph, n: Node) -> int:
    """The smallest value of the node `n`, a whole number; −1 if it may be negative or nothing bounds it."""
    found = _ends(graph, n)
    return -1 if found is None or not math.isfinite(found[0]) else max(-1, round(found[0]))


def _ends(graph: Graph, n: Node) -> Ends:
    """The lowest and the highest value of a node."""
    known: dict[Node, Ends] = {}
    stack = [n]
    while stack:
        node = stack[-1]
        waiting = [a for a in _sources(graph, node) if a not in known]
        if waiting:
            stack.extend(waiting)
        else:
            known[stack.pop()] = _interval(graph, node, [known[a] for a in _sources(graph, node)])
    return known[n]


def _sources(graph: Graph, node: Node) -> tuple[Node, ...]:
    """The arguments of a node; of an extreme of numbers those numbers."""
    args = graph.args[node]
    joined = graph.op[node] in EXTREMES and graph.op[args[0]] == "join"
    return graph.args[args[0]] if joined else args


def _interval(graph: Graph, node: Node, args: list[Ends]) -> Ends:
    """The lowest and the highest value of one node, from those of its arguments. None: not known."""
    op = graph.op[node]
    if op == "constant":
        array = graph.values[node]
        return (float(array.min()), float(array.max())) if array.size else None
    if op == "input":
        return graph.bounds.get(node)
    if op in SAME or op in MOVED:
        return args[0]
    ends = [a for a in args if a is not None]
    if len(ends) < len(args):
        return None
    if op in EXTREMES:
        best = max if op == "maximum.reduce" else min
        return best(low for low, _ in ends), best(high for _, high in ends)
    if op == "join":
        return min(low for low, _ in ends), max(high for _, high in ends)
    if op == "where":
        taken = [e for e, possible in zip(ends[1:], (ends[0] != (0, 0), ends[0] != (1, 1)), strict=True) if possible]
        return min(a for a, _ in taken), max(b for _, b in taken)
    if op in ("equal", "not_equal") and (ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0]):
        return float(op == "not_equal"), float(op == "not_equal")
    if op in BOOLEAN and op not in MONOTONE and any(low != high for low, high in ends):
        return 0.0, float(op != "logical_and" or (0, 0) not in ends)
    if op == "square":
        op, ends = "multiply", [ends[0], ends[0]]
    if op == "remainder":
        return (0.0, ends[1][1]) if ends[1][0] > 0 else None
    if op == "fmod":
        most = max(abs(v) for v in ends[1])
        return (-most if ends[0][0] < 0 else 0.0), (most if ends[0][1] > 0 else 0.0)
    if op == "absolute":
        sizes = sorted(abs(v) for v in ends[0])
        return 0.0 if ends[0][0] <= 0 <= ends[0][1] else sizes[0], sizes[1]
    if op == "divide" and not ends[1][0] <= 0 <= ends[1][1]:
        pass  # monotone on either side of zero
    elif op not in MONOTONE | BOOLEAN:
        return None
    values = [evaluate(op, *corner) for corner in product(*ends)]
    return None if any(math.isnan(v) for v in values) else (min(values), max(values))


def part_of(graph: Graph, steps: Steps, part: slice) -> Node | None:
    """The numbers of the rows that a slice of the steps takes, along steps of their own.

    None for other slices than such as [1:], [:-1], [::10] and [::-1].
    """
    if part == slice(None, None, -1):
        return graph.node("subtract", steps.n, graph.node("steps", extra=(steps,)))
    start, step, stop = part.start or 0, part.step or 1, part.stop
    if not all(isinstance(i, int) for i in (start, step, stop or 0)) or start < 0 or step < 1:
        return None

    def node(op: str, a: Node, b: float) -> Node:
        return graph.node(op, a, graph.constant(float(b)))

    less = start - stop if stop is not None and stop < 0 else start
    last = node("minimum", steps.n, stop - 1) if stop is not None and stop >= 0 else steps.n
    last = node("subtract", last, less) if less else last
    n = graph.node("floor", node("divide", last, step)) if step > 1 else last  # −1: no row at all
    most = most_steps(graph, n)
    if most < 0:
        return None
    k = node("multiply", graph.node("steps", extra=(graph.steps(n, most),)), step)
    return node("add", k, start) if start else k
