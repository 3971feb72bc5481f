"""The smallest and the largest value of a function on a closed interval.

One idea does all the searching: look at nine places, go to the best of them, and look at nine again around it, four
times closer. "Best" is where f is lowest or highest (an extremum), where its slope is nearest to zero (a flat place),
or where f bends most (a jump or a pole, if there is one).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments

Place = tuple[float, str]  # x, and why it is a candidate
Bracket = tuple[float, float, float]  # two places, and the sign of the slope at the first

NINE = np.linspace(-1, 1, 9)[:, None]
STEEP = 0.1  # a bend by more than this share of what f changes from one sample to the next may be a jump
RANGE = 1e-6  # … if it is more than this share of the whole range of f
CALM = 1 / 4  # where f is continuous, a reach four times shorter leaves less than this of a bend
ENDS = 10.0 ** -np.arange(9, 0, -1)  # of the interval: f is also looked at so close to its ends
CONSTANT = 2.5  # of the samples' distance: f that stays equal for longer is constant there, not at an extremum
COARSE = 1000  # samples that are enough to see where a slope comes to zero and goes on
FLAT = 1e-3  # of the slopes around: so small, a slope is taken for zero
FINE = 1e-5  # of the interval: the step of a slope at an extremum, where f bends little within it
TINY_REACH = 1e-6  # of the samples' distance: what f changes so close by is its noise
CLEAR = 16  # times the noise: so large, a bend is f's own
ROUNDING = 8 * float(np.finfo(float).eps)  # how far off a value of f may be, relative to it
TINY = 1e-300  # what is computed with smaller numbers has fewer digits


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
    resolution : the distance of the samples, in units of x. What is narrower may have been missed.
    """

    candidates: tuple[Candidate, ...]
    minimum: Candidate
    maximum: Candidate
    resolution: float

    def __iter__(self) -> Iterator[tuple[Candidate, ...] | Candidate]:
        return iter((self.candidates, self.minimum, self.maximum))


def extrema_on_interval(
    f: Callable[[float], float] | Callable[[NDArray[np.float64]], ArrayLike],
    a: float,
    b: float,
    samples: int | None = None,
) -> Extrema:
    """The minimum and the maximum of `f` on the closed interval from `a` to `b`.

    They are among the *candidates*: both end points, the zeros of f′ inside, and kinks, where f′ jumps from one sign
    to the other. f′ = 0 alone is not enough (x³), nor is it needed (|x|): the values are compared.

    f : number -> number, continuous; called between a and b only. If it also takes an array, element by element, it
        gets arrays, which is much faster.
    a, b : the ends, a < b.
    samples : at so many places, equally far apart, f is looked at first. None: 100 000 if f takes arrays, else 10 000.
    Returns an Extrema: candidates, minimum, maximum, each with its x, fun and kind; and the resolution. Of a stretch
    where f is constant the middle is a candidate.
    Raises TypeError or ValueError naming the argument; ValueError where f jumps, has a pole or no value;
    FloatingPointError if f returns NaN.

    Values cannot show everything. A dip, a bump or a pole narrower than the resolution may lie between two samples
    and be missed, without a word; so may a jump that is smaller than a tenth of what f changes from one sample to the
    next, or than a millionth of its whole range. If you know of a narrow place, search an interval around it.

    >>> found = extrema_on_interval(lambda x: x**3 - 3 * x, -2, 3)
    >>> [(round(c.x, 6), c.kind) for c in found.candidates]
    [(-2.0, 'end point'), (-1.0, 'zero slope'), (1.0, 'zero slope'), (3.0, 'end point')]
    >>> print(f"{found.minimum.fun:.6f} {found.maximum.fun:.6f} {found.resolution:.1e}")
    -2.000000 18.000000 5.0e-05

    Chapter "Highest and lowest on an interval".
    """
    f = arguments.function("f", f)
    arguments.untraced("extrema_on_interval", a, b)
    a, b = arguments.number("a", a), arguments.number("b", b)
    samples = None if samples is None else arguments.count("samples", samples, least=3)
    if not a < b:
        raise ValueError(f"a must be below b, not a = {a} and b = {b}")
    with np.errstate(all="ignore"):  # a pole is an error with a name
        curve = _Curve(f, a, b, samples)
        curve.refuse_jumps()
        places = [(a, "end point"), *sorted(_inside(curve)), (b, "end point")]
        candidates = tuple(Candidate(x, curve.value(x), kind) for x, kind in places)
    # min and max keep the first of equal ones
    lowest, highest = min(candidates, key=lambda c: c.fun), max(candidates, key=lambda c: c.fun)
    return Extrema(candidates, lowest, highest, curve.step)


