"""The figure's script and style.

What few figures need is a *part*: files, with what they alone import. A page whose figures need no part has a script
without it, where the names that other files import from it are undefined. Jupyter's module holds everything.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from livefig.artists import fields, limits, patches, pointers, segments, surfaces
from livefig.controls import formulas, ranges
from livefig.description import Description
from livefig.joined import joined

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
FAMILIES = {  # of artists that few figures have, by their part
    "segments": segments, "patches": patches, "pointers": pointers, "fields": fields, "limits": limits,
    "space": surfaces,
}  # fmt: skip
CONTROLS = {"formulas": formulas, "ranges": ranges}  # and of controls
PARTS = {
    "segments": [ROOMS / "artists/segments.js"],
    "patches": [ROOMS / "artists/patches.js"],
    "pointers": [ROOMS / "artists/pointers.js"],
    "fields": [ROOMS / "artists/fields.js"],
    "limits": [ROOMS / "artists/limits.js"],
    "polar": [ROOMS / "drawing/polar.js"],
    "space": [ROOMS / "artists/surfaces.js", ROOMS / "page/turning.js"],
    "formulas": [ROOMS / "controls/formulas.js"],
    "ranges": [ROOMS / "controls/ranges.js"],
}


def widget_script() -> str:
    """An ES module for Jupyter."""
    return joined(WIDGET) + "\nexport default { render };\n"


@cache
def page_script(parts: frozenset[str] = frozenset()) -> str:
    """A classic script for pages whose figures need these parts: it works from file:// too."""
    left_out = [path for name, paths in PARTS.items() if name not in parts for path in paths]
    return f'"use strict";(() => {{\n{joined(PAGE, left_out)}\n}})();\n'


def parts_of(spec: Description) -> frozenset[str]:
    """The names of the parts that a figure needs."""
    artists, controls = ({one["kind"] for one in some} for some in (spec["artists"], spec["controls"]))
    found = {name for name, family in FAMILIES.items() if artists & family.PAINTERS.keys()}
    found |= {name for name, family in CONTROLS.items() if controls & family.MODELS.keys()}
    found |= {"space"} if spec["spaces"] else set()
    return frozenset(found | {"polar"} if any("polar" in axes for axes in spec["axes"]) else found)


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")


def bring_script(app: Any, context: Any, name: str, text: str) -> None:
    """Let a page of Sphinx ask for a script before all others, and not wait for it."""
    _write(app, name, text)
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    address = f"{context['pathto'](f'_static/{name}', resource=True)}?v={version}"
    early = f'<link rel="preload" as="script" href="{address}"><script async src="{address}"></script>'
    context["metatags"] = context.get("metatags", "") + early


def bring_style(app: Any, name: str, text: str) -> None:
    """Give a page of Sphinx a style sheet."""
    _write(app, name, text)
    app.add_css_file(name)


def _write(app: Any, name: str, text: str) -> None:
    place = Path(app.outdir, "_static", name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
