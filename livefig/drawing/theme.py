"""What matplotlib drew for the paper of its author, made readable on light pages and on dark ones.

The last stage of a picture: until here every colour is the one that matplotlib draws. For each theme

- the colour of the figure's background is the ground of the page, and its opposite, black or white, that of its text;
- text and what carries meaning keep their colour where it can be read on what lies under them, the page or a box of
  the author, and else get a partner that can. A pale area stays pale and gets an outline;
- a shape can be read if one of its paints can: a pale marker with a dark edge stays as it is. A fill, an edge or a halo
  in the colour of the background belongs to the ground where the same shape has another colour, too; a still area of
  no other colour is a hole;
- decoration (grids, frames, boxes, panels) may be pale. On dark pages its greys are as far from the ground as they
  were from the paper;
- colour scales (images, meshes, filled contours, surfaces, colorbars) mean what they are. They stay, and so does what
  is drawn over them. Points that a colorbar explains keep their colours, too, and get an outline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick
from matplotlib.collections import Collection, PatchCollection, PathCollection, PolyCollection, QuadMesh, TriMesh
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure, FigureBase
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.quiver import Barbs, Quiver
from matplotlib.spines import Spine
from matplotlib.table import Cell
from matplotlib.text import Annotation, Text

from livefig.drawing.axes import is_3d
from livefig.drawing.colours import (
    CONTRAST_OF_LINES,
    CONTRAST_OF_TEXT,
    CURRENT,
    DARK_GROUND,
    LIGHT_GROUND,
    RGB,
    alpha_of,
    colours_of,
    contrast,
    hexadecimal,
    mix,
    readable,
    rgb,
    seen,
)

DARK_THEMES = ('[data-theme="dark"]', '[data-jp-theme-light="false"]', ".vscode-dark")
SVG = "{http://www.w3.org/2000/svg}"
ROLES = ("fill", "stroke")
NONE = "none"
PAGE = (LIGHT_GROUND, DARK_GROUND)
INK = ("#222832", "#ced6dd")  # the colour of the book's text: other pages have a stronger one
FOLLOWED = {INK: CURRENT, ("#ffffff", hexadecimal(DARK_GROUND)): "var(--live-ground,#fff)"}
GREY = 32  # how far apart the channels of a grey may be
OUTLINE = "0.8"  # points: of a pale area

Pair = tuple[str, str]  # a paint on light pages, and on dark ones
Grounds = tuple[RGB, RGB]
Style = dict[str, str]
Place = tuple[int, str]  # of a paint in a shape: the layer and the role


def themed(root: ET.Element, prefix: str, fig: Figure, owners: Mapping[str, Artist]) -> None:
    """Give an SVG colours that follow the theme of the page.

    prefix : begins the class that the SVG gets, for its own rules.
    owners : by their ids, the artists that drew the groups.
    """
    theme = _Theme(fig, owners)
    theme.walk(root)
    root.set("class", f"{prefix}-svg")
    root.set("fill", CURRENT)
    if theme.names:
        partners = ";".join(f"{name}:{dark}" for (_, dark), name in theme.names.items())
        where = ",".join(f"{selector} .{prefix}-svg" for selector in DARK_THEMES)
        style = ET.Element(f"{SVG}style")
        style.text = f"@media screen{{{where}{{{partners}}}}}"
        style.text += f"@media screen and (prefers-color-scheme:dark){{.live-page .{prefix}-svg{{{partners}}}}}"
        root.insert(0, style)


def _shape(element: ET.Element) -> Any:
    """The same for layers of one shape: elements with the same outline, or that are given the same."""
    return element.get("d") or element.get("data-part") or id(element)


def artists_of(fig: Figure) -> list[Artist]:
    """All that may draw a group of the SVG, also what `findobj` does not find."""
    found: list[Any] = fig.findobj()
    for artist in list(found):
        found += [getattr(artist, name, None) for name in ("arrow_patch", "pane", "gridlines")]
        found += [artist.get_bbox_patch()] if isinstance(artist, Text) else []
        found += [artist.get_text()] if isinstance(artist, Cell) else []
    return list(dict.fromkeys(artist for artist in found if isinstance(artist, Artist)))


def bare(fig: Figure) -> list[Patch]:
    """The backgrounds that the page has already: they have the colour of the figure's, and cover nothing."""
    axes = list(dict.fromkeys([*fig.axes, *reversed(fig.findobj(Axes))]))  # insets after what they are set into
    free = [ax for i, ax in enumerate(axes) if not any(ax.bbox.overlaps(other.bbox) for other in axes[:i])]
    owners: list[Any] = [*fig.findobj(FigureBase), *free]
    patches = [owner.patch for owner in owners]
    return [patch for patch in patches if _hex(patch.get_facecolor()) in (_paper(fig), NONE)]


