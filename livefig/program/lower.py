"""From the graph to the tape's columns: dead nodes dropped, slots numbered, loops before their bodies."""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from typing import Any

from livefig.program.machine import FORMAT, VERSION
from livefig.record.graph import MAIN, SAME, Graph, Node
from livefig.record.refuse import refuse
from livefig.record.traced import Traced


def lower(graph: Graph, names: list[str], shapes: list[tuple[int, ...]], outputs: list[Traced]) -> dict[str, Any]:
    """The program of a graph: a dict of lists and numbers, as described in FORMAT.md."""
    for value in outputs:
        outside = MAIN if value.rows is None else value.rows.scope
        nested = value.rows is not None and graph.parent[outside] != MAIN
        scopes = {graph.scope[c] for c in value.cells.ravel().tolist()}
        if nested or not all(graph.encloses(scope, outside) for scope in scopes):
            raise refuse("a value from inside a loop", "Use what iterate returns.")
    return _Lowering(graph, outputs).program(names, shapes, outputs)


class _Lowering:
    def __init__(self, graph: Graph, outputs: list[Traced]):
        self.graph = graph
        loops = list(enumerate(graph.loops))
        self.states = {leaf: (i, j) for i, loop in loops for j, leaf in enumerate(loop.state)}
        self.used: dict[int, set[int]] = {}  # loop -> components that something needs
        self.kept: dict[int, list[int]] = {}  # loop -> components whose every state is needed
        self.live = self._reach(outputs)
        self.tables = sorted({graph.extra[n][0] for n in self.live if graph.op[n] == "row"})
        self.slot: dict[Node, int] = {}
        self.op: list[str] = []
        self.arg: list[Any] = []
        self.loops: dict[int, dict[str, Any]] = {}

    def _reach(self, outputs: list[Traced]) -> set[Node]:
        """Every node that an output depends on."""
        graph, live = self.graph, set[Node]()
        stack = [c for value in outputs for c in value.cells.ravel().tolist()]
        stack += [value.rows.n for value in outputs if value.rows]
        while stack:
            node = stack.pop()
            if node in live:
                continue
            live.add(node)
            op, extra = graph.op[node], graph.extra[node]
            stack.extend(graph.args[node][:1] if op in SAME else graph.args[node])
            if op == "row":
                stack.extend(graph.tables[extra[0]][1])
            elif op in ("at", "final", "state"):
                number, component = self.states[node] if op == "state" else extra
                loop = graph.loops[number]
                if op == "at":
                    kept = self.kept.setdefault(number, [])
                    if component not in kept:
                        kept.append(component)
                self.used.setdefault(number, set()).add(component)
                stack += [loop.n, loop.k, loop.node, loop.start[component], loop.next[component]]
                stack.append(loop.state[component])
        return live

    def _slot(self, node: Node) -> int:
        if self.graph.op[node] in SAME:
            return self._slot(self.graph.args[node][0])
        if self.graph.op[node] == "final":
            number, component = self.graph.extra[node]
            return self.slot[self.graph.loops[number].state[component]]
        return self.slot[node]

    def _append(self, op: str, args: list[Any], node: Node) -> None:
        self.slot[node] = self.base + len(self.op)
        self.op.append(op)
        self.arg.extend(args)

    def _emit(self, scope: int) -> None:
        graph = self.graph
        for node in self.in_scope.get(scope, ()):
            op = graph.op[node]
            if op == "loop":
                self._emit_loop(graph.extra[node][0], node)
            elif op in ("at", "row"):
                first, second = graph.extra[node]
                place = self.kept[first].index(second) if op == "at" else second
                owner = self.order.index(first) if op == "at" else self.tables.index(first)
                self._append(op, [owner, place, self._slot(graph.args[node][0])], node)
            elif op not in ("final", "state", "k", *SAME):
                self._append(op, [self._slot(a) for a in graph.args[node]], node)

    def _emit_loop(self, number: int, node: Node) -> None:
        loop = self.graph.loops[number]
        components = sorted(self.used[number])
        self._append("loop", [self.order.index(number)], node)
        begin = len(self.op)
        self._append("leaf", [], loop.k)
        for component in components:
            self._append("leaf", [], loop.state[component])
        self._emit(loop.body)
        self.loops[number] = {
            "n": self._slot(loop.n),
            "length": len(self.op) - begin,
            "start": [self._slot(loop.start[c]) for c in components],
            "next": [self._slot(loop.next[c]) for c in components],
            "keep": [components.index(c) for c in self.kept.get(number, [])],
        }

    def program(self, names: list[str], shapes: list[tuple[int, ...]], outputs: list[Traced]) -> dict[str, Any]:
        graph = self.graph
        inputs = [n for n in range(len(graph.op)) if graph.op[n] == "input"]
        constants = sorted(n for n in self.live if n in graph.values)
        self.slot = {node: i for i, node in enumerate(inputs + constants)}
        self.base = len(self.slot)
        self.in_scope: dict[int, list[Node]] = {}
        for node in sorted(self.live):
            if node not in self.slot:
                self.in_scope.setdefault(graph.scope[node], []).append(node)
        self.order = sorted(self.used)
        self._emit(MAIN)
        blocks = []
        axes = list(dict.fromkeys(value.rows for value in outputs if value.rows))
        for rows in axes:
            begin = len(self.op)
            self._append("leaf", [], rows.k)
            self._emit(rows.scope)
            blocks.append({"n": self._slot(rows.n), "begin": begin, "length": len(self.op) - begin})
        used_ops = sorted(set(self.op))
        return {
            "format": FORMAT,
            "version": VERSION,
            "inputs": [[name, *shape] for name, shape in zip(names, shapes, strict=True)],
            "used": [name for name, nodes in zip(names, _split(inputs, shapes), strict=True) if self.live & {*nodes}],
            "constants": [_number(graph.values[n]) for n in constants],
            "ops": used_ops,
            "op": [used_ops.index(op) for op in self.op],
            "arg": self.arg,
            "loops": [self.loops[number] for number in self.order],
            "tables": [
                {"width": graph.tables[t][0], "cells": [self._slot(c) for c in graph.tables[t][1]]} for t in self.tables
            ],
            "rows": blocks,
            "outputs": [
                {
                    "shape": list(v.cells.shape),
                    "cells": [self._slot(c) for c in v.cells.ravel().tolist()],
                    "rows": axes.index(v.rows) if v.rows else None,
                    "axis": v.axis,
                }
                for v in outputs
            ],
        }


def _split(nodes: list[Node], shapes: list[tuple[int, ...]]) -> list[list[Node]]:
    """The input nodes of each argument."""
    ends = [0, *accumulate(math.prod(shape) for shape in shapes)]
    return [nodes[begin:end] for begin, end in pairwise(ends)]


def _number(value: float) -> float | int | str:
    """A constant as JSON: what JSON has no number for, as the text JavaScript's Number() reads."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 1e15 and math.copysign(1, value) > 0 else value
