"""Reverse mode: gradients of traced functions, beside finite differences, closed forms and autograd."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from gradcore import grad, numerical_gradient
from livefig.program.tape import Between, trace
from livefig.record.ops import BINARY, BOOLEAN, UFUNCS, UNARY
from livefig.steps.loops import iterate

DOMAIN = {
    "arccosh": (1.1, 4), "arcsin": (-0.9, 0.9), "arccos": (-0.9, 0.9), "arctanh": (-0.9, 0.9), "sqrt": (0.1, 4),
    "log": (0.1, 4), "log2": (0.1, 4), "log10": (0.1, 4), "log1p": (-0.9, 4), "power": (0.1, 3), "tan": (-1, 1),
    "reciprocal": (0.3, 3), "divide": (0.3, 3), "cbrt": (0.3, 3),
}  # fmt: skip
FLAT = {"sign", "floor", "ceil", "trunc", "rint", *BOOLEAN}


def slope(f, x, h=1e-5):
    """Fourth-order central difference: error about 1e-11 for smooth f."""
    return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_every_operation_has_its_derivative(name):
    rng = np.random.default_rng(3)
    low, high = DOMAIN.get(name, (-3, 3))
    count = 1 if name in UNARY else 2
    f = UFUNCS[name]
    for point in rng.uniform(low, high, size=(20, count)):
        found = grad(lambda x: 1.0 * f(*x))(point)
        for i in range(count):
            wanted = 0.0 if name in FLAT else slope(lambda v: f(*point[:i], v, *point[i + 1 :]), point[i])  # noqa: B023
            assert found[i] == pytest.approx(wanted, rel=1e-7, abs=1e-7)


def test_where_takes_the_slope_of_the_branch_taken():
    f = grad(lambda x: np.where(x > 1, x**2, 5 * x))
    assert f(3.0) == 6 and f(0.5) == 5


def test_at_a_tie_the_maximum_shares_its_slope():
    assert grad(lambda x: np.maximum(x[0], x[1]))([2, 2]).tolist() == [0.5, 0.5]
    assert grad(lambda x: np.max(x))([1, 3, 2]).tolist() == [0, 1, 0]
    assert grad(lambda x: np.abs(x))(0.0) == 0


def rosenbrock(np):
    return lambda x: np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def network(np):
    inputs = anp.linspace(-1, 1, 12).reshape(4, 3)
    targets = anp.array([[0.0, 1], [1, 0], [1, 0], [0, 1]])

    def loss(w):
        hidden = np.tanh(inputs @ w[:12].reshape(3, 4) + w[12:16])
        logits = hidden @ w[16:24].reshape(4, 2)
        logits = logits - np.max(logits, axis=1, keepdims=True)
        return -np.sum(targets * (logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True)))) / 4

    return loss


def mixture(np):
    def f(x):
        waves = np.sum(np.exp(-(x**2)) * np.sin(x))
        return waves + np.prod(x) / (1 + np.sum(x**2)) + np.std(x) + x[0] ** x[1] ** 2

    return f


@pytest.mark.parametrize("program, size", [(rosenbrock, 6), (network, 24), (mixture, 5)])
def test_whole_programs_agree_with_autograd(program, size):
    rng = np.random.default_rng(4)
    for _ in range(5):
        x = rng.uniform(0.2, 1.5, size=size)
        wanted = autograd.grad(program(anp))(x)
        assert np.allclose(grad(program(np))(x), wanted, rtol=1e-11, atol=1e-12)
        assert np.allclose(trace(program(np), x).gradient(x), wanted, rtol=1e-11, atol=1e-12)


def test_a_gradient_has_a_gradient():
    """The Hessian of x₀²x₁ + sin x₁, by hand."""
    f = lambda x: x[0] ** 2 * x[1] + np.sin(x[1])  # noqa: E731
    x = np.array([1.5, 0.7])
    rows = [grad(lambda z, i=i: grad(f)(z)[i])(x) for i in (0, 1)]
    assert np.allclose(rows, [[2 * 0.7, 2 * 1.5], [2 * 1.5, -np.sin(0.7)]], rtol=1e-13)


@pytest.mark.parametrize("n", [0, 1, 2, 17])
def test_a_loop_is_run_backwards(n):
    """d/dη of (1 − ηλ)ⁿ x₀, by hand."""
    lam, x0 = 2.0, 3.0
    f = lambda eta: iterate(lambda x: x - eta * lam * x, x0, n)[-1]  # noqa: E731
    assert grad(f)(0.3) == pytest.approx(-n * lam * (1 - 0.3 * lam) ** (n - 1) * x0 if n else 0.0, rel=1e-12, abs=1e-15)


def test_states_on_the_way_count_too():
    def f(x):
        history = iterate(lambda s: s - x[0] * np.sin(s) * x[1], np.stack([x[2], x[3]]), 7)
        return np.sum(history[-1] ** 2) + history[3, 0] * history[2, 1] + np.sum(history[:, 0]) + x[4]

    x = np.random.default_rng(5).normal(size=5)
    assert np.allclose(grad(f)(x), numerical_gradient(f, x, 1e-6), rtol=0, atol=1e-8)


def test_a_loop_over_data_with_two_states():
    data = np.column_stack([np.linspace(0, 1, 20), np.linspace(0, 1, 20) ** 2])

    def f(p):
        def sample(state, row):
            error = state[0] * row[0] + state[1] - row[1]
            return state[0] - p[0] * error * row[0], state[1] - p[0] * error

        w, b = iterate(sample, (p[1], p[2]), 20, data)
        return w[-1] * b[-1]

    p = np.array([0.3, 0.5, -0.2])
    assert np.allclose(grad(f)(p), numerical_gradient(f, p, 1e-6), rtol=0, atol=1e-9)


def test_the_number_of_steps_may_be_an_input():
    def f(eta, n):
        return iterate(lambda x: x - eta * x, 1.0, n)[-1]

    backward = trace(f, eta=0.1, n=Between(3, 0, 9)).backward
    for n in (0, 1, 5, 9):
        assert backward(eta=0.1, n=n)["eta"] == pytest.approx(-n * 0.9 ** (n - 1) if n else 0.0, abs=1e-14)


def test_descent_with_an_exact_gradient_is_traced_like_any_function():
    def walk(lr, x0):
        return iterate(lambda x: x - lr * grad(lambda z: z[0] ** 2 / 20 + z[1] ** 2)(x), np.stack([x0, 2.0]), 30)

    def plain(lr, x0):
        return np.array([[x0, 2.0] * (1 - lr * np.array([0.1, 2.0])) ** k for k in range(31)])

    tape = trace(walk, 0.1, -7.0)
    assert len(tape) < 25
    assert np.allclose(tape(0.2, -5.0), plain(0.2, -5.0), rtol=1e-12)


def test_an_argument_that_is_an_expression_is_told_apart_from_its_parts():
    """d/dy of y·x at y = 2x is x, although y and x hang together."""
    assert trace(lambda x: grad(lambda y: y * x)(2 * x), 3.0)(3.0) == 3


def test_an_argument_given_twice_is_told_apart_from_itself():
    """d/da of a·b at a = b = x is x: equal points are two variables."""
    assert trace(lambda x: grad(lambda a, b: a * b)(x, x), 0.0)(3.0) == 3
    assert trace(lambda x: grad(lambda a: a * x)(x), 0.0)(3.0) == 3
    assert grad(lambda x: grad(lambda a, b: a * b**2)(x, x))(3.0) == 6


def test_gradients_come_for_every_argument_in_its_shape():
    tape = trace(lambda W, b: np.sum((W @ b) ** 2), np.zeros((2, 3)), np.zeros(3))
    W, b = np.arange(6.0).reshape(2, 3), np.array([1.0, -1, 2])
    dW, db = tape.gradient(W, b)
    assert np.allclose(dW, 2 * np.outer(W @ b, b)) and np.allclose(db, 2 * W.T @ (W @ b))
    assert trace(lambda x, y: x * y, x=1.0, y=1.0).gradient(x=3.0, y=5.0) == {"x": 5, "y": 3}


def test_nobodys_array_is_written_and_integers_are_fine():
    x = np.array([3, 4])
    assert grad(lambda x: x[0] ** 2 + x[1] ** 2)(x).tolist() == [6, 8] and x.tolist() == [3, 4]


def test_what_is_no_number_has_no_gradient():
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        grad(lambda x: x)([1.0, 2.0])
    with pytest.raises(ValueError, match="one number"):
        trace(lambda x: (x, x), 1.0).gradient(1.0)
    with pytest.raises(TypeError, match="f itself"):
        grad(3.0)


# Loops in loops, and loops over what another loop has left --------------------------------------------

DATA = np.array([[1.0, -2], [0.5, 3], [2, 2], [-1, 0]])


def a_loop_in_a_loop(x):
    return iterate(lambda s: iterate(lambda t: t * x[1] + np.sin(s) * x[2], s * 0.5, 3)[-1], x[0], 4)[-1]


def states_on_the_way_in_a_loop(x):
    def outer(s):
        inner = iterate(lambda t: t * x[1] + np.sin(s), s, 3)
        return inner[1] * inner[-1] * 0.1 + inner[2]

    history = iterate(outer, x[0] * x[:2] * 0.3, 2)
    return np.sum(history * history[-1])


def three_deep(x):
    def middle(s):
        return iterate(lambda t: iterate(lambda u: u * x[1] + t * s, t, 2)[-1] * 0.5, s, 3)[-1]

    return iterate(middle, x[0], 2)[-1]


def passes_over_data(x):
    def sample(state, row):
        (w, b), error = state, state[0] * row[0] + state[1] - row[1]
        return w - x[0] * error * row[0], b - x[1] * error

    def one_pass(state):
        w, b = iterate(sample, state, 4, DATA)
        return w[-1], b[-1]

    w, b = iterate(one_pass, (x[2], 0.1), 3)
    return w[-1] ** 2 + np.sum(b)


def traced_data(x):
    return iterate(lambda s, r: s * r[0] + r[1] * r[2], x[0], 3, (x, np.exp(x), np.arange(3)))[-1]


def traced_matrix_as_data(x):
    return iterate(lambda s, r: s * 0.5 + r[0] * r[1], x[0], 3, np.outer(x, x))[-1]


def data_made_in_each_step(x):
    return iterate(lambda s: iterate(lambda t, r: t * 0.5 + r * np.sin(s), 0.0, 3, x * s)[-1], x[0], 2)[-1]


def no_step_inside(x):
    return iterate(lambda s: iterate(lambda t: t * x[1], s, 0)[-1] + x[2], x[0], 2)[-1]


def a_recurrent_network(x):
    W = np.stack([x, x[::-1] * 0.5, x * 0.2])
    inputs = np.outer(DATA[:, 0], np.ones(3))
    return np.sum(iterate(lambda h, r: np.tanh(W @ h + r), np.zeros(3), 4, inputs)[-1] ** 2)


def descent_whose_learning_rate_is_learned(x):
    loss = lambda w: np.sum((w - 1) ** 2 * np.array([1.0, 3, 2]))  # noqa: E731
    return loss(iterate(lambda w: w - 0.1 * x[0] * grad(loss)(w), x, 5)[-1])


def a_history_as_data(x):
    history = iterate(lambda s: s * x[1] + np.sin(x[2] * s), x[0], 5)
    return iterate(lambda s, r: s * 0.5 + r**2, 0.0, 6, history)[-1]


def part_of_a_history_as_data(x):
    history = iterate(lambda s: s * x[1] + np.sin(x[2] * s), np.stack([x[0], x[1]]), 5)
    return iterate(lambda s, r: s * 0.5 + np.sum(r**2), 0.0, 4, history[1:])[-1] + history[2, 0]


def the_beginning_of_a_history_as_data(x):
    history = iterate(lambda s: s * x[1] + np.sin(x[2] * s), x[0], 7)
    return iterate(lambda s, r: s * 0.5 + r**2, 0.0, 2, history)[-1] + history[-1]


def a_history_turned_round_as_data(x):
    history = iterate(lambda s: s * x[1] + np.sin(x[2] * s), x[0], 80)
    return iterate(lambda s, r: s * 0.5 + r, 0.0, 81, history[::-1])[-1]


def sums_over_many_steps(x):
    history = iterate(lambda s: s * (1 - x[1] / 100) + np.sin(x[2] * s) / 100, x[0], 90)
    return np.sum(history) + np.mean(history**2) + np.max(history) + np.cumsum(history)[-1]


def an_inner_history_as_data(x):
    def outer(s):
        inner = iterate(lambda t: t * 0.7 + s * x[1], x[2], 4)
        return iterate(lambda t, r: t * 0.5 + r * s, 0.0, 5, inner)[-1] * 0.1

    return iterate(outer, x[0], 3)[-1]


def the_history_of_a_loop_further_out(x):
    history = iterate(lambda s: s * 0.5 + x[0], x[1], 4)
    return iterate(lambda s: iterate(lambda t, r: t * 0.5 + r * s, s, 5, history)[-1], x[2], 3)[-1]


LOOPS = [a_loop_in_a_loop, states_on_the_way_in_a_loop, three_deep, passes_over_data, traced_data,
         traced_matrix_as_data, data_made_in_each_step, no_step_inside, a_recurrent_network,
         descent_whose_learning_rate_is_learned, a_history_as_data, part_of_a_history_as_data,
         the_beginning_of_a_history_as_data, a_history_turned_round_as_data, sums_over_many_steps,
         an_inner_history_as_data, the_history_of_a_loop_further_out]  # fmt: skip


def slopes(f, x):
    """The gradient by fourth-order central differences, one element after the other."""
    along = np.eye(len(x))
    return np.array([slope(lambda t: f(x + t * e), 0.0, 1e-3) for e in along])  # noqa: B023


@pytest.mark.parametrize("f", LOOPS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("x", [[0.7, 0.9, -0.4], [1.1, -0.3, 0.6]])
def test_loops_in_any_order_are_run_backwards(f, x):
    x = np.array(x)
    found = grad(f)(x)
    assert np.allclose(found, slopes(f, x), rtol=1e-7, atol=1e-8)
    assert np.allclose(trace(f, x).gradient(x), found, rtol=1e-12)
    assert np.allclose(trace(lambda z: grad(f)(z), np.zeros(3))(x), found, rtol=1e-12)


@pytest.mark.parametrize("f", LOOPS, ids=lambda f: f.__name__)
def test_the_gradient_of_a_loop_has_a_gradient(f):
    x, weights = np.array([0.7, 0.9, -0.4]), np.array([1.0, -2.0, 0.5])
    along = lambda z: np.sum(grad(f)(z) * weights)  # noqa: E731
    assert np.allclose(grad(along)(x), slopes(along, x), rtol=1e-6, atol=1e-6)


def test_the_steps_of_both_loops_may_be_inputs():
    def f(x, n, m):
        return iterate(lambda s: iterate(lambda t: t * x, s, m)[-1], 1.0, n)[-1]

    backward = trace(f, x=1.1, n=Between(2, 0, 4), m=Between(2, 0, 3)).backward
    for n in range(5):
        for m in range(4):  # x^(nm), by hand
            wanted = n * m * 1.1 ** (n * m - 1) if n * m else 0.0
            assert backward(x=1.1, n=n, m=m)["x"] == pytest.approx(wanted, rel=1e-12, abs=1e-15)


AT_NUMBERS = {
    "of an array": lambda k: grad(lambda t: np.sum(np.sin(k * t)))(POINTS),
    "of a number": lambda k: k * grad(np.sin)(0.5),
    "which has to do with no control": lambda k: k + grad(lambda t: np.sum(t**3))(POINTS),
    "in another gradient": lambda k: grad(lambda t: grad(lambda u: np.exp(u * t * k))(0.3))(0.7),
    "of a loop": lambda k: grad(lambda s: iterate(lambda w: w - 0.1 * k * w * s, 1.0, 5)[-1])(0.3),
    "in a step": lambda k: iterate(lambda w: w - 0.1 * k * grad(lambda t: t**2 * w)(0.4), 1.0, 5),
}
POINTS = np.linspace(-3, 3, 7)


@pytest.mark.parametrize("f", AT_NUMBERS.values(), ids=AT_NUMBERS)
def test_a_gradient_at_plain_numbers_is_recorded_as_it_is_computed(f):
    """They are constants there, but the derivative is not that of a constant."""
    tape = trace(f, 1.25)
    for k in (1.25, -0.5):
        np.testing.assert_allclose(tape(k), f(k), rtol=1e-12)
        assert np.any(tape(k) != tape(2 * k))
