"""What a reader sees when something is missing: the picture at once, and what works goes on working.

JavaScript switched off, a damaged tape, and a tab that is opened again are looked at in test_figures.py.
"""

import threading

import pytest
from conftest import open_and_settle

CHAPTER = "notebooks/gradient_descent.html"
AWAKE = "() => [...document.querySelectorAll('figure.live-figure')].every(figure => figure.live)"
BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""


def moves(page):
    """Whether the first figure follows its slider."""
    figure = page.locator("figure.live-figure").first
    before = figure.locator("svg").inner_html()
    figure.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    return figure.locator("svg").inner_html() != before


def is_readable(page):
    figure = page.locator("figure.live-figure").first
    return (
        page.locator("article h1").is_visible()
        and figure.locator("svg").first.is_visible()
        and bool(figure.locator(".readout").inner_text())
    )


def test_without_storage_the_figures_move(page, site):
    page.add_init_script(BLOCKED)
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


def test_without_its_script_a_figure_is_a_picture_with_resting_inputs(page, site):
    page.route("**/live.js*", lambda route: route.fulfill(status=404))
    open_and_settle(page, f"{site}/{CHAPTER}")
    assert is_readable(page)
    inputs = page.locator("figure.live-figure :is(input, select)")
    assert inputs.count() > 0 and all(inputs.nth(k).is_disabled() for k in range(inputs.count()))


def test_without_the_scripts_of_the_theme_the_figures_move(page, site):
    page.route("**/*.js*", lambda route: route.continue_() if "live.js" in route.request.url else route.abort())
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


def test_without_the_style_sheet_the_figures_move(page, site):
    page.route("**/*.css*", lambda route: route.abort())
    page.goto(f"{site}/{CHAPTER}")
    page.wait_for_function(AWAKE)
    assert is_readable(page) and moves(page)


@pytest.mark.parametrize("late", ["live.js", "the theme's scripts"])
def test_on_a_slow_network_the_picture_is_there_before_the_script(page, site, late):
    arrived = threading.Event()
    held = []

    def hold(route):
        if ("live.js" in route.request.url) == (late == "live.js") and not arrived.is_set():
            held.append(route)
        else:
            route.continue_()

    page.route("**/*.js*", hold)
    page.goto(f"{site}/{CHAPTER}", wait_until="commit")
    page.locator("figure.live-figure .readout").last.wait_for()
    assert is_readable(page)
    if late == "live.js":
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
