"""Quantiles, histograms, covariances, and sums that pass over NaN."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise, length
from livefig.calls.folds import normalized
from livefig.calls.sorting import lines_of
from livefig.record.graph import Graph
from livefig.record.refuse import refuse
from livefig.record.registry import given, implements, refuse_dtype, refuse_options
from livefig.record.traced import Traced, dense, lift


@implements(np.quantile)
def quantile(
    graph: Graph, a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False,
    method: str = "linear", keepdims: Any = False, **kw: Any,
) -> Any:  # fmt: skip
    refuse_options("np.quantile", out=out, **kw)
    if method != "linear":
        raise refuse(f"np.quantile with method={method!r}", "Leave method out.")
    value = lift(graph, a)
    axes = normalized(axis, value.ndim)
    entries: Any = np.sort(lines_of(value, axes, "np.quantile"), axis=-1)
    count = entries.shape[-1]
    if entries.ndim == 1:
        places = np.multiply(q, count - 1.0)
        found: Any = np.interp(places, np.arange(float(count)), entries)
    elif isinstance(q, Traced):
        raise refuse("np.quantile of several rows, of a share that moves", "Take the rows one by one.")
    else:
        place = np.asarray(q, dtype=float) * (count - 1)
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, count - 1)
        rows = np.moveaxis(entries, -1, 0)
        share = (place - low).reshape(*place.shape, *[1] * (rows.ndim - 1))
        found = rows[low] + (rows[high] - rows[low]) * share
    found = np.where(np.isnan(entries[..., -1]), np.nan, found)
    return np.expand_dims(found, tuple(np.ndim(q) + a for a in axes)) if given(keepdims) and keepdims else found


@implements(np.percentile)
def percentile(graph: Graph, a: Any, q: Any, *args: Any, **kw: Any) -> Any:
    return quantile(graph, a, q / 100.0 if isinstance(q, Traced) else np.true_divide(q, 100.0), *args, **kw)


@implements(np.digitize)
def digitize(graph: Graph, x: Any, bins: Any, right: bool = False) -> Any:
    """How many of the edges, which grow, are not above each number."""
    value, edges = lift(graph, x), dense(lift(graph, bins), "np.digitize")
    grow = isinstance(bins, Traced) or (np.diff(bins) > 0).all()
    if right or isinstance(bins, Traced) or not grow:
        sign = (">" if right else ">=") if grow else ("<=" if right else "<")
        raise refuse(
            "np.digitize but with fixed bins that grow, right=False",
            f"Write np.sum(np.expand_dims(x, -1) {sign} bins, axis=-1).",
        )
    return Traced(graph, graph.node("searchsorted", edges.node, value.node), axis=value.axis)


@implements(np.histogram)
def histogram(
    graph: Graph, a: Any, bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None
) -> tuple[Any, Any]:
    refuse_options("np.histogram", weights=weights)
    if isinstance(bins, str):
        raise refuse(f"np.histogram with bins={bins!r}", "Write their number, or their edges.")
    value = dense(lift(graph, a), "np.histogram").reshape(-1)
    edges: Any = bins
    if np.ndim(bins) == 0:
        low, high = (np.min(value), np.max(value)) if range is None else range
        apart = 0.5 * np.equal(low, high)
        edges = np.linspace(low - apart, high + apart, operator.index(bins) + 1)
    edges = lift(graph, edges)
    last = len(edges) - 1
    begun: Any = Traced(graph, graph.node("searchsorted", edges.node, value.node), axis=value.axis)
    begun = np.where(np.equal(value, edges[-1]), float(last), begun)
    counts = np.sum(1.0 * np.equal(begun[:, None], np.arange(1.0, last + 1)), axis=0)
    return (counts / np.diff(edges) / np.sum(counts) if density else counts), edges


@implements(np.cov)
def cov(
    graph: Graph, m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: Any = None,
    fweights: Any = None, aweights: Any = None, *, dtype: Any = None,
) -> Any:  # fmt: skip
    refuse_options("np.cov", fweights=fweights, aweights=aweights)
    refuse_dtype("np.cov", dtype)
    rows = [np.atleast_2d(v if rowvar or np.ndim(v) < 2 else np.transpose(v)) for v in (m, y) if v is not None]
    samples = dense(lift(graph, np.concatenate([lift(graph, r) for r in rows], axis=0)), "np.cov")
    apart = samples - np.mean(samples, axis=1, keepdims=True)
    count = samples.shape[1] - ((not bias) if ddof is None else ddof)
    return np.squeeze(apart @ apart.T / count)


@implements(np.corrcoef)
def corrcoef(graph: Graph, x: Any, y: Any = None, rowvar: bool = True, *, dtype: Any = None) -> Any:
    refuse_dtype("np.corrcoef", dtype)
    found = cov(graph, x, y, rowvar)
    if found.ndim == 0:
        return found / found
    width = np.sqrt(np.diagonal(found))
    return np.clip(found / width[:, None] / width, -1.0, 1.0)


def _without_nan(graph: Graph, x: Any, instead: float) -> tuple[Traced, Traced]:
    """A value with another number in place of NaN, and where there is one."""
    value = lift(graph, x)
    missing = elementwise(graph, "isnan", value)
    return elementwise(graph, "where", missing, instead, value), missing


def _passing(function: Any, instead: float) -> Any:
    """A sum or product in which NaN does not count."""
    return lambda graph, x, *args, **kw: function(_without_nan(graph, x, instead)[0], *args, **kw)


implements(np.nansum)(_passing(np.sum, 0.0))
implements(np.nanprod)(_passing(np.prod, 1.0))
implements(np.nancumsum)(_passing(np.cumsum, 0.0))
implements(np.nancumprod)(_passing(np.cumprod, 1.0))


def _extreme(function: Any, instead: float) -> Any:
    def extreme(graph: Graph, x: Any, axis: Any = None, out: Any = None, keepdims: Any = False, **kw: Any) -> Any:
        refuse_options(f"np.nan{function.__name__}", out=out, **kw)
        value, missing = _without_nan(graph, x, instead)
        found = function(value, axis=axis, keepdims=keepdims)
        return np.where(np.all(missing, axis=axis, keepdims=keepdims), np.nan, found)

    return extreme


implements(np.nanmax)(_extreme(np.max, -np.inf))
implements(np.nanmin)(_extreme(np.min, np.inf))


@implements(np.nanmean)
def nanmean(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, **kw: Any
) -> Any:
    refuse_options("np.nanmean", out=out, **kw)
    refuse_dtype("np.nanmean", dtype)
    value, missing = _without_nan(graph, x, 0.0)
    return np.sum(value, axis=axis, keepdims=keepdims) / np.sum(1.0 - missing, axis=axis, keepdims=keepdims)


@implements(np.nanvar)
def nanvar(
    graph: Graph, x: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False,
    **kw: Any,
) -> Any:  # fmt: skip
    refuse_options("np.nanvar", out=out, **kw)
    refuse_dtype("np.nanvar", dtype)
    value, missing = _without_nan(graph, x, 0.0)
    apart = np.where(missing, 0.0, value - nanmean(graph, x, axis, keepdims=True))
    count = np.sum(1.0 - missing, axis=axis, keepdims=keepdims) - ddof
    return np.where(count > 0.0, np.sum(np.square(apart), axis=axis, keepdims=keepdims) / count, np.nan)


@implements(np.nanstd)
def nanstd(graph: Graph, x: Any, *args: Any, **kw: Any) -> Any:
    return length(np.sqrt(nanvar(graph, x, *args, **kw)))
