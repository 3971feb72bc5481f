"""The networks: their gradients from four sides, what they learn, and what they refuse."""

import io
from dataclasses import dataclass
from itertools import product

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from gradcore.datasets import digits, xor
from gradcore.functions import softmax
from gradcore.losses import cross_entropy_error
from gradcore.network import ACTIVATIONS, TwoLayerNet
from gradcore.numerical import numerical_gradient
from gradcore.simplenet import SimpleNet
from gradcore.training import train
from livefig.program.tape import grad, trace
from livefig.steps.loops import iterate

KINDS = list(product(ACTIVATIONS, ("softmax", "squares"), (True, False)))


def small(activation="sigmoid", loss="softmax", bias=True, seed=0, sizes=(3, 4, 2), **options):
    """A network whose weights and biases are of order one, five samples, and their targets."""
    rng = np.random.default_rng(seed)
    net = TwoLayerNet(*sizes, 0.8, activation=activation, loss=loss, bias=bias, seed=seed, **options)
    for name in net.params.keys() & {"b1", "b2"}:
        net.params[name] = rng.normal(size=net.params[name].shape)
    x = rng.normal(size=(5, sizes[0]))
    t = rng.integers(0, sizes[2], 5) if loss == "softmax" else rng.normal(size=(5, sizes[2]))
    return net, x, t


def xor_net(seed=0, init="uniform"):
    return TwoLayerNet(3, 4, 1, loss="squares", bias=False, init=init, seed=seed)


def agree(found, expected):
    """Whether gradients agree: central differences with h = 1e-4 are about 1e-8 off where the third derivative is 1."""
    return all(np.allclose(found[name], value, rtol=1e-5, atol=1e-7) for name, value in expected.items())


# SimpleNet ---------------------------------------------------------------------------------------------
# Saitoh, Deep Learning from Scratch, section 4.4.2. Its loss has a 1e-7 in the logarithm.
W_OF_THE_BOOK = [[0.47355232, 0.9977393, 0.84668094], [0.85557411, 0.03563661, 0.69422093]]


def test_simple_net_has_the_numbers_of_the_book():
    net = SimpleNet(W_OF_THE_BOOK)
    np.testing.assert_allclose(net.predict([0.6, 0.9]), [1.05414809, 0.63071653, 1.1328074], atol=1e-8)
    assert net.loss([0.6, 0.9], [0, 0, 1]) == pytest.approx(0.92806853663411326, abs=1e-6)
    expected = [[0.21924763, 0.14356247, -0.36281009], [0.32887144, 0.2153437, -0.54421514]]
    np.testing.assert_allclose(net.gradient([0.6, 0.9], [0, 0, 1]), expected, atol=1e-6)


@pytest.mark.parametrize(("x", "t"), [([0.6, 0.9], 2), ([[1, 2], [3, -1], [0, 1]], [0, 2, 1])])
def test_simple_nets_gradient_is_the_numerical_one_and_its_rows_add_up_to_zero(x, t):
    net = SimpleNet(seed=1)
    gradient = net.gradient(x, t)
    assert gradient.shape == net.W.shape == (2, 3)
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)
    np.testing.assert_allclose(gradient, net.numerical_gradient(x, t), atol=1e-8)


def test_one_entry_says_what_the_loss_does_when_that_weight_grows():
    net, h = SimpleNet(seed=2), 1e-6
    more = net.W.copy()
    more[0, 2] += h
    rise = net.loss_at(more, [0.6, 0.9], 1) - net.loss([0.6, 0.9], 1)
    assert rise / h == pytest.approx(net.gradient([0.6, 0.9], 1)[0, 2], rel=1e-5)


def test_a_loss_that_ignores_its_weights_has_no_gradient_at_all():
    net, x, t = SimpleNet(seed=0), [0.6, 0.9], 2
    assert (numerical_gradient(lambda W: net.loss(x, t), net.W) == 0).all()  # as in many notes
    assert (numerical_gradient(lambda W: net.loss_at(W, x, t), net.W) != 0).all()


# the gradient of TwoLayerNet ---------------------------------------------------------------------------
def test_a_network_by_hand():
    net = TwoLayerNet(2, 2, 1, activation="relu", loss="squares", seed=0)
    net.params = {"W1": [[1, -1], [2, 1]], "b1": [0, 1], "W2": [[3], [1]], "b2": [-4]}
    # x = (1, 1): x W1 + b1 = (3, 1), h W2 + b2 = 9 + 1 − 4 = 6, and L = (6 − 4)²; all slopes of relu are 1
    assert net.predict([1, 1]).tolist() == [6] and net.loss([1, 1], [4]) == 4
    by_hand = {"W1": [[12, 4], [12, 4]], "b1": [12, 4], "W2": [[12], [4]], "b2": [4]}
    assert {name: g.tolist() for name, g in net.gradient([1, 1], [4]).items()} == by_hand


