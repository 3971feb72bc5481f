"""Questions on the built pages: judged, remembered, handed in, in every engine, from a host and from a disk."""

import json
import re

import pytest
from conftest import ROOT, complaints, open_and_settle

from livefig.asking.file import read as answers_of
from livefig.asking.results import read
from livefig.words import ASK_WORDS, WORDS

CHAPTER = "notebooks/gradient_descent"
KEY = ROOT / "notebooks" / "answers.json"
FAR = {  # guesses, and how far they are from 0.729
    "0.8": "That is close.",
    "-0.7": "The sign is the other one.",
    "7.3": "The guess is about 10 times too large.",
    "1/10": "The guess is about 7.3 times too small.",
    "1": "(?!That|The)",
    "0": "(?!That|The)",
}
STEP, ONE, DEEP, GUESS = (f"#ask-descent-{name}" for name in ("two-x0", "at-one", "deep", "guess"))
ANSWER = "(form, given) => form.ask.answer(given)"
CHAPTERS = sorted({told["page"] for told in answers_of(KEY).values()})
SENTENCE = "figure.live-figure .readout"


def opened(page, base, chapter=CHAPTER):
    open_and_settle(page, f"{base}/{chapter}.html")
    page.wait_for_function("() => [...document.querySelectorAll('form.live-ask')].every(form => form.ask)")
    page.wait_for_function("() => document.querySelector('figure').live")


def says(page, form):
    return page.locator(f"{form} .ask-say").inner_text()


def test_a_number_is_typed_judged_and_still_there_after_a_reload(anywhere, base):
    opened(anywhere, base)
    box = anywhere.locator(f"{STEP} input")
    box.fill("4,75")
    anywhere.locator(f"{STEP} .ask-check").click()
    assert "That is after one step." in says(anywhere, STEP)
    assert anywhere.evaluate("document.activeElement.className") == "ask-check", "the focus stays"
    for given, verdict, words in (
        ("four", "unreadable", ASK_WORDS["unreadable"]),
        ("−4.5125", "wrong", ASK_WORDS["of_sign"]),
        ("5·0.95^2", "right", "✓ Right. Each step multiplies x₀ by 0.95."),
    ):
        assert anywhere.locator(STEP).evaluate(ANSWER, given) == verdict
        assert words in says(anywhere, STEP)
        assert box.evaluate("box => box.hasAttribute('aria-invalid')") == (verdict == "unreadable")
    anywhere.locator("#ask-descent-best input").fill("2/2.")
    anywhere.reload()
    opened(anywhere, base)
    anywhere.wait_for_function(f"() => document.querySelector('{STEP} input').value === '5·0.95^2'")
    assert "✓ Right." in says(anywhere, STEP)
    assert anywhere.locator("#ask-descent-best input").input_value() == "2/2.", "not yet answered, and not lost"
    assert "1 of " in anywhere.locator(".ask-line").inner_text()
    assert complaints(anywhere) == []


def test_a_guess_comes_before_the_value_and_a_goal_is_reached_in_the_figure(anywhere, watched_dir):
    opened(anywhere, watched_dir.as_uri())
    sentence = anywhere.locator(SENTENCE)
    assert "the height is (guess first)" in sentence.first.inner_text()
    anywhere.evaluate("document.querySelector('figure').live.set({lr: 0.15})")
    assert "η = 0.15 the height is (guess first)" in sentence.first.inner_text(), "it moves, its value is covered"
    assert anywhere.locator(GUESS).evaluate(ANSWER, "0,7") == "right"
    assert says(anywhere, GUESS).startswith("You guessed 0.7; it is 0.729. That is close. ")
    for guess, far in FAR.items():
        assert anywhere.locator(GUESS).evaluate(ANSWER, guess) == "right"
        assert re.match(rf"You guessed \S+; it is 0\.729\. {far}", says(anywhere, GUESS)), guess
    assert "η = 0.2 the height is 0.729" in sentence.first.inner_text()
    for hint in ("How many steps", "Which η is best?"):
        assert anywhere.locator(DEEP).evaluate(ANSWER, None) == "wrong" and hint in says(anywhere, DEEP)
    assert anywhere.locator(DEEP).evaluate(ANSWER, {"lr": 0.952, "steps": 100}) == "right"
    assert anywhere.locator(ONE).evaluate(ANSWER, "It arrives in one step.") == "wrong"
    assert anywhere.locator(ONE).evaluate(ANSWER, "It may be.") == "unreadable"
    assert complaints(anywhere) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_question_of_a_chapter_can_be_answered(visit, site, chapter):
    """Its figure is there and says what it asks for; of the options one is right."""
    page = visit.page
    opened(page, site, f"notebooks/{chapter}")
    found = page.evaluate(
        """covered => [...document.querySelectorAll("form.live-ask")].map(form => {
            const { id, kind, figure, value, at, options } = JSON.parse(form.querySelector("script").textContent);
            const root = [...document.querySelectorAll("figure.live-figure")].find(f => f.dataset.figure === figure);
            if (figure && !root) return `${id}: there is no figure ${figure}`;
            if (value && !(value in root.live.named())) return `${id}: no ${value} in ${figure}`;
            const right = options.filter(option => form.ask.answer(option) === "right");
            if (kind === "choice" && right.length !== 1) return `${id}: ${right.length} right options`;
            if (kind !== "guess") return "";
            root.live.set(at);
            const hidden = () => root.querySelector(".readout").textContent.includes(covered);
            return hidden() && form.ask.answer("0") === "right" && !hidden() ? "" : `${id}: nothing to guess`;
        })""",
        WORDS["covered"],
    )
    assert found and [problem for problem in found if problem] == []
    assert visit.complaints == []


