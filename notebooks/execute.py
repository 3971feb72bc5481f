"""Execute the chapters and write them back as they are committed: `make notebooks`.

    python notebooks/execute.py [notebook ...]      all chapters if none is named
    python notebooks/execute.py --tidy [...]        the same, without running them

What is committed of an output is what a reader on GitHub or in a printed book sees, and what
`pytest --nbval` compares: text to the letter, pictures within a tolerance (conftest.py). What differs from run to run or from machine to machine goes:
times, the version of Python, the random names of widgets and their state. So executing twice leaves no
difference, and a difference in an output is one in the results.

The cells with the tag `key` give the answers to the chapter's questions. They come into answers.json, as digests: when
that has changed, the chapter runs once more, with them.

Below its title each chapter says how to get gradcore, for those who open it without the book: as _config.yml has
it, so after a change there `--tidy` brings the new line. The page leaves that cell out.
"""

import hashlib
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.append(str(ROOT / "book" / "extensions"))
from pip_line import message  # noqa: E402
from printed_output import as_one  # noqa: E402

from livefig.asking import file  # noqa: E402
from livefig.asking.check import KEEPS_NOTHING  # noqa: E402

MESSAGE = "how-to-get-gradcore"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PASSING = (
    "execution",
    "collapsed",
    "scrolled",
    "ExecuteTime",
)  # how a cell was last run and looked at


def normalize(notebook):
    """Take from the notebook, in place, what another run or another machine would give otherwise."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {
                "file_extension": ".py",
                "name": "python",
                "pygments_lexer": "ipython3",
            },
        }
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        if "id" not in cell:
            cell.id = hashlib.sha256(
                f"{number} {cell.source}".encode()
            ).hexdigest()[:8]
        for key in PASSING:
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", []):
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
                output.metadata.pop(WIDGET_VIEW, None)
    return notebook


def introduce(notebook):
    """Put the message about gradcore below the notebook's title, in place."""
    first, *rest = [cell for cell in notebook.cells if cell.id != MESSAGE]
    said = nbformat.v4.new_markdown_cell(
        message(ROOT), id=MESSAGE, metadata={"tags": ["remove-cell"]}
    )
    notebook.cells = [first, said, *rest]
    return notebook


def execute(path):
    """Run the notebook at `path` from its first cell to its last; the first failing cell raises."""
    notebook = normalize(
        nbformat.v4.reads(path.read_text(encoding="utf-8"))
    )
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
    )
    client.execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = as_one(cell.outputs)
    return normalize(notebook)


def execute_with_answers(path):
    """Run the notebook, its questions knowing their answers."""
    answers = path.with_name(file.NAME)
    before = answers.read_bytes() if answers.exists() else None
    file.forget(answers, path.stem)
    os.environ[file.WRITING] = path.stem
    try:
        notebook = execute(path)
    except BaseException:
        if before is not None:
            answers.write_bytes(before)
        raise
    finally:
        del os.environ[file.WRITING]
    known = not answers.exists() or answers.read_bytes() == before
    return notebook if known else execute(path)


def write(notebook, path):
    """Write the notebook as Jupyter does, with the same line ends on every system."""
    nbformat.validate(notebook)
    path.write_text(
        nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n"
    )


def main(arguments):
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the Makefile
    os.environ[KEEPS_NOTHING] = "1"  # of exercises in code
    tidy = "--tidy" in arguments
    names = [argument for argument in arguments if argument != "--tidy"]
    for path in map(Path, names or sorted(HERE.glob("*.ipynb"))):
        print(path, flush=True)
        notebook = (
            normalize(nbformat.read(path, as_version=4))
            if tidy
            else execute_with_answers(path)
        )
        write(introduce(notebook), path)


if __name__ == "__main__":
    main(sys.argv[1:])
