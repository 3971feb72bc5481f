"""Geometry: triangle with a movable vertex, circumcircle, incircle, centroid and the Euler line."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Checkbox, FloatSlider
from matplotlib.patches import Circle, Polygon

from livefig import live

fig, ax = plt.subplots(figsize=(7, 7))
shape = ax.add_patch(Polygon([(0, 0), (6, 0), (3, 4)], closed=True, fc="lightyellow", ec="k", lw=2))
around = ax.add_patch(Circle((3, 1), 3, fill=False, ec="b"))
(around_dot,) = ax.plot([], [], "b.")
inside = ax.add_patch(Circle((3, 1), 1, fc="lightgreen", ec="g", alpha=0.6))
(inside_dot,) = ax.plot([], [], "g.")
(centroid,) = ax.plot([], [], "r.")
(euler_line,) = ax.plot([], [], "m--")
(ortho,) = ax.plot([], [], "m.")
names = [ax.annotate(f"{name} ({{{name}:.1f}}°)", (0, 0), xytext=(5, 8), textcoords="offset points") for name in "ABC"]
ax.set_xlim(-4, 10)
ax.set_ylim(-5, 9)
ax.set_aspect("equal")
ax.set_title("area {area:.2f}, R = {Rr:.2f}, r = {r:.2f}")


def triangle(cx=3.0, cy=4.0, circum=True, incircle=True, euler=False):
    A, B, C = np.array([0.0, 0.0]), np.array([6.0, 0.0]), np.stack([cx, cy])
    a, b, c = np.linalg.norm(B - C), np.linalg.norm(A - C), np.linalg.norm(A - B)
    area = abs(np.cross(np.append(B - A, 0), np.append(C - A, 0))[2]) / 2
    angles = [
        np.degrees(np.arccos((b * b + c * c - a * a) / (2 * b * c))),
        np.degrees(np.arccos((a * a + c * c - b * b) / (2 * a * c))),
    ]
    angles.append(180 - sum(angles))
    oy = (cx**2 - 6 * cx + cy**2) / (2 * cy)
    O = np.stack([3.0, oy])
    Rr = np.linalg.norm(O - A)
    I = (a * A + b * B + c * C) / (a + b + c)
    r = 2 * area / (a + b + c)
    G = (A + B + C) / 3
    H = A + B + C - 2 * O
    result = {
        shape: np.stack([A, B, C]),
        centroid: G[None],
        "area": area,
        "Rr": Rr,
        "r": r,
    }
    if circum:
        result[around] = np.stack([O[0], O[1], Rr])
        result[around_dot] = O[None]
    if incircle:
        result[inside] = np.stack([I[0], I[1], r])
        result[inside_dot] = I[None]
    if euler:
        d = H - O
        result[euler_line] = np.where(np.hypot(*d) > 1e-6, np.stack([O - d, H + d]), np.nan)
        result[ortho] = H[None]
    for P, name, note, ang in zip([A, B, C], "ABC", names, angles, strict=True):
        result[note] = P
        result[name] = ang
    return result


live(
    fig,
    triangle,
    cx=FloatSlider(min=-3, max=9, step=0.1, value=3),
    cy=FloatSlider(min=0.5, max=8, step=0.1, value=4),
    circum=True,
    incircle=Checkbox(value=True),
    euler=False,
)
