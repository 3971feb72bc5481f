"""What a live figure can move: a class for each kind of matplotlib artist."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.collections import FillBetweenPolyCollection, PathCollection
from matplotlib.container import BarContainer, Container
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.quiver import Quiver
from matplotlib.text import Text

from gradcore.live.artists.areas import Area, Bars, Corners
from gradcore.live.artists.base import Moving
from gradcore.live.artists.lines import Line, Rule, Span, crossed
from gradcore.live.artists.points import Arrows, Points
from gradcore.live.artists.texts import Label, Shown

__all__ = ["Moving", "moving"]

MOVABLE = "lines, scatters, texts, arrows (quiver), bars, filled areas, axhline, axvline, axhspan and axvspan"


def moving(key: Any, ndim: int) -> Moving:
    """How a figure moves what `update` returned data for. A number alone shows or hides what cannot be placed by it.

    key : an artist, or a container of artists such as ax.bar returns.
    ndim : the number of axes of its data.
    """
    if not isinstance(key, (Artist, Container)):
        raise TypeError(f"update returned data for {key!r}: a key is an artist of fig, or a name")
    if isinstance(key, Line2D) and crossed(key):
        return Rule(key)
    if ndim == 0:
        return Shown(key)
    if isinstance(key, Rectangle) and crossed(key):
        return Span(key)
    for kind, classes in KINDS.items():
        if isinstance(key, classes):
            return kind(key)
    raise TypeError(f"update cannot move {key!r}: what moves is {MOVABLE}; a number shows or hides anything")


KINDS: dict[type[Moving], tuple[type, ...]] = {
    Line: (Line2D,),
    Points: (PathCollection,),
    Arrows: (Quiver,),
    Area: (FillBetweenPolyCollection,),
    Corners: (Polygon,),
    Bars: (BarContainer,),
    Label: (Text,),
}
