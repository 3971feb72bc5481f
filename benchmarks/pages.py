"""A page as its first reader gets it: nothing cached, on a fast line, and on a phone in a weak network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page

PROBE = Path(__file__).with_name("probe.js")
PATIENCE = 60_000  # ms

# "Slow 4G" as Lighthouse has it: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER_CPU = 4


@contextmanager
def fresh_page(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """An empty page with the probe in a profile that has seen nothing, and the line to its internals."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(path=PROBE)
    yield page, context.new_cdp_session(page)
    context.close()


def slow_down(internals: CDPSession, factor: float) -> None:
    """Let the page's processor be slower than it is."""
    internals.send("Emulation.setCPUThrottlingRate", {"rate": factor})


@dataclass
class Load:
    """What one cold load took: moments in ms from the start of the navigation, None for what never came."""

    answered: float | None = None
    painted: float | None = None
    loaded: float | None = None
    files: dict[str, Transfer] = field(default_factory=dict)  # by the browser's number of the request

    @property
    def bytes_until_answer(self) -> float:
        end = float("inf") if self.answered is None else self.answered
        return sum(size for file in self.files.values() for at, size in file.pieces if at <= end)

    @property
    def bytes(self) -> float:
        return sum(file.size for file in self.files.values())

    def hosts_but(self, own: str) -> set[str]:
        return {urlsplit(file.url).netloc for file in self.files.values()} - {urlsplit(own).netloc}


@dataclass
class Transfer:
    """One request: its address, and when how many bytes of the answer came, heads included."""

    url: str
    pieces: list[tuple[float, float]] = field(default_factory=list)

    @property
    def size(self) -> float:
        return sum(size for _, size in self.pieces)

    @property
    def complete(self) -> float:
        return self.pieces[-1][0]


def cold_load(browser: Browser, url: str, slow: bool = False) -> Load:
    """Load a page for the first time and move its first slider as soon as it can be moved."""
    load = Load()
    with fresh_page(browser) as (page, internals):
        _note_transfers(internals, load.files)
        if slow:
            internals.send("Network.emulateNetworkConditions", SLOW_4G)
            slow_down(internals, SLOWER_CPU)
        page.goto(url, wait_until="commit", timeout=PATIENCE)
        load.answered = page.evaluate("patience => probe.answer(patience)", PATIENCE / 2)
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        load.painted, load.loaded = page.evaluate("""() => [
            performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
            performance.getEntriesByType("navigation")[0].loadEventEnd || null,
        ]""")
    return load


def _note_transfers(internals: CDPSession, files: dict[str, Transfer]) -> None:
    """Fill `files` while the page loads; time starts with the first request."""
    start: list[float] = []  # of it, the browser's clock reads

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            start.append(event["timestamp"])
            files[event["requestId"]] = Transfer(event["request"]["url"])

    def came(event: dict[str, Any], size: int) -> None:
        if event["requestId"] in files and size > 0:
            files[event["requestId"]].pieces.append(((event["timestamp"] - start[0]) * 1000, size))

    def finished(event: dict[str, Any]) -> None:
        """Of an answer that came in pieces, the browser tells only now how many bytes it was on the line."""
        if event["requestId"] in files:
            file = files[event["requestId"]]
            (at, head), *body = file.pieces
            share = (event["encodedDataLength"] - head) / max(sum(size for _, size in body), 1)
            file.pieces = [(at, head), *((at, size * share) for at, size in body)]

    def head(event: dict[str, Any]) -> None:
        came(event, event["response"]["encodedDataLength"])

    internals.on("Network.requestWillBeSent", sent)
    internals.on("Network.responseReceived", head)
    internals.on("Network.dataReceived", lambda event: came(event, event["dataLength"]))
    internals.on("Network.loadingFinished", finished)
    internals.send("Network.enable")
