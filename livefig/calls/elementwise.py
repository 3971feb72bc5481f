"""Elementwise operations on traced arrays, with NumPy's broadcasting and axes of steps kept whole."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from livefig.record.graph import Graph
from livefig.record.ops import BOOLEAN, ELEMENTWISE, OF_TRUTH, RENAMED, UFUNCS
from livefig.record.refuse import FAMILIAR, refuse
from livefig.record.registry import OF_SCIPY
from livefig.record.shapes import Steps
from livefig.record.traced import Traced, as_steps, dense, lift, row_node

BITWISE = frozenset(["bitwise_and", "bitwise_or", "bitwise_xor", "invert"])
OF_TRUTH_VALUES = {"add": "logical_or", "multiply": "logical_and"}  # what NumPy does where all are booleans


def align(values: list[Traced], op: str) -> tuple[list[Traced], Steps | None, int]:
    """Values to broadcast together, their common axis of steps, and its place counted from the end (negative)."""
    places = {(v.steps, v.axis - v.ndim) for v in values if v.steps}
    if not places:
        return values, None, 0
    if len(places) > 1:
        return [dense(v, f"{op} of different steps") for v in values], None, 0
    steps, place = places.pop()
    assert steps is not None
    return [v if v.steps else as_steps(v, steps, place) for v in values], steps, place


def numpys_error(function: Callable[..., Any], *values: Traced) -> Exception:
    """What NumPy says of arrays of these shapes, which do not fit."""
    try:
        function(*(np.broadcast_to(0.0, v.shape) for v in values))
    except ValueError as error:
        return error
    raise AssertionError(f"shapes {[v.shape for v in values]} fit")


def elementwise(graph: Graph, op: str, *inputs: Any, extra: tuple[Any, ...] = ()) -> Traced:
    """One operation on every element of arrays that broadcast together."""
    values, steps, place = align([lift(graph, v) for v in inputs], f"np.{op}")
    try:
        node = graph.node(op, *(row_node(v, place) if steps else v.node for v in values), extra=extra)
    except ValueError:
        raise numpys_error(np.where if op == "where" else UFUNCS.get(op, np.broadcast), *values) from None
    boolean = op in BOOLEAN or (op == "where" and all(v.boolean for v in values[1:]))
    axis = max(v.ndim for v in values) + place if steps else 0
    return Traced(graph, node, axis=axis, boolean=boolean)


def operation(graph: Graph, name: str, inputs: tuple[Any, ...]) -> Any:
    """A NumPy ufunc by name, with those that are other operations written differently."""
    values = [lift(graph, v) for v in inputs]
    truth = all(v.boolean for v in values)
    if name in BITWISE and not truth:
        raise refuse(f"np.{name} of numbers", "Write np.logical_and(a, b) and the like, np.mod(x, 2) for odd or even.")
    if name in RENAMED:
        op, order = RENAMED[name]
        return elementwise(graph, op, *(values[i] for i in order))
    if truth and name in ELEMENTWISE and name not in OF_TRUTH:
        raise refuse(f"np.{name} of truth values", f"Write np.{name} of 1.0 * (x > 0), or np.logical_not(x > 0).")
    if name in COMPOSED:
        return COMPOSED[name](*values)
    if name in OF_SCIPY:
        return OF_SCIPY[name](*values)
    if truth and name in OF_TRUTH_VALUES:
        return elementwise(graph, OF_TRUTH_VALUES[name], *values)
    if name not in ELEMENTWISE:
        raise refuse(f"np.{name}", f"Write it with {FAMILIAR}.")
    return elementwise(graph, name, *values)


def _floor_divide(a: Any, b: Any) -> Any:
    """Python's a // b: what is left after the remainder is taken away, so that 1.0 // 0.1 is 9."""
    rest = np.fmod(a, b)
    below = np.logical_and(np.not_equal(rest, 0.0), np.not_equal(b < 0.0, rest < 0.0))
    return np.where(np.equal(b, 0.0), a / b, np.rint((a - rest) / b - 1.0 * below))


def sloped(value: Any, slopes: Any) -> Any:
    """The value of one expression with the slopes of another one, of the same function.

    Where NumPy's way to a value goes through a case or a kink that the function has not, another way has its slopes.
    """
    return elementwise(value.graph, "sloped", value, slopes)


