"""`live` in Python: what it returns, what it refuses, and how the page follows the widgets' state."""

import base64
import io
import math
import random
import re
import subprocess
import sys
import warnings
from functools import partial

import IPython
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from figures import assert_the_browser_agrees, settings
from ipywidgets import Checkbox, FloatLogSlider, FloatSlider, IntSlider
from ipywidgets.embed import embed_data
from scipy.stats import norm

from gradcore import TwoLayerNet, bowl, gradient_descent, iterate
from livefig.controls import controls
from livefig.drawing.svg import draw, settle
from livefig.figure.figure import HOW_TO_SEE, LiveFigure
from livefig.figure.live import live
from livefig.page.saved import controls_of, saved_figure
from livefig.page.state import run, shown
from livefig.program.tape import trace


@pytest.fixture(autouse=True)
def agg():
    plt.switch_backend("agg")
    yield
    plt.close("all")


def parabola(**changes):
    """A small live figure: the point (x, x²)."""
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.set(xlim=(-3, 3), ylim=(0, 9))
    (dot,) = ax.plot([], [], "o", label="dot")

    def update(x):
        return {dot: np.stack([x, x**2])[None, :], "height": x**2}

    arguments = {"x": FloatSlider(value=1, min=-3, max=3), "title": "A parabola", "readout": "Height {height:.2f}."}
    arguments |= changes
    return live(fig, arguments.pop("update", update), **arguments), dot


def descent():
    fig, ax = plt.subplots()
    bowl.contour(ax)
    (path,) = ax.plot([], [], "o-")

    def walk(lr, x0, n):
        run = gradient_descent(bowl, [x0, 2.0], lr, n)
        return {path: run.history, "loss": run.fun}

    return live(
        fig, walk, lr=FloatLogSlider(value=0.1, min=-3, max=0.3), x0=FloatSlider(value=-7, min=-10, max=10),
        n=IntSlider(value=30, min=0, max=100), title="Descent", readout="Loss {loss:.3g}.", drag=None,
    )  # fmt: skip


def test_the_controls_are_the_authors_own_sliders():
    slider = FloatSlider(value=1, min=-3, max=3)
    figure, _ = parabola(x=slider)
    assert isinstance(figure, LiveFigure) and isinstance(figure, ipywidgets.VBox)
    assert figure.controls == {"x": slider} and figure.controls["x"] is slider
    assert figure.children == (slider, figure.canvas)


def test_set_moves_the_slider_and_the_slider_moves_the_figure():
    figure, _ = parabola()
    figure.set(x=2.5)
    assert figure.controls["x"].value == 2.5
    assert figure.state.sentence == "Height 6.25."
    figure.controls["x"].value = -2
    assert figure.state.sentence == "Height 4.00." and figure.values == {"x": -2}


def test_set_refuses_what_no_control_can_take():
    figure, _ = parabola()
    refused = (TypeError, {"y": 1}), (TypeError, {"x": "1"}), (TypeError, {"x": True}), (ValueError, {"x": 9})
    for error, values in refused:
        with pytest.raises(error, match=next(iter(values))):
            figure.set(**values)
    assert figure.values == {"x": 1}
    with pytest.raises(TypeError, match="whole number"):
        descent().set(n=2.5)


def test_the_repr_is_the_same_each_time():
    assert repr(parabola()[0]) == repr(parabola()[0]) == "<LiveFigure 'A parabola' at x=1>"


def test_the_output_is_a_widget_a_picture_and_its_repr():
    figure, _ = parabola()
    bundle = figure._repr_mimebundle_()
    assert sorted(bundle) == ["application/vnd.jupyter.widget-view+json", "image/png", "text/plain"]
    assert bundle["text/plain"] == repr(figure)
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_the_picture_shows_the_present_values():
    figure, dot = parabola()
    before = figure._repr_mimebundle_()["image/png"]
    figure.set(x=2)
    assert figure._repr_mimebundle_()["image/png"] != before
    assert np.array_equal(dot.get_xydata(), [[2, 4]])


def test_the_figure_is_closed_so_that_a_notebook_shows_it_once():
    parabola()
    assert plt.get_fignums() == []


def test_two_makings_give_the_same_svg():
    assert parabola()[0].canvas.svg == parabola()[0].canvas.svg


def pieces(path):
    """The polylines of an SVG's path, each with its points in units of the picture, and whether it is closed."""
    found, here = [], np.zeros(2)
    for letter, numbers in re.findall(r"([MLmlz])([^MLmlz]*)", path):
        if letter == "z":
            found[-1] = (found[-1][0], True)
            here = found[-1][0][0]
            continue
        found += [([], False)] * (letter in "mM")
        for place in np.reshape(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers), (-1, 2)).astype(float):
            here = place + here * letter.islower()
            found[-1] = ([*found[-1][0], here], found[-1][1])
    return found


def distance(point, points):
    """From a point to a polyline."""
    start, move = np.array(points[:-1]), np.diff(points, axis=0)
    along = np.clip(((point - start) * move).sum(1) / np.maximum((move**2).sum(1), 1e-12), 0, 1)
    return np.hypot(*(start + along[:, None] * move - point).T).min()


def test_the_lines_of_the_picture_go_where_matplotlib_draws_them_with_fewer_points():
    fig, ax = plt.subplots(figsize=(3, 3))
    x, y = np.meshgrid(*[np.linspace(-0.75, 7.25, 41)] * 2)
    ax.contour(x, y, np.sin(x) * np.sin(y) + x / 10, np.linspace(-0.9, 1.5, 13))
    ax.fill_between(np.linspace(0, 7, 500), np.sin(np.linspace(0, 70, 500)), 4)
    ax.axis("off")
    settle(fig)
    ours = re.findall(r'<path d="([^"]*)"', draw(fig, "p", [], ""))
    file = io.StringIO()
    fig.savefig(file, format="svg", transparent=True)
    theirs = re.findall(r'<path d="([^"]*)"', file.getvalue())[1:]  # without the background: the page has its own
    assert len(ours) == len(theirs) > 10
    assert sum(map(len, ours)) < 0.35 * sum(map(len, theirs))
    for mine, wanted in zip(map(pieces, ours), map(pieces, theirs), strict=True):
        assert [closed for _, closed in mine] == [closed for _, closed in wanted]
        for (points, _), (others, _) in zip(mine, wanted, strict=True):
            assert max(distance(point, points) for point in others) < 0.1
            assert max(distance(point, others) for point in points) < 0.08
    assert {closed for path in theirs for _, closed in pieces(path)} == {True, False}


