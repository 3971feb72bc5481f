"""Probability: binomial bars with normal and Poisson approximations."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Checkbox
from scipy.special import comb, factorial

from livefig import live

fig, ax = plt.subplots()
bars = ax.bar(np.arange(101), np.ones(101), color="lightsteelblue", edgecolor="navy", label="Bin({n}, {p:.2f})")
(normal,) = ax.plot([], [], "r", label="N({mean:.1f}, {sd:.2f}²)")
(rare,) = ax.plot([], [], "g^", label="Poisson({mean:.1f})")
ax.set_xlabel("successes")
ax.set_ylabel("probability")
ax.legend()


def binomial(n=20, p=0.3, show_normal=True, show_poisson=False):
    k = np.arange(n + 1)
    mean = n * p
    sd = np.sqrt(n * p * (1 - p))
    pmf = comb(n, k) * p**k * (1 - p) ** (n - k)
    result = {
        ax: ((-1, n + 1), (0, 1.05 * np.max(pmf))),
        bars: np.concatenate([pmf, np.zeros(100 - n)]),
        "mean": mean,
        "sd": sd,
    }
    if show_normal:
        x = np.linspace(-0.5, n + 0.5, 300)
        result[normal] = np.column_stack([x, np.exp(-(((x - mean) / sd) ** 2) / 2) / (sd * np.sqrt(2 * np.pi))])
    if show_poisson:
        result[rare] = np.column_stack([k, np.exp(-mean) * mean**k / factorial(k)])
    return result


live(
    fig,
    binomial,
    n=(2, 100, 2),
    p=(0.0, 1.0, 0.01),
    show_normal=Checkbox(value=True, description="normal"),
    show_poisson=False,
)
