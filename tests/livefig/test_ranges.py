"""Range sliders: `update` gets a pair of numbers, and a page has two sliders that do not pass each other."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figures import assert_the_browser_agrees, settings
from ipywidgets import FloatRangeSlider, FloatSlider, IntRangeSlider

from livefig.controls import controls
from livefig.figure.live import live

x = np.linspace(0, 10, 21)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def area(readout="From {w[0]:.1f} to {w[1]:.1f}: {area:.3f}.", **more):
    """The area under a sine, between both ends of a window."""
    fig, ax = plt.subplots(figsize=(3.6, 2.4))
    ax.set(xlim=(0, 10), ylim=(-2, 2))
    (curve,), band = ax.plot([], []), ax.axvspan(1, 2, alpha=0.3)

    def update(w, k):
        low, high = w
        part = np.linspace(low, high, 20)
        curve_data = np.stack([part, k * np.sin(part)], axis=1)
        return {curve: curve_data, band: np.stack(w), "area": k * (np.cos(low) - np.cos(high))}

    w = FloatRangeSlider(value=(1, 3), min=0, max=10, description="window")
    return live(fig, update, w=w, k=FloatSlider(value=1, max=2), title="Area", readout=readout, **more)


def sliced(**kw):
    fig, ax = plt.subplots(figsize=(3.6, 2.4))
    (line,) = ax.plot(x, np.sin(x))
    w = IntRangeSlider(value=(2, 8), min=0, max=20)
    return live(fig, lambda w: {line: np.column_stack([x, np.sin(x)])[w[0] : w[1] + 1]}, w=w, **kw)


def test_update_gets_a_pair_in_python_and_on_the_tape():
    figure = area()
    assert figure.canvas.spec["tapes"][0]["inputs"] == [["w[0]"], ["w[1]"], ["k"]]
    for w in [(0, 10), (2.5, 2.5), (0.7, 4.1)]:
        figure.set(w=w)
        assert figure.values["w"] == w
        assert figure.state.named["area"] == pytest.approx(np.cos(w[0]) - np.cos(w[1]))
        np.testing.assert_allclose(figure.state.arrays[1], w)


def test_where_python_needs_integers_all_pairs_are_enumerated():
    figure = sliced()
    (spec,) = figure.spec["controls"]
    assert figure.spec["choices"] == [["w", 231]]
    pairs = [controls.setting_at(spec, number) for number in range(231)]
    assert sorted(pairs) == [(a, b) for a in range(21) for b in range(a, 21)]
    assert [controls.number_of(spec, pair) for pair in pairs] == list(range(231))
    for w in [(0, 20), (5, 9), (7, 7)]:
        figure.set(w=w)
        np.testing.assert_array_equal(figure.state.arrays[0][:, 0], x[w[0] : w[1] + 1])


def test_what_is_no_pair_of_the_range_is_refused():
    figure = area()
    for w in [(5, 2), (1,), 3, (0, 11), (0, "a"), (np.nan, 3)]:
        with pytest.raises((TypeError, ValueError), match="w must be"):
            figure.set(w=w)
    assert figure.values["w"] == (1, 3)


def test_a_sentence_names_the_ends_and_the_advice_that_says_so_works():
    with pytest.raises(ValueError, match=r"readout uses 'w': it is a pair, write (.*) and (.*)$") as refused:
        area("{w}")
    ends = re.findall(r"\{w\[\d]\}", str(refused.value))
    assert area(" ".join(ends)).state.sentence == "1 3"


@pytest.mark.parametrize("option", [{"drag": ("w", "k")}, {"view": ("w", "k")}], ids=str)
def test_a_pair_is_no_single_number(option):
    with pytest.raises(ValueError, match="must name two of the sliders k, not"):
        area(**option)


def test_on_a_page_two_sliders_and_two_boxes_move_the_ends(visit, tmp_path):
    figure = area()
    visit.page.goto(figure.save(tmp_path / "area.html").as_uri())
    element, group = visit.page.locator("figure"), visit.page.get_by_role("group", name="window")
    low, high = (group.get_by_label(name, exact=True) for name in ("from", "to"))
    low_box, high_box = group.get_by_role("spinbutton").all()

    def stands(a, b, sentence):
        assert element.evaluate("figure => figure.live.values().w") == [a, b]
        assert (low.input_value(), high.input_value()) == (str(a), str(b))
        assert element.locator(".readout").inner_text() == sentence

    stands(1, 3, figure.state.sentence)
    low.press("ArrowRight")
    stands(1.1, 3, "From 1.1 to 3.0: 1.444.")
    low.press("End")
    stands(3, 3, "From 3.0 to 3.0: 0.000.")
    high_box.fill("2")
    assert group.get_by_role("alert").inner_text() == "Type a number from 3 to 10."
    high_box.fill("25")
    high_box.fill("9.5")
    stands(3, 9.5, "From 3.0 to 9.5: 0.007.")
    low_box.press("ArrowDown")
    low_box.press("Enter")
    stands(2.9, 9.5, "From 2.9 to 9.5: 0.026.")
    refusal = "figure => { try { figure.live.set({ w: [3, 1] }) } catch (error) { return error.message } }"
    assert element.evaluate(refusal) == "w must be two finite numbers, the lower first, not 3,1"
    visit.page.get_by_role("button", name="Copy link").click()
    link = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(link)
    stands(2.9, 9.5, "From 2.9 to 9.5: 0.026.")
    visit.page.get_by_role("button", name="Reset").click()
    stands(1, 3, figure.state.sentence)
    assert_the_browser_agrees(element, figure, settings(figure, 20))
    assert visit.complaints == []


def test_on_a_page_enumerated_pairs_are_those_of_python(visit, tmp_path):
    figure = sliced()
    visit.page.goto(figure.save(tmp_path / "sliced.html").as_uri())
    assert_the_browser_agrees(visit.page.locator("figure"), figure, settings(figure, 12))
    assert visit.complaints == []
