"""`interact` and `interactive`: functions that draw anew at each move, as live figures."""

import linecache
import math
import warnings

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider, fixed
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle, Wedge
from scipy.stats import norm

from livefig import interact, interactive, iterate
from livefig.redrawing import interact as module

pytestmark = pytest.mark.slow  # each figure is recorded and drawn in all its states

X = np.linspace(0, 3, 40)


@pytest.fixture(autouse=True)
def quiet():
    """These figures are drawn for a screen: of small letters nothing is to be said."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="on a phone the letters")
        yield
    plt.close("all")


def drawn(draw, **values):
    """The figure that matplotlib makes of an author's function."""
    plt.close("all")
    draw(**values)
    return plt.gcf()


def words(figure, **values):
    """What the texts of a figure say at some values."""
    figure.set(**values)
    named = figure.state.named
    for text in figure.texts:
        text.say(named)
    return [text.said.replace(r"\text", "") for text in figure.texts if text.text.get_visible()]


def kinds(figure):
    return [artist["kind"] for artist in figure.spec["artists"]]


# Data ---------------------------------------------------------------------------------------------------


def curves(a=1.0):
    _, ax = plt.subplots()
    ax.plot(X, np.sin(a * X), "r--", X, a * X, label="one")
    ax.plot(a * X)
    ax.step(X, np.cos(a * X), where="post")
    ax.plot(np.column_stack([X, X**2]), np.column_stack([a * X, X]))
    ax.set(xlim=(0, 40), ylim=(-4, 9))


def test_lines_have_the_points_that_matplotlib_draws():
    figure = interactive(curves, a=(0.5, 2.0))
    for a in (0.5, 1.3, 2.0):
        figure.set(a=a)
        theirs = [line.get_xydata() for line in drawn(curves, a=a).axes[0].lines]
        for data, wanted in zip(figure.state.arrays, [*theirs[:5]], strict=True):
            np.testing.assert_allclose(data, wanted, rtol=1e-12)
    assert len(kinds(figure)) == 5  # the second column of the last call stands still


def many_kinds(a=1.0):
    _, ax = plt.subplots()
    ax.scatter(X, a * X, c=a * X, vmin=0, vmax=9)
    ax.fill_between(X, a * X, 2, alpha=0.3, where=X > 1)
    ax.fill([0, a, 1], [0, 0, a], "g")
    ax.stackplot(X, X, a * X)
    ax.axhline(a), ax.axvline(x=a), ax.axhspan(0, a), ax.axvspan(a, 3)
    ax.vlines([1, 2], 0, a), ax.hlines(a, 0, 1)
    ax.bar([4, 5], [a, 2 * a]), ax.barh([4, 5], [a, 2 * a], left=4)
    ax.errorbar([1, 2], [a, a], yerr=[a / 9, 0.1], fmt="o"), ax.stem([1, 2], [a, 2])
    ax.quiver([1], [1], [a], [1], angles="xy", scale_units="xy", scale=1)
    ax.text(a, 1, "here"), ax.annotate("there", (a, 2), xytext=(5, 5), textcoords="offset points")
    ax.arrow(0, 0, a, 1)
    ax.add_patch(Circle((a, 1), 0.2)), ax.add_patch(Rectangle((0, 0), a, width := 1)), width
    ax.add_patch(Wedge((5, 5), 1, 0, 90 * a))
    ax.add_line(Line2D([0, a], [0, 1]))
    ax.set(xlim=(-1, 7), ylim=(-1, 9))


def test_what_moves_moves_as_the_function_draws_it():
    assert kinds(interactive(many_kinds, a=(0.5, 2.0))) == [
        "points", "area", "area", "area", "rule", "rule", "span", "span", "segments", "segments", "bars", "bars",
        "segments", "segments", "arrows", "text", "text", "arrow", "circle", "rectangle", "wedge", "line",
    ]  # fmt: skip


def histograms(a=1.0):
    _, axes = plt.subplots(1, 2)
    axes[0].hist(a * X, bins=np.linspace(0, 6, 13))
    axes[1].hist(a * X, bins=8, range=(0, 7), density=True)
    axes[0].set(ylim=(0, 30)), axes[1].set(ylim=(0, 2))


