"""In each chapter the first use of a function of ours leads to its entry in the reference.

A use is the name as code in a sentence, alone or with arguments, or in a cell. In a chapter that runs code only names
count that it has imported, and in a cell only those that the cell does not give to something else. What stands open
comes before what is folded away. The text stays as it is.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bs4 import NavigableString
from docutils import nodes
from html_tree import tree, written
from sphinx import addnodes

PACKAGES = ("livefig", "gradcore")  # the reference of the last one is read by the readers of chapters
IN_A_SENTENCE = re.compile(r"(?:livefig\.|gradcore\.)?(\w+)(?:\(.*\))?")
FOLDED = {"folded-code", "tag_hide-cell", "dropdown"}


class Use(NamedTuple):
    """A name where it is used: in the text of `node` from `start` on, for a reader to see or folded away."""

    name: str
    node: nodes.Element
    start: int
    folded: bool


def link_first_uses(app: Any, doctree: nodes.document, docname: str) -> None:
    objects = app.env.domains["py"].objects
    if any(doctree.findall(addnodes.desc)) or app.builder.format != "html":
        return
    entries = {}
    for package in PACKAGES:
        for full, entry in objects.items():
            if full.count(".") == 1 and full.startswith(f"{package}."):
                address = app.builder.get_relative_uri(docname, entry.docname)
                entries[full.partition(".")[2]] = f"{address}#{entry.node_id}"
    uses = sorted(uses_in(doctree, entries), key=lambda use: use.folded)
    for name, use in {use.name: use for use in reversed(uses)}.items():
        if isinstance(use.node, nodes.literal):
            link = nodes.reference("", "", use.node.deepcopy(), internal=True, refuri=entries[name])
            use.node.replace_self(link)
        else:
            use.node.setdefault("uses", []).append((use.start, name, entries[name]))


def uses_in(doctree: nodes.document, names: Mapping[str, Any]) -> Iterator[Use]:
    """Every use of one of the names, in reading order."""
    cells = [cell for cell in doctree.findall(nodes.literal_block) if _is_cell(cell)]
    known = {name for cell in cells for name in imported(cell.astext())} if cells else set(names)
    for node in doctree.findall(lambda node: isinstance(node, nodes.literal | nodes.literal_block)):
        around = _around(node)
        folded = any(FOLDED & set(parent.get("classes", ())) for parent in around)
        if isinstance(node, nodes.literal):
            found = IN_A_SENTENCE.fullmatch(node.astext())
            plain = not any(isinstance(parent, nodes.title | nodes.reference) for parent in around)
            if found and plain and found[1] in known and found[1] in names:
                yield Use(found[1], node, 0, folded)
        elif _is_cell(node):
            for name, start in used(node.astext()):
                if name in known and name in names:
                    yield Use(name, node, start, folded)


def _is_cell(block: nodes.Element) -> bool:
    return any("cell_input" in parent.get("classes", ()) for parent in _around(block))


def _around(node: nodes.Node) -> list[nodes.Element]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def imported(code: str) -> set[str]:
    """The names that a cell imports from one of our packages, as they are.

    >>> sorted(imported("from gradcore import bowl, relu as r\\nfrom livefig.figure.live import live"))
    ['bowl', 'live']
    """
    return {
        alias.name
        for node in ast.walk(_parsed(code))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES
        for alias in node.names
        if alias.asname in (None, alias.name)
    }


def used(code: str) -> list[tuple[str, int]]:
    """The names that a cell reads, in their order, with the places where they begin.

    A name that the cell gives to something else may mean that, and is left out.

    >>> used("é = relu(x)\\nx = 1\\nf.relu(relu)")
    [('relu', 4), ('f', 18), ('relu', 25)]
    """
    read, given = [], set()
    begins = [0]
    for line in code.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    lines = code.splitlines()
    for node in ast.walk(_parsed(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            before = lines[node.lineno - 1].encode()[: node.col_offset].decode()  # Python counts bytes
            read.append((begins[node.lineno - 1] + len(before), node.id))
        elif isinstance(node, ast.Name):
            given.add(node.id)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            given.add(node.name)
    return [(name, start) for start, name in sorted(read) if name not in given]


def _parsed(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError:  # a line for IPython alone
        return ast.Module([], [])


def visit_code(self: Any, node: nodes.literal_block) -> None:
    """Code as it is always drawn; then the names in it that have an address become links."""
    try:
        type(self).visit_literal_block(self, node)
    finally:  # it ends by an exception: all that is inside has been drawn
        if "uses" in node:
            self.body[-1] = linked(self.body[-1], node["uses"])


def linked(html: str, uses: list[tuple[int, str, str]]) -> str:
    """Drawn code, each use (start, name, address) in it a link.

    >>> linked('<pre>f<b>(</b>f)</pre>', [(2, "f", "page.html#f")])
    '<pre>f<b>(</b><a class="reference internal" href="page.html#f">f</a>)</pre>'
    """
    drawn = tree(html)
    texts = [*drawn.pre.find_all(string=True)]
    end = -1 if texts[0].startswith("\n") else 0  # browsers leave out a new line at the beginning
    for text in texts:
        begin, rest, end = end, text, end + len(text)
        for start, name, address in sorted(uses):
            at = start - begin - (len(text) - len(rest))
            if begin <= start < end and rest[at : at + len(name)] == name:
                link = drawn.new_tag("a", attrs={"class": "reference internal", "href": address}, string=name)
                before, after = NavigableString(rest[:at]), NavigableString(rest[at + len(name) :])
                rest.replace_with(before, link, after)
                rest = after
    return written(drawn)


def setup(app: Any) -> dict[str, Any]:
    app.connect("doctree-resolved", link_first_uses)
    app.add_node(nodes.literal_block, override=True, html=(visit_code, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
