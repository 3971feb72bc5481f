"""The built pages, as a reader's browser sees them: served by a host, and opened from a disk."""

import re
import sys
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
import yaml
from conftest import ROOT, complaints, lay_out_all, open_and_settle
from fontTools.ttLib import TTFont


def listed(entry):
    """The names of all pages in an entry of _toc.yml, in reading order."""
    names = [entry[key] for key in ("root", "file") if key in entry]
    for key in ("parts", "chapters", "sections"):
        for child in entry.get(key, []):
            names += listed(child)
    return names


CHAPTERS = [
    name.removesuffix(".ipynb").removesuffix(".md")
    for name in listed(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
]
PAGES = [*CHAPTERS, "search", "genindex"]
WITH_FORMULAS = [name for name in CHAPTERS if name.startswith("notebooks/")]
WITH_FORMULAS += ["book/notation", "book/python_for_this_book"]


@pytest.mark.parametrize("at_desk", PAGES, indirect=True)
def test_a_page_asks_no_other_host_and_leaves_the_console_empty(at_desk):
    assert_it_is_content(at_desk)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_disk_asks_no_host_and_leaves_the_console_empty(visit, site_dir, name):
    open_and_settle(visit.page, f"{site_dir.as_uri()}/{name}.html")
    assert_it_is_content(visit)


def assert_it_is_content(visit):
    visit.page.wait_for_load_state("networkidle")
    assert visit.requests
    assert visit.foreign_requests() == []
    assert visit.complaints == []


class Links(HTMLParser):
    """Collects what a page makes a browser load or get ready to load."""

    def __init__(self):
        super().__init__()
        self.loaded = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        for key in ("src", "srcset", "data", "poster") + (("href",) if tag == "link" else ()):
            if attrs.get(key):
                self.loaded.append(attrs[key])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_nothing_to_load_from_another_host(site_dir, name):
    links = Links()
    links.feed((site_dir / f"{name}.html").read_text(encoding="utf-8"))
    assert links.loaded
    assert [link for link in links.loaded if urlsplit(link).netloc] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_carries_nothing_of_the_stock_machinery(site_dir, name):
    text = (site_dir / f"{name}.html").read_text(encoding="utf-8").lower()
    stock = (
        "widget-state+json",
        "require.js",
        "require.min.js",
        "tex-mml-chtml",
        "window.mathjax",
        "thebe",
        "fontawesome.js",
    )
    assert [trace for trace in stock if trace in text] == []


@pytest.mark.parametrize("at_desk", CHAPTERS, indirect=True)
def test_formulas_are_mathml_and_no_tex_is_left(at_desk):
    page = at_desk.page
    assert (page.locator("article math").count() > 0) == (at_desk.name in WITH_FORMULAS)
    prose = page.evaluate("""() => {
        const copy = document.querySelector("article").cloneNode(true);
        copy.querySelectorAll("pre, code").forEach(code => code.remove());
        return copy.textContent;
    }""")
    for sign in ("$", "\\(", "\\[", "\\frac", "\\begin"):
        assert sign not in prose


@pytest.mark.parametrize("at_desk", PAGES, indirect=True)
def test_a_page_runs_no_script_but_those_of_the_site(at_desk):
    """The tests above see that the console stays empty: the policy forbids nothing that the page needs."""
    page = at_desk.page
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'self'" and rules["object-src"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "*"} & set(rules["script-src"].split())
    for foreign in ("textContent = 'window.foreign = true'", "src = 'data:text/javascript,window.foreign=true'"):
        page.evaluate(f"""() => {{ const script = document.createElement("script");
            script.{foreign}; document.body.append(script); }}""")
    page.wait_for_timeout(50)
    assert page.evaluate("() => window.foreign") is None


def test_formulas_are_drawn_with_the_font_of_the_book(page, base):
    open_and_settle(page, f"{base}/{WITH_FORMULAS[0]}.html")
    faces = page.evaluate("""async () => {
        await document.fonts.ready;
        return [...document.fonts].map(face => [face.family.replaceAll('"', ""), face.status]);
    }""")
    assert "loaded" in [status for family, status in faces if family.startswith("Book Math")]


def test_a_product_is_no_taller_in_a_display_than_in_a_line(anywhere, watched_site):
    open_and_settle(anywhere, f"{watched_site}/notebooks/backpropagation.html")
    heights = anywhere.evaluate("""() => [...document.querySelectorAll("math mo")]
        .filter(sign => sign.textContent === "⊙")
        .map(sign => sign.getBoundingClientRect().height / parseFloat(getComputedStyle(sign).fontSize))""")
    assert heights and max(heights) < 1.3 * min(heights)


def test_the_font_lies_beside_its_licence(site_dir):
    licence = (site_dir / "_static" / "stix-two-math.woff2.LICENSE.txt").read_text(encoding="utf-8")
    assert "The STIX Fonts Project Authors" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("unscripted", CHAPTERS, indirect=True)
def test_text_and_formulas_stand_there_without_javascript(unscripted):
    page = unscripted.page
    assert page.locator("article h1").is_visible()
    formulas = page.locator("article math:visible").all()  # others may be folded
    assert formulas or not page.locator("article math").count()
    for formula in formulas[:5]:
        box = formula.bounding_box()
        assert box["width"] > 3 and box["height"] > 5
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_the_start_page_leads_to_the_first_page(page, base, site_dir):
    page.goto(f"{base}/index.html")
    page.wait_for_url(f"**/{CHAPTERS[0]}.html")
    start = (site_dir / "index.html").read_text(encoding="utf-8")
    assert start.startswith("<!DOCTYPE html>")
    (icon,) = re.findall('<link rel="icon" href="(.*)">', start)
    assert (site_dir / icon).exists()
    for part in ('<html lang="en">', "<title>Gradient Book</title>", f'<a href="{CHAPTERS[0]}.html">'):
        assert part in start


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("descent", "Gradient descent"),  # in a title
        ("saturated", "Activations and first weights"),  # in the text alone
        ("butterfly starts", "Gradients in differential equations"),
    ],
)
def test_searching_finds_the_chapter(anywhere, base, words, title):
    search(anywhere, base, words)
    anywhere.locator(".search-summary", has_text="Search finished").wait_for()  # until then the list grows
    anywhere.locator("#search-results a", has_text=title).first.click()
    anywhere.locator("article h1", has_text=title).wait_for()
    assert complaints(anywhere) == []


