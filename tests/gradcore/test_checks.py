"""Tangents, and the gradient checker: right gradients pass, planted errors do not."""

import numpy as np
import pytest

from gradcore import TwoLayerNet, check_gradient, rosenbrock, tangent_line, tangent_plane


def y(x):
    return 0.01 * x**2 + 0.1 * x


@pytest.mark.parametrize("at, slope", [(5, 0.2), (10, 0.3)])
def test_the_tangents_of_the_notes(at, slope):
    line = tangent_line(y, at)
    assert line(at) == pytest.approx(y(at), abs=1e-12)
    assert line(at + 1) - line(at) == pytest.approx(slope, abs=1e-9)


def test_a_plane_touches_to_second_order():
    """Halving the distance quarters the gap: only the second derivative is left."""
    plane, f = tangent_plane(rosenbrock, [0.3, -0.2]), rosenbrock
    gaps = [abs(f(np.array([0.3 + d, -0.2 + d])) - plane([0.3 + d, -0.2 + d])) for d in (1e-2, 5e-3)]
    assert gaps[0] / gaps[1] == pytest.approx(4, rel=0.05)


def test_right_gradients_pass_however_badly_scaled():
    scales = np.array([1e-6, 1.0, 1e6])
    check = check_gradient(lambda x: np.sum(scales * np.sin(x)), lambda x: scales * np.cos(x), [0.3, 1.1, -2.0])
    assert check and check.evaluations < 3 * 20  # not 7: the step is sought, four to nine of them a coordinate
    for x in ([-1.5, 2.0], [1.0, 1.0], [0.0, 0.0]):
        assert check_gradient(rosenbrock, rosenbrock.gradient, x)
    assert check_gradient(lambda x: 1e8 + np.sum(x**2), lambda x: 2 * x, [1.0, 2.0])


@pytest.mark.parametrize("where", range(6))
def test_a_tenth_of_a_percent_in_one_coordinate_is_found_and_named(where):
    wrong = np.ones(6)
    wrong[where] = 1.001
    x = np.linspace(0.5, 2, 6)
    check = check_gradient(lambda x: np.sum(np.exp(x)), lambda x: np.exp(x) * wrong, x)
    assert not check and check.worst == (where,)
    assert check.claimed / check.estimated == pytest.approx(1.001, rel=1e-6)


def network():
    net = TwoLayerNet(4, 5, 3, weight_init_std=0.5, seed=0)
    rng = np.random.default_rng(1)
    x, t = rng.normal(size=(7, 4)), rng.integers(3, size=7)

    def loss(w):
        return net.loss_at({**net.params, "W1": w}, x, t)

    def slope(w):
        return net.gradient_at({**net.params, "W1": w}, x, t)["W1"]

    return loss, slope, net.params["W1"]


def test_a_missing_share_of_the_batch_and_a_turned_weight_are_found():
    loss, slope, w = network()
    assert check_gradient(loss, slope, w)
    assert not check_gradient(loss, lambda w: 7 * slope(w), w)
    assert not check_gradient(loss, lambda w: np.resize(slope(w).T, w.shape), w)


def test_a_little_number_in_the_logarithm_is_found():
    """Syllabus: with log(y + 1e-7) the gradients disagree where a probability is tiny: 0.754 against 1."""

    def probability(x):
        return 1 / (1 + np.exp(x[0] - x[1]))

    def biased(x):
        return -np.log(probability(x) + 1e-7)

    check = check_gradient(biased, lambda x: (1 - probability(x)) * np.array([1.0, -1.0]), [15.0, 0.0])
    assert not check
    assert abs(check.claimed) == pytest.approx(1.0, abs=1e-3) and abs(check.estimated) == pytest.approx(0.754, abs=1e-3)


def test_random_directions_are_enough_for_many_coordinates():
    x = np.random.default_rng(2).normal(size=(30, 20))
    right = check_gradient(lambda x: np.sum(np.sin(x)), np.cos, x, directions=5)
    assert right and right.evaluations < 5 * 20  # not 11: the step is sought
    assert not check_gradient(lambda x: np.sum(np.sin(x)), lambda x: 1.001 * np.cos(x), x, directions=5)
    assert right == check_gradient(lambda x: np.sum(np.sin(x)), np.cos, x, directions=5)


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: tangent_line(3, 1.0), TypeError, "f"),
        (lambda: tangent_line(y, "x"), TypeError, "x"),
        (lambda: tangent_line(y, np.inf), ValueError, "x"),
        (lambda: tangent_plane(rosenbrock, []), ValueError, "x"),
        (lambda: check_gradient(1, np.cos, [1.0]), TypeError, "f"),
        (lambda: check_gradient(np.sum, 1, [1.0]), TypeError, "grad"),
        (lambda: check_gradient(np.sum, lambda x: x[:1], [1.0, 2.0]), ValueError, "grad"),
        (lambda: check_gradient(np.sum, np.ones_like, [np.nan]), ValueError, "x"),
        (lambda: check_gradient(np.sum, np.ones_like, [1.0], h=0), ValueError, "h"),
        (lambda: check_gradient(np.sum, np.ones_like, [1.0], tolerance=-1.0), ValueError, "tolerance"),
        (lambda: check_gradient(np.sum, np.ones_like, [1.0], directions=0), ValueError, "directions"),
        (lambda: check_gradient(np.sum, np.ones_like, [1.0], directions=1.5), TypeError, "directions"),
        (lambda: check_gradient(lambda x: np.nan, np.ones_like, [1.0]), FloatingPointError, "NaN"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
