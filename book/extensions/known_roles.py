"""A bibliography without the roles that docutils gives it and assistive technology no longer knows."""

from docutils import nodes
from html_tree import tree, written

UNKNOWN = ["doc-biblioentry", "doc-backlink", "doc-biblioref", "list"]


def mend_roles(app, pagename, templatename, context, doctree):
    if doctree and next(doctree.findall(nodes.citation), None):
        body = tree(context["body"])
        for tag in body.find_all(role=UNKNOWN):
            del tag["role"]
        context["body"] = written(body)


def setup(app):
    app.connect("html-page-context", mend_roles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
