"""The package as a whole: what it hands on, what it imports."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import gradcore

FOLDER = Path(gradcore.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
LAYERS = [  # each may import only what stands after it
    {"live"}, {"plotting"}, {"training"}, {"network", "simplenet", "datasets"}, {"losses"}, {"functions"},
    {"descent", "checks", "extrema"}, {"rules"}, {"numerical"}, {"samples"}, {"landscapes"}, {"arguments"}, {"tape"},
]  # fmt: skip
DRAWS_ITSELF = {("landscapes", "plotting")}  # a landscape hands `contour` on, when it is called


def imported(path):
    """The parts of gradcore that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gradcore"):
            parts = node.module.split(".")[1:2] or [alias.name for alias in node.names]
            yield from parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_arrows_point_down(path):
    own = path.relative_to(FOLDER).with_suffix("").parts[0]
    if own == "__init__":
        return
    level = next(i for i, layer in enumerate(LAYERS) if own in layer)
    for other in set(imported(path)) - {own}:
        below = next(i for i, layer in enumerate(LAYERS) if other in layer)
        assert below > level or (own, other) in DRAWS_ITSELF, f"{own} imports {other}"


def test_every_public_name_is_there_and_says_what_it_is():
    assert len(set(gradcore.__all__)) == len(gradcore.__all__)
    for name in gradcore.__all__:
        thing = getattr(gradcore, name)
        assert thing.__doc__ and thing.__doc__.strip(), name


def test_docstrings_name_chapters_by_their_titles():
    titles = {
        "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]).splitlines()[0].lstrip("# ")
        for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    named = {
        title
        for path in MODULES
        for chapters in re.findall(r'Chapters? ((?:"[^"]+"(?:, | and )?)+)', path.read_text(encoding="utf-8"))
        for title in re.findall(r'"([^"]+)"', chapters)
    }
    assert named <= titles and len(named) > 8


def test_a_plain_import_draws_and_learns_nothing():
    code = "import sys, gradcore; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"matplotlib", "ipywidgets", "anywidget", "sklearn", "scipy", "tqdm"} & set(loaded)
