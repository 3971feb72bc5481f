"""The README keeps its word."""

import re

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_first_lines_of_python_print_what_they_say(capsys):
    exec(EXAMPLES[0], {})
    said = re.findall(r"# ([^\s:]+|\([^)]*\))(?::|$)", EXAMPLES[0], re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == said


def test_the_live_figure_of_the_readme_can_be_made():
    from ipywidgets import FloatLogSlider, FloatSlider
    from matplotlib import pyplot as plt

    import gradcore
    from livefig.figure.live import live

    plt.switch_backend("agg")
    names = {**vars(gradcore), "plt": plt, "live": live, "FloatLogSlider": FloatLogSlider, "FloatSlider": FloatSlider}
    exec(EXAMPLES[1].replace("live(\n", "figure = live(\n"), names)
    assert names["figure"].state.sentence == "After 30 steps the loss is 1.34."


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)|`([\w/.]+/)`", README))
def test_every_file_that_the_readme_names_is_there(path):
    assert (ROOT / "".join(path)).exists()


def test_every_target_that_the_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
