# Control theory - Root locus of K/(s(s+2)(s+4)) and the closed-loop step response for the gain K
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from scipy import signal

from livefig import live

Ks = np.linspace(0, 100, 400)
locus = np.array([np.sort_complex(np.roots([1, 6, 8, k])) for k in Ks])

fig, (a, b) = plt.subplots(1, 2, figsize=(12, 5))
a.plot(locus.real, locus.imag, "b.", ms=1)
a.plot([0, -2, -4], [0, 0, 0], "kx", ms=10)
(poles,) = a.plot([], [], "rs")
a.axvline(0, color="k")
a.axvspan(0, 4, color="r", alpha=0.08)
a.set_xlim(-9, 4)
a.set_ylim(-7, 7)
a.set_title("Root locus")
(response,) = b.plot([0, 15], [0, 0])
b.axhline(1, ls=":", c="k")
b.set_ylim(-1, 3)
title = dict(transform=b.transAxes, ha="center", fontsize="large")
good = b.text(0.5, 1.02, "K = {K:.1f}: stable", color="g", **title)
bad = b.text(0.5, 1.02, "K = {K:.1f}: UNSTABLE", color="r", **title)


def redraw(K):
    p = np.roots([1, 6, 8, K])
    t, y = signal.step(([K], [1, 6, 8, K]), T=np.linspace(0, 15, 150))
    stable = np.all(p.real < 0)
    return {
        poles: np.column_stack([p.real, p.imag]),
        response: np.column_stack([t, y]),
        good: stable,
        bad: not stable,
    }


live(
    fig,
    redraw,
    K=widgets.FloatSlider(min=1, max=100, step=1, value=10, description="gain K"),
    stops="K",
)
