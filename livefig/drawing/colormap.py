"""Which colour of a colormap's table a value has. `colormap.js` is the twin."""

from __future__ import annotations

from typing import Any

import numpy as np

from livefig.description import Colours


def places(colours: Colours, values: Any) -> Any:
    """For each value the place of its colour in the table, whose last three are of those below, above, and of none."""
    low, high, many = colours["low"], colours["high"], len(colours["table"]) - 3
    values = np.asarray(values, dtype=float)
    none = ~np.isfinite(values)
    with np.errstate(all="ignore"):
        if low == high:
            share = np.zeros_like(values)
        elif colours["log"]:
            none |= values <= 0
            share = (np.log10(values) - np.log10(low)) / (np.log10(high) - np.log10(low))
        else:
            share = (values - low) / (high - low)
        found = np.minimum(np.where(none, 0, np.clip(share, 0, 1)) * many, many - 1).astype(int)
    return np.where(none, many + 2, np.where(share < 0, many, np.where(share > 1, many + 1, found)))
