"""Expressions recorded once more, with other leaves: a row of a history, a step of a loop run backwards."""

from __future__ import annotations

from collections.abc import Iterable

from livefig.record.graph import Graph, Loop, Node


def rebuild(graph: Graph, nodes: Iterable[Node], done: dict[Node, Node], scopes: dict[int, int]) -> dict[Node, Node]:
    """Nodes recorded once more: `done` maps old nodes to new ones, and is filled; loops among them are copied.

    scopes : maps the scope that the nodes stand in to that of the new ones.
    """
    ordered = sorted(set(nodes) - set(done))
    copied: dict[int, int] = {}  # number of a loop -> that of its copy
    inner = [graph.extra[node][0] for node in ordered if graph.op[node] == "loop"]
    for number in sorted(inner, key=lambda i: graph.depth[graph.loops[i].body]):
        loop = graph.loops[number]
        scope = scopes[loop.body] = graph.new_scope(scopes[loop.outer])
        done |= {leaf: graph.leaf(graph.op[leaf], scope) for leaf in (loop.k, *loop.state)}
    for node in ordered:
        if node in done:
            continue
        op, extra = graph.op[node], graph.extra[node]
        args = tuple(done.get(a, a) for a in graph.args[node])
        if op == "loop":
            loop = graph.loops[extra[0]]
            n, k, *start = (done.get(a, a) for a in (loop.n, loop.k, *loop.start))
            copy = Loop(scopes[loop.outer], scopes[loop.body], n, k, start, [done[leaf] for leaf in loop.state])
            copied[extra[0]] = graph.close(copy, [done.get(a, a) for a in loop.next])
            done[node] = copy.node
        elif op == "final":
            done[node] = graph.node(op, extra=(copied.get(extra[0], extra[0]), extra[1]))
        elif op == "at":
            done[node] = graph.at(copied.get(extra[0], extra[0]), extra[1], *args)
        elif op == "row":
            width, cells = graph.tables[extra[0]]
            done[node] = graph.row(graph.table(width, [done.get(c, c) for c in cells]), extra[1], *args)
        else:
            done[node] = args[0] if op == "alias" else graph.node(op, *args)
    return done


def substitute(graph: Graph, roots: Iterable[Node], old: Node, new: Node) -> dict[Node, Node]:
    """The same expressions with leaf `old` (a row number) replaced by the node `new`."""
    scope = graph.scope[old]
    reach: set[Node] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node not in reach and graph.scope[node] == scope:
            reach.add(node)
            stack.extend(graph.args[node])
    done = rebuild(graph, reach, {old: new}, {})
    return {root: done.get(root, root) for root in roots}


def affine(graph: Graph, node: Node, leaf: Node) -> tuple[int, Node] | None:
    """s and c where the node is s·leaf + c, with s = ±1 or 0; None if it is anything else."""
    if node == leaf:
        return 1, graph.constant(0.0)
    if graph.scope[node] != graph.scope[leaf]:
        return 0, node
    if graph.op[node] not in ("add", "subtract"):
        return None
    first, second = (affine(graph, a, leaf) for a in graph.args[node])
    if first is None or second is None:
        return None
    sign = first[0] + (second[0] if graph.op[node] == "add" else -second[0])
    return (sign, graph.node(graph.op[node], first[1], second[1])) if abs(sign) < 2 else None
