"""Mathematics in labels, titles and sentences: MathML where HTML stands, plain characters everywhere else."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import Checkbox, Dropdown, FloatSlider

from livefig.controls.mathematics import markup, plain
from livefig.figure.live import live

WORDS = {
    r"$\eta_0$": "η₀",
    r"step $h$ in $10^{-3}$ m": "step h in 10⁻³ m",
    r"$V_{\mathrm{in}}$": "Vᵢₙ",
    r"$f_c$": "f_c",
    r"$\omega_0^2$": "ω₀²",
    r"$\frac{a+b}{2c}$": "(a+b)/(2c)",
    r"$\sqrt{x^2 + 1}$": "√(x²+1)",
    r"$\hat{y}\approx e^{-\lambda t}$": "ŷ≈e^(−λt)",
    r"$90^\circ$": "90°",
    r"$\Delta t \leq \varepsilon$": "Δt≤ε",
    r"$f'(x)\,\mathrm{d}x$": "f′(x)\u2009dx",
    "5 $": "5 $",
    r"\$5": "$5",
}
REFUSED = {
    r"$\foo$": r"\foo is not understood: write the plain characters",
    "$x_$": r"$x_$ is no whole formula",
    "${x$": r"${x$ is no whole formula",
    "$^2$": r"there is nothing for its ^",
    r"$\begin{x}$": r"\begin is not understood",
}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.mark.parametrize("text", WORDS)
def test_a_formula_is_said_in_plain_characters(text):
    assert plain(text) == WORDS[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_refused_by_its_name(text):
    with pytest.raises(ValueError) as refused:
        markup(text)
    assert REFUSED[text] in str(refused.value)


def labelled(label=r"$\eta_0$", **options):
    fig, ax = plt.subplots(figsize=(3, 2))
    (line,) = ax.plot([0, 1], [0, 1])
    rate = FloatSlider(value=1, max=2, description=label)
    kind = Dropdown(options=[(r"$x^2$", 1), ("two", 2)], description=r"a & $\frac{1}{2}$")
    both = Checkbox(description=r"$\sigma_y$")
    update = lambda rate, kind, both: {line: (rate + kind + both) * np.eye(2)}  # noqa: E731
    return live(fig, update, rate=rate, kind=kind, both=both, **options)


def test_labels_are_mathml_and_all_else_is_plain(visit, tmp_path):
    figure = labelled(
        title=r"How $\eta_0$ acts",
        description=r"A line, $x_{0}$.",
        readout=r"$\eta_0$ = {rate:.1f}, {kind}, for ${both} or $5.",
    )
    assert figure.state.sentence == "η₀ = 1.0, x², for $0 or $5."
    visit.page.goto(figure.save(tmp_path / "labels.html").as_uri())
    assert visit.page.title() == "How η₀ acts"
    element = visit.page.locator("figure")
    assert element.get_attribute("id") == "live-how-η0-acts"
    assert element.get_by_role("img", name="How η₀ acts").count() == 1
    assert element.get_by_role("spinbutton", name="η₀, as a number").count() == 1
    slider, rendered = element.get_by_role("slider").first, element.locator("label math").first
    slider.press("ArrowRight")
    assert element.locator(".readout").inner_text() == "η₀ = 1.1, x², for $0 or $5."
    letter, index = (rendered.locator(tag).bounding_box() for tag in ("mi", "mn"))
    assert index["x"] > letter["x"] and index["y"] + index["height"] > letter["y"] + letter["height"]
    assert element.locator("option").all_inner_texts() == ["x²", "two"]
    assert element.locator("math").count() == 3 and visit.complaints == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"label": r"$\foo$"}, r"rate has description='\$\\\\foo\$': \\foo is not understood"),
        ({"title": r"$\foo$"}, r"title='\$\\\\foo\$': \\foo is not understood"),
        ({"readout": r"$x_0 = {rate}$"}, r"readout has \{rate\} between dollars: put the field behind them"),
    ],
    ids=["label", "title", "readout"],
)
def test_a_text_that_cannot_be_said_is_named(options, words):
    with pytest.raises(ValueError, match=words):
        labelled(**options)