@pytest.mark.parametrize("words", ["constructor", "__proto__", "hasOwnProperty toString"])
def test_searching_for_a_word_of_javascript_finds_nothing_and_says_so(anywhere, watched_site, words):
    search(anywhere, watched_site, words)
    anywhere.locator("#search-results", has_text="did not match any documents").wait_for()
    assert complaints(anywhere) == []


def search(page, base, words):
    """As a reader does, with the keyboard."""
    open_and_settle(page, f"{base}/book/preface.html")
    page.keyboard.press("ControlOrMeta+k")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_a_wrong_address_leads_to_a_page_that_leads_on(visit, site, site_dir):
    """A host answers any wrong address with 404.html."""
    body = (site_dir / "404.html").read_text(encoding="utf-8")
    visit.page.route(
        "**/deep/in/nowhere.html",
        lambda route: route.fulfill(status=200, body=body, content_type="text/html; charset=utf-8"),
    )
    open_and_settle(visit.page, f"{site}/deep/in/nowhere.html")
    assert visit.page.locator("article h1").inner_text() == "There is no such page"
    assert visit.complaints == []
    for text in ("Derivatives", "To the start of the book"):
        visit.page.goto(f"{site}/deep/in/nowhere.html")
        visit.page.get_by_role("link", name=text).first.click()
        visit.page.locator("figure.live-figure svg").first.wait_for()


def test_on_paper_a_figure_stands_as_it_was_left(page, site):
    open_and_settle(page, f"{site}/notebooks/gradient_descent.html")
    page.wait_for_function("() => document.querySelector('figure').live")
    figure = page.locator("figure.live-figure").first
    figure.evaluate("figure => figure.live.set({ lr: 0.9 })")
    drawn = figure.locator("svg").inner_html()
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; dispatchEvent(new Event('beforeprint')); }")
    page.emulate_media(media="print")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "light"
    assert figure.locator("svg").inner_html() == drawn
    assert figure.locator("[data-control='lr'] input[inputmode]").input_value() == "0.9"
    assert figure.locator("[data-control='lr'] input[inputmode]").is_visible()
    for idle in ("input[type=range]", "button", "summary", ".live-handle"):
        assert figure.locator(f"{idle}:visible").count() == 0
    too_wide = "() => [...document.querySelectorAll('pre')].filter(pre => pre.scrollWidth > pre.clientWidth).length"
    page.set_viewport_size({"width": 680, "height": 900})  # A4 between its margins
    lay_out_all(page)
    assert page.evaluate(too_wide) == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_the_wheel_lies_beside_the_first_page_and_carries_all_of_gradcore(page, site, site_dir):
    page.goto(f"{site}/{CHAPTERS[0]}.html")
    link = page.get_by_role("link", name=".whl")
    with page.expect_download() as download:
        link.click()
    wheel = site_dir / download.value.suggested_filename
    assert f'pip install "./{wheel.name}[digits]"' in page.locator("article").inner_text()
    sources = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "gradcore").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    with ZipFile(download.value.path()) as archive:
        assert sources <= set(archive.namelist())
        read = lambda name: archive.read(name).decode()  # noqa: E731
        assert {name for name in sources if read(name) != (ROOT / name).read_text(encoding="utf-8")} == set()


@pytest.mark.parametrize("on_phone", CHAPTERS, indirect=True)
def test_a_page_is_no_wider_than_a_phone(on_phone):
    on_phone.page.set_viewport_size({"width": 375, "height": 700})
    assert on_phone.page.evaluate("document.documentElement.scrollWidth") <= 375


