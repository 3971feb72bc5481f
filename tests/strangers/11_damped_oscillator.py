"""ODE course: mass-spring-damper m x'' + c x' + k x = 0; time plot and phase plane."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import iterate, live

OTHER = "Runge-Kutta steps instead of odeint"


def rhs(y, t, m, c, k):
    x, v = y
    return [v, -(c * v + k * x) / m]


fig, axs = plt.subplots(1, 2, figsize=(12, 4))
(place,) = axs[0].plot([0, 20], [0, 0], label="x(t)")
(speed,) = axs[0].plot([], [], alpha=0.5, label="x'(t)")
(upper,) = axs[0].plot([], [], "k--", lw=0.8)
(lower,) = axs[0].plot([], [], "k--", lw=0.8)
axs[0].set_ylim(-5, 5)
axs[0].legend(loc="upper right")
axs[0].set_xlabel("t")
title = dict(transform=axs[0].transAxes, ha="center", fontsize="large")
under = axs[0].text(0.5, 1.02, "underdamped: $\\zeta$ = {zeta:.2f}", **title)
critical = axs[0].text(0.5, 1.02, "critically damped: $\\zeta$ = {zeta:.2f}", **title)
over = axs[0].text(0.5, 1.02, "overdamped: $\\zeta$ = {zeta:.2f}", **title)
(orbit,) = axs[1].plot([], [])
(start,) = axs[1].plot([], [], "go")
axs[1].set_xlim(-2.2, 2.2)
axs[1].set_ylim(-5, 5)
axs[1].set_xlabel("x")
axs[1].set_ylabel("x'")


def spring(m=1.0, c=0.4, k=4.0, x0=1.0):
    t = np.linspace(0, 20, 1000)

    def step(y):
        f = lambda y: np.stack(rhs(y, 0, m, c, k))
        h = t[1] / 4
        for _ in range(4):
            k1 = f(y)
            k2 = f(y + h / 2 * k1)
            k3 = f(y + h / 2 * k2)
            k4 = f(y + h * k3)
            y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return y

    sol = iterate(step, np.stack([x0, 0 * x0]), 999)
    zeta = c / (2 * np.sqrt(k * m))
    env = np.where(zeta < 1, x0 * np.exp(-c / (2 * m) * t), np.nan)
    return {
        place: np.column_stack([t, sol[:, 0]]),
        speed: np.column_stack([t, sol[:, 1]]),
        upper: np.column_stack([t, env]),
        lower: np.column_stack([t, -env]),
        under: np.logical_and(zeta < 1, ~np.isclose(zeta, 1)),
        critical: np.isclose(zeta, 1),
        over: np.logical_and(zeta >= 1, ~np.isclose(zeta, 1)),
        orbit: sol,
        start: sol[:1],
        "zeta": zeta,
    }


live(
    fig,
    spring,
    m=(0.5, 5, 0.1),
    c=(0.0, 10.0, 0.1),
    k=(1.0, 10.0, 0.1),
    x0=FloatSlider(min=-2, max=2, step=0.1, value=1),
)