def length(value: Any) -> Any:
    """A length, as √(x² + y²): at 0, the tip of a cone, its slope is the mean of those around it, 0."""
    return sloped(value, np.where(np.equal(value, 0.0), 0.0, value))


def _logaddexp(a: Any, b: Any) -> Any:
    larger = np.maximum(a, b)
    value = np.where(np.equal(a, b), a + math.log(2), larger + np.log1p(np.exp(-np.abs(a - b))))
    return sloped(value, larger + np.log(np.exp(a - larger) + np.exp(b - larger)))


# log(exp(z²) erfc(z) / t) for t = 2/(2 + z), z ≥ 0, as a sum of Chebyshev polynomials in 2t − 1: to the last digit.
ERFC = (
    -0.6513268598908547, 0.6419697923564903, 0.019476473204185836, -0.009561514786808632, -0.0009465953444820369,
    0.00036683949785276145, 4.252332480690777e-05, -2.0278578112534243e-05, -1.6242900046470255e-06,
    1.3036558355805232e-06, 1.5626441722066143e-08, -8.523809591492654e-08, 6.529054439098851e-09,
    5.059343495551469e-09, -9.913641564930331e-10, -2.2736512229318359e-10, 9.646791102015526e-11,
    2.3940380830391147e-12, -6.8860275264975534e-12, 8.944879273090726e-13, 3.13092139934296e-13,
    -1.1270822361367252e-13, 3.810905255189232e-16, 7.106097613609237e-15, -1.5230282014571043e-15,
    -9.457494571291234e-17, 1.210237189224279e-16, -2.816663087747677e-17,
)  # fmt: skip


def _erfc(x: Any) -> Any:
    """1 − erf(x). (Schonfelder 1978; the sum by Clenshaw 1955)"""
    z = np.abs(x)
    t = 2.0 / (2.0 + z)
    y, last, before = 4.0 * t - 2.0, 0.0, 0.0
    for coefficient in ERFC[:0:-1]:
        last, before = y * last - before + coefficient, last
    far = t * np.exp((0.5 * y * last - before + ERFC[0]) - z * z)
    return np.where(x < 0.0, 2.0 - far, far)


def _erf(x: Any) -> Any:
    """The area under the bell from −x to x; near 0 by its series, which has all digits there."""
    s = x * x
    near = 0.0
    for k in range(6, -1, -1):
        near = (-1) ** k / (math.factorial(k) * (2 * k + 1)) + s * near
    return np.where(np.abs(x) < 0.1, 2 / math.sqrt(math.pi) * x * near, 1.0 - _erfc(x))


# NumPy ufuncs that are made of several operations.
COMPOSED: dict[str, Callable[..., Any]] = {
    "positive": lambda a: a.copy(),
    "floor_divide": _floor_divide,
    "divmod": lambda a, b: (_floor_divide(a, b), np.remainder(a, b)),
    "logaddexp": _logaddexp,
    "heaviside": lambda a, b: np.where(np.equal(a, 0.0), b, np.where(np.isnan(a), a, a > 0.0)),
    "isinf": lambda a: np.equal(np.abs(a), np.inf),
    "deg2rad": lambda a: a * (math.pi / 180),
    "radians": lambda a: a * (math.pi / 180),
    "rad2deg": lambda a: a * (180 / math.pi),
    "degrees": lambda a: a * (180 / math.pi),
}
OF_SCIPY |= {
    "erf": _erf,
    "erfc": _erfc,
    "ndtr": lambda a: 0.5 * _erfc(a * -math.sqrt(0.5)),
    "expit": lambda a: sloped(1.0 / (1.0 + np.exp(-a)), 0.5 + 0.5 * np.tanh(0.5 * a)),
    "logit": lambda a: np.log(a / (1.0 - a)),
    "log_expit": lambda a: -_logaddexp(0.0 * a, -a),
    "xlogy": lambda a, b: np.where(np.logical_and(np.equal(a, 0.0), ~np.isnan(b)), 0.0, a * np.log(b)),
    "entr": lambda a: np.where(np.equal(a, 0.0), 0.0, np.where(a < 0.0, -np.inf, -a * np.log(a))),
}
