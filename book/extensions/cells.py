"""Calls for what pages and cells bring, whose errors name the page and the cell."""

from docutils import nodes
from sphinx.errors import ExtensionError


def cell_of(node):
    """The number of the cell in which a node stands, and its last line; "" outside of cells."""
    while node is not None and "cell_index" not in getattr(node, "attributes", {}):
        node = node.parent
    if node is None:
        return ""
    source = next((block.astext().strip() for block in node.findall(nodes.literal_block)), "")
    last = source.splitlines()[-1][:76] if source else ""
    return f"cell {node['cell_index'] + 1}" + (f", {last!r}" if last else "")


def for_each(app, event, kinds, call):
    """At the event "doctree-read" or "doctree-resolved": `call(app, docname, node)` for each node of these kinds.

    Of raw nodes those with HTML count. What goes wrong names the page and the cell.
    """

    def visit(app, doctree, docname=None):
        docname = docname or app.env.docname
        for node in [*doctree.findall(lambda node: isinstance(node, kinds))]:
            if isinstance(node, nodes.raw) and "html" not in node["format"].split():
                continue
            try:
                call(app, docname, node)
            except Exception as error:
                place = ", ".join(filter(None, (app.env.doc2path(docname, base=False), cell_of(node))))
                raise ExtensionError(f"{place}: {call.__module__}: {error!r}", error) from error

    app.connect(event, visit)