def test_update_is_called_as_often_as_documented_and_prints_once(capsys):
    asked = []

    def update(x, d):
        asked.append(x)
        print("at", x)
        return {d: point(x)}

    fig, update = returning(update)
    figure = live(fig, update, x=FloatSlider(value=1, min=-1, max=3))
    before, recorded, after, *others = asked
    assert before == after == 1 and not isinstance(recorded, float)
    assert others == pytest.approx([-1, -0.56, 0.16, 1.72, 2.72, 3])  # the middle is where it stands
    asked.clear()
    figure._repr_mimebundle_()
    assert asked == [1] and capsys.readouterr().out == "at 1.0\n"


SCRIPT = """
import matplotlib.pyplot as plt
import numpy as np
from livefig import live

fig, ax = plt.subplots(figsize=(3, 2))
(line,) = ax.plot([], [])
figure = live(fig, lambda a: {line: a * np.eye(2)}, a=(0, 8))
"""


@pytest.mark.parametrize(("more", "told"), [("", True), ("figure.save('figure.html')", False)], ids=["alone", "saved"])
def test_a_script_says_at_its_end_how_to_see_a_figure_that_it_has_not_saved(more, told, tmp_path):
    (tmp_path / "script.py").write_text(f"{SCRIPT}{more}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (HOW_TO_SEE in done.stderr) == told and done.stdout == ""


def test_a_terminal_of_ipython_says_how_to_see_a_figure(monkeypatch):
    figure, _ = parabola()
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())
    assert figure._repr_mimebundle_()["text/plain"] == f"{figure!r}\n{HOW_TO_SEE}"


def test_nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        descent()


def test_a_saved_file_is_alive_and_alone(visit, tmp_path):
    figure = descent()
    figure.set(lr=0.3)
    page = figure.save(tmp_path / "figure.html")
    visit.page.goto(page.as_uri())
    element = visit.page.locator("figure.live-figure")
    assert element.locator(".readout").inner_text() == figure.state.sentence
    element.evaluate("figure => figure.live.set({lr: 0.7, n: 3})")
    figure.set(lr=0.7, n=3)
    assert element.locator(".readout").inner_text() == figure.state.sentence
    assert element.evaluate("figure => figure.live.data()[0].length") == 4
    assert visit.complaints == [] and visit.requests == [page.as_uri()]


def test_a_condition_that_is_not_a_number_does_not_hold(visit, tmp_path):
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")

    def update(x):
        return {dot: np.stack([x, x])[None], "found": np.where(x > 2, np.nan, x > 1)}

    figure = live(fig, update, x=FloatSlider(value=0, min=0, max=5), title="Found",
                  readout={"found": "Found at {x}.", "": "Nothing."})  # fmt: skip
    visit.page.goto(figure.save(tmp_path / "found.html").as_uri())
    element = visit.page.locator("figure.live-figure")
    for x, sentence in [(0, "Nothing."), (1.5, "Found at 1.5."), (3, "Nothing.")]:
        figure.set(x=x)
        element.evaluate("(figure, x) => figure.live.set({x})", x)
        assert figure.state.sentence == element.locator(".readout").inner_text() == sentence


def test_a_history_may_have_no_step_left(visit, tmp_path):
    fig, ax = plt.subplots()
    (path,) = ax.plot([], [], "o-")
    figure = live(fig, lambda n: {path: iterate(lambda s: s / 2, np.array([1.0, 2.0]), n)[1:]},
                  n=IntSlider(value=0, min=0, max=5), title="Halves")  # fmt: skip
    visit.page.goto(figure.save(tmp_path / "halves.html").as_uri())
    element = visit.page.locator("figure.live-figure")
    for n in (0, 3, 0):
        element.evaluate("(figure, n) => figure.live.set({n})", n)
        assert element.evaluate("figure => figure.live.data()[0].length") == n
    assert visit.complaints == []


def test_the_page_is_made_from_the_state_of_the_widgets():
    """What Python changes in a slider, the page has: value, range, label, format, disabled."""
    figure = descent()
    slider = figure.controls["lr"]
    slider.value, slider.description, slider.disabled, slider.readout_format = 0.5, "rate", True, ".2f"
    figure.controls["x0"].max = 8
    state = saved_state(figure)
    _, html, spec = saved_figure(state, figure.canvas.model_id, ())
    found = {c["name"]: c for c in spec["controls"]}
    assert list(found) == ["lr", "x0", "n"]
    assert found["lr"]["setting"] == 0.5 and found["lr"]["label"] == "rate"
    assert found["lr"]["disabled"] and found["lr"]["format"] == ".2f"
    assert found["x0"]["high"] == 8 and found["n"]["kind"] == "IntSliderModel"
    assert re.search(rf'<p class="readout" role="status"[^>]*>{figure.state.sentence}</p>', html)


@pytest.mark.parametrize("slider, handle", [
    (FloatSlider(value=1, min=0, max=1, step=0.6), 1), (FloatSlider(value=-1, min=-1, max=1, step=0.7), -1),
    (FloatSlider(value=0.4, min=0, max=1, step=0.6), 0.6), (FloatLogSlider(value=10, min=0, max=1, step=0.6), 1),
    (IntSlider(value=10, min=0, max=10, step=4), 8), (IntSlider(value=10, min=0, max=10, step=6), 10),
])  # fmt: skip
def test_a_handle_stands_on_a_step_and_never_beyond_the_range(slider, handle):
    assert controls.control("x", slider.get_state())["at"] == pytest.approx(handle, abs=1e-9)


