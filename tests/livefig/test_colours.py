"""Colours of figures on light pages and on dark ones, as a browser shows them: what says something can be read.

Every element of the picture is asked for its computed paints; what may be pale is decided by the artist that drew it.
"""

import re

import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider
from matplotlib.colors import ListedColormap, LogNorm, Normalize, to_rgba
from matplotlib.text import Text

from gradcore.graphs import draw_graph
from livefig.artists.points import Points
from livefig.drawing import svg
from livefig.drawing.colormap import places
from livefig.drawing.colours import DARK_GROUND, LIGHT_GROUND, contrast, readable, rgb, seen
from livefig.drawing.drawn import Look
from livefig.figure.live import live

THEMES = ("light", "dark")
STYLES = ("default", "dark_background", "ggplot", "seaborn-v0_8-darkgrid", "grayscale", "Solarize_Light2")
COLOURS = ("white", "black", "yellow", "navy", "orange", "0.5", "0.9", "0.15", "C0", "C1")


@pytest.fixture(autouse=True)
def agg():
    plt.switch_backend("agg")
    yield
    plt.close("all")


PAINTED = """() => {
    const paint = (style, role, faded) => {
        const [r, g, b, a = 1] = (style[role].match(/^rgb/) ? style[role].match(/[\\d.]+/g) : []).map(Number);
        if (r === undefined || (role === "stroke" && parseFloat(style.strokeWidth) === 0)) return null;
        return [r, g, b, a * style.opacity * style[`${role}Opacity`] * faded];
    };
    const seen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return !element.closest("defs") && width + height > 0 && element.getAttribute("d") !== "";
    };
    return [...document.querySelectorAll("svg :is(path, use, text)")].filter(seen).map((element) => {
        const style = getComputedStyle(element), faded = getComputedStyle(element.parentElement).opacity;
        const owner = element.closest("[data-artist]");
        return {
            artist: owner && Number(owner.dataset.artist),
            join: style.strokeLinejoin,
            fill: paint(style, "fill", faded),
            stroke: paint(style, "stroke", faded),
        };
    });
}"""


@pytest.fixture
def drawn(page, tmp_path, monkeypatch):
    """Saves a figure, opens it in a theme, and gives what is drawn: for each element a dict with its artist and paints.

    Without an update function nothing moves but a text outside.
    """

    def draw(fig, update=None):
        artists = []

        def marked(root, prefix, fig, owners, themed=svg.themed):
            for group in root.iter(f"{{{svg.SVG}}}g"):
                if group.get("id") in owners:
                    group.set("data-artist", str(len(artists)))
                    artists.append(owners[group.get("id")])
            themed(root, prefix, fig, owners)

        word = fig.text(0.5, 0.01, "{a:.0f}", color="black")
        with monkeypatch.context() as patch:
            patch.setattr(svg, "themed", marked)
            figure = live(fig, update or (lambda a: {word: a >= 0}), a=FloatSlider(value=1, min=0, max=2), title="T")
        page.goto(figure.save(tmp_path / "figure.html").as_uri())
        page.wait_for_function("() => document.querySelector('figure').live")
        assert page.locator("svg defs > path[style]").count() == 0  # it would hide the paints of what uses the marker

        def in_theme(theme):
            page.emulate_media(color_scheme=theme)
            return [e | {"artist": dict(enumerate(artists)).get(e["artist"])} for e in page.evaluate(PAINTED)]

        return in_theme

    return draw


GROUNDS = {"light": LIGHT_GROUND, "dark": (0x12, 0x12, 0x12)}  # of a saved page in Chromium


def over(paint, ground):
    """The colour that is seen where a paint lies on a ground."""
    *colour, alpha = paint
    return tuple(round(g + (c - g) * alpha) for c, g in zip(colour, ground, strict=True))


def stands_out(element, ground):
    """The best contrast that a fill or an edge has."""
    return max((contrast(over(e, ground), ground) for e in (element["fill"], element["stroke"]) if e), default=0)


def faint(elements, ground):
    """The elements that cannot be read: text under 4.5, everything else under 3."""
    return [
        (element, round(stands_out(element, ground), 2))
        for element in elements
        if stands_out(element, ground) < (4.5 if isinstance(element["artist"], Text) else 3) - 0.01
    ]


