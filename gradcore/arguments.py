"""Checks of arguments, in one place: clear errors for numbers and arrays, and traced values let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livefig.record.objects import lift_objects, regular
from livefig.record.refuse import moving
from livefig.record.traced import Traced, lift

Function = Callable[..., Any]
Floats = NDArray[np.float64]
FLOAT = np.dtype(float)


def function(name: str, value: Any) -> Function:
    """A callable, or TypeError."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, not {value!r}: pass {name} itself, not {name}(x)")
    return value


def array(name: str, value: Any) -> Any:
    """A copy of a non-empty array of finite real numbers, as float64.

    >>> array("x", [3, 4])
    array([3., 4.])
    """
    found = reals(name, value).copy()
    if not found.size:
        raise ValueError(f"{name} must have at least one element, not shape {found.shape}")
    if isinstance(found, Traced):
        return found
    # For a short array a sum is quicker than np.isfinite; it may overflow.
    if not (found.ndim == 1 and found.size < 50 and isfinite(sum(found.tolist()))) and not np.isfinite(found).all():
        raise ValueError(f"{name} must be finite, not {found}")
    return found


def reals(name: str, value: Any) -> Any:
    """An array of real numbers as float64, or a traced one. Not copied where it is one already."""
    if isinstance(value, Traced) or (type(value) is np.ndarray and value.dtype is FLOAT):
        return value
    found = regular(name, value)
    if isinstance(found, Traced):
        return found
    if found.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, not {value!r}")
    return found.astype(float, copy=False)


def rows(name: str, value: Any) -> Any:
    """A copy of an array whose rows are points."""
    found = array(name, value)
    if np.ndim(found) < 2:
        raise ValueError(f"{name} must have a row for each point, shape (m, n), not shape {np.shape(found)}")
    return found


def points(name: str, value: Any, n: int = 2) -> Any:
    """Points of n coordinates, shape (..., n), as floats. Not copied."""
    found = reals(name, value)
    if found.shape[-1:] != (n,):
        where = "of the plane" if n == 2 else f"of {n} coordinates"
        raise ValueError(f"{name} must be points {where}, shape (..., {n}), not shape {found.shape}")
    return found


def point(name: str, value: Any, h: Any) -> tuple[Any, Any]:
    """A copy of a non-empty array, and a step to move its elements by. If the step is traced, both are."""
    found, h = array(name, value), positive("h", h)
    if isinstance(h, Traced) and not isinstance(found, Traced):
        found = lift(h.graph, found)
    return found, h


def assembled(values: list[Any], shape: tuple[int, ...]) -> Any:
    """A list of numbers, floats or traced, as an array of that shape."""
    found = np.array(values)
    if found.dtype is not FLOAT:
        found = lift_objects(found)
    return found if len(shape) == 1 else found.reshape(shape)


def number(name: str, value: Any) -> Any:
    """A finite real number as a float."""
    if isinstance(value, float) and isfinite(value):
        return float(value)
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


def between(name: str, value: Any, low: float, high: float) -> Any:
    """A number with low ≤ number < high."""
    value = number(name, value)
    if not isinstance(value, Traced) and not low <= value < high:
        raise ValueError(f"{name} must be at least {low} and below {high}, not {value!r}")
    return value


def positive(name: str, value: Any) -> Any:
    """A finite number above zero."""
    if type(value) is float and 0 < value < inf:
        return value
    value = number(name, value)
    if not isinstance(value, Traced) and value <= 0:
        raise ValueError(f"{name} must be positive, not {value!r}")
    return value


def untraced(what: str, *values: Any) -> None:
    """TypeError if a value is traced: for what decides by looking at numbers, as a recording cannot."""
    if any(isinstance(value, Traced) for value in values):
        raise TypeError(f"{what} looks at numbers to decide what to do next, so it cannot follow {moving()}")


def count(name: str, value: Any, least: int = 0) -> Any:
    """A whole number ≥ `least` as an int."""
    if isinstance(value, Traced) and not value.ndim:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {value}")
    return int(value)


def choice(name: str, value: Any, choices: Iterable[str]) -> str:
    """One of a few words."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def place(name: str, value: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The index of one element of an array, counted from 0.

    >>> place("i", -1, (3,))
    (2,)
    """
    index = value if isinstance(value, tuple) else (value,)
    if any(isinstance(i, bool) or not isinstance(i, (int, np.integer)) for i in index):
        raise TypeError(f"{name} must be a whole number or a tuple of them, not {value!r}")
    if len(index) != len(shape):
        raise ValueError(f"{name} must have an entry for each axis of shape {shape}, not {value!r}")
    if any(not -length <= i < length for i, length in zip(index, shape, strict=True)):
        raise ValueError(f"{name} = {value!r} is out of range for shape {shape}")
    return tuple(int(i) % length for i, length in zip(index, shape, strict=True))


def value_of(f: Function, x: Any) -> Any:
    """f(x), which must be one number. f gets a copy. FloatingPointError for NaN."""
    return one_number(f(x.copy()), x)


def one_number(value: Any, x: Any = "one of the points") -> Any:
    """What f returned at x, which must be one real number, as a float. FloatingPointError for NaN."""
    if isinstance(value, float):  # NumPy's float64 is one
        if value == value:
            return float(value)
    elif isinstance(value, Traced) and not value.ndim:
        return value
    elif np.ndim(value):
        raise TypeError(f"f must return one number, not an array of shape {np.shape(value)}: {value!r}")
    elif not _is_real(value):
        raise TypeError(f"f must return a real number, not {value!r}")
    value = float(value)
    if value != value:
        raise FloatingPointError(f"f returned NaN at x = {x}")
    return value


def value_at_start(f: Function, name: str, x: Any) -> Any:
    """f(x) at the point an argument gives; an error of shape is told as one of that argument."""
    return first_values(f, name, x.copy())[0]


def first_values(f: Function, name: str, *near: Any) -> list[Any]:
    """f at the point an argument gives or close to it, told as `value_at_start` does. f gets the arrays themselves."""
    try:
        return [one_number(f(x), x) for x in near]
    except (IndexError, ValueError) as error:
        x = near[0]
        raise ValueError(f"{name} = {x!r} of shape {np.shape(x)} does not fit f: {error}") from error


def values_of(f: Function, x: Any, shape: tuple[int, ...] | None = None) -> Any:
    """f(x), which must be an array of real numbers, of that shape if one is given. FloatingPointError for NaN."""
    found = reals("what f returns", f(x if isinstance(x, float) else x.copy()))
    if shape is not None and found.shape != shape:
        if not shape:
            raise TypeError(f"f must return one number, not an array of shape {found.shape}")
        raise ValueError(f"f must return shape {shape} for x of shape {np.shape(x)}, not {found.shape}")
    if not isinstance(found, Traced) and np.isnan(found).any():
        raise FloatingPointError(f"f returned NaN at x = {x}")
    return found


def slope_of(grad: Function, x: Any, *row: Any) -> Any:
    """grad(x, *row), which must be an array of real numbers shaped like x. grad gets copies."""
    found = reals("what grad returns", grad(x.copy(), *row))
    if found.shape != x.shape:
        raise ValueError(f"grad must return shape {x.shape}, like x, not {found.shape}")
    return found
