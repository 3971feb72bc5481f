"""The tape machine in Python: a program as Python source, compiled, and run by NumPy. `machine.js` is the twin."""

from __future__ import annotations

import base64
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from livefig.formulas.function import Function
from livefig.record.graph import Called
from livefig.record.kernels import aligned, kernel
from livefig.record.ops import BOOLEAN, SIGNATURES, UFUNCS
from livefig.record.shapes import NUMBER, Shape, Steps, result_shape

FORMAT, VERSION = "livefig-tape", 2
Array = np.ndarray[Any, Any]
Run = Callable[[list[float]], list[Array]]
SYMBOLS = {
    "add": "{} + {}", "subtract": "{} - {}", "multiply": "{} * {}", "divide": "{} / {}", "square": "{0} * {0}",
    "negative": "-{}", "less": "({} < {}) * 1.0", "less_equal": "({} <= {}) * 1.0",
}  # fmt: skip
COUNTED = ("broadcast", "put_rows", "steps", "head")  # operations that are told how many rows their result has


class Reading:
    """A program taken apart: the shape of every value, and the arguments of every operation.

    shapes : of all values; the `n` of their steps is the place of a length.
    args, plain : for each operation the numbers of the values it takes, and what follows them.
    """

    def __init__(self, program: dict[str, Any]):
        self.program = program
        self.ops = [program["ops"][op] for op in program["op"]]
        self.constants: list[Array] = []
        for written in program["constants"]:
            self.constants.append(constant(written, self.constants))
        self.shapes = [Shape(tuple(shape)) for _, *shape in program["inputs"]]
        self.shapes += [Shape(value.shape) for value in self.constants]
        self.base = len(self.shapes)
        self.args: list[list[int]] = []
        self.plain: list[list[int]] = []
        left = iter(program["arg"])
        for op in self.ops:
            signature = SIGNATURES[op]
            count = next(left) if "+" in signature else signature.count("v")
            self.args.append([next(left) for _ in range(count)])
            self.plain.append([next(left) for _ in signature.replace("v", "").replace("+", "")])
        for i, op in enumerate(self.ops):
            if len(self.shapes) == self.base + i:
                self.shapes.append(self._shape(i, op))
            if op == "loop":
                self.shapes += [NUMBER, *(self.shapes[s] for s in program["loops"][self.plain[i][0]]["start"])]

    def _shape(self, i: int, op: str) -> Shape:
        if op == "loop":
            return NUMBER
        if op == "history":
            loop = self.program["loops"][self.plain[i][0]]
            return Shape(self.shapes[loop["start"][loop["keep"][self.plain[i][1]]]].row, Steps(loop["steps"], 0))
        return result_shape(op, [self.shapes[a] for a in self.args[i]], self.extra(i))

    def kernel(self, i: int) -> Callable[..., Array]:
        """What carries out an operation."""
        args = self.args[i]
        known = [self.constant(a) for a in args]
        return kernel(self.ops[i], [self.shapes[a] for a in args], self.shapes[self.base + i], self.extra(i), known)

    def constant(self, number: int) -> Array | None:
        """The numbers of a value that is a constant."""
        first = len(self.program["inputs"])
        return self.constants[number - first] if first <= number < self.base else None

    def extra(self, i: int) -> tuple[Any, ...]:
        """What follows the values of an operation: a shape, an axis of steps, a formula, or a plain number."""
        if not self.plain[i]:
            return ()
        kind, (number,) = SIGNATURES[self.ops[i]][-1], self.plain[i]
        if kind == "s":
            shape = self.program["shapes"][number]
            timed = bool(shape) and shape[0] < 0
            return (Shape(tuple(shape[timed:]), Steps(-1 - shape[0], 0) if timed else None),)
        if kind == "f":
            name, *orders = self.program["formulas"][number]
            return (Called(name, tuple(orders)),)
        return (Steps(number, 0) if kind == "l" else number,)

    def call(self, i: int, formulas: Mapping[str, Function]) -> Callable[..., Array]:
        """A formula as a function of arrays, for operation i."""
        (called,) = self.extra(i)
        f = formulas[called.formula].slope(*called.orders)
        shapes, ndim = [self.shapes[a] for a in self.args[i]], len(self.shapes[self.base + i].row)
        return lambda *arrays: f.values([np.asarray(aligned(x, s, ndim)) for x, s in zip(arrays, shapes, strict=True)])