t = np.linspace(0, 6, 20)


def still(ax):
    """Lines, contours, markers, bars, areas, arrows and words in every colour that is hard for some page."""
    for k, colour in enumerate(COLOURS):
        ax.plot(t, np.sin(t) + k, color=colour)
        ax.plot(t, np.sin(t) + k, color=colour, alpha=0.1)
        ax.plot(k, -1, "o", color=colour, alpha=0.3)
        ax.plot(k, -2, "o", mfc="white", mec="black" if colour == "white" else colour)
        ax.plot(k, -2, "o", mfc=colour, mec="white" if colour != "white" else "black")
        ax.bar(k, 1, bottom=10, color=colour)
        ax.text(k, 12, "word", color=colour)
        ax.text(k, 13, "pale", color=colour, alpha=0.4)
        ax.annotate("here", (k, 14), (k, 16), color=colour, arrowprops={"arrowstyle": "->", "color": colour})
        ax.errorbar(k, 17, yerr=1, color=colour, capsize=3)
        ax.quiver([k], [19], [1], [1], color=colour, scale=20)
        ax.scatter([k], [20], color=colour, alpha=0.5)
        if to_rgba(colour) != to_rgba(ax.figure.get_facecolor()):  # else it is a hole
            ax.fill_between([k, k + 1], 21, 22, color=colour, alpha=0.2, lw=0)
            ax.fill([k, k + 1, k], [23, 23, 24], color=colour)
    for k, cmap in enumerate(("viridis", "Greys", "hot", "RdBu")):
        ax.scatter(t, 0 * t - 3 - k, c=t, cmap=cmap, edgecolors="face")
        ax.contour(t, t + 25, np.outer(t, t), cmap=cmap)
    ax.text(0, 32, r"$x^2$", color="red")


def moving(ax):
    """The same where it follows a slider, and what `update` returns for it."""
    data = {}
    for k, colour in enumerate(COLOURS):
        curve, pale = ax.plot(t, t, color=colour)[0], ax.plot(t, t, "o-", color=colour, alpha=0.1)[0]
        rings = ax.plot(t, t, "o", mfc="white", mec="black" if colour == "white" else colour)[0]
        data |= {line: np.column_stack([t, np.sin(t) + k]) for line in (curve, pale, rings)}
        data[ax.bar(k, 1, color=colour)] = np.array([1.0])
        data[ax.text(k, 5, "word", color=colour)] = np.array([k, 5.0])
        data[ax.quiver([k], [6], [1], [1], color=colour, scale=20)] = np.array([[k, 6.0, 1.0, 1.0]])
        data[ax.scatter([k], [7], color=colour, alpha=0.5)] = np.array([[k, 7.0]])
        data[ax.fill_between([k, k + 1], 8, 9, color=colour, alpha=0.2)] = np.array([[k, 8.0, 9], [k + 1, 8, 9]])
        data[ax.fill([k, k + 1, k], [9, 9, 10], color=colour)[0]] = np.array([[k, 9.0], [k + 1, 9], [k, 10]])
        data[ax.axvspan(k, k + 0.4, color=colour, alpha=0.1)] = np.array([k, k + 0.4])
        data[ax.axhline(k, color=colour)] = k
    for k, cmap in enumerate(("viridis", "Greys", "hot", "RdBu")):
        data[ax.scatter(t, t, c=t, cmap=cmap, alpha=1 - k / 5)] = np.column_stack([t, 0 * t - k, t])
    return lambda a: {artist: a * np.asarray(found, dtype=float) for artist, found in data.items()}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("make", [still, moving])
def test_whatever_its_colour_what_says_something_can_be_read(drawn, style, make):
    with plt.style.context(style):
        fig, ax = plt.subplots()
        ax.set_axis_off()  # so there is no decoration
        in_theme = drawn(fig, make(ax))
    for theme in THEMES:
        elements = in_theme(theme)
        assert len(elements) > 80
        assert faint(elements, GROUNDS[theme]) == []


