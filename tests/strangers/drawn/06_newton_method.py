# Numerical analysis, lecture 3: Newton's method, the iterates as a staircase of tangents
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, IntSlider
from livefig import interact

f = lambda x: x**3 - 2*x - 5
df = lambda x: 3*x**2 - 2

def newton(x0=3.5, steps=3):
    xs = [x0]
    for i in range(steps):
        xs.append(xs[-1] - f(xs[-1])/df(xs[-1]))

    fig, ax = plt.subplots(1, 2, figsize=(11, 4))
    t = np.linspace(0, 4.5, 300)
    ax[0].plot(t, f(t), 'k')
    ax[0].axhline(0, c='gray')
    for i in range(len(xs) - 1):
        ax[0].plot([xs[i], xs[i]], [0, f(xs[i])], 'b:', lw=1)
        ax[0].plot([xs[i], xs[i+1]], [f(xs[i]), 0], 'r-', lw=1)
        ax[0].text(xs[i], -4, f'$x_{i}$')
    ax[0].plot(xs, np.zeros(len(xs)), 'go')
    ax[0].set_xlim(0, 4.5)
    ax[0].set_ylim(-10, 40)
    ax[0].set_title('x = %.10f' % xs[-1])

    root = 2.0945514815423265
    err = np.abs(np.array(xs) - root) + 1e-17
    ax[1].semilogy(range(len(xs)), err, 'o-')
    ax[1].set_xlabel('iteration')
    ax[1].set_ylabel('error')
    ax[1].set_ylim(1e-17, 10)
    ax[1].set_xlim(-0.5, 8.5)
    ax[1].grid(which='both', alpha=.3)
    plt.show()

interact(newton, x0=FloatSlider(min=1, max=4.4, step=0.1, value=3.5), steps=IntSlider(min=0, max=8, value=3))
