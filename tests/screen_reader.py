"""Prints what a screen reader gets of the pages of running browsers, by AT-SPI. The system's Python runs it."""

import json
from collections.abc import Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def inside(thing: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    yield thing
    for place in range(thing.get_child_count()):
        if child := thing.get_child_at_index(place):
            yield from inside(child)


def heard(thing: Atspi.Accessible) -> tuple[str, str, str | None]:
    """Its role, its name, and its value or text."""
    text = Atspi.Text.get_text(thing, 0, -1) if "Text" in thing.get_interfaces() else None
    return thing.get_role_name(), thing.get_name(), thing.get_attributes().get("valuetext", text)


print(json.dumps([heard(thing) for thing in inside(Atspi.get_desktop(0))]))
