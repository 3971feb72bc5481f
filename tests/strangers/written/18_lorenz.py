"""Dynamical systems: sensitivity to initial conditions in the Lorenz system (3D + divergence on log axis)."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.integrate import odeint
from ipywidgets import interact, FloatSlider, IntSlider

def lorenz(s, t, sigma, rho, beta):
    x, y, z = s
    return sigma*(y - x), x*(rho - z) - y, x*y - beta*z

t = np.arange(0, 40, 0.01)

@interact(rho=FloatSlider(value=28, min=1, max=60, step=0.5, continuous_update=False),
          logeps=IntSlider(value=-4, min=-9, max=-1, description='log10 ε', continuous_update=False),
          tmax=FloatSlider(value=25, min=1, max=40, step=1))
def plot_lorenz(rho=28.0, logeps=-4, tmax=25.0, sigma=10.0):
    eps = 10.0**logeps
    a = odeint(lorenz, (1, 1, 1), t, args=(sigma, rho, 8/3))
    b = odeint(lorenz, (1 + eps, 1, 1), t, args=(sigma, rho, 8/3))
    n = int(tmax/0.01)
    fig = plt.figure(figsize=(13, 5))
    ax = fig.add_subplot(1, 2, 1, projection='3d')
    ax.plot(a[:n, 0], a[:n, 1], a[:n, 2], lw=.5)
    ax.plot(b[:n, 0], b[:n, 1], b[:n, 2], lw=.5, color='r')
    ax.scatter(*a[n-1], color='b')
    ax.scatter(*b[n-1], color='r')
    ax.set_title(r'$\rho$ = %g' % rho)
    ax2 = fig.add_subplot(1, 2, 2)
    d = np.sqrt(((a - b)**2).sum(axis=1))
    ax2.semilogy(t[:n], d[:n] + 1e-12)
    ax2.set_ylim(1e-10, 1e2)
    ax2.set_xlim(0, 40)
    ax2.set_xlabel('t'); ax2.set_ylabel('distance')
    plt.show()
