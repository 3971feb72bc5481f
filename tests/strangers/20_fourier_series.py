"""Signals and systems: partial Fourier sums of square / sawtooth / triangle, Gibbs overshoot."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Dropdown, IntSlider
from scipy import signal

from livefig import live

t = np.linspace(-np.pi, 3 * np.pi, 301)
wave = Dropdown(options=["square", "sawtooth", "triangle"], value="square", description="wave")
harmonics = IntSlider(min=1, max=40, value=5, description="harmonics")

fig, ax = plt.subplots(2, 1, figsize=(9, 6))
(target,) = ax[0].plot(t, 0 * t, "k", lw=1)
(approx,) = ax[0].plot(t, 0 * t, "r")
ax[0].set_ylim(-1.5, 1.5)
(dots,) = ax[1].plot([], [], "bo")
ax[1].set_xlim(0, 41)
ax[1].set_ylim(0, 1.4)
ax[1].set_xlabel("harmonic n")
ax[1].set_ylabel("$|b_n|$")
ax[0].set_title("{kind}: {N} harmonics, max = {most:.3f}")
fig.tight_layout()


def bn(kind, n):
    if kind == "square":
        return 4 / (np.pi * n) if n % 2 else 0
    if kind == "sawtooth":
        return 2 * (-1) ** (n + 1) / (np.pi * n)
    return 8 / np.pi**2 * (-1) ** ((n - 1) // 2) / n**2 if n % 2 else 0


def refresh(kind, N):
    if kind == "square":
        y = signal.square(t)
    elif kind == "sawtooth":
        y = signal.sawtooth(t + np.pi)
    else:
        y = signal.sawtooth(t + np.pi / 2, width=0.5)
    b = [bn(kind, n) for n in range(1, N + 1)]
    s = sum(b[n - 1] * np.sin(n * t) for n in range(1, N + 1))
    return {
        target: np.column_stack([t, y]),
        approx: np.column_stack([t, s]),
        dots: np.column_stack([range(1, N + 1), np.abs(b)]),
        "most": s.max(),
    }


live(fig, refresh, kind=wave, N=harmonics)
