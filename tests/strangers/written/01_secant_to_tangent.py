"""Calculus I - the secant line becomes the tangent line when h goes to 0."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider

def f(x):
    return 0.3*x**3 - x**2 + 2

def secant(a=1.0, h=1.5):
    x = np.linspace(-2, 4, 400)
    slope = (f(a + h) - f(a)) / h
    true_slope = 0.9*a**2 - 2*a
    plt.figure(figsize=(7, 5))
    plt.plot(x, f(x), 'b', lw=2, label='$f(x)$')
    plt.plot(x, f(a) + slope*(x - a), 'r--', label=f'secant, slope = {slope:.3f}')
    plt.plot(x, f(a) + true_slope*(x - a), 'g:', label=f'tangent, slope = {true_slope:.3f}')
    plt.plot([a, a + h], [f(a), f(a + h)], 'ko')
    plt.vlines([a, a + h], 0, [f(a), f(a + h)], colors='gray', linestyles='dotted')
    plt.axhline(0, color='k', lw=0.5)
    plt.ylim(-3, 6)
    plt.xlim(-2, 4)
    plt.title(f'a = {a:.2f}, h = {h:.2f}')
    plt.legend(loc='upper left')
    plt.grid(True)
    plt.show()

interact(secant, a=FloatSlider(min=-1, max=2, step=0.1, value=1),
         h=FloatSlider(min=0.01, max=2, step=0.01, value=1.5));
