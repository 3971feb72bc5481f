"""The smallest network: one matrix of weights, so that its gradient can be looked at number by number."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from gradcore import arguments, samples
from gradcore.arguments import Floats
from gradcore.losses import softmax_loss, softmax_loss_grad
from gradcore.numerical import numerical_gradient


def _matrix(W: ArrayLike) -> Floats:
    return samples.shaped("W", W, (None, None))


class SimpleNet:
    """One layer, no bias: scores x W, probabilities softmax(x W), and the softmax loss L.

        ∂L/∂W = xᵀ (softmax(x W) − t) / N,   N samples

    W : the weights, two axes; by default (2, 3) numbers from a normal distribution with the given seed.
    The gradient has the shape of W, and its rows add up to 0: what one class gains the others lose.

    >>> net = SimpleNet([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]])
    >>> net.gradient([1, 2], 0).round(3)
    array([[-0.633,  0.332,  0.301],
           [-1.266,  0.664,  0.601]])

    Chapter "The gradient of a neural network". Saitoh, Deep Learning from Scratch, section 4.4.2.
    """

    def __init__(self, W: ArrayLike | None = None, seed: int | None = None):
        if W is None:
            W = samples.generator("seed", seed).normal(size=(2, 3))
        self.W = _matrix(arguments.array("W", W))

    def predict(self, x: ArrayLike) -> Floats:
        """The scores x W of a sample (n,) or a batch (N, n)."""
        W = _matrix(self.W)
        return samples.shaped("x", x, (None, len(W)), (len(W),)) @ W

    def loss(self, x: ArrayLike, t: ArrayLike) -> float:
        """The softmax loss for inputs x and targets t."""
        return self.loss_at(self.W, x, t)

    def loss_at(self, W: ArrayLike, x: ArrayLike, t: ArrayLike) -> float:
        """The loss as a function of the weights: what ``numerical_gradient(lambda W: net.loss_at(W, x, t), W)`` needs.

        >>> net, x, t = SimpleNet(seed=0), [0.6, 0.9], 2
        >>> slope = numerical_gradient(lambda W: net.loss_at(W, x, t), net.W)
        >>> bool(np.allclose(slope, net.gradient(x, t), rtol=0, atol=1e-8))
        True
        """
        return softmax_loss(SimpleNet(W).predict(x), t)

    def gradient(self, x: ArrayLike, t: ArrayLike) -> Floats:
        """∂L/∂W, shaped like W, by the formula above."""
        return self.gradient_at(self.W, x, t)

    def gradient_at(self, W: ArrayLike, x: ArrayLike, t: ArrayLike) -> Floats:
        """The gradient as a function of the weights."""
        scores = SimpleNet(W).predict(x)
        if scores.ndim == 1:
            return np.outer(arguments.array("x", x), softmax_loss_grad(scores, t))
        return arguments.array("x", x).T @ softmax_loss_grad(scores, t)

    def numerical_gradient(self, x: ArrayLike, t: ArrayLike) -> Floats:
        """∂L/∂W by central differences."""
        return numerical_gradient(lambda W: self.loss_at(W, x, t), self.W)
