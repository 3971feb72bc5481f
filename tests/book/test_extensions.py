"""The book's own Sphinx extensions, on a small book that is built as the real one is."""

import base64
import html
import io
import os
import re
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image
from small_book import FIGURE, ROOT, SmallBook, contents  # first: it shows where the extensions are

# isort: split
from lighter_pictures import in_few_colours
from mathml import used_characters
from parallel_reading import make_cache
from pip_line import wheel_name
from styles_in_use import StyleSheet, words_of

from livefig.asking import file
from livefig.asking.answers import judge
from livefig.words import CODE_WORDS

sys.path.append(str(ROOT / "notebooks"))
import hand_out


def test_tex_becomes_mathml_with_its_number_and_its_link(small_book):
    small_book.write(
        "book/page.md",
        "# A page\n\nRoots $\\sqrt{2}$, $\\sqrt[3]{2}$ and slopes $f''$ in {eq}`sum`.\n\n"
        "$$\n\\begin{aligned} a &= b \\\\[1ex] c &= d \\end{aligned}\n$$ (sum)\n",
    )
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = small_book.page("book/page")
    strut = '<mspace height="0.75em" depth="0.2em"></mspace>'
    assert f"<msqrt>{strut}<mn>2</mn></msqrt>" in page
    assert f"<mroot><mrow>{strut}<mn>2</mn></mrow><mn>3</mn></mroot>" in page
    assert '<mrow><mi>f</mi><mo lspace="0" rspace="0">″</mo></mrow>' in page
    assert re.search(r'<div class="math[^"]*" id="equation-sum">\s*<span class="eqno">\(1\)', page)
    assert 'href="#equation-sum"' in page
    assert "<mi>e</mi>" not in page  # the gap [1ex] is a measure, not a formula


def test_unknown_tex_is_a_warning_with_its_file_and_line(small_book):
    small_book.write("book/page.md", "# A page\n\nText.\n\nA formula $\\wrong{x}$ here.\n")
    built = small_book.build()
    assert built.returncode != 0
    warning = r"page\.md:5: WARNING: no MathML for .*wrong.*Unknown command"
    assert re.search(warning, built.stdout), built.stdout
    assert small_book.build(strict=False).returncode == 0
    assert "<code>\\wrong{x}</code>" in small_book.page("book/page")


def test_the_font_draws_every_character_of_the_formulas(small_book):
    small_book.write("book/page.md", "# A page\n\n$\\nabla f(x) \\le \\hat{h}_i \\cdot \\sqrt{\\mathbf w}$\n")
    assert small_book.build().returncode == 0
    used = used_characters(small_book.folder / "_build" / "html")
    assert set("∇≤√x𝑥ℎ𝐰") <= used
    drawn = set(map(chr, TTFont(small_book.folder / "_build/html/_static/stix-two-math.woff2").getBestCmap()))
    assert {character for character in used if character.isprintable()} <= drawn


def test_a_fault_fails_the_next_build_too(small_book):
    small_book.write("book/page.md", "# A page\n\n$\\wrong{x}$ and [](nowhere.md)\n")
    small_book.build()
    again = small_book.build()
    assert again.returncode != 0
    assert "Unknown command" in again.stdout and "nowhere.md" in again.stdout


def test_a_failing_cell_fails_the_build_and_is_named(small_book):
    small_book.chapter("numerator = 1\nnumerator / 0")
    built = small_book.build()
    assert built.returncode != 0
    assert "ZeroDivisionError" in built.stdout and "numerator / 0" in built.stdout
    assert "chapter.ipynb" in built.stdout


@pytest.mark.parametrize("fault", ["a failing cell", "a warning", "a fault at the end"])
def test_a_build_that_fails_leaves_the_last_good_site(small_book, fault):
    small_book.build()
    site = small_book.folder / "_build" / "html"
    before = contents(site)
    assert "book/page.html" in before
    small_book.write("book/page.md", "# A page\n\nWith other words.\n")
    if fault == "a failing cell":
        small_book.chapter("1 / 0")
    elif fault == "a warning":
        small_book.write("book/page.md", "# A page\n\n[](nowhere.md)\n")
    else:
        policy = small_book.folder / "book" / "extensions" / "content_policy.py"
        policy.write_text(policy.read_text(encoding="utf-8") + "\n\ndef digest(script):\n    1 / 0\n", encoding="utf-8")
    assert small_book.build().returncode != 0
    assert contents(site) == before
    assert [path.name for path in site.parent.glob("html*")] == ["html"]


