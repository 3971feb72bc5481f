"""Questions to the reader: answers as people type them, digests that hide them, and what stands in the wrong place."""

import hashlib
import json
import math
import random
import re

import numpy as np
import pytest
from browser import serve
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import Modules
from test_formulas import generated

from livefig import ask, grad, key
from livefig.asking import digest, file
from livefig.asking.answers import judge, multiple, read_number
from livefig.asking.ask import ask_html, page_script, style
from livefig.asking.key import ANGLES, MISTAKES
from livefig.formulas.function import Function
from livefig.page.asks import told
from livefig.words import ASK_WORDS


@pytest.fixture(scope="module")
def script():
    with Modules("asking/answers", "asking/digest") as call:
        yield call


# Numbers as people type them ----------------------------------------------------------------------------

TYPED = {
    "0,5": 0.5, "−3": -3, "1e-3": 0.001, "1/3": 1 / 3, "2/3*pi": 2 / 3 * math.pi, " 4.75 ": 4.75, ",5": 0.5,
    "0,125": 0.125, "2π": 2 * math.pi, "√2/2": math.sqrt(2) / 2, "2^-3": 0.125, "-2**2": -4, "2·(1 + 3)": 8,
    "1,5e3": 1500, "e^2": math.e**2, "1\u00a0/\u00a04": 0.25, "3 × 10^8": 3e8,
    "10⁻⁷": 1e-7, "ln(10^7 − 1)": math.log(1e7 - 1), "|−3|": 3, "1E-3": 1e-3, "PI": math.pi, "sin(0,5)": math.sin(0.5),
}  # fmt: skip
UNREADABLE = [
    "", "x", "three", "1,000", "1 000", "1/0", "1/2π", "1,5,2", "(1", "1)", "1e400", "(-8)^(1/3)", "()^0", "√2x",
    "2√3(4)", "0.5 m", "4.75, 0", "√(0-1)", "+", "1" * 501, "1 < 2", "hypot(3,4,5)", "max(1,2,3)",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_a_number_is_read_as_people_type_it(script, text):
    assert read_number(text) == pytest.approx(TYPED[text], rel=1e-15)
    assert float(script("return parts.readNumber(args[0])", text)) == pytest.approx(TYPED[text], rel=1e-15)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_or_might_be_two_is_not_read(script, text):
    assert math.isnan(read_number(text))
    assert script("return parts.readNumber(args[0])", text) == "NaN"


NUMBERS = st.sampled_from(["0.5", "2", "10", "7.25", "1e-3", "pi", "0"])
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]}{0[1]}{0[2]})".format),
        st.tuples(inner, st.sampled_from("23")).map("({0[0]})**{0[1]}".format),
        inner.map("-({})".format),
    ),
    max_leaves=8,
)


@given(SUMS)
def test_a_sum_is_what_python_makes_of_it(script, text):
    try:
        value = float(eval(text, {"pi": math.pi}))
    except ArithmeticError:
        value = math.nan
    expected = value if math.isfinite(value) else math.nan
    assert read_number(text) == pytest.approx(expected, rel=1e-12, abs=1e-300, nan_ok=True)
    assert float(script("return parts.readNumber(args[0])", text)) == pytest.approx(
        read_number(text), rel=1e-12, abs=1e-300, nan_ok=True
    )


# Digests ------------------------------------------------------------------------------------------------


def test_a_digest_is_that_of_the_library(script):
    for length in (0, 1, 55, 56, 63, 64, 119, 120, 1000):
        content = random.Random(length).randbytes(length)
        assert script("return parts.sha256(Uint8Array.from(args[0]))", [*content]) == [
            *hashlib.sha256(content).digest()
        ]
    assert script("return parts.digest('a', 'η = ½')") == hashlib.sha256("a\nη = ½".encode()).hexdigest()[:16]


@pytest.mark.parametrize("text", ["", "Right: η = ½.", "long " * 40])
def test_what_is_sealed_is_read_with_the_answer_and_not_without(script, text):
    sealed = digest.sealed(text, "id", "475")
    assert script("return parts.unsealed(args[0], 'id', '475')", sealed) == text
    assert digest.unsealed(sealed, "id", "475") == text
    assert not text or text.encode() not in sealed.encode()


