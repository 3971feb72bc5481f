"""A network of two layers, with its loss as a function of the weights, and the gradient.

A sample is a vector, a batch has one sample a row. Targets of the softmax loss are one-hot rows or labels, those of
the sum of squares have the shape of the outputs. All raise TypeError or ValueError naming the argument. A network
whose weights have overflowed has no accuracy: it is NaN. There is no warning.

Why `loss_at(weights, x, t)`, and not ``loss_W = lambda W: self.loss(x, t)`` as in many notes: that function does not
use its W. A `numerical_gradient` that works on a copy of the weights, as ours does, then finds no change and says 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import unwrap
from os import PathLike
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import ArrayLike

from gradcore import arguments, samples
from gradcore.arguments import Floats
from gradcore.functions import identity_function, relu, sigmoid, softmax, tanh
from gradcore.losses import softmax_loss, softmax_loss_grad, sum_of_squares, sum_of_squares_grad
from gradcore.numerical import numerical_gradient

Function = Callable[[Any], Any]
Params = dict[str, Floats]

# An activation y of z, and its derivative, written with what the forward pass has left behind: z and y.
ACTIVATIONS: dict[str, tuple[Function, Callable[[Any, Any], Any]]] = {
    "sigmoid": (unwrap(sigmoid), lambda z, y: y * (1.0 - y)),
    "relu": (unwrap(relu), lambda z, y: np.heaviside(z, 0.5)),  # as relu_grad
    "tanh": (unwrap(tanh), lambda z, y: 1.0 - y * y),
    "identity": (unwrap(identity_function), lambda z, y: np.ones_like(y)),
}
# The bare formulas: a network checks its inputs once, at its door.
_softmax, _softmax_loss, _softmax_loss_grad = unwrap(softmax), unwrap(softmax_loss), unwrap(softmax_loss_grad)
_squares, _squares_grad = unwrap(sum_of_squares), unwrap(sum_of_squares_grad)

# First weights, shape (n, m), of a layer with n inputs and m outputs.
INITIALISATIONS: dict[str, Callable[[np.random.Generator, int, int, float], Any]] = {
    "normal": lambda rng, n, m, std: std * rng.normal(size=(n, m)),
    "uniform": lambda rng, n, m, std: rng.random((n, m)),
    "xavier": lambda rng, n, m, std: np.sqrt(2 / (n + m)) * rng.normal(size=(n, m)),
    "he": lambda rng, n, m, std: np.sqrt(2 / n) * rng.normal(size=(n, m)),
}


class TwoLayerNet:
    """A hidden layer and an output layer.

        h = activation(x W1 + b1);   a = h W2 + b2;   y = softmax(a), or activation(a) with the sum of squares

    input_size, hidden_size, output_size : how many numbers go in, between, and out; each ≥ 1.
    weight_init_std : the standard deviation of the first weights, where init="normal".
    activation : "sigmoid", "relu", "tanh" or "identity".
    loss : "softmax", the cross-entropy, a mean over the batch; "squares", Σ(y − t)² over everything.
    bias : False leaves b1 and b2 out. They start at 0.
    init : "normal"; "uniform" in [0, 1); for a layer with n inputs and m outputs also "xavier", normal with the
        variance 2/(n + m) of Glorot and Bengio (2010), or "he", with 2/n (He et al. 2015).
    output : with the sum of squares, another activation for the output layer; "identity" for a regression.
    seed : a whole number ≥ 0 for the same first weights each time.

    `params` holds the arrays W1 (input, hidden), b1 (hidden,), W2 (hidden, output), b2 (output,).

    >>> net = TwoLayerNet(784, 50, 10, seed=0)
    >>> net.params["W1"].shape, round(float(net.loss(np.ones(784), 3)), 1)   # as from guessing: log 10
    ((784, 50), 2.3)

    Chapters "The gradient of a neural network", "Backpropagation" and, on `init`, "Activations and first weights".
    Saitoh, sections 4.5 and 5.7.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        weight_init_std: float = 0.01,
        *,
        activation: str = "sigmoid",
        loss: str = "softmax",
        bias: bool = True,
        init: str = "normal",
        output: str | None = None,
        seed: int | None = None,
    ):
        n, m = samples.size("input_size", input_size), samples.size("hidden_size", hidden_size)
        k, std = samples.size("output_size", output_size), arguments.positive("weight_init_std", weight_init_std)
        draw = INITIALISATIONS[arguments.choice("init", init, INITIALISATIONS)]
        rng = samples.generator("seed", seed)
        self.activation = arguments.choice("activation", activation, ACTIVATIONS)
        self.loss_name = arguments.choice("loss", loss, ("softmax", "squares"))
        if loss == "softmax" and output is not None:
            raise ValueError(f"output must be None with the softmax loss, whose output is softmax, not {output!r}")
        if loss == "softmax" and k == 1:
            raise ValueError("output_size must be at least 2 with the softmax loss: of one number it is always 1")
        self.output = activation if output is None else arguments.choice("output", output, ACTIVATIONS)
        self.bias = samples.switch("bias", bias)
        self.params: Params = {"W1": draw(rng, n, m, std), "b1": np.zeros(m)}
        self.params |= {"W2": draw(rng, m, k, std), "b2": np.zeros(k)}
        if not bias:
            del self.params["b1"], self.params["b2"]
        self._shapes = {name: value.shape for name, value in self.params.items()}

    def __repr__(self) -> str:
        (n, m), k = self._shapes["W1"], self._shapes["W2"][1]
        return f"TwoLayerNet({n}, {m}, {k}, activation={self.activation!r}, loss={self.loss_name!r}, bias={self.bias})"

    def predict(self, x: ArrayLike) -> Floats:
        """The outputs y: (output_size,) for a sample (input_size,), (N, output_size) for a batch."""
        rows, single = self._rows(x)
        with np.errstate(all="ignore"):
            y = self._outputs(self._forward(self._weights(self.params), rows)[-1])
        return y[0] if single else y

    def loss(self, x: ArrayLike, t: ArrayLike) -> float:
        """L for inputs x and targets t."""
        return self.loss_at(self.params, x, t)

    def loss_at(self, params: Mapping[str, ArrayLike], x: ArrayLike, t: ArrayLike) -> float:
        """L as a function of the weights: ``net.loss_at(net.params | {"W1": W}, x, t)``."""
        weights, (x, t) = self._weights(params), self._samples(x, t)
        with np.errstate(all="ignore"):
            return self._loss(self._forward(weights, x)[-1], t)

    def accuracy(self, x: ArrayLike, t: ArrayLike) -> float:
        """The share of samples whose largest output is the target's; with one output, of those within ½ of it.

        NaN if a weight or an output is not finite: such a network answers nothing.
        """
        weights, (x, t) = self._weights(self.params), self._samples(x, t)
        with np.errstate(all="ignore"):
            y = self._outputs(self._forward(weights, x)[-1])
            right = np.abs(y - t)[:, 0] < 0.5 if y.shape[1] == 1 else np.argmax(y, axis=1) == np.argmax(t, axis=1)
            sound = [np.all(np.isfinite(values)) for values in (y, *weights.values())]
            answers: Any = np.where(np.all(np.stack(sound)), right, np.nan)
            return np.mean(answers)

    def gradient(self, x: ArrayLike, t: ArrayLike) -> Params:
        """∂L/∂W1, ∂L/∂b1, … by backpropagation: a dict like `params`. Costs about two losses."""
        return self.gradient_at(self.params, x, t)

    def gradient_at(self, params: Mapping[str, ArrayLike], x: ArrayLike, t: ArrayLike) -> Params:
        """The gradient as a function of the weights: with `iterate`, a whole training that a live figure can repeat.

        >>> net, x, t = TwoLayerNet(2, 3, 2, seed=0), np.eye(2), [0, 1]
        >>> def step(state):
        ...     grads = net.gradient_at(dict(zip(net.params, state)), x, t)
        ...     return tuple(value - 0.5 * g for value, g in zip(state, grads.values()))
        >>> from livefig.steps.loops import iterate
        >>> [history.shape for history in iterate(step, tuple(net.params.values()), 10)]
        [(11, 2, 3), (11, 3), (11, 3, 2), (11, 2)]
        """
        weights, (x, t) = self._weights(params), self._samples(x, t)
        with np.errstate(all="ignore"):
            return self._backward(weights, x, t, *self._forward(weights, x))

    def loss_and_gradient_at(self, params: Mapping[str, ArrayLike], x: ArrayLike, t: ArrayLike) -> tuple[float, Params]:
        """Both from one forward pass, as a training wants them."""
        weights, (x, t) = self._weights(params), self._samples(x, t)
        with np.errstate(all="ignore"):
            z, h, a = self._forward(weights, x)
            return self._loss(a, t), self._backward(weights, x, t, z, h, a)

    def numerical_gradient(self, x: ArrayLike, t: ArrayLike) -> Params:
        """The same by central differences. Costs two losses for every weight: 79,520 for 784-50-10."""
        weights, (x, t) = self._weights(self.params), self._samples(x, t)

        def slope(name: str) -> Any:
            return numerical_gradient(lambda W: self._loss(self._forward(weights | {name: W}, x)[-1], t), weights[name])

        with np.errstate(all="ignore"):
            return {name: slope(name) for name in weights}

    def save(self, path: str | PathLike[str]) -> None:
        """Write the weights and what the network is made of to a NumPy archive, by custom named `something.npz`."""
        made_of = {"activation": self.activation, "loss": self.loss_name, "output": self.output}
        with open(samples.path("path", path), "wb") as file:
            np.savez(file, **made_of, **self._weights(self.params))  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: str | PathLike[str]) -> TwoLayerNet:
        """The network that `save` wrote. Nothing in the file is executed. ValueError if it is no such file."""
        name = samples.path("path", path)
        try:
            with open(name, "rb") as file:
                found = dict(np.load(file, allow_pickle=False))
            activation, loss, output = (str(found.pop(name)) for name in ("activation", "loss", "output"))
            (n, m), (_, k) = found["W1"].shape, found["W2"].shape
            options: dict[str, Any] = {} if loss == "softmax" else {"output": output}
            net = cls(n, m, k, activation=activation, loss=loss, bias="b1" in found, **options)
            net.params = net._weights(found)
        except (ValueError, TypeError, KeyError, EOFError, BadZipFile) as error:
            raise ValueError(f"path must name a network written by save, and {path!s} does not: {error}") from None
        return net

    # checks, made once ---------------------------------------------------------------------------------
    def _weights(self, params: Mapping[str, ArrayLike]) -> Params:
        """The weights, of the right names and shapes. Not looked through for NaN: a training may have diverged."""
        if not isinstance(params, Mapping) or params.keys() != self._shapes.keys():
            names = sorted(params) if isinstance(params, Mapping) else repr(params)
            raise ValueError(f"params must be a dict of {', '.join(self._shapes)}, not {names}")
        shapes = self._shapes.items()
        return {name: samples.shaped(f"params[{name!r}]", params[name], s, finite=False) for name, s in shapes}

    def _rows(self, x: Any) -> tuple[Any, bool]:
        """Inputs as rows, and whether they were a single sample."""
        n = self._shapes["W1"][0]
        x = samples.shaped("x", x, (None, n), (n,), finite=False)  # the forward pass looks for NaN and inf
        return (x[None], True) if x.ndim == 1 else (x, False)

    def _samples(self, x: Any, t: Any) -> tuple[Any, Any]:
        """Inputs and their targets as rows."""
        rows, single = self._rows(x)
        k = self._shapes["W2"][1]
        shape = (k,) if single else (len(rows), k)
        check = samples.targets if self.loss_name == "softmax" else samples.shaped
        t = check("t", t, shape)
        return rows, t[None] if single else t

    # the two passes, on checked arguments -------------------------------------------------------------
    def _forward(self, weights: Params, x: Any) -> tuple[Any, Any, Any]:
        """The hidden layer before and after its activation, z and h, and the scores a of the output layer."""
        activation, z = ACTIVATIONS[self.activation][0], samples.finite_behind("x", x, x @ weights["W1"])
        if not self.bias:
            h = activation(z)
            return z, h, h @ weights["W2"]
        z = z + weights["b1"]
        h = activation(z)
        return z, h, h @ weights["W2"] + weights["b2"]

    def _outputs(self, a: Any) -> Any:
        return _softmax(a) if self.loss_name == "softmax" else ACTIVATIONS[self.output][0](a)

    def _loss(self, a: Any, t: Any) -> Any:
        return _softmax_loss(a, t) if self.loss_name == "softmax" else _squares(self._outputs(a), t)

    def _backward(self, weights: Params, x: Any, t: Any, z: Any, h: Any, a: Any) -> Params:
        """From the loss back to the weights: da is ∂L/∂a, and so on."""
        if self.loss_name == "softmax":
            da = _softmax_loss_grad(a, t)
        else:
            y = self._outputs(a)
            da = _squares_grad(y, t) * ACTIVATIONS[self.output][1](a, y)
        dz = da @ weights["W2"].T * ACTIVATIONS[self.activation][1](z, h)
        if not self.bias:
            return {"W1": x.T @ dz, "W2": h.T @ da}
        return {"W1": x.T @ dz, "b1": dz.sum(axis=0), "W2": h.T @ da, "b2": da.sum(axis=0)}
