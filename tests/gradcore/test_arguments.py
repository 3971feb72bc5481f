"""Bad input gets an error of the right type that names the argument and what came."""

import numpy as np
import pytest

from gradcore import bowl, gradient_descent, numerical_gradient


def square(x):
    return np.sum(x**2)


def two_numbers(x):
    return x[0] ** 2 + x[1] ** 2


BAD_POINTS = [  # value, error, what the message says besides the name
    ([], ValueError, r"\(0,\)"),
    (np.zeros((0, 2)), ValueError, r"\(0, 2\)"),
    ("far away", TypeError, "far away"),
    (["3", "4"], TypeError, "'3'"),
    (None, TypeError, "None"),
    ([None, 1.0], TypeError, "None"),
    ({1, 2}, TypeError, "{1, 2}"),
    ([1, 2j], TypeError, "2j"),
    ([True, False], TypeError, "True"),
    (np.array([object()]), TypeError, "object"),
    ([[1, 2], [3]], ValueError, r"\[\[1, 2\], \[3\]\]"),
    ([np.nan, 1], ValueError, "nan"),
    ([np.inf, 1], ValueError, "inf"),
]

BAD_NUMBERS = [
    (np.nan, ValueError, "nan"), (np.inf, ValueError, "inf"), (-np.inf, ValueError, "-inf"),
    ("0.1", TypeError, "'0.1'"), (None, TypeError, "None"), (True, TypeError, "True"), (np.True_, TypeError, "True"),
    ([0.1], TypeError, r"\[0.1\]"), (np.array([0.1, 0.2]), TypeError, "0.2"), (1j, TypeError, "1j"),
    ({}, TypeError, "{}"),
]  # fmt: skip

BAD_FUNCTIONS = [(3.0, "3.0"), (None, "None"), ("f", "'f'"), (np.zeros(2), "array")]

BAD_VALUES = [  # what f returns at the start, error, message
    (np.nan, FloatingPointError, "f returned NaN at x = "),
    (np.float64("nan"), FloatingPointError, "f returned NaN"),
    (np.array([1.0, 2.0]), TypeError, r"f must return one number.*\(2,\)"),
    (np.array([1.0]), TypeError, r"f must return one number.*\(1,\)"),
    ([1.0], TypeError, "f must return one number"),
    (None, TypeError, "f must return a real number, not None"),
    ("1", TypeError, "f must return a real number, not '1'"),
    (1j, TypeError, "f must return a real number, not 1j"),
    (True, TypeError, "f must return a real number, not True"),
    (np.True_, TypeError, "f must return a real number.*True"),
]


def both(name, start):
    """The same call to numerical_gradient (argument x) and to gradient_descent (argument init_x)."""
    return {"x": lambda f: numerical_gradient(f, start), "init_x": lambda f: gradient_descent(f, start)}[name]


@pytest.mark.parametrize("name", ["x", "init_x"])
@pytest.mark.parametrize(("start", "error", "came"), BAD_POINTS)
def test_a_bad_start_point_is_named(name, start, error, came):
    with pytest.raises(error, match=rf"^{name} must.*{came}"):
        both(name, start)(square)


@pytest.mark.parametrize("name", ["x", "init_x"])
@pytest.mark.parametrize("start", [3.0, [3.0], np.zeros((1, 2))])
def test_a_start_point_of_the_wrong_shape_for_f_is_named(name, start):
    with pytest.raises(ValueError, match=rf"^{name} = .*shape.*does not fit f"):
        both(name, start)(two_numbers)


@pytest.mark.parametrize("name", ["x", "init_x"])
@pytest.mark.parametrize(("f", "came"), BAD_FUNCTIONS)
def test_an_f_that_cannot_be_called_is_named(name, f, came):
    with pytest.raises(TypeError, match=f"^f must be a function, not .*{came}.*pass f itself"):
        both(name, [3.0, 4.0])(f)


@pytest.mark.parametrize("name", ["x", "init_x"])
@pytest.mark.parametrize(("value", "error", "words"), BAD_VALUES)
def test_an_f_that_returns_no_number_at_the_start_is_told(name, value, error, words):
    with pytest.raises(error, match=words):
        both(name, [3.0, 4.0])(lambda x: value)


