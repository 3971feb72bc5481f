"""Activation functions, with their derivatives.

All take numbers or array_like: vectors and batches (rows are samples) alike. Integers become floats, arguments
stay as they are, large inputs do no harm. All raise TypeError or ValueError naming the argument that is not
made of finite numbers, or has the wrong shape.

Chapter "The gradient of a neural network". After Saitoh, Deep Learning from Scratch, chapters 3 to 5.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import unwrap
from typing import Any

import numpy as np

from gradcore import arguments

Formula = Callable[..., Any]


def checked(check: Callable[..., tuple[Any, ...]]) -> Callable[[Formula], Formula]:
    """A formula whose arguments are checked first. Infinities (of log 0, of exp 1e4) are meant: no warnings.

    `inspect.unwrap` gives the bare formula back, for loops that have checked before.
    """

    def decorate(formula: Formula) -> Formula:
        @wraps(formula)
        def function(*given: Any, **named: Any) -> Any:
            with np.errstate(all="ignore"):
                return formula(*check(*given, **named))[()]

        return function

    return decorate


def array(x: Any) -> tuple[Any]:
    return (arguments.array("x", x),)


def vectors(x: Any) -> tuple[Any]:
    return (vectors_of("x", x),)


def vectors_of(name: str, value: Any, most: int | None = None) -> Any:
    """A vector or rows of vectors, with at most `most` axes."""
    found = arguments.array(name, value)
    if not 1 <= found.ndim <= (most or found.ndim):
        raise ValueError(f"{name} must be a vector (n,) or a batch (N, n), not of shape {found.shape}")
    return found


@checked(array)
def identity_function(x: Any) -> Any:
    """y = x, as floats: the output layer of a regression.

    >>> identity_function([1, 2])
    array([1., 2.])
    """
    return x


@checked(array)
def identity_grad(x: Any) -> Any:
    """The derivative of `identity_function`: 1 everywhere.

    >>> identity_grad([1, 2])
    array([1., 1.])
    """
    return np.ones_like(x)


@checked(array)
def step_function(x: Any) -> Any:
    """1 where x > 0, else 0: the perceptron's. Its derivative is 0 but at the jump, so no gradient can teach it.

    >>> step_function([-1, 0, 2])
    array([0., 0., 1.])
    """
    return np.where(x > 0, 1.0, 0.0)


@checked(array)
def sigmoid(x: Any) -> Any:
    """y = 1 / (1 + e⁻ˣ), elementwise. Below x = −709.7, where e⁻ˣ overflows, y < 1e-308 is given as 0.

    >>> sigmoid([-1e4, 0, 1e4])
    array([0. , 0.5, 1. ])
    """
    return 1.0 / (1.0 + np.exp(-x))


@checked(array)
def sigmoid_grad(x: Any) -> Any:
    """The derivative of `sigmoid` at x (not at y): y (1 − y) = e⁻ˣ / (1 + e⁻ˣ)², the same at x and −x.

    >>> sigmoid_grad([-1e4, 0, 1e4])
    array([0.  , 0.25, 0.  ])
    """
    z = np.exp(-np.abs(x))  # 1 − y would round to 0 from x = 37 on
    return z / (1.0 + z) ** 2


@checked(array)
def relu(x: Any) -> Any:
    """y = max(0, x), elementwise.

    >>> relu([-1, 0, 2])
    array([0., 0., 2.])
    """
    return np.maximum(x, 0.0)


@checked(array)
def relu_grad(x: Any) -> Any:
    """The derivative of `relu` at x: 0 below 0, 1 above. At the kink ½, the mean of both slopes: see `grad`.

    >>> relu_grad([-1, 0, 2])
    array([0. , 0.5, 1. ])
    """
    return np.heaviside(x, 0.5)


@checked(array)
def tanh(x: Any) -> Any:
    """y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), elementwise: a sigmoid from −1 to 1.

    >>> tanh([-1e4, 0, 1e4])
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


@checked(array)
def tanh_grad(x: Any) -> Any:
    """The derivative of `tanh` at x (not at y): 1 − y² = 4 e⁻²ˣ / (1 + e⁻²ˣ)², the same at x and −x.

    >>> tanh_grad([-1e4, 0, 1e4])
    array([0., 1., 0.])
    """
    z = np.exp(-2.0 * np.abs(x))  # 1 − y² would round to 0 from x = 19 on
    return 4.0 * z / (1.0 + z) ** 2


@checked(vectors)
def softmax(x: Any) -> Any:
    """Scores as probabilities, along the last axis: yₖ = eˣᵏ / Σᵢ eˣⁱ. The largest score is taken off first.

    >>> softmax([1e4, 1e4])
    array([0.5, 0.5])
    """
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@checked(vectors)
def softmax_jacobian(x: Any) -> Any:
    """All derivatives of `softmax`: ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ), shape (..., n, n).

    >>> softmax_jacobian([0, 0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    y = unwrap(softmax)(x)
    return y[..., :, None] * (np.eye(x.shape[-1]) - y[..., None, :])


@checked(vectors)
def log_softmax(x: Any) -> Any:
    """The logarithm of `softmax`, right where a probability is too small for a float: x − log Σᵢ eˣⁱ.

    >>> log_softmax([0, 1e4])
    array([-10000.,      0.])
    """
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
