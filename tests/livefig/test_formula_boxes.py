"""The box in which readers type a function: in Python, on a page in three engines, in Jupyter, and from links."""

from urllib.parse import quote

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from conftest import complaints, watched
from ipywidgets import Dropdown, FloatSlider
from playwright.sync_api import expect
from test_live import agg, saved_state  # noqa: F401 - agg is a fixture

from gradcore import gradient_descent
from livefig import Formula, grad, live
from livefig.figure.tried import formulas
from livefig.page import assets
from livefig.page.saved import controls_of, saved_figure

x = np.linspace(-3, 3, 13)


def slopes(value="x**2", update=None, **more):
    """A curve of the reader's own, and the tangent at a point."""
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.set(xlim=(-3, 3), ylim=(-3, 9))
    curve, tangent = ax.plot(x, x, x, x)

    def of(f, at, **others):
        line = f(at) + grad(f)(at) * (x - at)
        return {curve: np.column_stack([x, f(x)]), tangent: np.column_stack([x, line]), "slope": grad(f)(at)}

    return live(
        fig, update(curve, tangent) if update else of, f=Formula(value, description="f(x)"),
        at=FloatSlider(value=1, min=-3, max=3), title="Tangent", readout="The slope of {f} is {slope:.3g}.", **more
    )  # fmt: skip


# In Python ---------------------------------------------------------------------------------------------


def test_the_figure_follows_the_formula_and_the_last_good_one_stays_in_force():
    figure = slopes()
    assert figure.state.sentence == "The slope of x**2 is 2."
    figure.set(f="2x^3")
    assert figure.state.sentence == "The slope of 2x^3 is 6."
    for wrong in ("2x^", "y", ""):
        with pytest.raises(ValueError, match=r"is missing|no y|Type a formula"):
            figure.set(f=wrong, at=2.0)
    with pytest.raises(TypeError, match="a formula is text, not 3"):
        figure.set(f=3)
    assert figure.state.sentence == "The slope of 2x^3 is 6."
    box = figure.controls["f"]
    box.value = "sin(x"  # as a reader types it
    assert box.value == "sin(x" and box.function(0.5) == 0.25, "2·0.5³"
    assert figure.state.sentence == "The slope of 2x^3 is 6."
    box.value = "sin(x)"
    assert figure.state.sentence == "The slope of sin(x) is 0.54." and box.function(0.0) == 0


@pytest.mark.parametrize(
    ("make", "words"),
    [(lambda: Formula("x +"), "is missing"), (lambda: Formula("x", variables=("sin",)), "another meaning"),
     (lambda: Formula("x", variables=()), "one to five variables"), (lambda: Formula("y"), "The variables are x")],
)  # fmt: skip
def test_a_formula_that_cannot_be_begun_with_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_plain_text_box_is_no_control():
    with pytest.raises(TypeError, match=r"f is a Text: take Formula"):
        live(plt.figure(), lambda f: {}, f=ipywidgets.Text())


def by_its_text(curve, tangent):
    return lambda f, at: {curve: np.column_stack([x, f(x)]), tangent: True, "slope": 1.0 * len(f.text)}


def by_a_value(curve, tangent):
    return lambda f, at: {curve: np.column_stack([x, f(x) if f(1.0) > 0 else x]), tangent: True, "slope": at}


def by_its_name(curve, tangent):
    return lambda f, at: {curve: np.column_stack([x, f(x)]), tangent: True, "slope": at + ("x**2" in repr(f))}


def derived_too_often(curve, tangent):
    return lambda f, at: {curve: np.column_stack([x, f(x)]), tangent: True, "slope": grad(grad(grad(grad(f))))(at)}


@pytest.mark.parametrize(
    ("update", "words"),
    [(by_its_text, r"\.text of a formula cannot be recorded"), (by_a_value, "depends on a slider"),
     (by_its_name, r"other numbers for 'slope' .*at f = 'x\*\*2'"),
     (derived_too_often, "Derivative number 4 of the formula f")],
)  # fmt: skip
def test_a_function_that_depends_on_more_than_the_values_of_a_formula_is_refused(update, words):
    with pytest.raises((TypeError, ValueError), match=words):
        slopes(update=update)


