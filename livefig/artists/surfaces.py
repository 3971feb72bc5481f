"""Surfaces and wireframes over a grid in space, and polygons there. `surfaces.js` is the twin."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import LightSource

from livefig import description
from livefig.artists.base import Moving, part
from livefig.artists.fields import Heights
from livefig.description import Axes
from livefig.drawing.colormap import places
from livefig.drawing.colours import hexadecimal
from livefig.drawing.drawn import Look
from livefig.drawing.paint import Parts, depths, pairs, project, short
from livefig.drawing.svg import replace

LIGHT = LightSource(azdeg=225, altdeg=19.4712).direction.tolist()  # mplot3d's lamp, unless it is told otherwise
DIM, BRIGHT = 0.3, 1.0  # what is left of a colour turned away from the lamp, and turned to it
NOTHING = "0000"  # a colour that is not seen; an edge around it is
Grid = tuple[Any, list[int], list[int]]  # points, shape (rows, columns, 3); the rows and columns that are drawn


def as_made(read: Callable[[Any], Any]) -> Any:
    """A property that is read off an artist once, for all that move it: the data that it takes cover it."""
    known: WeakKeyDictionary[Artist, Any] = WeakKeyDictionary()

    def get(moving: Moving) -> Any:
        if moving.key not in known:
            known[moving.key] = read(moving)
        return known[moving.key]

    return property(get, doc=read.__doc__)


class OverGrid(Heights):
    """Heights over a grid of x and y, of which some rows and columns are drawn. x and y stay as they are."""

    @as_made
    def grid(self) -> Grid:
        """The points from which it was drawn."""
        found = next(self.grids(), None)
        if found is None:
            raise ValueError(f"{self.called} tells no grid: make it of finite heights, ax.plot_{self.kind}(X, Y, Z)")
        return found

    @property
    def has_grid(self) -> bool:
        """Whether it was drawn over a grid."""
        return next(self.grids(), None) is not None

    @abstractmethod
    def grids(self) -> Iterator[Grid]:
        """The grids of points from which it may have been drawn."""

    def check(self, data: Any) -> None:
        assert self.grid

    def wanted(self) -> str:
        return f"{self.cells}: a height for each point of its grid"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == self.cells

    @property
    def cells(self) -> tuple[int, int]:
        rows, columns, _ = self.grid[0].shape
        return rows, columns

    @property
    def heights(self) -> Any:
        """Those with which it was made, as far as they are drawn."""
        return self.grid[0][..., 2]

    @cached_property
    def ground(self) -> tuple[Any, Any]:
        """x and y, as one row or one column where they are repeated."""
        x, y = self.grid[0][..., 0], self.grid[0][..., 1]
        there = np.isfinite(x)
        x = x[:1] if (x == x[:1])[there].all() else x
        return x, y[:, :1] if (y == y[:, :1])[there].all() else y

    def spec(self, shape: tuple[int, ...]) -> description.Wireframe:
        (x, y), (_, down, across) = self.ground, self.grid
        x, y = rounded(x, self.axes.get_xlim()), rounded(y, self.axes.get_ylim())
        return {"x": listed(x), "y": listed(y), "down": down, "across": across}

    def sample(self, shape: tuple[int, ...]) -> Any:
        low, high = sorted(self.axes.get_zlim())
        return np.tile(np.linspace(low, high, shape[1]), (shape[0], 1))

    def points(self, heights: Any) -> Any:
        """x, y and z of the grid, shape (rows, columns, 3)."""
        return np.stack(np.broadcast_arrays(*self.ground, heights), axis=-1)


class Faced(Moving):
    """What consists of faces, of one colour in a light or in the colours of a colormap."""

    def __init__(self, key: Any):
        super().__init__(key)
        self.mapped = key.get_array() is not None

    @property
    @abstractmethod
    def made(self) -> tuple[Any, Any, Any]:
        """Its points when it was made, shape (n, 3); the points around each face; how many these are."""

    @as_made
    def paint(self) -> tuple[Any, Any]:
        """The colour of its faces before they are shaded, and the lamp; no lamp where they are not."""
        colours, called = np.asarray(self.key._facecolor3d), self.called
        if len(colours) == 1:
            return colours[0], None
        face, lit = colours[:, :3], _brightness(*self.made, LIGHT)
        if not np.ptp(lit) > 1e-6:
            raise ValueError(f"{called} is flat, which does not tell how it is shaded: make it of other heights")
        base = (face * lit[:, None]).sum(axis=0) / (lit * lit).sum()
        if np.allclose(base * lit[:, None], face, atol=1e-3):
            return np.array([*base, colours[0, 3]]), LIGHT
        if np.ptp(face, axis=0).max() < 1e-6:
            return colours[0], None
        raise ValueError(f"{called} has several colours or a lightsource= of its own: give it one color=, or cmap=")

    def check(self, data: Any) -> None:
        super().check(data)
        if self.key._zsortfunc is not np.average:
            raise ValueError(f"{self.called} has another zsort: a live figure knows zsort='average'")
        if not self.mapped:
            assert self.paint

    @property
    def colouring(self) -> dict[str, Any]:
        colour, light = (None, None) if self.mapped else self.paint
        return {
            "colours": self.colours() if self.mapped else None,
            "face": None if colour is None else [*(255 * colour[:3]).tolist(), round(255 * float(colour[3]))],
            "light": list(light or ()),
        }

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        looks: Sequence[Look] = self.looks[0].looks  # type: ignore[attr-defined]
        strokes = {look.stroke for look in looks}
        both = len(strokes) > 1 and all(look.stroke == look.fill for look in looks)
        if len(strokes) > 1 and not both:
            raise ValueError(f"{self.called} has edges of several colours: give it one edgecolor=")
        replace(group, part(number, "faces", clip, looks[0], "g", ["fill", *["stroke"] * both]))
        if not np.all(self.key.get_antialiased()):  # then nothing shines through between two faces
            group[0].set("shape-rendering", "crispEdges")

    def draw_faces(self, points: Any, around: Any, counts: Any) -> None:
        self.key.set_verts([points[face[:count]] for face, count in zip(around, counts.tolist(), strict=True)])
        if self.mapped:
            self.key.set_array(_means(points[:, 2], around, counts))
        else:
            colour, light = self.paint
            lit = _brightness(points, around, counts, light)
            self.key.set_facecolor(np.column_stack([lit[:, None] * colour[:3], np.full(len(lit), colour[3])]))


class Surface(Faced, OverGrid):
    """A surface as `ax.plot_surface` returns it."""

    kind = "surface"

    def grids(self) -> Iterator[Grid]:
        """From the outlines of its faces: row by row, each from its first corner to the right and around."""
        faces = _corners(self.key)
        counts = [len(face) for face in faces]
        for width in range(1, counts[0] // 2 if len(counts) > 1 else 0):
            height, across, down = counts[0] // 2 - width, [0], [0]
            while len(across) <= len(counts):  # faces of one row begin where the one before has its second corner
                number = len(across) - 1
                if number and not np.array_equal(faces[number][0], faces[number - 1][across[-1] - across[-2]]):
                    break
                across.append(across[-1] + counts[number] // 2 - height)
            for number in range(0, len(counts), len(across) - 1):
                down.append(down[-1] + counts[number] // 2 - across[1])
            if any(low >= high for way in (down, across) for low, high in pairwise(way)):
                continue
            around = _outlines(tuple(down), tuple(across))
            if (around >= 0).sum(axis=1).tolist() != counts:
                continue
            points = np.full(((down[-1] + 1) * (across[-1] + 1), 3), np.nan)
            points[around[around >= 0]] = np.concatenate(faces)
            if np.array_equal(points[around[around >= 0]], np.concatenate(faces)):
                yield points.reshape(down[-1] + 1, -1, 3), down, across

    @property
    def made(self) -> tuple[Any, Any, Any]:
        points, down, across = self.grid
        flat = points.reshape(-1, 3)
        return flat, *_faces(down, across, flat)

    def spec(self, shape: tuple[int, ...]) -> description.Surface:
        return {**super().spec(shape), **self.colouring}  # type: ignore[typeddict-item]

    def take(self, data: Any) -> None:
        points = self.points(np.asarray(data, dtype=float)).reshape(-1, 3)
        _, down, across = self.grid
        self.draw_faces(points, *_faces(down, across, points))


class Faces(Faced):
    """Polygons in space, as `ax.plot_trisurf` and `ax.bar3d` return them: their data are the corners of each."""

    kind = "faces"

    @as_made
    def corners(self) -> Any:
        """Those with which it was made, shape (faces, corners, 3)."""
        faces = _corners(self.key)
        if len({len(face) for face in faces}) != 1:
            raise ValueError(
                f"{self.called} have different numbers of corners: draw those of each number by themselves"
            )
        return np.stack(faces)

    @property
    def made(self) -> tuple[Any, Any, Any]:
        return self.corners.reshape(-1, 3), *_polygons(self.corners)

    def check(self, data: Any) -> None:
        super().check(data)
        if self.mapped and not np.allclose(self.key.get_array(), self.corners[..., 2].mean(axis=1)):
            raise ValueError(f"{self.called} are coloured by other values than their heights: give them color=")

    def wanted(self) -> str:
        return f"{self.corners.shape}: x, y and z of the corners of each of its faces"

    def fits(self, shape: tuple[int, ...]) -> bool:
        return shape == tuple(self.corners.shape)

    def spec(self, shape: tuple[int, ...]) -> description.Faces:
        return {"corners": shape[1], **self.colouring}  # type: ignore[typeddict-item]

    def sample(self, shape: tuple[int, ...]) -> Any:
        return self.corners

    def take(self, data: Any) -> None:
        corners = np.asarray(data, dtype=float)
        self.draw_faces(corners.reshape(-1, 3), *_polygons(corners))


class Wireframe(OverGrid):
    """A wireframe as `ax.plot_wireframe` returns it."""

    kind = "wireframe"

    def grids(self) -> Iterator[Grid]:
        """From its lines: first those along rows, then those along columns."""
        lines = [np.ma.getdata(line) for line in self.key._segments3d]
        for many in range(1, len(lines)):
            shapes = [{line.shape for line in some} for some in (lines[:many], lines[many:])]
            if len(shapes[0]) != 1 or len(shapes[1]) != 1:
                continue
            rows, columns = np.array(lines[:many]), np.array(lines[many:])
            for down in _strides(columns.shape[1], many):
                for across in _strides(rows.shape[1], len(columns)):
                    points = np.full((columns.shape[1], rows.shape[1], 3), np.nan)
                    points[:, across] = columns.swapaxes(0, 1)
                    if np.isfinite(points[down][:, across]).all() and np.array_equal(
                        points[down][:, across], rows[:, across]
                    ):
                        points[down] = rows
                        yield points, down, across

    def check(self, data: Any) -> None:
        super().check(data)
        if self.key.get_array() is not None:
            raise ValueError(f"{self.called} is coloured by value: give it one color=")

    def edit(self, group: ET.Element, artist: Artist, number: str, clip: str) -> None:
        if any(look != self.looks[0] for look in self.looks):
            raise ValueError(f"{self.called} has lines of several looks: give it one color= and linewidth=")
        replace(group, part(number, "lines", clip, self.looks[0]))

    def take(self, data: Any) -> None:
        points = self.points(np.asarray(data, dtype=float))
        _, down, across = self.grid
        self.key.set_segments([*points[down], *points[:, across].swapaxes(0, 1)])


def _corners(key: Any) -> list[Any]:
    """The corners of each face, as matplotlib keeps them: padded to the longest."""
    there = np.broadcast_to(~np.asarray(key._invalid_vertices), key._faces.shape[:2])
    return [face[kept] for face, kept in zip(key._faces, there, strict=True)]


def rounded(values: Any, limits: Any) -> Any:
    """Coordinates as exactly as they are seen: to a millionth of their axis."""
    return np.round(values, 6 - math.floor(math.log10(np.ptp(limits))))


def listed(values: Any) -> Any:
    """Numbers for JSON; None is not finite."""
    found: Any = np.where(np.isfinite(values), values, None)
    return found.tolist()


def _strides(count: int, many: int) -> Iterator[list[int]]:
    """Every second, third, … of some rows, and the last one: those strides that give so many."""
    for stride in range(1, max(count, 2)):
        found = sorted({*range(0, count, stride), count - 1})
        if len(found) == many:
            yield found


@cache
def _outlines(down: tuple[int, ...], across: tuple[int, ...]) -> Any:
    """The numbers of the points around each face, as cbook._array_perimeter takes them; then -1 to the longest."""
    columns, found = across[-1] + 1, []
    for top, bottom in pairwise(down):
        for left, right in pairwise(across):
            upper, lower = ((row * columns + np.arange(left, right + 1)) for row in (top, bottom))
            start, end = ((np.arange(top, bottom + 1) * columns + column) for column in (left, right))
            found.append(np.concatenate([upper[:-1], end[:-1], lower[:0:-1], start[:0:-1]]))
    longest = max(map(len, found))
    return np.array([np.pad(face, (0, longest - len(face)), constant_values=-1) for face in found])


def _faces(down: Sequence[int], across: Sequence[int], points: Any) -> tuple[Any, Any]:
    """The finite points around each face, shape (faces, corners), as numbers of points; and how many these are.

    points : shape (n, 3). Faces without any are left out.
    """
    return _finite(_outlines(tuple(down), tuple(across)), points)


def _polygons(corners: Any) -> tuple[Any, Any]:
    """The same of polygons whose points follow each other.  corners : shape (faces, corners, 3)."""
    return _finite(np.arange(corners.size // 3).reshape(corners.shape[:2]), corners.reshape(-1, 3))


def _finite(around: Any, points: Any) -> tuple[Any, Any]:
    there = (around >= 0) & np.isfinite(points).all(axis=1)[around]
    counts = there.sum(axis=1)
    around = np.take_along_axis(around, np.argsort(~there, axis=1, kind="stable"), axis=1)
    return around[counts > 0], counts[counts > 0]


def _means(values: Any, around: Any, counts: Any) -> Any:
    """Of some numbers of points, the mean around each face."""
    inside = np.arange(around.shape[1]) < counts[:, None]
    return np.where(inside, values[around], 0).sum(axis=1) / counts


def _brightness(points: Any, around: Any, counts: Any, light: Any) -> Any:
    """What is left of the colour of each face in a light, as mplot3d shades it; all of it where there is none."""
    if not light:
        return np.ones(len(counts))
    a, b, c = (points[around[np.arange(len(counts)), k * counts // 3]] for k in range(3))
    normals = np.cross(a - b, b - c)
    with np.errstate(all="ignore"):
        shade = normals @ np.array(light) / np.sqrt((normals * normals).sum(axis=1))
    return DIM + (BRIGHT - DIM) * (np.where(np.isnan(shade), 0, shade) + 1) / 2


def _points(spec: Any, heights: Any) -> Any:
    """x, y and z of a grid, shape (rows, columns, 3)."""
    x, y = (np.array(spec[name], dtype=float) for name in "xy")
    return np.stack(np.broadcast_arrays(x, y, heights), axis=-1)


def _surface(spec: Any, axes: Axes, data: Any) -> Parts:
    points = _points(spec, data).reshape(-1, 3)
    return _painted(spec, axes, points, *_faces(spec["down"], spec["across"], points))


def _each(spec: Any, axes: Axes, data: Any) -> Parts:
    corners = data.reshape(-1, spec["corners"], 3)
    return _painted(spec, axes, corners.reshape(-1, 3), *_polygons(corners))


def _painted(spec: Any, axes: Axes, points: Any, around: Any, counts: Any) -> Parts:
    if spec["colours"]:
        table = spec["colours"]["table"]
        colours = [table[place] for place in places(spec["colours"], _means(points[:, 2], around, counts))]
    else:
        *face, alpha = spec["face"]
        shares = _brightness(points, around, counts, spec["light"]).tolist()
        colours = [hexadecimal(tuple(int(share * channel + 0.5) for channel in face), alpha)[1:] for share in shares]
    spots = [f"{short(x)} {short(y)}" if x == x else "" for x, y in pairs(*project(axes, points))]
    corners = around.tolist()
    order = np.argsort(-_means(depths(axes, points), around, counts), kind="stable").tolist()
    outlines = ("L".join(spots[at] for at in corners[k][: counts[k]]) for k in order)
    faces = [[f"#{colours[k] or NOTHING}", f"M{outline}z"] for k, outline in zip(order, outlines, strict=True)]
    return {"faces": {"faces": faces}}


def _wireframe(spec: Any, axes: Axes, data: Any) -> Parts:
    points, d = _points(spec, data), ""
    for line in (*points[spec["down"]], *points[:, spec["across"]].swapaxes(0, 1)):
        pen = False
        for u, v in zip(*(place.tolist() for place in project(axes, line)), strict=True):
            if u != u or v != v:
                pen = False
                continue
            d += f"{'L' if pen else 'M'}{short(u)} {short(v)}"
            pen = True
    return {"lines": {"d": d}}


PAINTERS = {"surface": _surface, "faces": _each, "wireframe": _wireframe}
