"""What a release says: the section of CHANGELOG.md for its version. A tag that fits nothing is an error.

The release workflow runs it:

    python .github/release.py v0.2.0
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def version(root: Path = ROOT) -> str:
    """The version, as gradcore/__init__.py has it."""
    found = re.search(r'^__version__ = "(.+)"$', (root / "gradcore/__init__.py").read_text(encoding="utf-8"), re.M)
    if found is None:
        raise SystemExit("gradcore/__init__.py has no line __version__ = …")
    return found[1]


def notes(tag: str, root: Path = ROOT) -> str:
    """The changelog's section for a tag such as v0.2.0."""
    if tag != f"v{version(root)}":
        raise SystemExit(f"The tag is {tag}, but gradcore/__init__.py has version {version(root)}.")
    if f"\nversion: {version(root)}\n" not in (root / "CITATION.cff").read_text(encoding="utf-8"):
        raise SystemExit(f"CITATION.cff has another version than {version(root)}.")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version(root))}\b[^\n]*\n\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    if found is None:
        raise SystemExit(f"CHANGELOG.md has no section '## {version(root)}'.")
    return found[1]


if __name__ == "__main__":
    print(notes(sys.argv[1]), end="")
