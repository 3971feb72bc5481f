"""The reference of a package, made from its docstrings: the directive `reference`, which takes the package's name.

The groups and their order are those of the table of contents in the package's own docstring. Each public name has an
entry with an anchor, `#gradcore.relu`; a name that two packages hand on stands in full where it comes first in
SHOWN_IN, and the other entry leads there.
"""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from docstrings import content, sentences
from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

SHOWN_IN = ("gradcore", "livefig")
TITLE = re.compile(r'"([^"]+)"')


class Group(NamedTuple):
    """Some lines of a table of contents: names, and the note beside them or below."""

    names: list[str]
    note: str


class Part(NamedTuple):
    """A part of a table of contents. title : "" if it has none."""

    title: str
    groups: list[Group]


def contents(docstring: str) -> tuple[list[Part], list[str]]:
    """The parts of a package's docstring, and the paragraphs after them.

    >>> parts, rest = contents("Text.\\n\\nSlopes\\n    f, g  two\\n    h\\n    i\\n      both\\n\\nBesides: no.")
    >>> parts[0].title, parts[0].groups
    ('Slopes', [Group(names=['f', 'g'], note='two'), Group(names=['h', 'i'], note='both')])
    >>> rest
    ['Besides: no.']
    """
    parts: list[Part] = []
    rest: list[str] = []
    for block in inspect.cleandoc(docstring).split("\n\n"):
        lines = block.splitlines()
        if not lines[-1].startswith(" "):
            if parts:
                rest.append(" ".join(lines))
            continue
        title = "" if lines[0].startswith(" ") else lines.pop(0)
        parts.append(Part(title, _groups(lines)))
    return parts, rest


def _groups(lines: list[str]) -> list[Group]:
    groups: list[Group] = []
    for line in lines:
        names, _, note = line[4:].partition("  ")
        found = [name.strip() for name in names.split(",") if name.strip()]
        if found:
            groups.append(Group(found, note.strip()))
        else:  # a note alone is that of all names above that have none
            above = []
            while groups and not groups[-1].note:
                above = groups.pop().names + above
            groups.append(Group(above, note.strip()))
    return groups


def home(name: str) -> str:
    """The package in whose reference a public name stands in full."""
    return next(package for package in SHOWN_IN if name in import_module(package).__all__)


