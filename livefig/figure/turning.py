"""Three-dimensional axes that readers turn: what turns in them besides what controls move."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Text3D

from livefig.artists.base import Moving, described
from livefig.artists.kinds import KINDS
from livefig.artists.points import Points
from livefig.artists.segments import SpaceStrokes
from livefig.artists.surfaces import Faces, OverGrid, listed, rounded
from livefig.artists.texts import Shown
from livefig.controls.options import checked_pair
from livefig.description import Description, Space
from livefig.drawing.axes import camera, spaces_of
from livefig.drawing.drawn import Drawn
from livefig.drawing.space import View
from livefig.drawing.svg import SVG, Edit
from livefig.figure.returned import check_artist

VIEWS = ((97.0, 20.0), (190.0, -35.0), (-75.0, 65.0))  # azimuths beside the present one, and elevations
POLE = 89.999  # degrees of elevation; nobody sees what is left
LABEL_FROM_EDGE, TICK_LABEL_FROM_EDGE = 21.0, 8.0  # mplot3d's guesses of points, beside the pads


class Turning:
    """What turns in the three-dimensional axes of a figure.

    spaces : these axes; none if they shall stand still.
    view : the names of the sliders that turn them, or None.
    still, data : the artists that no control moves, and their data.
    parts : of the boxes around the axes, by the names that they have on a page.
    """

    def __init__(self, fig: Figure, moving: Mapping[Any, Moving], view: Any, sliders: Sequence[str]):
        for ax in spaces_of(fig):
            look(ax, ax.azim, ax.elev)
        self.spaces = [] if view is False else spaces_of(fig)
        self.view = checked_pair("view", None if view is False else view, sliders)
        if self.view and not self.spaces:
            raise ValueError("view needs three-dimensional axes, which it turns")
        self.still: dict[Artist, Moving] = {}
        self.data: dict[Artist, Any] = {}
        self.parts: dict[str, Artist] = {}
        moved = {a for artist in moving.values() if not isinstance(artist, Shown) for a in artist.artists}
        switched = {a for artist in moving.values() if isinstance(artist, Shown) for a in artist.artists}
        try:
            for ax in self.spaces:
                _check(ax)
                for child in (*ax.collections, *ax.patches, *ax.lines, *ax.texts):
                    if child not in moved and (child.get_visible() or child in switched) and _in_space(child):
                        self.still[child] = artist = _still(child)
                        self.data[child] = _data(child, artist)
                        artist.shape = np.shape(self.data[child])
                        check_artist(child, artist, self.data[child], still=True)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{error}; or write view=False: then the figure does not turn") from None

    @property
    def artists(self) -> list[Artist]:
        """All that are drawn anew when the axes turn, but what controls move."""
        return [*self.still, *(part for ax in self.spaces for part in _box(ax).values())]

    def views(self, settings: Mapping[str, Any]) -> list[list[float]]:
        """From where the axes are seen: azimuth and elevation of each."""
        if self.view:
            return [[float(settings[name]) for name in self.view]] * len(self.spaces)
        return [[float(ax.azim), float(ax.elev)] for ax in self.spaces]

    def look_from(self, views: Sequence[View]) -> list[View]:
        """Turn the axes. Returns from where they are seen."""
        return [look(ax, *view) for ax, view in zip(self.spaces, views, strict=True)]

    def see(self, drawn: Drawn) -> None:
        """Take from a drawing how still artists look, and which parts the boxes have."""
        for key in [key for key in self.still if key not in drawn]:
            del self.still[key]
        for artist in self.still.values():
            artist.see(drawn, lambda: drawn)
        boxes = [(k, name, part) for k, ax in enumerate(self.spaces) for name, part in _box(ax).items()]
        self.parts = {f"space{k}.{name}": part for k, name, part in boxes if part in drawn}

    @property
    def edits(self) -> list[tuple[Artist, Edit]]:
        """How the parts of the boxes become parts of a page's picture."""
        return [(part, partial(_edit, name=name)) for name, part in self.parts.items()]

    def described(self) -> list[Space]:
        """The axes, when the figure has its final layout."""
        return [_space(ax) for ax in self.spaces]

    def rounded(self, artist: Any) -> Any:
        """The data of a still artist, as exactly as they are seen."""
        data, ax = self.data[artist.key].copy(), artist.axes
        if isinstance(artist, OverGrid):
            return listed(rounded(data, ax.get_zlim()))
        for i, which in enumerate("xyz"):
            data[..., i] = rounded(data[..., i], getattr(ax, f"get_{which}lim")())
        return listed(data)

    def numbered(self, moving: Iterable[Moving], spec: Description) -> Iterator[tuple[str, Moving, Any]]:
        """Every artist that the page paints, its name there and its description.

        What is only shown or hidden comes after what turns: it holds that.
        """
        for prefix, artists, specs in (("still", self.still.values(), spec["still"]), ("", moving, spec["artists"])):
            for number, (artist, own) in enumerate(zip(artists, specs, strict=True)):
                yield f"{prefix}{number}", artist, own

    def other_views(self) -> Iterator[list[View]]:
        """From where they are looked at when the figure is tried, besides the view in which it is drawn."""
        for azim, elev in VIEWS:
            yield [(ax.azim + azim, elev) for ax in self.spaces]


