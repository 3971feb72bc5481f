"""Sixty figures of authors who did not know this project: what had to change, what is refused, and their pages.

`python -m tests.strangers` prints the first table of tests/strangers/README.md, and with `interact` the other.
"""

import json
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
import strangers
from browser import serve
from conftest import ROOT, open_and_settle
from figures import python_values, settings
from ipywidgets import FloatSlider
from strangers import HERE, NAMES, Source, changed_lines, changes, redrawn, redrawn_totals, stranger

from livefig import live
from livefig.page import assets
from livefig.page.html import figure_html
from livefig.page.state import run

README = (HERE / "README.md").read_text(encoding="utf-8")
ROWS, REDRAWN = (
    [row.strip("| ").split(" | ") for row in re.findall(r"^\| \d.*\|$", part, re.MULTILINE)]
    for part in README.split("## With `interact`")
)
REFUSED = [name for name, row in zip(NAMES, ROWS, strict=True) if row[1].startswith("refused")]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Strangers</title>
<link rel="stylesheet" href="live.css"><link rel="icon" href="data:,"><script async src="live.js"></script></head>
<body>FIGURES</body></html>"""
SETTINGS = """(figure, settings) => settings.map(values => {
    figure.live.set(values);
    return JSON.stringify(figure.live.data(), (_, x) => typeof x === "number" && !Number.isFinite(x) ? String(x) : x);
})"""


def both(name):
    return [(folder / f"{name}.py").read_text(encoding="utf-8") for folder in (HERE / "written", HERE)]


def test_every_figure_stands_as_it_was_written_beside_the_live_one_and_in_the_table():
    assert sorted(path.stem for path in (HERE / "written").glob("*.py")) == NAMES
    assert [row[0] for row in ROWS] == [f"{name[:2]} {name[3:].replace('_', ' ')}" for name in NAMES]
    assert len(NAMES) == 60


@pytest.mark.parametrize(("name", "row"), [*zip(NAMES, ROWS, strict=True)], ids=NAMES)
def test_the_table_says_what_had_to_change(name, row):
    written, live = both(name)
    new, gone = changes(written, live)
    many = max(len(new), len(gone))
    if not row[1].startswith(("refused", "other mathematics")):
        assert row[1] == ("as written" if not many else f"{many} changed line" + ("s" if many > 1 else ""))
    assert row[1].startswith("other mathematics") <= ("OTHER" in live)
    assert row[2] == f"{Source(written).drawing} → {Source(live).drawing}"


def test_the_authors_page_tells_how_many_needed_what():
    changed = [int(row[1].split()[0]) if row[1][0].isdigit() else 0 for row in ROWS]
    few, many = sum(0 < n <= 5 for n in changed), sum(n > 5 for n in changed)
    same, other = (sum(row[1].startswith(verdict) for row in ROWS) for verdict in ("as written", "other mathematics"))
    page = (ROOT / "book" / "your_own_figures.md").read_text(encoding="utf-8")
    told = (
        f"{same} as written, {few} with up to five changed lines of computation, {many} with more, "
        f"{other} with other mathematics, and {len(REFUSED)} is refused"
    )
    assert told in page
    verdicts = [row[1] for row in REDRAWN]
    as_they_are, nearly = (
        verdicts.count("as it is"),
        sum(verdict[:2] in {f"{n} " for n in range(1, 6)} for verdict in verdicts),
    )
    assert f"{as_they_are} work as they are, and {nearly} more with up to five changed lines" in page


def test_the_second_table_says_how_many_lines_had_to_change_for_interact():
    assert [row[0] for row in REDRAWN] == [row[0] for row in ROWS]
    verdicts = [row[1] for row in REDRAWN]
    for name, verdict in zip(NAMES, verdicts, strict=True):
        if many := changed_lines(name):
            assert verdict == f"{many} changed line" + ("s" if many > 1 else "")
        else:
            assert verdict == "as it is" or verdict.startswith("refused: ")
    assert redrawn_totals(verdicts) in README


def test_what_is_counted_is_what_computes_whatever_draws():
    written = (
        "import matplotlib.pyplot as plt\nfrom ipywidgets import interact\n"
        "def show(a=1, n=5):\n    x = np.arange(n)\n    y = max(a, 0)*x\n    plt.plot(x, y)\n    if a > 0:\n"
        "        plt.title('up')\ninteract(show, a=(0, 1, .1), n=(1, 9))\n"
    )
    live = (
        "import matplotlib.pyplot as plt\nfrom livefig import live\nfig, ax = plt.subplots()\n"
        "(line,) = ax.plot([], [])\ndef show(a=1, n=5):\n    x = np.arange(n)\n    y = np.maximum(a, 0) * x\n"
        "    result = {line: np.column_stack([x, y])}\n    return result\nlive(fig, show, a=(0, 1, 0.1), n=(1, 5))\n"
    )
    new, gone = changes(written, live)
    assert new == {"y = np.maximum(a, 0) * x", "(1, 5)"} and gone == {"y = max(a, 0) * x", "(1, 9)"}
    assert (Source(written).drawing, Source(live).drawing) == (3, 4)
    assert changes(written, written) == (set(), set())


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_figure_is_refused_in_the_words_of_the_table(name):
    found = stranger(name, judged=False)
    assert not found.figures
    assert found.row()[1] == ROWS[NAMES.index(name)][1]


ACCEPTED = [name for name in NAMES if name not in REFUSED]


def page_of(folder, names, made=stranger):
    """A page with these figures."""
    parts = [
        figure_html(f"f{name[:2]}{k}", figure.canvas.svg, figure.spec)
        for name in names for k, figure in enumerate(made(name, judged=False).figures)
    ]  # fmt: skip
    (folder / "page.html").write_text(PAGE.replace("FIGURES", "".join(parts)), encoding="utf-8")
    (folder / "live.js").write_text(assets.page_script(assets.PARTS), encoding="utf-8")
    (folder / "live.css").write_text(assets.style(), encoding="utf-8")


def compare(texts, found, tried):
    """What the page says in each of its settings is what the author's function returns there."""
    for k, figure in enumerate(found.figures):
        for chosen, text in zip(tried[k], texts[k], strict=True):
            result = run(figure.update, python_values(figure, chosen))
            for key, got in zip(found.keys[k], json.loads(text), strict=True):
                _same(result.get(key), got, (found.name, key, chosen))