class Reference(SphinxDirective):
    """The directive: takes the name of a package."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.package = self.arguments[0]
        module = import_module(self.package)
        parts, rest = contents(module.__doc__)
        listed = {name for part in parts for group in part.groups for name in group.names}
        if others := [name for name in module.__all__ if name not in listed]:
            parts[-1].groups.append(Group(others, ""))
        found = [node for part in parts for node in self.part(module, part)]
        closing = [sentences(text, self.code) for text in rest]
        return [*closing, *found]

    def part(self, module: Any, part: Part) -> Iterator[nodes.Node]:
        items = [nodes.list_item("", nodes.paragraph("", "", *self.line(group))) for group in part.groups]
        entries = [node for group in part.groups for name in group.names for node in self.entry(module, name)]
        title, _, chapters = part.title.partition(" (chapter")
        told = [sentences(f"Chapter{chapters.removesuffix(')')}.", self.code)] if chapters else []
        body = [*told, nodes.bullet_list("", *items, bullet="-"), *entries]
        if not title:
            yield from body
            return
        section = nodes.section("", nodes.title("", title), *body, names=[nodes.fully_normalize_name(title)])
        self.state.document.note_implicit_target(section, section)
        yield section

    def line(self, group: Group) -> Iterator[nodes.Node]:
        for number, name in enumerate(group.names):
            if number:
                yield nodes.Text(", ")
            yield self.link(name, f"{self.package}.{name}")
        if group.note:
            yield nodes.Text(f": {group.note}")

    def entry(self, module: Any, name: str) -> list[nodes.Node]:
        """The entry of a public name: its signature, its whole docstring, and its methods."""
        thing, full = getattr(module, name), f"{self.package}.{name}"
        where = home(name)
        if where != self.package:
            text = [nodes.Text("The same as "), self.link(f"{where}.{name}", f"{where}.{name}"), nodes.Text(".")]
            return self.described("function", full, name, _signature(thing), [nodes.paragraph("", "", *text)])
        if not callable(thing) or not hasattr(thing, "__name__"):
            return self.described("data", full, name, "", self.made(thing))
        body = content(inspect.getdoc(thing) or "", self.code)
        if not inspect.isclass(thing):
            return self.described("function", full, name, _signature(thing), body)
        for member, its in members(thing):
            kind = "method" if callable(its) else "property"
            signature = _signature(its) if callable(its) else ""
            docs = content(inspect.getdoc(its), self.code)
            body += self.described(kind, f"{full}.{member}", member, signature, docs)
        return self.described("class", full, name, _signature(thing), body)

    def made(self, thing: Any) -> list[nodes.Element]:
        """Of an object of one of the classes: which, and what its name, formula and source say."""
        kind = type(thing).__name__
        text = [nodes.Text("A "), self.link(kind, f"{self.package}.{kind}"), nodes.Text(f": {thing.formula}. ")]
        if thing.minima:
            places = ", ".join("(" + ", ".join(f"{x:.4g}".replace("-", "−") for x in at) + ")" for at in thing.minima)
            text.append(nodes.Text(f"Lowest at {places}. "))
        if thing.source:
            text.append(nodes.Text(f"{thing.source}."))
        return [nodes.paragraph("", "", *text)]

    def described(self, kind: str, full: str, name: str, signature: str, body: list[nodes.Element]) -> list[nodes.Node]:
        sign = addnodes.desc_signature("", "", ids=[full])
        if kind in ("class", "property"):
            sign += addnodes.desc_annotation("", kind + " ")
        sign += addnodes.desc_name("", name)
        if signature:
            sign += nodes.inline("", signature, classes=["sig-paren"])
        if kind not in ("method", "property"):
            sign["_toc_name"] = name
        self.env.domains["py"].note_object(
            full, kind, full, aliased=home(full.split(".")[1]) != self.package, location=sign
        )
        index = addnodes.index(entries=[("single", f"{name} ({full.rpartition('.')[0]})", full, "", None)])
        whole = addnodes.desc("", sign, addnodes.desc_content("", *body), domain="py", objtype=kind, desctype=kind)
        whole["classes"] = ["py", kind]
        return [index, whole]

    def code(self, text: str) -> nodes.Node:
        """Code in a sentence: a link if it is a public name."""
        package, dot, name = text.rpartition(".")
        package = package if dot else self.package
        if package in SHOWN_IN and name in import_module(package).__all__:
            return self.link(text, f"{package}.{name}")
        return nodes.literal("", text)

    def link(self, text: str, full: str) -> nodes.Node:
        literal = nodes.literal("", text)
        return addnodes.pending_xref(
            "", literal, refdomain="py", reftype="obj", reftarget=full, refexplicit=True, refwarn=True,
            refdoc=self.env.docname,
        )  # fmt: skip


def _signature(thing: Any) -> str:
    """The arguments with their defaults; what they may be is said in the docstring."""
    signature = inspect.signature(thing)
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values() if p.name != "self"]
    return str(signature.replace(parameters=bare, return_annotation=signature.empty))


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """The methods and properties of a class that have something to say."""
    for name, member in vars(kind).items():
        its = getattr(kind, name) if isinstance(member, classmethod | staticmethod) else member
        told = inspect.isroutine(its) or isinstance(its, property) or hasattr(its, "func")
        if not name.startswith("_") and told and getattr(its, "__doc__", None):
            yield name, its


def name_chapters(app: Any, doctree: nodes.document, docname: str) -> None:
    """What docstrings quote, a chapter's title, leads to the chapter."""
    if not any(doctree.findall(addnodes.desc)):
        return
    pages = {title.astext(): page for page, title in app.env.titles.items()}
    for text in [*doctree.findall(nodes.Text)]:
        parts = TITLE.split(str(text))
        if not any(part in pages for part in parts[1::2]) or isinstance(text.parent, nodes.literal_block):
            continue
        found: list[nodes.Node] = []
        for number, part in enumerate(parts):
            if number % 2 and part in pages:
                address = app.builder.get_relative_uri(docname, pages[part])
                found.append(nodes.reference("", part, internal=True, refuri=address))
            else:
                found.append(nodes.Text(f'"{part}"' if number % 2 else part))
        text.parent.replace(text, found)


def setup(app: Any) -> dict[str, Any]:
    app.add_directive("reference", Reference)
    app.connect("doctree-resolved", name_chapters)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
