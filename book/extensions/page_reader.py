"""What a piece of HTML holds: the words that style sheets may name, formulas, scripts, and what it asks others for."""

import html
import re
from html.parser import HTMLParser

# What a tag asks for, and the directive of a Content-Security-Policy that speaks of it.
ASKED = {
    ("script", "src"): "script-src",
    ("script", "data-src"): "script-src",  # later, by site.js
    ("img", "src"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("video", "poster"): "img-src",
    ("audio", "src"): "media-src",
    ("video", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("form", "action"): "form-action",
    ("link", "href"): "style-src",  # if it is one to a style sheet
}
RUN = {"", "text/javascript", "application/javascript", "text/ecmascript", "module"}  # any other type is data
CDATA = re.compile(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", re.DOTALL)  # in SVG


class PageReader(HTMLParser):
    """Reads HTML once. Any text is HTML to a browser, so nothing in it is an error.

    words, tags : sets of classes and ids, and of the names of tags.
    formulas : the text of all formulas.
    scripts, handlers : lists of the scripts in the text, and of attributes like `onclick`; those of frames in it, too.
    asked : list of (directive, address, tag).

    >>> page = PageReader('<p class="a b" onclick="go()"><math><mi>x</mi></math><img src="p.png"><script>1</script>')
    >>> sorted(page.words), page.formulas, page.scripts, page.handlers, page.asked
    (['a', 'b'], 'x', ['1'], ['go()'], [('img-src', 'p.png', 'img')])
    """

    def __init__(self, text):
        super().__init__()
        self.words, self.tags, self.formulas = set(), set(), ""
        self.scripts, self.handlers, self.asked = [], [], []
        self._in_script, self._open = False, {"math": 0, "svg": 0}
        try:
            self.feed(text)
            self.close()
        except AssertionError:  # Python's parser at <![…: a browser takes what follows for a comment
            pass

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self.tags.add(tag)
        self.words.update(given.get("class", "").split(), given.get("id", "").split())
        self.handlers += [value for name, value in given.items() if name.startswith("on") and value]
        for name, address in given.items():
            directive = ASKED.get((tag, name))
            if directive and (tag != "link" or "stylesheet" in given.get("rel", "").split()):
                self.asked.append((directive, address, tag))
        if "srcdoc" in given:
            framed = PageReader(given["srcdoc"])
            self.scripts += framed.scripts
            self.handlers += framed.handlers
            self.asked += framed.asked
        if tag in self._open:
            self._open[tag] += 1
        if tag == "script" and "src" not in given and given.get("type", "").lower() in RUN:
            self._in_script = True
            self.scripts.append("")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag in self._open or tag == "script":
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            self._open[tag] = max(0, self._open[tag] - 1)
        if tag == "script" and self._in_script:
            self._in_script = False
            if self._open["svg"]:  # there a browser reads the text of a script as any other
                quoted = CDATA.match(self.scripts[-1])
                self.scripts[-1] = quoted[1] if quoted else html.unescape(self.scripts[-1])

    def handle_data(self, text):
        if self._in_script:
            self.scripts[-1] += text
        elif self._open["math"]:
            self.formulas += text


def read_page(path):
    return PageReader(path.read_text(encoding="utf-8"))