@pytest.mark.parametrize("moves", [True, False])
def test_points_beside_their_colorbar_keep_its_colours_and_can_be_seen(drawn, moves):
    fig, ax = plt.subplots()
    ax.set_axis_off()
    points = ax.scatter(t, t, c=t, cmap="gray", s=200)
    fig.colorbar(points)
    in_theme = drawn(fig, (lambda a: {points: np.column_stack([t, a * t, t])}) if moves else None)
    wanted = [tuple(round(255 * c) for c in colour[:3]) for colour in points.to_rgba(t)]
    for theme in THEMES:
        seen = [e for e in in_theme(theme) if e["artist"] is points]
        assert [over(e["fill"], GROUNDS[theme]) for e in seen] == wanted
        assert faint(seen, GROUNDS[theme]) == []


@pytest.mark.parametrize("style", STYLES)
def test_the_words_around_a_picture_can_be_read_and_its_grid_can_be_seen(drawn, style):
    with plt.style.context(style):
        fig, ax = plt.subplots()
        (line,) = ax.plot(t, t, label="curve")
        ax.set(title="title", xlabel="x", ylabel="y")
        ax.grid(True)
        in_theme = drawn(fig)
        grid = {tick.gridline for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()}
    for theme in THEMES:
        ground, elements = GROUNDS[theme], in_theme(theme)
        panel = [over(e["fill"], ground) for e in elements if e["artist"] is ax.patch]
        assert len(panel) == (to_rgba(ax.get_facecolor()) != to_rgba(fig.get_facecolor()))
        inside = [*panel, ground][0]
        assert contrast(inside, ground) < 2  # a pale panel is no glare on a dark page
        assert faint([e for e in elements if isinstance(e["artist"], Text)], ground) == []
        assert faint([e for e in elements if e["artist"] is line], inside) == []
        assert min(stands_out(e, inside) for e in elements if e["artist"] in grid) > 1.1


BOXES = [("w", "k"), ("k", "w"), ("k", "wheat"), ("w", "navy"), ("k", "k"), ("0.5", "0.5")]


@pytest.mark.parametrize("alpha", [None, 0.5])
@pytest.mark.parametrize(("colour", "face"), BOXES)
def test_words_on_a_box_can_be_read_there(drawn, colour, face, alpha):
    fig, ax = plt.subplots()
    word = ax.text(0.5, 0.5, "on a box", color=colour, bbox={"facecolor": face, "alpha": alpha})
    in_theme = drawn(fig)
    for theme in THEMES:
        found = {e["artist"]: e for e in in_theme(theme)}
        box = over(found[word.get_bbox_patch()]["fill"], GROUNDS[theme])
        least = 4.5 if alpha is None else 4.35  # on a grey no colour has more than 4.58, and each page's is another one
        assert contrast(over(found[word]["fill"], box), box) >= least


def test_words_on_bars_wedges_and_cells_can_be_read_there(drawn):
    fig, (left, right) = plt.subplots(1, 2)
    bars = left.bar([0, 1, 2], [1, 1, 1], color=["black", "yellow", "white"], edgecolor="black")
    words = left.bar_label(bars, label_type="center", color="white")
    wedges, _, shares = right.pie([1, 1, 2], autopct="%d", colors=["black", "wheat", "navy"])
    table = left.table([["one", "two"]], cellColours=[["w", "wheat"]], loc="top")
    cells = [table[0, 0], table[0, 1]]
    in_theme = drawn(fig)
    pairs = [*zip(bars, words, strict=True), *zip(wedges, shares, strict=True), *((c, c.get_text()) for c in cells)]
    for theme in THEMES:
        found = {e["artist"]: e for e in in_theme(theme)}
        for below, word in pairs:
            box = over(found[below]["fill"], GROUNDS[theme])
            assert contrast(over(found[word]["fill"], box), box) >= 4.49, (below, word)


def test_words_between_arrows_stand_on_the_page(drawn):
    fig, ax = plt.subplots()
    nodes = {"a": ("x", 0, 0, "1.25", "0.5"), "b": ("×", 1, 1, "2.5", "1"), "c": ("+", 1, 2, "3", "1")}
    draw_graph(ax, nodes, [("a", "b"), ("b", "c")])
    ax.annotate("", (1.5, 0), (-1.5, 2), arrowprops={"color": "0.9"})  # an outline with words on it
    in_theme = drawn(fig)
    for theme in THEMES:
        words = [e for e in in_theme(theme) if isinstance(e["artist"], Text)]
        assert len(words) > 8 and faint(words, GROUNDS[theme]) == []


