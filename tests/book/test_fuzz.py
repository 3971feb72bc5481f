"""Random events on every figure: nothing breaks, and Reset restores the first state exactly.

`make test` does 2,000 events in all, on the figures of one chapter and of the gallery; `make slow` does 2,000 on each
figure. A failure prints its last events.
"""

import random
from collections import deque

import pytest
from conftest import open_and_settle
from figures import PAGES, names_of, uncover
from gallery import GALLERY, made

from livefig.page.html import identifier

NAMES = [(page, name) for page in PAGES for name in names_of(page)]
FIGURES = [*NAMES, *GALLERY]
FEW = [*(at for at in NAMES if at[0] == "notebooks/gradient_descent"), *GALLERY]
KEYS = "ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End Tab Shift+ArrowUp Enter Space".split()
TYPED = ["-", "e", ".", "1e9", "-1e-9", "0", "5", "--", "1..2", "NaN", "٣", " ", "+7", "0,5"]
LOOK = """figure => {
    const picture = figure.querySelector("svg").cloneNode(true); // where a hidden text would be, nobody sees
    picture.querySelectorAll("[visibility=hidden]").forEach((text) => text.removeAttribute("transform"));
    return [figure.live.values(), figure.live.data(), picture.outerHTML,
        figure.querySelector(".readout").textContent, [...figure.querySelectorAll("input, select")].map(i => i.value)];
}"""


class Reader:
    """Somebody who does anything to a figure."""

    def __init__(self, page, element, seed):
        self.page, self.element, self.rng = page, element, random.Random(seed)
        self.parts = element.locator("input, select, button, .live-handle").all()
        self.did = deque(maxlen=8)

    def act(self):
        action = self.rng.choice([self.press, self.press, self.type, self.drag, self.set, self.resize, self.theme])
        self.did.append(action.__name__)
        action()

    def press(self):
        part, key = self.rng.choice(self.parts), self.rng.choice(KEYS)
        if part.is_enabled():
            part.focus()
            self.page.keyboard.press(key)

    def type(self):
        boxes = self.element.locator("input[inputmode]").all()
        if boxes and (box := self.rng.choice(boxes)).is_enabled():
            box.focus()
            if self.rng.random() < 0.5:
                self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(self.rng.choice(TYPED))

    def drag(self):
        parts = self.element.locator("input[type=range], .live-handle").all()
        if not parts:
            return  # it has choices alone
        part = self.rng.choice(parts)
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        self.page.mouse.move(box["x"] + self.rng.random() * box["width"], box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(self.rng.uniform(-50, 1300), self.rng.uniform(-50, 900), steps=2)
        self.page.mouse.up()

    def set(self):
        self.element.evaluate(
            """(figure, random) => { const { controls } = JSON.parse(figure.querySelector("script").textContent);
                const c = controls[Math.floor(random[0] * controls.length)];
                if ("low" in c) figure.live.set({ [c.name]: c.low + random[1] * (c.high - c.low) }); }""",
            [self.rng.random(), self.rng.random()],
        )

    def resize(self):
        self.page.set_viewport_size({"width": self.rng.randint(320, 1400), "height": self.rng.randint(500, 1000)})

    def theme(self):
        theme = self.rng.choice(["dark", "light"])
        self.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)


def called(figure):
    return figure[1] if isinstance(figure, tuple) else figure.__name__


def put_back(figure):
    figure.get_by_role("button", name="Reset", exact=True).click()
    if (back := figure.get_by_role("button", name="Turn back", exact=True)).count():
        back.click()


TRIALS = [
    *(pytest.param(figure, 1000 // len(FEW), id=called(figure)) for figure in FEW),
    *(pytest.param(figure, 2000, id=f"{called(figure)}, long", marks=pytest.mark.long) for figure in FIGURES),
]


def address_of(figure, request, tmp_path):
    """The page and the id of a figure: of a chapter, or of the gallery, which is not in the book."""
    if isinstance(figure, tuple):
        chapter, name = figure
        return f"{request.getfixturevalue('site')}/{chapter}.html", name
    drawn = made(figure)
    return drawn.save(tmp_path / "figure.html").as_uri(), identifier(drawn.spec["title"])


@pytest.mark.parametrize(("figure", "events"), TRIALS)
def test_random_events_break_nothing_and_reset_restores_the_first_state(visit, request, tmp_path, figure, events):
    (url, name), page = address_of(figure, request, tmp_path), visit.page
    open_and_settle(page, url)
    page.wait_for_function("name => document.getElementById(name).live", arg=name)
    element = page.locator(f"figure.live-figure[id='{name}']")
    uncover(page)
    if (plot := element.locator(".live-turn")).count():
        plot.first.press("ArrowLeft")  # from now on the page paints what turns
        put_back(element)
    first = element.evaluate(LOOK)
    reader = Reader(page, element, seed=name)
    for _ in range(events):
        reader.act()
        assert visit.complaints == [], list(reader.did)
        assert page.url.endswith(".html") or "#" in page.url
    if (pause := element.get_by_role("button", name="Pause", exact=True)).count():
        pause.click()
    if (compare := element.locator("button[aria-pressed=true]")).count():
        compare.click()
    put_back(element)
    uncover(page)
    assert element.evaluate(LOOK) == first
