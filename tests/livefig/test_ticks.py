"""Ticks stand where matplotlib puts them, and say what matplotlib writes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.ticker import AutoMinorLocator, MultipleLocator
from node import Modules

from livefig.drawing.ticks import known_ticks, plainly, ticks


@pytest.fixture(scope="module")
def script():
    with Modules("drawing/ticks") as call:
        yield call


def limits(scale, count):
    """Limits of every size and place: round ones, random ones, narrow ones far out, some inverted."""
    rng = np.random.default_rng(7)
    if scale == "log":
        for low in range(-8, 9):
            yield from ((10.0**low, 10.0 ** (low + wide)) for wide in (1, 2, 3, 9, 10, 14))
        for _ in range(count):
            low = rng.uniform(-9, 9)
            yield 10.0**low, 10.0 ** (low + rng.exponential(rng.choice([0.1, 1, 6])) + 1e-6)
        return
    for low in range(-10, 11):
        yield from ((low * size, (low + wide) * size) for wide in (1, 2, 7, 10) for size in (1e-7, 0.01, 1, 1e5, 1e9))
    for _ in range(count):
        width = 10 ** rng.uniform(-9, 9)
        low = rng.normal() * width * 10 ** rng.choice([0, 0, 1, 3, 6])
        low, high = low, low + width
        yield (high, low) if rng.random() < 0.1 else (low, high)
        yield float(f"{low:.2g}"), float(f"{low:.2g}") + float(f"{width:.1g}")


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_ticks_are_those_of_an_axis_of_matplotlib(scale):
    _, ax = plt.subplots(figsize=(4, 3))
    ax.set(xscale=scale)
    for low, high in limits(scale, 30):
        ax.set_xlim(low, high)
        drawn = ax.xaxis._update_ticks()
        wanted = [(float(tick.get_loc()), plainly(tick.label1.get_text())) for tick in drawn]
        major, minor, offset = ticks(known_ticks(ax.xaxis), low, high)
        assert major + minor == wanted
        assert offset == ax.xaxis.get_major_formatter().get_offset()


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_page_has_the_same_ticks(script, scale):
    spec = {"scale": scale, "steps": [1, 2, 2.5, 5, 10], "least": 2, "at": None, "minor": scale == "log"}
    given = [[spec | {"most": 2 + number % 8}, *ends] for number, ends in enumerate(limits(scale, 600))]
    found = script("return args[0].map((given) => parts.ticks(...given))", given)
    for (known, low, high), (*both, offset) in zip(given, found, strict=True):
        *wanted, said = ticks(known, low, high)
        for ours, theirs in zip(both, wanted, strict=True):
            assert [label for _, label in ours] == [label for _, label in theirs], (low, high)
            assert np.allclose(
                [at for at, _ in ours], [at for at, _ in theirs], rtol=1e-13, atol=1e-13 * abs(high - low)
            )
        assert offset == said, (low, high)


SETTINGS = [
    (lambda axis: axis.set_major_locator(MultipleLocator(2)), "MultipleLocator"),
    (lambda axis: axis.set_minor_locator(AutoMinorLocator()), "minor ticks"),
    (lambda axis: axis.set_major_formatter("{x} m"), "StrMethodFormatter"),
    (lambda axis: axis.get_major_formatter().set_useOffset(False), "settings of its own"),
]


@pytest.mark.parametrize(("change", "words"), SETTINGS)
def test_ticks_of_other_kinds_are_refused_by_name(change, words):
    _, ax = plt.subplots()
    change(ax.xaxis)
    with pytest.raises(ValueError, match=words):
        known_ticks(ax.xaxis)


def test_ticks_that_were_set_stay():
    _, ax = plt.subplots()
    ax.set_xticks([0, 0.5, 3])
    assert ticks(known_ticks(ax.xaxis), 0, 1) == ([(0.0, "0.0"), (0.5, "0.5")], [], "")
