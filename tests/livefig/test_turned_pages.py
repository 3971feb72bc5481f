"""A page whose figure turns: under a mouse, a finger and the arrow keys, and back; scrolling stays the page's."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from engines import touch
from ipywidgets import FloatSlider

from livefig.figure.live import live
from livefig.words import WORDS

X, Y = np.meshgrid(np.linspace(-2, 2, 12), np.linspace(-2, 2, 9))
LOOK = """figure => Object.fromEntries([...figure.querySelectorAll("svg [data-part]")].map(part =>
    [part.dataset.part, part.outerHTML]))"""


def hill(**options):
    with plt.rc_context({"font.size": 11}):
        fig = plt.figure(figsize=(4, 3.4))
        ax = fig.add_subplot(projection="3d", computed_zorder=False, zlim=(-1, 1), xlabel="x", ylabel="y")
        surface = ax.plot_surface(X, Y, np.sin(X) * np.cos(Y))
        ax.plot([-2, 2], [0, 0], [0.5, 0.5], "o-", color="C3")
    a = FloatSlider(value=0.9, min=0.5, max=1)
    return live(fig, lambda a, **_: {surface: a * np.sin(X) * np.cos(Y)}, a=a, title="A hill", **options)


@pytest.fixture(scope="module")
def page_of_a_hill(tmp_path_factory):
    """A page with room to scroll."""
    path = hill().save(tmp_path_factory.mktemp("hill") / "hill.html")
    path.write_text(path.read_text(encoding="utf-8") + "<div style='height: 2000px'></div>", encoding="utf-8")
    return path.as_uri()


def opened(page, address):
    page.goto(address)
    page.wait_for_function("() => document.querySelector('figure').live")
    return page.locator("figure"), page.locator(".live-turn")


def view(handle):
    """Azimuth and elevation, as they are told."""
    azim, elev = re.findall(r"[−\d]+", handle.get_attribute("aria-valuetext"))
    assert azim.replace("−", "-") == handle.get_attribute("aria-valuenow")
    return [int(angle.replace("−", "-")) for angle in (azim, elev)]


def path_of(element):
    return re.search(r' d="([^"]*)"', element)[1] + " "


def middle(handle):
    box = handle.bounding_box()
    assert min(box["width"], box["height"]) > 200
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_a_mouse_turns_all_that_is_in_space_and_a_button_turns_it_back(visit, page_of_a_hill):
    figure, handle = opened(visit.page, page_of_a_hill)
    before = figure.evaluate(LOOK)
    assert view(handle) == [-60, 30]
    x, y, width = middle(handle)
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x - width / 6, y + width / 18, steps=3)
    visit.page.mouse.up()
    visit.page.mouse.move(x, y)  # it has been let go
    assert view(handle) == [-30, 40]
    after = figure.evaluate(LOOK)
    assert [part for part in before if after[part] == before[part]] == []
    figure.evaluate("figure => figure.live.set({ a: 0.6 })")
    assert view(handle) == [-30, 40] and figure.evaluate(LOOK)["0.faces"] != after["0.faces"]
    figure.get_by_role("button", name="Reset").click()
    assert figure.evaluate(LOOK) == after
    figure.get_by_role("button", name=WORDS["turn_back"]).click()
    assert view(handle) == [-60, 30]
    again = figure.evaluate(LOOK)
    moved = ("space0.label", "space0.name")
    for part in before:
        if part.startswith(moved):
            assert 'transform="translate(0 0)"' in again[part]
        elif part.startswith("space0"):  # matplotlib drew it first
            drawn, painted = (
                np.array(re.findall(r"[-.\d]+(?=[ ,LM\"])", path_of(one[part])), float) for one in (before, again)
            )
            assert drawn.shape == painted.shape and np.abs(drawn - painted).max() < 0.05
        else:
            assert again[part] == before[part]
    visit.page.mouse.move(x, y)
    visit.page.mouse.wheel(0, 300)
    visit.page.wait_for_function("() => scrollY > 100")
    assert view(handle) == [-60, 30] and visit.complaints == []


def test_arrow_keys_turn_the_focused_plot_and_the_poles_are_the_end(visit, page_of_a_hill):
    _, handle = opened(visit.page, page_of_a_hill)
    handle.focus()
    assert handle.get_attribute("role") == "slider" and handle.get_attribute("aria-label") == WORDS["view"]
    for key, there in {
        "ArrowRight": [-65, 30], "ArrowUp": [-65, 25], "Shift+ArrowLeft": [-50, 25], "Shift+ArrowDown": [-50, 40],
    }.items():  # fmt: skip
        visit.page.keyboard.press(key)
        assert view(handle) == there
    for _ in range(5):
        visit.page.keyboard.press("Shift+ArrowDown")
    assert view(handle) == [-50, 90]
    for _ in range(10):
        visit.page.keyboard.press("Shift+ArrowLeft")
    assert view(handle) == [100, 90]
    assert visit.page.evaluate("scrollY") == 0 and visit.complaints == []


def test_a_finger_that_goes_sideways_turns_and_one_that_goes_up_scrolls(browser, page_of_a_hill):
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    _, handle = opened(page, page_of_a_hill)
    x, y, width = middle(handle)
    touch(page, *((x + way, y + way / 3) for way in range(0, int(width / 3), 8)))
    azim, elev = there = view(handle)
    assert azim < -80 and elev > 33 and page.evaluate("scrollY") == 0
    touch(page, *((x, y - way) for way in range(0, 200, 10)))
    page.wait_for_function("() => scrollY > 20")
    assert view(handle) == there
    context.close()


def test_dragging_moves_the_two_sliders_of_a_view_and_they_turn(visit, tmp_path):
    sliders = {
        "azim": FloatSlider(value=10, min=0, max=360, step=1),
        "elev": FloatSlider(value=20, min=0, max=45, step=5),
    }
    figure = hill(view=("azim", "elev"), **sliders)
    element, handle = opened(visit.page, figure.save(tmp_path / "hill.html").as_uri())
    assert view(handle) == [10, 20] and element.locator("input[type=range]:disabled").count() == 0
    assert element.get_by_role("button", name=WORDS["turn_back"]).count() == 0
    element.evaluate("figure => figure.live.set({ azim: 100, elev: 30 })")
    assert view(handle) == [100, 30]
    figure.set(azim=100, elev=30)
    wanted = {name: figure.state.parts[name]["d"] for name in ("still0.line", "space0.pane1", "space0.tick2.1")}
    assert {n: element.locator(f'[data-part="{n}"]').get_attribute("d") for n in wanted} == wanted
    handle.focus()
    for key in ("Shift+ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        visit.page.keyboard.press(key)
    assert element.evaluate("figure => [figure.live.values().azim, figure.live.values().elev]") == [85, 45]
    element.evaluate("figure => figure.live.set({ azim: 5 })")
    visit.page.keyboard.press("Shift+ArrowRight")
    assert view(handle) == [350, 45] and visit.complaints == []