def saved_state(figure):
    """The state of all widgets, links included, as a notebook saves it."""
    return embed_data(views=[figure], state=None)["manager_state"]["state"]


def test_the_same_figure_twice_on_a_page_gets_two_ids():
    figure = descent()
    state = saved_state(figure)
    name, first, _ = saved_figure(state, figure.canvas.model_id, ())
    _, second, _ = saved_figure(state, figure.canvas.model_id, {name})
    assert 'id="live-descent"' in first and 'id="live-descent-2"' in second
    assert "live-descent-2-clip-0" in second and "url(#live-descent-clip-0)" not in second


def returning(make):
    """`make` as an update function, with `d`, a dot in a figure of its own."""
    fig, ax = plt.subplots()
    ax.set(xlim=(-3, 3), ylim=(0, 9))
    (dot,) = ax.plot([], [], "o", label="dot")
    return fig, partial(make, d=dot)


def point(x):
    return np.stack([x, x**2])[None, :]


SLIDER = {"x": FloatSlider(value=1, min=-3, max=3)}
OTHER = plt.Line2D([], [])
RNG = np.random.default_rng()

BAD_CALLS = [
    ("a control update does not take", lambda x, d: {d: point(x)}, SLIDER | {"y": FloatSlider()}, TypeError, "'y'"),
    ("an argument without a control", lambda x, d: {d: point(x)}, {}, TypeError, "'x'"),
    ("a name with quotes", lambda d, **kw: {d: point(kw['a"b'])}, {'a"b': FloatSlider()}, ValueError, "'a\"b'"),
    ("a name that is no name", lambda d, **kw: {d: point(kw["a b"])}, {"a b": FloatSlider()}, ValueError, "'a b'"),
    ("an option's name", lambda d, **kw: {d: point(kw["title"])}, {"title": FloatSlider()}, ValueError, "'title'"),
    ("a name of JavaScript", lambda d, **kw: {d: point(kw["__proto__"])}, {"__proto__": FloatSlider()}, ValueError,
     "'__proto__'"),
    ("another name of JavaScript", lambda x, d: {d: point(x), "__proto__": x}, SLIDER, ValueError, "'__proto__'"),
    ("one name for two", lambda x, d: {d: point(x), "x": 2 * x}, SLIDER, ValueError, "value 'x', .*control 'x'"),
    ("an unknown option", lambda x, d: {d: point(x)}, SLIDER | {"titel": "A"}, TypeError, "titel"),
    ("a widget that is no control", lambda x, d: {d: point(x)}, {"x": ipywidgets.Text()}, TypeError, "x is a Text"),
    ("a title that is no text", lambda x, d: {d: point(x)}, SLIDER | {"title": 3}, TypeError, "title"),
    ("an id that is no text", lambda x, d: {d: point(x)}, SLIDER | {"id": 3}, TypeError, "id must be text"),
    ("an id for no address", lambda x, d: {d: point(x)}, SLIDER | {"id": "My dot"}, ValueError, "write id='my-dot'"),
    ("a drag without such a control", lambda x, d: {d: point(x)}, SLIDER | {"drag": ("x", "z")}, ValueError, "drag"),
    ("a drag of a point out of sight", lambda x, y, d: {d: point(x)},
     {"x": FloatSlider(value=5, max=9), "y": FloatSlider(), "drag": ("x", "y")}, ValueError,
     r"\(5, 0\) is outside of the axes of the Line2D 'dot', which show -3 to 3 and 0 to 9"),
    ("a drag of one control", lambda x, d: {d: point(x)}, SLIDER | {"drag": "x"}, ValueError, "drag"),
    ("an unknown field", lambda x, d: {d: point(x)}, SLIDER | {"readout": "{lost}"}, ValueError, "lost"),
    ("an unknown condition", lambda x, d: {d: point(x)}, SLIDER | {"readout": {"up": "Up."}}, ValueError, "up"),
    ("an unknown format", lambda x, d: {d: point(x)}, SLIDER | {"readout": "{x:>9}"}, ValueError, ">9"),
    ("a readout that is no text", lambda x, d: {d: point(x)}, SLIDER | {"readout": 3}, TypeError, "readout"),
    ("nothing", lambda x, d: d.set_ydata([x]), SLIDER, TypeError, r"not None: .* return \{line: np\.column_stack"),
    ("no dict", lambda x, d: point(x), SLIDER, TypeError, "dict"),
    ("no artist", lambda x, d: {"height": x}, SLIDER, ValueError, "artist"),
    ("an artist of another figure", lambda x, d: {OTHER: point(x)}, SLIDER, ValueError, "not in fig"),
    ("no artist as a key", lambda x, d: {3: point(x)}, SLIDER, TypeError, "3"),
    ("data of a wrong shape", lambda x, d: {d: np.stack([x, x, x])}, SLIDER, ValueError, r"\(n, 2\).*'dot'.*\(3,\)"),
    ("a list for a number", lambda x, d: {d: point(x), "h": [1, 2]}, SLIDER, ValueError, "'h'"),
    ("an if", lambda x, d: {d: point(x if x > 0 else -x)}, SLIDER, TypeError, r"`if`.*np\.where"),
    ("math", lambda x, d: {d: point(x) * math.sin(x)}, SLIDER, TypeError, r"math.*np\.sin"),
    ("float", lambda x, d: {d: np.stack([float(x), 1.0])[None, :]}, SLIDER, TypeError, "float"),
    ("a random number", lambda x, d: {d: point(x) + RNG.normal()}, SLIDER, ValueError, "'dot'.*[Rr]andom"),
]  # fmt: skip