def test_a_solution_is_seen_after_a_wish_which_is_counted(page, site):
    opened(page, site)
    solution = page.locator(".solution").filter(has=page.locator("a[href='#descent-compute']"))
    assert solution.is_hidden()
    page.locator(f"{STEP} input").fill("1")
    page.locator(f"{STEP} .ask-check").click()
    assert solution.is_hidden()
    page.locator(f"{STEP} .ask-solution").click()
    assert solution.get_by_text("The steep coordinate arrives").is_visible()
    assert page.locator(STEP).evaluate("form => form.ask.state().shown") == 1


def test_results_are_saved_opened_elsewhere_and_read_by_the_teacher(visit, browser, site, tmp_path):
    page = visit.page
    opened(page, site)
    page.locator(STEP).evaluate(ANSWER, "4.5125")
    page.locator(ONE).evaluate(ANSWER, "It arrives in one step.")
    page.locator(".ask-panel summary").click()
    page.get_by_label(ASK_WORDS["name"]).fill("Ada")
    page.get_by_label(ASK_WORDS["name"]).blur()
    with page.expect_download() as download:
        page.get_by_role("button", name=ASK_WORDS["save"]).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    known = page.evaluate("livefig.results()")
    assert path.name == "results-Ada.json" and known["answers"].keys() == {"descent-two-x0", "descent-at-one"}
    assert json.loads(path.read_text(encoding="utf-8"))["answers"] == known["answers"]

    found = read(path, answers_of(KEY))
    assert (found.name, found.problems) == ("Ada", [])
    assert {id: r["verdict"] for id, r in found.answers.items()} == {
        "descent-two-x0": "right",
        "descent-at-one": "wrong",
    }

    elsewhere = browser.new_context().new_page()
    opened(elsewhere, site)
    elsewhere.locator("input[type=file]").set_input_files(path)
    elsewhere.locator(f"{STEP}[data-verdict=right]").wait_for()
    elsewhere.locator("input[type=file]").set_input_files(KEY)
    elsewhere.get_by_text(ASK_WORDS["not_results"]).wait_for(state="attached")
    assert "✓ Right." in says(elsewhere, STEP), "a file that is none takes nothing away"
    elsewhere.locator(".ask-panel summary").click()
    elsewhere.get_by_role("button", name=ASK_WORDS["clear"]).click()
    assert says(elsewhere, STEP) == "" and elsewhere.evaluate("Object.keys(livefig.results().answers)") == []
    elsewhere.get_by_role("button", name=ASK_WORDS["bring_back"]).click()
    assert "✓ Right." in says(elsewhere, STEP)
    elsewhere.context.close()
    assert visit.complaints == []


def test_progress_stands_in_the_contents_and_on_the_first_page_of_this_copy_alone(page, watched_site, watched_dir):
    opened(page, watched_site)
    page.locator(STEP).evaluate(ANSWER, "4.5125")
    assert page.locator(".bd-sidebar .ask-count").inner_text().strip().startswith("1/")
    open_and_settle(page, f"{watched_site}/book/preface.html")
    assert page.locator("a.ask-continue").get_attribute("href").endswith(f"{CHAPTER}.html")
    opened(page, watched_dir.as_uri())
    assert page.locator(".ask-count").count() == 0 and page.locator(f"{STEP} input").input_value() == ""


def test_who_keeps_nothing_leaves_nothing_and_who_may_not_keep_it_can_still_answer(browser, site):
    page = browser.new_page()
    opened(page, site)
    page.locator(".ask-panel summary").click()
    page.get_by_label(ASK_WORDS["keep"]).uncheck()
    page.locator(STEP).evaluate(ANSWER, "4.5125")
    assert "✓ Right." in says(page, STEP)
    page.reload()
    opened(page, site)
    assert page.locator(f"{STEP} input").input_value() == ""
    page.close()

    closed = browser.new_page()
    closed.add_init_script(
        "for (const name of ['getItem', 'setItem']) Storage.prototype[name] = () => { throw new Error('closed') }"
    )
    opened(closed, site)
    assert closed.locator(STEP).evaluate(ANSWER, "4.5125") == "right" and "✓ Right." in says(closed, STEP)
    closed.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_every_part_of_a_question_is_large_enough_to_touch(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, site)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".live-ask :is(button, input[type=text], label), .ask-panel summary")]
        .filter(element => element.offsetParent && element.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_without_javascript_all_is_shown_and_the_reader_knows_where_to_look(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{CHAPTER}.html")
    assert "the height is 1.34" in page.locator(SENTENCE).first.inner_text()
    assert page.locator(f"{STEP} input").is_disabled() and page.locator(".ask-progress").is_hidden()
    assert ASK_WORDS["no_script"] in page.locator(f"{STEP} noscript").inner_text()
    assert page.locator(".solution").first.is_visible()
    context.close()


def test_a_printed_question_has_a_line_to_write_on(page, site):
    opened(page, site)
    page.emulate_media(media="print")
    box = page.locator(f"{STEP} input")
    style = box.evaluate("box => [getComputedStyle(box).borderBottomStyle, getComputedStyle(box).borderTopStyle]")
    assert style == ["solid", "none"] and page.locator(f"{STEP} button").first.is_hidden()
