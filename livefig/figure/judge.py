"""The judge: what the page paints of a moving artist must be what matplotlib draws of it, from the same data.

Neither list can ever be complete, that of what matplotlib's artists can do and that of what a painter knows. So in each
of the states that are tried matplotlib draws the figure, and both pictures are compared: places within 0.05 points
after clipping, colours before the page's theme, widths, dashes, words, and whether something is there at all. What
`update` does not return may not change at all. Where something differs, the cell ends in a TypeError that names the
artist and the property.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.path import Path

from livefig.drawing.drawn import Box, Cells, Drawn, Faces, Look, Mark, Words, polylines
from livefig.drawing.paint import HORIZON

NEAR = 0.05  # points: less is not seen, and the page's coordinates are rounded to a hundredth
SAME = 0.012  # of colours, opacities and widths: neighbours in a table of 256 colours, a hundredth of a point
EDGE = 1.0  # points around a clip box: what runs along its edge is compared, too
NEARBY = (-1e6, -1e6, 1e6, 1e6)
AT_ONCE = 100  # points, neighbours in x, whose distances are computed together
NO_COLOUR, BLACK = (np.nan,) * 4, (0.0, 0.0, 0.0, 1.0)
AROUND = np.arange(-4, 5)  # neighbours in a line

# What painters do not know, as artists have it, with the values that mean that it is not in use.
UNKNOWN: dict[str, tuple[Any, ...]] = {
    "path_effects": (None, []), "sketch_params": (None,),
    "fillstyle": ("full", "none"), "gapcolor": (None,), "depthshade": (False,), "agg_filter": (None,),
    "axlim_clip": (False,),
}  # fmt: skip
NOT_BY_DEFAULT = ("depthshade",)  # of these, what is in use if nothing is said
PROPERTIES = {
    "fill": "the colour of its faces", "stroke": "the colour of its lines", "width": "its linewidth",
    "dashes": "its dashes", "dash_offset": "its dashes", "join": "its joinstyle", "cap": "its capstyle",
    "hatch": "its hatch", "hatch_colour": "the colour of its hatch", "hatch_width": "the linewidth of its hatch",
    "sketch": "its sketch_params", "text": "its text", "size": "its fontsize",
    "angle": "its rotation", "colour": "its colour", "font": "its font", "colours": "the colours of its cells",
    "smooth": "its interpolation",
}  # fmt: skip


def difference(theirs: Sequence[Mark], ours: Sequence[Mark]) -> str:
    """The property in which marks of matplotlib's and of the page's differ; "" if both are the same picture."""
    runs = [[(run[0].look, run) for run in _runs(marks)] for marks in (theirs, ours)]
    if bool(runs[0]) != bool(runs[1]):
        seen = [mark for _, marks in runs[0] or runs[1] for mark in marks]
        return "" if all(map(_too_short, seen)) else "whether it is visible"
    for (look, marks), (other, _) in zip(*runs, strict=False):
        if isinstance(look, Faces) and isinstance(other, Faces):
            continue  # face by face, when it is known which is which
        if name := _look_difference(look, other, closed=all(mark.closed for mark in marks)):
            return name
    if len(runs[0]) != len(runs[1]):
        shorter, longer = sorted(runs, key=len)
        one_by_one = sum(len(marks) for _, marks in shorter) == sum(len(marks) for _, marks in longer)
        return (one_by_one and _look_difference(shorter[-1][0], longer[-1][0], closed=True)) or "how often it is drawn"
    for (_, marks), (_, others) in zip(*runs, strict=True):
        if not (_same_clip(marks[0].clip, others[0].clip) and _same_cut(marks[0].cut, others[0].cut)):
            return "where it is cut off"
        if isinstance(marks[0].look, Faces):
            if name := _faces_difference(marks[0], others[0]):
                return name
        elif not same_places(marks, others):
            return "the places of its points"
    return ""


def _faces_difference(theirs: Mark, ours: Mark) -> str:
    """The property in which a face of theirs differs from the nearest one of ours: at one depth either may be first."""
    if len(theirs.look.counts) != len(ours.look.counts):
        return "how often it is drawn"
    faces, others = (np.split(mark.at, np.cumsum(mark.look.counts[:-1])) for mark in (theirs, ours))
    near = np.array([face.mean(axis=0) for face in others])
    twins = [_twin(face, others, near) for face in faces]
    if not _near(theirs.at, np.concatenate([others[twin] for twin in twins])):
        return "the places of its points"
    looks, found = theirs.look.looks, [ours.look.looks[twin] for twin in twins]
    for role in ("fill", "stroke"):
        a, b = (np.array([getattr(look, role) or NO_COLOUR for look in some]) for some in (looks, found))
        if not np.allclose(a, b, rtol=0, atol=SAME, equal_nan=True):
            return PROPERTIES[role]
    plain = {
        (
            look._replace(fill=None, stroke=look.stroke and BLACK),
            other._replace(fill=None, stroke=other.stroke and BLACK),
        )
        for look, other in zip(looks, found, strict=True)
    }
    return next((name for pair in plain if (name := _look_difference(*pair, closed=True))), "")


def _twin(face: Any, others: Sequence[Any], middles: Any) -> int:
    """The number of the face around the same middle: of several, as where a surface is folded, of the same shape."""
    away = np.abs(middles - face.mean(axis=0)).sum(axis=1)
    near = np.flatnonzero(away <= away.min() + NEAR).tolist()
    alike: list[int] = [i for i in near if others[i].shape == face.shape]
    return min(alike, key=lambda i: float(np.abs(others[i] - face).max()), default=int(near[0]))


def _same_clip(a: Box | None, b: Box | None) -> bool:
    return a == b or bool(a and b and np.allclose(a, b, rtol=0, atol=NEAR))


def _same_cut(a: Path | None, b: Path | None) -> bool:
    if a is None or b is None:
        return a is b
    return _same_lines(_lines(polylines(a)), None, _lines(polylines(b)), None)


def _runs(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The visible marks, neighbours of one look together. Colours are those that a screen tells apart."""

    def look(mark: Mark) -> Any:
        if not isinstance(mark.look, Look):
            return mark.look
        fill, stroke, *others = mark.look
        return *(colour and to_hex(colour, keep_alpha=True) for colour in (fill, stroke)), *others

    for _, run in groupby(filter(_visible, marks), look):
        yield list(run)


