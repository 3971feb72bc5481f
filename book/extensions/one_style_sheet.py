"""Light pages: one style sheet with the rules that are in use, and neither menus nor the script that opens them."""

import base64
import hashlib
import io
import posixpath
import re
from pathlib import Path

import tinycss2
from PIL import Image
from when_written import when_written

SHEET = "book.css"
LINK = re.compile(r'<link(?=[^>]*\srel="stylesheet")[^>]*\shref="([^"?]*)[^"]*"[^>]*>\s*')
BOOTSTRAP = re.compile(r'<link rel="preload"[^>]*scripts/bootstrap\.js[^>]*>\s*|[^"]*scripts/bootstrap\.js[^"]*')
TABS = re.compile(r"<script[^>]*design-tabs\.js[^>]*></script>")
# Marks of Pygments that a reader does without: names, brackets, operators. That is most of all marks.
PLAIN = re.compile(r'<span(?: class="(?:n|nn|p|w|o)")?>([^<]*)</span>')
IMAGE = re.compile(r"<img (?![^>]*\sloading=)")
IMPORT = re.compile(r'@import\s*"([^"]+)";?')
URL = re.compile(r"""url\(["']?(?!data:|#|[a-z]+:)([^)"']+)["']?\)""")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ICONS = re.compile(r'url\("(vendor/fontawesome/[^"]+\.woff2)"\)[^;}]*')
IN_PAGES = re.compile(r'\s(?:class|id)="([^"]*)"')
IN_SCRIPTS = re.compile(r"""(?<=["'`\s])[A-Za-z_][\w-]*""")  # not .name, which asks for what must be there
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")
INLINE = re.compile(r"data:image/png;base64,([\w+/=\s]+)")
FEW_COLOURS, PALETTE = 4096, 128


def choose_buttons(app, config):
    """The theme's buttons that need a script of their own: a menu of downloads, and full screen."""
    config.html_theme_options |= {"use_download_button": False, "use_fullscreen_button": False}


def offer_to_templates(app, pagename, templatename, context, doctree):
    pathto = context["pathto"]

    def with_one_sheet(head):
        """The head of a page with one link in the place of those to style sheets, which are remembered."""
        here = posixpath.dirname(posixpath.normpath(app.builder.get_target_uri(pagename)))
        for address in LINK.findall(head):
            app.book_sheets.setdefault(posixpath.normpath(posixpath.join(here, address)))
        one = f'<link rel="stylesheet" href="{pathto("_static/" + SHEET, resource=True)}?v=">\n'
        first, *rest = LINK.split(head)[::2]
        return first + (one if rest else "") + "".join(rest)

    def without_bootstrap(head):
        return BOOTSTRAP.sub(lambda m: "" if m[0].startswith("<") else pathto("_static/site.js", resource=True), head)

    def without_tabs(head):
        return head if "sd-tab-set" in context.get("body", "") else TABS.sub("", head)

    context["light"] = lambda head: without_tabs(without_bootstrap(with_one_sheet(head)))
    if "body" in context:
        body = PLAIN.sub(r"\1", IMAGE.sub('<img loading="lazy" ', context["body"]))
        context["body"] = INLINE.sub(lambda png: lighter(base64.b64decode(png[1])), body)
    menus = [button.get("buttons", [button]) for button in context["header_buttons"]]
    context["header_buttons"] = [button for menu in menus for button in menu]  # they stand side by side
    if context.get("page_source_suffix") == ".ipynb":
        context["header_buttons"].append(
            {
                "type": "link",
                "url": f"{pathto('_sources', resource=True)}/{context['sourcename']}",
                "icon": "fas fa-download",
                "tooltip": "Download this chapter as a notebook",
                "label": "download-notebook-button",
            }
        )


def lighter(png):
    """The address of the same pixels: WebP says without loss in two thirds what PNG says."""
    webp = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(webp, "WEBP", lossless=True, quality=100, method=6)
    return in_line("image/webp", webp.getvalue())


