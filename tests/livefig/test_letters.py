"""Letters that nobody can read on a phone are told, with what to write; what is written then is enough."""

import re
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider

from livefig.figure.letters import PHONE, READABLE
from livefig.figure.live import live


def told(code):
    """The warnings of a cell, in matplotlib's own settings."""
    names = {"plt": plt, "np": np, "live": live, "FloatSlider": FloatSlider}
    with mpl.rc_context(mpl.rcParamsDefault), warnings.catch_warnings(record=True) as found:
        plt.switch_backend("agg")
        warnings.simplefilter("always")
        exec(compile(code, "the cell", "exec"), names)
    return [(str(warning.message), warning.filename, warning.lineno) for warning in found]


def cell(figure, more=""):
    return f"""\
{figure}
(dot,) = ax.plot([1], [1], "o")
ax.set(xlim=(0, 2), ylim=(0, 2))
{more}
live(fig, lambda a: {{dot: [[a, a]]}}, a=FloatSlider(value=0.5))"""


FIGURES = {
    "as matplotlib has it": cell("fig, ax = plt.subplots(figsize=(6.4, 4.8))"),
    "a small text": cell("fig, ax = plt.subplots(figsize=(4, 3))", "ax.text(0, 0, 'tiny', fontsize=8)"),
    "a formula": cell("fig, ax = plt.subplots(figsize=(4, 3))", r"ax.set_title(r'$\sqrt{x}$', fontsize=8)"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_what_the_warning_says_to_write_is_enough(name):
    code = FIGURES[name]
    ((said, file, line),) = told(code)
    assert (file, line) == ("the cell", len(code.splitlines()))
    assert 3 < float(re.search(r"are ([\d.]+) pixels high", said)[1]) < READABLE
    (size,) = re.findall(r"(figsize=\(.*?\)), or ", said)
    assert told(re.sub(r"figsize=\(.*?\)", size, code)) == []
    (own,) = re.findall(r"(fontsize=[\d.]+) for the text", said)
    (all_of_them,) = re.findall(r"or (plt\.rcParams.*) above the figure", said)
    larger = re.sub(r"fontsize=\d+", own, code)
    assert told(larger if "fontsize" in code else f"{all_of_them}\n{code}") == []


def test_the_smallest_letters_are_named_in_pixels_of_a_phone():
    ((said, *_),) = told(FIGURES["a small text"])
    assert f"the letters of 'tiny' are {8 * PHONE / (4 * 72):.1f} pixels high" in said


def test_a_figure_that_cannot_be_so_small_gets_larger_letters():
    ((said, *_),) = told(cell("fig, ax = plt.subplots(figsize=(12, 9))"))
    assert "figsize" not in said and "fontsize=28" in said


def test_what_stands_outside_comes_into_the_figure():
    code = cell("fig, ax = plt.subplots(figsize=(4.2, 3))", "ax.set(ylabel='two\\nlines', title='one')")
    ((said, *_),) = told(code)
    (layout,) = re.findall(r"; (layout=\S+) does so with labels", said)
    assert told(code.replace("(4.2, 3)", f"(4.2, 3), {layout}")) == []


@pytest.mark.parametrize(
    "more",
    [
        "ax.set(yscale='log', ylim=(0.1, 1e9))",
        "ax.text(0, 0, ' ', fontsize=1)",
        "ax.text(0, 0, 'x', size=1, visible=False)",
    ],
)
def test_raised_letters_and_what_is_not_seen_may_be_small(more):
    assert told(cell("fig, ax = plt.subplots(figsize=(4, 3))", more)) == []
