"""The theme's icons, without the 1,400 that no page shows: 2 kB of font instead of 156."""

import re
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from licences import first_comment, write_font_licence
from page_reader import PageReader
from when_written import when_written

FONTS = "vendor/fontawesome/webfonts"
TERMS = "scripts/fontawesome.js.LICENSE.txt"
CHARACTER = r'"(?:\\(f[0-9a-f]{3})|([\uf000-\uf8ff]))"'
# .fa-bars:before{content:"\f0c9"}, or with the character itself
RULE = re.compile(rf"([^{{}}]*)\{{[^{{}}]*content:\s*{CHARACTER}")
# --pst-icon-bell:"\f0f3", which other rules read by var(--pst-icon-bell)
PROPERTY = re.compile(rf"(--[\w-]+):\s*{CHARACTER}")
READ = re.compile(r"var\((--[\w-]+)")
# Fonts of which a page that uses them names the family.
FAMILIES = {"fa-regular-400": {"far", "fa-regular"}, "fa-brands-400": {"fab", "fa-brands"}}
NAME = re.compile(r"\bfa-[a-z0-9-]+")


def texts(folder, *endings):
    return [path.read_text(encoding="utf-8") for end in endings for path in Path(folder).rglob(f"*.{end}")]


def used_icons(folder):
    """The codes of the icons that a page or a script in `folder` names, and of those in other style sheets."""
    named = {name for text in texts(folder, "html", "js") for name in NAME.findall(text)}
    codes = set()
    for selector, code, character in (found for text in texts(folder, "css") for found in RULE.findall(text)):
        of_icons = set(NAME.findall(selector))
        if not of_icons or of_icons & named:
            codes.add(int(code, 16) if code else ord(character))
    sheets = "".join(texts(folder, "css", "html"))
    read = set(READ.findall(sheets))
    codes |= {int(code, 16) if code else ord(one) for name, code, one in PROPERTY.findall(sheets) if name in read}
    return codes


def write_fonts(app):
    """Cut the icon fonts of the site down to the icons it uses."""
    codes, target = used_icons(app.outdir), Path(app.outdir, "_static", FONTS)
    words = set().union(*(PageReader(text).words for text in texts(app.outdir, "html")))
    theme = Path(find_spec("pydata_sphinx_theme").origin).parent / "theme/pydata_sphinx_theme/static"
    for whole in sorted((theme / FONTS).glob("*.woff2")):
        if not FAMILIES.get(whole.stem, words) & words:
            (target / whole.name).unlink()
            continue
        options = subset.Options(flavor="woff2", name_IDs=["*"], notdef_outline=True)
        font = subset.load_font(whole, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        subset.save_font(font, target / whole.name, options)
        write_font_licence(Path(app.outdir, "_static"), whole.name, font, whose=first_comment(theme / TERMS))
    for spare in target.glob("*.ttf"):
        spare.unlink()  # for browsers of before 2016


def setup(app):
    when_written(app, write_fonts, priority=600)  # when all pages are written
    return {"parallel_read_safe": True, "parallel_write_safe": True}
