"""Complex numbers while a function is traced: a pair of traced arrays. A tape holds real numbers only.

Every operation is carried out on the parts, as NumPy does: a real number among complex ones is x + 0i.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from livefig.record.graph import Graph
from livefig.record.operators import Operators
from livefig.record.refusals import Unanswered
from livefig.record.refuse import refuse, refuse_question
from livefig.record.registry import OF_COMPLEX
from livefig.record.traced import Traced, lift

METHODS = "sum mean cumsum reshape ravel transpose squeeze repeat take copy dot conj conjugate".split()


class Complex(Unanswered, Operators):
    """An array of complex numbers, as NumPy treats them: its parts are traced arrays of one shape."""

    __array_priority__ = 2000.0
    boolean = False
    dtype = np.dtype(complex)

    def __init__(self, real: Any, imag: Any):
        self.real: Any = real
        self.imag: Any = imag
        self.graph: Graph = real.graph

    @property
    def shape(self) -> tuple[int, ...]:
        return self.real.shape  # type: ignore[no-any-return]

    @property
    def ndim(self) -> int:
        return self.real.ndim  # type: ignore[no-any-return]

    @property
    def size(self) -> int:
        return self.real.size  # type: ignore[no-any-return]

    @property
    def T(self) -> Complex:
        return Complex(self.real.T, self.imag.T)

    def __len__(self) -> int:
        return len(self.real)

    def __iter__(self) -> Iterator[Complex]:
        return map(Complex, self.real, self.imag)

    def __getitem__(self, index: Any) -> Complex:
        return Complex(self.real[index], self.imag[index])

    def __setitem__(self, index: Any, value: Any) -> None:
        value = as_complex(self.graph, value)
        self.real[index], self.imag[index] = value.real, value.imag

    def __repr__(self) -> str:
        return f"<traced complex array of shape {self.shape}>"

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            return partial(getattr(np, name), self)
        if name.startswith("_"):
            raise AttributeError(name)
        raise refuse(f"the attribute .{name} of complex numbers", "Write it for z.real and z.imag.")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **kw: Any) -> Any:
        return complex_ufunc(self.graph, ufunc, method, inputs, out, kw)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if func not in OF_COMPLEX:
            name = f"{func.__module__}.{func.__name__}".replace("numpy.", "np.", 1)
            raise refuse(f"{name} of complex numbers", "Write it for z.real and z.imag.")
        return OF_COMPLEX[func](self.graph, *args, **kwargs)


def as_complex(graph: Graph, value: Any) -> Complex:
    """Any number or array as a complex one."""
    if isinstance(value, Complex):
        return value
    if isinstance(value, Traced):
        return Complex(value, np.zeros_like(value))
    array = np.asarray(value)
    return Complex(lift(graph, array.real.astype(float)), lift(graph, array.imag.astype(float)))


def complex_ufunc(
    graph: Graph, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], out: Any, kw: dict[str, Any]
) -> Any:
    """A ufunc of NumPy where one of its arguments is complex."""
    how = "" if method == "__call__" else f".{method}"
    if how or kw or ufunc not in OF_COMPLEX:
        raise refuse(f"np.{ufunc.__name__}{how} of complex numbers", "Write it for z.real and z.imag.")
    if out is not None and not isinstance(out[0], Complex):
        raise refuse_question("writing complex numbers into a plain array", "Write x = x + y instead of x += y.")
    result = OF_COMPLEX[ufunc](graph, *inputs)
    if out is None or not out[0].ndim:
        return result
    out[0][...] = result
    return out[0]
