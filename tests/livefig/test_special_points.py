"""First and second derivatives of every function that can be traced, where derivatives go wrong: at 0, where
arguments are equal, where branches meet, at ties, at ±∞.

The oracle is mpmath: central differences of 60 digits. They are the mean of the slopes on both sides at a kink, which
is the convention of `grad`, and need a definition of the function alone: written here, or NumPy's own code run on
arrays of mpmath's numbers.
"""

import itertools
import math

import autograd
import autograd.numpy as anp
import mpmath as mp
import numpy as np
import pytest
from tracing import names

from gradcore import grad, iterate, numerical_diff
from gradcore.functions import relu, relu_grad
from livefig.calls.elementwise import COMPOSED
from livefig.program.tape import trace
from livefig.record.ops import BINARY, BOOLEAN, RENAMED, UNARY
from livefig.record.registry import FUNCTIONS

mp.mp.dps = 60
STEP = mp.mpf("1e-18")
inf = math.inf


def differences(f, point, orders=2):
    """All first (and second) partial derivatives of f at a list of numbers, by central differences."""
    x = [mp.mpf(v) for v in point]

    def at(*moves):
        moved = list(x)
        for i, sign in moves:
            moved[i] += sign * STEP
        return f(moved)

    n = range(len(x))
    first = [(at((i, 1)) - at((i, -1))) / (2 * STEP) for i in n]
    if orders == 1:
        return np.array(first, dtype=float), None
    second = [
        [
            (at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))) / (4 * STEP**2)
            for j in n
        ]
        for i in n
    ]
    return np.array(first, dtype=float), np.array(second, dtype=float)


def assert_derivatives(f, definition, point, orders=2):
    """grad(f) and its own gradients are those of the definition at a point (an array)."""
    first, second = differences(definition, np.ravel(point), orders)
    point = np.array(point, dtype=float)
    np.testing.assert_allclose(np.ravel(grad(f)(point)), first, rtol=1e-9, atol=1e-11)
    for i in range(point.size if orders == 2 else 0):
        row = grad(lambda x, i=i: np.ravel(grad(f)(x))[i])(point)
        np.testing.assert_allclose(np.ravel(row), second[i], rtol=1e-8, atol=1e-10)


# Functions of a number ---------------------------------------------------------------------------------

EVERYWHERE = [-1e3, -1, -1e-20, 0, 1e-20, 0.5, 1, 1e3]
PERIODS = [-1, 0, 1, 3, 1e3]
ONE = {
    "negative": (lambda x: -x, EVERYWHERE),
    "positive": (lambda x: x, EVERYWHERE),
    "absolute": (abs, [-2, -1e-10, 1e-10, 2]),
    "fabs": (abs, [-2, -1e-10, 1e-10, 2]),
    "square": (lambda x: x**2, [-1, 0, 1e-200, 1]),
    "sqrt": (mp.sqrt, [1e-10, 0.25, 1, 1e6]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), [-8, -1e-6, 1e-6, 1, 1e6]),
    "reciprocal": (lambda x: 1 / x, [-1e3, -2, 1e-3, 1]),
    "exp": (mp.exp, [-700, -1, 0, 1e-20, 1, 100]),
    "exp2": (lambda x: mp.mpf(2) ** x, [-700, -1, 0, 1, 100]),
    "expm1": (mp.expm1, [-700, -1, 0, 1e-20, 1]),
    "log": (mp.log, [1e-3, 1, 5]),
    "log2": (lambda x: mp.log(x, 2), [1e-3, 1, 5]),
    "log10": (mp.log10, [1e-3, 1, 5]),
    "log1p": (mp.log1p, [-0.9, 0, 1e-20, 5]),
    "sin": (mp.sin, PERIODS),
    "cos": (mp.cos, PERIODS),
    "tan": (mp.tan, [-1, 0, 1, 3]),
    "arcsin": (mp.asin, [-0.9, 0, 1e-20, 0.9]),
    "arccos": (mp.acos, [-0.9, 0, 1e-20, 0.9]),
    "arctan": (mp.atan, EVERYWHERE),
    "sinh": (mp.sinh, [-2, 0, 1e-20, 30]),
    "cosh": (mp.cosh, [-2, 0, 1e-20, 30]),
    "tanh": (mp.tanh, [-400, *EVERYWHERE]),
    "arcsinh": (mp.asinh, EVERYWHERE),
    "arccosh": (mp.acosh, [1.1, 3, 1e6]),
    "arctanh": (mp.atanh, [-0.9, 0, 1e-20, 0.9]),
    "sinc": (lambda x: mp.sinc(mp.pi * x), [-1, -0.2, -1e-20, 0, 1e-20, 0.159, 0.16, 1, 2.5]),
    "deg2rad": (mp.radians, [-90, 0, 1]),
    "radians": (mp.radians, [-90, 0, 1]),
    "rad2deg": (mp.degrees, [-1, 0, 1]),
    "degrees": (mp.degrees, [-1, 0, 1]),
}
# Constant between their jumps: the slope is 0 there, and is taken to be 0 at a jump too.
FLAT = {"sign", "floor", "ceil", "trunc", "rint", "invert", *BOOLEAN}
FLAT |= {"isinf", "greater", "greater_equal", "bitwise_and", "bitwise_or", "bitwise_xor"}
LOGIC = {"invert", "bitwise_and", "bitwise_or", "bitwise_xor"}


