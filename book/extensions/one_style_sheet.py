"""One style sheet for all pages, with the rules that are in use."""

import base64
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import tinycss2
from page_reader import PageReader
from when_written import when_written

SHEET = "book.css"
IMPORT = re.compile(r'@import\s*"([^"]+)";?')
URL = re.compile(r"""url\(["']?(?!data:|#|[a-z]+:)([^)"']+)["']?\)""")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ICONS = re.compile(r'url\("(vendor/fontawesome/[^"]+\.woff2)"\)[^;}]*')
IN_SCRIPTS = re.compile(r"""(?<=["'`\s])[A-Za-z_][\w-]*""")  # not .name, which asks for what must be there
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")


def link_one_sheet(app, pagename, frame, context):
    """One link in the place of those to style sheets, which are remembered in their order."""
    here = posixpath.dirname(posixpath.normpath(app.builder.get_target_uri(pagename)))
    links = frame.select('link[rel="stylesheet"]')
    for link in links:
        address = urlsplit(link["href"]).path
        app.book_sheets.setdefault(posixpath.normpath(posixpath.join(here, address)))
    for link in links[1:]:
        link.decompose()
    if links:
        links[0].attrs = {"rel": "stylesheet", "href": f"{context['pathto'](f'_static/{SHEET}', resource=True)}?v="}


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
        words.update(PROPERTY.findall(text), PageReader(text).words)
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


def setup(app):
    app.book_sheets = {}  # the style sheets that the pages of this build ask for, in their order
    app.connect("theme-frame", link_one_sheet)
    when_written(app, write_sheet, priority=700)  # after the icons, which are looked for in all sheets
    return {"parallel_read_safe": True, "parallel_write_safe": True}