def constant(written: Any, earlier: Sequence[Array]) -> Array:
    """A constant of a program, after the earlier ones: FORMAT.md tells how it is written."""
    if not isinstance(written, dict):
        return np.asarray(written, dtype=float)
    if "times" in written:
        number, factor = written["times"]
        return np.asarray(earlier[number] * factor)
    if "columns" in written:
        return np.stack([constant(column, earlier) for column in written["columns"]], axis=-1)
    shape = tuple(written["shape"])
    if "of" in written:
        return np.broadcast_to(constant(written["of"], earlier), shape)
    if "base64" in written:
        numbers = np.frombuffer(base64.b64decode(written["base64"]), "<f8")
    elif "grid" in written:
        first, *axes = written["grid"]
        numbers = first + sum(np.meshgrid(*(np.arange(count) * float(by) for count, by in axes), indexing="ij"))
    else:
        numbers = written["from"] + np.arange(float(math.prod(shape))) * written["by"]
        numbers[-1] = written.get("last", numbers[-1])
    return np.reshape(numbers, shape)


def source(program: dict[str, Any]) -> str:
    """The program as Python source: `run(v)` fills the list of values.

    >>> from livefig.program.tape import trace
    >>> print(source(trace(lambda x: x * x + 1, 0.0).program))
    def run(v):
        v[2] = v[0] * v[0]
        v[3] = v[2] + v[1]
    """
    return _Source(Reading(program)).text()


class Writer(ABC):
    """A program as lines of Python: loops and their bodies. Subclasses write the operations.

    name : what each value is called.
    """

    def __init__(self, reading: Reading):
        self.read = reading
        self.name: dict[int, str] = {}

    @abstractmethod
    def named(self, number: int) -> str:
        """The name of a value that comes about now."""

    @abstractmethod
    def numbers(self, n: int) -> str:
        """What a loop of so many steps (a value) runs over."""

    @abstractmethod
    def operation(self, i: int, op: str, out: int) -> Iterator[str]:
        """The lines of an operation that is no loop; `out`: the number of its value."""

    def block(self, begin: int, end: int, indent: str = "    ") -> Iterator[str]:
        """The lines of the operations from `begin` to `end`."""
        i = begin
        while i < end:
            op = self.read.ops[i]
            if op == "loop":
                yield from self.loop(i, self.read.plain[i][0], indent)
                i += self.read.program["loops"][self.read.plain[i][0]]["length"]
            else:
                yield from (indent + line for line in self.operation(i, op, self.read.base + i))
            i += 1

    def loop(self, i: int, number: int, indent: str) -> Iterator[str]:
        loop, first = self.read.program["loops"][number], self.read.base + i + 1
        k, *states = (self.named(first + j) for j in range(1 + len(loop["start"])))
        left = ", ".join(states)
        kept = [(f"history{number}_{place}", states[j]) for place, j in enumerate(loop["keep"])]
        yield f"{indent}{left} = {', '.join(self.name[s] for s in loop['start'])}"
        yield from (f"{indent}{history} = [{state}]" for history, state in kept)
        yield f"{indent}for {k} in {self.numbers(loop['n'])}:"
        yield from self.block(i + 2 + len(states), i + 1 + loop["length"], indent + "    ")
        yield f"{indent}    {left} = {', '.join(self.name[s] for s in loop['next'])}"
        yield from (f"{indent}    {history}.append({state})" for history, state in kept)


