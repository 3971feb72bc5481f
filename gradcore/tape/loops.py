"""Loops that stay loops when they are traced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from gradcore.tape.graph import Graph, Loop, Node
from gradcore.tape.refuse import refuse
from gradcore.tape.traced import Traced, dense, lift

_tracing: ContextVar[Graph | None] = ContextVar("tracing", default=None)


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
    n : number of steps, an integer ≥ 0.
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
    parts = start if several else (start,)
    columns = None if data is None else (data if isinstance(data, tuple) else (data,))

    def call(state: list[Any], row: list[Any] | None) -> list[Any]:
        given = (tuple(state) if several else state[0],)
        if row is not None:
            given += (tuple(row) if isinstance(data, tuple) else row[0],)
        result = step(*given)
        found = list(result) if several else [result]
        if len(found) != len(state):
            raise ValueError(f"step must return {len(state)} arrays, as start has, not {len(found)}")
        return found

    graph = _tracing.get()
    states = None if graph is None else _record(graph, call, parts, n, columns)
    if states is None:
        with recording(None):
            states = _run(call, parts, n, columns)
    return tuple(states) if several else states[0]


def _run(call: Callable[..., list[Any]], parts: tuple[Any, ...], n: Any, columns: Any) -> list[Any]:
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)):
        raise TypeError(f"n must be a whole number of steps, not {n!r}")
    if n < 0:
        raise ValueError(f"n must be at least 0, not {n}")
    rows = None if columns is None else [np.asarray(c) for c in columns]
    _check_rows(rows, int(n))
    starts = [np.asarray(p, dtype=float) for p in parts]
    history = [np.empty((n + 1, *s.shape)) for s in starts]
    for states, begin in zip(history, starts, strict=True):
        states[0] = begin
    for i in range(n):
        now = [states[i].copy() for states in history]
        following = call(now, None if rows is None else [c[i] for c in rows])
        for states, value in zip(history, following, strict=True):
            if np.shape(value) != states.shape[1:]:
                raise ValueError(f"step must return shape {states.shape[1:]}, as start has, not {np.shape(value)}")
            states[i + 1] = value
    return history


def _check_rows(columns: list[Any] | None, n: int) -> None:
    if columns is not None and min(np.shape(c)[0] if np.ndim(c) else 0 for c in columns) < n:
        raise ValueError(f"data must have a row for each of the {n} steps")


def _record(
    graph: Graph, call: Callable[..., list[Any]], parts: tuple[Any, ...], n: Any, columns: Any
) -> list[Traced] | None:
    """The loop as one node of the graph. None if nothing in it depends on an input: then it is just run."""
    steps = lift(graph, n)
    if steps.ndim:
        raise TypeError(f"n must be a whole number of steps, not an array of shape {steps.shape}")
    count: Node = steps.cells.item()
    most = graph.most(count)
    if count in graph.values:
        if graph.values[count] != most or most < 0 or isinstance(n, bool):
            return None  # the plain loop has the words for it
    elif most < 0:
        raise refuse("a number of steps that no slider bounds", "Give n as an integer slider, or a sum of such.")

    starts = [dense(lift(graph, p), "the start of a loop") for p in parts]
    body = graph.new_scope(graph.active)
    nodes = [node for s in starts for node in s.cells.ravel().tolist()]
    loop = Loop(graph.active, body, count, graph.leaf("k", body), nodes, [])
    loop.state = [graph.leaf("state", body) for _ in nodes]
    rows = None if columns is None else [_row(graph, c, loop, most) for c in columns]

    outside, graph.active = graph.active, body
    try:
        following = call(_split(graph, loop.state, starts), rows)
    finally:
        graph.active = outside
    ends = [dense(lift(graph, f), "the next state of a loop") for f in following]
    for end, begin in zip(ends, starts, strict=True):
        if end.shape != begin.shape:
            raise ValueError(f"step must return shape {begin.shape}, as start has, not {end.shape}")
    after = [node for e in ends for node in e.cells.ravel().tolist()]
    if not all(graph.encloses(graph.scope[node], outside) for node in nodes) or not all(
        graph.encloses(graph.scope[node], body) for node in after
    ):
        raise refuse("a loop over values from inside another loop", "Give them to the step as state or data.")
    if not graph.varies([count, *nodes, *after], body):
        return None
    number = graph.close(loop, after)
    if most == 0:
        return [s[None] for s in starts]
    axis = graph.rows(count, most)
    states = [graph.at(number, i, axis.k) for i in range(len(nodes))]
    return [Traced(graph, part.cells[None], axis, 0) for part in _split(graph, states, starts)]


def _split(graph: Graph, nodes: list[Node], like: list[Traced]) -> list[Traced]:
    """A flat list of nodes as arrays shaped like others."""
    ends = np.cumsum([s.size for s in like])[:-1]
    pieces = np.split(np.array(nodes, dtype=np.int64), ends)
    return [Traced(graph, piece.reshape(s.shape)) for piece, s in zip(pieces, like, strict=True)]


def _row(graph: Graph, column: Any, loop: Loop, most: int) -> Traced:
    """The row of the data that step k gets."""
    values = lift(graph, column)
    _check_rows([values], most)
    if values.rows and values.axis == 0:
        found = graph.substitute(values.cells.ravel().tolist(), values.rows.k, loop.k)
        cells = [found[c] for c in values.cells.ravel().tolist()]
    else:
        values = dense(values, "data")
        width = values.cells[0].size
        graph.tables.append((width, values.cells.ravel().tolist()))
        cells = [graph.row(len(graph.tables) - 1, j, loop.k) for j in range(width)]
    return Traced(graph, np.array(cells, dtype=np.int64).reshape(values.shape[1:]), boolean=values.boolean)


def first(mask: Any) -> Any:
    """The index of the first true entry of a one-dimensional array; None if there is none.

    Traced, it is a number of the tape, and NaN if there is none.

    >>> first(np.array([False, True, True])), first(np.array([False]))
    (1, None)
    """
    if not isinstance(mask, Traced):
        found = np.flatnonzero(mask)
        return int(found[0]) if found.size else None
    length = Traced(mask.graph, mask.rows.n) + 1 if mask.rows else len(mask)

    def look(state: Any, now: Any) -> Any:
        k, found = state
        return k + 1, np.where(np.isnan(found) & now, k, found)

    with recording(mask.graph):
        return iterate(look, (0.0, np.nan), length, mask)[1][-1]
