"""Complex analysis: partial sums of the geometric series as a spiral in the plane, disc of convergence."""
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.patches import Circle
from ipywidgets import interact, FloatSlider, IntSlider

fig, ax = plt.subplots(figsize=(6, 6))

def geom(r=0.8, phi=50, N=15):
    ax.clear()
    z = r*np.exp(1j*np.radians(phi))
    terms = z**np.arange(N)
    S = np.concatenate(([0], np.cumsum(terms)))
    ax.add_patch(Circle((0, 0), 1, fill=False, color='gray', ls='--'))
    ax.plot(S.real, S.imag, 'b.-')
    ax.plot(z.real, z.imag, 'ks', label=f'z = {z:.2f}')
    if r < 1:
        lim = 1/(1 - z)
        ax.plot(lim.real, lim.imag, 'r*', ms=14, label=f'1/(1-z) = {lim:.2f}')
        ax.plot([S[-1].real, lim.real], [S[-1].imag, lim.imag], 'r:')
        ax.set_title(f'|S_N - limit| = {abs(S[-1] - lim):.4f}')
    else:
        ax.set_title('the series diverges')
    ax.axhline(0, color='k', lw=.5)
    ax.axvline(0, color='k', lw=.5)
    ax.set_aspect('equal')
    ax.set_xlim(-3, 3)
    ax.set_ylim(-2, 4)
    ax.legend()
    fig.canvas.draw()

interact(geom, r=FloatSlider(min=0, max=1.2, step=0.02, value=0.8),
         phi=FloatSlider(min=0, max=360, step=5, value=50, description='φ (°)'),
         N=IntSlider(min=1, max=60, value=15))
