"""Licences lie beside what others made: the fonts of formulas and of icons."""

import re
from pathlib import Path

import matplotlib


def write_font_licence(folder, name, font, whose=""):
    """The licence of a font of which some characters are used, with what it and `whose` say of its makers."""
    # matplotlib carries the text of the licence for the STIX fonts that it ships.
    text = Path(matplotlib.get_data_path(), "fonts/ttf/LICENSE_STIX").read_text(encoding="utf-8")
    said = {number: font["name"].getDebugName(number) for number in (0, 4, 5, 7, 13)}
    lines = [f"{name}: some of the characters of {said[4]}, {said[5]}", said[0], said[7], "", said[13] or whose, ""]
    header = "\n".join(line for line in lines if line is not None)
    text = text[text.index("SIL OPEN FONT LICENSE Version 1.1") :]
    Path(folder, f"{name}.LICENSE.txt").write_text(f"{header}\n{text}", encoding="utf-8")


def first_comment(path):
    """The words of the comment with which a script begins."""
    comment = re.match(r"/\*!?(.*?)\*/", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    return "\n".join(line.strip(" *") for line in comment.strip().splitlines())