BAD_CONTROLS = [
    (lambda: FloatSlider(step=0), r"knob has step=0\.0: .*greater than 0"),
    (lambda: FloatSlider(step=-0.1), r"knob has step=-0\.1: .*greater than 0"),
    (lambda: FloatSlider(step=np.nan), "knob has step=nan"),
    (lambda: FloatSlider(min=0, max=0.05), r"knob has step=0\.1: a step is a part of max − min = 0\.05"),
    (lambda: FloatSlider(max=np.inf), "knob has max=inf: a slider needs finite numbers"),
    (lambda: FloatSlider(min=-np.inf), "knob has min=-inf"),
    (lambda: FloatSlider(value=np.nan), "knob has value=nan"),
    (lambda: FloatSlider(min=-1e308, max=1e308), r"knob has min=-1e\+308"),
    (lambda: FloatSlider(value=1, min=1, max=1), r"knob has min=1\.0 and max=1\.0: .*room"),
    (lambda: FloatSlider(readout_format=".3s"), r"knob has readout_format='\.3s', .*: write \[\+\]\[\$\].*'\$,\.2f'$"),
    (lambda: FloatSlider(max=1e15), r"knob has step=0\.1, too small a part of max − min = 1e\+15: write step=None"),
    (lambda: IntSlider(step=0), "knob has step=0"),
    (lambda: IntSlider(value=1, min=1, max=1), "knob has min=1 and max=1"),
    (lambda: IntSlider(max=10**301), "knob has max=10"),
    (lambda: FloatLogSlider(base=1), r"knob has base=1\.0: .*greater than 1"),
    (lambda: FloatLogSlider(base=0), r"knob has base=0\.0"),
    (lambda: FloatLogSlider(base=-2), r"knob has base=-2\.0"),
    (lambda: FloatLogSlider(base=0.5), r"knob has base=0\.5"),
    (lambda: FloatLogSlider(base=np.inf), "knob has base=inf"),
    (lambda: FloatLogSlider(value=np.nan), "knob has value=nan"),
    (lambda: FloatLogSlider(step=0), r"knob has step=0\.0"),
    (lambda: FloatLogSlider(max=np.inf), "knob has max=inf"),
    (lambda: FloatLogSlider(min=-400, max=0), r"knob has min=-400\.0 and max=0\.0: these powers of 10"),
    (lambda: ipywidgets.Dropdown(), "knob has no option chosen: give it options"),
    (lambda: ipywidgets.ToggleButtons(), "knob has no option chosen: give it options"),
    (lambda: ipywidgets.Dropdown(options=["a"], value=None), "knob has no option chosen: give it a value"),
    (lambda: ipywidgets.Dropdown(options=[1, True]), r"knob have values .*\[1, True\]"),
    (lambda: ipywidgets.Dropdown(options=[("a", 1), ("a", 2)]), r"knob have labels .*\['a', 'a'\]"),
    (lambda: ipywidgets.Dropdown(
        options=[("a", np.ones(2)), ("b", np.zeros(2))], index=0, equals=np.array_equal), "knob have values"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), BAD_CONTROLS, ids=[words[:35] for _, words in BAD_CONTROLS])
def test_a_control_that_no_page_can_have_is_refused_by_its_name(make, words):
    fig, update = returning(lambda x, d, knob: {d: point(x)})
    with pytest.raises(ValueError, match=words) as refused:
        live(fig, update, x=FloatSlider(), knob=make())
    assert "\n" not in str(refused.value)


GOOD_CONTROLS = [
    FloatSlider(value=1, min=0.1, max=0.2), FloatSlider(value=None), FloatSlider(step=None), IntSlider(step=None),
    FloatLogSlider(value=None), FloatLogSlider(step=None, base=2), FloatSlider(value=99, max=1),
    ipywidgets.Dropdown(options=[("cosine", np.cos), ("sine", np.sin)]), ipywidgets.Dropdown(options=[1.0, np.nan]),
    ipywidgets.Checkbox(value=None),
]  # fmt: skip


@pytest.mark.parametrize("knob", GOOD_CONTROLS, ids=str)
def test_a_control_that_ipywidgets_mends_is_as_ipywidgets_made_it(knob):
    fig, update = returning(lambda x, d, knob: {d: point(x)})
    (_, spec) = live(fig, update, x=FloatSlider(), knob=knob).spec["controls"]
    assert spec["setting"] == (knob.index if "options" in spec else knob.value)


def test_a_slider_without_a_step_takes_any_number_on_the_page(visit, tmp_path):
    figure, _ = parabola(x=FloatSlider(value=0.12345, min=-1, max=1, step=None, readout_format=".5f"))
    visit.page.goto(figure.save(tmp_path / "figure.html").as_uri())
    element = visit.page.locator("figure.live-figure")
    slider, box = element.locator("input[type=range]"), element.locator("input[inputmode]")
    assert element.evaluate("figure => figure.live.values().x") == 0.12345 and box.input_value() == "0.12345"
    box.fill("0.54321")
    assert element.evaluate("figure => figure.live.values().x") == 0.54321
    places = set()
    for _ in range(20):
        slider.press("ArrowRight")
        places.add(element.evaluate("figure => figure.live.values().x"))
    assert len(places) == 20 and max(places) - min(places) < 0.1 and visit.complaints == []


def by_position(x, /):
    return {}


@pytest.mark.parametrize(("update", "words"), [
    (by_position, "update takes 'x' by position only, .*leave out the /"),
    (np.sin, "update (takes 'x' by position only|must be a function written with def)"),  # as older NumPy
    (dict, "update must be a function written with def or lambda, not <class 'dict'>"),
], ids=["by position", "np.sin", "dict"])  # fmt: skip
def test_a_function_that_takes_no_names_is_refused(update, words):
    with pytest.raises(TypeError, match=words):
        live(plt.figure(), update, x=FloatSlider())


