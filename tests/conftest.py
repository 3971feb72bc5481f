"""What the tests share: their marks, the built book, a browser, and a page that notes what went wrong on it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from browser import MUST, NoBrowser, engines, serve, start_browser, start_other
from engines import EnginePage, Firefox, WebKit
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from small_book import SmallBook
from xdist.scheduler import LoadScopeScheduling

from livefig.asking.check import KEEPS_NOTHING

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "_build" / "html"
os.environ[KEEPS_NOTHING] = "1"  # no test leaves results in the folder in which it was started
os.environ["MATPLOTLIBRC"] = str(ROOT / "notebooks" / "matplotlibrc")  # the book's settings, not the user's

collect_ignore = ["screen_reader.py", "strangers"]  # for the system's Python; figures, which test_strangers.py makes

# One profile for all generated cases: the same ones in every run, and as long as a busy machine takes.
# `make slow` draws new ones: pytest --hypothesis-profile=thorough
settings.register_profile("book", derandomize=True, deadline=None, max_examples=25, database=None)
settings.register_profile("thorough", settings.get_profile("book"), derandomize=False, max_examples=500)
settings.load_profile("book")


def pytest_collection_modifyitems(items):
    """Mark the tests that look at the built book, and those that build one."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"site", "site_dir", "browser", "anywhere"} & fixtures:
            item.add_marker("browser")
        if "small_book" in fixtures or "SmallBook" in _names(item):
            item.add_marker("slow")


def _names(item) -> tuple[str, ...]:
    """The names that a test's function uses; a doctest has none."""
    function = getattr(item, "function", None)
    return function.__code__.co_names if function else ()


class ByPage(LoadScopeScheduling):
    """Tests that look at one page go to one process, which opens the page and runs its cells once for all of them."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        page = re.search(r"\b(book|notebooks)/\w+", test)
        return page[0] if page else TOGETHER.get(Path(file).name, nodeid)


# Other tests for one process: the gallery's figures are made once, too, Jupyter's servers start once, and there is one
# bus for screen readers.
TOGETHER = dict.fromkeys(("test_gallery.py", "test_many_figures.py", "test_description.py"), "gallery")
TOGETHER |= {"test_screen_reader.py": "screen reader", "test_jupyter.py": "jupyter"}


def pytest_xdist_make_scheduler(config, log):
    return ByPage(config, log) if config.getoption("dist") == "loadscope" else None


def missing(sentence: str) -> NoReturn:
    """Leave out a test that lacks a program; where all are tried, that is a failure."""
    if MUST:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(autouse=True)
def settings_of_matplotlib() -> Iterator[None]:
    """What a test sets in matplotlib ends with it."""
    import matplotlib  # reads its settings now, from the file that is named above

    with matplotlib.rc_context():
        yield


@pytest.fixture
def small_book(tmp_path) -> SmallBook:
    return SmallBook(tmp_path)


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The folder of the built book."""
    if not (BUILT / "index.html").exists():
        pytest.fail("The book is not built: run `make book` first.", pytrace=False)
    return BUILT


@pytest.fixture(scope="session")
def site(site_dir) -> Iterator[str]:
    """The address of the built book, served on this machine."""
    with serve(site_dir) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            running = start_browser(playwright)
        except NoBrowser as error:
            pytest.fail(str(error), pytrace=False)
        yield running
        running.close()


