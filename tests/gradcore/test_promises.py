"""What every function promises: arguments stay as they were, nobody else's random numbers, the same for one seed."""

import numpy as np
import pytest

import gradcore
from gradcore import (
    Adam,
    Momentum,
    SimpleNet,
    TwoLayerNet,
    beale,
    beans,
    bowl,
    check_gradient,
    digits,
    extrema_on_interval,
    grad,
    gradient_ascent,
    gradient_descent,
    iterate,
    numerical_diff,
    numerical_gradient,
    numerical_hessian,
    numerical_jacobian,
    partial_diff,
    stochastic_descent,
    tangent_line,
    tangent_plane,
    trace,
    train,
    xor,
)


def square(x):
    return np.sum(np.square(x))


def trained(x, t):
    net = TwoLayerNet(2, 3, 2, seed=1)
    result = train(net, x, t, epochs=2, batch_size=2, seed=3, lr=Adam(0.1), test=(x, t))
    return result.batch_loss, net.params["W1"]


ELEMENTWISE = "identity_function relu sigmoid softmax log_softmax step_function tanh".split()
DERIVATIVES = "identity_grad relu_grad sigmoid_grad softmax_jacobian tanh_grad".split()
LANDSCAPES = "sphere bowl saddle plateau rosenbrock himmelblau beale".split()
ON_ONE = {name: getattr(gradcore, name) for name in ELEMENTWISE + DERIVATIVES + LANDSCAPES} | {
    "numerical_diff": lambda x: numerical_diff(np.sin, x),
    "partial_diff": lambda x: partial_diff(square, x, (1, 0)),
    "numerical_gradient": lambda x: numerical_gradient(square, x),
    "numerical_gradient, batch": lambda x: numerical_gradient(square, x, batch=True),
    "numerical_gradient, vectorized": lambda x: numerical_gradient(
        lambda x: np.sum(np.square(x), axis=(1, 2)), x, vectorized=True),
    "numerical_jacobian": lambda x: numerical_jacobian(np.sin, x),
    "numerical_hessian": lambda x: numerical_hessian(square, x),
    "tangent_line": lambda x: tangent_line(np.sin, 0.3)(x),
    "tangent_plane": lambda x: tangent_plane(square, x)(x),
    "check_gradient": lambda x: check_gradient(square, lambda x: 2 * x, x).error,
    "check_gradient, directions": lambda x: check_gradient(square, lambda x: 2 * x, x, directions=3).error,
    "extrema_on_interval": lambda x: extrema_on_interval(np.sin, x[0, 0] - 3, 3).minimum.x,
    "gradient_descent": lambda x: gradient_descent(square, x, Momentum(0.1), 3).history,
    "gradient_ascent": lambda x: gradient_ascent(lambda x: -square(x), x, 0.1, 3, grad=lambda x: -2 * x).history,
    "stochastic_descent": lambda x: stochastic_descent(lambda p, row: p - row, x[0], x, 0.1, 3, seed=1).history,
    "iterate": lambda x: iterate(lambda x: 0.5 * x, x, 3),
    "grad": lambda x: grad(square)(x),
    "trace": lambda x: trace(square, x)(x),
    "Landscape.gradient": beale.gradient,
    "SimpleNet": lambda x: SimpleNet(x).predict(np.eye(3)),
    "TwoLayerNet.predict": lambda x: TwoLayerNet(2, 3, 2, seed=1).predict(x),
}  # fmt: skip
LOSSES = [name for name in gradcore.__all__ if "loss" in name or "error" in name or "sum_of_squares" in name]
ON_TWO = {name: getattr(gradcore, name) for name in LOSSES} | {
    "train": trained,
    "TwoLayerNet.loss": lambda x, t: TwoLayerNet(2, 3, 2, seed=1).loss(x, t),
    "TwoLayerNet.gradient": lambda x, t: TwoLayerNet(2, 3, 2, seed=1).gradient(x, t)["W1"],
    "TwoLayerNet.numerical_gradient": lambda x, t: TwoLayerNet(2, 3, 2, seed=1).numerical_gradient(x, t)["W1"],
    "SimpleNet.gradient": lambda x, t: SimpleNet(np.eye(2)).gradient(x, t),
}
SEEDED = {
    "beans": beans,
    "digits": lambda seed: digits(seed=seed).train[0],
    "TwoLayerNet": lambda seed: TwoLayerNet(2, 3, 2, seed=seed).params["W1"],
    "SimpleNet": lambda seed: SimpleNet(seed=seed).W,
    "stochastic_descent": lambda seed: stochastic_descent(
        lambda p, row: p - row, 0.0, np.arange(9.0), 0.1, 3, seed=seed).history,
    "check_gradient": lambda seed: check_gradient(
        bowl, bowl.gradient, [1.0, 2.0], directions=2, seed=seed).claimed,
    "train": lambda seed: train(TwoLayerNet(2, 3, 2, seed=0), xor()[0][:, :2], [0, 1, 1, 0], batch_size=2, seed=seed)
    .batch_loss,
}  # fmt: skip
X = np.random.default_rng(5).uniform(0.1, 0.4, size=(3, 2))
ONE_HOT = np.eye(2)[[0, 1, 0]]


def parts(result):
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else (result,))]


@pytest.mark.parametrize(
    ("call", "arguments"),
    [*((call, (X,)) for call in ON_ONE.values()), *((call, (X, ONE_HOT)) for call in ON_TWO.values())],
    ids=[*ON_ONE, *ON_TWO],
)
def test_arguments_stay_as_they_were_and_the_global_random_numbers_too(call, arguments):
    given = [argument.copy() for argument in arguments]
    state = np.random.get_state()
    first = call(*given)
    for array, kept in zip(given, arguments, strict=True):
        np.testing.assert_array_equal(array, kept)
        array.flags.writeable = False
    for found, wanted in zip(parts(call(*given)), parts(first), strict=True):
        np.testing.assert_array_equal(found, wanted)
        assert not any(np.shares_memory(found, array) for array in given)
    for now, before in zip(np.random.get_state(), state, strict=True):
        np.testing.assert_array_equal(now, before)


@pytest.mark.parametrize("draw", SEEDED.values(), ids=SEEDED)
def test_a_seed_gives_the_same_numbers_each_time_and_another_seed_others(draw):
    state = np.random.get_state()[1].copy()
    first, again, other = (np.asarray(draw(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    np.testing.assert_array_equal(np.random.get_state()[1], state)


def test_a_network_comes_back_from_its_file_without_random_numbers(tmp_path):
    state = np.random.get_state()[1].copy()
    net = TwoLayerNet(2, 3, 2, seed=1)
    net.save(tmp_path / "net.npz")
    assert TwoLayerNet.load(tmp_path / "net.npz").loss(X, ONE_HOT) == net.loss(X, ONE_HOT)
    np.testing.assert_array_equal(np.random.get_state()[1], state)


def test_every_public_name_that_takes_arrays_is_among_them():
    """A new function fails here until it is. The rules are in test_rules.py; records are made by the package."""
    names = {name.split(".")[0].split(",")[0] for table in (ON_ONE, ON_TWO, SEEDED) for name in table}
    rules = {"SGD", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam"}
    records = {"Candidate", "DescentResult", "Extrema", "GradientCheck", "TrainingResult"}
    assert set(gradcore.__all__) - names - rules - records == {"xor"}
