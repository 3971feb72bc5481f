"""The chapters as committed: executed, in order, and the same on every machine."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from textwrap import dedent

import nbformat
import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "notebooks"))
from execute import WIDGET_VIEW, introduce, normalize, write
from figures import names_of

from livefig.asking import file as answers
from livefig.asking.ask import KEYED
from livefig.page.html import identifier

PARTS = re.DOTALL | re.MULTILINE
SENTENCES = {"extrema-21", "functions-of-functions-08"}  # cells that print several
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXECUTE = [sys.executable, str(ROOT / "notebooks" / "execute.py")]


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def texts(notebook):
    """Every text that an output of the notebook shows."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            yield output.get("text", "")
            yield from (value for kind, value in output.get("data", {}).items() if kind.startswith("text/"))


def test_there_are_chapters():
    assert CHAPTERS


def test_the_plan_of_a_course_has_every_chapter_and_exercises_that_are_there():
    page = (ROOT / "book" / "instructors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+\. (.+) \| .+ \| (.+) \|$", page, flags=re.MULTILINE)
    named = [(re.findall(r"\[([^]]+)\]\(../notebooks/(\w+).ipynb\)", chapters), tasks) for chapters, tasks in rows]
    after = re.findall(r"\(../notebooks/(\w+).ipynb\)", page[page.index(rows[-1][1]) :])
    assert {name for chapters, _ in named for _, name in chapters} | {*after} == {path.stem for path in CHAPTERS}
    for chapters, tasks in named:
        texts = [(ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8") for _, name in chapters]
        assert all(f'"# {title}\\n"' in text for (title, _), text in zip(chapters, texts, strict=True)), chapters
        known = {found for text in texts for found in re.findall(r"```\{exercise\} ([^:\\\"]+)", text)}
        assert {*tasks.split(", ")} <= known, (tasks, known)


def test_every_code_cell_was_executed_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_line_of_code_is_wider_than_the_page(notebook):
    wide = [line for cell in code_cells(notebook) for line in cell.source.splitlines() if len(line) > 76]
    assert wide == []


def test_the_outputs_are_there(notebook):
    assert any(cell.outputs for cell in code_cells(notebook))


def test_every_picture_says_in_words_what_it_shows(notebook):
    """Live figures have a description of their own."""
    for cell in code_cells(notebook):
        shown = [output.data for output in cell.outputs if "image/png" in output.get("data", {})]
        if any(not data.get("text/plain", "").startswith("<LiveFigure") for data in shown):
            assert len(cell.metadata["mystnb"]["image"]["alt"]) > 30, cell.source


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def exercises(notebook):
    """The number of the cell in which the exercises begin."""
    return next(i for i, cell in enumerate(notebook.cells) if re.search("^## Exercises", cell.source, re.MULTILINE))


def test_a_chapter_has_fifteen_to_forty_cells_before_its_exercises_beside_those_that_its_page_folds(notebook):
    folded = {"remove-cell", "remove-input", "hide-input"}
    cells = notebook.cells[: exercises(notebook) + 1]
    assert 15 <= len([cell for cell in cells if not tags(cell) & folded]) <= 40


def test_what_judges_an_exercise_is_no_solution_and_stays_in_the_students_edition(notebook):
    judges = {}
    for cell in code_cells(notebook):
        if found := re.search(r'^@checks\("(.+)"\)$', cell.source, re.MULTILINE):
            judges[found[1]] = cell
    assert judges and not any("check" in tags(cell) for cell in judges.values())
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    checked = "\n".join(cell.source for cell in notebook.cells if "check" in tags(cell))
    for label in judges:
        assert f":label: {label}\n" in text and f'`check("{label}")(' in text, "the exercise says how it is judged"
        assert f'assert check("{label}")(' in checked, "its solution is right"


def test_the_numbers_of_the_solutions_are_checked_where_no_page_shows_it(notebook):
    checks = [cell for cell in notebook.cells if "check" in tags(cell)]
    assert checks and all(cell in notebook.cells[exercises(notebook) :] for cell in checks)
    assert not any("# Check the" in cell.source for cell in code_cells(notebook) if cell not in checks)


def test_a_page_shows_a_question_and_not_its_code_and_keys_stand_in_cells_of_their_own(notebook):
    for cell in code_cells(notebook):
        asks, keys = (re.search(rf"^{name}\(", cell.source, re.MULTILINE) for name in ("ask", "key"))
        assert bool(asks) == ("remove-input" in tags(cell)) and bool(keys) == ("key" in tags(cell)), cell.source
        assert not asks or (cell.source.count("\nask(") + cell.source.startswith("ask(") == 1 and cell.outputs)


def test_every_question_has_its_answer_and_every_answer_its_question(path, notebook):
    known = answers.read(ROOT / "notebooks" / answers.NAME)
    asks = {name: told for name, told in known.items() if told["page"] == path.stem}
    sources = "\n".join(cell.source for cell in code_cells(notebook))
    codes = {name for name, told in asks.items() if told["kind"] == "code"}
    assert {*re.findall(r'^@checks\("(.+)"\)$', sources, re.MULTILINE)} == codes
    assert {*re.findall(r'^ask\(\s*"([\w-]+)"', sources, re.MULTILINE)} == {*asks} - codes
    judged = {name for name, told in asks.items() if told["kind"] in KEYED}
    assert {*re.findall(r'^key\(\s*"([\w-]+)"', sources, re.MULTILINE)} == judged
    assert all(asks[name]["known"] for name in judged)


def test_a_guess_and_a_goal_are_about_a_value_of_a_figure_of_the_chapter(notebook):
    figures = [cell.source for cell in code_cells(notebook) if re.search(r"^live\(", cell.source, re.MULTILINE)]
    for cell in code_cells(notebook):
        if value := re.search(r'^    (?:guess|goal)="(.+)",$', cell.source, re.MULTILINE):
            named = re.search(r'^    figure=(".+"),$', cell.source, re.MULTILINE)[1]
            (figure,) = [source for source in figures if re.search(f"(?:title|id)={re.escape(named)}", source)]
            assert f'"{value[1]}":' in figure, cell.source


def test_who_asks_begins_with_a_guess_at_the_first_figure_and_asks_two_answers_and_a_goal(path, notebook):
    asks = [cell.source for cell in code_cells(notebook) if "remove-input" in tags(cell)]
    kinds = [re.findall(r"\b(guess|goal)=", ask) or ["answer"] for ask in asks]
    if asks:
        figure = re.search(r'\bfigure="(.+)"', asks[0])
        assert kinds[0] == ["guess"] and identifier(figure[1]) == names_of(f"notebooks/{path.stem}")[0]
        assert ["goal"] in kinds and kinds.count(["answer"]) >= 2


def test_code_that_stands_in_a_solution_is_that_which_is_checked(notebook):
    checked = "\n".join(cell.source for cell in notebook.cells if "check" in tags(cell))
    for solution in re.findall(r"^```\{solution\}.*?^```$", "\n".join(c.source for c in notebook.cells), PARTS):
        for code in re.findall(r"(?:^(?: {4}.*)?\n)+", solution, re.MULTILINE):
            assert dedent(code).strip() in checked


def test_an_exercise_links_to_its_figure_unless_that_stands_right_below(notebook):
    for cell, below in pairwise(notebook.cells):
        for exercise in re.findall(r"^```\{exercise\}.*?^```$", cell.source, PARTS):
            if re.search(r"\bfigure\b", exercise) and "](#live-" not in exercise:
                assert cell.source.endswith(exercise) and "live(" in below.source, exercise


def test_what_is_printed_as_a_table_fits_a_phone(notebook):
    """A sentence may be longer: it wraps."""
    for cell in code_cells(notebook):
        for output in cell.outputs if "check" not in tags(cell) else ():
            wide = [line for line in output.get("text", "").splitlines() if len(line) > 44]
            assert len(wide) < 2 or cell.id in SENTENCES, wide


def test_no_output_shows_a_memory_address(notebook):
    assert [text for text in texts(notebook) if re.search(r"\bat 0x[0-9a-fA-F]{6,}", text)] == []


def test_no_output_is_a_warning_or_an_error(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []


def test_the_file_is_as_make_notebooks_writes_it(path, notebook, tmp_path):
    again = tmp_path / path.name
    write(introduce(normalize(notebook)), again)
    assert again.read_bytes() == path.read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.slow
def test_executing_twice_gives_the_same_file(tmp_path):
    path = tmp_path / "figure.ipynb"
    cells = [
        "import ipywidgets\nipywidgets.IntSlider(value=3)",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "print('one')\nprint('two', flush=True)\nprint('three')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    del notebook.cells[2]["id"]  # as in a notebook of an older Jupyter
    path.write_text(json.dumps(notebook), encoding="utf-8")

    subprocess.run([*EXECUTE, str(path)], check=True)
    first = path.read_bytes()
    subprocess.run([*EXECUTE, str(path)], check=True)

    assert path.read_bytes() == first
    slider, message, picture, lines = nbformat.read(path, as_version=4).cells
    assert "This chapter imports `gradcore`" in message.source and "%pip install" in message.source
    assert list(slider.outputs[0].data) == ["text/plain"]
    assert "image/png" in picture.outputs[-1].data
    assert [output.text for output in lines.outputs] == ["one\ntwo\nthree\n"]


def test_normalizing_drops_what_differs_from_run_to_run_and_keeps_the_rest():
    cell = nbformat.v4.new_code_cell("live(fig)", id="figure")
    cell.metadata = {"tags": ["hide-input"], "execution": {}}
    shown = {WIDGET_VIEW: {"model_id": "7f3a"}, "text/plain": "figure"}
    cell.outputs = [nbformat.v4.new_output("display_data", shown)]
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata = {"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}}

    normalize(notebook)

    assert notebook.cells[0].metadata == {"tags": ["hide-input"]}
    assert notebook.cells[0].id == "figure"
    assert notebook.cells[0].outputs[0].data == {"text/plain": "figure"}
    assert "widgets" not in notebook.metadata and "version" not in notebook.metadata.language_info


def printed(text, source="print(1 + 1)"):
    cell = nbformat.v4.new_code_cell(source, execution_count=1)
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
    return cell


def nbval(folder, *cells):
    """Test a notebook of these cells as `pytest --nbval notebooks/` does."""
    for name in ("conftest.py", "matplotlibrc"):
        (folder / name).write_text((ROOT / "notebooks" / name).read_text(encoding="utf-8"), encoding="utf-8")
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / "small.ipynb")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir=.", "--nbval", "."]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder)


@pytest.mark.slow
def test_a_notebook_with_a_wrong_output_does_not_pass(tmp_path):
    run = nbval(tmp_path, printed("3\n"))
    assert run.returncode == 1 and "1 failed" in run.stdout, run.stdout


PLOT = """import matplotlib.pyplot as plt
plt.plot([1, {end}], color="{color}", linewidth={linewidth})
plt.title("η = {rate}")
plt.show()"""
DRAWN = {"end": 2, "color": "C0", "linewidth": 1.5, "rate": 0.1}
ROUNDED = {"end": 2 + 1e-6}
WRONG = [{"rate": r"\n0.1"}, {"end": 2.02}, {"color": "C1"}, {"color": "#2479b4"}, {"linewidth": 1.6}, {"rate": 0.7}]


@pytest.mark.slow
def test_a_notebook_with_a_picture_that_is_a_little_wrong_does_not_pass(tmp_path):
    path = tmp_path / "small.ipynb"
    cells = [nbformat.v4.new_code_cell(PLOT.format(**DRAWN | change)) for change in ({}, ROUNDED, *WRONG)]
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    subprocess.run([*EXECUTE, str(path)], check=True)
    first, *others = code_cells(nbformat.read(path, as_version=4))
    for cell in others:
        cell.source = first.source
    missing = nbformat.v4.new_code_cell(first.source)
    said = nbval(tmp_path, first, *others, missing).stdout
    assert f"{len(WRONG) + 1} failed, 2 passed" in said, said
    words = re.findall(r"Cell (\d): Picture 1 is not the stored one: (.*?)\W*$", said, re.MULTILINE)
    told = list(dict.fromkeys(words))  # where CI is set, pytest says them again in its summary
    assert [int(cell) for cell, _ in told] == [*range(2, 3 + len(WRONG))]
    assert re.fullmatch(r"it is \d+ × \d+ pixels large, the new one \d+ × \d+", told[0][1])
    assert {re.sub(r"\d+", "n", words) for _, words in told[1:]} == {"n pixels differ", "there is no stored one"}


@pytest.mark.slow
def test_a_cell_with_which_nothing_is_compared_is_named(tmp_path):
    skipped, ignored = printed("2\n", "# NBVAL_SKIP\nprint(2)"), printed("9\n")
    ignored.metadata["tags"] = ["nbval-ignore-output"]
    run = nbval(tmp_path, skipped, ignored, printed("2\n"))
    assert run.returncode == 0, run.stdout
    assert "small.ipynb::Cell 0: nothing is compared (# NBVAL_SKIP)" in run.stdout
    assert "small.ipynb::Cell 1: nothing is compared (print(1 + 1))" in run.stdout
    assert run.stdout.count("nothing is compared") == 2


def test_no_chapter_skips_a_comparison(notebook):
    told = [cell.source for cell in code_cells(notebook) if "nbval" in f"{cell.source} {cell.metadata}".lower()]
    assert told == []
