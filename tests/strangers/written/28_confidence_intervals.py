"""Intro stats: what does 95% confidence mean? 100 intervals, those missing mu in red."""
import numpy as np
import matplotlib.pyplot as plt
from scipy import stats
from ipywidgets import interact, IntSlider, SelectionSlider

MU, SIGMA = 50, 10

def intervals(n, level, k, seed):
    rng = np.random.RandomState(seed)
    tcrit = stats.t.ppf(0.5 + level/200, n - 1)
    misses = 0
    plt.figure(figsize=(8, 7))
    for i in range(k):
        s = rng.normal(MU, SIGMA, n)
        m = s.mean()
        e = tcrit*s.std(ddof=1)/np.sqrt(n)
        hit = abs(m - MU) <= e
        if not hit:
            misses += 1
        plt.errorbar(m, i, xerr=e, fmt='o', ms=3, color='tab:blue' if hit else 'tab:red', capsize=2)
    plt.axvline(MU, color='k')
    plt.xlim(30, 70)
    plt.ylim(-1, k)
    plt.xlabel('value')
    plt.title(f'{level}% intervals, n={n}: {k - misses} of {k} contain $\\mu$ ({100*(k - misses)/k:.0f}%)')
    plt.show()

interact(intervals, n=IntSlider(min=2, max=60, value=10), level=SelectionSlider(options=[50, 80, 90, 95, 99], value=95),
         k=IntSlider(min=10, max=100, step=10, value=50), seed=IntSlider(min=0, max=20, value=1));
