"""What chapters draw alike: the height of a map as soft tints, under contour lines that are equal steps apart; and the
limits of axes that show what a reader types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike

from gradcore.arguments import Floats
from gradcore.landscapes import LINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourSet
    from matplotlib.image import AxesImage

LOW, HIGH, DENSITY = np.array([120, 190, 90]) / 255, np.array([45, 90, 170]) / 255, 0.3  # soft on white and on black


def even_levels(heights: Any, count: int = 9, share: float = 0.8) -> Floats:
    """Heights of `count` contour lines, equal steps apart: close lines mean steep ground.

        lowest + k (top − lowest) / count,    k = 1, 2, …

    heights : of a map, shape (rows, columns), or recorded in a live figure; all finite.
    share : about so much of the map lies below `top`, the last line. The walls above it have none.

    >>> even_levels(np.outer([1, 1], np.arange(6)), count=4)
    array([1., 2., 3., 4.])
    """
    lowest = np.min(heights)
    rows, columns = (-(-length // 8) for length in np.shape(heights))
    top = np.quantile(heights[rows // 2 :: rows, columns // 2 :: columns], share)  # of 8 × 8 places at most
    return lowest + (top - lowest) * np.arange(1, count + 1) / count


def relief(ax: Axes, x0: ArrayLike, x1: ArrayLike, heights: ArrayLike, levels: ArrayLike | None = None) -> list[Any]:
    """Draw a map: fields from green, low, to blue, high, and the contour lines between them.

    ax : matplotlib axes.  x0, x1, heights : as `ax.contour` takes them.
    levels : heights of the lines; by default `even_levels(heights)`.
    Returns the fields and the lines, both contour sets: a live figure can hide them together.
    """
    levels = even_levels(heights) if levels is None else np.asarray(levels, dtype=float)
    lowest, highest = min(np.min(heights), levels[0]) - 1, max(np.max(heights), levels[-1]) + 1
    tints = [(*(LOW + (HIGH - LOW) * k / len(levels)), DENSITY) for k in range(len(levels) + 1)]
    fields = ax.contourf(x0, x1, heights, levels=[lowest, *levels, highest], colors=tints)
    return [fields, ax.contour(x0, x1, heights, levels=levels, colors=LINE, linewidths=0.7, linestyles="solid")]


def blank_relief(ax: Axes, x0: ArrayLike, x1: ArrayLike, count: int = 9) -> tuple[AxesImage, ContourSet]:
    """A map whose heights a live figure will give: `update` returns ``dict(zip(both, heights_of(z)))`` among the rest.

    ax : matplotlib axes.  x0, x1 : places of the columns and of the rows, equal steps apart.  count : of the lines.
    Returns the fields, an image, and the lines, a contour set.
    """
    x, y = np.asarray(x0, dtype=float), np.asarray(x1, dtype=float)
    tints = LinearSegmentedColormap.from_list("height", [LOW, HIGH])
    (left, right), (low, high) = (
        (side[0] + side[0] / 2 - side[1] / 2, side[-1] * 1.5 - side[-2] / 2) for side in (x, y)
    )
    blank = np.zeros((len(y), len(x)))
    fields = ax.imshow(
        blank, tints, extent=(left, right, low, high), origin="lower", vmin=0, vmax=1, alpha=DENSITY, aspect="auto"
    )
    lines = ax.contour(
        x, y, blank + x, levels=x[0] + np.ptp(x) * np.arange(1, count + 1) / count, colors=LINE, linewidths=0.7,
        linestyles="solid",
    )  # fmt: skip
    return fields, lines


def heights_of(z: Any, count: int = 9) -> tuple[Any, tuple[Any, Any]]:
    """What `blank_relief` shows for heights z: their shares of the way up to the last line; and z with the levels.

    Where z is not finite, `finite(z)` stands for it.
    """
    z = finite(z)
    levels = even_levels(z, count)
    levels = levels + 1e-9 * (1 + np.abs(levels)) * np.arange(count)  # of a plain, too, they differ
    lowest = np.min(z)
    return np.clip((z - lowest) / np.maximum(levels[-1] - lowest, 1e-300), 0, 1), (z, levels)


def finite(z: Any) -> Any:
    """The numbers z, shape (...), or recorded ones; where one is not finite, the mean of those that are.

    >>> finite(np.array([1.0, np.inf, 3.0]))
    array([1., 2., 3.])
    """
    fine = np.isfinite(z)
    return np.where(fine, z, np.sum(np.where(fine, z, 0.0)) / np.maximum(np.sum(fine), 1))


def leaves_plane(f: Any, x0: Any, x1: Any, slopes: Any) -> Any:
    """Whether f goes another way, between the axes, than the plane of its two slopes, however near one looks.

        |f(x + εu) − f(x) − ε (s₀u₀ + s₁u₁)| is not small beside ε,    u in twelve directions

    f : a function of x0 and x1.  x0, x1 : numbers, or recorded in a live figure.  slopes : (s₀, s₁), as given there.

    >>> at_0 = dict(x0=0.0, x1=0.0, slopes=(0.0, 0.0))
    >>> [bool(leaves_plane(f, **at_0)) for f in (np.hypot, np.multiply, lambda a, b: np.fmin(abs(a), abs(b)))]
    [True, False, True]

    Chapters "Partial derivatives" and "The gradient".
    """
    turn = np.radians([angle for angle in range(0, 360, 15) if angle % 90 in (30, 45, 60)])
    here, size = f(x0, x1), 1 + np.fmax(np.abs(x0), np.abs(x1))

    def off(near: float) -> tuple[Any, Any]:
        step = near * size
        change = f(x0 + step * np.cos(turn), x1 + step * np.sin(turn)) - here
        left = change / step - slopes[0] * np.cos(turn) - slopes[1] * np.sin(turn)
        return np.max(np.abs(left)), np.max(np.abs(change))

    (near, jump), (far, leap) = off(1e-7), off(1e-5)
    kink = (near > 0.9 * far) & (near < 1.1 * far)
    return (kink & (near > 1e-6 * (1 + np.abs(here)))) | ((jump > 0.9 * leap) & (jump > 1e-6 * (1 + np.abs(here))))


def limits_around(*heights: Any, below: float = 0.1, above: float = 0.1) -> tuple[Any, Any]:
    """Limits of an axis that shows curves of these heights, but not how far a pole reaches up: (lowest, highest).

    heights : of each curve, shape (points,), or recorded in a live figure.
    below, above : the room under and over all but a fiftieth of the heights, as shares of what they span.

    >>> np.round(limits_around(np.linspace(0, 100, 101), above=0.5), 2).tolist()
    [-7.6, 146.0]
    """
    y = np.concatenate(heights)
    y = finite(y[:: -(-len(y) // 64)])  # so many numbers can be sorted while readers type
    low, high = np.quantile(y, 0.02), np.quantile(y, 0.98)
    span = high - low + 1e-2
    return low - below * span, high + above * span
