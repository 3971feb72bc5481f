"""The figure's script and style: written once, as an anywidget module and as a classic script for pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

WEB = Path(__file__).parent / "web"
PARTS = ("machine", "numbers", "paint", "figure", "tools")


def _source(*names: str) -> str:
    return "\n".join((WEB / f"{name}.js").read_text(encoding="utf-8") for name in names)


def widget_script() -> str:
    """An ES module for Jupyter."""
    return _source(*PARTS, "widget") + "\nexport default { render };\n"


@cache
def page_script() -> str:
    """A classic script for pages: it works from file:// too."""
    return f'"use strict";(() => {{\n{_source(*PARTS, "page")}\n}})();\n'


def style() -> str:
    return (WEB / "live.css").read_text(encoding="utf-8")
