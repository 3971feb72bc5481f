"""Drawings that more than one chapter makes. Colours are chosen to be read on white and on black."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gradcore.landscapes import Landscape

LINE = "#8c8c8c"
MINIMUM = "#2a8a3e"


def contour(landscape: Landscape, ax: Axes, *, levels: Any = None, points: int = 81) -> Any:
    """Contour lines of a landscape and a cross at each minimum.

    ax : matplotlib axes; its limits become the window of the landscape, its labels x₀ and x₁.
    levels : heights of the lines; by default ten, closer together near the minimum.
    points : samples along each side of the window.
    Returns matplotlib's contour set.
    """
    (low0, high0), (low1, high1) = landscape.window
    x0, x1 = np.meshgrid(np.linspace(low0, high0, points), np.linspace(low1, high1, points))
    heights = landscape(np.stack([x0, x1], axis=-1))
    if levels is None:
        lowest, highest = heights.min(), heights.max()
        levels = lowest + (highest - lowest) * np.linspace(0.1, 1, 10) ** 2
    lines = ax.contour(x0, x1, heights, levels=levels, colors=LINE, linewidths=0.7)
    ax.plot(*np.transpose(landscape.minima), "+", color=MINIMUM, markersize=10, markeredgewidth=2)
    ax.set(xlim=(low0, high0), ylim=(low1, high1), xlabel="x₀", ylabel="x₁")
    return lines
