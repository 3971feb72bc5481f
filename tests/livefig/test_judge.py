"""The judge tells a picture from one that is a little wrong, and a figure is tried where it may go wrong."""

import io
import warnings
from contextlib import redirect_stdout

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import Checkbox, Dropdown, FloatLogSlider, FloatSlider, IntSlider
from matplotlib.cbook import STEP_LOOKUP_MAP
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from test_live import agg  # noqa: F401 - a fixture

from gradcore import iterate
from livefig.artists import fields
from livefig.artists.lines import cut_segment
from livefig.controls.controls import control
from livefig.drawing import paint, svg
from livefig.drawing.colormap import places
from livefig.drawing.drawn import watched
from livefig.drawing.isolines import isolines
from livefig.drawing.png import png
from livefig.figure import trial
from livefig.figure.judge import NEAR, difference
from livefig.figure.live import live
from livefig.figure.tried import INNER, tried

x = np.linspace(0, 1, 30)


def drawn(draw):
    """The marks that matplotlib makes of an artist, in axes from 0 to 1 of 200 by 100 points."""
    fig = plt.figure(figsize=(300 / 72, 200 / 72))
    ax = fig.add_axes([1 / 6, 1 / 4, 2 / 3, 1 / 2], xlim=(0, 1), ylim=(0, 1))
    artist = draw(ax)
    svg.settle(fig)
    with watched(fig, [artist]) as look:
        return look().get(artist, [])


def line(shift=0.0, **looks):
    """A wave, so many points higher."""
    return lambda ax: ax.plot(x, 0.5 + 0.3 * np.sin(9 * x) + shift / 100, **looks)[0]


def dots(y, **looks):
    return lambda ax: ax.scatter(x[: len(y)], y, **looks)


def ring(ax, radius=0.2):
    return plt.Circle((0.5, 0.5), radius, transform=ax.transData)


SQUARE = Path([(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)], closed=True)


def image(*heights, extent=(0, 1, 0, 1), **looks):
    """A row of cells."""
    looks = {"vmin": 0, "vmax": 1, "cmap": "gray", "aspect": "auto"} | looks
    return lambda ax: ax.imshow([heights], extent=extent, **looks)


def mesh(*heights):
    return lambda ax: ax.pcolormesh(np.linspace(0, 1, len(heights) + 1), [0, 1], [heights], vmin=0, vmax=1, cmap="gray")