# Asks and keys ------------------------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Runs cells as `make notebooks` does, then as anybody does; gives what the second run of the asks returns."""
    monkeypatch.chdir(tmp_path)

    def run(*cells):
        monkeypatch.setenv(file.WRITING, "chapter")
        for cell in cells:
            cell()
        monkeypatch.delenv(file.WRITING)
        return [cell() for cell in cells]

    return run


def number(**kw):
    return lambda: ask("step", "Where is it after one step?", **kw)


def answer(value, tolerance=None, **kw):
    return lambda: key("step", value, tolerance, **kw)


def same(script, spec, typed):
    """The verdict on an answer, which is that of the page."""
    judged = judge(spec, typed)
    assert script("return parts.judge(...args)", spec, typed) == {"verdict": judged.verdict, "say": judged.say}
    return judged


def test_an_answer_within_the_tolerance_is_right_and_told_why(written, script):
    spec = written(number(), answer(4.75, 0.01, why="0.95 · 5."))[0].spec
    for typed in ("4.75", "4,76", "4.74", "19/4", "4.7501"):
        assert same(script, spec, typed).say == "0.95 · 5."
    for typed in ("4.77", "4.73", "5", "0"):
        assert same(script, spec, typed).verdict == "wrong"
    assert same(script, spec, "about 5").verdict == "unreadable"


@given(value=st.floats(-1e6, 1e6), step=st.sampled_from([1e-3, 0.05, 2.0]))
def test_both_sides_round_to_the_nearest_multiple(script, value, step):
    word = multiple(value, step)
    assert script("return parts.multiple(...args)", value, step) == word
    assert abs(int(word) * step - value) <= step / 2 + 1e-9


@given(value=st.floats(-1e6, 1e6), tolerance=st.sampled_from([1e-3, 0.05, 2.0]), off=st.floats(-2, 2))
def test_every_answer_is_right_within_the_tolerance_and_wrong_beyond(value, tolerance, off, tmp_path_factory):
    told = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "writing", lambda: True)
        patch.setattr(file, "note", lambda name, **facts: told.update(facts))
        key("step", value, tolerance)
    verdict = judge({"id": "step", **told}, repr(value + off * tolerance)).verdict
    if abs(off) < 0.74:
        assert verdict == "right"
    if abs(off) > 1.26:
        assert verdict == "wrong"


SLIPS = [  # of 0.7: a mistake, its answer, and the unit of an angle
    ("of_sign", "-0.7", ""),
    ("of_two", "1.4", ""),
    ("of_half", "0.35", ""),
    ("of_degrees", "40.107", "radians"),
    ("of_radians", "0.0122", "degrees"),
]


@pytest.mark.parametrize(("name", "typed", "angle"), SLIPS)
def test_a_common_mistake_has_a_sentence(written, script, name, typed, angle):
    assert {slip for slip, *_ in SLIPS} == {*MISTAKES} | {mistake for mistake, _ in ANGLES.values()} <= {*ASK_WORDS}
    spec = written(number(), answer(0.7, 0.001, angle=angle))[0].spec
    assert same(script, spec, typed) == ("wrong", f"{{{name}}}")


def test_of_what_is_read_off_or_is_no_angle_no_mistake_is_known_but_the_sign(written, script):
    spec = written(number(), answer(0.7, 0.04))[0].spec
    said = [same(script, spec, typed).say for _, typed, _ in SLIPS]
    assert said[0] == "{of_sign}" and not any("{" in word for word in said[1:])
    with pytest.raises(ValueError, match='angle must be "degrees" or "radians", not \'°\''):
        answer(0.7, 0.04, angle="°")()


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (answer("2*x", None, variables=["x"], angle="degrees"), "not for a formula: leave angle out"),
        (answer("north", None, angle="radians"), "not for the option 'north': leave angle out"),
        (answer(90, None, angle="degrees"), "not for the count 90: write tolerance=0.1, say, or leave angle out"),
    ],
)
def test_what_is_no_measured_number_has_no_unit_of_an_angle(written, refused, words):
    with pytest.raises(TypeError, match=f"angle='(degrees|radians)' is for numbers with a tolerance, {words}"):
        refused()
    assert written(number(), answer(90, 0.1, angle="degrees"))[0].spec["known"]


