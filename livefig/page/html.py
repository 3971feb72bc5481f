"""The published figure as HTML: complete without a script, and ready for the script to wake it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from html import escape

from livefig.controls import controls
from livefig.description import Description, check
from livefig.drawing.svg import filled
from livefig.page import assets
from livefig.page.state import settings_of, state_at

FIGURE = '<figure class="live-figure"'  # how each begins
POLICY = (
    "default-src 'none'; script-src 'sha256-{own}'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def identifier(title: str) -> str:
    """The id of a figure on a page, from its title: letters and digits of any script, other signs by their numbers.

    >>> identifier("Descent on an elongated bowl"), identifier("勾配降下法"), identifier("∇f")
    ('live-descent-on-an-elongated-bowl', 'live-勾配降下法', 'live-2207-f')
    """
    kept = "".join(map(_in_id, unicodedata.normalize("NFKC", title).lower()))
    return "live-" + (re.sub("-+", "-", kept).strip("-") or "figure")


def figure_id(spec: Description) -> str:
    """The id of a figure on a page: by the name that its author gave it, or else by its title."""
    return identifier(figure_name(spec))


def figure_name(spec: Description) -> str:
    """What asks call a figure: the name that its author gave it, or else its title."""
    return spec["id"] or spec["title"]


def checked_id(name: str) -> str:
    """A name that can stand in an address as it is.

    >>> checked_id("descent")
    'descent'
    >>> checked_id("My descent!")
    Traceback (most recent call last):
    ValueError: id='My descent!' cannot stand in an address: write id='my-descent'
    """
    could = identifier(name).removeprefix("live-")
    if name and name != could:
        raise ValueError(f"id={name!r} cannot stand in an address: write id={could!r}")
    return name


def _in_id(character: str) -> str:
    """What an id has of a character: valid in HTML, in CSS, and as part of an address."""
    kind = unicodedata.category(character)[0]
    if kind in "LMN":  # letters, marks, numbers
        return character
    return "-" if character.isascii() or kind in "PZ" else f"-{ord(character):x}-"  # punctuation and spaces


def figure_html(name: str, svg: str, spec: Description) -> str:
    """One `<figure>`: title, plot, sentence, inputs at their values, and the description for the script.

    name : the id; unique on the page.
    svg : the picture as `svg.draw` made it.
    spec : the figure's description with its controls as they shall stand.
    Raises ValueError for a description of another version.
    """
    check(spec)
    words = spec["words"]
    first = state_at(spec, settings_of(spec))
    plot = filled(svg, first.parts)
    described = f' aria-describedby="{name}_description"' if spec["description"] else ""
    plot = plot.replace("<svg ", f'<svg role="img" aria-label="{escape(spec["title"])}"{described} ', 1)
    *_, width, height = svg.partition('viewBox="')[2].partition('"')[0].split()
    description = (
        f'<p class="live-description" id="{name}_description">{escape(spec["description"])}</p>'
        if spec["description"]
        else ""
    )
    # The room for the sentence is that of the longest, with its fields as their author wrote them.
    longest = max((sentence for _, sentence in spec["readout"]), key=len, default="")
    tools = " ".join(
        [
            "live-tools",
            *["live-timed"] * bool(spec["time"]),
            *["live-turns"] * bool(spec["spaces"] and not spec["view"]),
        ]
    )
    inputs = "\n".join(controls.html(f"{name}_{c['name']}", c, words) for c in spec["controls"])
    data = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    data = data.replace("<", "\\u003c")  # nothing in it may end the script or begin a comment
    return (
        f'{FIGURE} id="{name}" style="--live-ratio:{width}/{height}" aria-labelledby="{name}_title" '
        f'data-figure="{escape(figure_name(spec))}" data-parts="{" ".join(sorted(assets.parts_of(spec)))}" '
        f'data-broken="{escape(words["broken"])}">\n'
        f'<figcaption class="live-title" id="{name}_title">{escape(spec["title"])}</figcaption>\n'
        f'<div class="live-body">\n<div class="live-view">\n<div class="live-plot">{plot}</div>\n{description}'
        f'<p class="readout" role="status" data-longest="{escape(longest)}">{escape(first.sentence)}</p>\n</div>\n'
        f'<div class="live-side">\n<div class="live-controls">\n{inputs}\n</div>\n'
        f'<div class="{tools}"></div>\n</div>\n</div>\n'
        f'<noscript><p class="live-note">{escape(words["no_script"])}</p></noscript>\n'
        f'<script type="application/json">{data}</script>\n</figure>\n'
    )


def page_html(svg: str, spec: Description) -> str:
    """A page that holds one figure and everything it needs, and runs no script but its own."""
    title = escape(spec["title"])
    script = assets.page_script(assets.parts_of(spec))
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f'<!doctype html>\n<html lang="en" class="live-page">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(own=own)}">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{assets.style()}</style>\n{figure_html(figure_id(spec), svg, spec)}"
        f"<script>{script}</script>\n</html>\n"
    )
