"""What `live` knows of matplotlib's artists: the shapes of their data, and what it says of wrong ones."""

import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from gallery import GALLERY
from ipywidgets import FloatSlider
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, Normalize, TwoSlopeNorm
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, PathPatch, Rectangle, RegularPolygon, Wedge
from matplotlib.path import Path
from matplotlib.patheffects import Normal
from PIL import Image
from test_live import agg  # noqa: F401 - a fixture

from livefig.figure.live import live


def made(update, fig, **options):
    return live(fig, update, a=FloatSlider(value=0.5, min=0, max=1), title="T", **options)


def line(ax):
    return ax.plot([0, 1], [0, 1], label="curve")[0]


WRONG = [
    (line, np.zeros(3), r"shape \(n, 2\), for example np.column_stack\(\[x, y\]\) for the Line2D 'curve'"),
    (line, np.zeros((3, 3)), r"not of shape \(3, 3\)"),
    (lambda ax: ax.scatter([0], [0], label="dots"), np.zeros((2, 4)), r"last column for the PathCollection 'dots'"),
    (lambda ax: ax.text(0, 0, "here"), np.zeros(3), r"\(2,\): the point where it stands"),
    (lambda ax: ax.quiver([0], [0], [1], [1]), np.zeros((2, 4)), r"\(1, 4\): x, y and both components"),
    (lambda ax: ax.bar([0, 1], [1, 2]), np.zeros(3), r"\(2,\): the length of each bar"),
    (lambda ax: ax.fill_between([0, 1], [1, 2]), np.zeros((3, 2)), r"\(n, 3\): x and the heights"),
    (lambda ax: ax.fill([0, 1, 1], [0, 0, 1])[0], np.zeros((3, 3)), r"\(n, 2\): the corners"),
    (lambda ax: ax.axhline(0), np.zeros(2), r"\(\): one number"),
    (lambda ax: ax.axvspan(0, 1), np.zeros((2, 2)), r"\(2,\): both ends"),
    (lambda ax: ax.vlines([0, 1], 0, 1), np.zeros((2, 4)), r"\(n, 3\): x, and both ends in y, .* or \(n, 2, 2\)"),
    (lambda ax: ax.stem([0, 1], [1, 1]), np.zeros((2, 3)), r"\(n, 2\): the place and the height of each stem"),
    (lambda ax: ax.errorbar([0], [0], 1, 1), np.zeros((1, 3)), r"\(n, 4\): x, y, yerr, xerr; or \(n, 6\) with both"),
    (lambda ax: ax.add_patch(Circle((0, 0), 1)), np.zeros(2), r"\(3,\): x, y, radius"),
    (lambda ax: ax.add_patch(Wedge((0, 0), 1, 0, 9)), np.zeros(3), r"\(5,\): x, y, radius, from, to"),
    (lambda ax: ax.arrow(0, 0, 1, 1), np.zeros(2), r"\(4,\): x, y, dx, dy"),
    (lambda ax: ax.annotate("", (0, 0)), np.zeros((4, 1)), r"\(2,\): the point .* or \(4,\): that, and where its text"),
    (lambda ax: ax.contour(np.eye(4)), np.zeros((4, 3)), r"\(4, 4\): a height for each place of its grid, or a pair"),
    (
        lambda ax: ax.imshow(np.eye(4)),
        np.zeros((3, 4)),
        r"\(4, 4\): a height for each place of its grid for the AxesImage .* not of shape \(3, 4\)",
    ),
    (
        lambda ax: ax.pcolormesh(np.eye(4)),
        np.zeros(16),
        r"\(4, 4\): a height for each place of its grid for the QuadMesh",
    ),
]


def test_several_arrays_are_refused():
    fig, ax = plt.subplots()
    image = ax.imshow(np.eye(4))
    with pytest.raises(ValueError, match=r"several shapes for the AxesImage 'image': return one array"):
        made(lambda a: {image: (a * np.eye(4), np.array([0.5]))}, fig)


