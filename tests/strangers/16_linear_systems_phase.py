"""MIT-like ODE course: phase portrait of x' = Ax, eigenvalues in the trace-determinant plane."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import iterate, live

OTHER = "Runge-Kutta steps instead of expm, roots instead of eig, arrows instead of streamlines"

fig, (ax, bx) = plt.subplots(1, 2, figsize=(12, 5.5))
Y, X = np.mgrid[-3:3:25j, -3:3:25j]
field = ax.quiver(X, Y, X, Y, color="0.75", angles="xy", scale_units="xy", scale=1)
angles = np.arange(0, 2 * np.pi, np.pi / 4)
orbits = [ax.plot([], [], lw=1.5)[0] for ang in angles]
axes = [ax.plot([], [], "k--")[0] for k in range(2)]
ax.set_xlim(-3, 3)
ax.set_ylim(-3, 3)
title = dict(transform=ax.transAxes, ha="center", fontsize="large")
real = ax.text(0.5, 1.02, r"$\lambda_1$ = {l1:.2f}, $\lambda_2$ = {l2:.2f}", **title)
pair = ax.text(0.5, 1.02, r"$\lambda$ = {half:.2f} ± {w:.2f}i", **title)
T = np.linspace(-6, 6, 200)
bx.plot(T, T**2 / 4, "k")
bx.axhline(0, color="k", lw=0.5)
bx.axvline(0, color="k", lw=0.5)
(where,) = bx.plot([], [], "ro", ms=10)
bx.set_xlim(-6, 6)
bx.set_ylim(-6, 12)
bx.set_xlabel("trace")
bx.set_ylabel("det")
kinds = ["saddle", "stable spiral", "unstable spiral", "spiral", "stable node", "unstable node", "node"]
names = [bx.text(0.5, 1.02, kind, transform=bx.transAxes, ha="center", fontsize="large") for kind in kinds]


def portrait(a=-1.0, b=2.0, c=-2.0, d=-0.5):
    A = np.stack([np.stack([a, b]), np.stack([c, d])])
    tr, det = np.trace(A), np.linalg.det(A)
    w = np.sqrt(np.abs(tr**2 / 4 - det))
    is_real = tr**2 / 4 >= det
    l1, l2 = tr / 2 + w, tr / 2 - w

    def step(p):
        h = 5 / 79 / 4
        for _ in range(4):
            k1 = A @ p
            k2 = A @ (p + h / 2 * k1)
            k3 = A @ (p + h / 2 * k2)
            k4 = A @ (p + h * k3)
            p = p + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return p

    traj = iterate(step, 2.5 * np.array([np.cos(angles), np.sin(angles)]), 79)
    U, V = a * X + b * Y, c * X + d * Y
    L = 4 * np.hypot(U, V) + 1e-9
    spiral = tr**2 < 4 * det
    are = [
        det < 0,
        (det >= 0) & (tr < 0) & spiral,
        (det >= 0) & (tr > 0) & spiral,
        (det >= 0) & (tr == 0) & spiral,
        (det >= 0) & (tr < 0) & ~spiral,
        (det >= 0) & (tr > 0) & ~spiral,
        (det >= 0) & (tr == 0) & ~spiral,
    ]
    result = {
        field: np.column_stack([X.ravel(), Y.ravel(), (U / L).ravel(), (V / L).ravel()]),
        where: np.array([[tr, det]]),
        real: is_real,
        pair: ~is_real,
        "l1": l1,
        "l2": l2,
        "half": tr / 2,
        "w": w,
    }
    for k, orbit in enumerate(orbits):
        result[orbit] = traj[:, :, k]
    for line, lam in zip(axes, (l1, l2), strict=True):
        first = np.abs(b) + np.abs(lam - a) > 1e-9
        v = np.where(first, np.stack([b, lam - a]), np.stack([lam - d, c]))
        v = v / (np.sqrt(np.sum(v**2)) + 1e-300)
        result[line] = np.where(is_real, np.stack([-4 * v, 4 * v]), np.nan)
    for name, is_it in zip(names, are, strict=True):
        result[name] = is_it
    return result


live(fig, portrait, a=(-3.0, 3.0, 0.25), b=(-3.0, 3.0, 0.25), c=(-3.0, 3.0, 0.25), d=(-3.0, 3.0, 0.25))
