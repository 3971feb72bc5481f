"""Every live figure of every page, in a browser: it moves, and its numbers are Python's."""

import re
import time
from urllib.parse import unquote

import numpy as np
import pytest
from browser import OTHERS, engines
from conftest import complaints, open_and_settle
from engines import touch
from figures import DRAWN, PAGES, assert_the_browser_agrees, figures_of, names_of, python_values, settings, uncover

from livefig.page.state import control_values, run, settings_of

# What a hand does to a figure is the same code for all of them: it is tried on those of one chapter, and on the
# gallery's (test_gallery.py, test_many_figures.py, test_fuzz.py). Numbers and pictures are compared for every figure.
HANDLED = "notebooks/gradient_descent"
by_hand = pytest.mark.parametrize("chapter", [HANDLED])


def opened(page, base, chapter):
    """The figures of a page that is opened: of each its id, the LiveFigure in Python, and its element, awake."""
    open_and_settle(page, f"{base}/{chapter}.html")
    page.wait_for_function(AWAKE)
    uncover(page)
    return [(name, live, element_of(page, name)) for name, live in figures_of(chapter).items()]


def element_of(page, name):
    return page.locator(f"figure.live-figure[id='{name}']")


AWAKE = "() => [...document.querySelectorAll('figure.live-figure')].every(figure => figure.live)"


LOOK = """figure => ({
    values: figure.live.values(),
    data: figure.live.data(),
    sentence: figure.querySelector(".readout").textContent,
    paths: [...figure.querySelectorAll("svg [data-part]")].map(part => part.outerHTML),
    shown: [...figure.querySelectorAll("input[inputmode]")].map(box => box.value),
})"""


VALUES = "figure => figure.live.values()"


WIPE = """(figure, asked) => {
    for (const [name, attributes] of Object.entries(asked)) {
        for (const part of figure.querySelectorAll(`svg [data-part="${name}"]`)) {
            for (const a of Object.keys(attributes)) {
                if (["text", "inner", "faces"].includes(a)) part.replaceChildren();
                else part.removeAttribute(a);
            }
        }
    }
}"""

# A figure with a guess has said its words before they were wiped, and says them again once they are others.
AGAIN = """({ live }) => {
    live.set(live.values());
    for (const yes of [true, false]) for (const name in live.named()) live.cover(name, yes);
}"""


@pytest.mark.parametrize("chapter", PAGES)
def test_every_figure_of_a_chapter_is_looked_at(site_dir, chapter):
    assert names_of(chapter) == list(figures_of(chapter)) != []


@pytest.mark.parametrize(("most", "seconds"), [(24, 1), pytest.param(400, 100, marks=pytest.mark.long)])
@pytest.mark.parametrize("chapter", PAGES)
def test_the_browser_shows_what_python_shows(visit, site, subtests, chapter, most, seconds):
    """The state in which the page opens, the script's drawing of it, and the numbers all over the sliders.

    most, seconds : at so many settings, or as many as Python computes in that time, but at eight.
    """
    for name, live, element in opened(visit.page, site, chapter):
        with subtests.test(figure=name):
            look = element.evaluate(LOOK)
            assert look["values"] == pytest.approx(control_values(live.spec["controls"], settings_of(live.spec)))
            assert look["sentence"] == live.state.sentence

            moving = {name: part for name, part in live.state.parts.items() if not name.startswith("still")}
            element.evaluate(WIPE, moving)
            assert element.evaluate(DRAWN, moving) != moving
            element.evaluate(AGAIN)
            assert element.evaluate(DRAWN, moving) == moving

            started = time.perf_counter()
            run(live.update, python_values(live, settings_of(live.spec)))
            affordable = int(seconds / (time.perf_counter() - started))
            assert_the_browser_agrees(element, live, settings(live, min(most, max(8, affordable))))
    assert visit.complaints == []


@pytest.mark.parametrize("unscripted", PAGES, indirect=True)
def test_without_javascript_figures_are_complete_and_their_inputs_wait(unscripted):
    for name, live in figures_of(unscripted.name).items():
        element = element_of(unscripted.page, name)
        assert element.locator("svg").first.is_visible()
        assert element.evaluate(DRAWN, live.state.parts) == live.state.parts
        assert element.locator(".readout").inner_text() == live.state.sentence
        assert element.locator("[data-control]").count() == len(live.controls)
        assert all(element.locator("input, select").nth(i).is_disabled() for i in range(len(live.controls)))
        assert "JavaScript" in element.locator("noscript").inner_text()


