"""The letters of a figure, seen on a phone."""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

from livefig.drawing.canvas import POINTS, frame
from livefig.drawing.drawn import Drawn
from livefig.record.refuse import warn

PHONE = 345  # pixels: as wide is a figure on a phone of 375
READABLE = 11  # pixels


def smallest_letters(drawn: Iterable[Artist]) -> tuple[float, str]:
    """The size of the smallest letters that are drawn, and their text. Raised ones in it may be smaller."""
    texts = [artist for artist in drawn if isinstance(artist, Text) and artist.get_text().strip()]
    return min(((float(text.get_fontsize()), text.get_text()) for text in texts), default=(math.inf, ""))


def warn_of_small_letters(fig: Figure, drawn: Drawn) -> None:
    """Say which letters of a figure can hardly be read on a phone, and what to write."""
    (size, text), whole = smallest_letters(drawn), POINTS * frame(fig).width
    pixels = size * PHONE / whole
    if pixels < READABLE:
        warn(
            f"on a phone the letters of {text!r} are {pixels:.1f} pixels high, which is hard to read: "
            f"{_advice(fig, size, whole)}"
        )


def _advice(fig: Figure, size: float, whole: float) -> str:
    """What to write for letters of a size in points, in a picture as wide as the whole."""
    width, height = fig.get_size_inches()
    if whole > POINTS * width:
        return 'bring into the figure what stands beside it; layout="constrained" does so with labels'
    narrow = math.floor(10 * size * PHONE / READABLE / POINTS) / 10
    narrower = f"figsize=({narrow:g}, {height * narrow / width:.1f}), or " if narrow > width / 2 else ""
    larger = math.ceil(2 * whole * READABLE / PHONE) / 2
    return (
        f'write {narrower}fontsize={larger:g} for the text, or plt.rcParams["font.size"] = {larger:g} above the figure'
    )
