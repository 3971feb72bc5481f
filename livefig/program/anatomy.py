"""A small tape taken apart: every operation with its value and with the gradient that reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from livefig.backward.reverse import adjoints, reach
from livefig.program.lower import lower
from livefig.program.machine import compiled
from livefig.program.tape import Tape, one_number
from livefig.program.text import input_names
from livefig.record.graph import Graph, Node
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
    """The parts of a tape without loops at the given arguments, each after its arguments, the output last.

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
    nodes = sorted(reach(graph, [output]))
    if any(graph.op[node] == "loop" for node in nodes):
        raise ValueError("a tape with a loop has no picture: trace one step of it")
    names = _names(graph, inputs)
    zero = graph.constant(0.0)
    both = [Traced(graph, nodes), Traced(graph, [received.get(n, zero) for n in nodes])]
    program = lower(graph, list(inputs), [v.shape for v in inputs.values()], both)
    values, gradients = compiled(Tape.json(program))(tape.flat(*args, **kwargs))
    number = {node: i for i, node in enumerate(nodes)}
    return [
        Part(
            names.get(node) or graph.op[node],
            tuple(number[a] for a in graph.args[node]),
            float(value),
            None if node in graph.values else float(g),
        )
        for node, value, g in zip(nodes, values, gradients, strict=True)
    ]


def _names(graph: Graph, inputs: dict[str, Traced]) -> dict[Node, str]:
    """What inputs and constants are called."""
    nodes = [node for value in inputs.values() for node in value.cells.ravel().tolist()]
    called = input_names([[name, *value.shape] for name, value in inputs.items()])
    return {node: f"{value:g}" for node, value in graph.values.items()} | dict(zip(nodes, called, strict=True))
