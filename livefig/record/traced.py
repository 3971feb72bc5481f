"""The value that stands in for an array while a function is traced.

A `Traced` array is a node of the graph, seen through places: in each of its own places stands the place of a number
of that node. NumPy's own protocols bring every ufunc and function call here; what only moves elements around is done
by NumPy itself on the array of places, and becomes an operation when the numbers are needed. Views share a *box*, so
writing into one of them changes all. An array of all states of a loop has an axis of *steps*: its places are those
of one row, in which that axis has length 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

import numpy as np

from livefig.record.bounds import least_steps, part_of
from livefig.record.graph import Graph, Node
from livefig.record.indexing import full_index, plain_index
from livefig.record.operators import Operators
from livefig.record.places import Places, in_rows
from livefig.record.refusals import Unanswered
from livefig.record.refuse import FAMILIAR, MASKED, MissingAttribute, authors_line, moving, own, refuse, refuse_question
from livefig.record.registry import FUNCTIONS, METHODS, OF_COMPLEX, OF_SCIPY, UFUNCS, refuse_dtype
from livefig.record.shapes import Shape, Steps


class Box:
    """The numbers that views share. Who writes into one of them says only where these come from now.

    sources : nodes.  which, at : of each number, the source it comes from and its place there.
    """

    def __init__(self, graph: Graph, node: Node):
        self.graph, self.shape = graph, graph.shape[node]
        self.places = np.arange(self.shape.width)
        self.writes = 0
        self._come_from(node)

    def _come_from(self, node: Node) -> None:
        self.sources, self.which, self.at = [node], np.zeros_like(self.places), self.places

    def write(self, places: Places, source: Node, at: Places) -> None:
        """The numbers at these places are now those of a source."""
        if len(self.sources) == 1:
            self.at = self.at.copy()
        self.writes += 1
        self.which[places], self.at[places] = len(self.sources), at
        self.sources.append(source)

    @property
    def node(self) -> Node:
        """All numbers as one node."""
        if len(self.sources) > 1:
            self._come_from(self.take(self.places.reshape(self.shape.row)))
        return self.sources[0]

    def take(self, places: Places) -> Node:
        """The numbers at these places, of each row."""
        which, at, graph = self.which[places], self.at[places], self.graph
        used = np.unique(which)
        nodes = [self.sources[number] for number in used.tolist()] or self.sources[:1]
        if len(nodes) == 1:
            return graph.take(nodes[0], at)
        begins = np.cumsum([0, *(graph.shape[node].width for node in nodes[:-1])])
        return graph.take(graph.node("join", *nodes), begins[np.searchsorted(used, which)] + at)


class Traced(Unanswered, Operators):
    """An array of the graph that NumPy treats as an array of float64."""

    __array_priority__ = 1000.0

    def __init__(self, graph: Graph, node: Node | Box, places: Any = None, axis: int = 0, boolean: bool = False):
        """axis : where the steps are among the axes, if there are any."""
        self.graph = graph
        self.box = Box(graph, node) if isinstance(node, int) else node
        row, self.steps = self.box.shape
        self.whole = places is None  # whether this is just the node
        if self.whole:
            shape = (*row[:axis], 1, *row[axis:]) if self.steps else row
            places = self.box.places.reshape(shape)
        self.places = np.asarray(places)
        graph.allow(Shape(self.places.shape))
        self.axis = axis % self.places.ndim if self.steps else 0
        self.boolean = boolean
        self._read = (-1, -1)  # how often the box had been written to, and this array as a node made of it then

    @property
    def node(self) -> Node:
        """This array as a node; its steps, if any, come first there."""
        if self.whole:
            return self.box.node
        if self._read[0] != self.box.writes:
            places = self.places.squeeze(self.axis) if self.steps else self.places
            self._read = self.box.writes, self.box.take(places)
        return self._read[1]

    def seen(self, places: Any, axis: int | None = None) -> Traced:
        """The same numbers in other places: a view where NumPy gives one of the places, else a copy."""
        axis = self.axis if axis is None else axis
        if np.may_share_memory(places, self.places):
            return Traced(self.graph, self.box, places, axis, self.boolean)
        row = np.squeeze(places, axis) if self.steps else places
        return Traced(self.graph, self.box.take(row), axis=axis, boolean=self.boolean)

    # what an array knows about itself --------------------------------------------------------------
    def asked(self, caller: FrameType | None = None) -> Traced:
        """The same value, noting that the author has asked for its shape: see lengths.py."""
        if not (self.graph.asked or self.fixed or (caller and own(caller))):
            self.graph.asked = authors_line()
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        self.asked(sys._getframe(1))
        lengths = list(self.places.shape)
        if self.steps:
            lengths[self.axis] = self.steps.length
        return tuple(lengths)

    @shape.setter
    def shape(self, new: Any) -> None:
        raise refuse("a new shape in place", "Write x = x.reshape(...).")

    @property
    def ndim(self) -> int:
        return self.places.ndim

    @property
    def size(self) -> int:
        self.asked(sys._getframe(1))
        return int(np.prod(self.shape))

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(bool if self.boolean else float)

    @property
    def T(self) -> Traced:
        return self.transpose()  # type: ignore[no-any-return]

    def __len__(self) -> int:
        self.asked(sys._getframe(1))
        if self.ndim:
            return self.shape[0]
        raise TypeError("len() of a number")

    def __iter__(self) -> Iterator[Traced]:
        if not self.ndim:
            raise TypeError("a number cannot be iterated over")
        whole = self if self.steps and self.axis else dense(self, "iterating over all rows")
        return map(whole.__getitem__, range(len(whole)))

    def __repr__(self) -> str:
        return f"<traced {self.dtype} array of shape {self.shape}>"

    # NumPy's protocols -----------------------------------------------------------------------------
    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **kw: Any) -> Any:
        if ufunc is np.conjugate or any(is_complex(value) for value in inputs):
            return UFUNCS["complex"](self.graph, ufunc, method, inputs, out, kw)
        if kw.pop("where", True) is not True:
            raise refuse(f"np.{ufunc.__name__} with where=", "Write np.where(condition, a, b).")
        name = f"np.{ufunc.__name__}"
        known = getattr(np, ufunc.__name__, None) is ufunc or (ufunc.__name__ in OF_SCIPY and method == "__call__")
        if method not in UFUNCS or not known:
            raise refuse_question(f"{ufunc.__name__}", f"Write it with {FAMILIAR}.")
        refuse_dtype(name, kw.pop("dtype", None))
        result = UFUNCS[method](self.graph, ufunc, inputs, kw)
        if out is None:
            return result
        target = out[0]
        if not isinstance(target, Traced):
            raise refuse_question("writing into a plain array", "Write x = x + y instead of x += y.")
        if not target.ndim:
            return result  # a number is not changed in place
        if target.steps:
            raise refuse("changing the states of a loop in place", "Write x = x + y instead of x += y.")
        target[...] = result
        return target

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if any(kind is not Traced and issubclass(kind, Operators) for kind in types):
            return NotImplemented  # complex numbers know
        if func in OF_COMPLEX and func not in FUNCTIONS:
            return OF_COMPLEX[func](self.graph, *args, **kwargs)
        if func not in FUNCTIONS:
            name = f"{func.__module__}.{func.__name__}".replace("numpy.", "np.", 1)
            raise refuse_question(name, f"Write it with {FAMILIAR}.")
        return FUNCTIONS[func](self.graph, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            return partial(METHODS[name], self.graph, self)
        if name == "__array_interface__" and self.boolean:
            self.number = False  # NumPy puts it into an array: there it is one of NumPy's truth values
        if name.startswith("_"):
            raise AttributeError(name)
        raise refuse_question(f"the attribute .{name}", "Write it with NumPy functions.", kind=MissingAttribute)

    def __deepcopy__(self, memo: Any = None) -> Traced:
        return self.copy()  # type: ignore[no-any-return]

    __copy__ = __deepcopy__

    # elements --------------------------------------------------------------------------------------
    def __getitem__(self, index: Any) -> Traced:
        index = plain_index(index, Traced)
        if self.steps is None:
            return self.seen(self.places[index])
        full = full_index(index, self.ndim)
        if full is not None:
            place = [p for p, i in enumerate(full) if i is not None][self.axis]
            entry = full[place]
            if entry == slice(None):
                axis = sum(1 for i in full[:place] if not isinstance(i, int))
                return self.seen(self.places[full], axis)
            if isinstance(entry, int) and (self.fixed or self._always(entry)):
                return self._row(entry)[(*full[:place], 0, *full[place + 1 :])]
            if isinstance(entry, slice) and (k := part_of(self.graph, self.steps, entry)) is not None:
                return self.at_row(k)[(*full[:place], slice(None), *full[place + 1 :])]
        if (moved := in_rows(self, lambda places: places[index])) is not None:
            return moved  # type: ignore[no-any-return]
        return dense(self, f"the index {index!r} along the steps")[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        if self.steps:
            raise refuse("writing into the states of a loop", "Work on a copy of the row you need.")
        if not self.places.flags.writeable:
            raise ValueError("assignment destination is read-only")  # NumPy's words
        value = dense(lift(self.graph, value), "writing")
        if isinstance(index, Traced) and index.boolean and index.shape == self.shape and not value.ndim:
            index, value = Ellipsis, np.where(index, value, self)  # x[x < 0] = 0
        if self.boolean and not value.boolean:
            value = value != 0
        written = np.full(self.places.shape, -1)
        written[plain_index(index, Traced)] = np.arange(value.size).reshape(value.shape)
        changed = written >= 0
        self.box.write(self.places[changed], value.node, written[changed])

    @property
    def fixed(self) -> bool:
        """Whether the number of rows is known now."""
        return self.steps is None or self.steps.n in self.graph.values

    def _always(self, number: int) -> bool:
        """Whether there is a row of this number, whatever the sliders say."""
        assert self.steps is not None
        return number in (0, -1) or least_steps(self.graph, self.steps.n) >= max(number, -1 - number)

    def _row(self, number: int) -> Traced:
        """One row, with the axis of the steps kept at length 1."""
        assert self.steps is not None
        if not -self.steps.length <= number < self.steps.length:
            raise IndexError(f"index {number} is out of bounds for an axis of {self.steps.length} rows")
        graph, n = self.graph, self.steps.n
        if number < -1:
            return self.at_row(graph.node("subtract", n, graph.constant(-1.0 - number)))
        return self.at_row(n if number == -1 else graph.constant(float(number)))

    def at_row(self, k: Node) -> Traced:
        """The values in row `k`, a number or one for each step, which are then the steps of the result."""
        graph = self.graph
        node = graph.node("rows", self.node, k)
        if graph.shape[node].steps is None:
            node = graph.reshape(node, self.places.shape)
        return Traced(graph, node, axis=self.axis, boolean=self.boolean)


def is_complex(value: Any) -> bool:
    """Whether a value is a complex number, or holds some."""
    return isinstance(value, complex) or getattr(getattr(value, "dtype", None), "kind", "") == "c"


def lift(graph: Graph, value: Any) -> Traced:
    """A value as a traced array of this graph: numbers become constants."""
    if isinstance(value, Traced):
        if value.graph is not graph:
            raise refuse("a value of another trace", "Let each traced function use its own arguments.")
        return value
    if isinstance(value, np.ma.MaskedArray):
        raise refuse("a masked array", MASKED)
    if isinstance(value, np.matrix):
        raise refuse("a matrix of np.matrix", "Write np.asarray(A), and A @ B for a product of matrices.")
    array = np.asarray(value)
    if array.dtype == object and isinstance(array[()], Traced):  # np.array(x0)
        return lift(graph, array[()])
    if array.dtype == object and array.ndim:
        parts = [lift(graph, item) for item in array.ravel()]
        if any(p.ndim for p in parts):
            raise refuse("an object array of arrays", "Write np.stack([x0, x1]).")
        node = graph.reshape(graph.node("join", *(p.node for p in parts)), array.shape)
        return Traced(graph, node, boolean=all(p.boolean for p in parts))
    if array.dtype == object and all(type(item) in (int, float) for item in array.flat):
        array = array.astype(float)  # integers beyond 64 bits
    if array.dtype.kind not in "biuf":
        kind = type(value).__name__ if array.dtype == object else array.dtype
        if is_complex(value):
            raise refuse("a complex number where a real one is needed", "Write z.real and z.imag, or np.abs(z).")
        raise refuse(f"a value of type {kind}", "Use real numbers.")
    if array.dtype.kind == "f" and array.dtype != np.float64:  # a slider's number times float32 stays float32 in NumPy
        raise refuse(f"an array of {array.dtype} numbers", "Write data.astype(float) before.")
    constant = Traced(graph, graph.constant(array), boolean=array.dtype.kind == "b")
    if (steps := graph.meant(array.shape)) is not None:
        return as_steps(constant, steps, array.shape.index(steps.length) - array.ndim)
    return constant


def dense(value: Traced, what: str) -> Traced:
    """The value without an axis of steps: every row an ordinary one. Only where the number of rows is fixed."""
    if value.steps is None:
        return value
    if not value.fixed:
        raise refuse(
            f"{what}, where the number of steps is itself {moving()},",
            "Keep the axis of the steps whole, or take its last row with [-1].",
        )
    graph, row = value.graph, value.graph.shape[value.node].row
    node = graph.node("reshape", value.node, extra=(Shape((value.steps.length, *row)),))
    rows = Traced(graph, node, boolean=value.boolean)
    return rows.seen(np.moveaxis(rows.places, 0, value.axis))


def row_node(value: Traced, place: int) -> Node:
    """The node of a value that meets an axis of steps at a place, counted from the end: its own axis there is gone."""
    if value.steps or value.ndim < -place:
        return value.node
    row = value.places.shape
    return value.graph.reshape(value.node, row[:place] + row[len(row) + place + 1 :])


def as_steps(value: Traced, steps: Steps, place: int) -> Traced:
    """A plain array that meets an axis of steps: if it has an entry for every row, these as its rows."""
    if value.ndim < -place or value.shape[place] == 1:
        return value
    if value.shape[place] != steps.length:
        raise ValueError(
            f"operands could not be broadcast together: {steps.length} rows of a loop, "
            f"and an array of shape {value.shape}"
        )
    rows = value.seen(np.moveaxis(value.places, place, 0))
    node = value.graph.node("head", rows.node, extra=(steps,))
    return Traced(value.graph, node, axis=value.ndim + place, boolean=value.boolean)
