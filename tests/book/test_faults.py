"""What a reader sees when something is missing: the picture at once, and what works goes on working.

JavaScript switched off, a damaged tape, and a tab that is opened again are looked at in test_figures.py.
"""

import re
import threading

import pytest
from browser import serve
from conftest import complaints, open_and_settle
from engines import WebKitPage

CHAPTER = "notebooks/gradient_descent.html"
FIRST, LOWER = "live-descent-in-an-elongated-bowl", "live-where-a-walk-stalls"
AWAKE = "() => [...document.querySelectorAll('figure.live-figure')].every(figure => figure.live)"
WHOLE = "() => document.documentElement.classList.contains('whole')"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""


def picture(page):
    return page.locator("figure.live-figure svg").first.evaluate("svg => svg.innerHTML")


def moves(page):
    """Whether the first figure follows its slider."""
    figure = page.locator("figure.live-figure").first
    before = picture(page)
    figure.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    return picture(page) != before


def is_readable(page):
    figure = page.locator("figure.live-figure").first
    return (
        page.locator("article h1").first.bounding_box()["height"] > 10
        and figure.locator("svg").first.bounding_box()["height"] > 100
        and bool(figure.locator(".readout").inner_text())
    )


def test_without_storage_the_figures_move(page, site):
    page.add_init_script(BLOCKED)
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


SOME_THEME = """() => {
    const { dataset } = document.documentElement, before = dataset.mode;
    document.querySelector(".theme-switch-button").click();
    return [before, dataset.mode];
}"""


def test_in_a_closed_frame_of_a_learning_platform_all_works(anywhere, watched_dir):
    """A frame with sandbox="allow-scripts": no storage, and no origin from which fonts may be fetched."""
    with serve(watched_dir, {"Content-Security-Policy": "sandbox allow-scripts"}) as address:
        anywhere.goto(f"{address}/{CHAPTER}")
        assert anywhere.evaluate("origin") == "null"
        anywhere.wait_for_function(AWAKE)
        assert is_readable(anywhere) and moves(anywhere)
        if isinstance(anywhere, WebKitPage):
            return  # there the site's files are not the page's own for WebKit: no pictures, no scripts of the theme
        anywhere.wait_for_function(WHOLE)
        before, after = anywhere.evaluate(SOME_THEME)
        assert before != after
        fonts = "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
        assert any("Book Math" in family for family in anywhere.evaluate(fonts))
        assert complaints(anywhere) == []


def test_where_storage_is_full_the_themes_button_works(anywhere, watched_site):
    open_and_settle(anywhere, f"{watched_site}/{CHAPTER}")
    anywhere.evaluate("""() => {
        for (let size = 2 ** 24; size >= 1; size /= 2)
            try { for (let n = 0; ; n++) localStorage.setItem(`${size} ${n}`, "x".repeat(size)); } catch {}
    }""")
    anywhere.reload()
    anywhere.wait_for_function(AWAKE)
    anywhere.wait_for_function(WHOLE)
    before, after = anywhere.evaluate(SOME_THEME)
    assert before != after
    assert complaints(anywhere) == []


IN_VIEW = """name => { const { top, height } = document.getElementById(name).getBoundingClientRect();
    return top >= 0 && top < 120 && top + Math.min(height, 300) < innerHeight; }"""


def test_a_link_leads_to_its_figure_and_leaves_the_reader_who_goes_on_alone(anywhere, base):
    open_and_settle(anywhere, f"{base}/{CHAPTER}#{LOWER};lr=0.3")
    anywhere.wait_for_function(WHOLE)
    anywhere.wait_for_function(IN_VIEW, arg=LOWER)
    anywhere.evaluate("name => { location.hash = `#${name}` + ';lr=0.2' }", FIRST)
    anywhere.wait_for_function(IN_VIEW, arg=FIRST)
    anywhere.keyboard.press("End")
    anywhere.wait_for_function("name => scrollY > 3000", arg=None)
    anywhere.evaluate("document.body.append(Object.assign(document.createElement('p'), { textContent: 'more' }))")
    anywhere.wait_for_timeout(100)
    assert anywhere.evaluate("scrollY") > 3000
    anywhere.reload()
    anywhere.wait_for_function(AWAKE)
    anywhere.wait_for_function(WHOLE)
    assert not anywhere.evaluate(IN_VIEW, FIRST)


def test_without_its_script_a_figure_is_a_picture_with_resting_inputs(page, site):
    page.route("**/live*.js*", lambda route: route.fulfill(status=404))
    open_and_settle(page, f"{site}/{CHAPTER}")
    assert is_readable(page)
    inputs = page.locator("figure.live-figure :is(input, select)")
    assert inputs.count() > 0 and all(inputs.nth(k).is_disabled() for k in range(inputs.count()))


def test_without_the_scripts_of_the_theme_the_figures_move(page, site):
    page.route("**/*.js*", lambda route: route.continue_() if "/live" in route.request.url else route.abort())
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


def test_without_the_style_the_figures_move(page, site):
    def bare(route):
        text = route.fetch().text()
        route.fulfill(body=re.sub("<style>.*?</style>", "", text, flags=re.DOTALL), content_type="text/html")

    page.route(f"**/{CHAPTER}", bare)
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


@pytest.mark.parametrize("late", ["the figures' script", "the theme's scripts"])
def test_on_a_slow_network_the_picture_is_there_before_the_script(page, site, late):
    arrived = threading.Event()
    held = []

    def hold(route):
        if ("/live" in route.request.url) == (late == "the figures' script") and not arrived.is_set():
            held.append(route)
        else:
            route.continue_()

    page.route("**/*.js*", hold)
    page.goto(f"{site}/{CHAPTER}", wait_until="commit")
    page.locator("figure.live-figure .readout").last.wait_for()
    assert is_readable(page)
    if late == "the figures' script":
        assert page.locator("figure.live-figure input").first.is_disabled()
    else:
        page.wait_for_function(AWAKE)
        assert moves(page)
    arrived.set()
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.wait_for_function(AWAKE)
    assert moves(page)
