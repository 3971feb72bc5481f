"""Pictures in their lightest form, fetched when they come near: the same pixels, or a palette where few are in use.

What a cell draws for fine screens is no larger on a page than it says.
"""

import base64
import binascii
import io
from pathlib import Path

from cells import cell_of, for_each
from docutils import nodes
from html_tree import tree
from PIL import Image, UnidentifiedImageError
from when_written import when_written

PNG = "data:image/png;base64,"
FEW_COLOURS, PALETTE = 4096, 128
PLAIN = 96  # pixels to the inch, of a page


def lighten_in_html(app, docname, node):
    """The pictures that a piece of HTML carries in itself, but those that a live figure paints anew."""
    text = node.astext()
    if PNG not in text:
        return
    for picture in tree(text).find_all(["img", "image"], attrs={"data-part": False}):
        for name in ("src", "href", "xlink:href"):
            address = picture.get(name, "")
            if address.startswith(PNG):
                text = text.replace(address, lighter(address))
    node.clear()
    node += nodes.Text(text)


def lighter(address):
    """The address of the same pixels: WebP says without loss in two thirds what PNG says. What is no PNG stays."""
    webp = io.BytesIO()
    try:
        with Image.open(io.BytesIO(base64.b64decode(address.removeprefix(PNG)))) as picture:
            picture.save(webp, "WEBP", lossless=True, quality=100, method=6)
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return address
    return f"data:image/webp;base64,{base64.b64encode(webp.getvalue()).decode()}"


def fetch_late(app, docname, node):
    node.setdefault("loading", "lazy")


def as_wide_as_drawn(app, docname, node):
    path = Path(app.srcdir, node["uri"])
    if cell_of(node) and path.suffix == ".png":
        with Image.open(path) as picture:
            resolution, _ = picture.info.get("dpi", (PLAIN, PLAIN))
            if round(resolution) > PLAIN:  # a PNG counts pixels to the metre
                node.setdefault("width", f"{picture.width * PLAIN / resolution:.0f}px")


def choose_colours(app):
    """Drawings need few colours: a palette makes them a third as heavy. Photographs stay as they are."""
    for path in Path(app.outdir, "_images").glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode != "P" and picture.getcolors(FEW_COLOURS):
                on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
                on_white.convert("RGB").quantize(PALETTE, dither=Image.Dither.NONE).save(path, optimize=True)


def setup(app):
    for_each(app, "doctree-resolved", nodes.raw, lighten_in_html)
    for_each(app, "doctree-resolved", nodes.image, fetch_late)
    for_each(app, "doctree-resolved", nodes.image, as_wide_as_drawn)
    when_written(app, choose_colours)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
