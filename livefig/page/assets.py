"""The figure's script and style: written once, as an anywidget module and as a classic script for pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ROOMS = Path(__file__).parents[1]
PARTS = ("program/machine", "controls/numbers", "drawing/paint", "page/figure", "page/tools")


def source(*names: str) -> str:
    """Files of the script, one after the other, by their rooms and names."""
    return "\n".join((ROOMS / f"{name}.js").read_text(encoding="utf-8") for name in names)


def widget_script() -> str:
    """An ES module for Jupyter."""
    return source(*PARTS, "page/widget") + "\nexport default { render };\n"


@cache
def page_script() -> str:
    """A classic script for pages: it works from file:// too."""
    return f'"use strict";(() => {{\n{source(*PARTS, "page/page")}\n}})();\n'


def style() -> str:
    return (ROOMS / "page/live.css").read_text(encoding="utf-8")
