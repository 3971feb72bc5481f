"""Whole programs, traced: the tape gives what the program itself gives, at several inputs each."""

import copy
import inspect
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from tracing import assert_traces

from gradcore import bowl, gradient_descent, iterate, numerical_gradient
from livefig.program.tape import trace

BEANS = np.random.default_rng(5).uniform(size=12)
TOXICITY = 0.7 * BEANS + (0.5 - np.random.default_rng(6).uniform(size=12)) / 5 + 0.5
XOR = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
XOR_TARGET = np.array([[0.0], [1], [1], [0]])


def numerical_gradient_of_the_notes(f, x):
    """In the style of the study notes: x itself is changed and put back."""
    h = 1e-4
    grad = np.zeros_like(x)
    for idx in range(x.size):
        tmp_val = x[idx]
        x[idx] = tmp_val + h
        fxh1 = f(x)
        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp_val
    return grad


def notes_descent(x, lr):
    x = x.copy()
    for _ in range(5):
        x -= lr * numerical_gradient_of_the_notes(lambda x: x[0] ** 2 / 20 + x[1] ** 2, x)
    return x


def newton(x):
    for _ in range(6):
        x = x - (x**3 - 2 * x - 5) / (3 * x**2 - 2)
    return x


def newton_2d(x):
    """Newton's method on Rosenbrock's function, the 2×2 system solved by Cramer's rule."""
    for _ in range(4):
        a, b = x
        g = np.stack([-2 * (1 - a) - 400 * a * (b - a**2), 200 * (b - a**2)])
        h00, h01, h11 = 2 - 400 * (b - 3 * a**2), -400 * a, 200.0
        det = h00 * h11 - h01**2
        x = x - np.stack([h11 * g[0] - h01 * g[1], h00 * g[1] - h01 * g[0]]) / det
    return x


def momentum(lr, beta):
    def step(state):
        x, v = state
        v = beta * v + bowl.gradient(x)
        return x - lr * v, v

    path, velocity = iterate(step, (np.array([-7.0, 2.0]), np.zeros(2)), 40)
    return path, np.linalg.norm(velocity, axis=1)


def adam(lr):
    def step(state):
        x, m, v, t = state
        g, t = bowl.gradient(x), t + 1
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        return x - lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v, t

    return iterate(step, (np.array([-7, 2]), np.zeros(2), np.zeros(2), 0), 30)[0]


def softmax(a):
    e = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def cross_entropy(x, w):
    """The loss of a one-layer network, its labels as integers, and the gradient of the weights."""
    y, t = softmax(x @ w), np.array([2, 0])
    loss = -np.sum(np.log(y[np.arange(2), t] + 1e-7)) / 2
    d = y.copy()
    d[np.arange(2), t] -= 1
    return loss, x.T @ d / 2


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def two_layers(w1, lr):
    """Training on XOR with both weight matrices as a tuple of states."""
    w2 = np.linspace(0.1, 0.9, 4).reshape(4, 1)

    def step(state):
        w1, w2 = state
        hidden = sigmoid(XOR @ w1)
        y = sigmoid(hidden @ w2)
        dy = 2 * (y - XOR_TARGET) * y * (1 - y)
        dh = dy @ w2.T * hidden * (1 - hidden)
        return w1 - lr * XOR.T @ dh, w2 - lr * hidden.T @ dy

    history, last = iterate(step, (w1, w2), 25)
    errors = sigmoid(sigmoid(XOR @ history[-1]) @ last[-1]) - XOR_TARGET
    return history[-1], last[:, 0, 0], np.sum(errors**2)


def sgd_beans(lr, w, b):
    """Stochastic gradient descent, row by row, nested in passes over the data."""

    def sample(state, row):
        (w, b), (x, y) = state, row
        error = w * x + b - y
        return w - lr * 2 * x * error, b - lr * 2 * error

    def one_pass(state):
        ws, bs = iterate(sample, state, len(BEANS), (BEANS, TOXICITY))
        return ws[-1], bs[-1]

    ws, bs = iterate(one_pass, (w, b), 20)
    mean_square = np.mean((ws[:, None] * BEANS + bs[:, None] - TOXICITY) ** 2, axis=1)
    return np.stack([ws, bs], axis=1), mean_square