@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
def test_backpropagation_equals_the_numerical_gradient(activation, loss, bias):
    net, x, t = small(activation, loss, bias, seed=3)
    gradient = net.gradient(x, t)
    assert list(gradient) == list(net.params) == (["W1", "b1", "W2", "b2"] if bias else ["W1", "W2"])
    assert agree(gradient, net.numerical_gradient(x, t))


@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
def test_the_gradient_is_the_slope_in_random_directions(activation, loss, bias):
    net, x, t = small(activation, loss, bias, seed=4)
    rng, h, gradient = np.random.default_rng(5), 1e-6, net.gradient(x, t)
    for _ in range(5):
        d = {name: rng.normal(size=value.shape) for name, value in net.params.items()}
        ahead, behind = ({k: v + s * d[k] for k, v in net.params.items()} for s in (h, -h))
        slope = (net.loss_at(ahead, x, t) - net.loss_at(behind, x, t)) / (2 * h)
        assert slope == pytest.approx(sum(np.sum(gradient[k] * d[k]) for k in d), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
def test_backpropagation_equals_autograd(activation, loss, bias):
    net, x, t = small(activation, loss, bias, seed=6)
    f = {"sigmoid": lambda a: 1 / (1 + anp.exp(-a)), "relu": lambda a: anp.maximum(a, 0),
         "tanh": anp.tanh, "identity": lambda a: a}[activation]  # fmt: skip

    def same_loss(params):
        h = f(anp.dot(x, params["W1"]) + params.get("b1", 0))
        a = anp.dot(h, params["W2"]) + params.get("b2", 0)
        if loss == "squares":
            return anp.sum((f(a) - t) ** 2)
        return anp.mean(anp.log(anp.sum(anp.exp(a), axis=1)) - a[anp.arange(5), t])

    assert net.loss(x, t) == pytest.approx(same_loss(net.params), rel=1e-13)
    expected = autograd.grad(same_loss)(net.params)
    for name, value in net.gradient(x, t).items():
        np.testing.assert_allclose(value, expected[name], rtol=1e-11, atol=1e-13)


# the kink of relu ---------------------------------------------------------------------------------------
def relu_on_xor(seed, inputs, init="normal", **options):
    """With biases 0 the first row of XOR, two zeros, puts every hidden neuron exactly on its kink."""
    return TwoLayerNet(inputs, 4, 1, 1.0, activation="relu", loss="squares", init=init, seed=seed, **options)


@pytest.mark.slow
@pytest.mark.parametrize("output", ["relu", "sigmoid"])
@pytest.mark.parametrize("init", ["normal", "he", "xavier", "uniform"])
def test_backpropagation_and_tape_agree_on_every_kink_of_a_relu_network(output, init):
    x, t = xor()[0][:, :2], xor()[1]
    for seed in range(40):
        net = relu_on_xor(seed, 2, init, output=output)
        assert (x[0] @ net.params["W1"] + net.params["b1"] == 0).all()
        names = list(net.params)
        for name in names:
            by_tape = grad(lambda value, net=net, name=name: net.loss_at(net.params | {name: value}, x, t))
            np.testing.assert_allclose(
                net.gradient(x, t)[name], by_tape(net.params[name]), rtol=1e-12, atol=1e-14, err_msg=f"{seed} {name}"
            )


def test_on_a_kink_differences_mean_the_same():
    """(f(h) − f(−h)) / 2h, where f is flat below, is ½ f′ + ¼ h f″: at h = 1e-7 about 1e-7 off."""
    x, t = xor()[0][:, :2], xor()[1]
    for seed in range(40):
        net = relu_on_xor(seed, 2, output="sigmoid")
        b1, exact = net.params["b1"], net.gradient(x, t)["b1"]
        estimate = numerical_gradient(lambda b, net=net: net.loss_at(net.params | {"b1": b}, x, t), b1, h=1e-7)
        np.testing.assert_allclose(exact, estimate, rtol=0, atol=1e-6)


def test_on_a_kink_half_of_the_gradient_passes():
    net = TwoLayerNet(1, 1, 1, activation="relu", output="identity", loss="squares", seed=0)
    net.params |= {"W1": [[1.0]], "W2": [[3.0]]}
    # x = 0: z = 0, h = 0, y = 0, L = (0 − 1)², and ∂L/∂b1 = 2 (0 − 1) · 3 · ½
    assert {name: g.tolist() for name, g in net.gradient([0], [1]).items()} == {
        "W1": [[0]], "b1": [-3], "W2": [[0]], "b2": [-2]}  # fmt: skip


def test_halving_h_quarters_the_distance_to_the_numerical_gradient():
    net, x, t = small(seed=7)
    exact = net.gradient(x, t)["W1"]

    def error(h):
        estimate = numerical_gradient(lambda W: net.loss_at(net.params | {"W1": W}, x, t), net.params["W1"], h)
        return np.abs(estimate - exact).max()

    assert error(0.02) / error(0.01) == pytest.approx(4, rel=0.01)


def test_the_output_layer_may_have_an_activation_of_its_own():
    net, x, t = small("tanh", "squares", output="identity", seed=8)
    hidden = np.tanh(x @ net.params["W1"] + net.params["b1"])
    np.testing.assert_allclose(net.predict(x), hidden @ net.params["W2"] + net.params["b2"], rtol=1e-14)
    assert agree(net.gradient(x, t), net.numerical_gradient(x, t))


@pytest.mark.parametrize("loss", ["softmax", "squares"])
def test_one_sample_is_a_batch_of_one(loss):
    net, x, t = small(loss=loss)
    assert net.predict(x[0]).shape == (2,)
    np.testing.assert_allclose(net.predict(x[0]), net.predict(x)[0], rtol=1e-14)
    assert net.loss(x[0], t[0]) == net.loss(x[:1], t[:1])
    for name, value in net.gradient(x[0], t[0]).items():
        np.testing.assert_array_equal(value, net.gradient(x[:1], t[:1])[name])


def test_loss_and_gradient_together_are_what_they_are_alone():
    net, x, t = small()
    loss, gradient = net.loss_and_gradient_at(net.params, x, t)
    assert loss == net.loss(x, t) == net.loss_at(net.params, x, t)
    for name, value in net.gradient(x, t).items():
        np.testing.assert_array_equal(gradient[name], value)


def test_the_loss_is_a_function_of_the_weights_it_is_given():
    net, x, t = small()
    assert net.loss_at(net.params | {"b2": [5.0, -5.0]}, x, t) != net.loss(x, t)
    assert net.loss_at({name: np.zeros_like(v) for name, v in net.params.items()}, x, t) == pytest.approx(np.log(2))


def test_predictions_are_probabilities_whose_cross_entropy_is_the_loss():
    net, x, t = small()
    np.testing.assert_allclose(net.predict(x).sum(axis=1), 1)
    assert net.loss(x, t) == pytest.approx(cross_entropy_error(net.predict(x), t), rel=1e-14)
    assert net.loss(x, np.eye(2)[t]) == net.loss(x, t)


def test_accuracy_counts_the_largest_output():
    net, x, _ = small()
    says = net.predict(x).argmax(axis=1)
    assert net.accuracy(x, says) == 1 and net.accuracy(x, 1 - says) == 0
    truth = np.where(np.arange(5) < 2, says, 1 - says)
    assert net.accuracy(x, truth) == net.accuracy(x, np.eye(2)[truth]) == 0.4


def test_accuracy_of_a_single_output_is_being_within_a_half():
    net, x = xor_net(), xor()[0]
    y = net.predict(x)
    assert net.accuracy(x, y + np.array([[0.4], [-0.4], [0.6], [-0.6]])) == 0.5
    assert net.accuracy(x, y + 0.7) == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
@pytest.mark.parametrize("outputs", [1, 2])
def test_a_network_with_a_weight_that_is_no_number_has_no_accuracy(activation, loss, bias, outputs, bad):
    if outputs == 1 and loss == "softmax":
        return
    net, x, t = small(activation, loss, bias, sizes=(3, 4, outputs))
    assert 0 <= net.accuracy(x, t) <= 1
    for name, value in net.params.items():
        broken, whole = value.copy(), net.params
        broken.flat[0] = bad
        net.params = whole | {name: broken}
        assert np.isnan(net.accuracy(x, t)), name
        net.params = {name: np.full_like(value, bad) for name, value in whole.items()}
        assert np.isnan(net.accuracy(x, t))
        net.params = whole


def test_outputs_that_overflow_have_no_accuracy():
    net = TwoLayerNet(1, 1, 1, activation="identity", loss="squares", seed=0)
    net.params |= {"W1": [[1e200]], "W2": [[1e200]]}
    assert np.isnan(net.accuracy([[1.0]], [[0.0]]))


def test_a_traced_accuracy_gives_numpys_number_and_nan():
    net, x, t = small()
    other = TwoLayerNet(3, 4, 2)

    def accuracy(W1):
        other.params = net.params | {"W1": W1}
        return other.accuracy(x, t)

    W1 = net.params["W1"]
    tape = trace(accuracy, W1)
    assert tape(W1) == net.accuracy(x, t) == accuracy(W1)
    for bad in (np.nan, np.inf):
        assert np.isnan(tape(W1 * np.array([[bad], [1], [1]])))


# planted errors ----------------------------------------------------------------------------------------
def plant(gradient, fault):
    wrong = {name: value.copy() for name, value in gradient.items()}
    fault(wrong)
    return wrong


def one_entry_a_thousandth_off(g):
    place = np.unravel_index(np.abs(g["W1"]).argmin(), g["W1"].shape)  # the smallest, so the hardest to see
    g["W1"][place] *= 1.001


def no_mean_over_the_batch(g):
    for name in g:
        g[name] *= 5


def a_transposed_weight(g):
    g["W2"] = g["W2"].T.copy()


def a_forgotten_bias(g):
    g["b1"][:] = 0


@pytest.mark.parametrize(
    "fault", [one_entry_a_thousandth_off, no_mean_over_the_batch, a_transposed_weight, a_forgotten_bias]
)
def test_planted_errors_are_caught_by_the_numerical_gradient(fault):
    net, x, t = small(seed=10, sizes=(3, 4, 4))
    gradient, estimate = net.gradient(x, t), net.numerical_gradient(x, t)
    assert np.abs(gradient["W1"]).min() > 1e-3  # a thousandth of it is more than the tolerance
    assert agree(gradient, estimate) and not agree(plant(gradient, fault), estimate)


def test_a_transposed_weight_in_the_backward_pass_is_caught(monkeypatch):
    net, x, t = small(seed=10, sizes=(3, 4, 4))
    estimate, backward = net.numerical_gradient(x, t), net._backward
    monkeypatch.setattr(net, "_backward", lambda weights, *rest: backward(weights | {"W2": weights["W2"].T}, *rest))
    assert not agree(net.gradient(x, t), estimate)


def test_a_small_number_in_the_logarithm_is_caught():
    net = SimpleNet([[0.0, 15.0], [0.0, 0.0]])
    x, t = [1.0, 0.0], [1, 0]
    wrong = numerical_gradient(lambda W: -np.log(softmax(x @ W) + 1e-7)[0], net.W)
    assert wrong[0, 0] == pytest.approx(-0.754, abs=5e-4)
    assert net.gradient(x, t)[0, 0] == pytest.approx(-1.000, abs=5e-4)
    assert not agree({"W": wrong}, {"W": net.gradient(x, t)})
    assert agree({"W": net.numerical_gradient(x, t)}, {"W": net.gradient(x, t)})


# first weights -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("init", "mean", "spread"),
    [("normal", 0, 0.3), ("xavier", 0, (2 / 400) ** 0.5), ("he", 0, 0.02**0.5), ("uniform", 0.5, 12**-0.5)],
)
def test_first_weights_are_spread_as_promised(init, mean, spread):
    params = TwoLayerNet(100, 300, 2, 0.3, init=init, seed=0).params
    assert params["W1"].mean() == pytest.approx(mean, abs=0.01)
    assert params["W1"].std() == pytest.approx(spread, rel=0.02)
    assert not params["b1"].any() and not params["b2"].any()


