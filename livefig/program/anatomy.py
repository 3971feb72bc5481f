"""A small tape taken apart: every operation with its value and with the gradient that reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from livefig.backward.reverse import adjoints, reach
from livefig.program.lower import lower
from livefig.program.machine import compiled
from livefig.program.tape import Tape, one_number
from livefig.program.text import input_names
from livefig.record.graph import Graph, Node
from livefig.record.shapes import NUMBER
from livefig.record.traced import Traced


@dataclass(frozen=True)
class Part:
    """One node of a computational graph.

    name : an input's name, a constant's value, or the operation.  args : the numbers of its argument parts.
    value : what it is in the forward pass.  gradient : ∂output/∂part, from the backward pass; None for constants.
    """

    name: str
    args: tuple[int, ...]
    value: float
    gradient: float | None


def anatomy(tape: Tape, *args: Any, **kwargs: Any) -> list[Part]:
    """The parts of a tape of single numbers, each after its arguments, the output last.

    args, kwargs : the arguments at which it is run.
    Raises ValueError for a tape with a loop or with arrays other than its inputs, of which single elements are parts.

    >>> from livefig.program.tape import trace
    >>> for part in anatomy(trace(lambda x, y: x * y + x, x=0.0, y=0.0), x=2.0, y=3.0):
    ...     print(part.name, part.args, part.value, part.gradient)
    x () 2.0 4.0
    y () 3.0 2.0
    multiply (0, 1) 6.0 1.0
    add (2, 0) 8.0 1.0
    """
    graph, inputs, outputs = tape.recorded
    output = one_number(outputs)
    received = adjoints(graph, output)
    called = _names(graph, inputs)
    nodes = sorted(reach(graph, [output]))
    if any(graph.op[node] == "loop" for node in nodes):
        raise ValueError("a tape with a loop has no picture: trace one step of it")
    elements = {a for node in nodes if node in called for a in graph.args[node]}  # whole inputs, and their indices
    nodes = [node for node in nodes if node not in elements]
    for node in nodes:
        if graph.shape[node] != NUMBER:
            shape = graph.shape[node].row
            raise ValueError(
                f"a tape with an array of shape {shape} has no picture: trace a function of single numbers"
            )
    zero = graph.constant(0.0)
    both = [Traced(graph, node) for node in (*nodes, *(received.get(n, zero) for n in nodes))]
    run = compiled(Tape.json(lower(graph, inputs, both)), tape.functions(*args, **kwargs))
    found = run(tape.flat(*args, **kwargs))
    number = {node: i for i, node in enumerate(nodes)}
    return [
        Part(
            called.get(node) or graph.op[node],
            () if node in called else tuple(number[a] for a in graph.args[node]),
            float(value),
            None if node in graph.values else float(g),
        )
        for node, value, g in zip(nodes, found[: len(nodes)], found[len(nodes) :], strict=True)
    ]


def _names(graph: Graph, inputs: dict[str, Node]) -> dict[Node, str]:
    """What inputs, their elements and constants are called."""
    names = {node: f"{float(value):g}" for node, value in graph.values.items() if not value.shape}
    called = dict(zip(inputs.values(), input_names([*inputs]), strict=True))
    for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
        if op == "take" and args[0] in called and graph.shape[node] == NUMBER:
            place = np.unravel_index(int(graph.values[args[1]]), graph.shape[args[0]].row)
            names[node] = f"{called[args[0]]}[{', '.join(map(str, place))}]"
    return names | {node: name for node, name in called.items() if graph.shape[node] == NUMBER}
