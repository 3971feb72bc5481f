"""The figure's script and style.

What few figures need is a *part*: files, with what they alone import. A page whose figures need no part has a script
without it, where the names that other files import from it are undefined. Jupyter's module holds everything.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from livefig.artists import fields, limits, surfaces
from livefig.controls import formulas, ranges
from livefig.description import Description
from livefig.joined import joined

ROOMS = Path(__file__).parents[1]
PAGE, WIDGET = ROOMS / "page/page.js", ROOMS / "page/widget.js"
FAMILIES = {"fields": fields, "limits": limits, "space": surfaces}  # of artists that few figures have, by their part
CONTROLS = {"formulas": formulas, "ranges": ranges}  # and of controls
PARTS = {
    "fields": [ROOMS / "artists/fields.js"],
    "limits": [ROOMS / "artists/limits.js"],
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
    return frozenset(found | {"space"} if spec["spaces"] else found)


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")


def bring_files(app: Any, config: Any, folder: str, texts: Mapping[str, str]) -> None:
    """Give Sphinx static files that no folder of the book holds, and none that an earlier build gave it."""
    place = Path(app.doctreedir, folder)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    config.html_static_path.append(str(place))


def bring_script(context: Any, name: str, text: str) -> None:
    """Let a page of Sphinx ask for a script before all others, and not wait for it."""
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    address = f"{context['pathto'](f'_static/{name}', resource=True)}?v={version}"
    early = f'<link rel="preload" as="script" href="{address}"><script async src="{address}"></script>'
    context["metatags"] = context.get("metatags", "") + early