def test_a_whole_number_without_a_tolerance_is_a_count(written, script):
    spec = written(number(), answer(4, None))[0].spec
    assert [same(script, spec, typed).verdict for typed in ("4", "4.0", "8/2")] == ["right"] * 3
    assert [same(script, spec, typed) for typed in ("3.9", "2", "8", "-4", "0.07")] == [same(script, spec, "5")] * 5


def test_an_authors_sentence_on_a_wrong_answer_comes_first_and_the_right_answer_before_all(written, script):
    spec = written(number(), answer(2, 0.1, why="Yes.", wrong={4: "That is squared.", 2.05: "Never seen."}))[0].spec
    assert same(script, spec, "4").say == "That is squared."
    assert same(script, spec, "2.05").say == "Yes."


# Formulas -----------------------------------------------------------------------------------------------


def formula(answer, variables=("x",), tolerance=None, **kw):
    """The cells of a question for a formula, and of its key; a dict of variables says where it is compared."""
    return (
        lambda: ask("slope", "What is the slope?", variables=[*variables]),
        lambda: key("slope", answer, tolerance, variables=variables, **kw),
    )


def test_a_formula_is_right_in_every_form_and_told_what_is_wrong_with_others(written, script):
    told = {"3*x": "The power falls by one, not by two.", "x**3/3": "This is the other way round."}
    spec = written(*formula("3*x**2", why="The power comes down.", wrong=told))[0].spec
    for typed in ("3x^2", "3 x²", "x·x·(2 + 1)", "(x + 1)^3 − x^3 − 3x − 1", "3*np.square(x)", "3·|x|^2"):
        assert same(script, spec, typed) == ("right", "The power comes down.")
    known = {
        "3x": told["3*x"],
        "x³ ÷ 3": told["x**3/3"],
        "-3x^2": "{of_sign}",
        "6x^2": "{of_two}",
        "1.5x^2": "{of_half}",
    }
    for typed, say in known.items():
        assert same(script, spec, typed) == ("wrong", say)
    for typed in ("3x^2 + 0.001", "3*x**2.001", "3x²+1/(x−1)", "27", "log(x)", "1/(x − x)", "10**400*x"):
        assert same(script, spec, typed) == ("wrong", "")
    for typed in ("3x^", "3y^2", "", "y = 3x^2", "3x2"):
        assert same(script, spec, typed).verdict == "unreadable"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_is_the_same_function_is_right_and_what_is_nearly_the_same_is_not(written, script, seed):
    rng = random.Random(seed)
    while not all(
        np.isfinite(Function(text := generated(rng, 3), ("x0", "x1"))(*at)) for at in ((0.7, 1.1), (-1.0, 0.3))
    ):
        pass
    spec = written(*formula(text, ("x0", "x1")))[0].spec
    for typed in (text, f"({text} - 7)/3 + 7/3 + 2*({text})/3", f"log(exp({text}))", f"0*x1 + {text}"):
        assert same(script, spec, typed).verdict == "right" or "exp" in typed, typed  # large powers of e are ∞
    for typed in (f"{text} + x0/900", f"{text} + 0.01"):
        assert same(script, spec, typed).verdict == "wrong"


def test_an_answer_may_be_a_function_and_is_compared_where_it_has_values(written, script):
    cells = formula(grad(lambda x: np.log(x)), {"x": (-1.0, 4.0)})
    spec = written(*cells)[0].spec
    assert len(spec["points"]) == 8 and all(-1 < x < 4 for (x,) in spec["points"])
    assert same(script, spec, "1/x").verdict == same(script, spec, "x⁻¹").verdict == "right"
    root = written(*formula("sqrt(x)"))[0].spec
    assert all(x >= 0 for (x,) in root["points"])
    constant = written(*formula("1/3"))[0].spec
    assert same(script, constant, "x/(3x)").verdict == "right"


