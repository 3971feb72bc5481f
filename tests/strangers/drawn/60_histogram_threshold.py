"""Image analysis lab: grey-level histogram, contrast/gamma and thresholding (Otsu as a reference)."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, FloatSlider, IntRangeSlider
from livefig import interact

np.random.seed(10)
N = 60
cells = np.full((N, N), 60.0)
X, Y = np.meshgrid(range(N), range(N))
for c in range(14):
    cx, cy, r = np.random.randint(10, N - 10), np.random.randint(10, N - 10), np.random.randint(5, 14)
    cells[(X - cx)**2 + (Y - cy)**2 < r*r] = 150
cells += np.random.normal(0, 18, (N, N))
cells = np.clip(cells, 0, 255).astype(np.uint8)

def otsu(im):
    h = np.bincount(im.ravel(), minlength=256)/im.size
    best, bt = -1, 0
    for t in range(1, 256):
        w0, w1 = h[:t].sum(), h[t:].sum()
        if w0 == 0 or w1 == 0:
            continue
        m0 = (np.arange(t)*h[:t]).sum()/w0
        m1 = (np.arange(t, 256)*h[t:]).sum()/w1
        if w0*w1*(m0 - m1)**2 > best:
            best, bt = w0*w1*(m0 - m1)**2, t
    return bt

def lab(threshold=105, gamma=1.0, window=(0, 255)):
    lo, hi = window
    g = np.clip((cells.astype(float) - lo)/max(hi - lo, 1), 0, 1)**gamma
    im = (255*g).astype(np.uint8)
    t = otsu(im)
    fig, ax = plt.subplots(1, 3, figsize=(14, 4.2))
    ax[0].imshow(im, cmap='gray', vmin=0, vmax=255); ax[0].set_title(f'gamma = {gamma:.2f}')
    ax[1].hist(im.ravel(), bins=np.arange(0, 257, 4), color='gray')
    ax[1].axvline(threshold, color='r', label=f'threshold {threshold}')
    ax[1].axvline(t, color='b', ls='--', label=f'Otsu {t}')
    ax[1].set_xlim(0, 255); ax[1].legend()
    ax[2].imshow(im > threshold, cmap='gray', vmin=0, vmax=1); ax[2].set_title(f'{100*np.mean(im > threshold):.1f} % foreground')
    plt.show()

interact(lab, threshold=IntSlider(min=0, max=255, value=105), gamma=FloatSlider(min=0.2, max=3, step=0.8, value=1),
         window=IntRangeSlider(min=0, max=255, step=85, value=(0, 255)), stops=('gamma', 'window'));
