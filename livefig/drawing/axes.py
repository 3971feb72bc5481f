"""The axes of a figure as the page needs them: limits, and the way from data to points of the SVG."""

from __future__ import annotations

import math
from typing import Any, cast

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.patches import Patch
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation
from matplotlib.transforms import Affine2D

from livefig.description import Axes, Axis, Camera
from livefig.drawing.drawn import svg_path
from livefig.drawing.space import matrix


def is_3d(ax: Any) -> bool:
    return hasattr(ax, "get_zlim")


def is_polar(ax: Any) -> bool:
    return hasattr(ax, "get_rorigin")


def axes_spec(ax: Any) -> Axes:
    """The box of an axes in the SVG, and for x, y (and z) label, scale and limits, low before high.

    A coordinate v goes to a·S(v) + b, S being the identity or log10: matplotlib's transData. A logarithmic axis that
    clips, as matplotlib's do unless told otherwise, puts 0 and below at `zero`, far out of the picture. On polar axes
    x goes to an angle α, and y to a distance r from their middle: with [[a, c], [e, f]] as `polar` that is at
    (a r cos α + c, e r sin α + f). In three
    dimensions `matrix`, shape (4, 4), takes (x, y, z, 1) to (X, Y, w, Z) as its camera stands: the point is (X, Y)/w.
    """
    height = ax.get_figure(root=True).bbox.height
    spec: dict[str, Any] = {"box": _box(ax.get_window_extent(), height), "canvas": _canvas(ax)}
    for which in "xyz" if is_3d(ax) else "xy":
        low, high = sorted(map(float, getattr(ax, f"get_{which}lim")()))
        scale = getattr(ax, f"get_{which}scale")()
        if scale != "linear" and (scale != "log" or is_3d(ax)):
            known = "'linear'" if is_3d(ax) else "'linear' and 'log'"
            raise ValueError(f"the {which} axis has the scale {scale!r}: a live figure knows {known}")
        spec[which] = {"label": getattr(ax, f"get_{which}label")() or which, "scale": scale, "low": low, "high": high}
    if is_3d(ax):
        spec["space"] = spaces_of(ax.get_figure(root=True)).index(ax)
        spec["matrix"] = matrix(camera(ax), (ax.azim, ax.elev))
    else:
        _flat(ax, height, spec)
    return cast(Axes, spec)


def frame(artist: Any) -> Axes:
    """The axes of an artist as its own transform has them.

    A direction in which it does not live in the data, as with transform=ax.transAxes, goes from 0 to 1. An artist of
    the figure itself has the whole figure as its axes. `cut` is the outline that cuts it, if that is no box.
    """
    ax, figure = artist.axes, artist.get_figure(root=True)
    height = figure.bbox.height
    transform = _transform(artist)
    spec: dict[str, Any] = {"canvas": _canvas(artist)} if ax is None else dict(axes_spec(ax))
    cut = artist.get_clip_path() if artist.get_clip_on() else None
    if ax is None or not artist.get_clip_on() or (cut and artist.get_clip_box() is None):
        spec["box"] = _box(figure.bbox, height)
    if cut:
        outline, affine = cut.get_transformed_path_and_affine()
        spec["cut"] = svg_path(outline.transformed(affine + Affine2D().scale(1, -1).translate(0, height)))
    in_data = (True, True) if ax is not None and is_3d(ax) else in_the_data(artist, transform)
    ends = transform.transform([(0.0, 0.0), (1.0, 1.0)]) if not all(in_data) else np.zeros((2, 2))
    ends[:, 1] = height - ends[:, 1]
    if not all(in_data):
        spec.pop("polar", None)
    for i, which in enumerate("xy"):
        if not in_data[i]:
            a, b = float(ends[1, i] - ends[0, i]), float(ends[0, i])
            spec[which] = {"label": which, "scale": "linear", "low": 0.0, "high": 1.0, "a": a, "b": b}
    return cast(Axes, spec)


def middle(axis: Axis, share: float) -> float:
    """The coordinate at a share of an axis, from its lower limit on."""
    low, high = axis["low"], axis["high"]
    return float(low ** (1 - share) * high**share if axis["scale"] == "log" else low + share * (high - low))


def in_the_data(artist: Any, transform: Any) -> tuple[bool, bool]:
    """For x and for y, whether a transform begins with the data of the artist's axes."""
    if artist.axes is None:
        return False, False
    x, y = transform.contains_branch_seperately(artist.axes.transData)
    return bool(x), bool(y)


