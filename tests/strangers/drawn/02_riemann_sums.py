# MATH 101 Calculus - Riemann sums (left / right / midpoint) of f on [a,b]
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from livefig import interactive
from scipy.integrate import quad

funcs = {'x^2': lambda x: x**2,
         'sin(x)': np.sin,
         'exp(-x^2)': lambda x: np.exp(-x**2)}

def riemann(name='x^2', n=8, rule='left', ab=(0, 3)):
    f = funcs[name]
    a, b = ab
    if a == b:
        b = a + 1
    dx = (b - a)/n
    xl = a + dx*np.arange(n)
    if rule == 'left':
        xs = xl
    elif rule == 'right':
        xs = xl + dx
    else:
        xs = xl + dx/2
    S = np.sum(f(xs))*dx
    I, err = quad(f, a, b)
    fig, ax = plt.subplots(figsize=(8, 4.5))
    X = np.linspace(-2.2, 4.2, 500)
    ax.plot(X, f(X), color='navy')
    ax.bar(xl, f(xs), width=dx, align='edge', alpha=0.3, color='orange', edgecolor='k')
    ax.plot(xs, f(xs), 'r.', ms=8)
    ax.set_title(f"{rule} sum with n={n}: {S:.5f}   integral: {I:.5f}   error: {abs(S-I):.2e}")
    ax.axhline(0, color='black', linewidth=.7)
    plt.show()

w = interactive(riemann,
        name=list(funcs.keys()),
        n=widgets.IntSlider(value=8, min=1, max=50, step=7),
        rule=['left', 'right', 'midpoint'],
        ab=widgets.IntRangeSlider(value=(0, 3), min=-2, max=4, description='[a, b]'))
w.children[-1].layout.height = '380px'
from IPython.display import display
display(w)
