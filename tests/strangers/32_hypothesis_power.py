"""Statistics for psychologists: alpha, beta and power of a one-sided z-test."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider, RadioButtons
from scipy.special import ndtr
from scipy.stats import norm

from livefig import live

fig, (ax, ax2) = plt.subplots(2, 1, figsize=(9, 7))
(null,) = ax.plot([], [], "b", label="$H_0$")
(alternative,) = ax.plot([], [], "orange", label="$H_1$")
first = ax.fill_between([0, 1], 0, [1, 1], color="b", alpha=0.4, label="α = {alpha}")
second = ax.fill_between([0, 1], 0, [1, 1], color="orange", alpha=0.3, label="β = {beta:.3f}")
line = ax.axvline(0.3, c="k", ls="--")
ax.legend(loc="upper right")
ax.set_xlim(-1.5, 2.5)
ax.set_ylim(0, 4.2)
ax.set_title("Power = {pw:.3f}")
ns = np.arange(2, 101)
(powers,) = ax2.plot(ns, 0 * ns)
(here,) = ax2.plot([], [], "ro")
ax2.axhline(0.8, color="gray", ls=":")
ax2.set_ylim(0, 1.02)
ax2.set_xlabel("n")
ax2.set_ylabel("power")
plt.tight_layout()


def power(effect, n, alpha):
    se = 1 / np.sqrt(n)
    crit = norm.isf(alpha) * se
    pw = ndtr(-(crit - effect) / se)
    x = np.linspace(-1.5, 2.5, 1000)
    h0 = np.exp(-((x / se) ** 2) / 2) / (se * np.sqrt(2 * np.pi))
    h1 = np.exp(-(((x - effect) / se) ** 2) / 2) / (se * np.sqrt(2 * np.pi))
    return {
        null: np.column_stack([x, h0]),
        alternative: np.column_stack([x, h1]),
        first: np.column_stack([x, 0 * x, np.where(x > crit, h0, np.nan)]),
        second: np.column_stack([x, 0 * x, np.where(x < crit, h1, np.nan)]),
        line: crit,
        powers: np.column_stack([ns, ndtr(-(norm.isf(alpha) - effect * np.sqrt(ns)))]),
        here: np.array([[n, pw]]),
        "beta": 1 - pw,
        "pw": pw,
    }


live(
    fig,
    power,
    effect=FloatSlider(value=0.5, min=0, max=1.5, step=0.05),
    n=IntSlider(value=20, min=2, max=100),
    alpha=RadioButtons(options=[0.10, 0.05, 0.01], value=0.05),
)
