"""One style sheet for all pages, with the rules that are in use; those of a page's first look stand in the page."""

import base64
import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import tinycss2
from html_tree import tree
from page_reader import PageReader
from when_written import when_written

SHEET = "book.css"
FIRST_LOOK = "/* the first look of this page */"
AT_ONCE = re.compile(r"(live[\w-]*|ask|site|copybutton)\.js")  # scripts that work before the style sheet has come
UNREAD = ("searchindex.js", "bootstrap.js")
UNWRITTEN = {"html", "head", "body", "tbody", "colgroup"}  # tags that a browser adds where they are missing
GROUPS = ("media", "supports", "layer", "container")
LATER = {"hover", "active", "focus", "focus-visible", "focus-within", "target", "visited"}  # no first look has them
IMPORT = re.compile(r'@import\s*"([^"]+)";?')
URL = re.compile(r"""url\(["']?(?!data:|#|[a-z]+:)([^)"']+)["']?\)""")
LINK = re.compile(rf'href="([^"]*){re.escape(SHEET)}\?v="')
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ICONS = re.compile(r'url\("(vendor/fontawesome/[^"]+\.woff2)"\)[^;}]*')
IN_SCRIPTS = re.compile(r"""(?<=["'`\s])[A-Za-z_][\w-]*""")  # not .name, which asks for what must be there
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")


def link_one_sheet(app, pagename, frame, context):
    """In the place of the links to style sheets, which are remembered in their order: the rules of the first look, and
    one sheet, for which site.js asks when the page is there."""
    here = posixpath.dirname(posixpath.normpath(app.builder.get_target_uri(pagename)))
    links = frame.select('link[rel="stylesheet"]')
    for link in links:
        address = urlsplit(link["href"]).path
        app.book_sheets.setdefault(posixpath.normpath(posixpath.join(here, address)))
    for link in links[1:]:
        link.decompose()
    if links:
        sheet = f'<link rel="stylesheet" href="{context["pathto"](f"_static/{SHEET}", resource=True)}?v=">'
        links[0].replace_with(tree(f'<style>{FIRST_LOOK}</style>\n<noscript class="late">{sheet}</noscript>'))


def write_sheet(app):
    """Put the style sheets of all pages into one, without what no page and no script names."""
    site = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    sheets = [path for path in (site / name for name in app.book_sheets) if path.is_file()]
    read = {path: PageReader(text) for path, text in pages.items()}
    words = {path: read[path].words.union(PROPERTY.findall(text)) for path, text in pages.items()}
    scripts = [path for path in site.rglob("*.js") if path.name not in UNREAD]
    spoken = {path: words_of(path.read_text(encoding="utf-8")) for path in scripts}
    gathered_css = "\n".join(gathered(path, site / "_static") for path in sheets)
    css = StyleSheet(gathered_css).in_use(set().union(*words.values(), *spoken.values()))
    css = FACE.sub(lambda face: with_icons(face[0], site / "_static"), css)
    (site / "_static" / SHEET).write_text(css, encoding="utf-8")
    for path in sheets:
        path.unlink()
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    sheet, at_once = StyleSheet(css), set().union(*(spoken[path] for path in spoken if AT_ONCE.fullmatch(path.name)))
    for path, text in pages.items():
        first = sheet.in_use(words[path] | at_once, read[path].tags | at_once | UNWRITTEN)
        if link := LINK.search(text):
            first = URL.sub(rf'url("{link[1]}\1")', first)  # a sheet's addresses begin where it lies
        text = text.replace(FIRST_LOOK, first).replace(f"{SHEET}?v=", f"{SHEET}?v={version}")
        path.write_text(text, encoding="utf-8", newline="\n")
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


def words_of(script):
    """The names of classes, ids, tags and properties that a script may speak of."""
    return {*PROPERTY.findall(script), *IN_SCRIPTS.findall(script)}


class StyleSheet:
    r"""A style sheet, read once.

    >>> sheet = StyleSheet(".a { x: y } p.b:hover { x: z } .c {}")
    >>> sheet.in_use({"a", "b"})
    '.a{x: y}\np.b:hover{x: z}\n'
    >>> sheet.in_use({"a", "b"}, tags={"p"})
    '.a{x: y}\n'
    """

    def __init__(self, css):
        self.rules = list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
        self.reads = set(READ.findall(css))

    def in_use(self, words, tags=None):
        """The sheet without what nobody asks for.

        That is: rules whose selectors name a class or an id that is not among the words, and custom properties that
        are neither among them nor read in the sheet itself. With `tags`, also rules for other tags, and those that
        tell how things look under a reader's hand or on paper.
        """
        reads, text = self.reads, None
        while text != (text := "".join(rule.text(words, words | reads, tags) for rule in self.rules)):
            reads = set(READ.findall(text))  # what only a dropped rule has read can go, too
        return text


def _rules(parsed):
    for rule in parsed:
        if rule.type == "qualified-rule":
            yield _Rule([_Selector(tokens) for tokens in _split(rule.prelude)], list(_declarations(rule.content)))
        elif rule.type == "at-rule" and rule.content is not None:
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}"
            if rule.at_keyword in GROUPS:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield _Group(head, list(_rules(inner)))
            else:
                yield _Other(head, _tight(rule.content))


@dataclass
class _Rule:
    selectors: list
    declarations: list  # (its name if it is a custom property, the text) of each

    def text(self, words, properties, tags):
        selectors = ",".join(selector.text for selector in self.selectors if selector.counts(words, tags))
        declarations = ";".join(text for name, text in self.declarations if name is None or name in properties)
        return f"{selectors}{{{declarations}}}\n" if selectors and declarations else ""


@dataclass
class _Group:
    head: str
    rules: list

    def text(self, words, properties, tags):
        if tags is not None and self.head.strip() == "@media print":
            return ""
        inner = "".join(rule.text(words, properties, tags) for rule in self.rules)
        return f"{self.head}{{{inner}}}\n" if inner else ""


@dataclass
class _Other:
    head: str
    content: str

    def text(self, words, properties, tags):
        return f"{self.head}{{{self.content}}}\n" if self.content else ""


class _Selector:
    """One selector: the classes, ids and tags it asks for. What is in brackets, as in :not(.x), may be absent."""

    def __init__(self, tokens):
        self.text = tinycss2.serialize(tokens).strip()
        self.names, self.tags, self.later, before = set(), set(), False, ""
        for token in tokens:
            if token.type == "hash" or (token.type == "ident" and before == "."):
                self.names.add(token.value)
            elif token.type == "ident" and before == ":":
                self.later |= token.value in LATER
            elif token.type == "ident":
                self.tags.add(token.lower_value)
            before = token.value if token.type == "literal" else ""

    def counts(self, words, tags):
        return self.names <= words and (tags is None or (self.tags <= tags and not self.later))


def _declarations(content):
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type != "error":
            own = part.type == "declaration" and part.name.startswith("--")
            yield part.name if own else None, _tight([part]).rstrip("; ")


def _split(prelude):
    """The selectors of a list."""
    found = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _tight(content):
    return re.sub(r"\s+", " ", tinycss2.serialize([t for t in content if t.type != "comment"])).strip()


def setup(app):
    app.book_sheets = {}  # the style sheets that the pages of this build ask for, in their order
    app.connect("theme-frame", link_one_sheet)
    when_written(app, write_sheet, priority=700)  # after the icons, which are looked for in all sheets
    return {"parallel_read_safe": True, "parallel_write_safe": True}
