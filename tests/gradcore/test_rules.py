"""The update rules: each beside its formula written out, closed forms, and the numbers of the books."""

import numpy as np
import pytest
from scipy.stats import chisquare

from gradcore import (
    SGD,
    AdaGrad,
    Adam,
    Momentum,
    Nesterov,
    RMSProp,
    beans,
    bowl,
    gradient_ascent,
    gradient_descent,
    rosenbrock,
    stochastic_descent,
)
from livefig.program.tape import Between, trace

RULES = [SGD(0.1), Momentum(0.05), Nesterov(0.05), AdaGrad(0.8), RMSProp(0.1), Adam(0.3)]
START = np.array([-7.0, 2.0])


def written_out(rule, x, steps):
    """The same rules with plain loops, from the papers."""
    v, s, m, path = np.zeros(2), np.zeros(2), np.zeros(2), [x]
    for t in range(1, steps + 1):
        g = bowl.gradient(x)
        if isinstance(rule, SGD):
            x = x - rule.lr * g
        elif isinstance(rule, Momentum):
            v = rule.beta * v + g
            x = x - rule.lr * v
        elif isinstance(rule, Nesterov):  # in y, the point looked ahead to
            ahead = x - rule.lr * g
            before = m if t > 1 else START
            x, m = ahead + rule.beta * (ahead - before), ahead
        elif isinstance(rule, AdaGrad):
            s = s + g**2
            x = x - rule.lr * g / (np.sqrt(s) + rule.eps)
        elif isinstance(rule, RMSProp):
            s = rule.beta * s + (1 - rule.beta) * g**2
            x = x - rule.lr * g / (np.sqrt(s) + rule.eps)
        else:
            m = rule.beta1 * m + (1 - rule.beta1) * g
            s = rule.beta2 * s + (1 - rule.beta2) * g**2
            x = x - rule.lr * (m / (1 - rule.beta1**t)) / (np.sqrt(s / (1 - rule.beta2**t)) + rule.eps)
        path.append(x)
    return np.array(path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_a_rule_walks_as_its_paper_says(rule):
    history = gradient_descent(bowl, START, rule, 60, grad=bowl.gradient).history
    assert np.allclose(history, written_out(rule, START, 60), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_a_rule_with_a_slider_for_its_rate_is_traced(rule):
    def walk(lr, n):
        run = gradient_descent(bowl, START, type(rule)(lr), n, grad=bowl.gradient)
        return run.history, run.fun

    tape = trace(walk, lr=0.1, n=Between(5, 0, 40))
    for n in (0, 1, 40):
        for found, wanted in zip(tape(lr=0.2, n=n), walk(0.2, n), strict=True):
            assert np.allclose(found, wanted, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_a_rule_writes_to_none_of_its_arguments(rule):
    x, g = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    state = rule.start(x)
    kept = [np.copy(part) for part in (state if isinstance(state, tuple) else (state,))]
    rule.step(x, state, g)
    assert x.tolist() == [1, 2] and g.tolist() == [3, 4]
    assert all(np.array_equal(a, b) for a, b in zip(kept, state if isinstance(state, tuple) else (state,), strict=True))


def test_a_number_is_the_rate_of_plain_descent():
    number, rule = (gradient_descent(bowl, START, lr, 20).history for lr in (0.1, SGD(0.1)))
    assert np.array_equal(number, rule)
    assert np.allclose(number, [(1 - 0.1 * np.array(bowl.curvatures)) ** t * START for t in range(21)])


def test_the_three_spellings_of_momentum_in_the_books():
    """Zhang et al., Dive into Deep Learning, section "Momentum": 0.1 x₀² + 2 x₁² from (−5, −2). The same numbers typed
    into three spellings, rate 0.1 and β = 0.9, 50 steps: f is 0.0157, 0.0157 again, and 0.402."""

    def f(x):
        return 0.1 * x[0] ** 2 + 2 * x[1] ** 2

    def grad(x):
        return np.array([0.2, 4.0]) * x

    start = np.array([-5.0, -2.0])
    ours = gradient_descent(f, start, Momentum(0.1, 0.9), 50, grad=grad)
    rate_inside, average = start, start
    v, w = np.zeros(2), np.zeros(2)
    for _ in range(50):
        v = 0.9 * v - 0.1 * grad(rate_inside)  # Sutskever et al. 2013
        rate_inside = rate_inside + v
        w = 0.9 * w + (1 - 0.9) * grad(average)  # a running mean, as in Adam
        average = average - 0.1 * w
    assert [f"{f(x):.3g}" for x in (ours.x, rate_inside, average)] == ["0.0157", "0.0157", "0.402"]
    assert np.allclose(ours.x, rate_inside, rtol=1e-9)
    tenth = gradient_descent(f, start, Momentum(0.1 * (1 - 0.9), 0.9), 50, grad=grad)
    assert np.allclose(tenth.x, average, rtol=1e-9)  # the third spelling is the first with the rate (1 − β)η


def test_momentum_obeys_its_recurrence_on_a_quadratic():
    """x⁺⁺ = (1 + β − ηλ) x⁺ − βx, for each curvature λ."""
    x = gradient_descent(bowl, START, Momentum(0.1, 0.8), 30, grad=bowl.gradient).history
    for i, lam in enumerate(bowl.curvatures):
        assert np.allclose(x[2:, i], (1 + 0.8 - 0.1 * lam) * x[1:-1, i] - 0.8 * x[:-2, i], atol=1e-12)


def test_adams_first_step_is_the_rate_whatever_the_gradient():
    for g in (1e-3, 1.0, 1e6):
        assert Adam(0.1).step(0.0, Adam().start(0.0), g)[0] == pytest.approx(-0.1, rel=1e-4)
    assert Adam(0.1).step(0.0, Adam().start(0.0), 1e-6)[0] == pytest.approx(-0.099, abs=5e-4)


def test_the_two_spellings_of_adam_differ_where_gradients_are_small():
    """Kingma and Ba 2015: algorithm 1, ours, adds ε to the root of the corrected second moment. The faster form at
    the end of their section 2, that of TensorFlow and Keras with ε = 1e-7, adds it to the root of the uncorrected."""
    lr, beta1, beta2, g = 0.1, 0.9, 0.999, 1e-6
    ours = Adam(lr, beta1, beta2, eps=1e-8).step(0.0, Adam().start(0.0), g)[0]
    m, s = (1 - beta1) * g, (1 - beta2) * g**2
    theirs = -lr * np.sqrt(1 - beta2) / (1 - beta1) * m / (np.sqrt(s) + 1e-7)
    assert (f"{ours:.3f}", f"{theirs:.3f}") == ("-0.099", "-0.024")
    assert f"{Adam(lr, beta1, beta2, eps=1e-7).step(0.0, Adam().start(0.0), g)[0]:.3f}" == "-0.091"


def test_adagrads_steps_fall_like_one_over_the_root_of_their_number():
    x, state, rule = 0.0, AdaGrad(1.0).start(0.0), AdaGrad(1.0)
    sizes = []
    for _ in range(9):
        after, state = rule.step(x, state, 2.0)
        sizes.append(x - after)
        x = after
    assert np.allclose(sizes, 1 / np.sqrt(np.arange(1, 10)), rtol=1e-7)


@pytest.mark.parametrize("lr", [0.03, 0.1, 0.3])
def test_adagrads_rate_never_rises_though_its_steps_may_grow(lr):
    x = gradient_descent(rosenbrock, [-1.4, 1.8], AdaGrad(lr), 100, grad=rosenbrock.gradient).history
    steps = np.abs(np.diff(x, axis=0))
    rates = steps / np.abs(rosenbrock.gradient(x[:-1]))
    assert np.all(rates[1:] <= rates[:-1] * (1 + 1e-9))
    assert np.any(steps[1:] > steps[:-1])


@pytest.mark.parametrize("g", [1e-3, 1.0, 1e6])
def test_rmsprops_first_step_is_too_long_by_the_root_of_what_its_memory_lacks(g):
    for beta in (0.5, 0.9, 0.99):
        rule = RMSProp(0.1, beta)
        assert rule.step(0.0, rule.start(0.0), g)[0] == pytest.approx(-0.1 / np.sqrt(1 - beta), rel=1e-3)


def test_ascent_is_descent_of_the_negative():
    up = gradient_ascent(lambda x: -bowl(x), START, Momentum(0.05), 30)
    down = gradient_descent(bowl, START, Momentum(0.05), 30)
    assert np.allclose(up.history, down.history, rtol=1e-12)


def test_an_overflow_is_told_and_warns_of_nothing():
    result = gradient_descent(rosenbrock, [-1.5, 2.0], Momentum(0.1), 50, grad=rosenbrock.gradient)
    assert result.diverged_at is not None and not np.isfinite(result.history[result.diverged_at]).all()


def beans_gradient(p, x, y):
    return np.stack([2 * x * x * p[0] + 2 * x * p[1] - 2 * x * y, 2 * p[1] + 2 * x * p[0] - 2 * y])


@pytest.mark.slow
def test_fifty_thousand_updates_come_near_least_squares():
    """Syllabus of the beans: at a constant rate the fit jitters; it ends within 0.02 of the least squares."""
    xs, ys = beans()
    run = stochastic_descent(beans_gradient, [0.0, 0.0], (xs, ys), lr=0.01, epochs=500, seed=1)
    slope, offset = np.polyfit(xs, ys, 1)
    assert run.history.shape == (501, 2) and np.allclose(run.x, [slope, offset], rtol=0, atol=0.02)
    again = stochastic_descent(beans_gradient, [0.0, 0.0], (xs, ys), lr=0.01, epochs=2, seed=1)
    assert np.array_equal(again.history, run.history[:3])


def test_stochastic_descent_is_a_short_tape():
    xs, ys = beans()

    def fit(lr, n):
        return stochastic_descent(beans_gradient, [0.0, 0.0], (xs, ys), lr=lr, epochs=n, seed=1).history

    tape = trace(fit, lr=0.01, n=Between(20, 0, 500))
    assert len(tape) < 60
    assert np.allclose(tape(lr=0.02, n=30), fit(0.02, 30), rtol=1e-13)


# Orders of the samples ------------------------------------------------------------------------------------

ORDERS = ("fixed", "shuffled", "random")


def visited(order, seed, n=100, epochs=40):
    """The samples 0 … n − 1 that each pass takes, one pass a row."""
    seen = []

    def look(x, sample):
        seen.append(int(sample))
        return x

    stochastic_descent(look, 0.0, np.arange(n), epochs=epochs, order=order, seed=seed)
    return np.array(seen).reshape(epochs, n)


@pytest.mark.parametrize("order, seed", [("fixed", None), ("fixed", 3), ("shuffled", 3), ("random", 3)])
def test_a_stochastic_walk_is_a_loop_over_the_samples_it_takes(order, seed):
    (xs, ys), p, lr = beans(), np.array([-0.5, -1.5]), 0.02
    history = [p]
    for rows in visited(order, seed, epochs=5):
        for i in rows:
            error = p[0] * xs[i] + p[1] - ys[i]
            p = p - lr * 2 * error * np.array([xs[i], 1.0])
        history.append(p)
    run = stochastic_descent(beans_gradient, [-0.5, -1.5], (xs, ys), lr, 5, order=order, seed=seed)
    assert np.allclose(run.history, history, rtol=1e-12)


def test_the_fixed_order_is_the_same_in_every_pass():
    assert (visited("fixed", None) == np.arange(100)).all()
    drawn, other = visited("fixed", 1), visited("fixed", 2)
    assert (drawn == drawn[0]).all() and (np.sort(drawn[0]) == np.arange(100)).all()
    assert (drawn[0] != np.arange(100)).any() and (drawn[0] != other[0]).any()


def test_the_fixed_order_is_what_is_taken_when_none_is_named():
    data = np.arange(9.0)
    for seed in (None, 4):
        named, plain = (stochastic_descent(lambda x, s: x - s, 0.0, data, 0.1, 3, seed=seed, **kind).history
                        for kind in ({"order": "fixed"}, {}))  # fmt: skip
        assert np.array_equal(named, plain)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_shuffled_pass_visits_every_sample_once_and_each_pass_in_a_new_order(seed):
    passes = visited("shuffled", seed)
    assert (np.sort(passes, axis=1) == np.arange(100)).all()
    assert len(np.unique(passes, axis=0)) == 40
    firsts = np.bincount(visited("shuffled", seed, n=5, epochs=2000)[:, 0], minlength=5)
    assert chisquare(firsts).pvalue > 0.001  # each sample comes first as often as any other


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_random_draws_take_a_sample_again_before_all_were_taken(seed):
    passes = visited("random", seed)
    assert chisquare(np.bincount(passes.ravel(), minlength=100)).pvalue > 0.001
    different = np.mean([len(np.unique(rows)) for rows in passes])
    assert different == pytest.approx(100 * (1 - 0.99**100), abs=2)  # 63.4: n draws with replacement


def test_the_draws_are_those_of_numpys_generator_pass_after_pass():
    rng = np.random.default_rng(5)
    assert np.array_equal(visited("shuffled", 5, epochs=3), [rng.permutation(100) for _ in range(3)])
    rng = np.random.default_rng(5)
    assert np.array_equal(visited("random", 5, epochs=3), [rng.integers(100, size=100) for _ in range(3)])


@pytest.mark.parametrize("order", ["shuffled", "random"])
def test_a_seed_gives_the_same_draws_each_time_and_another_seed_others(order):
    one, again, other = (visited(order, seed, epochs=3) for seed in (1, 1, 2))
    assert np.array_equal(one, again) and (one != other).any()


@pytest.mark.slow
@pytest.mark.parametrize("lr", [0.05, 0.2, 0.5])
def test_each_order_ends_as_far_away_as_its_closed_form_says(lr):
    """x ← x − η(x − s) for ten numbers s with mean 0 is x ← (1 − η)ⁿ x + Σ wᵢ sᵢ a pass, wᵢ = η(1 − η)ⁿ⁻¹⁻ⁱ. A fixed
    order goes to one point; of a new order each pass and of random draws the variance is known."""
    n = 10
    s = np.random.default_rng(7).normal(size=n)
    s -= s.mean()
    w, keep = lr * (1 - lr) ** np.arange(n - 1, -1, -1), (1 - lr) ** n
    runs = {order: stochastic_descent(lambda x, s: x - s, 0.0, s, lr, 3000, order=order, seed=1) for order in ORDERS}
    order = visited("fixed", 1, n=n, epochs=1)[0]
    assert runs["fixed"].x == pytest.approx(w @ s[order] / (1 - keep))
    spread = {order: np.mean(run.history[200:] ** 2) for order, run in runs.items()}
    permuted = np.var(s, ddof=1) * (w @ w - w.sum() ** 2 / n) / (1 - keep**2)
    # 2800 squares that hang together over 2 / (ηn) ≤ 4 passes: 5 % by chance
    assert spread["shuffled"] == pytest.approx(permuted, rel=0.15)
    assert spread["random"] == pytest.approx(np.var(s) * lr / (2 - lr), rel=0.15)


@pytest.mark.parametrize("order", ["shuffled", "random"])
def test_a_page_is_refused_what_is_drawn_anew_in_each_pass(order):
    def walk(lr, order):
        return stochastic_descent(lambda x, s: x - s, 0.0, [1.0, 3.0], lr, 4, order=order, seed=1).x

    with pytest.raises(TypeError, match=f"order must be \"fixed\" in a figure on a page, not '{order}'"):
        trace(lambda lr: walk(lr, order), 0.1)
    assert trace(lambda lr: walk(lr, "fixed"), 0.1)(0.3) == pytest.approx(walk(0.3, "fixed"))


BAD = [
    (lambda: SGD("fast"), TypeError, "lr"), (lambda: SGD(np.nan), ValueError, "lr"),
    (lambda: SGD(True), TypeError, "lr"),
    (lambda: Momentum(0.1, 1.0), ValueError, "beta"), (lambda: Momentum(0.1, -0.1), ValueError, "beta"),
    (lambda: Nesterov(0.1, "x"), TypeError, "beta"), (lambda: Adam(0.1, beta1=1.5), ValueError, "beta1"),
    (lambda: Adam(0.1, beta2=-1), ValueError, "beta2"), (lambda: Adam(0.1, eps=0), ValueError, "eps"),
    (lambda: AdaGrad(0.1, eps=-1.0), ValueError, "eps"), (lambda: RMSProp(0.1, beta=np.inf), ValueError, "beta"),
    (lambda: gradient_descent(bowl, START, Adam), TypeError, r"Adam\(lr=0.1\)"),
    (lambda: stochastic_descent(3, [0.0], [1.0]), TypeError, "grad"),
    (lambda: stochastic_descent(lambda x, s: x, 0.0, 3.0), ValueError, "data"),
    (lambda: stochastic_descent(lambda x, a, b: x, 0.0, ([1.0], [1.0, 2.0])), ValueError, "data"),
    (lambda: stochastic_descent(lambda x, s: x, 0.0, [1.0], epochs=-1), ValueError, "epochs"),
    (lambda: stochastic_descent(lambda x, s: x, 0.0, [1.0], seed=1.5), TypeError, "seed"),
    (lambda: stochastic_descent(lambda x, s: [1.0, 2.0], 0.0, [1.0]), ValueError, "grad"),
    *[(lambda order=order: stochastic_descent(lambda x, s: x, 0.0, [1.0], order=order), ValueError,
       f"seed must be a whole number where order is '{order}', not None") for order in ("shuffled", "random")],
    (lambda: stochastic_descent(lambda x, s: x, 0.0, [1.0], order="random", seed=1.5), TypeError, "seed"),
    *[(lambda order=order: stochastic_descent(lambda x, s: x, 0.0, [1.0], order=order, seed=1), ValueError,
       "order must be one of fixed, shuffled, random, not") for order in ("new", None, 3, ["fixed"])],
]  # fmt: skip


@pytest.mark.parametrize("call, error, words", BAD)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