def lorenz(rho, y0):
    """Runge–Kutta of order 4."""

    def slope(s):
        x, y, z = s
        return np.stack([10 * (y - x), x * (rho - z) - y, x * y - 3 * z])

    def step(s):
        k1 = slope(s)
        k2 = slope(s + 0.005 * k1)
        k3 = slope(s + 0.005 * k2)
        k4 = slope(s + 0.01 * k3)
        return s + 0.01 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    return iterate(step, np.array([0.0, 1.0, 0.0]) * y0, 60)


def matrix_power(m):
    return iterate(lambda p: p @ m, np.eye(3), 5)


def running_sum(x):
    return np.cumsum(x), iterate(lambda s, v: s + v, 0, len(x), x)


def polynomial_fit(c, lr):
    """A cubic through sin, its coefficients by descent."""
    t = np.linspace(-1, 1, 9)
    powers = t[:, None] ** np.arange(4)

    def step(c):
        return c - lr * powers.T @ (powers @ c - np.sin(3 * t))

    c = iterate(step, c, 30)[-1]
    return c, np.polyval(c[::-1], t)


def simulated_relu_net(x, w):
    out = x @ w
    mask = out <= 0
    out[mask] = 0
    grad = np.ones_like(out)
    grad[mask] = 0
    return out, x.T @ grad


def layers_with_parameters_in_a_dict(w, lr):
    params = {"W1": w, "b1": np.zeros_like(w[0])}
    before = copy.deepcopy(params)
    for key in ("W1", "b1"):
        params[key] -= lr * (params[key] + 1)
    return params["W1"], params["b1"], before["W1"]


def airy_by_euler(t0, dt):
    def step(s):
        t, y, v = s
        return np.stack([t + dt, y + dt * v, v + dt * t * y])

    return iterate(step, np.stack([t0, t0 * 0 + 0.355, t0 * 0 - 0.2588]), 20)[:, 1]


def sobel(image):
    total = np.zeros((2, 2))
    for i, row in enumerate([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]):
        for j, weight in enumerate(row):
            total = total + weight * image[i : i + 2, j : j + 2]
    return total, np.hypot(total, total.T), np.arctan2(total.T, total + 10)


def golden_section(a, b):
    """Which side to keep is decided with np.where."""
    g = (np.sqrt(5) - 1) / 2

    def step(s):
        a, b = s
        c, d = b - g * (b - a), a + g * (b - a)
        left = (c - 1) ** 2 < (d - 1) ** 2
        return np.where(left, a, c), np.where(left, d, b)

    return iterate(step, (a, b), 15)


def power_method(m):
    def step(v):
        w = m @ v
        return w / np.linalg.norm(w)

    v = iterate(step, np.ones(3), 12)[-1]
    return v @ m @ v


def gradcores_descent(x0, x1, lr):
    run = gradient_descent(bowl, [x0, x1], lr, 12)
    return {"path": run.history, "fun": run.fun, "x": run.x, "analytic": bowl.gradient(run.history)}


def own_checker(x):
    f = lambda x: np.sin(x[0]) * np.exp(x[1]) + np.sum(x**2)  # noqa: E731
    return numerical_gradient(f, x), numerical_gradient(f, np.array([x[1], x[0]]), h=1e-3)