def test_bars_of_a_histogram_with_given_edges_count_what_lies_between_them():
    figure = interactive(histograms, a=(0.5, 2.0))
    figure.set(a=1.7)
    for data, ax in zip(figure.state.arrays, drawn(histograms, a=1.7).axes, strict=True):
        np.testing.assert_allclose(data, [bar.get_height() for bar in ax.patches], rtol=1e-12)


def fields(a=1.0, level=0.2):
    x, y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 8))
    _, axes = plt.subplots(1, 3)
    axes[0].imshow(a * x + y, vmin=-2, vmax=2)
    axes[1].pcolormesh(x, y, a * x + y, vmin=-2, vmax=2)
    axes[2].contour(x, y, a * x + y, levels=[level], colors="k")


def riemann(n=4, rule="left", a=0.0, b=3.0):
    width = (b - a) / n
    left = a + width * np.arange(n)
    x = left if rule == "left" else left + width / 2
    _, ax = plt.subplots()
    ax.plot(X, X**2)
    ax.bar(left, x**2, width=width, align="edge", edgecolor="k", label="the sum")
    ax.barh(left + 10, x, height=0.5 * width)
    ax.legend(loc="upper left")
    ax.set(xlim=(-1, 5), ylim=(0, 16), title=f"{np.sum(x**2) * width:.3f}")


def test_bars_may_become_more_and_move_one_by_one():
    figure = interactive(riemann, n=(2, 6), rule=["left", "middle"], a=(-1.0, 0.5), b=(1.0, 4.0))
    for n, rule, a, b in ((4, "left", 0.0, 3.0), (6, "middle", -0.5, 2.0), (2, "left", 0.3, 3.3)):
        figure.set(n=n, rule=rule, a=a, b=b)
        wanted = [patch.get_bbox().bounds for patch in drawn(riemann, n=n, rule=rule, a=a, b=b).axes[0].patches]
        seen = [data for data in figure.state.arrays if np.shape(data) == (4,) and np.isfinite(data).all()]
        np.testing.assert_allclose(sorted(map(tuple, seen)), sorted(wanted), atol=1e-12)


def test_fields_move_and_contour_lines_have_levels_that_follow():
    figure = interactive(fields, a=(0.5, 2.0), level=(0.1, 0.5))
    assert kinds(figure) == ["image", "image", "contour"]


def in_space(a=1.0, azim=30):
    ax = plt.figure().add_subplot(projection="3d")
    ax.plot(X, a * X, X)
    ax.set(xlim=(0, 3), ylim=(0, 6), zlim=(0, 3))
    ax.view_init(elev=20, azim=azim + 1)


def test_two_sliders_turn_what_view_init_turns():
    with pytest.raises(TypeError, match=r"view_init\(elev=elev, azim=azim\)"):
        interactive(in_space, a=(0.5, 2.0), azim=FloatSlider(value=30, min=0, max=90))

    def turned(a, elev, azim):
        in_space(a)
        plt.gca().view_init(elev=elev, azim=azim)

    angles = {"elev": FloatSlider(value=20, min=0, max=80), "azim": FloatSlider(value=30, min=0, max=90)}
    figure = interactive(turned, a=(0.5, 2.0), **angles)
    assert figure.spec["view"] == ["azim", "elev"]


def free(a=2.0):
    _, (ax, bx) = plt.subplots(2, sharex=True)
    ax.plot(a * X, np.sin(X) * a)
    ax.axhline(3)
    bx.semilogy(X, np.exp(a * X))
    bx.bar([1, 2], [a, 30])


@pytest.mark.parametrize("a", [0.5, 1.1, 3.0])
def test_limits_that_are_not_set_are_those_that_matplotlib_finds(a):
    figure = FREE or FREE.append(interactive(free, a=(0.5, 3.0))) or FREE
    figure[0].set(a=a)
    found = [data for data, kind in zip(figure[0].state.arrays, kinds(figure[0]), strict=True) if kind == "limits"]
    wanted = [[ax.get_xlim(), ax.get_ylim()] for ax in drawn(free, a=a).axes]
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


FREE = []


