"""What a screen reader gets of a figure: asked where screen readers ask, of Firefox."""

import pytest
from browser import HEARD, engines
from engines import until
from figures import uncover

RATE = ["slider", "learning rate η"]
RING = ["slider", "start x₀ and start x₁: drag, or use the arrow keys"]
SENTENCE = ["status bar", ""]


def opened(others, site):
    """The Firefox that is heard, and in it the page whose first figure is asked for."""
    firefox = others(HEARD)
    page = firefox.new_page(1280, 900)
    page.goto(f"{site}/notebooks/gradient_descent.html")
    page.wait_for_function("() => document.querySelector('figure').live && document.querySelector('.live-ask').ask")
    uncover(page)
    return firefox, page


@pytest.mark.skipif("firefox" not in engines(), reason="BROWSERS leaves Firefox out.")
def test_a_screen_reader_gets_name_role_and_value_of_slider_and_ring_and_the_sentence(others, site):
    firefox, page = opened(others, site)

    def gets(wanted):
        heard = firefox.heard()  # questions have a status bar, too
        return all([*known, value] in [[*thing] for thing in heard] for known, value in wanted)

    def hears(rate, start, sentence):
        wanted = [(RATE, rate), (RING, start), (SENTENCE, sentence)]
        until(lambda: gets(wanted), wanted)

    hears("0.1", "start x₀ = −7.00, start x₁ = 2.00", "With η = 0.1 the height is 1.34 after 30 steps.")
    for control in ("input[type=range]", ".live-handle"):
        page.locator(f"figure.live-figure {control}").focus()
        page.keyboard.press("ArrowRight")
    hears("0.105", "start x₀ = −6.90, start x₁ = 2.00", "With η = 0.105 the height is 1.27 after 30 steps.")
    page.close()


@pytest.mark.skipif("firefox" not in engines(), reason="BROWSERS leaves Firefox out.")
def test_a_screen_reader_gets_what_a_formula_is_what_is_wrong_with_it_and_what_it_has_done(others, site):
    firefox, page = opened(others, site)
    box = page.locator("figure.live-figure [data-control=f] input")

    def types(text, *wanted):
        box.fill(text)
        page.keyboard.press("Enter")
        wanted = [[["entry", "f(x0, x1) ="], text], *wanted]
        until(lambda: all([*known, value] in firefox.heard() for known, value in wanted), wanted)

    types("sin(x0", [["alert", ""], "Character 4: this parenthesis is not closed: a ) is missing."])
    height = "With η = 0.1 the height is 4.79e−12 after 30 steps."
    types("2x0^2", [SENTENCE, "In Python: 2*x0**2"], [SENTENCE, height])
    assert not any(role == "alert" and text for role, _, text in firefox.heard()), "the mistake is mended"
    page.close()
