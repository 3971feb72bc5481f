"""What `update` returns: artists with their data, and named numbers; and whether the tape says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from gradcore.live.artists import Moving, moving
from gradcore.live.state import state_at


def sorted_result(fig: Figure, result: Any) -> tuple[dict[Any, Moving], dict[str, Any]]:
    """The artists, by the key that stands for them, and the named values; both checked."""
    if not isinstance(result, dict):
        raise TypeError(f"update must return a dict of artists and names, not {result!r}")
    artists, named = {}, {}
    for key, value in result.items():
        if isinstance(key, str):
            if value is not None and (np.ndim(value) or np.asarray(value).dtype.kind not in "biuf"):
                raise ValueError(f"update must return one number for {key!r}, not {value!r}")
            named[key] = np.nan if value is None else value
            continue
        artists[key] = found = moving(key, np.ndim(value))
        if any(artist.get_figure(root=True) is not fig for artist in found.artists):
            raise ValueError(f"update returned data for {key!r}, which is not in fig")
        if not found.fits(np.shape(value)):
            raise ValueError(
                f"update must return data of shape {found.wanted()} for {described(key)}, "
                f"not of shape {np.shape(value)}"
            )
    return artists, named


def described(key: Any) -> str:
    """An artist as its author knows it: what it is, and its label."""
    return f"the {type(key).__name__} {key.get_label()!r}"


def check_against_python(
    spec: Mapping[str, Any],
    values: Mapping[str, Any],
    result: Mapping[Any, Any],
    choices: Mapping[str, tuple[Any, ...]],
) -> None:
    """The tape must say at some values of the controls what `update` returned for them."""
    settings = {name: choices[name].index(v) if name in choices else v for name, v in values.items()}
    wanted = {key: value for key, value in result.items() if not isinstance(key, str)}
    for (key, value), found in zip(wanted.items(), state_at(spec, settings).arrays, strict=True):
        array = np.asarray(value, dtype=float)
        if array.shape != found.shape or not _close(array, found):
            raise ValueError(
                f"update gives other numbers for {described(key)} each time, or changes with what "
                f"is not a control; at {values} the recorded function disagrees. Random numbers belong outside it."
            )


def _close(a: Any, b: Any) -> bool:
    """Equal but for rounding that a chaotic run may have blown up."""
    finite = np.isfinite(a) & np.isfinite(b)
    return bool(np.allclose(a[finite], b[finite], rtol=1e-3, atol=1e-3 * (1 + np.abs(a[finite]).max(initial=0))))
