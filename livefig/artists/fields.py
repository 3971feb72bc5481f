"""Heights on a regular grid: images and meshes. `fields.js` is the twin."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist

from livefig import description
from livefig.artists.base import Moving
from livefig.description import Axes
from livefig.drawing.canvas import PIXELS, POINTS
from livefig.drawing.colormap import places
from livefig.drawing.paint import Parts, short, to_points
from livefig.drawing.png import png
from livefig.drawing.svg import replace

UP_TO_MATPLOTLIB = ("auto", "antialiased")  # interpolations that it chooses, by the size of the cells
SMOOTHED = 3.0  # pixels: where cells are smaller, matplotlib smoothes them, or their colours, if it may choose


class Field(Moving):
    """Heights on a regular grid, each cell in the colour that the colormap has for its height."""

    kind = "image"
    noun: ClassVar[str]
    smooth = False  # whether heights are interpolated between the middles of the cells

    @property
    @abstractmethod
    def corners(self) -> Any:
        """x and y where the first cell begins and where the last one ends, shape (2, 2)."""

    @property
    def called(self) -> str:
        return f"the {self.noun} {self.name!r}"

    @property
    def cells(self) -> tuple[int, ...]:
        """How many rows and columns there are."""
        return tuple(self.key.get_array().shape[:2])

    def check(self, data: Any) -> None:
        if self.key.get_array().ndim != 2:
            raise ValueError(f"{self.called} has colours of its own: make it of heights, which a colormap colours")
        if np.ndim(self.key.get_alpha()):
            raise ValueError(f"{self.called} has an alpha for each cell: a live figure gives all the same one")

    def wanted(self) -> str:
        return f"{self.cells}: a height for each cell"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == self.cells

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [str(number + 1) for number in range(shape[1])]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return []

    def spec(self, shape: tuple[int, ...]) -> description.Image:
        begin, end = self._in_points()
        sizes = np.abs(end - begin)[::-1] / shape
        self.check_size(float(sizes.min()) * PIXELS / POINTS)
        return {
            "flipped": (begin > end)[::-1].tolist(),
            "fine": [max(3, 2 * round(size / 2) + 1) if self.smooth else 1 for size in sizes.tolist()],
            "colours": self.colours(),
        }

    def check_size(self, pixels: float) -> None:
        """Refuse what matplotlib draws otherwise because of the size of a cell, which is in pixels of Jupyter."""

    def _in_points(self) -> Any:
        axes: Any = self.frame()
        if not axes["x"]["scale"] == axes["y"]["scale"] == "linear":
            raise ValueError(f"{self.called} has cells of several sizes on a logarithmic axis: give it linear axes")
        return np.transpose([to_points(axes[axis], self.corners[:, i]) for i, axis in enumerate("xy")])

    def sample(self, shape: tuple[int, ...]) -> Any:
        return np.full(shape, float(self.key.norm.inverse(0.5)))

    def edit(self, group: ET.Element, artist: Artist, number: int, clip: str) -> None:
        low, high = np.sort(self._in_points(), axis=0)
        sides = zip(("x", "y", "width", "height"), [*low, *(high - low)], strict=True)
        box = " ".join(f'{name}="{short(value)}"' for name, value in sides)
        style = 'preserveAspectRatio="none" style="image-rendering:pixelated"'
        cells = " ".join(map(str, self.cells))
        replace(
            group, f'<image data-part="{number}.image" data-cells="{cells}" clip-path="url(#{clip})" {box} {style}/>'
        )


class Image(Field):
    """An image as `ax.imshow` returns it."""

    noun = "image"

    @property
    def corners(self) -> Any:
        left, right, bottom, top = self.key.get_extent()
        return np.array(
            [(left, top), (right, bottom)] if self.key.origin == "upper" else [(left, bottom), (right, top)]
        )

    @property
    def smooth(self) -> bool:  # type: ignore[override]
        return bool(self.key.get_interpolation() == "bilinear")

    def check(self, data: Any) -> None:
        super().check(data)
        if self.key.get_interpolation() not in ("none", "nearest", "bilinear", *UP_TO_MATPLOTLIB):
            raise ValueError(
                f"{self.called} has interpolation={self.key.get_interpolation()!r}: a live figure knows 'nearest' and "
                "'bilinear'"
            )
        if self.smooth and self.key.get_interpolation_stage() == "rgba":
            raise ValueError(f"{self.called} mixes colours, not heights: make it with interpolation_stage='data'")

    def check_size(self, pixels: float) -> None:
        if pixels > SMOOTHED:
            return
        if self.key.get_interpolation() in UP_TO_MATPLOTLIB:
            raise ValueError(
                f"{self.called} has cells so small that matplotlib smoothes them: make it with interpolation='nearest'"
            )
        if self.smooth and self.key.get_interpolation_stage() != "data":
            raise ValueError(
                f"{self.called} has cells so small that matplotlib mixes their colours: make it with "
                "interpolation_stage='data'"
            )

    def take(self, data: Any) -> None:
        self.key.set_data(np.asarray(data, dtype=float))


class Mesh(Field):
    """A mesh as `ax.pcolormesh` returns it, of cells of one size."""

    noun = "mesh"

    @property
    def corners(self) -> Any:
        grid = self.key.get_coordinates()
        return np.array([grid[0, 0], grid[-1, -1]])

    def check(self, data: Any) -> None:
        super().check(data)
        if self.key._shading != "flat":
            raise ValueError(f"{self.called} has shading='gouraud': make it with shading='nearest'")
        if len(self.key.get_edgecolor()):
            raise ValueError(f"{self.called} has edges, which a live figure does not draw: leave out edgecolors")
        grid = np.asarray(self.key.get_coordinates(), dtype=float)
        (x0, y0), (x1, y1) = self.corners
        rows, columns = grid.shape[:2]
        regular = np.stack(np.meshgrid(np.linspace(x0, x1, columns), np.linspace(y0, y1, rows)), axis=-1)
        if not np.allclose(grid, regular, rtol=0, atol=1e-6 * np.ptp(grid)):
            raise ValueError(
                f"{self.called} has cells of several sizes, or aslant: give x and y equal steps, as np.linspace does"
            )

    def take(self, data: Any) -> None:
        self.key.set_array(np.asarray(data, dtype=float))


def _image(spec: description.Image, axes: Axes, data: Any) -> Parts:
    heights = np.flip(data, tuple(axis for axis in (0, 1) if spec["flipped"][axis]))
    down, right = spec["fine"]
    pixels = places(spec["colours"], _between(_between(heights, down).T, right).T)
    return {"image": {"href": png(pixels, spec["colours"]["table"])}}


def _between(rows: Any, fine: int) -> Any:
    """So many rows for each one, interpolated between the middles; outside of those nothing changes.

    Up to both middles beside it there is nothing where a height is missing.
    """
    if fine == 1:
        return rows
    place, share = np.divmod(np.arange(len(rows) * fine) - fine // 2, fine)
    before, low, high = (rows[np.clip(place + step, 0, len(rows) - 1)] for step in (-1, 0, 1))
    share = share[:, None] / fine
    with np.errstate(all="ignore"):
        between = (1 - share) * low + share * high
    return np.where(share != 0, between, np.where(np.isfinite(before) & np.isfinite(high), low, np.nan))


PAINTERS = {"image": _image}
