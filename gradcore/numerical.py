"""Numerical differentiation: slopes estimated from values of the function alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcore import arguments


def numerical_gradient(f: Callable[[Any], Any], x: Any, h: float = 1e-4) -> Any:
    """Central-difference estimate of the gradient of `f` at `x`.

        ∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h

    f : array like x -> float. Called twice per element, always with a copy of floats, which it may change.
    x : array_like, any shape. Copied: your array stays as it was, integers become floats.
    h : step in the units of x; by default that of the book.
    Returns an array shaped like x, in units of f per unit of x.
    Raises TypeError or ValueError naming the argument; FloatingPointError if f returns NaN.

    >>> numerical_gradient(lambda x: x[0] ** 2 + x[1] ** 2, [3, 4]).round(6)
    array([6., 8.])

    Chapter "The gradient". The step 1e-4 is that of Saitoh, Deep Learning from Scratch, chapter 4.
    """
    f = arguments.function("f", f)
    point = arguments.array("x", x)
    h = arguments.positive("h", h)
    gradient = np.zeros_like(point)
    for i in np.ndindex(point.shape):
        here = point[i]
        point[i] = here + h
        ahead = arguments.value_at_start(f, "x", point)
        point[i] = here - h
        behind = arguments.value_at_start(f, "x", point)
        point[i] = here
        gradient[i] = (ahead - behind) / (2 * h)
    return gradient
