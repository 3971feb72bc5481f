# Optimisation course: simulated annealing on a bumpy 1-d function; the walk so far and the temperature
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider

from livefig import live

f = lambda x: 0.1 * x**2 + 2 * np.sin(3 * x) * np.cos(x) + 3

fig = plt.figure(figsize=(11, 6))
ax = fig.add_subplot(2, 1, 1)
g = np.linspace(-10, 10, 1000)
ax.plot(g, f(g), "k", lw=1)
walk = ax.scatter([0], [0], c=[0], cmap="plasma", vmin=0, vmax=100, s=15)
(last,) = ax.plot([], [], "bo", ms=10, mfc="none")
(lowest,) = ax.plot([], [], "r*", ms=14)
ax.set_title("best x = {best:.3f}, f = {value:.3f}, accepted {share:.0f}%")
ax = fig.add_subplot(2, 1, 2)
(energy,) = ax.plot([], [], lw=0.8)
ax.set_xlim(0, 100)
ax.set_ylim(0, 12)
ax.set_ylabel("energy")
bx = ax.twinx()
(temperature,) = bx.plot([], [], "r--")
bx.set_ylim(0, 6)
bx.set_ylabel("T", color="r")


def anneal(steps=100, T0=3.0, cooling=0.98, stepsize=0.8, seed=0):
    rng = np.random.default_rng(seed)
    x = np.empty(steps + 1)
    T = np.empty(steps + 1)
    x[0] = -7
    T[0] = T0
    accepted = 0
    for i in range(1, steps + 1):
        T[i] = T[i - 1] * cooling
        c = x[i - 1] + rng.normal(0, stepsize)
        dE = f(c) - f(x[i - 1])
        if abs(c) < 10 and (dE < 0 or rng.random() < np.exp(-dE / T[i])):
            x[i] = c
            accepted += 1
        else:
            x[i] = x[i - 1]
    best = x[np.argmin(f(x))]
    k = np.arange(steps + 1)
    return {
        walk: np.column_stack([x, f(x), k]),
        last: np.array([[x[-1], f(x[-1])]]),
        lowest: np.array([[best, f(best)]]),
        energy: np.column_stack([k, f(x)]),
        temperature: np.column_stack([k, T]),
        "best": best,
        "value": f(best),
        "share": 100 * accepted / max(steps, 1),
    }


live(
    fig,
    anneal,
    steps=IntSlider(min=20, max=100, step=40, value=100, continuous_update=False),
    T0=(1.0, 5.0, 2.0),
    cooling=FloatSlider(min=0.94, max=0.98, step=0.04, value=0.98, readout_format=".3f"),
    stepsize=(0.8, 1.6, 0.8),
    seed=(0, 3),
    stops=("steps", "T0", "cooling", "stepsize", "seed"),
)
