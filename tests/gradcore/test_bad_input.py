"""Every public function refuses bad input: the error names the argument, what came, and what is wanted."""

import inspect

import numpy as np
import pytest

import gradcore
from gradcore import (
    SGD,
    AdaGrad,
    Adam,
    Landscape,
    Momentum,
    Nesterov,
    RMSProp,
    SimpleNet,
    TwoLayerNet,
    beale,
    beans,
    bowl,
    check_gradient,
    cross_entropy_error,
    cross_entropy_error_grad,
    digits,
    extrema_on_interval,
    grad,
    gradient_ascent,
    gradient_descent,
    himmelblau,
    identity_function,
    identity_grad,
    iterate,
    log_softmax,
    mean_squared_error,
    mean_squared_error_grad,
    numerical_diff,
    numerical_gradient,
    numerical_hessian,
    numerical_jacobian,
    partial_diff,
    plateau,
    relu,
    relu_grad,
    rosenbrock,
    saddle,
    sigmoid,
    sigmoid_grad,
    softmax,
    softmax_jacobian,
    softmax_loss,
    softmax_loss_grad,
    sphere,
    step_function,
    stochastic_descent,
    sum_of_squares,
    sum_of_squares_grad,
    tangent_line,
    tangent_plane,
    tanh,
    tanh_grad,
    trace,
    train,
)

NET, X, T = TwoLayerNet(3, 4, 2, seed=0), np.ones((4, 3)), [0, 1, 0, 1]
RECORDS = {"Candidate", "DescentResult", "Extrema", "GradientCheck", "TrainingResult"}  # made by the package itself


def square(x):
    return np.sum(np.square(x))


def nan(x):
    return np.nan


def own(function):
    """A landscape of one's own."""
    return Landscape("own", "f", function, function, minima=(), window=((-1, 1), (-1, 1)))


