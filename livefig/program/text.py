"""A tape as text: one equation a line, in Python, so that what is printed can also be run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from livefig.program.machine import Reading, Writer, constant
from livefig.record.ops import BOOLEAN, ELEMENTWISE
from livefig.record.shapes import Shape

INFIX = {
    "add": "{} + {}", "subtract": "{} - {}", "multiply": "{} * {}", "divide": "{} / {}", "power": "{} ** {}",
    "less": "{} < {}", "less_equal": "{} <= {}", "equal": "{} == {}", "not_equal": "{} != {}",
    "square": "{} ** 2", "negative": "-{}", "where": "np.where({}, {}, {})", "matmul": "{} @ {}",
}  # fmt: skip
CALLED = {
    "add.reduce": "np.sum({}, {})", "maximum.reduce": "np.max({}, {})", "minimum.reduce": "np.min({}, {})",
    "add.accumulate": "np.cumsum({}, {})", "argmax": "1.0 * np.argmax({}, {})", "argmin": "1.0 * np.argmin({}, {})",
    "sort": "np.sort({}, {})", "argsort": "1.0 * np.argsort({}, {}, kind='stable')",
    "searchsorted": "1.0 * np.searchsorted({}, {}, side='right')",
}  # fmt: skip
MOST_LINES, MOST_NUMBERS = 60, 20  # of a function, and of one array


def written(program: dict[str, Any]) -> str:
    """The program as a Python function, its middle left out where it is long.

    >>> from livefig.program.tape import trace
    >>> print(written(trace(lambda x: x[0] ** 2 / 20 + np.sin(x[1]), np.zeros(2)).program))
    def f(x):
        a = x[0] ** 2
        b = a / 20
        c = np.sin(x[1])
        d = b + c
        return d
    """
    lines = list(_Text(Reading(program)).lines())
    if len(lines) > MOST_LINES:
        left_out = f"    … {len(lines) - MOST_LINES + 1} more lines …"
        lines = [*lines[: MOST_LINES - 10], left_out, *lines[-9:]]
    return "\n".join(lines)


class _Text(Writer):
    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.p = reading.program
        self.inputs = input_names([name for name, *_ in self.p["inputs"]])
        self.letters = (
            name
            for name in _names()
            if name not in {"f", *self.inputs, *(name for name, *_ in self.p.get("formulas", ()))}
        )
        self.name = dict(enumerate([*self.inputs, *map(_constant, self.p["constants"], reading.constants)]))

    def lines(self) -> Iterator[str]:
        """The whole function."""
        formulas = dict.fromkeys(name for name, *_ in self.p.get("formulas", ()))
        yield f"def f({', '.join([*self.inputs, *formulas])}):"
        yield from self.block(0, len(self.read.ops))
        returned = [
            f"np.moveaxis({self.name[number]}, 0, {axis})" if axis else self.name[number]
            for number, axis in self.p["outputs"]
        ]
        yield f"    return {', '.join(returned)}"

    def whole(self, number: int) -> str:
        """A number of steps."""
        return self.name[number] if number < self.read.base else f"int({self.name[number]})"

    def named(self, number: int) -> str:
        """A new name for a value."""
        self.name[number] = next(self.letters)
        return self.name[number]

    def numbers(self, n: int) -> str:
        return f"range({self.whole(n)})"

    def operation(self, i: int, op: str, out: int) -> Iterator[str]:
        if (element := self.element(i)) is not None:
            self.name[out] = element
        elif op in ("put", "put_rows"):
            yield from self.added(op, i, out)
        else:
            value = self.value(op, i, out)
            yield f"{self.named(out)} = {value}"

    def element(self, i: int) -> str | None:
        """An element of a named array, which needs no line of its own: x[0]."""
        if self.read.ops[i] != "take":
            return None
        x, index = self.read.args[i]
        shape, places = self.read.shapes[x], self.read.shapes[index]
        if shape.steps or places != Shape() or (known := self.read.constant(index)) is None or not shape.row:
            return None
        place = np.unravel_index(int(known), shape.row)
        return f"{self.name[x]}[{', '.join(map(str, place))}]"

    def places(self, number: int) -> str:
        """A value as places of elements."""
        if (known := self.read.constant(number)) is not None:
            numbers = known.astype(int).tolist()
            if known.ndim == 1 and len(numbers) > 2 and numbers == [*(run := range(numbers[0], numbers[-1] + 1))]:
                return str(run)
            return str(numbers)
        return f"np.asarray({self.name[number]}, int)"

    def rows(self, number: int) -> str:
        """A value with all numbers of a row side by side."""
        shape, name = self.read.shapes[number], self.name[number]
        if shape.steps:
            return name if len(shape.row) == 1 else f"np.reshape({name}, (-1, {shape.width}))"
        return name if len(shape.row) == 1 else f"np.ravel({name})"

    def shape(self, shape: Shape) -> str:
        """A shape as Python writes it, with as many rows as there are steps."""
        if shape.steps is None:
            return str(shape.row)
        return f"({self.whole(self.p['lengths'][shape.steps.n])} + 1, {''.join(f'{n}, ' for n in shape.row)})"

    def value(self, op: str, i: int, out: int) -> str:
        """What an operation computes, as a Python expression."""
        read, args, shape = self.read, self.read.args[i], self.read.shapes[out]
        if op in ELEMENTWISE or op == "matmul":
            names = [self.beside(a, max(len(read.shapes[b].row) for b in args)) for a in args]
            value = INFIX[op].format(*names) if op in INFIX else f"np.{op}({', '.join(names)})"
            if op in BOOLEAN:  # truth values are numbers
                return f"float({value})" if shape == Shape() else f"1.0 * ({value})"
            return value
        names = [self.name[a] for a in args]
        if op == "call":
            name, *orders = self.p["formulas"][read.plain[i][0]]
            slope = f".slope({', '.join(map(str, orders))})" if any(orders) else ""
            return f"{name}{slope}({', '.join(self.beside(a, len(shape.row)) for a in args)})"
        if op in CALLED:
            return CALLED[op].format(*names, *read.plain[i])
        if op == "reshape":
            return f"np.reshape({names[0]}, {self.shape(shape)})"
        if op == "broadcast":
            return f"np.broadcast_to({self.beside(args[0], len(shape.row))}, {self.shape(shape)})"
        if op == "take":
            return self.taken(args[0], args[1])
        if op == "rows":
            return f"{names[0]}[{self.places(args[1])}]"
        if op == "join":
            return self.joined(args, shape)
        if op == "steps":
            return f"np.arange({self.whole(self.p['lengths'][read.plain[i][0]])} + 1.0)"
        if op == "head":
            return f"{names[0]}[: {self.whole(self.p['lengths'][read.plain[i][0]])} + 1]"
        loop, place = read.plain[i]
        return f"np.array(history{loop}_{place})"

    def beside(self, number: int, ndim: int) -> str:
        """A value with as many axes in every row as others have."""
        shape = self.read.shapes[number]
        missing = ndim - len(shape.row) if shape.steps else 0
        return f"{self.name[number]}[:{', None' * missing}]" if missing else self.name[number]

    def taken(self, x: int, index: int) -> str:
        shapes, places = self.read.shapes, self.places(index)
        if shapes[x].steps is None:
            return f"np.take({self.name[x]}, {places})"
        if shapes[index].steps is None:
            return f"{self.rows(x)}[:, {places}]"
        row = "".join(f", {n}" for n in shapes[index].row)
        flat = f"np.reshape({places}, (-1, {shapes[index].width}))"
        return f"np.reshape(np.take_along_axis({self.rows(x)}, {flat}, 1), (-1{row}))"

    def joined(self, args: list[int], shape: Shape) -> str:
        shapes = [self.read.shapes[a] for a in args]
        if not any(s.row or s.steps for s in shapes):
            return f"np.array([{', '.join(self.name[a] for a in args)}])"
        parts = [self.rows(a) if s.row or s.steps else f"[{self.name[a]}]" for a, s in zip(args, shapes, strict=True)]
        if shape.steps is None:
            return f"np.concatenate([{', '.join(parts)}])"
        for place, s in enumerate(shapes):
            if s.steps is None:  # the same in every row
                parts[place] = f"np.broadcast_to({parts[place]}, {self.shape(Shape((s.width,), shape.steps))})"
        return f"np.concatenate([{', '.join(parts)}], 1)"

    def added(self, op: str, i: int, out: int) -> Iterator[str]:
        """Numbers, or rows, that are added to zeros at their places."""
        (index, values), shape = self.read.args[i], self.read.shapes[out]
        places, given = self.places(index), self.name[values]
        name = self.named(out)
        yield f"{name} = np.zeros({self.shape(shape)})"
        if op == "put_rows":
            yield f"np.add.at({name}, {places}, {given})"
        elif shape.steps is None:
            yield f"np.add.at(np.ravel({name}), {places}, {given})"
        else:
            rows = f"np.arange(len({name}))[:{', None' * len(self.read.shapes[index].row)}]"
            yield f"np.add.at(np.reshape({name}, (-1, {shape.width})), ({rows}, {places}), {given})"


def input_names(names: list[str]) -> list[str]:
    """What the arguments are called: "x" if there is one, "x0" and "x1" if there are two, or by their own names."""
    return [name.replace("argument ", "x") if len(names) > 1 else name.replace("argument 0", "x") for name in names]


def _names() -> Iterator[str]:
    """a, b, …, z, a1, b1, …"""
    for round_ in count():
        yield from (f"{chr(97 + i)}{round_ or ''}" for i in range(26))


def _constant(written: Any, value: Any) -> str:
    """A constant as Python writes it, numbers of a long one left out."""
    if not value.shape:
        return _number(float(value))
    if isinstance(written, dict) and "of" in written:
        once = constant(written["of"], [])
        return f"np.broadcast_to({_constant(written['of'], once)}, {value.shape})"
    if isinstance(written, dict) and "from" in written and "last" not in written:
        text = f"{written['from']} + {written['by']} * np.arange({value.size})"
        return f"np.reshape({text}, {value.shape})" if value.ndim > 1 else f"({text})"
    numbers = [_number(v) for v in value.ravel().tolist()]
    if len(numbers) > MOST_NUMBERS:
        numbers = [*numbers[:3], "…", numbers[-1]]
    text = f"np.array([{', '.join(numbers)}])"
    return text if value.ndim == 1 else f"np.reshape({text}, {value.shape})"


def _number(number: float) -> str:
    if not np.isfinite(number):
        return f"np.{'nan' if np.isnan(number) else 'inf'}" if not number < 0 else "-np.inf"
    text = f"{number:.12g}" if float(f"{number:.12g}") == number else repr(number)
    return f"({text})" if number < 0 or text.startswith("-") else text
