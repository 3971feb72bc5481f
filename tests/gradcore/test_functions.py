"""The activations, the losses and their derivatives, against hand-made numbers, finite differences and others."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradcore import functions, losses
from gradcore.functions import (
    identity_function,
    identity_grad,
    log_softmax,
    relu,
    relu_grad,
    sigmoid,
    sigmoid_grad,
    softmax,
    softmax_jacobian,
    step_function,
    tanh,
    tanh_grad,
)
from gradcore.losses import (
    cross_entropy_error,
    cross_entropy_error_grad,
    mean_squared_error,
    mean_squared_error_grad,
    softmax_loss,
    softmax_loss_grad,
    sum_of_squares,
    sum_of_squares_grad,
)
from gradcore.numerical import numerical_diff
from livefig.program.tape import grad, trace

ELEMENTWISE = [identity_function, step_function, sigmoid, relu, tanh, identity_grad, sigmoid_grad, relu_grad, tanh_grad]
DERIVATIVES = [(identity_function, identity_grad), (sigmoid, sigmoid_grad), (relu, relu_grad), (tanh, tanh_grad)]
OF_VECTORS = [softmax, log_softmax, softmax_jacobian]
LOSSES = [
    (sum_of_squares, sum_of_squares_grad),
    (mean_squared_error, mean_squared_error_grad),
    (cross_entropy_error, cross_entropy_error_grad),
    (softmax_loss, softmax_loss_grad),
]
EVERY_LOSS = [f for pair in LOSSES for f in pair]
SQUARES = EVERY_LOSS[:4]  # these take no labels
numbers = st.floats(-30, 30)
vectors = arrays(float, st.integers(1, 6), elements=numbers)

# Saitoh, Deep Learning from Scratch, section 4.2: ten outputs, the truth is the 2.
TRUTH = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
SAYS_TWO = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
SAYS_SEVEN = [0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0]


def example(loss, rng, shape=(5, 4)):
    """Outputs and one-hot targets that this loss takes."""
    y = rng.normal(size=shape)
    if "cross_entropy" in loss.__name__:
        y = np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True)
    return y, np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]


# by hand -----------------------------------------------------------------------------------------------
def test_step_function_is_one_above_zero_only():
    assert step_function([-2, 0, 1e-300, 5]).tolist() == [0, 0, 1, 1]


def test_sigmoid_at_the_logarithm_of_three_is_three_quarters():
    assert sigmoid(np.log(3)) == pytest.approx(0.75, abs=1e-15)
    assert sigmoid_grad(np.log(3)) == pytest.approx(0.75 * 0.25, abs=1e-15)


def test_relu_keeps_what_is_positive():
    assert relu([[-3, 0], [2, 0.5]]).tolist() == [[0, 0], [2, 0.5]]
    assert relu_grad([[-3, 0], [2, 0.5]]).tolist() == [[0, 0.5], [1, 1]]


def test_the_slope_of_relu_at_its_kink_is_the_mean_of_both_sides_everywhere_in_gradcore():
    for zero in (0.0, -0.0):
        assert relu_grad(zero) == grad(relu)(zero) == grad(lambda x: np.maximum(x, 0.0))(zero) == 0.5
        assert numerical_diff(relu, zero) == pytest.approx(0.5, abs=1e-12)  # h/2h
        assert relu_grad(zero) == (relu_grad(-1e-300) + relu_grad(1e-300)) / 2
    x = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_array_equal(trace(relu_grad, np.ones(3))(x), relu_grad(x))


def test_the_step_has_slope_zero_on_both_sides_and_its_jump_is_none():
    for x in (-2.0, -1e-300, 1e-300, 2.0):
        assert grad(step_function)(x) == 0
    slopes = [numerical_diff(step_function, 0.0, h=h) for h in (1e-2, 1e-4, 1e-6)]
    assert slopes == pytest.approx([50, 5e3, 5e5])  # 1/2h: it has no limit


def test_tanh_is_a_stretched_sigmoid():
    x = np.linspace(-5, 5, 41)
    np.testing.assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, rtol=0, atol=4e-16)
    np.testing.assert_allclose(tanh_grad(x), 4 * sigmoid_grad(2 * x), rtol=1e-14)


def test_softmax_of_logarithms_gives_the_numbers_back():
    np.testing.assert_allclose(softmax(np.log([1, 2, 5])), [1 / 8, 2 / 8, 5 / 8], rtol=1e-15)
    np.testing.assert_allclose(softmax_jacobian(np.log([1, 3])), np.array([[3, -3], [-3, 3]]) / 16, rtol=1e-14)


def test_losses_of_the_digit_in_the_book():
    assert mean_squared_error(SAYS_TWO, TRUTH) == pytest.approx(0.0975, abs=1e-15)
    assert mean_squared_error(SAYS_SEVEN, TRUTH) == pytest.approx(0.5975, abs=1e-15)
    assert cross_entropy_error(SAYS_TWO, TRUTH) == pytest.approx(-np.log(0.6), abs=1e-15)
    assert cross_entropy_error(SAYS_SEVEN, TRUTH) == pytest.approx(np.log(10), abs=1e-15)


def test_the_mean_is_over_samples_and_not_over_numbers():
    y, t = [[1, 2, 3], [0, 0, 0]], [[0, 0, 0], [0, 0, 2]]
    assert mean_squared_error(y, t) == (0.5 * 14 + 0.5 * 4) / 2
    assert sum_of_squares(y, t) == 18
    assert mean_squared_error_grad(y, t).tolist() == [[0.5, 1, 1.5], [0, 0, -1]]
    assert cross_entropy_error([[0.5, 0.5], [0.25, 0.75]], [0, 0]) == pytest.approx((np.log(2) + np.log(4)) / 2)


def test_a_perfect_answer_costs_plain_zero():
    for loss in (mean_squared_error, sum_of_squares, cross_entropy_error):
        assert str(float(loss([0, 1, 0], [0, 1, 0]))) == "0.0"


def test_cross_entropy_of_an_impossible_truth_is_infinite():
    assert cross_entropy_error([0, 1], [1, 0]) == np.inf
    assert cross_entropy_error_grad([0, 1], [1, 0]).tolist() == [-np.inf, 0]
    assert cross_entropy_error_grad([0, 1], [0, 1]).tolist() == [0, -1]  # not 0/0


def test_each_row_of_the_softmax_loss_gradient_adds_up_to_zero():
    x, t = example(softmax_loss, np.random.default_rng(1))
    np.testing.assert_allclose(softmax_loss_grad(x, t).sum(axis=1), 0, atol=1e-16)


def test_soft_targets_are_probabilities_too():
    assert softmax_loss([0, 0], [0.25, 0.75]) == pytest.approx(np.log(2))


# finite differences, and their order -------------------------------------------------------------------
@pytest.mark.parametrize(("f", "derivative"), DERIVATIVES)
def test_derivatives_equal_finite_differences(f, derivative):
    x, h = np.append(np.linspace(-4, 4, 40), 0.0), 1e-5  # 0 is the kink of relu
    estimate = (f(x + h) - f(x - h)) / (2 * h)
    np.testing.assert_allclose(derivative(x), estimate, rtol=0, atol=1e-10)  # h² f‴/6 and ε/h


@pytest.mark.parametrize(("f", "derivative"), [(sigmoid, sigmoid_grad), (tanh, tanh_grad)])
def test_halving_h_quarters_the_distance_to_the_derivative(f, derivative):
    def error(h):
        return abs((f(0.7 + h) - f(0.7 - h)) / (2 * h) - derivative(0.7))

    assert error(0.01) / error(0.005) == pytest.approx(4, rel=1e-3)


@pytest.mark.parametrize(("loss", "gradient"), LOSSES)
@pytest.mark.parametrize("shape", [(3,), (1, 2), (5, 4)])
def test_loss_gradients_equal_finite_differences_in_random_directions(loss, gradient, shape):
    rng, h = np.random.default_rng(2), 1e-6
    y, t = example(loss, rng, shape)
    for _ in range(10):
        d = rng.normal(size=shape) * y  # a little one way and the other, and still a probability
        along = (loss(y + h * d, t) - loss(y - h * d, t)) / (2 * h)
        assert along == pytest.approx(np.sum(gradient(y, t) * d), rel=1e-7, abs=1e-9)


def test_the_softmax_jacobian_equals_finite_differences_in_every_row():
    x, h = np.random.default_rng(3).normal(size=(2, 3)), 1e-6
    for j in range(3):
        e = h * np.eye(3)[j]
        estimate = (softmax(x + e) - softmax(x - e)) / (2 * h)
        np.testing.assert_allclose(softmax_jacobian(x)[..., j], estimate, atol=1e-10)


# other libraries ---------------------------------------------------------------------------------------
@given(arrays(float, (2, 3), elements=st.floats(-700, 700)))
def test_values_equal_scipys(x):
    np.testing.assert_allclose(sigmoid(x), scipy.special.expit(x), rtol=4e-16)
    np.testing.assert_allclose(softmax(x), scipy.special.softmax(x, axis=-1), rtol=1e-13)
    np.testing.assert_allclose(log_softmax(x), scipy.special.log_softmax(x, axis=-1), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize(
    ("gradient", "same_loss"),
    [
        (sum_of_squares_grad, lambda y, t: anp.sum((y - t) ** 2)),
        (mean_squared_error_grad, lambda y, t: anp.mean(anp.sum((y - t) ** 2, axis=1)) / 2),
        (cross_entropy_error_grad, lambda y, t: -anp.mean(anp.sum(t * anp.log(y), axis=1))),
        (softmax_loss_grad, lambda x, t: -anp.mean(anp.log(anp.sum(t * anp.exp(x), axis=1) / anp.exp(x).sum(axis=1)))),
    ],
)
def test_loss_gradients_equal_autograds(gradient, same_loss):
    y, t = example(gradient, np.random.default_rng(4))
    np.testing.assert_allclose(gradient(y, t), autograd.grad(same_loss)(y, t), rtol=1e-12, atol=1e-15)


@given(numbers)
def test_derivatives_equal_autograds(x):
    assert tanh_grad(x) == pytest.approx(autograd.grad(anp.tanh)(x), rel=1e-9, abs=1e-15)
    assert sigmoid_grad(x) == pytest.approx(autograd.grad(lambda x: 1 / (1 + anp.exp(-x)))(x), rel=1e-9)


# properties --------------------------------------------------------------------------------------------
@given(vectors, st.floats(-1e4, 1e4))
def test_softmax_is_a_distribution_that_a_common_shift_leaves_alone(x, shift):
    assert softmax(x).sum() == pytest.approx(1)
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=1e-10, atol=1e-15)  # x + shift has rounded


@given(numbers)
def test_sigmoids_of_x_and_minus_x_add_up_to_one(x):
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1, abs=3e-16)
    assert sigmoid_grad(x) == sigmoid_grad(-x)


@given(vectors, st.data())
def test_softmax_loss_is_the_cross_entropy_of_softmax(x, data):
    label = data.draw(st.integers(0, len(x) - 1))
    assert softmax_loss(x, label) == pytest.approx(cross_entropy_error(softmax(x), label), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("loss", [cross_entropy_error, cross_entropy_error_grad, softmax_loss, softmax_loss_grad])
def test_labels_mean_the_same_as_one_hot_targets(loss):
    y, t = example(loss, np.random.default_rng(5))
    np.testing.assert_array_equal(loss(y, t.argmax(axis=1)), loss(y, t))
    np.testing.assert_array_equal(loss(y, t.argmax(axis=1).astype(np.uint8)), loss(y, t.astype(int)))
    np.testing.assert_array_equal(loss(y[0], int(t[0].argmax())), loss(y[0], t[0]))


def test_a_square_batch_takes_labels_and_one_hot_rows_alike():
    x = np.random.default_rng(6).normal(size=(3, 3))
    assert softmax_loss(x, [0, 2, 2]) == softmax_loss(x, np.eye(3)[[0, 2, 2]])


@pytest.mark.parametrize("f", ELEMENTWISE + OF_VECTORS)
def test_a_batch_gives_what_its_rows_give(f):
    x = np.random.default_rng(7).normal(size=(3, 4))
    np.testing.assert_allclose(f(x), [f(row) for row in x], rtol=1e-15)


@pytest.mark.parametrize(("loss", "gradient"), LOSSES)
def test_a_batch_loss_is_that_of_its_rows_put_together(loss, gradient):
    y, t = example(loss, np.random.default_rng(8))
    n = 1 if loss is sum_of_squares else len(y)
    assert loss(y, t) == pytest.approx(sum(loss(a, b) for a, b in zip(y, t, strict=True)) / n, rel=1e-14)
    each = [gradient(a, b) / n for a, b in zip(y, t, strict=True)]
    np.testing.assert_allclose(gradient(y, t), each, rtol=1e-14)


# large numbers, integers, and what must not change -----------------------------------------------------
def test_large_inputs_do_no_harm():
    assert sigmoid([-1e4, 1e4]).tolist() == [0, 1]
    assert sigmoid_grad([-1e4, 1e4]).tolist() == [0, 0]
    assert tanh_grad([-1e4, 1e4]).tolist() == [0, 0]
    assert softmax([1e4, 0, 1e4]).tolist() == [0.5, 0, 0.5]
    assert softmax([1.7e308, -1.7e308]).tolist() == [1, 0]
    assert log_softmax([1e4, 0]).tolist() == [0, -1e4]
    assert softmax_loss([[1e4, 0], [0, 1e4]], [1, 1]) == 5e3
    assert softmax_loss([1.7e308, -1.7e308], 0) == 0
    assert mean_squared_error([1e200], [0]) == np.inf


def test_tails_keep_their_digits():
    x = np.array([40.0, 300.0, 700.0])
    np.testing.assert_allclose(sigmoid(-x), np.exp(-x), rtol=1e-15)
    np.testing.assert_allclose(sigmoid_grad(x), np.exp(-x), rtol=1e-15)
    np.testing.assert_allclose(tanh_grad(x / 2), 4 * np.exp(-x), rtol=1e-15)


def test_no_small_number_hides_in_the_logarithm():
    x = np.array([0.0, 15.0])
    h = 1e-4

    def with_1e_7(x):
        return -np.log(softmax(x) + 1e-7)[0]

    wrong = (with_1e_7(x + np.array([h, 0])) - with_1e_7(x - np.array([h, 0]))) / (2 * h)
    assert wrong == pytest.approx(-0.754, abs=5e-4)
    assert softmax_loss_grad(x, 0)[0] == pytest.approx(-1.000, abs=5e-4)
    assert softmax_loss(x, 0) == pytest.approx(15 + np.log1p(np.exp(-15)), abs=1e-14)
    assert cross_entropy_error([1e-12, 1 - 1e-12], 0) == pytest.approx(12 * np.log(10), rel=1e-15)


@pytest.mark.parametrize("f", ELEMENTWISE + OF_VECTORS)
def test_integers_become_floats_and_stay_as_they_were(f):
    x = np.array([3, -4, 0])
    y = f(x)
    assert y.dtype == float
    assert x.tolist() == [3, -4, 0] and x.dtype.kind == "i"
    np.testing.assert_array_equal(y, f([3.0, -4.0, 0.0]))


@pytest.mark.parametrize("f", ELEMENTWISE)
def test_a_number_gives_a_number_and_an_array_of_any_shape_one_of_its_shape(f):
    assert isinstance(f(2), float)
    assert f(np.zeros((2, 3, 4))).shape == (2, 3, 4)


@pytest.mark.parametrize("f", [*ELEMENTWISE, *OF_VECTORS, *EVERY_LOSS])
def test_results_share_no_memory_with_arguments(f):
    y, t = example(f, np.random.default_rng(9))
    given_arrays = (y, t) if f in EVERY_LOSS else (y,)
    before = [a.copy() for a in given_arrays]
    result = np.asarray(f(*given_arrays))
    for a, b in zip(given_arrays, before, strict=True):
        a.flags.writeable = False
        np.testing.assert_array_equal(a, b)
        assert not np.shares_memory(result, a)
    f(*given_arrays)


# tracing -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("f", ELEMENTWISE + OF_VECTORS)
@pytest.mark.parametrize("shape", [(4,), (3, 2)])
def test_a_traced_function_gives_numpys_numbers(f, shape):
    rng = np.random.default_rng(10)
    tape = trace(f, np.zeros(shape))
    for scale in (1, 1e4):
        x = scale * rng.normal(size=shape)
        np.testing.assert_allclose(tape(x), f(x), rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize(
    ("f", "labels"), [*((f, False) for f in EVERY_LOSS), *((f, True) for f in EVERY_LOSS if f not in SQUARES)]
)
def test_a_traced_loss_gives_numpys_numbers(f, labels):
    y, t = example(f, np.random.default_rng(11), (3, 4))
    t = t.argmax(axis=1) if labels else t
    np.testing.assert_allclose(trace(lambda y: f(y, t), np.zeros_like(y))(y), f(y, t), rtol=1e-13)
    np.testing.assert_allclose(trace(f, y, t)(y, t), f(y, t), rtol=1e-13)


def test_traced_numbers_can_be_put_into_a_list():
    tape = trace(lambda a, b: softmax([a, b, 0.0]), 0.0, 0.0)
    np.testing.assert_allclose(tape(1.0, 2.0), softmax([1, 2, 0]), rtol=1e-14)


# bad input ---------------------------------------------------------------------------------------------
def raises(error, words, call):
    """A bad call, the error it gives, and what the message says."""
    return pytest.param(error, words, call, id=f"{words}")


@pytest.mark.parametrize("f", ELEMENTWISE + OF_VECTORS)
@pytest.mark.parametrize(
    ("error", "words", "x"),
    [
        (TypeError, "x must hold real numbers, not 'high'", "high"),
        (TypeError, "x must hold real numbers, not None", None),
        (TypeError, "x must hold real numbers", [1j, 2]),
        (TypeError, "x must hold real numbers", [True, False]),
        (ValueError, "x must be finite, not .*nan", [np.nan, 1]),
        (ValueError, "x must be finite, not .*inf", [1, -np.inf]),
        (ValueError, "x must have at least one element", []),
        (ValueError, "x must be a regular array", [[1, 2], [3]]),
    ],
)
def test_what_is_no_array_of_finite_numbers_is_refused(f, error, words, x):
    with pytest.raises(error, match=words):
        f(x)


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        raises(ValueError, r"x must be a vector \(n,\).*not of shape \(\)", lambda: softmax(3)),
        raises(ValueError, r"x must be a vector .* not of shape \(1, 1, 2\)", lambda: softmax_loss([[[1, 2]]], 0)),
        raises(ValueError, r"y must be one sample \(n,\)", lambda: mean_squared_error(np.ones((1, 2, 2)), 0)),
        raises(ValueError, r"t must have shape \(2,\), not \(3,\)", lambda: mean_squared_error([1, 2], [1, 2, 3])),
        raises(ValueError, r"t must have shape \(2, 1\), not \(2,\)", lambda: sum_of_squares([[1], [2]], [1, 2])),
        raises(TypeError, "t must hold real numbers, not 'cat'", lambda: mean_squared_error_grad([1, 2], "cat")),
        raises(ValueError, "t must be finite", lambda: sum_of_squares_grad([1, 2], [1, np.nan])),
        raises(
            ValueError,
            r"t must be labels of shape \(2,\) or one-hot rows of shape \(2, 3\), not of shape \(3,\)",
            lambda: softmax_loss(np.ones((2, 3)), [0, 1, 2]),
        ),
        raises(ValueError, r"t must be labels of shape \(\)", lambda: softmax_loss([1, 2], [0])),
        raises(ValueError, r"t must hold labels from 0 to 2, not \[0, 3\]", lambda: softmax_loss(np.eye(2, 3), [0, 3])),
        raises(ValueError, "t must hold labels from 0 to 1, not -1", lambda: softmax_loss_grad([1, 2], -1)),
        raises(TypeError, "t must hold whole numbers, the labels 0 to 1, not 0.5", lambda: softmax_loss([1, 2], 0.5)),
        raises(TypeError, "t must hold whole numbers, .*cat", lambda: cross_entropy_error([[1, 0]], ["cat"])),
        raises(TypeError, "t must hold whole numbers.*None", lambda: cross_entropy_error([1, 0], None)),
        raises(
            ValueError,
            r"t must have rows of numbers ≥ 0 that add up to 1, not \[1, 1\]",
            lambda: cross_entropy_error([0.5, 0.5], [1, 1]),
        ),
        raises(ValueError, "t must have rows of numbers ≥ 0", lambda: softmax_loss([1, 2], [2, -1])),
        raises(ValueError, "t must have rows of numbers ≥ 0", lambda: softmax_loss([[1, 2], [0, 0]], [[1, 0], [0, 0]])),
        raises(ValueError, "t must have rows of numbers .*inf", lambda: softmax_loss([1, 2], [1, np.inf])),
        raises(ValueError, "t must be a regular array", lambda: softmax_loss([[1, 2], [3, 4]], [[1, 0], [1]])),
        raises(ValueError, "t must have rows of numbers", lambda: softmax_loss([1, 2], np.array([np.nan, 1]))),
        raises(
            ValueError,
            "y must be probabilities.*for scores there is softmax_loss",
            lambda: cross_entropy_error([3, -1], 0),
        ),
        raises(ValueError, "y must be probabilities", lambda: cross_entropy_error_grad([0.2, 1.8], 0)),
        raises(ValueError, "y must be finite", lambda: cross_entropy_error([np.nan, 1], 0)),
        raises(ValueError, "y must have at least one element", lambda: mean_squared_error([], [])),
        raises(TypeError, "t", lambda: softmax_loss([1, 2])),
    ],
)
def test_what_does_not_fit_a_loss_is_refused(error, words, call):
    with pytest.raises(error, match=words):
        call()


def test_every_function_says_what_it_does_and_is_tested_here():
    for module in (functions, losses):
        for name, f in vars(module).items():
            if hasattr(f, "__wrapped__") and not name.startswith("_"):
                assert ">>>" in f.__doc__, name
                assert f in [*ELEMENTWISE, *OF_VECTORS, *EVERY_LOSS], name