OTHERWISE = {
    "with a cell of another colour": (image(0.2, 0.5, 0.9), image(0.2, 0.52, 0.9), "the colours of its cells"),
    "with one cell more": (image(0.5, 0.5), image(0.5, 0.5, 0.5), "the colours of its cells"),
    "with cells in another order": (image(0.2, 0.9), image(0.9, 0.2), "the colours of its cells"),
    "faded": (image(0.5), image(0.5, alpha=0.9), "the colours of its cells"),
    "with smooth cells": (image(0.2, 0.9), image(0.2, 0.9, interpolation="bilinear"), "its interpolation"),
    "with cells elsewhere": (image(0.2), image(0.2, extent=(0, 1.001, 0, 1)), "the places of its points"),
    "as a mesh of another colour": (image(0.2, 0.9), mesh(0.2, 0.8), "the colours of its cells"),
    "higher": (line(), line(2 * NEAR), "the places of its points"),
    "its last point missing": (dots(x), dots(x[:-1]), "the places of its points"),
    "a point missing in the middle": (dots(x), dots(np.where(np.arange(30) == 9, 2, x)), "the places of its points"),
    "larger points": (dots(x, s=30), dots(x, s=32), "the places of its points"),
    "another marker": (line(marker="s"), line(marker="D"), "the places of its points"),
    "another colour": (line(color="#1f77b4"), line(color="#1f77bb"), "the colour of its lines"),
    "paler": (line(), line(alpha=0.9), "the colour of its lines"),
    "wider": (line(lw=1.5), line(lw=1.6), "its linewidth"),
    "dashed": (line(), line(ls="--"), "its dashes"),
    "dashed otherwise": (line(ls=(0, (4, 1))), line(ls=(1, (4, 1))), "its dashes"),
    "with other joins": (line(solid_joinstyle="round"), line(solid_joinstyle="bevel"), "its joinstyle"),
    "with other ends": (line(solid_capstyle="butt"), line(solid_capstyle="round"), "its capstyle"),
    "hatched": (lambda ax: ax.axvspan(0, 1), lambda ax: ax.axvspan(0, 1, hatch="/"), "its hatch"),
    "hidden": (line(), line(visible=False), "whether it is visible"),
    "with markers": (line(), line(marker="o"), "how often it is drawn"),
    "with arrows one by one": (
        lambda ax: ax.quiver([0.2, 0.6], [0.2, 0.2], [1, 1], [1, 1], color="r", scale=9),
        lambda ax: ax.quiver([0.2, 0.6], [0.2, 0.2], [1, 1], [1, 1], color=["r", "b"], scale=9),
        "the colour of its faces",
    ),
    "around the whole picture": (
        lambda ax: ax.fill([-1, 2, 2, -1], [-1, -1, 2, 2])[0],
        lambda ax: ax.fill([3, 4, 4, 3], [-1, -1, 2, 2])[0],
        "whether it is visible",
    ),
    "another word": (lambda ax: ax.text(0, 0, "a"), lambda ax: ax.text(0, 0, "b"), "its text"),
    "a turned word": (lambda ax: ax.text(0, 0, "a"), lambda ax: ax.text(0, 0, "a", rotation=9), "its rotation"),
    "not cut off": (line(), line(clip_on=False), "where it is cut off"),
    "cut by another shape": (line(), lambda ax: line(clip_path=ring(ax))(ax), "where it is cut off"),
    "cut by a larger ring": (
        lambda ax: line(clip_path=ring(ax))(ax),
        lambda ax: line(clip_path=ring(ax, 0.3))(ax),
        "where it is cut off",
    ),
    "under a second face that reaches farther": (
        lambda ax: ax.add_patch(PathPatch(SQUARE)),
        lambda ax: ax.add_patch(PathPatch(Path.make_compound_path(SQUARE, Path(9 * SQUARE.vertices - 4, closed=True)))),
        "the places of its points",
    ),
}


@pytest.mark.parametrize(("one", "other", "name"), OTHERWISE.values(), ids=OTHERWISE)
def test_two_pictures_differ_in_what_is_named(one, other, name):
    assert difference(drawn(one), drawn(one)) == ""
    assert difference(drawn(one), drawn(other)) == name
    assert difference(drawn(other), drawn(one)) != ""


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("places", lambda colours, values: np.maximum(places(colours, values) - 4, 0), "the colours of its cells"),
        ("png", lambda pixels, table: png(pixels[:, ::-1], table), "the colours of its cells"),
        ("short", lambda value: paint.short(value + 0.1), "the places of its points"),
    ],
)
@pytest.mark.parametrize("draw", [image(0.2, 0.9), mesh(0.2, 0.9), image(0.2, 0.9, interpolation="bilinear")])
def test_a_field_that_is_painted_otherwise_is_refused(monkeypatch, draw, name, wrong, words):
    monkeypatch.setattr(fields, name, wrong)
    fig, ax = plt.subplots(subplot_kw={"xlim": (0, 1), "ylim": (0, 1)})
    field = draw(ax)
    with pytest.raises(TypeError, match=f"as matplotlib draws it at a = 1: it differs in {words}"):
        live(fig, lambda a: {field: a * np.array([[0.2, 0.9]])}, a=FloatSlider(value=1, min=0.5, max=1))


def test_contour_lines_that_are_painted_otherwise_are_refused(monkeypatch):
    monkeypatch.setattr(fields, "isolines", lambda heights, level, corners: isolines(heights, 1.01 * level, corners))
    fig, ax = plt.subplots()
    lines = ax.contour(np.outer(x, x), [0.2, 0.5])
    with pytest.raises(TypeError, match="as matplotlib draws it at a = 1: it differs in the places of its points"):
        live(fig, lambda a: {lines: a * np.outer(x, x)}, a=FloatSlider(value=1, min=0.5, max=1))


