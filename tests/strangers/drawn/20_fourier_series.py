"""Signals and systems: partial Fourier sums of square / sawtooth / triangle, Gibbs overshoot."""
import numpy as np
import matplotlib.pyplot as plt
from scipy import signal
from ipywidgets import IntSlider, Dropdown
from livefig import interactive
from IPython.display import display
# %matplotlib widget

t = np.linspace(-np.pi, 3*np.pi, 240)
wave = Dropdown(options=['square', 'sawtooth', 'triangle'], value='square', description='wave')
harmonics = IntSlider(min=1, max=40, value=5, description='harmonics')

fig, ax = plt.subplots(2, 1, figsize=(9, 6))
target, = ax[0].plot(t, 0*t, 'k', lw=1)
approx, = ax[0].plot(t, 0*t, 'r')
ax[0].set_ylim(-1.5, 1.5)
dots, = ax[1].plot([], [], 'bo')
ax[1].set_xlim(0, 41)
ax[1].set_ylim(0, 1.4)
ax[1].set_xlabel('harmonic n'); ax[1].set_ylabel('$|b_n|$')
fig.tight_layout()

def bn(kind, n):
    if kind == 'square':
        return 4/(np.pi*n) if n % 2 else 0
    if kind == 'sawtooth':
        return 2*(-1)**(n + 1)/(np.pi*n)
    return 8/np.pi**2*(-1)**((n - 1)//2)/n**2 if n % 2 else 0

def refresh(kind, N):
    if kind == 'square':
        target.set_ydata(signal.square(t))
    elif kind == 'sawtooth':
        target.set_ydata(signal.sawtooth(t + np.pi))
    else:
        target.set_ydata(signal.sawtooth(t + np.pi/2, width=0.5))
    b = [bn(kind, n) for n in range(1, N + 1)]
    s = sum(b[n-1]*np.sin(n*t) for n in range(1, N + 1))
    approx.set_ydata(s)
    dots.set_data(range(1, N + 1), np.abs(b))
    ax[0].set_title(f'{kind}: {N} harmonics, max = {s.max():.3f}')
    fig.canvas.draw_idle()

display(interactive(refresh, kind=wave, N=harmonics))
