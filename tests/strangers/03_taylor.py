"""Analysis 1: Taylor polynomials of some elementary functions around 0."""

from math import factorial

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

x = np.linspace(-6, 6, 121)


def taylor_coeffs(func, N):
    c = []
    for k in range(N + 1):
        if func == "exp":
            c.append(1 / factorial(k))
        elif func == "sin":
            c.append(0 if k % 2 == 0 else (-1) ** ((k - 1) // 2) / factorial(k))
        elif func == "cos":
            c.append(0 if k % 2 == 1 else (-1) ** (k // 2) / factorial(k))
        elif func == "ln(1+x)":
            c.append(0 if k == 0 else (-1) ** (k + 1) / k)
    return c


fig = plt.figure(figsize=(8, 5))
(graph,) = plt.plot([], [], "k", lw=2, label="{func}")
(polynomial,) = plt.plot([], [], "r", label="$T_{{N:d}}(x)$")
remainder = plt.fill_between([0, 1], [0, 0], [1, 1], color="red", alpha=0.15, label="remainder")
plt.xlim(-6, 6)
plt.ylim(-4, 4)
plt.grid()
plt.legend()
plt.title("Taylor polynomial of degree {N} of {func}")


def taylor(func="sin", N=3, show_remainder=False):
    if func == "ln(1+x)":
        xs = x[x > -1]
        y = np.log(1 + xs)
    else:
        xs = x
        y = {"exp": np.exp, "sin": np.sin, "cos": np.cos}[func](xs)
    p = np.zeros_like(xs)
    for k, ck in enumerate(taylor_coeffs(func, N)):
        p = p + ck * xs**k
    result = {graph: np.column_stack([xs, y]), polynomial: np.column_stack([xs, p])}
    if show_remainder:
        result[remainder] = np.column_stack([xs, y, p])
    return result


live(fig, taylor, func=["exp", "sin", "cos", "ln(1+x)"], N=(0, 15), show_remainder=False)