def test_a_colour_that_can_be_read_is_the_authors(drawn):
    fig, ax = plt.subplots()
    kept = {"light": ["#1f77b4", "#000080", "#8c8c8c"], "dark": ["#1f77b4", "#ffa500", "#8c8c8c", "#ffffff", "#ffff00"]}
    lines = {colour: ax.plot(t, t, color=colour)[0] for colours in kept.values() for colour in colours}
    clear = ax.plot(t, t, color="red", alpha=0.9)[0]
    yellow = ax.plot(t, t, "o", mfc="yellow", mec="black")[0]
    in_theme = drawn(fig)
    for theme, colours in kept.items():
        found = {e["artist"]: e for e in in_theme(theme)}
        for colour in colours:
            assert found[lines[colour]]["stroke"] == [*rgb(colour), 1]
        assert found[clear]["stroke"] == [255, 0, 0, 0.9]
        assert found[yellow]["fill"] == [255, 255, 0, 1]  # its edge is enough


def test_colour_scales_stay_and_so_does_what_lies_on_them(drawn):
    fig, axes = plt.subplots(1, 3)
    mesh = axes[0].pcolormesh(np.arange(4).reshape(2, 2), cmap="Greys")
    filled = axes[1].contourf(np.outer(t, t), levels=[0, 10, 40], colors=["white", "black"])
    axes[2].imshow([[0, 1], [1, 0]], cmap="Greys")
    over_it = [axes[0].plot([0, 2], [0, 2], color=c)[0] for c in ("black", "white", "yellow")]
    words = [axes[2].text(i, 0, "cell", ha="center", color=c) for i, c in enumerate(("black", "white"))]
    outside = axes[2].text(0.5, 1.1, "outside", transform=axes[2].transAxes)
    in_theme = drawn(fig)
    seen_in = {theme: in_theme(theme) for theme in THEMES}
    for scale in (mesh, filled):
        light, dark = ([e["fill"] for e in seen_in[theme] if e["artist"] is scale] for theme in THEMES)
        assert light == dark and (scale is filled or {tuple(c) for c in light} == {
            (*map(round, 255 * np.array(c[:3])), 1) for c in scale.get_facecolors()
        })  # fmt: skip
    assert [e["fill"][:3] for e in seen_in["dark"] if e["artist"] is filled] == [[255] * 3, [0] * 3]
    for theme in THEMES:
        found = {e["artist"]: e for e in seen_in[theme]}
        for line in over_it:
            assert found[line]["stroke"] == [*np.multiply(255, to_rgba(line.get_color())[:3]), 1]
        assert [found[word]["fill"][0] for word in words] == [0, 255]
        assert faint([found[outside]], GROUNDS[theme]) == []


def test_what_lies_on_a_tint_is_readable_on_a_dark_page_too(drawn):
    """A field that lets the page through is dark where the page is, however its paint came to be transparent."""
    tints, heights = [(0.2, 0.6, 0.2, 0.3), (0.2, 0.4, 0.8, 0.3)], np.outer([1, 1], [0, 1])
    fields = (
        lambda ax: ax.contourf(heights, levels=[-1, 0.5, 2], colors=tints),
        lambda ax: ax.contourf(heights, levels=[-1, 0.5, 2], colors=["green", "blue"], alpha=0.3),
        lambda ax: ax.imshow(heights, cmap=ListedColormap(tints)),
        lambda ax: ax.pcolormesh(heights, cmap=ListedColormap(tints)),
    )
    fig, axes = plt.subplots(1, 4)
    for ax, field in zip(axes, fields, strict=True):
        field(ax)
    inside = [ax.text(0.5, 0.5, "8", color="black") for ax in axes] + [ax.plot(0.5, 0.2, "k+")[0] for ax in axes]
    in_theme = drawn(fig)
    for theme in THEMES:
        elements = [e for e in in_theme(theme) if e["artist"] in inside]
        assert len(elements) == 8
        for red, green, blue, alpha in tints:
            ground = over((255 * red, 255 * green, 255 * blue, alpha), GROUNDS[theme])
            assert faint(elements, ground) == []


