"""A page carries its style: of all style sheets the rules that it has a use for. It asks for no sheet."""

import base64
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import tinycss2
from html_tree import tree
from page_reader import PageReader
from when_written import when_written

PLACE = "/* the style of this page */"
SITE_SCRIPT = re.compile(r'src="([^"]*)site\.js"')  # on every page, so it tells the way to the folder of the styles
# Tags that a browser adds where they are missing, or that a script makes by insertRow() and its like.
UNWRITTEN = {"html", "head", "body", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td"}
GROUPS = ("media", "supports", "layer", "container")
IMPORT = re.compile(r'@import\s*"([^"]+)";?')
URL = re.compile(r"""url\(["']?(?!data:|#|[a-z]+:)([^)"']+)["']?\)""")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
ICONS = re.compile(r'url\("(vendor/fontawesome/[^"]+\.woff2)"\)[^;}]*')
IN_SCRIPTS = re.compile(r"""(?<=["'`<\s])[A-Za-z_][\w-]*""")  # not .name, which asks for what must be there
ABSENT = {"thebe-launch-button"}  # for what the theme's script looks for a button, no page loads
PROPERTY = re.compile(r"--[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")
ANIMATED = re.compile(r"animation(?:-name)?:([^;}]*)")


def leave_place(app, pagename, frame, context):
    """Remember the style sheets in their order; the style of the page stands in the place of their links."""
    here = posixpath.dirname(posixpath.normpath(app.builder.get_target_uri(pagename)))
    links = frame.select('link[rel="stylesheet"]')
    for link in links:
        address = urlsplit(link["href"]).path
        app.book_sheets.setdefault(posixpath.normpath(posixpath.join(here, address)))
    for link in links[1:]:
        link.decompose()
    if links:
        links[0].replace_with(tree(f"<style>{PLACE}</style>"))


def write_styles(app):
    """Give every page the rules that it, or a script which it asks for, has names for."""
    static = Path(app.outdir, "_static")
    sheets = [path for path in (Path(app.outdir, name) for name in app.book_sheets) if path.is_file()]
    css = FACE.sub(lambda face: with_icons(face[0], static), "\n".join(gathered(path, static) for path in sheets))
    sheet, scripts = StyleSheet(css), [path for path in static.rglob("*.js")]
    spoken = {path.name: words_of(path.read_text(encoding="utf-8")) for path in scripts}
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if PLACE in text:
            page = PageReader(text)
            asked = {posixpath.basename(urlsplit(address).path) for _, address, tag in page.asked if tag == "script"}
            said = set().union(*map(words_of, page.scripts), *(spoken.get(name, ()) for name in asked))
            style = sheet.in_use(said.union(page.words, PROPERTY.findall(text)), said | page.tags | UNWRITTEN)
            style = URL.sub(rf'url("{SITE_SCRIPT.search(text)[1]}\1")', style)  # addresses begin at the page
            path.write_text(text.replace(PLACE, style), encoding="utf-8", newline="\n")
    for path in sheets:
        path.unlink()
    for spare in {*static.glob("scripts/bootstrap*"), *static.glob("**/*.map")}:
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
    return {*PROPERTY.findall(script), *IN_SCRIPTS.findall(script)} - ABSENT


class StyleSheet:
    r"""A style sheet, read once.

    >>> sheet = StyleSheet(".a { x: y } p.b:hover { x: z } .c {}")
    >>> sheet.in_use({"a", "b"}, {"p"})
    '.a{x: y}\np.b:hover{x: z}\n'
    >>> sheet.in_use({"a", "b"}, {"td"})
    '.a{x: y}\n'
    """

    def __init__(self, css):
        self.rules = list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
        self.reads = _read_in(css)

    def in_use(self, words, tags):
        """The sheet without what nobody asks for.

        That is: rules whose selectors name a class or an id that is not among the words, or a tag that is not among
        the tags; custom properties that are neither among the words nor read in the sheet itself; and animations of
        nothing.
        """
        reads, text = self.reads, None
        while text != (text := "".join(rule.text(words, tags, words | reads) for rule in self.rules)):
            reads = _read_in(text)  # what only a dropped rule has read can go, too
        return text


def _read_in(css):
    """The custom properties that a sheet reads, and the names of its animations."""
    return {*READ.findall(css), *(name for names in ANIMATED.findall(css) for name in names.split())}


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

    def text(self, words, tags, read):
        selectors = ",".join(one.text for one in self.selectors if one.names <= words and one.tags <= tags)
        declarations = ";".join(text for name, text in self.declarations if name is None or name in read)
        return f"{selectors}{{{declarations}}}\n" if selectors and declarations else ""


@dataclass
class _Group:
    head: str
    rules: list

    def text(self, words, tags, read):
        inner = "".join(rule.text(words, tags, read) for rule in self.rules)
        return f"{self.head}{{{inner}}}\n" if inner else ""


@dataclass
class _Other:
    head: str
    content: str

    def text(self, words, tags, read):
        kind, _, name = self.head.partition(" ")
        idle = kind == "@keyframes" and name.strip() not in read
        return f"{self.head}{{{self.content}}}\n" if self.content and not idle else ""


class _Selector:
    """One selector: the classes, ids and tags it asks for. What is in brackets, as in :not(.x), may be absent."""

    def __init__(self, tokens):
        self.text = tinycss2.serialize(tokens).strip()
        self.names, self.tags, before = set(), set(), ""
        for token in tokens:
            if token.type == "hash" or (token.type == "ident" and before == "."):
                self.names.add(token.value)
            elif token.type == "ident" and before != ":":
                self.tags.add(token.lower_value)
            before = token.value if token.type == "literal" else ""


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
    app.connect("theme-frame", leave_place)
    when_written(app, write_styles, priority=700)  # after the icons, which are looked for in all sheets
    return {"parallel_read_safe": True, "parallel_write_safe": True}