class _Theme:
    """names : of the colours that differ between the themes, by both.
    boxes : the filled shapes that stand still, the last on top, and their colours in both themes.
    explained : the points whose colours a colorbar tells.
    covers : by axes, the parts of the window that colour scales fill.
    """

    def __init__(self, fig: Figure, owners: Mapping[str, Artist]):
        everything = artists_of(fig)
        self.owners = owners
        self.names: dict[Pair, str] = {}
        self.boxes: dict[Any, Grounds] = {}
        self.covers: dict[Any, list[Any]] = {}
        self.decoration = {part for artist in everything for part in _decoration(artist) if part is not None}
        self.scales = {artist for artist in everything if _is_scale(artist)}
        self.explained = {
            artist for artist in everything if isinstance(artist, PathCollection) and artist.colorbar is not None
        }
        scale: Any
        for scale in (*self.scales, *fig.findobj(AxesImage)):
            if _hides_the_ground(scale) and not is_3d(scale.axes):
                self.covers.setdefault(scale.axes, []).append(scale.get_window_extent())
        self.beside = {part for axis in fig.findobj(Axis) for part in axis.findobj()} - self.decoration
        groups = [group for axes in fig.findobj(Axes) for group in axes.containers]
        self.bars = {bar for group in groups for bar in getattr(group, "patches", ())}
        self.arrows = {note.arrow_patch: note for note in fig.findobj(Annotation) if note.arrow_patch is not None}
        self.frames = {part: legend.get_frame() for legend in fig.findobj(Legend) for part in legend.findobj()}
        self.paper = rgb(_paper(fig))
        self.ink = max(((0, 0, 0), (255, 255, 255)), key=lambda colour: contrast(colour, self.paper))

    def walk(self, parent: ET.Element, owner: Artist | None = None, moves: bool = False) -> None:
        """Colour what an element holds.  owner : the artist that drew it.  moves : whether it follows the controls."""
        for _, same in groupby(list(parent), key=_shape):
            layers = list(same)
            element, tag = layers[0], layers[0].tag.removeprefix(SVG)
            here = self.owners.get(element.get("id", ""), owner)
            moved = moves or _moves(element.get("data-part", ""))
            if tag == "pattern":  # a hatch is one shape
                self.paint(list(element), here, True)
            elif parent.tag == f"{SVG}defs" and tag == "path":
                for marker in layers:
                    marker.attrib.pop("style", None)  # where it is used the same is said
            elif tag in ("path", "use", "text") or "fill" in element.get("style", ""):
                for piece in element.iter(f"{SVG}tspan"):
                    _set(piece, {name: v for name, v in _style(piece).items() if name not in ("fill", "opacity")})
                self.paint(layers, here, moved)
            elif tag != "clipPath":
                self.walk(element, here, moved)

    def paint(self, layers: Sequence[ET.Element], artist: Any, moves: bool) -> None:
        """Colour one shape: elements with the same outline, the lowest first."""
        styles = [_style(layer) for layer in layers]
        places = [(i, role) for i in range(len(layers)) for role in ROLES]
        paints = {(i, role): paint for i, role in places if (paint := _paint(styles[i], role))}
        ground = self.ground_of(artist, moves)
        mapped = any(CURRENT in style.values() for style in styles)
        if (artist in self.decoration and (ground or isinstance(artist, Patch))) or isinstance(artist, Legend):
            found = {at: self.mirrored(paint) for at, paint in paints.items()}
        elif artist in self.scales or ground is None:
            found = {at: (paint, paint) for at, paint in paints.items()}
        elif artist in self.explained and not mapped:
            found = {at: (paint, paint) for at, paint in paints.items()}
            if not any(all(map(_stands_out, pair, ground)) for pair in found.values()):
                found[0, "stroke"] = INK
        else:
            found = self.legible(paints, ground, artist, moves, mapped, tile=layers[0].tag == f"{SVG}rect")
            edged = any(all(map(_stands_out, pair, ground)) for pair in found.values())
            if mapped and not edged:  # what has an edge that can be read keeps its own colours
                partners = self.partners_of_colormap(artist, ground)
                outlined = partners and artist in self.explained
                styles[0] |= {"stroke": self.css(INK), "stroke-width": OUTLINE} if outlined else partners
        lies = isinstance(artist, Patch) and not isinstance(artist, FancyArrowPatch) and not moves
        if lies and (0, "fill") in found:
            if _short(found[0, "fill"]) == INK:  # differs from page to page: what others stand on is of one colour
                found[0, "fill"] = hexadecimal((0, 0, 0), alpha_of(found[0, "fill"][0])), found[0, "fill"][1]
            self.boxes[artist] = _pair(seen(p, g) for p, g in zip(found[0, "fill"], ground or PAGE, strict=True))
        for number, (layer, style) in enumerate(zip(layers, styles, strict=True)):
            self.write(style, {role: pair for (i, role), pair in found.items() if i == number}, mapped)
            _set(layer, style)

    def ground_of(self, artist: Any, moves: bool) -> Grounds | None:
        """What lies under an artist, in both themes; None for a colour scale."""
        if artist in self.arrows:
            return self.ground_of(self.arrows[artist], True)
        axes = None if artist in self.beside else getattr(artist, "axes", None)
        covers = self.covers.get(axes, ())
        if isinstance(artist, Text) and not moves:
            words = artist.get_window_extent()
            spots = [(words.x0 + share * words.width, (words.y0 + words.y1) / 2) for share in (0.25, 0.5, 0.75)]
            box = next((box for box in reversed(self.boxes) if all(map(box.contains_point, spots))), None)
            inside = axes is not None and box in (None, axes.patch) and all(axes.bbox.contains(*spot) for spot in spots)
            if inside and any(all(cover.contains(*spot) for spot in spots) for cover in covers):
                return None
            return self.boxes.get(box, PAGE)
        frame = self.frames.get(artist)
        if axes is None or frame in self.boxes:
            return self.boxes.get(frame, PAGE)
        if any(all(cover.padded(1).contains(*corner) for corner in axes.bbox.corners()) for cover in covers):
            return None
        return self.boxes.get(axes.patch, PAGE)

    def mirrored(self, paint: str) -> Pair:
        """A grey as far from the ground as it was from the paper. Other colours stay."""
        colour, alpha = rgb(paint), alpha_of(paint)
        if max(colour) - min(colour) > GREY and colour != self.paper:
            return paint, paint
        distance, whole = (sum(self.paper) - sum(other) for other in (colour, self.ink))
        share = max(distance / whole, 0)
        light, dark = (hexadecimal(mix(page, rgb(ink), share), alpha) for page, ink in zip(PAGE, INK, strict=True))
        if colour in (self.paper, self.ink):
            return light, dark
        return (paint, dark) if self.ink == (0, 0, 0) else (light, paint)  # in the author's own theme it stays

    def legible(
        self, paints: Mapping[Place, str], ground: Grounds, artist: Any, moves: bool, mapped: bool, tile: bool
    ) -> dict[Place, Pair]:
        """The paints of a shape so that it can be read in both themes.

        mapped : others follow a colormap.  tile : of a hatch, the lowest lies under its lines and has no outline.
        """
        least = CONTRAST_OF_TEXT if isinstance(artist, Text) else CONTRAST_OF_LINES
        blank = {at for at, paint in paints.items() if rgb(paint) == self.paper}
        a_hole = isinstance(artist, (Patch, PolyCollection)) and not isinstance(artist, (Quiver, Barbs)) and not moves
        a_hole = a_hole and artist not in self.bars and set(paints) == {(0, "fill")}
        if len(blank) == len(paints) and not mapped and not a_hole:
            blank = set()  # nothing else would be seen
        follows = {
            colour: all(contrast(one, under) >= least for one, under in zip(both, ground, strict=True))
            for colour, both in ((self.ink, tuple(map(rgb, INK))), (self.paper, PAGE))
        }
        if follows[self.paper]:  # on a dark box
            blank = set()
        themes = []
        for theme, under in enumerate(ground):
            now = {}
            for at, paint in paints.items():
                colour = rgb(paint)
                if at in blank or follows.get(colour):
                    colour = PAGE[theme] if colour == self.paper else rgb(INK[theme])
                elif isinstance(artist, Text) and colour not in follows and contrast(colour, under) < least:
                    colour = rgb(self.mirrored(paint)[theme])
                now[at] = hexadecimal(colour, alpha_of(paint))
            says = {at: paint for at, paint in now.items() if at not in blank and not (tile and at == (0, "fill"))}
            if not mapped and all(contrast(seen(paint, under), under) < least for paint in says.values()):
                now |= _readable_shape(says, under, least, {at[0] for at in now if at[1] == "stroke"})
            themes.append(now)
        return {at: _pair(theme.get(at, NONE) for theme in themes) for at in themes[0] | themes[1]}

    def partners_of_colormap(self, points: Any, ground: Grounds) -> Style:
        """For each colour of a colormap that cannot be read in a theme the one to paint instead, under its own name."""
        pairs = {
            colour: _pair(readable(f"#{colour}", under, CONTRAST_OF_LINES) for under in ground)
            for colour in filter(None, colours_of(points))
        }
        return {f"--{colour}": self.css(pair) for colour, pair in pairs.items() if set(pair) != {f"#{colour}"}}

    def css(self, pair: Pair) -> str:
        """A pair of paints as one value."""
        if pair[0] == pair[1]:
            return pair[0]
        return f"var({self.names.setdefault(pair, f'--{len(self.names)}')},{pair[0]})"

    def write(self, style: Style, pairs: Mapping[str, Pair], mapped: bool) -> None:
        """Put paints into a style. Opacities stay, unless one has to change."""
        folded = any(
            paint != NONE and alpha_of(paint) != _alpha(style, role) for role, pair in pairs.items() for paint in pair
        )
        if folded:
            for name in ("opacity", "fill-opacity", "stroke-opacity"):
                style.pop(name, None)
        for role, pair in pairs.items():
            followed = FOLLOWED.get(_short(pair))
            followed = None if mapped and followed == CURRENT else followed  # each point has a colour of its own
            alpha = max(map(alpha_of, pair)) if followed else 255
            if folded and alpha < 255:
                style[f"{role}-opacity"] = f"{alpha / 255:.3f}"
            if role == "stroke" and role not in style:
                style["stroke-width"] = OUTLINE
            style[role] = followed or self.css(pair if folded else _short(pair))
            if role == "fill" and followed == CURRENT:
                del style[role]  # that of the SVG


