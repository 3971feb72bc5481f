"""Activation functions, with their derivatives.

All take numbers or array_like: vectors and batches (rows are samples) alike. Integers become floats, arguments
stay as they are, large inputs do no harm. All raise TypeError or ValueError naming the argument that is not
made of finite numbers, or has the wrong shape.

Chapters "The gradient of a neural network" and "Activations and first weights". After Saitoh, Deep Learning from
Scratch, chapters 3 to 5.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature, unwrap
from typing import Any, ParamSpec, TypeVar, TypeVarTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments

Asked = ParamSpec("Asked")
Given = TypeVarTuple("Given")
Returned = TypeVar("Returned")


def checked(
    check: Callable[Asked, tuple[*Given]],
) -> Callable[[Callable[[*Given], Returned]], Callable[Asked, Returned]]:
    """A formula that is called as its check is: what the check returns is what the formula works with.

    Infinities (of log 0, of exp 1e4) are meant: no warnings. `inspect.unwrap` gives the bare formula back, for loops
    that have checked before.
    """

    def decorate(formula: Callable[[*Given], Returned]) -> Callable[Asked, Returned]:
        @wraps(formula)
        def function(*given: Asked.args, **named: Asked.kwargs) -> Returned:
            with np.errstate(all="ignore"):
                found: Any = formula(*check(*given, **named))
                return cast("Returned", found[()])

        returned = signature(formula).return_annotation
        function.__signature__ = signature(check).replace(return_annotation=returned)  # type: ignore[attr-defined]
        function.__annotations__ = check.__annotations__ | {"return": returned}
        return function

    return decorate


def array(x: ArrayLike) -> tuple[NDArray[np.float64]]:
    return (arguments.array("x", x),)


def vectors(x: ArrayLike) -> tuple[NDArray[np.float64]]:
    return (vectors_of("x", x),)


def vectors_of(name: str, value: ArrayLike, most: int | None = None) -> NDArray[np.float64]:
    """A vector or rows of vectors, with at most `most` axes."""
    found: NDArray[np.float64] = arguments.array(name, value)
    if not 1 <= found.ndim <= (most or found.ndim):
        raise ValueError(f"{name} must be a vector (n,) or a batch (N, n), not of shape {found.shape}")
    return found


@checked(array)
def identity_function(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """y = x, as floats: the output layer of a regression.

    >>> identity_function([1, 2])
    array([1., 2.])
    """
    return x


@checked(array)
def identity_grad(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of `identity_function`: 1 everywhere.

    >>> identity_grad([1, 2])
    array([1., 1.])
    """
    return np.ones_like(x)


@checked(array)
def step_function(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 where x > 0, else 0: the perceptron's. Its derivative is 0 but at the jump, so no gradient can teach it.

    >>> step_function([-1, 0, 2])
    array([0., 0., 1.])
    """
    return np.where(x > 0, 1.0, 0.0)


@checked(array)
def sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """y = 1 / (1 + e⁻ˣ), elementwise. Below x = −709.7, where e⁻ˣ overflows, y < 1e-308 is given as 0.

    >>> sigmoid([-1e4, 0, 1e4])
    array([0. , 0.5, 1. ])
    """
    return 1.0 / (1.0 + np.exp(-x))


@checked(array)
def sigmoid_grad(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of `sigmoid` at x (not at y): y (1 − y) = e⁻ˣ / (1 + e⁻ˣ)², the same at x and −x.

    >>> sigmoid_grad([-1e4, 0, 1e4])
    array([0.  , 0.25, 0.  ])
    """
    z = np.exp(-np.abs(x))  # 1 − y would round to 0 from x = 37 on
    return z / (1.0 + z) ** 2


@checked(array)
def relu(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """y = max(0, x), elementwise.

    >>> relu([-1, 0, 2])
    array([0., 0., 2.])
    """
    return np.maximum(x, 0.0)


@checked(array)
def relu_grad(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of `relu` at x: 0 below 0, 1 above. At the kink ½, the mean of both slopes: see `grad`.

    >>> relu_grad([-1, 0, 2])
    array([0. , 0.5, 1. ])
    """
    return np.heaviside(x, 0.5)


@checked(array)
def tanh(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), elementwise: a sigmoid from −1 to 1.

    >>> tanh([-1e4, 0, 1e4])
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


@checked(array)
def tanh_grad(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of `tanh` at x (not at y): 1 − y² = 4 e⁻²ˣ / (1 + e⁻²ˣ)², the same at x and −x.

    >>> tanh_grad([-1e4, 0, 1e4])
    array([0., 1., 0.])
    """
    z = np.exp(-2.0 * np.abs(x))  # 1 − y² would round to 0 from x = 19 on
    return 4.0 * z / (1.0 + z) ** 2


@checked(vectors)
def softmax(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as probabilities, along the last axis: yₖ = eˣᵏ / Σᵢ eˣⁱ. The largest score is taken off first.

    >>> softmax([1e4, 1e4])
    array([0.5, 0.5])
    """
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@checked(vectors)
def softmax_jacobian(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """All derivatives of `softmax`: ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ), shape (..., n, n).

    >>> softmax_jacobian([0, 0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    y = unwrap(softmax)(x)
    return y[..., :, None] * (np.eye(x.shape[-1]) - y[..., None, :])


@checked(vectors)
def log_softmax(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of `softmax`, right where a probability is too small for a float: x − log Σᵢ eˣⁱ.

    >>> log_softmax([0, 1e4])
    array([-10000.,      0.])
    """
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
