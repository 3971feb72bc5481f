"""Twins in Python and JavaScript: what one side has, the other has too."""

import re
from inspect import isabstract
from itertools import product

import numpy as np
import pytest
from node import Modules

from livefig import description
from livefig.artists import kinds
from livefig.artists.base import Moving
from livefig.controls import controls, numbers
from livefig.drawing import paint
from livefig.page import state
from livefig.page.assets import ROOMS
from livefig.program import machine
from livefig.record import ops
from livefig.words import WORDS

# Each kind has its pair; what else is written twice; and what has no twin, since only one side does it.
PAIRS = sorted(
    ["asking/answers", "asking/ask", "asking/digest", "asking/results",
     *(f"artists/{module.__name__.rpartition('.')[2]}" for module in kinds.FAMILIES), "artists/kinds",
     *(f"controls/{module.__name__.rpartition('.')[2]}" for module in controls.FAMILIES), "controls/controls",
     "controls/numbers", "description", "drawing/colormap", "drawing/isolines", "drawing/paint", "drawing/png",
     "drawing/polar", "drawing/space", "drawing/ticks", "formulas/expression", "formulas/grammar", "formulas/slopes",
     "program/machine", "record/ops"]
)  # fmt: skip
ALONE = [
    "asking/page",
    "asking/progress",
    "asking/widget",
    "page/access",
    "page/address",
    "page/figure",
    "page/handle",
    "page/page",
    "page/tools",
    "page/turning",
    "page/widget",
    "program/calls",
    "program/more",
    "program/shapes",
]


@pytest.fixture(scope="module")
def script():
    with Modules(*PAIRS, "page/figure") as call:
        yield call


def test_every_kind_is_a_pair_of_files():
    scripts = sorted(path.relative_to(ROOMS).with_suffix("").as_posix() for path in ROOMS.rglob("*.js"))
    assert scripts == sorted(PAIRS + ALONE)
    for name in PAIRS:
        python, javascript = (ROOMS / f"{name}.{end}" for end in ("py", "js"))
        assert python.is_file() and javascript.is_file()
        twin = name.rpartition("/")[2]
        assert f"{twin}.py is the twin" in javascript.read_text(encoding="utf-8").splitlines()[0]
        assert f"`{twin}.js`" in python.read_text(encoding="utf-8").splitlines()[0], "its first line names its twin"


def concrete(kind):
    """The classes below a class that can be made."""
    for below in kind.__subclasses__():
        yield from concrete(below)
        if not isabstract(below):
            yield below


def test_every_painter_is_on_both_sides_and_every_artist_has_one(script):
    assert script("return Object.keys(parts.painters())") == list(kinds.PAINTERS)
    assert {moving.kind for moving in concrete(Moving)} == {*kinds.PAINTERS}
    assert {*kinds.PAINTERS} - {*WORDS} == {"shown"}, "a table has no name for it; what is only shown has none"


@pytest.mark.parametrize("family", kinds.FAMILIES, ids=lambda module: module.__name__)
def test_a_painter_stands_in_the_pair_of_its_kind(family):
    with Modules(f"artists/{family.__name__.rpartition('.')[2]}") as pair:
        found = pair("return Object.values(parts).flatMap((value) => Object.keys(value))")
        assert found == [*family.PAINTERS, *getattr(family, "REMARKS", ())]


def test_what_painters_share_is_called_alike_on_both_sides():
    with Modules("drawing/paint") as paint_js:
        theirs = {re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name) if name != name.upper() else name
                  for name in paint_js("return Object.keys(parts)")}  # fmt: skip
    ours = {name for name, value in vars(paint).items() if getattr(value, "__module__", "") == paint.__name__}
    assert theirs - {"FAR", "HORIZON"} - ours == {"width_of"}, "NumPy knows how wide a row is"
    assert ours - theirs == {"pairs"}, "JavaScript reads x and y by their index"


def test_every_control_is_on_both_sides(script):
    assert script("return Object.keys(parts.rowsByKind())") == list(controls.KINDS)


@pytest.mark.parametrize("family", controls.FAMILIES, ids=lambda module: module.__name__)
def test_a_control_stands_in_the_pair_of_its_kind(family):
    with Modules(f"controls/{family.__name__.rpartition('.')[2]}") as pair:
        assert set(family.MODELS) <= set(pair("return Object.values(parts).flatMap((value) => Object.keys(value))"))


def test_every_operation_is_on_both_sides_with_the_same_arguments(script):
    assert script("return parts.SIGNATURES") == ops.SIGNATURES


def test_both_sides_read_the_same_versions_of_tape_and_description(script):
    assert script("return [parts.TAPE_FORMAT, parts.TAPE_VERSION]") == [machine.FORMAT, machine.VERSION]
    assert script("return [parts.FIGURE_FORMAT, parts.FIGURE_VERSION]") == [description.FORMAT, description.VERSION]


def test_every_format_and_field_is_on_both_sides(script):
    assert script("return Object.keys(parts.TYPES).sort()") == sorted(numbers.TYPES)
    found = script("return [parts.SPEC, parts.FIELD].map((pattern) => pattern.source)")
    assert found == [f"^{numbers.SPEC.pattern}$", numbers.FIELD.pattern]


def test_every_event_is_on_both_sides_and_has_its_sentences(script):
    assert script("return Object.keys(parts.EVENTS)") == list(state.EVENTS)
    assert {f"{event}{end}" for event in state.EVENTS for end in ("", "_unnamed")} <= {*WORDS}


def test_events_are_told_alike_on_both_sides(script):
    """Of a walk of three steps, each in the picture, out of it, or not a finite number."""
    axis = {"low": -1.0, "high": 1.0}
    artist = {"columns": ["x", "y"], "watched": [["x", [0]], ["y", [1]]], "axes": 0, "name": "path"}
    spec = {"artists": [artist], "axes": [{"x": axis, "y": axis}], "words": WORDS}
    walks = [[[x, 0.0] for x in places] for places in product((0.5, 2.0, np.nan, np.inf), repeat=4)]
    body = """const tape = { outputs: [[0, 0]] };
        return args[1].map((walk) => parts.LiveFigure.prototype.notes.call(
            { spec: args[0], axes: args[0].axes, tape, results: [{ numbers: walk.flat().map(Number) }] }))"""
    said = [state._notes(spec, [np.array(walk)], [True]) for walk in walks]
    assert script(body, spec, walks) == said
    assert {len(notes) for notes in said} == {0, 1, 2}
