"""Heights on a grid: images, meshes and contour lines. `fields.js` is the twin."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from contourpy import LineType, contour_generator
from matplotlib.artist import Artist
from matplotlib.path import Path

from livefig import description
from livefig.artists.base import Moving, part
from livefig.description import Axes
from livefig.drawing.canvas import PIXELS, POINTS
from livefig.drawing.colormap import places
from livefig.drawing.isolines import isolines
from livefig.drawing.paint import Parts, outline, pairs, path_through, short, to_points
from livefig.drawing.png import png
from livefig.drawing.svg import replace

UP_TO_MATPLOTLIB = ("auto", "antialiased")  # interpolations that it chooses, by the size of the cells
NOWHERE, NO_CODES = np.zeros((0, 2)), np.zeros(0, dtype=np.uint8)
SMOOTHED = 3.0  # pixels: where cells are smaller, matplotlib smoothes them, or their colours, if it may choose


class Heights(Moving):
    """What is made of a height for each place of a grid, rows and columns; nothing of it leaves the picture."""

    @property
    @abstractmethod
    def cells(self) -> tuple[int, ...]:
        """How many rows and columns there are."""

    def wanted(self) -> str:
        return f"{self.cells}: a height for each place of its grid"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == self.cells

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return [str(number + 1) for number in range(shape[1])]

    def watched(self, shape: tuple[int, ...]) -> list[tuple[str, list[int]]]:
        return []


class Field(Heights):
    """Heights on a regular grid, each cell in the colour that the colormap has for its height."""

    kind = "image"
    smooth = False  # whether heights are interpolated between the middles of the cells

    @property
    @abstractmethod
    def corners(self) -> Any:
        """x and y where the first cell begins and where the last one ends, shape (2, 2)."""

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(self.key.get_array().shape[:2])

    @property
    def nothing(self) -> Any:
        if self.key.get_cmap().get_bad()[3]:
            raise ValueError(
                f"{self.called} is hidden in some states, and its colormap has a colour for what is not a number: "
                "leave out set_bad, or bad="
            )
        return super().nothing

    def check(self, data: Any) -> None:
        if self.key.get_array().ndim != 2:
            raise ValueError(f"{self.called} has colours of its own: make it of heights, which a colormap colours")
        self.check_norm()
        if np.ndim(self.key.get_alpha()):
            raise ValueError(f"{self.called} has an alpha for each cell: a live figure gives all the same one")

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

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
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


class Contour(Heights):
    """Contour lines as `ax.contour` returns them, at the levels with which they were made, or at some that follow.

    Its data are heights, or `packed`: heights and levels.
    """

    kind = "contour"

    @cached_property
    def grid(self) -> tuple[Any, Any]:
        """x of its columns and y of its rows: all around, the area of all heights tells them."""
        lowest, highest = self.key.zmin, self.key.zmax
        known = bool(np.isfinite(lowest))  # else there is no height at all
        levels = np.nextafter(lowest, -np.inf), np.nextafter(highest, np.inf)
        areas = self.key._contour_generator.filled(*levels)[0] if known else []
        if len(areas) != 1:
            raise ValueError(self.no_grid)
        ring = areas[0][:-1]
        if ring[-1, 1] == ring[0, 1]:  # contourpy's "mpl2014" begins with the second column
            ring = np.roll(ring, 1, axis=0)
        columns = int(np.argmin(np.append(ring[:, 1] == ring[0, 1], False)))
        x, y = ring[:columns, 0], ring[columns - 1 : len(ring) // 2 + 1, 1]
        sides = (x, y[0]), (x[-1], y[1:]), (x[-2::-1], y[-1]), (x[0], y[-2:0:-1])
        around = np.concatenate([np.column_stack(np.broadcast_arrays(*side)) for side in sides])
        whole = [*self.key._mins, *self.key._maxs] == [*ring.min(axis=0), *ring.max(axis=0)]
        if not whole or not np.array_equal(ring, around):
            raise ValueError(self.no_grid)
        return x, y

    @property
    def cells(self) -> tuple[int, ...]:
        x, y = self.grid
        return len(y), len(x)

    def packed(self, heights: Any, levels: Any) -> Any:
        """Heights and levels in one row. Each line keeps the look with which it was made."""
        levels = np.stack(levels) if isinstance(levels, (tuple, list)) else levels
        wanted, given = (self.cells, (len(self.key.levels),)), (np.shape(heights), np.shape(levels))
        if given != wanted:
            raise ValueError(
                f"update must return a pair of the shapes {wanted[0]} and {wanted[1]} for {self.called}: a height for "
                f"each place of its grid, and the levels, not of the shapes {given[0]} and {given[1]}"
            )
        return np.concatenate([np.ravel(heights), levels])

    def wanted(self) -> str:
        return f"{super().wanted()}, or a pair of that and {len(self.key.levels)} levels,"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return super().fits(shape) or self._has_levels(shape)

    def _has_levels(self, shape: tuple[int, ...]) -> bool:
        rows, columns = self.cells
        return shape == (rows * columns + len(self.key.levels),)

    def columns(self, shape: tuple[int, ...]) -> list[str]:
        return super().columns(self.cells)

    def check(self, data: Any) -> None:
        if self._has_levels(np.shape(data)):
            if self.key.colors is None:
                raise ValueError(
                    f"{self.called} has a colormap, and levels that follow: give it colors=, one or several"
                )
            if not increasing(data[-len(self.key.levels) :]):
                raise ValueError(f"update must return increasing levels for {self.called} in the present state")
        if self.key.filled:
            raise ValueError(f"{self.called} is filled: draw an image, which may move, under contour lines")
        if self.key.labelTexts:
            raise ValueError(f"{self.called} has labels, which would not follow it: leave out clabel")
        if self.key.logscale:
            raise ValueError(f"{self.called} has a LogNorm: give colors=, or a colormap of another norm")
        drawn = [line for level in self.key.levels for line in self.key._contour_generator.lines(level)[0]]
        points = np.concatenate([NOWHERE, *drawn])
        away = [np.abs(points[:, i, None] - grid).min(axis=1) / np.ptp(grid) for i, grid in enumerate(self.grid)]
        if np.minimum(*away).max(initial=0) > 1e-9:
            raise ValueError(self.no_grid)

    @property
    def no_grid(self) -> str:
        return f"{self.called} tells no grid: make it of finite heights over rows and columns, without nchunk"

    def spec(self, shape: tuple[int, ...]) -> description.Contour:
        x, y = self.grid
        levels = list(map(float, self.key.levels))
        if len(self.looks) != len(levels):
            raise ValueError(f"{self.called} has levels without lines: give all of them a width and a colour")
        return {
            "x": x.tolist(),
            "y": y.tolist(),
            "levels": None if self._has_levels(shape) else levels,
            "corners": bool(self.key._corner_mask),
        }

    def sample(self, shape: tuple[int, ...]) -> Any:
        """A slope on which there is a line of every level."""
        low, high = float(self.key.levels[0]), float(self.key.levels[-1])
        beyond = (high - low) or 1.0
        rows, columns = self.cells
        return np.tile(np.linspace(low - beyond, high + beyond, columns), (rows, 1))

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        replace(group, "".join(part(number, f"level{k}", clip, look) for k, look in enumerate(self.looks)))

    def take(self, data: Any) -> None:
        heights, levels = _heights_and_levels(np.asarray(data, dtype=float), self.cells, self.key.levels)
        lines: Any = contour_generator(
            *self.grid,
            np.ma.masked_invalid(heights),
            name=self.key._algorithm,
            corner_mask=self.key._corner_mask,
            line_type=LineType.SeparateCode,
        )
        paths = []
        for level in levels:
            points, codes = lines.lines(level) if increasing(levels) else ([], [])
            paths.append(Path(np.concatenate([NOWHERE, *points]), np.concatenate([NO_CODES, *codes])))
        self.key.set_paths(paths)


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


def increasing(levels: Any) -> bool:
    """Whether matplotlib takes these levels."""
    return bool((np.diff(levels) > 0).all())


def _heights_and_levels(data: Any, cells: tuple[int, ...], made_with: Any) -> tuple[Any, Any]:
    """Apart what a contour has got: its levels may follow its heights."""
    count = int(np.prod(cells))
    return data.ravel()[:count].reshape(cells), data[count:] if data.ndim == 1 else np.asarray(made_with)


def _contour(spec: description.Contour, axes: Axes, data: Any) -> Parts:
    parts = {}
    heights, levels = _heights_and_levels(data, (len(spec["y"]), len(spec["x"])), spec["levels"])
    for number, level in enumerate(levels.tolist()):
        d = ""
        for line in isolines(heights, level, spec["corners"]) if increasing(levels) else ():
            ways = zip((spec["x"], spec["y"]), np.transpose(line), (axes["x"], axes["y"]), strict=True)
            points = pairs(*(to_points(axis, np.interp(at, range(len(grid)), grid)) for grid, at, axis in ways))
            d += outline(points[:-1]) if line[0] is line[-1] else path_through(points)
        parts[f"level{number}"] = {"d": d}
    return parts


def _remark_on_contour(spec: description.Contour, data: Any) -> str:
    heights, levels = _heights_and_levels(data, (len(spec["y"]), len(spec["x"])), spec["levels"])
    if not np.isfinite(heights).any():
        return ""
    if not increasing(levels):
        return "levels_fall"
    heights = heights[np.isfinite(heights)]
    low, high = heights.min(initial=np.inf), heights.max(initial=-np.inf)
    return "" if ((low <= levels) & (levels < high)).any() else "no_level"


PAINTERS = {"image": _image, "contour": _contour}
REMARKS = {"contour": _remark_on_contour}