def directions_in_data(artist: Any) -> tuple[bool, bool]:
    """For x and for y, whether an artist lives in the data of its axes."""
    if isinstance(artist, Annotation):
        in_data = "data" in (artist.xycoords, artist.anncoords)
        return in_data, in_data
    return in_the_data(artist, _transform(artist))


def _transform(artist: Any) -> Any:
    """The way of its coordinates to the picture; of shapes that are put at points, that of the points."""
    if isinstance(artist, Patch):
        return artist.get_data_transform()
    placed = isinstance(artist, (PathCollection, Quiver))
    return artist.get_offset_transform() if placed else artist.get_transform()


def _box(extent: Any, height: float) -> list[float]:
    return list(map(float, (extent.x0, height - extent.y1, extent.x1, height - extent.y0)))


def _canvas(artist: Any) -> list[float]:
    """Where matplotlib cuts lines: a pixel outside the figure."""
    box = artist.get_figure(root=True).bbox
    return [-1.0, -1.0, float(box.width) + 1, float(box.height) + 1]


def _flat(ax: Any, height: float, spec: dict[str, Any]) -> None:
    """The map of each axis on its own."""
    limits = np.transpose([(spec[which]["low"], spec[which]["high"]) for which in "xy"])
    if is_polar(ax):
        spec["polar"], corners = _around(ax, height, limits)
    else:
        corners = ax.transData.transform(limits)
        corners[:, 1] = height - corners[:, 1]
    for i, which in enumerate("xy"):
        log = spec[which]["scale"] == "log"
        ends = [math.log10(v) if log else v for v in limits[:, i].tolist()]
        a = float(corners[1, i] - corners[0, i]) / (ends[1] - ends[0])
        spec[which] |= {"a": a, "b": float(corners[0, i]) - a * ends[0]}
        if log:
            transform = getattr(ax, f"{which}axis").get_transform()
            (zero,) = transform.transform(np.array([0.0])) * math.log10(transform.base)
            spec[which]["zero"] = a * float(zero) + spec[which]["b"] if math.isfinite(zero) else None


def _around(ax: Any, height: float, places: Any) -> tuple[list[list[float]], Any]:
    """Of polar axes their middle and unit in the SVG, and for places in them the angles and the distances from it."""
    (a, _, c), (_, e, f), _ = (ax.transProjectionAffine + ax.transWedge + ax.transAxes).get_matrix().tolist()
    _, origin = ax.transScale.transform((0.0, ax.get_rorigin()))
    found = (ax.transScale + ax.transShift).transform(places)
    found[:, 1] = (found[:, 1] - origin) * ax.get_rsign()
    return [[a, c], [-e, height - f]], found


def camera(ax: Any) -> Camera:
    """What three-dimensional axes have of a camera, whichever way they are turned."""
    if ax._vertical_axis != 2:
        raise ValueError(
            f"the axes {ax.get_title()!r} have another vertical axis: a live figure knows vertical_axis='z'"
        )
    limits = np.array([ax.get_xlim(), ax.get_ylim(), ax.get_zlim()], dtype=float)
    scales = ax._box_aspect / (limits[:, 1] - limits[:, 0])
    world = np.column_stack([scales, -scales * limits.mean(axis=1)])
    (a, _, c), (_, e, f), _ = ax.transData.get_affine().get_matrix().tolist()
    zoom = None if np.isinf(ax._focal_length) else float(ax._focal_length)
    page = [[a, c], [-e, ax.get_figure(root=True).bbox.height - f]]
    return {"roll": ax.roll, "distance": float(ax._dist), "zoom": zoom, "world": world.tolist(), "page": page}


def spaces_of(fig: Any) -> list[Any]:
    """The three-dimensional axes of a figure."""
    return [ax for ax in fig.axes if is_3d(ax)]


def clip_element(name: str, axes: Axes) -> str:
    """The SVG element that cuts moving artists at the edge of their axes."""
    left, top, right, bottom = axes["box"]
    box = f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"/>'
    if "cut" not in axes:
        return f'<clipPath id="{name}">{box}</clipPath>'
    outline = f'<path d="{axes["cut"]}"/>'
    both = f'<clipPath id="{name}" clip-path="url(#{name}-box)">{outline}</clipPath>'
    return f'<clipPath id="{name}-box">{box}</clipPath>{both}'
