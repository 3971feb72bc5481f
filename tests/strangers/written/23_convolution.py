"""Linear systems: graphical convolution, flip and slide a box over an exponential."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider

dt = 0.01
tau = np.arange(-4, 8, dt)
u = lambda t: (t >= 0).astype(float)
fig, (ax1, ax2) = plt.subplots(2, 1, figsize=(8, 7))

def conv(t=1.0, a=1.0, width=2.0):
    x = u(tau) - u(tau - width)
    h_flipped = np.exp(-a*(t - tau))*u(t - tau)
    prod = x*h_flipped
    y = np.convolve(x, np.exp(-a*tau)*u(tau))*dt
    ty = 2*tau[0] + np.arange(len(y))*dt
    yt = np.sum(prod)*dt
    for ax in (ax1, ax2):
        ax.clear()
    ax1.plot(tau, x, 'b', label=r'$x(\tau)$')
    ax1.plot(tau, np.minimum(h_flipped, 3), 'g', label=r'$h(t-\tau)$')
    ax1.fill_between(tau, 0, prod, color='orange', alpha=0.5)
    ax1.axvline(t, color='k', ls=':')
    ax1.set_xlim(-4, 8); ax1.set_ylim(-0.2, 1.5)
    ax1.legend(); ax1.set_xlabel(r'$\tau$')
    m = ty <= t
    ax2.plot(ty, y, color='0.8')
    ax2.plot(ty[m], y[m], 'r')
    ax2.plot(t, yt, 'ro')
    ax2.set_xlim(-4, 8); ax2.set_ylim(-0.2, 2.2)
    ax2.set_title(f'y({t:.2f}) = area = {yt:.3f}')
    fig.canvas.draw_idle()

interact(conv, t=FloatSlider(min=-2, max=7, step=0.1, value=1), a=(0.2, 3, 0.1), width=(0.5, 4, 0.25))