@given(
    tolerance=st.sampled_from([1e-4, 0.01, 0.2]), off=st.floats(-6, 6), text=st.sampled_from(["sin(x)", "2/3", "x**3"])
)
def test_a_formula_is_right_within_its_tolerance_and_wrong_far_beyond(tolerance, off, text):
    told = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "writing", lambda: True)
        patch.setattr(file, "note", lambda name, **facts: told.update(facts))
        key("slope", text, tolerance, variables={"x": (0.5, 2)})
    verdict = judge({"id": "slope", **told}, f"{text} + {off * tolerance:f}").verdict
    if abs(off) < 0.95:
        assert verdict == "right"
    if abs(off) > 2 * 0.75 / 0.25:
        assert verdict == "wrong"


PAGE = """<!doctype html><meta charset="utf-8"><style>{style}</style>
{form}{book}<script>{script}</script>"""


def test_a_formula_that_cannot_be_read_is_told_where_and_kept(written, anywhere, tmp_path):
    spec = written(*formula("3*x**2", why="The power comes down."))[0].spec
    text = PAGE.format(book=told({"asks": {}}), style=style(), form=ask_html(spec), script=page_script())
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    with serve(tmp_path) as address:
        for given, say in {
            "3x^": "Character 4: a number, a variable or a function is missing.",
            "3y²": "Character 2: there is no y. The variables are x.",
            "-3x²": f"{ASK_WORDS['wrong']} {ASK_WORDS['of_sign']} In Python: -3*x**2",
            "-3*x ** 2": f"{ASK_WORDS['wrong']} {ASK_WORDS['of_sign']}",
            "3 · x²": f"{ASK_WORDS['right']} The power comes down.",
        }.items():
            anywhere.goto(f"{address}/index.html")
            box = anywhere.locator(".live-ask input")
            box.fill(given)
            anywhere.locator(".ask-check").click()
            assert anywhere.locator(".ask-say").inner_text() == say
            assert box.evaluate("box => [box.value, box.hasAttribute('aria-invalid')]") == [given, say[0] == "C"]
        assert anywhere.locator("form").evaluate("form => form.ask.state().tries") == 3, "what is unreadable is no try"


# Choices and goals --------------------------------------------------------------------------------------


def test_a_choice_has_a_word_on_each_answer(written, script):
    options = ["earlier", "later", "never"]
    spec = written(number(options=options), answer("later", why="So it is.", wrong={"never": "Above 1."}))[0].spec
    assert [same(script, spec, option).verdict for option in options] == ["wrong", "right", "wrong"]
    assert same(script, spec, "never").say == "Above 1." and same(script, spec, "later").say == "So it is."


def test_a_goal_lies_between_its_borders(script):
    spec = ask("deep", "Bring it down.", goal="loss", figure="A valley", above=-1, below=1e-6).spec
    for typed, verdict in {"1e-7": "right", "0": "right", "1e-6": "wrong", "-1": "wrong", "NaN": "wrong"}.items():
        assert same(script, spec, typed).verdict == verdict
    true = ask("deep", "Make it diverge.", goal="grows", figure="A valley").spec
    assert [same(script, true, typed).verdict for typed in ("1", "0", "Infinity")] == ["right", "wrong", "wrong"]


def test_no_answer_can_be_read_in_what_the_page_gets(written):
    made = written(
        number(), answer(4.5125, 0.001, why="Planted word.", wrong={7.125: "Planted hint."}),
        lambda: ask("way", "Which way?", options=["up", "down"]), lambda: key("way", "up", why="Planted too."),
        *formula("sin(4.5125*x)", why="Planted there.", wrong={"7.125*x": "Planted as well."}),
    )  # fmt: skip
    stored = (file.find()).read_text(encoding="utf-8")
    for text in (stored, *(ask_html(found.spec) for found in made if found), repr(made)):
        assert not re.search("planted|sin|4[.,]51|7[.,]12", text, re.IGNORECASE)
    known = json.loads(stored)["asks"]["step"]["known"]
    assert [*known] == sorted(known), "the order says nothing"


