"""Bayesian statistics: coin bias, Beta prior -> Beta posterior with credible interval."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

OTHER = "integrals over a grid instead of SciPy's beta distribution"

a_w = widgets.FloatSlider(value=2, min=0.5, max=20, step=0.5, description="prior a")
b_w = widgets.FloatSlider(value=2, min=0.5, max=20, step=0.5, description="prior b")
n_w = widgets.IntSlider(value=10, min=0, max=100, description="tosses")
h_w = widgets.IntSlider(value=7, min=0, max=100, description="heads")

fig = plt.figure(figsize=(9, 4.5))
(prior,) = plt.plot([], [], "b--", label="prior Beta({a}, {b})")
(likelihood,) = plt.plot([], [], "g:", label="likelihood (scaled)")
(posterior_line,) = plt.plot([], [], "r", lw=2, label="posterior Beta({A}, {B})")
interval = plt.fill_between([0.4, 0.6], [1, 1], color="r", alpha=0.2)
middle = plt.axvline(0.5, color="k", lw=0.8)
plt.title("mean {mean:.3f}, 95% interval [{lo:.3f}, {hi:.3f}]")
plt.xlabel("p")
plt.legend()
plt.xlim(0, 1)
plt.ylim(0, 12)


theta = np.linspace(0, np.pi / 2, 2002)[1:-1]
q = np.sin(theta) ** 2


def beta(a, b):
    density = lambda p, most: np.exp((a - 1) * np.log(p) + (b - 1) * np.log(1 - p) - most)
    most = np.max((a - 1) * np.log(q) + (b - 1) * np.log(1 - q))
    mass = density(q, most) * np.sin(2 * theta)
    whole = np.sum(mass) * (theta[1] - theta[0])
    return (lambda p: density(p, most) / whole), np.cumsum(mass) / np.sum(mass)


def posterior(a, b, n, h):
    h = np.minimum(h, n)
    p = np.linspace(0.001, 0.999, 500)
    post, cdf = beta(a + h, b + n - h)
    lo, hi = (
        np.sum(np.where(cdf < 0.025, np.diff(q, append=1), 0)),
        np.sum(np.where(cdf < 0.975, np.diff(q, append=1), 0)),
    )
    like = p**h * (1 - p) ** (n - h)
    m = (p > lo) & (p < hi)
    mean = (a + h) / (a + b + n)
    return {
        prior: np.column_stack([p, beta(a, b)[0](p)]),
        likelihood: np.column_stack([p, np.where(n > 0, like / np.trapezoid(like, p), np.nan)]),
        posterior_line: np.column_stack([p, post(p)]),
        interval: np.column_stack([p, 0 * p, np.where(m, post(p), np.nan)]),
        middle: mean,
        "A": a + h,
        "B": b + n - h,
        "mean": mean,
        "lo": lo,
        "hi": hi,
    }


live(fig, posterior, a=a_w, b=b_w, n=n_w, h=h_w)
