"""Figures of every kind of moving artist, each saved as a page of its own and opened in a browser."""

import json

import numpy as np
import pytest
from conftest import Visit
from figures import DRAWN, assert_the_browser_agrees, settings
from gallery import (
    GALLERY,
    arrows_and_words,
    bars_and_areas,
    choosing_a_landscape,
    growth,
    levels_that_follow,
    limits_that_follow,
    made,
    more_controls,
    stops,
    three_dimensions,
)

from livefig.drawing.colours import DARK_GROUND, LIGHT_GROUND, contrast
from livefig.page.state import settings_of


@pytest.fixture
def opened(visit, tmp_path):
    """Opens a figure from the disk, and gives both: the figure and its element."""
    return lambda make: open_figure(visit, make, tmp_path)


def open_figure(visit, make, folder):
    visit.page.goto(made(make).save(folder / "figure.html").as_uri())
    visit.page.wait_for_function("() => document.querySelector('figure').live")
    return made(make), visit.page.locator("figure")


@pytest.fixture(scope="module")
def shared(request, browser, tmp_path_factory):
    """A figure, its element, and the visit of its page, which is opened once for the tests of every figure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page())
    figure, element = open_figure(visit, request.param, tmp_path_factory.mktemp("gallery"))
    visit.page.add_style_tag(content="* { transition: none !important }")
    yield figure, element, visit
    context.close()


every = pytest.mark.parametrize("shared", GALLERY, indirect=True, ids=[make.__name__ for make in GALLERY])


@every
def test_the_page_shows_the_first_state_before_and_after_the_script(browser, shared):
    figure, element, visit = shared
    wanted = figure.state.parts
    assert element.evaluate(DRAWN, wanted) == wanted
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(visit.page.url)
    assert page.locator("figure").evaluate(DRAWN, wanted) == wanted
    context.close()


@every
def test_the_browser_computes_what_python_computes(shared):
    figure, element, visit = shared
    assert_the_browser_agrees(element, figure, settings(figure, 60))
    assert visit.complaints == []


def test_an_enumerated_slider_goes_to_the_nearest_stop_however_it_is_moved(opened):
    _, element = opened(stops)
    state = lambda: element.evaluate("figure => figure.live.values()")  # noqa: E731
    element.evaluate("figure => figure.live.set({ terms: 3.6, width: 1.9 })")
    assert state() == pytest.approx({"terms": 4, "height": 1, "width": 10**0.2})
    box = element.locator("input[name=width-number]")
    box.fill("0.7")
    assert state()["width"] == pytest.approx(10**-0.2) and box.input_value() == "0.7"
    box.press("Tab")
    assert box.input_value() == "0.631"
    element.locator("input[type=range][name=width]").press("ArrowRight")
    assert state()["width"] == pytest.approx(1)


def test_a_slider_of_options_says_the_option_and_follows_keys_and_scripts(opened):
    _, element = opened(more_controls)
    slider, label = element.locator("input[type=range][name=height]"), element.locator("output")
    assert slider.get_attribute("aria-valuetext") == label.inner_text() == "middle"
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == label.inner_text() == "high"
    assert element.locator(".readout").inner_text() == "sine of high height, 2 times."
    element.evaluate("figure => figure.live.set({ height: 'low', kind: 'cosine', turned: true })")
    assert slider.input_value() == "0" and label.inner_text() == "low"
    assert element.get_by_label("cosine").is_checked() and element.get_by_label("turned round").is_checked()


@every
def test_the_table_has_the_numbers(shared):
    _, element, _ = shared
    element.get_by_text("Show the numbers").click()
    element.locator("table").first.wait_for()  # the browser opens it a moment later
    shown = element.locator("table").evaluate_all(
        "tables => tables.map(t => [...t.tBodies[0].rows].map(row => [...row.cells].slice(1).map(c => c.textContent)))"
    )
    plain = lambda x: json.loads(x.replace("−", "-").replace("not a number", "NaN"))  # noqa: E731
    data = element.evaluate(
        """figure => {
            const { artists } = JSON.parse(figure.querySelector("script").textContent);
            const arrays = (array, { columns, levels }) => (levels === null ? array : columns.length ? [array] : []);
            return figure.live.data().flatMap((array, i) => arrays(array, artists[i]));
        }"""
    )
    assert len(shown) == len(data) > 0
    for rows, numbers in zip(shown, data, strict=True):
        found = np.array([[plain(cell) for cell in row] for row in rows], dtype=float)
        assert np.allclose(found.ravel(), np.ravel(np.array(numbers, dtype=float)), rtol=1e-5, equal_nan=True)


CAPTIONS = {
    arrows_and_words: ["gradient", "text", "arrows", "text"],
    bars_and_areas: ["bars", "bars", "under the wave", "line", "line", "area", "band", "band"],
}


@pytest.mark.parametrize("make", CAPTIONS, ids=lambda make: make.__name__)
def test_a_table_is_called_as_the_artist_is_or_else_what_it_is(opened, make):
    _, element = opened(make)
    element.get_by_text("Show the numbers").click()
    element.locator("table").first.wait_for()
    assert element.locator("caption").all_inner_texts() == CAPTIONS[make]


def test_a_text_may_leave_the_axes_and_its_numbers_follow(opened):
    _, element = opened(arrows_and_words)
    title, corner = element.locator("[data-part='text0.0']"), element.locator("[data-part='3.text']")
    texts = element.locator("svg text").all_text_contents()
    assert "∇f = (−0.50, +3.00)" in texts and "f = 3.50" in texts
    assert corner.get_attribute("visibility") == "visible" and title.count() == 1
    element.evaluate("figure => figure.live.set({ x0: -9.5, x1: -1 })")
    texts = element.locator("svg text").all_text_contents()
    assert "∇f = (−0.95, −2.00)" in texts and "f = 5.51" in texts
    assert corner.get_attribute("visibility") == "visible", "as matplotlib draws it"
    assert element.locator(".readout").inner_text() == "", "its author lets it leave"


VISIBILITY = "element => getComputedStyle(element).visibility"


def test_the_contours_of_the_chosen_landscape_are_shown(opened):
    _, element = opened(choosing_a_landscape)
    groups = [element.locator(f"[data-part='{number}.shown']") for number in (1, 2)]
    for option, visible in (("a bowl", [True, False]), ("Himmelblau", [False, True])):
        element.locator("select").select_option(label=option)
        seen = [group.first.locator("path").first.evaluate(VISIBILITY) for group in groups]
        assert seen == ["visible" if shown else "hidden" for shown in visible]
        assert f"{option}, 20 steps" in element.locator("svg text").all_text_contents()


def test_a_surface_in_pixels_stands_in_the_svg(opened):
    _, element = opened(three_dimensions)
    assert element.locator("image").get_attribute("href").startswith("data:image/png;base64,")


def test_levels_that_nothing_reaches_and_levels_that_fall_are_told(visit, opened):
    _, element = opened(levels_that_follow)
    said = element.locator(".readout")
    lines = element.locator("[data-part^='0.level']")
    drawn = "lines => lines.map((line) => line.getAttribute('d').length > 0)"
    for values, sentence, seen in (
        ("a: 1, apart: 1", "The lowest level is 1.0.", [True] * 3),
        ("a: -1, apart: 1", "The lowest level is −5.0. No contour line is drawn: the heights reach none", [False] * 3),
        (
            "a: 1, apart: -1",
            "The lowest level is 1.0. No contour line is drawn: the levels must increase.",
            [False] * 3,
        ),
    ):
        element.evaluate(f"figure => figure.live.set({{ {values} }})")
        assert said.inner_text().startswith(sentence)
        assert lines.evaluate_all(drawn) == seen
    assert visit.complaints == []


LABELS = """(figure, part) => [...figure.querySelectorAll(`[data-part='${part}'] text`)].map((e) => e.textContent)"""
HANDLE = """figure => {
    const [handle, plot] = [".live-handle", "svg"].map((at) => figure.querySelector(at).getBoundingClientRect());
    return [handle.x + handle.width / 2 - plot.x, handle.y + handle.height / 2 - plot.y].map((v) => v / plot.width);
}"""


def test_ticks_handle_and_a_kept_curve_move_with_the_limits(visit, opened):
    _, element = opened(limits_that_follow)
    element.evaluate("figure => figure.live.set({ width: 0.5, steep: 2 })")
    element.get_by_role("button", name="Compare").click()
    ghost = element.locator(".live-ghost[d^='M']").first
    before, at = ghost.get_attribute("d"), element.evaluate(HANDLE)
    assert element.evaluate(LABELS, "0.ylabel1") == ["−0.5", "0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]
    element.evaluate("figure => figure.live.set({ width: 1 })")
    assert element.evaluate(LABELS, "0.ylabel1") == ["−2", "−1", "0", "1", "2", "3", "4"]
    assert ghost.get_attribute("d") not in (before, "") and element.evaluate(HANDLE) != at
    last = element.evaluate(LABELS, "0.xlabel1")
    element.evaluate("figure => figure.live.set({ width: 0 })")
    assert element.locator(".readout").inner_text().startswith("The axes keep their last limits")
    assert element.evaluate(LABELS, "0.xlabel1") == last
    element.evaluate("figure => figure.live.set({ width: -1, steep: 0.1 })")
    assert element.evaluate(LABELS, "0.xlabel1") == ["0", "1", "2"]
    assert "6×10−1" in element.evaluate(LABELS, "3.yminorlabel1")
    assert visit.complaints == []


def test_a_growing_curve_says_where_it_leaves_and_where_it_ends(opened):
    _, element = opened(growth)
    element.evaluate("figure => figure.live.set({ q: 2, n: 30 })")
    said = element.locator(".readout").inner_text()
    assert "At step 4 the growth leaves the picture" in said and "From step 11 on, the growth is no longer" in said
    assert element.locator("[data-part='0.line']").get_attribute("d")


@every
def test_compare_keeps_a_grey_copy_of_what_moves_and_takes_it_away(shared):
    figure, element, visit = shared
    element.evaluate("(figure, values) => figure.live.set(values)", settings_of(figure.spec))
    button = element.get_by_role("button", name="Compare")
    button.click()
    assert element.locator(".live-ghost").count() > 0
    assert element.locator("text.live-ghost").count() == 0
    button.click()
    assert element.locator(".live-ghost").count() == 0 and visit.complaints == []


KEYS = {
    "ArrowRight": (-4.9, 1.5), "ArrowLeft": (-5.1, 1.5), "ArrowUp": (-5, 1.6), "ArrowDown": (-5, 1.4),
    "Shift+ArrowRight": (-4, 1.5), "Shift+ArrowDown": (-5, 0.5), "PageUp": (-5, 2.5), "PageDown": (-5, 0.5),
    "Home": (-10, 1.5), "End": (10, 1.5),
}  # fmt: skip


def test_every_key_moves_the_point(visit, opened):
    _, element = opened(arrows_and_words)
    handle = element.locator(".live-handle")
    for key, wanted in KEYS.items():
        element.evaluate("figure => figure.live.set({ x0: -5, x1: 1.5 })")
        handle.focus()
        visit.page.keyboard.press(key)
        values = element.evaluate("figure => figure.live.values()")
        assert (values["x0"], values["x1"]) == pytest.approx(wanted), key
        assert handle.get_attribute("aria-valuetext").startswith("x₀ = ")


COLOURS = """figure => {
    const rgb = (text) => text.startsWith("rgb") ? text.match(/[\\d.]+/g).slice(0, 3).map(Number) : null;
    const of = (element) => ["stroke", "fill"].map((role) => rgb(getComputedStyle(element)[role])).filter(Boolean);
    const drawn = (element) => element.getAttribute("d") || element.localName === "g";
    return {
        ground: rgb(getComputedStyle(document.documentElement).backgroundColor),
        words: [...figure.querySelectorAll("svg text")].map((element) => rgb(getComputedStyle(element).fill)),
        moving: [...figure.querySelectorAll("svg [data-part][clip-path]")].filter(drawn).map(of),
    };
}"""


@every
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_what_moves_stand_out_from_the_ground(shared, theme):
    figure, element, visit = shared
    visit.page.emulate_media(color_scheme=theme)
    element.evaluate("(figure, values) => figure.live.set(values)", settings_of(figure.spec))
    found = element.evaluate(COLOURS)
    ground = DARK_GROUND if theme == "dark" else LIGHT_GROUND
    assert found["ground"] in (list(ground), [0, 0, 0]) and found["words"] and found["moving"]
    assert min(contrast(colour, ground) for colour in found["words"]) >= 4.5
    assert min(max(contrast(colour, ground) for colour in colours) for colours in found["moving"]) >= 3
