"""Losses: how far the outputs y of a network are from the targets t, with their derivatives.

A sample's outputs are a vector (n,), a batch has rows (N, n). Checks and errors are those of `functions`.

Chapter "The gradient of a neural network". After Saitoh, Deep Learning from Scratch, chapter 4, but with no 1e-7
in the logarithm: it makes the loss smaller, and its gradient wrong where a probability is tiny.
"""

from __future__ import annotations

from inspect import unwrap

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments, samples
from gradcore.functions import checked, log_softmax, softmax, vectors_of

_softmax, _log_softmax = unwrap(softmax), unwrap(log_softmax)  # the bare formulas


def logits(x: ArrayLike, t: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    scores = vectors_of("x", x, most=2)
    return scores, samples.targets("t", t, scores.shape)


def probabilities(y: ArrayLike, t: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = samples.probabilities("y", vectors_of("y", y, most=2))
    return found, samples.targets("t", t, found.shape)


def outputs(y: ArrayLike, t: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = arguments.array("y", y)
    if found.ndim > 2:
        raise ValueError(f"y must be one sample (n,) or a batch (N, n), not of shape {found.shape}")
    return found, samples.shaped("t", arguments.array("t", t), found.shape)


def _samples(y: NDArray[np.float64]) -> int:
    """The N of a batch mean: the rows of a batch, 1 for a single sample."""
    return len(y) if y.ndim == 2 else 1


@checked(outputs)
def sum_of_squares(y: NDArray[np.float64], t: NDArray[np.float64]) -> float:
    """L = Σ (y − t)², over everything: no ½, no mean. y, t : same shape, (n,) or (N, n).

    >>> float(sum_of_squares([1, 2], [0, 4]))
    5.0
    """
    return np.sum(np.square(y - t))


@checked(outputs)
def sum_of_squares_grad(y: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """∂L/∂y = 2 (y − t) of `sum_of_squares`, shaped like y.

    >>> sum_of_squares_grad([1, 2], [0, 4])
    array([ 2., -4.])
    """
    return 2.0 * (y - t)


@checked(outputs)
def mean_squared_error(y: NDArray[np.float64], t: NDArray[np.float64]) -> float:
    """L = ½ Σₖ (yₖ − tₖ)² of one sample (n,); of a batch (N, n) the mean of its N rows, not of its N·n numbers.

    >>> float(mean_squared_error([1, 2], [0, 4])), float(mean_squared_error([[1, 2], [0, 0]], [[0, 4], [0, 0]]))
    (2.5, 1.25)
    """
    return 0.5 * np.sum(np.square(y - t)) / _samples(y)


@checked(outputs)
def mean_squared_error_grad(y: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """∂L/∂y = (y − t) / N of `mean_squared_error`, shaped like y; N = 1 for one sample.

    >>> mean_squared_error_grad([1, 2], [0, 4])
    array([ 1., -2.])
    """
    return (y - t) / _samples(y)


@checked(probabilities)
def cross_entropy_error(y: NDArray[np.float64], t: NDArray[np.float64]) -> float:
    """L = −Σₖ tₖ log yₖ of probabilities y (n,); of a batch (N, n) the mean of its rows. For scores: `softmax_loss`.

    t : one-hot, shaped like y, or labels: whole numbers, one a row. A zero probability of the truth gives inf.

    >>> float(cross_entropy_error([0.5, 0.5], [0, 1])), float(cross_entropy_error([[0, 1], [1, 0]], [1, 1]))
    (0.6931471805599453, inf)
    """
    return np.sum(np.where(t > 0, -t * np.log(y), 0.0)) / _samples(y)


@checked(probabilities)
def cross_entropy_error_grad(y: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """∂L/∂y = −t / y / N of `cross_entropy_error`, shaped like y: 0 where t is 0.

    >>> cross_entropy_error_grad([0.5, 0.5], [0, 1])
    array([ 0., -2.])
    """
    return np.where(t > 0, -t / y, 0.0) / _samples(y)


@checked(logits)
def softmax_loss(x: NDArray[np.float64], t: NDArray[np.float64]) -> float:
    """`cross_entropy_error` of softmax(x), through `log_softmax`: finite and exact however far the scores are apart.

    x : scores (logits), (n,) or (N, n).  t : one-hot, shaped like x, or labels: whole numbers, one a row.

    >>> float(softmax_loss([0, 1e4], 0))
    10000.0
    """
    return np.sum(np.where(t > 0, -t * _log_softmax(x), 0.0)) / _samples(x)


@checked(logits)
def softmax_loss_grad(x: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """∂L/∂x = (softmax(x) − t) / N of `softmax_loss`, shaped like x; every row adds up to 0.

    >>> softmax_loss_grad([0, 0], 1)
    array([ 0.5, -0.5])
    """
    return (_softmax(x) - t) / _samples(x)
