"""Extrema on an interval: known ones, kinks, end points, and what is no extremum."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcore import extrema_on_interval
from gradcore.tape import trace


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
     (np.sin, 0, 1, 9.5, TypeError, "^samples must be a whole"), (lambda x: "1", 0, 1, 10, TypeError, "f must return"),
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
     (lambda x: np.floor(x) - 3 * x, 0.5, 1.9, 1), (lambda x: x if x < 0.5 else x - 1e-3, 0, 1, 0.5)],
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


def test_f_is_called_between_the_ends_only_and_about_as_often_as_promised():
    seen = []
    extrema_on_interval(lambda x: seen.append(x) or math.exp(x), -0.3, 0.7)
    assert min(seen) == -0.3 and max(seen) == 0.7 and all(type(x) is float for x in seen)
    assert len(seen) < 3100


def test_a_slider_cannot_move_the_search():
    with pytest.raises(TypeError, match="extrema_on_interval looks at numbers"):
        trace(lambda a: extrema_on_interval(np.sin, a, 3).minimum.fun, 0.0)
    with pytest.raises(TypeError, match=r"extrema_on_interval|depends on a slider"):
        trace(lambda c: extrema_on_interval(lambda x: c * x, 0, 3).minimum.fun, 0.0)
