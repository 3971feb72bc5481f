"""The axes of a figure as the page needs them: limits, and the way from data to points of the SVG."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Spec = dict[str, Any]


def is_3d(ax: Any) -> bool:
    return hasattr(ax, "get_zlim")


def axes_spec(ax: Any) -> Spec:
    """The box of an axes in the SVG, and for x, y (and z) label, scale and limits, low before high.

    A coordinate v goes to a·S(v) + b, S being the identity or log10: matplotlib's transData. In three dimensions
    `matrix`, shape (3, 4), takes (x, y, z, 1) to (X, Y, w), and the point is (X, Y)/w: its fixed camera.
    """
    box = ax.get_window_extent()
    height = ax.get_figure(root=True).bbox.height
    spec: Spec = {"box": [box.x0, height - box.y1, box.x1, height - box.y0]}
    for which in "xyz" if is_3d(ax) else "xy":
        low, high = sorted(map(float, getattr(ax, f"get_{which}lim")()))
        scale = getattr(ax, f"get_{which}scale")()
        if scale != "linear" and (scale != "log" or is_3d(ax)):
            known = "'linear'" if is_3d(ax) else "'linear' and 'log'"
            raise ValueError(f"the {which} axis has the scale {scale!r}: a live figure knows {known}")
        spec[which] = {"label": getattr(ax, f"get_{which}label")() or which, "scale": scale, "low": low, "high": high}
    if is_3d(ax):
        spec["matrix"] = _camera(ax, height).tolist()
    else:
        _flat(ax, height, spec)
    return spec


def _flat(ax: Any, height: float, spec: Spec) -> None:
    """The map of each axis on its own."""
    limits = np.transpose([(spec[which]["low"], spec[which]["high"]) for which in "xy"])
    corners = ax.transData.transform(limits)
    corners[:, 1] = height - corners[:, 1]
    for i, which in enumerate("xy"):
        ends = [math.log10(v) if spec[which]["scale"] == "log" else v for v in limits[:, i].tolist()]
        a = float(corners[1, i] - corners[0, i]) / (ends[1] - ends[0])
        spec[which] |= {"a": a, "b": float(corners[0, i]) - a * ends[0]}


def _camera(ax: Any, height: float) -> Any:
    """The projection of three-dimensional axes, followed by the map to points of the SVG."""
    to_points = np.array(ax.transData.get_affine().get_matrix())
    to_points[1] = [0, 0, height] - to_points[1]
    projection = ax.get_proj()[[0, 1, 3]]
    return to_points @ projection


def clip_element(name: str, axes: Spec) -> str:
    """The SVG element that cuts moving artists at the edge of their axes."""
    left, top, right, bottom = axes["box"]
    return (
        f'<clipPath id="{name}"><rect x="{left:.2f}" y="{top:.2f}" '
        f'width="{right - left:.2f}" height="{bottom - top:.2f}"/></clipPath>'
    )
