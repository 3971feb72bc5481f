"""Where NumPy's calls on traced arrays arrive, and the functions that are made of other operations.

`moves.py` has the functions that only move elements around. What is in neither is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcore.tape.elementwise import FIRST, accumulate, elementwise, operation, reduce
from gradcore.tape.graph import Graph
from gradcore.tape.moves import MOVES, concatenate, reshape, transpose
from gradcore.tape.refuse import refuse
from gradcore.tape.traced import Traced, lift

Rule = Callable[..., Any]
RULES: dict[Rule, Rule] = dict(MOVES)


def apply_ufunc(graph: Graph, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], kw: dict[str, Any]) -> Any:
    """What NumPy calls for ufunc(x), ufunc.reduce(x), ufunc.outer(x, y), …"""
    if ufunc is np.matmul:
        return matmul(graph, *inputs)
    if method == "__call__":
        return operation(graph, ufunc.__name__, inputs)
    if method == "outer":
        a, b = (lift(graph, v) for v in inputs)
        return operation(graph, ufunc.__name__, (a[(..., *[None] * b.ndim)], b))
    if ufunc.__name__ in FIRST and method in ("reduce", "accumulate"):
        fold = reduce if method == "reduce" else accumulate
        return fold(lift(graph, inputs[0]), ufunc.__name__, **{"axis": 0, **kw})
    raise refuse(f"np.{ufunc.__name__}.{method}", "Write it with np.sum, np.prod, np.max or np.min.")


def apply_function(graph: Graph, func: Rule, args: Any, kwargs: Any) -> Any:
    """What NumPy calls for every other function."""
    if func not in RULES:
        raise refuse(f"np.{func.__name__}", "Write it with the operations listed in gradcore/tape/ops.py.")
    return RULES[func](graph, *args, **kwargs)


def call_method(value: Traced, name: str, args: Any, kwargs: Any) -> Any:
    """x.sum() is np.sum(x)."""
    return METHODS[name](value.graph, value, *args, **kwargs)


def rule(*functions: Rule) -> Callable[[Rule], Rule]:
    """Register a rule, called as rule(graph, *args, **kw), for NumPy functions."""

    def register(implementation: Rule) -> Rule:
        RULES.update(dict.fromkeys(functions, implementation))
        return implementation

    return register


def count(x: Traced, axis: Any) -> int:
    """How many elements a reduction over `axis` takes together."""
    return int(np.prod([x.shape[a] for a in (range(x.ndim) if axis is None else np.atleast_1d(axis))]))


def _fold(op: str) -> Rule:
    def folded(graph: Graph, x: Any, axis: Any = None, keepdims: Any = False, initial: Any = None, **kw: Any) -> Traced:
        if kw.pop("where", True) is not True or kw.pop("out", None) is not None:
            raise refuse(f"np.{op}.reduce with where= or out=", "Write np.sum(np.where(condition, x, 0)).")
        keepdims = keepdims is True
        return reduce(lift(graph, x), op, axis, keepdims, None if _is_absent(initial) else initial)

    return folded


def _is_absent(value: Any) -> bool:
    return value is None or value is np._NoValue  # type: ignore[attr-defined]


sum_ = rule(np.sum)(_fold("add"))
rule(np.prod)(_fold("multiply"))
max_ = rule(np.max, np.amax)(_fold("maximum"))
rule(np.min, np.amin)(_fold("minimum"))
rule(np.all)(_fold("logical_and"))
rule(np.any)(_fold("logical_or"))


@rule(np.mean)
def mean(graph: Graph, x: Any, axis: Any = None, keepdims: Any = False, **kw: Any) -> Traced:
    x = lift(graph, x)
    return elementwise(graph, "divide", sum_(graph, x, axis, keepdims), float(count(x, axis)))


@rule(np.var)
def var(graph: Graph, x: Any, axis: Any = None, ddof: int = 0, keepdims: Any = False, **kw: Any) -> Traced:
    x = lift(graph, x)
    deviation = np.subtract(x, mean(graph, x, axis, True))
    return elementwise(graph, "divide", sum_(graph, np.square(deviation), axis, keepdims), float(count(x, axis) - ddof))


@rule(np.std)
def std(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
    return elementwise(graph, "sqrt", var(graph, x, *args, **kw))


@rule(np.cumsum)
def cumsum(graph: Graph, x: Any, axis: int | None = None, **kw: Any) -> Traced:
    x = lift(graph, x)
    return accumulate(x if axis is not None else reshape(graph, x, -1), "add", axis or 0)


@rule(np.where)
def where(graph: Graph, condition: Any, a: Any, b: Any) -> Traced:
    return elementwise(graph, "where", condition, a, b)


@rule(np.clip)
def clip(graph: Graph, x: Any, a_min: Any = None, a_max: Any = None, **kw: Any) -> Traced:
    a_min, a_max = kw.get("min", a_min), kw.get("max", a_max)
    x = lift(graph, x)
    x = x if a_min is None else elementwise(graph, "maximum", x, a_min)
    return x if a_max is None else elementwise(graph, "minimum", x, a_max)


def matmul(graph: Graph, a: Any, b: Any, **kw: Any) -> Traced:
    """a @ b, by NumPy's rules for the last two axes."""
    a, b = lift(graph, a), lift(graph, b)
    if not a.ndim or not b.ndim:
        raise ValueError("matmul: a number has no axis to multiply along")
    if a.shape[-1] != b.shape[-2 if b.ndim > 1 else 0]:
        raise ValueError(f"matmul: shapes {a.shape} and {b.shape} do not fit")
    if b.ndim == 1:
        return sum_(graph, elementwise(graph, "multiply", a, b), -1)
    right = b[None] if a.ndim == 1 else b[..., None, :, :]
    product = elementwise(graph, "multiply", a[..., :, None], right if a.ndim > 1 else b)
    return sum_(graph, product, -2)


