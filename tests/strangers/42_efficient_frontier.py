"""Investments: two-asset portfolio frontier, effect of correlation, tangency portfolio."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import live

fig, ax = plt.subplots(figsize=(8, 5.5))
sc = ax.scatter([10], [8], c=[0.5], vmin=0, vmax=1.2, cmap="viridis", s=15)
plt.colorbar(sc, label="Sharpe ratio")
ax.plot([9, 18], [6, 11], "k^")
ax.text(9.3, 6, "bonds")
ax.text(18.3, 11, "stocks")
(portfolio,) = ax.plot([], [], "ro", ms=10, label="w = {w:.2f}: {pm:.1f} % ± {ps:.1f} %")
(market,) = ax.plot([], [], "r--", lw=1, label="CML slope {steepest:.2f}")
(least,) = ax.plot([], [], "bs", label="min variance")
ax.set_xlim(0, 30)
ax.set_ylim(0, 16)
ax.set_xlabel("risk σ (%)")
ax.set_ylabel("return (%)")
ax.legend(loc="lower right")


def frontier(rho=0.2, w=0.5, rf=2.0, short=False):
    mu = np.array([6, 11])
    sd = np.array([9, 18])
    cov = rho * sd[0] * sd[1]
    ws = np.linspace(-0.5, 1.5, 201) if short else np.linspace(0, 1, 101)

    def stats(w):
        return w * mu[0] + (1 - w) * mu[1], np.sqrt(
            w**2 * sd[0] ** 2 + (1 - w) ** 2 * sd[1] ** 2 + 2 * w * (1 - w) * cov
        )

    m, s = stats(ws)
    s = np.where(s < 1e-9, 1e-9, s)
    sharpe = (m - rf) / s
    j = np.argmin(s)
    pm, ps = stats(w)
    return {
        sc: np.column_stack([s, m, np.clip(sharpe, 0, 1.2)]),
        portfolio: np.array([[ps, pm]]),
        market: np.array([[0, rf], [30, rf + 30 * np.max(sharpe)]]),
        least: np.array([[np.min(s), np.sum(np.where(np.arange(len(m)) == j, m, 0))]]),
        "pm": pm,
        "ps": ps,
        "steepest": np.max(sharpe),
    }


live(
    fig,
    frontier,
    rho=FloatSlider(min=-1, max=1, step=0.05, value=0.2),
    w=(0.0, 1.0, 0.05),
    rf=(0.0, 5.0, 0.25),
    short=False,
)