CASES = [  # function, arguments, named arguments, error, how the message begins
    # wrong types, shapes and values of f
    *[(f, (3.0, [1.0, 2.0]), {}, TypeError, r"f must be a function, not 3\.0") for f in (
        numerical_gradient, numerical_jacobian, numerical_hessian, tangent_plane, gradient_descent, gradient_ascent)],
    *[(f, (3.0, 1.0), {}, TypeError, r"f must be a function, not 3\.0") for f in (numerical_diff, tangent_line)],
    (partial_diff, (None, [1.0], 0), {}, TypeError, "f must be a function, not None"),
    (check_gradient, ("f", square, [1.0]), {}, TypeError, "f must be a function, not 'f'"),
    (extrema_on_interval, (2, 0, 1), {}, TypeError, "f must be a function, not 2"),
    (grad, (2,), {}, TypeError, "f must be a function, not 2"),
    (trace, (2, 1.0), {}, TypeError, "f must be a function, not 2"),
    (iterate, (2, 1.0, 3), {}, TypeError, "step must be a function of the state, not 2"),
    (stochastic_descent, (2, [1.0], [1.0]), {}, TypeError, "grad must be a function, not 2"),
    (numerical_diff, (lambda x: None, 1.0), {}, TypeError, "what f returns must hold real numbers, not None"),
    (numerical_diff, (lambda x: np.ones(3), 1.0), {}, TypeError, r"f must return one number, not .*\(3,\)"),
    (numerical_gradient, (lambda x: x, [1.0, 2.0]), {}, TypeError, r"f must return one number, not .*\(2,\)"),
    (numerical_hessian, (lambda x: "1", [1.0, 2.0]), {}, TypeError, "f must return a real number, not '1'"),
    (numerical_jacobian, (lambda x: [[1], [1, 2]], [1.0]), {}, ValueError, "what f returns must be a regular array"),
    (numerical_gradient, (square, [1.0, 2.0]), {"vectorized": True}, ValueError,
     r"f must return shape \(4,\) .*not \(\)"),
    (tangent_line, (lambda x: 1j, 1.0), {}, TypeError, r"what f returns must hold real numbers, not 1j"),
    (tangent_plane, (lambda x: x, [1.0, 2.0]), {}, TypeError, "f must return one number, not an array"),
    (extrema_on_interval, (lambda x: [x], 0, 1), {}, TypeError, "f must return one number, not an array"),
    (grad(lambda x: x), ([1.0, 2.0],), {}, ValueError, r".*of one number.*returned shape \(2,\)"),
    (trace, (lambda x: None, 1.0), {}, TypeError, ".*a value of type NoneType"),
    (iterate, (lambda x: np.ones(2), 0.0, 3), {}, ValueError, r"step must return shape \(\), as start has, not \(2,\)"),
    *[(f, (nan, [1.0, 2.0]), {}, FloatingPointError, "f returned NaN at x = ") for f in (
        numerical_gradient, numerical_hessian, numerical_jacobian, tangent_plane, gradient_descent, gradient_ascent)],
    (numerical_diff, (nan, 1.0), {}, FloatingPointError, "f returned NaN at x = "),
    (partial_diff, (nan, [1.0], 0), {}, FloatingPointError, "f returned NaN at x = "),
    (check_gradient, (nan, square, [1.0]), {}, FloatingPointError, "f returned NaN at x = "),
    (extrema_on_interval, (nan, 0, 1), {}, FloatingPointError, "f returned NaN at x = "),
    (gradient_descent, (square, [1.0]), {"grad": lambda x: [1.0, 2.0]}, ValueError,
     r"grad must return shape \(1,\), like x"),
    (gradient_descent, (square, [1.0]), {"grad": 3}, TypeError, "grad must be a function, not 3"),
    (gradient_ascent, (square, [1.0]), {"callback": 3}, TypeError, "callback must be a function, not 3"),
    (check_gradient, (square, lambda x: x[:1], [1.0, 2.0]), {}, ValueError,
     r"grad must return shape \(2,\), like x, not"),
    (stochastic_descent, (lambda x, s: "ab", [1.0], [1.0]), {}, TypeError, "what grad returns must hold real numbers"),
    # hyperparameters and settings
    *[(f, (square, [1.0], h), {}, ValueError, "h must be positive, not") for h in (0, -1e-4) for f in (
        numerical_gradient, numerical_jacobian, numerical_hessian)],
    (numerical_diff, (np.sin, 1.0, np.nan), {}, ValueError, "h must be finite, not nan"),
    (partial_diff, (square, [1.0], 0, "h"), {}, TypeError, "h must be a number, not 'h'"),
    (check_gradient, (square, square, 1.0), {"h": 0}, ValueError, "h must be positive, not 0"),
    (check_gradient, (square, square, 1.0), {"tolerance": np.inf}, ValueError, "tolerance must be finite, not inf"),
    (check_gradient, (square, square, 1.0), {"directions": 0}, ValueError, "directions must be at least 1, not 0"),
    (check_gradient, (square, square, 1.0), {"seed": -1}, ValueError, "seed must be at least 0, not -1"),
    (numerical_diff, (np.sin, 1.0), {"method": "up"}, ValueError, "method must be one of central, .*, not 'up'"),
    (numerical_gradient, (square, [1.0]), {"batch": "yes"}, TypeError, "batch must be True or False, not 'yes'"),
    (numerical_gradient, (square, [1.0]), {"vectorized": 1}, TypeError, "vectorized must be True or False, not 1"),
    (numerical_gradient, (square, [1.0, 2.0]), {"batch": True}, ValueError, r"x must have a row .*, not shape \(2,\)"),
    (partial_diff, (square, [1.0, 2.0], 2), {}, ValueError, r"i = 2 is out of range for shape \(2,\)"),
    (partial_diff, (square, [1.0, 2.0], 0.0), {}, TypeError, r"i must be a whole number or a tuple of them, not 0\.0"),
    (partial_diff, (square, [1.0, 2.0], (0, 1)), {}, ValueError,
     r"i must have an entry for each axis .*, not \(0, 1\)"),
    (extrema_on_interval, (np.sin, 1, 0), {}, ValueError, "a must be below b, not a = 1.* and b = 0"),
    (extrema_on_interval, (np.sin, np.nan, 0), {}, ValueError, "a must be finite, not nan"),
    (extrema_on_interval, (np.sin, 0, "1"), {}, TypeError, "b must be a number, not '1'"),
    (extrema_on_interval, (np.sin, 0, 1, 2), {}, ValueError, "samples must be at least 3, not 2"),
    (gradient_descent, (square, [1.0], np.inf), {}, ValueError, "lr must be finite, not inf"),
    (gradient_descent, (square, [1.0], Adam), {}, TypeError, "lr must be a rule, not the class Adam"),
    (gradient_ascent, (square, [1.0], "fast"), {}, TypeError, "lr must be a number, not 'fast'"),
    (gradient_ascent, (square, [1.0], 0.1, -1), {}, ValueError, "step_num must be at least 0, not -1"),
    (gradient_descent, (square, [1.0], 0.1, 2.5), {}, TypeError, r"step_num must be a whole number, not 2\.5"),
    (stochastic_descent, (square, [1.0], [1.0]), {"epochs": -1}, ValueError, "epochs must be at least 0, not -1"),
    (stochastic_descent, (square, [1.0], [1.0]), {"f": 3}, TypeError, "f must be a function, not 3"),
    (stochastic_descent, (square, [1.0], [1.0]), {"seed": 0.5}, TypeError, r"seed must be a whole number, not 0\.5"),
    (stochastic_descent, (square, [1.0], ([1.0], [1.0, 2.0])), {}, ValueError,
     r"data must have .* one length, not \[1, 2\]"),
    (stochastic_descent, (square, [1.0], [np.nan]), {}, ValueError, "data must be finite, not"),
    (iterate, (square, 1.0, -1), {}, ValueError, "n must be at least 0, not -1"),
    (iterate, (square, 1.0, 1.5), {}, TypeError, r"n must be a whole number of steps, not 1\.5"),
    (iterate, (square, "a", 1), {}, TypeError, "start must hold real numbers, not 'a'"),
    (trace, (square, "a"), {}, TypeError, "argument 0 must hold real numbers, not 'a'"),
    (trace, (square,), {"x": [[1], [1, 2]]}, ValueError, r"x must be a regular array: the rows of \[\[1\], \[1, 2\]\]"),
    (grad(square), ("a",), {}, TypeError, "x must hold real numbers, not 'a'"),
    *[(rule, ("fast",), {}, TypeError, "lr must be a number, not 'fast'") for rule in (SGD, Momentum, Nesterov)],
    *[(rule, (np.nan,), {}, ValueError, "lr must be finite, not nan") for rule in (AdaGrad, RMSProp, Adam)],
    *[(rule, (0.1, 1.0), {}, ValueError, r"beta1? must be at least 0 and below 1, not 1\.0") for rule in (
        Momentum, Nesterov, RMSProp, Adam)],
    *[(rule, (), {"eps": 0}, ValueError, "eps must be positive, not 0") for rule in (AdaGrad, RMSProp, Adam)],
    (beans, (0,), {}, ValueError, "n must be at least 1, not 0"),
    (beans, (10, "a"), {}, TypeError, "seed must be a whole number, not 'a'"),
    (digits, (1.5,), {}, ValueError, r"test_share must be between 0 and 1, not 1\.5"),
    (digits, (), {"one_hot": 1}, TypeError, "one_hot must be True or False, not 1"),
    # points and batches
    (partial_diff, (square, [], 0), {}, ValueError, r"x must have at least one element, not shape \(0,\)"),
    (numerical_diff, (np.sin, [np.inf]), {}, ValueError, "x must be finite, not .*inf"),
    (tangent_line, (np.sin, [1.0]), {}, TypeError, r"x must be a number, not \[1\.0\]"),
    (tangent_line(np.sin, 1.0), ("a",), {}, TypeError, "t must hold real numbers, not 'a'"),
    (tangent_plane(bowl, [1.0, 2.0]), ([1.0],), {}, ValueError,
     r"p must be points of shape \(\.\.\., 2,?\), not shape \(1,\)"),
    (stochastic_descent, (square, [], [1.0]), {}, ValueError, "init_x must have at least one element"),
    *[(f, (square, x), {}, error, message) for f in (
        numerical_gradient, numerical_jacobian, numerical_hessian, tangent_plane) for x, error, message in (
        ([], ValueError, r"x must have at least one element, not shape \(0,\)"),
        ([np.nan], ValueError, "x must be finite, not .*nan"), (["a"], TypeError,
         r"x must hold real numbers, not \['a'\]"),
        ([[1], [1, 2]], ValueError, "x must be a regular array"))],
    *[(f, (square, x), {}, error, message) for f in (gradient_descent, gradient_ascent) for x, error, message in (
        (None, TypeError, "init_x must hold real numbers, not None"), ([np.inf], ValueError,
         "init_x must be finite, not"))],
    *[(f, (x,), {}, error, message) for f in (
        identity_function, identity_grad, step_function, sigmoid, sigmoid_grad, relu, relu_grad, tanh, tanh_grad,
        softmax, softmax_jacobian, log_softmax) for x, error, message in (
        ([], ValueError, r"x must have at least one element, not shape \(0,\)"),
        ([1.0, np.nan], ValueError, "x must be finite, not .*nan"), ([1j], TypeError,
         r"x must hold real numbers, not \[1j\]"),
        ([True], TypeError, r"x must hold real numbers, not \[True\]"), ("x", TypeError,
         "x must hold real numbers, not 'x'"))],
    *[(f, (1.0,), {}, ValueError, r"x must be a vector \(n,\) or a batch .*, not of shape \(\)") for f in (
        softmax, softmax_jacobian, log_softmax)],
    *[(f, (x,), {}, error, message) for f in (
        sphere, bowl, saddle, plateau, rosenbrock, himmelblau, beale, beale.gradient, own(square))
         for x, error, message in (
        ("ab", TypeError, "x must hold real numbers, not 'ab'"),
        ([1.0, 2.0, 3.0], ValueError, r"x must be points of the plane, .*, not shape \(3,\)"))],
    # losses: outputs, targets, labels
    *[(f, (y, t), {}, error, message) for f in (
        mean_squared_error, mean_squared_error_grad, sum_of_squares, sum_of_squares_grad) for y, t, error, message in (
        ([1.0, 2.0], [1.0], ValueError, r"t must have shape \(2,\), not \(1,\)"),
        ([np.nan], [1.0], ValueError, "y must be finite, not"), ([1.0], [np.inf], ValueError, "t must be finite, not"),
        ([], [], ValueError, "y must have at least one element"), ("y", 1.0, TypeError,
         "y must hold real numbers, not 'y'"),
        (np.ones((1, 1, 1)), 1.0, ValueError, r"y must be one sample .*, not of shape \(1, 1, 1\)"))],
    *[(f, ([0.5, 0.5], t), {}, error, message) for f in (
        cross_entropy_error, cross_entropy_error_grad, softmax_loss, softmax_loss_grad) for t, error, message in (
        (2, ValueError, "t must hold labels from 0 to 1, not 2"), (-1, ValueError,
         "t must hold labels from 0 to 1, not -1"),
        (1.0, TypeError, r"t must hold whole numbers, the labels 0 to 1, not 1\.0"),
        ([0.3, 0.3], ValueError, r"t must have rows of numbers ≥ 0 that add up to 1, not \[0\.3, 0\.3\]"),
        ([1, 0, 0], ValueError, r"t must be labels .* or one-hot rows of shape \(2,\), not of shape \(3,\)"),
        (None, TypeError, "t must hold whole numbers, .*, not None"))],
    *[(f, ([2.0, 3.0], 0), {}, ValueError, r"y must be probabilities, from 0 to 1, not \[2\. 3\.\]") for f in (
        cross_entropy_error, cross_entropy_error_grad)],
    # networks
    (SimpleNet, ([1, 2, 3],), {}, ValueError, r"W must have shape \(n, n\), not \(3,\)"),
    (SimpleNet, (), {"seed": "0"}, TypeError, "seed must be a whole number, not '0'"),
    (TwoLayerNet, (0, 2, 2), {}, ValueError, "input_size must be at least 1, not 0"),
    (TwoLayerNet, (2, 2, 2, 0), {}, ValueError, "weight_init_std must be positive, not 0"),
    (TwoLayerNet, (2, 2, 2), {"activation": "cos"}, ValueError, "activation must be one of .*, not 'cos'"),
    (TwoLayerNet.load, (3,), {}, TypeError, "path must be the name of a file, not 3"),
    (NET.save, (None,), {}, TypeError, "path must be the name of a file, not None"),
    (NET.loss, (X, [0, 1, 2, 0]), {}, ValueError, "t must hold labels from 0 to 1, not .*2"),
    (NET.predict, (np.full((1, 3), np.inf),), {}, ValueError, "x must be finite, not .*inf"),
    (train, (None, X, T), {}, TypeError, "net must be a TwoLayerNet, not None"),
    (train, (NET, np.ones((0, 3)), []), {}, ValueError, r"x must have at least one element, not shape \(0, 3\)"),
    (train, (NET, X, T), {"epochs": 1, "iterations": 1}, ValueError, "iterations must be left out .*, not 1 beside 1"),
    (train, (NET, X, T), {"lr": 0}, ValueError, "lr must be positive, not 0"),
]  # fmt: skip


def name_of(function):
    """The public name a case belongs to."""
    for name in gradcore.__all__:
        thing = getattr(gradcore, name)
        if function is thing or getattr(function, "__self__", None) is thing:
            return name
    return type(getattr(function, "__self__", function)).__name__


@pytest.mark.parametrize(
    ("function", "args", "named", "error", "words"),
    CASES,
    ids=[f"{name_of(case[0])}-{i}" for i, case in enumerate(CASES)],
)
def test_bad_input_is_refused_by_name(function, args, named, error, words):
    with pytest.raises(error, match=f"^{words}"):
        function(*args, **named)


def test_every_public_function_has_cases_of_bad_input():
    """A new public function without such a case fails here."""
    covered = {name_of(case[0]) for case in CASES}
    takes = {name for name in gradcore.__all__ if inspect.signature(getattr(gradcore, name)).parameters} - RECORDS
    assert takes <= covered, f"no case of bad input for {', '.join(sorted(takes - covered))}"
    assert len(CASES) >= 60