def test_what_a_condition_hides_widens_no_limits():
    def draw(a, more):
        _, ax = plt.subplots()
        ax.plot(X, a * X)
        if more and a > 1:
            ax.plot(X, 3 * a * X)

    assert kinds(interactive(draw, a=(0.5, 2.0), more=[False, True])) == ["line", "line", "limits"]


def test_the_tips_of_arrows_widen_no_limits():
    def draw(a):
        _, ax = plt.subplots()
        ax.contour(np.arange(9), np.arange(7), np.outer(np.arange(7), np.arange(9)))
        ax.quiver(a, 1, 2 * a, 9, angles="xy", scale_units="xy", scale=1)

    assert kinds(interactive(draw, a=(0.5, 5.0))) == ["arrows"]


# Texts --------------------------------------------------------------------------------------------------


def said(a=1.0, n=2, kind="sine"):
    fig, ax = plt.subplots()
    ax.plot(X, a * X, label="slope " + str(a))
    ax.set_title(f"{kind} of $a = {a:.2f}$, n = {n}, " + "%.1f and %d" % (a / 2, n))  # noqa: UP031
    ax.set_xlabel(["one", "two", "three"][n - 1])
    ax.text(1, 1, f"{n**2 + 0.5}")
    ax.legend(), fig.suptitle(f"a² = {a**2:>8.3f}")
    print("The slope is", a)
    print(f"twice {2 * a:.1f}")


def test_numbers_in_texts_follow_and_words_take_turns():
    figure = interactive(said, a=(0.5, 2.0), n=(1, 3), kind=["sine", "bell"], stops="n")
    assert sorted(words(figure, a=1.5, n=3, kind="bell")) == [
        "9.5", "a² = 2.250", "bell of $a = {{1.50}}$, n = 3, 0.8 and 3", "slope 1.5",
    ]  # fmt: skip
    taking_turns = {key.get_text(): bool(data) for key, data, kind in
                    zip(figure.moving, figure.state.arrays, kinds(figure), strict=True) if kind == "shown"}  # fmt: skip
    assert taking_turns == {"one": False, "two": False, "three": True}
    assert figure.state.sentence == "The slope is 1.5\ntwice 3.0"


def told_apart(a=1.0, b=0.5):
    if a < 1:
        kind = "damped"
        colour = "C0"
    elif a == 1:
        kind, colour = "steady", "C1"
    else:
        kind, colour = "growing", "C3"
    _, ax = plt.subplots()
    ax.plot(X, a**X, color=colour, label="it is " + kind)
    ax.plot(X, b * X, color="k" if b > 0.4 else "0.5", ls=":")
    ax.text(1, 2, "steep" if b > 1 else f"flat, {b:.1f}")
    ax.set(title=f"{kind}: {a:.2f}", ylim=(0, 4))


def test_words_and_colours_that_a_condition_chooses_are_chosen_on_the_page():
    figure = interactive(told_apart, a=(0.5, 1.5, 0.1), b=(0.0, 2.0))
    for a, b in ((0.6, 0.2), (1.0, 0.7), (1.5, 1.7)):
        figure.set(a=a, b=b)
        wanted = drawn(told_apart, a=a, b=b).axes[0]
        shown = [data for data in figure.state.arrays if np.shape(data) == (40, 2) and np.isfinite(data).all()]
        for ours, theirs in zip(shown, wanted.lines, strict=True):
            np.testing.assert_allclose(ours, theirs.get_xydata())
        lines = [artist for artist in figure.moving if isinstance(artist, Line2D)]
        seen = [
            line.get_color() for line, data in zip(lines, figure.state.arrays, strict=False) if np.isfinite(data).all()
        ]
        assert seen == [line.get_color() for line in wanted.lines]


COLOURS = {"sine": "C0", "cosine": "C3"}


def coloured(kind="sine", n=3, a=1.0):
    _, ax = plt.subplots()
    dashes = "--" if kind == "cosine" else "-"
    ax.plot(X, a * getattr(np, {"sine": "sin", "cosine": "cos"}[kind])(X), color=COLOURS[kind], ls=dashes)
    ax.axhspan(-a, 0, color=COLOURS[kind], alpha=0.2)
    for i in range(n):
        ax.plot(i, a * i / 5, "o", color=plt.get_cmap("viridis")(i / n))
    ax.set_ylim(-2, 2)