def _same(wanted, got, where):
    if isinstance(got, list) and len(got) == 2 and np.ndim(got[1]) == 1 and np.ndim(got[0]) == 2:  # heights, levels
        got = np.concatenate([*map(np.ravel, got)])
        wanted = np.concatenate([*map(np.ravel, wanted)])
    got = np.array(got, dtype=float)
    if wanted is None or np.size(wanted) == 0 or (np.ndim(wanted) == 0 and wanted is False):
        assert not np.nan_to_num(got).any(), where
        return
    wanted = np.asarray(wanted, dtype=float)
    assert got.shape == wanted.shape, where
    assert (np.isnan(got) == np.isnan(wanted)).all(), where
    scale = np.abs(wanted[np.isfinite(wanted)]).max(initial=1)
    np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-9 * scale, err_msg=str(where))


def ask(page, name, many, made=stranger):
    """What a page with the figure says in some settings."""
    found = made(name, judged=False)
    figures = found.figures
    tried = [settings(figure, 40)[-many:] for figure in figures]
    texts = [
        page.evaluate(f"([values]) => ({SETTINGS})(document.getElementById('f{name[:2]}{k}'), values)", [some])
        for k, some in enumerate(tried)
    ]
    compare(texts, found, tried)


@pytest.mark.parametrize("first", range(0, len(ACCEPTED), 15))
def test_every_figure_of_a_stranger_says_on_a_page_what_python_says(visit, tmp_path, first):
    names = ACCEPTED[first : first + 15]
    page_of(tmp_path, names)
    visit.page.goto((tmp_path / "page.html").as_uri())
    visit.page.wait_for_function("() => [...document.querySelectorAll('figure')].every(figure => figure.live)")
    for name in names:
        ask(visit.page, name, 3)
    assert visit.complaints == []


def test_figures_of_interact_say_on_a_page_what_python_says(visit, tmp_path):
    """Two as they are written, and four with changed lines: of lines, points, an arrow, a surface, a text, an area."""
    names = ["04_epsilon_delta", "05_gradient_contours", "25_two_source_interference", "37_nyquist",
             "38_supply_demand_tax", "42_efficient_frontier"]  # fmt: skip
    page_of(tmp_path, names, redrawn)
    visit.page.goto((tmp_path / "page.html").as_uri())
    visit.page.wait_for_function("() => [...document.querySelectorAll('figure')].every(figure => figure.live)")
    for name in names:
        ask(visit.page, name, 3, redrawn)
    assert visit.complaints == []


