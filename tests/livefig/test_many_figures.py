"""A page with every figure of the gallery, served with a strict Content-Security-Policy."""

import pytest
from browser import serve
from conftest import open_and_settle
from gallery import GALLERY, choosing_a_landscape, growth, made

from livefig.page import assets
from livefig.page.html import figure_html, identifier

POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Many figures</title>
<link rel="stylesheet" href="live.css"><link rel="icon" href="data:,">
<script async src="live.js"></script></head><body>FIGURES</body></html>"""
AWAKE = "() => [...document.querySelectorAll('figure')].map(figure => Boolean(figure.live))"
LOOK = """() => [...document.querySelectorAll('figure')].map(figure =>
    [figure.live.values(), figure.live.data(), figure.querySelector('.readout').textContent])"""


def name_of(figure):
    return identifier(figure.spec["title"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The page, its script and its style, as a book has them."""
    folder = tmp_path_factory.mktemp("page")
    figures = "".join(figure_html(name_of(figure), figure.canvas.svg, figure.spec) for figure in map(made, GALLERY))
    (folder / "page.html").write_text(PAGE.replace("FIGURES", figures), encoding="utf-8")
    (folder / "live.js").write_text(assets.page_script(assets.PARTS), encoding="utf-8")
    (folder / "live.css").write_text(assets.style(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with serve(folder, headers={"Content-Security-Policy": POLICY}) as base:
        yield f"{base}/page.html"


@pytest.fixture
def opened(visit, address):
    assert visit.page.goto(address).headers["content-security-policy"] == POLICY
    visit.page.wait_for_function("() => [...document.querySelectorAll('figure')].every(figure => figure.live)")
    yield visit.page
    assert visit.complaints == []


def test_every_figure_lives_under_a_strict_policy(opened):
    """No eval, no inline script, no blob: the console would complain."""
    before = opened.evaluate(LOOK)
    for slider in opened.locator("input[type=range]").all():
        if slider.is_enabled():
            slider.focus()
            opened.keyboard.press("ArrowRight")
    for old, new in zip(before, opened.evaluate(LOOK), strict=True):
        assert old != new
    for tools in opened.locator(".live-tools").all():
        tools.get_by_role("button", name="Compare").click()
    for summary in opened.locator("summary").all():
        summary.click()


def test_no_two_figures_share_an_id(opened):
    ids = opened.evaluate("() => [...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(set(ids)) == len(ids) > len(GALLERY)


def test_a_link_restores_every_figure_that_was_copied(opened):
    opened.evaluate("""() => { for (const figure of document.querySelectorAll('figure')) {
        const [name, value] = Object.entries(figure.live.values()).find(([, v]) => typeof v === 'number');
        figure.live.set({ [name]: value * 0.875 }); } }""")
    wanted = opened.evaluate(LOOK)
    for tools in opened.locator(".live-tools").all():
        tools.get_by_role("button", name="Copy link").click()
    page = opened.context.new_page()
    page.goto(opened.url)
    page.wait_for_function("() => [...document.querySelectorAll('figure')].every(figure => figure.live)")
    assert page.evaluate(LOOK) == wanted
    page.close()


@pytest.mark.parametrize("make", [growth, choosing_a_landscape])
@pytest.mark.parametrize("damage", ["format", "json", "missing", "picture"])
def test_a_damaged_figure_leaves_the_others_alone(page, address, make, damage):
    figure = made(make)
    start, end = f'id="{name_of(figure)}"', "</figure>"

    def spoil(route):
        text = route.fetch().text()
        before, rest = text.split(start, 1)
        own, after = rest.split(end, 1)
        data = own[own.index('<script type="application/json">') :]
        own = {
            "format": own.replace('"livefig-tape"', '"something-else"'),
            "json": own.replace("}</script>", "</script>"),
            "missing": own.replace(data, ""),
            "picture": own.replace('data-part="0.', 'data-gone="0.'),
        }[damage]
        route.fulfill(body=before + start + own + end + after, content_type="text/html; charset=utf-8")

    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(address, spoil)
    open_and_settle(page, address)
    broken = page.locator(f"figure[{start}]")
    if damage == "picture":  # it shows as soon as something is drawn
        broken.locator("input[type=range]:enabled").first.focus()
        page.keyboard.press("ArrowRight")
    assert page.evaluate(AWAKE) == [other is not make for other in GALLERY]
    assert broken.locator("svg").first.is_visible()
    assert broken.locator(".live-note:not(noscript *)").count() == 1
    assert "cannot move" in broken.locator(".live-note:not(noscript *)").inner_text()
    assert all(control.is_disabled() for control in broken.locator("input, select").all())
    assert complaints == []
