"""The built pages for everyone: rules of WCAG 2.2 and beyond, as axe-core checks them, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_site import PAGES


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(browser, site, name, theme):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')")
    page.goto(f"{site}/{name}.html", wait_until="networkidle")
    found = Axe().run(page).response
    page.close()
    assert found["passes"]
    violations = [(v["id"], v["impact"], node["html"][:300]) for v in found["violations"] for node in v["nodes"]]
    assert violations == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_at_320_pixels_and_says_its_language(browser, site, name):
    """320 CSS pixels are also what is left of 1280 at 400 % zoom."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{site}/{name}.html")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.close()
