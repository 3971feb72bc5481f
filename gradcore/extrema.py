"""The smallest and the largest value of a function on a closed interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import isinf
from typing import Any

import numpy as np

from gradcore import arguments

Place = tuple[float, str]  # x, and why it is a candidate

ROUNDING = 8 * float(np.finfo(float).eps)  # how far off a value of f may be, relative to it


@dataclass(frozen=True)
class Candidate:
    """A place where an extremum may be: x, the value of f there, and why it is a candidate.

    kind : "end point", "zero slope" or "kink".
    """

    x: float
    fun: float
    kind: str


@dataclass(frozen=True)
class Extrema:
    """What `extrema_on_interval` found. Also unpacks as ``candidates, minimum, maximum = …``.

    candidates : all of them, from left to right.
    minimum, maximum : the candidates with the smallest and the largest value; of equal ones the leftmost.
    """

    candidates: tuple[Candidate, ...]
    minimum: Candidate
    maximum: Candidate

    def __iter__(self) -> Iterator[Any]:
        return iter((self.candidates, self.minimum, self.maximum))


def extrema_on_interval(f: Callable[[float], Any], a: float, b: float, samples: int = 1000) -> Extrema:
    """The minimum and the maximum of `f` on the closed interval from `a` to `b`.

    They are among the *candidates*: both end points, the zeros of f′ inside, and kinks, where f′ jumps from one sign
    to the other. f′ = 0 alone is not enough (x³), nor is it needed (|x|): the values are compared.

    f : number -> number, continuous; called with floats from a to b only, about 3·samples times.
    a, b : the ends, a < b.
    samples : f′ is looked at in so many places. Of two changes of its sign between neighbours, both may be missed.
    Returns an Extrema: candidates, minimum, maximum, each with its x, fun and kind. Of a stretch where f is
    constant the middle is a candidate.
    Raises TypeError or ValueError naming the argument; ValueError where f jumps, has a pole or no value;
    FloatingPointError if f returns NaN.

    >>> found = extrema_on_interval(lambda x: x**3 - 3 * x, -2, 3)
    >>> [(round(c.x, 6), c.kind) for c in found.candidates]
    [(-2.0, 'end point'), (-1.0, 'zero slope'), (1.0, 'zero slope'), (3.0, 'end point')]
    >>> print(f"{found.minimum.fun:.6f} {found.maximum.fun:.6f}")
    -2.000000 18.000000

    Chapter "Derivatives". The zeros are found by scipy.optimize.brentq.
    """
    f = arguments.function("f", f)
    arguments.untraced("extrema_on_interval", a, b)
    a, b = arguments.number("a", a), arguments.number("b", b)
    samples = arguments.count("samples", samples, least=3)
    if not a < b:
        raise ValueError(f"a must be below b, not a = {a} and b = {b}")
    curve = _Curve(f, a, b, samples)
    with np.errstate(all="ignore"):  # a pole is an error with a name
        places = [(a, "end point"), *sorted(_inside(curve)), (b, "end point")]
        candidates = tuple(Candidate(x, curve.value(x), kind) for x, kind in places)
    # min and max keep the first of equal ones
    return Extrema(candidates, min(candidates, key=lambda c: c.fun), max(candidates, key=lambda c: c.fun))


class _Curve:
    """f between the ends: its values and slopes, and whether it jumps."""

    def __init__(self, f: Callable[[float], Any], a: float, b: float, samples: int):
        self.f, self.a, self.b, self.samples = f, a, b, samples
        self.h = min(1e-5, 0.01 / samples) * (b - a)  # the step of the differences
        self.spacing = float(np.spacing(max(abs(a), abs(b))))  # of the numbers that a float can be
        if not 8 * self.spacing < self.h or isinf(self.h):
            raise ValueError(f"a and b must be an interval that floats can divide, not a = {a} and b = {b}")

    def value(self, x: float) -> float:
        x = min(max(x, self.a), self.b)  # x ± h may be rounded to the outside
        try:
            found = self.f(x)
        except (ArithmeticError, ValueError) as error:
            raise ValueError(f"f has no value at x = {x}: {error}") from error
        value = float(arguments.one_number(found, x))
        if isinf(value):
            raise ValueError(f"f must be finite from a to b, not {value} at x = {x}")
        return value

    def difference(self, x: float) -> tuple[float, float]:
        """f′(x) by a central difference that stays between the ends, and how far rounding may put it off."""
        h = min(self.h, x - self.a, self.b - x)
        low, high = x - h, x + h
        behind, ahead = self.value(low), self.value(high)
        return (ahead - behind) / (high - low), ROUNDING * max(abs(ahead), abs(behind)) / (high - low)

    def slope(self, x: float) -> float:
        return self.difference(x)[0]

    def bend(self, x: float, reach: float) -> float:
        """The slope to the right less that to the left: halves with `reach` where f is smooth, stays at a kink."""
        return (self.value(x + reach) - 2 * self.value(x) + self.value(x - reach)) / reach

    def lowest(self, function: Callable[[float], float], low: float, high: float, xatol: float) -> float:
        """Where a function is smallest between two places."""
        from scipy.optimize import minimize_scalar

        middle, half = (low + high) / 2, (high - low) / 2  # scipy is as exact as its variable is small
        found = minimize_scalar(
            lambda d: function(middle + d), bounds=(-half, half), method="bounded", options={"xatol": xatol}
        )
        return middle + float(found.x)

    def refuse_jumps(self, low: float, high: float, trend: float) -> None:
        """ValueError if f jumps: if halving the interval again and again leaves the gap between its ends."""
        behind, ahead, whole = self.value(low), self.value(high), 0.0
        for _ in range(50):
            middle = (low + high) / 2
            value = self.value(middle)
            left, right = abs(value - behind - trend * (middle - low)), abs(ahead - value - trend * (high - middle))
            whole = whole or max(left, right)
            if left > right:
                high, ahead = middle, value
            else:
                low, behind = middle, value
        if abs(ahead - behind) > max(0.25 * whole, ROUNDING * abs(ahead), ROUNDING * abs(behind)):
            raise _jump_at(middle)


def _jump_at(x: float) -> ValueError:
    return ValueError(f"f must be continuous from a to b, and it jumps or has a pole near x = {x}")


def _inside(curve: _Curve) -> Iterator[Place]:
    """The candidates between the ends, in no order."""
    a, b, h = curve.a, curve.b, curve.h
    near = h * 10.0 ** -np.arange(1, 5)  # for what is close to an end
    near = near[near > 8 * curve.spacing]
    x = np.concatenate([a + near[::-1], np.linspace(a + h, b - h, curve.samples), b - near]).tolist()
    slopes, noise = zip(*map(curve.difference, x), strict=True)
    signs = [int(np.sign(s)) if abs(s) > n else 0 for s, n in zip(slopes, noise, strict=True)]
    _refuse_jumps(curve, x, slopes)
    for sign, run in groupby(range(len(x)), key=signs.__getitem__):
        first, *_, last = [*run] * 2
        at_end = first == 0 or last == len(x) - 1
        if sign:
            if last + 1 < len(x) and signs[last + 1] == -sign:
                yield _sign_change(curve, x[last], x[last + 1])
            for i in range(first + 1, last):
                if abs(slopes[i]) <= abs(slopes[i - 1]) and abs(slopes[i]) < abs(slopes[i + 1]):
                    yield from _dip(curve, x[i - 1 : i + 2], slopes[i - 1 : i + 2], noise[i])
        elif x[last] - x[first] >= 1.5 * (b - a) / curve.samples:  # f is constant from here to there
            yield (x[first] + x[last]) / 2, "zero slope"
        elif not at_end and signs[first - 1] != signs[last + 1]:
            yield _sign_change(curve, x[first - 1], x[last + 1])
        elif not at_end:
            yield _flattest(curve, x[first - 1], x[last + 1], signs[last + 1]), "zero slope"


def _refuse_jumps(curve: _Curve, x: list[float], slopes: tuple[float, ...]) -> None:
    """ValueError if f jumps between two samples. Looked for where it rises otherwise than their slopes say."""
    values = [curve.value(place) for place in x]
    for i in range(len(x) - 1):
        rise, told = values[i + 1] - values[i], (x[i + 1] - x[i]) * (slopes[i] + slopes[i + 1]) / 2
        if abs(rise - told) > 0.5 * abs(rise):
            curve.refuse_jumps(x[i], x[i + 1], min(slopes[i : i + 2], key=abs))


def _dip(curve: _Curve, x: list[float], slopes: tuple[float, ...], noise: float) -> Iterator[Place]:
    """Where a slope comes to zero and turns back, or goes through zero twice, around the middle of three samples."""
    sign = int(np.sign(slopes[1]))
    place = _flattest(curve, x[0], x[2], sign)
    least = sign * curve.slope(place)
    if least < -noise:
        yield _sign_change(curve, x[0], place)
        yield _sign_change(curve, place, x[2])
    elif least <= max(1e-3 * min(abs(slopes[0]), abs(slopes[2])), noise):
        yield place, "zero slope"


def _flattest(curve: _Curve, low: float, high: float, sign: int) -> float:
    """Where a slope of that sign is closest to zero."""
    return curve.lowest(lambda x: sign * curve.slope(x), low, high, 1e-5 * (high - low))


def _sign_change(curve: _Curve, low: float, high: float) -> Place:
    """The place where the slope changes its sign, and whether it is zero there or jumps."""
    from scipy.optimize import brentq

    zero = float(brentq(curve.slope, low, high, xtol=1e-12 * (curve.b - curve.a)))
    # The central difference blurs a kink by h: there f itself tells the place.
    side = np.sign(curve.slope(high))
    low, high = max(zero - 2 * curve.h, curve.a), min(zero + 2 * curve.h, curve.b)
    kink = curve.lowest(lambda x: side * curve.value(x), low, high, 1e-7 * curve.h)
    reach = min(8 * curve.h, kink - curve.a, curve.b - kink)
    wide, narrow = abs(curve.bend(kink, reach)), abs(curve.bend(kink, reach / 2))
    if narrow <= max(0.75 * wide, 8 * ROUNDING * abs(curve.value(kink)) / reach):
        return zero, "zero slope"
    if narrow > 1.9 * wide:  # a pole such as that of 1/x²
        raise _jump_at(kink)
    return kink, "kink"
