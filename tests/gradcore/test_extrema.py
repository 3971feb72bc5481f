"""Extrema on an interval: known ones, kinks, end points, and what is no extremum."""

import math

import numpy as np
import pytest
import scipy.optimize
import scipy.special
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from gradcore import extrema_on_interval
from livefig.program.tape import trace


def kinds(found):
    return [c.kind for c in found.candidates[1:-1]]


def places(found):
    return [c.x for c in found.candidates]


def test_a_zero_of_the_derivative_need_not_be_an_extremum():
    found = extrema_on_interval(lambda x: x**3, -1, 1)
    np.testing.assert_allclose(places(found), [-1, 0, 1], atol=1e-6)
    assert (found.minimum.x, found.maximum.x) == (-1, 1) and kinds(found) == ["zero slope"]


def test_a_kink_can_be_the_minimum():
    for kink in (0.0, 0.37123, -0.9):
        found = extrema_on_interval(lambda x: abs(x - kink), -1, 2)  # noqa: B023
        assert kinds(found) == ["kink"] and found.minimum.kind == "kink"
        assert found.minimum.x == pytest.approx(kink, abs=1e-12)


def test_a_skew_kink_is_found_to_many_digits():
    found = extrema_on_interval(lambda x: max(-(x - 0.3), 5 * (x - 0.3)), -1, 1)
    assert kinds(found) == ["kink"] and found.minimum.x == pytest.approx(0.3, abs=1e-10)
    peak = extrema_on_interval(lambda x: -max(-(x - 0.3), 5 * (x - 0.3)), -1, 1)
    assert kinds(peak) == ["kink"] and peak.maximum.x == pytest.approx(0.3, abs=1e-10)


@pytest.mark.parametrize(
    ("a", "b", "inside", "minimum", "maximum"),
    [(0, 2 * np.pi, [0.5, 1.5], 1.5, 0.5), (0, 1, [], 0, 1 / np.pi), (2, 4, [], 4 / np.pi, 2 / np.pi),
     (-2 * np.pi, 1, [-1.5, -0.5], -0.5, -1.5), (1.5, 1.6, [0.5], 1.5 / np.pi, 0.5),
     (1.57, 9, [0.5, 1.5, 2.5], 1.5, 0.5)],
)  # fmt: skip
def test_the_extrema_of_sin(a, b, inside, minimum, maximum):
    """At odd multiples of π/2, given as multiples of π; two maxima of equal height may differ in the last digit."""
    found = extrema_on_interval(np.sin, a, b)
    np.testing.assert_allclose(places(found)[1:-1], np.pi * np.array(inside), atol=1e-8)
    assert found.minimum.fun == pytest.approx(np.sin(np.pi * minimum), abs=1e-12)
    assert found.maximum.fun == pytest.approx(np.sin(np.pi * maximum), abs=1e-12)
    if len(inside) < 3:
        assert found.minimum.x == pytest.approx(np.pi * minimum, abs=1e-7)
        assert found.maximum.x == pytest.approx(np.pi * maximum, abs=1e-7)


def test_a_constant_has_its_extrema_anywhere():
    found = extrema_on_interval(lambda x: 3.0, 0, 1)
    assert found.minimum.fun == found.maximum.fun == 3 and found.minimum.x == found.maximum.x == 0
    assert places(found) == [0, 0.5, 1]


def test_a_flat_stretch_is_one_candidate():
    found = extrema_on_interval(lambda x: max(x, 0.0), -1, 1)
    assert found.minimum.fun == 0 and found.maximum.x == 1 and len(found.candidates) == 3


def test_an_extremum_at_an_end_point_is_found_and_f_is_never_called_outside():
    """sqrt has no values left of 0: a warning there would fail this test."""
    found = extrema_on_interval(np.sqrt, 0, 4)
    assert (found.minimum.x, found.maximum.x, found.maximum.fun) == (0, 4, 2)
    assert found.minimum.kind == found.maximum.kind == "end point" and kinds(found) == []


