"""No page gives away the answers of its exercises, but where the reader opens a solution or the code of a figure."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTION = re.compile(r"^```\{solution\}.*?^```$", re.DOTALL | re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
CODE = re.compile(r"^    .*$", re.MULTILINE)  # of a solution

# What stands in a solution and on the page, and is no answer.
NO_ANSWERS: dict[str, set[str]] = {"gradient_descent": {"1.001"}}  # a multiple of the critical rate, in the text too


def numbers(text):
    """The numbers of a text, as they are written.

    >>> numbers("0.952, about 69,000 of 10^6; W1 x_2")
    ['0.952', '69000', '10', '6']
    """
    plain = text.replace("{,}", "")
    return [found.rstrip(",").replace(",", "") for found in NUMBER.findall(plain)]


def distinctive(number):
    """Whether it has three digits that count."""
    return len(number.replace(".", "").lstrip("0").rstrip("0" if "." not in number else "")) >= 3


def same(shown, answer):
    """Whether what is shown, rounded, is the answer."""
    decimals = len(answer.partition(".")[2])
    return round(float(shown), decimals) == float(answer)


def seen(page):
    """What open code, outputs and the sentences of figures say to a reader who has not touched anything."""
    for hidden in page.select(".folded-code, .solution, svg, script, .live-controls, noscript"):
        hidden.decompose()
    return " ".join(cell.get_text(" ") for cell in page.select("div.cell"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_number_of_a_solution_stands_on_the_page_beside_its_exercise(site_dir, path):
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    prose = {number for text in texts for number in numbers(SOLUTION.sub("", text))}
    solutions = [CODE.sub("", found) for text in texts for found in SOLUTION.findall(text)]
    assert solutions
    answers = {n for text in solutions for n in numbers(text) if distinctive(n) and n not in prose}
    page = BeautifulSoup((site_dir / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8"), "html.parser")
    shown = set(numbers(seen(page)))
    told = {answer for answer in answers if any(same(number, answer) for number in shown)}
    assert told - NO_ANSWERS.get(path.stem, set()) == set()
