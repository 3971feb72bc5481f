"""What the page paints, read from the SVG as marks like those of matplotlib's drawing."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.image import imread
from matplotlib.path import Path

from livefig.description import Axes
from livefig.drawing.colours import CURRENT
from livefig.drawing.drawn import LETTERS, Box, Faces, Look, Mark, cells, polylines
from livefig.drawing.hatches import hatch_of
from livefig.drawing.svg import replace as put_into

_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
_COLOUR = re.compile(r"#\w+")
CODES = {letter: code for code, letter in LETTERS.items()}
_HATCHED = re.compile(r"url\(#(.*)\)")
_HALF = np.linspace(0, np.pi, 60)  # of a circle


def painted(group: ET.Element, parts: Mapping[str, Mapping[str, Any]], axes: Axes) -> list[Mark]:
    """The marks of the parts in a group.

    group : the elements of one artist.
    parts : the attributes that its painter gives them.
    axes : in which it is cut.
    """
    clip: Any = tuple(axes["box"])
    cut, found = _outline(axes["cut"]) if "cut" in axes else None, []
    for element in group.iter():
        if name := element.get("data-part"):
            shift = _numbers(element.get("transform", "0 0"))
            found += [
                replace(mark, cut=cut, at=mark.at + shift) for mark in _element(element, parts.get(name, {}), clip)
            ]
    return found


def _element(element: ET.Element, attributes: Mapping[str, Any], clip: Box) -> Iterator[Mark]:
    if "href" in attributes:
        yield _grid(element, attributes["href"], clip)
        return
    style = dict(pair.split(":") for pair in element.get("style", "").split(";") if pair)
    mapped = [role for role, paint in style.items() if paint == CURRENT]
    if "faces" in attributes:
        if not (faces := attributes["faces"]):
            return
        looks = (_look(style | dict.fromkeys(mapped, colour)) for colour, _ in faces)
        corners = [np.reshape(_numbers(outline), (-1, 2)) for _, outline in faces]
        yield Mark(Faces(tuple(looks), tuple(map(len, corners))), None, np.concatenate(corners), clip)
        return
    if "inner" not in attributes:
        yield from marks_of_path(attributes.get("d", ""), _look(style), clip)
        return
    group = ET.Element("g")
    put_into(group, attributes["inner"])
    for path in group:
        own = dict(pair.split(":") for pair in path.get("style", "").split(";") if pair)
        own |= dict.fromkeys(mapped, _COLOUR.findall(own.pop("color", "#000"))[-1])
        yield from marks_of_path(path.get("d", ""), _look(style | own), clip)


def _grid(element: ET.Element, address: str, clip: Box) -> Mark:
    """The cells of an image. A smooth one has an odd number of pixels: that in the middle has its own colour."""
    left, top, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
    picture = np.round(255 * imread(io.BytesIO(base64.b64decode(address.partition(",")[2]))))
    rows, columns = map(int, element.get("data-cells", "").split())
    down, right = len(picture) // rows, picture.shape[1] // columns
    own = picture[down // 2 :: down, right // 2 :: right]
    x, y = np.linspace(left, left + width, columns + 1), np.linspace(top, top + height, rows + 1)
    look, shape, at = cells(own, np.stack(np.meshgrid(x, y), axis=-1), smooth=own.shape != picture.shape)
    return Mark(look, shape, at, clip)


def _look(style: Mapping[str, str]) -> Look:
    dashes = style.get("stroke-dasharray", "none")
    hatched = _HATCHED.fullmatch(style.get("fill", ""))
    return Look(
        **(hatch_of(hatched[1]) if hatched else {"fill": _paint(style, "fill")}),
        stroke=_paint(style, "stroke"),
        width=float(style.get("stroke-width", 1)),
        dashes=() if dashes == "none" else tuple(map(float, dashes.split(","))),
        dash_offset=float(style.get("stroke-dashoffset", 0)),
        join=style.get("stroke-linejoin", "round"),
        cap=style.get("stroke-linecap", "butt"),
    )


def _paint(style: Mapping[str, str], role: str) -> tuple[float, float, float, float] | None:
    colour = style.get(role, "none")
    if colour == "none":
        return None
    r, g, b, alpha = to_rgba(colour)
    if not alpha:
        return None
    return r, g, b, alpha * float(style.get(f"{role}-opacity", 1))


def marks_of_path(d: str, look: Look, clip: Box) -> Iterator[Mark]:
    """A path of lines is one mark; of markers, shapes in relative commands behind their places, each is a stamp."""
    lines, origin = [], np.zeros((1, 2))
    for piece in d.split("M")[1:]:
        if re.search("[a-y]", piece):
            place, shape = re.match(r"([^a-z]*)(.*)", piece).groups()  # type: ignore[union-attr]
            at = np.array([_numbers(place)])
            yield Mark(look, _marker(shape), at, clip, stamp=True)
            continue
        lines += polylines(_outline(f"M{piece}"))
    if lines:
        yield Mark(look, tuple(lines), origin, clip)


def _outline(d: str) -> Path:
    """A path of lines and Bézier curves."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for command, text in _COMMAND.findall(d):
        points = np.reshape(_numbers(text), (-1, 2)) if text else [vertices[0]]
        vertices += [*points]
        codes += [CODES[command]] * len(points)
    return Path(np.array(vertices), codes)


def _numbers(text: str) -> list[float]:
    return list(map(float, _NUMBER.findall(text)))


@cache
def _marker(shape: str) -> tuple[Any, ...]:
    """The polylines of a marker, from the relative commands that draw it."""
    here = start = np.zeros(2)
    vertices, codes = [here], [Path.MOVETO]
    for command, text in _COMMAND.findall(shape):
        numbers = _numbers(text)
        if command == "z":
            vertices, codes, here = [*vertices, start], [*codes, Path.CLOSEPOLY], start
            continue
        if command == "a":  # half a circle, as a disc has two
            way = np.array(numbers[-2:])
            angle = np.pi - _HALF[1:] if way[0] > 0 else -_HALF[1:]
            points = here + way / 2 + abs(way[0]) / 2 * np.column_stack([np.cos(angle), np.sin(angle)])
            kinds = [Path.LINETO] * len(points)
        else:
            points = here + np.reshape(numbers, (-1, 2))
            letter = {"m": Path.MOVETO, "l": Path.LINETO, "q": Path.CURVE3, "c": Path.CURVE4}[command]
            kinds = [letter] * len(points)
        vertices, codes, here = [*vertices, *points], [*codes, *kinds], points[-1]
        start = here if command == "m" else start
    return tuple(polylines(Path(np.array(vertices), codes)))