ALIKE = {
    "colours that no eye tells apart": (image(0.5), image(0.504)),
    "an image and a mesh": (image(0.2, 0.9), mesh(0.2, 0.9)),
    "an image that is turned twice": (image(0.2, 0.9), image(0.9, 0.2, extent=(1, 0, 0, 1))),
    "less than can be seen": (line(), line(0.8 * NEAR)),
    "points that nobody sees": (dots(x), lambda ax: ax.scatter([*x, 5.0, np.nan], [*x, 5.0, 0.5])),
    "a line in more pieces": (
        lambda ax: ax.plot([0, 1], [0, 1])[0], lambda ax: ax.plot([0, 0.25, 0.5, 1], [0, 0.25, 0.5, 1])[0]),
    "ends that are far away": (
        lambda ax: ax.plot([-1, 2], [-1, 2])[0], lambda ax: ax.plot([-1e7, 1e7], [-1e7, 1e7])[0]),
    "a face that begins elsewhere": (
        lambda ax: ax.fill([0, 1, 1], [0, 0, 1])[0], lambda ax: ax.fill([1, 1, 0], [0, 1, 0])[0]),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_two_pictures_are_the_same_if_the_same_is_seen(one, other):
    assert difference(drawn(one), drawn(other)) == ""


# What is tried


def settings_of(**widgets):
    return [control(name, widget.get_state()) for name, widget in widgets.items()]


def test_every_slider_is_tried_at_both_ends_and_at_five_places_between_and_seen_at_three():
    specs = settings_of(a=FloatSlider(value=0.2, min=-1, max=3), lr=FloatLogSlider(value=1, min=-2, max=2))
    present, *others = tried(specs, [{}])
    assert present.settings == {"a": 0.2, "lr": 1.0} and present.seen
    along = [state for state in others if state.moved == "a"]
    assert [state.settings["a"] for state in along] == pytest.approx([-1, *(4 * s - 1 for s in INNER), 3])
    assert [state.settings["a"] for state in along if state.seen] == [-1, 1, 3]
    assert all(state.settings["lr"] == 1 for state in along)
    rates = [state.settings["lr"] for state in others if state.moved == "lr"]
    assert (rates[0], rates[-1]) == (0.01, 100) and len(rates) == 6  # the middle is where it stands


def test_all_combinations_are_tried_and_each_option_is_seen_once():
    specs = settings_of(kind=Dropdown(options="abc"), deep=Checkbox())
    states = tried(specs, [{"kind": kind, "deep": deep} for kind in range(3) for deep in range(2)])
    assert len(states) == 6
    assert [(s.settings["kind"], s.settings["deep"]) for s in states if s.seen] == [(0, False), (0, 1), (1, 0), (2, 0)]


def figure_of(update, **widgets):
    fig, ax = plt.subplots(subplot_kw={"xlim": (0, 1), "ylim": (-9, 9)})
    (curve,) = ax.plot([], [], label="curve")
    return live(fig, lambda **values: update(curve, **values), **widgets)


def straight(height):
    return np.column_stack([np.array([0.0, 1.0]), height * np.array([1.0, 1.0])])


@pytest.mark.parametrize("wrong", [-1.0, 2.0, *(3 * share - 1 for share in INNER)])
def test_a_function_that_differs_at_one_place_of_a_slider_is_refused_there(wrong):
    def update(curve, a):
        off = isinstance(a, float) and abs(a - wrong) < 1e-9
        return {curve: straight(a), "height": 2 * a + off}

    with pytest.raises(ValueError, match=rf"other numbers for 'height' .*at a = {wrong:g}"):
        figure_of(update, a=FloatSlider(value=0.3, min=-1, max=2))


@pytest.mark.parametrize(
    ("place", "size"), [(1.7e9, 1.0), (0.0, 1e-12), (0.0, 1e-19)], ids=["seconds of today", "small", "very small"]
)
@pytest.mark.parametrize("column", ["x", "y"])
def test_what_is_random_is_seen_beside_numbers_of_any_size(place, size, column):
    t, rng = np.linspace(0, 1, 40), np.random.default_rng(0)

    def update(curve, a, noise=1.0):
        ragged = 0.01 * noise * rng.normal(size=40)
        x, y = (t + ragged, a * t) if column == "x" else (t, a * t + ragged)
        return {curve: np.column_stack([place + size * x, size * y])}

    def shown(noise):
        fig, ax = plt.subplots(figsize=(4, 3), subplot_kw={"xlim": (place, place + size), "ylim": (-size, size)})
        (curve,) = ax.plot([], [])
        live(fig, lambda a: update(curve, a, noise), a=FloatSlider(value=0.5, min=0, max=1))

    shown(0.0)
    with pytest.raises(ValueError, match=r"other numbers for the Line2D 'curve'.* random"):
        shown(1.0)


def test_what_an_earlier_call_has_left_is_no_number():
    kept = []

    def update(curve, a):
        kept.append(a)
        return {curve: np.column_stack([np.arange(2.0), np.ones(2)]), "before": kept[-2] if len(kept) > 1 else a}

    with pytest.raises(TypeError, match=r"what an earlier call has left.*at a = 0.5\. A page has no earlier calls"):
        figure_of(update, a=FloatSlider(value=0.5))


def test_infinity_is_not_minus_infinity():
    def update(curve, a):
        return {curve: straight(a), "height": np.inf if isinstance(a, float) else -np.inf + a}

    with pytest.raises(ValueError, match=r"other numbers for 'height'"):
        figure_of(update, a=FloatSlider(value=0.3, min=-1, max=2))


def test_a_number_that_is_missing_on_one_side_is_a_difference():
    def update(curve, a):
        return {curve: straight(a), "height": np.nan if isinstance(a, float) and a > 1 else 2 * a}

    with pytest.raises(ValueError, match=r"other numbers for 'height'"):
        figure_of(update, a=FloatSlider(value=0.3, min=-1, max=2))


def test_a_function_that_differs_for_one_pair_of_options_is_refused_there():
    def update(curve, a, one, two):
        return {curve: straight(a) + (isinstance(a, float) and one and two)}

    with pytest.raises(ValueError, match=r"'curve'.*one = True, two = True"):
        figure_of(update, a=FloatSlider(), one=Checkbox(), two=Checkbox())


def test_a_refusal_that_update_swallows_ends_the_cell():
    def update(curve, a):
        try:
            a = float(a)
        except TypeError:
            a = a * 1.0
        return {curve: straight(a)}

    with pytest.raises(TypeError, match=r"`a = float\(a\)`: float\(\)"):
        figure_of(update, a=FloatSlider())


def test_rounding_that_a_chaotic_run_blows_up_is_no_mistake():
    def update(curve, a):
        states = iterate(lambda s: 3.999 * s * (1 - s), a, 60)
        return {curve: np.column_stack([np.linspace(0, 1, 61), states]), "last": states[-1]}

    figure_of(update, a=FloatSlider(value=0.3, min=0.1, max=0.9))


def test_many_steps_are_lowered_where_they_take_long_and_the_cell_says_so(monkeypatch):
    monkeypatch.setattr(trial, "MOST_STEPS", 500)
    monkeypatch.setattr(trial, "FEW_STEPS", 50)
    run = []

    def update(curve, a, n):
        if isinstance(n, int):
            run.append(n)
        return {curve: straight(iterate(lambda s: s + a, 0.0, n)[-1])}

    with pytest.warns(UserWarning, match="with n=2000 update takes more than 500 steps .* checked up to n=500"):
        figure_of(update, a=FloatSlider(), n=IntSlider(value=100, min=0, max=2000))
    run.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure_of(update, a=FloatSlider(), n=IntSlider(value=100, min=0, max=400))
    assert set(run) == {0, 44, 50, 100, 400}  # the ends, the present, and of the others 50 at most


def test_every_number_of_steps_is_tried_where_it_does_not_take_long():
    run = []

    def update(curve, a, n):
        if isinstance(n, int):
            run.append(n)
        return {curve: straight(iterate(lambda s: s + a, 0.0, n)[-1])}

    figure_of(update, a=FloatSlider(), n=IntSlider(value=30, min=0, max=100))
    assert set(run) == {0, 11, 29, 30, 50, 68, 93, 100}


def test_update_runs_once_for_each_state_and_twice_more_at_first():
    """The present state, each recording, the present again, every other state. It is heard at the first time only."""
    calls = []

    def update(curve, a):
        calls.append(a)
        print("run")
        return {curve: straight(a)}

    said = io.StringIO()
    with redirect_stdout(said):
        figure_of(update, a=FloatSlider(value=0.3, min=-1, max=2))
    assert len(calls) == 3 + 7 and said.getvalue() == "run\n"
    assert [a for a in calls if isinstance(a, float)][:3] == [0.3, 0.3, -1.0]


# What an artist looks like does not hang on its first state


@pytest.mark.parametrize("nothing", [np.zeros((0, 2)), np.full((3, 2), np.nan)], ids=["empty", "NaN"])
def test_the_first_state_may_show_nothing(nothing):
    fig, ax = plt.subplots()
    (curve,) = ax.plot([], [], "s-", color="#d1495b")
    cloud = ax.scatter([], [], s=50)

    def update(kind, a):
        if kind == "none":
            return {curve: nothing + 0 * a, cloud: nothing}
        return {curve: a * np.ones((3, 2)), cloud: straight(a)}

    figure = live(fig, update, kind=Dropdown(options=["none", "some"]), a=FloatSlider(value=1, min=1, max=5))
    assert "stroke:#d1495b" in figure.canvas.svg
    low, high = (figure.spec["axes"][0]["y"][end] for end in ("low", "high"))
    assert low < 1 < high < 2  # of the first state that shows something
    figure.set(kind="some")
    assert figure.state.parts["0.marker"]["d"] != "" and figure.state.parts["1.points"]["d"] != ""


def test_none_and_false_hide_and_a_number_is_refused():
    fig, ax = plt.subplots()
    circle = ax.add_patch(plt.Circle((0.5, 0.5), 0.2, label="ring"))
    figure = live(fig, lambda a: {circle: a > 0}, a=FloatSlider(value=1, min=-1, max=1))
    shown = [figure.state.parts["0.shown"]["visibility"]]
    figure.set(a=-1)
    assert [*shown, figure.state.parts["0.shown"]["visibility"]] == ["visible", "hidden"]
    hidden = live(fig, lambda a: {circle: None, "b": a}, a=FloatSlider())
    assert hidden.state.parts["0.shown"]["visibility"] == "hidden"
    with pytest.raises(ValueError, match=r"shape \(3,\): x, y, radius for the Circle 'ring', .*; True or False shows"):
        live(fig, lambda a: {circle: a}, a=FloatSlider())
    table = ax.table([["a"]])
    with pytest.raises(TypeError, match=r"cannot move the Table 'table': .*True or False shows or hides it"):
        live(fig, lambda a: {table: a}, a=FloatSlider())


def test_a_second_figure_of_the_same_artists_follows_its_own_words():
    fig, ax = plt.subplots()
    ax.set_title("{a:.1f}")
    (curve,) = ax.plot([], [])
    for value in (0.5, 2.5):
        figure = live(fig, lambda a: {curve: straight(a)}, a=FloatSlider(value=value))
        assert figure.state.parts["text0.0"]["text"] == f"{value}"


# Painters


def test_a_line_is_cut_exactly_however_far_its_ends_are():
    low, high = (0.0, 0.0), (100.0, 100.0)
    assert cut_segment((10, 1e300), (20, -1e300), low, high) == ((15, 100), (15, 0))
    assert cut_segment((50, 50), (1e300, 50), low, high) == ((50, 50), (100, 50))
    assert cut_segment((-1e13, -1e13), (1e13, 1e13), low, high) is None


@pytest.mark.parametrize("how", ["pre", "mid", "post"])
def test_steps_are_those_of_matplotlib(how):
    points = np.random.default_rng(4).uniform(20, 80, (9, 2))
    wanted = STEP_LOOKUP_MAP[f"steps-{how}"](*points.T)
    assert np.array(paint.stepped(*points.T, how)) == pytest.approx(wanted)


def test_an_outline_that_leaves_the_picture_keeps_its_slant():
    """The edge to a corner far away passes where it did: the corner is cut off, not moved."""
    d = paint.outline([(50, 50), (1e8, 1e8), (50, 90)], [0, 0, 100, 100])
    corners = [tuple(map(float, part.split())) for part in d.strip("Mz").split("L")]
    assert (120.0, 120.0) in corners and all(0 <= v <= 120 for corner in corners for v in corner)


def test_a_marker_is_drawn_by_itself_where_it_shows_that_it_lies_over_others():
    fig, ax = plt.subplots()
    plain, edged = ax.plot([0, 1], [0, 1], "o", [0, 1], [0, 1], "o")
    edged.set(markeredgecolor="black", markerfacecolor="red")
    figure = live(fig, lambda a: {plain: straight(a), edged: straight(a)}, a=FloatSlider(value=0.5, min=0, max=1))
    parts = figure.state.parts
    assert parts["0.marker"]["d"].count("M") == 2
    assert parts["1.marker"]["inner"].count("<path") == 2