@pytest.mark.parametrize("anywhere", [name for name in engines() if name in OTHERS], indirect=True)
@pytest.mark.parametrize("chapter", PAGES)
def test_the_other_engines_show_what_python_shows(anywhere, watched_site, subtests, chapter):
    """Fewer settings than in Chromium: the script is the same."""
    for name, live, element in opened(anywhere, watched_site, chapter):
        with subtests.test(figure=name):
            assert element.evaluate(DRAWN, live.state.parts) == live.state.parts
            assert_the_browser_agrees(element, live, settings(live, 20)[-3:])
    assert complaints(anywhere) == []


def sliders_in_use(element, live):
    """The sliders that have an effect in the state that stands: the description of each, and its element."""
    for control in live.spec["controls"]:
        slider = element.locator(f"[data-control='{control['name']}'] input[type=range]")
        if "low" in control and slider.is_enabled():
            yield control, slider


@by_hand
def test_every_slider_follows_the_keyboard(anywhere, base, subtests, chapter):
    for name, live, element in opened(anywhere, base, chapter):
        with subtests.test(figure=name):
            for control, slider in sliders_in_use(element, live):
                before = element.evaluate(LOOK)
                sign = 1 if before["values"][control["name"]] < control["high"] else -1
                slider.focus()
                anywhere.keyboard.press("ArrowRight" if sign > 0 else "ArrowLeft")
                after = element.evaluate(LOOK)
                assert sign * (after["values"][control["name"]] - before["values"][control["name"]]) > 0
                assert after["shown"] != before["shown"]
                assert (after["paths"], after["sentence"]) != (before["paths"], before["sentence"])
    assert complaints(anywhere) == []


@by_hand
def test_every_slider_follows_the_mouse(anywhere, base, subtests, chapter):
    for name, live, element in opened(anywhere, base, chapter):
        with subtests.test(figure=name):
            for control, slider in sliders_in_use(element, live):
                slider.scroll_into_view_if_needed()
                box = slider.bounding_box()
                y = box["y"] + box["height"] / 2
                anywhere.mouse.move(box["x"] + 0.3 * box["width"], y)
                anywhere.mouse.down()
                looks = []
                for share in (0.5, 0.9):
                    anywhere.mouse.move(box["x"] + share * box["width"], y)
                    looks.append(element.evaluate(LOOK))
                anywhere.mouse.up()
                assert looks[0]["values"][control["name"]] < looks[1]["values"][control["name"]]
                assert (looks[0]["paths"], looks[0]["sentence"]) != (looks[1]["paths"], looks[1]["sentence"])


@pytest.fixture
def phone(anywhere):
    """A page of a phone's width."""
    anywhere.set_viewport_size({"width": 450, "height": 800})
    return anywhere


def until_it_moves(page, name, control, before):
    """A touch is a gesture: the browser recognises it some time after the finger has left."""
    moved = "([name, control, before]) => document.getElementById(name).live.values()[control] !== before"
    page.wait_for_function(moved, arg=[name, control, before])


@by_hand
def test_every_slider_follows_a_finger(phone, watched_site, subtests, chapter):
    for name, live, element in opened(phone, watched_site, chapter):
        with subtests.test(figure=name):
            for control, slider in sliders_in_use(element, live):
                slider.scroll_into_view_if_needed()
                box = slider.bounding_box()
                assert box["height"] >= 44
                before = element.evaluate(VALUES)[control["name"]]
                at = (float(slider.input_value()) - control["min"]) / (control["max"] - control["min"])
                touch(phone, (box["x"] + (0.9 if at < 0.5 else 0.1) * box["width"], box["y"] + box["height"] / 2))
                until_it_moves(phone, name, control["name"], before)


@by_hand
def test_a_finger_scrolls_upwards_over_a_slider_and_sets_it_sideways(phone, watched_site, subtests, chapter):
    for name, live, element in opened(phone, watched_site, chapter):
        if not phone.evaluate("'ontouchstart' in window"):
            return  # WebKit's driver has a mouse for a finger
        with subtests.test(figure=name):
            control, slider = next(sliders_in_use(element, live))
            slider.scroll_into_view_if_needed()
            box = slider.bounding_box()
            at = (float(slider.input_value()) - control["min"]) / (control["max"] - control["min"])
            x, y = box["x"] + (0.8 if at < 0.5 else 0.2) * box["width"], box["y"] + box["height"] / 2
            before = element.evaluate(LOOK)
            top = phone.evaluate("scrollY")
            touch(phone, *((x, y - way) for way in range(0, 200, 10)))
            phone.wait_for_function("top => scrollY > top", arg=top)
            assert element.evaluate(LOOK) == before
            slider.scroll_into_view_if_needed()
            y = slider.bounding_box()["y"] + box["height"] / 2
            touch(phone, *((x + way, y) for way in range(0, 30, 5)))
            until_it_moves(phone, name, control["name"], before["values"][control["name"]])