def test_what_has_another_look_at_another_option_is_drawn_with_each():
    figure = interactive(coloured, kind=list(COLOURS), n=(1, 3), a=(0.0, 2.0))
    for kind, n in (("sine", 1), ("cosine", 3)):
        figure.set(kind=kind, n=n, a=1.3)
        wanted = drawn(coloured, kind=kind, n=n, a=1.3).axes[0]
        lines = [key for key in figure.moving if isinstance(key, Line2D)]
        data = dict(zip(figure.moving, figure.state.arrays, strict=False))
        seen = [(line, data[line]) for line in lines if np.isfinite(data[line]).any()]
        ours, theirs = (
            sorted((str(line.get_color()), line.get_ls(), *np.round(points.sum(axis=0), 6)) for line, points in some)
            for some in (seen, [(line, line.get_xydata()) for line in wanted.lines])
        )
        assert ours == theirs


def titled(a=1.0):
    _, ax = plt.subplots()
    ax.plot(X, a * X)
    if a > 1.2:
        ax.set_title(f"steep: {a:.1f}")
        ax.plot(1, a, "ro")
    elif a > 0.8:
        ax.set_title("middle")
    else:
        ax.set_title("flat")
    ax.set(ylim=(0, 6))


def test_below_a_condition_all_is_drawn_and_seen_where_it_holds():
    before = titled.__code__
    figure = interactive(titled, a=FloatSlider(value=1, min=0.5, max=2))
    assert titled.__code__ is before
    shown = [kind for kind in kinds(figure) if kind == "shown"]
    assert len(shown) == 3 and "line" in kinds(figure)
    for a, title in ((0.6, "flat"), (1.0, "middle"), (1.5, "steep: 1.5")):
        figure.set(a=a)
        seen = [bool(data) for data, kind in zip(figure.state.arrays, kinds(figure), strict=True) if kind == "shown"]
        assert seen.count(True) == 1
        assert drawn(titled, a=a).axes[0].get_title() == title


def test_a_number_below_a_condition_that_an_option_makes_false_is_told_nowhere():
    def draw(a, more):
        _, ax = plt.subplots()
        ax.plot(X, a * X)
        ax.set(ylim=(0, 6))
        if more and a > 1:
            ax.text(1, 5, f"a = {a:.1f}")

    assert words(interactive(draw, a=(0.5, 2.0), more=[False, True]), a=1.5, more=True) == ["a = 1.5"]


# Lines that cannot be recorded --------------------------------------------------------------------------


def helper(a):
    if a < 1:
        return a**2
    return a


def awkward(a=1.0, b=2.0, n=6):
    y = np.zeros(n)
    for i in range(1, n):
        y[i] = y[i - 1] + max(a, b / 4)
        if y[i] > 4:
            y[i] = 4
    top = math.sin(a) if b > 1 else float(b)
    sign, more = 1, 0
    if a > b:
        sign = -1
        more += 2
    elif a > 1:
        sign = 0
    m = np.array([[a, b], [b, a]])
    k = np.argmax(y > 1)
    _, ax = plt.subplots()
    ax.plot(np.arange(n), y)
    ax.plot([0, 1], [top, sign + more])
    ax.plot(*(m @ [1, 2]), "ko")
    ax.plot(
        X[k],
        helper(
            a,
        ),
        "b^",
    )
    ax.set(xlim=(0, 8), ylim=(-2, 9))
    ax.set_title("%d steps, %.2f%% {}" % (n, a) + f" at {X[k]:.1f}")  # noqa: UP031


def test_lines_are_recorded_as_live_would_advise():
    codes = awkward.__code__, helper.__code__
    figure = interactive(awkward, a=(0.5, 3.0), b=(0.5, 4.0), n=fixed(6))
    for a, b in ((0.5, 0.6), (1.4, 3.0), (2.9, 0.7), (0.7, 1.0)):
        figure.set(a=a, b=b)
        for data, line in zip(figure.state.arrays, drawn(awkward, a=a, b=b).axes[0].lines, strict=True):
            np.testing.assert_allclose(data, line.get_xydata(), rtol=1e-12, atol=1e-12)
    assert (awkward.__code__, helper.__code__) == codes