STYLES = re.compile("<style>(.*?)</style>", re.DOTALL)


def styles_in(site_dir):
    return [
        max(STYLES.findall(path.read_text(encoding="utf-8")), key=len, default="") for path in site_dir.rglob("*.html")
    ]


# Of style sheets, the selectors that this page does not have, and those of them that would find something on it.
LEFT_OUT = r"""(texts) => {
    const selectors = (sheet) => [...sheet.cssRules].flatMap((rule) =>
        [...(rule.style ?? [])].some((name) => !name.startsWith("--"))
            ? (rule.selectorText ?? "").split(/, (?![^(]*\))/)
            : rule.cssRules ? selectors(rule) : []);
    const here = new Set([...document.styleSheets].flatMap(selectors));
    const others = texts.flatMap((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return selectors(sheet);
    });
    const left = [...new Set(others)].filter((selector) => !here.has(selector));
    const states = /::[\w-]+|:(hover|active|visited|target|open|disabled|checked|focus[\w-]*)(?![\w-])/g;
    const anyway = (selector) => selector.replace(states, "").replace(/:\w+\(\)/g, "").replace(/^$|[>+~ ]$/, "$&*");
    return [left, left.filter((selector) => document.querySelector(anyway(selector)))];
}"""


@pytest.mark.parametrize("name", ["notebooks/gradient_descent", "notebooks/mini_batches", "book/preface", "genindex"])
def test_what_a_page_leaves_out_of_the_style_has_nothing_to_style_there(page, site, site_dir, name):
    """Of the rules that any page has; whatever is under the pointer, and however much is unfolded."""
    open_and_settle(page, f"{site}/{name}.html")
    page.evaluate("document.querySelectorAll('.live-data summary, .toggle-button').forEach(one => one.click())")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    left, styled = page.evaluate(LEFT_OUT, styles_in(site_dir))
    assert len(left) > 100 and styled == []


@pytest.mark.parametrize("chapter", ["notebooks/gradient_descent", "book/reference_gradcore"])
def test_a_button_copies_the_code_beside_it_without_what_was_not_typed(context, site, chapter):
    context.grant_permissions(["clipboard-read"])
    page = context.new_page()
    open_and_settle(page, f"{site}/{chapter}.html")
    code = page.locator("div.highlight:has(> .copybtn:visible)").first
    written = code.locator("pre").inner_text().strip()
    code.hover()
    code.locator(".copybtn").click()
    pasted = page.evaluate("navigator.clipboard.readText()").strip()
    assert pasted and ">>>" not in pasted and pasted.splitlines()[0] in written
    assert (pasted == written) == (">>>" not in written)


def test_formulas_have_their_font_before_they_are_laid_out(page, site):
    """The page's head asks for it; else the first formula would, and all would be laid out a second time."""
    open_and_settle(page, f"{site}/notebooks/gradient_descent.html")
    asked = page.evaluate("() => performance.getEntriesByType('resource').map(e => [e.name, e.initiatorType])")
    assert [by for name, by in asked if name.endswith("/stix-two-math.woff2")] == ["link"]


def test_the_icon_font_has_the_icons_of_the_pages_and_hardly_any_others(site_dir):
    sys.path.append(str(ROOT / "book" / "extensions"))
    from icon_fonts import PROPERTY, RULE

    texts = styles_in(site_dir)
    fonts = [b64decode(font) for font in {*re.findall(r"data:font/woff2;base64,([^\"]*)", "".join(texts))}]
    drawn = {code for font in fonts for code in TTFont(BytesIO(font)).getBestCmap()}
    assert 0xF0C9 in drawn and 0xF002 in drawn  # the menu, the lens
    found = [*RULE.findall("".join(texts)), *PROPERTY.findall("".join(texts))]
    named = {ord(sign) for _, _, sign in found if sign}
    assert len(drawn - named) <= 3  # which some rule reads that no page has a use for
    assert sum(map(len, fonts)) < 3_000
    assert list(site_dir.rglob("fa-*.woff2")) == []


ICONS = """() => [...document.querySelectorAll("*")].flatMap(element => ["::before", "::after"].map(
    part => getComputedStyle(element, part).content)).join("").match(/[\ue000-\uf8ff]/g)"""


def test_every_icon_that_a_page_draws_is_in_its_font(page, site, site_dir):
    """Those of boxes come by a property that other rules read."""
    name = "notebooks/stochastic_descent.html"
    fonts = re.findall(r"data:font/woff2;base64,([^\"')]*)", (site_dir / name).read_text(encoding="utf-8"))
    there = {chr(code) for text in fonts for code in TTFont(BytesIO(b64decode(text))).getBestCmap()}
    open_and_settle(page, f"{site}/{name}")
    drawn = set(page.evaluate(ICONS))
    assert drawn <= there and len(drawn) > 5
