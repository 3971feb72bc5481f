"""Dynamical systems: sensitivity to initial conditions in the Lorenz system (3D + divergence on log axis)."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider

from livefig import iterate, live

OTHER = "Runge-Kutta steps instead of odeint"


def lorenz(s, t, sigma, rho, beta):
    x, y, z = s
    return sigma * (y - x), x * (rho - z) - y, x * y - beta * z


t = np.arange(0, 40, 0.02)
fig = plt.figure(figsize=(13, 5))
ax = fig.add_subplot(1, 2, 1, projection="3d")
(first,) = ax.plot([-20, 20], [-20, 20], [0, 60], lw=0.5)
(second,) = ax.plot([], [], [], lw=0.5, color="r")
(head,) = ax.plot([0], [0], [0], "bo")
(other_head,) = ax.plot([0], [0], [0], "ro")
ax.set_title(r"$\rho$ = {rho}")
ax2 = fig.add_subplot(1, 2, 2)
(distance,) = ax2.semilogy([], [])
ax2.set_ylim(1e-10, 1e2)
ax2.set_xlim(0, 40)
ax2.set_xlabel("t")
ax2.set_ylabel("distance")


def plot_lorenz(rho=28.0, logeps=-4, tmax=25.0, sigma=10.0):
    eps = 10.0**logeps

    def step(s):
        f = lambda s: np.stack(lorenz(s.T, 0, sigma, rho, 8 / 3), axis=-1)
        k1 = f(s)
        k2 = f(s + 0.01 * k1)
        k3 = f(s + 0.01 * k2)
        k4 = f(s + 0.02 * k3)
        return s + 0.02 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    both = iterate(step, np.array([[1, 1, 1], [1 + eps, 1, 1]]), 1999)
    a, b = both[:, 0], both[:, 1]
    d = np.sqrt(((a - b) ** 2).sum(axis=1))
    seen = t < tmax
    last = seen & (t >= tmax - 0.02)
    return {
        first: np.where(seen[:, None], a, np.nan),
        second: np.where(seen[:, None], b, np.nan),
        head: np.sum(np.where(last[:, None], a, 0), axis=0)[None],
        other_head: np.sum(np.where(last[:, None], b, 0), axis=0)[None],
        distance: np.column_stack([t, np.where(seen, d + 1e-12, np.nan)]),
    }


live(
    fig,
    plot_lorenz,
    rho=FloatSlider(value=28, min=1, max=60, step=0.5, continuous_update=False),
    logeps=IntSlider(value=-4, min=-9, max=-1, description="log10 ε", continuous_update=False),
    tmax=FloatSlider(value=25, min=1, max=40, step=1),
    sigma=10.0,
)