def _stands_out(paint: str, ground: RGB) -> bool:
    return paint != NONE and contrast(seen(paint, ground), ground) >= CONTRAST_OF_LINES


def _readable_shape(paints: Mapping[Place, str], ground: RGB, least: float, edged: set[int]) -> dict[Place, str]:
    """The paints so that the shape can be read. What is pale inside stays so: its edge stands out.

    edged : the layers that have an edge, be it one in the colour of the background.
    """
    found = {}
    for (layer, role), paint in paints.items():
        pale = role == "fill" and alpha_of(paint) < 255 and least < CONTRAST_OF_TEXT
        if pale and layer not in edged:
            found[layer, "stroke"] = readable(paint[:7], ground, least)
        elif not pale or (layer, "stroke") not in paints:
            found[layer, role] = readable(paint, ground, least)
    return found


def _decoration(artist: Any) -> Iterator[Any]:
    """What of an artist may be pale."""
    if isinstance(artist, (Spine, Cell)):
        yield artist
    elif isinstance(artist, FigureBase | Axes):
        yield artist.patch  # type: ignore[union-attr]
    elif isinstance(artist, Legend):
        yield artist.get_frame()
    elif isinstance(artist, Tick):
        yield artist.gridline
    elif isinstance(artist, Text):
        yield artist.get_bbox_patch()
    elif isinstance(artist, Axis):
        yield from (getattr(artist, name, None) for name in ("pane", "gridlines"))


