"""Loops that stay loops when they are traced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from livefig.record.bounds import least_steps, most_steps
from livefig.record.graph import Graph, Loop, Node
from livefig.record.objects import regular
from livefig.record.refuse import moving, refuse
from livefig.record.traced import Traced, dense, lift

_tracing: ContextVar[Graph | None] = ContextVar("tracing", default=None)
_steps_left: ContextVar[list[int] | None] = ContextVar("steps_left", default=None)


class TooManySteps(Exception):
    """A loop was not run: it would take more steps than are left. `share`: how much of what was asked is allowed."""

    def __init__(self, share: float):
        super().__init__(share)
        self.share = share


@contextmanager
def at_most(steps: int) -> Iterator[None]:
    """While this lasts, loops that are run take so many steps together; the first that would take more raises."""
    token = _steps_left.set([steps, steps])
    try:
        yield
    finally:
        _steps_left.reset(token)


def active_graph() -> Graph | None:
    """The graph that is being recorded, if one is."""
    return _tracing.get()


@contextmanager
def recording(graph: Graph | None) -> Iterator[None]:
    """While this lasts, loops are recorded in `graph` (None: they are run)."""
    token = _tracing.set(graph)
    try:
        yield
    finally:
        _tracing.reset(token)


def iterate(step: Callable[..., Any], start: Any, n: Any, data: Any = None) -> Any:
    """All states of a repeated step: start, step(start), step(step(start)), …

    step : called as step(state), or step(state, row) when `data` is given; returns the next state, shaped
        like `start`. It gets copies, so it may change them.
    start : array_like of any shape, or a tuple of such arrays. Integers become floats.
    n : number of steps, a whole number ≥ 0.
    data : array_like with at least n rows, or a tuple of such arrays; step i gets row i.
    Returns an array of shape (n + 1, *start.shape), start first; a tuple of them if `start` is a tuple.
    Raises TypeError or ValueError naming the argument.

    Traced, the loop is one node of the tape, however large n is.

    >>> iterate(lambda x: x / 2, 8.0, 3)
    array([8., 4., 2., 1.])
    """
    if not callable(step):
        raise TypeError(f"step must be a function of the state, not {step!r}")
    several = isinstance(start, tuple)
    parts = [numbers("start", part) for part in (start if several else (start,))]
    if not parts:
        raise ValueError("start must hold at least one array, not ()")
    together = data if isinstance(data, tuple) else (data,)
    columns = None if data is None else [_rows("data", column) for column in together]
    n = _whole("n", n)

    def call(state: list[Any], row: list[Any] | None) -> list[Any]:
        arguments = [tuple(state) if several else state[0]]
        if row is not None:
            arguments.append(tuple(row) if isinstance(data, tuple) else row[0])
        result = step(*arguments)
        if several and (not isinstance(result, (tuple, list)) or len(result) != len(state)):
            raise ValueError(f"step must return {len(state)} arrays, as start has, not {result!r}")
        found = [numbers("what step returns", r) for r in (result if several else (result,))]
        for value, begin in zip(found, parts, strict=True):
            if np.shape(value) != np.shape(begin):
                shapes = f"shape {np.shape(begin)}, as start has, not {np.shape(value)}"
                raise ValueError(f"step must return {shapes}")
        return found

    graph = _tracing.get()
    states = None if graph is None else _record(graph, call, parts, n, columns)
    if states is None:
        with recording(None):
            states = _run(call, [_plain(p) for p in parts], n, columns and [_plain(c) for c in columns])
    return tuple(states) if several else states[0]


def numbers(name: str, value: Any) -> Any:
    """An array of real numbers as floats, or a traced one; TypeError or ValueError for anything else."""
    if isinstance(value, Traced):
        return value
    found = regular(name, value)
    if isinstance(found, Traced):
        return found
    if found.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, not {value!r}")
    return found.astype(float)


def _rows(name: str, value: Any) -> Any:
    """An array that is handed out row by row; its integers stay integers."""
    found = numbers(name, value)
    if not np.ndim(found):
        raise ValueError(f"{name} must have rows, one for each step, not {value!r}")
    return found if isinstance(found, Traced) else np.asarray(value)


def _whole(name: str, value: Any) -> Any:
    """A number of steps: an integer ≥ 0, or a traced number."""
    value = _plain(value)
    if isinstance(value, Traced):
        if value.ndim:
            raise TypeError(f"{name} must be a whole number of steps, not an array of shape {value.shape}")
        return value
    if isinstance(value, (float, np.ndarray)) and not np.ndim(value) and value == np.rint(value):
        value = int(value)  # what np.trunc gives, or a constant of the trace
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number of steps, not {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be at least 0, not {value}")
    return int(value)


def _plain(value: Any) -> Any:
    """A traced array of constants as an ordinary one; any other value as it is."""
    if not isinstance(value, Traced) or not value.fixed:
        return value
    found = value.graph.values.get(dense(value, "").node)
    return value if found is None else found.astype(bool if value.boolean else float)


def _run(call: Callable[..., list[Any]], parts: list[Any], n: int, columns: list[Any] | None) -> list[Any]:
    _check_rows(columns, n)
    if (left := _steps_left.get()) is not None:
        left[0] -= n
        if left[0] < 0:
            raise TooManySteps(left[1] / (left[1] - left[0]))
    history = [np.empty((n + 1, *p.shape)) for p in parts]
    for states, begin in zip(history, parts, strict=True):
        states[0] = begin
    for i in range(n):
        now = [states[i].copy() for states in history]
        following = call(now, None if columns is None else [c[i].copy() for c in columns])
        for states, value in zip(history, following, strict=True):
            states[i + 1] = _plain(value)
    return history


def _check_rows(columns: list[Any] | None, n: int) -> None:
    for column in columns or ():
        if len(column) < n:
            raise ValueError(f"data must have a row for each of the {n} steps, not {len(column)} rows")


def _record(
    graph: Graph, call: Callable[..., list[Any]], parts: list[Any], n: Any, columns: list[Any] | None
) -> list[Traced] | None:
    """The loop as one node of the graph. None if nothing in it depends on an input: then it is just run."""
    count = lift(graph, n).node
    most = most_steps(graph, count)
    if most < 0:
        if moving() == "a slider":
            instead = "Give n as a slider of whole numbers, or a sum of such."
        else:
            instead = "Give a plain number of steps, or to trace an example with bounds: Between(value, low, high)."
        raise refuse("a number of steps that nothing bounds", instead)
    _check_rows(columns, most)

    if least_steps(graph, count) < 0:
        count = graph.node("maximum", count, graph.constant(0.0))  # a − b may fall below 0: no step
    starts = [dense(lift(graph, p), "the start of a loop").node for p in parts]
    data = None if columns is None else [_data(lift(graph, column)) for column in columns]
    body = graph.new_scope(graph.active, most)
    loop = Loop(graph.active, body, graph.steps(count, most), graph.leaf("k", body), starts, [])
    loop.state = [graph.leaf("state", body, graph.shape[node]) for node in starts]
    row = None if data is None else [_row(column, loop.k) for column in data]

    outside, graph.active = graph.active, body
    try:
        following = call([Traced(graph, leaf) for leaf in loop.state], row)
    finally:
        graph.active = outside
    after = [dense(lift(graph, f), "the next state of a loop").node for f in following]
    if not all(graph.encloses(graph.scope[node], outside) for node in (*starts, count)) or not all(
        graph.encloses(graph.scope[node], body) for node in after
    ):
        raise refuse("a loop over values from inside another loop", "Give them to the step as state or data.")
    if not graph.varies([count, *starts, *after], body):
        return None
    number = graph.close(loop, after)
    if most == 0:
        return [Traced(graph, s)[None] for s in starts]
    return [Traced(graph, graph.state("history", number, i)) for i in range(len(starts))]


def _data(values: Traced) -> Traced:
    """The data of a loop, whose rows come first."""
    return values if values.steps and values.axis == 0 else dense(values, "data")


def _row(values: Traced, k: Node) -> Traced:
    """The row of the data that step k gets."""
    return Traced(values.graph, values.graph.node("rows", values.node, k), boolean=values.boolean)


def first(mask: Any) -> Any:
    """The index of the first true entry of a one-dimensional array; None if there is none.

    Traced, it is a number of the tape, and NaN if there is none.

    >>> first(np.array([False, True, True])), first(np.array([False]))
    (1, None)
    """
    if not isinstance(mask, Traced):
        found = np.flatnonzero(mask)
        return int(found[0]) if found.size else None
    length = Traced(mask.graph, mask.steps.n) + 1 if mask.steps else len(mask)

    def look(state: Any, now: Any) -> Any:
        k, found = state
        return k + 1, np.where(np.isnan(found) & now, k, found)

    with recording(mask.graph):
        return iterate(look, (0.0, np.nan), length, mask)[1][-1]
