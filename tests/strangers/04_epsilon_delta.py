"""Real analysis: the epsilon-N definition of the limit of a sequence."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatLogSlider, IntSlider
from matplotlib.colors import ListedColormap

from livefig import live

fig, ax = plt.subplots(figsize=(9, 4))
dots = ax.scatter([1], [1], c=[0], cmap=ListedColormap(["tab:green", "tab:red"]), vmin=0, vmax=1, zorder=3)
limit = ax.axhline(1, color="k")
band = ax.axhspan(0.9, 1.1, color="gold", alpha=0.3)
above = ax.axhline(1.1, color="orange", ls="--")
below = ax.axhline(0.9, color="orange", ls="--")
first = ax.axvline(11, color="b", ls=":")
note = ax.annotate(
    "N = {N}", xy=(11, 1.1), xytext=(20, 60), textcoords="offset points", arrowprops=dict(arrowstyle="->")
)
ax.set_xlim(0, 41)
ax.set_ylim(-0.2, 2)
ax.set_xlabel("n")
ax.set_ylabel("$a_n$")
ax.set_title(r"$a_n = 1 + (-1)^n/n$,  $\varepsilon$ = {eps:.3f}")


def eps_N(eps=0.1, nmax=40):
    n = np.arange(1, nmax + 1)
    a = 1 + (-1.0) ** n / n
    L = 1
    N = np.max(np.where(np.abs(a - L) >= eps, n, 0)) + 1
    return {
        ax: ((0, nmax + 1), (-0.2, 2)),
        dots: np.column_stack([n, a, np.abs(a - L) >= eps]),
        limit: L,
        band: np.array([L - eps, L + eps]),
        above: L + eps,
        below: L - eps,
        first: np.where(N <= nmax, N, np.nan),
        note: np.array([np.where(N <= nmax, N, np.nan), L + eps]),
        "N": N,
    }


live(
    fig,
    eps_N,
    eps=FloatLogSlider(value=0.1, base=10, min=-2, max=0, step=0.05),
    nmax=IntSlider(min=10, max=200, step=10, value=40),
)