@by_hand
@pytest.mark.parametrize("hand", ["mouse", "finger"])
def test_the_point_to_drag_follows_mouse_finger_and_keys(anywhere, watched_site, subtests, hand, chapter):
    if hand == "finger":
        anywhere.set_viewport_size({"width": 450, "height": 800})
    dragged = [given for given in opened(anywhere, watched_site, chapter) if given[1].spec["drag"]]
    assert dragged
    for name, live, element in dragged:
        with subtests.test(figure=name):
            x, y = live.spec["drag"]
            handle = element.locator(".live-handle")
            handle.scroll_into_view_if_needed()
            box = handle.bounding_box()
            assert box["width"] >= 44 and box["height"] >= 44
            start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            plot = element.locator("svg").first.bounding_box()
            right, down = (40 if start[0] < plot["x"] + plot["width"] / 2 else -40), 20
            down = down if start[1] < plot["y"] + plot["height"] / 2 else -down
            end = (start[0] + right, start[1] + down)
            before = element.evaluate(LOOK)
            if hand == "finger":
                touch(anywhere, start, end)
                until_it_moves(anywhere, name, x, before["values"][x])
            else:
                anywhere.mouse.move(*start)
                anywhere.mouse.down()
                anywhere.mouse.move(*end)
                anywhere.mouse.up()
            after = element.evaluate(LOOK)
            assert np.sign(after["values"][x] - before["values"][x]) == np.sign(right)
            assert np.sign(after["values"][y] - before["values"][y]) == -np.sign(down)
            assert after["paths"] != before["paths"] and after["shown"] != before["shown"]
            moved = handle.bounding_box()
            assert abs(moved["x"] - box["x"] - right) < 12 and abs(moved["y"] - box["y"] - down) < 12
            handle.focus()
            for key, control, sign in (("ArrowLeft", x, -1), ("ArrowUp", y, 1)):
                before = element.evaluate(VALUES)[control]
                anywhere.keyboard.press(key)
                assert np.sign(element.evaluate(VALUES)[control] - before) == sign


def typings(number):
    """As readers write a number: with a comma, and with the minus of a formula."""
    plain = f"{number:.6f}" if number % 1 else f"{number:.0f}"
    return (plain.replace(".", ","), plain.replace("-", "−"))


@by_hand
def test_the_number_box_takes_numbers_and_complains_about_the_rest(anywhere, watched_site, subtests, chapter):
    for name, live, element in opened(anywhere, watched_site, chapter):
        with subtests.test(figure=name):
            for number, (control, _) in enumerate(sliders_in_use(element, live)):
                row = element.locator(f"[data-control='{control['name']}']")
                box = row.locator("input[inputmode]")
                low, high = control["low"], control["high"]
                good = low if control["whole"] else low + 0.37 * (high - low)
                box.fill(repr(round(good, 6)))
                assert element.evaluate(VALUES)[control["name"]] == pytest.approx(good, abs=1e-6)
                for typed in typings(good):
                    box.fill(typed)
                    assert element.evaluate(VALUES)[control["name"]] == pytest.approx(good, abs=1e-6)
                    assert box.get_attribute("aria-invalid") is None
                for typed in (str(high + 1), *(("", "e", "1..2", "0,1,2", "10²", "1 0", "-1e9") if not number else ())):
                    box.select_text()
                    anywhere.keyboard.press("Delete")
                    anywhere.keyboard.type(typed)
                    assert box.get_attribute("aria-invalid") == "true"
                    assert row.locator(".live-error").inner_text().startswith("Type a number from")
                    assert element.evaluate(VALUES)[control["name"]] == pytest.approx(good, abs=1e-6)
                box.blur()
                assert box.get_attribute("aria-invalid") is None
                assert float(box.input_value()) == pytest.approx(good, rel=0.1, abs=0.01)
    assert complaints(anywhere) == []


