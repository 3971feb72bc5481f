"""Code without the marks that a reader does without: names, brackets, operators. That is most of all marks."""

from pygments.formatters import HtmlFormatter
from pygments.token import Name, Operator, Punctuation, Text, Token
from sphinx.highlighting import PygmentsBridge

PLAIN = {Token, Text, Text.Whitespace, Name, Name.Namespace, Operator, Punctuation}


class PlainFormatter(HtmlFormatter):
    def _get_css_classes(self, ttype):
        return "" if ttype in PLAIN else super()._get_css_classes(ttype)

    def _wrap_pre(self, inner):
        return ((kind, text.replace("<pre><span></span>", "<pre>\n", 1)) for kind, text in super()._wrap_pre(inner))


def setup(app):
    PygmentsBridge.html_formatter = PlainFormatter
    return {"parallel_read_safe": True, "parallel_write_safe": True}
