"""Links into the book go on answering: those of teachers, of other sites, of bookmarks.

`python tests/book/test_addresses.py` adds what the built book has beyond the list: at a release.
"""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

LIST = Path(__file__).with_name("addresses.txt")
PUBLISHED = LIST.read_text(encoding="utf-8").splitlines()
NAMED = "section[id]:not(.exercise section, .solution section), figure.live-figure[id], div.exercise[id]"


def page_at(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("page", sorted({address.partition("#")[0] for address in PUBLISHED}))
def test_every_figure_section_and_exercise_that_was_published_answers_under_its_name(site_dir, page):
    there = {element["id"] for element in page_at(site_dir / page).find_all(id=True)}
    names = [name for of, _, name in (address.partition("#") for address in PUBLISHED) if of == page]
    lost = [name for name in names if name not in there]
    assert lost == [], "write (old-name)= on the line before what has a new name"


def test_the_list_knows_figures_sections_and_exercises():
    assert len(PUBLISHED) == len(set(PUBLISHED)) > 250
    for known in ("#live-descent-in-an-elongated-bowl", "#how-large-may-the-learning-rate-be", "#descent-border"):
        assert f"notebooks/gradient_descent.html{known}" in PUBLISHED


def add_new(site):
    pages = {path.relative_to(site).as_posix(): path for path in (*site.glob("notebooks/*"), *site.glob("book/*.html"))}
    found = [f"{name}#{element['id']}" for name, path in pages.items() for element in page_at(path).select(NAMED)]
    LIST.write_text("\n".join(sorted({*PUBLISHED, *found})) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    add_new(Path(__file__).parents[2] / "_build" / "html")