@pytest.mark.parametrize("name", ONE)
def test_functions_of_a_number(name):
    definition, points = ONE[name]
    for x in points:
        assert_derivatives(lambda v: getattr(np, name)(v), lambda v: definition(v[0]), x)


@pytest.mark.parametrize("name", ["arctan", "tanh", "exp", "expm1", "exp2", "arcsinh", "cbrt", "log", "log1p", "sqrt",
                                  "log2", "log10", "reciprocal", "negative", "absolute"])  # fmt: skip
def test_at_infinity_there_is_the_limit_or_nothing(name):
    """Far out, mpmath's slope is the limit. A second derivative of ours may be NaN there, but no other number."""
    f, definition = getattr(np, name), ONE[name][0]
    lowest = name not in ("log", "log1p", "sqrt", "log2", "log10", "exp", "expm1", "exp2")
    highest = not name.startswith("exp")
    for sign in [-1] * (lowest or not highest) + [1] * highest:
        first, second = (float(mp.diff(definition, sign * mp.mpf(10) ** 40, order)) for order in (1, 2))
        assert grad(f)(sign * inf) == pytest.approx(first, abs=1e-19)
        found = grad(grad(f))(sign * inf)
        assert math.isnan(found) or found == pytest.approx(second, abs=1e-19)


@pytest.mark.parametrize("name", sorted(FLAT))
def test_what_is_constant_between_jumps_has_the_slope_0(name):
    f = getattr(np, name)
    for x, y in itertools.product([-1.5, -1.0, 0.0, 0.5, 1.0], repeat=2):
        parts = np.array([x, y])[: f.nin]
        take = (lambda v: f(*(v > 0))) if name in LOGIC else (lambda v: f(*v))
        assert grad(lambda v: 1.0 * take(v))(parts).tolist() == [0.0] * f.nin  # noqa: B023


# Functions of two numbers --------------------------------------------------------------------------------


def fmod(a, b):
    return a - (mp.floor if a / b > 0 else mp.ceil)(a / b) * b


def pairs(*numbers):
    return list(itertools.product(numbers, repeat=2))


SMALL = pairs(-2, -1, 0, 0.5, 1, 3)
NO_ZERO = [(a, b) for a, b in SMALL if b]
NO_JUMP = [(0.3, 2), (-0.3, 2), (5.5, 2), (-5.5, 2), (5.5, -2), (-5.5, -1.5), (7, 2)]
POWERS = [(a, b) for a in (0.5, 1, 2) for b in (-1, 0, 0.5, 1, 2, 3)]
TWO = {
    "add": (lambda a, b: a + b, SMALL),
    "subtract": (lambda a, b: a - b, SMALL),
    "multiply": (lambda a, b: a * b, SMALL),
    "divide": (lambda a, b: a / b, NO_ZERO),
    "true_divide": (lambda a, b: a / b, NO_ZERO),
    "power": (lambda a, b: a**b, POWERS),
    "float_power": (lambda a, b: a**b, POWERS),
    "remainder": (lambda a, b: a - mp.floor(a / b) * b, NO_JUMP),
    "mod": (lambda a, b: a - mp.floor(a / b) * b, NO_JUMP),
    "fmod": (fmod, [*NO_JUMP, (0, 2), (0, -0.5), (1e-20, 1)]),
    "hypot": (lambda a, b: mp.sqrt(a**2 + b**2), [p for p in SMALL if any(p)]),
    "arctan2": (mp.atan2, [p for p in SMALL if p[0] or p[1] > 0]),
    "logaddexp": (lambda a, b: mp.log(mp.exp(a) + mp.exp(b)), pairs(-1000, -50, -1, 0, 1e-9, 1, 50, 800)),
    "maximum": (max, [(a, b) for a, b in SMALL if a != b]),
    "minimum": (min, [(a, b) for a, b in SMALL if a != b]),
    "fmax": (max, [(a, b) for a, b in SMALL if a != b]),
    "fmin": (min, [(a, b) for a, b in SMALL if a != b]),
    "floor_divide": (lambda a, b: mp.floor(a / b), NO_JUMP),
    "divmod": (lambda a, b: mp.floor(a / b) + 2 * (a - mp.floor(a / b) * b), NO_JUMP[:-1]),
    "heaviside": (lambda a, b: mp.mpf(a > 0), [(-1, 2), (1e-10, 2)]),
}
KINKS = [
    ("absolute", lambda v: abs(v[0]), [(0,)]),
    ("hypot", lambda v: mp.sqrt(v[0] ** 2 + v[1] ** 2), [(0, 0)]),
    *((name, lambda v: max(v), [(0, 0), (1, 1), (-2, -2)]) for name in ("maximum", "fmax")),
    *((name, lambda v: min(v), [(0, 0), (1, 1), (-2, -2)]) for name in ("minimum", "fmin")),
]


