"""Pictures that an author may want to move: matplotlib draws each of them whole, for any number a.

A live figure draws such a picture as matplotlib does, or refuses it with a sentence: `accepted` pictures are drawn,
`refused` ones are not, and of `either` one or the other happens.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap, LogNorm, Normalize, PowerNorm
from matplotlib.container import Container
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, TextArea
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Polygon, Rectangle, Wedge
from matplotlib.patheffects import Normal, SimpleLineShadow, Stroke, TickedStroke, withStroke
from matplotlib.transforms import Affine2D, ScaledTranslation

LIMITS: dict[str, Any] = {"xlim": (0, 1), "ylim": (-1, 1)}
SIZE = (2.75, 2)  # inches: whole pixels at every multiple of 36 dots per inch


@dataclass
class Picture:
    """A picture of a number a, and what moves in it.

    draw(ax, a) : draws all of it with plain matplotlib; returns what moves, one artist or several.
    data(a) : what `update` returns for that artist, or for each of them.
    axes : what the axes are made with.
    ends : the ends of the slider a, and its first value.
    first(ax) : draws what the author draws before `live`, where that is not draw(ax, first value).
    also : values of a to look at besides the usual ones.
    drawn, refused : which of both a live figure may do.
    unlike : how many pixels may differ: where a dashed outline closes, a browser joins its ends, and Agg does not.
    words : what the refusal must say, a regular expression; without it the class of an artist that moves, or its label.
    """

    name: str
    draw: Callable[[Any, Any], Any]
    data: Callable[[Any], Any]
    axes: dict[str, Any] = field(default_factory=dict)
    ends: tuple[float, float, float] = (-1.0, 1.0, 0.45)
    first: Callable[[Any], Any] | None = None
    also: tuple[float, ...] = ()
    unlike: int = 3
    drawn: bool = True
    refused: bool = False
    words: str = ""

    @property
    def values(self) -> list[float]:
        """The first value, an end, and a place between that nobody would think of."""
        low, high, now = self.ends
        return [now, low, low + 0.8541 * (high - low), *self.also]

    @property
    def others(self) -> list[float]:
        """The other end, and another place between."""
        low, high, _ = self.ends
        return [low + 0.2763 * (high - low), high]

    def blank(self) -> tuple[Figure, Any]:
        """Axes without numbers, which only take time."""
        flat = {} if "projection" in self.axes else LIMITS
        fig, ax = plt.subplots(figsize=SIZE, subplot_kw=flat | self.axes)
        ax.tick_params(labelbottom=False, labelleft=False)
        return fig, ax

    @cached_property
    def limits(self) -> list[dict[str, Any]]:
        """Those of each axes, as matplotlib finds them for the first value."""
        fig, ax = self.blank()
        with np.errstate(all="ignore"):
            self.draw(ax, self.ends[2])
        fig.draw_without_rendering()
        plt.close(fig)
        names = ["xlim", "ylim", "zlim"]
        return [{n: getattr(ax, f"get_{n}")() for n in names if hasattr(ax, f"get_{n}")} for ax in fig.axes]

    def drawing(self, a: float) -> Figure:
        """The picture as matplotlib draws it for a number, in the limits of the first value."""
        fig, ax = self.blank()
        with np.errstate(all="ignore"):
            self.draw(ax, a)
        for ax, limits in zip(fig.axes, self.limits, strict=True):
            ax.set(**limits)
        return fig

    def author(self) -> tuple[Figure, Callable[[Any], Any]]:
        """What an author gives to `live`: the figure and `update`."""
        fig, ax = self.blank()
        with np.errstate(all="ignore"):
            found = self.first(ax) if self.first else self.draw(ax, self.ends[2])
        several = type(found) is tuple
        keys = list(found) if type(found) in (tuple, list) else [found]
        return fig, lambda a: dict(zip(keys, self.data(a) if several else [self.data(a)], strict=True))


PICTURES: list[Picture] = []


def accepted(name: str, draw: Any, data: Any, axes: Any = None, **rest: Any) -> None:
    PICTURES.append(Picture(name, draw, data, axes or {}, **rest))


def refused(name: str, draw: Any, data: Any, words: str, axes: Any = None, **rest: Any) -> None:
    PICTURES.append(Picture(name, draw, data, axes or {}, drawn=False, refused=True, words=words, **rest))


def either(name: str, draw: Any, data: Any, axes: Any = None, **rest: Any) -> None:
    PICTURES.append(Picture(name, draw, data, axes or {}, refused=True, **rest))


# Data. a is a number, or what records a slider.

x = np.linspace(0, 1, 41)
few = np.linspace(0.05, 0.95, 8)
up_and_down = np.array([1.0, -1.0] * 4)
bars = np.array([0.5, 1.0, -0.7])
RED, GREEN, BLACK = "C3", "#2a7d2a", "k"  # they stand out from white: the page changes no colour of that kind
DEEP, GLASS = "#00307a", (0, 0.1, 0.4, 0.6)  # these, too, when one sees through them
DARK = ListedColormap(matplotlib.colormaps["viridis"](np.linspace(0, 0.5, 256)))
LOG_X, LOG_Y = {"xscale": "log", "xlim": (0.01, 1)}, {"yscale": "log", "ylim": (0.01, 10)}
WIDE = {"xlim": (-0.7, 2.7)}  # room for three bars


def rows(*columns: Any) -> Any:
    return np.column_stack(columns)


def wave(a: Any) -> Any:
    return rows(x, a * np.sin(7 * x))


def dots(a: Any) -> Any:
    return rows(few, a * np.cos(5 * few))


def wide(a: Any) -> Any:
    return rows(50 * x, a * x)


def zigzag(a: Any) -> Any:
    return rows(few, a * up_and_down * 0.8)


def gaps(a: Any) -> Any:
    """With NaN in the middle, where it stands alone, and as a slider has it."""
    y = a * np.sin(7 * x)
    return rows(x, np.where((x > 0.3) & (x < 0.4) | (x == 0.75) | (y > 0.6), np.nan, y))


def zeros(a: Any) -> Any:
    return rows(few, np.maximum(a * up_and_down, 0))


def few_gaps(a: Any) -> Any:
    return rows(few, np.where(a * up_and_down > 0.5, np.nan, a * np.cos(5 * few)))


def heights(a: Any) -> Any:
    return a * bars


def between(a: Any) -> Any:
    """Rows of x and both heights, which cross."""
    return rows(x, a * np.sin(7 * x), a * x - 0.2)


def corners(a: Any) -> Any:
    """A polygon without sharp corners."""
    return rows(
        np.array([0.15, 0.85, 0.75, 0.2]), np.array([-0.5, -0.6, 0.2, 0.3]) + a * np.array([0.2, -0.1, 0.4, 0.5])
    )


def bow_tie(a: Any) -> Any:
    """A polygon that crosses itself."""
    return rows(np.array([0.2, 0.8, 0.8, 0.2]), np.array([-0.7, 0.5, -0.5, 0.7]) * (1.1 + 0.2 * a))


def arrows(a: Any) -> Any:
    """x, y and the components of arrows, long and short, one of no length for a = 0."""
    return rows(few, 0 * few + 0.3 * a, 0.2 * a * np.cos(9 * few), a * np.sin(9 * few))


def half(a: Any) -> Any:
    return 0.5 * a


def middle(a: Any) -> Any:
    return np.stack([0.5 + 0.3 * a, 0.4 * a])


def coloured(a: Any) -> Any:
    """Points, with values of their colours."""
    return rows(few, a * few, few + a)


def far_right(a: Any) -> Any:
    """A place that leaves the axes at both ends of the slider."""
    return np.stack([0.5 + 0.8 * a, 0.1 + 0 * a])


# Short ways to say what is drawn.


def line(name: str, data: Any = wave, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any) -> None:
    say(name, lambda ax, a: ax.plot(*data(a).T, **style), data, axes, **(more or {}))


def points(name: str, data: Any = dots, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any) -> None:
    """A third column of the data is the values of the colours."""

    def draw(ax: Any, a: float) -> Any:
        px, py, *values = data(a).T
        return ax.scatter(px, py, **({"c": values[0], "cmap": DARK} if values else {}) | style)

    say(name, draw, data, axes, **(more or {}))


def bar(name: str, data: Any = heights, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any) -> None:
    say(name, lambda ax, a: ax.bar([0, 1, 2], data(a), **style), data, axes or WIDE, **(more or {}))


def area(name: str, data: Any = between, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any) -> None:
    say(name, lambda ax, a: ax.fill_between(*data(a).T, **style), data, axes, **(more or {}))


def polygon(
    name: str, data: Any = corners, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any
) -> None:
    say(name, lambda ax, a: ax.fill(*data(a).T, **style), data, axes, **(more or {}))


def quiver(
    name: str, data: Any = arrows, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any
) -> None:
    style = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.01} | style
    say(name, lambda ax, a: ax.quiver(*data(a).T, **style), data, axes, **(more or {}))


def text(
    name: str,
    data: Any = middle,
    say: Any = accepted,
    words: str = "word",
    axes: Any = None,
    more: Any = None,
    **style: Any,
) -> None:
    say(name, lambda ax, a: ax.text(*data(a), words, **style), data, axes, **(more or {}))


def note(name: str, data: Any = middle, say: Any = accepted, axes: Any = None, **style: Any) -> None:
    style = {"xytext": (15, 12), "textcoords": "offset points", "arrowprops": {"arrowstyle": "->"}} | style
    say(name, lambda ax, a: ax.annotate("note", data(a), **style), data, axes)


def last(*done: Any) -> Any:
    return done[-1]


def after(setup: Any, say: Any = accepted) -> Any:
    """A way to say a picture in which something else is done, or drawn, first."""
    return lambda name, draw, data, axes=None, **more: say(
        name, lambda ax, a: last(setup(ax), draw(ax, a)), data, axes, **more
    )


def no(words: str) -> Any:
    """A way to say a picture that is refused."""
    return lambda name, draw, data, axes=None, **more: refused(name, draw, data, words, axes, **more)


def put(artist: Any, **where: Any) -> Any:
    """An artist that was drawn for something else, put elsewhere."""
    artist.set(**where)
    return artist


def hidden(draw: Any) -> Any:
    """What is drawn, not to be seen."""

    def drawn(ax: Any) -> Any:
        found = draw(ax)
        found = found[0] if type(found) is list else found
        found.set_visible(False)
        return found

    return drawn


# Lines: strokes

line("a line")
line("a thick red line", lw=4, color=RED)
line("a line without width", lw=0, marker="o", say=either)
line("a dashed line", ls="--")
line("a dotted line", ls=":", lw=3)
line("a line of dashes and dots", ls="-.", lw=2)
line("a thick dashed line, whose dashes grow with it", ls="--", lw=5)
line("dashes that begin late", ls=(7, (9, 4)), lw=2)
line("dashes of four lengths", ls=(0, (8, 2, 1, 2)), lw=2)
line("dashes of an odd count", ls=(2, (6, 3, 2)), lw=2)
line("dashes with round ends", zigzag, ls=(0, (3, 4)), lw=5, dash_capstyle="round")
line("dashes with projecting ends", zigzag, ls=(0, (3, 8)), lw=5, dash_capstyle="projecting")
line("a thick line with butt ends", zigzag, lw=10, solid_capstyle="butt")
line("a thick line with round ends", zigzag, lw=10, solid_capstyle="round")
line("a thick line with projecting ends", zigzag, lw=10, solid_capstyle="projecting")
line("a thick zigzag with round joins", zigzag, lw=10, solid_joinstyle="round")
line("a thick zigzag with mitred joins", zigzag, lw=8, solid_joinstyle="miter")
line("a thick zigzag with bevelled joins", zigzag, lw=10, solid_joinstyle="bevel")
line("a dashed zigzag with mitred joins", zigzag, lw=6, ls=(0, (20, 3)), dash_joinstyle="miter")
line("a line of two points", lambda a: rows(np.array([0.1, 0.9]), a * np.array([1.0, -1.0])), lw=6)
line(
    "a line that comes back on itself",
    lambda a: rows(0.5 + 0.4 * a * np.array([-1.0, 1.0, -1.0]), 0 * a * np.ones(3)),
    lw=8,
)
line("a line whose points all coincide", lambda a: rows(0.5 + 0 * few, a + 0 * few), lw=10, solid_capstyle="round")
line("a closed line", lambda a: rows(np.array([0.2, 0.8, 0.5, 0.2]), a * np.array([-0.6, -0.6, 0.7, -0.6])), lw=10)
line(
    "a thick line with alpha that crosses itself",
    lambda a: rows(0.5 + 0.4 * np.sin(12 * x), a * np.sin(6 * x + 1)),
    lw=9,
    color=DEEP,
    alpha=0.6,
)
line("a line of an RGBA colour", color=GLASS, lw=6)
line("a line of an RGBA colour with alpha, which wins", color=(0, 0.1, 0.4, 0.2), alpha=0.6, lw=6)
line("an invisible line with markers of their own", dots, ls="none", marker="s", ms=9)
line("a line whose gaps have a colour", say=either, ls="--", lw=4, gapcolor=GREEN)
line("a line with a sketchy hand", say=either, sketch_params=(4, 60, 8))
line("a line with a border", lw=3, path_effects=[Stroke(linewidth=7, foreground=RED), Normal()])
line(
    "a line with a shadow and a border",
    lw=5,
    path_effects=[SimpleLineShadow((4, -3)), withStroke(linewidth=9, foreground=RED)],
)
line("a line with path effects and markers", dots, marker="o", path_effects=[Normal()], say=no("make two lines"))
line("a line with ticks", path_effects=[TickedStroke()], say=either)
line(
    "a border that leaves the picture", lambda a: rows(x, 9 * a * x), lw=3, path_effects=[Stroke((20, 0), linewidth=9)]
)
line("a line that is drawn as pixels", say=either, rasterized=True)
line("a line without antialiasing", say=either, antialiased=False, lw=3)

# Lines: markers

for markers in ("osD^", "v<>d", "pPhH", "Xx+_", "1234", "|.*8"):

    def lines(a: Any, count: int = len(markers)) -> list[Any]:
        return [rows(few, a * np.cos(5 * few) / 2 + shift) for shift in np.linspace(-0.5, 0.5, count)]

    accepted(
        f"lines with markers {markers}",
        lambda ax, a, markers=markers: tuple(
            ax.plot(*data.T, marker=marker, ms=9)[0] for marker, data in zip(markers, lines(a), strict=True)
        ),
        lambda a: tuple(lines(a)),
    )
line("a line with pixels as markers", dots, say=either, marker=",", ls="none")
line("a line with carets as markers", dots, marker=6, ms=9)
line("a line with ticks as markers", dots, marker=2, ms=9)
line("a line with a letter as marker", dots, say=either, marker="$f$", ms=12)
line("a line with a star of five corners", dots, say=either, marker=(5, 1, 20), ms=12)
line("markers with an edge of another colour", dots, marker="o", ms=12, mfc=GREEN, mec=RED, mew=3)
line("hollow markers", dots, marker="o", ms=12, mfc="none", mew=2)
line("white markers", dots, marker="o", ms=12, mfc="white", mew=2)
line("markers without an edge", dots, marker="s", ms=12, mew=0)
line(
    "markers with alpha that overlap",
    lambda a: rows(0.4 + 0.05 * few, a * few),
    marker="o",
    ms=20,
    color=DEEP,
    alpha=0.6,
    ls="none",
)
line("markers with alpha and an edge", dots, marker="o", ms=16, color=DEEP, alpha=0.6, mec=BLACK, mew=4)
line("markers of an RGBA colour", dots, marker="o", ms=16, mfc=GLASS, mec=(0, 0, 0, 0.7), mew=4, ls="none")
line("every third marker", gaps, marker="o", markevery=3)
line("every fourth marker from the second", marker="o", markevery=(2, 4))
line("markers at some points", marker="o", markevery=[0, 5, 17, 40], say=no("markevery=n"))
line(
    "markers at even distances along the line",
    marker="o",
    markevery=0.1,
    say=no("markevery=n"),
)
line(
    "markers of which the left half is full",
    dots,
    fillstyle="left",
    marker="o",
    ms=14,
    markerfacecoloralt="w",
    say=either,
)
line(
    "markers of which the upper half has another colour",
    dots,
    fillstyle="top",
    marker="s",
    ms=14,
    markerfacecoloralt=RED,
    say=either,
)
line("markers without filling", dots, fillstyle="none", marker="D", ms=10)
line(
    "markers whose centres are just outside",
    lambda a: rows(few, 1.02 * np.sign(a) + 0.04 * up_and_down),
    marker="o",
    ms=14,
    ls="none",
)
line(
    "markers at the edges of the axes",
    lambda a: rows(np.array([0.0, 1.0, 0.5, 0.5]), a * np.array([0.0, 0.0, 1.0, -1.0])),
    marker="s",
    ms=14,
    ls="none",
)
line("a dashed line with mitred markers", dots, ls="--", marker="^", ms=14, mew=3, mec=BLACK)

# Lines: steps, gaps, far places, clipping

for where in ("pre", "post", "mid"):
    accepted(f"steps, {where}", lambda ax, a, where=where: ax.step(*dots(a).T, where=where), dots)
line("a line drawn in steps", dots, drawstyle="steps-mid", marker="o")
line("steps with gaps", few_gaps, drawstyle="steps-post", lw=3)
line("a line with gaps", gaps, lw=3)
line("a line with gaps and markers", few_gaps, marker="o")
line("a dashed line with gaps", gaps, lw=3, ls="--")
line("infinite values in a line", lambda a: rows(x, np.where(x > 0.8, np.inf, np.where(x < 0.1, -np.inf, a * x))))
line("a line that is nowhere for some a", lambda a: rows(x, np.sqrt(a) * x))
line("a line that is nowhere at first", lambda a: rows(x, np.sqrt(a) * x), more={"ends": (-1.0, 1.0, -0.3)})
line("a line that leaves the picture", lambda a: rows(x, 40 * a * np.sin(7 * x)), lw=5)
line("a line that leaves the picture far", lambda a: rows(few, 1e7 * a * up_and_down + 0.3))
line("a line that leaves the picture farther than floats tell", lambda a: rows(few, 1e16 * a * up_and_down + 0.3 * few))
line("a slanted line with ends very far away", lambda a: rows(np.array([-1e8, 1e8]), a * np.array([-1e8, 1e8])))
# Farther out Agg cuts lines, and their dashes begin afresh where they come back.
line("a dashed line that leaves the axes", lambda a: rows(x, 1.2 * a * np.sin(9 * x)), lw=3, ls=(0, (9, 5)))
line(
    "a thick mitred line that leaves the picture",
    lambda a: rows(few, 1.3 * a * up_and_down),
    lw=12,
    solid_joinstyle="miter",
)
line("a thick line along the edge", lambda a: rows(x, 0 * x + np.sign(a)), lw=12)
line("a line that is not clipped", lambda a: rows(x * 1.15, 1.3 * a * x), clip_on=False, lw=3, say=either)
line(
    "markers that are not clipped",
    lambda a: rows(few, a * (1 + 0 * few)),
    clip_on=False,
    marker="o",
    ms=14,
    ls="none",
    say=either,
)


def in_a_circle(ax: Any, a: float) -> Any:
    (found,) = ax.plot(*wave(a).T, lw=6)
    found.set_clip_path(Circle((0.5, 0), 0.4, transform=ax.transData))
    return found


def in_a_legend(ax: Any, a: float) -> Any:
    found = ax.plot(*dots(a).T, "o--", label="curve")
    ax.legend(loc="upper left")
    return found


either("a line clipped by a circle", in_a_circle, wave)
accepted("a line in a legend", in_a_legend, dots)
line("a line hidden at first", more={"first": hidden(lambda ax: ax.plot(*wave(0.45).T))}, say=either)
line("a line drawn from no points at first", more={"first": lambda ax: ax.plot([], [])})

# Scales and axes

line("a line with zeros on a log axis", zeros, axes=LOG_Y, marker="o")
line("a line with zeros, on log axes", zeros, axes=LOG_X | LOG_Y, marker="o")
line("a line that becomes negative on a log axis", lambda a: rows(x, a - x), axes=LOG_Y, lw=3)
line("a line with negative x on a log axis", lambda a: rows(a + 1.5 * (x - 0.5), x), axes=LOG_X, lw=3)
line(
    "a line with zeros on two log axes",
    lambda a: rows(np.maximum(x - 0.2 - a, 0), np.abs(a) * x),
    axes=LOG_X | LOG_Y,
    lw=3,
)
for how in ("mask", "clip"):
    logs = partial(lambda how, ax: last(ax.set_yscale("log", nonpositive=how), ax.set_ylim(0.01, 10)), how)
    line(f"a negative line on a log axis, {how}", lambda a: rows(x, a - x), lw=3, say=after(logs))
    line(f"a line with zeros on a log axis, {how}", zeros, lw=3, marker="o", say=after(logs))
    line(f"steps to zero on a log axis, {how}", zeros, drawstyle="steps-post", say=after(logs, either))
points("points at zero on a log axis", zeros, axes=LOG_Y)
line(
    "a log axis to the base 2",
    lambda a: rows(x, np.exp(3 * a * x)),
    axes={"ylim": (0.05, 20)},
    say=after(lambda ax: ax.set_yscale("log", base=2)),
)
line(
    "a symlog axis",
    lambda a: rows(x, 50 * a * np.sin(7 * x)),
    say=either,
    more={"words": "scale"},
    axes={"yscale": "symlog", "ylim": (-100, 100)},
)
line(
    "a logit axis",
    lambda a: rows(x, 1 / (1 + np.exp(-9 * a * (x - 0.5)))),
    say=either,
    more={"words": "scale"},
    axes={"yscale": "logit", "ylim": (0.01, 0.99)},
)
line("inverted axes", axes={"xlim": (1, 0), "ylim": (1, -1)}, marker="o")
line("an inverted log axis", lambda a: rows(x, np.exp(a * x)), axes={"yscale": "log", "ylim": (10, 0.01)})
line("axes of equal aspect", axes={"aspect": "equal"})
line(
    "axes of equal aspect that change their limits",
    lambda a: rows(0.5 + 0.3 * a * np.cos(9 * x), 0.3 * np.sin(9 * x)),
    axes={"aspect": "equal", "adjustable": "datalim"},
)
accepted("a line on twin axes", lambda ax, a: ax.twinx().plot(*wave(40 * a).T, lw=3), lambda a: wave(40 * a))
line("a line below twin axes", lw=8, say=after(lambda ax: ax.twinx().plot(x, 9 * x, lw=8, color=RED)))
accepted("a line on twin axes above", lambda ax, a: ax.twiny().plot(*wide(a).T), wide)
accepted("a line in an inset", lambda ax, a: ax.inset_axes([0.5, 0.5, 0.45, 0.4], **LIMITS).plot(*wave(a).T), wave)
line("a line below an inset", lw=6, say=after(lambda ax: ax.inset_axes([0.3, 0.3, 0.4, 0.4])))
line("a line below axes that overlap", lw=6, say=after(lambda ax: ax.get_figure().add_axes([0.3, 0.3, 0.4, 0.4])))
accepted("a line with the transform of the axes", lambda ax, a: ax.plot(*wave(a).T, transform=ax.transAxes), wave)
either("points with the transform of the axes", lambda ax, a: ax.scatter(*dots(a).T, transform=ax.transAxes), dots)
accepted(
    "a text with the transform of the axes",
    lambda ax, a: ax.text(*middle(a), "word", transform=ax.transAxes),
    middle,
    {"xlim": (0, 9)},
)
either(
    "a line with the transform of the x axis",
    lambda ax, a: ax.plot(*wave(a).T, transform=ax.get_xaxis_transform()),
    wave,
)
either(
    "a line with the transform of the y axis",
    lambda ax, a: ax.plot(*wave(a).T, transform=ax.get_yaxis_transform()),
    wave,
)
either(
    "a text with the transform of the x axis",
    lambda ax, a: ax.text(*middle(a), "word", transform=ax.get_xaxis_transform()),
    middle,
    {"ylim": (-3, 3)},
)
either(
    "an area with the transform of the x axis",
    lambda ax, a: ax.fill_between(*between(a).T, transform=ax.get_xaxis_transform()),
    between,
    {"ylim": (-3, 3)},
)
either("a rotated line", lambda ax, a: ax.plot(*wave(a).T, transform=Affine2D().rotate_deg(20) + ax.transData), wave)
either(
    "a line moved by points",
    lambda ax, a: ax.plot(
        *wave(a).T, transform=ax.transData + ScaledTranslation(0.2, 0.1, ax.get_figure().dpi_scale_trans)
    ),
    wave,
)
either(
    "a line in the coordinates of the figure",
    lambda ax, a: ax.plot(*rows(x, 0.5 + 0.4 * a * x).T, transform=ax.get_figure().transFigure, clip_on=False),
    lambda a: rows(x, 0.5 + 0.4 * a * x),
)

# Limits that follow the data of the first state


def auto(setup: Any = lambda ax: None) -> Any:
    """With limits that matplotlib finds for the first state."""
    return after(lambda ax: last(ax.autoscale(), setup(ax)))


for name, made in {
    "a line": line,
    "points": points,
    "bars": bar,
    "an area": area,
    "a polygon": polygon,
    "arrows": quiver,
}.items():
    made(f"limits that follow {name}", say=auto(), axes={})
line("limits that follow a line and what stands still", say=auto(lambda ax: ax.scatter([-1, 2], [-2, 2], s=300)))
line("limits that follow a line and static bars", say=auto(lambda ax: ax.bar([0, 1], [1, 2])))
line("limits that follow a line over an image", say=auto(lambda ax: ax.imshow(np.eye(3), extent=(0, 2, -2, 1))))
line("limits that follow a line with margins", say=auto(lambda ax: ax.margins(0.3)))
line(
    "limits that follow a line on a log axis",
    lambda a: rows(x, 10 ** (a * x)),
    say=auto(lambda ax: ax.set_yscale("log")),
)
line("limits that follow a line, but not a text", say=auto(lambda ax: ax.text(5, 5, "far", clip_on=True)))
line("limits that follow a line, and a rule across", say=auto(lambda ax: ax.axhline(3)))

# What lies over what

line(
    "a line below a static patch",
    lw=6,
    say=after(lambda ax: ax.add_patch(Rectangle((0.2, -0.5), 0.5, 1, color=RED, zorder=5))),
)
line(
    "a line over a static patch",
    lw=6,
    zorder=6,
    say=after(lambda ax: ax.add_patch(Rectangle((0.2, -0.5), 0.5, 1, color=RED, zorder=5))),
)
accepted(
    "two lines, the first over the second",
    lambda ax, a: (*ax.plot(*wave(a).T, lw=8, zorder=4), *ax.plot(*dots(a).T, lw=8, zorder=3)),
    lambda a: (wave(a), dots(a)),
)
accepted(
    "an area over a line",
    lambda ax, a: (ax.fill_between(*between(a).T, zorder=4, color=GREEN), *ax.plot(*dots(a).T, lw=8)),
    lambda a: (between(a), dots(a)),
)
line(
    "a line under the grid and the spines",
    lw=8,
    zorder=0.5,
    say=after(lambda ax: last(ax.grid(color=BLACK, lw=2), ax.set_axisbelow(False))),
)
line("a line under the ground of the axes", lw=8, say=either, zorder=-5)
points(
    "points of which later ones lie over earlier ones",
    lambda a: rows(0.4 + 0.02 * few, a * few * 0.3, few),
    axes={},
    s=300,
    cmap=DARK,
    vmin=0,
    vmax=1,
    edgecolors=BLACK,
)

# Points

points("points")
points("small points", s=4)
points("points of several sizes", s=np.linspace(10, 300, 8))
points("points with edges", s=120, edgecolors=RED, linewidths=3)
points("points with dashed edges", s=200, edgecolors=RED, facecolors="none", linewidths=2, linestyles="--", say=either)
points("points with edges of several widths", s=120, edgecolors=RED, linewidths=[1, 4])
points("points with edges of several colours", s=np.arange(60, 220, 20), edgecolors=[RED, GREEN], linewidths=3)
points("points of several colours", few_gaps, s=120, color=[RED, GREEN, BLACK] * 2 + [RED, GREEN])
points(
    "points of several colours that overlap",
    lambda a: rows(0.4 + few / 9, a * few),
    s=400,
    color=[DEEP, GREEN] * 4,
    edgecolors=BLACK,
    alpha=0.6,
)
points(
    "points whose faces and edges have several colours",
    facecolors=[RED, GREEN] * 4,
    edgecolors=[GREEN, RED] * 4,
    say=no("edgecolors="),
)
points("pale points of several colours with edges", s=200, color=["white", "yellow"] * 4, edgecolors=BLACK)
points("points of which some are hollow", facecolors=["none", RED] * 4, edgecolors=BLACK, s=120)
points("points coloured by values that stay", c=np.arange(8.0), cmap=DARK, s=120)
points("points with alpha that overlap", lambda a: rows(0.4 + 0.05 * few, a * few), s=400, color=DEEP, alpha=0.6)
points("points with alpha and edges", s=300, facecolors=DEEP, alpha=0.6, edgecolors=BLACK, linewidths=4)
points("points with several alphas", s=300, alpha=np.linspace(0.7, 1, 8), color=DEEP, say=either)
points("points without edges", s=200, linewidths=0)
points("points of an RGBA colour", s=300, color=GLASS)
points("hollow points", s=120, facecolors="none", edgecolors=RED)
for marker in ("x", "+", "^", "*", "."):
    points(f"points with markers {marker}", s=90, marker=marker)
points("thick crosses", s=200, marker="x", linewidths=4)
points("crosses with alpha", s=200, marker="x", linewidths=6, color=DEEP, alpha=0.6)
points(
    "points coloured by value",
    lambda a: rows(few, a * few, np.abs(a * few - few)),
    s=120,
    vmin=0,
    vmax=2,
    cmap=DARK,
)
either(
    "points coloured by value, in the range of the first state",
    lambda ax, a: ax.scatter(few, a * few, s=150, c=few + a, cmap=DARK, vmin=0.5, vmax=1.4),
    coloured,
    first=lambda ax: ax.scatter(few, few, s=150, c=few + 0.45, cmap=DARK),
)
either(
    "points coloured by what was zero at first",
    lambda ax, a: ax.scatter(few, a * few, c=np.abs(a * few - few), s=120, vmin=0, vmax=0),
    lambda a: rows(few, a * few, np.abs(a * few - few)),
)
either(
    "points whose colours were all zero",
    lambda ax, a: ax.scatter(few, a * few, c=few + a, s=90, vmin=0, vmax=0),
    coloured,
    first=lambda ax: ax.scatter(few, few, c=0 * few, s=90),
)
points(
    "points coloured by value, with edges",
    coloured,
    s=150,
    vmin=-1,
    vmax=2,
    edgecolors=BLACK,
    linewidths=3,
    say=either,
)
points("points coloured by value, without edges", coloured, s=150, vmin=-1, vmax=2, linewidths=0, say=either)
points(
    "points coloured by value, with alpha",
    coloured,
    s=150,
    vmin=-1,
    vmax=2,
    alpha=0.6,
    say=either,
)
points(
    "crosses coloured by value",
    coloured,
    s=150,
    vmin=-1,
    vmax=2,
    marker="x",
    linewidths=3,
    say=either,
)
points(
    "points coloured by values out of range",
    lambda a: rows(few, a * few, 5 * few * a),
    s=150,
    cmap=DARK.with_extremes(under=RED, over=(0, 0, 0)),
    vmin=-1,
    vmax=2,
    say=either,
)
points(
    "points coloured by values that are no numbers",
    lambda a: rows(few, a * few, np.where(few > a, np.nan, few)),
    s=150,
    vmin=0,
    vmax=1,
)
points(
    "points coloured on a log scale", lambda a: rows(few, a * few, np.exp(4 * a * few)), s=150, norm=LogNorm(0.02, 50)
)
points(
    "points coloured on a power scale",
    lambda a: rows(few, a * few, few * a + 1),
    s=150,
    norm=PowerNorm(0.5, 0, 2),
    say=either,
)
points(
    "points coloured by a list of colours",
    coloured,
    s=150,
    vmin=-1,
    vmax=2,
    cmap=ListedColormap([RED, GREEN, BLACK]),
)
points(
    "points coloured by a colormap with alpha",
    coloured,
    s=300,
    vmin=-1,
    vmax=2,
    cmap=ListedColormap([GLASS, (0, 0, 0.4, 0.8)]),
    say=either,
)
points("points with gaps", few_gaps, s=120)
points("points nowhere at first", lambda a: rows(few, np.sqrt(a) * few), s=120, more={"ends": (-1.0, 1.0, -0.4)})
points("points that are not clipped", lambda a: rows(few, a + 0 * few), s=200, clip_on=False, say=either)
points("points just outside", lambda a: rows(few, np.sign(a) * (1.03 + 0 * few)), s=300)
points("points with hatches", s=400, hatch="//", facecolors="white", edgecolors=RED)
points("points with a white border", s=200, path_effects=[Stroke(linewidth=5, foreground=RED), Normal()], say=either)
points("points drawn from none at first", more={"first": lambda ax: ax.scatter([], [], s=80)}, s=80)
either(
    "points hidden at first",
    lambda ax, a: ax.scatter(*dots(a).T),
    dots,
    first=hidden(lambda ax: ax.scatter(*dots(0.45).T)),
)

# Bars

bar("bars")
bar("bars that become negative", lambda a: a - np.array([0.5, 0.1, -0.3]))
bar("bars with edges", edgecolor=BLACK, linewidth=4)
bar("bars with edges and alpha", edgecolor=BLACK, linewidth=6, color=DEEP, alpha=0.6)
bar("bars with alpha", color=DEEP, alpha=0.6)
bar("bars of an RGBA colour with edges", color=GLASS, edgecolor=(0, 0, 0, 0.6), linewidth=5)
bar("bars of several colours", color=[RED, GREEN, BLACK])
bar("bars with several edges", edgecolor=[RED, GREEN, BLACK], linewidth=[1, 3, 6])
bar("bars with dashed edges", edgecolor=RED, linewidth=3, linestyle="--", more={"unlike": 40}, say=either)
bar("hollow bars", fill=False, edgecolor=RED, linewidth=2)
bar("bars with hatches one by one", hatch=["//", "o", "*"], edgecolor=[RED, GREEN, BLACK], facecolor="white")
bar("bars on bottoms", bottom=[0.2, -0.6, 0.4])
accepted(
    "stacked bars",
    lambda ax, a: ax.bar([0, 1, 2], heights(a), bottom=a * a * bars, edgecolor=BLACK, linewidth=3),
    lambda a: rows(a * a * bars, heights(a)),
    WIDE,
)
bar("bars of several widths", width=[0.2, 0.5, 1.0])
bar("bars that stand at their edge", align="edge")
bar("bars of no length at first", lambda a: (a - 0.45) * bars, edgecolor=RED, linewidth=3)
bar("bars that are not clipped", lambda a: 1.4 * a * bars, clip_on=False, say=either)
bar("bars that leave the picture", lambda a: 1e9 * a * bars, edgecolor=RED, linewidth=5)
bar("bars without a number", lambda a: np.where(a > bars, np.nan, bars), edgecolor=RED)
bar("bars from 0 on a log axis", lambda a: 2 + a + bars, axes=WIDE | LOG_Y)
bar("bars that become negative on a log axis", lambda a: a + bars, axes=WIDE | LOG_Y)
bar("bars with bottoms on a log axis", lambda a: 1 + 0.9 * a * bars, axes=WIDE | LOG_Y, bottom=[0.1, 0.5, 1])
bar("bars with round corners drawn by hand", say=either, sketch_params=(3, 40, 6))
bar("bars with thick mitred edges", edgecolor=BLACK, linewidth=10, width=0.3)
accepted(
    "lying bars",
    lambda ax, a: ax.barh([0, 1, 2], heights(a), color=RED, edgecolor=BLACK),
    heights,
    {"xlim": (-1, 1), "ylim": (-1, 3)},
)
accepted(
    "lying bars from somewhere",
    lambda ax, a: ax.barh([0, 1, 2], heights(a), left=[0.2, 0.1, 0]),
    heights,
    {"xlim": (-1, 1), "ylim": (-1, 3)},
)
accepted(
    "lying bars from 0 on a log axis",
    lambda ax, a: ax.barh([0, 1, 2], 2 + a + bars),
    lambda a: 2 + a + bars,
    {"xscale": "log", "xlim": (0.1, 10), "ylim": (-1, 3)},
)
accepted("bars on an inverted axis", lambda ax, a: ax.bar([0, 1, 2], heights(a)), heights, WIDE | {"ylim": (1, -1)})
accepted(
    "stacked bars of which the upper ones move",
    lambda ax, a: last(
        ax.bar([0, 1, 2], [0.3, 0.2, 0.1]), ax.bar([0, 1, 2], a + bars, bottom=[0.3, 0.2, 0.1], color=RED)
    ),
    lambda a: a + bars,
    WIDE,
)
accepted("a histogram", lambda ax, a: ax.hist([0, 1, 2], bins=3, weights=heights(a))[2], heights, {"xlim": (0, 2)})

# Areas and polygons

area("an area")
area("an area with edges", edgecolor=BLACK, linewidth=4)
area("an area with alpha and edges", edgecolor=BLACK, linewidth=4, facecolor=DEEP, alpha=0.6)
area("an area with alpha", facecolor=DEEP, alpha=0.6)
area("an area of an RGBA colour", color=GLASS)
area("an area of an RGBA colour without edges", facecolor=GLASS, linewidth=0)
area("an area with hatches", hatch="x", facecolor="white", edgecolor=RED)
area("an area with dashed edges", edgecolor=BLACK, linewidth=3, linestyle="--", more={"unlike": 40}, say=either)
area("an area with gaps", lambda a: rows(*gaps(a).T, -0.9 + 0 * x), edgecolor=BLACK, linewidth=2)
area(
    "an area with one point alone between gaps",
    lambda a: rows(few, np.where(up_and_down > 0, a, np.nan), 0 * few),
    edgecolor=BLACK,
    linewidth=3,
)
area("an area from 0 on a log axis", lambda a: rows(x, np.exp(2 * a * x), 0 * x), axes=LOG_Y)
area("an area that becomes negative on a log axis", lambda a: rows(x, a - x, 1 + 0 * x), axes=LOG_Y)
area("an area on log axes", lambda a: rows(x, np.exp(2 * a * x), 0.1 + x), axes=LOG_X | LOG_Y)
area(
    "an area that leaves the picture",
    lambda a: rows(x, 1e7 * a * np.sin(7 * x), -1e7 * x),
    edgecolor=BLACK,
    linewidth=6,
)
area("an area that is not clipped", lambda a: rows(x, 1.2 * a + 0 * x, 0 * x), clip_on=False, say=either)
for step in ("pre", "post", "mid"):
    area(f"an area in steps, {step}", lambda a: rows(few, a * up_and_down, 0 * few), step=step, edgecolor=BLACK)
area("an area nowhere at first", lambda a: rows(x, np.sqrt(a) + 0 * x, 0 * x), more={"ends": (-1.0, 1.0, -0.5)})
area("an area drawn from nothing at first", more={"first": lambda ax: ax.fill_between([], [], [])})
area("an area between a curve and zero", lambda a: rows(x, a * np.sin(9 * x), 0 * x), color=RED)
either(
    "an area where the curve is above",
    lambda ax, a: ax.fill_between(x, *between(a).T[1:], where=between(a)[:, 1] > between(a)[:, 2]),
    between,
    drawn=False,
    words="PolyCollection|where",
)
either(
    "an area beside a curve", lambda ax, a: ax.fill_betweenx(*between(a).T), between, {"xlim": (-1, 1), "ylim": (0, 1)}
)
either(
    "an area beside a curve, with data as for one between",
    lambda ax, a: ax.fill_betweenx(few, few * a, 0 * few),
    lambda a: rows(few, few * a, 0 * few),
    {"xlim": (-1, 1), "ylim": (0, 1)},
)
polygon("a polygon")
polygon("a polygon that crosses itself", bow_tie, color=RED)
polygon("a polygon with sharp corners", bow_tie, edgecolor=BLACK, linewidth=12)
polygon("a polygon with edges", edgecolor=BLACK, linewidth=8)
polygon("a polygon with alpha and edges", edgecolor=BLACK, linewidth=8, facecolor=DEEP, alpha=0.6)
polygon("a polygon with alpha", facecolor=DEEP, alpha=0.6)
polygon("a hollow polygon", fill=False, edgecolor=RED, linewidth=3)
polygon("a polygon with hatches that one sees through", hatch="//", facecolor=GLASS, edgecolor=RED, alpha=0.5)
polygon("a polygon with a dashed edge", edgecolor=BLACK, linewidth=4, ls=(3, (8, 4)), more={"unlike": 40}, say=either)
polygon("a polygon with round joins", edgecolor=BLACK, linewidth=14, joinstyle="round")
polygon(
    "a polygon with a corner at no number",
    lambda a: np.where(corners(a) > 0.75, np.nan, corners(a)),
    edgecolor=BLACK,
    linewidth=3,
    say=either,
)
polygon(
    "a polygon with far corners",
    lambda a: rows(np.array([0.2, 1e8, 1e8, 0.6]), np.array([0.0, 1e8, 0.9e8, -0.5]) * (1 + 0.3 * a)),
    edgecolor=BLACK,
    linewidth=5,
)
polygon(
    "a polygon with far corners on every side",
    lambda a: rows(1e8 * np.array([1.0, -1.0, -1.0, 1.0]), 1e8 * np.array([1.0, 1.0, -1.0, -1.0]) * (0.5 + a)),
    color=RED,
)
either(
    "a polygon that stays open",
    lambda ax, a: ax.add_patch(Polygon(corners(a), closed=False, fill=False, lw=6)),
    corners,
)
either("a polygon that is a patch", lambda ax, a: ax.add_patch(Polygon(corners(a), color=RED)), corners)
either(
    "a band of a histogram",
    lambda ax, a: ax.stairs(heights(a), [0, 1, 2, 3], fill=True),
    lambda a: rows(np.arange(3.0), heights(a)),
    {"xlim": (0, 3)},
)

# Rules and bands


def rule(
    name: str, make: str, data: Any = half, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any
) -> None:
    say(name, lambda ax, a: getattr(ax, make)(data(a), **style), data, axes, **(more or {}))


rule("a rule", "axhline")
rule("an upright rule", "axvline", lambda a: 0.5 + a / 3)
rule("a rule over a part of the axes", "axhline", xmin=0.2, xmax=0.6, lw=3)
rule("an upright rule over a part of the axes", "axvline", lambda a: 0.5 + a / 3, ymin=0.5, ymax=1, lw=3)
rule("a thick dashed rule with alpha", "axhline", lw=6, ls="--", color=DEEP, alpha=0.6)
rule("a rule with markers", "axhline", marker="o", ms=12, say=either)
rule("a rule with round ends", "axhline", xmin=0.2, xmax=0.8, lw=14, solid_capstyle="round")
rule("a rule that leaves the axes", "axhline", lambda a: 1.3 * a, lw=8)
rule("a rule that is not clipped", "axhline", lambda a: 1.2 * a, lw=8, clip_on=False, say=either)
rule("a rule at no number", "axhline", lambda a: np.sqrt(a))
rule("a rule on a log axis", "axhline", lambda a: a + 0.5, axes=LOG_Y)
rule(
    "a rule below what stands still",
    "axhline",
    zorder=0.1,
    lw=9,
    say=after(lambda ax: ax.fill([0.2, 0.7, 0.5], [-1, -1, 1])),
)


def span(a: Any) -> Any:
    return np.stack([0.2 + 0.3 * a, 0.5 + 0.4 * a])


def band(
    name: str, make: str, data: Any = span, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any
) -> None:
    say(name, lambda ax, a: getattr(ax, make)(*data(a), **style), data, axes, **(more or {}))


band("a band", "axhspan", color=RED)
band("an upright band", "axvspan", color=RED)
band("a band with alpha", "axhspan", facecolor=DEEP, alpha=0.6)
band("a band with alpha and edges", "axvspan", facecolor=DEEP, alpha=0.6, edgecolor=BLACK, linewidth=6)
band("a band over a part of the axes", "axhspan", xmin=0.2, xmax=0.6, color=RED, say=either)
band("an upright band over a part of the axes", "axvspan", ymin=0.5, ymax=0.9, color=RED, say=either)
band("a band with hatches", "axhspan", hatch="//", fill=False, edgecolor=RED)
band("a band whose ends cross", "axhspan", lambda a: np.stack([a, -a]), color=RED)
band("a band on a log axis", "axhspan", lambda a: np.stack([0 * a, 1 + a]), axes=LOG_Y, color=RED)
band("a band with dashed edges", "axvspan", facecolor="w", edgecolor=RED, linewidth=4, ls="--", say=either)

# Arrows

quiver("arrows")
quiver("arrows from their middles", pivot="mid")
quiver("arrows from their tips", pivot="tip")
quiver("wide arrows with wide heads", width=0.02, headwidth=6, headlength=4, headaxislength=3)
quiver("arrows on axes of equal aspect", axes={"aspect": "equal"})
quiver("arrows of several colours", color=[RED, GREEN, BLACK, "C0"] * 2)
quiver("arrows with edges", edgecolors=RED, linewidths=2, say=either)
quiver("arrows with edges of several widths", edgecolors=[RED, GREEN], linewidths=[1, 3], say=either)
quiver("arrows with alpha", color=DEEP, alpha=0.6)
quiver("arrows of an RGBA colour", color=GLASS)
quiver("arrows on the screen", angles="uv", scale_units="inches", scale=2)
quiver("arrows measured by the width of the axes", angles="uv", scale_units="width", scale=4)
either(  # of the figure as its author sees it, with 100 dots per inch
    "arrows whose width is in dots",
    lambda ax, a: ax.quiver(*arrows(a).T, scale=4, units="inches", width=0.03),
    arrows,
    first=lambda ax: ax.quiver(*arrows(0.45).T, scale=4, units="dots", width=3),
)
quiver("arrows whose width is in inches", units="inches", width=0.05)
quiver("arrows whose width follows x", units="x", width=0.02)
quiver("arrows of angles that were given", angles=np.linspace(0, 300, 8), say=either)
quiver("arrows without short ones", minlength=3)
quiver("arrows with long shafts", minshaft=3)
quiver("arrows with no numbers", lambda a: np.where(arrows(a) > 0.6, np.nan, arrows(a)))
quiver("arrows that begin outside", lambda a: rows(few + a, 0 * few, 0.3 - a * few, few), width=0.02)
quiver(
    "arrows that are not clipped",
    lambda a: rows(few, 0 * few, 0.3 + 0 * few, 1.5 * a + 0 * few),
    clip_on=False,
    say=either,
)
either("arrows of one colour for each value", lambda ax, a: ax.quiver(*arrows(a).T, few, scale=4), arrows)
quiver("arrows on a log axis", lambda a: rows(few, 1 + few, 0.1 * few, a + 0 * few), axes=LOG_Y, say=either)
quiver("arrows on an inverted axis", axes={"ylim": (1, -1)})
quiver("arrows on the screen on an inverted axis", axes={"ylim": (1, -1)}, angles="uv", scale_units="inches", scale=2)
quiver("arrows with hatches", hatch="//", width=0.05, facecolor="w", edgecolor=RED)
accepted(
    "arrows drawn at other places at first",
    lambda ax, a: ax.quiver(*arrows(a).T, angles="xy", scale_units="xy", scale=1),
    arrows,
    first=lambda ax: ax.quiver(0 * few, 0 * few, 1 + 0 * few, 0 * few, angles="xy", scale_units="xy", scale=1),
)
either(
    "barbs of the wind",
    lambda ax, a: ax.barbs(few, 0 * few, 40 * a * few, 30 * few),
    lambda a: rows(few, 0 * few, 40 * a * few, 30 * few),
)

# Segments, stems and error bars: the rows that their call takes


def spread(a: Any) -> Any:
    """Rows of a place, and both ends across it."""
    return rows(few, -0.3 * a + 0 * few, a * few)


def segments(name: str, make: str, data: Any = spread, say: Any = accepted, axes: Any = None, **style: Any) -> None:
    say(name, lambda ax, a: getattr(ax, make)(*data(a).T, **style), data, axes)


LYING = {"xlim": (-1, 1), "ylim": (0, 1)}
segments("upright segments", "vlines")
segments("lying segments of two colours", "hlines", axes=LYING, colors=[RED, GREEN], lw=4)
segments("thick dashed segments that are seen through", "vlines", colors=DEEP, alpha=0.6, lw=9, ls="--")
segments("segments with gaps", "vlines", lambda a: rows(few, np.where(few > a, np.nan, 0), few), lw=3)
segments("segments from 0 on a log axis", "vlines", lambda a: rows(few, 0 * few, few + 2 + a), axes=LOG_Y, lw=3)
segments("segments of several widths, colours and dashes", "vlines", lw=[1, 4, 7], colors=[RED, DEEP], ls=["--", "-"])
accepted(
    "segments across the axes",
    lambda ax, a: ax.vlines(few * a, 0.2, 0.9, transform=ax.get_xaxis_transform(), lw=3),
    lambda a: rows(few * a, 0.2 + 0 * few, 0.9 + 0 * few),
)
accepted(
    "a collection of curves",
    lambda ax, a: ax.add_collection(LineCollection(curves(a), colors=[RED, GREEN], lw=3)),
    lambda a: curves(a),
)
accepted(
    "a collection of curves coloured by value",
    lambda ax, a: ax.add_collection(LineCollection(curves(a), array=np.arange(3.0), cmap=DARK, lw=3)),
    lambda a: curves(a),
)
accepted(
    "a collection that was empty",
    lambda ax, a: ax.add_collection(LineCollection(curves(a), lw=3, color=RED)),
    lambda a: curves(a),
    first=lambda ax: ax.add_collection(LineCollection([], lw=3, color=RED)),
)


def curves(a: Any) -> Any:
    return np.stack([rows(x, k * a * np.sin(5 * x)) for k in (0.3, 0.6, 1.0)])


def stem(name: str, data: Any = dots, say: Any = accepted, axes: Any = None, **style: Any) -> None:
    say(name, lambda ax, a: ax.stem(*data(a).T, **style), data, axes)


stem("a stem plot")
stem("stems that move along", lambda a: rows(few * (0.6 + 0.4 * a), few - 0.5), linefmt="C3--", markerfmt="ks")
stem("stems on a bottom, without a base", bottom=-0.5, basefmt=" ")
stem("lying stems", axes=LYING, orientation="horizontal", bottom=0.2)


def errors(name: str, data: Any, say: Any = accepted, axes: Any = None, **style: Any) -> None:
    """Columns after x and y are the errors in y, and then in x."""

    def draw(ax: Any, a: float) -> Any:
        px, py, *found = data(a).T
        both = dict(zip(("yerr", "xerr"), found if len(found) < 3 else (found[:2], found[2:]), strict=False))
        return ax.errorbar(px, py, **both, **style)

    say(name, draw, data, axes)


errors("error bars", lambda a: rows(few, a * few, 0.2 + 0.1 * a * few))
errors("error bars in both directions", lambda a: rows(few, a * few, 0.3 * few, 0.05 + 0 * few), fmt="o", capsize=4)
errors(
    "error bars of two sides",
    lambda a: rows(few, a * few, 0.3 * few, 0.2 + 0.1 * a * few, 0.02 + 0 * few, 0.1 * few),
    fmt="s--",
    capsize=6,
    capthick=2,
    ecolor=RED,
    elinewidth=3,
)
accepted(
    "error bars in x alone, without points",
    lambda ax, a: ax.errorbar(few, a * few, xerr=0.1 * few, fmt="none", capsize=3),
    lambda a: rows(few, a * few, 0.1 * few),
)
errors("error bars on a log axis", lambda a: rows(few, 2 + a * few, 1 + few), axes=LOG_Y, capsize=3)
errors("error bars with limits", lambda a: rows(few, a * few, 0.2 + 0 * few), say=no("limits, gaps"), lolims=True)
errors("error bars for some", lambda a: rows(few, a * few, 0.2 + 0 * few), say=no("errorevery"), errorevery=2)

# Arrows with two ends


def both_ends(a: Any) -> Any:
    return np.stack([0.2 + 0.1 * a, -0.5 * a, 0.7 - 0.1 * a, 0.6 * a])


def arrow(name: str, say: Any = accepted, axes: Any = None, data: Any = both_ends, **style: Any) -> None:
    """x, y, dx, dy."""
    style = {"joinstyle": "round"} | style  # a browser cuts off other tips than Agg
    say(name, lambda ax, a: ax.arrow(*data(a), **style), data, axes)


def pointer(name: str, say: Any = accepted, axes: Any = None, data: Any = both_ends, **style: Any) -> None:
    """x and y of both ends."""
    draw = lambda ax, a: ax.add_patch(FancyArrowPatch(data(a)[:2], data(a)[2:], **style))  # noqa: E731
    say(name, draw, data, axes)


def between_points(name: str, say: Any = accepted, data: Any = both_ends, words: str = "", **style: Any) -> None:
    draw = lambda ax, a: ax.annotate(words, data(a)[:2], data(a)[2:], arrowprops=style)  # noqa: E731
    say(name, draw, data)


arrow("an arrow with both ends")
arrow("an arrow with a wide head", width=0.04, head_width=0.2, head_length=0.1, ec=BLACK, fc=RED, lw=2)
arrow("an arrow with its head included", width=0.05, length_includes_head=True, color=RED)
arrow("half an arrow", width=0.08, shape="left", overhang=0.3, head_starts_at_zero=True, color=RED)
arrow("the other half of an arrow", width=0.08, shape="right", color=GREEN)
arrow("an arrow on a log axis", axes=LOG_Y, width=0.05, data=lambda a: np.stack([0.2, 0.5, 0.3, 2 + a]), color=RED)
for style, more in {"->": {}, "<|-|>": {"color": RED, "lw": 3}, "-": {"ls": "--"}, "<-": {"shrinkA": 9}}.items():
    pointer(f"an arrow patch {style}", arrowstyle=style, mutation_scale=25, **more)
pointer("an arrow patch with a long head", arrowstyle="-|>,head_length=1,head_width=0.3", mutation_scale=20, color=DEEP)
pointer("a fancy arrow patch", say=no("give it arrowstyle"), arrowstyle="fancy", mutation_scale=20)
pointer("a bent arrow patch", say=no("leave out connectionstyle"), arrowstyle="->", connectionstyle="arc3,rad=0.3")
between_points("a note that is an arrow alone", arrowstyle="->", lw=2)
between_points("a note that is a full arrow", arrowstyle="-|>", color=RED, shrinkA=0, shrinkB=12, mutation_scale=30)
between_points(
    "a note that is an arrow, whose point leaves the axes", arrowstyle="<->", data=lambda a: both_ends(2 * a), lw=3
)
between_points(
    "a note that is an arrow of hardly any length",
    arrowstyle="->",
    data=lambda a: np.stack([0.5, 0.2, 0.5 + 0.02 * a, 0.2]),
)
between_points("a note with words whose ends both move", say=no("the words with ax.text"), words="w", arrowstyle="->")

# Circles, ellipses, rectangles, wedges


def patch(name: str, made: Any, data: Any, say: Any = accepted, axes: Any = None, **style: Any) -> None:
    """`made` takes what the data are, and a style."""
    say(name, lambda ax, a: ax.add_patch(made(*data(a), **style)), data, axes)


def circle(x: float, y: float, radius: float, **style: Any) -> Any:
    return Circle((x, y), radius, **style)


def ellipse(x: float, y: float, width: float, height: float, angle: float, **style: Any) -> Any:
    return Ellipse((x, y), width, height, angle=angle, **style)


def rectangle(x: float, y: float, width: float, height: float, **style: Any) -> Any:
    return Rectangle((x, y), width, height, **style)


def wedge(x: float, y: float, radius: float, start: float, stop: float, **style: Any) -> Any:
    return Wedge((x, y), radius, start, stop, **style)


def disc(a: Any) -> Any:
    return np.stack([0.5 + 0.2 * a, 0.3 * a, 0.3 + 0.1 * a])


def slice_(a: Any) -> Any:
    return np.stack([0.5, 0.1 * a, 0.4, 30.0 * a, 200 + 250 * a])


patch("a circle", circle, disc, color=RED)
patch("a circle that is round, with a thick edge", circle, disc, axes={"aspect": "equal"}, ec=BLACK, fc=GLASS, lw=5)
patch("a hollow dashed circle", circle, disc, fill=False, ls=(0, (6, 3)), lw=3, ec=RED)
patch("a circle on log axes", circle, lambda a: np.stack([0.3, 2.0, 0.2 + 0.05 * a]), axes=LOG_X | LOG_Y, color=RED)
patch("a circle that becomes large", circle, lambda a: np.stack([0.5, 0.0, np.exp(6 * a)]), fill=False, ec=RED, lw=3)
patch("a circle of no number", circle, lambda a: np.stack([0.5, 0.0, np.sqrt(a)]), color=RED)
patch("a turned ellipse", ellipse, lambda a: np.stack([0.5, 0.1, 0.5 + 0.3 * a, 0.4, 90 * a]), ec=BLACK, lw=3)
patch("a rectangle", rectangle, lambda a: np.stack([0.2, -0.5, 0.4 + 0.3 * a, a]), ec=BLACK, fc=RED, lw=4)
patch("a turned rectangle", rectangle, lambda a: np.stack([0.3, -0.5, 0.4, a]), angle=25, color=RED)
patch("a rectangle that leaves the axes", rectangle, lambda a: np.stack([0.2, 0.1, 1e6 * a, 1.0]), ec=BLACK, lw=4)
patch(
    "a rectangle turned about its middle",
    rectangle,
    lambda a: np.stack([0.3, -0.5, 0.4, a]),
    angle=25,
    rotation_point="center",
    say=no("leave out rotation_point"),
)
patch("a wedge", wedge, slice_, color=RED)
patch(
    "a wedge that becomes a circle",
    wedge,
    lambda a: np.stack([0.5, 0.0, 0.4, 0.0, 200 + 160 * a]),
    ec=BLACK,
    lw=3,
    joinstyle="round",
)
patch("a ring", wedge, slice_, width=0.2, ec=BLACK, fc=GLASS, lw=3)
patch("a whole ring", wedge, lambda a: np.stack([0.5, 0.1 * a, 0.4, 0.0, 360.0]), width=0.1, color=RED)
patch("a circle with hatches", circle, disc, hatch="//")
accepted(
    "a circle in the coordinates of the axes",
    lambda ax, a: ax.add_patch(Circle(disc(a)[:2] + 0.3, disc(a)[2], transform=ax.transAxes, color=RED)),
    lambda a: disc(a) + np.array([0.3, 0.3, 0]),
)

# Words

text("a text")
text("a text in the middle of its place", ha="center", va="center")
text("a text that ends at its place", ha="right", va="top")
text("a turned text", rotation=35)
text("a turned text that turns about an anchor", rotation=35, rotation_mode="anchor", ha="center")
text("an upright text", rotation=90, va="center")
text("a text in a box", bbox={"facecolor": "white", "edgecolor": RED, "boxstyle": "round", "pad": 0.4})
text("a text in a box with alpha", bbox={"facecolor": RED, "alpha": 0.4})
text("a text of two lines", words="one\nand two")
text("a centred text of two lines", words="one\nand two", ha="center", multialignment="right", linespacing=2)
text("a large red text", fontsize=18, color=RED)
text("a bold text", weight="bold")
text("an italic text", style="italic")
text("a text with alpha", fontsize=18, alpha=0.6)
text("a text outside the axes", far_right)
text("a text outside the axes, cut", far_right, clip_on=True, say=either)
text("a text at no number", lambda a: np.stack([0.4 + 0 * a, np.sqrt(a) / 2]))
text("a text at no number at first", lambda a: np.stack([0.4 + 0 * a, np.sqrt(-a) / 2]))
text("a text on a log axis", lambda a: np.stack([0.4 + 0 * a, 1 + a]), axes=LOG_Y)
text("a text with a formula", words="$x^2 + \\alpha$", say=either)
text("a text in a font with serifs", family="serif", say=either)
text("a monospaced text", family="monospace", say=either)
text("a text with a white border", fontsize=18, path_effects=[Stroke(linewidth=4, foreground=RED), Normal()])
text(
    "a text that lies below a patch",
    fontsize=18,
    zorder=0.5,
    say=after(lambda ax: ax.fill([0.3, 0.7, 0.5], [-0.5, -0.5, 0.5])),
)
text("a text of nothing", words="", say=either)
text("a wrapped text", words="many words that want to be wrapped soon", wrap=True, say=either)
note("a note with an arrow")
note("a note without an arrow", arrowprops=None)
note("a note in a box", bbox={"facecolor": "white", "edgecolor": RED})
note(
    "a note with a bent arrow",
    arrowprops={"arrowstyle": "-|>", "connectionstyle": "arc3,rad=0.4", "color": RED},
    xytext=(30, 25),
)
note("a note with a wide arrow", arrowprops={"width": 3, "headwidth": 10, "color": RED}, xytext=(40, 30), say=either)
note("a note whose place leaves the axes", far_right)
note("a note that is drawn outside", far_right, annotation_clip=False)
note("a note that is drawn inside alone", far_right, annotation_clip=True)
note("a note whose text is in data", xytext=(0.2, 0.5), textcoords="data", say=either)
note("a note whose text is in the axes", xytext=(0.2, 0.8), textcoords="axes fraction", say=either)
note(
    "a note at a place of the axes",
    lambda a: np.stack([0.5 + 0.3 * a, 0.5 + 0 * a]),
    xycoords="axes fraction",
    say=either,
)
note("a note of offset in fonts", xytext=(2, 1.5), textcoords="offset fontsize")
either(
    "a note of offset in pixels",
    lambda ax, a: ax.annotate("note", middle(a), (14.4, 10.8), textcoords="offset points"),
    middle,
    first=lambda ax: ax.annotate("note", middle(0.45), (20, 15), textcoords="offset pixels"),
)

# What is shown and hidden

seen = lambda a: a > 0.3  # noqa: E731


def shown(name: str, draw: Any, say: Any = accepted, data: Any = seen, axes: Any = None, **more: Any) -> None:
    """What an author shows or hides: `draw` draws it."""

    def whole(ax: Any, a: float) -> Any:
        found = draw(ax)
        artist = found[0] if type(found) is list else found
        visible = data(a)
        for one in artist.get_children() if isinstance(artist, Container) else [artist]:
            one.set_visible(bool(visible))
        return artist

    say(name, whole, data, axes, **more)


shown("a line shown and hidden", lambda ax: ax.plot(x, x))
shown("a contour shown and hidden", lambda ax: ax.contour(np.linspace(0, 1, 4), np.linspace(-1, 1, 4), np.eye(4)))
shown(
    "a filled contour shown and hidden",
    lambda ax: ax.contourf(np.linspace(0, 1, 4), np.linspace(-1, 1, 4), np.eye(4), colors=[RED, GREEN, BLACK]),
)
shown("a circle shown and hidden", lambda ax: ax.add_patch(Circle((0.5, 0), 0.3)))
shown("an image shown and hidden", lambda ax: ax.imshow(np.eye(3), extent=(0, 1, -1, 1), aspect="auto"))
shown("bars shown and hidden", lambda ax: ax.bar([0.2, 0.6], [0.5, -0.5], width=0.2))
shown("error bars shown and hidden", lambda ax: ax.errorbar(few, few, 0.2, fmt="o", capsize=4))
shown("a stem plot shown and hidden", lambda ax: ax.stem(few, few))
shown("segments shown and hidden", lambda ax: ax.add_collection(LineCollection([[(0, 0), (1, 1)], [(0, 1), (1, -1)]])))
shown("a text shown and hidden", lambda ax: ax.text(0.5, 0, "word"))
shown(
    "a note shown and hidden",
    lambda ax: ax.annotate("word", (0.5, 0), (20, 20), textcoords="offset points", arrowprops={"arrowstyle": "->"}),
)
shown("a legend shown and hidden", lambda ax: last(ax.plot(x, x, label="l"), ax.legend(loc="upper left")))
shown("a title shown and hidden", lambda ax: ax.set_title("title"), say=either)
shown("axes shown and hidden", lambda ax: ax, say=either)
shown("a spine shown and hidden", lambda ax: ax.spines["left"], say=either)
shown("a tick label shown and hidden", lambda ax: ax.xaxis, say=either)
shown(
    "an arrow shown and hidden", lambda ax: ax.quiver([0.5], [0], [0.2], [0.5], angles="xy", scale_units="xy", scale=1)
)
shown("what is always shown", lambda ax: ax.plot(x, x), data=lambda a: True)
shown("what is never shown", lambda ax: ax.plot(x, x), data=lambda a: False)
shown("what is hidden by None", lambda ax: ax.plot(x, x), data=lambda a: None, say=either)
shown("what is shown by a check of NumPy", lambda ax: ax.plot(x, x), data=lambda a: np.logical_and(a > -0.2, a < 0.5))
shown("what was hidden when it was drawn", lambda ax: ax.plot(x, x), say=either, first=hidden(lambda ax: ax.plot(x, x)))
shown("a line shown and hidden in polar axes", lambda ax: ax.plot(6 * x, x), axes={"projection": "polar"})
shown(
    "a line with a hand of its own, shown and hidden",
    lambda ax: ax.plot(x, x, path_effects=[Stroke(linewidth=7, foreground=RED), Normal()]),
)
shown("a hatched bar shown and hidden", lambda ax: ax.bar([0.5], [0.6], width=0.3, hatch="//"))
shown("a sub-figure's text shown and hidden", lambda ax: ax.get_figure().suptitle("above"))

NUMBER = "True|False|must return data of shape"
for name, draw in {
    "a circle": lambda ax, a: ax.add_patch(Circle((0.5, 0), abs(a))),
    "a wedge": lambda ax, a: ax.add_patch(Wedge((0.5, 0), 0.4, 0, 360 * abs(a))),
    "a contour": lambda ax, a: ax.contour(np.eye(4), [0.5]),
    "a line": lambda ax, a: ax.plot(x, a * x),
    "an image": lambda ax, a: ax.imshow(a * np.eye(3)),
    "a text": lambda ax, a: ax.text(0.5, 0, str(a)),
    "points": lambda ax, a: ax.scatter(few, few),
    "an arrow": lambda ax, a: ax.quiver([0], [0], [1], [1]),
    "segments": lambda ax, a: ax.vlines([0.2, 0.4], 0, abs(a)),
}.items():
    refused(f"{name} with a number", draw, lambda a: a, NUMBER)
refused(
    "a circle with a number that is the same for all sliders",
    lambda ax, a: ax.add_patch(Circle((0.5, 0), 0.3)),
    lambda a: 0.3,
    NUMBER,
)
refused("a circle with 1", lambda ax, a: ax.add_patch(Circle((0.5, 0), 0.3)), lambda a: 1, NUMBER)
either(
    "a circle with a truth times a truth",
    lambda ax, a: ax.add_patch(Circle((0.5, 0), 0.3, visible=0.3 < a < 0.6)),
    lambda a: (a > 0.3) * (a < 0.6),
)

# Images and meshes

ODD = np.cos(1.7 * np.arange(12)).reshape(3, 4)  # heights from −1 to 1
GRID = np.linspace(0, 1, 5), np.linspace(-1, 1, 4)


def terrain(a: Any) -> Any:
    return a * ODD + 0.2


def holes(a: Any) -> Any:
    return np.where(ODD > 0.9, np.nan, np.where(ODD < -0.9, np.divide(a, 0.0), terrain(a)))


def limited(style: dict[str, Any]) -> dict[str, Any]:
    """A style with limits for the colours, unless a norm has its own."""
    return ({} if "norm" in style else {"vmin": -0.9, "vmax": 1}) | style


def image(
    name: str, data: Any = terrain, say: Any = accepted, axes: Any = None, more: Any = None, **style: Any
) -> None:
    style = {"extent": (0, 1, -1, 1), "aspect": "auto"} | limited(style)
    say(name, lambda ax, a: ax.imshow(data(a), **style), data, axes, **(more or {}))


EDGES = 90  # pixels: in Agg the cells of a mesh overlap by one


def mesh(
    name: str,
    data: Any = terrain,
    say: Any = accepted,
    axes: Any = None,
    more: Any = None,
    grid: Any = GRID,
    **style: Any,
) -> None:
    style = limited(style)
    say(name, lambda ax, a: ax.pcolormesh(*grid, data(a), **style), data, axes, **{"unlike": EDGES} | (more or {}))


VIVID = matplotlib.colormaps["viridis"].with_extremes(under=RED, over=BLACK, bad=GREEN)
for make in (image, mesh):
    kind = make.__name__
    make(f"{kind}: heights")
    make(f"{kind}: another colormap", cmap="coolwarm")
    make(f"{kind}: colours of its own below, above and for none", holes, cmap=VIVID, vmin=-0.3, vmax=0.3)
    make(f"{kind}: gaps", holes)
    make(f"{kind}: no height at all", lambda a: terrain(a) + np.nan)
    make(f"{kind}: three colours", cmap=ListedColormap([RED, GREEN, BLACK]))
    make(f"{kind}: colours with an opacity", cmap=ListedColormap([GLASS, (1, 0, 0, 0.2), BLACK]))
    make(f"{kind}: colours with an opacity, and alpha", cmap=ListedColormap([GLASS, "k", BLACK]), alpha=0.4)
    make(f"{kind}: alpha", holes, cmap=VIVID, alpha=0.5)
    make(f"{kind}: decades", lambda a: 10.0 ** (3 * terrain(a)), norm=LogNorm(1e-2, 10))
    make(f"{kind}: decades and what has none", norm=LogNorm(1e-2, 1))
    make(f"{kind}: limits that hold values in", norm=Normalize(-0.3, 0.3, clip=True), cmap=VIVID)
    make(f"{kind}: a single value for all colours", vmin=0.1, vmax=0.1)
    make(f"{kind}: another norm", norm=PowerNorm(0.5, 0, 1), say=no("PowerNorm: use Normalize"))
    make(f"{kind}: a logarithmic axis", axes={"xscale": "log", "xlim": (0.1, 1)}, say=no("linear axes"))
    make(f"{kind}: turned axes", axes={"xlim": (1, 0), "ylim": (1, -1)})
    make(f"{kind}: a part of it", axes={"xlim": (0.3, 0.7), "ylim": (-0.2, 3)})
    make(f"{kind}: out of the axes", axes={"xlim": (2, 3)}, say=either)
    make(f"{kind}: below a line", say=after(lambda ax: ax.plot(x, x, zorder=5, color=RED)))
    make(f"{kind}: in pixels", rasterized=True)
    make(f"{kind}: path effects", say=no("path_effects"), path_effects=[Normal()])

image("the first row below", origin="lower")
image("an image to the left", extent=(1, 0, -1, 1))
image("an image upside down", extent=(0, 1, 1, -1))
image("an image in its own limits", extent=None, aspect="equal", axes={"xlim": (-0.5, 3.5), "ylim": (2.5, -0.5)})
for how in ("none", "nearest", "auto", "antialiased", "bilinear"):
    image(f"an image with interpolation={how}", interpolation=how)
    half_a_point = {"unlike": 150} if how == "bilinear" else {}  # along the ends of what is not a gap
    image(f"an image with gaps and interpolation={how}", holes, interpolation=how, cmap=VIVID, more=half_a_point)
for how in ("bicubic", "hanning", "gaussian"):
    image(f"an image with interpolation={how}", interpolation=how, say=no("'nearest' and 'bilinear'"))
image("an image of mixed colours", interpolation="bilinear", interpolation_stage="rgba", say=no("stage='data'"))
image("an image with an alpha for each cell", alpha=np.abs(ODD), say=no("alpha for each cell"))
image("a single cell", lambda a: np.stack([a])[None], interpolation="bilinear")
image("a single row", lambda a: terrain(a)[:1], interpolation="bilinear", cmap="coolwarm")
image("an image in decades, smooth", lambda a: 10.0 ** terrain(a), norm=LogNorm(0.3, 9), interpolation="bilinear")
image("an image that is not cut off", clip_on=False, axes={"xlim": (0.3, 0.7)}, say=either)
many = np.cos(np.arange(64 * 64) / 99).reshape(64, 64)
image("many cells, nearest", lambda a: a * many, interpolation="nearest", more={"unlike": 40})
image("many cells", lambda a: a * many, say=no("make it with interpolation='nearest'"))
image("many cells, smooth", lambda a: a * many, interpolation="bilinear", say=no("interpolation_stage='data'"))
refused("an image in colours", lambda ax, a: ax.imshow(np.ones((3, 4, 3)) * abs(a)), terrain, "colours of its own")

mesh("the middles of the cells", grid=(np.arange(4) / 3, np.linspace(-0.5, 0.5, 3)))
mesh("a mesh from the right", grid=(GRID[0][::-1], GRID[1]))
mesh("a mesh from above", grid=(GRID[0], GRID[1][::-1]))
mesh("cells of several widths", grid=(GRID[0] ** 2, GRID[1]), say=no("cells of several sizes"))
slanted = np.meshgrid(*GRID)[0] + 0.1 * np.meshgrid(*GRID)[1], np.meshgrid(*GRID)[1]
mesh("cells aslant", grid=slanted, say=no("several sizes, or aslant"))
mesh("cells with edges", edgecolors=RED, say=no("leave out edgecolors"))
mesh("a smooth mesh", grid=(np.arange(4) / 3, np.arange(3) / 3), shading="gouraud", say=no("'nearest'"))

# Contour lines

EVEN = np.linspace(0, 1, 21), np.linspace(-1, 1, 15)


def valley(a: Any) -> Any:
    return np.cos(6 * EVEN[0]) * a + np.square(EVEN[1])[:, None] * (1 - a)


def torn(a: Any) -> Any:
    return np.where((EVEN[0] - 0.5) ** 2 + EVEN[1][:, None] ** 2 < 0.1, np.nan, valley(a))


def whole(a: Any) -> Any:
    return np.round(4 * a) + np.arange(-3.0, 4) ** 2 + np.arange(-2.0, 3)[:, None] ** 2


def contour(
    name: str,
    data: Any = valley,
    say: Any = accepted,
    axes: Any = None,
    more: Any = None,
    grid: Any = EVEN,
    **style: Any,
) -> None:
    style = {"levels": [-0.75, -0.31, 0.12, 0.53, 0.91], "colors": DEEP, "linestyles": "solid"} | style
    first = {"first": lambda ax: ax.contour(*grid, valley(0.45), **style)}
    say(name, lambda ax, a: ax.contour(*grid, data(a), **style), data, axes, **first | (more or {}))


def noted(ax: Any) -> Any:
    found = ax.contour(*EVEN, valley(0.45), [0.2])
    found.clabel()
    return found


contour("contour lines")
contour("contour lines through a colormap", colors=None, cmap=DARK)
contour("contour lines in several colours and widths", colors=[DEEP, RED, BLACK], linewidths=[1, 3, 2])
contour("contour lines that one sees through", colors=DEEP, alpha=0.6, linewidths=4)
contour("a single line", levels=[0.2])
contour("contour lines, dashed below zero", linestyles=None, more={"unlike": 700})  # dashes begin where a line does
contour("contour lines around a hole", torn)
contour("contour lines around a hole, without corners", torn, corner_mask=False)
contour("contour lines of another algorithm", torn, algorithm="serial")
contour("levels that never occur", levels=[7, 9])
contour("contour lines on a logarithmic axis", grid=(EVEN[0] + 0.1, EVEN[1]), axes={"xscale": "log", "xlim": (0.05, 5)})
contour("contour lines on an uneven grid", grid=(EVEN[0] ** 2, np.sign(EVEN[1]) * EVEN[1] ** 2))
for name, sides in {
    "contour lines through places of the grid, and around a single one": {"xlim": (-3, 3), "ylim": (-2, 2)},
    "contour lines all around the picture": {"xlim": (0, 1), "ylim": (0, 1)},
}.items():
    grid, levels = (np.arange(-3.0, 4), np.arange(-2.0, 3)), [-1, 0, 1, 2, 4, 5]
    contour(name, whole, axes=sides, grid=grid, levels=levels, more={"first": None})
contour("contour lines from the right", grid=(EVEN[0][::-1], EVEN[1]))
contour("contour lines from above", grid=(EVEN[0], EVEN[1][::-1]))
contour("contour lines on arrays of two axes", grid=np.meshgrid(*EVEN))
contour("contour lines and a part of them", axes={"xlim": (0.3, 0.6), "ylim": (-0.3, 3)})
contour("contour lines on a slanted grid", grid=(np.meshgrid(*EVEN)[0] + 0.1 * EVEN[1][:, None], np.meshgrid(*EVEN)[1]),
        say=no("tells no grid"))  # fmt: skip
bent = np.meshgrid(*EVEN)[0] + 0.01 * np.pad(np.ones((13, 19)), 1), np.meshgrid(*EVEN)[1]
contour("contour lines on a grid that is bent inside", grid=bent, say=no("tells no grid"))
contour("contour lines in chunks", nchunk=5, say=no("without nchunk"))
contour(
    "contour lines with a LogNorm",
    lambda a: np.exp(valley(a)),
    colors=None,
    norm=LogNorm(0.1, 9),
    levels=[1, 2],
    say=no("LogNorm"),
    more={"first": None},
)
contour("contour lines without width", linewidths=[1, 0], say=no("levels without lines"))
contour(
    "contour lines made of gaps",
    more={"first": lambda ax: ax.contour(*EVEN, torn(0.3), [0.2])},
    say=no("tells no grid"),
)


def levels(a: Any) -> Any:
    return np.array([-0.3, 0.1, 0.6]) * (1.2 + a)


def at_levels(**style: Any) -> dict[str, Any]:
    draw = lambda ax, a: ax.contour(*EVEN, valley(a), levels(a), linestyles="solid", **style)  # noqa: E731
    return {"draw": draw, "data": lambda a: (valley(a), levels(a))}


accepted("contour lines whose levels follow", **at_levels(colors=[DEEP, RED, BLACK], linewidths=[1, 3, 2]))
refused("a colormap whose levels follow", **at_levels(cmap=DARK), words="give it colors=")
refused("contour lines with labels", lambda ax, a: noted(ax), valley, "leave out clabel")
refused(
    "filled contours", lambda ax, a: ax.contourf(*EVEN, valley(a)), valley, "an image, which may move, under contour"
)

# What matplotlib returns, and cannot be moved as it is

for name, draw, data in [
    ("error bars", lambda ax, a: ax.errorbar(*dots(a).T, 0.2, fmt="o"), dots),
    ("upright segments", lambda ax, a: ax.vlines(few, 0, a * few), dots),
    ("lying segments", lambda ax, a: ax.hlines(few, 0, a * few), dots),
    ("segments with both ends", lambda ax, a: ax.vlines(few, 0, a * few), lambda a: rows(few, 0 * few, a * few)),
    ("a collection of segments", lambda ax, a: ax.add_collection(LineCollection([dots(a)])), dots),
    ("a contour", lambda ax, a: ax.contour(np.eye(4)), dots),
    ("a rectangle", lambda ax, a: ax.add_patch(Rectangle((0.2, 0), 0.3, 0.3)), lambda a: np.stack([a, 0.3 + 0 * a])),
    ("a circle", lambda ax, a: ax.add_patch(Circle((0.5, a), 0.2)), lambda a: np.stack([0.5 + 0 * a, a])),
    ("an ellipse", lambda ax, a: ax.add_patch(Ellipse((0.5, a), 0.2, 0.1)), lambda a: np.stack([0.5 + 0 * a, a])),
    ("an arrow patch", lambda ax, a: ax.add_patch(FancyArrowPatch((0, 0), (a, a))), lambda a: np.stack([a, a])),
    ("a fancy arrow", lambda ax, a: put(ax.arrow(0, 0, 1, 1), xy=corners(a)), corners),
    ("a slanted line", lambda ax, a: put(ax.axline((0.5, 0), slope=1), data=dots(a).T), dots),
    ("a table", lambda ax, a: ax.table([["a"]]), dots),
    ("hexagons", lambda ax, a: ax.hexbin(few, few), dots),
    ("streams", lambda ax, a: ax.streamplot(np.arange(3), np.arange(3), np.eye(3), np.eye(3)).lines, dots),
    ("a line of a box", lambda ax, a: put(ax.boxplot([1, 2, 3])["medians"][0], data=dots(a).T), dots),
    ("events", lambda ax, a: ax.eventplot(a + few)[0], dots),
    ("a legend", lambda ax, a: last(ax.plot(x, x, label="l"), ax.legend()), middle),
    ("axes", lambda ax, a: ax, middle),
    ("a spine", lambda ax, a: ax.spines["left"], middle),
    ("a title", lambda ax, a: ax.set_title("title"), middle),
    ("a label of an axis", lambda ax, a: ax.set_xlabel("label"), middle),
    ("a number of an axis", lambda ax, a: last(ax.set_xticks([0.5]), ax.xaxis.get_major_ticks()[0].label1), middle),
    ("a line of the grid", lambda ax, a: put(last(ax.grid(), ax.get_xgridlines()[0]), data=dots(a).T), dots),
    ("a line of the legend", lambda ax, a: put(ax.legend(ax.plot(x, x), "l").get_lines()[0], data=dots(a).T), dots),
    ("a single bar", lambda ax, a: ax.bar([0.5], [a])[0], lambda a: np.stack([0 * a, a])),
    ("a step histogram", lambda ax, a: ax.stairs([a, 2 * a, a]), lambda a: np.stack([a, 2 * a, a])),
    ("an image as a mark", lambda ax, a: ax.add_artist(AnnotationBbox(TextArea("box"), (0.5, a))), middle),
]:  # fmt: skip
    either(f"{name} as a key", draw, data)

# Figures, and what belongs to no axes

below = lambda a: np.stack([0.5 + 0.3 * a, 0.05 + 0 * a])  # noqa: E731
either("a text of the figure", lambda ax, a: ax.get_figure().text(*below(a), "word"), below)
either(
    "the title of the figure, moved", lambda ax, a: ax.get_figure().suptitle("title", x=0.5 + 0.3 * a, y=0.05), below
)
either(
    "a line of the figure",
    lambda ax, a: ax.get_figure().add_artist(
        Line2D(*rows(x, 0.5 + 0.4 * a * x).T, transform=ax.get_figure().transFigure)
    ),
    lambda a: rows(x, 0.5 + 0.4 * a * x),
)
either(
    "a line of the figure in pixels",
    lambda ax, a: ax.get_figure().add_artist(Line2D(100 * x, 100 * x * abs(a))),
    lambda a: rows(100 * x, 100 * x * abs(a)),
)
either(
    "a patch of the figure",
    lambda ax, a: ax.get_figure().add_artist(Polygon(0.5 + corners(a) / 4, color=RED)),
    lambda a: 0.5 + corners(a) / 4,
)
shown("a text of the figure shown and hidden", lambda ax: ax.get_figure().text(0.5, 0.05, "word"))
line("a line under the title of the figure", say=after(lambda ax: ax.get_figure().suptitle("above")))


def in_part(ax: Any, a: float) -> Any:
    fig = ax.get_figure()
    ax.remove()
    inner = fig.subfigures(1, 2)[1].subplots()
    inner.set(xlim=(0, 1), ylim=(-1, 1))
    return inner.plot(*wave(a).T)


either("a line in a part of the figure", in_part, wave)
accepted(
    "two axes side by side",
    lambda ax, a: (*ax.get_figure().add_axes([0.6, 0.3, 0.3, 0.5], **LIMITS).plot(*wave(a).T), *ax.plot(*dots(a).T)),
    lambda a: (wave(a), dots(a)),
)
line("axes with a coloured ground", say=after(lambda ax: ax.set_facecolor("#dddddd")))
line("a line on axes that are switched off", say=after(lambda ax: ax.set_axis_off()))
line("a line under a title", say=after(lambda ax: ax.set_title("a = 2")))

# Three dimensions

SPACE = {"projection": "3d", "xlim": (0, 1), "ylim": (-1, 1), "zlim": (-1, 1)}


def helix(a: Any) -> Any:
    return rows(x, a * np.sin(9 * x), np.cos(9 * x) * 0.8)


def cloud(a: Any) -> Any:
    return rows(few, a * np.cos(5 * few), a * np.sin(5 * few))


line("a line in space", helix, axes=SPACE, lw=2)
line("a line with markers in space", cloud, axes=SPACE, marker="o")
accepted("points in space without shade", lambda ax, a: ax.scatter(*cloud(a).T, depthshade=False, s=60), cloud, SPACE)
either("points in space", lambda ax, a: ax.scatter(*cloud(a).T, s=60), cloud, SPACE)
either(
    "points in space coloured by value",
    lambda ax, a: ax.scatter(*cloud(a).T, c=few, cmap=DARK, s=60, vmin=0, vmax=1, depthshade=False),
    lambda a: rows(cloud(a), few),
    SPACE,
)
either(
    "points in space that hide each other",
    lambda ax, a: ax.scatter(
        *rows(0.5 + 0.02 * few, a * few / 9, few / 9).T, c=few, cmap=DARK, s=300, edgecolors=BLACK, depthshade=False
    ),
    lambda a: rows(0.5 + 0.02 * few, a * few / 9, few / 9, few),
    SPACE,
)
accepted(
    "a text in space",
    lambda ax, a: ax.text(0.5 + 0 * a, a, 0.3, "word"),
    lambda a: np.stack([0.5 + 0 * a, a, 0.3 + 0 * a]),
    SPACE,
)
either(
    "a text in space along an axis",
    lambda ax, a: ax.text(0.5 + 0 * a, a, 0.3, "word", "x"),
    lambda a: np.stack([0.5 + 0 * a, a, 0.3 + 0 * a]),
    SPACE,
)
line("a line in space seen without perspective", helix, axes=SPACE | {"proj_type": "ortho", "azim": 50}, say=either)
line("a line in space that leaves the box", lambda a: 2 * helix(a), axes=SPACE, say=either)
either(
    "a line before and behind a surface",
    lambda ax, a: last(
        ax.plot_surface(*np.meshgrid([0, 0.5, 1], [-1, 0, 1]), 0.1 * np.eye(3), color=RED), ax.plot(*helix(a).T, lw=4)
    ),
    helix,
    SPACE,
)
either("arrows in space", lambda ax, a: ax.quiver(*cloud(a).T, 0.1, 0.1, 0.1), cloud, SPACE)
either(
    "a surface in space", lambda ax, a: ax.plot_surface(*np.meshgrid(few, few), a * np.outer(few, few)), cloud, SPACE
)
either("bars in space", lambda ax, a: ax.bar([0, 0.5], [a, -a], zs=0.2), lambda a: np.stack([a, -a]), SPACE)

# Polar axes: an angle and a radius

POLAR = {"projection": "polar", "ylim": (0, 1)}


def rose(a: Any) -> Any:
    return rows(6.3 * x, 0.5 + 0.4 * a * np.sin(15 * x))


def petals(a: Any) -> Any:
    return 0.5 + 0.4 * a * np.cos(2 * few)


def polar(name: str, draw: Any = None, data: Any = rose, say: Any = accepted, setup: Any = None, **axes: Any) -> None:
    """A line, unless something else is drawn. Axes are made with some keywords, and set up after that."""

    def drawn(ax: Any, a: float) -> Any:
        return last(setup and setup(ax), draw(ax, a) if draw else ax.plot(*data(a).T, lw=3))

    say(name, drawn, data, POLAR | axes)


polar("polar axes")
polar(
    "a sector with a hole, clockwise from the top",
    thetamin=30,
    thetamax=150,
    rorigin=-1,
    theta_direction=-1,
    theta_offset=np.pi / 2,
    ylim=(0.2, 0.8),
)
polar("polar axes that go inwards", ylim=(1, 0))
polar(
    "polar axes on a log scale, in an ellipse",
    data=lambda a: rows(6 * x, 0.2 + x + a * a),
    setup=lambda ax: (ax.set(rscale="log", aspect="auto"), ax.minorticks_off()),
    ylim=(0.1, 2),
)
polar("a radius below zero on polar axes", data=lambda a: rows(6.3 * x, a * np.cos(9 * x)))
polar("a radius below zero on polar axes that hold it", data=lambda a: rows(6.3 * x, a * np.cos(9 * x)), ylim=(-1, 1))
polar(
    "lines and points on polar axes",
    lambda ax, a: (*ax.plot(*(1.5 * rose(a)).T, "o-"), ax.scatter(6 * few, petals(a), c=few, cmap=DARK)),
    lambda a: (1.5 * rose(a), rows(6 * few, petals(a), few)),
)
polar(
    "texts and arrows on polar axes",
    lambda ax, a: (
        ax.text(1 + a, 0.6, "word"),
        ax.annotate("note", (4 + a, 0.6), (9, 9), textcoords="offset points"),
        ax.annotate("", (3 + a, 0.9), (0, 0), arrowprops={"arrowstyle": "->"}),
        ax.quiver(6 * few, petals(a), few, a, scale=9),
    ),
    lambda a: (
        np.stack([1 + a, 0.6 + 0 * a]),
        np.stack([4 + a, 0.6 + 0 * a]),
        np.stack([3 + a, 0.9 + 0 * a, 0 * a, 0 * a]),
        rows(6 * few, petals(a), few, 0 * few + a),
    ),
    setup=lambda ax: ax.set_ylim(0, 1),  # a text is no data, from which limits come
)
polar(
    "areas on polar axes",
    lambda ax, a: (*ax.fill(*rose(a).T, color=RED), ax.fill_between(*rose(a).T, 0.3, edgecolor=BLACK)),
    lambda a: (rose(a), rows(rose(a), 0.3 + 0 * x)),
)
polar(
    "bars and segments on polar axes",
    lambda ax, a: (
        ax.bar(6 * few, petals(a) / 2, width=0.6, bottom=0.1, edgecolor=BLACK),
        ax.barh([0.7, 0.9], 3 + a * bars[1:], height=0.1),
        ax.vlines(6 * few, 0.2, petals(a), color=RED),
    ),
    lambda a: (petals(a) / 2, 3 + a * bars[1:], rows(6 * few, 0.2 + 0 * few, petals(a))),
    rorigin=-0.3,
)
polar(
    "a line in steps on polar axes",
    lambda ax, a: ax.plot(few, petals(a), ds="steps-mid"),
    lambda a: rows(few, petals(a)),
    no("drawstyle"),
)
polar("a rule on polar axes", lambda ax, a: ax.axvline(1 + a), lambda a: 1 + a, no(r"ax.plot\(\[t, t\], \[0, r\]\)"))
polar("a circle on polar axes", lambda ax, a: ax.axhline(0.5 + a / 3), lambda a: 0.5 + a / 3, no("0 \\* t \\+ r"))
polar("a band on polar axes", lambda ax, a: ax.axvspan(1, 2 + a), lambda a: np.stack([1 + 0 * a, 2 + a]), no("polar"))
polar(
    "stems on polar axes",
    lambda ax, a: ax.stem(6 * few, petals(a)),
    lambda a: rows(6 * few, petals(a)),
    no("polar"),
)
polar(
    "a mesh on polar axes",
    lambda ax, a: ax.pcolormesh(few, few, a * np.outer(few, few)),
    lambda a: a * np.outer(few, few),
    no("polar"),
)
polar(
    "limits of polar axes",
    lambda ax, a: last(ax.set(ylim=(0, 1 + a)), ax),
    lambda a: np.stack([np.array([0.0, 6.28]), np.stack([0 * a, 2 + a])]),
    no("limits of polar"),
)

# Functions that Python tells apart: what is drawn is what the function gives for plain numbers


def branching(a: Any) -> Any:
    return rows(x, (abs(a) if isinstance(a, (float, int)) else a) * x)


def trying(a: Any) -> Any:
    with suppress(TypeError):
        a = min(a, 0.2)
    return rows(x, a * x)


def trying_all(a: Any) -> Any:
    try:
        a = float(a) ** 2
    except:  # noqa: E722
        a = 0.5 * a
    return rows(x, a * x)


def trying_arithmetic(a: Any) -> Any:
    try:
        return rows(x, a * x if a > 0 else -x)
    except Exception:
        return rows(x, a * x)


def real_part(a: Any) -> Any:
    return rows(x, getattr(a, "real", 0.45) * x)


def imaginary_part(a: Any) -> Any:
    return rows(x, (0.3 if hasattr(a, "is_integer") else 0) * x + a)


def at_the_upper_end(a: Any) -> Any:
    return rows(x, a * x if not (isinstance(a, float) and a > 0.98) else -x)


def at_the_lower_end(a: Any) -> Any:
    return rows(x, a * x if not (isinstance(a, float) and a < -0.98) else -0.5 * x)


def in_the_middle(a: Any) -> Any:
    return rows(x, a * x if not (isinstance(a, float) and -0.5 < a < 0.1) else 0.8 * x)


def by_type(a: Any) -> Any:
    return rows(x, (a if type(a).__module__ != "builtins" else np.floor(3 * a) / 3) * x)


def by_name(a: Any) -> Any:
    return rows(x, (a if "raced" in repr(a) else a * a) * x)


def by_shape(a: Any) -> Any:
    return rows(x, (a if hasattr(a, "shape") else 0.7 * a) * x)


def by_dictionary(a: Any) -> Any:
    return rows(x, {float: 0.5}.get(type(a), 1.0) * a * x)


def by_method(a: Any) -> Any:
    return rows(x, (a if type(a).__eq__ is not float.__eq__ else a**3) * x)


line("a function with a branch for floats", branching, say=either, more={"words": "."})
line("a function that goes on after a refusal", trying, say=either, more={"words": "."})
line("a function that goes on after any refusal", trying_all, say=either, more={"words": "."})
line("a function that has another way after a refusal", trying_arithmetic, say=either, more={"words": "."})
line("a function that asks for the real part", real_part, say=either, more={"words": "."})
line("a function that asks for a method of floats", imaginary_part, say=either, more={"words": "."})
line("a function that differs at the upper end", at_the_upper_end, say=either, more={"words": "."})
line("a function that differs at the lower end", at_the_lower_end, say=either, more={"words": "."})
line("a function that differs in the middle", in_the_middle, say=either, more={"words": ".", "also": (-0.15,)})
line("a function that asks where its argument comes from", by_type, say=either, more={"words": "."})
line("a function that reads its argument's name", by_name, say=either, more={"words": "."})
line("a function that asks for a shape", by_shape, say=either, more={"words": "."})
line("a function that looks up the type", by_dictionary, say=either, more={"words": "."})
line("a function that looks at a method", by_method, say=either, more={"words": "."})
line("a function with a step of np.where", lambda a: rows(x, np.where(a > 0.1, a, -a) * x))
line("a function with np.floor", lambda a: rows(x, np.floor(3 * a) / 3 * x))
line("a function that copies its argument into an array", lambda a: rows(x, np.full(41, 1.0) * a))
