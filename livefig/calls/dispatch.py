"""Everything that NumPy calls on traced arrays: ufuncs, methods, and the functions that are in no other file.

`moves.py` has the functions that only move elements around, `folds.py` sums and means, `sorting.py` sorting,
`statistics.py` quantiles, histograms and what passes over NaN, `products.py` those of matrices, `algebra.py` systems of
equations and Einstein's sums, `polynomials.py` polynomials, `curves.py` differences, interpolation and convolution,
`complexes.py` complex numbers and Fourier transforms.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.calls import algebra, complexes, curves, polynomials, products, sorting, statistics  # noqa: F401  they register their functions
from livefig.calls.elementwise import COMPOSED, elementwise, operation
from livefig.calls.folds import FIRST, accumulate, reduce
from livefig.calls.moves import reshape
from livefig.record.graph import Graph
from livefig.record.ops import ELEMENTWISE, RENAMED
from livefig.record.refuse import Refusal, refuse, refuse_question
from livefig.record.registry import FUNCTIONS, METHODS, OF_COMPLEX, OF_SCIPY, UFUNCS, given, implements, refuse_options
from livefig.record.shapes import Shape
from livefig.record.traced import Traced, dense, lift


def called(graph: Graph, ufunc: np.ufunc, inputs: tuple[Any, ...], kw: dict[str, Any]) -> Any:
    """ufunc(x, …)"""
    if kw:
        raise _unknown(ufunc, f" with {', '.join(kw)}=")
    return products.matmul(graph, *inputs) if ufunc is np.matmul else operation(graph, ufunc.__name__, inputs)


def outer(graph: Graph, ufunc: np.ufunc, inputs: tuple[Any, ...], kw: dict[str, Any]) -> Any:
    """ufunc.outer(x, y)"""
    if kw:
        raise _unknown(ufunc, ".outer")
    a, b = (lift(graph, v) for v in inputs)
    return operation(graph, ufunc.__name__, (a[(..., *[None] * b.ndim)], b))


def reduced(graph: Graph, ufunc: np.ufunc, inputs: tuple[Any, ...], kw: dict[str, Any]) -> Any:
    """ufunc.reduce(x, …)"""
    if ufunc.__name__ not in FIRST or set(kw) - {"axis", "keepdims", "initial"}:
        raise _unknown(ufunc, ".reduce")
    return reduce(lift(graph, inputs[0]), ufunc.__name__, *inputs[1:], **{"axis": 0, **kw})


def accumulated(graph: Graph, ufunc: np.ufunc, inputs: tuple[Any, ...], kw: dict[str, Any]) -> Any:
    """ufunc.accumulate(x, …)"""
    if ufunc.__name__ not in FIRST or set(kw) - {"axis"}:
        raise _unknown(ufunc, ".accumulate")
    return accumulate(lift(graph, inputs[0]), ufunc.__name__, *inputs[1:], **kw)


def _unknown(ufunc: np.ufunc, how: str) -> Refusal:
    return refuse(f"np.{ufunc.__name__}{how}", "Write it with np.sum, np.prod, np.max, np.min or np.where.")


UFUNCS |= {"__call__": called, "outer": outer, "reduce": reduced, "accumulate": accumulated}


@implements(np.where)
def where(graph: Graph, condition: Any, *choices: Any) -> Traced:
    if len(choices) != 2:
        raise refuse_question("np.where(condition) without values", "Write np.where(condition, a, b).")
    return elementwise(graph, "where", condition, *choices)


@implements(np.clip)
def clip(
    graph: Graph, x: Any, a_min: Any = None, a_max: Any = None, out: Any = None,
    *, min: Any = None, max: Any = None,
) -> Traced:  # fmt: skip
    refuse_options("np.clip", out=out)
    low, high = (b if given(b) else a for a, b in ((a_min, min), (a_max, max)))
    value = elementwise(graph, "maximum", x, low) if given(low) else lift(graph, x)
    return elementwise(graph, "minimum", value, high) if given(high) else value


@implements(np.round, np.around)
def rounded(graph: Graph, x: Any, decimals: int = 0, out: Any = None) -> Traced:
    refuse_options("np.round", out=out)
    if not decimals:
        return elementwise(graph, "rint", x)
    scale, there, back = 10.0 ** abs(decimals), "multiply", "divide"
    if decimals < 0:
        there, back = back, there
    return elementwise(graph, back, elementwise(graph, "rint", elementwise(graph, there, x, scale)), scale)


@implements(np.full_like)
def full_like(
    graph: Graph, x: Any, fill_value: Any, dtype: Any = None, order: Any = None, subok: Any = None,
    shape: Any = None,
) -> Traced:  # fmt: skip
    value, fill = lift(graph, x), dense(lift(graph, fill_value), "np.full_like")
    boolean = np.dtype(dtype).kind == "b" if given(dtype) else value.boolean
    if shape is not None or not value.steps:
        row = np.broadcast_to(fill.places, value.shape if shape is None else shape).shape
        return Traced(graph, graph.broadcast(fill.node, Shape(row)), boolean=boolean)
    full = graph.broadcast(fill.node, graph.shape[value.node])
    return Traced(graph, full, axis=value.axis, boolean=boolean)


@implements(np.copyto)
def copyto(graph: Graph, target: Any, source: Any, casting: Any = None, where: Any = True) -> None:
    if not isinstance(target, Traced):
        raise refuse_question("np.copyto into a plain array", "Write x * np.ones_like(y) for it.")
    target[...] = elementwise(graph, "where", where, source, target)


implements(np.fix)(lambda graph, x: elementwise(graph, "trunc", x))
implements(np.real)(lambda graph, x: lift(graph, x))
implements(np.cumulative_sum)(lambda graph, x, *, axis=None, **kw: np.cumsum(x, axis, **kw))
implements(np.extract)(lambda graph, condition, x: np.ravel(x)[np.flatnonzero(condition)])
implements(np.compress)(lambda graph, condition, x, axis=None: np.take(x, np.flatnonzero(condition), axis))
implements(np.zeros_like, np.empty_like)(lambda graph, x, *args, **kw: full_like(graph, x, 0.0, *args, **kw))
implements(np.ones_like)(lambda graph, x, *args, **kw: full_like(graph, x, 1.0, *args, **kw))


def astype(graph: Graph, x: Traced, dtype: Any, **kw: Any) -> Traced:
    kind = np.dtype(dtype).kind
    if kind == "b":
        return x if x.boolean else elementwise(graph, "not_equal", x, 0.0)
    if np.dtype(dtype) == np.int64 and not x.boolean:
        return elementwise(graph, "trunc", x)
    if np.dtype(dtype) != np.float64 and not (x.boolean and kind in "iu"):
        instead = f"All numbers here are floats: write {'np.trunc(x)' if kind in 'iu' else 'x'}."
        raise refuse_question(f"astype({np.dtype(dtype)})", instead)
    return Traced(graph, x.node, axis=x.axis)


SAME_AS_FUNCTIONS = (
    "sum prod mean var std max min all any cumsum cumprod argmax argmin clip dot trace copy ravel repeat "
    "swapaxes squeeze diagonal take round argsort"
)
REFUSED = ("item", "tolist")  # they want Python's numbers
METHODS |= {name: FUNCTIONS[getattr(np, name)] for name in SAME_AS_FUNCTIONS.split()} | {
    "reshape": reshape,
    "transpose": lambda graph, x, *axes: np.transpose(x, (axes[0] if len(axes) == 1 else axes) or None),
    "flatten": lambda graph, x, order="C": np.ravel(x.copy(), order),
    "astype": astype,
    "sort": lambda graph, x, axis=-1, **kw: x.__setitem__(Ellipsis, np.sort(x, axis, **kw)),
    "fill": lambda graph, x, value: x.__setitem__(Ellipsis, value),
    **dict.fromkeys(REFUSED, lambda graph, x, *index: x.__float__()),
}


def recorded() -> dict[str, list[str]]:
    """The names of all that a trace knows, by where they come from.

    >>> [len(names) > 0 for names in recorded().values()], "np.linalg.norm" in recorded()["functions"]
    ([True, True, True, True, True], True)
    """
    known = {*ELEMENTWISE, *RENAMED, *COMPOSED, "matmul"}
    return {
        "element by element": sorted(f"np.{name}" for name in known if isinstance(getattr(np, name, None), np.ufunc)),
        "functions": sorted({_full_name(function) for function in FUNCTIONS}),
        "complex numbers": sorted(map(_full_name, OF_COMPLEX)),
        "methods of arrays": sorted(f".{name}()" for name in METHODS if name not in REFUSED),
        "scipy.special": sorted(f"scipy.special.{name}" for name in OF_SCIPY),
    }


def _full_name(function: Any) -> str:
    name = function.__name__
    places = {"np.linalg": np.linalg, "np.fft": np.fft}
    return f"{next((p for p, module in places.items() if getattr(module, name, None) is function), 'np')}.{name}"
