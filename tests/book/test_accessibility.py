"""The built pages for everyone: rules of WCAG 2.2 and beyond, as axe-core checks them, in light and dark."""

import json
import subprocess
import tarfile

import pytest
from conftest import BUILT, lay_out_all, missing, open_and_settle
from test_site import PAGES

AXE = "4.14.1"
# All rules, those on trial too, but for level AAA and what is out of use; without a description of all that passes.
RUN = """only => axe.run({ resultTypes: ["violations"], preload: false, runOnly: only ?? axe.getRules()
    .filter(({ tags }) => !tags.includes("wcag2aaa") && !tags.includes("deprecated")).map(rule => rule.ruleId) })"""
OF_COLOUR = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="session")
def axe(tmp_path_factory) -> str:
    """axe-core, as npm has it; a copy is kept beside the built book."""
    kept = BUILT.parent / f"axe-core-{AXE}.js"
    if not kept.exists():
        folder = tmp_path_factory.mktemp("axe")
        command = ["npm", "pack", "--json", f"axe-core@{AXE}"]
        try:
            packed = subprocess.run(command, cwd=folder, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            missing(
                f"No rule of accessibility is tried: `{' '.join(command)}` needs npm (of Node.js) and a network, once."
            )
        with tarfile.open(folder / json.loads(packed.stdout)[0]["filename"]) as package:
            package.extract("package/axe.min.js", folder, filter="data")
        (folder / "package" / "axe.min.js").replace(kept)
    return kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("at_desk", PAGES, indirect=True)
def test_a_page_breaks_no_rule_of_accessibility(at_desk, axe):
    """All rules in light; in dark those that look at colours, the only thing that differs."""
    page = at_desk.page
    lay_out_all(page)
    page.evaluate(axe)
    violations = []
    for theme, rules in (("light", None), ("dark", OF_COLOUR)):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found = page.evaluate(RUN, rules)
        assert found["passes"]
        violations += [
            (theme, v["id"], v["impact"], node["html"][:300]) for v in found["violations"] for node in v["nodes"]
        ]
    assert violations == []


@pytest.mark.parametrize("on_phone", PAGES, indirect=True)
def test_a_page_can_be_read_when_it_is_enlarged_and_says_its_language(on_phone):
    """Of 1280 CSS pixels 640 are left at 200 % zoom, and 320 at 400 %."""
    page = on_phone.page
    assert page.evaluate("() => document.documentElement.lang") == "en"
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        for opener in ("primary-toggle", "search-button", "theme-switch-button"):
            assert page.locator(f".{opener}:visible").count() == 1


# The places that a reader without a mouse must reach; of radio buttons one is enough, arrow keys reach the others.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(e =>
    e.checkVisibility({ checkVisibilityCSS: true }) && !e.disabled && e.type !== "radio" && e.tabIndex >= 0 &&
    !e.closest("dialog"))"""
# One more step: where it has led, and whether the place before looks other than it did while it had the focus.
STEP = """() => {
    const style = ({ outline, boxShadow }) => outline + boxShadow;
    const last = window.last, element = document.activeElement;
    const seen = last ? style(getComputedStyle(last.element)) !== last.style : true;
    const box = element.getBoundingClientRect();
    window.last = { element, style: style(getComputedStyle(element)) };
    window.walked.add(element);
    return {
        name: element.outerHTML.slice(0, 120), seen, before: last && last.element.outerHTML.slice(0, 120),
        inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        shown: Number(getComputedStyle(element).opacity) > 0.9,
        end: element === document.body,
    };
}"""


@pytest.mark.parametrize("name", ["book/preface", "notebooks/gradient_descent", "search"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_tab_key_leads_to_everything_and_shows_where_it_is(page, site, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_and_settle(page, f"{site}/{name}.html")
    lay_out_all(page)
    if name == "search":
        page.evaluate("() => document.activeElement.blur()")
    page.evaluate("() => { window.walked = new Set() }")
    stops = page.evaluate(f"() => ({STOPS})().length")
    for number in range(stops + 20):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        assert step["seen"], f"nothing showed that this had the focus: {step['before']}"
        if step["end"]:
            break
        assert step["inside"] and step["shown"], f"out of sight: {step['name']}"
        assert number > 0 or "Skip to main content" in step["name"] or name == "search"
    missed = page.evaluate(f"() => ({STOPS})().filter(e => !window.walked.has(e)).map(e => e.outerHTML.slice(0, 120))")
    assert missed == []
    assert step["end"], "the Tab key never came to the end of the page"


def test_a_figure_is_played_with_the_keyboard_alone(page, site):
    """From the top of the page past the menus to the figure; its box, its slider, its ring and its button."""
    open_and_settle(page, f"{site}/notebooks/gradient_descent.html")
    page.wait_for_function("() => document.querySelector('figure').live")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main-content"
    figure = page.locator("figure.live-figure").first
    values = lambda: figure.evaluate("figure => figure.live.values()")  # noqa: E731
    reached = set()
    for _ in range(60):  # the figure stands well before the sixtieth stop
        page.keyboard.press("Tab")
        if not figure.evaluate("figure => figure.contains(document.activeElement)"):
            continue
        kind = page.evaluate("() => document.activeElement.className || document.activeElement.type")
        label = page.evaluate("() => document.activeElement.textContent")
        before = values()
        if kind == "live-handle" or kind == "range":
            page.keyboard.press("ArrowRight")
        elif kind == "text":
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type("0.5")
            page.keyboard.press("Enter")
        elif label == "Reset":
            page.keyboard.press("Enter")
        else:
            continue
        if kind not in reached:
            assert values() != before
            reached.add(kind)
        if len(reached) == 4:
            break
    assert len(reached) == 4, reached
