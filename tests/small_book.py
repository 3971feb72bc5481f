"""A small book that is built as the real one is, by the plain command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "book" / "extensions"))

FIGURE = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider
from livefig import live

fig, ax = plt.subplots()
dot, = ax.plot([], [], "o")
move = lambda x: {dot: np.stack([x, x])[None]}
figure = live(fig, move, x=FloatSlider(value=1), title="A dot", readout="x is {x:.2f}.")
figure
"""


def copied(name: str, folder: Path) -> None:
    """Copy a file or a folder of the project into another folder, to the same place."""
    source, copy = ROOT / name, folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, copy)


class SmallBook:
    """A copy of the book's configuration with one page and one notebook, built by the plain command."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name in (
            "_config.yml",
            "pyproject.toml",
            "README.md",
            "LICENSE",
            "requirements.txt",
            "book/extensions",
            "notebooks/matplotlibrc",
            "book/templates",
            "book/site.css",
            "book/site.js",
            "book/favicon.svg",
            "book/references.bib",
        ):
            copied(name, folder)
        self.write("_toc.yml", "format: jb-book\nroot: book/page\nchapters:\n  - file: notebooks/chapter\n")
        self.write("book/page.md", "# A page\n")
        self.write("gradcore/__init__.py", '"""A small package."""\n\n__version__ = "0.0.1"\n')
        self.write("gradcore/number.py", "1\n")
        self.chapter("print('hello')")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def chapter(self, *cells: str, **metadata: object) -> None:
        """Write the chapter: a title, and cells of code with these metadata."""
        title = nbformat.v4.new_markdown_cell("# A chapter", id="title")
        code = [nbformat.v4.new_code_cell(text, id=f"code-{i}", metadata=metadata) for i, text in enumerate(cells)]
        notebook = nbformat.v4.new_notebook(cells=[title, *code])
        self.write("notebooks/chapter.ipynb", nbformat.writes(notebook))

    def build(self, strict: bool = True, **settings: str) -> subprocess.CompletedProcess:
        running = self.start(*(["-W", "-n", "--keep-going"] if strict else []), **settings)
        said, _ = running.communicate()
        return subprocess.CompletedProcess(running.args, running.returncode, stdout=said)

    def start(self, *options: str, **settings: str) -> subprocess.Popen:
        program = str(Path(sys.executable).with_name("jupyter-book"))
        return subprocess.Popen(
            [program, "build", ".", *options],
            cwd=self.folder,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"NO_COLOR": "1", "PYTHONUTF8": "1"} | settings,
        )

    @property
    def site(self) -> Path:
        return self.folder / "_build" / "html"

    def page(self, name: str) -> str:
        return (self.site / f"{name}.html").read_text(encoding="utf-8")


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
