"""Linear algebra for data science: covariance ellipse, principal axes and projection onto a chosen direction."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Ellipse

from livefig import live

fig, (ax, bx) = plt.subplots(1, 2, figsize=(12, 5.5))
cloud = ax.scatter([0], [0], s=12, alpha=0.6)
(drops,) = ax.plot([], [], color="gray", lw=0.5)
(axis,) = ax.plot([], [], "g")
ellipses = [ax.add_patch(Ellipse((0, 0), 2 * k, k, fill=False, color="r")) for k in (1, 2)]
arrows = [
    ax.annotate("", xy=(1, 1), xytext=(0, 0), arrowprops=dict(arrowstyle="->", color="r", lw=2)) for i in range(2)
]
ax.set_xlim(-7, 7)
ax.set_ylim(-7, 7)
ax.set_aspect("equal")
ax.set_title("eigenvalues {most:.2f}, {least:.2f}")
edges = np.linspace(-7, 7, 36)
counts = bx.bar(edges[:-1], np.ones(35), width=edges[1] - edges[0], align="edge", color="g", alpha=0.6)
bx.set_title("variance along {angle}°: {variance:.2f}  ({share:.0f}% of total)")


def pca(sx=2.0, sy=0.7, rot=30, angle=0, n=150):
    rng = np.random.default_rng(5)
    Z = rng.standard_normal((n, 2)) * np.stack([sx, sy])
    r = np.deg2rad(rot)
    R = np.stack([np.stack([np.cos(r), -np.sin(r)]), np.stack([np.sin(r), np.cos(r)])])
    D = Z @ R.T
    D -= D.mean(axis=0)
    C = np.cov(D.T)
    spread, phi = np.hypot(C[0, 0] - C[1, 1], 2 * C[0, 1]) / 2, np.arctan2(2 * C[0, 1], C[0, 0] - C[1, 1]) / 2
    lam = np.trace(C) / 2 + np.stack([-spread, spread])
    V = np.stack([np.stack([-np.sin(phi), np.cos(phi)]), np.stack([np.cos(phi), np.sin(phi)])], axis=1)
    th = np.deg2rad(angle)
    u = np.stack([np.cos(th), np.sin(th)])
    proj = D @ u
    P = np.outer(proj, u)
    heights, _ = np.histogram(proj, bins=edges)
    result = {
        cloud: D,
        drops: np.stack([D[::5], P[::5], np.nan * P[::5]], axis=1).reshape(-1, 2),
        axis: np.stack([-7 * u, 7 * u]),
        bx: ((-7.7, 7.7), (0, 1.05 * np.max(heights))),
        counts: heights,
        "most": lam[1],
        "least": lam[0],
        "variance": proj.var(ddof=1),
        "share": 100 * proj.var(ddof=1) / lam.sum(),
    }
    for k, ellipse in zip((1, 2), ellipses, strict=True):
        result[ellipse] = np.stack([
            0, 0, 2 * k * np.sqrt(lam[1]), 2 * k * np.sqrt(lam[0]), np.degrees(np.arctan2(V[1, 1], V[0, 1])),
        ])  # fmt: skip
    for i, arrow in enumerate(arrows):
        tip = 2 * np.sqrt(lam[i]) * V[:, i]
        result[arrow] = np.stack([tip[0], tip[1], 0, 0])
    return result


live(fig, pca, sx=(0.2, 3, 0.1), sy=(0.2, 3, 0.1), rot=(-90, 90), angle=(-90, 90), n=(30, 490, 20))