@pytest.mark.parametrize(
    ("style", "heights", "levels", "words"),
    [
        ({"colors": "C0"}, np.eye(4), [0.5], r"shapes \(4, 4\) and \(2,\) .* not of the shapes \(4, 4\) and \(1,\)"),
        ({"colors": "C0"}, np.ones((3, 5)), [0.2, 0.5], r"not of the shapes \(3, 5\) and \(2,\)"),
        ({"colors": "C0"}, np.eye(4), [0.5, 0.2], "increasing levels"),
        ({}, np.eye(4), [0.2, 0.5], "colormap, and levels that follow: give it colors="),
    ],
)
def test_a_pair_of_heights_and_levels_that_cannot_be_drawn_is_refused(style, heights, levels, words):
    fig, ax = plt.subplots()
    contour = ax.contour(np.eye(4), [0.2, 0.5], **style)
    with pytest.raises(ValueError, match=words):
        made(lambda a: {contour: (heights + a, np.array(levels) + a)}, fig)


@pytest.mark.parametrize("heights", [np.full((4, 5), np.nan), np.where(np.arange(5) > 2, np.nan, np.ones((4, 5)))])
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
def test_a_contour_that_was_made_of_gaps_tells_no_grid(heights):
    fig, ax = plt.subplots()
    contour = ax.contour(heights, [0.5])
    with pytest.raises(ValueError, match="tells no grid: make it of finite heights"):
        made(lambda a: {contour: a * np.ones((4, 5))}, fig)


@pytest.mark.parametrize(("draw", "data", "words"), WRONG)
def test_data_of_a_wrong_shape_is_named_with_what_is_wanted(draw, data, words):
    fig, ax = plt.subplots()
    artist = draw(ax)
    with pytest.raises((TypeError, ValueError), match=words):
        made(lambda a: {artist: data + a}, fig)


STILL = [
    (
        lambda ax: ax.plot([0, 1], [0, 1], label="other"),
        "the Line2D 'other' stands still in axes whose limits follow: let",
    ),
    (lambda ax: ax.annotate("here", (0, 0)), "the Annotation 'here' stands still"),
    (lambda ax: ax.set_aspect("equal", "datalim"), r"write ax.set_aspect\('auto'\)"),
    (lambda ax: ax.twinx(), "let update return those of each of them, too"),
    (lambda ax: ax.inset_axes([0, 0, 0.5, 0.5]), "give each its own place, with fig.add_axes"),
    (lambda ax: ax.spines["left"].set_position("zero"), "leave it at the edge"),
    (lambda ax: ax.tick_params(rotation=30), "turned labels"),
    (lambda ax: ax.set_xticks([0, 1], ["a", "b"]), "the x axis has a FixedFormatter|the x axis has a FuncFormatter"),
    (lambda ax: ax.set_yscale("symlog"), "the y axis has the scale 'symlog'"),
]


@pytest.mark.parametrize(("change", "words"), STILL)
def test_axes_whose_limits_cannot_follow_are_refused_by_name(change, words):
    fig, ax = plt.subplots()
    curve = line(ax)
    change(ax)
    with pytest.raises((TypeError, ValueError), match=words):
        made(lambda a: {ax: ((0, 2 + a), (0, 2 + a)), curve: np.stack([np.arange(3) + a, np.arange(3)], axis=-1)}, fig)


@pytest.mark.parametrize("limits", [((1, 1), (0, 1)), ((0, np.nan), (0, 1))])
def test_the_first_limits_must_be_two_different_finite_numbers(limits):
    fig, ax = plt.subplots()
    with pytest.raises(ValueError, match="limits of the x axis that are two different finite numbers"):
        made(lambda a: {ax: np.array(limits) + 0 * a}, fig)


def test_limits_that_update_sets_itself_are_told_where_they_belong():
    fig, ax = plt.subplots()
    curve = line(ax)

    def update(a):
        ax.set_xlim(0, float(np.abs(ax.get_xlim()[1])) + 1)
        return {curve: np.stack([np.arange(2) + a, np.arange(2)], axis=-1)}

    with pytest.raises(TypeError, match=r"return the limits of an axes ax, \{ax: \(\(x0, x1\), \(y0, y1\)\)\}"):
        made(update, fig)


