"""The value that stands in for an array while a function is traced.

A `Traced` array has a shape and, in each place, a node of the graph instead of a number. NumPy's own
protocols bring every ufunc and function call here; what only moves elements around is done by NumPy itself
on the array of nodes. An array of all states of a loop has a *time axis*: it is stored as the one row that
stands for all rows, so the axis has length 1 in `cells` and n + 1 in `shape`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

import numpy as np

from livefig.record.bounds import least_steps, part_of
from livefig.record.graph import Graph, Node, Rows
from livefig.record.indexing import full_index, plain_index
from livefig.record.operators import Operators
from livefig.record.places import in_rows
from livefig.record.rebuild import substitute
from livefig.record.refusals import Unanswered
from livefig.record.refuse import FAMILIAR, MissingAttribute, authors_line, moving, own, refuse, refuse_question
from livefig.record.registry import FUNCTIONS, METHODS, UFUNCS, refuse_dtype


class Traced(Unanswered, Operators):
    """An array of graph nodes that NumPy treats as an array of float64."""

    __array_priority__ = 1000.0

    def __init__(self, graph: Graph, cells: Any, rows: Rows | None = None, axis: int = 0, boolean: bool = False):
        self.graph = graph
        self.cells = np.asarray(cells, dtype=np.int64)
        self.rows = rows
        self.axis = axis % self.cells.ndim if rows else 0  # where the time axis is, if there is one
        self.boolean = boolean

    def like(self, cells: Any, axis: int | None = None, boolean: bool = False) -> Traced:
        """A value with the same time axis, if any, and other cells."""
        return Traced(self.graph, cells, self.rows, self.axis if axis is None else axis, boolean)

    # what an array knows about itself --------------------------------------------------------------
    def asked(self, caller: FrameType | None = None) -> Traced:
        """The same value, noting that the author has asked for its shape: see lengths.py."""
        if not (self.graph.asked or self.fixed or (caller and own(caller))):
            self.graph.asked = authors_line()
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        self.asked(sys._getframe(1))
        lengths = list(self.cells.shape)
        if self.rows:
            lengths[self.axis] = self.rows.length
        return tuple(lengths)

    @shape.setter
    def shape(self, new: Any) -> None:
        raise refuse("a new shape in place", "Write x = x.reshape(...).")

    @property
    def ndim(self) -> int:
        return self.cells.ndim

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
        whole = self if self.rows and self.axis else dense(self, "iterating over all rows")
        return map(whole.__getitem__, range(len(whole)))

    def __repr__(self) -> str:
        return f"<traced {self.dtype} array of shape {self.shape}>"

    # NumPy's protocols -----------------------------------------------------------------------------
    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **kw: Any) -> Any:
        if kw.pop("where", True) is not True:
            raise refuse(f"np.{ufunc.__name__} with where=", "Write np.where(condition, a, b).")
        name = f"np.{ufunc.__name__}"
        if method not in UFUNCS or (getattr(np, ufunc.__name__, None) is not ufunc):
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
        if target.rows:
            raise refuse("changing the states of a loop in place", "Write x = x + y instead of x += y.")
        target[...] = result
        return target

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if func not in FUNCTIONS:
            name = f"{func.__module__}.{func.__name__}".replace("numpy.", "np.", 1)
            raise refuse(name, f"Write it with {FAMILIAR}.")
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
        if self.rows is None:
            return Traced(self.graph, self.cells[index], boolean=self.boolean)
        full = full_index(index, self.ndim)
        if full is not None:
            place = [p for p, i in enumerate(full) if i is not None][self.axis]
            entry = full[place]
            if entry == slice(None):
                axis = sum(1 for i in full[:place] if not isinstance(i, int))
                return self.like(self.cells[full], axis=axis, boolean=self.boolean)
            if isinstance(entry, int) and (self.fixed or self._always(entry)):
                return self._row(entry)[(*full[:place], 0, *full[place + 1 :])]
            if isinstance(entry, slice) and (found := part_of(self.graph, self.rows, entry)):
                return self.at_row(*found)[(*full[:place], slice(None), *full[place + 1 :])]
        if (moved := in_rows(self, lambda places: places[index])) is not None:
            return moved  # type: ignore[no-any-return]
        return dense(self, f"the index {index!r} along the steps")[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        if self.rows:
            raise refuse("writing into the states of a loop", "Work on a copy of the row you need.")
        value = dense(lift(self.graph, value), "writing")
        if isinstance(index, Traced) and index.boolean and index.shape == self.shape and not value.ndim:
            index, value = Ellipsis, np.where(index, value, self)  # x[x < 0] = 0
        if self.boolean and not value.boolean:
            value = value != 0
        self.cells[plain_index(index, Traced)] = value.cells

    @property
    def fixed(self) -> bool:
        """Whether the number of rows is known now."""
        return self.rows is None or self.rows.n in self.graph.values

    def _always(self, number: int) -> bool:
        """Whether there is a row of this number, whatever the sliders say."""
        assert self.rows is not None
        return number in (0, -1) or least_steps(self.graph, self.rows.n) >= max(number, -1 - number)

    def _row(self, number: int) -> Traced:
        """One row, with the time axis kept at length 1."""
        assert self.rows is not None
        if not -self.rows.length <= number < self.rows.length:
            raise IndexError(f"index {number} is out of bounds for an axis of {self.rows.length} rows")
        graph, n = self.graph, self.rows.n
        if number < -1:
            return self.at_row(graph.node("subtract", n, graph.constant(-1.0 - number)))
        return self.at_row(n if number == -1 else graph.constant(float(number)))

    def at_row(self, k: Node, rows: Rows | None = None) -> Traced:
        """The values in row `k`, a node; with `rows` as a time axis whose rows are those."""
        assert self.rows is not None
        nodes = self.cells.ravel().tolist()
        found = substitute(self.graph, nodes, self.rows.k, k)
        cells = np.array([found[node] for node in nodes], dtype=np.int64).reshape(self.cells.shape)
        return Traced(self.graph, cells, rows, self.axis, self.boolean)


def lift(graph: Graph, value: Any) -> Traced:
    """A value as a traced array of this graph: numbers become constants."""
    if isinstance(value, Traced):
        if value.graph is not graph:
            raise refuse("a value of another trace", "Let each traced function use its own arguments.")
        return value
    array = np.asarray(value)
    if array.dtype == object and isinstance(array[()], Traced):  # np.array(x0)
        return lift(graph, array[()])
    if array.dtype == object and array.ndim:
        parts = [lift(graph, item) for item in array.ravel()]
        if any(p.ndim for p in parts):
            raise refuse("an object array of arrays", "Write np.stack([x0, x1]).")
        cells = np.array([p.cells for p in parts], dtype=np.int64).reshape(array.shape)
        return Traced(graph, cells, boolean=all(p.boolean for p in parts))
    if array.dtype.kind not in "biuf":
        kind = type(value).__name__ if array.dtype == object else array.dtype
        raise refuse(f"a value of type {kind}", "Use real numbers.")
    if array.dtype.kind == "f" and array.dtype != np.float64:  # a slider's number times float32 stays float32 in NumPy
        raise refuse(f"an array of {array.dtype} numbers", "Write data.astype(float) before.")
    if (rows := graph.meant(array.shape)) is not None:
        return as_row(_constants(graph, array), rows, array.shape.index(rows.length) - array.ndim)
    return _constants(graph, array)


def _constants(graph: Graph, array: np.ndarray[Any, Any]) -> Traced:
    nodes = [graph.constant(v) for v in array.astype(float).ravel().tolist()]
    return Traced(graph, np.array(nodes, dtype=np.int64).reshape(array.shape), boolean=array.dtype.kind == "b")


def dense(value: Traced, what: str) -> Traced:
    """The value without a time axis: every row written out. Only where the number of rows is fixed."""
    if value.rows is None:
        return value
    if not value.fixed:
        raise refuse(
            f"{what}, where the number of steps is itself {moving()},",
            "Keep the axis of the steps whole, or take its last row with [-1].",
        )
    rows = [value._row(i).cells for i in range(value.rows.length)]
    return Traced(value.graph, np.concatenate(rows, axis=value.axis), boolean=value.boolean)


def as_row(value: Traced, rows: Rows, place: int) -> Traced:
    """A plain array that meets a time axis: if it has an entry for every row, its entry in row k."""
    if value.ndim < -place or value.shape[place] == 1:
        return value
    if value.shape[place] != rows.length:
        raise ValueError(
            f"operands could not be broadcast together: {rows.length} rows of a loop, "
            f"and an array of shape {value.shape}"
        )
    graph = value.graph
    moved = np.moveaxis(value.cells, place, 0)
    table = graph.table(moved[0].size, moved.ravel().tolist())
    cells = np.array([graph.row(table, j, rows.k) for j in range(moved[0].size)], dtype=np.int64)
    shape = np.expand_dims(cells.reshape(moved.shape[1:]), value.ndim + place)
    return Traced(graph, shape, rows, place, value.boolean)
