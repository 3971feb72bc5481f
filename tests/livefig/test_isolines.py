"""Contour lines are where contourpy draws them."""

import itertools

import contourpy
import numpy as np
import pytest
from node import Modules

from livefig.drawing.isolines import isolines

LEVELS = (0.0, 0.3, 1.0, 1.5, 2.0)


@pytest.fixture(scope="module")
def script():
    with Modules("drawing/isolines") as call:
        yield call


def fields(kind):
    """Small fields: whole numbers, which meet levels exactly and make saddles, or any; some with holes."""
    rng = np.random.default_rng(5)
    for number in range(60):
        shape = tuple(rng.integers(2, 9, 2))
        heights = rng.integers(0, 4, shape).astype(float) if kind == "whole" else rng.normal(size=shape)
        if number % 2:
            heights[rng.random(shape) < 0.15] = np.nan
        if number % 3 == 0:
            heights[rng.random(shape) < 0.1] = np.inf
        yield heights


def segments(lines):
    """The pieces of lines that have a length, without a direction."""
    found = set()
    for line in lines:
        points = [tuple(np.round(point, 9).tolist()) for point in line]
        found |= {tuple(sorted(piece)) for piece in itertools.pairwise(points) if piece[0] != piece[1]}
    return found


@pytest.mark.parametrize("corners", [True, False])
@pytest.mark.parametrize("algorithm", ["mpl2014", "serial"])
@pytest.mark.parametrize("kind", ["whole", "any"])
def test_lines_are_contourpys(kind, algorithm, corners):
    drawn = 0
    for heights in fields(kind):
        generator = contourpy.contour_generator(
            z=np.ma.masked_invalid(heights), name=algorithm, corner_mask=corners, line_type="SeparateCode"
        )
        for level in LEVELS:
            wanted, found = generator.lines(level)[0], isolines(heights, level, corners)
            assert segments(found) == segments(wanted), (heights, level)
            assert len(found) == len(wanted), "no line is torn"
            drawn += len(found)
    assert drawn > 100


@pytest.mark.parametrize("corners", [True, False])
def test_the_page_draws_the_same_lines_in_the_same_order(script, corners):
    body = "return parts.isolines(args[0].map(Number), args[1], args[2], args[3])"
    for heights in [*fields("whole"), *fields("any")]:
        for level in LEVELS[:3]:
            found = script(body, heights.ravel().tolist(), heights.shape[1], level, corners)
            assert found == [[list(point) for point in line] for line in isolines(heights, level, corners)]


def test_what_is_higher_lies_on_the_left():
    hill = np.pad(np.ones((1, 1)), 1)
    (line,) = isolines(hill, 0.5, True)
    assert line[0] == line[-1]
    x, y = np.transpose(line)
    assert np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) > 0, "anticlockwise around the top"


def test_a_level_that_never_occurs_has_no_lines():
    assert isolines(np.eye(3), 7.0, True) == [] == isolines(np.full((3, 3), np.nan), 0.0, True)