def test_the_advice_for_what_stands_still_works():
    fig, ax = plt.subplots()
    curve = line(ax)
    made(lambda a: {ax: ((0, 2 + a), (0, 2 + a)), curve: curve.get_xydata()}, fig)


def square(a):
    """Limits as wide as they are high."""
    return ((-a, a), (1 - a, 1 + a))


@pytest.mark.slow
def test_limits_of_axes_of_equal_scales_follow_while_both_grow_alike():
    fig, ax = plt.subplots()
    curve = line(ax)
    ax.set_aspect("equal")
    figure = made(lambda a: {ax: square(a + 1), curve: a * np.ones((2, 2))}, fig)
    with pytest.raises(ValueError, match=r"another shape at a = 0: let both .* or write ax.set_aspect\('auto'\)"):
        made(lambda a: {ax: ((0, 1 + a), (0, 2)), curve: a * np.ones((2, 2))}, fig)
    figure.set(a=1.0)
    figure._png()
    assert (ax.get_xlim(), ax.get_ylim()) == square(2.0)


@pytest.mark.slow
@pytest.mark.parametrize("share", ["subplots", "twinx"])
def test_axes_that_share_a_direction_have_the_same_limits_of_it(share):
    fig, (one, two) = plt.subplots(2, sharex=True)
    if share == "twinx":
        two.remove()
        two = one.twinx()
    curves = line(one), line(two)

    def update(a, off=0.0):
        data = {curve: a * np.ones((2, 2)) for curve in curves}
        return {one: ((0, 1 + a), (0, 1)), two: ((0, 1 + a + off * a), (-a - 1, 1)), **data}

    figure = made(update, fig)
    figure.set(a=1.0)
    figure._png()
    assert one.get_xlim() == two.get_xlim() == (0, 2) and two.get_ylim() == (-2, 1)
    with pytest.raises(ValueError, match=r"several limits of it at a = 0\.5: return the same for both"):
        made(lambda a: update(a, off=1.0), fig)


# What is refused, what is said, and the same with what was advised


def patch(made_as, *where, **style):
    return lambda ax: ax.add_patch(made_as(*where, **style))


def pointing(*words, **style):
    style = {"arrowprops": {"arrowstyle": "->"}} | style
    return lambda ax: ax.annotate(*words, (0, 0), (1, 1), **style)


def on_polar(ax):
    """Polar axes in the place of others."""
    return ax.get_figure().add_axes((0, 0, 1, 1), projection="polar")