def test_formulas_without_numbers_and_a_choice_beside_them_are_fine():
    fig, ax = plt.subplots(figsize=(3, 2))
    (path,) = ax.plot([0], [0])

    def walk(f, rate, x0):
        run = gradient_descent(f, [x0, 1.0], rate, 5)  # it refuses in Python what is not a number
        return {path: run.history, "end": run.fun}

    figure = live(
        fig, walk, f=Formula("x0**2 + x1**2", ("x0", "x1")), rate=Dropdown(options=[0.1, 0.2]),
        x0=FloatSlider(value=1, min=0.1, max=3), title="Walk", readout="{end:.3g}",
    )  # fmt: skip
    figure.set(f=formulas(("x0", "x1"))[-1])
    assert figure.state.sentence.startswith("not a number")


def test_the_page_is_made_from_the_state_of_the_box():
    figure = slopes()
    for typed, wanted in (("x + 1", "x + 1"), ("x +", "x + 1")):
        figure.controls["f"].value = typed
        models = saved_state(figure)
        (formula, _) = controls_of(models, figure.canvas.model_id)
        assert formula["setting"] == wanted and formula["variables"] == ["x"] and formula["label"] == "f(x)"
        _, html, spec = saved_figure(models, figure.canvas.model_id, ())
        assert 'value="x + 1"' in html and assets.parts_of(spec) == {"formulas"}
        assert "The slope of x + 1 is 1." in html


def test_words_of_formulas_stand_only_in_figures_that_have_one():
    fig, ax = plt.subplots(figsize=(3, 2))
    (dot,) = ax.plot([0], [0])
    plain = live(fig, lambda a: {dot: np.stack([a, a])[None]}, a=FloatSlider(value=1, min=0, max=2), title="Dot")
    assert "formula_at" not in plain.spec["words"] and "formula_at" in slopes().spec["words"]


# On a page ---------------------------------------------------------------------------------------------


def opened(page, folder, figure, address=""):
    path = figure.save(folder / "figure.html")
    path.write_text(watched(path.read_text(encoding="utf-8")), encoding="utf-8")
    page.goto("about:blank")
    page.goto(path.as_uri() + address)
    page.wait_for_function("() => document.querySelector('figure')?.live")
    return page.locator("figure.live-figure")


def formula_of(element):
    return element.evaluate("figure => figure.live.values().f")


def said(element):
    return [element.locator(f".live-{kind}").inner_text() for kind in ("error", "python")]


def test_a_reader_types_a_function_mends_a_mistake_and_sends_the_link(anywhere, tmp_path):
    figure = slopes()
    element = opened(anywhere, tmp_path, figure)
    box = element.locator("[data-control=f] input[type=text]")
    box.fill("2sin(x)")
    anywhere.keyboard.press("Enter")
    assert formula_of(element) == "2sin(x)" and said(element) == ["", "In Python: 2*sin(x)"]
    assert element.locator(".readout").inner_text() == "The slope of 2sin(x) is 1.08."

    box.fill("2sin(x")
    anywhere.keyboard.press("Enter")
    assert said(element)[0] == "Character 5: this parenthesis is not closed: a ) is missing."
    assert box.get_attribute("aria-invalid") == "true"
    ids = box.get_attribute("aria-describedby").split()
    assert anywhere.evaluate("id => document.getElementById(id).textContent", ids[0]) == said(element)[0]
    assert formula_of(element) == "2sin(x)", "the last good one"
    element.evaluate("figure => { const at = figure.querySelector('input[type=range]'); at.value = 0;"
                     " at.dispatchEvent(new Event('input')); }")  # fmt: skip
    assert element.locator(".readout").inner_text() == "The slope of 2sin(x) is 2."
    assert box.input_value() == "2sin(x" and said(element)[0], "nothing typed is lost"

    box.fill("x exp(-x²)")
    box.blur()
    assert formula_of(element) == "x exp(-x²)" and said(element) == ["", "In Python: x*exp(-x**2)"]
    assert box.get_attribute("aria-invalid") is None
    element.get_by_role("button", name="Copy link", exact=True).click()
    address = anywhere.url
    anywhere.reload()
    anywhere.wait_for_function("() => document.querySelector('figure')?.live")
    assert formula_of(element) == box.input_value() == "x exp(-x²)"
    again = opened(anywhere, tmp_path, figure, address[address.index("#") :])
    assert again.evaluate("figure => figure.live.values()") == {"f": "x exp(-x²)", "at": 0}
    assert again.locator(".readout").inner_text() == "The slope of x exp(-x²) is 1."
    again.get_by_role("button", name="Reset", exact=True).click()
    assert formula_of(again) == again.locator("[data-control=f] input").input_value() == "x**2"
    assert complaints(anywhere) == []


