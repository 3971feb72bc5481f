# Optimisation course: simulated annealing on a bumpy 1-d function; the walk so far and the temperature
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import fixed, IntSlider, FloatSlider
from livefig import interactive
from IPython.display import display

f = lambda x: 0.1*x**2 + 2*np.sin(3*x)*np.cos(x) + 3

def anneal(steps=100, T0=3.0, cooling=0.98, stepsize=0.8, seed=0):
    rng = np.random.default_rng(seed)
    x = np.empty(steps + 1); T = np.empty(steps + 1)
    x[0] = -7; T[0] = T0
    accepted = 0
    for i in range(1, steps + 1):
        T[i] = T[i-1]*cooling
        c = x[i-1] + rng.normal(0, stepsize)
        dE = f(c) - f(x[i-1])
        if abs(c) < 10 and (dE < 0 or rng.random() < np.exp(-dE/T[i])):
            x[i] = c
            accepted += 1
        else:
            x[i] = x[i-1]
    best = x[np.argmin(f(x))]
    fig = plt.figure(figsize=(11, 6))
    ax = fig.add_subplot(2, 1, 1)
    g = np.linspace(-10, 10, 1000)
    ax.plot(g, f(g), 'k', lw=1)
    ax.scatter(x, f(x), c=np.arange(steps + 1), cmap='plasma', s=15, vmin=0, vmax=300)
    ax.plot(x[-1], f(x[-1]), 'bo', ms=10, mfc='none')
    ax.plot(best, f(best), 'r*', ms=14)
    ax.set_title(f'best x = {best:.3f}, f = {f(best):.3f}, accepted {100*accepted/max(steps,1):.0f}%')
    ax = fig.add_subplot(2, 1, 2)
    ax.plot(f(x), lw=.8)
    ax.set_ylabel('energy')
    bx = ax.twinx()
    bx.plot(T, 'r--'); bx.set_ylim(0, 6); bx.set_ylabel('T', color='r')
    plt.show()

ui = interactive(anneal, steps=IntSlider(min=100, max=300, step=100, value=100, continuous_update=False), T0=[0.1, 3.0, 6.0], stops=('steps', 'cooling'),
                 cooling=FloatSlider(min=0.9, max=1.0, step=0.04, value=0.98, readout_format='.3f'), stepsize=[0.2, 0.8, 3.0], seed=fixed(0))
display(ui)