@pytest.mark.parametrize("moment", ["while cells run", "while pages are written"])
def test_a_build_that_is_killed_leaves_the_last_good_site_and_the_next_one_is_complete(small_book, moment):
    small_book.build()
    site = small_book.folder / "_build" / "html"
    before = contents(site)
    small_book.write("book/page.md", "# A page\n\nWith other words.\n")
    dying = "import os, signal; os.kill({}, signal.SIGTERM)"
    if moment == "while cells run":
        small_book.chapter(dying.format("os.getppid()") + "; import time; time.sleep(60)")
    else:
        edition = small_book.folder / "book" / "extensions" / "students_edition.py"
        kept = edition.read_text(encoding="utf-8")
        dies = f"\n\ndef write_downloads(app):\n    {dying.format('os.getpid()')}\n"
        edition.write_text(kept + dies, encoding="utf-8")
    assert small_book.build().returncode != 0
    assert contents(site) == before
    if moment == "while cells run":
        small_book.chapter("print('hello')")
    else:
        edition.write_text(kept, encoding="utf-8")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    assert "With other words." in small_book.page("book/page")
    assert [path.name for path in site.parent.glob("html*")] == ["html"]


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_is_whole(small_book):
    small_book.chapter("import time\nprint('first')\nopen('running', 'w').close(); time.sleep(8)")
    first = small_book.start("-W", "-n", "--keep-going")
    running = small_book.folder / "notebooks" / "running"
    while not running.exists():
        assert first.poll() is None
        time.sleep(0.1)
    small_book.chapter("print('second')")
    second = small_book.build()
    assert second.returncode != 0 and "Another build of this book is running" in second.stdout
    said, _ = first.communicate()
    assert first.returncode == 0, said
    assert "first" in small_book.page("notebooks/chapter")
    assert small_book.build().returncode == 0
    assert "second" in small_book.page("notebooks/chapter")


@pytest.mark.parametrize("lost", ["never copied", "copied in part"])
def test_a_site_with_a_file_missing_is_not_published(small_book, lost):
    """Without -W, too: Sphinx only warns when it could not copy the theme."""
    assert small_book.build(strict=False).returncode == 0
    before = contents(small_book.site)
    (small_book.folder / "book" / "extensions" / "printed_output.py").write_text(
        "import sphinx.util.fileutil as files\nfrom pathlib import Path\n"
        "copy = files.copyfile\n"
        "def fails(source, destination, **options):\n"
        "    if not str(source).endswith('pydata-sphinx-theme.js'):\n"
        "        copy(source, destination, **options)\n"
        f"    elif {lost == 'copied in part'}:\n"
        "        Path(destination).write_bytes(Path(source).read_bytes()[:999])\n"
        "    else:\n"
        "        raise OSError('No space left on device')\n"
        "def setup(app):\n    files.copyfile = fails\n",
        encoding="utf-8",
    )
    built = small_book.build(strict=False)
    assert built.returncode != 0
    assert "did not reach the site, which stays as it was: _static/scripts/pydata-sphinx-theme.js" in built.stdout
    assert contents(small_book.site) == before


def test_hosts_are_told_the_policy_and_licences_lie_beside_what_they_are_for(small_book):
    assert small_book.build().returncode == 0
    headers = (small_book.site / "_headers").read_text(encoding="utf-8").splitlines()
    assert headers[0] == "/*" and headers[1].startswith("  Content-Security-Policy: default-src 'self'; ")
    assert headers[2:] == [
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
    ]
    licences = {path.name: path.read_text(encoding="utf-8") for path in small_book.site.glob("_static/*.LICENSE.txt")}
    wanted = {
        "fa-solid-900.woff2": ("Fonticons", "Icons: CC BY 4.0", "SIL OPEN FONT LICENSE Version 1.1"),
        "stix-two-math.woff2": ("The STIX Fonts Project Authors", "SIL OPEN FONT LICENSE Version 1.1"),
    }
    assert licences.keys() == {f"{name}.LICENSE.txt" for name in wanted}
    for name, words in wanted.items():
        assert all(word in licences[f"{name}.LICENSE.txt"] for word in words)


def test_two_builds_in_two_places_give_the_same_bytes(tmp_path):
    sites = []
    for seed in "12":
        book = SmallBook(tmp_path / seed)
        book.chapter(FIGURE)
        assert book.build(PYTHONHASHSEED=seed).returncode == 0
        sites.append(contents(book.folder / "_build" / "html"))
    assert sites[0] == sites[1]


PLOT = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A page

