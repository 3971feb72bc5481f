"""Tangent lines and planes: by hand, by their order, at many points at once, and traced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcore import bowl, tangent_line, tangent_plane
from livefig.program.tape import trace


@pytest.mark.parametrize(("x", "slope"), [(5, 0.2), (10, 0.3)])
def test_the_tangents_of_the_study_notes(x, slope):
    """Saitoh, section 4.3.2: y = 0.01 x² + 0.1 x; by hand the line through (x, y) with slope 0.02 x + 0.1."""
    line = tangent_line(lambda x: 0.01 * x**2 + 0.1 * x, x)
    t = np.linspace(0, 20, 5)
    np.testing.assert_allclose(line(t), slope * (t - x) + 0.01 * x**2 + 0.1 * x, atol=1e-10)
    assert line(x) == pytest.approx(0.01 * x**2 + 0.1 * x, rel=1e-12)


@given(x=st.floats(-2, 2))
def test_a_tangent_leaves_the_curve_quadratically(x):
    line = tangent_line(np.exp, x)
    gaps = [np.exp(x + d) - line(x + d) for d in (0.02, 0.01)]
    assert gaps[0] / gaps[1] == pytest.approx(4, rel=0.02)


def test_the_tangent_plane_of_the_bowl():
    """By hand: f(−7, 2) = 6.45, ∇f = (−0.7, 4)."""
    plane = tangent_plane(bowl, [-7, 2])
    grid = np.random.default_rng(0).normal(size=(4, 5, 2))
    np.testing.assert_allclose(plane(grid), 6.45 + (grid - [-7, 2]) @ [-0.7, 4], atol=1e-8)
    assert plane([-7, 2]) == pytest.approx(6.45, rel=1e-12)


def test_a_tangent_plane_in_more_dimensions():
    plane = tangent_plane(lambda x: np.sum(x**3), [1.0, 2.0, -1.0])
    assert plane([2.0, 2.0, 0.0]) == pytest.approx(8 + 3 + 3, abs=1e-6)


def test_tangents_trace():
    t = np.linspace(-1, 1, 3)
    tape = trace(lambda x: tangent_line(np.sin, x)(t), 0.0)
    np.testing.assert_allclose(tape(0.7), tangent_line(np.sin, 0.7)(t), rtol=1e-9)
    points = np.ones((3, 2))
    tape = trace(lambda x, t: tangent_plane(bowl, x)(t), np.zeros(2), points)
    np.testing.assert_allclose(tape([-7.0, 2.0], points), tangent_plane(bowl, [-7, 2])(points), rtol=1e-9)
    tape = trace(lambda a, b: tangent_plane(bowl, [a, b])([1.0, 1.0]), 0.0, 0.0)
    assert tape(-7, 2) == pytest.approx(tangent_plane(bowl, [-7, 2])([1, 1]), rel=1e-9)
