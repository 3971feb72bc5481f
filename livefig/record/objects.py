"""`np.array([x0, x1])` of traced numbers: an array of objects, taken for what it means."""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.record.refusals import Unanswered
from livefig.record.traced import Traced, lift


def lift_objects(array: np.ndarray[Any, Any]) -> Any:
    """An object array that holds traced numbers as a traced array; any other array as it is.

    `np.array([x0, x1])` and `np.asarray([x0, 0.0])` make such object arrays.
    """
    if array.dtype == object:
        for item in array.ravel():
            if isinstance(item, Traced):
                return lift(item.graph, array)
    return array


def holds_recorded(value: Any) -> bool:
    """Whether a value is one that a recording knows, or holds one."""
    if isinstance(value, dict):
        return any(map(holds_recorded, value.values()))
    if isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.dtype == object and value.ndim):
        return any(map(holds_recorded, value))
    return isinstance(value, Unanswered)


def regular(name: str, value: Any) -> Any:
    """An argument as an array, not copied where it is one, or as a traced array. ValueError if it is ragged."""
    try:
        return lift_objects(np.asarray(value))
    except ValueError:
        raise ValueError(f"{name} must be a regular array: the rows of {value!r} differ in length") from None
