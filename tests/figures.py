"""The live figures of the book, as their authors wrote them: the chapters' cells, run in this process."""

from __future__ import annotations

import ast
import itertools
import json
import linecache
import re
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any
from unittest.mock import patch

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
from matplotlib.figure import Figure
from myst_nb.core.read import read_myst_markdown_notebook

from livefig.controls.controls import count, options, recorded, setting_at
from livefig.controls.formulas import functions
from livefig.figure.figure import LiveFigure
from livefig.figure.live import Making
from livefig.figure.returned import completed
from livefig.figure.tried import formulas
from livefig.page.html import figure_id, identifier
from livefig.page.state import run, settings_of, shown

ROOT = Path(__file__).parent.parent


def _has_figures(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return path.suffix == ".ipynb" or ("{code-cell}" in text and "live(" in text)


# The pages with figures, by their names on the site: the chapters, and some others.
PAGES = {
    path.relative_to(ROOT).with_suffix("").as_posix(): path
    for path in [*sorted((ROOT / "notebooks").glob("*.ipynb")), *sorted((ROOT / "book").glob("*.md"))]
    if _has_figures(path)
}

EXACT = set(
    "add subtract multiply divide negative absolute sign square sqrt sin cos maximum minimum floor ceil less "
    "less_equal equal not_equal logical_and logical_or logical_not isfinite isnan where at row loop leaf".split()
)
# Its rows are (h, error), and an error is a difference over h. The last digit of a sine, in which engines differ, is
# that digit over h here, with formulas whose values are as large as 32; and the sentence tells two digits of the error.
OVER_H, EPS, LARGEST = "Error against h", np.finfo(float).eps, 32
# BFGS divides by differences of slopes, which become small: what engines differ by grows on the way, and of heights
# such as 1e-25 its sentence tells digits that they do not share. Where a walk leaves the picture depends on limits that
# stay, where new ones are no numbers, as the reader's last setting left them.
AMPLIFIED, TINY = {"BFGS beside plain descent": 1e-7}, re.compile(r"\d\.\de−\d{2}")
# What is drawn in a figure, of the attributes that are asked for: {part: {attribute: anything}}.
DRAWN = """(figure, asked) => Object.fromEntries(Object.entries(asked).map(([name, attributes]) => {
    const part = figure.querySelector(`svg [data-part="${name}"]`);
    const faces = () => [...part.children].map(face => [face.getAttribute("color"), face.getAttribute("d")]);
    const read = { text: () => part.textContent, inner: () => part.innerHTML, faces };
    const value = a => a in read ? read[a]() : part.getAttribute(a);
    return [name, Object.fromEntries(Object.keys(attributes).map(a => [a, value(a)]))];
}))"""


def code_of(page: str) -> list[str]:
    """The code cells of a page."""
    path = PAGES[page]
    if path.suffix == ".md":
        notebook = read_myst_markdown_notebook(path.read_text(encoding="utf-8"), path=path)
    else:
        notebook = nbformat.read(path, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@cache
def names_of(page: str) -> list[str]:
    """The ids of a page's figures, from the calls of `live` and `interactive` in its source: nothing is run."""
    calls = [node for source in code_of(page) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [
        {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg in ("title", "id")}
        for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("live", "interactive")
    ]  # fmt: skip
    return [identifier(names.get("id") or names["title"]) for names in named if "title" in names]


def figures_of(page: str) -> dict[str, LiveFigure]:
    """The figures of a page by their id."""
    return {figure_id(figure.spec): figure for figure in run_cells(page)[0]}


def stills_of(page: str) -> list[Figure]:
    """The figures of a page that do not move."""
    return run_cells(page)[1]


@cache
def run_cells(page: str) -> tuple[list[LiveFigure], list[Figure]]:
    """The live figures that a page's cells make, and the others.

    A later cell may give a name to something else. The function of a figure keeps what it was, as the page does. What
    a cell sets in matplotlib ends with the page. The judge has had its say when the book was built.
    """
    matplotlib.use("agg")
    made: list[LiveFigure] = []
    stills: list[Figure] = []
    plain = LiveFigure.__init__

    def remember(self: LiveFigure, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        made.append(self)

    names: dict[str, Any] = {"__name__": "__main__"}
    unjudged = patch.object(Making, "judge", lambda self: None)
    with matplotlib.rc_context(), patch.object(LiveFigure, "__init__", remember), unjudged:
        for number, source in enumerate(code_of(page)):
            before = len(made)
            cell = f"{page}, code cell {number}"
            linecache.cache[cell] = (len(source), None, source.splitlines(keepends=True), cell)  # as Jupyter has it
            exec(compile(source, cell, "exec"), names)
            for figure in made[before:]:
                figure.update = _with_names_as_they_are(figure.update, names)
            stills += map(plt.figure, plt.get_fignums())
            plt.close("all")
    return made, stills


def _with_names_as_they_are(update: Any, names: dict[str, Any]) -> Any:
    """A function of a page's cells, and those that it calls, with the names that they see now."""
    kept = dict(names)

    def again(f: Any) -> Any:
        if not isinstance(f, FunctionType) or f.__globals__ is not names:
            return f
        copy = FunctionType(f.__code__, kept, f.__name__, f.__defaults__, f.__closure__)
        copy.__kwdefaults__ = f.__kwdefaults__
        return copy

    kept |= {name: again(value) for name, value in names.items()}
    return again(update)


def settings(figure: LiveFigure, many: int, seed: int = 0) -> list[dict[str, Any]]:
    """Settings of the controls: the first state, corners of the ranges (16 at most), and random ones."""
    controls = figure.spec["controls"]
    rng = np.random.default_rng(seed)
    found = [settings_of(figure.spec)]
    for corner in itertools.islice(itertools.product(*map(_ends, controls)), min(16, many // 2)):
        found.append(dict(zip(found[0], corner, strict=True)))
    while len(found) < many:
        found.append({c["name"]: _random(c, rng) for c in controls})
    return found


def python_values(figure: LiveFigure, chosen: dict[str, Any]) -> dict[str, Any]:
    """The settings as `update` takes them."""
    values = {name: options(widget) for name, widget in figure.controls.items()}
    found = {name: setting if values[name] is None else values[name][setting] for name, setting in chosen.items()}
    return found | functions(figure.spec["controls"], chosen)


def _ends(control: dict[str, Any]) -> tuple[Any, Any]:
    if "variables" in control:
        return tuple(formulas(control["variables"])[2:4])
    if recorded(control):
        low, high = control["low"], control["high"]
        return ((low, low), (low, high)) if "ends" in control else (low, high)
    return setting_at(control, 0), setting_at(control, count(control) - 1)


def _random(control: dict[str, Any], rng: np.random.Generator) -> Any:
    if "variables" in control:
        return str(rng.choice(formulas(control["variables"])))
    if not recorded(control):
        return setting_at(control, int(rng.integers(count(control))))
    if "ends" in control:
        slider = {key: value for key, value in control.items() if key != "ends"}
        return tuple(sorted(_random(slider, rng) for _ in control["ends"]))
    if control["whole"]:
        return int(rng.integers(control["low"], control["high"] + 1))
    at = rng.uniform(control["min"], control["max"])
    return float(np.clip(control["base"] ** at, control["low"], control["high"])) if control["base"] else at


def uncover(page: Any) -> None:
    """Let the sentences under figures say what a reader is asked to guess."""
    page.evaluate("""() => document.querySelectorAll("form.live-ask[data-kind=guess]").forEach(form => {
        const { figure, value } = JSON.parse(form.querySelector("script").textContent);
        for (const { dataset, live } of document.querySelectorAll("figure.live-figure"))
            if (dataset.figure === figure) live.cover(value, false);
    })""")


def assert_the_browser_agrees(element: Any, figure: LiveFigure, tried: list[dict[str, Any]]) -> None:
    """Arrays and sentences in the browser are those of the author's function, run by Python."""
    exact = all(set(tape["ops"]) <= EXACT for tape in figure.spec["tapes"])
    bound = AMPLIFIED.get(figure.spec["title"], 1e-12 if exact else 1e-9)
    found = element.evaluate(
        """(figure, settings) => settings.map(values => {
            figure.live.set(values);
            const plain = (_, x) => typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
            const text = JSON.stringify(figure.live.data(), plain);
            return [text, figure.querySelector(".readout").textContent];
        })""",
        tried,
    )
    assert len(found) == len(tried)
    for chosen, (text, sentence) in zip(tried, found, strict=True):
        arrays, named = _returned(figure, chosen)
        data = json.loads(text)
        assert len(data) == len(arrays)
        for number, (wanted, got) in enumerate(zip(arrays, data, strict=True)):
            if wanted.ndim == 1 and isinstance(got[0], list):  # heights and levels
                got = np.concatenate([*map(np.ravel, got)])
            got = np.array(got, dtype=float)
            assert got.shape == wanted.shape or got.size == wanted.size == 0
            got = got.reshape(wanted.shape)
            same = (got == wanted) | (np.isnan(got) & np.isnan(wanted))
            error, allowed = np.abs(got[~same] - wanted[~same]), bound * np.maximum(1, np.abs(wanted))
            if figure.spec["title"] == OVER_H:
                allowed[..., 1] += LARGEST * EPS / wanted[..., 0]
            if figure.spec["title"] in AMPLIFIED and (error > allowed[~same]).any():
                allowed += _astray(figure, chosen, number, wanted)
            assert (error <= allowed[~same]).all(), (chosen, error.max(initial=0))
        if figure.spec["title"] == OVER_H and chosen["h"] < 1e-3:
            continue
        said = [sentence, shown(figure.spec, chosen, [*arrays, *named]).sentence]
        if figure.spec["title"] in AMPLIFIED:
            said = [TINY.sub("a tiny number", text.partition(" At step ")[0]) for text in said]
        assert said[0] == said[1], said


def _returned(figure: LiveFigure, chosen: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """The arrays and the named numbers of the author's function."""
    returned = run(figure.update, python_values(figure, chosen))
    result = completed(returned, figure.moving, figure.spec["values"], f"at {chosen}")
    named = [value for key, value in result.items() if isinstance(key, str)]
    return [np.asarray(value, dtype=float) for key, value in result.items() if not isinstance(key, str)], named


def _astray(figure: LiveFigure, chosen: dict[str, Any], number: int, here: Any) -> float:
    """How far Python's own array is elsewhere when a slider's number has another last digit: on a kink, 3e-5."""
    numbers = {name: value for name, value in chosen.items() if isinstance(value, float)}
    near = [chosen | {name: float(np.nextafter(v, end))} for name, v in numbers.items() for end in (-np.inf, np.inf)]
    return max(np.nan_to_num(np.abs(_returned(figure, other)[0][number] - here)).max(initial=0) for other in near)
