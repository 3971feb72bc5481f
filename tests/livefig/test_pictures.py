"""A live figure is drawn as matplotlib draws it, or it is refused with a sentence that says what to do."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation
from pictures import LIMITS, PICTURES, SIZE, Picture
from PIL import Image, ImageChops, ImageFilter
from updates import UPDATES

from livefig.artists.kinds import KINDS
from livefig.figure.live import live

PER_POINT = 2  # pixels; a picture is 396 × 288 of them
WIDTH, HEIGHT = (round(72 * PER_POINT * inches) for inches in SIZE)
FINER = 3
PLAIN = {"path.snap": False, "path.simplify": False, "text.hinting": "no_hinting"}  # as a browser draws


@pytest.fixture(autouse=True)
def agg() -> Iterator[None]:
    plt.switch_backend("agg")
    yield
    plt.close("all")


# The picture as matplotlib draws it, and as the page does


def truth(fig: Figure) -> tuple[Image.Image, np.ndarray]:
    """What Agg draws, and where there are words. It puts markers on whole pixels: so these are made small first."""
    canvas = FigureCanvasAgg(fig)
    fig.set(dpi=72 * PER_POINT * FINER, facecolor="white")
    with matplotlib.rc_context(PLAIN):
        canvas.draw()
        boxes = [text.get_window_extent().padded(4 * FINER) for text in fig.findobj(Text) if is_seen(text)]
    words = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for box in boxes:
        left, low, right, high = (np.clip(box.extents / FINER, 0, max(WIDTH, HEIGHT))).astype(int)
        words[max(HEIGHT - high, 0) : max(HEIGHT - low, 0), left:right] = True
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").reduce(FINER), words


def is_seen(text: Text) -> bool:
    return text.get_visible() and text.get_text() != "" and np.isfinite(text.get_unitless_position()).all()


SHOW = f"""values => {{
    const figure = document.querySelector("figure"), svg = figure.querySelector("svg"), copies = [];
    svg.setAttribute("viewBox", "0 0 {WIDTH / PER_POINT} {HEIGHT / PER_POINT}"); // the page's frame may be wider
    const keep = () => copies.push(svg.outerHTML.replaceAll("live-picture", `copy${{copies.length}}`));
    keep();
    for (const a of values) {{ figure.live.set({{ a }}); keep(); }}
    if (figure.querySelector(".live-note")) throw figure.querySelector(".live-note").textContent;
    figure.querySelector(".live-plot").innerHTML = copies.join("");
    document.body.replaceChildren(figure.querySelector(".live-plot"));
    document.body.firstChild.style = "position: absolute; left: 0; top: 0; width: {WIDTH / 2}px; background: white";
    document.body.firstChild.className = "live-plot live-figure";
    const {{ x, y, width, height }} = document.body.firstChild.getBoundingClientRect();
    return {{ x, y, width, height }};
}}"""


@pytest.fixture(scope="module")
def shown(browser, tmp_path_factory):
    """Draws a live figure in the browser: its first state as published, and then for each value of a."""
    tall = {"width": WIDTH, "height": 4 * HEIGHT}  # what is in sight is photographed in half the time
    context = browser.new_context(viewport=tall, device_scale_factor=2)
    page, path = context.new_page(), tmp_path_factory.mktemp("pictures") / "picture.html"
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))

    def show(figure, values):
        complaints.clear()
        page.goto(figure.save(path).as_uri())
        place = page.evaluate(SHOW, values)
        assert complaints == []
        whole = Image.open(io.BytesIO(page.screenshot(clip=place))).convert("RGB")
        assert whole.size == (WIDTH, HEIGHT * (len(values) + 1))
        return [whole.crop((0, top, WIDTH, top + HEIGHT)) for top in range(0, whole.height, HEIGHT)]

    yield show
    context.close()


# How far apart two pictures are

FAR = 64  # of 255, in one of the three channels
UNLIKE = 3  # pixels, less than a square point: what is the same differs in none at all


def apart(picture: Image.Image, wanted: Image.Image, words: np.ndarray) -> int:
    """How many pixels differ clearly, when both pictures are blurred a little, and words more than the rest."""

    def differ(radius: float) -> np.ndarray:
        blur = ImageFilter.GaussianBlur(radius)
        red, green, blue = ImageChops.difference(picture.filter(blur), wanted.filter(blur)).split()
        return np.asarray(ImageChops.lighter(ImageChops.lighter(red, green), blue)) > FAR

    far = differ(1)
    if (far & words).any():
        far = np.where(words, differ(PER_POINT), far)
    return int(far.sum())


def made(picture: Picture):
    fig, update = picture.author()
    low, high, now = picture.ends
    return live(fig, update, a=FloatSlider(value=now, min=low, max=high, step=0.01), title="picture")


def names(picture: Picture) -> list[str]:
    """What a refusal may call what moves: its kind, its class, its label, or its words."""
    with np.errstate(all="ignore"):
        keys = picture.author()[1](0.3)
    words = [key.get_text() for key in keys if isinstance(key, Text)]
    kinds = [kind.noun or kind.kind for key in keys for kind, classes in KINDS.items() if type(key) in classes]
    labels = [label for key in keys if (label := str(key.get_label())) and not label.startswith("_")]
    return [*filter(None, words), *kinds, *(type(key).__name__ for key in keys), *labels]


@pytest.mark.parametrize("picture", PICTURES, ids=[picture.name for picture in PICTURES])
def test_it_is_drawn_as_matplotlib_draws_it_or_refused(shown, picture):
    try:
        figure = made(picture)
    except (TypeError, ValueError) as error:
        assert picture.refused, f"refused: {error}"
        assert "_child" not in str(error), f"{error} has a name that no author gave"
        said = picture.words or "|".join(map(re.escape, names(picture)))
        assert re.search(said, str(error)), f"refused without {said!r}: {error}"
        return
    assert picture.drawn, "accepted"
    assert_right(shown, figure, picture, picture.values)


@pytest.mark.long
@pytest.mark.parametrize("picture", PICTURES, ids=[picture.name for picture in PICTURES])
def test_it_is_drawn_as_matplotlib_draws_it_at_other_values(shown, picture):
    figure = None
    with suppress(TypeError, ValueError):
        figure = made(picture)
    assert figure or picture.refused
    if figure:
        assert_right(shown, figure, picture, [picture.values[0], *picture.others])


def assert_right(shown, figure, picture: "Picture | Done", values: list[float]) -> None:
    """In the browser as published and at several values, and in the picture for places without a browser."""
    published, *moved = shown(figure, values)
    for value, drawn in zip(values, moved, strict=True):
        wanted = truth(picture.drawing(value))
        for found in (published, drawn) if drawn is moved[0] else (drawn,):
            other = apart(found, *wanted)
            assert other <= picture.unlike, f"{other} pixels at a = {value:g}"
    figure.set(a=value)
    figure._png()
    found, wanted = (saved(fig) for fig in (figure.figure, picture.drawing(value)))
    assert found == wanted, f"the picture without a browser, at a = {value:g}"


def saved(fig: Figure) -> bytes:
    file = io.BytesIO()
    fig.savefig(file, format="rgba", dpi=100, facecolor="white")
    return file.getvalue()


def test_a_second_live_figure_with_the_same_artists_is_right_or_refused(shown):
    picture = next(picture for picture in PICTURES if picture.name == "a line")
    fig, update = picture.author()
    live(fig, lambda a: {key: 0.5 * data for key, data in update(a).items()}, a=FloatSlider(value=0.2, min=-1, max=1))
    low, high, now = picture.ends
    try:
        second = live(fig, update, a=FloatSlider(value=now, min=low, max=high), title="picture")
    except (TypeError, ValueError) as error:
        assert re.search("second|again|already|another", str(error))
    else:
        assert_right(shown, second, picture, picture.values)


@pytest.mark.parametrize(("make", "words", "controls"), [u[1:] for u in UPDATES], ids=[u[0] for u in UPDATES])
def test_what_update_does_besides_returning_data_is_refused_if_it_is_seen(request, make, words, controls):
    with matplotlib.rc_context():
        fig, ax = plt.subplots(figsize=SIZE, subplot_kw=LIMITS)
        update = make(ax, ax.plot([0, 1], [0, 1])[0])
        widgets = {name: widget() for name, widget in controls.items()}
        if words:
            with pytest.raises((TypeError, ValueError), match=words):
                live(fig, update, **widgets)
            return
        try:
            figure = live(fig, update, title="picture", **widgets)
        except (TypeError, ValueError):
            return
        assert_right(request.getfixturevalue("shown"), figure, Done(make), [0.4, -1.0, 0.13, 1.0])


@dataclass
class Done:
    """The picture after `update` has done what it does."""

    make: Callable[..., Any]
    unlike = 3

    def drawing(self, a: float) -> Figure:
        fig, ax = plt.subplots(figsize=SIZE, subplot_kw=LIMITS)
        (line,) = ax.plot([0, 1], [0, 1])
        line.set_data(*self.make(ax, line)(a)[line].T)
        return fig


# The tests above see what is wrong


def two_lines_apart(points: float):
    def draw(ax):
        shift = ScaledTranslation(0, points / 72, ax.get_figure().dpi_scale_trans)
        ax.plot([0, 0.3, 1], [0.2, 0.8, 0.4], transform=ax.transData + shift)

    return draw


def arrows_of(*colours: str):
    return lambda ax: ax.quiver([0.2, 0.5, 0.8], [0.2] * 3, [0.1] * 3, [0.5] * 3, color=colours, scale=1)


TRIED = {
    "a line one pixel higher": (two_lines_apart(0), two_lines_apart(1 / PER_POINT)),
    "a missing marker": (lambda ax: ax.plot([0.2, 0.5], [0.2, 0.5], "."), lambda ax: ax.plot([0.2], [0.2], ".")),
    "a hollow marker": (lambda ax: ax.plot(0.5, 0.5, "o"), lambda ax: ax.plot(0.5, 0.5, "o", mfc="w")),
    "other dashes": (lambda ax: ax.axhline(0.5, ls=(0, (5, 5))), lambda ax: ax.axhline(0.5, ls=(0, (6, 5)))),
    "dashes that begin later": (lambda ax: ax.axhline(0.5, ls="--"), lambda ax: ax.axhline(0.5, ls=(1, (3.7, 1.6)))),
    "one arrow of another colour": (arrows_of("C0", "C0", "C0"), arrows_of("C0", "C0", "C3")),
    "a line a little wider": (lambda ax: ax.axhline(0.5, lw=2), lambda ax: ax.axhline(0.5, lw=3)),
    "a line that ends otherwise": (
        lambda ax: ax.plot([0.2, 0.8], [0.5, 0.5], lw=4, solid_capstyle="butt"),
        lambda ax: ax.plot([0.2, 0.8], [0.5, 0.5], lw=4, solid_capstyle="round"),
    ),
    "an area that is paler": (lambda ax: ax.axvspan(0, 1, alpha=0.8), lambda ax: ax.axvspan(0, 1, alpha=0.4)),
    "a bar without an edge": (lambda ax: ax.bar(0.5, 0.5, ec="k"), lambda ax: ax.bar(0.5, 0.5)),
    "a word moved by two points": (
        lambda ax: ax.text(0.5, 0.5, "word"),
        lambda ax: ax.annotate("word", (0.5, 0.5), (2, 0), textcoords="offset points"),
    ),
    "a word that is not there": (lambda ax: ax.text(0.5, 0.5, "word"), lambda ax: None),
    "a line on the other side of a patch": (
        lambda ax: (ax.axhline(0.5, zorder=3), ax.axvspan(0.4, 0.5, zorder=2, color="C3")),
        lambda ax: (ax.axhline(0.5, zorder=2), ax.axvspan(0.4, 0.5, zorder=3, color="C3")),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("right", "wrong"), TRIED.values(), ids=TRIED)
def test_a_picture_that_is_a_little_wrong_is_told_from_the_right_one(right, wrong):
    def drawn(draw):
        fig, ax = plt.subplots(figsize=SIZE, subplot_kw={"xlim": (0, 1), "ylim": (0, 1)})
        draw(ax)
        return truth(fig)

    assert apart(drawn(right)[0], *drawn(right)) == 0
    assert apart(drawn(wrong)[0], *drawn(right)) > UNLIKE