@pytest.mark.parametrize("name", TWO)
def test_functions_of_two_numbers(name):
    definition, points = TWO[name]

    def f(v):
        found = getattr(np, name)(v[0], v[1])
        return found[0] + 2 * found[1] if name == "divmod" else found

    for point in points:
        assert_derivatives(f, lambda v: definition(*v), point)


@pytest.mark.parametrize("name, definition, points", KINKS, ids=lambda v: v if isinstance(v, str) else "")
def test_at_a_kink_it_is_the_mean_of_both_slopes(name, definition, points):
    for point in points:
        assert_derivatives(lambda v: getattr(np, name)(*v), definition, point, orders=1)


def test_the_power_0_to_the_0_has_slopes():
    power = lambda v: np.power(v[0], v[1])  # noqa: E731  both of them traced
    assert grad(lambda p: np.power(0.0, p))(2.0) == 0
    for p in (0.0, 1.0, 2.0, 3.0):
        assert grad(np.power)(0.0, p) == grad(power)([0.0, p])[0] == (p == 1), "p xᵖ⁻¹ at 0"
        assert grad(lambda x: grad(np.power)(x, p))(0.0) == (2 if p == 2 else 0)  # noqa: B023
        assert grad(power)([0.0, p])[1] == 0, "0ᵖ stays 0"


def test_where_only_one_of_two_is_a_number_the_choice_is_that_one():
    for f in (np.fmax, np.fmin):
        assert grad(lambda v: f(v[0], v[1]))([1, np.nan]).tolist() == [1, 0]  # noqa: B023
        assert grad(lambda v: f(v[0], v[1]))([np.nan, 1]).tolist() == [0, 1]  # noqa: B023
    for f in (np.maximum, np.minimum):
        assert np.isnan(grad(lambda v: f(v[0], v[1]))([1, np.nan])).all()  # noqa: B023


# Functions of arrays --------------------------------------------------------------------------------------

VECTORS = [[0, 0, 0, 0], [1, 1, 1, 1], [0, 2, 0, -1], [0.5, -1, 3, 2]]
MATRICES = [[[0, 0], [0, 0]], [[0, 1], [0, 3]], [[1, 2], [2, 4]], [[0, 1], [1, 0]], [[2, -1], [0.5, 3]]]
LARGER = [np.zeros((3, 3)), [[1, 2, 3], [2, 4, 6], [1, 0, 1]], [[1, 2, 3], [2, 4, 6], [3, 6, 9]],
          [[0, 1, 2], [0, 3, 1], [0, 2, 5]], [[2, -1, 0], [1, 3, 1], [0.5, 0, 1]]]  # fmt: skip
TWICE = [[[0, 0, 0], [1, -1, 0.5]], [[0, 2, 0], [0, -1, 3]]]
ONES = np.ones((2, 3))
OWN = "NumPy's own code"


def determinant(m):
    """Leibniz's sum over the permutations."""
    n = len(m)
    sign = lambda p: (-1) ** sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n))  # noqa: E731
    return sum(sign(p) * math.prod(m[i, p[i]] for i in range(n)) for p in itertools.permutations(range(n)))


def solved(m, rows):
    return np.array(mp.lu_solve(mp.matrix(m.tolist()), mp.matrix(rows)).T.tolist()[0], dtype=object)


def quantile(x, share):
    place = share * (len(x) - 1)
    low = int(mp.floor(place))
    return sorted(x)[low] + (place - low) * (sorted(x)[low + 1] - sorted(x)[low])


def correlation(x, y):
    a, b = x - np.sum(x) / len(x), y - np.sum(y) / len(y)
    return np.sum(a * b) / mp.sqrt(np.sum(a**2) * np.sum(b**2))


def deviation(x, ddof=0):
    return mp.sqrt(np.sum((x - np.sum(x) / len(x)) ** 2) / (len(x) - ddof))


def interpolated(x, xs, ys):
    i = max(i for i in range(len(xs) - 1) if xs[i] <= x or i == 0)
    t = min(max((x - xs[i]) / (xs[i + 1] - xs[i]), mp.mpf(0)), mp.mpf(1))
    return ys[i] + t * (ys[i + 1] - ys[i])