EVIL = ["<img src=x onerror=alert(1)>", "x;at=2", "alert(1)", "x" * 5000, "(" * 4000, "__proto__", "constructor",
        "%", "x=1", "\ud83d"]  # fmt: skip


def test_what_a_link_says_is_read_as_a_formula_or_not_at_all(visit, tmp_path):
    figure = slopes()
    for text in EVIL:
        written = quote(f"live-tangent;f={quote(text, errors='replace')}")
        element = opened(visit.page, tmp_path, figure, f"#{written}")
        assert element.evaluate("figure => figure.live.values()") == {"f": "x**2", "at": 1}
        assert element.locator("img").count() == 0
    element = opened(visit.page, tmp_path, figure, f"#{quote('live-tangent;f=' + quote('where(x <= 0, x, 2*x)'))}")
    assert formula_of(element) == "where(x <= 0, x, 2*x)"
    assert visit.complaints == [] and complaints(visit.page) == []


def test_a_script_sets_a_formula_and_a_wrong_one_throws_and_changes_nothing(visit, tmp_path):
    element = opened(visit.page, tmp_path, slopes())
    element.evaluate("figure => figure.live.set({ f: 'x**3', at: 2 })")
    assert element.locator(".readout").inner_text() == "The slope of x**3 is 12."
    assert element.locator("[data-control=f] input").input_value() == "x**3"
    for wrong in ("x +", "<b>", 7, None):
        words = "Character" if isinstance(wrong, str) else "f must be the text of a formula, not"
        set_it = "(figure, f) => { try { figure.live.set({ at: 0, f }); } catch (error) { return String(error); } }"
        assert words in element.evaluate(set_it, wrong)
    assert element.evaluate("figure => figure.live.values()") == {"f": "x**3", "at": 2}


def test_what_a_browser_brings_back_is_taken_or_kept_as_it_was_typed(visit, tmp_path):
    """A browser fills in what was typed before the script runs, or after it."""
    for text, formula in (("x**4", "x**4"), ("x**", "x**2")):
        element = opened(visit.page, tmp_path, slopes())
        box = element.locator("[data-control=f] input")
        box.evaluate("(box, text) => { box.value = text; dispatchEvent(new PageTransitionEvent('pageshow')); }", text)
        assert formula_of(element) == formula and box.input_value() == text
    box.focus()
    box.press("Enter")
    assert said(element)[0].startswith("Character 4")


def test_a_finger_finds_the_signs_that_its_keyboard_has_not(browser, tmp_path):
    context = browser.new_context(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    element = opened(page, tmp_path, slopes())
    keys, box = element.locator(".live-keys"), element.locator("[data-control=f] input")
    expect(keys).to_be_hidden()
    box.tap()
    expect(keys).to_be_visible()
    assert keys.get_attribute("aria-label") == "Keys for f(x)"
    box.fill("")
    for key in ("sin(", "x", ")", "**", "(", "x", ")"):
        button = keys.get_by_role("button", name=key, exact=True)
        size = button.bounding_box()
        assert size["width"] >= 44 and size["height"] >= 44
        button.tap()
    expect(box).to_be_focused()
    assert box.input_value() == "sin(x)**(x)"
    page.keyboard.press("Enter")
    assert formula_of(element) == "sin(x)**(x)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    context.close()


def test_in_jupyter_the_box_moves_the_figure_without_python(page):
    figure = slopes()
    page.goto("about:blank")
    code = assets.widget_script().replace("export default { render };", "window.render = render;")
    page.evaluate(f"(() => {{ {code} }})()")
    told = page.evaluate(
        """(state) => {
            const handlers = {}, el = document.body;
            const model = {
                get: (name) => state[name], save_changes() {}, off() {},
                set(name, value) { state[name] = value; handlers[`change:${name}`](); },
                on(event, f) { handlers[event] = f; },
            };
            render({ model, el });
            return ["sin(x)", "sin(x", "y", "x"].map((text) => {
                model.set("control_f", text);
                return [".readout", ".live-error"].map((part) => el.querySelector(part).textContent);
            });
        }""",
        {"spec": figure.canvas.spec, "svg": figure.canvas.svg, "control_f": "x**2", "control_at": 0},
    )
    assert told == [
        ["The slope of sin(x) is 1.", ""],
        ["The slope of sin(x) is 1.", "f(x): Character 4: this parenthesis is not closed: a ) is missing."],
        ["The slope of sin(x) is 1.", "f(x): Character 1: there is no y. The variables are x."],
        ["The slope of x is 1.", ""],
    ]
