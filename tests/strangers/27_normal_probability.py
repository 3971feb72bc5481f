# Stat course: area under the normal curve between two values
import ipywidgets as widgets
import numpy as np
from matplotlib import pyplot as plt
from scipy.special import ndtr

from livefig import live

fig = plt.figure(figsize=(9, 4))
(bell,) = plt.plot([0, 200], [0, 0.08], color="black")
area = plt.fill_between([85, 115], [0.01, 0.01], color="steelblue", alpha=0.6)
percent = plt.text(100, 0.01, "{percent:.1f}%", ha="center", fontsize=16, color="white")
middle = plt.vlines(100, 0, 0.02, linestyle="--")
plt.xlabel("IQ")
plt.ylim(0, 0.085)
plt.title("P({a} < X < {b}) = {p:.4f},  z from {za:.2f} to {zb:.2f}")


def normal_area(mu=100.0, sigma=15.0, limits=(85, 115)):
    a, b = limits
    x = np.arange(0, 200, 0.5)
    pdf = lambda x: np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
    y = pdf(x)
    xs = np.linspace(a, b, 400)
    p = ndtr((b - mu) / sigma) - ndtr((a - mu) / sigma)
    return {
        bell: np.column_stack([x, y]),
        area: np.column_stack([xs, 0 * xs, pdf(xs)]),
        percent: np.stack([mu, 0.3 * pdf(mu)]),
        middle: np.array([[mu, 0, pdf(mu)]]),
        "percent": 100 * p,
        "a": a,
        "b": b,
        "p": p,
        "za": (a - mu) / sigma,
        "zb": (b - mu) / sigma,
    }


live(
    fig,
    normal_area,
    mu=(80, 120, 1.0),
    sigma=(5, 30, 1.0),
    limits=widgets.IntRangeSlider(value=[85, 115], min=0, max=200, step=1),
)
