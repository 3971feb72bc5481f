"""Classical mechanics: nonlinear pendulum, animated with a Play widget."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from scipy.integrate import solve_ivp

from livefig import live

L, g = 1.0, 9.81
dt = 0.04
NF = 250


def solve(theta0):
    t = np.arange(NF) * dt
    s = solve_ivp(
        lambda t, y: [y[1], -g / L * np.sin(y[0])], (0, t[-1] + dt), [np.radians(theta0), 0], t_eval=t, rtol=1e-7
    )
    return t, s.y[0], s.y[1]


fig, ax = plt.subplots(1, 2, figsize=(10, 4.5))
(rod,) = ax[0].plot([], [], "k-", lw=2)
(bob,) = ax[0].plot([], [], "o", ms=18, color="firebrick")
(trail,) = ax[0].plot([], [], color="salmon", lw=1)
ax[0].set_xlim(-1.3, 1.3)
ax[0].set_ylim(-1.3, 1.3)
ax[0].set_aspect("equal")
ax[0].set_title("t = {now:.2f} s")
(whole,) = ax[1].plot([0, 10], [0, 0], color="lightgray")
(past,) = ax[1].plot([], [], "b")
(small,) = ax[1].plot([], [], "g--", lw=0.7, label="small angles")
ax[1].set_ylim(-180, 180)
ax[1].legend(loc="upper right")
ax[1].set_xlabel("t [s]")
ax[1].set_ylabel("angle [°]")


def frame(i, theta0):
    t, th, om = solve(theta0)
    i = np.arange(NF) == i
    x, y = np.sum(np.where(i, L * np.sin(th), 0)), np.sum(np.where(i, -L * np.cos(th), 0))
    done = np.cumsum(i[::-1])[::-1] > 0
    recent = done & ~(np.concatenate([done[16:], np.zeros(16)]) > 0)
    return {
        rod: np.array([[0, 0], [x, y]]),
        bob: np.array([[x, y]]),
        trail: np.column_stack([np.where(recent, L * np.sin(th), np.nan), np.where(recent, -L * np.cos(th), np.nan)]),
        whole: np.column_stack([t, np.degrees(th)]),
        past: np.column_stack([t, np.where(done, np.degrees(th), np.nan)]),
        small: np.column_stack([t, theta0 * np.cos(np.sqrt(g / L) * t)]),
        "now": np.sum(np.where(i, t, 0)),
    }


play = widgets.Play(value=0, min=0, max=NF - 1, step=1, interval=60)
slider = widgets.IntSlider(min=0, max=NF - 1)
widgets.jslink((play, "value"), (slider, "value"))
theta0 = widgets.FloatSlider(value=65, min=5, max=175, step=10, description="θ₀ (°)")
live(fig, frame, i=slider, theta0=theta0, stops="theta0")