# What is tried of a NumPy function: an expression of an array, its points, and (where NumPy cannot do it with
# mpmath's numbers) a definition of the same.
ARRAYS = {
    np.sum: [(lambda x: np.sum(x), VECTORS, OWN)],
    np.prod: [(lambda x: np.prod(x), VECTORS, OWN)],
    np.mean: [(lambda x: np.mean(x**2), VECTORS, OWN)],
    np.average: [(lambda x: np.average(x, weights=x**2 + 1), VECTORS, OWN)],
    np.var: [(lambda x: np.var(x, ddof=1), VECTORS, OWN), (lambda x: np.var(x[:1]), VECTORS, OWN)],
    np.std: [(lambda x: np.std(x), VECTORS[2:], deviation), (lambda x: np.std(x, ddof=2), VECTORS[2:],
             lambda x: deviation(x, 2))],
    np.cumsum: [(lambda x: np.cumsum(x), VECTORS, OWN)],
    np.cumprod: [(lambda x: np.cumprod(x), VECTORS, OWN)],
    np.max: [(lambda x: np.max(x), VECTORS[3:], OWN)],
    np.min: [(lambda x: np.min(x), VECTORS[3:], OWN)],
    np.ptp: [(lambda x: np.ptp(x), VECTORS[3:], OWN)],
    np.sort: [(lambda x: np.sort(x), VECTORS[3:], OWN)],
    np.median: [(lambda x: np.median(x), VECTORS[3:], lambda x: (sorted(x)[1] + sorted(x)[2]) / 2),
                (lambda x: np.median(x[:3]), VECTORS[3:], lambda x: sorted(x[:3])[1])],
    np.clip: [(lambda x: np.clip(x, -0.5, 1.5), VECTORS[3:], lambda x: np.array([min(max(v, -0.5), 1.5) for v in x]))],
    np.where: [(lambda x: np.where(x > 0.25, x**2, 3 * x), VECTORS[3:], OWN)],
    np.select: [(lambda x: np.select([x > 1, x > -0.5], [x**2, x**3], 5 * x), VECTORS[3:], OWN)],
    np.nan_to_num: [(lambda x: np.nan_to_num(x) ** 2, VECTORS, lambda x: x**2)],
    np.matmul: [(lambda x: x @ x, MATRICES, OWN)],
    np.dot: [(lambda x: np.dot(x, x), [*VECTORS, *MATRICES], OWN)],
    np.inner: [(lambda x: np.inner(x, x[::-1]), VECTORS, OWN)],
    np.vdot: [(lambda x: np.vdot(x, x), MATRICES, lambda x: np.sum(x**2))],
    np.outer: [(lambda x: np.outer(x, x), VECTORS, OWN)],
    np.einsum: [(lambda x: np.einsum("ij,jk->ik", x, x), MATRICES, lambda x: x @ x),
                (lambda x: np.einsum("ii", x), MATRICES, lambda x: x[0, 0] + x[1, 1])],
    np.tensordot: [(lambda x: np.tensordot(x, x, 1), MATRICES, OWN)],
    np.kron: [(lambda x: np.kron(x, x), MATRICES[:3], OWN)],
    np.cross: [(lambda x: np.cross(x[0], x[1]), TWICE, OWN)],
    np.trace: [(lambda x: np.trace(x @ x), MATRICES, OWN)],
    np.linalg.det: [(lambda x: np.linalg.det(x), [*MATRICES, *LARGER], determinant),
                    (lambda x: np.linalg.det(x[:1, :1]), MATRICES[:1], lambda x: x[0, 0])],
    np.linalg.inv: [(lambda x: np.linalg.inv(x), [*MATRICES[3:], LARGER[4]],
                     lambda x: np.array((mp.matrix(x.tolist()) ** -1).tolist(), dtype=object))],
    np.linalg.solve: [(lambda x: np.linalg.solve(x, np.arange(1.0, len(x) + 1)), [*MATRICES[3:], LARGER[4]],
                       lambda x: solved(x, list(range(1, len(x) + 1))))],
    np.linalg.matrix_power: [(lambda x: np.linalg.matrix_power(x, 3), MATRICES, lambda x: x @ x @ x),
                             (lambda x: np.linalg.matrix_power(x, 0), MATRICES, lambda x: 0 * x)],
    np.linalg.norm: [(lambda x: np.linalg.norm(x), VECTORS[1:], lambda x: mp.sqrt(np.sum(x**2))),
                     (lambda x: np.linalg.norm(x, 3), VECTORS[1:2], lambda x: mp.cbrt(np.sum(abs(x) ** 3)))],
    np.linspace: [(lambda x: np.linspace(x[0], x[1] * x[2], 5), VECTORS,
                   lambda x: np.array([x[0] + (x[1] * x[2] - x[0]) * mp.mpf(k) / 4 for k in range(5)]))],
    np.diff: [(lambda x: np.diff(x, 2) ** 2, VECTORS, OWN)],
    np.unwrap: [(lambda x: np.unwrap(9 * x) ** 2, VECTORS, OWN)],
    np.trapezoid: [(lambda x: np.trapezoid(x**2, x), VECTORS, OWN)],
    np.polyval: [(lambda x: np.polyval(x[:3], x[3]), VECTORS, OWN)],
    np.vander: [(lambda x: np.vander(x, 4), VECTORS, lambda x: np.array([[v**k for k in (3, 2, 1, 0)] for v in x]))],
    np.interp: [(lambda x: np.interp(x, [-2, -0.5, 1.1, 2.5], [1, 3, -1, 0.5]), VECTORS[:4],
                 lambda x: np.array([interpolated(v, [-2, -0.5, 1.1, 2.5], [1, 3, -1, 0.5]) for v in x]))],
    np.convolve: [(lambda x: np.convolve(x, x[:2]), VECTORS, OWN)],
    np.correlate: [(lambda x: np.correlate(x, x[:2]), VECTORS, OWN)],
    np.sinc: [(lambda x: np.sinc(x), VECTORS, lambda x: np.array([mp.sinc(mp.pi * v) for v in x]))],
    np.cumulative_sum: [(lambda x: np.cumulative_sum(x**2), VECTORS, lambda x: np.cumsum(x**2))],
    np.gradient: [(lambda x: np.gradient(x**2), VECTORS, lambda x: np.array(
        [x[1]**2 - x[0]**2, (x[2]**2 - x[0]**2) / 2, (x[3]**2 - x[1]**2) / 2, x[3]**2 - x[2]**2]))],
    np.piecewise: [(lambda x: np.piecewise(x, [x > 0.25], [np.square, lambda v: 3 * v]), VECTORS[3:],
                    lambda x: np.where(x > 0.25, x**2, 3 * x))],
    np.logspace: [(lambda x: np.logspace(x[0], x[1], 3), VECTORS,
                   lambda x: np.array([mp.mpf(10) ** (x[0] + (x[1] - x[0]) * mp.mpf(k) / 2) for k in range(3)]))],
    np.geomspace: [(lambda x: np.geomspace(x[0] ** 2 + 1, x[1] ** 2 + 2, 3), VECTORS, lambda x: np.array(
        [(x[0] ** 2 + 1) * ((x[1] ** 2 + 2) / (x[0] ** 2 + 1)) ** (mp.mpf(k) / 2) for k in range(3)]))],
    np.polyfit: [(lambda x: np.polyfit([0, 1, 3, 4], x**2, 1), VECTORS, lambda x: solved(
        np.array([[26, 8], [8, 4]]), [x[1]**2 + 3 * x[2]**2 + 4 * x[3]**2, np.sum(x**2)]))],
    np.polyder: [(lambda x: np.polyder(x**2), VECTORS, lambda x: x[:3] ** 2 * np.array([3, 2, 1]))],
    np.polyint: [(lambda x: np.polyint(x**2), VECTORS,
                  lambda x: np.append(x**2 / np.array([mp.mpf(k) for k in (4, 3, 2, 1)]), 0))],
    np.polyadd: [(lambda x: np.polyadd(x[:2] ** 2, x), VECTORS, lambda x: x + np.append([0, 0], x[:2] ** 2))],
    np.polysub: [(lambda x: np.polysub(x, x[:2] ** 2), VECTORS, lambda x: x - np.append([0, 0], x[:2] ** 2))],
    np.polymul: [(lambda x: np.polymul(x, x[:2]), VECTORS, lambda x: np.convolve(x, x[:2]))],
    np.quantile: [(lambda x: np.quantile(x**2, 0.4), VECTORS[3:], lambda x: quantile(x**2, mp.mpf("0.4")))],
    np.percentile: [(lambda x: np.percentile(x, 40), VECTORS[3:], lambda x: quantile(x, mp.mpf("0.4")))],
    np.cov: [(lambda x: np.cov(x), VECTORS, lambda x: np.sum((x - np.sum(x) / 4) ** 2) / 3),
             (lambda x: np.cov(x[:3], x[1:])[0, 1], VECTORS, lambda x: np.sum(
                 (x[:3] - np.sum(x[:3]) / 3) * (x[1:] - np.sum(x[1:]) / 3)) / 2)],
    np.corrcoef: [(lambda x: np.corrcoef(x[:3], x[1:])[0, 1], VECTORS[3:], lambda x: correlation(x[:3], x[1:]))],
    **{f: [(lambda x, f=f: f(np.append(x, np.nan)), points, definition)] for f, points, definition in [
        (np.nansum, VECTORS, np.sum), (np.nanprod, VECTORS, np.prod), (np.nanmean, VECTORS, lambda x: np.sum(x) / 4),
        (np.nanvar, VECTORS, lambda x: deviation(x) ** 2), (np.nanstd, VECTORS[2:], deviation),
        (np.nanmax, VECTORS[3:], max), (np.nanmin, VECTORS[3:], min),
        (np.nancumsum, VECTORS, lambda x: np.cumsum(np.append(x, 0))),
        (np.nancumprod, VECTORS, lambda x: np.cumprod(np.append(x, 1)))]},
}  # fmt: skip
# Only at kinks: first derivatives.
KINKED = [
    (lambda x: np.std(x), [[1, 1, 1, 1], [0, 0, 0, 0]], deviation),
    (lambda x: np.std(x[:1]), VECTORS, lambda x: mp.mpf(0)),
    (lambda x: np.linalg.norm(x), [[0, 0, 0, 0]], lambda x: mp.sqrt(np.sum(x**2))),
    (lambda x: np.linalg.norm(x, 3), [[0, 0, 0, 0]], lambda x: mp.cbrt(np.sum(abs(x) ** 3))),
    (lambda x: np.linalg.norm(x, 1), VECTORS, lambda x: np.sum(abs(x))),
    (lambda x: np.max(x), [[1, 3, 3, 2]], OWN),
    (lambda x: np.min(x), [[1, 3, 3, 1]], OWN),
    (lambda x: np.sort(x), [[1, 3, 3, 1]], OWN),
    (lambda x: np.median(x), [[1, 3, 3, 1]], lambda x: (sorted(x)[1] + sorted(x)[2]) / 2),
    (lambda x: np.clip(x, -1, 2), [[-1, 2, 0, 3]], lambda x: np.array([min(max(v, -1), 2) for v in x])),
    (lambda x: np.interp(x, [-2, -1, 0, 2], [1, 3, -1, 0.5]), [[-2, -1, 0, 2]],
     lambda x: np.array([interpolated(v, [-2, -1, 0, 2], [1, 3, -1, 0.5]) for v in x])),
]  # fmt: skip


