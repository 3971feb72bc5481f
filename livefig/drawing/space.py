"""Three-dimensional axes seen from anywhere: their camera, and the box around them. `space.js` is the twin.

As mpl_toolkits.mplot3d draws them. A view is azimuth and elevation in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from livefig.description import Axes, Camera, Space
from livefig.drawing.paint import Parts, path_through, short

View = Sequence[float]
# The corners of each pair of planes across a direction, as the low (0) or the high (1) end of x, y and z.
CORNERS = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))
PLANES = (((0, 3, 7, 4), (1, 2, 6, 5)), ((0, 1, 5, 4), (3, 2, 6, 7)), ((0, 1, 2, 3), (4, 5, 6, 7)))
# Of the edge with the ticks of a direction: the other direction in which it is in front, and that of its ticks.
FRONT, TICKS = (1, 0, 0), (1, 0, 0)
MARGIN_OF_BOX = 0.08  # of its extent: mplot3d's unit for what stands beside the box
LEVEL = 1e-9  # of depths: nearer ones are equal


def matrix(camera: Camera, view: View) -> list[list[float]]:
    """What takes (x, y, z, 1) to (X, Y, w, Z): the point of the SVG is (X/w, Y/w), and Z/w grows with the distance."""
    azim, elev = (math.radians(angle) for angle in view)
    roll, distance, zoom = math.radians(camera["roll"]), camera["distance"], camera["zoom"]
    out = [math.cos(elev) * math.cos(azim), math.cos(elev) * math.sin(azim), math.sin(elev)]
    right = [-math.sin(azim), math.cos(azim), 0.0]
    up = [-math.sin(elev) * math.cos(azim), -math.sin(elev) * math.sin(azim), math.cos(elev)]
    turned = [
        [math.cos(roll) * r - math.sin(roll) * u for r, u in zip(right, up, strict=True)],
        [math.cos(roll) * u + math.sin(roll) * r for r, u in zip(right, up, strict=True)],
    ]
    rows = [[*((zoom or 2) * t for t in axis), 0.0] for axis in turned]
    if zoom is None:  # orthographic
        w, z = [0.0, 0.0, 0.0, 2 * distance], [*(-2 * o for o in out), 2 * distance]
    else:
        w, z = [*(-o for o in out), zoom * distance], [0.0, 0.0, 0.0, -distance]
    (a, c), (e, f) = camera["page"]
    x = [a * p + c * q for p, q in zip(rows[0], w, strict=True)]
    y = [e * p + f * q for p, q in zip(rows[1], w, strict=True)]
    world = camera["world"]
    return [
        [*(row[i] * world[i][0] for i in range(3)), row[3] + sum(row[i] * world[i][1] for i in range(3))]
        for row in (x, y, w, z)
    ]


def seen_from(axes: Sequence[Axes], spaces: Sequence[Space], views: Sequence[View]) -> list[Axes]:
    """The axes of a figure as they are seen from other views, one for each space."""
    found = [matrix(space["camera"], view) for space, view in zip(spaces, views, strict=True)]
    return [{**one, "matrix": found[one["space"]]} if "space" in one and found else one for one in axes]


def box(space: Space, view: View, number: int) -> Parts:
    """The parts of the box around a space: panes, grid, edges and ticks as paths, and how far labels have moved."""
    seen, drawn = _box(space, view), _box(space, space["view"])
    parts: Parts = {}
    for name, (kind, value) in seen.items():
        if kind == "path":
            parts[f"space{number}.{name}"] = {"d": "".join(map(path_through, value))}
            continue
        (x, y, angle), (x0, y0, angle0) = value, drawn[name][1]
        moved = f"translate({short(x - x0)} {short(y - y0)})"
        by = (angle - angle0 + 540) % 360 - 180
        parts[f"space{number}.{name}"] = {
            "transform": moved if abs(by) < 0.01 else f"{moved} rotate({short(by)} {short(x0)} {short(y0)})"
        }
    return parts


def _box(space: Space, view: View) -> Mapping[str, tuple[str, Any]]:
    """Each part as ("path", its polylines) or ("label", (x, y, angle))."""
    rows = matrix(space["camera"], view)
    low, high = zip(*space["limits"], strict=True)

    def project(point: Sequence[float]) -> tuple[float, float, float]:
        x, y, w, z = (row[0] * point[0] + row[1] * point[1] + row[2] * point[2] + row[3] for row in rows)
        return x / w, y / w, z / w

    def moved(point: Sequence[float], by: float, along: int) -> list[float]:
        """A point farther from the middle, but not along a direction."""
        found = list(point)
        for i in {0, 1, 2} - {along}:
            side = 1 if point[i] >= (low[i] + high[i]) / 2 else -1
            found[i] += side * by * MARGIN_OF_BOX * (high[i] - low[i])
        return found

    corners = [project([(low, high)[end][i] for i, end in enumerate(corner)]) for corner in CORNERS]
    depths = [[sum(corners[k][2] for k in plane) / 4 for plane in planes] for planes in PLANES]
    far = [near < away for near, away in depths]  # whether the pane at the high end is the one behind
    level = [abs(a - b) < LEVEL for a, b in depths]
    if sum(level) == 2:  # seen edge-on
        upright = level.index(False)
        far = (
            [True, True, far[2]] if upright == 2 else [True, far[1], False] if upright == 1 else [far[0], False, False]
        )
    behind = [high[i] if far[i] else low[i] for i in range(3)]
    ahead = [low[i] if far[i] else high[i] for i in range(3)]

    found: dict[str, tuple[str, Any]] = {}
    for i, side in enumerate(space["sides"]):
        pane = [corners[k][:2] for k in PLANES[i][far[i]]]
        found[f"pane{i}"] = "path", [pane]
        lines = []
        for at in side["ticks"]:
            middle = [*behind]
            middle[i] = at
            start, end = [*middle], [*middle]
            start[i - 2], end[i - 1] = ahead[i - 2], ahead[i - 1]
            lines.append([project(point)[:2] for point in (start, middle, end)])
        found[f"grid{i}"] = "path", lines
        edge = [*behind]
        edge[FRONT[i]] = ahead[FRONT[i]]
        other = [*edge]
        other[i] = ahead[i]
        (x0, y0, _), (x1, y1, _) = project(edge), project(other)
        found[f"edge{i}"] = "path", [[(x0, y0), (x1, y1)]]
        across = TICKS[i]
        unit = MARGIN_OF_BOX * (high[across] - low[across]) * (1 if far[across] else -1)
        for k, (at, pad) in enumerate(zip(side["ticks"], side["pads"], strict=True)):
            place = [*edge]
            place[i] = at
            outer, inner = [*place], [*place]
            outer[across] += side["reach"][0] * unit
            inner[across] -= side["reach"][1] * unit
            found[f"tick{i}.{k}"] = "path", [[project(outer)[:2], project(inner)[:2]]]
            found[f"label{i}.{k}"] = "label", (*project(moved(place, pad * space["point"], i))[:2], 0.0)
        angle = (math.degrees(math.atan2(y1 - y0, x1 - x0)) + 270) % 180 - 90
        halfway = [(a + b) / 2 for a, b in zip(edge, other, strict=True)]
        for name, place, tilt in (
            ("name", halfway, angle if side["rotates"] else 0.0),
            ("offset", other if i == 2 else edge, angle),
        ):
            found[f"{name}{i}"] = "label", (*project(moved(place, side["pad"] * space["point"], i))[:2], tilt)
    return found
