"""Any cell builds: what outputs hold, however odd or long, reaches the page or is told by its cell."""

import json
from itertools import product

import pytest
import yaml
from browser import serve
from nbclient.client import _RGX_CARRIAGERETURN
from nbformat import NotebookNode
from small_book import FIGURE, ROOT, SmallBook

# isort: split
from content_policy import POLICY, blocked, source_of
from html_tree import tree, written
from lighter_pictures import PNG, lighter
from mathml import mended
from myst_nb.core.utils import coalesce_streams
from page_reader import PageReader
from printed_output import as_lines, as_one

PROSE = f"""# A page

A picture begins with `{PNG}iVBORw0KGgo`, as {PNG}iVBORw0KGgo does in prose.

<p>{PNG}iVBORw0KGgo <img alt="" src="{PNG}iVBORw0KGgo"></p>
"""
JSHTML = """import matplotlib.pyplot as plt
from IPython.display import HTML, SVG, Audio, IFrame, Javascript, Video, YouTubeVideo, display
from matplotlib.animation import FuncAnimation
fig, ax = plt.subplots()
line, = ax.plot([0, 1])
animation = FuncAnimation(fig, lambda i: line.set_ydata([0, i]), frames=3)
plt.close(fig)
HTML(animation.to_jshtml())"""
SCRIPT = "display(Javascript('window.ran = 1'))"
BUTTON = "HTML('<button onclick=\"window.pressed = 1 < 2\">press</button>')"
DRAWING = (
    "HTML('<svg><script><![CDATA[window.drawn = 1 < 2]]></script></svg>"
    "<svg><script>window.escaped = 1 &lt; 2</script></svg>')"
)
PLAIN = [
    "import numpy as np\nAudio(np.sin(np.arange(800)), rate=8000)",
    "Video(b'0000', embed=True, mimetype='video/mp4')",
    "HTML('<![if x]><b>odd</b>')",
    "print('x' * 100_000)",
]
ASKING = {  # cells that the policy stops, and what they ask for
    JSHTML: ["style-src https://maxcdn.bootstrapcdn.com", "script-src 'unsafe-hashes'"],
    "YouTubeVideo('abc')": ["frame-src https://www.youtube.com"],
    "IFrame('https://example.org/x', 100, 100)": ["frame-src https://example.org"],
    "HTML('<img src=\"https://example.org/y.png\">')": ["img-src https://example.org"],
    BUTTON: ["script-src 'unsafe-hashes'"],
}


def allow(book: SmallBook, *lines: str) -> None:
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["config"]["content_policy_allow"] = list(lines)
    book.write("_config.yml", yaml.safe_dump(config))


def test_what_the_policy_stops_is_told_with_page_and_cell_and_how_to_allow_it(small_book):
    small_book.write("book/page.md", PROSE + '\n<iframe src="https://example.org"></iframe>\n')
    small_book.chapter(*ASKING, "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>')", *PLAIN)
    built = small_book.build()
    assert built.returncode != 0
    told = [line for line in built.stdout.splitlines() if "WARNING: " in line and "Kernel" not in line]
    for number, (cell, lines) in enumerate(ASKING.items(), 2):
        for line in lines:
            mine = [text for text in told if f"cell {number}, {cell.splitlines()[-1]!r}: " in text and line in text]
            assert len(mine) == 1 and "notebooks/chapter.ipynb:" in mine[0], (cell, line, built.stdout)
            told.remove(mine[0])
    of_page, of_svg = told
    assert "book/page.md:" in of_page and "frame-src https://example.org" in of_page
    assert "cell 7, " in of_svg and "a script in an SVG picture does not run" in of_svg


def test_what_is_allowed_builds_and_works_on_the_page(small_book, visit):
    """Nothing is asked of other hosts here: what is allowed there stands in the policy."""
    allow(small_book, *{line for lines in ASKING.values() for line in lines})
    small_book.write("book/page.md", PROSE)
    small_book.chapter(*ASKING, *PLAIN, SCRIPT, DRAWING)
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    policy = (small_book.site / "_headers").read_text(encoding="utf-8")
    assert "frame-src 'self' " in policy and "https://www.youtube.com" in policy
    with serve(small_book.site) as address:
        visit.page.goto(f"{address}/notebooks/chapter.html")
        visit.page.wait_for_function("() => document.readyState === 'complete'")
        visit.page.get_by_role("button", name="press").click()
        ran = visit.page.evaluate("() => [window.ran, window.pressed, window.drawn, window.escaped]")
        assert ran == [1, True, True, True]
        visit.page.locator(".animation button").first.click()
    refused = [text for text in visit.complaints if "Content Security Policy" in text or "uncaught" in text]
    assert refused == []


def test_an_error_in_an_extension_names_the_page_and_the_cell(small_book):
    name = small_book.folder / "book" / "extensions" / "content_policy.py"
    text = name.read_text(encoding="utf-8")
    name.write_text(text + "\n\ndef blocked(page, policy):\n    raise RuntimeError('planted')\n", encoding="utf-8")
    small_book.chapter("1 + 1", "from IPython.display import HTML\nHTML('<b>bold</b>')")
    built = small_book.build()
    assert built.returncode != 0
    assert "notebooks/chapter.ipynb, cell 3, \"HTML('<b>bold</b>')\"" in built.stdout
    assert "content_policy" in built.stdout and "planted" in built.stdout


