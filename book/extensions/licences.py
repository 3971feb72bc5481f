"""Licences lie beside what others wrote: the fonts of formulas and of icons, and the script that copies code."""

import re
from importlib.metadata import distribution
from pathlib import Path

import matplotlib
from when_written import when_written

SCRIPT = "clipboard.min.js"


def write_font_licence(folder, name, font, whose=""):
    """The licence of a font of which some characters are used, with what it and `whose` say of its makers."""
    # matplotlib carries the text of the licence for the STIX fonts that it ships.
    text = Path(matplotlib.get_data_path(), "fonts/ttf/LICENSE_STIX").read_text(encoding="utf-8")
    said = {number: font["name"].getDebugName(number) for number in (0, 4, 5, 7, 13)}
    lines = [f"{name}: some of the characters of {said[4]}, {said[5]}", said[0], said[7], "", said[13] or whose, ""]
    header = "\n".join(line for line in lines if line is not None)
    text = text[text.index("SIL OPEN FONT LICENSE Version 1.1") :]
    Path(folder, f"{name}.LICENSE.txt").write_text(f"{header}\n{text}", encoding="utf-8")


def write_script_licence(app):
    """The script says whose it is; the words of the MIT licence are those that came with it."""
    static = Path(app.outdir, "_static")
    if not (static / SCRIPT).exists():
        return
    whose = first_comment(static / SCRIPT)
    licence = distribution("sphinx-copybutton").read_text("LICENSE")
    permission = licence[licence.index("Permission is hereby granted") :]
    (static / f"{SCRIPT}.LICENSE.txt").write_text(f"{SCRIPT}\n{whose}\n\n{permission}", encoding="utf-8")


def first_comment(path):
    """The words of the comment with which a script begins."""
    comment = re.match(r"/\*!?(.*?)\*/", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    return "\n".join(line.strip(" *") for line in comment.strip().splitlines())


def setup(app):
    when_written(app, write_script_licence)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
