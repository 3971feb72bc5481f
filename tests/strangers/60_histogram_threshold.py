"""Image analysis lab: grey-level histogram, contrast/gamma and thresholding (Otsu as a reference)."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntRangeSlider, IntSlider

from livefig import live

np.random.seed(10)
N = 150
cells = np.full((N, N), 60.0)
X, Y = np.meshgrid(range(N), range(N))
for c in range(14):
    cx, cy, r = np.random.randint(10, N - 10), np.random.randint(10, N - 10), np.random.randint(5, 14)
    cells[(X - cx) ** 2 + (Y - cy) ** 2 < r * r] = 150
cells += np.random.normal(0, 18, (N, N))
cells = np.clip(cells, 0, 255).astype(np.uint8)


def otsu(im):
    h, _ = np.histogram(im, bins=np.arange(257))
    h = h / im.size
    w0 = np.cumsum(h)[:-1]
    w1 = 1 - w0
    m0 = np.cumsum(np.arange(256) * h)[:-1]
    m1 = np.sum(np.arange(256) * h) - m0
    between = np.where((w0 > 1e-9) & (w1 > 1e-9), w0 * w1 * (m0 / (w0 + 1e-300) - m1 / (w1 + 1e-300)) ** 2, -1)
    return np.argmax(between) + 1


fig, ax = plt.subplots(1, 3, figsize=(14, 4.2))
grey = ax[0].imshow(cells, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
ax[0].set_title("gamma = {gamma:.2f}")
edges = np.arange(0, 257, 4)
bars = ax[1].bar(edges[:-1], np.ones(64), width=4, align="edge", color="gray")
line = ax[1].axvline(105, color="r", label="threshold {threshold}")
best = ax[1].axvline(105, color="b", ls="--", label="Otsu {t}")
ax[1].set_xlim(0, 255)
ax[1].set_ylim(0, 3000)
ax[1].legend()
bright = ax[2].imshow(cells > 105, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
ax[2].set_title("{foreground:.1f} % foreground")


def lab(threshold=105, gamma=1.0, window=(0, 255)):
    lo, hi = window
    g = np.clip((cells.astype(float) - lo) / np.maximum(hi - lo, 1), 0, 1) ** gamma
    im = np.trunc(255 * g)
    t = otsu(im)
    heights, _ = np.histogram(im, bins=edges)
    return {
        grey: im,
        bars: heights,
        line: threshold,
        best: t,
        bright: im > threshold,
        "t": t,
        "foreground": 100 * np.mean(im > threshold),
    }


live(
    fig,
    lab,
    threshold=IntSlider(min=0, max=255, value=105),
    gamma=FloatSlider(min=0.2, max=3, step=0.05, value=1),
    window=IntRangeSlider(min=0, max=255, value=(0, 255)),
)
