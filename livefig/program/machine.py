"""The tape machine in Python: a program as Python source, compiled, and run on numbers. `machine.js` is the twin."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from livefig.record.ops import BINARY, UFUNCS, UNARY

FORMAT, VERSION = "livefig-tape", 1
Run = Callable[[list[float]], list[np.ndarray[Any, Any]]]
ARITY = dict.fromkeys(UNARY, 1) | dict.fromkeys(BINARY, 2)
ARITY |= {"where": 3, "at": 3, "row": 3, "loop": 1, "leaf": 0}
SYMBOLS = {"add": "{} + {}", "subtract": "{} - {}", "multiply": "{} * {}", "divide": "{} / {}",
           "square": "{0} * {0}", "negative": "-{}", "where": "{1} if {0} else {2}"}  # fmt: skip


def source(program: dict[str, Any]) -> str:
    """The program as Python source: `run(v)` fills the list of slots and returns the rows of each time axis.

    >>> from livefig.program.tape import trace
    >>> print(source(trace(lambda x: x * x + 1, 0.0).program))
    def run(v):
        v[2] = v[0] * v[0]
        v[3] = v[2] + v[1]
        return []
    """
    return _Writer(program).text()


class _Writer:
    def __init__(self, program: dict[str, Any]):
        self.p = program
        self.base = sum(int(np.prod(i[1:])) for i in program["inputs"]) + len(program["constants"])
        self.arg = np.cumsum([0] + [ARITY[program["ops"][op]] for op in program["op"]]).tolist()
        self.lines: list[str] = []

    def text(self) -> str:
        ends = [block["begin"] for block in self.p["rows"]]
        self.block(0, ends[0] if ends else len(self.p["op"]), "    ")
        for number, block in enumerate(self.p["rows"]):
            k, begin, cells = self.base + block["begin"], block["begin"] + 1, self.cells(number)
            self.say("    ", f"rows{number} = []")
            self.say("    ", f"for k in range(row_count(v[{block['n']}])):")
            self.say("        ", f"v[{k}] = f64(k)")
            self.block(begin, block["begin"] + block["length"], "        ")
            self.say("        ", f"rows{number}.append([{', '.join(f'v[{c}]' for c in cells)}])")
        returned = ", ".join(f"rows{i}" for i in range(len(self.p["rows"])))
        return "\n".join(["def run(v):", *self.lines, f"    return [{returned}]"])

    def cells(self, rows: int) -> list[int]:
        """The slots that every row of one time axis hands out."""
        return [c for output in self.p["outputs"] if output["rows"] == rows for c in output["cells"]]

    def say(self, indent: str, line: str) -> None:
        self.lines.append(indent + line)

    def block(self, begin: int, end: int, indent: str) -> None:
        i = begin
        while i < end:
            op, args = self.p["ops"][self.p["op"][i]], self.p["arg"][self.arg[i] : self.arg[i + 1]]
            if op == "loop":
                self.loop(args[0], i, indent)
                i += self.p["loops"][args[0]]["length"]
            elif op == "at":
                self.say(indent, f"v[{self.base + i}] = history{args[0]}[int(v[{args[2]}])][{args[1]}]")
            elif op == "row":
                width = self.p["tables"][args[0]]["width"]
                cell = f"table{args[0]}[int(v[{args[2]}]) * {width} + {args[1]}]"
                self.say(indent, f"v[{self.base + i}] = v[{cell}]")
            else:
                slots = [f"v[{a}]" for a in args]
                value = SYMBOLS[op].format(*slots) if op in SYMBOLS else f"f64({op}({', '.join(slots)}))"
                self.say(indent, f"v[{self.base + i}] = {value}")
            i += 1

    def loop(self, number: int, i: int, indent: str) -> None:
        loop, k = self.p["loops"][number], self.base + i + 1
        state = range(k + 1, k + 1 + len(loop["start"]))
        into, inner = "".join(f"v[{s}], " for s in state), indent + "    "
        kept = f"history{number}.append([{', '.join(f'v[{state[j]}]' for j in loop['keep'])}])"
        self.say(indent, f"{into}= {''.join(f'v[{s}], ' for s in loop['start'])}")
        if loop["keep"]:
            self.say(indent, f"history{number} = []")
            self.say(indent, kept)
        self.say(indent, f"for k{number} in range(steps(v[{loop['n']}])):")
        self.say(inner, f"v[{k}] = f64(k{number})")
        self.block(i + 2 + len(loop["start"]), i + 1 + loop["length"], inner)
        self.say(inner, f"{into}= {''.join(f'v[{s}], ' for s in loop['next'])}")
        if loop["keep"]:
            self.say(inner, kept)


def steps(value: float) -> int:
    """A number of steps from the value of a slider."""
    return max(0, round(float(value))) if np.isfinite(value) else 0


def row_count(n: float) -> int:
    """The rows 0 … n of a time axis; none for −1."""
    return steps(n) + 1 if n >= -0.5 else 0


@lru_cache(maxsize=16)
def compiled(text: str) -> Run:
    """A program (as JSON) ready to run on its flat list of inputs.

    Raises ValueError for a program of another version.
    """
    program = json.loads(text)
    if (program.get("format"), program.get("version")) != (FORMAT, VERSION):
        raise ValueError(f"this is not a tape of version {VERSION}: record the function again")
    names: dict[str, Any] = {**UFUNCS, "f64": np.float64, "steps": steps, "row_count": row_count}
    names |= {f"table{i}": table["cells"] for i, table in enumerate(program["tables"])}
    exec(compile(source(program), "<tape>", "exec"), names)
    constants = [np.float64(c) for c in program["constants"]]

    def run(inputs: list[float]) -> list[np.ndarray[Any, Any]]:
        slots = [*map(np.float64, inputs), *constants, *[np.float64(0)] * len(program["op"])]
        with np.errstate(all="ignore"):
            rows = names["run"](slots)
        taken = [0] * len(rows)
        arrays = []
        for output in program["outputs"]:
            cells, axis, number = output["cells"], output["axis"], output["rows"]
            if number is None:
                arrays.append(np.array([slots[c] for c in cells], dtype=float).reshape(output["shape"]))
                continue
            begin = taken[number]
            taken[number] += len(cells)
            values = np.array([row[begin : taken[number]] for row in rows[number]], dtype=float)
            shape = [size for a, size in enumerate(output["shape"]) if a != axis]
            arrays.append(np.moveaxis(values.reshape(len(rows[number]), *shape), 0, axis))
        return arrays

    return run
