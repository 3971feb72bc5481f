"""Linear systems: graphical convolution, flip and slide a box over an exponential."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import live

dt = 0.01
tau = np.arange(-4, 8, dt)
u = lambda t: (t >= 0).astype(float)
fig, (ax1, ax2) = plt.subplots(2, 1, figsize=(8, 7))
(box,) = ax1.plot([], [], "b", label=r"$x(\tau)$")
(flipped,) = ax1.plot([], [], "g", label=r"$h(t-\tau)$")
overlap = ax1.fill_between(tau, 0, 0 * tau, color="orange", alpha=0.5)
now = ax1.axvline(1, color="k", ls=":")
ax1.set_xlim(-4, 8)
ax1.set_ylim(-0.2, 1.5)
ax1.legend()
ax1.set_xlabel(r"$\tau$")
(whole,) = ax2.plot([], [], color="0.8")
(past,) = ax2.plot([], [], "r")
(point,) = ax2.plot([], [], "ro")
ax2.set_xlim(-4, 8)
ax2.set_ylim(-0.2, 2.2)
ax2.set_title("y({t:.2f}) = area = {yt:.3f}")


def conv(t=1.0, a=1.0, width=2.0):
    x = u(tau) - u(tau - width)
    h_flipped = np.exp(-a * (t - tau)) * u(t - tau)
    prod = x * h_flipped
    y = np.convolve(x, np.exp(-a * tau) * u(tau)) * dt
    ty = 2 * tau[0] + np.arange(len(y)) * dt
    yt = np.sum(prod) * dt
    m = ty <= t
    return {
        box: np.column_stack([tau, x]),
        flipped: np.column_stack([tau, np.minimum(h_flipped, 3)]),
        overlap: np.column_stack([tau, 0 * tau, prod]),
        now: t,
        whole: np.column_stack([ty, y]),
        past: np.column_stack([ty, np.where(m, y, np.nan)]),
        point: np.array([[t, yt]]),
        "yt": yt,
    }


live(
    fig,
    conv,
    t=FloatSlider(min=-2, max=7, step=0.1, value=1),
    a=(0.2, 3, 0.1),
    width=(0.5, 4, 0.25),
)