@pytest.mark.parametrize(("short", "kind", "value"), [
    ((0, 8), "IntSlider", 4), ((0.0, 1.0, 0.25), "FloatSlider", 0.5), (3.0, "FloatSlider", 3.0),
    (["a", "b"], "Dropdown", "a"), ({"a": 1.5, "b": 2}, "Dropdown", 1.5), (True, "Checkbox", True),
    (np.float64(3), "FloatSlider", 3.0), (np.True_, "Checkbox", True), (range(1, 4), "Dropdown", 1),
    (np.arange(3), "Dropdown", 0), ((k * k for k in (2, 3)), "Dropdown", 4),
])  # fmt: skip
def test_what_interact_takes_for_a_widget_is_one_here(short, kind, value):
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    figure = live(fig, lambda a: {line: np.eye(2)}, a=short)
    widget = figure.controls["a"]
    assert (type(widget).__name__, widget.value, widget.description) == (kind, value, "a")


def test_a_short_form_begins_where_update_says():
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    assert live(fig, lambda a=7: {line: a * np.eye(2)}, a=(0, 8)).values == {"a": 7}


@pytest.mark.parametrize(("given", "words"), [
    ((5, 1), r"a=\(5, 1\) is no short form of a control"), (ipywidgets.Text("a"), "take Formula"),
    ("abc", "a='abc' is neither a control"), (("b", "c"), r"neither .*: write a list, \['b', 'c'\]$"),
], ids=["the wrong way round", "a text box", "text", "a tuple of options"])  # fmt: skip
def test_what_is_no_control_is_told_with_what_to_take(given, words):
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    with pytest.raises((TypeError, ValueError), match=words):
        live(fig, lambda a: {line: a * np.eye(2)}, a=given)


def test_what_is_fixed_is_an_argument_and_no_control():
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    figure = live(fig, lambda a, b: {line: a * np.eye(2), "b": b}, a=(0, 8), b=ipywidgets.fixed(7), readout="{b}")
    assert list(figure.controls) == ["a"] and figure.state.sentence == "7"


WRITTEN = {  # by the format: what stands in the box at 0.5, what is typed, what that is, how it is written then
    ".0%": ("50%", "75%", 0.75, "75%"),
    "+.2f": ("+0.50", "-0.25", -0.25, "-0.25"),
    ".3e": ("5.000e-01", "2e-1", 0.2, "2.000e-01"),
    "$,.2f": ("$0.50", "$1,234.5", 1234.5, "$1,234.50"),
    ",.0f": ("0", "-2,000", -2000, "-2,000"),
    ".2": ("0.5", "1", 1, "1"),
}


def test_a_box_shows_the_format_of_its_slider_and_takes_a_number(visit, tmp_path):
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    names = [f"x{number}" for number in range(len(WRITTEN))]
    knobs = [FloatSlider(value=0.5, min=-2500, max=2500, step=None, readout_format=spec) for spec in WRITTEN]
    figure = live(fig, lambda **x: {line: sum(x.values()) * np.eye(2)}, **dict(zip(names, knobs, strict=True)))
    visit.page.goto(figure.save(tmp_path / "formats.html").as_uri())
    element = visit.page.locator("figure")
    for name, (shown_first, typed, value, written) in zip(names, WRITTEN.values(), strict=True):
        box = element.get_by_role("spinbutton", name=f"{name}, as a number")
        assert box.input_value() == shown_first
        box.fill(typed)
        assert element.evaluate(f"figure => figure.live.values().{name}") == value
        element.evaluate(f"figure => figure.live.set({{{name}: {value}}})")
        assert box.input_value() == written
    box.fill("1,23")
    assert element.evaluate("figure => figure.live.values().x5") == 1.23
    assert visit.complaints == []


def test_a_number_box_without_bounds_takes_any_number(visit, tmp_path):
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    a, n = ipywidgets.FloatText(2.5), ipywidgets.IntText(3)
    figure = live(fig, lambda a, n: {line: np.eye(2) * a, "product": a * n}, a=a, n=n, readout="{product:.2f}")
    figure.set(a=-1e4)
    assert figure.state.sentence == "−30000.00"
    visit.page.goto(figure.save(tmp_path / "boxes.html").as_uri())
    element = visit.page.locator("figure")
    box, whole = element.get_by_role("spinbutton").all()
    assert element.get_by_role("slider").count() == 0 and box.input_value() == "-10000"
    for typed, said in (("1e6", "3000000.00"), ("x", "3000000.00"), ("0.5", "1.50")):
        box.fill(typed)
        assert element.locator(".readout").inner_text() == said
    whole.fill("1000")
    whole.press("ArrowUp")
    assert whole.input_value() == "1001" and element.locator(".readout").inner_text() == "500.50"
    whole.fill("1.5")
    assert element.get_by_role("alert").last.inner_text() == "Type a number."
    assert visit.complaints == []


def test_a_play_is_a_slider_that_plays_in_its_own_time(visit, tmp_path):
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 9), ylim=(0, 81))
    (dot,) = ax.plot([], [], "o")
    play = ipywidgets.Play(max=9, step=2, interval=1, repeat=True)
    figure = live(fig, lambda k: {dot: point(np.arange(10.0)[k])}, k=play, readout="k is {k}.")
    assert figure.spec["choices"] == [["k", 5]] and figure.spec["time"] == "k"
    visit.page.goto(figure.save(tmp_path / "play.html").as_uri())
    said = visit.page.evaluate("""() => new Promise(resolve => {
        const said = [], readout = document.querySelector(".readout");
        const seen = { characterData: true, childList: true, subtree: true };
        new MutationObserver(() => said.push(readout.textContent) > 6 && resolve(said)).observe(readout, seen);
        document.querySelector("[aria-label=Play]").click();
    })""")
    assert said == [f"k is {k}." for k in (2, 4, 6, 8, 0, 2, 4)] and visit.complaints == []


def rng_of(seed):
    return np.random.default_rng(seed)


def global_numbers(seed):
    np.random.seed(seed)
    return np.random.normal(size=4)


