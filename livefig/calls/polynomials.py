"""Polynomials by their coefficients, the highest power first."""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.calls.elementwise import elementwise
from livefig.record.graph import Graph
from livefig.record.refuse import moving, refuse
from livefig.record.registry import implements, refuse_options
from livefig.record.traced import Traced, lift


@implements(np.polyval)
def polyval(graph: Graph, p: Any, x: Any) -> Traced:
    total = elementwise(graph, "multiply", 0.0, x)
    for coefficient in lift(graph, p):
        total = elementwise(graph, "add", elementwise(graph, "multiply", total, x), coefficient)
    return total


@implements(np.vander)
def vander(graph: Graph, x: Any, N: Any = None, increasing: bool = False) -> Any:
    value = lift(graph, x)
    powers = [value**k for k in range(len(value) if N is None else N)]
    return np.stack(powers if increasing else powers[::-1], axis=-1)


@implements(np.polyfit)
def polyfit(
    graph: Graph, x: Any, y: Any, deg: Any, rcond: Any = None, full: Any = None, w: Any = None, cov: Any = None
) -> Any:
    """The coefficients are a matrix, which depends on x alone, times y."""
    refuse_options("np.polyfit", full=full or None, cov=cov or None)
    if isinstance(deg, int) and deg == 1 and w is None and isinstance(x, Traced):
        y = lift(graph, y)
        away, (middle, level) = x - np.mean(x), (np.mean(x), np.mean(y, axis=0))
        slope = away @ y / np.sum(away * away)
        return np.stack([slope, level - slope * middle])
    if any(isinstance(v, Traced) for v in (x, w, deg)):
        instead = "Write V = np.vander(x, deg + 1), and np.linalg.solve(V.T @ V, V.T @ y)."
        raise refuse(f"np.polyfit where other than y depends on {moving()}", instead)
    return np.polyfit(x, np.eye(len(x)), deg, rcond, w=w) @ lift(graph, y)


@implements(np.polyder)
def polyder(graph: Graph, p: Any, m: int = 1) -> Traced:
    value = lift(graph, p)
    for _ in range(m):
        value = value[:-1] * np.arange(len(value) - 1.0, 0.0, -1.0)
    return value


@implements(np.polyint)
def polyint(graph: Graph, p: Any, m: int = 1, k: Any = None) -> Any:
    value = lift(graph, p)
    for constant in np.zeros(m) if k is None else np.atleast_1d(k):
        value = np.append(value / np.arange(float(len(value)), 0.0, -1.0), constant)  # type: ignore[assignment]
    return value


@implements(np.polyadd)
def polyadd(graph: Graph, a: Any, b: Any) -> Any:
    left, right = lift(graph, a), lift(graph, b)
    count = max(len(left), len(right))
    return np.pad(left, (count - len(left), 0)) + np.pad(right, (count - len(right), 0))


@implements(np.polysub)
def polysub(graph: Graph, a: Any, b: Any) -> Any:
    return polyadd(graph, a, -lift(graph, b))


@implements(np.polymul)
def polymul(graph: Graph, a: Any, b: Any) -> Any:
    left, right = (v if isinstance(v, Traced) else np.trim_zeros(np.atleast_1d(v), "f") for v in (a, b))
    return np.convolve(left, right)