def test_strangers_figures_are_right_in_every_engine(anywhere, tmp_path):
    """One with complex numbers, one with a spectrum's worth of options, one of many artists."""
    names = ["10_power_series_complex", "22_fft_spectrum", "55_triangle_centres"]
    page_of(tmp_path, names)
    with serve(tmp_path) as address:
        open_and_settle(anywhere, f"{address}/page.html")
        for name in names:
            ask(anywhere, name, 2)


# What they found ----------------------------------------------------------------------------------------


def test_a_legend_that_looks_for_room_stays_where_it_found_some():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1], label="a line")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    legend = ax.legend()
    live(fig, lambda a: {line: np.array([[0, a], [1, 1 - a]])}, a=FloatSlider(value=0, min=0, max=1))
    before = legend.get_window_extent().bounds
    line.set_data([0, 1], [1, 0])
    assert legend.get_window_extent().bounds == before


@pytest.mark.parametrize("short", [0, 1e-9, 1e-4])
def test_dots_along_a_line_that_is_too_short_to_be_seen_may_be_drawn_or_not(short):
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 0], ":")
    live(fig, lambda a: {line: np.array([[0, 0], [0, a]])}, a=FloatSlider(value=short, min=short, max=1))


def test_a_line_of_many_points_may_go_on_beyond_the_axes():
    """From 1,000 points on matplotlib itself leaves out what is beyond them."""
    fig, ax = plt.subplots()
    x = np.linspace(0, 2, 1500)
    (line,) = ax.plot(x, x)
    ax.set(xlim=(0, 1), ylim=(0, 2))
    live(fig, lambda a: {line: np.column_stack([x, a * x])}, a=FloatSlider(value=1, min=0, max=2))


def test_a_folded_surface_is_right_where_two_of_its_faces_lie_on_each_other():
    fig = plt.figure()
    ax = fig.add_subplot(projection="3d")
    x, y = np.meshgrid(np.linspace(-3, 3, 40), np.linspace(-3, 3, 40))
    ax.plot_surface(x, y, 4 - x**2 / 2 - y**2 / 4 + x * y / 5, cmap="coolwarm")
    (line,) = ax.plot([0, 1], [0, 1], [0, 1])
    ax.computed_zorder = False
    ax.set_zlim(-6, 5)
    ax.view_init(elev=25, azim=-60)
    live(fig, lambda a: {line: a * np.ones((2, 3))}, a=FloatSlider(value=0.5))


def test_what_update_takes_is_a_control_even_if_an_option_bears_its_name():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    figure = live(
        fig, lambda drag, title=2: {line: np.array([[0, 0], [drag, title]])}, drag=(0.0, 0.5, 0.1), title=[2, 3]
    )
    assert list(figure.controls) == ["drag", "title"] and figure.spec["title"] == ""


def test_no_more_sliders_are_enumerated_than_needs_be():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def update(n, seed, k):
        return {line: k * np.random.default_rng(seed).random((n, 2))}

    figure = live(fig, update, n=(2, 9), k=(0, 100), seed=(0, 9))
    assert figure.spec["choices"] == [["n", 8], ["seed", 10]]


def test_limits_may_follow_while_an_option_hides_what_stands_in_them():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    (other,) = ax.plot([0, 1], [1, 0])

    def update(a, more):
        data = {line: np.array([[0, 0], [1, a]]), ax: ((0, 1), (0, a))}
        return data | ({other: np.array([[0, a], [1, 0]])} if more else {})

    assert live(fig, update, a=(1.0, 2.0), more=False).spec["choices"] == [["more", 2]]


@pytest.mark.long
def test_the_table_is_what_the_command_prints():
    """Sizes differ by a few bytes with the versions of what draws and compresses."""
    rough = [re.sub(r"\d+ kB", "", text) for text in (strangers.table(), README)]
    assert rough[0] in rough[1]


@pytest.mark.long
def test_the_second_table_is_what_the_command_prints():
    assert strangers.redrawn_table() in README
