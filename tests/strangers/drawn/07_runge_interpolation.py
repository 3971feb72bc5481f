"""Numerical Analysis: Runge phenomenon, equispaced vs Chebyshev nodes, Lagrange interpolation."""
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from IPython.display import display
from livefig import interactive

runge = lambda x: 1/(1 + 25*x**2)

def lagrange_eval(xn, yn, x):
    p = np.zeros_like(x)
    for i in range(len(xn)):
        L = np.ones_like(x)
        for j in range(len(xn)):
            if j != i:
                L *= (x - xn[j])/(xn[i] - xn[j])
        p += yn[i]*L
    return p

def draw(n, cheb):
    xx = np.linspace(-1, 1, 150)
    if cheb:
        xn = np.cos((2*np.arange(n + 1) + 1)*np.pi/(2*n + 2))
    else:
        xn = np.linspace(-1, 1, n + 1)
    p = lagrange_eval(xn, runge(xn), xx)
    fig, (a, b) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, gridspec_kw={'height_ratios': [2, 1]})
    a.plot(xx, runge(xx), 'k-', label=r'$1/(1+25x^2)$')
    a.plot(xx, p, 'r-', label=f'degree {n}')
    a.plot(xn, runge(xn), 'ro')
    a.set_ylim(-1, 2)
    a.legend()
    b.semilogy(xx, np.abs(p - runge(xx)) + 1e-16)
    b.set_ylim(1e-6, 1e3)
    b.set_ylabel('|error|')
    a.set_title(f'max error = {np.max(np.abs(p - runge(xx))):.3g}')
    plt.show()

n = widgets.IntSlider(value=6, min=1, max=30, description='degree', continuous_update=False)
cheb = widgets.Checkbox(value=False, description='Chebyshev nodes')
display(interactive(draw, n=n, cheb=cheb))
