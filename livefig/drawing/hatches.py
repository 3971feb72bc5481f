"""Hatches: patterns that stand still while the shape that they fill moves. A pattern's id tells all of it."""

from __future__ import annotations

from typing import Any

from matplotlib.colors import to_hex, to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from livefig.drawing.drawn import Look, svg_path
from livefig.drawing.paint import short

TILE = 72  # points: matplotlib's
DENSITY = 6
HATCH = "hatch"  # begins the ids


def hatch_id(look: Look) -> str:
    """The id of a pattern: what it is made of, and its two colours and its linewidth.

    >>> hatch_id(Look(fill=(1, 1, 1, 1), hatch="//", hatch_colour=(1, 0, 0, 1), hatch_width=1.0))
    'hatch-2f2f-ffffffff-ff0000ff-1'
    """
    pattern, ground, colour = (look.hatch or "").encode().hex(), look.fill or (0, 0, 0, 0), look.hatch_colour or "k"
    digits = (to_hex(one, keep_alpha=True)[1:] for one in (ground, colour))
    return "-".join([HATCH, pattern, *digits, short(look.hatch_width)])


def hatch_of(name: str) -> dict[str, Any]:
    """What the id of a pattern says of a look."""
    _, pattern, ground, colour, width = name.split("-")
    fill = to_rgba(f"#{ground}")
    return {
        "fill": fill if fill[3] else None,
        "hatch": bytes.fromhex(pattern).decode(),
        "hatch_colour": to_rgba(f"#{colour}"),
        "hatch_width": float(width),
    }


def hatch_element(name: str) -> str:
    """The SVG element of a pattern, as matplotlib draws it."""
    look = hatch_of(name)
    lines: Any = Path.hatch(look["hatch"], DENSITY)
    d = svg_path(lines.transformed(Affine2D().scale(TILE, -TILE).translate(0, TILE)))
    both = (look["fill"] or (0, 0, 0, 0), look["hatch_colour"])
    (ground, over), (colour, cover) = ((to_hex(rgba[:3]), short(rgba[3])) for rgba in both)
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{TILE}" height="{TILE}">'
        f'<rect width="{TILE}" height="{TILE}" style="fill:{ground};fill-opacity:{over}"/>'
        f'<path d="{d}" style="fill:{colour};fill-opacity:{cover};stroke:{colour};stroke-opacity:{cover};'
        f'stroke-width:{short(look["hatch_width"])};stroke-linejoin:miter"/></pattern>'
    )
