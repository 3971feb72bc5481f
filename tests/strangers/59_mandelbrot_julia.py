# Fractals for beginners: the Julia set of the c you pick on the Mandelbrot set
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider

from livefig import iterate, live


def escape(zx, zy, cx, cy, maxit):
    def step(state):
        zx, zy, count = state
        alive = zx**2 + zy**2 <= 4
        zx, zy = np.where(alive, zx**2 - zy**2 + cx, zx), np.where(alive, 2 * zx * zy + cy, zy)
        return zx, zy, count + (alive & (zx**2 + zy**2 <= 4))

    return iterate(step, (zx, zy, 0 * zx), maxit)[2][-1]


x = np.linspace(-2, 2, 80)
y = np.linspace(-1.5, 1.5, 60)
gx, gy = np.meshgrid(x, y)
fig, ax = plt.subplots(1, 2, figsize=(13, 5))
mandelbrot = ax[0].imshow(
    gx, extent=(-2, 2, -1.5, 1.5), origin="lower", cmap="magma", vmin=0, vmax=60, interpolation="nearest"
)
(c,) = ax[0].plot([], [], "c+", ms=15, mew=2)
ax[0].set_title("Mandelbrot")
julia = ax[1].imshow(
    gx, extent=(-2, 2, -1.5, 1.5), origin="lower", cmap="magma", vmin=0, vmax=60, interpolation="nearest"
)
ax[1].set_title("Julia, c = {re:.3f} + {im:.3f}i")
ax[1].set_xlabel("{inside:.1f}% of points did not escape")


def fractals(re=-0.8, im=0.156, maxit=40):
    M = escape(0 * gx, 0 * gx, gx, gy, maxit)
    J = escape(gx, gy, re, im, maxit)
    inside = 100 * np.mean(J == maxit)
    return {mandelbrot: M, julia: J, c: np.array([[re, im]]), "inside": inside}


live(
    fig,
    fractals,
    re=FloatSlider(min=-2, max=1, step=0.005, value=-0.8, readout_format=".3f", continuous_update=False),
    im=FloatSlider(min=-1.2, max=1.2, step=0.002, value=0.156, readout_format=".3f", continuous_update=False),
    maxit=IntSlider(min=5, max=60, step=5, value=40),
)
