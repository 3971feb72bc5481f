"""What a chapter asks of its reader's eyes: `python benchmarks/reading.py`, after `make book`.

code : the share of the chapter's height at 1280 px that is code; beside it, with the lines that open what is folded.
code before a figure : the most pixels of a cell's own code that stand above its picture.
wide prints : how many printed outputs scroll sideways at 375 px.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from host import serve
from playwright.sync_api import Page, sync_playwright
from tables import cell, show

HERE = Path(__file__).parent
BUILT = HERE.parent / "_build" / "html"

sys.path.append(str(HERE.parent / "tests"))
from browser import start_browser  # noqa: E402

CODE = 22  # % at most

WIDE = """() => {
  const height = (element) => element.getBoundingClientRect().height;
  const sum = (selector) =>
    [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).reduce((all, e) => all + height(e), 0);
  const before = [...document.querySelectorAll(".cell_output :is(.live-figure, img)")].map((picture) => {
    const cell = picture.closest(".cell");
    const own = cell.querySelector(".cell_input");
    const above = own?.checkVisibility() && own.compareDocumentPosition(picture) & Node.DOCUMENT_POSITION_FOLLOWING;
    return above ? height(own) : 0;
  });
  return {
    height: height(document.querySelector(".bd-article")),
    code: sum(".cell_input"),
    openers: sum(".folded-code > summary"),
    before: Math.max(0, ...before),
  };
}"""
NARROW = """() => [...document.querySelectorAll(".cell_output pre")]
  .filter((pre) => pre.scrollWidth > pre.clientWidth + 1).map((pre) => pre.textContent)"""


def laid_out(page: Page, address: str, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(address, wait_until="load")
    page.add_style_tag(content="* { content-visibility: visible !important; animation: none !important }")
    page.evaluate("() => { for (const picture of document.images) picture.loading = 'eager' }")
    page.wait_for_function("() => document.fonts.status === 'loaded' && [...document.images].every((i) => i.complete)")
    return page


def main() -> None:
    rows, wide = [], {}
    with sync_playwright() as playwright, serve(BUILT, HERE) as site:
        browser = start_browser(playwright)
        page = browser.new_page()
        for path in sorted((BUILT / "notebooks").glob("*.html")):
            address = f"{site}/notebooks/{path.name}"
            seen = laid_out(page, address, 1280).evaluate(WIDE)
            wide[path.stem] = laid_out(page, address, 375).evaluate(NARROW)
            code, height = seen["code"], seen["height"]
            shares = cell(100 * code / height, 1, CODE), cell(100 * (code + seen["openers"]) / height, 1)
            rows.append([path.stem, cell(height), *shares, cell(seen["before"], 0, 0), cell(len(wide[path.stem]))])
        browser.close()
    headers = [
        "chapter",
        "height, px",
        f"code, % (≤ {CODE})",
        "with openers, %",
        "code before a figure, px",
        "wide prints",
    ]
    show("Reading", headers, rows)
    if "--wide" in sys.argv:
        print(json.dumps(wide, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
