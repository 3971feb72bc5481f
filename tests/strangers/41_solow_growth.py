"""Macroeconomics: Solow model. Investment and break-even lines, transition path of capital."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import fixed

from livefig import iterate, live

fig, ax = plt.subplots(1, 2, figsize=(12, 4.5))
(output,) = ax[0].plot([], [], "b", label="$y = k^α$")
(saved,) = ax[0].plot([], [], "g", label="$s y$")
(needed,) = ax[0].plot([], [], "r", label="$(n+δ)k$")
(drop,) = ax[0].plot([], [], "k:")
star = ax[0].text(1, -0.25, "$k^*$", ha="center")
ax[0].set_xlim(0, 20)
ax[0].set_ylim(0, 3)
ax[0].legend(loc="upper left")
(capital,) = ax[1].plot([], [], label="capital per head")
(per_head,) = ax[1].plot([], [], label="output per head")
level = ax[1].axhline(9, color="k", ls=":")
ax[1].set_xlabel("year")
ax[1].legend(loc="upper right")
ax[1].set_title("k* = {kstar:.2f}, c* = {cstar:.2f}, golden rule s = {alpha}")


def solow(s=0.3, delta=0.05, n=0.02, alpha=0.35, k0=2.0, T=150):
    kstar = (s / (n + delta)) ** (1 / (1 - alpha))
    k = np.linspace(0, 20, 300)
    path = iterate(lambda k: (s * k**alpha + (1 - delta) * k) / (1 + n), k0, T - 1)
    top = np.where(kstar < 60, np.maximum(20, 1.1 * kstar), 60)
    return {
        output: np.column_stack([k, k**alpha]),
        saved: np.column_stack([k, s * k**alpha]),
        needed: np.column_stack([k, (n + delta) * k]),
        drop: np.where(kstar < 20, np.array([[kstar, 0], [kstar, kstar**alpha]]), np.nan),
        star: np.array([np.where(kstar < 20, kstar, np.nan), -0.25]),
        ax[1]: ((0, T), (0, top)),
        capital: np.column_stack([np.arange(T), path]),
        per_head: np.column_stack([np.arange(T), path**alpha]),
        level: kstar,
        "kstar": kstar,
        "cstar": (1 - s) * kstar**alpha,
    }


live(
    fig,
    solow,
    s=(0.05, 0.6, 0.01),
    delta=(0.01, 0.15, 0.01),
    n=(0.0, 0.05, 0.005),
    alpha=(0.2, 0.5, 0.05),
    k0=(0.5, 20, 0.5),
    T=fixed(150),
)
