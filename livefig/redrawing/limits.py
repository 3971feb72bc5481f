"""The limits of axes that follow what is drawn in them, as matplotlib finds them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text

from livefig.artists.areas import Bars
from livefig.artists.base import Moving
from livefig.artists.kinds import moving
from livefig.artists.lines import Rule
from livefig.artists.points import Arrows
from livefig.drawing.axes import is_3d, is_polar
from livefig.record.objects import holds_recorded
from livefig.redrawing.run import Run

WIDER = 0.05  # by so much of their size matplotlib moves two equal limits apart


def home(artist: Any) -> Any:
    """The axes of an artist, or of a container of artists."""
    return artist.axes if isinstance(artist, Artist) else artist.get_children()[0].axes


def has_limits(ax: Any) -> bool:
    """Whether limits of axes can follow."""
    return not is_3d(ax) and not is_polar(ax)


def ends(run: Run, ax: Any) -> Any:
    """The limits of axes: ((x from, x to), (y from, y to)), recorded where they follow."""
    return np.stack([np.stack(_ends(run, ax, which)) for which in (0, 1)])


def _ends(run: Run, ax: Any, which: int) -> list[Any]:
    name = "xy"[which]
    now = list(getattr(ax, f"get_{name}lim")())
    siblings = getattr(ax, f"get_shared_{name}_axes")().get_siblings(ax)
    given = next((run.limits[one, which] for one in siblings if (one, which) in run.limits), None)
    if given is None and not getattr(ax, f"get_autoscale{name}_on")():
        return now
    given = given or [None, None]
    if all(end is not None for end in given):
        return given
    places, last = [], []
    for one in siblings:
        edges = [edge for artist in one.get_children() for edge in getattr(artist.sticky_edges, name)]
        places.append(np.array(edges, dtype=float))
        for kind, found in _places(run, one, name):
            if isinstance(kind, Rule):
                last += found  # matplotlib counts it if it is outside, or something is drawn after it
            else:
                places, last = [*places, *last, *found], []
    if not holds_recorded([*places, *last]) and not any(call.conditions for call in run.calls):
        return [end if new is None else new for new, end in zip(given, now, strict=True)]
    low, high = _around(np.concatenate([*map(np.ravel, places)]), ax, name)
    wider = _around(np.concatenate([*map(np.ravel, [*places, *last])]), ax, name) if last else (low, high)
    for place in last:
        outside = np.any(np.logical_or(place < low, place > high))
        low, high = np.where(outside, wider[0], low), np.where(outside, wider[1], high)
    return [end if new is None else new for new, end in zip(given, (low, high), strict=True)]


def _places(run: Run, ax: Any, name: str) -> Iterator[tuple[Moving, list[Any]]]:
    """All that is drawn in the axes and widens their limits, with its coordinates."""
    for artist, data in run.drawn.values():
        if home(artist) is not ax or isinstance(artist, Text):
            continue
        kind = moving(artist, data)
        if isinstance(kind, Bars):
            yield kind, list(_sides(kind, data, name))
            continue
        sums = [columns for axis, columns in kind.watched(np.shape(data)) if axis == name]
        if isinstance(kind, Arrows):
            sums = sums[:1]  # where they begin: tips do not count
        rows: Any = np.reshape(data, (-1, len(kind.columns(np.shape(data))))) if sums else None
        yield kind, [reduce(np.add, (rows[:, column] for column in columns)) for columns in sums]


def _sides(bars: Bars, data: Any, name: str) -> Any:
    """Where bars begin and end."""
    if name == bars.across:
        start, length = (data[:, 0], data[:, 1]) if np.ndim(data) == 2 else (np.array(bars.bases), data)
        return [start, start + length]
    return np.array([[bar.get_x(), bar.get_x() + bar.get_width()] if name == "x" else
                     [bar.get_y(), bar.get_y() + bar.get_height()] for bar in bars.key.patches])  # fmt: skip


def _around(places: Any, ax: Any, name: str) -> Any:
    """Limits with matplotlib's margins around places (`Axes.autoscale_view`)."""
    log = getattr(ax, f"get_{name}scale")() == "log"
    places = np.where(np.isfinite(places) & (places > 0 if log else True), places, np.nan)
    low, high = np.nanmin(places), np.nanmax(places)
    size = np.maximum(np.abs(low), np.abs(high))
    more = np.where(low == high, np.where(size == 0, WIDER, WIDER * size), 0.0)
    low, high = low - more, high + more
    scaled = (np.log10(low), np.log10(high)) if log else (low, high)
    margin = ax.margins()["xy".index(name)] * (scaled[1] - scaled[0])
    first, last = (10**end if log else end for end in (scaled[0] - margin, scaled[1] + margin))
    for edge in sorted({edge for artist in ax.get_children() for edge in getattr(artist.sticky_edges, name)}):
        first = np.where(edge <= low, np.maximum(first, edge), first)
        last = np.where(edge >= high, np.minimum(last, edge), last)
    return [first, last]
