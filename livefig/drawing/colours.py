"""Colours that can be read: against the ground that they stand on, as much is changed as is needed, and no more.

A paint is "#rrggbb", or "#rrggbbaa" where it lets something through. What counts is the colour that is seen: the paint
over its ground. Text needs a contrast of 4.5, everything else that says something 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage

RGB = tuple[int, ...]
LIGHT_GROUND: RGB = (0xFF, 0xFF, 0xFF)
DARK_GROUND: RGB = (0x14, 0x18, 0x1E)  # the book's, the lightest: saved pages and JupyterLab are a little darker
CONTRAST_OF_TEXT, CONTRAST_OF_LINES = 4.55, 3.05  # a little goes for rounding, and on other grounds
CURRENT = "currentColor"  # of the page's text; of a point with a colormap, its own


@cache
def readable(paint: str, ground: RGB, least: float) -> str:
    """The paint itself if its contrast is `least`; else less transparent, and if that is not enough, mixed with black
    or white, whichever is farther from the ground.

    >>> readable("#1f77b4", DARK_GROUND, 3), readable("#ffa500", DARK_GROUND, 3)
    ('#1f77b4', '#ffa500')
    >>> readable("#ffa500", LIGHT_GROUND, 3), readable("#1f77b41a", LIGHT_GROUND, 3)
    ('#cc8400', '#1f77b4bb')
    """
    colour = rgb(paint)
    for alpha in range(alpha_of(paint), 256):
        if contrast(seen(hexadecimal(colour, alpha), ground), ground) >= least:
            return hexadecimal(colour, alpha)
    end = max(((0, 0, 0), (255, 255, 255)), key=lambda extreme: contrast(extreme, ground))
    for percent in range(2, 101, 2):
        mixed = mix(colour, end, percent / 100)
        if contrast(mixed, ground) >= least:
            break
    return hexadecimal(mixed)


def seen(paint: str, ground: RGB) -> RGB:
    """The colour of a paint on its ground."""
    return mix(ground, rgb(paint), alpha_of(paint) / 255)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Two colours mixed; `share` is that of the other."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def rgb(paint: str) -> RGB:
    return tuple(int(paint[i : i + 2], 16) for i in (1, 3, 5))


def alpha_of(paint: str) -> int:
    """How opaque a paint is, up to 255."""
    return int(paint[7:] or "ff", 16)


def hexadecimal(colour: RGB, alpha: int = 255) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in (colour if alpha == 255 else (*colour, alpha)))


def contrast(a: RGB, b: RGB) -> float:
    """WCAG's contrast ratio of two sRGB colours, 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)), 1)
    21.0
    """
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colours_of(shapes: Any) -> list[str]:
    """The colours of shapes that have them one by one: those of their colormap, or of a list."""
    if shapes.get_array() is not None:
        return colour_table(shapes)
    listed = np.concatenate([shapes.get_facecolor(), shapes.get_edgecolor()])
    return [to_hex(c, keep_alpha=c[3] < 1)[1:] for c in listed if c[3]]


def colour_table(artist: Any) -> list[str]:
    """The colours of a colormap as its artist has them, without "#"; then those of values below, above, and of none.

    "" stands for what is not seen. An image fades the colours of its colormap, all others give them their own opacity.
    """
    colormap, outside = artist.get_cmap(), [0.0, 1.0, np.nan] if artist.norm.clip else [-1.0, 2.0, np.nan]
    own, faded = (None, artist.get_alpha()) if isinstance(artist, AxesImage) else (artist.get_alpha(), None)
    found = np.concatenate([colormap(np.arange(colormap.N), own), colormap(outside, own)])
    found[:, 3] *= 1 if faded is None else faded
    return [to_hex(c, keep_alpha=c[3] < 1)[1:] if c[3] else "" for c in found]
