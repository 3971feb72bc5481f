"""Numerical Analysis: Runge phenomenon, equispaced vs Chebyshev nodes, Lagrange interpolation."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

runge = lambda x: 1 / (1 + 25 * x**2)


def lagrange_eval(xn, yn, x):
    p = np.zeros_like(x)
    for i in range(len(xn)):
        L = np.ones_like(x)
        for j in range(len(xn)):
            if j != i:
                L *= (x - xn[j]) / (xn[i] - xn[j])
        p += yn[i] * L
    return p


xx = np.linspace(-1, 1, 121)
fig, (a, b) = plt.subplots(2, 1, figsize=(8, 6), sharex=True, gridspec_kw={"height_ratios": [2, 1]})
a.plot(xx, runge(xx), "k-", label=r"$1/(1+25x^2)$")
(polynomial,) = a.plot(xx, runge(xx), "r-", label="degree {n}")
(nodes,) = a.plot([0], [1], "ro")
a.set_ylim(-1, 2)
a.legend()
(error,) = b.semilogy(xx, xx + 2)
b.set_ylim(1e-6, 1e3)
b.set_ylabel("|error|")
a.set_title("max error = {worst:.3g}")


def draw(n, cheb):
    xx = np.linspace(-1, 1, 121)
    if cheb:
        xn = np.cos((2 * np.arange(n + 1) + 1) * np.pi / (2 * n + 2))
    else:
        xn = np.linspace(-1, 1, n + 1)
    p = lagrange_eval(xn, runge(xn), xx)
    return {
        polynomial: np.column_stack([xx, p]),
        nodes: np.column_stack([xn, runge(xn)]),
        error: np.column_stack([xx, np.abs(p - runge(xx)) + 1e-16]),
        "worst": np.max(np.abs(p - runge(xx))),
    }


n = widgets.IntSlider(value=6, min=1, max=30, description="degree", continuous_update=False)
cheb = widgets.Checkbox(value=False, description="Chebyshev nodes")
live(fig, draw, n=n, cheb=cheb)
