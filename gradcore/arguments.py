"""Checks of arguments, in one place: clear errors for numbers and arrays, and traced values let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcore.tape import Traced, lift_objects

Function = Callable[..., Any]


def function(name: str, value: Any) -> Function:
    """A callable, or TypeError."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, not {value!r}: pass {name} itself, not {name}(x)")
    return value  # type: ignore[no-any-return]


def array(name: str, value: Any) -> Any:
    """A copy of a non-empty array of finite real numbers, as float64.

    >>> array("x", [3, 4])
    array([3., 4.])
    """
    found = _reals(name, value).copy()
    if not found.size:
        raise ValueError(f"{name} must have at least one element, not shape {found.shape}")
    if not isinstance(found, Traced) and not np.isfinite(found).all():
        raise ValueError(f"{name} must be finite, not {found}")
    return found


def _reals(name: str, value: Any) -> Any:
    """An array of real numbers as float64, or a traced one. Not copied where it is one already."""
    if isinstance(value, Traced):
        return value
    try:
        found = lift_objects(np.asarray(value))
    except ValueError:
        raise ValueError(f"{name} must be a regular array: the rows of {value!r} differ in length") from None
    if isinstance(found, Traced):
        return found
    if found.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, not {value!r}")
    return found.astype(float, copy=False)


def points(name: str, value: Any) -> Any:
    """Points of the plane, shape (..., 2), as floats. Not copied."""
    found = _reals(name, value)
    if np.shape(found)[-1:] != (2,):
        raise ValueError(f"{name} must be points of the plane, shape (..., 2), not shape {np.shape(found)}")
    return found


def number(name: str, value: Any) -> Any:
    """A finite real number as a float."""
    if isinstance(value, Traced) and not value.ndim:
        return value
    if not _is_real(value):
        raise TypeError(f"{name} must be a number, not {value!r}")
    if not np.isfinite(value):
        raise ValueError(f"{name} must be finite, not {value!r}")
    return float(value)


def _is_real(value: Any) -> bool:
    """Whether a value is one real number; a truth value is none."""
    return not np.ndim(value) and np.asarray(value).dtype.kind in "iuf"


def positive(name: str, value: Any) -> Any:
    """A finite number above zero."""
    value = number(name, value)
    if not isinstance(value, Traced) and value <= 0:
        raise ValueError(f"{name} must be positive, not {value!r}")
    return value


def count(name: str, value: Any) -> Any:
    """A whole number ≥ 0 as an int."""
    if isinstance(value, Traced) and not value.ndim:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be at least 0, not {value}")
    return int(value)


def value_of(f: Function, x: Any) -> Any:
    """f(x), which must be one number. f gets a copy. FloatingPointError for NaN."""
    value = f(x.copy())
    if isinstance(value, Traced) and not value.ndim:
        return value
    if not isinstance(value, float):
        if np.ndim(value):
            raise TypeError(f"f must return one number, not an array of shape {np.shape(value)}: {value!r}")
        if not _is_real(value):
            raise TypeError(f"f must return a real number, not {value!r}")
    value = float(value)
    if value != value:
        raise FloatingPointError(f"f returned NaN at x = {x}")
    return value


def value_at_start(f: Function, name: str, x: Any) -> Any:
    """f(x) at the point an argument gives; an error of shape is told as one of that argument."""
    try:
        return value_of(f, x)
    except (IndexError, ValueError) as error:
        raise ValueError(f"{name} = {x!r} of shape {np.shape(x)} does not fit f: {error}") from error


def slope_of(grad: Function, x: Any) -> Any:
    """grad(x), which must be an array of real numbers shaped like x. grad gets a copy."""
    found = _reals("what grad returns", grad(x.copy()))
    if np.shape(found) != np.shape(x):
        raise ValueError(f"grad must return shape {np.shape(x)}, like x, not {np.shape(found)}")
    return found
