"""Mathematics of a figure as text: what matplotlib lays out between dollars, where plain characters can say it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, get_font, ttfFontProperty, weight_dict
from matplotlib.mathtext import MathTextParser

from livefig.drawing.paint import short

PAGE_FONT = "DejaVu Sans"  # what live.css asks for
READABLE = (PAGE_FONT, "DejaVu Serif")  # of matplotlib's fonts for mathematics, those whose characters are Unicode's
PRIME = ("cmsy10", "0")  # where mathtext finds the prime
NEAR = 0.02  # points; what is closer follows without a gap


def tspans(line: str, prop: FontProperties, parts: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """A line with mathematics as SVG tspans that flow; None if it needs more than characters in their places.

    prop : the font of the text that the line stands in.
    parts : characters that stand for fields, and the names of the parts that they become.

    >>> tspans("$x^2$", FontProperties(size=10))
    '<tspan dy="-0.67" style="font-style:oblique">x</tspan><tspan dx="0.45" dy="-4.13" style="font-size:7px">2</tspan>'
    """
    layout = MathTextParser("path").parse(line, 72, prop)
    if len(layout.rects):
        return None
    text, run, wall = "", None, float("-inf")
    at, base, last = 0.0, 0.0, prop.get_size_in_points()  # the end of what is written, its base line and its size
    for font, size, code, *_, x, y in layout.glyphs:
        char = "\N{NO-BREAK SPACE}" if code == 32 else chr(code)
        if (font.family_name, char) == PRIME:
            font, size, char, y = get_font(findfont(PAGE_FONT)), last, "′", base
        if font.family_name not in (*READABLE, family(prop)) or unicodedata.combining(char) or x < wall:
            return None
        look, part = _look(font, size, prop), parts.get(char)
        if part or run != look or abs(x - at) > NEAR or abs(y - base) > NEAR:
            moves = {"dx": short(x - at), "dy": short(base - y), "style": look, "data-part": part or ""}
            said = "".join(f' {name}="{value}"' for name, value in moves.items() if value not in ("", "0"))
            text += ("</tspan>" if text else "") + f"<tspan{said}>"
        font.set_size(size, 72)
        at, base, last = x + font.load_char(ord(char)).linearHoriAdvance / 65536, y, size
        if part:  # a number may become longer: what follows must stand behind it, not above or below
            wall, run = at - NEAR, None
        else:
            text, run = text + escape(char), look
    return text and text + "</tspan>"


def _look(font: Any, size: float, prop: FontProperties) -> str:
    """How characters differ from those of the text around them, as CSS."""
    entry = ttfFontProperty(font)
    weights: dict[Any, int] = weight_dict
    around = weights.get(prop.get_weight(), prop.get_weight())
    name = entry.name if entry.name != family(prop) else ""
    style = {
        "font-size": f"{short(size)}px" if abs(size - prop.get_size_in_points()) > NEAR else "",
        "font-style": entry.style if entry.style != prop.get_style() else "",
        "font-weight": entry.weight if entry.weight != around else "",
        "font-family": f"'{name}',{generic(name)}" if name else "",
    }
    return ";".join(f"{key}:{value}" for key, value in style.items() if value)


def family(prop: FontProperties) -> str:
    """The font that matplotlib finds for what was asked for."""
    return str(get_font(findfont(prop)).family_name)


def generic(name: str) -> str:
    """The kind of a font, for readers who do not have it.

    >>> generic("DejaVu Serif"), generic("DejaVu Sans Mono"), generic("Arial")
    ('serif', 'monospace', 'sans-serif')
    """
    kinds = ("serif", "monospace", "cursive", "fantasy")
    lists: Any = mpl.rcParamsDefault
    return next((kind for kind in kinds if name in lists[f"font.{kind}"]), "sans-serif")