```{code-cell}
import matplotlib.pyplot as plt
plt.plot([1, 2]);
```
"""
TASTE = """\
lines.linewidth: 9
figure.figsize: 2, 2
font.size: 20
axes.grid: True
savefig.bbox: tight
figure.dpi: 200
"""


def test_a_users_own_settings_of_matplotlib_are_not_those_of_the_book(tmp_path):
    sites = []
    for settings in ("", TASTE):
        book = SmallBook(tmp_path / f"book{len(settings)}")
        book.chapter(FIGURE + "\n" + "import matplotlib.pyplot as plt; plt.plot([1, 2]);")
        book.write("book/page.md", PLOT)
        book.write("users/matplotlibrc", settings)
        built = book.build(MPLCONFIGDIR=str(book.folder / "users"), MATPLOTLIBRC="")
        assert built.returncode == 0, built.stdout
        sites.append(contents(book.folder / "_build" / "html"))
    assert any(name.endswith((".png", ".webp")) for name in sites[0])
    assert sites[0] == sites[1]


@pytest.mark.parametrize("lost", [[".doctrees"], [".jupyter_cache"], [".doctrees", ".jupyter_cache"], ["html"]])
def test_what_is_lost_of_a_build_is_made_again_and_is_the_same(small_book, lost):
    small_book.chapter(FIGURE)
    assert small_book.build().returncode == 0
    site = small_book.folder / "_build" / "html"
    before = contents(site)
    for name in lost:
        shutil.rmtree(small_book.folder / "_build" / name)
    again = small_book.build()
    assert again.returncode == 0, again.stdout
    assert ("Executing notebook" in again.stdout) == (lost == [".doctrees", ".jupyter_cache"])
    assert contents(site) == before


def test_an_early_build_leaves_nothing_in_a_later_one(tmp_path):
    """What was built step by step is what is built at once."""
    stepwise, at_once = SmallBook(tmp_path / "a"), SmallBook(tmp_path / "b")
    stepwise.write("book/gone.md", "# A page that will be gone\n")
    contents_of_book = (stepwise.folder / "_toc.yml").read_text(encoding="utf-8")
    stepwise.write("_toc.yml", f"{contents_of_book}  - file: book/gone\n")
    assert stepwise.build().returncode == 0
    assert "will be gone" in stepwise.page("book/gone")
    stepwise.write("_toc.yml", contents_of_book)
    for book in (stepwise, at_once):
        book.chapter(FIGURE)
        book.write("book/page.md", "# A page\n\nWith other words.\n")
        assert book.build().returncode == 0
    sites = [contents(book.folder / "_build" / "html") for book in (stepwise, at_once)]
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def test_what_is_printed_in_pieces_stands_in_one_piece(small_book):
    pieces = "import sys, time\nfor piece in ('one, ', 'two', '\\n', '\\n', '  three\\n'):\n"
    small_book.chapter(pieces + "    print(piece, end='', flush=True); time.sleep(0.3)")
    assert small_book.build().returncode == 0
    assert "one, two\n\n  three\n" in text_of(small_book.page("notebooks/chapter"))


def test_a_warning_from_a_cell_fails_the_build(small_book):
    small_book.chapter("import warnings\nwarnings.warn('careful')")
    assert small_book.build().returncode != 0


def test_a_change_in_gradcore_shows_on_the_page(small_book):
    small_book.chapter("print('number', open('../gradcore/number.py').read())")
    small_book.build()
    assert "number 1" in small_book.page("notebooks/chapter")
    small_book.write("gradcore/number.py", "2\n")
    small_book.build()
    assert "number 2" in small_book.page("notebooks/chapter")


def style_of(page):
    return max(re.findall("<style>(.*?)</style>", page, re.DOTALL), key=len)


def test_a_change_in_the_style_sheet_reaches_the_site(small_book):
    small_book.build()
    small_book.write("book/site.css", "p { color: teal; background: url(a.png) } .nowhere-to-be-seen { color: red }")
    small_book.build()
    page = small_book.page("book/page")
    assert 'p{color: teal;background: url("../_static/a.png")}' in page and "nowhere-to-be-seen" not in page
    assert '<link rel="stylesheet"' not in page


def test_a_page_has_the_style_of_what_it_shows(small_book):
    small_book.chapter(FIGURE)
    small_book.build()
    chapter, page = (style_of(small_book.page(name)) for name in ("notebooks/chapter", "book/page"))
    assert ".live-plot" in chapter and ".live-plot" not in page
    assert ".bd-article" in chapter and ".bd-article" in page
    small_book.write("book/page.md", "# A page\n\nWith other words, and a | table |.\n\n| a |\n|---|\n| 1 |\n")
    assert small_book.build().returncode == 0
    assert style_of(small_book.page("notebooks/chapter")) == chapter
    assert "table" in style_of(small_book.page("book/page"))


EXERCISE = """## Exercises

