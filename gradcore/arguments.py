"""Checks of arguments, in one place: clear errors for numbers and arrays, and traced values let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def regular(name: str, value: Any) -> Any:
    """Any array, not copied where it is one."""
    try:
        return lift_objects(np.asarray(value))
    except ValueError:
        raise ValueError(f"{name} must be a regular array: the rows of {value!r} differ in length") from None


def _reals(name: str, value: Any) -> Any:
    """An array of real numbers as float64, or a traced one. Not copied where it is one already."""
    found = value if isinstance(value, Traced) else regular(name, value)
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


def size(name: str, value: Any) -> int:
    """A whole number ≥ 1."""
    if count(name, value) < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def switch(name: str, value: Any) -> bool:
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def choice(name: str, value: Any, options: Iterable[str]) -> str:
    """One of the names in `options`."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, not {value!r}")
    return value


def generator(name: str, seed: Any) -> np.random.Generator:
    """A random generator of its own: the same numbers for the same whole number, others each time for None."""
    return np.random.default_rng(None if seed is None else count(name, seed))


def shaped(name: str, value: Any, *shapes: tuple[int | None, ...], finite: bool = True) -> Any:
    """An array of floats of one of the shapes, not copied where it is one; None fits any length but 0.

    finite : False leaves it to the caller to look for NaN and inf in an array: `finite_behind`.

    >>> shaped("x", [[1, 2], [3, 4]], (2,), (None, 2))
    array([[1., 2.],
           [3., 4.]])
    """
    ready = isinstance(value, Traced) or (type(value) is np.ndarray and value.dtype == np.float64)
    found = value if ready else array(name, value)
    shape = found.shape
    if shape not in shapes and (0 in shape or not any(_fits(shape, wanted) for wanted in shapes)):
        wanted = " or ".join(map(str, shapes)).replace("None", "n")
        raise ValueError(f"{name} must have shape {wanted}, not {shape}")
    return finite_behind(name, found, found) if finite else found


def finite_behind(name: str, value: Any, product: Any) -> Any:
    """`product` as it is. ValueError if it is not finite because `value`, of which it was made, is not.

    NaN and inf in x show in x @ W, which is often much smaller than x.
    """
    if not isinstance(product, Traced):
        with np.errstate(all="ignore"):
            square = np.vdot(product, product)  # one pass, no temporary: finite if all are, or else too large to tell
        if not np.isfinite(square) and not isinstance(value, Traced):
            array(name, value)
    return product


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(m in (n, None) for n, m in zip(shape, wanted, strict=True))


def targets(name: str, value: Any, shape: tuple[int, ...]) -> Any:
    """What a classifier should have said, as probabilities of `shape`: from labels, or from rows that add up to 1.

    >>> targets("t", [2, 0], (2, 3))
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    found = value if isinstance(value, Traced) else regular(name, value)
    labels, classes = found.shape == shape[:-1], shape[-1]
    if not labels and found.shape != shape:
        raise ValueError(
            f"{name} must be labels of shape {shape[:-1]} or one-hot rows of shape {shape}, not of shape {found.shape}"
        )
    if not isinstance(found, Traced):
        if labels and found.dtype.kind not in "iu":
            raise TypeError(f"{name} must hold whole numbers, the labels 0 to {classes - 1}, not {value!r}")
        if labels and not (found.min() >= 0 and found.max() < classes):
            raise ValueError(f"{name} must hold labels from 0 to {classes - 1}, not {value!r}")
        if not labels and found.dtype != np.float64:
            found = array(name, found)
        if not labels and not (found.min() >= 0 and np.abs(found @ np.ones(classes) - 1).max() <= 1e-6):
            raise ValueError(f"{name} must have rows of numbers ≥ 0 that add up to 1, not {value!r}")
    return (found[..., None] == np.arange(classes)) * 1.0 if labels else found


def probabilities(name: str, value: Any) -> Any:
    """An array of numbers from 0 to 1; a little more is let through, for numerical gradients step over the end."""
    if not isinstance(value, Traced) and not (value.min() >= 0 and value.max() <= 1.01):
        raise ValueError(f"{name} must be probabilities, from 0 to 1, not {value}: for scores there is softmax_loss")
    return value
