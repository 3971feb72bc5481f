"""The page "How a figure stays alive" says what is so: its cells assert their numbers, and here is the rest."""

import re
from xml.etree import ElementTree as ET

from conftest import ROOT
from figures import figures_of

from livefig.page.state import state_at
from livefig.program.machine import source

NAME = "book/how_a_figure_stays_alive"
PAGE = (ROOT / f"{NAME}.md").read_text(encoding="utf-8")
PICTURE = ET.parse(ROOT / "book" / "road_of_a_figure.svg").getroot()
TEXTS = ["".join(text.itertext()) for text in PICTURE.iter("{http://www.w3.org/2000/svg}text")]


def the_figure():
    (figure,) = figures_of(NAME).values()
    return figure


def test_the_picture_shows_the_tape_and_what_the_machine_makes_of_it():
    (program,) = the_figure().spec["tapes"]
    lines = [line.strip() for line in source(program).splitlines() if "=" in line][:2]  # two more make a row of them
    assert [text for text in TEXTS if text.startswith("v[")][:2] == lines
    x, y = state_at(the_figure().spec, {"s": 4.0}).arrays[0][0]
    assert f"x = {x:g}, y = {y:g}" in TEXTS
    assert f"v[0] = {x:g}, v[1] = {program['constants'][0]}" in TEXTS
    assert f"v[2] = 4 * 4 = {x * x:g}" in TEXTS and f"v[3] = {x * x:g} / 20 = {y:g}" in TEXTS


def test_the_picture_says_in_words_what_it_shows():
    said = PICTURE.find("{http://www.w3.org/2000/svg}desc").text
    for part in ("NumPy", "graph", "tape", "judge", "machine", "painter", "v[2] = v[0] * v[0]", "v[3] = v[2] / v[1]"):
        assert part in said


def test_the_table_names_every_room_of_livefig_once():
    rooms = sorted(path.parent.name for path in (ROOT / "livefig").glob("*/__init__.py"))
    assert sorted(re.findall(r"`livefig/(\w+)`", PAGE)) == rooms