def write_sheet(app):
    """Put the style sheets of all pages into one, without what no page and no script names."""
    site = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    sheets = [path for path in (site / name for name in app.book_sheets) if path.is_file()]
    words = words_in(site, pages.values())
    css = purged("\n".join(gathered(path, site / "_static") for path in sheets), words)
    css = FACE.sub(lambda face: with_icons(face[0], site / "_static"), css)
    (site / "_static" / SHEET).write_text(css, encoding="utf-8")
    for path in sheets:
        path.unlink()
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, text in pages.items():
        path.write_text(text.replace(f"{SHEET}?v=", f"{SHEET}?v={version}"), encoding="utf-8", newline="\n")
    for spare in {*site.glob("_static/scripts/bootstrap*"), *site.glob("_static/**/*.map")}:
        spare.unlink()


def gathered(path, folder):
    """The text of a style sheet with those that it imports; its addresses begin in `folder`."""

    def address(match):
        whole = posixpath.normpath(posixpath.join(path.parent.relative_to(folder).as_posix(), match[1]))
        return f'url("{whole}")'

    text = URL.sub(address, path.read_text(encoding="utf-8"))
    return IMPORT.sub(lambda m: gathered(path.parent / m[1], folder), text)


def with_icons(face, folder):
    """A @font-face of icons with its 2 kB of font in it, so that no reader waits; nothing if no page has its icons."""
    icons = ICONS.search(face)
    if not icons:
        return face
    path = folder / icons[1]
    if not path.exists():
        return ""
    content = in_line("font/woff2", path.read_bytes())
    path.unlink()
    return face.replace(icons[0], f'url("{content}") format("woff2")')


def in_line(kind, content):
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def words_in(site, pages):
    """The names that may be a class, an id or a property: all that pages have, and all that scripts speak of."""
    words = set()
    for text in pages:
        words.update(PROPERTY.findall(text), *(value.split() for value in IN_PAGES.findall(text)))
    for path in site.rglob("*.js"):
        if path.name not in ("searchindex.js", "bootstrap.js"):
            text = path.read_text(encoding="utf-8")
            words.update(PROPERTY.findall(text), IN_SCRIPTS.findall(text))
    return words


def purged(css, words):
    """A style sheet without what nobody asks for.

    That is: rules whose selectors name a class or an id that is not among the words, and custom properties that are
    neither among them nor read in the sheet itself.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    rest = _kept(rules, words | set(READ.findall(css)))
    return rest if rest == css else purged(rest, words)  # what only a dropped rule has read can go, too


def _kept(rules, words):
    text = ""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [tinycss2.serialize(s).strip() for s in _split(rule.prelude) if _names(s) <= words]
            if selectors and (declarations := _declarations(rule.content, words)):
                text += f"{','.join(selectors)}{{{declarations}}}\n"
        elif rule.type == "at-rule" and rule.content is not None:
            content = _tight(rule.content)
            if rule.at_keyword in ("media", "supports", "layer", "container"):
                content = _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words)
            if content:
                text += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{content}}}\n"
    return text


def _declarations(content, words):
    """What stands between the braces of a rule, without the custom properties that are not among the words."""

    def counts(part):
        idle = part.type == "declaration" and part.name.startswith("--") and part.name not in words
        return part.type != "error" and not idle

    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(_tight([part]).rstrip("; ") for part in parts if counts(part))


def _split(prelude):
    """The selectors of a list."""
    found = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _names(selector):
    """The classes and ids that a selector asks for. What stands in brackets, as in :not(.x), may be absent."""
    names, dot = set(), False
    for token in selector:
        if token.type == "hash" or (dot and token.type == "ident"):
            names.add(token.value)
        dot = token.type == "literal" and token.value == "."
    return names


def _tight(content):
    return re.sub(r"\s+", " ", tinycss2.serialize([t for t in content if t.type != "comment"])).strip()


def lighten_pictures(app):
    """Drawings need few colours: a palette makes them a third as heavy. Photographs stay as they are."""
    for path in Path(app.outdir, "_images").glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode != "P" and picture.getcolors(FEW_COLOURS):
                on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
                on_white.convert("RGB").quantize(PALETTE, dither=Image.Dither.NONE).save(path, optimize=True)


def setup(app):
    app.book_sheets = {}  # the style sheets that the pages of this build ask for, in their order
    app.connect("config-inited", choose_buttons)
    app.connect("html-page-context", offer_to_templates, priority=900)  # when all have added their sheets
    when_written(app, write_sheet, priority=700)  # after the icons, which are looked for in all sheets
    when_written(app, lighten_pictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