def weighted(value):
    """One number of all that a function returns."""
    weights = np.cos(1 + np.arange(np.size(value))).reshape(np.shape(value))
    return np.sum(value * weights)


def assert_array_derivatives(f, points, definition, orders):
    for point in points:
        shape = np.shape(point)

        def reference(v):
            return weighted((f if definition is OWN else definition)(np.array(v, dtype=object).reshape(shape)))  # noqa: B023

        assert_derivatives(lambda x: weighted(f(x)), reference, point, orders)


@pytest.mark.parametrize("function", ARRAYS, ids=lambda f: f.__name__)
def test_functions_of_arrays(function):
    for f, points, definition in ARRAYS[function]:
        assert_array_derivatives(f, points, definition, 2)


@pytest.mark.parametrize("f, points, definition", KINKED)
def test_functions_of_arrays_at_kinks(f, points, definition):
    assert_array_derivatives(f, points, definition, 1)


# What only moves elements leaves a parabola a parabola: a central difference over any step is its derivative.
MOVES = {
    np.append: lambda x: np.append(x, 2 * x), np.array_split: lambda x: np.array_split(x, 2)[1],
    np.atleast_1d: np.atleast_1d, np.atleast_2d: np.atleast_2d, np.atleast_3d: np.atleast_3d,
    np.broadcast_arrays: lambda x: np.broadcast_arrays(x, ONES)[0],
    np.broadcast_to: lambda x: np.broadcast_to(x, (2, 2, 3)),
    np.column_stack: lambda x: np.column_stack([x, x]), np.concatenate: lambda x: np.concatenate([x, 3 * x]),
    np.copy: np.copy, np.delete: lambda x: np.delete(x, 1, axis=1), np.diag: np.diag, np.diagflat: np.diagflat,
    np.diagonal: np.diagonal, np.dsplit: lambda x: np.dsplit(x[None], 3)[1], np.dstack: lambda x: np.dstack([x, 2 * x]),
    np.expand_dims: lambda x: np.expand_dims(x, 1), np.flip: np.flip, np.fliplr: np.fliplr, np.flipud: np.flipud,
    np.full_like: lambda x: np.full_like(x, x[0, 1]), np.hsplit: lambda x: np.hsplit(x, 3)[2],
    np.hstack: lambda x: np.hstack([x, x]), np.meshgrid: lambda x: np.meshgrid(x[0], x[1])[1],
    np.moveaxis: lambda x: np.moveaxis(x, 0, 1), np.pad: lambda x: np.pad(x, 1), np.ravel: np.ravel,
    np.repeat: lambda x: np.repeat(x, 2), np.reshape: lambda x: np.reshape(x, (3, 2)), np.roll: lambda x: np.roll(x, 1),
    np.rollaxis: lambda x: np.rollaxis(x, 1), np.rot90: np.rot90, np.split: lambda x: np.split(x, 2)[0],
    np.squeeze: lambda x: np.squeeze(x[None]), np.stack: lambda x: np.stack([x, 2 * x]),
    np.real: np.real, np.extract: lambda x: np.extract([1, 0, 1, 1, 0, 0], x),
    np.compress: lambda x: np.compress([0, 1, 1], x, axis=1),
    np.swapaxes: lambda x: np.swapaxes(x, 0, 1), np.take: lambda x: np.take(x, [0, 0, 2], axis=1),
    np.tile: lambda x: np.tile(x, 2), np.transpose: np.transpose, np.tril: np.tril, np.triu: np.triu,
    np.vsplit: lambda x: np.vsplit(x, 2)[1], np.vstack: lambda x: np.vstack([x, x]),
}  # fmt: skip
# Functions that are constant, or constant between jumps.
CONSTANT = {
    np.all: lambda x: 1.0 * np.all(x), np.any: lambda x: 1.0 * np.any(x), np.argmax: np.argmax, np.argmin: np.argmin,
    np.argsort: lambda x: np.argsort(x)[0, 1], np.allclose: lambda x: 1.0 * np.allclose(x, 0),
    np.count_nonzero: np.count_nonzero, np.empty_like: lambda x: 0 * np.empty_like(x)[0, 0],
    np.isclose: lambda x: np.sum(1.0 * np.isclose(x, 0)), np.ndim: lambda x: np.ndim(x) + 0 * x[0, 0],
    np.ones_like: lambda x: np.sum(np.ones_like(x)), np.zeros_like: lambda x: np.sum(np.zeros_like(x)),
    np.round: lambda x: np.sum(np.round(x)), np.shape: lambda x: np.shape(x)[0] + 0 * x[0, 0],
    np.size: lambda x: np.size(x) + 0 * x[0, 0], np.fix: lambda x: np.sum(np.fix(x)),
    np.digitize: lambda x: np.sum(np.digitize(x, [-3.0, 0.3, 4.0])),
    np.histogram: lambda x: np.histogram(x, [-3.0, 0.3, 4.0])[0][1],
}  # fmt: skip
GRIDS = [np.zeros((2, 3)), ONES, [[0, -1, 2], [2, 0, 0.5]]]


