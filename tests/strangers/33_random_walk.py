# Stochastic processes: symmetric & biased random walks, many paths, spread sqrt(n)
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

fig = plt.figure(figsize=(11, 5))
plt.subplot(1, 2, 1)
lines = [plt.plot([], [], lw=0.6, alpha=0.7)[0] for j in range(20)]
(middle,) = plt.plot([], [], "k")
(upper,) = plt.plot([], [], "k--")
(lower,) = plt.plot([], [], "k--")
plt.xlim(0, 200)
plt.ylim(-120, 120)
plt.xlabel("step")
plt.title("{paths} walks of {n} steps, p = {p}")
plt.subplot(1, 2, 2)
edges = np.linspace(-100, 100, 41)
ends_bars = plt.barh(edges[:-1] + 2.5, np.ones(40), height=5, color="gray")
plt.xlim(0, 10)
plt.title(
    "end points: mean {mean:.1f}, std {std:.1f} (theory {drift_n:.1f}, {s_n:.1f})",
    fontsize=9,
)
plt.tight_layout()


def walk(n=200, paths=20, p=0.5, seed=3):
    np.random.seed(seed)
    steps = np.where(np.random.rand(20, 200) < p, 1, -1)
    pos = np.concatenate([np.zeros((20, 1)), np.cumsum(steps, axis=1)], axis=1)
    walked = np.where(np.arange(201) <= n, pos, np.nan)
    ends = np.where(np.arange(20) < paths, np.sum(np.where(np.arange(201) == n, pos, 0), axis=1), np.nan)
    k = np.arange(201)
    drift = (2 * p - 1) * k
    s = np.sqrt(4 * p * (1 - p) * k)
    heights = np.sum((ends[:, None] >= edges[:-1]) & (ends[:, None] < edges[1:]), axis=0)
    result = {
        middle: np.column_stack([k, np.where(k <= n, drift, np.nan)]),
        upper: np.column_stack([k, np.where(k <= n, drift + 2 * s, np.nan)]),
        lower: np.column_stack([k, np.where(k <= n, drift - 2 * s, np.nan)]),
        ends_bars: heights,
        "mean": np.nanmean(ends),
        "std": np.nanstd(ends),
        "drift_n": (2 * p - 1) * n,
        "s_n": np.sqrt(4 * p * (1 - p) * n),
    }
    for j in range(20):
        result[lines[j]] = np.column_stack([k, np.where(j < paths, walked[j], np.nan)])
    return result


live(fig, walk, n=(10, 200, 10), paths=(1, 20), p=(0.3, 0.7, 0.01), seed=(0, 3))