def _is_scale(artist: Any) -> bool:
    """Whether the colours of an artist stand for values all over an area."""
    if isinstance(artist, (Spine, Quiver, Barbs)):
        return False
    if hasattr(getattr(artist, "axes", None), "_colorbar") and isinstance(artist, (Patch, Collection)):
        return artist is not artist.axes.patch  # type: ignore[union-attr]
    if isinstance(artist, (QuadMesh, TriMesh)) or getattr(artist, "filled", False) or hasattr(artist, "set_zsort"):
        return True
    return isinstance(artist, (PolyCollection, PatchCollection)) and artist.get_array() is not None


def _hides_the_ground(scale: Any) -> bool:
    """Whether a colour scale is opaque, but for holes: what is tinted only is darker on a dark page."""
    if scale.get_alpha() is not None and not np.all(scale.get_alpha() == 1):
        return False
    painted = scale.get_facecolor() if hasattr(scale, "get_facecolor") else scale.to_rgba(scale.get_array())
    return bool(np.max(np.asarray(painted)[..., 3], initial=0) == 1)


def _moves(part: str) -> bool:
    """Whether a part is drawn anew: words that change and what is only shown or hidden stand still."""
    return part[:1].isdigit() and not part.endswith(".shown")


def _paper(fig: Figure) -> str:
    """The colour of the figure's background."""
    face = _hex(fig.get_facecolor())
    return "#ffffff" if face == NONE else face


