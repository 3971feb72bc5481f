"""Checks of samples, targets and the settings of networks, beside those of `arguments`."""

from __future__ import annotations

from os import PathLike
from typing import Any

import numpy as np

from gradcore.arguments import array, count
from livefig.record.objects import regular
from livefig.record.traced import Traced


def size(name: str, value: Any) -> int:
    """A whole number ≥ 1."""
    return int(count(name, value, least=1))


def switch(name: str, value: Any) -> bool:
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def path(name: str, value: Any) -> str | PathLike[str]:
    """The name of a file."""
    if not isinstance(value, (str, PathLike)):
        raise TypeError(f"{name} must be the name of a file, not {value!r}")
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


def columns(name: str, value: Any, seed: int | None) -> tuple[Any, ...]:
    """Arrays with one row for each sample, all of one length, in an order drawn with the seed, if there is one."""
    found = [array(name, column) for column in (value if isinstance(value, tuple) and value else (value,))]
    if any(not column.ndim for column in found):
        raise ValueError(f"{name} must have a row for each sample, not {value!r}")
    lengths = [len(column) for column in found]
    if len(set(lengths)) > 1:
        raise ValueError(f"{name} must have arrays of one length, not {lengths}")
    order = np.arange(lengths[0]) if seed is None else generator("seed", seed).permutation(lengths[0])
    return tuple(column[order] for column in found)
