"""Words and mathematics inside figures: fields beside formulas, outlines, labels at the edge, whoever draws them."""

import base64
import io
import os
import pathlib
import re
import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from conftest import ROOT
from gallery import GALLERY
from ipywidgets import Dropdown, FloatSlider
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from PIL import Image
from test_live import agg  # noqa: F401 - a fixture
from test_live_script import script  # noqa: F401 - a fixture

from livefig.controls.numbers import fields, fill
from livefig.drawing.mathtext import tspans
from livefig.figure.live import live
from livefig.page.html import figure_html
from livefig.words import WORDS

BETWEEN_TAGS = re.compile(r"<[^>]*>")


def figure_with(draw, **options):
    """A live figure after draw(fig, ax), with a line that moves and the named values a and b = a²."""
    fig, ax = plt.subplots(figsize=(4, 3))
    (line,) = ax.plot([0, 1], [0, 1])
    ax.set(xlim=(0, 1), ylim=(0, 1))
    moving = draw(fig, ax)

    def update(a):
        return {line: a * np.ones((2, 2)), "b": a * a, **({moving: np.stack([a, a])} if moving else {})}

    slider = FloatSlider(value=0.5, min=0, max=1000, step=0.25)
    return live(fig, update, a=slider, **{"title": "Words", **options})


def titled(template, **options):
    return figure_with(lambda fig, ax: ax.set_title(template) and None, **options)


def said(figure):
    """The words of each `<text>` of the first state."""
    found = re.findall(r"<text.*?</text>", figure_html("f", figure.canvas.svg, figure.spec))
    return [BETWEEN_TAGS.sub("", text).replace("\u00a0", " ") for text in found]


# What an author writes, and what readers see at a = 0.5. Between dollars TeX's own spaces are distances.
SHOWN = {
    r"$\beta$ = {a:.2f}": "β = 0.50",
    r"$\beta = {a:.2f}$": "β=0.50",
    r"$x_0^2$ at {a} and {b:+.3f}": "x20 at 0.5 and +0.250",
    r"$x^{2}$, {a:.1f}": "x2, 0.5",
    r"$x^{{2}}$, {{a}} {a:.1f}": "x2, {a} 0.5",
    r"$f'(x_0) = {a:.1f}$": "f′(x0)=0.5",
    r"$x^{a:.1f}$": "x0.5",
    r"$x_{{a:.1f}} + y$": "x0.5+y",
    r"costs \$5 and {a:.0%}": "costs $5 and 50%",
    "costs $5 and {a:.0%}": "costs $5 and 50%",
    r"\$$\alpha$\$ {a:.1f}": "$α$ 0.5",
    "{{a}} {a:.1f} {{{a:.1f}}}": "{a} 0.5 {0.5}",
    "set {{0, 1}}": "set {0, 1}",
    "$x^{2}$ in {{0, 1}}": "x2 in {0, 1}",
    "{a}": "0.5",
}


@pytest.mark.parametrize("template", SHOWN)
def test_fields_dollars_and_braces_mean_what_the_docstring_says(template):
    assert SHOWN[template] in said(titled(template))


