"""Functions of two variables to walk on, each with its gradient, its minimum and a window to look through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import ArrayLike

from gradcore.arguments import Floats, points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourSet

LINE = "#8c8c8c"  # readable on white and on black, as the next one is
MINIMUM = "#2a8a3e"


@dataclass(frozen=True)
class Landscape:
    """A function f(x₀, x₁), called like any function: ``bowl([3, 4])``.

    name, formula : as the book writes them.
    function, slope : f and ∇f of an array of points, shape (..., 2).
    minima : the points where f is lowest, shape (m, 2) as tuples; none for a saddle.
    window : ((x₀ low, x₀ high), (x₁ low, x₁ high)), the part that is drawn.
    curvatures : for a quadratic the eigenvalues λ of its Hessian, else empty.
    source : where the function comes from.
    levels : heights of the contour lines; if empty, ten that lie closer together near the minimum.
    """

    name: str
    formula: str
    function: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    minima: tuple[tuple[float, float], ...]
    window: tuple[tuple[float, float], tuple[float, float]]
    curvatures: tuple[float, ...] = ()
    source: str = ""
    levels: tuple[float, ...] = ()

    @overload
    def __call__(self, x: Sequence[float]) -> float: ...
    @overload
    def __call__(self, x: ArrayLike) -> Any: ...

    def __call__(self, x: ArrayLike) -> float | Floats:
        """f at one point, shape (2,), or at many, shape (..., 2).

        >>> float(bowl([-7, 2]))
        6.45
        """
        return self.function(points("x", x))

    def gradient(self, x: ArrayLike) -> Floats:
        """∇f at one point or at many, shaped like x.

        >>> bowl.gradient([-7, 2])
        array([-0.7,  4. ])
        """
        return self.slope(points("x", x))

    @property
    def critical_lr(self) -> float:
        """2/λ_max: below this learning rate gradient descent on a quadratic converges. Above it the walk diverges,
        unless it starts where the steepest coordinate is 0.

        >>> bowl.critical_lr
        1.0
        """
        if not self.curvatures:
            raise ValueError(f"{self.name} is not a quadratic: its curvature differs from place to place")
        if min(self.curvatures) <= 0:
            raise ValueError(f"{self.name} has no minimum that gradient descent could converge to")
        return 2 / max(self.curvatures)

    def contour(self, ax: Axes, *, levels: ArrayLike | None = None, points: int = 81) -> ContourSet:
        """Draw contour lines, and a cross at each minimum.

        ax : matplotlib axes; its limits become the window of the landscape, its labels x₀ and x₁.
        levels : heights of the lines; by default those of the landscape, or ten, closer together near the minimum.
        points : samples along each side of the window.
        Returns matplotlib's contour set.
        """
        (low0, high0), (low1, high1) = self.window
        x0, x1 = np.meshgrid(np.linspace(low0, high0, points), np.linspace(low1, high1, points))
        heights = self(np.stack([x0, x1], axis=-1))
        if levels is None:
            levels = self.levels or heights.min() + np.ptp(heights) * np.linspace(0.1, 1, 10) ** 2
        lines = ax.contour(x0, x1, heights, levels=levels, colors=LINE, linewidths=0.7)
        if self.minima:
            ax.plot(*np.transpose(self.minima), "+", color=MINIMUM, markersize=10, markeredgewidth=2)
        ax.set(xlim=(low0, high0), ylim=(low1, high1), xlabel="x₀", ylabel="x₁")
        return lines


def _quadratic(a: float, b: float) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """x₀²/a + x₁²/b and its gradient."""

    def function(x: Any) -> Any:
        return np.square(x[..., 0]) / a + np.square(x[..., 1]) / b

    def slope(x: Any) -> Any:
        return x * np.array([2 / a, 2 / b])

    return function, slope


def _of_points(
    function: Callable[[Any, Any], Any], slope: Callable[[Any, Any], tuple[Any, Any]]
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """f(x₀, x₁) and its two partial derivatives as functions of points: f and ∇f."""
    return (
        lambda x: function(x[..., 0], x[..., 1]),
        lambda x: np.stack(slope(x[..., 0], x[..., 1]), axis=-1),
    )


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
    "long valley",
    "x₀²/20 + x₁²",
    *_quadratic(20, 1),
    minima=((0.0, 0.0),),
    window=((-10.0, 10.0), (-5.0, 5.0)),
    curvatures=(0.1, 2.0),
    source="Saitoh, Deep Learning from Scratch, chapter 6",
)

saddle = Landscape(
    "saddle",
    "x₀² − x₁²",
    *_quadratic(1, -1),
    minima=(),
    window=((-3.0, 3.0), (-3.0, 3.0)),
    curvatures=(2.0, -2.0),
    source="A simple place with zero gradient that is no extremum",
    levels=(-7.0, -5.0, -3.0, -1.5, -0.5, 0.0, 0.5, 1.5, 3.0, 5.0, 7.0),
)


def _plateau(a: Any, b: Any) -> Any:
    return 1 - np.exp(-(np.square(a) + np.square(b)) / 2)


def _plateau_slope(a: Any, b: Any) -> tuple[Any, Any]:
    bell = np.exp(-(np.square(a) + np.square(b)) / 2)
    return a * bell, b * bell


plateau = Landscape(
    "plateau",
    "1 − exp(−(x₀² + x₁²)/2)",
    *_of_points(_plateau, _plateau_slope),
    minima=((0.0, 0.0),),
    window=((-5.0, 5.0), (-5.0, 5.0)),
    source="A bell curve upside down; far from its minimum the gradient is next to nothing",
    levels=(0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 0.999, 0.9999),
)


def _rosenbrock(a: Any, b: Any) -> Any:
    return np.square(1 - a) + 100 * np.square(b - np.square(a))


def _rosenbrock_slope(a: Any, b: Any) -> tuple[Any, Any]:
    off = b - np.square(a)  # from the floor of the valley
    return -2 * (1 - a) - 400 * a * off, 200 * off


rosenbrock = Landscape(
    "Rosenbrock's valley",
    "(1 − x₀)² + 100 (x₁ − x₀²)²",
    *_of_points(_rosenbrock, _rosenbrock_slope),
    minima=((1.0, 1.0),),
    window=((-2.0, 2.0), (-1.0, 3.0)),
    source="Rosenbrock 1960, The Computer Journal 3",
    levels=(0.1, 0.5, 2.0, 8.0, 30.0, 100.0, 300.0, 800.0, 1600.0),
)


def _himmelblau(a: Any, b: Any) -> Any:
    return np.square(np.square(a) + b - 11) + np.square(a + np.square(b) - 7)


def _himmelblau_slope(a: Any, b: Any) -> tuple[Any, Any]:
    p, q = np.square(a) + b - 11, a + np.square(b) - 7
    return 4 * a * p + 2 * q, 2 * p + 4 * b * q


himmelblau = Landscape(
    "Himmelblau's function",
    "(x₀² + x₁ − 11)² + (x₀ + x₁² − 7)²",
    *_of_points(_himmelblau, _himmelblau_slope),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    ),
    window=((-5.0, 5.0), (-5.0, 5.0)),
    source="Himmelblau 1972, Applied Nonlinear Programming",
    levels=(2.0, 8.0, 20.0, 45.0, 80.0, 120.0, 170.0, 250.0, 400.0),
)


def _beale_terms(a: Any, b: Any) -> tuple[Any, Any, Any]:
    return 1.5 - a * (1 - b), 2.25 - a * (1 - b * b), 2.625 - a * (1 - b * b * b)


def _beale(a: Any, b: Any) -> Any:
    p, q, r = _beale_terms(a, b)
    return np.square(p) + np.square(q) + np.square(r)


def _beale_slope(a: Any, b: Any) -> tuple[Any, Any]:
    p, q, r = _beale_terms(a, b)
    along_a = -2 * (p * (1 - b) + q * (1 - b * b) + r * (1 - b * b * b))
    return along_a, 2 * a * (p + 2 * b * q + 3 * b * b * r)


beale = Landscape(
    "Beale's function",
    "(1.5 − x₀ + x₀x₁)² + (2.25 − x₀ + x₀x₁²)² + (2.625 − x₀ + x₀x₁³)²",
    *_of_points(_beale, _beale_slope),
    minima=((3.0, 0.5),),
    window=((-4.5, 4.5), (-4.5, 4.5)),
    source="Beale 1958, On an iterative method for finding a local minimum",
    levels=(0.1, 0.5, 2.0, 6.0, 15.0, 40.0, 150.0, 1000.0, 10000.0, 80000.0),
)


def on_square(landscape: Landscape, u: ArrayLike) -> Floats:
    """The point of the plane that stands at u in a square map of the window.

    u : shape (..., 2). The corners (−1, −1) and (1, 1) are those of the window, (0, 0) is its middle.

    >>> from gradcore import bowl
    >>> on_square(bowl, [-0.7, 0.4]).round(6)
    array([-7.,  2.])
    """
    low, high = np.transpose(landscape.window)
    return low + (high - low) * (points("u", u) + 1) / 2


def to_square(landscape: Landscape, x: ArrayLike) -> Floats:
    """Where a point of the plane stands in the square map: `on_square` the other way round.

    >>> from gradcore import bowl
    >>> to_square(bowl, [-7.0, 2.0]).round(6)
    array([-0.7,  0.4])
    """
    low, high = np.transpose(landscape.window)
    return 2 * (points("x", x) - low) / (high - low) - 1
