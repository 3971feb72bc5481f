"""A live figure: what it weighs, what it computes, and how soon it follows the reader's hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from pages import SLOWER_CPU, fresh_page, slow_down
from playwright.sync_api import Browser, Page

FIGURE = re.compile(r'<figure class="live-figure".*?</figure>', re.DOTALL)
DATA = re.compile(r'<script type="application/json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """A live figure as it stands in the HTML of a page."""

    html: str

    @property
    def id(self) -> str:
        return re.search(r'id="([^"]+)"', self.html)[1]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The description that the script reads."""
        return json.loads(DATA.search(self.html)[1])

    @cached_property
    def tapes(self) -> list[dict[str, Any]]:
        return list(_tapes(self.data))

    @property
    def operations(self) -> int:
        return sum(len(tape["op"]) for tape in self.tapes)

    @property
    def tape_text(self) -> str:
        return json.dumps(self.tapes, separators=(",", ":"), ensure_ascii=False)

    @property
    def picture(self) -> str:
        return self.html[self.html.index("<svg") : self.html.index("</svg>")]

    def settings(self, number: int) -> list[dict[str, float]]:
        """Settings of the number sliders that lie all over their ranges, the same ones each time."""
        sliders = [control for control in self.data["controls"] if "low" in control]
        return [
            {slider["name"]: _at(slider, spread(i * len(sliders) + j)) for j, slider in enumerate(sliders)}
            for i in range(number)
        ]


def figures_in(html: str) -> list[Figure]:
    return [Figure(match) for match in FIGURE.findall(html)]


def _tapes(data: Any) -> Iterator[dict[str, Any]]:
    """Every tape in a figure's description, wherever it is kept."""
    if isinstance(data, dict) and data.get("format") == "livefig-tape":
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _tapes(part)


def _at(slider: Mapping[str, Any], share: float) -> float:
    low, high = slider["low"], slider["high"]
    value = low * (high / low) ** share if slider["base"] else low + (high - low) * share
    return round(value) if slider["whole"] else value


def spread(i: int) -> float:
    """Numbers in [0, 1) of which the next is always far from the last (multiples of the golden ratio)."""
    return i * 0.6180339887498949 % 1


@dataclass
class Speed:
    """How fast a figure is, in ms; empty lists for what it cannot do."""

    drag: list[float]  # from each movement to the end of the frame that shows it
    slow_drag: list[float]  # with a slower processor
    recompute: list[float]  # at each setting: computing, and describing the new picture


def measure_speed(
    browser: Browser, url: str, name: str, moves: int, settings: list[dict[str, float]] | None = None
) -> Speed:
    """Drag the first slider of a figure with a real pointer, then set the figure to all `settings`."""
    with fresh_page(browser) as (page, internals):
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(500)
        page.evaluate("name => probe.follow(name)", name)
        drag = _drag(page, name, moves)
        slow_down(internals, SLOWER_CPU)
        slow_drag = _drag(page, name, moves)
        slow_down(internals, 1)
        return Speed(drag, slow_drag, _recompute(page, name, settings) if settings else [])


def _drag(page: Page, name: str, moves: int, warm_up: int = 5) -> list[float]:
    slider = page.locator(f"#{name} .live-control input[type=range]:enabled").first
    if not slider.count():
        return []
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = slider.bounding_box()
    if box is None:
        return []
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    for i in range(-warm_up, moves):
        if i == 0:
            page.evaluate("name => probe.follow(name)", name)
        page.mouse.move(box["x"] + box["width"] * (0.15 + 0.7 * spread(i)), y)
        page.evaluate("probe.shown()")
        page.wait_for_timeout(20 + i * 7 % 17)  # out of step with the screen's frames
    latencies: list[float] = page.evaluate("probe.latencies()")
    page.mouse.up()
    return latencies


def _recompute(page: Page, name: str, settings: list[dict[str, float]]) -> list[float]:
    """The median of three rounds, after one that warms up."""
    rounds = [page.evaluate("([...these]) => probe.recompute(...these)", [name, settings]) for _ in range(4)]
    return [median(times) for times in zip(*rounds[1:], strict=True)]
