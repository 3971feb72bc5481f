"""`python -m tests.strangers` prints the table of tests/strangers/README.md; with a number, what was changed there."""

import sys

from . import HERE, NAMES, changes, table

if len(sys.argv) > 1:
    for name in (name for name in NAMES if name.startswith(tuple(sys.argv[1:]))):
        written, live = ((folder / f"{name}.py").read_text(encoding="utf-8") for folder in (HERE / "written", HERE))
        new, gone = changes(written, live)
        print(name, f"{len(gone)} gone, {len(new)} new", *(f"- {line}" for line in sorted(gone)), sep="\n")
        print(*(f"+ {line}" for line in sorted(new)), sep="\n")
else:
    print(table(), end="")