KINDS = {
    "title": lambda fig, ax, s: ax.set_title(s),
    "suptitle": lambda fig, ax, s: fig.suptitle(s),
    "axis label": lambda fig, ax, s: ax.set_ylabel(s),
    "legend": lambda fig, ax, s: ax.legend(ax.lines, [s]),
    "tick label": lambda fig, ax, s: ax.set_xticks([0, 1], ["0", s]),
    "annotation": lambda fig, ax, s: ax.annotate(s, (0.5, 0.5), (9, 9), textcoords="offset points"),
    "two lines": lambda fig, ax, s: ax.set_title(f"first\n{s}"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_text_says_numbers_beside_mathematics(visit, tmp_path, kind):
    figure = figure_with(lambda fig, ax: KINDS[kind](fig, ax, r"$\theta_0 = {a:.2f}$ of {b:.1f}") and None)
    visit.page.goto(figure.save(tmp_path / "figure.html").as_uri())
    visit.page.wait_for_function("() => document.querySelector('figure').live")
    shown = visit.page.locator("svg text", has_text="θ")
    assert shown.text_content().replace("\u00a0", " ") == "θ0=0.50 of 0.2"
    visit.page.evaluate("document.querySelector('figure').live.set({ a: 12.5 })")
    assert shown.text_content().replace("\u00a0", " ") == "θ0=12.50 of 156.2"
    assert visit.complaints == []


def test_a_tick_label_says_its_number_in_pixels_too():
    """matplotlib's own figure with the number written by hand is the same picture."""
    figure = figure_with(lambda fig, ax: ax.set_xticks([0, 1], ["0", "$x$ = {a:.2f}"]) and None)
    by_hand = figure_with(lambda fig, ax: ax.set_xticks([0, 1], ["0", "$x$ = 0.50"]) and None)
    assert figure._png() == by_hand._png()
    figure.set(a=0.75)
    assert figure._png() != by_hand._png()


def test_sentences_and_tables_do_not_say_a_label_with_fields():
    figure = figure_with(lambda fig, ax: ax.lines[0].set_label(r"$\theta$ = {a:.2f}") and None)
    assert figure.spec["artists"][0]["name"] == ""


def test_an_option_says_its_tex_in_plain_characters_in_the_picture_too():
    fig, ax = plt.subplots()
    ax.set_title(r"{f} and ${f:}$ and $\alpha$")
    names = ["$x^2$ {1} \\", "b"]
    figure = live(fig, lambda f: {"a": 1.0}, f=Dropdown(options=names), title="Options")
    assert "x² {1} \\ and x² {1} \\ and α" in said(figure)
    figure._png()


@pytest.mark.parametrize("template", ["$x$ {c}", "${c:.2f}$", "$x^{c:.2f}$", "{c:.2f}", "$x$ {c:.2f}"])
def test_an_unknown_name_is_refused_beside_mathematics_too(template):
    with pytest.raises(ValueError, match=re.escape(repr(template)) + " uses c: neither"):
        titled(template)


def test_an_unknown_format_is_refused_beside_mathematics_too():
    with pytest.raises(ValueError, match="the format '>8' is not one of"):
        titled("$x = {a:>8}$")


TALL = [r"\sqrt{x}", r"\frac{a}{b}", r"\hat{y}", r"\sum_i x_i", r"\mathcal{L}", r"x^{a:.1f}_0"]


@pytest.mark.parametrize("tex", TALL)
def test_a_field_beside_mathematics_that_is_more_than_characters_is_refused_with_what_to_write(tex):
    template = f"${tex} =$ {{a:.2f}}"
    with pytest.raises(ValueError, match=r"write these with plain characters \(√x, a/b, ŷ, Σ\)") as caught:
        titled(template)
    assert repr(template) in str(caught.value)


@pytest.mark.parametrize("advice", ["$√x =$ {a:.2f}", "$a/b =$ {a:.2f}", "$ŷ =$ {a:.2f}", "$Σ x_i = {a:.2f}$"])
def test_the_plain_characters_that_are_advised_do_it(advice):
    assert any(text.endswith("0.50") for text in said(titled(advice)))


def test_a_line_of_its_own_for_the_formula_does_it_too(visit, tmp_path):
    figure = titled("$\\sqrt{x}$\nis {a:.2f}, $\\alpha$")
    assert "is 0.50, α" in said(figure) and "√" not in "".join(said(figure))


def test_what_becomes_an_outline_has_no_fields():
    with pytest.raises(ValueError, match="path effects that make an outline"):
        figure_with(lambda fig, ax: ax.text(0.5, 0.5, "{a}", path_effects=[withStroke(linewidth=2)]) and None)


@pytest.mark.parametrize(("meant", "instead"), [("{a_1:g}", "0.5"), ("{{a_1}}", "a1")])
def test_a_name_in_braces_between_dollars_is_not_left_out_in_silence(meant, instead):
    fig, ax = plt.subplots()
    title = ax.set_title("$t ({a_1})$")
    with pytest.raises(
        ValueError, match=r"has \{a_1\} between dollars.*write \{a_1:g\} for the number, or \{\{a_1\}\}"
    ):
        live(fig, lambda a_1: {title: True}, a_1=FloatSlider(value=0.5))
    title.set_text(f"$t ({meant})$")
    figure = live(fig, lambda a_1: {title: True}, a_1=FloatSlider(value=0.5))
    assert instead in re.sub(r"\s", "", "".join(said(figure)))


def test_latex_is_refused():
    with pytest.raises(ValueError, match=r"'\$x\$' is to be set by LaTeX \(text.usetex\)"):
        figure_with(lambda fig, ax: ax.text(0.5, 0.5, "$x$", usetex=True) and None)


FOLDER = pathlib.Path(matplotlib.get_data_path(), "fonts", "ttf")
FONTS = {"": "", "-Oblique": "font-style: oblique", "-Bold": "font-weight: bold"}
FACE = "@font-face {{ font-family: 'DejaVu Sans'; {}; src: url(data:font/ttf;base64,{}) }}"


def faces():
    """The very fonts that matplotlib draws with, as style sheet."""
    data = {name: base64.b64encode((FOLDER / f"DejaVuSans{name}.ttf").read_bytes()).decode() for name in FONTS}
    return "".join(FACE.format(look, data[name]) for name, look in FONTS.items())


PLACES = """element => [...element.textContent].map((char, i) => {
    const at = element.getStartPositionOfChar(i);
    return [char, at.x, at.y];
})"""


FLOWING = [r"$x_0^2 + \alpha = -1$", r"$\nabla f \cdot \mathbf{w}^T \leq 10^{-3}$", "a $f(x)$ b"]


@pytest.mark.parametrize("tex", FLOWING)
def test_a_browser_puts_characters_where_matplotlib_does(page, tex):
    """Each glyph of matplotlib's layout stands within a tenth of a point."""
    page.set_content(
        f"<style>{faces()} text {{ font: 10px 'DejaVu Sans' }}</style>"
        f"<svg><text x='0' y='0'>{tspans(tex, FontProperties(size=10))}</text></svg>"
    )
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    found = page.locator("text").evaluate(PLACES)
    glyphs = MathTextParser("path").parse(tex, 72, FontProperties(size=10)).glyphs
    wanted = [[chr(glyph[2]), glyph[-2], -glyph[-1]] for glyph in glyphs]
    assert [char.replace("\u00a0", " ") for char, *_ in found] == [char for char, *_ in wanted]
    assert np.abs(np.array([place for _, *place in found]) - [place for _, *place in wanted]).max() < 0.1


CENTRE = "element => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.width]; }"


@pytest.mark.parametrize("kind", ["title", "two lines"])
def test_a_title_stays_in_the_middle_when_its_number_grows(page, tmp_path, kind):
    figure = figure_with(lambda fig, ax: KINDS[kind](fig, ax, r"$\beta = {a:.2f}$") and None)
    page.goto(figure.save(tmp_path / "figure.html").as_uri())
    page.wait_for_function("() => document.querySelector('figure').live")
    centre, width = page.locator("svg text", has_text="β").evaluate(CENTRE)
    page.evaluate("document.querySelector('figure').live.set({ a: 1000 })")
    moved, wider = page.locator("svg text", has_text="β").evaluate(CENTRE)
    assert wider > width * 1.2 and moved == pytest.approx(centre, abs=1)


OUTLINED = [r"$\sqrt{x_0^2+x_1^2}$", r"$\mathcal{L}(\theta)$", r"$\frac{\partial f}{\partial x}$", r"$\hat{y}$"]


@pytest.mark.parametrize("tex", OUTLINED)
def test_mathematics_that_is_more_than_characters_is_drawn_as_its_outline(tex):
    """The outline is as wide and as high as matplotlib's path of the text."""
    plain, figure = figure_with(lambda fig, ax: None), titled(tex)
    assert said(figure) == said(plain)
    (outline,) = re.findall(r'<path d="([^"]*)" />', figure.canvas.svg)
    numbers = np.array([float(v) for v in re.findall(r"-?\d+\.?\d*", outline)]).reshape(-1, 2)
    path = TextPath((0, 0), tex, size=12)
    corners = path.vertices[path.codes != Path.CLOSEPOLY]
    assert np.ptp(numbers, axis=0) == pytest.approx(np.ptp(corners, axis=0), abs=0.02)


@pytest.mark.parametrize("fontset", ["cm", "stix"])
def test_mathematics_in_other_fonts_is_drawn_as_its_outline(fontset):
    with plt.rc_context({"mathtext.fontset": fontset}):
        assert said(titled("$x_0$")) == said(figure_with(lambda fig, ax: None))
        with pytest.raises(ValueError, match="more than characters"):
            titled("$x_0$ = {a}")


def test_a_moving_formula_moves():
    figure = figure_with(lambda fig, ax: ax.text(0.5, 0.5, r"$\sqrt{x}$"))
    assert '<g data-part="1.text"><path' in figure.canvas.svg
    figure.set(a=0.75)
    dx, dy = map(float, re.findall(r"-?[\d.]+", figure.state.parts["1.text"]["transform"]))
    box = figure.spec["axes"][0]["box"]
    assert (dx, dy) == pytest.approx(((box[2] - box[0]) / 4, (box[1] - box[3]) / 4), abs=0.01)


@pytest.mark.parametrize(
    ("family", "css"),
    [
        ("monospace", "'DejaVu Sans Mono',monospace"),
        ("serif", "'DejaVu Serif',serif"),
        ("DejaVu Serif", "'DejaVu Serif',serif"),
    ],
)
def test_a_font_that_the_author_chose_is_kept(family, css):
    svg = figure_with(lambda fig, ax: ax.text(0.5, 0.5, "x  = $5", family=family) and None).canvas.svg
    assert re.findall(r"font-family:([^;\"]*)", svg) == [css] and "x  = $5" in svg


def test_readout_and_description_know_doubled_braces():
    figure = titled("", readout={"b": "{{a}} = {a:.1f}", "": "{{}}"}, description="x in {{0, 1}}")
    assert figure.state.sentence == "{a} = 0.5" and figure.spec["description"] == "x in {0, 1}"
    figure.set(a=0)
    assert figure.state.sentence == "{}"
    with pytest.raises(ValueError, match="description has the field 'a'"):
        titled("", description="a is {a:.2f}")


SENTENCES = ["{{x}} {x:.2f}", "{{{x}}}", "}}{{", "{η:d} {x₁}", "{x", "{ x }", "{word} {{word}}", "{{{{x}}}}"]


def test_the_page_fills_sentences_as_python_does(script):  # noqa: F811
    values = {"x": 0.5, "η": 3.0, "x₁": 2.0, "word": "{x} }} a"}
    found = script("return args[0].map((sentence) => parts.fill(sentence, args[1], args[2]))", SENTENCES, values, WORDS)
    assert found == [fill(sentence, values, WORDS) for sentence in SENTENCES]
    assert found[:3] == ["{x} 0.50", "{0.5}", "}{"] and set(fields("".join(SENTENCES[:5]), {"x₁"})) == {"x", "η", "x₁"}


BEYOND = {
    "a long title": lambda fig, ax: ax.set_title("A title that is longer than its figure is wide, by far, you see"),
    "a legend outside": lambda fig, ax: ax.legend(ax.lines, ["moving"], bbox_to_anchor=(1.02, 1), loc="upper left"),
    "a text beside": lambda fig, ax: ax.text(1.05, 0.5, "beside the axes", transform=ax.transAxes),
    "a high label": lambda fig, ax: ax.set_ylabel("four\nlines\nof\nlabel"),
    "a label in space": lambda fig, ax: fig.add_subplot(projection="3d").set_zlabel("far away", labelpad=70),
    "a low label": lambda fig, ax: ax.set_xlabel("three\nlines\nof label"),
}
INSIDE = """svg => {
    const whole = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text, [id*=legend] path")].every((element) => {
        const box = element.getBoundingClientRect();
        return box.left >= whole.left && box.right <= whole.right && box.top >= whole.top && box.bottom <= whole.bottom;
    });
}"""


@pytest.mark.parametrize("what", BEYOND)
def test_what_reaches_beyond_the_figure_is_not_cut_off(page, tmp_path, what):
    figure = figure_with(lambda fig, ax: BEYOND[what](fig, ax) and None)
    left, top, width, height = map(float, re.search(r'viewBox="([^"]*)"', figure.canvas.svg)[1].split())
    assert left <= 0 and top <= 0 and left + width >= 288 and top + height >= 216
    assert (left, top, width, height) != (0, 0, 288, 216)
    page.goto(figure.save(tmp_path / "figure.html").as_uri())
    page.wait_for_function("() => document.querySelector('figure').live")
    assert page.locator("svg").evaluate(INSIDE)
    picture = Image.open(io.BytesIO(figure._png()))
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)


def test_a_text_that_ran_away_leaves_the_figure_as_large_as_a_page_can_show():
    figure = figure_with(lambda fig, ax: ax.text(0.5, 0.5, "here"))
    figure.set(a=1000)
    assert Image.open(io.BytesIO(figure._png())).size == (800, 600)


def test_a_figure_that_fits_keeps_its_size():
    """The box around axes in space is not seen: authors make it larger than the figure."""
    fig = plt.figure(figsize=(4, 3))
    ax = fig.add_axes([0, 0.06, 0.9, 1.0], projection="3d")
    (path,) = ax.plot([0, 1], [0, 1], [0, 1])
    space = live(fig, lambda a: {path: a * np.ones((2, 3))}, a=FloatSlider(value=0.5), title="T")
    assert ax.bbox.y1 > fig.bbox.y1 and 'viewBox="0 0 288 216"' in space.canvas.svg
    assert 'viewBox="0 0 288 216"' in figure_with(lambda fig, ax: None).canvas.svg


def test_the_point_to_drag_stands_on_its_place_in_a_figure_that_grew(page, tmp_path):
    fig, ax = plt.subplots(figsize=(4, 3))
    (dot,) = ax.plot([0.5], [0.5], "o")
    ax.set(xlim=(0, 1), ylim=(0, 1), ylabel="four\nlines\nof\nlabel", title="one\ntwo\nthree")
    sliders = {name: FloatSlider(value=0.5, min=0, max=1, step=0.01) for name in "xy"}
    figure = live(fig, lambda x, y: {dot: np.stack([x, y])[None]}, title="Grown", drag=("x", "y"), **sliders)
    page.goto(figure.save(tmp_path / "figure.html").as_uri())
    page.wait_for_function("() => document.querySelector('figure').live")

    def centre(selector):
        box = page.locator(selector).bounding_box()
        return np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])

    handle, marker = ".live-handle", "[data-part='0.marker']"
    assert centre(handle) == pytest.approx(centre(marker), abs=1)
    page.mouse.move(*centre(handle))
    page.mouse.down()
    x, y = centre(handle)
    page.mouse.move(x + 40, y + 30)
    page.mouse.up()
    assert centre(handle) == pytest.approx(centre(marker), abs=1)
    assert page.evaluate("document.querySelector('figure').live.values().x") > 0.55


