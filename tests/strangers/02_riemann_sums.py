# MATH 101 Calculus - Riemann sums (left / right / midpoint) of f on [a,b]
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

funcs = {"x^2": lambda x: x**2, "sin(x)": np.sin, "exp(-x^2)": lambda x: np.exp(-(x**2))}

fig, ax = plt.subplots(figsize=(8, 4.5))
X = np.linspace(-2.2, 4.2, 500)
(graph,) = ax.plot(X, funcs["x^2"](X), color="navy")
bars = ax.fill_between([0, 3], 0, [0, 9], alpha=0.3, color="orange", edgecolor="k")
(tops,) = ax.plot([], [], "r.", ms=8)
ax.set_title("{rule} sum with n={n}: {S:.5f}   integral: {I:.5f}   error: {error:.2e}")
ax.axhline(0, color="black", linewidth=0.7)


def riemann(name="x^2", n=8, rule="left", ab=(0, 3)):
    f = funcs[name]
    a, b = ab
    b = np.where(a == b, a + 1, b)
    dx = (b - a) / n
    xl = a + dx * np.where(np.arange(100) < n, np.arange(100), np.nan)
    if rule == "left":
        xs = xl
    elif rule == "right":
        xs = xl + dx
    else:
        xs = xl + dx / 2
    S = np.nansum(f(xs)) * dx
    t, w = np.polynomial.legendre.leggauss(40)
    I = (b - a) / 2 * np.sum(w * f((a + b) / 2 + (b - a) / 2 * t))
    return {
        graph: np.column_stack([X, f(X)]),
        bars: np.stack([[xl, 0 * xl, 0 * xl], [xl, 0 * xl, f(xs)], [xl + dx, 0 * xl, f(xs)], [xl + dx, 0 * xl, 0 * xl]])
        .transpose(2, 0, 1)
        .reshape(-1, 3),
        tops: np.column_stack([xs, f(xs)]),
        "S": S,
        "I": I,
        "error": abs(S - I),
    }


live(
    fig,
    riemann,
    name=list(funcs.keys()),
    n=widgets.IntSlider(value=8, min=1, max=100),
    rule=["left", "right", "midpoint"],
    ab=widgets.IntRangeSlider(value=(0, 3), min=-2, max=4, description="[a, b]"),
)
