"""No letter of a figure is smaller than 11 pixels on a phone of 375, but for those raised or lowered in a formula."""

import matplotlib.pyplot as plt
import pytest
from figures import PAGES, figures_of, stills_of

from livefig.drawing.canvas import POINTS, frame
from livefig.drawing.drawn import watched
from livefig.figure.letters import PHONE, READABLE, smallest_letters

# The size in pixels of every text of the live figures, and the width of every other picture that a cell has drawn.
SEEN = """() => {
    const size = (text) => {
        const { a, b } = text.getScreenCTM();
        return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
    };
    const texts = [...document.querySelectorAll(".live-plot svg text")].filter((text) => text.textContent.trim());
    const pictures = [...document.querySelectorAll(".cell_output img")];
    return [texts.map((text) => [size(text), text.textContent]), pictures.map((picture) => picture.clientWidth)];
}"""


@pytest.mark.browser  # it needs none, but the cells of the chapters, which run there for other tests
@pytest.mark.parametrize("page", PAGES)
def test_letters_of_pictures_are_large_enough(page):
    """Of live ones, too, whose formulas are outlines."""
    margins = 2 * plt.rcParams["savefig.pad_inches"]
    for figure in figures_of(page).values():
        for text in figure.texts:
            text.say(figure.state.named)  # not the names of fields
    pictures = [(figure.figure, frame(figure.figure).width) for figure in figures_of(page).values()]
    pictures += [(fig, fig.get_tightbbox().width + margins) for fig in stills_of(page)]
    for fig, inches in pictures:
        with watched(fig, ()) as draw:
            size, text = smallest_letters(draw())
        assert size * PHONE / (POINTS * inches) >= READABLE, text


@pytest.mark.parametrize("on_phone", PAGES, indirect=True)
def test_letters_on_a_phone_are_large_enough(on_phone):
    on_phone.page.set_viewport_size({"width": 375, "height": 667})
    letters, widths = on_phone.page.evaluate(SEEN)
    assert [text for size, text in letters if size < READABLE] == []
    assert len(widths) == len(stills_of(on_phone.name))
    assert all(PHONE - 3 < width < PHONE + 3 for width in widths)
