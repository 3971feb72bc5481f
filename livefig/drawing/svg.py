"""A matplotlib figure as an SVG for a page: no ids that clash, text that is text, colours that follow the theme."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.transforms import Bbox

from livefig.drawing.canvas import MARKUP, POINTS, PageCanvas, drawn_on, frame
from livefig.drawing.hatches import HATCH, hatch_element
from livefig.drawing.mathtext import PAGE_FONT, generic
from livefig.drawing.paint import short
from livefig.drawing.theme import artists_of, bare, themed

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
UNSEEN = 0.03  # points of the page: a line that is off by less looks the same
GRAIN = 0.1  # points of the page: the grid on which a line that does not move is written
_NUMBER = re.compile(r"-?\d+\.\d+")
_STRAIGHT = re.compile(r"(?:[ML] \S+ \S+|z| )+")
_LEADING = re.compile(r"(?<!\d)0\.")  # zeros that a path does without
_STEP = re.compile(r"z|([ML]) (\S+) (\S+)")


def settle(fig: Figure) -> None:
    """Give the figure its final layout, in points, so that what is measured now is what is drawn."""
    fig.set_dpi(POINTS)
    with drawn_on(fig, FigureCanvasAgg):
        fig.draw_without_rendering()
        for legend in fig.findobj(Legend):
            if legend._loc == Legend.codes["best"]:  # type: ignore[attr-defined]
                _stay(legend)
    fig.set_layout_engine("none")


def _stay(legend: Any) -> None:
    """A legend that looks for room (loc="best") stays in the corner that it has found."""
    found = legend.get_window_extent().p0
    for loc in Legend.codes:
        if loc != "best":
            legend.set_loc(loc)
            if np.allclose(legend.get_window_extent().p0, found):
                return


Edit = Callable[[ET.Element], None]


def draw(fig: Figure, prefix: str, edits: Sequence[tuple[Artist, Edit]], defs: str, spare: Iterable[Bbox] = ()) -> str:
    """The figure as the text of one `<svg>` element.

    prefix : put before every id that the SVG refers to.
    edits : artists, and what to do with the group of the SVG that an artist draws.
    defs : elements to refer to.
    spare : room for what may be drawn later.
    """
    file, settings, artists = io.StringIO(), {"svg.fonttype": "none", "svg.hashsalt": prefix}, artists_of(fig)
    with (
        drawn_on(fig, PageCanvas, **settings),
        _named(artists),
        _hidden(bare(fig)),
        _grouped(artist for artist, _ in edits),
    ):
        fig.savefig(
            file,
            format="svg",
            dpi=POINTS,
            transparent=False,
            facecolor=fig.get_facecolor(),
            metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")),
        )
        seen = frame(fig, spare)
    root = parsed(file.getvalue())
    box = [seen.x0, fig.bbox_inches.y1 - seen.y1, seen.width, seen.height]
    root.set("viewBox", " ".join(short(POINTS * value) for value in box))
    for element in root.iter(f"{{{SVG}}}text"):
        if element.text and element.text.startswith(MARKUP):
            replace(element, element.text[1:])
    shared = _taken_out(root, f"{{{SVG}}}defs")  # of markers: a legend may use that of a moving line
    groups = {element.get("id"): element for element in root.iter(f"{{{SVG}}}g")}
    for number, (artist, edit) in enumerate(edits):
        if f"{GROUP}-{number}" not in groups:
            raise ValueError(f"{artist!r} is not drawn: make it visible, the figure shows and hides it")
        edit(groups[f"{GROUP}-{number}"])
    root.insert(0, ET.Element(f"{{{SVG}}}defs"))
    referred = _referred(root, *shared)
    replace(root[0], defs + "".join(hatch_element(name) for name in sorted(referred) if name.startswith(HATCH)))
    root[0].extend(element for part in shared for element in part if element.get("id") in referred)
    for sheet in (element for part in shared for element in part.iter(f"{{{SVG}}}style")):
        root.attrib |= dict(re.findall(r"([\w-]+): (\w+)", sheet.text or ""))  # what it says of every element
    owners = {f"{NAME}-{number}": artist for number, artist in enumerate(artists)}
    owners |= {f"{GROUP}-{number}": artist for number, (artist, _) in enumerate(edits)}
    themed(root, prefix, fig, owners)
    _tidy(root, prefix)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute)
    return ET.tostring(root, encoding="unicode")


def filled(text: str, parts: Mapping[str, Mapping[str, Any]]) -> str:
    """The SVG with the attributes of its moving parts.

    "text" is the words of a part, "inner" its elements, "faces" the colour and the outline of each face.
    """
    root = parsed(text)
    for element in root.iter():
        for attribute, value in parts.get(element.get("data-part", ""), {}).items():
            if attribute == "text":
                element.text = value
            elif attribute == "inner":
                replace(element, value)
            elif attribute == "faces":
                element[:] = [ET.Element(f"{{{SVG}}}path", color=colour, d=outline) for colour, outline in value]
            else:
                element.set(attribute, value)
    return ET.tostring(root, encoding="unicode")


def parsed(text: str) -> ET.Element:
    ET.register_namespace("", SVG)
    return ET.fromstring(text)


def replace(parent: ET.Element, elements: str) -> None:
    """Put elements of our own into one, in the place of what it had."""
    parent.text, parent[:] = None, list(parsed(f'<g xmlns="{SVG}">{elements}</g>'))


GROUP, NAME = "live", "drawn"


@contextmanager
def _named(artists: Sequence[Artist]) -> Iterator[None]:
    """Let artists name the groups that they draw: drawn-0, drawn-1, …"""
    names = [artist.get_gid() for artist in artists]
    for number, artist in enumerate(artists):
        artist.set_gid(f"{NAME}-{number}")
    try:
        yield
    finally:
        for artist, name in zip(artists, names, strict=True):
            artist.set_gid(name)


@contextmanager
def _hidden(artists: Iterable[Artist]) -> Iterator[None]:
    """Leave artists out for a while."""
    shown = [artist for artist in artists if artist.get_visible()]
    for artist in shown:
        artist.set_visible(False)
    try:
        yield
    finally:
        for artist in shown:
            artist.set_visible(True)


@contextmanager
def _grouped(artists: Iterable[Artist]) -> Iterator[None]:
    """Let artists draw themselves into groups of their own, live-0, live-1, …: one for each time they are named."""
    wrapped = []
    for number, artist in enumerate(artists):
        artist.draw = partial(_draw_grouped, artist.draw, f"{GROUP}-{number}")  # type: ignore[method-assign]
        wrapped.append(artist)
    try:
        yield
    finally:
        for artist in set(wrapped):
            del artist.draw  # the method of its class again


def _draw_grouped(draw: Callable[..., Any], gid: str, renderer: Any) -> None:
    """Draw between the beginning and the end of a group. A picture in pixels has to be finished inside it."""
    _finish_pixels(renderer)
    renderer.open_group(GROUP, gid)
    draw(renderer)
    _finish_pixels(renderer)
    renderer.close_group(GROUP)


def _finish_pixels(renderer: Any) -> None:
    if getattr(renderer, "_rasterizing", False):
        renderer.stop_rasterizing()
        renderer._rasterizing = False


def _tidy(root: ET.Element, prefix: str) -> None:
    """Prefix the ids that are referred to; drop the others, blank text, and what the page styles itself."""
    referred = _referred(root)
    for element in root.iter():
        name = element.get("id")
        if name in referred:
            element.set("id", f"{prefix}-{name}")
        elif name:
            del element.attrib["id"]
        if XLINK in element.attrib:
            target = element.attrib.pop(XLINK)
            element.set("href", f"#{prefix}-{target[1:]}" if target.startswith("#") else target)
        for key, value in list(element.attrib.items()):
            if key == "transform" and value.startswith("rotate(-0 "):
                del element.attrib[key]
            elif key not in ("id", "href", "data-part"):
                value = re.sub(r"url\(#([^)]*)\)", rf"url(#{prefix}-\1)", value)
                value = " ".join(_NUMBER.sub(lambda m: short(float(m[0])), value).split())
                if key == "style":
                    value = _style(value)
                elif key == "d" and "data-part" not in element.attrib and _STRAIGHT.fullmatch(value):
                    value = _relative(value)
                if value or key != "style":
                    element.set(key, value)
                else:
                    del element.attrib[key]
        if element.text and not element.text.strip(" \n"):
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None
    for parent in reversed(list(root.iter())):
        parent[:] = [kept for child in parent for kept in _flat(child)]


def _relative(path: str) -> str:
    """A path of straight lines without the points that nobody sees, and each as seen from the one before."""
    text, here = "", np.zeros(2, dtype=int)
    for piece in path.split("M")[1:]:
        points = np.array([step[1:] for step in _STEP.findall(f"M{piece}") if step[0]], dtype=float)
        places = np.rint(points[_seen(points)] / GRAIN).astype(int)
        steps = np.diff(places, axis=0, prepend=here[None]) * GRAIN
        text += "m" + _LEADING.sub(".", " ".join(map(short, steps.ravel().tolist())).replace(" -", "-"))
        closed = piece.rstrip().endswith("z")
        text, here = text + "z" * closed, places[0 if closed else -1]
    return text


def _seen(points: Any) -> Any:
    """Which points of a polyline to keep, so that it passes by the others within UNSEEN. (Ramer 1972.)"""
    kept, open_parts = np.zeros(len(points), dtype=bool), [(0, len(points) - 1)]
    kept[[0, -1]] = True
    while open_parts:
        first, last = open_parts.pop()
        between, chord = points[first + 1 : last] - points[first], points[last] - points[first]
        share = np.clip(between @ chord / max(chord @ chord, 1e-12), 0, 1)
        distances = np.hypot(*(between - share[:, None] * chord).T)
        if np.max(distances, initial=0) > UNSEEN:
            farthest = first + 1 + int(np.argmax(distances))
            kept[farthest] = True
            open_parts += [(first, farthest), (farthest, last)]
    return kept


def _flat(element: ET.Element) -> list[ET.Element]:
    """What there is to draw of an element: groups that neither say anything nor hold what moves are their contents."""
    says = element.tag != f"{{{SVG}}}g" or element.attrib or any("data-part" in child.attrib for child in element)
    return [element] if says else list(element)


def _referred(*trees: ET.Element) -> set[str]:
    """The ids that are referred to."""
    values = [value for tree in trees for element in tree.iter() for value in element.attrib.values()]
    targets = {e.get(XLINK, "")[1:] for tree in trees for e in tree.iter()}
    return targets | set(re.findall(r"url\(#([^)]*)\)", " ".join(values)))


def _taken_out(root: ET.Element, tag: str) -> list[ET.Element]:
    """The elements of a kind, removed from wherever they stood."""
    found = []
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == tag]:
            parent.remove(child)
            found.append(child)
    return found


def _style(text: str) -> str:
    """A style without the font that is the page's.

    >>> _style("font-family: 'DejaVu Sans'; fill: #f2f2f2; stroke-width: 2")
    'fill:#f2f2f2;stroke-width:2'
    """
    pairs = (pair.split(":", 1) for pair in text.split(";") if pair.strip())
    style = {name.strip(): value.strip() for name, value in pairs}
    font = style.pop("font-family", f"'{PAGE_FONT}'")
    if font != f"'{PAGE_FONT}'":
        style["font-family"] = font if "," in font else f"{font},{generic(font[1:-1])}"
    return ";".join(f"{name}:{value}" for name, value in style.items())
