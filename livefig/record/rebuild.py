"""Expressions recorded once more, with other leaves: a step of a loop run backwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from livefig.record.graph import Graph, Loop, Node
from livefig.record.shapes import Shape, Steps


def rebuild(graph: Graph, nodes: Iterable[Node], done: dict[Node, Node], scopes: dict[int, int]) -> dict[Node, Node]:
    """Nodes recorded once more: `done` maps old nodes to new ones, and is filled; loops among them are copied.

    scopes : maps the scope that the nodes stand in to that of the new ones.
    """
    ordered = sorted(set(nodes) - set(done))
    copied: dict[int, int] = {}  # number of a loop -> that of its copy

    def again(extra: Any) -> Any:
        """An extra of an operation, with the steps of the copied loops."""
        if isinstance(extra, Shape):
            return Shape(extra.row, again(extra.steps))
        return graph.steps(done.get(extra.n, extra.n), extra.most) if isinstance(extra, Steps) else extra

    inner = [graph.extra[node][0] for node in ordered if graph.op[node] == "loop"]
    for number in sorted(inner, key=lambda i: graph.depth[graph.loops[i].body]):
        loop = graph.loops[number]
        scope = scopes[loop.body] = graph.new_scope(scopes[loop.outer], loop.steps.most)
        done |= {leaf: graph.leaf(graph.op[leaf], scope, graph.shape[leaf]) for leaf in (loop.k, *loop.state)}
    for node in ordered:
        if node in done:
            continue
        op, extra = graph.op[node], graph.extra[node]
        args = tuple(done.get(a, a) for a in graph.args[node])
        if op == "loop":
            loop = graph.loops[extra[0]]
            start, following = ([done.get(a, a) for a in nodes] for nodes in (loop.start, loop.next))
            state = [done[leaf] for leaf in loop.state]
            copy = Loop(scopes[loop.outer], scopes[loop.body], again(loop.steps), done[loop.k], start, state)
            copied[extra[0]] = graph.close(copy, following)
            done[node] = copy.node
        elif op in ("final", "history"):
            done[node] = graph.state(op, copied.get(extra[0], extra[0]), extra[1])
        else:
            done[node] = args[0] if op == "alias" else graph.node(op, *args, extra=tuple(map(again, extra)))
    return done
