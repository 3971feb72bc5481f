"""Pictures in their lightest form, fetched when they come near: the same pixels, or a palette where few are in use.

What a cell draws for fine screens is no larger on a page than it says.
"""

import base64
import binascii
import io
import re
from pathlib import Path
from urllib.parse import quote

import numpy as np
from cells import cell_of, for_each
from docutils import nodes
from html_tree import tree
from PIL import Image, UnidentifiedImageError
from when_written import when_written

PNG = "data:image/png;base64,"
WEBP = {"format": "WEBP", "lossless": True, "quality": 100, "method": 6}  # two thirds of the same pixels as PNG
KNOWN = ("1", "L", "LA", "P", "RGB", "RGBA")  # ways to say a colour that lose nothing as WebP
FEW_COLOURS, PALETTE = 10_000, 128
EVEN = {"method": Image.Quantize.MAXCOVERAGE, "kmeans": 1}  # a palette in which a small red dot is red
FLAT = 24  # of them stand for areas, and stay as they are; others are of edges
IN_PAGES = re.compile(r"_images/[^\s\"'<>]+\.png")
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
    """The address of the same pixels. What is no PNG stays."""
    webp = io.BytesIO()
    try:
        with Image.open(io.BytesIO(base64.b64decode(address.removeprefix(PNG)))) as picture:
            picture.save(webp, **WEBP)
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


def in_few_colours(drawing):
    """The same drawing with its commonest colours as they are, and for the others what is nearest in a palette."""
    pixels = np.asarray(drawing)
    colours, place, count = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = drawing.quantize(PALETTE - FLAT, **EVEN).getpalette()[: 3 * (PALETTE - FLAT)]
    kept = np.concatenate([colours[np.argsort(-count)[:FLAT]], np.reshape(palette, (-1, 3))]).astype(int)
    nearest = [np.argmin(np.sum((kept - colour) ** 2, axis=1)) for colour in colours.astype(int)]
    return Image.fromarray(kept[nearest][place.ravel()].astype(np.uint8).reshape(pixels.shape))


def write_lighter(app):
    """Drawings need few colours: a palette makes them a third as heavy. Photographs keep theirs."""
    lighter_names = {}
    for path in Path(app.outdir, "_images").glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode not in KNOWN or getattr(picture, "is_animated", False):
                continue
            if picture.mode != "P" and picture.getcolors(FEW_COLOURS):
                on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
                picture = in_few_colours(on_white.convert("RGB"))
            picture.convert("RGBA").save(path.with_suffix(".webp"), **WEBP)
        path.unlink()
        lighter_names[f"_images/{quote(path.name)}"] = f"_images/{quote(path.stem)}.webp"
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        lighter_text = IN_PAGES.sub(lambda name: lighter_names.get(name[0], name[0]), text)
        page.write_text(lighter_text, encoding="utf-8", newline="\n")


def setup(app):
    for_each(app, "doctree-resolved", nodes.raw, lighten_in_html)
    for_each(app, "doctree-resolved", nodes.image, fetch_late)
    for_each(app, "doctree-resolved", nodes.image, as_wide_as_drawn)
    when_written(app, write_lighter)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
