"""Colours of a figure that can be read on light pages and on dark ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

Ground = tuple[int, int, int]
DARK_GROUND: Ground = (0x12, 0x12, 0x12)
LIGHT_GROUND: Ground = (0xFF, 0xFF, 0xFF)
CONTRAST_OF_TEXT, CONTRAST_OF_LINES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
DARK_THEMES = ('[data-theme="dark"]', '[data-jp-theme-light="false"]', ".vscode-dark")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")


def themed(text: str, prefix: str, moving: str) -> str:
    """An SVG whose colours follow the theme: black is that of the text around it, others get partners on dark pages.

    On light pages only what moves has to stand out: pale contours may stay pale.

    prefix : begins the class that the SVG gets, for its own rules.
    moving : the styles of what moves.
    """
    found = sorted(set(_hexes(text)) - {"#000000", "#ffffff"})
    bold = set(_hexes(moving))
    light = {c: readable(c, LIGHT_GROUND, CONTRAST_OF_LINES) if c in bold else c for c in found}
    text = _HEX.sub(lambda m: _variable(m[0].lower(), light), text)
    partners = ";".join(f"--{c[1:]}:{readable(c, DARK_GROUND, CONTRAST_OF_TEXT)}" for c in found)
    where = ",".join(f"{theme} .{prefix}-svg" for theme in DARK_THEMES)
    alone = f"@media screen and (prefers-color-scheme:dark){{.live-page .{prefix}-svg{{{partners}}}}}"
    style = f"<style>@media screen{{{where}{{{partners}}}}}{alone}</style>" if found else ""
    return text.replace("<svg ", f'<svg class="{prefix}-svg" ', 1).replace(">", f">{style}", 1)


def _variable(colour: str, light: Mapping[str, str]) -> str:
    if colour == "#000000":
        return "currentColor"
    if colour == "#ffffff":
        return "var(--live-ground,#fff)"
    return f"var(--{colour[1:]},{light[colour]})"


def _hexes(text: str) -> list[str]:
    return [colour.lower() for colour in _HEX.findall(text)]


def readable(colour: str, ground: Ground, least: float) -> str:
    """The colour, mixed with white on a dark ground or with black on a light one until its contrast is `least`.

    >>> readable("#1f77b4", DARK_GROUND, 4.5), readable("#ffdd00", DARK_GROUND, 4.5)
    ('#3585bc', '#ffdd00')
    >>> readable("#ff7f0e", LIGHT_GROUND, 3)
    '#e6720d'
    """
    rgb = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    towards = 0 if ground is LIGHT_GROUND else 255
    for percent in range(0, 101, 2):
        mixed = tuple(round(c + (towards - c) * percent / 100) for c in rgb)
        if contrast(mixed, ground) >= least:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)


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
