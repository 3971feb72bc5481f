"""What `update` returns: artists with their data, and named numbers; and whether the tape says the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from livefig.artists.base import Moving, described
from livefig.artists.kinds import is_hidden, is_truth, moving
from livefig.artists.texts import Shown
from livefig.drawing.axes import is_3d, is_polar
from livefig.figure.judge import known_reason


def sorted_result(fig: Figure, result: Any) -> tuple[dict[Any, Moving], dict[str, Any]]:
    """The artists, by the key that stands for them, and the named values; both checked."""
    if not isinstance(result, dict):
        raise TypeError(
            f"update must return a dict of artists and names, not {result!r}: draw once, before it, and let it end in, "
            "say, return {line: np.column_stack([x, y])}"
        )
    artists, named = {}, {}
    for key, value in result.items():
        if isinstance(key, str):
            if np.ndim(value) or np.asarray(value).dtype.kind not in "biuf":
                raise ValueError(f"update must return one number for {key!r}, not {value!r}")
            named[key] = value
            continue
        found = moving(key, value)
        if is_hidden(value) and not found.fits(np.shape(value)):
            value = False
            found = moving(key, value)
        artists[key] = found
        if any(artist.get_figure(root=True) is not fig for artist in found.artists):
            raise ValueError(f"update returned data for {described(key)}, which is not in fig")
        _check_shape(key, found, value)
        found.shape = np.shape(value)
    return artists, named


def completed(result: Any, moving: Mapping[Any, Moving], names: Collection[str], at: str) -> dict[Any, Any]:
    """What update returned in some state, in the order of a tape's outputs: artists that it hides are there, too."""
    found = {key: result.get(key, False) for key in moving} if isinstance(result, dict) else {}
    for key, value in found.items():
        if is_hidden(value):
            found[key] = moving[key].nothing
        else:
            check_same(key, moving[key], is_truth(value))
            _check_shape(key, moving[key], value)
    check_names_alike(result, moving, names, at)
    return found | {name: result[name] for name in names}


def check_names_alike(result: Any, moving: Mapping[Any, Moving], names: Collection[str], at: str) -> None:
    """Refuse a state in which other artists move, or other names are there."""
    if not isinstance(result, dict) or set(result) - set(moving) != set(names):
        raise ValueError(
            f"update must return the same names in all states; {at} it does not: return None for a number that is not "
            "there"
        )


def not_hidden(result: Any) -> Any:
    """What update returned, without the artists that it hides."""
    if not isinstance(result, dict):
        return result
    return {key: value for key, value in result.items() if isinstance(key, str) or not is_hidden(value)}


def check_same(key: Any, artist: Moving, truth: bool) -> None:
    """Refuse an artist that is only shown in one state, and has data in another."""
    if truth != isinstance(artist, Shown):
        raise ValueError(
            f"update returns True for {described(key)} in one state, and data in another: return its data in both"
        )


def _check_shape(key: Any, artist: Moving, value: Any) -> None:
    if not artist.fits(np.shape(value)):
        shown = "" if np.ndim(value) else "; True or False shows or hides it"
        if type(value) is int and value < 0:
            shown += f" (~ of Python's {value == -2} is the number {value}: write np.logical_not)"
        raise ValueError(
            f"update must return data of shape {artist.wanted()} for {described(key)}, "
            f"not of shape {np.shape(value)}{shown}"
        )


def check_artist(key: Any, moved: Moving, data: Any, still: bool = False) -> None:
    """Refuse what no painter knows of an artist, before it is drawn.  still : no control moves it."""
    if isinstance(moved, Shown):
        return
    for artist in moved.artists:
        if reason := known_reason(artist, ["path_effects"] * moved.effects):
            raise TypeError(f"{described(key)} has {reason}")
    moved.check(data)
    first: Any = moved.artists[-1]
    axes = first.axes
    parents = [first.get_figure(root=True), *([axes] if axes is not None else [])]
    if not any(first in parent.get_children() for parent in parents):
        raise TypeError(f"{described(key)} belongs to an axis or a legend, which places it: update cannot move it")
    if axes is None:
        return
    for whole in axes.containers:
        if not still and whole is not key and first in whole.get_children():
            raise TypeError(
                f"{described(key)} is a part of {described(whole)}, whose other parts would not follow it: make it "
                "with ax.plot or ax.scatter"
            )
    if is_polar(axes) and not moved.polar:
        raise ValueError(
            f"{described(key)} is in polar axes: what moves there are lines, scatters, bars, areas, segments, arrows "
            "and texts. Draw a rule with ax.plot([t, t], [0, r]) and a circle with ax.plot(t, 0 * t + r), and return "
            "their points"
        )
    if not (is_3d(axes) or is_polar(axes)) and not axes.transData.is_separable:
        raise ValueError(
            f"{described(key)} is in {axes.name} axes: a live figure moves artists in rectilinear, polar and 3d axes"
        )
    by_depth = [*axes.collections, *axes.patches]
    if is_3d(axes) and axes.computed_zorder and first in by_depth and len(by_depth) > 1:
        raise ValueError(
            f"{described(key)} is in axes that choose by depth what covers what, which a page cannot: write "
            "ax.computed_zorder = False, and zorder= where the order matters"
        )


