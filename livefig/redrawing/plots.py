"""What matplotlib's calls draw, as data that `live` takes: for each call its artists, with the data of each.

A reader of a call takes what the call has returned (of a class, the artist), and then the arguments of the call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, QuadMesh
from matplotlib.colors import to_rgba_array
from matplotlib.container import BarContainer
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Patch, Polygon, Rectangle, Wedge
from matplotlib.text import Text

from livefig.artists.kinds import packed
from livefig.record.objects import holds_recorded, lift_objects

Found = Iterable[tuple[Any, Any]]
LOOKS: dict[type, list[str]] = {
    Line2D: "color linestyle linewidth marker markersize markerfacecolor markeredgecolor alpha".split(),
    Patch: "facecolor edgecolor linestyle linewidth hatch".split(),
    Collection: "facecolor edgecolor linewidth".split(),
    Text: "color fontsize".split(),
    Artist: [],
}


def array(value: Any) -> Any:
    """Numbers of a call as an array, recorded or not; None of words and dates."""
    found = lift_objects(np.asarray(value))
    return None if isinstance(found, np.ndarray) and found.dtype.kind not in "biuf" else found


def rows(*columns: Any) -> Any:
    """Numbers of a call side by side: one row a point."""
    arrays = [array(column) for column in columns]
    if any(column is None for column in arrays):
        return None
    return np.stack(np.broadcast_arrays(*(np.ravel(column) for column in arrays)), axis=-1)


def numbers(*values: Any) -> Any:
    """A few numbers of a call as one row."""
    arrays = [array(value) for value in values]
    return None if any(value is None or np.ndim(value) for value in arrays) else np.stack(arrays)


def _plot(lines: Any, *args: Any, **kw: Any) -> Iterator[tuple[Any, Any]]:
    left, given = list(lines), list(args)
    while given:
        x, y = array(given.pop(0)), None
        if given and not isinstance(given[0], str):
            y = array(given.pop(0))
        elif x is not None:
            x, y = np.arange(len(np.atleast_1d(x))), x
        if given and isinstance(given[0], str):
            given.pop(0)
        if x is None or y is None:
            return
        columns = [list(np.moveaxis(one, 1, 0)) if np.ndim(one) == 2 else [one] for one in (x, y)]
        for number in range(max(map(len, columns))):
            yield left.pop(0), rows(*(some[number % len(some)] for some in columns))


def _plot_in_space(lines: Any, xs: Any, ys: Any, zs: Any = 0, *args: Any, **kw: Any) -> Found:
    return [(lines[0], rows(xs, ys, zs))]


def _scatter(points: Any, x: Any, y: Any, s: Any = None, c: Any = None, **kw: Any) -> Found:
    colours = [] if points.get_array() is None else [c]
    return [(points, rows(x, y, *colours))]


def _scatter_in_space(points: Any, xs: Any, ys: Any, zs: Any = 0, zdir: Any = "z", s: Any = 20, c: Any = None,
                      *args: Any, **kw: Any) -> Found:  # fmt: skip
    colours = [] if points.get_array() is None else [c]
    return [(points, rows(xs, ys, zs, *colours))]


def _fill_between(area: Any, x: Any, y1: Any, y2: Any = 0, where: Any = None, *args: Any, **kw: Any) -> Found:
    if where is not None:
        y1 = np.where(array(where), array(y1), np.nan)
    return [(area, rows(x, y1, y2))]


def _fill(polygons: Any, *args: Any, **kw: Any) -> Found:
    corners = [one for one in args if not isinstance(one, str)]
    return [(polygon, rows(*corners[2 * i : 2 * i + 2])) for i, polygon in enumerate(polygons)]


def _bar(bars: Any, x: Any, height: Any, width: Any = 0.8, bottom: Any = None, *args: Any, **kw: Any) -> Found:
    return [(bars, np.ravel(array(height)) if bottom is None else rows(bottom, height))]


def _barh(bars: Any, y: Any, width: Any, height: Any = 0.8, left: Any = None, *args: Any, **kw: Any) -> Found:
    return _bar(bars, y, width, height, left)


def _bars_apart(
    bars: Any, x: Any, height: Any, width: Any = 0.8, bottom: Any = 0.0, align: str = "center", **kw: Any
) -> Found:
    """Bars whose places move are rectangles."""
    first = array(x) - (0.5 * array(width) if align == "center" else 0.0)
    columns = rows(first, bottom, width, height)
    for bar in bars[:1]:
        bar.axes.containers.remove(bars)
        bar.set_label(bars.get_label())
    return [(bar, columns[number]) for number, bar in enumerate(bars)]


def _bars_apart_across(bars: Any, y: Any, width: Any, height: Any = 0.8, left: Any = 0.0, **kw: Any) -> Found:
    found = _bars_apart(bars, y, width, height, left, **kw)
    return [(bar, row[np.array([1, 0, 3, 2])]) for bar, row in found]


APART = {"bar": _bars_apart, "barh": _bars_apart_across}  # where the first or third argument moves


def moves_apart(name: str, x: Any, size: Any, width: Any = 0.8, *args: Any, **kw: Any) -> bool:
    """Whether the places or the widths of bars move."""
    return holds_recorded((x, kw.get("height", width) if name == "barh" else width))


def _stackplot(areas: Any, x: Any, *args: Any, baseline: Any = "zero", **kw: Any) -> Iterator[tuple[Any, Any]]:
    heights = [row for one in args for row in (array(one) if np.ndim(one) == 2 else [array(one)])]
    low = 0 * array(x)
    for area, height in zip(areas, heights if baseline == "zero" else [], strict=False):
        yield area, rows(x, low, low + height)
        low = low + height


def _hist(made: Any, x: Any, bins: Any = None, range: Any = None, density: bool = False, **kw: Any) -> Found:
    """Bars whose edges are given: others move with the data, which bars cannot."""
    _, edges, bars = made
    if (
        (np.ndim(bins) == 0 and range is None)
        or not isinstance(bars, BarContainer)
        or {*kw} & {"weights", "cumulative"}
    ):
        return []
    counts, _ = np.histogram(array(x), edges)
    return [(bars, counts / (np.sum(counts) * np.diff(edges)) if density else 1.0 * counts)]


def _errorbar(whole: Any, x: Any, y: Any, yerr: Any = None, xerr: Any = None, *args: Any, **kw: Any) -> Found:
    both = [part for error in (yerr, xerr) if error is not None
            for part in (array(error) if np.ndim(array(error)) == 2 else [error])]  # fmt: skip
    return [(whole, rows(x, y, *both))]


def _stem(whole: Any, *args: Any, **kw: Any) -> Found:
    first, *others = [one for one in args if not isinstance(one, str)]
    return [(whole, rows(first, others[0]) if others else rows(np.arange(len(first)), first))]


def _quiver(arrows: Any, *args: Any, **kw: Any) -> Found:
    return [(arrows, rows(*args[:4]))] if len(args) > 3 else []


def _heights(artist: Any, *args: Any, **kw: Any) -> Found:
    """Of an image, a mesh, contour lines or a surface: alone, or behind x and y."""
    return [(artist, array(args[2] if len(args) > 2 else args[0]))]


def _contour(lines: Any, *args: Any, levels: Any = None, **kw: Any) -> Found:
    heights = array(args[2] if len(args) > 2 else args[0])
    levels = args[3] if len(args) == 4 else args[1] if len(args) == 2 else levels
    return [(lines, packed(lines, (heights, array(levels))) if np.ndim(levels) == 1 else heights)]


def _annotate(note: Any, text: Any, xy: Any, xytext: Any = None, xycoords: Any = "data", textcoords: Any = None,
              *args: Any, **kw: Any) -> Found:  # fmt: skip
    in_data = xytext is not None and (textcoords or xycoords) == "data"
    return [(note, numbers(*xy, *(xytext if in_data else ())))]


def _moving_arrow(arrow: Any, posA: Any = None, posB: Any = None, *args: Any, **kw: Any) -> Found:
    return [] if posA is None or posB is None else [(arrow, numbers(*posA, *posB))]


CALLS: dict[str, Callable[..., Found]] = {
    **dict.fromkeys(("plot", "step", "semilogx", "semilogy", "loglog"), _plot),
    **dict.fromkeys(("imshow", "pcolormesh", "plot_surface", "plot_wireframe"), _heights),
    "contour": _contour,
    "scatter": _scatter,
    "fill_between": _fill_between,
    "fill_betweenx": _fill_between,
    "fill": _fill,
    "stackplot": _stackplot,
    "bar": _bar,
    "barh": _barh,
    "errorbar": _errorbar,
    "hist": _hist,
    "stem": _stem,
    "quiver": _quiver,
    "axhline": lambda line, y=0, *args, **kw: [(line, numbers(y)[0])],
    "axvline": lambda line, x=0, *args, **kw: [(line, numbers(x)[0])],
    "axhspan": lambda span, ymin, ymax, *args, **kw: [(span, numbers(ymin, ymax))],
    "axvspan": lambda span, xmin, xmax, *args, **kw: [(span, numbers(xmin, xmax))],
    "vlines": lambda lines, x, ymin, ymax, *args, **kw: [(lines, rows(x, ymin, ymax))],
    "hlines": lambda lines, y, xmin, xmax, *args, **kw: [(lines, rows(y, xmin, xmax))],
    "text": lambda text, x, y, *args, **kw: [(text, numbers(x, y))],
    "annotate": _annotate,
    "arrow": lambda arrow, x, y, dx, dy, *args, **kw: [(arrow, numbers(x, y, dx, dy))],
}
IN_SPACE: dict[str, Callable[..., Found]] = {
    "plot": _plot_in_space,
    "scatter": _scatter_in_space,
    "text": lambda text, x, y, z, *args, **kw: [(text, numbers(x, y, z))],
}
CLASSES: dict[type, Callable[..., Found]] = {
    Circle: lambda patch, xy, radius=5, **kw: [(patch, numbers(*xy, radius))],
    Ellipse: lambda patch, xy, width, height, angle=0, **kw: [(patch, numbers(*xy, width, height, angle))],
    Rectangle: lambda patch, xy, width, height, **kw: [(patch, numbers(*xy, width, height))],
    Wedge: lambda patch, center, r, theta1, theta2, **kw: [(patch, numbers(*center, r, theta1, theta2))],
    Polygon: lambda patch, xy, **kw: [(patch, array(xy))],
    FancyArrowPatch: _moving_arrow,
    Line2D: lambda line, xdata, ydata, **kw: [(line, rows(xdata, ydata))],
    Text: lambda text, x=0, y=0, *args, **kw: [(text, numbers(x, y))],
}


def _line(line: Any, x: Any, y: Any) -> Any:
    return rows(line.get_xdata() if x is None else x, line.get_ydata() if y is None else y)


# What gives other data to an artist: its numbers, where it is given more than these, None for those that stay.
SETTERS: dict[tuple[type, str], Callable[..., list[Any]]] = {
    (Line2D, "set_data"): lambda *args: list(args if len(args) == 2 else args[0]),
    (Line2D, "set_xdata"): lambda x: [x, None],
    (Line2D, "set_ydata"): lambda y: [None, y],
    (Collection, "set_offsets"): lambda offsets: [offsets],
    (Text, "set_position"): lambda xy: [np.stack(numbers(*xy))],
    (AxesImage, "set_data"): lambda heights: [heights],
    (QuadMesh, "set_array"): lambda heights: [heights],
}


def look(artist: Any) -> tuple[Any, ...]:
    """Colours, strokes and markers of an artist, or of those that a container has; of bars also where they stand."""
    bars: list[Any] = list(artist) if isinstance(artist, BarContainer) else []
    across = getattr(artist, "orientation", "") == "horizontal"
    places = [(bar.get_y(), bar.get_height()) if across else (bar.get_x(), bar.get_width()) for bar in bars]
    return (*sorted({repr(_look(part)) for part in parts_of(artist)}), *np.round(places, 9).ravel().tolist())


def look_like(artist: Any, other: Any) -> None:
    """Give an artist the look of another one of its kind."""
    for part, twin in zip(parts_of(artist), parts_of(other), strict=False):
        for name in _looks(part):
            getattr(part, f"set_{name}")(getattr(twin, f"get_{name}")())


def parts_of(artist: Any) -> list[Any]:
    """An artist, or those that a container has."""
    return [artist] if isinstance(artist, Artist) else artist.get_children()


def _looks(artist: Any) -> list[str]:
    return LOOKS[next(kind for kind in LOOKS if isinstance(artist, kind))]


def _look(artist: Any) -> Any:
    if isinstance(artist, Collection) and artist.get_array() is not None:
        return artist.get_cmap().name
    found = {name: getattr(artist, f"get_{name}")() for name in _looks(artist)}
    return {name: np.unique(to_rgba_array(v), axis=0).tolist() if "color" in name else v for name, v in found.items()}


def given(artist: Any, parts: list[Any]) -> Any:
    """The data of an artist to which these have been given."""
    return _line(artist, *parts) if isinstance(artist, Line2D) else array(parts[0])