# program, inputs, tolerance (looser where a central difference divides rounding errors by h = 1e-4, where
# chaos amplifies them)
PROGRAMS = [
    (notes_descent, [([-7.0, 2.0], 0.1), ([3.0, 4.0], 0.9)], {"atol": 1e-10}),
    (newton, [(2.0,), (3.5,), (-1.0,)], {"rtol": 1e-9}),
    (newton_2d, [([-1.2, 1.0],), ([0.5, 0.5],)], {"rtol": 1e-8}),
    (momentum, [(0.1, 0.9), (0.01, 0.5), (1.5, 0.0)], {}),
    (adam, [(0.3,), (0.01,)], {}),
    (cross_entropy, [(np.ones((2, 2)), np.eye(2, 3)), ([[1, -2], [0.3, 9]], np.arange(6.0).reshape(2, 3))], {}),
    (two_layers, [(np.linspace(0, 1, 12).reshape(3, 4), 1.0), (np.full((3, 4), 0.2), 0.5)], {"rtol": 1e-9}),
    (sgd_beans, [(0.01, 0.0, 0.0), (0.3, 1.0, -1.0)], {"rtol": 1e-11}),
    (lorenz, [(28.0, 1.0), (28.0, 1.01), (14.0, -2.0)], {"rtol": 1e-10, "atol": 1e-10}),
    (matrix_power, [(np.arange(9.0).reshape(3, 3) / 5,), (np.eye(3) * 2,)], {}),
    (running_sum, [(np.arange(5.0),), ([1e8, -1e8, 0.5, 2, 3],)], {}),
    (polynomial_fit, [(np.zeros(4), 0.05), ([1, 2, 3, 4], 0.1)], {"rtol": 1e-10}),
    (simulated_relu_net, [([[1.0, -1], [2, 0.5]], [[1.0, 0, -2], [1, 1, 1]])], {}),
    (layers_with_parameters_in_a_dict, [(np.ones((2, 2)), 0.1)], {}),
    (airy_by_euler, [(0.0, 0.01), (0.5, 0.1)], {}),
    (sobel, [(np.arange(16.0).reshape(4, 4) ** 1.5,), (np.eye(4),)], {}),
    (golden_section, [(0.0, 4.0), (-3.0, 9.0)], {}),
    (power_method, [(np.diag([3.0, 1.0, 0.5]) + 0.1,)], {"rtol": 1e-11}),
    (gradcores_descent, [(-7.0, 2.0, 0.1), (3.0, 4.0, 0.8)], {"atol": 1e-10}),
    (own_checker, [([0.3, -0.2],), ([2.0, 1.0],)], {"atol": 1e-8}),
    (lambda x: softmax(x), [([1000.0, 1001.0, 999.0],), ([0.0, 0.0, 0.0],)], {}),
    (lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-9), [([[1.0, 2], [3, 5], [4, 4]],)], {}),
    (lambda x: np.where(x > 0, x, 0.01 * x) + np.logaddexp(0, x), [([-1.0, 0.0, 30.0, 800.0],)], {}),
]  # fmt: skip


@pytest.mark.parametrize(("program", "inputs", "tolerance"), PROGRAMS, ids=[p.__name__ for p, _, _ in PROGRAMS])
def test_a_program_gives_on_tape_what_it_gives_in_numpy(program, inputs, tolerance):
    for given in inputs:
        assert_traces(program, *given, **tolerance)


@pytest.mark.parametrize("x", [[-3.0, 4.0], [0.5, -0.1]])
def test_a_program_may_keep_its_numbers_in_objects(x):
    def program(x):
        state = SimpleNamespace(x=x.copy(), best=np.sum(x**2))
        for _ in range(3):
            state.x *= 0.5
            state.best = np.minimum(state.best, np.sum(state.x**2))
        return state.x, state.best

    assert_traces(program, x)


def test_arrays_that_are_filled_in_a_long_loop_need_no_deep_stack():
    def chain(a):
        x, y, z = np.zeros(150) + a, np.zeros(150) + a, np.zeros(150) + a
        for i in range(1, 150):
            x[i] = x[i - 1] + 0.05 * y[i - 1]
            y[i] = y[i - 1] - 0.05 * x[i - 1] + 0.01 * z[i - 1]
            z[i] = z[i - 1] + 0.05 * np.sin(x[i - 1])
        return np.stack([x, y, z])

    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 150)
    try:
        tape = trace(chain, a=1.0)
    finally:
        sys.setrecursionlimit(usual)
    np.testing.assert_allclose(tape(a=0.3), chain(0.3), rtol=1e-12)


def test_a_tape_is_called_like_the_function_and_answers_like_it():
    tape = trace(lambda x, scale: {"double": 2 * x, "size": scale * np.sum(x)}, np.zeros(2), scale=1.0)
    found = tape([1, 2], scale=3)  # integers and lists are fine
    np.testing.assert_array_equal(found["double"], [2, 4])
    assert found["size"] == 9 and isinstance(found["size"], float)
    assert isinstance(trace(lambda x: (x, x), 0.0)(1.0), tuple)


@pytest.mark.parametrize("args, kwargs", [((), {}), ((1.0,), {}), ((1.0, 2.0, 3.0), {}), ((1.0, 2.0), {"z": 1.0})])
def test_a_tape_refuses_other_arguments_than_it_was_traced_with(args, kwargs):
    with pytest.raises(TypeError, match="argument 0, argument 1"):
        trace(lambda x, y: x + y, 0.0, 0.0)(*args, **kwargs)


def test_a_tape_refuses_arguments_of_another_shape():
    with pytest.raises(ValueError, match=r"argument 0 must have shape \(2,\).*not \(3,\)"):
        trace(lambda x: x, np.zeros(2))(np.zeros(3))