def check_numbers(
    result: Mapping[Any, Any],
    outputs: Sequence[Any],
    nudged: Callable[[], Sequence[Any]],
    moving: Mapping[Any, Moving],
    at: str,
) -> None:
    """The tape must say in some state what `update` returned for it.

    outputs : of the tape, in the order of `result`.
    nudged : those a last digit of the controls away. As far as a chaotic run blows that up, both may differ.
    """
    values = {key: np.asarray(value, dtype=float) for key, value in result.items()}
    near = [_close(moving.get(key), *both) for (key, *both) in zip(values, values.values(), outputs, strict=True)]
    if all(near):
        return
    for key, value, output, other in zip(values, values.values(), outputs, nudged(), strict=True):
        if not _close(moving.get(key), value, output, other):
            name = repr(key) if isinstance(key, str) else described(key)
            raise ValueError(
                f"update gives other numbers for {name} when it is called with numbers, {at}, than when it is "
                "recorded: it is random, changes with what is not a control, asks what kind of number it gets, or "
                "counts beyond what small integers hold. Make random numbers outside it, treat all numbers alike, and "
                "write data.astype(float)."
            )


def _close(artist: Moving | None, ours: Any, theirs: Any, nudged: Any = None) -> bool:
    """Whether what update returned is, but for rounding, what the tape says; column by column.

    nudged : what the tape says a last digit away. Where a chaotic run has lost all its digits, anything may stand.
    """
    if ours.shape != theirs.shape:
        return False
    a, b = (_in_rows(artist, one) for one in (ours, theirs))
    with np.errstate(invalid="ignore"):
        if nudged is None:
            slack = np.zeros(a.shape[1])
        elif nudged.shape != theirs.shape:
            slack = np.full(a.shape[1], np.inf)
        else:
            slack = 1e3 * np.nanmax(np.abs(b - _in_rows(artist, nudged)), axis=0, initial=0.0)
        lost = slack >= 1e-3 * np.abs(np.where(np.isfinite(a), a, 0.0)).max(axis=0, initial=1.0)
        finite = np.isfinite(a) & np.isfinite(b)
        near = np.abs(a - b) <= _allowed(artist, ours) + slack
        same = (a == b) | (np.isnan(a) & np.isnan(b)) | lost
    return bool(np.where(finite, near, same).all())


def _in_rows(artist: Moving | None, data: Any) -> Any:
    """Data in rows, as wide as those of the artist are."""
    width = max(len(artist.columns(data.shape)), 1) if artist else 1
    return data.reshape(-1, width if data.size % width == 0 else 1)


def _allowed(artist: Moving | None, data: Any) -> Any:
    """How far numbers of an artist may be apart: less than is seen on linear axes, however far they are from zero."""
    rows = _in_rows(artist, data)
    size = np.abs(np.where(np.isfinite(rows), rows, 0.0))
    allowed = 1e-7 * size + 1e-9 * size.max(axis=0, initial=0.0) + 1e-13
    if artist is None or artist.axes is None:
        return allowed
    for direction, (place, *lengths) in artist.watched(data.shape):
        if getattr(artist.axes, f"get_{direction}scale")() != "linear":
            continue
        low, high = sorted(getattr(artist.axes, f"get_{direction}lim")())
        for column, origin in ((place, (low + high) / 2), *((length, 0.0) for length in lengths)):
            away = np.abs(rows[:, column] - origin)
            allowed[:, column] = 1e-7 * (high - low + away) + 1e-15 * size[:, column]
    return allowed