@pytest.mark.parametrize(("lr", "error", "came"), BAD_NUMBERS)
def test_a_bad_learning_rate_is_named(lr, error, came):
    with pytest.raises(error, match=f"^lr must.*{came}"):
        gradient_descent(square, [3.0, 4.0], lr)


@pytest.mark.parametrize(("h", "error", "came"), [*BAD_NUMBERS, (0, ValueError, "0.0"), (-1e-4, ValueError, "-0.0001")])
def test_a_bad_h_is_named(h, error, came):
    with pytest.raises(error, match=f"^h must.*{came}"):
        numerical_gradient(square, [3.0, 4.0], h)


@pytest.mark.parametrize(
    ("step_num", "error"),
    [(-1, ValueError), (2.5, TypeError), (30.0, TypeError), (True, TypeError), (np.True_, TypeError),
     ("30", TypeError), (None, TypeError), ([30], TypeError), (np.array([30]), TypeError), (np.nan, TypeError)],
)  # fmt: skip
def test_a_bad_number_of_steps_is_named(step_num, error):
    with pytest.raises(error, match=r"^step_num must") as caught:
        gradient_descent(square, [3.0, 4.0], 0.1, step_num)
    assert repr(step_num) in str(caught.value)


@pytest.mark.parametrize("name", ["grad", "callback"])
@pytest.mark.parametrize("value", [3, "grad", [1.0, 2.0]])
def test_a_grad_or_callback_that_cannot_be_called_is_named(name, value):
    with pytest.raises(TypeError, match=f"^{name} must be a function, not .*: pass {name} itself"):
        gradient_descent(square, [3.0, 4.0], **{name: value})


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [(np.zeros(3), ValueError, r"grad must return shape \(2,\), like x, not \(3,\)"),
     (1.0, ValueError, r"grad must return shape \(2,\), like x, not \(\)"),
     (np.zeros((1, 2)), ValueError, r"not \(1, 2\)"),
     (None, TypeError, "what grad returns must hold real numbers, not None"),
     (["1", "2"], TypeError, "what grad returns must hold real numbers"),
     ([1j, 2], TypeError, "what grad returns must hold real numbers"),
     ([[1.0], [2.0, 3.0]], ValueError, "what grad returns.*differ in length")],
)  # fmt: skip
def test_a_grad_that_returns_no_gradient_is_told(value, error, words):
    with pytest.raises(error, match=words):
        gradient_descent(square, [3.0, 4.0], grad=lambda x: value)


def test_a_grad_may_return_a_list_or_whole_numbers():
    assert gradient_descent(square, [3, 4], 0.5, 1, grad=lambda x: [2, 4]).x.tolist() == [2.0, 2.0]


def test_an_error_in_grad_itself_comes_through():
    with pytest.raises(ValueError, match=r"^mine$"):
        gradient_descent(square, [3.0, 4.0], grad=lambda x: (_ for _ in ()).throw(ValueError("mine")))


@pytest.mark.parametrize("lr", [np.float32(0.5), np.int64(1), 1, np.array(0.5)])
@pytest.mark.parametrize("step_num", [2, np.int64(2), np.uint8(2)])
def test_numbers_of_numpy_are_numbers(lr, step_num):
    assert gradient_descent(square, np.array([3, 4], dtype=np.int8), lr, step_num).history.shape == (3, 2)


@pytest.mark.parametrize("call", [bowl, bowl.gradient])
@pytest.mark.parametrize(
    ("x", "error", "came"),
    [(3.0, ValueError, r"\(\)"), ([1.0, 2.0, 3.0], ValueError, r"\(3,\)"), ([], ValueError, r"\(0,\)"),
     ("ab", TypeError, "'ab'"), (["a", "b"], TypeError, "'a'"), (None, TypeError, "None"),
     ([1j, 2], TypeError, "1j"), ([True, False], TypeError, "True"), ([[1, 2], [3]], ValueError, "differ in length")],
)  # fmt: skip
def test_a_landscape_tells_what_is_no_point_of_the_plane(call, x, error, came):
    with pytest.raises(error, match=f"^x must.*{came}"):
        call(x)