def test_what_has_the_colour_of_the_background_follows_the_ground(drawn):
    fig, ax = plt.subplots()
    halo = [effects.withStroke(linewidth=4, foreground="white")]
    ring = ax.plot(0.5, 0.5, "o", mfc="white", mec="black")[0]
    disc = ax.plot(0.5, 0.5, "o", mfc="blue", mec="white")[0]
    hole = ax.add_patch(plt.Circle((0.5, 0.5), 0.1, fc="white"))
    word, curve = ax.text(0, 0, "halo", path_effects=halo), ax.plot(t, t, color="black", path_effects=halo)[0]
    in_theme = drawn(fig)
    for theme in THEMES:
        ground, elements = [*GROUNDS[theme], 1], in_theme(theme)
        of = lambda artist: [e for e in elements if e["artist"] is artist]  # noqa: B023, E731
        assert [e["fill"] for e in (*of(ring), *of(hole))] == [ground] * 2
        assert [e["stroke"] for e in (*of(disc), of(word)[0], of(curve)[0])] == [ground] * 3
        assert stands_out(of(word)[1], GROUNDS[theme]) > 4.5 and stands_out(of(curve)[1], GROUNDS[theme]) > 4.5


def test_an_inset_covers_what_it_lies_on(drawn):
    fig, ax = plt.subplots()
    inset = ax.inset_axes([0.5, 0.5, 0.4, 0.4])
    in_theme = drawn(fig)
    for theme in THEMES:
        backgrounds = {e["artist"]: e["fill"] for e in in_theme(theme) if e["artist"] in (ax.patch, inset.patch)}
        assert backgrounds == {inset.patch: [*GROUNDS[theme], 1]}


def test_a_hatch_can_be_read(drawn, page):
    fig, ax = plt.subplots()
    ax.bar([0], [1], color="white", edgecolor="navy", hatch="//")
    drawn(fig)("dark")
    fills = page.locator("pattern > *").evaluate_all("found => found.map((e) => getComputedStyle(e).fill)")
    face, lines = (tuple(map(int, re.findall(r"\d+", fill))) for fill in fills)
    assert face == GROUNDS["dark"] and contrast(lines, DARK_GROUND) >= 3


@pytest.mark.parametrize("moves", [True, False])
def test_the_tiles_of_a_hatch_have_no_edges(drawn, page, moves):
    fig, ax = plt.subplots()
    area = ax.fill_between(t, t, color="c", alpha=0.5, hatch="/")
    drawn(fig, (lambda a: {area: np.column_stack([t, 0 * t, a * t])}) if moves else None)
    strokes = "e => getComputedStyle(e).stroke"
    assert (
        page.locator("svg pattern rect").evaluate(strokes)
        == "none"
        != page.locator("svg pattern path").evaluate(strokes)
    )


def test_corners_are_drawn_as_matplotlib_draws_them(drawn):
    fig, ax = plt.subplots()
    curves, bars = ax.contour(np.outer(t, t)), ax.bar([0], [1], edgecolor="k")
    disc, box = ax.plot(0, 0, "o", mec="k")[0], ax.plot(0, 0, "s", mec="k")[0]
    update = lambda a: {bars: np.stack([a]), disc: np.stack([a, a])[None, :], box: np.stack([a, a])[None, :]}  # noqa: E731
    found = {e["artist"]: e["join"] for e in drawn(fig, update)("light")}
    assert [found[artist] for artist in (curves, bars[0], disc, box)] == ["round", "miter", "round", "miter"]