SEEDS = {
    "default_rng": lambda seed: np.random.default_rng(seed).normal(size=4),
    "a helper": lambda seed: rng_of(seed).normal(size=4),
    "seed + 1": lambda seed: np.random.default_rng(seed + 1).normal(size=4),
    "int(seed)": lambda seed: np.random.default_rng(int(seed)).normal(size=4),
    "several": lambda seed: np.random.default_rng([3, seed]).normal(size=4),
    "SeedSequence": lambda seed: np.random.default_rng(np.random.SeedSequence(seed)).normal(size=4),
    "PCG64": lambda seed: np.random.Generator(np.random.PCG64(seed)).normal(size=4),
    "RandomState": lambda seed: np.random.RandomState(seed).normal(size=4),
    "np.random.seed": global_numbers,
    "random.Random": lambda seed: np.array([random.Random(seed + k).random() for k in range(4)]),
    "scipy": lambda seed: norm.rvs(size=4, random_state=seed),
    "gradcore": lambda seed: TwoLayerNet(2, 2, 2, seed=seed).params["W1"].ravel(),
}  # fmt: skip


@pytest.mark.parametrize("draw", SEEDS.values(), ids=SEEDS)
def test_a_slider_of_seeds_is_enumerated_and_a_recorded_seed_is_told(draw):
    state = np.random.get_state()
    with pytest.raises(TypeError, match="Drawing random numbers from a seed cannot be recorded") as refused:
        trace(lambda seed: draw(seed), 3)
    assert re.match(r"Line \d+ of (\w|<)+", str(refused.value)) and "random.py" not in str(refused.value)
    fig, ax = plt.subplots()
    (line,) = ax.plot([], [])
    made = live(fig, lambda seed: {line: np.column_stack([np.arange(4), draw(seed)])}, seed=IntSlider(max=3))
    for seed in (0, 3):
        made.set(seed=seed)
        np.testing.assert_array_equal(made.state.arrays[0][:, 1], draw(seed))
    np.random.set_state(state)


@pytest.mark.parametrize("case", BAD_CALLS, ids=lambda case: case[0])
def test_a_mistake_is_told_when_the_cell_runs(case):
    _, make, keywords, error, words = case
    fig, update = returning(make)
    with pytest.raises(error, match=words):
        live(fig, update, **keywords)


def test_the_first_two_arguments_are_checked():
    fig, update = returning(lambda x, d: {d: point(x)})
    with pytest.raises(TypeError, match="fig must be a matplotlib figure"):
        live(fig.axes[0], update, **SLIDER)
    with pytest.raises(TypeError, match="update must be a function"):
        live(fig, {}, **SLIDER)


def test_a_refusal_names_the_authors_line():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def update(x):
        height = math.exp(x)
        return {line: np.array([[0, 0], [1, height]])}

    with pytest.raises(TypeError, match=r"of update, `height = math.exp\(x\)`"):
        live(fig, update, x=FloatSlider())


def test_a_scale_the_page_does_not_know_is_refused():
    fig, ax = plt.subplots()
    ax.set_yscale("symlog")
    (line,) = ax.plot([0, 1], [0, 1])
    with pytest.raises(ValueError, match="symlog"):
        live(fig, lambda x: {line: point(x)}, x=FloatSlider())