def _hex(face: Any) -> str:
    return NONE if to_rgba(face)[3] == 0 else to_hex(face)


def _pair(both: Iterable[Any]) -> Any:
    light, dark = both
    return light, dark


def _short(pair: Pair) -> Pair:
    """A pair of paints as if they were opaque."""
    return pair[0][:7], pair[1][:7]


def _paint(style: Style, role: str) -> str | None:
    """The paint of a style that is one colour. Without a word a fill is black."""
    value = style.get(role, "#000000" if role == "fill" else NONE)
    alpha = _alpha(style, role)
    if not value.startswith("#") or not alpha or (role == "stroke" and float(style.get("stroke-width", 1)) == 0):
        return None
    return hexadecimal(rgb(value), alpha)


def _alpha(style: Style, role: str) -> int:
    return round(255 * float(style.get("opacity", 1)) * float(style.get(f"{role}-opacity", 1)))


def _style(element: ET.Element) -> Style:
    """What an element says of its looks."""
    pairs = (pair.split(":", 1) for pair in element.get("style", "").split(";") if pair.strip())
    said = {"fill": element.attrib["fill"]} if "fill" in element.attrib else {}
    return said | {name.strip(): value.strip() for name, value in pairs}


def _set(element: ET.Element, style: Style) -> None:
    element.attrib.pop("fill", None)
    element.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))