@pytest.mark.parametrize("function", MOVES, ids=lambda f: f.__name__)
def test_functions_that_move_elements(function):
    for point in np.array(GRIDS, dtype=float):
        f = lambda x: weighted(MOVES[function](x) ** 2)  # noqa: E731
        unit = np.eye(6).reshape(6, 2, 3)
        wanted = [(f(point + e) - f(point - e)) / 2 for e in unit]
        np.testing.assert_allclose(grad(f)(point).ravel(), wanted, atol=1e-13)


@pytest.mark.parametrize("function", CONSTANT, ids=lambda f: f.__name__)
def test_functions_that_are_constant_between_jumps(function):
    for point in GRIDS:
        assert not grad(lambda x: CONSTANT[function](x) + 0.0 * x[0, 0])(point).any()


def test_no_function_is_left_out():
    """What can be traced stands in one of the tables above."""
    numbers = {*UNARY, *BINARY, *RENAMED, *COMPOSED}
    assert numbers == {*ONE, *TWO, *FLAT} - {"sinc"}
    same = {np.amax: np.max, np.amin: np.min, np.around: np.round}
    assert {same.get(f, f) for f in FUNCTIONS} - {np.copyto} == {*ARRAYS, *MOVES, *CONSTANT}


# Ties and branches ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("f", [lambda np, x: np.max(x), lambda np, x: np.min(x), lambda np, x: np.max(x) * np.min(x)])
@pytest.mark.parametrize("x", [[2, 2, 2], [1, 2, 2, 2], [3, 3], [1, 2, 1, 2, 2]])
def test_those_at_a_tie_share_in_equal_parts_as_in_autograd(f, x):
    x = np.array(x, dtype=float)
    np.testing.assert_allclose(grad(lambda v: f(np, v))(x), autograd.grad(lambda v: f(anp, v))(x), rtol=1e-15)