@dataclass
class Visit:
    """A browser page, and what it has asked for and complained about since it was opened.

    name : of the page in the book, where a test is given it with its visit.
    """

    page: Page
    name: str = ""
    requests: list[str] = field(default_factory=list)  # addresses
    complaints: list[str] = field(default_factory=list)  # console warnings, errors, failed requests, throws

    def __post_init__(self):
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _note_response(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _note_console(self, message):
        if message.type in ("warning", "error"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def foreign_requests(self) -> list[str]:
        """The requests that left this machine."""
        own = ("file", "data", "blob")
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in own and urlsplit(url).hostname not in ("127.0.0.1", "localhost")
        ]


SETTLED = """() => document.readyState === "complete" && document.fonts.status === "loaded"
    && (document.documentElement.classList.contains("whole") || !document.querySelector("script[src*='site.js']"))
    && [...document.images].every(picture => picture.complete)"""


def open_and_settle(page: Page, address: str) -> None:
    """Open a page and wait until all of it is there: the theme's scripts, which come last, fonts and pictures."""
    page.goto(address)
    page.wait_for_function(SETTLED)


def lay_out_all(page: Page) -> None:
    """Lay out what is out of sight, too: a page leaves that until it comes near. Nothing fades in any more."""
    page.add_style_tag(
        content="* { content-visibility: visible !important; transition: none !important; "
        "scroll-behavior: auto !important }"
    )


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """A fresh browser profile of desktop size."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    yield fresh
    fresh.close()


@pytest.fixture
def visit(context) -> Visit:
    """A fresh page that notes its requests and complaints: `visit.page.goto(...)`."""
    return Visit(context.new_page())


@pytest.fixture
def page(visit) -> Page:
    """A fresh page."""
    return visit.page


# A page that is opened once for all tests that look at it and do not change it; the parameter is its name --------


@pytest.fixture(scope="session")
def at_desk(request, browser, site) -> Iterator[Visit]:
    """A page of desktop size."""
    yield from _looked_at(request.param, browser, site, viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def on_phone(request, browser, site) -> Iterator[Visit]:
    """A page on a phone, with all that is out of sight laid out. Each test sets its size."""
    size = {"width": 375, "height": 667}
    for visit in _looked_at(request.param, browser, site, viewport=size, has_touch=True, is_mobile=True):
        lay_out_all(visit.page)
        yield visit


@pytest.fixture(scope="session")
def unscripted(request, browser, site) -> Iterator[Visit]:
    """A page in a browser without JavaScript."""
    yield from _looked_at(request.param, browser, site, java_script_enabled=False)


def _looked_at(name: str, browser, site, **settings) -> Iterator[Visit]:
    context = browser.new_context(**settings)
    visit, address = Visit(context.new_page(), name), f"{site}/{name}.html"
    if settings.get("java_script_enabled", True):
        open_and_settle(visit.page, address)
    else:
        visit.page.goto(address)
    yield visit
    context.close()


# The same in every engine ---------------------------------------------------------------------------------

# Stands first in a page, before its policy: what goes wrong is noted there, whatever the engine tells its driver.
WATCH = """<script>
  window.complaints = [];
  for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
    addEventListener(kind, (event) => complaints.push([kind, event.message || event.reason || event.violatedDirective ||
      event.target.outerHTML].join(": ")), true);
  for (const kind of ["error", "warn"]) {
    const say = console[kind];
    console[kind] = (...words) => say(...words, complaints.push([kind, ...words].join(" ")));
  }
  document.fonts.addEventListener("loadingerror", (event) => complaints.push("a font is missing"));
</script>"""


def watched(html: str) -> str:
    """A page that notes its complaints."""
    before, head, after = html.partition("<meta")
    return before + WATCH + head + after


def complaints(page: Page | EnginePage) -> list[str]:
    """What went wrong on a watched page since it was opened."""
    return page.evaluate("window.complaints")


@pytest.fixture(scope="session")
def watched_dir(site_dir, tmp_path_factory) -> Path:
    """A copy of the built book whose pages note their complaints."""
    copy = tmp_path_factory.mktemp("watched") / "html"
    shutil.copytree(site_dir, copy)
    for path in copy.rglob("*.html"):
        path.write_text(watched(path.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def watched_site(watched_dir) -> Iterator[str]:
    with serve(watched_dir) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def base(request, watched_site, watched_dir) -> str:
    """Where the book stands: on a host, and on a disk."""
    return watched_site if request.param == "http" else watched_dir.as_uri()


@pytest.fixture(scope="session")
def others() -> Iterator[Callable[[str], Firefox | WebKit]]:
    """Starts an engine when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def started(name: str) -> Firefox | WebKit:
            try:
                running = start_other(name)
            except NoBrowser as error:
                missing(str(error))
            stack.callback(running.close)
            return running

        yield started


@pytest.fixture(params=engines())
def anywhere(request, others) -> Iterator[Page | EnginePage]:
    """A fresh page of desktop size, in every engine."""
    yield from _fresh_page(request.param, request, others)


@pytest.fixture
def elsewhere(request, anywhere, others) -> Iterator[Page | EnginePage]:
    """A fresh page in another engine than `anywhere`, where there are several."""
    here = engines().index(request.node.callspec.params["anywhere"])
    yield from _fresh_page(engines()[here - 1], request, others)


def _fresh_page(name: str, request, others) -> Iterator[Page | EnginePage]:
    size = {"width": 1280, "height": 900}
    if name == "chromium":
        context = request.getfixturevalue("browser").new_context(viewport=size, has_touch=True)
        yield context.new_page()
        context.close()
        return
    page = others(name).new_page(**size)
    yield page
    page.close()
