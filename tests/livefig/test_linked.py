"""Figures that share a widget, or whose widgets their author has linked, move together on a page too."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from docutils.utils import new_document
from ipywidgets import Dropdown, FloatSlider, IntSlider, Label, Play, VBox, jsdlink, jslink
from ipywidgets.embed import embed_data

from livefig.figure.live import live
from livefig.page import publish
from livefig.page.assets import PARTS, page_script, style
from livefig.page.saved import links_of, lost_links

x = np.linspace(0, 3, 4)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def figure(name, **controls):
    fig, ax = plt.subplots(figsize=(3, 2))
    (line,) = ax.plot(x, x)
    readout = " ".join(f"{{{control}}}" for control in controls)
    update = lambda **values: {line: np.stack([x, x * sum(values.values())], axis=1)}  # noqa: E731
    return live(fig, update, title=name, readout=readout, **controls)


@pytest.fixture
def published(visit, tmp_path):
    """Opens a page with some figures, from the state that a notebook saves of their widgets."""

    def open_page(*figures, address=""):
        state = embed_data(views=[VBox(figures)], state=None)["manager_state"]["state"]
        document = new_document("page")
        nodes = [publish._figure_node(document, state, one.canvas.model_id).astext() for one in figures]
        page = tmp_path / "page.html"
        head = f"<!doctype html><meta charset=utf-8><style>{style()}</style>"
        page.write_text(f"{head}{''.join(nodes)}<script>{page_script(PARTS)}</script>", encoding="utf-8")
        visit.page.goto(page.as_uri() + address)
        return lambda: visit.page.locator(".readout").all_inner_texts()

    yield open_page
    assert visit.complaints == []


def test_one_slider_in_two_figures_moves_both(visit, published):
    shared = FloatSlider(value=1, max=5, description="shared")
    said = published(
        figure("One", a=shared), figure("Two", b=shared, c=FloatSlider(value=2)), figure("Three", d=shared)
    )
    visit.page.get_by_role("slider", name="shared").nth(1).press("ArrowRight")
    assert said() == ["1.1", "1.1 2", "1.1"]
    visit.page.get_by_role("spinbutton", name="shared").nth(2).fill("4.25")
    assert said() == ["4.25", "4.25 2", "4.25"]
    visit.page.get_by_role("button", name="Reset").nth(0).click()
    assert said() == ["1", "1 2", "1"]


def test_an_authors_links_hold_in_their_direction_and_in_the_ranges_of_those_that_follow(visit, published):
    a, b, c = FloatSlider(value=1, max=5), FloatSlider(value=1, max=3), IntSlider(value=1, max=9)
    jslink((a, "value"), (b, "value"))
    jsdlink((b, "value"), (c, "value"))
    said = published(figure("One", a=a, c=c), figure("Two", b=b))
    visit.page.get_by_role("slider", name="a").press("End")
    assert said() == ["5 5", "3"]
    visit.page.get_by_role("slider", name="c").press("Home")
    assert said() == ["5 0", "3"]
    visit.page.get_by_role("slider", name="b").press("Home")
    assert said() == ["0 0", "0"]


def test_choices_are_linked_and_a_link_to_one_figure_moves_the_other(visit, published):
    kind = Dropdown(options=[("once", 1), ("twice", 2)])
    said = published(figure("One", kind=kind), figure("Two", way=kind), address="#live-one;kind=1")
    assert said() == ["twice", "twice"]
    visit.page.get_by_label("way").select_option("once")
    assert said() == ["once", "once"]


def test_figures_that_have_nothing_in_common_know_of_no_links():
    one, two = figure("One", a=FloatSlider()), figure("Two", a=FloatSlider())
    state = embed_data(views=[one, two], state=None)["manager_state"]["state"]
    assert links_of(state, one.canvas.model_id) is None


def test_links_that_a_page_cannot_follow_are_named():
    a, b, play, label = FloatSlider(description="rate"), FloatSlider(), Play(), Label()
    one, two = figure("One", a=a), figure("Two", b=b)
    for link, *ends in [
        (jslink, (a, "value"), (b, "value")), (jslink, (play, "value"), (a, "value")),
        (jsdlink, (a, "max"), (b, "max")), (jsdlink, (b, "value"), (label, "value")),
    ]:  # fmt: skip
        link(*ends)
    state = embed_data(views=[one, two, play, label], state=None)["manager_state"]["state"]
    lost = [lost_links(state, live.canvas.model_id) for live in (one, two)]
    said = [[sentence.partition(":")[0].removeprefix("a page does not follow ") for sentence in some] for some in lost]
    limits = "jsdlink of 'max' of the FloatSlider 'rate' and 'max' of the FloatSlider"
    assert said == [
        ["jslink of 'value' of the Play and 'value' of the FloatSlider 'rate'", limits],
        [limits, "jsdlink of 'value' of the FloatSlider and 'value' of the Label"],
    ]
