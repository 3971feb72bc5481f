"""Polar axes: angles and distances from the middle as points of the SVG. `polar.js` is the twin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

DEGREE = math.pi / 180


def around(page: Sequence[Sequence[float]], angles: Any, distances: Any) -> tuple[Any, Any]:
    """The points at angles and distances, or nowhere if a distance is below 0."""
    (a, c), (e, f) = page
    with np.errstate(all="ignore"):
        away = np.where(distances >= 0, distances, math.nan)
        return a * away * np.cos(angles) + c, e * away * np.sin(angles) + f


def by_degrees(corners: Any) -> Any:
    """The corners of a path whose edges are straight in the data, and a point in each degree between them."""
    if not np.isfinite(corners).all():
        return corners
    turns = np.abs(np.diff(corners[:, 0], append=corners[:1, 0])) / DEGREE
    shares = [np.arange(count)[:, None] / count for count in np.maximum(np.ceil(turns), 1).tolist()]
    ways = zip(corners, np.roll(corners, -1, axis=0), shares, strict=True)
    return np.concatenate([start + share * (end - start) for start, end, share in ways])
