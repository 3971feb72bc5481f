"""Calculus I - the secant line becomes the tangent line when h goes to 0."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import live


def f(x):
    return 0.3 * x**3 - x**2 + 2


x = np.linspace(-2, 4, 400)
fig = plt.figure(figsize=(7, 5))
plt.plot(x, f(x), "b", lw=2, label="$f(x)$")
(secant_line,) = plt.plot([], [], "r--", label="secant, slope = {slope:.3f}")
(tangent_line,) = plt.plot([], [], "g:", label="tangent, slope = {true_slope:.3f}")
(points,) = plt.plot([], [], "ko")
drops = plt.vlines([1, 2.5], 0, [1, 1], colors="gray", linestyles="dotted")
plt.axhline(0, color="k", lw=0.5)
plt.ylim(-3, 6)
plt.xlim(-2, 4)
plt.title("a = {a:.2f}, h = {h:.2f}")
plt.legend(loc="upper left")
plt.grid(True)


def secant(a=1.0, h=1.5):
    slope = (f(a + h) - f(a)) / h
    true_slope = 0.9 * a**2 - 2 * a
    return {
        secant_line: np.column_stack([x, f(a) + slope * (x - a)]),
        tangent_line: np.column_stack([x, f(a) + true_slope * (x - a)]),
        points: np.array([[a, f(a)], [a + h, f(a + h)]]),
        drops: np.array([[a, 0, f(a)], [a + h, 0, f(a + h)]]),
        "slope": slope,
        "true_slope": true_slope,
    }


live(
    fig,
    secant,
    a=FloatSlider(min=-1, max=2, step=0.1, value=1),
    h=FloatSlider(min=0.01, max=2, step=0.01, value=1.5),
)
