"""A matplotlib figure as an SVG for a page: no ids that clash, colours that follow the theme, text that is text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import matplotlib as mpl

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
DARK_GROUND = (0x12, 0x12, 0x12)
CONTRAST = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
_NUMBER = re.compile(r"-?\d+\.\d+")


def settle(fig: Figure) -> None:
    """Give the figure its final layout, in points, so that what is measured now is what is drawn."""
    fig.set_dpi(72)
    fig.draw_without_rendering()
    fig.set_layout_engine("none")


def draw(fig: Figure, prefix: str, moving: dict[str, str]) -> str:
    """The figure as the text of one `<svg>` element.

    prefix : put before every id that the SVG refers to.
    moving : for the gid of each moving artist the SVG elements that stand for it.
    """
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix}):
        file = io.StringIO()
        fig.savefig(
            file,
            format="svg",
            transparent=True,
            metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")),
        )
    ET.register_namespace("", SVG)
    root = ET.fromstring(file.getvalue())
    _replace_moving(root, moving)
    _tidy(root, prefix)
    root.attrib.pop("width")
    root.attrib.pop("height")
    root.attrib.pop("version")
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    text = _NUMBER.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), text)
    return _colours(text, prefix)


def _replace_moving(root: ET.Element, moving: dict[str, str]) -> None:
    groups = {element.get("id"): element for element in root.iter(f"{{{SVG}}}g")}
    for gid, elements in moving.items():
        group = groups[gid]
        for child in list(group):
            group.remove(child)
        group.extend(ET.fromstring(f'<g xmlns="{SVG}">{elements}</g>'))


def _tidy(root: ET.Element, prefix: str) -> None:
    """Prefix the ids that are referred to; drop the others, blank text, and what the page styles itself."""
    referred = {e.get(XLINK, "")[1:] for e in root.iter()}
    referred |= set(re.findall(r"url\(#([^)]*)\)", " ".join(v for e in root.iter() for v in e.attrib.values())))
    for element in root.iter():
        name = element.get("id")
        if name in referred:
            element.set("id", f"{prefix}-{name}")
        elif name:
            del element.attrib["id"]
        if XLINK in element.attrib:
            element.set("href", f"#{prefix}-{element.attrib.pop(XLINK)[1:]}")
        for key, value in list(element.attrib.items()):
            value = re.sub(r"url\(#([^)]*)\)", rf"url(#{prefix}-\1)", value)
            if key == "d":
                value = " ".join(value.split())
            elif key == "style":
                value = re.sub(r"\s*font-family:[^;]*;?", "", value)
            elif key == "transform" and value.startswith("rotate(-0 "):
                del element.attrib[key]
                continue
            element.set(key, value)
        if element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None
    for parent in list(root.iter()):
        for child in list(parent):
            if (child.tag == f"{{{SVG}}}g" and not len(child) and not child.attrib) or child.tag == f"{{{SVG}}}style":
                parent.remove(child)


def _colours(text: str, prefix: str) -> str:
    """Black becomes the colour of the text around the figure; other colours get a partner for dark pages."""
    found = sorted({c.lower() for c in _HEX.findall(text)} - {"#000000", "#ffffff"})
    text = _HEX.sub(lambda m: _variable(m[0].lower()), text)
    partners = ";".join(f"--{c[1:]}:{on_dark(c)}" for c in found)
    where = ",".join(f"{theme} .{prefix}" for theme in DARK_THEMES)
    alone = f"@media screen and (prefers-color-scheme:dark){{.live-page .{prefix}{{{partners}}}}}"
    style = f"<style>@media screen{{{where}{{{partners}}}}}{alone}</style>" if found else ""
    return text.replace("<svg ", f'<svg class="{prefix}" ', 1).replace(">", f">{style}", 1)


DARK_THEMES = ('[data-theme="dark"]', '[data-jp-theme-light="false"]', ".vscode-dark")


def _variable(colour: str) -> str:
    if colour == "#000000":
        return "currentColor"
    if colour == "#ffffff":
        return "var(--live-ground,#fff)"
    return f"var(--{colour[1:]},{colour})"


def on_dark(colour: str) -> str:
    """The colour, lightened until it can be read on a dark page.

    >>> on_dark("#1f77b4"), on_dark("#ffdd00")
    ('#3585bc', '#ffdd00')
    """
    rgb = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    for percent in range(0, 101, 2):
        mixed = tuple(round(c + (255 - c) * percent / 100) for c in rgb)
        if contrast(mixed, DARK_GROUND) >= CONTRAST:
            return "#{:02x}{:02x}{:02x}".format(*mixed)
    return "#ffffff"


def contrast(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """WCAG's contrast ratio of two sRGB colours, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)), 1)
    21.0
    """
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[int, ...]) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