def known_reason(artist: Any, known: Collection[str] = ()) -> str:
    """What an artist has that no painter knows, as its author would write it, and what to do; "" for none.

    known : names of what its own painter knows.
    """
    for name, neutral in UNKNOWN.items():
        get = getattr(artist, f"get_{name}", None)
        value = get() if get else getattr(artist, f"_{name}", neutral[0])
        if name not in known and not any(value is n or (type(value) is type(n) and value == n) for n in neutral):
            instead = f"write {name}={neutral[0]!r}" if name in NOT_BY_DEFAULT else "leave it out"
            return f"{name}={value!r}, which a live figure does not draw: {instead}"
    return ""


def changed(before: Drawn, after: Drawn, moving: set[Any]) -> tuple[Any, str] | None:
    """An artist that does not move and has changed all the same, with the property; None for none."""
    for artist in [*before, *(artist for artist in after if artist not in before)]:
        old, new = before.get(artist, []), after.get(artist, [])
        if artist not in moving and [mark.key for mark in old] != [mark.key for mark in new]:
            return artist, difference(old, new) or "the places of its points"
    order = [artist for artist in after if artist in before]
    for artist, other in zip(order, (artist for artist in before if artist in after), strict=True):
        if artist is not other:
            return artist, "its zorder"
    return None


def _look_difference(a: Any, b: Any, closed: bool) -> str:
    if type(a) is not type(b) or not isinstance(a, (Cells, Look, Words)):
        return "" if a == b else "its pixels"
    ignored = {"width", "dashes", "dash_offset", "join", "cap"} if isinstance(a, Look) and not a.stroke else set()
    if closed and not (isinstance(a, Look) and a.dashes):
        ignored.add("cap")
    return next((PROPERTIES[f] for f in a._fields if f not in ignored and not _same(getattr(a, f), getattr(b, f))), "")


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, (float, tuple)) and isinstance(b, (float, tuple)):
        return np.shape(a) == np.shape(b) and bool(np.allclose(a, b, rtol=0, atol=SAME))
    if isinstance(a, bytes):
        channels, others = (np.frombuffer(some, dtype=np.uint8) / 255 for some in (a, b))
        return _same(tuple(channels), tuple(others))
    return bool(a == b)


def _visible(mark: Mark) -> bool:
    if mark.shape is None or not mark.outline or mark.clip is None:
        return mark.shape is None or len(mark.outline) > 0
    return _inside(mark.at, _reach(mark, EDGE)).any() if len(mark.at) > 1 else bool(
        len(_clipped(_segments([mark]), mark.clip)) or _covering([mark], _somewhere(mark.clip)).any()
    )  # fmt: skip


