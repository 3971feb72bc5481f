"""Our docstrings as nodes of a page: sentences, formulas, the meaning of each argument, examples.

A docstring is plain text in a layout of its own. This is all of it:

    x : array_like                      an argument and its meaning; more of it is indented, and may be a list itself
        ∂f/∂x ≈ …                       a formula: indented, after an empty line
    Returns …, Raises …                 begin a paragraph
    three signs >                       begin an example, which ends at an empty line
    `name`, ``code``, *word*            code, and a word that is stressed
"""

import re
import textwrap
from collections.abc import Callable

from docutils import nodes

MEANING = re.compile(r"(\w+(?:, \w+)*(?: \([^)]*\))?) : (.*)")
IN_A_MEANING = re.compile(r'("\w+"): (.*)|([^:]{1,60}?) : (.*)')
NEXT_TO_IT = re.compile(r"(?<=\S)  +(?=\w+(?:, \w+)* : )")
OPENING = re.compile(r"Returns |Raises ")
MARKED = re.compile(r"``(.+?)``|`(.+?)`|(?<![\w(])\*(\w+)\*(?!\w)")

Inline = Callable[[str], nodes.Node]


def content(docstring: str, code: Inline) -> list[nodes.Element]:
    """The nodes of a docstring; `code` makes those of what stands between backticks."""
    found: list[nodes.Element] = []
    lines = textwrap.dedent(docstring).strip().splitlines()
    while lines:
        if not lines[0].strip():
            del lines[0]
        elif lines[0].startswith(">>>"):
            text = "\n".join(_taken(lines, str.strip))
            found.append(nodes.literal_block(text, text, language="pycon", classes=["example"]))
        elif lines[0].startswith(" "):
            text = textwrap.dedent("\n".join(_taken(lines, lambda line: line.startswith(" "))))
            found.append(nodes.line_block("", *map(_line, text.splitlines()), classes=["formula"]))
        elif MEANING.match(lines[0]):
            found.append(_meanings(_taken(lines, lambda line: line.startswith(" ") or MEANING.match(line)), code))
        else:
            text = " ".join(_taken(lines, lambda line: line and not (OPENING.match(line) or MEANING.match(line))))
            found.append(sentences(text, code))
    return found


def sentences(text: str, code: Inline) -> nodes.paragraph:
    """A paragraph. Quotation marks stay as they are: some are Python's."""
    return nodes.paragraph("", "", *inline(text, code), support_smartquotes=False)


def inline(text: str, code: Inline) -> list[nodes.Node]:
    """A sentence: its words, and what is marked in it.

    >>> [node.astext() for node in inline("See `relu`, the *first* one.", lambda text: nodes.literal("", text))]
    ['See ', 'relu', ', the ', 'first', ' one.']
    """
    found: list[nodes.Node] = []
    end = 0
    for mark in MARKED.finditer(text):
        found.append(nodes.Text(text[end : mark.start()]))
        found.append(nodes.emphasis("", mark[3]) if mark[3] else code(mark[1] or mark[2]))
        end = mark.end()
    return [node for node in [*found, nodes.Text(text[end:])] if node.astext()]


def _taken(lines: list[str], wanted: Callable[[str], object]) -> list[str]:
    """The first of the lines, and those after it that are wanted: taken from the list."""
    count = next((i for i, line in enumerate(lines) if i and not wanted(line)), len(lines))
    found = lines[:count]
    del lines[:count]
    return found


def _line(text: str) -> nodes.line:
    return nodes.line("", text, support_smartquotes=False)


def _meanings(lines: list[str], code: Inline) -> nodes.definition_list:
    """Arguments with their meanings. Several may share a line, two spaces between them."""
    items: list[tuple[str, list[str], list[str]]] = []  # what, the lines of its meaning, the lines of the list in it
    for line in lines:
        if line.startswith(" "):
            _, meaning, inner = items[-1]
            line = line[4:]
            (inner if inner or IN_A_MEANING.match(line) else meaning).append(line)
        else:
            for part in NEXT_TO_IT.split(line):
                what, meaning = MEANING.fullmatch(part).groups()
                items.append((what, [meaning], []))
    entries = []
    for what, meaning, inner in items:
        body = [sentences(" ".join(meaning), code)]
        entries.append(_entry(nodes.literal("", what), body + ([_inner(inner, code)] if inner else [])))
    return nodes.definition_list("", *entries, classes=["simple", "meanings"])


def _inner(lines: list[str], code: Inline) -> nodes.bullet_list:
    """The list in a meaning: cases, each with what holds there."""
    items: list[list[str]] = []
    for line in lines:
        if not line.startswith(" ") and IN_A_MEANING.match(line):
            items.append([line])
        else:
            items[-1].append(line.strip())
    found = []
    for item in items:
        quoted, what, named, meaning = IN_A_MEANING.fullmatch(" ".join(item)).groups()
        text = f"{quoted or named}: {what or meaning}"
        found.append(nodes.list_item("", sentences(text, code)))
    return nodes.bullet_list("", *found, bullet="-")


def _entry(what: nodes.Node, meaning: list[nodes.Node]) -> nodes.definition_list_item:
    return nodes.definition_list_item("", nodes.term("", "", what), nodes.definition("", *meaning))
