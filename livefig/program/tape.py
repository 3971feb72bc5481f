"""The tape: a traced function as a list of operations on arrays, plain JSON, run by Python and by the page.

FORMAT.md describes the columns. `machine.py` and `machine.js` are its readers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, NamedTuple

import numpy as np

from livefig.backward.reverse import gradient
from livefig.calls import dispatch  # noqa: F401  it registers the NumPy functions that can be recorded
from livefig.formulas.function import Function, Recorded
from livefig.program import lengths
from livefig.program.lower import lower
from livefig.program.machine import Run, compiled
from livefig.program.text import written
from livefig.record.graph import MAIN, Graph, Node
from livefig.record.refuse import listening, refusal_for, with_line
from livefig.record.shapes import Shape
from livefig.record.traced import Traced, lift
from livefig.steps.loops import active_graph, numbers, recording
from livefig.steps.rolling import with_loops


class Between(NamedTuple):
    """An example value of a number that stays between two bounds, as a slider does."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, repr=False)
class Tape:
    """A recorded function. Call it like the function; `program` is what goes to the page.

    program : dict of lists and numbers, the content of `to_json()`.
    shapes : the shape of every argument, by name.
    names : names of the positional arguments, in order.
    formulas : the names of the arguments that are formulas.
    """

    program: dict[str, Any]
    shapes: dict[str, tuple[int, ...]]
    names: tuple[str, ...]
    keys: tuple[Any, ...] | None  # of the dict the function returned; None for a single value or a tuple
    single: bool
    recorded: tuple[Graph, dict[str, Node], list[Traced]] = field(compare=False)
    formulas: tuple[str, ...] = ()

    def __len__(self) -> int:
        """The number of operations."""
        return len(self.program["op"])

    def __repr__(self) -> str:
        """The tape as equations: `print(trace(f, x))`."""
        return written(self.program)

    def to_json(self, constants: bool = True) -> str:
        """The text that goes to the page; without its constants on request, to see how long the program itself is."""
        return self.json(self.program if constants else {**self.program, "constants": []})

    @staticmethod
    def json(program: dict[str, Any]) -> str:
        return json.dumps(program, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

    def flat(self, *args: Any, **kwargs: Any) -> list[float]:
        """The arguments as the machine takes them: one list of numbers."""
        given = self._given(args, kwargs)
        flat: list[float] = []
        for name, shape in self.shapes.items():
            if np.shape(given[name]) != shape:
                raise ValueError(f"{name} must have shape {shape}, as when it was traced, not {np.shape(given[name])}")
            flat.extend(np.asarray(given[name], dtype=float).ravel())
        return flat

    def functions(self, *args: Any, **kwargs: Any) -> tuple[tuple[str, Function], ...]:
        """The arguments that are formulas, as the machine takes them."""
        given = self._given(args, kwargs) if self.formulas else {}
        for name in self.formulas:
            if not isinstance(given[name], Function):
                raise TypeError(f"{name} must be a formula, as when it was traced, not {given[name]!r}")
        return tuple((name, given[name]) for name in self.formulas)

    def _given(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments by their names."""
        given = dict(zip(self.names, args, strict=False)) | kwargs
        wanted = [*self.shapes, *self.formulas]
        if set(given) != set(wanted) or len(args) + len(kwargs) != len(wanted):
            what = f"{len(args)} by position" + (f" and {', '.join(kwargs)}" if kwargs else "")
            raise TypeError(f"the tape takes the arguments {', '.join(wanted)}, not {what}")
        return given

    def outputs(self, *args: Any, **kwargs: Any) -> list[np.ndarray[Any, Any]]:
        """The arrays that the function returned, in order."""
        run = compiled(self._text, self.functions(*args, **kwargs)) if self.formulas else self._run
        return run(self.flat(*args, **kwargs))

    @cached_property
    def _text(self) -> str:
        return self.to_json()

    @cached_property
    def _run(self) -> Run:
        return compiled(self._text)

    def gradient(self, *args: Any, **kwargs: Any) -> Any:
        """The gradient of the function's one number with respect to every argument, by reverse mode.

        Returns an array shaped like the argument; a tuple for several, a dict for named ones.
        Raises ValueError if the function did not return one number.

        >>> trace(lambda x: x[0] ** 2 / 20 + x[1] ** 2, np.zeros(2)).gradient(np.array([-7.0, 2.0]))
        array([-0.7,  4. ])
        """
        return self.backward(*args, **kwargs)

    @cached_property
    def backward(self) -> Tape:
        """The tape of the gradient: the same arguments, ∂f/∂argument for each."""
        graph, inputs, outputs = self.recorded
        found = [Traced(graph, node) for node in gradient(graph, one_number(outputs), [*inputs.values()])]
        keys = tuple(inputs) if not self.names else None
        recorded = (graph, inputs, found)
        return Tape(lower(*recorded), self.shapes, self.names, keys, len(found) == 1, recorded, self.formulas)

    def completed(self, keys: Sequence[Any], others: Mapping[Any, Any]) -> dict[str, Any]:
        """The program with an output for each of some keys, in their order; what it lacks is a constant of `others`."""
        graph, inputs, outputs = self.recorded
        found = dict(zip(self.keys or (), zip(outputs, self.program["outputs"], strict=True), strict=True))
        if set(keys) <= set(found):
            return {**self.program, "outputs": [found[key][1] for key in keys]}
        return lower(graph, inputs, [found[key][0] if key in found else lift(graph, others[key]) for key in keys])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        arrays = [a if a.ndim else a.item() for a in self.outputs(*args, **kwargs)]
        if self.keys is not None:
            return dict(zip(self.keys, arrays, strict=True))
        return arrays[0] if self.single else tuple(arrays)


def trace(f: Callable[..., Any], /, *examples: Any, **named: Any) -> Tape:
    """Run `f` once with recording values and keep what happened as a tape.

    f : a NumPy function of numbers or arrays; returns an array, a tuple of arrays, or a dict of arrays.
    examples, named : one value for each argument. Only their shapes matter; `Between(value, low, high)` says
        that a number has bounds, as a step count must. For a formula (`formulas.function.Function`) the tape takes
        any other one of the same variables.
    Returns a Tape, which can be called like f.
    Raises TypeError where the result cannot follow the arguments: `if`, `float()`, `math.*`, …

    >>> tape = trace(lambda x: x[0] ** 2 / 20 + x[1] ** 2, np.zeros(2))
    >>> tape(np.array([-7.0, 2.0])), len(tape)  # two operations take the elements
    (6.45, 6)
    >>> tape
    def f(x):
        a = x[0] ** 2
        b = a / 20
        c = x[1] ** 2
        d = b + c
        return d
    """
    _callable(f)
    labels = [f"argument {i}" for i in range(len(examples))]
    given = dict(zip(labels, examples, strict=True)) | named
    found = _checked(f, given, labels)
    keys = tuple(found.result) if isinstance(found.result, dict) else None
    single = keys is None and not isinstance(found.result, tuple)
    shapes = {name: found.graph.shape[node].row for name, node in found.inputs.items()}
    found.outputs = with_loops(found.graph, found.outputs)
    recorded = (found.graph, found.inputs, found.outputs)
    formulas = tuple(name for name, example in given.items() if isinstance(example, Function))
    return Tape(found.program(), shapes, tuple(labels), keys, single, recorded, formulas)


@dataclass
class _Recording:
    """A function that was run with recording values: `outputs` is its `result` as a list of traced arrays."""

    graph: Graph
    inputs: dict[str, Node]
    result: Any
    outputs: list[Traced]

    def program(self) -> dict[str, Any]:
        return lower(self.graph, self.inputs, self.outputs)


def _checked(f: Callable[..., Any], given: dict[str, Any], labels: list[str]) -> _Recording:
    """A recording of f; if f asks how long a history is, one that agrees with another of other lengths: lengths.py."""
    moved = {name: _moved(example) for name, example in given.items()}
    for guesses in (True, False):
        graph, different = Graph(guesses), Graph(guesses)
        try:
            found = _record(graph, f, given, labels)
            if not graph.asked:
                return found
            other = _record(different, f, moved, labels)
            both = found.outputs, other.outputs
            found.outputs, other.outputs = lengths.with_steps(*both), lengths.with_steps(*both[::-1])
            if lengths.moved(graph, different) and lengths.same(found.program(), other.program()):
                return found
        except (TypeError, ValueError, IndexError):
            if not (guesses and graph.asked):
                raise
    raise lengths.misused(graph)


def _record(graph: Graph, f: Callable[..., Any], given: dict[str, Any], labels: list[str]) -> _Recording:
    inputs: dict[str, Node] = {}
    values: dict[str, Any] = {}
    for name, example in given.items():
        if isinstance(example, Function):
            values[name] = Recorded(graph, name, example.variables)
            continue
        bounds = example[1:] if isinstance(example, Between) else None
        shape = () if bounds else np.shape(numbers(name, example))
        node = graph.leaf("input", MAIN, Shape(shape))
        if bounds:
            graph.bounds[node] = (float(bounds[0]), float(bounds[1]))
        inputs[name], values[name] = node, Traced(graph, node)
        values[name].number = not shape and not isinstance(example, (np.generic, np.ndarray))
    try:
        with recording(graph), listening() as refusals:
            result = f(*(values[label] for label in labels), **{n: v for n, v in values.items() if n not in labels})
    except (TypeError, ValueError, IndexError, MemoryError) as error:
        raise refusal_for(error) or with_line(error) from None
    if refusals:
        raise refusals[0]  # swallowed by an `except`: the function has gone another way than with numbers
    several = isinstance(result, (dict, tuple))
    parts = (list(result.values()) if isinstance(result, dict) else list(result)) if several else [result]
    return _Recording(graph, inputs, result, [lift(graph, p) for p in parts])


def _moved(example: Any) -> Any:
    """An example with both bounds moved, inwards where there is room: other numbers of steps."""
    if not isinstance(example, Between):
        return example
    value, low, high = example
    return Between(value, low + 1, high - 1 if high - low >= 2 else high + 1)


def grad(f: Callable[..., Any]) -> Callable[..., Any]:
    """The gradient of `f` with respect to its first argument, as a function: exact, by reverse mode.

    f : a NumPy function that returns one number. It is traced at every call, for what it reads besides its arguments
        may have changed; `trace(f, x).backward` traces once, for many calls of a function that reads nothing else.
    Returns a function of the same arguments, of which only the first is traced; its result is shaped like that one.
    Raises TypeError where f cannot be traced or x holds no numbers, ValueError if f does not return one number.

    At a kink it is the mean of the slopes that meet there, as a central difference gives it: 0 for abs, ½ for
    np.maximum(x, 0); those at a tie in np.max or np.sort share in equal parts. At a jump it is the slope beside it.
    Through np.where it is the slope of the branch taken; the other one contributes exactly 0, whatever its own slope.

    >>> grad(lambda x: x[0] ** 2 / 20 + x[1] ** 2)([-7, 2])
    array([-0.7,  4. ])
    """
    _callable(f)

    @wraps(f)
    def gradient_of_f(x: Any, *others: Any, **named: Any) -> Any:
        graph = active_graph() or next((a.graph for a in (x, *others) if isinstance(a, Traced)), None)
        if graph is not None:
            point = lift(graph, x)
            alias = graph.alias(point.node)
            output = one_number([lift(graph, f(_like(point, alias), *others, **named))])
            return _like(point, gradient(graph, output, [alias])[0])
        numbers("x", x)
        return trace(lambda x: gradient_of_f(x, *others, **named), x)(x)

    return gradient_of_f


def _callable(f: Any) -> None:
    if not callable(f):
        raise TypeError(f"f must be a function, not {f!r}: pass f itself, not f(x)")


def one_number(outputs: list[Traced]) -> Node:
    """The node of a function's result, which must be one number."""
    if len(outputs) != 1 or outputs[0].ndim:
        shapes = ", ".join(str(v.shape) for v in outputs)
        raise ValueError(f"a gradient is that of one number, but the function returned shape {shapes}")
    return outputs[0].node


def _like(value: Traced, node: Node) -> Traced:
    found = Traced(value.graph, node, axis=value.axis)
    found.number = value.number
    return found
