"""Measure the built book and print it, each number beside its budget. `make bench` builds the book first.

Nothing is tested here and no number fails anything: ✓ keeps its budget, ✗ does not.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import numpy as np
from host import gzipped, serve
from live_figures import Figure, Speed, figures_in, measure_speed
from pages import Load, cold_load
from playwright.sync_api import Browser, sync_playwright
from python_times import show_python
from sphinx_external_toc.parsing import parse_toc_yaml
from tables import cell, median, percentile95, show
from tapes import show_tapes

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILT = ROOT / "_build" / "html"

sys.path.append(str(ROOT / "tests"))
from browser import start_browser  # noqa: E402
from one_view import SIZES, seen  # noqa: E402

# The budgets. Times in ms; sizes in kB of 1000 bytes, gzipped.
ANSWER, SLOW_ANSWER = 300, 1500
RATIO, SLOW_RATIO = 3.2, 2.6  # to the answer of an empty figure in the same run
BYTES_UNTIL_ANSWER, PAGE = 100, 200
FIGURE, TAPE, SCRIPT = 40, 20, 14
DRAG, SLOW_DRAG = 5, 15  # more than an empty figure takes; 95th percentile
BUILD, REBUILD, NBVAL = 180, 30, 120  # seconds

Figures = dict[str, list[Figure]]  # by the name of their page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs: rougher numbers, sooner")
    parser.add_argument("--only", default="", metavar="SUBSTRING", help="only pages whose name contains this")
    parser.add_argument("--views", action="store_true", help="only how much of a plot is seen with its controls")
    parser.add_argument("--build", action="store_true", help="time building too; throws away what was built")
    options = parser.parse_args()
    runs, slow_runs, moves = (3, 1, 20) if options.quick else (7, 3, 60)

    figures: Figures = {}
    for name in parse_toc_yaml(ROOT / "_toc.yml"):
        found = figures_in((BUILT / f"{name}.html").read_text(encoding="utf-8"))
        if found and options.only in name:
            figures[name] = found
    if not figures:
        parser.exit(0, f"No page with {options.only!r} in its name has a live figure.\n")
    with sync_playwright() as playwright, serve(BUILT, HERE) as site:
        browser = start_browser(playwright)
        print(
            f"Chromium {browser.version}, Python {platform.python_version()}, NumPy {np.__version__}, "
            f"{os.cpu_count()} cores{load()}.\n"
            f"Medians of {runs} first visits ({slow_runs} on slow 4G); {moves} movements a figure."
        )
        show_views(browser, site, figures)
        if options.views:
            return
        show_scripts()
        show_sizes(figures)
        show_speeds(browser, site, figures, moves)
        show_pages(browser, site, list(figures), runs, slow_runs)
        browser.close()
    show_tapes(moves)
    show_python(runs)
    if options.build:
        show_build()


def kB(content: str | bytes) -> float:
    return len(content.encode() if isinstance(content, str) else content) / 1000


def kB_gzipped(content: str | bytes) -> float:
    return kB(gzipped(content.encode() if isinstance(content, str) else content))


def load() -> str:
    """How busy the machine is, where it tells."""
    return f" with a load of {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def show_scripts() -> None:
    rows = []
    parts = sorted(path.name for path in (BUILT / "_static").glob("live-*.js"))
    for name, budget in (("live.js", SCRIPT), *((part, None) for part in parts)):
        content = (BUILT / "_static" / name).read_bytes()
        rows.append([name, cell(kB(content), 1), cell(kB_gzipped(content), 1, budget)])
    show("Scripts of all figures", ["file", "kB", f"kB gzipped (≤ {SCRIPT})"], rows)


def show_sizes(figures: Figures) -> None:
    show(
        "Figures: size",
        [
            "figure",
            "page",
            "kB",
            f"kB gzipped (≤ {FIGURE})",
            "its picture",
            f"its tape (≤ {TAPE})",
            "operations of the tape",
        ],
        [
            [
                figure.id,
                name,
                cell(kB(figure.html), 1),
                cell(kB_gzipped(figure.html), 1, FIGURE),
                cell(kB_gzipped(figure.picture), 1),
                cell(kB_gzipped(figure.tape_text), 1, TAPE),
                cell(figure.operations),
            ]
            for name, found in figures.items()
            for figure in found
        ],
        "Picture and tape: kB gzipped, each by itself.",
    )


def show_speeds(browser: Browser, site: str, figures: Figures, moves: int) -> None:
    """What an empty figure takes, measured before every page, is the floor for all."""
    floor = Speed([], [], [])
    speeds = [("(an empty figure)", floor)]
    for name, found in figures.items():
        empty = measure_speed(browser, f"{site}/empty.html", "empty", moves)
        floor.drag += empty.drag
        floor.slow_drag += empty.slow_drag
        for figure in found:
            speed = measure_speed(browser, f"{site}/{name}.html", figure.id, moves, figure.settings(30))
            speeds.append((figure.id, speed))
    best, slow_best = percentile95(floor.drag), percentile95(floor.slow_drag)
    show(
        "Figures: ms from a movement of the pointer to the end of the frame that shows it",
        [
            "figure",
            "median",
            f"95 % (≤ empty + {DRAG})",
            "median, CPU/4",
            f"95 %, CPU/4 (≤ empty + {SLOW_DRAG})",
            "recomputing",
            "at worst",
        ],
        [
            [
                name,
                cell(median(speed.drag), 1),
                cell(percentile95(speed.drag), 1, best and best + DRAG),
                cell(median(speed.slow_drag), 1),
                cell(percentile95(speed.slow_drag), 1, slow_best and slow_best + SLOW_DRAG),
                cell(median(speed.recompute), 2),
                cell(max(speed.recompute, default=None), 2),
            ]
            for name, speed in speeds
        ],
        "Recomputing: one `live.set` of all sliders, without painting, at 30 settings.",
    )


def show_views(browser: Browser, site: str, figures: Figures) -> None:
    """The least share of every plot, over all controls and ways to them; and how many controls show too little."""
    worst: dict[str, list[str]] = {figure.id: [] for found in figures.values() for figure in found}
    totals = []
    for (width, height), wanted in SIZES.items():
        shares = []
        page = browser.new_page(viewport={"width": width, "height": height})
        for name, found in figures.items():
            page.goto(f"{site}/{name}.html", wait_until="networkidle")
            for figure in found:
                views = seen(page, figure.id)
                least = min(views, key=lambda view: view.share)
                mark = "✓" if least.share >= wanted else f"✗ {least.control}, {least.way}"
                worst[figure.id].append(f"{least.share:.0%} {mark}")
                shares += [view.share for view in views]
        page.close()
        totals.append(f"{sum(share < wanted for share in shares)} of {len(shares)}")
    show(
        "Figures: least share of the plot that is seen with a control",
        ["figure", *(f"{width}×{height} (≥ {wanted:.0%})" for (width, height), wanted in SIZES.items())],
        [*([name, *cells] for name, cells in worst.items()), ["(views with less)", *totals]],
        "Each control thrice: walking down to it with the Tab key, walking up, and scrolling to it and the plot.",
    )


def show_pages(browser: Browser, site: str, names: list[str], runs: int, slow_runs: int) -> None:
    fast = _visits(browser, site, ["empty", *names], runs, slow=False)
    _show_visits("on a fast line", fast, site, ANSWER, RATIO, None)
    slow = _visits(browser, site, ["empty", *names], slow_runs, slow=True)
    _show_visits("on slow 4G with CPU/4", slow, site, SLOW_ANSWER, SLOW_RATIO, BYTES_UNTIL_ANSWER)
    heaviest = max(names, key=lambda name: slow[name][0].bytes)
    _show_files(heaviest, slow[heaviest][0], site)


def _visits(browser: Browser, site: str, names: list[str], runs: int, slow: bool) -> dict[str, list[Load]]:
    cold_load(browser, f"{site}/{names[0]}.html", slow)  # warms up
    return {name: [cold_load(browser, f"{site}/{name}.html", slow) for _ in range(runs)] for name in names}


def _show_visits(
    line: str, visits: dict[str, list[Load]], site: str, answer: float, ratio: float, until: float | None
) -> None:
    empty = median(load.answered for load in visits["empty"])

    def row(name: str, loads: list[Load]) -> list[str]:
        def typical(what: Callable[[Load], float | None]) -> float | None:
            return median(map(what, loads))

        answered = typical(lambda load: load.answered)
        hosts = set().union(*(load.hosts_but(site) for load in loads))
        return [
            name,
            cell(typical(lambda load: load.painted)),
            cell(answered, 0, answer),
            cell(answered and empty and answered / empty, 1, ratio),
            cell(typical(lambda load: load.loaded)),
            cell(typical(lambda load: load.bytes_until_answer / 1000), 0, until),
            cell(typical(lambda load: load.bytes / 1000), 0, PAGE),
            cell(typical(lambda load: len(load.files))),
            f"{', '.join(sorted(hosts))} ✗" if hosts else "none ✓",
        ]

    show(
        f"Pages: first visit {line}",
        [
            "page",
            "first paint, ms",
            f"answers a slider, ms (≤ {answer})",
            f"times the empty figure's (≤ {ratio})",
            "loaded, ms",
            f"kB until it answers (≤ {until})" if until else "kB until it answers",
            f"kB in all (≤ {PAGE})",
            "requests",
            "other hosts",
        ],
        [row(name, loads) for name, loads in visits.items()],
    )


def _show_files(name: str, load: Load, site: str) -> None:
    files = sorted((file for file in load.files.values() if file.pieces), key=lambda file: file.complete)
    show(
        f"The heaviest page, {name}, file by file on slow 4G",
        ["file", "kB on the wire", "complete, ms"],
        [[file.url.removeprefix(site).split("?")[0], cell(file.size / 1000, 1), cell(file.complete)] for file in files],
        f"It answered a slider at {cell(load.answered)} ms in this run.",
    )


def show_build() -> None:
    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - start

    seconds("make", "clean")
    rows = [("make book, from nothing", seconds("make", "book"), BUILD)]
    rmtree(BUILT)
    rmtree(BUILT.with_name(".doctrees"))
    rows.append(("make book, chapters executed before", seconds("make", "book"), REBUILD))
    nbval = seconds(sys.executable, "-m", "pytest", "--nbval", "notebooks/")
    rows.append(("pytest --nbval notebooks/", nbval, NBVAL))
    show(
        "Building and checking",
        ["command", "seconds", "≤"],
        [[command, cell(took, 0, budget), cell(budget)] for command, took, budget in rows],
    )


if __name__ == "__main__":
    main()