def test_a_script_that_is_faster_than_the_page_waits_for_the_whole_figure(page, site, site_dir):
    """The parser may pause inside a figure; here the script runs at that very moment, then again at the end."""
    html = (site_dir / f"{HANDLED}.html").read_text(encoding="utf-8")
    own = re.search(r"live[-a-z]*\.js", html)[0]
    script = (site_dir / "_static" / own).read_text(encoding="utf-8").replace("</", "<\\/")
    early = f'<div class="live-controls"><script>{script}</script>'
    html = html.replace('<div class="live-controls">', early, 1).replace(own, "gone.js", 1)
    page.route(f"{site}/early.html", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{site}/early.html")
    page.wait_for_function(AWAKE)
    assert [note for name in names_of(HANDLED) for note in element_of(page, name).locator(NOTE).all()] == []


NOTE = ".live-note:not(noscript *)"


def test_a_damaged_tape_leaves_the_picture_and_one_sentence(visit, site):
    address, page = f"{site}/{HANDLED}.html", visit.page

    def damage(route):
        body = route.fetch().text()
        route.fulfill(body=body.replace('"livefig-tape"', '"something-else"'), content_type="text/html")

    page.route(address, damage)
    open_and_settle(page, address)
    for element in (element_of(page, name) for name in names_of(HANDLED)):
        assert element.locator("svg").first.is_visible()
        assert "cannot move" in element.locator(".live-note").inner_text()
        assert element.locator("input").first.is_disabled()
    assert [said for said in visit.complaints if said.startswith("uncaught")] == []


@by_hand
def test_a_reloaded_page_keeps_what_the_reader_chose(anywhere, watched_site, subtests, chapter):
    figures, chosen = opened(anywhere, watched_site, chapter), {}
    for name, live, element in figures:
        _, slider = next(sliders_in_use(element, live))
        slider.focus()
        for _ in range(5):
            anywhere.keyboard.press("ArrowRight")
        chosen[name] = element.evaluate(LOOK)
    anywhere.goto(f"{watched_site}/book/preface.html")
    anywhere.go_back()
    anywhere.wait_for_function(AWAKE)
    for name, live, element in figures:
        with subtests.test(figure=name):
            back = element.evaluate(LOOK)
            for control in live.spec["controls"]:
                was, close = chosen[name]["values"][control["name"]], "low" in control
                assert back["values"][control["name"]] == (pytest.approx(was, rel=0.05) if close else was)
            assert back["shown"] == chosen[name]["shown"]


@by_hand
def test_a_reader_types_a_function_drags_the_start_and_sends_the_link(anywhere, elsewhere, watched_site, chapter):
    """In one browser, and the link in another one: both end where Python does."""
    name, live, element = opened(anywhere, watched_site, chapter)[0]
    box, error = element.locator("[data-control=f] input"), element.locator("[data-control=f] .live-error")
    before = element.evaluate(LOOK)
    box.fill("sin(x0*x1")
    anywhere.keyboard.press("Enter")
    assert error.inner_text() == "Character 4: this parenthesis is not closed: a ) is missing."
    assert element.evaluate(LOOK) == before, "the last good one stays in force"

    box.fill("sin(x0)*x1")
    anywhere.keyboard.press("Enter")
    assert error.inner_text() == "" and element.evaluate(LOOK)["values"]["f"] == "sin(x0)*x1"
    ring = element.locator(".live-handle")
    ring.scroll_into_view_if_needed()
    at = ring.bounding_box()
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    anywhere.mouse.move(x, y)
    anywhere.mouse.down()
    anywhere.mouse.move(x + 60, y - 20, steps=3)
    anywhere.mouse.up()
    look = element.evaluate(LOOK)
    assert look["values"]["x0"] > before["values"]["x0"] and look["values"]["x1"] > before["values"]["x1"]

    element.get_by_role("button", name="Copy link", exact=True).click()
    address = anywhere.url
    assert address != f"{watched_site}/{chapter}.html" and complaints(anywhere) == []
    elsewhere.goto(address)
    elsewhere.wait_for_function(AWAKE)
    uncover(elsewhere)
    there = element_of(elsewhere, name)
    assert there.evaluate(LOOK)["values"] == look["values"] and complaints(elsewhere) == []
    live.set(**look["values"])
    for sentence in (look["sentence"], there.evaluate(LOOK)["sentence"]):
        assert sentence == live.state.sentence


def test_a_link_on_a_page_brings_its_figure_into_a_state(visit, site):
    page = visit.page
    open_and_settle(page, f"{site}/notebooks/your_own_landscape.html")
    page.wait_for_function(AWAKE)
    links = page.locator("table a[href^='#live-']").all()
    assert len(links) == 17
    for link in links:
        name, *pairs = unquote(link.get_attribute("href")[1:]).split(";")
        wanted = dict(pair.split("=") for pair in pairs if not pair.startswith("rule"))
        link.click()
        page.wait_for_function(
            """([name, wanted]) => {
                const is = document.getElementById(name).live.values();
                return Object.entries(wanted).every(([k, v]) => is[k] === v || Number(is[k]) === Number(v));
            }""",
            arg=[name, wanted],
        )
    assert visit.complaints == []