HOSTILE = """\
savefig.bbox: tight
savefig.pad_inches: 1
savefig.dpi: 300
savefig.transparent: True
savefig.facecolor: red
savefig.format: pdf
svg.fonttype: path
svg.hashsalt: salt
svg.image_inline: False
svg.id: mine
figure.dpi: 200
backend: svg
interactive: True
path.simplify: False
path.simplify_threshold: 1
path.snap: False
agg.path.chunksize: 3
image.composite_image: False
text.hinting: none
"""
GALLERY_OF_A_USER = """
import hashlib, json, sys, matplotlib
from gallery import GALLERY
print(matplotlib.rcParams["savefig.bbox"])
for make in GALLERY:
    figure = make()
    parts = [figure.canvas.svg, json.dumps(figure.spec), str(figure._png())]
    print(make.__name__, *(hashlib.sha256(part.encode()).hexdigest() for part in parts))
"""


def drawn_by(settings, folder):
    """What the gallery looks like for a user with these settings of matplotlib."""
    folder.mkdir()
    (folder / "matplotlibrc").write_text(settings, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("MATPLOTLIBRC", "MPLBACKEND")}
    environment |= {"MPLCONFIGDIR": str(folder), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", GALLERY_OF_A_USER]
    done = subprocess.run(command, env=environment, cwd=folder.parent, text=True, capture_output=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.slow
def test_settings_of_the_user_move_nothing(tmp_path):
    bbox, *wanted = drawn_by("backend: agg\n", tmp_path / "plain")
    hostile, *found = drawn_by(HOSTILE, tmp_path / "hostile")
    assert (bbox, hostile) == ("None", "tight")
    assert found == wanted and len(wanted) == len(GALLERY)


@pytest.mark.parametrize("backend", ["svg", "pdf", "agg"])
def test_any_backend_and_a_figure_of_its_own_draw_the_same(backend):
    def drawn(fig):
        ax = fig.add_subplot()
        (line,) = ax.plot([0, 1], [0, 1])
        figure = live(fig, lambda a: {line: a * np.ones((2, 2))}, a=FloatSlider(value=0.5), title="T")
        return figure.canvas.svg, figure.spec, figure._png()

    plt.switch_backend(backend)
    by_pyplot = drawn(plt.figure(figsize=(4, 3), dpi=77))
    assert by_pyplot == drawn(Figure(figsize=(4, 3)))


def test_the_figure_keeps_its_canvas_and_its_resolution():
    fig = Figure(dpi=120)
    canvas = FigureCanvasPdf(fig)
    (line,) = fig.add_subplot().plot([0, 1], [0, 1])
    live(fig, lambda a: {line: a * np.ones((2, 2))}, a=FloatSlider(value=0.5), title="T")._png()
    assert fig.canvas is canvas and fig.dpi == 120