def _too_short(mark: Mark) -> bool:
    """Whether a line, or the outline of an area, is so short that nothing is seen of it."""
    bare = isinstance(mark.look, Look) and mark.look.cap == "butt"
    return bare and bool((np.ptp(np.concatenate(mark.absolute), axis=0) < NEAR).all())


def same_places(a: Sequence[Mark], b: Sequence[Mark]) -> bool:
    """Whether marks of matplotlib's and of the page's are at the same places."""
    if a[0].shape is None:
        return len(a) == len(b) and all(_near(m.at, n.at) for m, n in zip(a, b, strict=True))
    if b[0].stamp:
        return _same_stamps(a, b)
    lines_a, lines_b = _segments(a), _segments(b)
    if not _same_lines(lines_a, a[0].clip, lines_b, b[0].clip):
        return False
    if a[0].look.fill is None or b[0].clip is None:
        return True
    points = _somewhere(b[0].clip)
    points = points[_distance(points, lines_a) > 2 * NEAR]  # on an edge either answer is right
    return bool((_covering(a, points) == _covering(b, points)).all())


def _near(a: Any, b: Any) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=0, atol=NEAR))


def _same_stamps(a: Sequence[Mark], b: Sequence[Mark]) -> bool:
    """The same markers at the same places, as far as they are in the picture."""
    ours = list(_stamps(b))
    for mark in _stamps(a):
        twin = next((other for other in ours if _alike(mark, other)), None)
        sure, perhaps = (mark.at[_inside(mark.at, _reach(mark, by))] for by in (-2 * NEAR, 2 * NEAR))
        if twin is None:
            if len(sure):
                return False
            continue
        ours.remove(twin)
        there = twin.at[_inside(twin.at, _reach(twin, -2 * NEAR))]
        both = ((sure, twin.at), (there, perhaps))
        if not _near(sure, there) and not all(_all_near(points, _still(others)) for points, others in both):
            return False
    return not any(len(left.at[_inside(left.at, _reach(left, -2 * NEAR))]) for left in ours)


