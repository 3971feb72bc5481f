r"""Mathematics that is there when the page is: TeX becomes MathML while the book is built.

Browsers draw MathML by themselves, so a page needs no script and no other host for its formulas. They need a
font with a table of mathematical measures, though, so the site carries one: STIX Two Math, cut down to the
characters that the book's formulas use.

TeX that cannot be translated is a warning with its file and line, and the TeX itself stands on the page.
"""

import html
import re
import unicodedata
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from fontTools import subset
from html_tree import tree, written
from licences import write_font_licence
from math_core import LatexError, LatexToMathML
from page_reader import read_page
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from when_written import when_written

FONT = "stix-two-math.woff2"
FEATURES = ["dtls", "flac"]  # letters without dots, and flat accents; smaller shapes for scripts would double it
ROW_GAP = re.compile(r"\\\\\s*\[-?[\d.]+\s*(?:ex|em|pt|mm|cm)\]")  # \\[1ex]: MathML has no such gap
PRIMES = {"′", "″", "‴"}
BETWEEN = ["⊙", "⊗", "⊕"]
STRUT = {"height": "0.75em", "depth": "0.2em"}
ROOT_SIGN = "√"  # drawn for <msqrt>, never written in it
# A page of no origin, on a disk or in the closed frame of a learning platform, may fetch style sheets and no fonts.
ASK_EARLY = """<script>document.write(`<link href="%s${ origin === "null" ? '.css" rel="stylesheet"'
  : '" rel="preload" as="font" type="font/woff2" crossorigin'}>`);</script>"""
AT_HAND = """@font-face { font-family: "Book Math at hand"; src: url("data:font/woff2;base64,%s"); }
math { font-family: "Book Math at hand", math !important; }
"""

logger = logging.getLogger(__name__)
converter = LatexToMathML(fancy_error=False)


def to_mathml(tex, node, display):
    """The MathML of `tex`; if there is none, a warning that names the place, and the TeX as code."""
    try:
        return mended(converter.convert_with_local_state(ROW_GAP.sub(r"\\\\", tex), displaystyle=display))
    except LatexError as error:
        message = str(error).partition(": ")[2]
        logger.warning("no MathML for %r: %s", tex, message, location=node, type="book", subtype="math")
        return f"<code>{html.escape(tex)}</code>"


def mended(mathml):
    """The same formula, written so that browsers draw primes and roots where they belong."""
    formula = tree(mathml)
    # Primes have their size and height already; as exponents they would become tiny and rise too high.
    for power in formula.find_all("msup"):
        base, exponent = power.find_all(recursive=False)
        if base.name == "mi" and exponent.name == "mo" and exponent.string in PRIMES:
            power.name, exponent.attrs = "mrow", {"lspace": "0", "rspace": "0"}
    # Browsers hang the sign of a root from its bar: over a low letter it would stand below the line.
    for root in formula.find_all("msqrt"):
        root.insert(0, formula.new_tag("mspace", attrs=STRUT))
    for root in formula.find_all("mroot"):
        first = root.find(recursive=False)
        if first.name in ("mi", "mn"):
            first.wrap(formula.new_tag("mrow")).insert(0, formula.new_tag("mspace", attrs=STRUT))
    # In a display Firefox takes them for signs like ∑.
    for sign in formula.find_all("mo", string=BETWEEN):
        sign["largeop"] = "false"
    return written(formula)


def visit_inline(self, node):
    self.body.append(to_mathml(node.astext(), node, display=False))
    raise nodes.SkipNode


def visit_block(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(to_mathml(node.astext(), node, display=True) + "</div>\n")
    raise nodes.SkipNode


def used_characters(folder):
    """Every character that stands in a formula of a page in `folder`, and those it is drawn with."""
    used = {ROOT_SIGN}.union(*(read_page(path).formulas for path in Path(folder).rglob("*.html")))
    # A letter alone in <mi> is drawn as its italic twin, which has a code of its own: x as 𝑥.
    italic = [chr(code) for code in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E)]
    return used | {twin for twin in italic if unicodedata.normalize("NFKC", twin) in used}


def write_font(app):
    """Put the font with the used characters, and its licence, beside the style sheets."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES, name_IDs=["*"])
    whole = Path(find_spec("ziamath").origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    font = subset.load_font(whole, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(used_characters(app.outdir))))
    subsetter.subset(font)
    static = Path(app.outdir, "_static")
    subset.save_font(font, static / FONT, options)
    (static / f"{FONT}.css").write_text(AT_HAND % b64encode((static / FONT).read_bytes()).decode(), encoding="utf-8")
    write_font_licence(static, FONT, font)


def ask_early(app, pagename, templatename, context, doctree):
    """Let a page with formulas ask for their font at once: it would have to lay them out twice."""
    if "<math" in context.get("body", ""):
        address = context["pathto"](f"_static/{FONT}", resource=True)
        context["metatags"] += ASK_EARLY % address


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.connect("html-page-context", ask_early, priority=950)  # after the figures' script
    when_written(app, write_font)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