def test_a_seed_repeats_the_weights_and_the_global_generator_stays_untouched():
    before = np.random.get_state()[1].copy()
    nets = [TwoLayerNet(3, 4, 2, seed=seed) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(nets[0].params["W1"], nets[1].params["W1"])
    assert (nets[0].params["W1"] != nets[2].params["W1"]).all()
    np.testing.assert_array_equal(SimpleNet(seed=1).W, SimpleNet(seed=1).W)
    train(nets[0], np.eye(3), [0, 1, 1])
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_the_sizes_of_the_book():
    shapes = {name: value.shape for name, value in TwoLayerNet(784, 50, 10).params.items()}
    assert shapes == {"W1": (784, 50), "b1": (50,), "W2": (50, 10), "b2": (10,)}
    assert 2 * sum(np.prod(s) for s in shapes.values()) == 79_520


# training ----------------------------------------------------------------------------------------------
def descend(net, lr, n):
    """n steps of gradient descent on the four rows of XOR; the largest distance that is left."""
    x, t = xor()
    for _ in range(n):
        grads = net.gradient(x, t)
        net.params = {name: value - lr * grads[name] for name, value in net.params.items()}
    return np.abs(net.predict(x) - t).max()


@pytest.mark.slow
def test_xor_is_learned_from_every_one_of_a_hundred_seeds():
    assert max(descend(xor_net(seed), 1.0, 1500) for seed in range(100)) < 0.05


@pytest.mark.slow
def test_xor_at_half_the_rate_is_learned_by_about_half():
    within = sum(descend(xor_net(seed), 0.5, 1500) < 0.05 for seed in range(30))
    assert 9 <= within <= 21


def test_xor_from_small_weights_stays_stuck():
    assert min(descend(xor_net(seed, "normal"), 1.0, 1500) for seed in range(5)) > 0.45


def test_train_does_the_same_steps():
    by_hand, trained = xor_net(3), xor_net(3)
    descend(by_hand, 1.0, 50)
    result = train(trained, *xor(), epochs=50, batch_size=None, lr=1.0)
    for name, value in by_hand.params.items():
        np.testing.assert_array_equal(trained.params[name], value)
    assert result.nit == 50 and len(result.batch_loss) == 50 and len(result.train_loss) == 51
    np.testing.assert_array_equal(result.batch_loss, result.train_loss[:-1])
    assert result.train_loss[-1] == trained.loss(*xor()) and result.test_loss is result.test_accuracy is None


def test_digits_are_learned_and_measured_on_held_out_ones():
    (x, t), test = digits()
    net = TwoLayerNet(64, 50, 10, init="xavier", seed=0)
    result = train(net, x, t, epochs=30, lr=0.5, test=test)
    assert result.test_accuracy[0] < 0.3 and result.test_accuracy[-1] >= 0.95
    assert result.test_accuracy[-1] == net.accuracy(*test) and result.train_accuracy[-1] == net.accuracy(x, t)
    assert result.train_loss[-1] < result.test_loss[-1] == net.loss(*test)
    assert result.nit == 30 * 15 == len(result.batch_loss) and result.diverged_at is None


def test_every_sample_is_used_once_an_epoch():
    class Watching(TwoLayerNet):
        def loss_and_gradient_at(self, params, x, t):
            seen.append(x[:, 0])
            return super().loss_and_gradient_at(params, x, t)

    seen = []
    x = np.arange(10.0)[:, None] / 10
    train(Watching(1, 2, 2, seed=0), x, np.arange(10) % 2, epochs=2, batch_size=4)
    assert [len(rows) for rows in seen] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert sorted(first) == sorted(second) == x.ravel().tolist()
    assert first.tolist() != second.tolist()


@pytest.mark.parametrize(("iterations", "measured"), [(0, 1), (1, 2), (3, 2), (4, 3), (6, 3), (7, 4)])
def test_iterations_count_updates_and_a_part_of_an_epoch_is_measured_as_one(iterations, measured):
    """Five samples in mini-batches of two: three updates an epoch."""
    (net, x, t), (other, *_) = small(), small()
    whole, part = train(net, x, t, epochs=3, batch_size=2), train(other, x, t, iterations=iterations, batch_size=2)
    assert part.nit == len(part.batch_loss) == iterations and part.diverged_at is None
    np.testing.assert_array_equal(part.batch_loss, whole.batch_loss[:iterations])
    assert len(part.train_loss) == len(part.train_accuracy) == measured
    np.testing.assert_array_equal(part.train_loss[:-1], whole.train_loss[: measured - 1])
    assert part.train_loss[-1] == other.loss(x, t)


def test_iterations_with_all_samples_at_once_are_epochs():
    (a, x, t), (b, *_) = small(), small()
    by_epochs = train(a, x, t, epochs=4, batch_size=None, test=(x, t))
    by_updates = train(b, x, t, iterations=4, batch_size=None, test=(x, t))
    for name in ("batch_loss", "train_loss", "test_loss", "test_accuracy"):
        np.testing.assert_array_equal(getattr(by_epochs, name), getattr(by_updates, name))


def test_ten_epochs_are_the_default():
    net, x, t = small()
    assert train(net, x, t, batch_size=2).nit == 30


def test_training_is_the_same_for_the_same_seed_only():
    def weights(seed):
        net, x, t = small()
        train(net, x, t, epochs=3, batch_size=2, seed=seed)
        return net.params["W1"]

    np.testing.assert_array_equal(weights(1), weights(1))
    assert (weights(1) != weights(2)).any()


def test_training_replaces_the_weights_and_writes_to_none_of_its_arguments():
    net, x, t = small()
    old, given = dict(net.params), (x.copy(), t.copy())
    for array in (*old.values(), x, t):
        array.flags.writeable = False
    train(net, x, t, epochs=2, batch_size=2)
    assert all((net.params[name] != value).any() for name, value in old.items())
    np.testing.assert_array_equal(x, given[0])
    np.testing.assert_array_equal(t, given[1])


@dataclass(frozen=True)
class Momentum:
    """v ← βv + g;  x ← x − ηv"""

    lr: float
    beta: float

    def start(self, x):
        return np.zeros_like(x)

    def step(self, x, v, g):
        v = self.beta * v + g
        return x - self.lr * v, v


def test_an_update_rule_works_on_every_array_and_remembers():
    net, x, t = small()
    params, speeds = dict(net.params), {name: 0.0 for name in net.params}
    for _ in range(3):
        grads = net.gradient_at(params, x, t)
        speeds = {name: 0.9 * v + grads[name] for name, v in speeds.items()}
        params = {name: value - 0.1 * speeds[name] for name, value in params.items()}
    train(net, x, t, epochs=3, batch_size=None, lr=Momentum(0.1, 0.9))
    for name, value in params.items():
        np.testing.assert_allclose(net.params[name], value, rtol=1e-14)


def test_momentum_without_memory_is_the_plain_rule():
    plain, without_memory = (train(*small(), epochs=5, batch_size=2, lr=lr) for lr in (0.1, Momentum(0.1, 0)))
    np.testing.assert_array_equal(plain.batch_loss, without_memory.batch_loss)


def test_no_epochs_only_measure():
    net, x, t = small()
    result = train(net, x, t, epochs=0)
    assert result.nit == 0 and result.train_loss.tolist() == [net.loss(x, t)] and result.batch_loss.size == 0


@pytest.mark.parametrize("batch_size", [None, 2])
def test_a_training_that_overflows_stops_and_says_when_without_a_warning(batch_size):
    net, x, t = small("identity", "squares")
    result = train(net, x, t, epochs=200, batch_size=batch_size, lr=1e3)
    assert result.diverged_at == result.nit == len(result.batch_loss) < 200
    assert np.isfinite(result.batch_loss).all() and not np.isfinite(result.train_loss[-1])
    assert np.isfinite(result.train_loss[:-1]).all()
    np.testing.assert_array_equal(np.isnan(result.train_accuracy), ~np.isfinite(result.train_loss))
    assert not np.isfinite(net.predict(x)).all()


def test_a_network_that_has_diverged_diverges_at_once():
    net, x, t = small()
    net.params["W1"] = np.full((3, 4), np.nan)
    result = train(net, x, t, epochs=5)
    assert result.diverged_at == 0 and np.isnan(result.train_loss[0]) and np.isnan(result.train_accuracy).all()
    assert train(net, x, t, epochs=0).diverged_at == 0


@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
def test_a_diverged_training_shows_no_accuracy(activation, loss, bias):
    """Sigmoids and softmax keep their outputs between 0 and 1, so that a wild training need not diverge."""
    net, x, t = small(activation, loss, bias)
    result = train(net, 1e3 * x, t, epochs=30, batch_size=2, lr=1e300, test=(x, t))
    for losses, accuracies in (
        (result.train_loss, result.train_accuracy), (result.test_loss, result.test_accuracy)
    ):  # fmt: skip
        assert np.isnan(accuracies[~np.isfinite(losses)]).all()
    assert result.diverged_at is None or np.isnan(result.train_accuracy[-1])


def test_an_update_that_overflows_warns_of_nothing():
    net, x, t = small("identity", "squares")
    assert train(net, 1e3 * x, t, epochs=3, batch_size=None, lr=1e308).diverged_at == 1


def test_the_progress_bar_shows_on_a_terminal_only(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def written(stream, **options):
        monkeypatch.setattr("sys.stderr", stream)
        net, x, t = small()
        train(net, x, t, epochs=2, **options)
        return stream.getvalue()

    monkeypatch.delenv("CI", raising=False)
    assert "epoch: 100%" in written(Terminal())
    assert "epoch: 100%" in written(io.StringIO(), progress=True)
    assert written(io.StringIO()) == written(Terminal(), progress=False) == ""
    monkeypatch.setenv("CI", "true")
    assert written(Terminal()) == ""
    monkeypatch.setattr("sys.stderr", None)
    train(*small(), epochs=1)


# files -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "net",
    [small("tanh")[0], small("relu", "squares", bias=False)[0], small("tanh", "squares", output="identity")[0]],
    ids=repr,
)
def test_a_saved_network_comes_back_whole(net, tmp_path):
    path = tmp_path / "net.npz"
    net.save(path)
    again = TwoLayerNet.load(str(path))
    x = np.ones((2, 3))
    assert repr(again) == repr(net) and list(again.params) == list(net.params)
    np.testing.assert_array_equal(again.predict(x), net.predict(x))
    with np.load(path, allow_pickle=False) as found:
        np.testing.assert_array_equal(found["W1"], net.params["W1"])


def test_a_file_is_written_under_exactly_the_name_given(tmp_path):
    small()[0].save(tmp_path / "weights")
    assert [path.name for path in tmp_path.iterdir()] == ["weights"]
    assert TwoLayerNet.load(tmp_path / "weights").params["W1"].shape == (3, 4)


def bad_files(tmp_path):
    good = {"activation": "relu", "loss": "softmax", "output": "relu", "W1": np.ones((2, 3)), "W2": np.ones((3, 2))}
    np.savez(tmp_path / "pickle.npz", **good | {"W1": np.array([[{}, {}, {}]], dtype=object)}, allow_pickle=True)
    np.savez(tmp_path / "activation.npz", **good | {"activation": "cosine"})
    np.savez(tmp_path / "shape.npz", **good | {"W2": np.ones((4, 2))})
    np.savez(tmp_path / "half.npz", **{name: value for name, value in good.items() if name != "W2"})
    np.savez(tmp_path / "bias.npz", **good, b1=np.ones(3))
    np.savez(tmp_path / "axes.npz", **good | {"W1": np.ones(3)})
    np.save(tmp_path / "array.npy", np.ones(3))
    (tmp_path / "text.npz").write_text("W1 = 3")
    (tmp_path / "empty.npz").write_text("")
    (tmp_path / "zip.npz").write_bytes(b"PK\x03\x04 and no more")
    return sorted(tmp_path.iterdir())


def test_what_is_no_saved_network_is_refused_by_name(tmp_path):
    for path in bad_files(tmp_path):
        with pytest.raises(ValueError, match=f"path must name a network written by save, and .*{path.name} does not"):
            TwoLayerNet.load(path)
    with pytest.raises(FileNotFoundError):
        TwoLayerNet.load(tmp_path / "nowhere.npz")


# tracing -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("activation", "loss", "bias"), KINDS)
def test_a_traced_gradient_gives_numpys_numbers(activation, loss, bias):
    net, x, t = small(activation, loss, bias)
    names = list(net.params)

    def f(*weights):
        params = dict(zip(names, weights, strict=True))
        return (net.loss_at(params, x, t), *net.gradient_at(params, x, t).values())

    tape = trace(f, *net.params.values())
    other = [value + 0.1 for value in net.params.values()]
    for found, expected in zip(tape(*other), f(*other), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss", ["softmax", "squares"])
def test_predictions_and_losses_of_traced_samples_give_numpys_numbers(loss):
    net, x, t = small(loss=loss)
    np.testing.assert_allclose(trace(net.predict, x)(x), net.predict(x), rtol=1e-13)
    np.testing.assert_allclose(trace(net.predict, x[0])(x[0]), net.predict(x[0]), rtol=1e-13)
    assert trace(net.loss, x, t)(x, t) == pytest.approx(net.loss(x, t), rel=1e-13)
    simple = SimpleNet(seed=0)
    f = lambda W, x: (simple.loss_at(W, x, 1), simple.gradient_at(W, x, 1))  # noqa: E731
    for found, expected in zip(trace(f, simple.W, x[0, :2])(simple.W, x[0, :2]), f(simple.W, x[0, :2]), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_a_traced_numerical_gradient_gives_numpys_numbers():
    net, x, t = small(sizes=(2, 2, 2))

    def f(W1):
        return numerical_gradient(lambda W: net.loss_at(net.params | {"W1": W}, x, t), W1)

    np.testing.assert_allclose(trace(f, net.params["W1"])(net.params["W1"]), f(net.params["W1"]), atol=1e-11)


def test_a_traced_training_on_xor_gives_numpys_numbers():
    net, (x, t) = xor_net(), xor()

    def learn(lr):
        def step(state):
            loss, grads = net.loss_and_gradient_at(dict(zip(net.params, state[:2], strict=True)), x, t)
            return (*(value - lr * g for value, g in zip(state, grads.values(), strict=False)), loss)

        W1, W2, losses = iterate(step, (*net.params.values(), 0.0), 1500)
        return W1[-1], W2[-1], losses

    tape = trace(learn, lr=1.0)
    assert len(tape) < 1000
    for found, expected in zip(tape(lr=0.9), learn(0.9), strict=True):
        # 1,500 steps of a contraction to a minimum pass on, and do not amplify, the last digit of exp
        np.testing.assert_allclose(found, expected, rtol=1e-9)


# bad input ---------------------------------------------------------------------------------------------
X, T = np.ones((4, 3)), np.array([0, 1, 0, 1])
NET, SQUARES = TwoLayerNet(3, 4, 2, seed=0), TwoLayerNet(3, 4, 2, loss="squares", seed=0)


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (ValueError, "input_size must be at least 1, not 0", lambda: TwoLayerNet(0, 2, 2)),
        (TypeError, "hidden_size must be a whole number, not 2.0", lambda: TwoLayerNet(2, 2.0, 2)),
        (ValueError, "output_size must be at least 1, not -1", lambda: TwoLayerNet(2, 2, -1)),
        (ValueError, "output_size must be at least 2 with the softmax loss", lambda: TwoLayerNet(2, 2, 1)),
        (ValueError, "weight_init_std must be positive, not 0", lambda: TwoLayerNet(2, 2, 2, 0)),
        (ValueError, "weight_init_std must be finite", lambda: TwoLayerNet(2, 2, 2, np.inf)),
        (TypeError, "weight_init_std must be a number", lambda: TwoLayerNet(2, 2, 2, "he")),
        (
            ValueError,
            "activation must be one of sigmoid, relu, tanh, identity, not 'cos'",
            lambda: TwoLayerNet(2, 2, 2, activation="cos"),
        ),
        (ValueError, "activation must be one of .*, not <", lambda: TwoLayerNet(2, 2, 2, activation=np.tanh)),
        (ValueError, "loss must be one of softmax, squares, not 'L1'", lambda: TwoLayerNet(2, 2, 2, loss="L1")),
        (ValueError, "init must be one of normal, uniform, xavier, he, not 1", lambda: TwoLayerNet(2, 2, 2, init=1)),
        (ValueError, "output must be None with the softmax loss", lambda: TwoLayerNet(2, 2, 2, output="relu")),
        (ValueError, "output must be one of", lambda: TwoLayerNet(2, 2, 2, loss="squares", output="softmax")),
        (TypeError, "bias must be True or False, not 0", lambda: TwoLayerNet(2, 2, 2, bias=0)),
        (TypeError, "seed must be a whole number, not 1.5", lambda: TwoLayerNet(2, 2, 2, seed=1.5)),
        (ValueError, r"x must have shape \(n, 3\) or \(3,\), not \(4, 2\)", lambda: NET.predict(np.ones((4, 2)))),
        (ValueError, r"x must have shape .*, not \(\)", lambda: NET.predict(1)),
        (ValueError, r"x must have shape .*, not \(0, 3\)", lambda: NET.loss(np.ones((0, 3)), [])),
        (ValueError, "x must have at least one element", lambda: NET.predict([])),
        (ValueError, "x must be finite, not .*nan", lambda: NET.gradient(np.array([[1, np.nan, 1]]), [0])),
        (ValueError, "x must be finite, not .*inf", lambda: NET.gradient([1, np.inf, 1], 0)),
        (TypeError, "x must hold real numbers", lambda: NET.predict(["a", "b", "c"])),
        (TypeError, "x must hold real numbers, not None", lambda: NET.accuracy(None, T)),
        (ValueError, "x must be a regular array", lambda: NET.predict([[1, 2, 3], [1]])),
        (
            ValueError,
            r"t must be labels of shape \(4,\) or one-hot rows of shape \(4, 2\), not of shape \(3,\)",
            lambda: NET.loss(X, [0, 1, 1]),
        ),
        (ValueError, "t must hold labels from 0 to 1, not .*2", lambda: NET.gradient(X, [0, 1, 2, 0])),
        (ValueError, "t must hold labels from 0 to 1", lambda: NET.accuracy(X, [0, 1, -1, 0])),
        (TypeError, "t must hold whole numbers", lambda: NET.numerical_gradient(X, [0.0, 1.0, 1.0, 0.0])),
        (ValueError, r"t must have shape \(4, 2\), not \(4,\)", lambda: SQUARES.loss(X, T)),
        (ValueError, "t must be finite", lambda: SQUARES.gradient(X, np.full((4, 2), np.nan))),
        (ValueError, r"params must be a dict of W1, b1, W2, b2, not \['W1'\]", lambda: NET.loss_at({"W1": 1}, X, T)),
        (ValueError, "params must be a dict of W1, b1, W2, b2, not None", lambda: NET.gradient_at(None, X, T)),
        (
            ValueError,
            r"params\['b2'\] must have shape \(2,\), not \(3,\)",
            lambda: NET.loss_at(NET.params | {"b2": np.ones(3)}, X, T),
        ),
        (TypeError, r"params\['W1'\] must hold real numbers", lambda: NET.loss_at(NET.params | {"W1": "big"}, X, T)),
        (ValueError, r"W must have shape \(n, n\), not \(3,\)", lambda: SimpleNet([1, 2, 3])),
        (ValueError, "W must be finite", lambda: SimpleNet([[1, np.nan]])),
        (ValueError, r"W must have shape \(n, n\), not \(1,\)", lambda: SimpleNet(seed=0).loss_at([1], [1, 2], 0)),
        (TypeError, "seed must be a whole number", lambda: SimpleNet(seed="0")),
        (ValueError, r"x must have shape \(n, 2\) or \(2,\), not \(3,\)", lambda: SimpleNet(seed=0).predict([1, 2, 3])),
        (ValueError, "t must hold labels from 0 to 2, not 3", lambda: SimpleNet(seed=0).gradient([1, 2], 3)),
        (TypeError, "net must be a TwoLayerNet, not 3", lambda: train(3, X, T)),
        (ValueError, r"x must have one sample a row, not shape \(3,\)", lambda: train(NET, [1, 2, 3], 0)),
        (ValueError, "t must be labels", lambda: train(NET, X, [0])),
        (ValueError, "t must be a regular array", lambda: train(NET, X, [[1, 0], [1], [0, 1], [0, 1]])),
        (TypeError, "epochs must be a whole number, not 1.5", lambda: train(NET, X, T, epochs=1.5)),
        (ValueError, "epochs must be at least 0, not -1", lambda: train(NET, X, T, epochs=-1)),
        (ValueError, "iterations must be at least 0, not -1", lambda: train(NET, X, T, iterations=-1)),
        (TypeError, "iterations must be a whole number, not 1.5", lambda: train(NET, X, T, iterations=1.5)),
        (
            ValueError,
            "iterations must be left out where epochs are given, not 5 beside 0",
            lambda: train(NET, X, T, epochs=0, iterations=5),
        ),
        (ValueError, "batch_size must be at least 1, not 0", lambda: train(NET, X, T, batch_size=0)),
        (ValueError, "lr must be positive, not -0.1", lambda: train(NET, X, T, lr=-0.1)),
        (TypeError, "lr must be a number, not 'adam'", lambda: train(NET, X, T, lr="adam")),
        (TypeError, "lr must be a rule, not the class", lambda: train(NET, X, T, lr=Momentum)),
        (TypeError, "progress must be True or False, not 'yes'", lambda: train(NET, X, T, progress="yes")),
        (TypeError, "test must be a pair", lambda: train(NET, X, T, test=X)),
        (ValueError, r"test: x must have shape \(n, 3\)", lambda: train(NET, X, T, test=(T, X))),
    ],
)
def test_bad_arguments_are_named(error, words, call):
    before = {name: value.copy() for name, value in NET.params.items()}
    with pytest.raises(error, match=words):
        call()
    for name, value in before.items():
        np.testing.assert_array_equal(NET.params[name], value)
