"""Intro to ODEs: Euler's method step by step on y' = -2ty, effect of the step size."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Dropdown, IntSlider

from livefig import live


def f(t, y):
    return -2 * t * y


T = 2.0
tt = np.linspace(0, T, 300)
fig = plt.figure()
plt.plot(tt, np.exp(-(tt**2)), "k-", label="exact")
(steps,) = plt.plot([], [], "ro-", label="{method}, h={h:.3f}")
errors = plt.vlines([0, 1], [0, 0], [1, 1], color="b", lw=1)
plt.xlabel("t")
plt.ylabel("y")
plt.ylim(-0.5, 1.3)
plt.legend()
plt.title("max error {worst:.4f}")


def euler_demo(n, method):
    T = 2.0
    h = T / n
    t = np.linspace(0, T, n + 1)
    y = np.empty(n + 1)
    y[0] = 1
    for i in range(n):
        if method == "Euler":
            y[i + 1] = y[i] + h * f(t[i], y[i])
        elif method == "Heun":
            k1 = f(t[i], y[i])
            k2 = f(t[i] + h, y[i] + h * k1)
            y[i + 1] = y[i] + h * (k1 + k2) / 2
        else:
            k1 = f(t[i], y[i])
            y[i + 1] = y[i] + h * f(t[i] + h / 2, y[i] + h / 2 * k1)
    exact = np.exp(-(t**2))
    return {
        steps: np.column_stack([t, y]),
        errors: np.column_stack([t, y, exact]),
        "h": h,
        "worst": np.abs(y - exact).max(),
    }


live(
    fig,
    euler_demo,
    n=IntSlider(value=6, min=2, max=60),
    method=Dropdown(options=["Euler", "Heun", "midpoint"], value="Euler"),
)
