"""`python -m tests.strangers` prints the first table of tests/strangers/README.md.

With a number, it prints what was changed there; with `interact` the second table.
"""

import sys

from . import HERE, NAMES, changes, redrawn_table, table

if sys.argv[1:] == ["interact"]:
    print(redrawn_table(), end="")
elif len(sys.argv) > 1:
    for name in (name for name in NAMES if name.startswith(tuple(sys.argv[1:]))):
        written, live = ((folder / f"{name}.py").read_text(encoding="utf-8") for folder in (HERE / "written", HERE))
        new, gone = changes(written, live)
        print(name, f"{len(gone)} gone, {len(new)} new", *(f"- {line}" for line in sorted(gone)), sep="\n")
        print(*(f"+ {line}" for line in sorted(new)), sep="\n")
else:
    print(table(), end="")
