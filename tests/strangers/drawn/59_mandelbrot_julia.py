# Fractals for beginners: the Julia set of the c you pick on the Mandelbrot set (slow loop version)
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import fixed, FloatSlider, IntSlider
from livefig import interact

def escape(Z, C, maxit):
    count = np.zeros(Z.shape, dtype=int)
    alive = np.ones(Z.shape, dtype=bool)
    for i in range(maxit):
        Z[alive] = Z[alive]**2 + C[alive]
        alive = alive & (np.abs(Z) <= 2)
        count[alive] = i + 1
    return count

def fractals(re=-0.8, im=0.156, maxit=40, cmap='magma'):
    x = np.linspace(-2, 2, 240)
    y = np.linspace(-1.5, 1.5, 180)
    grid = (x[None, :] + 1j*y[:, None])[::2, ::2]
    M = escape(np.zeros_like(grid), grid.copy(), maxit)
    J = escape(grid.copy(), np.full(grid.shape, complex(re, im)), maxit)
    fig, ax = plt.subplots(1, 2, figsize=(13, 5))
    ax[0].imshow(M, extent=(-2, 2, -1.5, 1.5), origin='lower', cmap=cmap)
    ax[0].plot(re, im, 'c+', ms=15, mew=2)
    ax[0].set_title('Mandelbrot')
    ax[1].imshow(J, extent=(-2, 2, -1.5, 1.5), origin='lower', cmap=cmap, vmin=0, vmax=40)
    ax[1].set_title(f'Julia, c = {re:.3f} + {im:.3f}i')
    inside = 100*np.mean(J == maxit)
    ax[1].set_xlabel(f'{inside:.1f}% of points did not escape')
    plt.show()

interact(fractals, re=FloatSlider(min=-2, max=1, step=0.4, value=-0.8, readout_format='.3f', continuous_update=False),
         im=FloatSlider(min=-0.444, max=0.756, step=0.3, value=0.156, readout_format='.3f', continuous_update=False),
         maxit=fixed(40), stops=('re', 'im'), cmap=fixed('magma'))
