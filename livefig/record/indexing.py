"""What may stand between the brackets of a traced array."""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.record.refuse import refuse_question


def plain_index(index: Any, traced: type) -> Any:
    """The index with entries of the class `traced` refused and NumPy integers made plain."""
    entries = index if isinstance(index, tuple) else (index,)
    for i in entries:
        if isinstance(i, traced):
            mask = getattr(i, "boolean", False)
            instead = "np.where(mask, x, 0)" if mask else "np.sum(np.where(np.arange(len(x)) == i, x, 0))"
            raise refuse_question("an index", f"Write {instead}.")
    entries = tuple(int(i) if isinstance(i, np.integer) else i for i in entries)
    return entries if isinstance(index, tuple) else entries[0]


def full_index(index: Any, ndim: int) -> tuple[Any, ...] | None:
    """A basic index with one entry for every axis; None for a fancy one.

    >>> full_index((Ellipsis, 0), 2)
    (slice(None, None, None), 0)
    """
    entries = index if isinstance(index, tuple) else (index,)
    if any(isinstance(i, bool) for i in entries):
        return None
    if not all(i is None or i is Ellipsis or isinstance(i, (int, slice)) for i in entries):
        return None
    if Ellipsis not in entries:
        entries = (*entries, Ellipsis)
    where = entries.index(Ellipsis)
    missing = ndim - sum(1 for i in entries if i is not None and i is not Ellipsis)
    if missing < 0:
        raise IndexError(f"too many indices for an array of {ndim} axes")
    return (*entries[:where], *[slice(None)] * missing, *entries[where + 1 :])