ROWS = np.array([[0.0, 0.1, 0.2], [1.0, 0.1, 0.3]])
ENDS = np.array([0.1, 0.2, 0.8, 0.7])
ADVISED = {
    "segments of no length": (lambda ax: ax.vlines([0, 1], 0, 0), "a length", lambda ax: ax.vlines([0, 1], 0, 1), ROWS),
    "points whose faces and edges have several colours": (
        lambda ax: ax.scatter([0, 1], [0, 1], c=["r", "k"], ec=["k", "r"]), "give all the same edgecolors=",
        lambda ax: ax.scatter([0, 1], [0, 1], c=["r", "k"], edgecolors="k"), ROWS[:, :2]),
    "a line with path effects and markers": (
        lambda ax: ax.plot([0, 1], [0, 1], "o-", path_effects=[Normal()])[0], "make two lines, one of them",
        lambda ax: ax.plot([0, 1], [0, 1], "o", linestyle="none")[0], ROWS[:, :2]),
    "steps on polar axes": (
        lambda ax: on_polar(ax).plot([0, 1], [0, 1], ds="steps")[0], "leave out drawstyle",
        lambda ax: on_polar(ax).plot([0, 1], [0, 1])[0], ROWS[:, :2]),
    "a stem of no height": (
        lambda ax: ax.stem([1], [0]), "at least one height", lambda ax: ax.stem([1], [1]), ROWS[:, :2]),
    "some error bars": (
        lambda ax: ax.errorbar([0, 1], [0, 1], 1, errorevery=2), "make them without, with an error for each point",
        lambda ax: ax.errorbar([0, 1], [0, 1], 1), ROWS),
    "a rectangle turned about its middle": (
        patch(Rectangle, (0, 0), 1, 1, angle=9, rotation_point="center"), "leave out rotation_point",
        patch(Rectangle, (0, 0), 1, 1, angle=9), ENDS),
    "a fancy arrow": (
        patch(FancyArrowPatch, (0, 0), (1, 1), arrowstyle="fancy"), "give it arrowstyle='->'",
        patch(FancyArrowPatch, (0, 0), (1, 1), arrowstyle="->"), ENDS),
    "a bent arrow": (
        patch(FancyArrowPatch, (0, 0), (1, 1), arrowstyle="->", connectionstyle="arc3,rad=1"), "out connectionstyle",
        patch(FancyArrowPatch, (0, 0), (1, 1), arrowstyle="->"), ENDS),
    "pixels for markers": (
        lambda ax: ax.plot([0, 1], [0, 1], ",")[0], "write '.' for ','", lambda ax: ax.plot([0, 1], [0, 1], ".")[0],
        ROWS[:, :2]),
    "an open outline": (
        lambda ax: ax.hist([1, 2, 2], histtype="step")[2][0], r"\(line,\) = ax\.plot\(x, y\)",
        lambda ax: ax.plot([0, 1], [0, 1])[0], ROWS[:, :2]),
    "colours of steps": (
        lambda ax: ax.scatter([0, 1], [0, 1], c=[0, 1], norm=BoundaryNorm([0, 1, 2], 9)), "use Normalize or LogNorm",
        lambda ax: ax.scatter([0, 1], [0, 1], c=[0, 1], norm=Normalize(0, 2)), ROWS),
    "an image of two halves": (
        lambda ax: ax.imshow(np.eye(2), norm=TwoSlopeNorm(0.2, 0, 1)), "use Normalize or LogNorm",
        lambda ax: ax.imshow(np.eye(2)), np.eye(2)),
    "a colour too many": (
        lambda ax: ax.add_collection(LineCollection([ROWS[:, :2]] * 2, array=[0, 1, 2])), r"\(3, 2, 2\): .*as many as",
        lambda ax: ax.add_collection(LineCollection([ROWS[:, :2]] * 2, array=[0, 1])), np.array([ROWS[:, :2]] * 2)),
    "words with two ends": (pointing("here"), "make it with '', and the words with ax.text", pointing(""), ENDS),
    "an end beside the other": (
        pointing("", textcoords="offset points"), "leave out textcoords", pointing(""), ENDS),
    "some markers": (
        lambda ax: ax.plot([0, 1], [0, 1], "o", markevery=[0, 1])[0], r"knows markevery=n and \(first, n\)",
        lambda ax: ax.plot([0, 1], [0, 1], "o", markevery=(0, 2))[0], ROWS[:, :2]),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "words", "right", "data"), ADVISED.values(), ids=ADVISED)
def test_what_is_refused_is_drawn_once_the_advice_is_taken(wrong, words, right, data):
    fig, ax = plt.subplots(subplot_kw={"xlim": (0, 2), "ylim": (0, 2)})
    refused, drawn = wrong(ax), right(ax)
    with pytest.raises(ValueError, match=words):
        made(lambda a: {refused: a * data}, fig)
    assert made(lambda a: {drawn: a * data}, fig).state.parts


def test_the_advice_for_rules_on_polar_axes_works():
    fig, ax = plt.subplots(subplot_kw={"projection": "polar"})
    rule = ax.axvline(1)
    with pytest.raises(ValueError, match="polar axes") as refusal:
        made(lambda a: {rule: a}, fig)
    for advice, t in zip(re.findall(r"ax\.plot\(.*?\)", str(refusal.value)), (1.0, np.linspace(0, 6, 50)), strict=True):
        (line,) = eval(advice, {"ax": ax, "t": t, "r": 0.5})
        points = line.get_xydata()
        assert made(lambda a, key=line, points=points: {key: points * np.stack([1.0, a])}, fig).state.parts


