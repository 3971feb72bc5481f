"""Digital image processing: noise, blur / median / sharpen / sobel on a synthetic picture, with PSNR."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from scipy import ndimage as ndi

from livefig import live


def make_image(n=128):
    yy, xx = np.mgrid[0:n, 0:n]
    img = 0.2 + 0.3 * xx / n
    img[(xx - 40) ** 2 + (yy - 45) ** 2 < 24**2] = 0.9
    img[75:110, 60:115] = 0.1
    img[80:105:4, 65:110] = 0.7
    return img


fig, ax = plt.subplots(1, 3, figsize=(13, 4.5))
original, spoilt, mended = (a.imshow(make_image(), cmap="gray", vmin=0, vmax=1, interpolation="nearest") for a in ax)
for a, title in zip(ax, ["original", "noise {noise}", "{kind}, PSNR {psnr:.1f} dB"], strict=True):
    a.set_title(title)
    a.axis("off")


def filt(kind="gaussian", size=1.5, noise=0.1, salt=0.0):
    rng = np.random.default_rng(0)
    img = make_image()
    noisy = img + noise * rng.standard_normal(img.shape)
    mask = rng.random(img.shape)
    noisy[mask < salt / 2] = 0
    noisy[mask > 1 - salt / 2] = 1
    noisy = np.clip(noisy, 0, 1)
    if kind == "gaussian":
        out = ndi.gaussian_filter(noisy, size)
    elif kind == "median":
        out = ndi.median_filter(noisy, size=2 * int(size) + 1)
    elif kind == "sharpen":
        out = noisy + size * (noisy - ndi.gaussian_filter(noisy, 2))
    else:
        out = np.hypot(ndi.sobel(ndi.gaussian_filter(noisy, size), 0), ndi.sobel(ndi.gaussian_filter(noisy, size), 1))
        out = out / out.max()
    psnr = 10 * np.log10(1 / np.mean((np.clip(out, 0, 1) - img) ** 2))
    return {spoilt: noisy, mended: out, "psnr": psnr}


live(
    fig,
    filt,
    kind=["gaussian", "median", "sharpen", "sobel"],
    size=widgets.FloatSlider(min=1.5, max=4.5, step=1.5, value=1.5),
    noise=(0.0, 0.2, 0.1),
    stops=("size", "noise"),
)
