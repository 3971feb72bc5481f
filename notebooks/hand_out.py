"""Write what students get to work with into a folder: `make handout`.

    python notebooks/hand_out.py folder            the notebooks without solutions, checks of these, and keys
    python notebooks/hand_out.py folder branch     the same, and as one more commit of a branch of this repository

Beside the notebooks lie the digests by which their questions judge, and gradcore. The folder stands by itself; the
branch is what nbgitpuller brings to students, who keep their work when the next commit comes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from hatchling import build

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.append(str(ROOT / "book" / "extensions"))
from students_edition import for_students  # noqa: E402

BESIDE = ("answers.json", "matplotlibrc")
README = """# Notebooks of Gradient Book

`pip install ./gradcore-*.whl` brings what they need. What you answer stays in your browser and in this folder.
"""


def hand_out(root, folder):
    """Write the students' notebooks into a folder, which is emptied before."""
    if folder.exists() and not (folder / "README.md").exists():
        sys.exit(f"{folder} is no hand-out of before: name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(README, encoding="utf-8")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        text = for_students(path.read_text(encoding="utf-8"))
        (folder / path.name).write_text(
            text, encoding="utf-8", newline="\n"
        )
    for name in BESIDE:
        shutil.copy(root / "notebooks" / name, folder)
    target = str(folder.resolve())
    with chdir(root):
        build.build_wheel(target)


def commit(root, folder, branch):
    """Make the folder one more commit of a branch, which nobody needs to have checked out."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = {
            "GIT_INDEX_FILE": str(Path(scratch, "index")),
            "GIT_WORK_TREE": str(folder.resolve()),
        }

        def git(*words, strict=True):
            done = subprocess.run(
                ["git", "-C", str(root), *words],
                env=os.environ | settings,
                capture_output=True,
                text=True,
            )
            if strict and done.returncode:
                sys.exit(done.stderr)
            return done.stdout.strip()

        git("add", "--all", "--force", str(folder.resolve()))
        tree = git("write-tree")
        name = f"refs/heads/{branch}"
        last = git("rev-parse", "--verify", "--quiet", name, strict=False)
        if last and git("rev-parse", f"{last}^{{tree}}") == tree:
            return "nothing has changed"
        parents = ["-p", last] if last else []
        made = git("commit-tree", tree, *parents, "-m", "Notebooks")
        git("update-ref", name, made)
        return f"commit {made[:8]}"


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    folder, *branch = arguments
    hand_out(ROOT, Path(folder))
    print(f"{folder}: the students' notebooks")
    for name in branch:
        print(f"branch {name}: {commit(ROOT, Path(folder), name)}")


if __name__ == "__main__":
    main(sys.argv[1:])