def test_key_and_ask_are_of_the_same_variables(written):
    with pytest.raises(ValueError, match="the key of 'slope' is a formula of u, and the ask wants one of x"):
        written(formula("x")[0], formula("u", ["u"])[1])


def test_a_changed_answer_is_noticed_until_the_file_is_written_again(written):
    written(number(), answer(4.75, 0.01))
    with pytest.raises(ValueError, match="another answer to 'step': run make notebooks"):
        answer(4.8, 0.01)()


def test_a_key_may_be_missing_and_a_file_that_is_no_file_of_answers_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / file.NAME).write_text("[1, 2]", encoding="utf-8")
    assert number()().spec["known"] is None
    answer(4.75, 0.01)()  # nothing to compare with


def test_two_chapters_do_not_ask_the_same(written, monkeypatch):
    written(number(), answer(4.75, 0.01))
    monkeypatch.setenv(file.WRITING, "other")
    with pytest.raises(ValueError, match="chapters chapter and other both ask 'step'"):
        number()()


WRONG = [
    (lambda: ask("My step!", "Where?"), "id='My step!' cannot stand in an address: write id='my-step'"),
    (lambda: ask("step", " "), "question must be a sentence"),
    (lambda: ask("step", "Where?", options="ab"), "options must be a list of texts: write options=['ab']"),
    (lambda: ask("step", "Where?", options=["a"]), "options must be two or more different answers, not ['a']"),
    (lambda: ask("step", "Where?", options=["a", "a"]), "options must be two or more different answers"),
    (lambda: ask("step", "Where?", guess="a", goal="b"), "an ask is one of guess, goal"),
    (lambda: ask("step", "Where?", guess="a"), "a guess is about a figure: write figure='…'"),
    (lambda: ask("step", "Where?", below=1), "below=1 is for a goal: write goal='…'"),
    (lambda: ask("step", "Where?", goal="a", figure="f", below=np.nan), "below must be a number, not nan"),
    (lambda: ask("step", "Where?", at={"lr": 1}), "at={'lr': 1} is for a guess"),
    (lambda: ask("step", "Where?", unit=3), "unit must be text, not 3"),
    (lambda: key("step", 4.75), "the number 4.75 needs a tolerance: write tolerance=0.01, say"),
    (lambda: key("step", 4.75, 0), "tolerance must be a positive number, not 0"),
    (lambda: key("step", 1e30, 0.01), "answer=1e+30 has no nearest multiple of its tolerance"),
    (lambda: key("step", None, 0.01), "answer must be a number, an option, or with variables=… a formula, not None"),
    (lambda: key("step", "x", 0.01), "if the answer 'x' is an option, write variables=… if it is a formula"),
    (lambda: ask("step", "Where?", variables=["x"], options=["a", "b"]), "an ask is one of formula, choice"),
    (lambda: ask("step", "Where?", variables="x"), "variables must be a list of texts: write variables=['x']"),
    (lambda: ask("step", "Where?", variables=["sin"]), "a variable cannot be called 'sin'"),
    (lambda: key("step", "2y", variables=["x"]), "Character 2: there is no y. The variables are x."),
    (lambda: key("step", 4.75, variables=["x"]), "answer must be a formula of x, as text or as a function, not 4.75"),
    (lambda: key("step", "x", variables=["x"], wrong={"x +": "No."}), "Character 4: a number, a variable or"),
    (lambda: key("step", "x", -1, variables=["x"]), "tolerance must be a positive number, not -1"),
    (lambda: key("step", "log(x)", variables={"x": (-2, -1)}),
     "the answer to 'step' has no values for x from -2 to -1: write variables={name: (low, high)}"),
    (lambda: key("step", 1, 0.1, wrong=["no"]), "wrong must be a dict from answers to sentences"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_a_mistake_of_the_author_is_told(call, message):
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        call()


def test_the_words_of_asks_are_all_in_use():
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "livefig/asking").glob("*.*"))
    text += (ROOT / "livefig/page/asks.py").read_text(encoding="utf-8")
    assert [word for word in ASK_WORDS if not re.search(rf"words\.{word}\b|['\"]{word}['\"]", text)] == []
