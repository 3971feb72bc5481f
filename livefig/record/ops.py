"""The operations a tape may hold: their NumPy names, as in the JSON. `ops.js` has those on numbers for the page.

Every operation takes and returns doubles; a truth value is 1.0 or 0.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

UNARY = (
    "negative absolute sign square sqrt cbrt reciprocal exp exp2 expm1 log log2 log10 log1p "
    "sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh "
    "floor ceil trunc rint isfinite isnan logical_not"
).split()
BINARY = (
    "add subtract multiply divide power remainder fmod hypot arctan2 maximum minimum fmax fmin "
    "less less_equal equal not_equal logical_and logical_or logical_xor"
).split()

# Other operations, with what follows their name on a tape: v values, s a shape, l a length, f a formula, a plain
# numbers, + their number and so many values. FORMAT.md says what they do.
STRUCTURAL = {
    "reshape": "vs", "broadcast": "vs", "take": "vv", "put": "vvs", "rows": "vv", "put_rows": "vvs", "join": "+",
    "matmul": "vv", "add.reduce": "va", "maximum.reduce": "va", "minimum.reduce": "va", "add.accumulate": "va",
    "argmax": "va", "argmin": "va", "sort": "va", "argsort": "va", "searchsorted": "vv", "steps": "l", "head": "vl",
    "call": "+f", "leaf": "", "loop": "a", "history": "aa",
}  # fmt: skip
SIGNATURES = dict.fromkeys(UNARY, "v") | dict.fromkeys(BINARY, "vv") | {"where": "vvv"} | STRUCTURAL

UFUNCS: dict[str, Callable[..., Any]] = {name: getattr(np, name) for name in UNARY + BINARY}
ELEMENTWISE = frozenset([*UNARY, *BINARY, "where"])
BOOLEAN = frozenset(
    "isfinite isnan logical_not less less_equal equal not_equal logical_and logical_or logical_xor".split()
)

# What NumPy makes of truth values alone without leaving 64-bit floats: the rest gives float16, or is an error.
OF_TRUTH = BOOLEAN | frozenset(
    "add multiply divide power absolute sqrt cbrt square floor ceil trunc rint maximum minimum fmax fmin where".split()
)

# NumPy ufuncs that are another operation written differently: (operation, order of the arguments).
RENAMED: dict[str, tuple[str, tuple[int, ...]]] = {
    "greater": ("less", (1, 0)),
    "greater_equal": ("less_equal", (1, 0)),
    "true_divide": ("divide", (0, 1)),
    "float_power": ("power", (0, 1)),
    "mod": ("remainder", (0, 1)),
    "fabs": ("absolute", (0,)),
    "bitwise_and": ("logical_and", (0, 1)),
    "bitwise_or": ("logical_or", (0, 1)),
    "bitwise_xor": ("logical_xor", (0, 1)),
    "invert": ("logical_not", (0,)),
}


def where(condition: Any, a: Any, b: Any) -> Any:
    """`a` where `condition` is not zero, else `b`."""
    return np.where(condition, a, b)


def evaluate(op: str, *args: float) -> float:
    """The value of an elementwise operation on numbers, computed by NumPy: IEEE infinities, no exception.

    >>> evaluate("divide", 1.0, 0.0)
    inf
    """
    with np.errstate(all="ignore"):
        return float((where if op == "where" else UFUNCS[op])(*map(np.float64, args)))


def simplified_power(exponent: float) -> str | None:
    """The cheaper operation that NumPy itself uses for x**exponent on arrays, if there is one.

    >>> simplified_power(2.0), simplified_power(3.0)
    ('square', None)
    """
    return {2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}.get(exponent) if math.isfinite(exponent) else None
