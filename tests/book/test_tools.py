"""The buttons under a figure: time, reset, compare and link."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from conftest import complaints, watched
from ipywidgets import FloatSlider, IntSlider
from playwright.sync_api import expect
from test_live import agg, choices, descent, parabola  # noqa: F401 - agg is a fixture

from gradcore import iterate
from livefig.figure.live import live

VALUES = "figure => figure.live.values()"


def opens(page, folder):
    """Opens a figure in a page of its own."""

    def at(figure, address=""):
        path = figure.save(folder / "figure.html")
        path.write_text(watched(path.read_text(encoding="utf-8")), encoding="utf-8")
        page.goto("about:blank")
        page.goto(path.as_uri() + address)
        return page.locator("figure.live-figure")

    return at


@pytest.fixture
def opened(page, tmp_path):
    yield opens(page, tmp_path)
    assert complaints(page) == []


@pytest.fixture
def opened_anywhere(anywhere, tmp_path):
    yield opens(anywhere, tmp_path)
    assert complaints(anywhere) == []


def press(element, name):
    element.get_by_role("button", name=name, exact=True).click()


def shown(element):
    """What the number boxes show."""
    return element.evaluate("figure => [...figure.querySelectorAll('input[inputmode]')].map(box => box.value)")


def test_reset_returns_to_the_first_state_exactly(opened_anywhere):
    element = opened_anywhere(descent())
    look = "f => [f.live.values(), f.live.data(), f.querySelector('svg').outerHTML, f.innerText]"
    first = element.evaluate(look)
    element.evaluate("figure => figure.live.set({lr: 0.77, x0: 3.3, n: 7})")
    element.locator("[name=x0-number]").fill("99")
    assert element.evaluate(look) != first
    press(element, "Reset")
    assert element.evaluate(look) == first
    assert shown(element) == ["0.1", "-7.00", "30"]


def test_time_goes_forward_back_and_to_its_start(opened_anywhere):
    element = opened_anywhere(descent())
    for name, n in (("Step forward", 31), ("Step forward", 32), ("Step back", 31), ("Rewind", 0), ("Step back", 0)):
        press(element, name)
        assert element.evaluate(VALUES)["n"] == n
        assert element.evaluate("figure => figure.live.data()[0].length") == n + 1
    assert element.locator("input[name=n]").input_value() == "0"


def test_play_goes_on_until_it_is_paused_or_at_the_end(opened_anywhere, anywhere):
    element = opened_anywhere(descent())
    element.evaluate("figure => figure.live.set({n: 95})")
    press(element, "Play")
    anywhere.wait_for_function("() => document.querySelector('figure').live.values().n === 100")
    element.get_by_role("button", name="Play", exact=True).wait_for()
    press(element, "Play")  # at the end it begins again
    anywhere.wait_for_function("() => document.querySelector('figure').live.values().n < 90")
    press(element, "Pause")
    stopped = element.evaluate(VALUES)["n"]
    anywhere.wait_for_timeout(200)
    assert element.evaluate(VALUES)["n"] == stopped < 100


SPOKEN = """figure => {
    window.spoken = [];
    const readout = figure.querySelector("[role=status]");
    const heard = () => readout.ariaLive === "off" || spoken.push(readout.textContent);
    new MutationObserver(heard).observe(readout, { childList: true, characterData: true, subtree: true });
}"""


@pytest.mark.parametrize("end", ["Pause", None])
def test_a_figure_that_plays_is_silent_and_tells_its_last_state_once(opened_anywhere, anywhere, end):
    element = opened_anywhere(descent())
    element.evaluate("figure => figure.live.set({n: 70})")
    element.evaluate(SPOKEN)
    press(element, "Play")
    anywhere.wait_for_function("() => document.querySelector('figure').live.values().n > 80")
    assert anywhere.evaluate("spoken") == []
    if end:
        press(element, end)
    element.get_by_role("button", name="Play", exact=True).wait_for()
    assert anywhere.evaluate("spoken") == [element.locator(".readout").inner_text()]


def test_only_a_figure_with_steps_has_time(opened):
    assert opened(parabola()[0]).get_by_role("button", name="Play").count() == 0


def test_a_number_of_steps_is_played_even_if_only_the_last_state_is_drawn(opened):
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(rate, n, unused):
        return {dot: np.stack([iterate(lambda x: rate * x, 1.0, n)[-1], rate])[None, :]}

    rate, n, unused = FloatSlider(value=0.9, min=0, max=1), IntSlider(value=3, max=9), IntSlider(value=1, max=2)
    element = opened(live(fig, update, rate=rate, unused=unused, n=n, title="Decay"))
    press(element, "Step forward")
    assert element.evaluate(VALUES)["n"] == 4
    assert element.evaluate("f => f.live.data()")[0][0][0] == pytest.approx(0.9**4)


def test_compare_keeps_the_present_curve_while_the_sliders_move_on(opened):
    element = opened(descent())
    before = element.locator("[data-part='0.line']").get_attribute("d")
    press(element, "Compare")
    element.evaluate("figure => figure.live.set({lr: 0.6})")
    ghosts = element.locator(".live-ghost")
    assert before in ghosts.evaluate_all("ghosts => ghosts.map(ghost => ghost.getAttribute('d'))")
    assert element.locator("[data-part='0.line']").get_attribute("d") != before
    press(element, "Compare")
    assert ghosts.count() == 0


def test_the_numbers_are_a_table_on_demand_and_follow_the_sliders(opened):
    element = opened(descent())
    tables = element.locator("table")
    assert tables.count() == 0
    element.get_by_text("Show the numbers").click()
    expect(tables).to_have_count(1)
    assert tables.locator("caption").inner_text() == "path"
    assert tables.locator("thead th").all_inner_texts() == ["step", "x₀", "x₁"]
    assert tables.locator("tbody tr").count() == 31
    assert tables.locator("tbody tr").first.locator("td").all_inner_texts() == ["−7", "2"]
    element.evaluate("figure => figure.live.set({n: 3, x0: 1.5})")
    assert tables.locator("tbody tr").count() == 4
    assert tables.locator("tbody tr").first.locator("td").all_inner_texts() == ["1.5", "2"]


def test_a_link_restores_the_exact_state(opened_anywhere, anywhere):
    for figure, wanted in (
        (descent(), {"lr": 0.123456789, "x0": -3.25, "n": 12}),
        (choices(), {"shape": "a line", "way": "down", "thick": True, "slope": -1.75, "bend": 2}),
    ):
        element = opened_anywhere(figure)
        element.evaluate("(figure, values) => figure.live.set(values)", wanted)
        sentence = element.locator(".readout").inner_text()
        press(element, "Copy link")
        address = anywhere.url
        assert "#" in address
        again = opened_anywhere(figure, address[address.index("#") :])
        assert again.evaluate(VALUES) == wanted
        assert again.locator(".readout").inner_text() == sentence


def test_a_link_that_is_typed_into_an_open_page_is_followed(opened_anywhere, anywhere):
    element = opened_anywhere(descent())
    anywhere.evaluate("location.hash = '#live-descent;lr=0.05;n=7'")
    anywhere.wait_for_function("() => document.querySelector('figure').live.values().lr === 0.05")
    assert element.evaluate(VALUES) == {"lr": 0.05, "x0": -7, "n": 7}


@pytest.mark.parametrize("broken", ["lr=99", "lr=abc", "lr", "nothing=1", "n=2.5;lr=-1", "%F0%9F", ";;==&&"])
def test_a_damaged_link_changes_nothing_that_it_cannot(opened, broken):
    element = opened(descent(), f"#live-descent;{broken}")
    assert element.evaluate(VALUES) | {"n": 30} == {"lr": 0.1, "x0": -7, "n": 30}


def test_without_options_or_steps_there_is_still_reset_and_link(opened):
    figure, _ = parabola(x=FloatSlider(value=2, min=-3, max=3))
    element = opened(figure)
    assert [b.inner_text() for b in element.get_by_role("button").all()] == ["Reset", "Compare", "Copy link"]