def orbit(make=lambda y, k: y, label="orbit"):
    """y ← factor · y²: a picture of n steps, in which `make` may change the numbers."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 10), ylim=(-10, 10))
    (path,) = ax.plot([], [], label=label)

    def update(factor, n, start):
        y = iterate(lambda y: factor * y**2, start, n)
        return {path: np.column_stack([np.arange(len(y)), make(y, np.arange(len(y)))])}

    return live(
        fig, update, factor=FloatSlider(value=0.1, min=0.1, max=3), n=IntSlider(value=4, min=0, max=30),
        start=FloatSlider(value=2, max=20), title="Orbit",
    )  # fmt: skip


def test_the_sentence_tells_where_a_path_leaves_and_where_it_stops_being_finite():
    figure = orbit()
    assert figure.state.sentence == ""
    figure.set(factor=1.0)
    assert figure.state.sentence == "At step 2 the orbit leaves the picture."
    figure.set(factor=3.0, n=30)
    assert figure.state.sentence == (
        "At step 1 the orbit leaves the picture. From step 9 on, the orbit is no longer a finite number."
    )
    figure.set(start=20)
    assert figure.state.sentence == "From step 8 on, the orbit is no longer a finite number."


@pytest.mark.parametrize("label", ["", "_hidden", "$y_k$", "y after {n} steps"])
def test_a_path_that_has_no_name_in_plain_words_is_not_named(label):
    figure = orbit(label=label or None)
    figure.set(factor=3.0, n=30)
    assert figure.state.sentence == (
        "Step 1 leads out of the picture. From step 9 on, the numbers are no longer finite."
    )


HIDDEN = {
    "all of it": lambda y, k: np.nan * y,
    "its beginning": lambda y, k: np.where(k < 2, np.nan, y),
    "a gap": lambda y, k: np.where(k == 2, np.nan, y),
    "its end": lambda y, k: np.where(k > 2, np.nan, y),
}  # fmt: skip


@pytest.mark.parametrize("make", HIDDEN.values(), ids=HIDDEN)
def test_what_is_nan_on_purpose_is_hidden_without_a_word(make, visit, tmp_path):
    figure = orbit(make)
    assert np.isnan(figure.state.arrays[0][:, 1]).any() and figure.state.sentence == ""
    visit.page.goto(figure.save(tmp_path / "figure.html").as_uri())
    element = visit.page.locator("figure.live-figure")
    said = "figure => { figure.live.set(figure.live.values()); return figure.querySelector('.readout').textContent; }"
    assert element.evaluate(said) == ""


def test_the_page_says_the_same_of_a_loop_that_diverges(visit, tmp_path):
    figure = orbit(lambda y, k: np.where(k % 5 == 3, np.nan, y))
    visit.page.goto(figure.save(tmp_path / "figure.html").as_uri())
    tried = settings(figure, 100)
    said = {shown(figure.spec, chosen, [run(figure.update, chosen).popitem()[1]]).sentence for chosen in tried}
    assert len(said) > 10 and {""} < said
    assert_the_browser_agrees(visit.page.locator("figure.live-figure"), figure, tried)


@pytest.mark.parametrize("x", [-2.5, 3.0, 4.0])
def test_what_is_no_path_of_a_loop_is_hidden_and_drawn_over_the_edge_without_a_word(x):
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 3), ylim=(0, 2))
    dot, curve = ax.plot([], [], "o", [], [])

    def update(x):
        xs = np.stack([x, 2 * x, 3 * x])
        return {dot: np.stack([x, np.sqrt(x)])[None, :], curve: np.stack([xs, np.log(xs)], axis=-1)}

    figure = live(fig, update, x=FloatSlider(value=1, min=-3, max=9), readout="x = {x:.1f}.")
    figure.set(x=x)
    assert figure.state.sentence == f"x = {x:.1f}.".replace("-", "−")


def choices(**changes):
    """A figure with every discrete control: a line through the origin."""
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.set(xlim=(-3, 3), ylim=(-9, 9))
    (line,) = ax.plot([], [], label="line")

    def update(shape, way, thick, slope, bend):
        x = np.linspace(-1, 1, 3 if shape == "straight" else 5)
        y = slope * x if shape == "straight" else bend * x**2
        y = {"up": y, "down": -y}[way] * (2 if thick else 1)
        return {line: np.column_stack([x, y]), "end": y[-1]}

    arguments = {
        "shape": ipywidgets.Dropdown(options=[("a line", "straight"), ("a parabola", "bent")], value="bent"),
        "way": ipywidgets.ToggleButtons(options=["up", "down"], description="which way"),
        "thick": ipywidgets.Checkbox(value=False, description="double"),
        "slope": FloatSlider(value=1, min=-3, max=3),
        "bend": FloatSlider(value=2, min=-3, max=3),
        "readout": {"thick": "Doubled: {shape} ends at {end:.1f}.", "": "{shape}, {way}, ends at {end:.1f}."},
    } | changes
    return live(fig, update, **arguments)


def test_options_are_ordinary_python_values_and_have_a_tape_each():
    figure = choices()
    assert len(figure.spec["tapes"]) == 8
    assert figure.state.sentence == "a parabola, up, ends at 2.0."
    figure.set(shape="straight", way="down", thick=True)
    assert figure.controls["shape"].index == 0
    assert figure.state.sentence == "Doubled: a line ends at −2.0."
    assert repr(figure) == "<LiveFigure '' at shape='straight', way='down', thick=True, slope=1, bend=2>"
    with pytest.raises(ValueError, match="shape must be one of 'straight', 'bent'"):
        figure.set(shape="round")


def test_the_page_offers_the_options_and_rests_what_has_no_effect(visit, tmp_path):
    figure = choices()
    visit.page.goto(figure.save(tmp_path / "choices.html").as_uri())
    element = visit.page.locator("figure.live-figure")
    sentence = element.locator(".readout")
    slope, bend = (element.get_by_label(name).first for name in ("slope", "bend"))
    assert sentence.inner_text() == "a parabola, up, ends at 2.0."
    assert slope.is_disabled() and bend.is_enabled()
    element.get_by_label("shape").select_option("a line")
    assert sentence.inner_text() == "a line, up, ends at 1.0."
    assert slope.is_enabled() and bend.is_disabled()
    element.get_by_label("down").check()
    assert sentence.inner_text() == "a line, down, ends at −1.0."
    element.get_by_label("double").check()
    assert sentence.inner_text() == "Doubled: a line ends at −2.0."
    assert element.evaluate("figure => figure.live.data()[0].length") == 3
    element.evaluate("figure => figure.live.set({shape: 'a parabola', way: 'up', thick: false, bend: 1.25})")
    assert sentence.inner_text() == "a parabola, up, ends at 1.2."
    assert element.evaluate("figure => figure.live.values()") == {
        "shape": "a parabola", "way": "up", "thick": False, "slope": 1, "bend": 1.25
    }  # fmt: skip
    assert element.get_by_label("up").is_checked()
    assert visit.complaints == []


def test_in_jupyter_a_slider_rests_while_it_has_no_effect_and_wakes_again():
    figure = choices()
    slope, bend = figure.controls["slope"], figure.controls["bend"]
    assert (slope.disabled, bend.disabled) == (True, False)
    figure.set(shape="straight")
    assert (slope.disabled, bend.disabled) == (False, True)
    assert not any(control["disabled"] for control in figure.spec["controls"])
    slope.disabled = True
    figure.set(shape="bent")
    figure.set(shape="straight")
    assert slope.disabled, "what the author has disabled stays so"
    assert [c["name"] for c in figure.spec["controls"] if c["disabled"]] == ["slope"]


def test_a_slider_that_rests_in_the_notebook_wakes_on_the_page():
    figure = choices()
    found = controls_of(saved_state(figure), figure.canvas.model_id)
    assert len(found) == 5 and not any(control["disabled"] for control in found)


def test_too_many_options_are_refused():
    many = ipywidgets.Dropdown(options=[f"bent {i} times" for i in range(65)])
    with pytest.raises(ValueError, match="combine in 260 ways: 256 are the most"):
        choices(shape=many)


def test_options_must_return_the_same_names():
    fig, update = returning(lambda both, d: {d: point(1.0), "sum": 3} if both else {d: point(1.0)})
    with pytest.raises(ValueError, match="same names in all states; at both = False it does not: return None for"):
        live(fig, update, both=ipywidgets.Checkbox())


def test_a_second_live_figure_of_one_figure_is_as_right_as_the_first():
    """It has the texts as they were written; the first one lives on, without the picture that it cannot draw now."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 9), title="at {y:.1f}")
    one, two = ax.plot([0, 1], [1, 1], [0, 1], [2, 2])
    first = live(fig, lambda x: {one: point(x), "y": x}, **SLIDER)
    assert "image/png" in first._repr_mimebundle_()
    second = live(fig, lambda x: {two: point(x), "y": 2 * x}, **SLIDER)
    assert second.state.parts["text0.0"] == {"text": "at 2.0"} and "image/png" in second._repr_mimebundle_()
    first.set(x=0.5)
    assert first.state.parts["text0.0"] == {"text": "at 0.5"}
    assert {*second._repr_mimebundle_()} - {*first._repr_mimebundle_()} == {"image/png"}


