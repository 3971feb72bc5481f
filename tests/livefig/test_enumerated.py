"""Controls whose values are few: update is run for each of them by Python, and may do there what it likes."""

import io
import itertools
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from gallery import coming_and_going
from ipywidgets import Checkbox, Dropdown, FloatLogSlider, FloatSlider, IntSlider, IntText
from scipy.integrate import odeint
from scipy.stats import norm

from livefig.figure.enumerated import MOST_COMBINATIONS, Settings
from livefig.figure.live import live

x = np.linspace(-3, 3, 41)
COUNT = {"n": lambda: IntSlider(value=3, min=1, max=9)}
WIDTH = {"w": lambda: FloatSlider(value=1, min=0.5, max=2, step=0.25)}


@pytest.fixture(autouse=True)
def closed():
    """What is refused leaves its figure open."""
    yield
    plt.close("all")


def curve(y):
    return np.column_stack([np.arange(len(y)), y])


# What needs a Python integer: a slider of whole numbers is enumerated by itself.
WHOLE = {
    "np.arange": lambda n: np.arange(n) ** 2,
    "np.linspace": lambda n: np.linspace(0, 1, n),
    "a slice": lambda n: x[:n],
    "an index": lambda n: np.array([0, x[n]]),
    "range": lambda n: sum(np.sin((2 * k + 1) * x) / (2 * k + 1) for k in range(n)),
    "np.zeros": lambda n: np.zeros(n),
    "if": lambda n: x if n > 3 else -x,
    "polynomial": lambda n: np.polyval(np.polyfit(x, np.sin(x), n), x),
    "np.random": lambda n: np.random.default_rng(n).normal(size=5),
}
# What a recording cannot follow: the author writes stops=.
ANYTHING = {
    "scipy.stats": lambda w: norm.pdf(x, 0, w),
    "odeint": lambda w: odeint(lambda y, t: [y[1], -w * y[0]], [1, 0], np.linspace(0, 5, 20))[:, 0],
    "complex products": lambda w: np.abs(np.cumprod(1 + 1j * w * x)),
    "a transform of two dimensions": lambda w: np.abs(np.fft.rfft2(np.outer(np.sin(w * x), x))).ravel(),
    "a histogram": lambda w: np.histogram2d(w * x, x, bins=4, range=[(-6, 6), (-6, 6)])[0].ravel(),
    "eigenvalues": lambda w: np.sort(np.linalg.eig(np.array([[2.0, w], [1.0, 3.0]]))[0].real),
    "text and if": lambda w: x if f"{w:.2f}".endswith("5") else np.where(x > float(w), x, 0.0),
}


def drawn(update, **kw):
    fig, ax = plt.subplots()
    (line,) = ax.plot(x, x)
    return live(fig, lambda **values: {line: curve(update(**values))}, **kw)


