"""The references of the book: each is cited, and each can be followed."""

import re

from conftest import ROOT
from pybtex.database import parse_file

ENTRIES = parse_file(str(ROOT / "book" / "references.bib"), encoding="utf-8").entries
PAGES = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "book").glob("*.md")]
ON_PAPER_ONLY = {"rudin1976", "himmelblau1972", "beale1958"}


def field(name):
    return {key: entry.fields[name] for key, entry in ENTRIES.items() if name in entry.fields}


def test_what_is_cited_is_listed_and_what_is_listed_is_cited():
    cited = {
        key.strip()
        for page in PAGES
        for keys in re.findall(r"{cite:\w+}`([^`]+)`", page.read_text(encoding="utf-8"))
        for key in keys.split(",")
    }
    assert cited == set(ENTRIES)


def test_an_entry_has_a_doi_or_else_an_address_unless_it_is_on_paper_only():
    followed = [*field("doi"), *field("url")]
    assert sorted(followed) == sorted(set(ENTRIES) - ON_PAPER_ONLY)


def test_a_doi_is_a_doi_and_belongs_to_one_entry():
    dois = field("doi")
    assert [doi for doi in dois.values() if not re.fullmatch(r"10\.\d{4,9}/[!-~]+", doi)] == []
    assert len({doi.lower() for doi in dois.values()}) == len(dois)


def test_an_address_is_one():
    assert [url for url in field("url").values() if not re.fullmatch(r"https?://[\w.-]+\.\w+(/[!-~]*)?", url)] == []
