"""What a live figure can move: a class for each kind of matplotlib artist, and its painter. `kinds.js` is the twin."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import (
    EventCollection,
    FillBetweenPolyCollection,
    LineCollection,
    PathCollection,
    PolyCollection,
    QuadMesh,
)
from matplotlib.container import BarContainer, Container, ErrorbarContainer, StemContainer
from matplotlib.contour import QuadContourSet
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import (
    Circle,
    Ellipse,
    FancyArrow,
    FancyArrowPatch,
    Patch,
    Polygon,
    Rectangle,
    StepPatch,
    Wedge,
)
from matplotlib.quiver import Barbs, Quiver
from matplotlib.streamplot import StreamplotSet
from matplotlib.table import Table
from matplotlib.text import Annotation, Text
from matplotlib.tri import TriContourSet
from mpl_toolkits.mplot3d.art3d import Line3D, Line3DCollection, Path3DCollection, Poly3DCollection, Text3D

from livefig import description
from livefig.artists import areas, fields, limits, lines, patches, pointers, points, segments, surfaces, texts
from livefig.artists.areas import Area, Bars, Corners
from livefig.artists.base import Moving, described
from livefig.artists.fields import Contour, Image, Mesh
from livefig.artists.limits import Limits
from livefig.artists.lines import Line, Rule, Span, crossed
from livefig.artists.pointers import Arrow, Pointing
from livefig.artists.points import Arrows, Points
from livefig.artists.segments import ErrorBars, SpaceStrokes, Stem, Strokes
from livefig.artists.surfaces import Faces, Surface, Wireframe
from livefig.artists.texts import Label, Shown
from livefig.drawing.axes import is_3d
from livefig.drawing.paint import Parts

MOVABLE = (
    "lines, scatters, texts, arrows, segments (vlines, hlines, LineCollection, stem, errorbar, those in space), bars, "
    "filled areas, circles, ellipses, rectangles, wedges, polygons, images (imshow), meshes (pcolormesh), contour "
    "lines, surfaces, wireframes, faces in space (plot_trisurf, bar3d), axhline, axvline, axhspan, axvspan, and the "
    "limits of axes"
)
# What an author draws in place of what does not move. The first that fits is told.
INSTEAD: dict[type, str] = {
    StreamplotSet: "draw the field with ax.quiver(x, y, u, v, angles='xy', scale_units='xy', scale=9), whose arrows "
    "move, and some paths as lines",
    Barbs: "draw arrows with ax.quiver(x, y, u, v, scale=20)",
    Line2D: "draw a line from point to point with (line,) = ax.plot(x, y)",
    EventCollection: "draw strokes with ax.vlines(x, 0, 1)",
    StepPatch: "draw steps with (line,) = ax.plot(x, y, drawstyle='steps-post')",
    Patch: "draw its outline with (area,) = ax.fill(x, y), whose corners move",
    TriContourSet: "draw lines of heights on a grid with ax.contour(x, y, heights, colors='C0')",
    PolyCollection: "draw bars with ax.barh(y, lengths, left=starts), and a field with ax.pcolormesh(x, y, heights)",
    Table: "draw words with ax.text(x, y, words)",
    Legend: "draw words with ax.text(x, y, words)",
}


def moving(key: Any, data: Any) -> Moving:
    """How a figure moves what `update` returned data for: True and False show and hide anything.

    key : an artist, or a container of artists such as ax.bar returns.
    """
    if isinstance(key, StreamplotSet):
        raise TypeError(f"update cannot move streamlines: {INSTEAD[StreamplotSet]}")
    if not isinstance(key, (Artist, Container)):
        raise TypeError(f"update returned data for {key!r}: a key is an artist of fig, or a name")
    try:
        if is_truth(data):
            return Shown(key)
    except ValueError as error:
        raise ValueError(f"update returned arrays of several shapes for {described(key)}: return one array") from error
    if isinstance(key, Axes):
        return Limits(key)
    if isinstance(key, Line2D) and crossed(key):
        return Rule(key)
    if isinstance(key, Rectangle) and crossed(key):
        return Span(key)
    if isinstance(key, Annotation) and np.shape(data) == (4,):
        return Pointing(key)
    if isinstance(key, Poly3DCollection) and np.ndim(data) == 3:
        return Faces(key)
    if isinstance(key, Line3DCollection) and not (np.ndim(data) == 2 and Wireframe(key).has_grid):
        return SpaceStrokes(key)
    for kind, classes in KINDS.items():
        if type(key) in classes and not (isinstance(key, Container) and is_3d(key.get_children()[0].axes)):
            return kind(key)
    instead = next((way for kind, way in INSTEAD.items() if isinstance(key, kind)), f"what moves is {MOVABLE}")
    raise TypeError(f"update cannot move {described(key)}: {instead}; True or False shows or hides it")


def is_truth(data: Any) -> bool:
    """Whether what update returned for an artist only shows or hides it."""
    return not np.ndim(data) and np.asarray(data).dtype == bool


def is_hidden(data: Any) -> bool:
    """Whether what update returned for an artist hides it: False, or no data at all."""
    return data is False or (isinstance(data, np.bool_) and not data) or _is_empty(data)


def _is_empty(data: Any) -> bool:
    if isinstance(data, (list, tuple)):
        return all(map(_is_empty, data))
    return isinstance(data, np.ndarray) and not data.size


KINDS: dict[type[Moving], tuple[type, ...]] = {
    Line: (Line2D, Line3D),
    Points: (PathCollection, Path3DCollection),
    Arrows: (Quiver,),
    Arrow: (FancyArrow,),
    Pointing: (FancyArrowPatch,),
    Strokes: (LineCollection,),
    Stem: (StemContainer,),
    ErrorBars: (ErrorbarContainer,),
    Area: (FillBetweenPolyCollection,),
    Corners: (Polygon,),
    patches.Circle: (Circle,),
    patches.Ellipse: (Ellipse,),
    patches.Rectangle: (Rectangle,),
    patches.Wedge: (Wedge,),
    Bars: (BarContainer,),
    Image: (AxesImage,),
    Mesh: (QuadMesh,),
    Contour: (QuadContourSet,),
    Surface: (Poly3DCollection,),
    Faces: (Poly3DCollection,),
    Wireframe: (Line3DCollection,),
    SpaceStrokes: (Line3DCollection,),
    Label: (Text, Annotation, Text3D),
}

FAMILIES: tuple[ModuleType, ...] = (lines, points, pointers, segments, areas, patches, fields, limits, surfaces, texts)
PAINTERS: dict[str, Callable[..., Parts]] = {
    kind: paint for family in FAMILIES for kind, paint in family.PAINTERS.items()
}


REMARKS: dict[str, Callable[..., str]] = {
    kind: remark for family in FAMILIES for kind, remark in getattr(family, "REMARKS", {}).items()
}


def place(artist: description.Artist, axes: description.Axes | None, data: Any) -> Parts:
    """The attributes of each part of an artist for its data."""
    return PAINTERS[artist["kind"]](artist, axes, np.asarray(data, dtype=float))


def remark(artist: description.Artist, data: Any) -> str:
    """The word for a sentence that a figure says by itself of an artist; "" for none."""
    return REMARKS[artist["kind"]](artist, np.asarray(data, dtype=float)) if artist["kind"] in REMARKS else ""


def packed(key: Any, value: Any) -> Any:
    """What update returned for an artist as one array: a pair of limits, or of a contour's heights and levels."""
    if isinstance(key, Axes) and isinstance(value, (tuple, list)):
        return np.stack([np.stack(list(row)) if isinstance(row, (tuple, list)) else row for row in value])
    if (
        isinstance(key, QuadContourSet)
        and isinstance(value, (tuple, list))
        and len(value) == 2
        and np.ndim(value[0]) == 2
    ):
        return Contour(key).packed(*value)
    return value