class _Curve:
    """f between the ends, where its values are known at samples."""

    def __init__(self, f: Callable[[Any], Any], a: float, b: float, samples: int | None):
        self.f, self.a, self.b = f, a, b
        self.spacing = float(np.spacing(max(abs(a), abs(b))))  # of the numbers that a float can be
        most = (b - a) / (1000 * self.spacing)
        if not 100 < most < np.inf:
            raise ValueError(f"a and b must be an interval that floats can divide, not a = {a} and b = {b}")
        if samples and samples > most:
            raise ValueError(f"samples must be at most {most:.0f} from a = {a} to b = {b}, not {samples}")
        self.takes_arrays = self.agrees(np.linspace(a, b, 9))
        samples = samples or int(min(most, 100_000 if self.takes_arrays else 10_000))
        self.x = np.linspace(a, b, samples)
        self.step = (b - a) / (samples - 1)
        self.y = self.values(self.x)

    def value(self, x: float) -> float:
        try:
            found = self.f(x)
        except (ArithmeticError, ValueError) as error:
            raise ValueError(f"f has no value at x = {x}: {error}") from error
        value = float(arguments.one_number(found, x))
        if np.isinf(value):
            raise ValueError(f"f must be finite from a to b, not {value} at x = {x}")
        return value

    def agrees(self, x: Any) -> bool:
        """Whether f gives for an array what it gives for its numbers."""
        wanted = [self.value(number) for number in x.tolist()]
        try:
            found = self.f(x)
        except Exception:  # whatever f does to an array: it is asked number by number
            return False
        of_numbers = type(found) is np.ndarray and found.dtype.kind in "fiu" and found.shape == x.shape
        return of_numbers and np.allclose(found, wanted, 1e-9, 1e-12 * np.max(np.abs(wanted)))

    def values(self, x: Any) -> Any:
        """f at an array of places; those that rounding has put outside are moved to the end."""
        places = np.clip(x, self.a, self.b).ravel()
        if self.takes_arrays:
            found = np.array(self.f(places.copy()), dtype=float)  # f may write into what it gets
            bad = np.flatnonzero(~np.isfinite(found))
        else:
            found, bad = np.empty(len(places)), np.arange(len(places))
        for i in bad.tolist():
            found[i] = self.value(float(places[i]))
        return found.reshape(x.shape)

    def slopes(self, x: Any, h: float) -> Any:
        """f′ by a central difference, of step h or, close to an end, as far as the end."""
        steps = np.maximum(np.minimum(h, np.minimum(x - self.a, self.b - x)), 8 * self.spacing)
        return (self.values(x + steps) - self.values(x - steps)) / (2 * steps)

    def closer(self, score: Callable[[Any], Any], low: Any, high: Any) -> Any:
        """Where the score is largest from `low` to `high` (arrays): to the best of nine places, again and again."""
        middle, half = (low + high) / 2, (high - low) / 2
        while np.any(half > self.spacing):
            places = np.clip(middle + half * NINE, low, high)
            middle = places[np.argmax(score(places), axis=0), np.arange(len(middle))]
            half = half / 4
        return np.clip(np.round(middle / self.spacing) * self.spacing + 0.0, low, high)

    def bends(self, x: Any, reach: Any) -> Any:
        """|f(x − reach) − 2f(x) + f(x + reach)|: a straight slope adds nothing to it, however steep."""
        return np.abs(self.values(x - reach) - 2 * self.values(x) + self.values(x + reach))

    def refuse_jumps(self) -> None:
        """ValueError if f jumps or has a pole.

        A jump keeps its height, however close its two sides come, and a pole grows; what f changes elsewhere goes to
        zero. So where f bends much from one sample to the next, we look closer, down to neighbouring floats.
        """
        rises = np.abs(np.diff(self.y))
        first = np.abs(np.diff(self.y, 2))
        unclear = first > STEEP * np.maximum(rises[1:], rises[:-1])
        unclear &= first > np.maximum(RANGE * np.ptp(self.y), _noise(self.y[1:-1]))
        middle, first, half = self.x[1:-1][unclear], first[unclear], self.step
        while len(middle):
            places = np.clip(middle + half * NINE, self.a, self.b)
            bends = np.abs(np.diff(self.values(places), 2, axis=0))
            most = places[1 + np.argmax(bends, axis=0), np.arange(len(middle))]
            still = bends.max(axis=0) > CALM * first
            middle, first, half = most[still], first[still], half / 4
            for x in middle[half < 4 * np.spacing(np.abs(middle))].tolist():
                raise ValueError(f"f must be continuous from a to b, and it jumps or has a pole near x = {x}")


def _noise(y: Any) -> Any:
    """How far rounding may put off a difference of values of that size."""
    return ROUNDING * np.maximum(np.abs(y), TINY)


