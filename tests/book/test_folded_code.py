"""Folded code on the built pages: figures before it, its name, links into it, paper, phones."""

import pytest
from bs4 import BeautifulSoup
from conftest import open_and_settle
from test_site import CHAPTERS

from livefig.words import CODE_WORDS

CODE = "live-descent-in-an-elongated-bowl-code"


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_figure_stands_before_its_code_which_is_folded(site_dir, name):
    page = BeautifulSoup((site_dir / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    for cell in page.select("div.cell"):
        if not cell.select(".live-figure, .cell_output img"):
            continue
        output, folded = cell.find_all(True, recursive=False)
        assert "cell_output" in output["class"] and folded.summary.get_text() == CODE_WORDS["picture"]
    assert {summary.get_text() for summary in page.select("div.cell > details > summary")} <= {*CODE_WORDS.values()}


def code_of_first_figure(page):
    return page.locator(f"details:has(#{CODE})")


def test_a_link_to_the_code_of_a_figure_opens_it(page, site):
    address = f"{site}/notebooks/gradient_descent.html"
    open_and_settle(page, address)
    folded = code_of_first_figure(page)
    assert page.get_by_text("def walk(f, lr, x0, x1, steps)").is_hidden()
    page.evaluate(f"() => {{ location.hash = '{CODE}' }}")
    page.get_by_text("def walk(f, lr, x0, x1, steps)").wait_for()
    folded.locator("summary").click()
    assert page.get_by_text("def walk(f, lr, x0, x1, steps)").is_hidden()
    page.goto("about:blank")
    open_and_settle(page, f"{address}#{CODE}")
    assert page.get_by_text("def walk(f, lr, x0, x1, steps)").is_visible()


def test_code_is_printed_if_the_reader_has_opened_it(page, site):
    open_and_settle(page, f"{site}/notebooks/gradient_descent.html#{CODE}")
    page.emulate_media(media="print")
    folded = page.locator(".folded-code")
    assert [folded.nth(i).is_visible() for i in range(folded.count())].count(True) == 1
    assert code_of_first_figure(page).is_visible()


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name.startswith("notebooks/")])
def test_no_output_formula_or_table_scrolls_sideways_on_a_phone(page, site, name):
    page.set_viewport_size({"width": 375, "height": 667})
    open_and_settle(page, f"{site}/{name}.html")
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    wide = """() => [...document.querySelectorAll(".cell_output pre, div.math > math, .pst-scrollable-table-container")]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent)"""
    assert page.evaluate(wide) == []
