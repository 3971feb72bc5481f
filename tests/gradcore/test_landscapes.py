"""The landscapes: gradient, minimum, window, curvatures and contours fit one another."""

import autograd
import autograd.numpy as anp
import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy.optimize import check_grad, minimize
from tracing import arrays, assert_traces

from gradcore import Landscape, beale, bowl, himmelblau, numerical_gradient, plateau, rosenbrock, saddle, sphere
from livefig.program.tape import trace

LANDSCAPES = [sphere, bowl]
every_landscape = pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)


def points_of(landscape, count=20):
    (low0, high0), (low1, high1) = landscape.window
    return np.random.default_rng(3).uniform([low0, low1], [high0, high1], size=(count, 2))


def test_the_values_of_the_study_notes():
    """Saitoh, Deep Learning from Scratch, sections 4.4 and 6.1.2; by hand 9 + 16 and 49/20 + 4."""
    assert sphere([3, 4]) == 25 and bowl([-7, 2]) == pytest.approx(6.45, rel=1e-15)
    assert sphere.gradient([3, 4]).tolist() == [6, 8]
    np.testing.assert_allclose(bowl.gradient([-7, 2]), [-0.7, 4], rtol=1e-15)


@every_landscape
def test_the_gradient_equals_the_numerical_one(landscape):
    for x in points_of(landscape):
        np.testing.assert_allclose(landscape.gradient(x), numerical_gradient(landscape, x), rtol=1e-6, atol=1e-8)
        # scipy's forward difference: √ε times the curvature, and rounding
        assert check_grad(landscape, landscape.gradient, x) < 1e-6 * max(1, np.abs(landscape.gradient(x)).max())


@every_landscape
@pytest.mark.parametrize("shape", [(2,), (5, 2), (3, 4, 2), (0, 2)])
def test_a_batch_gives_every_points_own_value_and_gradient(landscape, shape):
    x = points_of(landscape, int(np.prod(shape)) // 2).reshape(shape)
    values, slopes = landscape(x), landscape.gradient(x)
    assert values.shape == shape[:-1] and slopes.shape == shape
    for place in np.ndindex(shape[:-1]):
        assert values[place] == landscape(x[place])
        np.testing.assert_array_equal(slopes[place], landscape.gradient(x[place]))


@every_landscape
@given(x=arrays(shape=(2, 2)), whole=st.booleans())
def test_points_are_never_changed_and_integers_become_floats(landscape, x, whole):
    x = x.astype(int) if whole else x
    before = x.copy()
    assert landscape(x).dtype == landscape.gradient(x).dtype == float
    np.testing.assert_array_equal(x, before)


@every_landscape
def test_each_minimum_is_one(landscape):
    for point in landscape.minima:
        np.testing.assert_allclose(landscape.gradient(point), 0, atol=1e-12)
        around = point + 0.01 * np.random.default_rng(4).normal(size=(200, 2))
        assert (landscape(around) >= landscape(point)).all()


@every_landscape
def test_scipy_ends_at_a_minimum_and_nowhere_lower(landscape):
    for start in points_of(landscape, 5):
        found = minimize(landscape, start, jac=landscape.gradient, method="BFGS")
        assert min(np.linalg.norm(found.x - m) for m in np.array(landscape.minima)) < 1e-4
        assert found.fun >= landscape(landscape.minima[0]) - 1e-12


@every_landscape
def test_the_window_holds_every_minimum(landscape):
    for point in landscape.minima:
        for (low, high), x in zip(landscape.window, point, strict=True):
            assert low < x < high


@every_landscape
def test_the_curvatures_are_the_eigenvalues_of_the_hessian(landscape):
    for x in points_of(landscape, 3):
        columns = [numerical_gradient(lambda y, i=i: landscape.gradient(y)[i], x) for i in range(2)]
        np.testing.assert_allclose(np.linalg.eigvalsh(columns), sorted(landscape.curvatures), rtol=1e-8)
    assert landscape.critical_lr == 2 / max(landscape.curvatures)


def test_a_landscape_without_one_curvature_says_so():
    bent = Landscape("bent", "x₀⁴", lambda x: x[..., 0] ** 4, lambda x: x, minima=((0, 0),), window=((-1, 1), (-1, 1)))
    with pytest.raises(ValueError, match="bent is not a quadratic"):
        _ = bent.critical_lr


@every_landscape
def test_a_landscape_traces(landscape):
    x = points_of(landscape, 4)
    assert_traces(lambda x: (landscape(x), landscape.gradient(x)), x)
    assert_traces(lambda a, b: landscape([a, b]), 1.5, -2.0)


@pytest.fixture
def ax():
    with mpl.rc_context({"backend": "agg"}):
        yield Figure().add_subplot()


@every_landscape
def test_contours_fill_the_window_and_set_its_limits(landscape, ax):
    lines = landscape.contour(ax)
    (low0, high0), (low1, high1) = landscape.window
    assert ax.get_xlim() == (low0, high0) and ax.get_ylim() == (low1, high1)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x₀", "x₁")
    drawn = np.concatenate([segment for level in lines.allsegs for segment in level])
    assert (drawn >= [low0, low1]).all() and (drawn <= [high0, high1]).all()
    minima = np.transpose([np.ravel(line.get_xydata()) for line in ax.lines])
    np.testing.assert_array_equal(np.ravel(minima), np.ravel(landscape.minima))


@every_landscape
def test_a_contour_line_joins_points_of_equal_height(landscape, ax):
    lines = landscape.contour(ax, levels=[1.0, 2.0, 5.0], points=201)
    for height, segments in zip(lines.levels, lines.allsegs, strict=True):
        for segment in segments:
            # between grid points the height is interpolated linearly: off by λ·spacing²/8 at most
            np.testing.assert_allclose(landscape(segment), height, atol=2 * 0.1**2 / 8 + 1e-9)


@every_landscape
def test_contour_levels_lie_closer_together_near_the_minimum(landscape, ax):
    levels = landscape.contour(ax).levels
    assert len(levels) == 10 and (np.diff(levels, 2) > -1e-12).all()


NEW = [saddle, plateau, rosenbrock, himmelblau, beale]
every_new_landscape = pytest.mark.parametrize("landscape", NEW, ids=lambda landscape: landscape.name)


@every_new_landscape
def test_the_gradient_of_a_harder_landscape_equals_the_numerical_one(landscape):
    for x in points_of(landscape):
        scale = max(1, np.abs(landscape.gradient(x)).max())
        estimate = numerical_gradient(landscape, x, 1e-5)
        np.testing.assert_allclose(landscape.gradient(x), estimate, rtol=0, atol=1e-6 * scale)


@every_new_landscape
def test_points_in_any_shape_get_their_own_values(landscape):
    x = points_of(landscape, 12).reshape(3, 4, 2)
    assert landscape(x).shape == (3, 4) and landscape.gradient(x).shape == x.shape
    for place in np.ndindex(3, 4):
        assert landscape(x)[place] == pytest.approx(landscape(x[place]), rel=1e-14)


@every_new_landscape
def test_a_minimum_is_in_the_window_flat_and_found_from_nearby(landscape):
    (low0, high0), (low1, high1) = landscape.window
    for place in map(np.array, landscape.minima):
        assert low0 < place[0] < high0 and low1 < place[1] < high1
        np.testing.assert_allclose(landscape.gradient(place), 0, atol=1e-8)
        assert landscape(place) == pytest.approx(0, abs=1e-16)
        found = minimize(landscape, place + np.array([0.1, -0.1]), jac=landscape.gradient, tol=1e-10)
        np.testing.assert_allclose(found.x, place, atol=1e-4)
    assert (len(landscape.minima) == 0) == (landscape is saddle)


@every_new_landscape
def test_its_contours_can_be_drawn(landscape):
    ax = Figure().add_subplot()
    lines = landscape.contour(ax)
    assert ax.get_xlim() == landscape.window[0] and ax.get_ylim() == landscape.window[1]
    assert len(lines.levels) >= 8


@every_new_landscape
def test_a_harder_landscape_is_traced(landscape):
    tape = trace(lambda x: (landscape(x), landscape.gradient(x)), np.zeros(2))
    for x in points_of(landscape, 5):
        for found, wanted in zip(tape(x), (landscape(x), landscape.gradient(x)), strict=True):
            np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-12)