rule(np.matmul)(matmul)


@rule(np.dot)
def dot(graph: Graph, a: Any, b: Any, **kw: Any) -> Traced:
    a, b = lift(graph, a), lift(graph, b)
    if not a.ndim or not b.ndim:
        return elementwise(graph, "multiply", a, b)
    if b.ndim <= 2:
        return matmul(graph, a, b)
    raise refuse("np.dot of an array of more than two axes", "Write a @ b or np.sum(a * b, axis=...).")


@rule(np.inner, np.vdot)
def inner(graph: Graph, a: Any, b: Any) -> Traced:
    return sum_(graph, elementwise(graph, "multiply", a, b), -1 if lift(graph, a).ndim else None)


@rule(np.outer)
def outer(graph: Graph, a: Any, b: Any, **kw: Any) -> Traced:
    a, b = (reshape(graph, lift(graph, v), -1) for v in (a, b))
    return elementwise(graph, "multiply", a[:, None], b)


@rule(np.trace)
def trace_of(graph: Graph, x: Any, **kw: Any) -> Traced:
    return sum_(graph, RULES[np.diag](graph, x))


@rule(np.linalg.norm)
def norm(graph: Graph, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Traced:
    if ord not in (None, 2) or (ord == 2 and axis is None and lift(graph, x).ndim > 1):
        raise refuse(f"np.linalg.norm with ord={ord!r}", "Write it with np.abs, np.sum and np.max.")
    return elementwise(graph, "sqrt", sum_(graph, elementwise(graph, "square", x), axis, keepdims))


@rule(np.polyval)
def polyval(graph: Graph, p: Any, x: Any) -> Traced:
    total = elementwise(graph, "multiply", 0.0, x)
    for coefficient in lift(graph, p):
        total = elementwise(graph, "add", elementwise(graph, "multiply", total, x), coefficient)
    return total


@rule(np.linspace)
def linspace(graph: Graph, start: Any, stop: Any, num: int = 50, endpoint: bool = True, **kw: Any) -> Traced:
    if kw:
        raise refuse(f"np.linspace with {', '.join(kw)}", "Write start + (stop - start) * np.linspace(0, 1, num).")
    start, stop = lift(graph, start), lift(graph, stop)
    intervals = (num - 1) if endpoint else num
    step = elementwise(graph, "divide", elementwise(graph, "subtract", stop, start), float(max(intervals, 1)))
    k = np.arange(float(num)).reshape(-1, *[1] * max(start.ndim, stop.ndim))
    points = elementwise(graph, "add", elementwise(graph, "multiply", k, step), start)
    if endpoint and num > 1:
        points = concatenate(graph, [points[:-1], np.broadcast_to(stop, points[-1:].shape)], 0)
    return points


@rule(np.argmax, np.argmin)
def argmax(graph: Graph, x: Any, *args: Any, **kw: Any) -> Traced:
    raise refuse("np.argmax or np.argmin", "Write np.max or np.min, or compare with np.where.")


RULES[np.zeros_like] = lambda graph, x, **kw: full_like(graph, x, 0.0, **kw)
RULES[np.ones_like] = lambda graph, x, **kw: full_like(graph, x, 1.0, **kw)
RULES[np.empty_like] = RULES[np.zeros_like]


@rule(np.full_like)
def full_like(graph: Graph, x: Any, fill_value: Any, shape: Any = None, **kw: Any) -> Traced:
    x = lift(graph, x)
    fill = lift(graph, fill_value).cells
    if shape is not None:
        return Traced(graph, np.broadcast_to(fill, shape).copy())
    return x.like(np.broadcast_to(fill, x.cells.shape).copy())


METHODS: dict[str, Rule] = {
    name: RULES[getattr(np, name)]
    for name in "sum prod mean var std max min all any cumsum clip dot trace copy ravel repeat swapaxes squeeze".split()
} | {
    "reshape": reshape,
    "transpose": lambda graph, x, *axes: transpose(graph, x, (axes[0] if len(axes) == 1 else axes) or None),
    "flatten": RULES[np.ravel],
    "astype": lambda graph, x, dtype, **kw: _astype(x, dtype),
    "item": lambda graph, x, *index: x.__float__(),
    "tolist": lambda graph, x: x.__float__(),
}


def _astype(x: Traced, dtype: Any) -> Traced:
    if np.dtype(dtype).kind != "f":
        raise refuse(f"astype({np.dtype(dtype)})", "Write np.floor(x) or np.rint(x).")
    return x.like(x.cells.copy())
