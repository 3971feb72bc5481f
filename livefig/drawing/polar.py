"""Polar axes: angles and distances from the middle as points of the SVG. `polar.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np


def around(page: Sequence[Sequence[float]], angles: Any, distances: Any) -> tuple[Any, Any]:
    """The points at angles and distances, or nowhere if a distance is below 0."""
    (a, c), (e, f) = page
    with np.errstate(all="ignore"):
        away = np.where(distances >= 0, distances, math.nan)
        return a * away * np.cos(angles) + c, e * away * np.sin(angles) + f