OTHER_NAMES = """
import numpy
from matplotlib import pyplot

def draw(a):
    fig, ax = pyplot.subplots()
    ax.set(xlim=(0, 3), ylim=(0, 6))
    if a > 1:
        ax.plot([0, 3], [a, norm.cdf(a)], "k")
    ax.plot([0, 3], [0, max(a, 1)], "r")
"""


def test_the_lines_that_are_recorded_bring_the_names_that_they_use():
    names = {"__name__": "author", "norm": norm}
    linecache.cache["<author>"] = (len(OTHER_NAMES), None, OTHER_NAMES.splitlines(keepends=True), "<author>")
    exec(compile(OTHER_NAMES, "<author>", "exec"), names)
    before = set(names)
    assert kinds(interactive(names["draw"], a=(0.5, 2.0))) == ["line", "line"]
    assert set(names) == before


def test_what_needs_whole_or_plain_numbers_moves_from_stop_to_stop():
    def draw(n=3, a=1.0):
        _, ax = plt.subplots()
        for k in range(n):
            ax.plot(X, a * X**k, label=f"x^{k}")
        ax.set(ylim=(0, 9), title=f"{n} powers")
        ax.legend(loc="upper left")

    figure = interactive(draw, n=(1, 4), a=(0.5, 2.0))
    assert figure.spec["choices"] == [["n", 4]] and kinds(figure) == ["line"] * 4
    assert words(figure, n=2)[-1] == "2 powers"

    def unknown(a):
        _, ax = plt.subplots()
        ax.plot(X, [math.lgamma(a + x) for x in X])

    assert interactive(unknown, a=(1.0, 2.0)).spec["choices"] == [["a", 11]]


def test_options_show_and_hide_what_they_draw():
    def draw(a, more, kind):
        _, ax = plt.subplots()
        ax.plot(X, a * X, "k")
        if more:
            ax.plot(X, 1 + a * X, "r")
            ax.add_patch(Circle((1, a), 0.1))
        if kind == "both":
            ax.fill_between(X, a * X)
        ax.plot(X, 2 * X, "b")
        ax.set(ylim=(0, 9), xlim=(0, 3))

    figure = interactive(draw, a=(0.5, 2.0), more=False, kind=["one", "both"])
    assert kinds(figure) == ["line", "line", "circle", "area"]


# Where a figure comes from ------------------------------------------------------------------------------


def test_a_figure_that_was_there_before_is_drawn_in():
    fig, ax = plt.subplots()
    (line,) = ax.plot(X, X)
    ax.set_ylim(-2, 2)

    def update(a, kind):
        if kind == "sine":
            line.set_ydata(np.sin(a * X))
        else:
            line.set_ydata(np.cos(a * X))
        ax.set_title(f"a = {a:.1f}")

    figure = interactive(update, a=(0.5, 2.0), kind=["sine", "cosine"])
    np.testing.assert_allclose(figure.state.arrays[0][:, 1], np.sin(figure.values["a"] * X), rtol=1e-12)
    assert figure.figure is not fig and words(figure, a=1.5) == ["a = 1.5"]

    def again(a):
        ax.clear()
        ax.plot(X, a * X)
        ax.set_ylim(0, 6)
        if a > 1:
            ax.set_title(f"steep: {a:.1f}")
        else:
            ax.set_title("flat")

    assert kinds(interactive(again, a=(0.5, 2.0))) == ["line", "shown", "shown"]


def test_pyplot_and_loops_of_steps_are_watched_too():
    def draw(a):
        plt.figure(figsize=(4, 3))
        plt.plot(iterate(lambda y: y * (1 - 0.1 * a), 1.0, 20), "o-")
        plt.xlim(0, 20), plt.ylim(0, 1), plt.xlabel("step")
        plt.tight_layout()
        plt.show()

    assert kinds(interactive(draw, a=(0.5, 2.0))) == ["line"]


