"""Intro stats: what does 95% confidence mean? 100 intervals, those missing mu in red."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, SelectionSlider
from scipy import stats

from livefig import live

MU, SIGMA = 50, 10

fig = plt.figure(figsize=(8, 7))
ax = plt.gca()
hits = plt.errorbar([50], [0], xerr=[5], fmt="o", ms=3, color="tab:blue", capsize=2)
others = plt.errorbar([50], [0], xerr=[5], fmt="o", ms=3, color="tab:red", capsize=2)
middle = plt.axvline(MU, color="k")
plt.xlim(30, 70)
plt.ylim(-1, 50)
plt.xlabel("value")
plt.title("{level}% intervals, n={n}: {caught} of {k} contain $\\mu$ ({percent:.0f}%)")


def intervals(n, level, k, seed):
    rng = np.random.RandomState(seed)
    tcrit = stats.t.ppf(0.5 + level / 200, n - 1)
    rows = []
    for i in range(50):
        s = rng.normal(MU, SIGMA, n)
        m = s.mean()
        e = tcrit * s.std(ddof=1) / np.sqrt(n)
        rows.append([m, i, e])
    rows = np.array(rows)
    hit = abs(rows[:, 0] - MU) <= rows[:, 2]
    misses = np.sum(~hit & (rows[:, 1] < k))
    return {
        ax: ((30, 70), (-1, k)),
        middle: MU,
        hits: np.where((hit & (rows[:, 1] < k))[:, None], rows, np.nan),
        others: np.where((~hit & (rows[:, 1] < k))[:, None], rows, np.nan),
        "caught": k - misses,
        "percent": 100 * (k - misses) / k,
    }


live(
    fig,
    intervals,
    n=IntSlider(min=5, max=60, value=10, step=5),
    level=SelectionSlider(options=[50, 80, 90, 95, 99], value=95),
    k=IntSlider(min=10, max=50, step=10, value=50),
    seed=IntSlider(min=0, max=3, value=1),
)
