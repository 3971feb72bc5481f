"""Precalculus: polar curves - roses, limacons, spirals - traced up to an angle."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

fig = plt.figure(figsize=(11, 5))
ax = fig.add_subplot(121, projection="polar")
(curve_line,) = ax.plot([], [], lw=1.5, color="purple")
(hand,) = ax.plot([], [], "r")
ax.set_rmax(4)
title = dict(transform=ax.transAxes, ha="center", fontsize="large")
labels = {
    "rose": ax.text(0.5, 1.1, "r = {a}cos({k}θ)", **title),
    "limacon": ax.text(0.5, 1.1, "r = {a} + {b}cos θ", **title),
    "spiral": ax.text(0.5, 1.1, "r = {a}θ/2π", **title),
    "lemniscate": ax.text(0.5, 1.1, "r² = {a}²cos 2θ", **title),
}
ax2 = fig.add_subplot(122)
(radii,) = ax2.plot([], [], color="purple")
below = ax2.fill_between([0, 1], 0, [0, -1], color="red", alpha=0.2)
ax2.axhline(0, color="k")
ax2.set_xlim(0, 4 * np.pi)
ax2.set_ylim(-4, 4)
ax2.set_xticks(np.pi * np.arange(5))
ax2.set_xticklabels(["0", "π", "2π", "3π", "4π"])
ax2.set_title("swept area = {area:.3f}")


def polar(curve="rose", a=1.0, b=1.0, k=3, upto=2.0):
    th = np.linspace(0, upto * np.pi, 1602)
    if curve == "rose":
        r = a * np.cos(k * th)
    elif curve == "limacon":
        r = a + b * np.cos(th)
    elif curve == "spiral":
        r = a * th / (2 * np.pi)
    else:
        r = np.sqrt(np.maximum(a**2 * np.cos(2 * th), 0))
    area = 0.5 * np.sum((r[1:] ** 2 + r[:-1] ** 2) / 2 * np.diff(th))
    return {
        curve_line: np.column_stack([np.where(r < 0, th + np.pi, th), np.abs(r)]),
        hand: np.column_stack([[th[-1]] * 2, [0, abs(r[-1])]]),
        **{labels[name]: name == curve for name in labels},
        radii: np.column_stack([th, r]),
        below: np.column_stack([th, 0 * r, np.where(r < 0, r, np.nan)]),
        "area": area,
    }


live(
    fig,
    polar,
    curve=["rose", "limacon", "spiral", "lemniscate"],
    a=(0.1, 2, 0.1),
    b=(0.0, 2.0, 0.1),
    k=(1, 8),
    upto=(0.1, 4, 0.1),
)
