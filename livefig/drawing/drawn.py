"""What matplotlib draws, artist by artist: a renderer that draws nothing and takes notes, in points of the SVG."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from inspect import signature
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from livefig.drawing.paint import short

HATCHED = "hatchcolors" in signature(RendererBase._iter_collection).parameters  # type: ignore[attr-defined]
FINE = 50  # pieces of a curve in a point
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}
ENLARGED, UPSIDE_DOWN = Affine2D().scale(FINE).frozen(), Affine2D().scale(1, -1).frozen()
Colour = tuple[float, float, float, float]
Box = tuple[float, float, float, float]


class Look(NamedTuple):
    """How a shape is filled and stroked. Colours are (r, g, b, opacity) from 0 to 1, lengths are points."""

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.0
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0.0
    join: str = "round"
    cap: str = "butt"
    hatch: str | None = None
    hatch_colour: Colour | None = None
    hatch_width: float = 0.0
    sketch: tuple[float, ...] | None = None


class Words(NamedTuple):
    """What stands in a text, and how."""

    text: str
    size: float
    angle: float
    colour: Colour
    font: str


class Cells(NamedTuple):
    """Coloured cells of a grid, whose corners are the places of the mark.

    colours : red, green, blue and opacity of each cell, a byte each.
    smooth : whether colours are interpolated between the cells.
    """

    colours: bytes
    smooth: bool


class Faces(NamedTuple):
    """Polygons in the order in which they are painted; their corners, one after the other, are the places of the mark.

    looks : of each.  counts : how many corners each has.
    """

    looks: tuple[Look, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Mark:
    """A shape at one place, or a stamp: the same shape at several places.

    look : of a shape; the words of a text; the cells of a grid; the faces of a surface; whatever tells two pictures in
        pixels apart.
    shape : around the place, as a path or as polylines of shape (n, 2); None for texts, pixels and faces.
    at : shape (m, 2), the places.
    clip : left, top, right and bottom of the box that cuts it; None for a mark that is not part of a picture.
    free : whether nothing but the figure cuts it.
    cut : the outline that cuts it, too.
    """

    look: Any
    shape: Path | tuple[Any, ...] | None
    at: Any
    clip: Box | None
    cut: Path | None = None
    stamp: bool = False
    free: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal for marks that draw the same."""
        shape: Any = self.shape
        seen = (shape.vertices, shape.codes) if isinstance(shape, Path) else shape or ()
        return self.look, *map(_bytes, (*seen, self.at)), self.clip, _bytes(self.cut and self.cut.vertices)

    @cached_property
    def outline(self) -> tuple[Any, ...]:
        """The shape as polylines."""
        return tuple(polylines(self.shape)) if isinstance(self.shape, Path) else self.shape or ()

    @property
    def closed(self) -> bool:
        """Whether the outline ends where it begins."""
        return all((line[0] == line[-1]).all() for line in self.outline)

    @property
    def absolute(self) -> list[Any]:
        """The polylines where they stand."""
        return [line + place for place in self.at for line in self.outline]

    def moved(self, dx: float, dy: float) -> Mark:
        if self.free or self.clip is None:
            return replace(self, at=self.at + np.array([dx, dy]))
        clip = (self.clip[0] + dx, self.clip[1] + dy, self.clip[2] + dx, self.clip[3] + dy)
        return replace(self, at=self.at + np.array([dx, dy]), clip=clip)


Drawn = dict[Artist, list[Mark]]


@contextmanager
def watched(fig: Figure, others: Iterable[Artist]) -> Iterator[Callable[[], Drawn]]:
    """A function that has matplotlib draw the figure, and returns the marks of every artist that draws some.

    An artist that draws by others, as axes do, has only the marks that none of these makes.

    others : artists that the figure does not list as its own, such as the arrow of an annotation.
    """
    others = list(others)
    recorder = _Recorder(fig, {artist for artist in others if type(artist) in (AxesImage, Poly3DCollection)})
    artists = list(dict.fromkeys(artist for artist in (*fig.findobj(), *others) if artist is not fig))
    for artist in artists:
        artist.draw = partial(recorder.draw, artist, artist.draw)  # type: ignore[method-assign]
    lines: list[Any] = [artist for artist in artists if isinstance(artist, Line2D)]
    for line in lines:
        line._subslice_optim_min_size = np.inf  # long ones are drawn beyond the axes, too

    def draw() -> Drawn:
        recorder.found = {}
        with mpl.rc_context({"path.simplify": False}), np.errstate(invalid="ignore"):
            fig.draw(recorder)
        return recorder.found

    try:
        yield draw
    finally:
        for artist in artists:
            del artist.draw  # the method of its class again
        for line in lines:
            del line._subslice_optim_min_size