def _inside(curve: _Curve) -> Iterator[Place]:
    """The candidates between the ends, in no order."""
    near = (curve.b - curve.a) * ENDS
    near = near[(near < curve.step) & (near > 8 * curve.spacing)]
    left, right = curve.a + near, curve.b - near[::-1]
    x = np.concatenate([[curve.a], left, curve.x[1:-1], right, [curve.b]])
    y = np.concatenate([curve.y[:1], curve.values(left), curve.y[1:-1], curve.values(right), curve.y[-1:]])
    rises = np.diff(y)
    signs = np.where(np.abs(rises) > _noise(np.maximum(np.abs(y[1:]), np.abs(y[:-1]))), np.sign(rises), 0)
    edges = [0, *(np.flatnonzero(np.diff(signs)) + 1).tolist(), len(signs)]
    turns: list[Bracket] = []
    for first, last in pairwise(edges):  # f rises, falls or is constant from x[first] to x[last]
        before, sign, after = signs[max(first - 1, 0)], signs[first], signs[min(last, len(signs) - 1)]
        if sign and after == -sign:
            turns.append((x[last - 1], x[last + 1], sign))
        elif not sign and x[last] - x[first] > CONSTANT * curve.step:
            yield float(x[first] + x[last]) / 2, "zero slope"
        elif not sign and before == -after:
            turns.append((x[first - 1], x[last + 1], before))
        elif not sign and before == after:
            signs[first:last] = before
    yield from _turning(curve, turns)
    yield from _touching(curve, x, y, signs)


def _touching(curve: _Curve, x: Any, y: Any, signs: Any) -> Iterator[Place]:
    """Where a slope comes to zero and keeps its sign. This is no narrow thing: a coarse look will do."""
    every = max(1, len(x) // COARSE)
    slopes = np.abs(np.diff(y[::every]) / np.diff(x[::every]))
    i = np.arange(2, len(slopes) - 2)
    low = (slopes[i] <= slopes[i - 1]) & (slopes[i] < slopes[i + 1])
    low &= 2 * slopes[i] < np.minimum(slopes[i - 2], slopes[i + 2])
    for k in (i[low] * every).tolist():
        part = signs[k - every : k + 2 * every]
        if part[0] and np.all(part == part[0]):
            ends = x[[k - every, k + 2 * every]]
            h = (ends[1] - ends[0]) / 100
            place = curve.closer(lambda x: -part[0] * curve.slopes(x, h), ends[:1], ends[1:])  # noqa: B023
            least, *around = np.abs(curve.slopes(np.append(place, ends), h))
            if least < max(FLAT * min(around), float(_noise(y[k])) / h):
                yield float(place[0]), "zero slope"


def _turning(curve: _Curve, brackets: list[Bracket]) -> Iterator[Place]:
    """The highest place of each bracket where f rises first, the lowest where it falls first."""
    if not brackets:
        return
    low, high, side = np.array(brackets).T
    place = curve.closer(lambda x: side * curve.values(x), low, high)
    kink = _kinks(curve, place)
    # Values tell a smooth extremum to half their digits. Slopes tell it better, if f is smooth over their step.
    h = min(curve.step / 3, FINE * (curve.b - curve.a))
    low, high = np.maximum(low, place - 4 * h), np.minimum(high, place + 4 * h)
    flat = curve.closer(lambda x: -np.abs(curve.slopes(x, h)), low, high)
    value = curve.values(place)
    worse = side * (value - curve.values(flat)) > _noise(value)
    for i in range(len(place)):
        yield (float(place[i]), "kink") if kink[i] else (float((place if worse[i] else flat)[i]), "zero slope")


def _kinks(curve: _Curve, x: Any) -> Any:
    """Whether f has a kink at its extrema: with a reach four times less a bend is four times less there, else 16 times.

    It is looked at where it is narrowest, but still well above what f changes in a tiny neighbourhood.
    """
    reach = np.minimum(curve.step, np.minimum(x - curve.a, curve.b - x)) * 4.0 ** -np.arange(20)[:, None]
    tiny = max(TINY_REACH * curve.step, 4 * curve.spacing)
    noise = np.maximum(curve.bends(x + tiny * NINE, tiny).max(axis=0), _noise(curve.values(x)))
    bends = curve.bends(x, reach)
    clear = (bends > CLEAR * noise) & (reach > 256 * curve.spacing)
    last = len(reach) - 1 - np.argmax(clear[::-1], axis=0)
    of_two = bends[last, np.arange(len(x))] / bends[np.maximum(last - 1, 0), np.arange(len(x))]
    two = clear.sum(axis=0) > 1
    return np.where(two, of_two > 0.75 / 4, noise > RANGE * np.ptp(curve.y))