def test_an_error_in_the_drawing_of_a_figure_names_the_page_and_the_cell(small_book):
    damaged = "figure.canvas.spec = figure.canvas.spec | {'controls': [{'name': 'gone'}]}\nfigure"
    small_book.chapter("1 + 1", FIGURE + damaged)
    built = small_book.build()
    assert built.returncode != 0
    assert "notebooks/chapter.ipynb, cell 3, 'figure': livefig.page.publish: KeyError('gone')" in built.stdout


def test_two_megabytes_in_one_line_are_built(small_book):
    small_book.chapter("print('x' * 2_000_000)")
    assert small_book.build().returncode == 0
    assert "x" * 2_000_000 in small_book.page("notebooks/chapter")


def test_prints_are_joined_as_jupyters_own_tools_join_them():
    """Without their square of a line's length. All texts of up to six of these characters."""
    for text in map("".join, (letters for n in range(7) for letters in product("ab\r\n", repeat=n))):
        stream = [NotebookNode(output_type="stream", name="stdout", text=text)]
        assert as_one(stream)[0]["text"] == _RGX_CARRIAGERETURN.sub("", text)
        assert as_lines(stream)[0]["text"] == coalesce_streams([NotebookNode(stream[0])])[0]["text"]


def test_outputs_keep_their_order_and_stdout_comes_before_stderr():
    pieces = [("stderr", "careful\n"), ("stdout", "one"), ("stderr", "!\n"), ("stdout", " two\n")]
    outputs = [NotebookNode(output_type="stream", name=name, text=text) for name, text in pieces]
    picture = NotebookNode(output_type="display_data", data={})
    merged = as_one([picture, *outputs, picture])
    assert [output.get("text") for output in merged] == [None, "one two\n", "careful\n!\n", None]
    assert outputs[0]["text"] == "careful\n"


@pytest.mark.parametrize("text", ["", "iVBORw0KGgo", "####", "iVBORw0KGgoAAAANSUhEUgAAAAE", "é"])
def test_what_is_no_picture_is_left_alone(text):
    assert lighter(PNG + text) == PNG + text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('<a href="https://example.org">a link</a><img src="p.png"><img src="data:image/png;base64,">', []),
        ('<audio src="data:audio/wav;base64,"></audio><video><source src="data:video/mp4,"></video>', []),
        ('<script src="//example.org/x.js"></script>', ["script-src https://example.org"]),
        ('<iframe srcdoc="&lt;img src=http://a.example/&gt;"></iframe>', ["img-src http://a.example"]),
        ('<iframe src="data:text/html,x"></iframe>', ["frame-src data:"]),
        ('<object data="x.pdf"></object>', ["object-src 'self'"]),
        ('<svg><image href="https://a.example/b"/></svg>', ["img-src https://a.example"]),
        ('<link rel="stylesheet" href="https://a.example/b"><link rel="next" href="https://b.example">',
         ["style-src https://a.example"]),
        ('<form action="https://a.example"></form>', ["form-action https://a.example"]),
        ('<p ONCLICK="x()">', ["script-src 'unsafe-hashes'"]),
        ('<!-- <img src="https://a.example"> --><script>"<img src=https://a.example>"</script>', []),
    ],
)  # fmt: skip
def test_what_a_policy_forbids(text, lines):
    assert list(blocked(PageReader(text), POLICY)) == lines


def test_a_policy_with_what_was_asked_forbids_it_no_more():
    page = PageReader('<script src="https://a.example/x.js"></script><iframe src="https://b.example"></iframe>')
    allowed = {directive: list(sources) for directive, sources in POLICY.items()}
    for line in blocked(page, POLICY):
        directive, source = line.split()
        allowed.setdefault(directive, []).append(source)
    assert blocked(page, allowed) == {}
    assert source_of("../up.png") == "'self'"


@pytest.mark.parametrize("line", ["youtube.com", "frame-src", 7])
def test_a_line_that_is_none_of_a_policy_is_refused(small_book, line):
    allow(small_book, line)
    built = small_book.build(strict=False)
    assert built.returncode != 0 and "content_policy_allow: wanted lines like" in built.stdout


def test_editing_a_tree_leaves_what_it_does_not_touch():
    page = '<p class="b a" title="&lt;">1 &lt; 2 &amp; 3<br> é</p><!--c--><script async>a < b && "</p>"</script>'
    assert written(tree(page)) == page


def test_a_formula_keeps_its_words_when_its_primes_and_roots_are_mended():
    formula = "<math><msup><mi>f</mi><mo>′</mo></msup><msqrt><mi>x</mi></msqrt><msup><mi>a</mi><mn>2</mn></msup></math>"
    text = mended(formula)
    assert PageReader(text).formulas == "f′xa2"
    assert text.count("<msup>") == 1 and text.count("<mspace") == 1


def test_the_pages_data_is_no_script():
    page = PageReader(f'<script type="application/json">{json.dumps("<math>")}</script><script>1</script>')
    assert page.scripts == ["1"] and page.formulas == ""