```{exercise} One
:label: one
How many?
```

```{solution} one
:class: dropdown
It is the *answer-in-words*.
```

More text.
"""


ASKED = """from livefig import ask
ask("one-way", "Which way?", options=["up", "down"], solution="one")"""
KEYED = """from livefig import key
key("one-way", "down", why="Because " + "of-the-key.", wrong={"up": "Not-the-key."})"""


@pytest.fixture
def planted(small_book, monkeypatch):
    """A small book with an exercise whose solution, check and key, and what they print, hold words to look for."""
    small_book.chapter("print('a cell')", ASKED)
    with monkeypatch.context() as writing:
        writing.chdir(small_book.folder / "notebooks")
        writing.setenv(file.WRITING, "chapter")
        for cell in (ASKED, KEYED):
            exec(cell, {})
    path = small_book.folder / "notebooks" / "chapter.ipynb"
    notebook = nbformat.read(path, as_version=4)
    printed = [nbformat.v4.new_output("stream", text="answer-in-code")]
    tagged = {"check": "print('answer' + '-in-code')", "key": KEYED}
    hidden = [
        nbformat.v4.new_code_cell(source, id=tag, metadata={"tags": [tag]}, outputs=printed)
        for tag, source in tagged.items()
    ]
    notebook.cells += [nbformat.v4.new_markdown_cell(EXERCISE, id="exercise"), *hidden]
    small_book.write("notebooks/chapter.ipynb", nbformat.writes(notebook))
    return small_book


def words_in(folder):
    """Where in the files of a folder, of every kind, the planted words stand."""
    words = {"the text": "answer-in-words", "the code": "answer' +", "the output": "answer-in-code", "a key": "the-key"}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 3
    return {
        (path.relative_to(folder).as_posix(), kind)
        for path in files
        for kind, word in words.items()
        if word.encode() in path.read_bytes()
    }


def test_the_students_edition_has_no_solution_anywhere_and_no_edition_a_key(planted):
    site, students = (planted.folder / "_build" / name for name in ("html", "student"))
    assert planted.build().returncode == 0
    full = {
        ("notebooks/chapter.html", "the text"),
        *(("_sources/notebooks/chapter.ipynb", kind) for kind in ("the text", "the code", "the output")),
    }
    assert words_in(site) == full
    built = planted.build(EDITION="student")
    assert built.returncode == 0, built.stdout
    assert words_in(students) == set() and words_in(site) == full, "each edition has a folder of its own"
    page = (students / "notebooks" / "chapter.html").read_text(encoding="utf-8")
    assert "How many?" in page and "Which way?" in page and "More text." in page and "a cell" in page
    wrong = planted.build(EDITION="teacher")
    assert wrong.returncode != 0 and "EDITION must be one of full, student, not 'teacher'" in wrong.stdout


def test_what_is_handed_out_has_no_solution_and_judges_without_the_key(planted, tmp_path, monkeypatch):
    folder = tmp_path / "handout"
    for _ in range(2):  # the second one replaces the first
        hand_out.hand_out(planted.folder, folder)
        assert words_in(folder) == set()
        notebook = nbformat.read(folder / "chapter.ipynb", as_version=4)
        assert [cell.id for cell in notebook.cells] == ["title", "code-0", "code-1", "exercise"]
        assert "How many?" in notebook.cells[-1].source and "More text." in notebook.cells[-1].source
    monkeypatch.chdir(folder)
    told = {}
    exec(ASKED.replace("\nask", "\nmade = ask"), told)
    assert [judge(told["made"].spec, way).verdict for way in ("up", "down")] == ["wrong", "right"]
    (tmp_path / "work").mkdir()
    with pytest.raises(SystemExit, match="work is no hand-out of before"):
        hand_out.hand_out(planted.folder, tmp_path / "work")


def test_the_branch_that_is_handed_out_has_a_commit_for_each_change(planted, tmp_path, monkeypatch):
    folder, root = tmp_path / "handout", tmp_path / "repository"

    def git(*words):
        return subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=True).stdout.split()

    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A teacher")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "teacher@example.org")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    hand_out.hand_out(planted.folder, folder)
    assert hand_out.commit(root, folder, "students").startswith("commit ")
    assert hand_out.commit(root, folder, "students") == "nothing has changed"
    monkeypatch.setattr(hand_out, "README", "# Other words\n")
    hand_out.hand_out(planted.folder, folder)
    assert hand_out.commit(root, folder, "students").startswith("commit ")
    assert len(git("rev-list", "students")) == 2 and git("status", "--short") == [], "the work tree is not touched"
    assert "chapter.ipynb" in git("ls-tree", "--name-only", "students")


def test_launch_buttons_appear_with_the_address_of_a_repository(small_book):
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    small_book.write(
        "_config.yml",
        config
        + """