def test_a_list_as_a_key_is_told_with_what_to_write():
    fig, ax = plt.subplots()
    lines = ax.plot([0, 1], [0, 1])
    with pytest.raises(TypeError, match=r"write \(line,\) = ax.plot\(...\); .* bars = ax.hist\(...\)\[2\]"):
        made(lambda a: {lines: a * np.ones((2, 2))}, fig)
    (curve,) = ax.plot([0, 1], [0, 1])
    bars = ax.hist([0, 1, 1], bins=2)[2]
    assert made(lambda a: {curve: a * np.ones((2, 2)), bars: np.stack([a, 2 * a])}, fig).state.parts


def test_streamlines_are_told_to_be_arrows():
    fig, ax = plt.subplots()
    x, y = np.meshgrid([0.0, 0.5, 1.0], [0.0, 0.5, 1.0])
    streams = ax.streamplot(x, y, 1 + 0 * x, y)
    with pytest.raises(TypeError, match=r"ax.quiver\(x, y, u, v, angles='xy', scale_units='xy', scale=9\)"):
        made(lambda a: {streams: np.stack([x, y * a])}, fig)
    arrows = ax.quiver(x, y, 1 + 0 * x, y, angles="xy", scale_units="xy", scale=9)
    assert made(lambda a: {arrows: np.stack([x, y, 1 + 0 * x, y * a]).reshape(4, -1).T}, fig).state.parts


OTHERS = {  # what does not move, and what an author would have drawn
    "Barbs": lambda ax, x, y: ax.barbs(x, y, x, y),
    "AxLine": lambda ax, x, y: ax.axline((0, 0), slope=1),
    "EventCollection": lambda ax, x, y: ax.eventplot(x)[0],
    "StepPatch": lambda ax, x, y: ax.stairs(y),
    "PathPatch": lambda ax, x, y: ax.add_patch(PathPatch(Path(np.stack([x, y], axis=1)))),
    "FancyBboxPatch": lambda ax, x, y: ax.add_patch(FancyBboxPatch((0, 0), 1, 1)),
    "RegularPolygon": lambda ax, x, y: ax.add_patch(RegularPolygon((0, 0), 5)),
    "TriContourSet": lambda ax, x, y: ax.tricontour([0, 1, 0, 1], [0, 0, 1, 1], [1, 2, 3, 4]),
    "broken_barh": lambda ax, x, y: ax.broken_barh([(1, 2)], (0, 1)),
    "hexbin": lambda ax, x, y: ax.hexbin(x, y, gridsize=4),
    "Table": lambda ax, x, y: ax.table([["a"]]),
    "Legend": lambda ax, x, y: ax.legend(ax.plot(x, y), ["a"]),
}
GIVEN = {  # what the advised lines are given
    "u": np.ones(3),
    "v": np.ones(3),
    "heights": np.arange(9.0).reshape(3, 3),
    "lengths": np.ones(3),
    "starts": np.zeros(3),
    "words": "a",
}
SAID = {"quiver": (3, 4), "plot": (3, 2), "vlines": (3, 3), "fill": (3, 2), "contour": (3, 3)}
SAID |= {"barh": (3, 2), "pcolormesh": (3, 3), "text": (2,)}  # the shapes of data of what is drawn in their place


@pytest.mark.parametrize("name", OTHERS)
def test_what_does_not_move_is_told_with_what_does(name):
    fig, ax = plt.subplots()
    x, y = np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 5.0])
    other = OTHERS[name](ax, x, y)
    with pytest.raises(TypeError, match="update cannot move") as refusal:
        made(lambda a: {other: a * np.ones((3, 2))}, fig)
    lines = re.findall(r"(?:\(\w+,\) = )?ax\.\w+\([^()]*\)", str(refusal.value))
    assert lines
    for line_of_code in lines:
        there = {"ax": ax, "x": x, "y": y, **GIVEN}
        unpacked, _, call = line_of_code.rpartition(" = ")
        if "text" in call:
            there |= {"x": 1.0, "y": 1.0}
        drawn = eval(call, there)
        moved = drawn[0] if unpacked else drawn
        shape = SAID[re.search(r"ax\.(\w+)", call)[1]]
        data = np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)
        assert made(lambda a, moved=moved, data=data: {moved: a * data}, fig).state.parts