def test_a_first_state_of_no_numbers_draws_axes_and_a_sentence(visit, tmp_path):
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o-")
    x = np.arange(3.0)
    figure = live(
        fig, lambda a: {dot: np.column_stack([x, np.sqrt(a) * x]), "root": np.sqrt(a)},
        a=FloatSlider(value=-1, min=-1, max=4), readout="The root is {root:.1f}.",
    )  # fmt: skip
    visit.page.goto(figure.save(tmp_path / "nowhere.html").as_uri())
    assert visit.page.locator(".readout").inner_text() == "The root is not a number."
    assert ax.get_ylim()[1] > 1 and visit.page.locator("svg text").count() > 4
    visit.page.wait_for_function("() => document.querySelector('figure').live")
    visit.page.locator("figure").evaluate("figure => figure.live.set({ a: 4 })")
    assert visit.page.locator("[data-part='0.line']").get_attribute("d") and visit.complaints == []


def test_a_legend_stays_where_it_is_best_at_first():
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    (curve,) = ax.plot([0, 1], [0, 1], label="line")
    legend, x = ax.legend(), np.linspace(0, 1, 30)

    def place():
        fig.draw_without_rendering()
        return ax.transAxes.inverted().transform(legend.get_window_extent().p0)

    best = place()
    figure = live(
        fig, lambda a: {curve: np.column_stack([x, a + (1 - 2 * a) * x])}, a=FloatSlider(value=0, min=0, max=1)
    )
    figure.set(a=1.0)
    figure._png()
    assert place() == pytest.approx(best, abs=1e-3)
    legend.set_loc("best")
    assert abs(place() - best).max() > 0.3, "a legend would move"


def test_a_path_that_rounding_alone_puts_outside_has_not_left(page, tmp_path):
    fig, ax = plt.subplots(subplot_kw={"xlim": (0, 10), "ylim": (0, 1)})
    (path,) = ax.plot([], [], label="share")

    def update(a, n):
        y = iterate(lambda y: 1 - a + (y - (1 - a)), 1.0, n)
        steps = np.arange(len(y))
        return {path: np.column_stack([steps, y + 1e-12 * (steps > 2)])}

    figure = live(fig, update, a=FloatSlider(value=0.3, max=1), n=IntSlider(value=4, max=9))
    assert figure.state.sentence == ""
    page.goto(figure.save(tmp_path / "share.html").as_uri())
    page.wait_for_function("document.querySelector('figure.live-figure').live")
    page.evaluate("document.querySelector('figure.live-figure').live.set({n: 9})")
    assert page.locator(".readout").text_content() == ""


DIVIDED = {
    "divided by zero": (lambda a: np.where(a > 0, 1 / a, 9.0) / 9, 1.0),
    "a root of a negative number": (lambda a: np.where(a < 1, (1 - a) ** 0.5, 0.0), 1.0),
}


@pytest.mark.parametrize(("what", "at_zero"), DIVIDED.values(), ids=DIVIDED)
def test_what_no_number_is_in_python_is_what_it_is_in_numpy_and_on_the_page(what, at_zero):
    fig, ax = plt.subplots()
    (path,) = ax.plot([], [], label="share")
    figure = live(fig, lambda a: {path: np.stack([[0.0, 1.0], what(a) * np.ones(2)], axis=1)}, a=FloatSlider(max=2))
    assert figure.state.arrays[0][0, 1] == at_zero
    figure.set(a=2)
    figure._png()


def test_a_whole_number_by_which_a_function_divides_may_be_zero_only_if_numpy_divides():
    fig, ax = plt.subplots()
    (path,) = ax.plot([], [])
    with pytest.raises(ZeroDivisionError, match=r"at n = 0, .* write np\.divide\(a, b\)"):
        live(fig, lambda n: {path: np.stack([[0.0, 1 / n], [1.0, 2.0]])}, n=IntSlider(value=1, max=3))
    live(fig, lambda n: {path: np.stack([[0.0, np.divide(1, n)], [1.0, 2.0]])}, n=IntSlider(value=1, max=3))


def test_an_artist_without_a_label_is_called_by_its_name_in_the_code():
    fig, ax = plt.subplots()
    (curve,) = ax.plot([], [])
    with pytest.raises(ValueError, match=r"shape \(n, 2\).* for the Line2D 'curve', not of shape \(3,\)"):
        live(fig, lambda a: {curve: np.ones(3) * a}, a=FloatSlider())
    spread = ax.stackplot([0, 1], [1, 2], [2, 1])
    with pytest.raises(ValueError, match=r"the heights of both curves for the \w+ 'spread\[1\]', not"):
        made_by_a_helper(fig, lambda a: {spread[1]: np.ones(3) * a})
    ax.axhspan(0, 1)
    with pytest.raises(ValueError, match="both ends for the Rectangle, not of shape"):
        made_by_a_helper(fig, lambda a: {ax.patches[0]: np.ones(3) * a})


def made_by_a_helper(fig, update):
    return live(fig, update, a=FloatSlider())


@pytest.mark.filterwarnings("ignore:Bitwise inversion")  # Python's own word on it, from 3.12 on
def test_pythons_not_of_a_truth_value_is_told():
    fig, ax = plt.subplots()
    words = ax.text(0.5, 0.5, "far")
    with pytest.raises(ValueError, match=r"~ of Python's True is the number -2: write np\.logical_not"):
        live(fig, lambda far: {words: ~far}, far=Checkbox(value=True))
