"""Complex arithmetic by parts, and Fourier transforms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from livefig.record.complexes import Complex, as_complex, complex_ufunc
from livefig.record.graph import Graph
from livefig.record.refuse import refuse
from livefig.record.registry import OF_COMPLEX, UFUNCS, Implementation, given, implements, refuse_options
from livefig.record.traced import Traced

MOST_ROOTS = 512  # of unity in one sum of a Fourier transform: more make a page heavy


def _of_parts(function: Callable[..., Any]) -> Implementation:
    """A ufunc by a function of complex numbers, written out for their parts."""
    return lambda graph, *inputs: function(*(as_complex(graph, value) for value in inputs))


def _linear(function: Callable[..., Any], *places: int) -> Implementation:
    """A function of NumPy that treats both parts alike. `places`: of the arguments that are numbers."""

    def part(value: Any, which: str) -> Any:
        if isinstance(value, (list, tuple)):
            return [part(one, which) for one in value]
        return getattr(value if isinstance(value, (Traced, Complex)) else np.asarray(value), which, None)

    def both(graph: Graph, *args: Any, **kw: Any) -> Complex:
        def of(which: str) -> Any:
            taken = [part(_complex(graph, a), which) if n in places else a for n, a in enumerate(args)]
            return function(*taken, **kw)

        return Complex(of("real"), of("imag"))

    return both


def _complex(graph: Graph, value: Any) -> Any:
    """The numbers of an argument, or of a list, as complex ones."""
    if isinstance(value, (list, tuple)):
        return [_complex(graph, one) for one in value]
    return as_complex(graph, value)


def _product(function: Callable[..., Any]) -> Implementation:
    """A function of NumPy that is linear in two arguments."""

    def product(graph: Graph, a: Any, b: Any, *args: Any, **kw: Any) -> Complex:
        a, b = as_complex(graph, a), as_complex(graph, b)
        return Complex(
            function(a.real, b.real, *args, **kw) - function(a.imag, b.imag, *args, **kw),
            function(a.real, b.imag, *args, **kw) + function(a.imag, b.real, *args, **kw),
        )

    return product


def _divide(a: Complex, b: Complex) -> Complex:
    below = b.real * b.real + b.imag * b.imag
    return Complex((a.real * b.real + a.imag * b.imag) / below, (a.imag * b.real - a.real * b.imag) / below)


def _exp(z: Complex) -> Complex:
    return _polar(np.exp(z.real), z.imag)


def _polar(length: Any, angle: Any) -> Complex:
    return Complex(length * np.cos(angle), length * np.sin(angle))


def _log(z: Complex) -> Complex:
    return Complex(np.log(_length(z)), _angle(z))


def _length(z: Complex) -> Any:
    return np.hypot(z.real, z.imag)


def _angle(z: Complex) -> Any:
    return np.arctan2(z.imag, z.real)


def _sqrt(z: Complex) -> Complex:
    larger = np.sqrt((np.abs(z.real) + _length(z)) / 2)
    other = np.where(larger > 0, np.abs(z.imag) / (2 * larger), 0.0)
    right = z.real >= 0
    return Complex(np.where(right, larger, other), np.where(z.imag < 0, -1.0, 1.0) * np.where(right, other, larger))


def _power(graph: Graph, base: Any, exponent: Any) -> Complex:
    z, w = as_complex(graph, base), as_complex(graph, exponent)
    if not isinstance(exponent, (Traced, Complex)) and not np.iscomplexobj(exponent):
        whole = np.asarray(exponent)
        if not whole.ndim and whole == np.rint(whole) and 0 <= whole <= 64:
            return _repeated(graph, z, int(whole))
        return _polar(_length(z) ** exponent, _angle(z) * exponent)
    power = _exp(OF_COMPLEX[np.multiply](graph, w, _log(z)))
    zero = np.logical_and(z.real == 0, z.imag == 0)
    return Complex(np.where(zero, 1.0 * (w.real == 0), power.real), np.where(zero, 0.0, power.imag))


def _repeated(graph: Graph, z: Complex, exponent: int) -> Complex:
    """A power with a small whole exponent: squares, multiplied."""
    result, square = as_complex(graph, np.ones(z.shape)), z
    while exponent:
        if exponent & 1:
            result = OF_COMPLEX[np.multiply](graph, result, square)
        square = OF_COMPLEX[np.multiply](graph, square, square)
        exponent >>= 1
    return result


OF_COMPLEX |= {
    np.add: _of_parts(lambda a, b: Complex(a.real + b.real, a.imag + b.imag)),
    np.subtract: _of_parts(lambda a, b: Complex(a.real - b.real, a.imag - b.imag)),
    np.multiply: _product(np.multiply),
    np.matmul: _product(np.matmul),
    np.divide: _of_parts(_divide),
    np.negative: _of_parts(lambda z: Complex(-z.real, -z.imag)),
    np.positive: _of_parts(lambda z: Complex(z.real.copy(), z.imag.copy())),
    np.conjugate: _of_parts(lambda z: Complex(z.real.copy(), -z.imag)),
    np.absolute: _of_parts(_length),
    np.square: lambda graph, z: _product(np.multiply)(graph, z, z),
    np.reciprocal: lambda graph, z: _divide(as_complex(graph, 1.0), as_complex(graph, z)),
    np.exp: _of_parts(_exp),
    np.log: _of_parts(_log),
    np.sqrt: _of_parts(_sqrt),
    np.power: _power,
    np.sin: _of_parts(lambda z: Complex(np.sin(z.real) * np.cosh(z.imag), np.cos(z.real) * np.sinh(z.imag))),
    np.cos: _of_parts(lambda z: Complex(np.cos(z.real) * np.cosh(z.imag), -np.sin(z.real) * np.sinh(z.imag))),
    np.sinh: _of_parts(lambda z: Complex(np.sinh(z.real) * np.cos(z.imag), np.cosh(z.real) * np.sin(z.imag))),
    np.cosh: _of_parts(lambda z: Complex(np.cosh(z.real) * np.cos(z.imag), np.sinh(z.real) * np.sin(z.imag))),
    np.equal: _of_parts(lambda a, b: np.logical_and(a.real == b.real, a.imag == b.imag)),
    np.not_equal: _of_parts(lambda a, b: np.logical_or(a.real != b.real, a.imag != b.imag)),
    np.isfinite: _of_parts(lambda z: np.logical_and(np.isfinite(z.real), np.isfinite(z.imag))),
    np.isnan: _of_parts(lambda z: np.logical_or(np.isnan(z.real), np.isnan(z.imag))),
    np.real: _of_parts(lambda z: z.real),
    np.imag: _of_parts(lambda z: z.imag),
    np.shape: lambda graph, z: z.shape,
    np.ndim: lambda graph, z: z.ndim,
    np.where: _linear(np.where, 1, 2),
    np.append: _linear(np.append, 0, 1),
}
OF_COMPLEX |= {function: _product(function) for function in (np.dot, np.inner, np.outer, np.convolve)}
OF_COMPLEX |= {
    function: _linear(function, 0)
    for function in (
        np.sum, np.mean, np.cumsum, np.diff, np.trapezoid, np.concatenate, np.stack, np.hstack, np.vstack,
        np.column_stack, np.reshape, np.ravel, np.transpose, np.squeeze, np.expand_dims, np.moveaxis, np.flip, np.roll,
        np.repeat, np.tile, np.take, np.broadcast_to, np.copy, np.atleast_1d, np.zeros_like,
    )
}  # fmt: skip
UFUNCS["complex"] = complex_ufunc


@implements(np.angle, table=OF_COMPLEX)
def angle(graph: Graph, z: Any, deg: bool = False) -> Any:
    found = _angle(as_complex(graph, z))
    return np.degrees(found) if deg else found


# Fourier transforms ------------------------------------------------------------------------------------


def _transformed(z: Any, sign: int) -> Any:
    """The sums Σ x[j] exp(sign · 2πi jk/n) over the last axis.

    Of n = a·b points they are b sums of a terms, and a sums of b: their matrices are small.
    """
    n = z.shape[-1]
    a = next(a for a in range(int(np.sqrt(n)), 0, -1) if n % a == 0)
    b = n // a
    if b > MOST_ROOTS:
        raise refuse(f"a Fourier transform of {n} points", "Take a length with small factors, a power of 2 say.")
    rows = np.reshape(z, (*z.shape[:-1], a, b))
    once = (_roots(a, np.outer(np.arange(a), np.arange(a)), sign) @ rows) * _roots(
        n, np.outer(np.arange(a), np.arange(b)), sign
    )
    twice = once @ _roots(b, np.outer(np.arange(b), np.arange(b)), sign)
    return np.reshape(np.moveaxis(twice, -1, -2), z.shape)


def _roots(n: int, powers: Any, sign: int) -> Any:
    """exp(sign · 2πi/n) to these powers; the real axis and the imaginary one are met exactly."""
    turns = powers % n / n
    quarter, rest = np.divmod(4 * turns, 1)
    z = np.exp(0.5j * np.pi * rest)
    exact = np.array([1, 1j, -1, -1j])[quarter.astype(int)] * z
    return exact if sign > 0 else exact.conj()


def _of_length(z: Any, n: int) -> Any:
    """As many points, the rest cut off, or zeros after them."""
    have = z.shape[-1]
    if n <= have:
        return z[..., :n]
    zeros = np.zeros((*z.shape[:-1], n - have))
    return np.concatenate([z, zeros], axis=-1)


def _transform(function: Any, sign: int) -> None:
    name = f"np.fft.{function.__name__}"
    half, inverse = name.endswith("rfft"), sign > 0

    @implements(function, table=OF_COMPLEX)
    def fourier(graph: Graph, a: Any, n: Any = None, axis: int = -1, norm: Any = None, out: Any = None) -> Any:
        refuse_options(name, out=out)
        if isinstance(n, Traced):
            raise refuse(f"{name} of a length that follows a slider", "Write a plain number.")
        if norm not in (None, "backward", "ortho", "forward"):
            raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
        if half and isinstance(a, Complex):
            raise TypeError(f"{name} takes real numbers")  # NumPy drops the imaginary part with a warning
        z: Any = as_complex(graph, a)
        z = np.moveaxis(z, axis, -1)
        length = int(n) if given(n) else z.shape[-1]
        found = _transformed(_of_length(z, length), sign)
        found = found[..., : length // 2 + 1] if half else found
        scale = {"ortho": length**-0.5, "forward": 1.0 if inverse else 1 / length}.get(
            norm or "", 1 / length if inverse else 1.0
        )
        return np.moveaxis(found if scale == 1.0 else found * scale, -1, axis)


_transform(np.fft.fft, -1)
_transform(np.fft.rfft, -1)
_transform(np.fft.ifft, 1)


@implements(np.fft.irfft, table=OF_COMPLEX)
def irfft(graph: Graph, a: Any, n: Any = None, axis: int = -1, norm: Any = None, out: Any = None) -> Any:
    refuse_options("np.fft.irfft", out=out)
    z: Any = as_complex(graph, a)
    z = np.moveaxis(z, axis, -1)
    length = int(n) if given(n) else 2 * (z.shape[-1] - 1)
    z = _of_length(z, length // 2 + 1)
    k = np.arange(length // 2 + 1)
    z = Complex(z.real, z.imag * ((k > 0) & (2 * k < length)))  # NumPy takes the ends as real
    rest = np.conjugate(np.flip(z[..., 1 : (length + 1) // 2], axis=-1))
    whole = np.concatenate([z, rest], axis=-1)
    return np.moveaxis(np.fft.ifft(whole, norm=norm).real, -1, axis)


def _shift(function: Any, way: int) -> None:
    @implements(function, table=OF_COMPLEX)
    def shifted(graph: Graph, x: Any, axes: Any = None) -> Any:
        axes = tuple(range(x.ndim)) if axes is None else axes if isinstance(axes, tuple) else (axes,)
        return np.roll(x, [way * (x.shape[axis] // 2) for axis in axes], axes)


_shift(np.fft.fftshift, 1)
_shift(np.fft.ifftshift, -1)
