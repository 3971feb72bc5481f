"""The page of notation: within one table a letter means one thing, and one with several meanings is listed as such."""

import re

from conftest import ROOT

PAGE = (ROOT / "book" / "notation.md").read_text(encoding="utf-8")
TABLES = {  # heading -> rows -> cells
    heading.lower(): [[cell.strip() for cell in line.split("|")[1:-1]] for line in rows.strip().splitlines()[2:]]
    for heading, rows in re.findall(r"^## (.+)\n\n((?:\|.*\n)+)", PAGE, flags=re.MULTILINE)
}
SEVERAL, WORDS = TABLES.pop("letters with several meanings"), TABLES.pop("words")


def letters(formula):
    """Greek and Latin letters, without indices, and without the d and ∂ of a derivative."""
    bare = re.sub(r"_\{?\w+\}?|\\mathrm\{d\}|\\partial|\\nabla", " ", formula)
    return set(re.findall(r"\\[a-z]+|[A-Za-z]", bare))


def explained(formula):
    """What a row is about: its signs, without the arguments that stand in brackets behind them."""
    return re.findall(r"\\?\w+'*", re.sub(r"\(.*?\)|\$|\\mathrm\{d\}.*|\\(partial|nabla).*", "", formula))


def test_a_table_explains_each_sign_once():
    assert list(TABLES) == ["slopes", "descent", "networks", "pictures", "movements"]
    for heading, rows in TABLES.items():
        signs = [sign for formula, *_ in rows for sign in explained(formula)]
        assert len(signs) == len(set(signs)) >= 4, (heading, sorted(signs))


def test_a_word_of_the_table_is_explained_once_and_stands_in_chapters():
    chapters = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")).lower()
    words = [word for row in WORDS for word in row[0].split(", ") if word != "–"]
    assert len(words) == len(set(words)) > 20
    assert [word for word in words if word not in chapters] == []


def test_a_letter_that_stands_in_several_tables_is_listed_with_what_it_means_in_each():
    where = {}
    for heading, rows in TABLES.items():
        for letter in set().union(*(letters(formula) for formula, *_ in rows)):
            where.setdefault(letter, set()).add(heading)
    told = {letter: set(re.findall(r"(\w+):", here + "; " + there))
            for sign, here, there in SEVERAL for letter in letters(sign)}  # fmt: skip
    assert {letter for letter, parts in where.items() if len(parts) > 1} <= set(told)
    assert all(where[letter] <= told[letter] <= set(TABLES) for letter in told)
