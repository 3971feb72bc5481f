"""The maps that chapters share: even steps of height, tints that tell low from high, still and live."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gradcore import himmelblau
from gradcore.plotting import blank_relief, even_levels, heights_of, limits_around, relief
from livefig import Formula, live

SIDE = np.linspace(-5, 5, 41)
HEIGHTS = himmelblau(np.stack(np.meshgrid(SIDE, SIDE), axis=-1))


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_lines_are_equal_steps_apart_and_below_the_last_lies_the_wanted_share_of_the_map(count, share):
    levels = even_levels(HEIGHTS, count, share)
    assert len(levels) == count and np.allclose(np.diff(levels), levels[0] - HEIGHTS.min())
    assert np.mean(levels[-1] > HEIGHTS) == pytest.approx(share, abs=0.06)


def test_the_higher_a_field_the_bluer_and_each_lies_between_two_lines(ax):
    fields, lines = relief(ax, SIDE, SIDE, HEIGHTS)
    assert np.array_equal(fields.levels[1:-1], lines.levels) and np.allclose(lines.levels, even_levels(HEIGHTS))
    assert fields.levels[0] < HEIGHTS.min() and fields.levels[-1] > HEIGHTS.max()
    red, green, blue, _ = fields.get_facecolor().T
    assert (np.diff(blue) > 0).all() and (np.diff(green) < 0).all() and (np.diff(red) < 0).all()
    assert list(relief(ax, SIDE, SIDE, HEIGHTS, levels=[20, 40])[1].levels) == [20, 40]


def test_a_live_relief_takes_every_landscape_that_a_reader_types(ax):
    """A plain one, one with a hole, one that is nowhere a number."""
    both = blank_relief(ax, SIDE[::4], SIDE[::4])
    places = np.stack(np.meshgrid(SIDE[::4], SIDE[::4]), axis=-1)
    typed = Formula("x0*x1", ("x0", "x1"))
    figure = live(ax.figure, lambda f: dict(zip(both, heights_of(f(places)), strict=True)), f=typed)
    for text in ("x0**2 - x1", "7", "log(x0)", "sqrt(-1 - x0**2)", "1/x0", "exp(exp(x0*x1))"):
        figure.set(f=text)
        with np.errstate(all="ignore"):
            shares, (z, levels) = heights_of(typed.function(places))
        assert np.isfinite(z).all() and (np.diff(levels) > 0).all() and 0 <= shares.min() <= shares.max() <= 1


def test_the_fields_of_a_live_relief_lie_around_their_places(ax):
    fields, _ = blank_relief(ax, [0, 1, 2], [10, 20, 30, 40])
    assert fields.get_extent() == [-0.5, 2.5, 5, 45] and fields.get_array().shape == (4, 3)


@pytest.mark.parametrize(
    "text", ["sin(x)", "1/x", "tan(x)", "log(x)", "exp(x**2)", "7", "1e9 + 0*x", "sqrt(-1 - x**2)"]
)
def test_limits_show_nearly_all_of_a_curve_and_not_how_far_its_poles_reach(text):
    x = np.linspace(-5, 5, 401)
    with np.errstate(all="ignore"):
        y = Formula(text).function(x)
    low, high = limits_around(y, below=0.2, above=0.4)
    fine = y[np.isfinite(y)]
    assert np.isfinite(low) and low < high
    assert np.mean((low <= fine) & (fine <= high)) > 0.94 if len(fine) else low < 0 < high
    if text in ("1/x", "tan(x)"):
        assert high - low < np.ptp(fine) / 2
    if text == "sin(x)":
        assert (low, high) == pytest.approx((-1.4, 1.8), abs=0.03)
        assert limits_around(y, y + 10) == pytest.approx((-2.2, 12.2), abs=0.06)
