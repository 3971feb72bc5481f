"""Questions to the reader: answers as people type them, digests that hide them, and what stands in the wrong place."""

import hashlib
import json
import math
import random
import re

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import Modules

from livefig import ask, key
from livefig.asking import digest, file
from livefig.asking.answers import judge, multiple, read_number
from livefig.asking.ask import ask_html
from livefig.asking.key import MISTAKES
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
}  # fmt: skip
UNREADABLE = [
    "", "x", "three", "1,000", "1 000", "1/0", "1/2π", "1,5,2", "(1", "1)", "1e400", "(-8)^(1/3)", "()^0", "2e",
    "0.5 m", "4.75, 0", "√(0-1)", "+", "1" * 101, "1/(0^-1)",
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
    expected = value if len(text) <= 100 and math.isfinite(value) else math.nan
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


SLIPS = {"of_sign": "-0.7", "of_two": "1.4", "of_half": "0.35", "of_degrees": "40.107", "of_radians": "0.0122"}


@pytest.mark.parametrize("name", SLIPS)
def test_a_common_mistake_has_a_sentence(written, script, name):
    assert {*SLIPS} == {*MISTAKES}
    spec = written(number(), answer(0.7, 0.001))[0].spec
    judged = same(script, spec, SLIPS[name])
    assert judged.verdict == "wrong" and judged.say.strip("{}") == name and name in ASK_WORDS


def test_an_authors_sentence_on_a_wrong_answer_comes_first_and_the_right_answer_before_all(written, script):
    spec = written(number(), answer(2, 0.1, why="Yes.", wrong={4: "That is squared.", 2.05: "Never seen."}))[0].spec
    assert same(script, spec, "4").say == "That is squared."
    assert same(script, spec, "2.05").say == "Yes."


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
    )  # fmt: skip
    stored = (file.find()).read_text(encoding="utf-8")
    for text in (stored, *(ask_html(found.spec) for found in made if found), repr(made)):
        assert not re.search("planted|4[.,]51|7[.,]12", text, re.IGNORECASE)
    known = json.loads(stored)["asks"]["step"]["known"]
    assert [*known] == sorted(known), "the order says nothing"


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
    (lambda: key("step", None, 0.01), "answer must be a number or an option, not None"),
    (lambda: key("step", "later", 0.01), "tolerance=0.01 is for numbers"),
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