# As ipywidgets has it -----------------------------------------------------------------------------------


def test_interact_shows_the_figure_and_returns_the_function(monkeypatch):
    shown = []
    monkeypatch.setattr(module, "display", shown.append)

    def draw(a=1.0, n=3):
        plt.plot(X, a * X**n)
        plt.ylim(0, 9)

    assert interact(draw, n=fixed(2)) is draw and shown == [draw.widget]
    assert list(draw.widget.controls) == ["a"]
    assert [draw.widget.controls["a"].min, draw.widget.controls["a"].max] == [-1.0, 3.0]  # as ipywidgets finds them

    @interact(a=(0.0, 1.0))
    def other(a):
        plt.plot(X, a * X)
        plt.ylim(0, 9)

    assert shown[-1] is other.widget

    class Author:
        def draw(self, a):
            other(a)

    assert interact(Author().draw, a=(0.0, 1.0)).widget is shown[-1]
    assert ipywidgets.interact is not interact


# Refusals -----------------------------------------------------------------------------------------------


def one(plot):
    """A function that draws something in axes whose limits stay."""

    def draw(a, more=False):
        _, ax = plt.subplots()
        ax.set(xlim=(0, 3), ylim=(0, 6))
        plot(ax, a, more)

    return draw


COUNT = [0]


def counted(ax, a, more):
    COUNT[0] += 1
    ax.plot(X, a * X + COUNT[0])


@pytest.mark.parametrize(
    ("plot", "told"),
    [
        (lambda ax, a, more: plt.figure(), "draws in 2 figures: .* write fig, ax = plt.subplots\\(\\)"),
        (lambda ax, a, more: ax.streamplot(X, X, a * np.ones((40, 40)), np.ones((40, 40))), "what streamplot draws"),
        (lambda ax, a, more: ax.set_xticks([0, a]), "what set_xticks draws cannot be recorded"),
        (lambda ax, a, more: ax.scatter(X, X, c=a * X), "give it vmin= and vmax=|Give it vmin= and vmax="),
        (lambda ax, a, more: ax.grid(more) or ax.plot(X, a * X), "the ticks or the grid of axes would be others"),
        (lambda ax, a, more: ax.plot(X, a * X) and ax.set_yscale("symlog" if more else "linear"), "the scale of y"),
        (
            lambda ax, a, more: ax.plot(X, a * X, color="r" if more else "b", label="it") and ax.legend(),
            "the legend would name 'it' more than once on a page",
        ),
        (lambda ax, a, more: ax.plot(X, a * X) and more and ax.contourf(np.ones((3, 3))), "is there at some settings"),
        (lambda ax, a, more: ax.plot(X, a * X, label=["a", "b"][more]) and ax.legend(), "give each curve one label"),
        (lambda ax, a, more: ax.plot(X, a * X) and ax.set_title(f"{a > 1}"), "would be"),
        (counted, "gives other numbers|would have other numbers"),
    ],
)
def test_what_would_not_stand_on_a_page_as_it_is_drawn_is_refused(plot, told):
    methods = Axes.plot, Axes.set_xlim, Line2D.set_data, Circle.__init__
    with pytest.raises((TypeError, ValueError), match=told):
        interactive(one(plot), a=(0.5, 2.0), more=False)
    assert (Axes.plot, Axes.set_xlim, Line2D.set_data, Circle.__init__) == methods


def test_what_is_no_function_is_refused():
    with pytest.raises(TypeError, match="draw must be a function that draws, not 3"):
        interactive(3)


def test_an_error_of_the_author_is_told_as_it_is_and_one_of_the_recording_with_its_line():
    def wrong(a=1.0):
        _, ax = plt.subplots()
        ax.plot(X, (a * X).nothing)

    def asking(a=1.0):
        _, ax = plt.subplots()
        ax.plot(X, X * a * type(a)(2.0))

    with pytest.raises(AttributeError, match="'nothing'"):
        interactive(wrong, a=(0.0, 2.0))
    with pytest.raises(TypeError, match=r"Line \d+ of asking, `ax.plot\(X, X \* a \* type\(a\)"):
        interactive(asking, a=(0.0, 2.0, 0.001))
