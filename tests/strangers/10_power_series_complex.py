"""Complex analysis: partial sums of the geometric series as a spiral in the plane, disc of convergence."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider
from matplotlib.patches import Circle

from livefig import live

fig, ax = plt.subplots(figsize=(6, 6))
ax.add_patch(Circle((0, 0), 1, fill=False, color="gray", ls="--"))
(spiral,) = ax.plot([], [], "b.-")
(point,) = ax.plot([], [], "ks", label="z = {x:.2f}{y:+.2f}j")
(star,) = ax.plot([], [], "r*", ms=14, label="1/(1-z) = {u:.2f}{v:+.2f}j")
(gap,) = ax.plot([], [], "r:")
near = ax.text(0.5, 1.02, "|S_N - limit| = {gap:.4f}", transform=ax.transAxes, ha="center", fontsize=12)
far = ax.text(0.5, 1.02, "the series diverges", transform=ax.transAxes, ha="center", fontsize=12)
ax.axhline(0, color="k", lw=0.5)
ax.axvline(0, color="k", lw=0.5)
ax.set_aspect("equal")
ax.set_xlim(-3, 3)
ax.set_ylim(-2, 4)
ax.legend()


def geom(r=0.8, phi=50, N=15):
    z = r * np.exp(1j * np.radians(phi))
    terms = z ** np.arange(N)
    S = np.concatenate(([0], np.cumsum(terms)))
    lim = 1 / (1 - z)
    return {
        spiral: np.column_stack([S.real, S.imag]),
        point: np.array([[z.real, z.imag]]),
        star: np.where(r < 1, np.array([[lim.real, lim.imag]]), np.nan),
        gap: np.where(r < 1, np.array([[S[-1].real, S[-1].imag], [lim.real, lim.imag]]), np.nan),
        near: r < 1,
        far: r >= 1,
        "x": z.real,
        "y": z.imag,
        "u": lim.real,
        "v": lim.imag,
        "gap": abs(S[-1] - lim),
    }


live(
    fig,
    geom,
    r=FloatSlider(min=0, max=1.2, step=0.02, value=0.8),
    phi=FloatSlider(min=0, max=360, step=5, value=50, description="φ (°)"),
    N=IntSlider(min=1, max=60, value=15),
)