def test_what_is_there_for_slopes_alone_is_no_operation_of_the_tape():
    assert names(trace(lambda x: np.max(x), np.zeros(3))) == ["maximum.reduce"]
    assert names(trace(np.sinc, 0.0)) == ["equal", "where", "multiply", "sin", "divide"]
    assert names(trace(np.linalg.norm, np.zeros(2))) == ["square", "add.reduce", "sqrt"]
    assert len(trace(lambda x, y: np.linalg.det(np.stack([x, y])), np.zeros(2), np.zeros(2))) < 20


def test_in_sorted_order_equal_elements_share_their_places():
    weights = np.array([1.0, 2, 4, 8])
    found = grad(lambda x: np.sort(x) @ weights)([5, 1, 5, 5])
    np.testing.assert_allclose(found, [14 / 3, 1, 14 / 3, 14 / 3], rtol=1e-15)


GUARDS = {
    "sine over x": (lambda x: np.where(x == 0, 1, np.sin(x) / x), 0.0, 0.0),
    "x log x": (lambda x: np.where(x > 0, x * np.log(x), 0), 0.0, 0.0),
    "a root": (lambda x: np.where(x > 0, np.sqrt(x), 0), 0.0, 0.0),
    "a root of nothing": (lambda x: np.where(x < 0, 3 * x, np.sqrt(x)), -1.0, 3.0),
    "what overflows": (lambda x: np.where(x > 700, x, np.exp(x)), 1000.0, 1.0),
    "one in another": (lambda x: np.where(x > 0, np.where(x > 5, x, np.exp(1 / (x - 7) ** 2)), np.log(x)), 7.0, 1.0),
    "one after another": (lambda x: np.where(x > 0, np.log(np.where(x > 0, x, 1)), 0) * x, 0.0, 0.0),
    "two ways to one": (lambda x: np.where(x > 0, np.log(x), 2 * x) + np.where(x > 0, 1 / x, x), 0.0, 3.0),
    "select": (lambda x: np.select([x > 0, x < 0], [np.log(x), 1 / x], 7 * x), 0.0, 7.0),
    "maximum": (lambda x: np.maximum(np.log(x), -3), 0.0, 0.0),
    "clip": (lambda x: np.clip(1 / x, -5, 5), 0.0, 0.0),
    "max": (lambda x: np.max(np.stack([np.log(x), x, 2 * x - 1])), 0.0, 1.0),
    "nan_to_num": (lambda x: np.nan_to_num(np.log(x), neginf=0.0), 0.0, 0.0),
    "before a loop": (lambda x: np.where(x > 0, iterate(lambda s: s + np.log(x), 0.0, 3)[-1], 2 * x), 0.0, 2.0),
    "in a loop": (lambda x: iterate(lambda s: np.where(s > 0, s * 0.5, np.sqrt(s) + 1 / s), x, 3)[-1], 1.0, 0.125),
    "a loop not taken": (lambda x: np.where(x < 2, x, iterate(lambda s: s**2, x, 20)[-1]), 1.5, 1.0),
    "a loop that overflows later": (lambda x: iterate(lambda s: s**2, x, 20)[3], 3.0, 8 * 3.0**7),
    "its first states": (lambda x: np.sum(iterate(lambda s: s**2, x, 20)[:3]), 3.0, 1 + 6 + 4 * 27),
}  # fmt: skip