@pytest.mark.parametrize("update", WHOLE.values(), ids=WHOLE)
def test_a_whole_number_is_enumerated_where_python_needs_an_integer(update):
    figure = drawn(update, n=COUNT["n"]())
    assert figure.spec["choices"] == [["n", 9]] and len(figure.spec["tapes"]) == 9
    for n in range(1, 10):
        figure.set(n=n)
        np.testing.assert_allclose(figure.state.arrays[0], curve(update(n)), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("update", ANYTHING.values(), ids=ANYTHING)
def test_anything_may_happen_at_stops_and_the_advice_that_says_so_works(update):
    with pytest.raises(TypeError, match="cannot be recorded") as refused:
        drawn(update, w=WIDTH["w"]())
    option = eval(f"dict({re.search(r'write (stops=.*?) beside the controls', str(refused.value))[1]})")
    figure = drawn(update, w=WIDTH["w"](), **option)
    for w in np.arange(0.5, 2.25, 0.25):
        figure.set(w=float(w))
        np.testing.assert_array_equal(figure.state.arrays[0], curve(update(float(w))))


def test_a_slider_that_can_be_recorded_stays_recorded_beside_one_that_cannot():
    figure = drawn(lambda n, a, k: a * x[:n] + k, n=COUNT["n"](), a=FloatSlider(max=2), k=IntSlider(max=500))
    assert figure.spec["choices"] == [["n", 9]]
    figure.set(n=4, a=0.37, k=77)
    np.testing.assert_array_equal(figure.state.arrays[0], curve(0.37 * x[:4] + 77))


def test_an_array_that_is_filled_in_a_loop_needs_one_changed_line():
    fig, ax = plt.subplots()
    (line,) = ax.plot(x, x)

    def filled(a, n):
        y = np.zeros(n)
        for k in range(1, n):
            y[k] = y[k - 1] + a
        return {line: curve(y)}

    def changed(a, n):
        y = np.zeros(n) + 0 * a
        for k in range(1, n):
            y[k] = y[k - 1] + a
        return {line: curve(y)}

    sliders = {"a": FloatSlider(value=1, max=2), "n": IntSlider(value=3, min=1, max=9)}
    with pytest.raises(TypeError, match=r"Write `y = np\.zeros\(n\) \+ 0 \* a` for `y = np\.zeros\(n\)`"):
        live(fig, filled, **sliders)
    figure = live(fig, changed, **sliders)
    figure.set(a=0.37, n=8)
    np.testing.assert_allclose(figure.state.arrays[0], curve(0.37 * np.arange(8)), rtol=1e-12)


def test_enumerated_sliders_choices_and_boxes_combine():
    figure = drawn(
        lambda n, w, both: norm.pdf(x[: 4 * n], 0, w) + both,
        n=COUNT["n"](), w=FloatLogSlider(value=1, min=-1, max=1, step=0.25), both=Checkbox(), stops="w",
    )  # fmt: skip
    assert figure.spec["choices"] == [["n", 9], ["w", 9], ["both", 2]]
    for n, exponent, both in itertools.product((1, 8), (-4, -1, 4), (True, False)):
        figure.set(n=n, w=10 ** (exponent / 4), both=both)
        np.testing.assert_array_equal(
            figure.state.arrays[0], curve(norm.pdf(x[: 4 * n], 0, 10 ** (exponent / 4)) + both)
        )


def test_what_all_tapes_have_in_common_stands_once():
    noise = np.random.default_rng(0).normal(size=300)
    fig, ax = plt.subplots()
    line, points = *ax.plot([], []), ax.scatter([], [])

    def update(n):
        return {line: np.column_stack([np.linspace(0, 1, 300), noise]), points: np.ones((n, 2))}

    figure = live(fig, update, n=IntSlider(min=1, max=40))
    assert len(str(figure.spec["tapes"])) < 40 * 400, "every tape would have 3,200 letters of noise"
    for n in (1, 17, 40):
        figure.set(n=n)
        for found, wanted in zip(figure.state.arrays, update(n).values(), strict=True):
            np.testing.assert_array_equal(found, wanted)


def test_the_picture_is_drawn_at_three_stops_and_the_numbers_are_compared_at_all():
    asked = []

    def update(n):
        asked.append(n if isinstance(n, int) else 0)
        return x[:n]

    drawn(update, n=COUNT["n"]())
    assert set(asked) >= set(range(1, 10)) and len(asked) <= 24


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        (
            {"n": IntSlider(value=4, min=1, max=9, step=2)},
            r"n moves from stop to stop, and 4 is none: the nearest is 5",
        ),
        (
            {"n": IntSlider(value=4, min=1, max=999)},
            r"cannot be recorded.*stops='n' beside the controls.*Take larger steps for that: 4 for n; of 999 values",
        ),
        ({"n": IntText(3)}, r"cannot be recorded.*give n ends, .*: n=BoundedIntText\(value=3, min=-27, max=33\)\.$"),
        ({"n": COUNT["n"](), "stops": "m"}, "stops must name some of the sliders n, not 'm'"),
        ({"n": COUNT["n"](), "stops": 3}, "stops must name some of the sliders n, not 3"),
    ],
    ids=["between two stops", "too many", "without ends", "no slider", "no name"],
)
def test_a_mistake_with_stops_is_told(keywords, words):
    with pytest.raises((TypeError, ValueError), match=words):
        drawn(lambda n: x[: min(n, 30)] * 1.0, **keywords)


MANY = {
    "one": {"n": (1, 999, 1, 4)},
    "a prime place": {"n": (10, 500, 10, 200), "paths": (1, 100, 1, 30), "seed": (0, 50, 1, 3)},
    "with options": {"n": (1, 100, 1, 8), "m": (0.0, 1.0, 0.01, 0.37)},
}


