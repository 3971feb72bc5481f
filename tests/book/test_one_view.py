"""Plot, sentence and controls are seen together, on every screen and wherever a figure stands."""

import re

import pytest
from conftest import open_and_settle
from figures import PAGES, names_of
from one_view import SIZES, seen
from small_book import FIGURE, SmallBook

from livefig.words import WORDS

TRIED = [(1280, 720), (375, 667), (360, 640)]
SMALLEST = [(1280, 720), (360, 640)]
TIMES = "{0[0]}x{0[1]}".format
PLACES = ("plain", "margin", "tab", "card", "note")


def cell(code, *tags):
    return f"```{{code-cell}} python3\n:tags: [{', '.join(tags)}]\n{code}\n```\n\n"


def tall(name):
    """A figure that is taller than a plot has to be, with a sentence, long labels and five sliders."""
    sliders = ", ".join(f"{x}=FloatSlider(min=-1, description='how far the point is moved, {x}')" for x in "abcde")
    return f"""\
fig, ax = plt.subplots(figsize=(4.2, 5.4))
ax.set(xlim=(-2, 2), ylim=(-2, 2))
(dot,) = ax.plot([], [], "o")
move = lambda a, b, c, d, e: {{dot: np.stack([a + c, b + d + e])[None]}}
figure = live(fig, move, {sliders}, title="{name}", drag=("a", "b"),
              readout="It is at {{a:.2f}} and {{b:.2f}}, or near.")"""


def shown(name):
    return f"{tall(name)}\nfigure"


IMPORTS = f"{FIGURE.split('fig, ax')[0].strip()}\nfrom myst_nb import glue\n"
KEPT = "\n".join(f"{tall(name)}\nglue({name!r}, figure, display=False)" for name in ("tab", "card", "note"))
LINES = "Many words stand before it, and after it, too.\n\n" * 30
BOOK = f"""\
---
file_format: mystnb
kernelspec: {{name: python3}}
---
# Places

{cell(IMPORTS + KEPT, "remove-output")}
{LINES}
{cell(shown("plain"))}
{LINES}
{cell(shown("margin"), "margin")}
{LINES}
`````{{tab-set}}
````{{tab-item}} A tab
```{{glue}} tab
```
````
`````

{LINES}
`````{{grid}} 2
````{{grid-item-card}} A card
```{{glue}} card
```
````
`````

{LINES}
````{{note}}
```{{glue}} note
```
````

<iframe src="chapter.html" title="a frame" width="100%" height="600"></iframe>

{LINES}"""


@pytest.fixture(params=TRIED, ids=TIMES)
def window(request, browser):
    """A page of this size, and the share of a plot that is wanted there."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield page, SIZES[request.param]
    page.close()


@pytest.mark.parametrize("window", SMALLEST, ids=TIMES, indirect=True)
@pytest.mark.parametrize("chapter", PAGES)
def test_every_figure_of_a_chapter_is_seen_with_each_of_its_controls(window, site, chapter):
    page, wanted = window
    open_and_settle(page, f"{site}/{chapter}.html")
    for name in names_of(chapter):
        views = seen(page, name)
        assert len(views) > 6 and [view for view in views if view.share < wanted] == []


def test_the_tab_key_brings_the_plot_with_the_control(window, site):
    page, _ = window
    open_and_settle(page, f"{site}/notebooks/gradient_descent.html")
    figure = page.locator("figure.live-figure").first
    figure.locator(".live-handle").focus()
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    for control in figure.locator(":is(input, button):enabled:visible, summary").all():
        page.keyboard.press("Tab")
        assert control.evaluate("control => control === document.activeElement")
        for part in (control, figure.locator(".live-plot")):
            box = part.bounding_box()
            assert box["y"] >= 0 and int(box["y"] + box["height"]) <= page.viewport_size["height"]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A book in which figures stand in all sorts of places."""
    book = SmallBook(tmp_path_factory.mktemp("places"))
    book.chapter(IMPORTS + shown("frame"))
    book.write("notebooks/places.md", BOOK)
    book.write("_toc.yml", "format: jb-book\nroot: notebooks/places\nchapters:\n  - file: notebooks/chapter\n")
    built = book.build()
    assert built.returncode == 0, built.stdout
    return book.site / "notebooks" / "places.html"


def test_a_figure_is_seen_with_its_controls_wherever_it_stands(browser, subtests, places):
    for width, height in TRIED:
        page = browser.new_page(viewport={"width": width, "height": height})
        open_and_settle(page, places.as_uri())
        framed = page.frame_locator("iframe").locator("figure").element_handle().owner_frame()
        for place, name in [(page, name) for name in PLACES] + [(framed, "frame")]:
            with subtests.test(width=width, place=name):
                figure = place.locator(f"#live-{name}")
                for slider in figure.locator("input[type=range]").all():
                    box = slider.bounding_box()
                    assert box["width"] >= 100 and box["height"] >= 44
                assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth")
                views = seen(place, name=f"live-{name}")
                assert [view for view in views if view.share < SIZES[width, height]] == []
        page.close()


SHIFTS = """window.shifted = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ sources }) => {
    const inside = sources.filter(({ node }) => node?.closest?.("article"));
    window.shifted.push(...inside.map(({ node, previousRect: { y }, currentRect }) =>
        `${node.outerHTML.slice(0, 80)}: ${y} to ${currentRect.y}`));
})).observe({ type: "layout-shift", buffered: true });"""


def test_nothing_shifts_when_figures_wake(window, site):
    """The scripts come late here, when the page has long been painted and its formulas have their font."""
    page, _ = window
    page.add_init_script(SHIFTS)
    held = []
    page.route(re.compile(r"/(live|ask)\b[^/]*\.js"), lambda route: held.append(route))
    page.goto(f"{site}/notebooks/gradient_descent.html", wait_until="domcontentloaded")
    heights = "() => [...document.querySelectorAll('figure')].map(figure => figure.getBoundingClientRect().height)"
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(500)
    before = page.evaluate(heights)
    page.evaluate("() => { window.shifted = []; }")
    assert {"live.js", "live-tools.js", "ask.js"} <= {re.search(r"[\w-]+\.js", route.request.url)[0] for route in held}
    for route in held:
        route.continue_()
    page.wait_for_function("() => [...document.querySelectorAll('figure.live-figure')].every(figure => figure.live)")
    page.locator("figure .readout", has_text=WORDS["covered"]).first.wait_for()  # a guess covers a value
    page.wait_for_timeout(300)
    assert page.evaluate(heights) == pytest.approx(before)
    assert page.evaluate("() => window.shifted") == []