def test_a_zero_slope_close_to_an_end_is_found():
    found = extrema_on_interval(lambda x: (x - 0.0004) ** 2, 0, 1)
    assert found.minimum.x == pytest.approx(0.0004, abs=1e-9)


def test_rounding_makes_no_candidates():
    assert len(extrema_on_interval(lambda x: np.sin(x) ** 2 + np.cos(x) ** 2, 0, 5).candidates) == 3


def test_f_is_never_called_outside_even_for_a_zero_beside_the_end():
    found = extrema_on_interval(lambda x: (np.sqrt(x) - 0.006) ** 2, 0, 1)
    assert found.minimum.x == pytest.approx(3.6e-5, abs=1e-6)


def test_two_extrema_between_two_samples_are_both_found():
    e = 1e-4
    found = extrema_on_interval(lambda x: x**3 - 3 * e**2 * x, -1, 1.1)
    assert len(found.candidates) == 4 and kinds(found) == ["zero slope"] * 2


@pytest.mark.parametrize("power", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("at", [0.0, 0.1234567, -0.5])
def test_touching_zeros_are_not_lost(power, at):
    found = extrema_on_interval(lambda x: (x - at) ** power, -1, 1)
    assert len(found.candidates) == 3 and found.candidates[1].x == pytest.approx(at, abs=1e-3 if power > 3 else 1e-6)
    if power % 2 == 0:
        assert found.minimum.x == found.candidates[1].x and found.minimum.fun < 1e-12


def test_noise_makes_no_kink_of_a_very_flat_minimum():
    found = extrema_on_interval(lambda x: np.sin(x) ** 2 + np.cos(x) ** 2 + (x - 0.1) ** 4, -1, 1)
    assert "kink" not in kinds(found) and found.minimum.x == pytest.approx(0.1, abs=2e-3)


def test_of_a_short_flat_stretch_the_middle_is_the_candidate():
    found = extrema_on_interval(lambda x: max(abs(x - 0.2) - 0.003, 0.0), -1, 1)
    assert kinds(found) == ["zero slope"] and found.minimum.x == pytest.approx(0.2, abs=1e-3)


def test_a_slope_that_only_comes_near_zero_is_none():
    """f′ = x² + 5e-8 has its least value, 5e-8, between samples whose slopes are 1e-6 and more."""
    assert kinds(extrema_on_interval(lambda x: x**3 / 3 + 5e-8 * x, -1, 1.001)) == []


def test_a_zero_slope_is_placed_to_ten_digits():
    for b in (1.7, 2.0, 2.3, 3.1):
        assert extrema_on_interval(np.sin, 1, b).maximum.x == pytest.approx(np.pi / 2, abs=2e-10)


@given(a=st.floats(-1e3, 1e3), width=st.floats(1e-3, 1e3), kink=st.floats(0, 1))
def test_f_is_called_between_the_ends_only(a, width, kink):
    def f(x):
        assert a <= x <= a + width
        return abs(x - a - kink * width)

    assert extrema_on_interval(f, a, a + width, 50).minimum.fun < 1e-9 * width


@pytest.mark.parametrize("power", [4, 6])
def test_rounding_makes_no_kink_of_a_very_flat_minimum(power):
    found = extrema_on_interval(lambda x: 1 + (x - 0.1) ** power, -1, 1)
    assert kinds(found) == ["zero slope"] and found.minimum.x == pytest.approx(0.1, abs=2e-3) and found.minimum.fun == 1


@pytest.mark.parametrize("samples", [50, 1000, 20_000])
def test_an_inflection_is_a_candidate_however_many_samples_there_are(samples):
    found = extrema_on_interval(lambda x: (x - 0.1234567) ** 3, -1, 1, samples)
    assert kinds(found) == ["zero slope"] and found.candidates[1].x == pytest.approx(0.1234567, abs=1e-4)


def test_a_double_well_has_both_its_minima_and_the_hill_between():
    found = extrema_on_interval(lambda x: (x - 1) ** 2 * (x + 1) ** 2, -1.5, 1.6)
    np.testing.assert_allclose(places(found)[1:-1], [-1, 0, 1], atol=1e-8)
    assert found.minimum.fun < 1e-16 and found.maximum.x == 1.6 and kinds(found) == ["zero slope"] * 3


@pytest.mark.parametrize("offset", [1e-3, 1e-5, 1e-6, 1e-7, 1e-8])
@pytest.mark.parametrize("height", [0.0, 1.0])
def test_a_kink_beside_an_end_point_is_found(offset, height):
    """The difference quotient uses 1e-5 of the interval, and less beside an end."""
    for f in (lambda x: height + abs(x), lambda x: height + abs(1 - x)):
        found = extrema_on_interval(f, -offset, 1 + offset)
        assert found.minimum.fun == pytest.approx(height, abs=1e-12) and kinds(found) == ["kink"]


def test_a_zero_slope_at_an_end_point_is_that_end_point():
    found = extrema_on_interval(np.cos, 0, np.pi)
    assert [c.kind for c in found.candidates] == ["end point"] * 2
    assert (found.maximum.x, found.minimum.x) == (0, np.pi)


def test_an_interval_far_from_zero_is_searched_as_well():
    found = extrema_on_interval(lambda x: (x - 1e6 - 0.3) ** 2, 1e6, 1e6 + 1)
    assert found.minimum.x == pytest.approx(1e6 + 0.3, abs=1e-8) and len(found.candidates) == 3


@pytest.mark.parametrize(("scale", "height"), [(1e-200, 0.0), (1e200, 0.0), (1e-6, 1.0), (1e12, 1e12)])
def test_the_scale_of_f_does_not_matter(scale, height):
    found = extrema_on_interval(lambda x: height + scale * np.cos(x), 1, 5)
    assert kinds(found) == ["zero slope"] and found.minimum.x == pytest.approx(np.pi, abs=1e-4)
    assert found.minimum.fun == pytest.approx(height - scale, rel=1e-12)


def test_small_slopes_are_not_zeros():
    assert len(extrema_on_interval(np.exp, -20, 20).candidates) == 2


@given(a=st.floats(-3, 0), width=st.floats(0.5, 4), c=st.tuples(*[st.floats(-2, 2)] * 4))
def test_nothing_lies_below_the_minimum_or_above_the_maximum(a, width, c):
    def f(x):
        return c[0] * np.sin(3 * x) + c[1] * abs(x - 0.3) + c[2] * x**2 + c[3] * np.cos(x)

    found = extrema_on_interval(f, a, a + width)
    values = f(np.linspace(a, a + width, 4001))
    assert found.minimum.fun <= values.min() + 1e-9 and found.maximum.fun >= values.max() - 1e-9
    assert places(found) == sorted(places(found)) and all(c.fun == f(c.x) for c in found.candidates)


def test_the_result_unpacks():
    candidates, minimum, maximum = extrema_on_interval(lambda x: x**2 - 4 * x + 8, 0, 5)
    assert minimum.fun == 4 and minimum.x == pytest.approx(2, abs=1e-8) and maximum.x == 5 and len(candidates) == 3


@pytest.mark.parametrize(
    ("f", "a", "b", "samples", "error", "words"),
    [(3.0, 0, 1, 10, TypeError, "^f must be a function"), (np.sin, 1, 0, 10, ValueError, "^a must be below b"),
     (np.sin, 1, 1, 10, ValueError, "^a must be below b"), (np.sin, np.nan, 1, 10, ValueError, "^a must be finite"),
     (np.sin, 0, np.inf, 10, ValueError, "^b must be finite"), (np.sin, "0", 1, 10, TypeError, "^a must be a number"),
     (np.sin, 0, [1], 10, TypeError, "^b must be a number"), (np.sin, 0, 1, 2, ValueError, "^samples must be at least"),
     (np.sin, 0, 1, 9.5, TypeError, "^samples must be a whole"),
     (np.sin, 1e9, 1e9 + 1, 10**5, ValueError, "^samples must be at most 8389 from a"),
     (lambda x: "1", 0, 1, 10, TypeError, "f must return"),
     (lambda x: np.ones(2), 0, 1, 10, TypeError, "f must return one number"),
     (lambda x: np.nan, 0, 1, 10, FloatingPointError, "f returned NaN")],
)  # fmt: skip
def test_bad_arguments_are_named(f, a, b, samples, error, words):
    with pytest.raises(error, match=words):
        extrema_on_interval(f, a, b, samples)


@pytest.mark.parametrize(
    ("f", "a", "b", "near"),
    [(lambda x: 1 / x, -1, 2, 0), (lambda x: 1 / x, -1, 1, 0), (lambda x: 1 / x**2, -1, 1.3, 0),
     (np.tan, 0, 3, np.pi / 2), (lambda x: -1 / (x - 0.1) ** 4, -1, 1, 0.1),
     (lambda x: 1 / abs(x - 0.3), -1, 1, 0.3), (lambda x: np.sign(x - 0.2), -1, 1, 0.2),
     (lambda x: np.floor(x) - 3 * x, 0.5, 1.9, 1), (lambda x: x if x < 0.5 else x - 1e-3, 0, 1, 0.5),
     (np.sign, -1, 1, 0), (math.floor, 0.2, 1.9, 1), (np.round, 0.2, 1.2, 0.5), (lambda x: x % 1, 0.2, 1.9, 1),
     (lambda x: np.where(x < 0.3, x, x + 1), 0, 1, 0.3), (lambda x: np.heaviside(x - 1e-7, 1), 0, 1, 1e-7),
     (math.tan, 0, 3, np.pi / 2), (lambda x: np.log(abs(x - 0.1)), -1, 1, 0.1), (np.log, 0, 1, 0),
     (lambda x: 1 / np.sin(x), 1, 4, np.pi), (lambda x: np.arctan(1 / (x - 0.2)), -1, 1.1, 0.2),
     (lambda x: 1 / (x - 0.123456), -1e3, 1e3, 0.123456), (lambda x: 1 / math.sqrt(abs(x - 0.3)), -1, 1, 0.3),
     (lambda x: np.sign(x - 0.5) * 1e-3 + 50 * x, 0, 1, 0.5), (lambda x: math.copysign(1, x), -1, 1, 0)],
)  # fmt: skip
def test_a_jump_or_a_pole_is_refused_and_its_place_is_told(f, a, b, near):
    with pytest.raises(ValueError, match=r"^f (must be|has no value)") as caught:
        extrema_on_interval(f, a, b)
    told = str(caught.value).split("x = ")[1].split(":")[0]
    assert float(told) == pytest.approx(near, abs=1e-6)


@pytest.mark.parametrize(
    "f", [lambda x: np.tanh(1e6 * (x - 0.1)), lambda x: np.sqrt(abs(x - 0.1)), lambda x: abs(x) ** 0.2]
)
def test_what_is_only_steep_is_no_jump(f):
    found = extrema_on_interval(f, -1, 1)
    assert found.minimum.fun == pytest.approx(min(f(x) for x in (-1, 0, 0.1)), abs=2e-3)


def test_a_function_that_writes_into_what_it_gets_hides_no_nan():
    def f(x):
        x -= 1
        return np.where(abs(x - 0.21) < 1e-3, np.nan, x)

    with pytest.raises(FloatingPointError, match=r"^f returned NaN at x = 1\.2(09|1)"):
        extrema_on_interval(f, -1, 2)


@pytest.mark.parametrize("height", [0, 1, 5, 1e3])
@pytest.mark.parametrize("at", [0.0, 0.3, -0.123456])
def test_an_inflection_is_one_candidate_also_where_f_is_far_from_zero(height, at):
    found = extrema_on_interval(lambda x: height + (x - at) ** 3, -1, 1.1)
    assert kinds(found) == ["zero slope"] and found.candidates[1].x == pytest.approx(at, abs=1e-4)


def test_numbers_too_small_for_all_their_digits_make_no_candidates():
    found = extrema_on_interval(lambda x: x * np.exp(-x), 0, 800)
    assert len([x for x in places(found) if 1.1 < x < 799]) == 1  # the middle of where it is 0


def test_zero_is_told_as_zero():
    for f in (abs, np.square, lambda x: max(-x, 3 * x)):
        found = extrema_on_interval(f, -1, 2)
        assert found.minimum.x == 0 and math.copysign(1, found.minimum.x) == 1


@pytest.mark.parametrize("power", [0.2, 0.5, 2 / 3, 1])
def test_a_cusp_is_a_kink(power):
    found = extrema_on_interval(lambda x: abs(x - 0.1) ** power, -1, 2)
    assert kinds(found) == ["kink"] and found.minimum.x == pytest.approx(0.1, abs=1e-12)


LOW = (1.5 * math.pi - 1e-4) / 1000  # where 1000 cos(1000x) + 1/10 is about zero first
SMOOTH = {  # f, a, b, lowest and highest (place, value) by hand, None where a place is not unique
    "exp(-100x²)": (lambda x: np.exp(-100 * x**2), -3, 3, (None, math.exp(-900)), (0, 1)),
    "narrow normal": (scipy.stats.norm(0.3, 1e-3).pdf, -1, 1, (None, 0), (0.3, 1e3 / math.sqrt(2 * math.pi))),
    "exp": (np.exp, -800, 1, (None, 0), (1, math.e)),
    "x exp(-x)": (lambda x: x * np.exp(-x), 0, 800, (None, 0), (1, 1 / math.e)),
    "x² sin(1/x)": (lambda x: x**2 * math.sin(1 / x) if x else 0.0, -1, 1, (-1, -math.sin(1)), (1, math.sin(1))),
    "1/(1+x²)": (lambda x: 1 / (1 + x**2), -1e6, 1e6, (-1e6, 1 / (1 + 1e12)), (0, 1)),
    "1/(1+x²), moved": (lambda x: 1 / (1 + (x - 3.3) ** 2), -1e6, 1e6, (-1e6, 1 / (1 + (1e6 + 3.3) ** 2)), (3.3, 1)),
    "tanh(50x)": (lambda x: np.tanh(50 * x), -0.1, 0.2, (-0.1, math.tanh(-5)), (0.2, math.tanh(10))),
    "logistic": (lambda x: scipy.special.expit(1e4 * (x - 0.123)), 0, 1, (0, scipy.special.expit(-1230)), (None, 1)),
    "arctan(1e8x)": (lambda x: np.arctan(1e8 * x), -1, 1, (-1, math.atan(-1e8)), (1, math.atan(1e8))),
    "sqrt": (np.sqrt, 0, 4, (0, 0), (4, 2)),
    "cube root": (np.cbrt, -1, 8, (-1, -1), (8, 2)),
    "x^(2/3)": (lambda x: np.cbrt(x**2), -1, 8, (0, 0), (8, 4)),
    "half circle": (lambda x: np.sqrt(1 - x**2), -1, 1, (-1, 0), (0, 1)),
    "arcsin": (np.arcsin, -1, 1, (-1, -math.pi / 2), (1, math.pi / 2)),
    "x log x": (lambda x: x * math.log(x) if x else 0.0, 0, 1, (1 / math.e, -1 / math.e), (0, 0)),
    "log, from 1e-300": (np.log, 1e-300, 1, (1e-300, math.log(1e-300)), (1, 0)),
    "1/x, from 1e-6": (lambda x: 1 / x, 1e-6, 1, (1, 1), (1e-6, 1e6)),
    "exp(-1/x²)": (lambda x: math.exp(-1 / x**2) if x else 0.0, -1, 1, (None, 0), (-1, 1 / math.e)),
    "two Gaussians": (lambda x: np.exp(-(x**2)) * np.exp(-50 * (x - 1) ** 2), -10, 10, (None, 0),
                      (50 / 51, math.exp(-50 / 51))),
    "rounded kink": (lambda x: np.hypot(x - 0.1, 1e-9), -1, 1, (0.1, 1e-9), (-1, 1.1)),
    "x^20": (lambda x: x**20, -10, 9, (None, 0), (-10, 1e20)),
    "many waves": (lambda x: math.sin(1000 * x) + x / 10, 0, 1, (LOW, LOW / 10 - math.sqrt(1 - 1e-8)), None),
}  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
def test_a_steep_or_narrow_function_is_no_jump_and_its_extrema_are_found(name):
    f, a, b, *wanted = SMOOTH[name]
    found = extrema_on_interval(f, a, b)
    for extremum, right in zip((found.minimum, found.maximum), wanted, strict=True):
        if right:
            assert extremum.fun == pytest.approx(right[1], rel=1e-9, abs=1e-9)
            assert right[0] is None or extremum.x == pytest.approx(right[0], rel=1e-6, abs=1e-6)
    grid = [f(x) for x in np.linspace(a, b, 3001).tolist()]
    assert found.minimum.fun <= min(grid) + 1e-15 and found.maximum.fun >= max(grid) * (1 - 1e-15)


@pytest.mark.slow
@pytest.mark.parametrize("width", [3e-3, 3e-4, 1e-4, 3e-5])
@pytest.mark.parametrize("seed", range(3))
def test_a_dip_as_wide_as_the_resolution_is_found_wherever_it_is(width, seed):
    for place in np.random.default_rng(seed).uniform(-1, 2, 60).tolist():
        found = extrema_on_interval(lambda x: x**2 / 10 - np.exp(-(((x - place) / width) ** 2)), -1, 2)  # noqa: B023
        assert found.resolution <= 1.001 * width and found.minimum.x == pytest.approx(place, abs=width / 100)


def test_what_is_narrower_than_the_resolution_can_be_missed():
    place, width = 0.123456, 1e-6
    found = extrema_on_interval(lambda x: x / 10 - np.maximum(0, 1 - abs(x - place) / width), -1, 2)
    assert found.resolution > width and found.minimum.x == -1
    near = extrema_on_interval(lambda x: x / 10 - np.maximum(0, 1 - abs(x - place) / width), 0.12, 0.13)
    assert near.resolution < width and near.minimum.x == pytest.approx(place, abs=1e-9)


def test_the_resolution_is_the_distance_of_the_samples():
    assert extrema_on_interval(np.sin, 0, 3, 7).resolution == 0.5
    assert extrema_on_interval(np.sin, 0, 3).resolution == pytest.approx(3e-5, rel=1e-4)
    assert extrema_on_interval(math.sin, 0, 3).resolution == pytest.approx(3e-4, rel=1e-3)


@pytest.mark.parametrize("seed", range(20))
def test_scipy_finds_nothing_lower(seed):
    """Sums of waves, searched by scipy.optimize.brute with its own polishing afterwards."""
    rng = np.random.default_rng(seed)
    size, speed, shift = rng.normal(size=5), rng.uniform(1, 9, 5), rng.uniform(0, 6, 5)

    def f(x):
        return sum(s * np.sin(v * x + p) for s, v, p in zip(size, speed, shift, strict=True))

    start = np.linspace(-2, 3, 400)
    best = start[np.argmin(f(start))]
    found = scipy.optimize.minimize_scalar(f, bounds=(max(best - 0.02, -2), min(best + 0.02, 3)), method="bounded")
    ours = extrema_on_interval(f, -2, 3).minimum
    assert ours.fun <= found.fun + 1e-12 and ours.x == pytest.approx(found.x, abs=1e-4)


@pytest.mark.parametrize(
    ("f", "a", "error", "words"),
    [(np.log, 0, ValueError, "^f must be finite from a to b, not -inf at x = 0.0"),
     (math.log, 0, ValueError, r"^f has no value at x = 0\.0: "),
     (np.log, -1, FloatingPointError, "f returned NaN at x = -1"),
     (lambda x: math.exp(800 * x), 0, ValueError, "^f has no value at x = .*: math range error")],
)  # fmt: skip
def test_where_f_has_no_value_is_told(f, a, error, words):
    with pytest.raises(error, match=words):
        extrema_on_interval(f, a, 1)


def test_an_interval_too_narrow_or_wide_for_floats_is_refused():
    for a, b in [(1.0, np.nextafter(1, 2)), (1e10, 1e10 + 1e-3), (0.0, 1e-320), (-1e308, 1e308)]:
        with pytest.raises(ValueError, match=r"^a and b must be an interval that floats can divide"):
            extrema_on_interval(np.sin, a, b)


def test_f_is_called_between_the_ends_only_and_with_floats_if_it_takes_no_arrays():
    seen = []
    extrema_on_interval(lambda x: seen.append(math.exp(x)) or math.exp(x), -0.3, 0.7)
    assert min(seen) == math.exp(-0.3) and max(seen) == math.exp(0.7) and len(seen) < 10_200
    kinds = {type(x) for x in called_with(math.cos, -1, 2)}
    assert kinds == {float, np.ndarray}  # one array, to see whether f takes it


def called_with(f, a, b):
    seen = []
    extrema_on_interval(lambda x: seen.append(x) or f(x), a, b)
    return seen


def test_a_function_that_takes_arrays_is_called_a_few_times_and_between_the_ends():
    seen = called_with(np.cos, -1, 2)
    assert len(seen) < 100 and max(map(np.size, seen)) >= 100_000
    assert min(map(np.min, seen)) == -1 and max(map(np.max, seen)) == 2


@pytest.mark.parametrize(
    "f",
    [lambda x: x**2 if x < 1 else 2 * x - 1, lambda x: np.sum(x**2), lambda x: [x**2][0] if type(x) is float else [0.0],
     lambda x: x**2 + (np.ndim(x) and x), lambda x: x**2 if np.ndim(x) == 0 else x[:3], lambda x: np.float64(x) ** 2],
)  # fmt: skip
def test_an_array_is_believed_only_if_it_says_what_its_numbers_say(f):
    found = extrema_on_interval(f, -1, 2)
    assert found.minimum.x == pytest.approx(0, abs=1e-9) and found.maximum.x == 2


@pytest.mark.parametrize("f", [np.vectorize(lambda x: 2 * x + 1), np.vectorize(lambda x: abs(x - 0.5))])
def test_a_vectorized_function_is_never_called_with_nothing(f):
    assert extrema_on_interval(f, -1, 2, 1000).maximum.x in (-1, 2)


def test_a_function_may_write_into_what_it_gets():
    def f(x):
        x -= 0.3
        return np.square(x)

    assert extrema_on_interval(f, -1, 2).minimum.x == pytest.approx(0.3, abs=1e-9)


def test_a_slider_cannot_move_the_search():
    with pytest.raises(TypeError, match="extrema_on_interval looks at numbers"):
        trace(lambda a: extrema_on_interval(np.sin, a, 3).minimum.fun, 0.0)
    with pytest.raises(TypeError, match=r"extrema_on_interval|depends on a slider"):
        trace(lambda c: extrema_on_interval(lambda x: c * x, 0, 3).minimum.fun, 0.0)