def _stamps(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks, those of one outline together."""
    found: dict[Any, list[Mark]] = {}
    for mark in marks:
        found.setdefault(tuple(line.tobytes() for line in mark.outline), []).append(mark)
    for alike in found.values():
        yield replace(alike[0], at=np.concatenate([mark.at for mark in alike]), stamp=True)


def _alike(a: Mark, b: Mark) -> bool:
    """Whether the outlines of two markers are the same."""
    return _near(_extent(a), _extent(b)) and _same_lines(_lines(a.outline), None, _lines(b.outline), None)


def _extent(mark: Mark) -> Any:
    points = np.concatenate(mark.outline)
    return np.array([points.min(axis=0), points.max(axis=0)])


def _reach(mark: Mark, margin: float) -> Box | None:
    """The box in which the place of a marker lies if some of the marker is visible."""
    if mark.clip is None:
        return None
    (left, top, right, bottom), (low, high) = mark.clip, _extent(mark)
    return left - high[0] - margin, top - high[1] - margin, right - low[0] + margin, bottom - low[1] + margin


def _inside(points: Any, box: Box | None) -> Any:
    if box is None:
        return np.ones(len(points), dtype=bool)
    return ((points >= box[:2]) & (points <= box[2:])).all(axis=1)


def _same_lines(a: Any, clip_of_a: Box | None, b: Any, clip_of_b: Box | None) -> bool:
    """Whether two sets of segments, rows of x, y, x, y, cover the same ground where they are visible."""
    seen_a, seen_b = _clipped(a, clip_of_a), _clipped(b, clip_of_b)
    return _near(seen_a, seen_b) or (_all_near(_along(seen_a), b) and _all_near(_along(seen_b), a))


def _segments(marks: Sequence[Mark]) -> Any:
    """All segments of marks, those that close the outline of a face included. Without caps one of no length is none."""
    found = [(mark.look.cap, _lines(mark.absolute, closed=mark.look.fill is not None)) for mark in marks]
    return np.concatenate(
        [lines[(lines[:, :2] != lines[:, 2:]).any(axis=1)] if cap == "butt" else lines for cap, lines in found]
    )


def _lines(polylines: Sequence[Any], closed: bool = False) -> Any:
    pieces = [np.concatenate([line, line[:1]]) if closed else line for line in polylines]
    found = [np.zeros((0, 4)), *(np.column_stack([line[:-1], line[1:]]) for line in pieces)]
    return np.concatenate(found)


def _clipped(segments: Any, box: Box | None) -> Any:
    """The segments as far as they are in a box or near its edge (Liang and Barsky 1984)."""
    segments = segments[np.isfinite(segments).all(axis=1)]
    away, there = np.abs(segments[:, :2]).max(axis=1), np.abs(segments[:, 2:]).max(axis=1)
    segments = np.where((away > there)[:, None], segments[:, [2, 3, 0, 1]], segments)  # exact from the near end
    start, way = segments[:, :2], segments[:, 2:] - segments[:, :2]
    told = np.column_stack([away, there, np.abs(way)]).min(axis=1) <= HORIZON
    segments, start, way = segments[told], start[told], way[told]
    if box is None:
        return segments
    low, high = np.array(box[:2]) - EDGE, np.array(box[2:]) + EDGE
    enter, leave = np.where(way > 0, low, high), np.where(way > 0, high, low)
    within = (start >= low) & (start <= high)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(way == 0, np.where(within, -np.inf, np.inf), (enter - start) / way)
        last = np.where(way == 0, np.where(within, np.inf, -np.inf), (leave - start) / way)
    begin, end = np.maximum(first.max(axis=1), 0), np.minimum(last.min(axis=1), 1)
    seen = begin <= end
    start, way, begin, end = start[seen], way[seen], begin[seen, None], end[seen, None]
    cuts = (
        _on_edge(start + begin * way, begin[:, 0] > 0, first[seen].argmax(axis=1), enter[seen]),
        _on_edge(start + end * way, end[:, 0] < 1, last[seen].argmin(axis=1), leave[seen]),
    )
    return np.column_stack(cuts)


def _on_edge(points: Any, cut: Any, axis: Any, edges: Any) -> Any:
    """Ends of segments, those that were cut exactly on the edge that cuts them."""
    rows = np.flatnonzero(cut)
    points[rows, axis[rows]] = edges[rows, axis[rows]]
    return points


def _along(segments: Any) -> Any:
    """Points of segments: both ends and the middle."""
    start, way = segments[:, None, :2], segments[:, None, 2:] - segments[:, None, :2]
    return (start + np.array([0, 0.5, 1])[:, None] * way).reshape(-1, 2)


def _still(points: Any) -> Any:
    """Places as segments of no length."""
    return np.column_stack([points, points])


def _all_near(points: Any, segments: Any) -> bool:
    """Whether each of some points lies on one of the segments."""
    return bool((_distance(points, segments) <= NEAR).all())


def _distance(points: Any, segments: Any) -> Any:
    """How far each of some points is from the nearest of the segments, cut where floats tell it exactly.

    Where that is more than three times what counts as near, it may be less than what is told.
    """
    segments = _clipped(segments, NEARBY)
    if not len(segments):
        return np.full(len(points), np.inf)
    # Both follow the same line, mostly: what is near is near in the order, too.
    order = np.arange(len(points)) * len(segments) // max(len(points), 1)
    found = _to_segments(points, segments[np.clip(order[:, None] + AROUND, 0, len(segments) - 1)])
    lost = np.flatnonzero(found > NEAR)
    lost = lost[np.argsort(points[lost, 0])]
    left, right = np.sort(segments[:, [0, 2]], axis=1).T
    for some in (lost[i : i + AT_ONCE] for i in range(0, len(lost), AT_ONCE)):
        low, high = points[some[[0, -1]], 0]
        beside = segments[(right > low - 3 * NEAR) & (left < high + 3 * NEAR)]
        if len(beside):
            found[some] = np.minimum(found[some], _to_segments(points[some], beside[None]))
    return found


def _to_segments(points: Any, segments: Any) -> Any:
    """How far each point is from the nearest of its segments, shape (n, m, 4)."""
    start, way = segments[..., :2], segments[..., 2:] - segments[..., :2]
    length = np.maximum((way * way).sum(axis=-1), 1e-30)
    share = np.clip(((points[:, None] - start) * way).sum(axis=-1) / length, 0, 1)
    off = start + share[..., None] * way - points[:, None]
    return np.sqrt((off * off).sum(axis=-1).min(axis=1))


def _covering(marks: Sequence[Mark], points: Any) -> Any:
    """How many faces lie over each of some points: an outline around the whole picture is not seen otherwise."""
    lines = [line for mark in marks if mark.look.fill for line in mark.absolute if len(line) > 2]
    return sum((Path(line).contains_points(points).astype(int) for line in lines), np.zeros(len(points), dtype=int))


def _somewhere(box: Box) -> Any:
    """A few points of a box."""
    shares = np.array([(0.5, 0.5), (0.07, 0.11), (0.93, 0.13), (0.09, 0.91), (0.89, 0.87)])
    return np.array(box[:2]) + shares * np.subtract(box[2:], box[:2])