class _Recorder(RendererBase):
    """matplotlib's drawing calls as marks of the artist that makes them.

    whole : images to be told cell by cell, not as the pixels of some size; and surfaces, all faces of which are a mark.
    """

    def __init__(self, fig: Figure, whole: Collection[Any]):
        super().__init__()
        self.whole = whole
        self.size = fig.bbox.width, fig.bbox.height
        self.flip = Affine2D().scale(1, -1).translate(0, self.size[1])
        self.artists: list[Any] = [fig]
        self.found: Drawn = {}

    def draw(self, artist: Artist, plain: Callable[..., Any], renderer: Any, *args: Any, **kwargs: Any) -> None:
        self.artists.append(artist)
        plain(renderer, *args, **kwargs)
        self.artists.pop()

    def note(self, gc: Any, look: Any, path: Path | None, at: Any, stamp: bool = False) -> None:
        if isinstance(look, Look) and (not (look.fill or look.stroke) or (not look.fill and _is_point(path))):
            return  # nothing to see
        box, (around, transform), height = gc.get_clip_rectangle(), gc.get_clip_path(), self.size[1]
        mark = Mark(
            look,
            path,
            np.array(at, dtype=float).reshape(-1, 2),
            clip=(box.x0, height - box.y1, box.x1, height - box.y0) if box else (0.0, 0.0, *self.size),
            free=box is None,
            cut=None if around is None else around.transformed(transform + self.flip),
            stamp=stamp,
        )
        self.found.setdefault(self.artists[-1], []).append(mark)

    def draw_path(self, gc: Any, path: Path, transform: Any, rgbFace: Any = None) -> None:
        self.note(gc, _look(gc, rgbFace), path.transformed(transform + self.flip), (0, 0))

    def draw_markers(
        self, gc: Any, marker_path: Path, marker_trans: Any, path: Path, trans: Any, rgbFace: Any = None
    ) -> None:
        places = [vertices[-2:] for vertices, _ in path.transformed(trans + self.flip).iter_segments(simplify=False)]
        self._stamp(gc, _look(gc, rgbFace), marker_path.transformed(marker_trans), places)

    def draw_path_collection(
        self, gc: Any, master_transform: Any, paths: Any, all_transforms: Any, *args: Any, **kwargs: Any
    ) -> None:
        its: Any = super()  # matplotlib's own way through a collection
        shapes = list(its._iter_collection_raw_paths(master_transform, paths, all_transforms))
        if HATCHED and kwargs.get("hatchcolors") is None:
            kwargs["hatchcolors"] = ()
        drawn = its._iter_collection(gc, shapes, *args, **kwargs)
        if self.artists[-1] in self.whole:
            self._note_faces(
                gc, ((path.transformed(transform), _look(gc0, face)) for *_, (path, transform), gc0, face in drawn)
            )
            return
        for x, y, (path, transform), gc0, face in drawn:
            self._stamp(gc0, _look(gc0, face), path.transformed(transform), self.flip.transform([(x, y)]))

    def _stamp(self, gc: Any, look: Look, shape: Path, places: Any) -> None:
        """A shape, its own y upwards, at places of the SVG."""
        self.note(gc, look, shape.transformed(UPSIDE_DOWN), places, stamp=True)

    def _note_faces(self, gc: Any, drawn: Iterable[tuple[Path, Look]]) -> None:
        looks, corners = [], [np.zeros((0, 2))]
        for path, look in drawn:
            outline = self.flip.transform(np.asarray(path.vertices)[:-1])
            looks.append(look)
            corners.append(outline[np.isfinite(outline).all(axis=1)])
        if looks:
            self.note(gc, Faces(tuple(looks), tuple(map(len, corners[1:]))), None, np.concatenate(corners))

    def draw_gouraud_triangles(self, gc: Any, points: Any, colors: Any, transform: Any) -> None:
        self.note(gc, ("gouraud", np.asarray(colors).tobytes()), None, transform.transform(np.reshape(points, (-1, 2))))

    def draw_quad_mesh(self, gc: Any, transform: Any, columns: int, rows: int, coordinates: Any, *others: Any) -> None:
        *_, colours, _, edges = others
        if len(edges):
            super().draw_quad_mesh(gc, transform, columns, rows, coordinates, *others)
        else:
            corners = transform.transform(np.reshape(coordinates, (-1, 2))).reshape(rows + 1, columns + 1, 2)
            self.note_cells(gc, np.round(255 * colours), corners)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        if (image := self.artists[-1]) not in self.whole:
            self.note(gc, ("image", im.shape, im.tobytes()), None, (x, y))
            return
        heights, smooth = image.get_array(), image.get_interpolation() == "bilinear"
        if smooth:
            heights = np.ma.masked_where(_around(np.ma.getmaskarray(heights)), heights)
        colours = image.to_rgba(heights, bytes=True)
        colours[..., 3] = np.round(colours[..., 3] * gc.get_alpha())
        rows, columns = colours.shape[:2]
        left, right, bottom, top = image.get_extent()
        y0, y1 = (top, bottom) if image.origin == "upper" else (bottom, top)
        grid = np.stack(np.meshgrid(np.linspace(left, right, columns + 1), np.linspace(y0, y1, rows + 1)), axis=-1)
        corners = image.get_transform().transform(grid.reshape(-1, 2)).reshape(grid.shape)
        self.note_cells(gc, colours, corners, smooth)

    def note_cells(self, gc: Any, colours: Any, corners: Any, smooth: bool = False) -> None:
        corners = self.flip.transform(corners.reshape(-1, 2)).reshape(corners.shape)
        self.note(gc, *cells(colours, corners, smooth))

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        font = f"{prop.get_family()} {prop.get_style()} {prop.get_weight()}"
        self.note(gc, Words(s, prop.get_size_in_points(), angle, _colour(gc.get_rgb(), gc), font), None, (x, y))

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        return text_to_path.get_text_width_height_descent(s, prop, ismath)

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.size

    def option_image_nocomposite(self) -> bool:
        return True


