"""Whatever an author writes stands on the page as it was written: titles, labels, options, names in any script."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from docutils.utils import new_document
from figures import PAGES, names_of
from ipywidgets import Dropdown, FloatSlider
from test_live import agg, parabola, saved_state  # noqa: F401 - agg is a fixture

from livefig.figure.live import live
from livefig.page import assets
from livefig.page import publish as page
from livefig.page.html import figure_html, identifier

# Links to these figures are out in the world: a title may be mended, its id may not change.
PUBLISHED = {
    "book/how_a_figure_stays_alive": ["a-dot-on-a-curve"],
    "notebooks/activations": ["activations-and-their-slopes", "xor-trained-as-you-watch", "ten-layers"],
    "notebooks/backpropagation": ["values-down-gradients-up", "xor-plane", "a-gradient-by-hand"],
    "notebooks/chain_rule": [
        "a-piece-of-line-stretched-twice", "a-rectangle-grows", "the-slope-of-the-slope"],
    "notebooks/curvature": [
        "a-landscape-with-three-numbers", "a-path-that-turns", "where-hd-follows-d", "the-bowl-that-fits"],
    "notebooks/derivatives": ["a-secant-turns-into-the-tangent", "error-against-h"],
    "notebooks/differential_equations": [
        "steps-along-slopes", "the-flow-and-its-steps", "fringes-of-the-rainbow", "two-butterflies"],
    "notebooks/extrema": ["highest-and-lowest-point", "the-largest-box"],
    "notebooks/faster_steps": [
        "six-rules-race-downhill", "how-much-memory", "cross-the-plateau"],
    "notebooks/fitting_a_line": [
        "fit-the-beans-by-hand", "descent-on-the-surface-of-all-lines",
        "the-same-beans-moved-and-stretched", "one-bean-goes-astray"],
    "notebooks/functions_of_functions": ["the-same-function-again-and-again"],
    "notebooks/gradient": [
        "the-sign-laboratory", "the-shadow-of-the-gradient", "downhill-and-the-way-home",
        "an-egg-box-where-is-it-flat", "a-budget-line",
    ],
    "notebooks/gradient_descent": [
        "descent-in-an-elongated-bowl", "two-factors-one-rate", "which-valley", "where-a-walk-stalls",
        "a-walk-that-freezes"],
    "notebooks/images": [
        "a-kernel-that-looks-in-one-direction", "kernel-over-the-photograph", "five-kernels",
        "descent-sharpens-a-picture", "find-the-gradient-by-turning"],
    "notebooks/mini_batches": [
        "five-rounds-through-the-digits", "clouds-of-gradients", "when-to-stop", "weights-as-pictures",
        "most-convincing-mistakes"],
    "notebooks/network_gradient": [
        "one-weight-and-its-slope", "least-surprised", "how-hard-each-loss-pulls", "ten-pictures-of-weights",
        "set-the-slope"],
    "notebooks/partial_derivatives": [
        "a-slice-of-a-surface", "a-plane-that-touches", "walk-to-the-origin", "a-valley-in-the-dark"],
    "notebooks/scipy_minimisers": [
        "a-bracket-that-shrinks", "bfgs-beside-plain-descent", "two-conjugate-steps", "four-valleys-tilted"],
    "notebooks/step_size": ["a-search-along-the-ray", "a-rate-that-falls", "newton-s-step-on-a-map"],
    "notebooks/stochastic_descent": ["fifty-thousand-moves"],
    "notebooks/taylor": ["a-polynomial-that-fits-ever-closer"],
    "notebooks/what_the_notes_got_wrong": ["two-ways-down"],
    "notebooks/your_own_landscape": ["your-own-curve", "your-own-landscape", "your-own-rule-in-a-race"],
    "book/preface": ["sixty-four-walkers-four-valleys"],
    "book/your_own_figures": [
        "a-wave", "a-choice", "a-swing", "a-square-wave", "a-spiral", "a-pendulum", "smoothed-noise",
        "samples-of-400-numbers", "two-sources", "bowl-or-saddle", "a-point-to-drag", "savings",
        "your-function-and-its-slope"],
}  # fmt: skip


def test_the_ids_of_published_figures_stay():
    found = {name: names_of(name) for name in PAGES}
    assert found == {name: [f"live-{title}" for title in titles] for name, titles in PUBLISHED.items()}


@pytest.fixture
def opened(visit, tmp_path):
    """Opens a page with figures, and a paragraph after them."""

    def at(*figures, address=""):
        path = tmp_path / "page.html"
        parts = [figure_html(identifier(f.spec["title"]), f.canvas.svg, f.spec) for f in figures]
        head = f"<!doctype html><meta charset=utf-8><style>{assets.style()}</style><body>"
        html = f"{head}{''.join(parts)}<p id=after>After the figures.</p>"
        path.write_text(f"{html}<script>{assets.page_script(assets.PARTS)}</script>", encoding="utf-8")
        visit.page.goto("about:blank")
        visit.page.goto(path.as_uri() + address)
        assert visit.page.locator("#after").is_visible()
        return visit.page.locator("figure.live-figure").all()

    yield at
    assert visit.complaints == []


AWAKE = "figure => Boolean(figure.live)"
READ = "(figure, part) => figure.querySelector(part).textContent"
HARD = ["A <!-- <script> B", "</script><b>&amp;", "\"quoted\" & 'quoted'", "{0,1} {-1: 2} {}", "\\u003c \u2028 $&"]


@pytest.mark.parametrize("words", HARD)
def test_words_of_every_kind_stand_on_the_page_as_they_were_written(opened, words):
    fig, ax = plt.subplots()
    ax.set(xlabel=words, xlim=(-3, 3), ylim=(0, 9), title=f"{{choice}} {words}")
    (dot,) = ax.plot([], [], "o", label=words)
    figure = live(
        fig, lambda x, y, choice: {dot: np.stack([x, y**2])[None, :], "height": x**2},
        x=FloatSlider(value=1, min=-3, max=3, description=words),
        y=FloatSlider(value=1, min=-3, max=3, description=words), choice=Dropdown(options=[words, "{x}"]),
        title=words, description=words, readout="{choice}: {height:.1f}", drag=("x", "y"),
    )  # fmt: skip
    (element,) = opened(figure)
    assert element.evaluate(AWAKE)
    for part in (".live-title", ".live-description", "label", "option"):
        assert element.evaluate(READ, part) == words, part
    assert element.evaluate(READ, ".readout") == f"{words}: 1.0"
    assert element.evaluate(READ, "svg [data-part='text0.0']") == f"{words} {words}"
    assert words in element.locator("svg text").all_text_contents()
    assert element.locator("svg").get_attribute("aria-label") == words
    handle = element.locator(".live-handle")
    assert handle.get_attribute("aria-label") == f"{words} and {words}: drag, or use the arrow keys"
    assert handle.get_attribute("aria-valuetext") == f"{words} = 1.00, {words} = 1.00"
    element.evaluate("figure => figure.live.set({x: 2})")
    assert element.evaluate(READ, ".readout") == f"{words}: 4.0"
    element.locator("select").select_option(label="{x}")
    assert element.evaluate(READ, ".readout") == "{x}: 4.0"
    assert element.evaluate(READ, "svg [data-part='text0.0']") == f"{{x}} {words}"
    element.get_by_text("Show the numbers").click()
    element.locator("table").wait_for()
    plain = not set(words) & set("${")
    assert element.evaluate(READ, "caption") == (words if plain else "path")
    assert element.evaluate(READ, "th + th") == (words if plain else "x")


@pytest.mark.parametrize("name", ["spot", "勾配", "spot-2"])
def test_a_figure_stands_under_the_id_that_its_author_gave_it_whatever_its_title(tmp_path, name):
    figure = parabola(title="Another title", id=name)[0]
    saved = figure.save(tmp_path / "figure.html").read_text(encoding="utf-8")
    assert f'<figure class="live-figure" id="live-{name}"' in saved and "another-title" not in saved


PAIRS = [
    ("勾配降下法", "学習率"), ("انحدار التدرج", "معدل التعلم"), ("🎢", "🏔️🎢"), ("Κλίση", "Βήμα"), ("ढाल", "ढील"),
    ("x → y", "x ∇ y"), ("Ground", "Handle"),
]  # fmt: skip


@pytest.mark.parametrize("titles", PAIRS)
def test_a_copied_link_opens_the_right_figure_whatever_script_its_title_is_in(visit, opened, titles):
    figures = [parabola(title=title)[0] for title in titles]
    names = [identifier(title) for title in titles]
    assert len({*names}) == 2 and "live-figure" not in names
    elements = opened(*figures)
    assert [element.get_attribute("id") for element in elements] == names
    elements[1].evaluate("figure => figure.live.set({x: 2.5})")
    elements[1].get_by_role("button", name="Copy link").click()
    link = re.search("#.*", visit.page.url)[0]
    again = opened(*reversed(figures), address=link)
    assert [element.evaluate("figure => figure.live.values().x") for element in again] == [2.5, 1]
    box = again[0].locator("svg [data-part='0.marker']").bounding_box()
    plot = again[0].locator("svg").bounding_box()
    assert plot["width"] > 100 and box["width"] > 1, "drawn and not clipped away"


CLIPPED = """figure => {
    const svg = figure.querySelector("svg"), name = svg.querySelector("[clip-path]").getAttribute("clip-path");
    return Boolean(svg.querySelector(`[id="${name.slice(5, -1)}"]`))
        && document.elementsFromPoint(...(({x, y, width, height}) => [x + width / 2, y + height / 2])(
            svg.querySelector("[data-part='0.marker']").getBoundingClientRect())).some(e => e.dataset.part);
}"""


@pytest.mark.parametrize("title", ["勾配降下法", "انحدار", "🎢", "ढाल"])
def test_the_picture_refers_to_its_own_parts_in_any_script(visit, opened, title):
    """What lies within the axes is cut by the right shape; on a dark page it keeps what can be read there."""
    (element,) = opened(parabola(title=title)[0])
    visit.page.add_style_tag(content="svg * { transition: none !important }")
    visit.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert element.evaluate(CLIPPED)
    element.evaluate("figure => figure.querySelector('clipPath rect').setAttribute('width', 0)")
    assert not element.evaluate(CLIPPED)
    marker = "figure => getComputedStyle(figure.querySelector(\"[data-part='0.marker']\")).fill"
    assert element.evaluate(marker) == "rgb(31, 119, 180)"


@pytest.mark.parametrize("title", ["Figure", "Handle", "Plot", "Control"])
def test_no_title_gives_the_picture_a_class_that_the_page_styles(title):
    name = re.search(r'<svg [^>]*class="([^"]+)"', parabola(title=title)[0].canvas.svg)[1]
    assert f".live-{title.lower()}" in assets.style() and f".{name} " not in assets.style()


def test_a_second_figure_of_one_title_leaves_the_words_of_the_picture_alone():
    fig, ax = plt.subplots()
    ax.set_title("live-ground-water")
    (dot,) = ax.plot([], [], "wo", mec="k")
    figure = live(fig, lambda x: {dot: np.stack([x, x])[None, :]}, x=FloatSlider(), title="Ground")
    document, state = new_document("page"), saved_state(figure)
    first, second = (page._figure_node(document, state, figure.canvas.model_id).astext() for _ in range(2))
    assert "live-ground-water" in second and second.count("var(--live-ground,") == first.count("var(--live-ground,") > 0
    assert 'id="live-ground-2-clip-0"' in second and "url(#live-ground-2-clip-0)" in second
    assert "url(#live-ground-clip-0)" not in second


def test_names_in_any_script_are_fields_in_both_languages(opened):
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 9), ylim=(0, 9))
    (dot,) = ax.plot([], [], "o")

    def update(η, constructor):
        return {dot: np.stack([η, constructor])[None, :], "ढाल": 2 * η, "toString": constructor}

    figure = live(
        fig, update, η=FloatSlider(value=1, max=9), constructor=FloatSlider(value=2, max=9), title="Names",
        readout="{η:.1f}, {ढाल:.2f}, {constructor:.3f}, {toString:.0f}, {1,2}",
    )  # fmt: skip
    (element,) = opened(figure)
    assert figure.state.sentence == "1.0, 2.00, 2.000, 2, {1,2}"
    element.evaluate("figure => figure.live.set({η: 3, constructor: 4})")
    assert element.locator(".readout").text_content() == "3.0, 6.00, 4.000, 4, {1,2}"


def test_a_sentence_of_a_chosen_option_is_said_in_both_languages(opened):
    """A label is there, whatever it says: "0" and "off" are no zeros."""
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")
    figure = live(
        fig, lambda x, mode: {dot: np.stack([x, x])[None, :]}, x=FloatSlider(), mode=Dropdown(options=["0", "off"]),
        readout={"x": "Not at zero.", "mode": "Mode {mode}."},
    )  # fmt: skip
    (element,) = opened(figure)
    for mode in ("0", "off"):
        figure.set(mode=mode)
        element.locator("select").select_option(label=mode)
        assert element.locator(".readout").text_content() == figure.state.sentence == f"Mode {mode}."


UNWRITABLE = ["a\x00b", "a\x1bb", "a\ud800b", "a\uffffb"]


@pytest.mark.parametrize("place", ["title", "description", "readout", "slider", "option", "artist", "axis", "tick"])
@pytest.mark.parametrize("words", UNWRITABLE, ids=ascii)
def test_characters_that_no_page_can_hold_are_refused(place, words):
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o", label=words if place == "artist" else "dot")
    ax.set_xlabel(words if place == "axis" else "x")
    ax.set_xticks([0, 1], ["a", words if place == "tick" else "b"])
    said = {name: words if place == name else "" for name in ("title", "description", "readout")}
    with pytest.raises(ValueError, match=re.escape(f"the text {words!r} has the character {words[1]!r}")):
        live(
            fig, lambda x, way: {dot: np.stack([x, x])[None, :]}, **said,
            x=FloatSlider(description=words if place == "slider" else "x"),
            way=Dropdown(options=[words if place == "option" else "up"]),
        )  # fmt: skip


def test_dollars_in_fields_are_only_dollars(opened):
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")
    ax.set_title("{price} or {price}, \\$ and {x:.1f}")
    arguments = {"x": FloatSlider(value=1), "price": Dropdown(options=["$5", "$6"]), "title": "Dollars"}

    def update(x, price):
        return {dot: np.stack([x, x])[None, :]}

    (element,) = opened(live(fig, update, **arguments))
    shown = element.locator("svg [data-part='text0.0']")
    assert shown.text_content() == "$5 or $5, $ and 1.0"
    element.locator("select").select_option(label="$6")
    assert shown.text_content() == "$6 or $6, $ and 1.0"


def test_the_head_of_a_table_is_in_plain_words_and_has_no_number_of_the_first_state(opened):
    fig, (left, right) = plt.subplots(1, 2)
    left.set(xlabel="$x_0$", ylabel="y₀")
    right.set(xlabel="after {x:.2f} s", ylabel="f")
    (dot,), (other,) = left.plot([], [], "o"), right.plot([], [], "o")
    update = lambda x: {dot: np.stack([x, x])[None, :], other: np.stack([x, x])[None, :]}  # noqa: E731
    (element,) = opened(live(fig, update, x=FloatSlider()))
    element.get_by_text("Show the numbers").click()
    element.locator("table").first.wait_for()
    heads = element.locator("thead tr").evaluate_all("rows => rows.map(row => row.innerText.split(/\\s+/).slice(-2))")
    assert heads == [["x", "y₀"], ["x", "f"]]
