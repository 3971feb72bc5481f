"""A tape as text: one equation a line, in Python, so that what is printed can also be run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from livefig.program.machine import ARITY
from livefig.record.ops import BOOLEAN

INFIX = {
    "add": "{} + {}", "subtract": "{} - {}", "multiply": "{} * {}", "divide": "{} / {}", "power": "{} ** {}",
    "less": "{} < {}", "less_equal": "{} <= {}", "equal": "{} == {}", "not_equal": "{} != {}",
    "square": "{} ** 2", "negative": "-{}", "where": "np.where({}, {}, {})",
}  # fmt: skip
MOST_LINES = 60


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
    lines = list(_Text(program).lines())
    if len(lines) > MOST_LINES:
        left_out = f"    … {len(lines) - MOST_LINES + 1} more lines …"
        lines = [*lines[: MOST_LINES - 10], left_out, *lines[-9:]]
    return "\n".join(lines)


class _Text:
    def __init__(self, program: dict[str, Any]):
        self.p = program
        self.inputs = input_names(program["inputs"])
        taken = {"f", *(name.partition("[")[0] for name in self.inputs)}
        self.letters = (name for name in _names() if name not in taken)
        self.name = dict(enumerate([*self.inputs, *map(_number, program["constants"])]))
        self.base = len(self.name)
        self.arguments = np.cumsum([0] + [ARITY[program["ops"][op]] for op in program["op"]]).tolist()

    def lines(self) -> Iterator[str]:
        """The whole function."""
        yield f"def f({', '.join(dict.fromkeys(name.partition('[')[0] for name in self.inputs))}):"
        ends = [block["begin"] for block in self.p["rows"]]
        yield from self.block(0, ends[0] if ends else len(self.p["op"]), "    ")
        for number, block in enumerate(self.p["rows"]):
            k = self.named(self.base + block["begin"])
            yield f"    rows{number} = []"
            yield f"    for {k} in range({self.steps(block['n'])} + 1):"
            yield from self.block(block["begin"] + 1, block["begin"] + block["length"], "        ")
            cells = [self.name[c] for out in self.p["outputs"] if out["rows"] == number for c in out["cells"]]
            yield f"        rows{number}.append([{', '.join(cells)}])"
        taken = [0] * len(self.p["rows"])
        returned = []
        for out in self.p["outputs"]:
            if out["rows"] is None:
                cells = [self.name[c] for c in out["cells"]]
                array = f"np.reshape([{', '.join(cells)}], {tuple(out['shape'])})"
                returned.append(cells[0] if not out["shape"] else array)
            else:
                begin = taken[out["rows"]]
                taken[out["rows"]] = end = begin + len(out["cells"])
                returned.append(_rows(f"rows{out['rows']}", begin, end, out["shape"], out["axis"]))
        yield f"    return {', '.join(returned)}"

    def steps(self, slot: int) -> str:
        """A number of steps."""
        return self.name[slot] if slot < self.base else f"int({self.name[slot]})"

    def named(self, slot: int) -> str:
        """A new name for a slot."""
        self.name[slot] = next(self.letters)
        return self.name[slot]

    def block(self, begin: int, end: int, indent: str) -> Iterator[str]:
        i = begin
        while i < end:
            op = self.p["ops"][self.p["op"][i]]
            args = self.p["arg"][self.arguments[i] : self.arguments[i + 1]]
            if op == "loop":
                yield from self.loop(args[0], i, indent)
                i += self.p["loops"][args[0]]["length"]
            elif op == "at":
                yield f"{indent}{self.named(self.base + i)} = history{args[0]}[int({self.name[args[2]]})][{args[1]}]"
            elif op == "row":
                table = self.p["tables"][args[0]]
                cells = ", ".join(self.name[c] for c in table["cells"][args[1] :: table["width"]])
                yield f"{indent}{self.named(self.base + i)} = [{cells}][int({self.name[args[2]]})]"
            else:
                names = [self.name[a] for a in args]
                value = INFIX[op].format(*names) if op in INFIX else f"np.{op}({', '.join(names)})"
                value = f"float({value})" if op in BOOLEAN else value  # truth values are numbers
                yield f"{indent}{self.named(self.base + i)} = {value}"
            i += 1

    def loop(self, number: int, i: int, indent: str) -> Iterator[str]:
        loop, inner = self.p["loops"][number], indent + "    "
        k = self.named(self.base + i + 1)
        states = [self.named(self.base + i + 2 + j) for j in range(len(loop["start"]))]
        kept = ", ".join(states[j] for j in loop["keep"])
        left = ", ".join(states)
        yield f"{indent}{left} = {', '.join(self.name[s] for s in loop['start'])}"
        if kept:
            yield f"{indent}history{number} = [[{kept}]]"
        yield f"{indent}for {k} in range({self.steps(loop['n'])}):"
        yield from self.block(i + 2 + len(states), i + 1 + loop["length"], inner)
        yield f"{inner}{left} = {', '.join(self.name[s] for s in loop['next'])}"
        if kept:
            yield f"{inner}history{number}.append([{kept}])"


def _rows(name: str, begin: int, end: int, shape: list[int], axis: int) -> str:
    """The columns of rows that an output takes, as an array with its time axis in its place."""
    rest = [length for a, length in enumerate(shape) if a != axis]
    array = f"np.array({name})[:, {begin if not rest else f'{begin}:{end}'}]"
    if len(rest) > 1:
        array = f"np.reshape({array}, (-1, {', '.join(map(str, rest))}))"
    return f"np.moveaxis({array}, 0, {axis})" if axis else array


def input_names(inputs: list[list[Any]]) -> list[str]:
    """What each number of the inputs, lists of a name and a shape, is called: "x", "x1[0, 2]", or by its own name."""
    found = []
    for name, *shape in inputs:
        short = name.replace("argument ", "x") if len(inputs) > 1 else name.replace("argument 0", "x")
        found += [f"{short}{list(index)}" if index else short for index in np.ndindex(*shape)]
    return found


def _names() -> Iterator[str]:
    """a, b, …, z, a1, b1, …"""
    for round_ in count():
        yield from (f"{chr(97 + i)}{round_ or ''}" for i in range(26))


def _number(value: Any) -> str:
    """A constant as Python writes it."""
    number = float(value)
    if not np.isfinite(number):
        return f"np.{'nan' if np.isnan(number) else 'inf'}" if not number < 0 else "-np.inf"
    text = f"{number:.12g}" if float(f"{number:.12g}") == number else repr(number)
    return f"({text})" if number < 0 or text.startswith("-") else text