def _look(gc: Any, face: Any) -> Look:
    stroke = _colour(gc.get_rgb(), gc) if gc.get_linewidth() else None
    offset, dashes = gc.get_dashes()
    sketch = gc.get_sketch_params()
    return Look(
        fill=None if face is None or not (fill := _colour(face, gc))[3] else fill,
        stroke=stroke if stroke and stroke[3] else None,
        width=float(gc.get_linewidth()),
        dashes=() if dashes is None else tuple(map(float, dashes)),
        dash_offset=0.0 if dashes is None else float(offset),
        join=str(gc.get_joinstyle()),
        cap=str(gc.get_capstyle()).replace("projecting", "square"),
        **_hatch(gc),
        sketch=sketch and tuple(sketch),
    )


def _hatch(gc: Any) -> dict[str, Any]:
    if not (pattern := gc.get_hatch()):
        return {}
    return {"hatch": pattern, "hatch_colour": to_rgba(gc.get_hatch_color()), "hatch_width": gc.get_hatch_linewidth()}


def _colour(colour: Sequence[float], gc: Any) -> Colour:
    """A colour with its opacity: one that was asked for counts more than the colour's own."""
    r, g, b, *own = map(float, colour)
    return r, g, b, float(gc.get_alpha()) if gc.get_forced_alpha() else own[0] if own else 1.0


def _is_point(path: Any) -> bool:
    """Whether a path has no length: a line from a place to the same place is not drawn."""
    vertices = path.vertices[np.isfinite(path.vertices).all(axis=1)]
    return len(vertices) == 0 or not np.ptp(vertices, axis=0).any()


def cells(colours: Any, corners: Any, smooth: bool) -> tuple[Cells, None, Any]:
    """Look, shape and places of the mark of a grid, row by row from its upper left: as it is seen, however it is made.

    colours : shape (rows, columns, 4), from 0 to 255.  corners : shape (rows + 1, columns + 1, 2).
    """
    colours = np.reshape(colours, (*np.subtract(corners.shape[:2], 1), 4))
    turned = tuple(axis for axis in (0, 1) if corners[0, 0, 1 - axis] > corners[-1, -1, 1 - axis])
    look = Cells(np.flip(colours, turned).astype(np.uint8).tobytes(), smooth)
    return look, None, np.flip(corners, turned).reshape(-1, 2)


def _around(holes: Any) -> Any:
    """Holes and all cells that touch one: what is interpolated ends in the middles of these."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(holes, 1), (3, 3)).any(axis=(2, 3))


def _bytes(array: Any) -> bytes | None:
    return None if array is None else array.tobytes()


def svg_path(path: Path) -> str:
    """A path as SVG has it."""
    found = ((LETTERS[code], points) for points, code in path.iter_segments(simplify=False))
    return "".join(letter if letter == "z" else letter + " ".join(map(short, points)) for letter, points in found)


def polylines(path: Path) -> list[Any]:
    """The parts of a path as polylines, curves in short pieces; a part that is closed ends at its first point."""
    found: list[list[Any]] = []
    large = path.transformed(ENLARGED)  # the pieces of a curve are as long as a pixel
    clean: Any = large.cleaned(remove_nans=True, curves=False, simplify=False)
    for vertex, code in zip(clean.vertices / FINE, clean.codes, strict=True):
        if code == Path.MOVETO:
            found.append([vertex])
        elif code == Path.CLOSEPOLY:
            found[-1].append(found[-1][0])
        elif code == Path.LINETO:
            found[-1].append(vertex)
    return [np.array(part) for part in found if len(part) > 1]