HOSTS = {
    "the book": "document.documentElement.dataset.theme = 'dark'",
    "JupyterLab": "document.body.dataset.jpThemeLight = 'false'",
    "VS Code": "document.body.classList.add('vscode-dark')",
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_dark_theme_is_known_wherever_the_figure_stands_and_paper_is_light(drawn, page, host):
    fig, ax = plt.subplots()
    line = ax.plot(t, t, color="navy")[0]
    in_theme = drawn(fig)
    stroke = lambda theme: next(e["stroke"] for e in in_theme(theme) if e["artist"] is line)  # noqa: E731
    saved = stroke("dark")
    page.evaluate("() => document.documentElement.classList.remove('live-page')")
    assert stroke("dark") == [0, 0, 128, 1]  # the theme of such a page is its own
    page.evaluate(f"() => {{ {HOSTS[host]}; }}")
    assert stroke("light") == saved != [0, 0, 128, 1]
    page.emulate_media(media="print")
    assert stroke("light") == stroke("dark") == [0, 0, 128, 1]


@pytest.mark.parametrize("alpha", [255, 128, 20])
@pytest.mark.parametrize("least", [3, 4.5])
@pytest.mark.parametrize("ground", [LIGHT_GROUND, DARK_GROUND, (0x77, 0x77, 0x77), (0, 0, 0x80)])
def test_a_readable_colour_is_the_same_one_or_has_the_contrast(ground, least, alpha):
    rng = np.random.default_rng(0)
    for colour in rng.integers(0, 256, (200, 3)):
        paint = "#" + bytes([*colour.tolist(), alpha]).hex()[: 6 if alpha == 255 else 8]
        found = readable(paint, ground, least)
        assert contrast(seen(found, ground), ground) >= least
        assert (found == paint) == (contrast(seen(paint, ground), ground) >= least)


def colormap(**extremes):
    return plt.get_cmap("viridis").with_extremes(**extremes)


SCATTERS = [
    ({"cmap": "viridis"}, Normalize(0, 1)),
    ({"cmap": "viridis"}, Normalize(0.5, 0.5)),
    ({"cmap": colormap(bad="red", over="blue", under="green")}, Normalize(0.2, 0.8)),
    ({"cmap": colormap(bad="red", over="blue", under=(0, 0, 0, 0))}, Normalize(0.2, 0.8)),
    ({"cmap": colormap(over="blue", under="green")}, Normalize(0.2, 0.8, clip=True)),
    ({"cmap": colormap(bad="red"), "alpha": 0.3}, LogNorm(0.1, 0.9)),
    ({"cmap": "plasma"}, LogNorm(0.5, 0.5)),
]


@pytest.mark.parametrize(("kwargs", "norm"), SCATTERS)
def test_points_have_the_colours_that_matplotlib_gives_them(kwargs, norm):
    values = np.array([0.5, 0.2, 0.8, -1.0, 0.0, 1e-9, 0.19999, 0.80001, 1.0, 7.0, np.nan, np.inf, -np.inf, *t / 6])
    points = plt.figure().add_subplot().scatter(values, values, c=values, norm=norm, plotnonfinite=True, **kwargs)
    points.set_array(values)
    moving = Points(points)
    moving.looks = [Look()]
    colours = moving.spec((len(values), 3))["colours"]
    table = [colours["table"][place] for place in places(colours, values)]
    for found, wanted in zip(table, points.to_rgba(points.get_array(), points.get_alpha()), strict=True):
        wanted = wanted if wanted[3] else (0, 0, 0, 0)
        assert to_rgba(f"#{found}" if found else (0, 0, 0, 0)) == pytest.approx(wanted, abs=0.003)


def test_points_have_the_edges_that_matplotlib_gives_them(drawn):
    fig, ax = plt.subplots()
    fills = {"face": {}, "none": {"edgecolors": "none"}, "red": {"edgecolors": "red", "linewidths": 3}}
    points = {name: ax.scatter([1], [1], c=[0.5], vmin=0, vmax=1, **keywords) for name, keywords in fills.items()}
    in_theme = drawn(fig, lambda a: {artist: np.stack([a, a, 0.5 * a])[None, :] for artist in points.values()})
    found = {e["artist"]: e for e in in_theme("light")}
    middle = [*(round(255 * c) for c in plt.get_cmap("viridis")(0.5)[:3]), 1]
    assert [found[artist]["fill"] for artist in points.values()] == [middle] * 3
    assert [found[artist]["stroke"] for artist in points.values()] == [middle, None, [255, 0, 0, 1]]
