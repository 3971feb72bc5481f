"""What `make lowest` and `make newest` install: the packages of the tests, and those that the two packages declare.

    python tests/versions.py lowest       each declared package in the lowest version that pyproject.toml allows
    python tests/versions.py newest       each declared package in the newest one

The other packages stay as requirements.txt and tests/requirements.txt pin them.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
LISTS = ("requirements.txt", "tests/requirements.txt")


def declared() -> dict[str, str]:
    """Each package that pyproject.toml asks for at run time, and its lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return dict(line.split(">=") for line in asked)


def pinned() -> dict[str, str]:
    """Each package that the short lists pin on every system, and its version."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in LISTS)
    return dict(re.findall(r"^([\w.-]+)==([\w.]+) *(?:#.*)?$", text, flags=re.MULTILINE))


def lines(which: str) -> list[str]:
    """Requirements as pip reads them."""
    ours = declared()
    chosen = [f"{name}=={lowest}" if which == "lowest" else f"{name}>={lowest}" for name, lowest in ours.items()]
    return chosen + [f"{name}=={version}" for name, version in pinned().items() if name not in ours]


if __name__ == "__main__":
    print(*lines(sys.argv[1]), sep="\n")