@pytest.mark.parametrize("sliders", MANY.values(), ids=MANY)
def test_the_steps_that_are_advised_are_large_enough(sliders):
    def settings(steps):
        ranges = {n: FloatSlider(min=a, max=b, step=steps.get(n, c), value=v) for n, (a, b, c, v) in sliders.items()}
        return Settings({**ranges, "kind": Dropdown(options=["a", "b"])}, tuple(sliders))

    with pytest.raises(ValueError, match="Take fewer options, or larger steps: ") as told:
        assert settings({}).combinations
    steps = {name: float(step) for step, name in re.findall(r"([\d.]+) for (\w+)", str(told.value).split("steps: ")[1])}
    assert 64 < len(settings(steps).combinations) <= MOST_COMBINATIONS


def test_a_figure_that_is_too_long_for_a_page_says_by_how_much():
    with pytest.raises(
        ValueError,
        match=r"201 combinations of .* n: 150,000 are the most\. Take larger steps \(about 1\d\d combinations have r",
    ):
        drawn(lambda n: np.random.default_rng(n).normal(size=120), n=IntSlider(max=200))


def test_a_figure_that_will_be_too_long_is_refused_after_its_first_combinations_and_says_what_counts_them():
    seen = []

    def update(n):
        seen.append(n)
        return np.random.default_rng(n).normal(size=9000)

    with pytest.raises(ValueError, match=r"the first 5 of 201 combinations .* of n: .* counted because of this: Line"):
        drawn(update, n=IntSlider(max=200))
    assert len(seen) < 20


def test_random_numbers_without_a_seed_are_refused_at_stops_too():
    with pytest.raises(ValueError, match="it is random"):
        drawn(lambda n: np.random.default_rng().normal(size=n), n=COUNT["n"]())


def test_a_value_between_two_stops_is_refused():
    figure = drawn(lambda w: norm.pdf(x, 0, w), w=WIDTH["w"](), stops=["w"])
    with pytest.raises(ValueError, match=r"w moves from stop to stop, and 0\.6 is none: the nearest is 0\.5"):
        figure.set(w=0.6)


# What an option leaves out, gives no data for, or says None or False of, is hidden


def test_what_an_option_leaves_out_is_drawn_as_if_matplotlib_hid_it():
    figure = coming_and_going()

    def drawn(option, hidden=()):
        figure.set(show=option)
        figure._png()
        artists = [one for key in hidden for one in figure.moving[key].artists]
        for visible in (False, True):
            file = io.BytesIO()
            figure.figure.savefig(file, format="png", dpi=50)
            for one in artists:
                one.set_visible(visible)
        return file.getvalue()

    for option in ("a field", "a curve"):
        returned = figure.update(show=option, a=1.0)
        hidden = [key for key in figure.moving if returned.get(key) is None or not np.any(returned[key])]
        assert len(hidden) > 5
        assert drawn(option) == drawn("everything", hidden)


def test_an_artist_that_is_left_out_has_no_points_and_comes_back():
    fig, ax = plt.subplots()
    one, two = ax.plot([], [], [], [])
    figure = live(fig, lambda both: {one: curve(x)} | ({two: curve(-x)} if both else {}), both=Checkbox(value=False))
    shapes = []
    for both in (False, True, False):
        figure.set(both=both)
        figure._png()
        shapes.append([np.shape(array) for array in figure.state.arrays] + [len(two.get_xdata())])
    assert shapes == [[(41, 2), (0, 2), 0], [(41, 2), (41, 2), 41], [(41, 2), (0, 2), 0]]


HIDDEN = {
    "True": (
        lambda ax, both: {ax.lines[0]: curve(x) if both else True},
        "True for the Line2D .* return its data in both",
    ),
    "limits": (lambda ax, both: {ax.figure.axes[1]: ((0, 1), (0, 2)) if both else None}, "return the limits in both"),
    "a colour": (lambda ax, both: {ax.images[0]: np.eye(3) if both else None}, "leave out set_bad, or bad="),
    "a shape": (lambda ax, both: {ax.lines[0]: curve(x) if both else x}, r"shape \(n, 2\).*not of shape \(41,\)"),
}


@pytest.mark.parametrize(("update", "words"), HIDDEN.values(), ids=HIDDEN)
def test_what_cannot_be_hidden_in_one_state_alone_is_refused(update, words):
    fig, (ax, _) = plt.subplots(1, 2)
    ax.plot(x, x)
    ax.imshow(np.eye(3), aspect="auto", cmap=plt.get_cmap("viridis").with_extremes(bad="r"))
    with pytest.raises(ValueError, match=words):
        live(fig, lambda both: update(ax, both), both=Checkbox(value=True))
