"""Physics: interference of two point sources (ripple tank) and intensity on a screen."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider

x = np.linspace(0, 20, 250)
y = np.linspace(-10, 10, 250)
X, Y = np.meshgrid(x, y)

def ripple(d=4.0, wavelength=1.5, dphi=0.0, t=0.0):
    k = 2*np.pi/wavelength
    r1 = np.sqrt(X**2 + (Y - d/2)**2) + 0.1
    r2 = np.sqrt(X**2 + (Y + d/2)**2) + 0.1
    u = np.cos(k*r1 - t)/np.sqrt(r1) + np.cos(k*r2 - t + dphi)/np.sqrt(r2)
    amp = np.exp(1j*k*r1)/np.sqrt(r1) + np.exp(1j*(k*r2 + dphi))/np.sqrt(r2)
    I = np.abs(amp[:, -1])**2
    fig, (ax, bx) = plt.subplots(1, 2, figsize=(11, 5.5), gridspec_kw={'width_ratios': [3, 1]}, sharey=True)
    im = ax.imshow(u, extent=[0, 20, -10, 10], origin='lower', cmap='RdBu', vmin=-1.5, vmax=1.5)
    ax.plot([0, 0], [-d/2, d/2], 'ko')
    fig.colorbar(im, ax=ax)
    ax.set_title(f'd = {d} cm, $\\lambda$ = {wavelength} cm')
    bx.plot(I, y, 'r')
    bx.set_xlim(0, 0.25)
    bx.set_xlabel('intensity at x = 20')
    bx.hlines([-wavelength*20/d, 0, wavelength*20/d], 0, 0.25, color='gray', ls=':')
    bx.set_ylim(-10, 10)
    plt.show()

interact(ripple, d=FloatSlider(value=4, min=0.5, max=10, step=0.5), wavelength=(0.5, 4, 0.1),
         dphi=(0, 6.28, 0.157), t=(0, 6.28, 0.157));
