"""HTML as a tree, and back."""

from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter


class AsWritten(HTMLFormatter):
    """HTML with its attributes in their order."""

    def __init__(self):
        super().__init__(EntitySubstitution.substitute_xml, void_element_close_prefix="")

    def attributes(self, tag):
        return ((name, None if value == "" else value) for name, value in tag.attrs.items())


def tree(html):
    """A piece of HTML as a tree; the classes of a tag are one string, like any other attribute.

    >>> frame = tree('<p class="a b">x &lt; y<br></p>')
    >>> frame.p["title"] = "less"
    >>> written(frame)
    '<p class="a b" title="less">x &lt; y<br></p>'
    """
    return BeautifulSoup(html, "html.parser", multi_valued_attributes=None)


def written(soup):
    return soup.decode(formatter=AsWritten())
