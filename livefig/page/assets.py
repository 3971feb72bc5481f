"""The figure's script and style.

What few figures need is a *part*: files, with what they alone import. It is a script of its own, which only pages with
such figures ask for: one figure lives before the parts of another have come. Jupyter's module holds everything.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from livefig.artists import areas, fields, limits, patches, pointers, points, segments, surfaces
from livefig.controls import checkboxes, choices, formulas, ranges
from livefig.description import Description
from livefig.joined import joined, split

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
TOOLS = "tools"  # the part that every page asks for when its figures live
ARTISTS = {  # families that not every figure has, by their part
    "points": [points], "areas": [areas], "segments": [segments], "patches": [patches], "pointers": [pointers],
    "fields": [fields], "limits": [limits], "space": [surfaces],
}  # fmt: skip
CONTROLS = {"choices": [choices, checkboxes], "formulas": [formulas], "ranges": [ranges]}
MORE = {"matmul", "put", "put_rows", "searchsorted", "argmax", "argmin", "sort", "argsort"}  # what more.js has
PARTS = {
    name: [Path(str(family.__file__)).with_suffix(".js") for family in families]
    for name, families in {**ARTISTS, **CONTROLS}.items()
}
PARTS["formulas"].append(ROOMS / "program/calls.js")
PARTS["polar"] = [ROOMS / "drawing/polar.js"]
PARTS["more"] = [ROOMS / "program/more.js"]
PARTS["space"].append(ROOMS / "page/turning.js")
PARTS["drag"] = [ROOMS / "page/handle.js"]
PARTS[TOOLS] = [ROOMS / f"page/{name}.js" for name in ("access", "address", "tools")]


def widget_script() -> str:
    """An ES module for Jupyter."""
    return joined(WIDGET) + "\nexport default { render };\n"


@cache
def page_scripts() -> dict[str, str]:
    """The classic scripts of pages, which work from file:// too: `live`, and by their names those of the parts."""
    core, parts = split(PAGE, PARTS)
    return {"live": f'"use strict";(() => {{\n{core}\n}})();\n', **parts}


def page_script(parts: Collection[str]) -> str:
    """One classic script for a page whose figures need these parts."""
    return "".join(page_scripts()[name] for name in [*sorted({*parts, TOOLS}), "live"])


def parts_of(spec: Description) -> frozenset[str]:
    """The names of the parts that a figure needs."""
    kinds = {one["kind"] for one in (*spec["artists"], *spec["controls"])}
    found = {name for name, families in ARTISTS.items() if any(kinds & one.PAINTERS.keys() for one in families)}
    found |= {name for name, families in CONTROLS.items() if any(kinds & one.MODELS.keys() for one in families)}
    operations = {name for tape in spec["tapes"] for name in tape["ops"]}
    also: dict[str, Any] = {"space": spec["spaces"], "drag": spec["drag"], "more": operations & MORE}
    also["polar"] = [axes for axes in spec["axes"] if "polar" in axes]
    return frozenset(found | {name for name, needed in also.items() if needed})


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")


def script_tag(app: Any, pagename: str, name: str, text: str, early: bool = False) -> str:
    """How a page of Sphinx asks for a script, and does not wait for it; early: before all that is not."""
    _write(app, name, text)
    folder = posixpath.dirname(app.builder.get_target_uri(pagename)) or "."
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    address = f"{posixpath.relpath(f'_static/{name}', folder)}?v={version}"
    if early:
        return f'<link rel="preload" as="script" href="{address}"><script async src="{address}"></script>'
    return f'<script async fetchpriority="low" src="{address}"></script>'


def bring_style(app: Any, name: str, text: str) -> None:
    """Give a page of Sphinx a style sheet."""
    _write(app, name, text)
    app.add_css_file(name)


def _write(app: Any, name: str, text: str) -> None:
    place = Path(app.outdir, "_static", name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
