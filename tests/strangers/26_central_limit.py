"""Statistics 101: central limit theorem, histogram of sample means against the normal curve."""

import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import norm

from livefig import live

fig, (a, b) = plt.subplots(1, 2, figsize=(12, 4))
population = a.fill_between([0, 1], 0, [1, 1], color="silver", edgecolor="k")
a.set_title("population: {dist}")
sums = b.fill_between([0, 1], 0, [1, 1], color="skyblue", edgecolor="k")
(curve,) = b.plot([], [], "r", lw=2)
b.set_title("means of n={n}:  mean={mean:.3f}, sd={std:.3f}, σ/√n={theory:.3f}")


def bars(values, bins):
    heights, edges = np.histogram(values, bins=bins, density=True)
    return np.column_stack([np.repeat(edges, 2)[1:-1], 0 * np.repeat(heights, 2), np.repeat(heights, 2)])


def clt(dist="exponential", n=5, reps=2000, bins=40):
    rng = np.random.default_rng(0)
    if dist == "exponential":
        data = rng.exponential(1, size=(reps, n))
        mu, sd = 1, 1
    elif dist == "uniform":
        data = rng.uniform(0, 1, size=(reps, n))
        mu, sd = 0.5, np.sqrt(1 / 12)
    elif dist == "coin":
        data = rng.integers(0, 2, size=(reps, n))
        mu, sd = 0.5, 0.5
    else:
        data = np.where(rng.random((reps, n)) < 0.5, rng.normal(-2, 0.5, (reps, n)), rng.normal(2, 0.5, (reps, n)))
        mu, sd = 0, np.sqrt(4.25)
    means = data.mean(axis=1)
    x = np.linspace(mu - 4 * sd / np.sqrt(n), mu + 4 * sd / np.sqrt(n), 200)
    first, second = bars(data[:, 0], bins), bars(means, bins)
    y = norm.pdf(x, mu, sd / np.sqrt(n))
    return {
        a: ((first[0, 0], first[-1, 0]), (0, 1.05 * first[:, 2].max())),
        b: ((mu - 3 * sd, mu + 3 * sd), (0, 1.05 * max(second[:, 2].max(), y.max()))),
        population: first,
        sums: second,
        curve: np.column_stack([x, y]),
        "mean": means.mean(),
        "std": means.std(),
        "theory": sd / np.sqrt(n),
    }


live(
    fig,
    clt,
    dist=["exponential", "uniform", "coin", "bimodal"],
    n=(5, 101, 8),
)
