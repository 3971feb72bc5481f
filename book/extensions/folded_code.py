"""A reader sees first what a cell shows. The code that made it is folded below, and opens with a click.

Folded is the code of every cell that shows a picture, live or still, and of those with the tag `hide-input`. That of a
live figure has an address: the figure's, followed by `-code`. In the notebook all cells stay as they are.
"""

from cells import for_each
from docutils import nodes
from figure_index import figures_in
from myst_nb.sphinx_ import HideCodeCellNode

from livefig.words import CODE_WORDS


def fold(app, docname, cell):
    if cell.get("nb_element") != "cell_code" or cell.get("hide_mode") not in (None, "input"):
        return
    parts = {part["nb_element"]: part for part in cell}
    code, output = parts.get("cell_code_source"), parts.get("cell_code_output")
    figures = figures_of(output) if output else []
    picture = figures or (output and next(output.findall(nodes.image), None))
    if not code or not (picture or cell.get("hide_mode")):
        return
    cell["hide_mode"] = None  # or myst-nb would fold it above
    code["ids"] += [f"{name}-code" for name in figures]
    words = CODE_WORDS["picture" if picture else "output" if output else "nothing"]
    cell.children = []
    cell += [output] if output else []
    cell += HideCodeCellNode("", code, prompt_show=words, classes=["folded-code"])


def figures_of(output):
    """The ids of the live figures in an output."""
    raw = [node for node in output.findall(nodes.raw) if "html" in node["format"].split()]
    return [name for node in raw for name, *_ in figures_in(node.astext())]


def visit_folded(self, node):
    """One look for all that is folded, whose words are its name."""
    self.body.append(f'<details class="folded-code"><summary>{self.encode(node["prompt_show"])}</summary>\n')


def depart_folded(self, node):
    self.body.append("</details>\n")


def setup(app):
    for_each(app, "doctree-read", nodes.container, fold)
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded, depart_folded))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
