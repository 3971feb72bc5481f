"""Functions of two variables to walk on, each with its gradient, its minimum and a window to look through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcore.arguments import points


@dataclass(frozen=True)
class Landscape:
    """A function f(x₀, x₁), called like any function: ``bowl([3, 4])``.

    name, formula : as the book writes them.
    function, slope : f and ∇f of an array of points, shape (..., 2).
    minima : the points where f is lowest, shape (m, 2) as tuples.
    window : ((x₀ low, x₀ high), (x₁ low, x₁ high)), the part that is drawn.
    curvatures : for a quadratic the eigenvalues λ of its Hessian, else empty.
    source : where the function comes from.
    """

    name: str
    formula: str
    function: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    minima: tuple[tuple[float, float], ...]
    window: tuple[tuple[float, float], tuple[float, float]]
    curvatures: tuple[float, ...] = ()
    source: str = ""

    def __call__(self, x: Any) -> Any:
        """f at one point, shape (2,), or at many, shape (..., 2).

        >>> float(bowl([-7, 2]))
        6.45
        """
        return self.function(points("x", x))

    def gradient(self, x: Any) -> Any:
        """∇f at one point or at many, shaped like x.

        >>> bowl.gradient([-7, 2])
        array([-0.7,  4. ])
        """
        return self.slope(points("x", x))

    @property
    def critical_lr(self) -> float:
        """2/λ_max: gradient descent on a quadratic converges below this learning rate and diverges above it.

        >>> bowl.critical_lr
        1.0
        """
        if not self.curvatures:
            raise ValueError(f"{self.name} is not a quadratic: its curvature differs from place to place")
        return 2 / max(self.curvatures)

    def contour(self, ax: Any, **options: Any) -> Any:
        """Draw contour lines and the minimum into a matplotlib axes: `gradcore.plotting.contour`."""
        from gradcore import plotting

        return plotting.contour(self, ax, **options)


def _quadratic(a: float, b: float) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """x₀²/a + x₁²/b and its gradient."""

    def function(x: Any) -> Any:
        return np.square(x[..., 0]) / a + np.square(x[..., 1]) / b

    def slope(x: Any) -> Any:
        return x * np.array([2 / a, 2 / b])

    return function, slope


sphere = Landscape(
    "sphere",
    "x₀² + x₁²",
    *_quadratic(1, 1),
    minima=((0.0, 0.0),),
    window=((-3.5, 3.5), (-4.5, 4.5)),
    curvatures=(2.0, 2.0),
    source="Saitoh, Deep Learning from Scratch, chapter 4",
)

bowl = Landscape(
    "elongated bowl",
    "x₀²/20 + x₁²",
    *_quadratic(20, 1),
    minima=((0.0, 0.0),),
    window=((-10.0, 10.0), (-5.0, 5.0)),
    curvatures=(0.1, 2.0),
    source="Saitoh, Deep Learning from Scratch, chapter 6",
)
