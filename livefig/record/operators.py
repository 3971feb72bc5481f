"""What Python's operators do with a traced value: as with a plain number, a NumPy scalar or an array.

They differ for truth values alone. Python adds them as numbers, (1 > 0) + (2 > 0) is 2; NumPy's + of two truth values
is "or", but its sums, np.sum([1 > 0, 2 > 0]), count.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from livefig.record.refuse import authors_call, package, refuse

ARITHMETIC = "add sub mul truediv floordiv mod divmod pow".split()
BITWISE = "and or xor".split()
COMPARISONS = "lt le gt ge eq ne".split()


class Operators(NDArrayOperatorsMixin):
    """`number`: whether the function would have a plain Python number here: an argument that is one, or what Python's
    operators make of such."""

    number = False
    boolean: bool

    def __invert__(self) -> Any:
        if self.number and self.boolean:
            raise refuse("~ of a truth value, which Python takes for a whole number,", "Write np.logical_not(x > 0).")
        return super().__invert__()


def _plain(value: Any) -> bool:
    return type(value) in (int, float, bool) or (isinstance(value, Operators) and value.number)


def _counts(value: Any, caller: FrameType) -> bool:
    """Whether NumPy adds up truth values that it has been given in a list."""
    if not isinstance(value, Operators) or not value.boolean or np.ndim(value):  # type: ignore[arg-type]
        return False
    return package(caller) == "numpy" or isinstance(getattr(authors_call(), "__self__", None), np.ufunc)


def _numeric(value: Any) -> Any:
    """The same value, its truth values as 1 and 0."""
    is_truth = isinstance(value, Operators) and value.boolean
    return np.multiply(value, 1.0) if is_truth else value


def _operator(name: str, truth: bool) -> None:
    """`truth`: whether the operator leaves truth values as they are."""
    numpys = getattr(NDArrayOperatorsMixin, name)

    def operate(self: Operators, *others: Any) -> Any:
        plain = _plain(self) and all(map(_plain, others))
        if not truth and (plain or _counts(self, sys._getframe(1))):
            result = numpys(*map(_numeric, (self, *others)))
        else:
            result = numpys(self, *others)
        for part in result if isinstance(result, tuple) else (result,):
            if plain and isinstance(part, Operators):
                part.number = True
        return result

    operate.__name__ = name
    setattr(Operators, name, operate)


for _name in ARITHMETIC:
    for _prefix in ("", "r") if _name == "divmod" else ("", "r", "i"):
        _operator(f"__{_prefix}{_name}__", truth=False)
for _name in ("neg", "pos", "abs"):
    _operator(f"__{_name}__", truth=False)
for _name in BITWISE:
    for _prefix in ("", "r", "i"):
        _operator(f"__{_prefix}{_name}__", truth=True)
for _name in COMPARISONS:
    _operator(f"__{_name}__", truth=True)