repository:
  url: https://github.com/your-name/your-book
  branch: main
launch_buttons:
  binderhub_url: https://mybinder.org
  colab_url: https://colab.research.google.com
""",
    )
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = small_book.page("notebooks/chapter")
    assert re.search(r'<a[^>]*href="https://mybinder.org/v2/gh/your-name/your-book/main[^"]*chapter.ipynb"', page)
    colab = "https://colab.research.google.com/github/your-name/your-book/blob/main/notebooks/chapter.ipynb"
    assert f'href="{colab}"' in page
    assert 'data-bs-toggle="dropdown"' not in page


def text_of(page):
    return html.unescape(re.sub("<[^>]*>", "", page))


ADDRESS = "https://example.org/courses/gradients/"


def test_with_an_address_there_are_a_site_map_a_card_and_a_line_of_pip(small_book):
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    small_book.write("_config.yml", config.replace('baseurl: ""', f"baseurl: {ADDRESS}"))
    small_book.write("book/page.md", "# A page\n\nWhat it says.\n\n```{install-gradcore}\n```\n")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    site = small_book.folder / "_build" / "html"
    places = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert places == [f"{ADDRESS}book/page.html", f"{ADDRESS}notebooks/chapter.html"]
    page = small_book.page("book/page")
    assert f'<link rel="canonical" href="{ADDRESS}book/page.html">' in page
    claims = {"title": "A page", "url": f"{ADDRESS}book/page.html", "image": f"{ADDRESS}_static/card.png"}
    for name, content in claims.items():
        assert f'<meta property="og:{name}" content="{content}">' in page
    assert '<meta name="description" content="What it says.' in page
    with Image.open(site / "_static" / "card.png") as card:
        assert card.size == (1200, 630)
    assert f'pip install "gradcore[digits] @ {ADDRESS}{wheel_name(small_book.folder)}"' in text_of(page)
    assert (site / wheel_name(small_book.folder)).exists()
    lost = small_book.page("404")
    assert 'href="/courses/gradients/book/page.html"' in lost
    assert re.findall(r' (?:href|src)="(?!/courses/gradients/|#|https:)[^"]*"', lost) == []


def test_without_an_address_no_page_claims_one(small_book):
    small_book.write("book/page.md", "# A page\n\nWhat it says.\n\n```{install-gradcore}\n```\n")
    assert small_book.build().returncode == 0
    page = small_book.page("book/page")
    assert "og:" not in page and "twitter:" not in page and "canonical" not in page
    assert '<meta name="description" content="What it says.' in page
    assert f'pip install "./{wheel_name(small_book.folder)}[digits]"' in text_of(page)
    assert not (small_book.folder / "_build" / "html" / "sitemap.xml").exists()


def test_a_style_sheet_keeps_what_pages_and_scripts_name():
    css = """@charset "utf-8"; a, .gone { x: y } .kept:not(.gone) > b { x: y }
    @media print { .gone { x: y } #id { x: y } }
    @font-face { font-family: F } .kept.gone { x: y } [data-theme="dark"] .kept { x: url(a.png) }"""
    wanted = """a{x: y}\n.kept:not(.gone) > b{x: y}\n@media print {#id{x: y}\n}\n@font-face {font-family: F}
[data-theme="dark"] .kept{x: url(a.png)}\n"""
    assert StyleSheet(css).in_use({"kept", "id"}, {"a", "b"}) == wanted


def test_a_style_sheet_keeps_the_properties_and_animations_that_something_reads():
    css = """a { --read: 1px; --chain: var(--end); --end: red; --script: ";}"; --idle: url(a;b) }
    .gone { x: var(--gone); animation: fade 1s } b { --gone: 1 } c { margin: var( --read, 0 ); animation: 2s turn }
    @keyframes fade { to { x: y } } @keyframes turn { to { x: y } }"""
    wanted = """a{--read: 1px;--script: ";}"}\nc{margin: var( --read, 0 );animation: 2s turn}
@keyframes turn {to { x: y }}\n"""
    assert StyleSheet(css).in_use({"--script"}, {"a", "b", "c"}) == wanted


def test_of_a_script_counts_what_it_may_make_and_what_it_reads():
    script = """find(".asked").x; x.innerHTML = `<svg>`; note.className = "made also"; list.add('more');
    style.getPropertyValue("--gap")"""
    assert words_of(script) >= {"made", "also", "more", "svg", "--gap"}
    assert "asked" not in words_of(script)


def test_a_style_sheet_has_no_rules_for_tags_that_are_not_there():
    css = """p, .a, td { x: y } a.a:hover { x: y } a:not(:hover) { x: y } hr::after { x: y } @media print { p { x: y } }
    details[open] > dt { x: y } .b > p::before { x: y }"""
    wanted = """p,.a{x: y}\na.a:hover{x: y}\na:not(:hover){x: y}\n@media print {p{x: y}\n}\n.b > p::before{x: y}\n"""
    assert StyleSheet(css).in_use({"a", "b"}, {"p", "a", "details"}) == wanted


def test_pixels_in_a_figure_become_lighter_and_stay_the_same(small_book):
    picture = 'ax.imshow([[0, 255], [255, 0]], "gray", extent=(0, 1, 0, 1), interpolation="nearest")\nmove'
    small_book.chapter(FIGURE.replace("move", picture, 1))
    assert small_book.build().returncode == 0
    page = small_book.page("notebooks/chapter")
    kind, content = re.search(r'"data:image/(\w+);base64,([^"]*)"', page).groups()
    with Image.open(io.BytesIO(base64.b64decode(content))) as found:
        assert kind == "webp" and found.format == "WEBP"
        pixels = found.convert("RGB")
    right, bottom = pixels.width - 1, pixels.height - 1
    assert pixels.getpixel((0, 0)) == pixels.getpixel((right, bottom))
    assert pixels.getpixel((right, 0)) == pixels.getpixel((0, bottom)) != pixels.getpixel((0, 0))
    assert {colour for _, colour in pixels.getcolors()} == {(0, 0, 0), (255, 255, 255)}


def test_a_picture_for_fine_screens_is_as_wide_as_it_says_and_others_as_they_are(small_book):
    picture = "import io, PIL.Image\nfrom IPython.display import Image, display\nfile = io.BytesIO()\n"
    picture += "PIL.Image.new('RGB', (300, {height})).save(file, 'png'{more})\ndisplay(Image(file.getvalue()))"
    says = ["", ", dpi=(72, 72)", ", dpi=(96, 96)", ", dpi=(192, 192)"]
    small_book.chapter("\n".join(picture.format(height=9 + i, more=more) for i, more in enumerate(says)))
    assert small_book.build().returncode == 0
    pictures = re.findall(r"<img[^>]*>", small_book.page("notebooks/chapter"))
    widths = [re.findall(r"width: ([^;]*);", picture) for picture in pictures if "_images/" in picture]
    assert widths == [[], [], [], ["150px"]]


def test_a_drawing_in_few_colours_keeps_its_areas_and_its_small_dots():
    shades = np.linspace(0, 255, 120 * 120).reshape(120, 120)
    pixels = np.stack([shades // 7, shades // 3, 255 - shades], axis=-1).astype(np.uint8)
    pixels[:40], pixels[40:60], pixels[100:104, :5] = (213, 234, 208), (211, 232, 209), (255, 0, 0)
    found = np.asarray(in_few_colours(Image.fromarray(pixels))).astype(int)
    assert (found[:60] == pixels[:60]).all()
    assert np.abs(found - pixels).max() < 20


def test_without_a_change_nothing_is_executed_or_read_again(small_book):
    small_book.build()
    again = small_book.build()
    assert again.returncode == 0, again.stdout
    assert "0 added, 0 changed, 0 removed" in again.stdout
    assert "Executing notebook" not in again.stdout


def test_a_slider_changed_in_python_is_changed_on_the_page(small_book):
    small_book.chapter(FIGURE)
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    assert "x is 1.00." in small_book.page("notebooks/chapter")
    small_book.chapter(FIGURE.replace("figure\n", "figure.controls['x'].value = 2.5\nfigure\n"))
    assert small_book.build().returncode == 0
    page = small_book.page("notebooks/chapter")
    assert "x is 2.50." in page and 'value="2.5"' in page
    assert "widget-state+json" not in page
    assert page.count('<script async src="../_static/live.js') == 1 and "live.js" not in small_book.page("book/page")
    assert page.count("</figure>\n<script>globalThis.livefig?.wake?.();</script>") == 1


IMAGE = """
fig, ax = plt.subplots()
image = ax.imshow(np.eye(3))
live(fig, lambda x: {image: x * np.eye(3)}, x=FloatSlider(value=1, min=0, max=1), title="An image")
"""


def test_the_first_figure_does_not_wait_for_the_script_of_images_that_another_one_needs(small_book, visit):
    small_book.chapter(FIGURE, IMAGE)
    assert small_book.build().returncode == 0
    page = small_book.page("notebooks/chapter")
    asked = re.findall(
        r'<script async (fetchpriority="low" )?src="../_static/(live[\w-]*\.js)', page.partition("</head>")[0]
    )
    low = 'fetchpriority="low" '
    assert asked == [("", "live.js"), (low, "live-fields.js"), (low, "live-tools.js")]
    assert re.findall(r'<link rel="preload" as="script" href="../_static/(live[\w-]*\.js)', page) == ["live.js"]
    assert sorted(path.name for path in small_book.site.glob("_static/live*.js")) == sorted(name for _, name in asked)
    held = []
    visit.page.route("**/live-*.js*", lambda route: held.append(route))
    visit.page.goto((small_book.site / "notebooks/chapter.html").as_uri(), wait_until="commit")
    sliders = visit.page.locator("input[type=range]")
    sliders.first.press("ArrowRight")
    assert "x is 1.10" in visit.page.locator("figure").first.inner_text() and sliders.nth(1).is_disabled()
    while held:
        held.pop().continue_()
    visit.page.unroute("**/live-*.js*")
    visit.page.wait_for_load_state()
    visit.page.get_by_role("button", name="Reset").first.click()
    assert "x is 1.00" in visit.page.locator("figure").first.inner_text()
    image = visit.page.locator("figure image")
    before = image.get_attribute("href")
    visit.page.locator("figure.live-figure").nth(1).evaluate("figure => figure.live.set({ x: 0.5 })")
    assert image.get_attribute("href") != before and visit.complaints == []


def test_a_widget_that_needs_python_says_so_and_the_build_names_the_cell(small_book):
    small_book.chapter("import ipywidgets\nipywidgets.interact(lambda x: x, x=(0, 9));")
    built = small_book.build()
    assert built.returncode != 0
    assert "cell 2, 'ipywidgets.interact(lambda x: x, x=(0, 9));': a widget that is not a live figure" in built.stdout
    assert small_book.build(strict=False).returncode == 0
    assert "This part needs Python" in small_book.page("notebooks/chapter")


STILL = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"


def cells_of(page):
    """What stands in each cell of a page: its figure or picture, open code, and the words over folded code."""
    found = BeautifulSoup(page, "html.parser").select("div.cell")
    return [
        [
            "code" if "cell_input" in part["class"] else part.summary.get_text() if part.name == "details" else "shown"
            for part in cell.find_all(True, recursive=False)
        ]
        for cell in found
    ]


def test_what_a_cell_shows_stands_before_its_code_which_is_folded_where_a_picture_is_shown_or_the_author_says_so(
    small_book,
):
    small_book.chapter(FIGURE, STILL, "print(2)", "x = 2")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    made = ["shown", CODE_WORDS["picture"]]
    assert cells_of(small_book.page("notebooks/chapter")) == [made, made, ["code", "shown"], ["code"]]
    small_book.chapter(STILL, "print(2)", "x = 2", tags=["hide-input"])
    assert small_book.build().returncode == 0
    folded = [made, ["shown", CODE_WORDS["output"]], [CODE_WORDS["nothing"]]]
    assert cells_of(small_book.page("notebooks/chapter")) == folded


def test_the_code_of_a_figure_has_an_address_and_a_text_can_link_to_the_figure(small_book):
    small_book.chapter(FIGURE.replace('title="A dot"', 'title="A dot", id="spot"'))
    small_book.write("book/page.md", "# A page\n\nSee [the dot](#live-spot).\n")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = BeautifulSoup(small_book.page("notebooks/chapter"), "html.parser")
    assert page.select_one("details > #live-spot-code pre") and page.select_one("figure#live-spot")
    assert 'href="../notebooks/chapter.html#live-spot"' in small_book.page("book/page")


def test_what_got_a_new_name_answers_under_the_old_one_if_that_stands_before_it(small_book):
    """A figure, a section and an exercise."""
    exercise = "```{exercise} One\n:label: one\nHow many?\n```\n"
    small_book.write("book/page.md", f"# A page\n\n(old-part)=\n## A new part\n\nText.\n\n(zero)=\n{exercise}")
    path = small_book.folder / "notebooks" / "chapter.ipynb"
    small_book.chapter(FIGURE)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nGuess first.\n\n(live-a-point)="
    small_book.write("notebooks/chapter.ipynb", nbformat.writes(notebook))
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page, chapter = (BeautifulSoup(small_book.page(name), "html.parser") for name in ("book/page", "notebooks/chapter"))
    for name, after in (("old-part", "How many"), ("zero", "How many")):
        assert page.find(id=name).find_next(string=re.compile(after)), name
    assert chapter.find(id="live-a-point").find_next("figure", id="live-a-dot")


INDEX = "# A page\n\n```{live-figures}\n```\n"


def test_the_index_lists_the_live_figures_of_every_chapter_with_links(small_book):
    small_book.write("book/page.md", INDEX)
    first = FIGURE.replace('A dot"', 'A dot & more", description="It goes up."')
    small_book.chapter(first.replace("\nfigure\n", "\ndisplay(figure)\n") + FIGURE)
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    page = small_book.page("book/page")
    assert re.search(r'href="\.\./notebooks/chapter\.html">A chapter</a></strong>', page)
    cards = BeautifulSoup(page, "html.parser").select(".gallery a")
    assert [(card["href"].partition("#")[2], card.get_text(), card.img["alt"]) for card in cards] == [
        ("live-a-dot-more", "A dot & more", "It goes up."), ("live-a-dot", "A dot", ""),
    ]  # fmt: skip
    for card in cards:
        address, _, name = card["href"].partition("#")
        assert address == "../notebooks/chapter.html" and f'id="{name}"' in small_book.page("notebooks/chapter")
        picture = ET.parse(small_book.site / "book" / card.img["src"]).getroot()
        assert picture.get("viewBox").split()[2:] == pytest.approx([card.img["width"], card.img["height"]], abs=0.5)


def test_the_index_has_the_words_and_the_description_that_it_is_given(small_book):
    small_book.write("book/page.md", INDEX.replace("}\n", "}\na-dot: a & b | It goes up.\n"))
    small_book.chapter(FIGURE)
    assert small_book.build().returncode == 0
    (card,) = BeautifulSoup(small_book.page("book/page"), "html.parser").select(".gallery a")
    assert [part.get_text() for part in card.select("span, small")] == ["A dot", "a & b"]
    assert card.img["alt"] == "It goes up."
    small_book.write("book/page.md", INDEX.replace("}\n", "}\na-dit: a slope\n"))
    assert "the gallery has words for 'a-dit', and no page has this figure" in small_book.build().stdout


def test_notebooks_run_side_by_side_and_all_that_they_show_is_known(small_book):
    told = "import os\nprint('run by', os.getppid())"
    cell = f"```{{code-cell}} python3\n{told}\n{FIGURE.replace('A dot', 'First')}```\n"
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n"
    small_book.write("book/first.md", f"{head}# First\n\n{cell}")
    small_book.write("book/page.md", INDEX)
    small_book.chapter(told + FIGURE)
    between = [f"book/text{number}" for number in range(3)]
    for name in between:
        small_book.write(f"{name}.md", "# Text\n")
    files = "".join(f"  - file: {name}\n" for name in ("book/first", *between, "notebooks/chapter"))
    small_book.write("_toc.yml", f"format: jb-book\nroot: book/page\nchapters:\n{files}")
    built = small_book.build()
    assert built.returncode == 0, built.stdout
    cards = BeautifulSoup(small_book.page("book/page"), "html.parser").select(".gallery a")
    assert [card.get_text() for card in cards] == ["First", "A dot"]
    pages = [small_book.page(name) for name in ("book/first", "notebooks/chapter")]
    assert all("live.js" in page for page in pages)
    runners = {re.search(r"run by (\d+)", page)[1] for page in pages}
    assert len(runners) == min(2, os.cpu_count())


@pytest.mark.parametrize("mode", ["cache", "off"])
def test_the_store_of_outputs_is_there_before_notebooks_run_side_by_side(tmp_path, mode):
    place = tmp_path / "_build" / ".jupyter_cache"
    settings = SimpleNamespace(execution_mode=mode, execution_cache_path=str(place))
    make_cache(None, SimpleNamespace(mystnb_config=settings), [])
    assert (place / "global.db").exists() == (mode == "cache")


def test_the_index_follows_a_change_in_a_chapter(small_book):
    small_book.write("book/page.md", INDEX)
    small_book.chapter(FIGURE)
    assert small_book.build().returncode == 0
    small_book.chapter(FIGURE.replace("A dot", "A point"))
    assert small_book.build().returncode == 0
    page = small_book.page("book/page")
    assert "chapter.html#live-a-point" in page and "live-a-dot" not in page
    small_book.chapter("print('no figure')")
    assert small_book.build().returncode == 0
    assert "#live-" not in small_book.page("book/page")
