"""Texts of a figure with fields: a title, a legend, a tick label that say numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.cbook import is_math_text
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Formatter, FuncFormatter

from livefig.controls.numbers import FIELD, checked_spec, format_number
from livefig.drawing.mathtext import tspans
from livefig.drawing.svg import SVG, replace
from livefig.words import WORDS

_DOLLAR = re.compile(r"(?<!\\)\$")
_FIELD_IN_MATH = re.compile(r"\{(\w+):([^{}]*)\}")  # any other braces are TeX's
_BARE_IN_MATH = re.compile(r"(?<![{}\w^])\{([^\W\d]\w+)\}")  # what an author may have meant as a field
_SPECIAL_IN_MATH = re.compile(r"([\\{}$])")
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
Put = Callable[[str, str], str]  # what stands in the place of a field, by its name and its format


class Written:
    """A text, and what its author wrote in it."""

    def __init__(self, text: Text, known: Collection[str]):
        self.text, self.known = text, known
        self.template = self.said = str(text.get_text())
        self.lines = self.template.split("\n")
        self.names = {name for line in self.lines for name, _ in self._fields(line)}
        self.parts: list[str] = []  # a template for each part of the SVG: a plain line, or a field beside mathematics
        for line in self.lines:
            if self._is_math(line):
                self.parts += [f"{{{name}:{spec}}}" for name, spec in self._fields(line)]
            elif self._fields(line):
                self.parts.append(line.replace(r"\$", "$") if text.get_parse_math() else line)

    @property
    def says_more(self) -> bool:
        """Whether matplotlib shall draw anything else than what was written."""
        return bool(self.names) or any(self._put(line, lambda *field: "") != line for line in self.lines)

    def refuse_what_cannot_flow(self) -> None:
        """Fields stand beside mathematics only if all of the line can be drawn as text."""
        for line in self.lines:
            if self._is_math(line) and self._fields(line) and self._spans(line, map(str, count())) is None:
                raise ValueError(
                    f"the text {self.template!r} has a field beside mathematics that is more than characters, for "
                    "example a root, a fraction, an accent or a sum: write these with plain characters (√x, a/b, ŷ, "
                    "Σ), or in a text or a line of their own"
                )

    def say(self, named: Mapping[str, Any]) -> None:
        """Let matplotlib draw the text with these values."""
        lines = [self._put(line, lambda name, spec: format_number(named[name], spec, WORDS)) for line in self.lines]
        self.said = "\n".join(lines)
        self.text.set_text(self.said)

    def rest(self) -> None:
        """Let the text be again what its author wrote."""
        self.said = self.template
        self.text.set_text(self.template)

    def mark(self, group: ET.Element, number: int) -> None:
        """Name the parts of the drawn text."""
        names = (f"text{number}.{k}" for k in count())
        elements = group.iter(f"{{{SVG}}}text")
        for line, said in zip(self.lines, self.said.split("\n"), strict=True):
            is_math, prop = self._is_math(line), self.text.get_fontproperties()
            if is_math and tspans(said, prop) is None:
                continue  # drawn as an outline
            element = next(elements, None)
            if element is None:
                raise ValueError(
                    f"the text {self.template!r} has fields, but is wrapped, or has path effects that make an outline "
                    "of it: leave these out, or the fields"
                )
            if not self._fields(line):
                continue
            if is_math:
                replace(element, self._spans(line, names) or "")
            else:
                element.set("data-part", next(names))
            if "text-anchor" not in element.get("style", ""):  # it has several lines, or is turned
                align = getattr(self.text, "_multialignment", None) or self.text.get_horizontalalignment()
                width, *_ = text_to_path.get_text_width_height_descent(said, prop, is_math)
                element.set("x", str({"left": 0, "center": width / 2, "right": width}[align]))
                element.set("style", f"{element.get('style')};text-anchor:{ANCHORS[align]}")

    def _is_math(self, line: str) -> bool:
        """Whether matplotlib draws mathematics in a line."""
        return self.text.get_parse_math() and is_math_text(line)

    def _put(self, line: str, put: Put) -> str:
        """The line for matplotlib with something else in the place of each field; dollars in it are dollars."""

        def outside(match: re.Match[str]) -> str:
            if not match[1]:
                return match[0][0]
            if match[1] not in self.known and not match[1].isidentifier():
                return match[0]
            text = put(match[1], match[2] or "")
            return text.replace("$", r"\$") if self.text.get_parse_math() else text

        def inside(match: re.Match[str]) -> str:
            return r"{\text{" + _SPECIAL_IN_MATH.sub(r"\\\1", put(match[1], match[2])) + "}}"

        if not self._is_math(line):
            return FIELD.sub(outside, line)
        pieces = _DOLLAR.split(line)
        pieces[::2] = [FIELD.sub(outside, piece) for piece in pieces[::2]]
        for piece in pieces[1::2]:
            if (bare := _BARE_IN_MATH.search(piece)) and bare[1] in self.known:
                raise ValueError(
                    f"the text {self.text.get_text()!r} has {bare[0]} between dollars, where braces are TeX's: write "
                    f"{{{bare[1]}:g}} for the number, or {{{bare[0]}}} for these letters"
                )
        pieces[1::2] = [_FIELD_IN_MATH.sub(inside, piece) for piece in pieces[1::2]]
        return "$".join(pieces)

    def _fields(self, line: str) -> list[tuple[str, str]]:
        """The names and formats of a line's fields."""
        found: list[tuple[str, str]] = []

        def put(name: str, spec: str) -> str:
            found.append((name, checked_spec(spec)))
            return ""

        self._put(line, put)
        return found

    def _spans(self, line: str, names: Iterator[str]) -> str | None:
        """A line with mathematics as tspans, its fields with the next of the names."""
        unused = (char for char in map(chr, range(0x2801, 0x2900)) if char not in line)  # any that has a glyph
        parts: dict[str, str] = {}

        def put(name: str, spec: str) -> str:
            parts[char := next(unused)] = next(names)
            return char

        return tspans(self._put(line, put), self.text.get_fontproperties(), parts)


def written(fig: Any, known: set[str], shown: Collection[Artist]) -> list[Written]:
    """The texts of a figure with fields like {loss:.3g}.

    known : the names that fields may have.
    shown : artists that may be hidden now, and are shown later.
    """
    found = []
    for text in fig.findobj(Text):
        if text.get_usetex() and text.get_text():
            raise ValueError(
                f"the text {text.get_text()!r} is to be set by LaTeX (text.usetex), which a page does not have: "
                "leave usetex out, and matplotlib draws what stands between dollars itself"
            )
        if not text.get_visible() and text not in shown:
            continue  # the other label of a tick, for example
        one = Written(text, known)
        if not one.names <= known:
            unknown = ", ".join(sorted(one.names - known))
            raise ValueError(
                f"the text {one.template!r} uses {unknown}: neither a control nor a name that update returns"
            )
        one.refuse_what_cannot_flow()
        if one.says_more:
            found.append(one)
    told = {one.template: one for one in found}
    for axis in fig.findobj(Axis) if told else ():
        for which in ("major", "minor"):
            if {label.get_text() for label in axis.get_ticklabels(which=which)} & told.keys():
                own = getattr(axis, f"get_{which}_formatter")()
                getattr(axis, f"set_{which}_formatter")(FuncFormatter(partial(_tick_label, told, own)))
    return found


def _tick_label(told: Mapping[str, Written], formatter: Formatter, value: float, position: int | None) -> str:
    """An axis writes its tick labels at each draw: what is said there now."""
    template = formatter(value, position)
    return told[template].said if template in told else template
