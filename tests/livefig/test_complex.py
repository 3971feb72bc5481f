"""Complex numbers inside a function that ends in real ones, and Fourier transforms: NumPy's numbers, by parts."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.special
from ipywidgets import FloatSlider
from tracing import assert_traces

from livefig import grad, live, trace
from livefig.calls.dispatch import recorded
from livefig.record.registry import OF_COMPLEX, OF_SCIPY

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=6), RNG.normal(size=6)
PLAIN = np.array([1 + 2j, -1, 0.5j, -2 - 1j, 3, 0])

CALLS = {
    "add": lambda z, x: z + (1 - 2j) + x,
    "subtract": lambda z, x: PLAIN - z - x,
    "multiply": lambda z, x: z * PLAIN * x * 2,
    "divide": lambda z, x: PLAIN / z + z / (x + 3j),
    "negative": lambda z, x: -z,
    "positive": lambda z, x: +z,
    "conjugate": lambda z, x: z.conj() + np.conjugate(x) + np.conj(PLAIN),
    "absolute": lambda z, x: abs(z) + np.abs(1j * x),
    "square": lambda z, x: np.square(z),
    "reciprocal": lambda z, x: np.reciprocal(z),
    "exp": lambda z, x: np.exp(1j * x) + np.exp(z),
    "log": lambda z, x: np.log(z) + np.log(-np.abs(x) + 0j),
    "sqrt": lambda z, x: np.sqrt(z) + np.sqrt(-np.abs(x) + 0j) + np.sqrt(0 * z),
    "power": lambda z, x: z**3 + z**-2 + z**0.5 + z ** np.arange(6)
    + (0 * z) ** np.arange(6) + 2.0**z + z**x + x ** (1 + 2j),
    "sin": lambda z, x: np.sin(z),
    "cos": lambda z, x: np.cos(z),
    "sinh": lambda z, x: np.sinh(z),
    "cosh": lambda z, x: np.cosh(z),
    "equal": lambda z, x: (z == z) + 2.0 * (z == x),
    "not_equal": lambda z, x: 1.0 * (z != x),
    "isfinite": lambda z, x: 1.0 * np.isfinite(z / (x > 0)),
    "isnan": lambda z, x: 1.0 * np.isnan(0 * z / (x > 0)),
    "real": lambda z, x: np.real(z) + z.real,
    "imag": lambda z, x: np.imag(z) + z.imag + np.imag(x),
    "angle": lambda z, x: np.angle(z) + np.angle(z, deg=True) + np.angle(x) + np.angle(-1 * (z * 0 + 1)),
    "shape": lambda z, x: np.shape(z[:2])[0] + z.size + len(z),
    "ndim": lambda z, x: np.ndim(z) + z.ndim,
    "where": lambda z, x: np.where(x > 0, z, 1j),
    "append": lambda z, x: np.append(z, 1j),
    "matmul": lambda z, x: z @ np.outer(PLAIN, PLAIN) + PLAIN @ z,
    "dot": lambda z, x: np.dot(z, PLAIN) + z.dot(x),
    "inner": lambda z, x: np.inner(z, PLAIN),
    "outer": lambda z, x: np.outer(z, x)[2],
    "convolve": lambda z, x: np.convolve(z, PLAIN),
    "sum": lambda z, x: np.sum(z) + z.sum(),
    "mean": lambda z, x: np.mean(z),
    "cumsum": lambda z, x: np.cumsum(z),
    "diff": lambda z, x: np.diff(z),
    "trapezoid": lambda z, x: np.trapezoid(z, np.arange(6.0)),
    "concatenate": lambda z, x: np.concatenate(([0], z, x)),
    "stack": lambda z, x: np.stack([z, 1j * x])[1],
    "hstack": lambda z, x: np.hstack([z, x]),
    "vstack": lambda z, x: np.vstack([z, x])[0],
    "column_stack": lambda z, x: np.column_stack([z, x])[:, 0],
    "reshape": lambda z, x: np.reshape(z, (2, 3))[1] + z.reshape(2, 3)[0],
    "ravel": lambda z, x: np.ravel(z.reshape(2, 3).T),
    "transpose": lambda z, x: np.transpose(z.reshape(2, 3))[2],
    "squeeze": lambda z, x: np.squeeze(z[:, None]),
    "expand_dims": lambda z, x: np.expand_dims(z, 0)[0],
    "moveaxis": lambda z, x: np.moveaxis(z.reshape(2, 3), 0, 1)[1],
    "flip": lambda z, x: np.flip(z) + z[::-1],
    "roll": lambda z, x: np.roll(z, 2),
    "repeat": lambda z, x: np.repeat(z, 2),
    "tile": lambda z, x: np.tile(z, 2),
    "take": lambda z, x: np.take(z, [0, 2]) + sum(list(z)[:2]),
    "broadcast_to": lambda z, x: np.broadcast_to(z[0], 3),
    "copy": lambda z, x: _written(np.copy(z)),
    "atleast_1d": lambda z, x: np.atleast_1d(z[0]),
    "zeros_like": lambda z, x: np.zeros_like(z),
    "fft": lambda z, x: np.fft.fft(z) + np.fft.fft(x, norm="ortho"),
    "ifft": lambda z, x: np.fft.ifft(z, 8, norm="forward"),
    "rfft": lambda z, x: np.fft.rfft(np.stack([x, x**2]), 9, axis=-1)[1],
    "irfft": lambda z, x: np.concatenate([np.fft.irfft(z), np.fft.irfft(z, 7)]),
    "fftshift": lambda z, x: np.fft.fftshift(np.fft.fft(z)),
    "ifftshift": lambda z, x: np.fft.ifftshift(z[:5]),
}  # fmt: skip


def _written(z):
    z[1:3] = 1j
    z *= 2
    return z


def parts(value):
    return np.stack([np.real(value), np.imag(value)])


@pytest.mark.filterwarnings("ignore:divide by zero|invalid value:RuntimeWarning")
@pytest.mark.parametrize("name", CALLS)
def test_complex_numbers_are_numpys(name):
    assert_traces(lambda x, y: parts(CALLS[name](x + 1j * y, x)), X, Y, examples=[X, Y])


def test_every_function_of_complex_numbers_has_a_comparison():
    assert {function.__name__ for function in OF_COMPLEX} == set(CALLS)
    assert {"np.exp", "np.fft.rfft"} <= set(recorded()["complex numbers"])


@pytest.mark.parametrize("n", [1, 2, 7, 12, 97, 512])
def test_a_fourier_transform_of_any_length_is_numpys_and_comes_back(n):
    x = RNG.normal(size=n)
    assert_traces(lambda x: parts(np.fft.fft(x)), x, atol=1e-10)
    assert_traces(lambda x: np.fft.ifft(np.fft.fft(x)).real, x)
    assert_traces(lambda x: np.abs(np.fft.rfft(x)), x, atol=1e-10)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
def test_a_convolution_of_long_vectors_is_numpys(mode):
    x, y = RNG.normal(size=700), RNG.normal(size=301)
    tape = assert_traces(lambda x: np.convolve(x, y, mode), x, atol=1e-10)
    assert len(tape.to_json()) < 200_000


def test_the_slope_of_a_squared_length():
    slope = trace(grad(lambda t: np.sum(np.abs(np.exp(1j * t) + 1) ** 2)), X)
    np.testing.assert_allclose(slope(X), -2 * np.sin(X), rtol=1e-12)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: np.prod(1j * x), "np.prod of complex numbers.*z.real and z.imag"),
        (lambda x: np.maximum.reduce(1j * x), "np.maximum.reduce of complex numbers"),
        (lambda x: (1j * x).std(), "attribute .std of complex numbers"),
        (lambda x: np.fft.fft(np.resize(x, 521)), "Fourier transform of 521 points.*small factors"),
        (lambda x: np.fft.rfft2(x), "rfft2"),
        (lambda x: 1.0 if x[0] * 1j else 0.0, "`if`"),
    ],
)
def test_what_is_not_known_of_complex_numbers_is_refused(function, words):
    with pytest.raises(TypeError, match=words):
        trace(function, X)


def test_a_sum_into_a_plain_array_is_told_how_to_go_on():
    def waves(x):
        psi = np.zeros(6, dtype=complex)
        psi += np.exp(1j * x)
        return np.abs(psi)

    with pytest.raises(TypeError, match=r"Write `psi = psi \+ np.exp\(1j \* x\)`"):
        trace(waves, X)


def test_what_ends_in_complex_numbers_is_told_to_return_real_ones():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    with pytest.raises(TypeError, match=r"z\.real and z\.imag"):
        trace(lambda a: {line: np.exp(1j * a)}, 0.5)
    with pytest.raises((TypeError, ValueError)):
        live(fig, lambda a: {line: np.ones((2, 2)) * np.exp(1j * a)}, a=FloatSlider())


@pytest.mark.parametrize("name", ["erf", "erfc", "ndtr"])
def test_the_bell_and_its_areas_are_scipys(name):
    assert name in OF_SCIPY
    x = np.concatenate([np.linspace(-12, 12, 481), [1e-9, -1e-300, 0, np.inf, -np.inf, np.nan, 0.0999, 0.1]])
    assert_traces(getattr(scipy.special, name), x, rtol=1e-13, atol=1e-15)