def test_only_a_bowl_has_a_critical_rate():
    for landscape in NEW:
        with pytest.raises(ValueError, match=r"no minimum|not a quadratic"):
            _ = landscape.critical_lr


# All of them, in four ways ------------------------------------------------------------------------------
# The formulas written a second time, from the papers, for autograd to differentiate.
FORMULAS = {
    sphere: lambda x: x[0] ** 2 + x[1] ** 2,
    bowl: lambda x: x[0] ** 2 / 20 + x[1] ** 2,
    saddle: lambda x: x[0] ** 2 - x[1] ** 2,
    plateau: lambda x: 1 - anp.exp(-(x[0] ** 2 + x[1] ** 2) / 2),
    rosenbrock: lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
    himmelblau: lambda x: (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2,
    beale: lambda x: ((1.5 - x[0] + x[0] * x[1]) ** 2 + (2.25 - x[0] + x[0] * x[1] ** 2) ** 2
                      + (2.625 - x[0] + x[0] * x[1] ** 3) ** 2),
}  # fmt: skip
all_landscapes = pytest.mark.parametrize("landscape", FORMULAS, ids=lambda landscape: landscape.name)
places = st.tuples(st.floats(0, 1), st.floats(0, 1))


def inside(landscape, place):
    """A point of the window, from two numbers between 0 and 1."""
    low, high = np.transpose(landscape.window)
    return low + np.array(place) * (high - low)


@all_landscapes
@given(place=places)
def test_a_landscape_and_its_gradient_are_its_formula_and_autograds(landscape, place):
    x = inside(landscape, place)
    value = FORMULAS[landscape](x)
    assert landscape(x) == pytest.approx(value, rel=1e-12, abs=1e-12)
    # rounding of the terms of a gradient, which are as large as its largest entry, or the value, and cancel
    scale = max(1, abs(value))
    exact = autograd.grad(FORMULAS[landscape])(x)
    np.testing.assert_allclose(landscape.gradient(x), exact, rtol=1e-11, atol=1e-12 * scale)


@all_landscapes
@given(place=places, angle=st.floats(0, 2 * np.pi))
def test_the_gradient_tells_the_slope_in_any_direction(landscape, place, angle):
    x, way, t = inside(landscape, place), np.array([np.cos(angle), np.sin(angle)]), 1e-5
    slope = (landscape(x + t * way) - landscape(x - t * way)) / (2 * t)
    rounding = 1e-15 * max(1, abs(landscape(x))) / t
    assert landscape.gradient(x) @ way == pytest.approx(slope, rel=1e-6, abs=1e-6 + 10 * rounding)


@all_landscapes
def test_halving_the_distance_quarters_what_the_gradient_leaves(landscape):
    """f(x + d) − f(x) − ∇f(x)·d is of second order: a gradient that were a little off would leave the first."""
    for x in points_of(landscape, 5):
        way = np.array([1, -0.5])
        first = landscape.gradient(x) @ way
        gaps = [abs(landscape(x + d * way) - landscape(x) - d * first) for d in (2e-3, 1e-3)]
        assert gaps[0] / gaps[1] == pytest.approx(4, rel=0.05) or gaps[0] < 1e-9