class _Source(Writer):
    """Source for a machine: a list v of all values, and a function for every operation that is not written out."""

    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.name = {number: f"v[{number}]" for number in range(reading.base + len(reading.ops))}

    def text(self) -> str:
        return "\n".join(["def run(v):", *(list(self.block(0, len(self.read.ops))) or ["    pass"])])

    def named(self, number: int) -> str:
        return self.name[number]

    def numbers(self, n: int) -> str:
        return f"map(float64, range(steps({self.name[n]})))"

    def operation(self, i: int, op: str, out: int) -> Iterator[str]:
        yield f"{self.name[out]} = {self.value(i, op, out)}"

    def value(self, i: int, op: str, out: int) -> str:
        read, args = self.read, [self.name[a] for a in self.read.args[i]]
        shapes, shape = [read.shapes[a] for a in read.args[i]], read.shapes[out]
        if all(s.row == shape.row or not (s.steps or s.row) for s in shapes):  # nothing to align
            if op in SYMBOLS:
                return SYMBOLS[op].format(*args)
            if op == "where" and not any(s.row or s.steps for s in shapes):
                return f"{args[1]} if {args[0]} else {args[2]}"
            if op in UFUNCS:
                return f"{op}({', '.join(args)})" + " * 1.0" * (op in BOOLEAN)
        if (short := self.short(i, op, args, shapes)) is not None:
            return short
        count = f"count({self.name[read.program['lengths'][shape.steps.n]]})" if shape.steps else ""
        if op == "history":
            return f"history(history{read.plain[i][0]}_{read.plain[i][1]}, {count}, {shape.row})"
        given = [*args, f"count={count}"] if count and op in COUNTED else args
        return f"{_called(i, op)}({', '.join(given)})"

    def short(self, i: int, op: str, args: list[str], shapes: list[Shape]) -> str | None:
        """What is frequent in loops, without a call: elements, rows, a few numbers side by side, a sum."""
        read = self.read
        if op == "join" and not any(s.row or s.steps for s in shapes):
            return f"array([{', '.join(args)}])"
        if (
            op == "take"
            and not shapes[0].steps
            and (known := read.constant(read.args[i][1])) is not None
            and not known.shape
        ):
            return f"{args[0]}[{', '.join(map(str, np.unravel_index(int(known), shapes[0].row)))}]"
        if op == "rows" and not shapes[1].steps:
            return f"{args[0]}[int({args[1]})]"
        if op == "add.reduce" and not shapes[0].steps and shapes[0].row[read.plain[i][0]]:
            return f"add.accumulate({args[0]}, {read.plain[i][0]})[{':, ' * read.plain[i][0]}-1]"
        return None


def _called(i: int, op: str) -> str:
    """The name of the function that carries out operation i."""
    return f"{op.replace('.', '_')}_{i}"


def steps(value: float) -> int:
    """A number of steps from the value of a slider."""
    return max(0, round(float(value))) if np.isfinite(value) else 0


def row_count(n: float) -> int:
    """How many states 0 … n there are; none for −1."""
    return steps(n) + 1 if n >= -0.5 else 0


def history(states: list[Array], count: int, row: tuple[int, ...]) -> Array:
    """The states that a loop has kept, as one array."""
    return np.reshape(states[:count], (count, *row))


@lru_cache(maxsize=16)
def compiled(text: str, formulas: tuple[tuple[str, Function], ...] = ()) -> Run:
    """A program (as JSON) ready to run on its flat list of inputs.

    formulas : those that it calls, by their names.
    Raises ValueError for a program of another version.
    """
    program = json.loads(text)
    if (program.get("format"), program.get("version")) != (FORMAT, VERSION):
        raise ValueError(f"this is not a tape of version {VERSION}: record the function again")
    read = Reading(program)
    names: dict[str, Any] = {
        **UFUNCS,
        "array": np.array,
        "float64": np.float64,
        "steps": steps,
        "count": row_count,
        "history": history,
    }
    for i, op in enumerate(read.ops):
        if op == "call":
            names[_called(i, op)] = read.call(i, dict(formulas))
        elif op not in ("loop", "leaf", "history"):
            names[_called(i, op)] = read.kernel(i)
    exec(compile(_Source(read).text(), "<tape>", "exec"), names)
    shapes = read.shapes[: len(program["inputs"])]
    ends = [0, *accumulate(shape.width for shape in shapes)]
    rest = [*(value[()] for value in read.constants), *[np.float64(0)] * len(read.ops)]

    def run_on(inputs: list[float]) -> list[Array]:
        values: list[Any] = [
            np.array(inputs[begin:end], dtype=float).reshape(shape.row) if shape.row else np.float64(inputs[begin])
            for shape, (begin, end) in zip(shapes, pairwise(ends), strict=True)
        ] + rest
        with np.errstate(all="ignore"):
            names["run"](values)
        arrays = []
        for number, axis in program["outputs"]:
            found = np.array(values[number], dtype=float)
            arrays.append(found if axis is None else np.moveaxis(found, 0, axis))
        return arrays

    return run_on