@pytest.mark.parametrize("name", GUARDS)
def test_the_branch_not_taken_contributes_exactly_0(name):
    """Even where its own slope is infinite or NaN. By hand."""
    f, x, wanted = GUARDS[name]
    assert grad(f)(x) == pytest.approx(wanted, rel=1e-13, abs=0)
    assert np.isfinite(grad(grad(f))(x))


def test_states_that_are_data_of_no_step_contribute_exactly_0():
    squares = lambda x: iterate(lambda s: s**2, x, 20)  # noqa: E731  the last ones overflow
    f = grad(lambda x: iterate(lambda s, r: s + r, 0.0, 3, squares(x))[-1])
    assert f(3.0) == pytest.approx(1 + 6 + 4 * 27, rel=1e-13)


def test_a_slope_that_is_infinite_is_not_taken_for_0():
    assert grad(np.sqrt)(0.0) == grad(np.cbrt)(0.0) == inf
    assert np.isnan(grad(lambda x: np.sqrt(x) ** 2)(0.0)), "∞ · 0 along the one path there is"


def test_relu_has_one_convention_at_its_kink():
    assert grad(relu)(0.0) == relu_grad(0.0) == numerical_diff(relu, 0.0) == 0.5


def test_logistic_regression_starts_from_zero_weights():
    """The mean of log(1 + exp(−y w·x)) at w = 0 has the gradient −½ mean(y x), by hand."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(20, 3)), rng.choice([-1.0, 1.0], size=20)
    loss = lambda w: np.mean(np.logaddexp(0, -y * (x @ w)))  # noqa: E731
    np.testing.assert_allclose(grad(loss)(np.zeros(3)), -0.5 * np.mean(y[:, None] * x, axis=0), rtol=1e-13)