def test_what_is_no_artist_is_refused():
    fig, _ = plt.subplots()
    with pytest.raises(TypeError, match="a key is an artist of fig, or a name"):
        made(lambda a: {3: a}, fig)


def test_an_artist_of_another_figure_is_refused():
    fig, _ = plt.subplots()
    other = line(plt.subplots()[1])
    with pytest.raises(ValueError, match="not in fig"):
        made(lambda a: {other: a * np.ones((2, 2))}, fig)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda ax: ax.quiver([0], [0], [1], [1], angles="xy", scale=1), "angles='xy', scale_units='xy', scale=1"),
        (lambda ax: ax.quiver([0], [0], [1], [1], [3.0]), "in one colour"),
        (lambda ax: ax.quiver([0], [0], [1], [1]), "have no scale, .* give scale="),
        (lambda ax: ax.annotate("x", (0, 0), (1, 1), textcoords="data"), "textcoords='offset points'"),
    ],
)
def test_what_the_page_could_not_draw_is_refused_with_what_to_write(draw, words):
    fig, ax = plt.subplots()
    artist = draw(ax)
    shape = {"Quiver": (1, 4), "PathCollection": (2, 2)}.get(type(artist).__name__, (2,))
    with pytest.raises(ValueError, match=words):
        made(lambda a: {artist: a * np.ones(shape)}, fig)


def test_an_unknown_name_in_a_text_is_refused():
    fig, ax = plt.subplots()
    curve = line(ax)
    ax.set_title("loss {los:.2f}")
    with pytest.raises(ValueError, match=r"'loss \{los:.2f\}' uses los"):
        made(lambda a: {curve: a * np.ones((2, 2)), "loss": a}, fig)


def test_a_formula_is_no_text_with_fields():
    fig, ax = plt.subplots()
    curve = line(ax)
    ax.set_title(r"$x^{2} + \frac{a}{b}$")
    assert made(lambda a: {curve: a * np.ones((2, 2))}, fig).spec["texts"] == []


def test_a_figure_may_move_nothing_but_words():
    fig, ax = plt.subplots()
    ax.set_title("a is {a:.1f}\nand its square {b:.2f}")
    figure = made(lambda a: {"b": a * a}, fig)
    assert [figure.state.parts[f"text0.{k}"]["text"] for k in (0, 1)] == ["a is 0.5", "and its square 0.25"]


def test_tick_labels_keep_their_digits():
    fig, ax = plt.subplots()
    curve = line(ax)
    ax.set_yticks([0.125, 1.0], ["0.125", "1.0"])
    ax.set_ylim(0, 2)
    svg = made(lambda a: {curve: a * np.ones((2, 2))}, fig).canvas.svg
    assert ">0.125<" in svg and ">1.0<" in svg


def test_a_legend_keeps_the_marker_of_a_moving_line():
    fig, ax = plt.subplots()
    (dots,) = ax.plot([0, 1], [0, 1], "s", label="dots")
    ax.legend()
    svg = made(lambda a: {dots: a * np.ones((2, 2))}, fig).canvas.svg
    used, defined = re.findall(r'href="#([^"]+)"', svg), re.findall(r' id="([^"]+)"', svg)
    assert used and set(used) <= set(defined) and "legend" not in defined
    assert len(defined) == len(set(defined))


def test_the_artists_of_the_author_stay_as_they_were():
    fig, ax = plt.subplots()
    curve = line(ax)
    made(lambda a: {curve: a * np.ones((2, 2))}, fig)
    assert "draw" not in vars(curve)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


@pytest.mark.slow
@pytest.mark.parametrize("make", GALLERY, ids=[make.__name__ for make in GALLERY])
def test_the_picture_for_other_places_follows_the_sliders(make):
    figure = make()
    before = pixels(figure._png())
    for control in figure.spec["controls"]:
        if "low" in control:
            figure.set(**{control["name"]: control["low"] + (control["high"] - control["low"]) // 3})
    assert np.abs(pixels(figure._png()) - before).max() > 100
    figure.figure.savefig(io.BytesIO())
