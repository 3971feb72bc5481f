"""Multivariable calculus: contour plot and gradient vector at a movable point; directional derivative."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import live

X, Y = np.meshgrid(np.linspace(-3, 3, 120), np.linspace(-3, 3, 120))
F = lambda x, y: np.sin(x) * np.cos(y) + 0.1 * (x**2 + y**2)
Z = F(X, Y)


def gradF(x, y):
    return np.array([np.cos(x) * np.cos(y) + 0.2 * x, -np.sin(x) * np.sin(y) + 0.2 * y])


fig, (ax1, ax2) = plt.subplots(1, 2, figsize=(12, 5))
cs = ax1.contour(X, Y, Z, levels=20, cmap="viridis")
ax1.clabel(cs, inline=True, fontsize=7)
(point,) = ax1.plot(1, 0.5, "ro")
gradient = ax1.quiver(1, 0.5, 1, 1, color="r", angles="xy", scale_units="xy", scale=1, label="gradient")
direction = ax1.quiver(1, 0.5, 1, 1, color="k", angles="xy", scale_units="xy", scale=1, label="direction u")
ax1.set_aspect("equal")
ax1.legend(loc="lower right")
ax1.set_title(r"$|\nabla f|$ = {norm:.2f},  $D_u f$ = {D:.2f}")
s = np.linspace(-2, 2, 200)
(cut,) = ax2.plot([], [])
(tangent,) = ax2.plot([], [], "r--")
(here,) = ax2.plot([], [], "ro")
ax2.set_xlabel("s")
ax2.set_title("slice of f along u")
ax2.set_xlim(-2.2, 2.2)
ax2.set_ylim(-1.5, 3)
plt.tight_layout()


def show(x0=1.0, y0=0.5, theta=45):
    g = gradF(x0, y0)
    u = np.array([np.cos(np.deg2rad(theta)), np.sin(np.deg2rad(theta))])
    D = g @ u
    return {
        point: np.array([[x0, y0]]),
        gradient: np.array([[x0, y0, g[0], g[1]]]),
        direction: np.array([[x0, y0, u[0], u[1]]]),
        cut: np.column_stack([s, F(x0 + s * u[0], y0 + s * u[1])]),
        tangent: np.column_stack([s, F(x0, y0) + D * s]),
        here: np.array([[0, F(x0, y0)]]),
        "norm": np.linalg.norm(g),
        "D": D,
    }


live(
    fig,
    show,
    x0=(-2.5, 2.5, 0.1),
    y0=(-2.5, 2.5, 0.1),
    theta=FloatSlider(min=0, max=360, step=5, value=45, description="angle (deg)"),
)
