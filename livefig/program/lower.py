"""From the graph to the tape's columns: dead nodes dropped, values numbered, loops before their bodies."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from typing import Any
from zlib import compress

import numpy as np

from livefig.program.machine import FORMAT, VERSION
from livefig.record.graph import MAIN, SAME, Called, Graph, Node
from livefig.record.ops import SIGNATURES
from livefig.record.refuse import refuse
from livefig.record.shapes import Shape, Steps
from livefig.record.traced import Traced

Array = np.ndarray[Any, Any]
SHORT = 8  # fewer numbers are written as a list
MOST_AXES = 6  # of a grid
MOST_COLUMNS = 4  # that are written one by one, if one of them is regular: as x is in x and y of a curve
MANY = 1000  # numbers by which the rest is judged
EXACT = 1e15  # whole numbers below are exact, and as short without a point


def lower(graph: Graph, inputs: dict[str, Node], outputs: list[Traced]) -> dict[str, Any]:
    """The program of a graph: a dict of lists and numbers, as described in FORMAT.md."""
    for value in outputs:
        if graph.scope[value.node] != MAIN:
            raise refuse("a value from inside a loop", "Use what iterate returns.")
    return _Lowering(graph, [value.node for value in outputs]).program(inputs, outputs)


class _Lowering:
    def __init__(self, graph: Graph, outputs: list[Node]):
        self.graph = graph
        self.component = {leaf: (i, j) for i, loop in enumerate(graph.loops) for j, leaf in enumerate(loop.state)}
        self.used: dict[int, set[int]] = {}  # loop -> components that something needs
        self.kept: dict[int, list[int]] = {}  # loop -> components whose every state is needed
        self.live = self._reach(outputs)
        self.order = sorted(self.used)
        self.number: dict[Node, int] = {}  # of every value
        self.op: list[str] = []
        self.arg: list[int] = []
        self.loops: dict[int, dict[str, Any]] = {}
        self.lengths: list[Steps] = []
        self.shapes: list[Shape] = []
        self.formulas: list[Called] = []

    def _reach(self, outputs: Iterable[Node]) -> set[Node]:
        """Every node that an output depends on."""
        graph, live = self.graph, set[Node]()
        stack = list(outputs)
        while stack:
            node = stack.pop()
            if node in live:
                continue
            live.add(node)
            op, args, extra = graph.op[node], graph.args[node], graph.extra[node]
            stack += graph.needs(op, args[:1] if op in SAME else args, extra)
            if op in ("history", "final", "state"):
                number, component = self.component[node] if op == "state" else extra
                loop = graph.loops[number]
                self.used.setdefault(number, set()).add(component)
                if op == "history" and component not in self.kept.setdefault(number, []):
                    self.kept[number].append(component)
                stack += [loop.n, loop.k, loop.node, loop.start[component], loop.next[component]]
                stack.append(loop.state[component])
        return live

    def _value(self, node: Node) -> int:
        """The number of a value."""
        graph = self.graph
        if graph.op[node] in SAME:
            return self._value(graph.args[node][0])
        if graph.op[node] == "final":
            number, component = graph.extra[node]
            return self.number[graph.loops[number].state[component]]
        return self.number[node]

    def _append(self, op: str, args: list[int], node: Node) -> None:
        self.number[node] = self.base + len(self.op)
        self.op.append(op)
        self.arg.extend(args)

    def _emit(self, scope: int) -> None:
        graph = self.graph
        for node in self.in_scope.get(scope, ()):
            op, extra = graph.op[node], graph.extra[node]
            if op == "loop":
                self._emit_loop(extra[0], node)
            elif op == "history":
                self._append(op, [self.order.index(extra[0]), self.kept[extra[0]].index(extra[1])], node)
            elif op not in ("final", "state", "k", *SAME):
                count = [len(graph.args[node])] if "+" in SIGNATURES[op] else []
                values = [self._value(a) for a in graph.args[node]]
                self._append(op, [*count, *values, *map(self._plain, extra)], node)

    def _plain(self, extra: Any) -> int:
        """A shape, an axis of steps, a formula or a number as the tape has it after the values of an operation."""
        if isinstance(extra, Called):
            return _place(self.formulas, extra)
        if isinstance(extra, Steps):
            return _place(self.lengths, extra)
        return _place(self.shapes, extra) if isinstance(extra, Shape) else int(extra)

    def _emit_loop(self, number: int, node: Node) -> None:
        loop = self.graph.loops[number]
        components = sorted(self.used[number])
        self._append("loop", [self.order.index(number)], node)
        begin = len(self.op)
        self._append("leaf", [], loop.k)
        for component in components:
            self._append("leaf", [], loop.state[component])
        self._emit(loop.body)
        kept = [components.index(c) for c in self.kept.get(number, [])]
        self.loops[number] = {
            "n": self._value(loop.n),
            "length": len(self.op) - begin,
            "start": [self._value(loop.start[c]) for c in components],
            "next": [self._value(loop.next[c]) for c in components],
            "keep": kept,
            "steps": self._plain(loop.steps) if kept else None,
        }

    def program(self, inputs: dict[str, Node], outputs: list[Traced]) -> dict[str, Any]:
        graph = self.graph
        arguments = list(inputs.values())
        constants = sorted(n for n in self.live if graph.op[n] == "constant")
        self.number = {node: i for i, node in enumerate(arguments + constants)}
        self.base = len(self.number)
        self.in_scope: dict[int, list[Node]] = {}
        for node in sorted(self.live):
            if node not in self.number:
                self.in_scope.setdefault(graph.scope[node], []).append(node)
        self._emit(MAIN)
        ops, shapes = sorted(set(self.op)), [self._written(shape) for shape in self.shapes]
        return {
            "format": FORMAT,
            "version": VERSION,
            "inputs": [[name, *graph.shape[node].row] for name, node in zip(inputs, arguments, strict=True)],
            "used": [name for name, node in zip(inputs, arguments, strict=True) if node in self.live]
            + list(dict.fromkeys(name for name, _ in self.formulas)),
            "constants": _constants([graph.values[n] for n in constants]),
            "lengths": [self._value(steps.n) for steps in self.lengths],
            "shapes": shapes,
            "ops": ops,
            "op": [ops.index(op) for op in self.op],
            "arg": self.arg,
            "loops": [self.loops[number] for number in self.order],
            "outputs": [[self._value(v.node), v.axis if v.steps else None] for v in outputs],
            **({"formulas": [[name, *orders] for name, orders in self.formulas]} if self.formulas else {}),
        }

    def _written(self, shape: Shape) -> list[int]:
        """A shape in JSON: −1 for steps of the first length, −2 for the second, …"""
        return [*([-1 - _place(self.lengths, shape.steps)] if shape.steps else []), *shape.row]


def _place(among: list[Any], wanted: Any) -> int:
    """The place of something in a list, to which it is added if it is not there."""
    if wanted not in among:
        among.append(wanted)
    return among.index(wanted)


def _constants(arrays: list[Array]) -> list[Any]:
    """The constants in JSON. Long ones that are multiples of another one are written as such."""
    found: list[Any] = []
    for number, array in enumerate(arrays):
        written = _constant(array)
        if array.size >= SHORT and not (isinstance(written, dict) and {"from", "grid"} & set(written)):
            written = next((w for w in map(partial(_multiple, array), arrays[:number], count()) if w), written)
        found.append(written)
    return found


def _multiple(array: Array, other: Array, number: int) -> dict[str, Any] | None:
    """An array as a multiple of another one, bit by bit; None if it is none."""
    if array.shape != other.shape or not (np.isfinite(other).all() and np.any(other)):
        return None
    place = np.argmax(np.abs(other))
    ratio = float(array.flat[place] / other.flat[place])
    for factor in (ratio, round(ratio, 9)):
        if math.isfinite(factor) and _equal(other * factor, array):
            return {"times": [number, _number(factor)]}
    return None


def _constant(values: Array) -> Any:
    """A constant in JSON, by the shortest of the ways that FORMAT.md tells."""
    if values.size < SHORT and (values.size or not values.shape):
        return _listed(values)
    bits = np.ascontiguousarray(values).view(np.int64)
    repeated = [a for a, n in enumerate(values.shape) if n > 1 and (bits == np.take(bits, [0], a)).all()]
    if repeated:
        once = values[tuple(slice(0, 1) if a in repeated else slice(None) for a in range(values.ndim))]
        return {"shape": list(values.shape), "of": _constant(once)}
    if regular := _regular(values.ravel()):
        return {"shape": list(values.shape), **regular}
    if values.ndim == 2 and 1 < values.shape[1] <= MOST_COLUMNS and any(map(_regular, values.T)):
        return {"columns": [_constant(np.ascontiguousarray(column)) for column in values.T]}
    return min(_listed, _packed, key=partial(_length, values))(values)


def _listed(values: Array) -> Any:
    return [_listed(row) for row in values] if values.ndim else _number(float(values))


def _packed(values: Array) -> dict[str, Any]:
    numbers = np.ascontiguousarray(values, "<f8")
    return {"shape": list(values.shape), "base64": base64.b64encode(numbers.tobytes()).decode()}


def _length(values: Array, way: Callable[[Array], Any]) -> int | float:
    """How long an array is when it is written and the page compressed, judged by its first numbers."""
    if not values.size:
        return 0 if way is _packed else math.inf  # a list does not tell the shape
    return len(compress(json.dumps(way(values.ravel()[:MANY])).encode()))


def _regular(numbers: Array) -> dict[str, Any] | None:
    """An arithmetic progression, or whole numbers on a grid, bit by bit; None for anything else."""
    if len(numbers) < SHORT or not np.isfinite(numbers).all():
        return None
    first = numbers[0]
    for by in (numbers[1] - first, (numbers[-1] - first) / (len(numbers) - 1)):
        found = first + np.arange(len(numbers)) * by
        if _equal(found[:-1], numbers[:-1]):
            last = {} if _equal(found[-1:], numbers[-1:]) else {"last": _number(float(numbers[-1]))}
            return {"from": _number(float(first)), "by": _number(float(by)), **last}
    grid: list[tuple[int, float]] = []
    rest = numbers if (numbers == np.rint(numbers)).all() and (np.abs(numbers) < EXACT).all() else numbers[:0]
    while len(rest) > 1 and len(grid) < MOST_AXES:  # how long it goes on evenly, again and again
        step = np.diff(rest)
        turns = np.flatnonzero(step != step[0])
        run = int(turns[0]) + 1 if len(turns) else len(rest)
        if len(rest) % run:
            return None
        grid.insert(0, (run, float(step[0])))
        rest = rest[::run]
    parts = np.meshgrid(*(np.arange(count) * by for count, by in grid), indexing="ij")
    if not grid or not _equal(np.ravel(first + sum(parts)), numbers):
        return None
    return {"grid": [_number(float(first)), *([count, _number(by)] for count, by in grid)]}


def _equal(a: Array, b: Array) -> bool:
    """Whether two arrays are the same bit by bit."""
    return a.shape == b.shape and a.tobytes() == b.tobytes()


def _number(value: float) -> float | int | str:
    """A number in JSON: what JSON has none for as the text JavaScript's Number() reads."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    whole = value.is_integer() and abs(value) < EXACT and (value or math.copysign(1, value) > 0)
    return int(value) if whole else value