def look(ax: Any, azim: float, elev: float) -> View:
    """Turn axes. At a pole matplotlib divides rounding errors by each other: it looks from a little beside it."""
    elev = math.copysign(POLE, elev) if abs(elev) == 90 else elev
    ax.view_init(elev=elev, azim=azim, roll=ax.roll)
    return azim, elev


def _check(ax: Any) -> None:
    by_depth = [artist for artist in (*ax.collections, *ax.patches) if artist.get_visible()]
    if ax.computed_zorder and len(by_depth) > 1:
        raise ValueError(
            f"the axes {ax.get_title()!r} choose by depth what covers what, which a page cannot when they turn: write "
            "ax.computed_zorder = False, and zorder= where the order matters"
        )
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        if {axis.get_ticks_position(), axis.get_label_position()} != {"default"}:
            raise ValueError(
                f"the {axis.axis_name} axis has ticks or a label at another place than usual: leave out "
                "set_ticks_position and set_label_position"
            )


def _box(ax: Any) -> dict[str, Artist]:
    """The artists of the box around axes, by their names."""
    found: dict[str, Artist] = {}
    for i, axis in enumerate((ax.xaxis, ax.yaxis, ax.zaxis) if ax._axis3don else ()):
        artists = {"pane": axis.pane, "grid": axis.gridlines, "edge": axis.line}
        artists |= {"name": axis.label, "offset": axis.offsetText}
        found |= {f"{name}{i}": artist for name, artist in artists.items()}
        for n, tick in enumerate(axis._update_ticks()):
            found |= {f"tick{i}.{n}": tick.tick1line, f"label{i}.{n}": tick.label1}
    return found


def _edit(group: ET.Element, name: str) -> None:
    """Labels are moved as they are, all else is one path."""
    if name.partition(".")[2].startswith(("label", "name", "offset")):
        group.set("data-part", name)
        return
    first, *others = (element for element in group.iter() if element.tag == f"{{{SVG}}}path")
    first.set("data-part", name)
    first.set("d", " ".join(path.get("d", "") for path in (first, *others)))
    group[:] = [first]


def _in_space(artist: Any) -> bool:
    """Whether an artist of three-dimensional axes lives in them: a plain text does not."""
    return hasattr(artist, "do_3d_projection") or hasattr(artist, "set_3d_properties")


def _still(artist: Any) -> Moving:
    for kind, classes in KINDS.items():
        if type(artist) in classes and (not issubclass(kind, OverGrid) or kind(artist).has_grid):
            return kind(artist)
    raise TypeError(
        f"{described(artist)} cannot turn: what turns is lines, segments, scatters, surfaces, wireframes, faces, texts"
    )


def _data(key: Any, artist: Moving) -> Any:
    """The data that an artist was drawn with."""
    if isinstance(artist, OverGrid):
        return artist.heights
    if isinstance(artist, Faces):
        return artist.corners
    if isinstance(artist, SpaceStrokes):
        return artist.points
    if isinstance(artist, Points):
        rows = np.column_stack(np.broadcast_arrays(*map(np.ma.getdata, key._offsets3d))).astype(float)
        return rows if key.get_array() is None else np.column_stack([rows, np.ma.getdata(key.get_array())])
    if isinstance(key, Text3D):
        if np.any(key._dir_vec):
            raise ValueError(f"{described(key)} has a zdir, along which it would have to turn: leave zdir out")
        return np.array(key.get_position_3d(), dtype=float)
    return np.column_stack(np.broadcast_arrays(*key.get_data_3d())).astype(float)


def _space(ax: Any) -> Space:
    """What a page must know to turn axes."""
    height = ax.get_figure(root=True).bbox.height
    extent = ax.get_window_extent()
    limits = [sorted(map(float, getattr(ax, f"get_{which}lim")())) for which in "xyz"]
    sides = []
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis) if ax._axis3don else ():
        ticks, info = axis._update_ticks(), axis._axinfo["tick"]
        sides.append(
            {
                "ticks": [float(tick.get_loc()) for tick in ticks],
                "pads": [float(tick.get_pad()) + TICK_LABEL_FROM_EDGE for tick in ticks],
                "reach": [float(info["outward_factor"]), float(info["inward_factor"])],
                "pad": float(axis.labelpad) + LABEL_FROM_EDGE,
                "rotates": bool(axis.get_rotate_label(axis.label.get_text())),
            }
        )
    found = {
        "view": [float(ax.azim), float(ax.elev)],
        "camera": camera(ax),
        "frame": [float(v) for v in (extent.x0, height - extent.y1, extent.x1, height - extent.y0)],
        "limits": limits,
        "point": 48 / float(extent.width + extent.height),
        "sides": sides,
    }
    return cast(Space, found)
