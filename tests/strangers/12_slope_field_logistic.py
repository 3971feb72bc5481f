# Differential equations (MA 231) slope field of logistic growth with harvesting + one solution by RK4
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

T, Y = np.meshgrid(np.arange(0, 10.5, 0.5), np.arange(0, 16, 0.75))
fig = plt.figure(figsize=(8, 5))
field = plt.quiver(
    T, Y, np.ones_like(T), 0 * Y, color="gray", headwidth=1, headlength=0, headaxislength=0, pivot="mid", scale=25
)
(solution,) = plt.plot([], [], "b", lw=2)
stable = plt.axhline(9, color="green", linestyle="--")
unstable = plt.axhline(1, color="red", linestyle="--")
title = dict(transform=plt.gca().transAxes, ha="center", fontsize="large")
found = plt.text(0.5, 1.02, "equilibria: {ym:.2f} (unstable), {yp:.2f} (stable)", **title)
none = plt.text(0.5, 1.02, "no equilibrium: extinction", **title)
plt.xlim(0, 10)
plt.ylim(0, 15)
plt.xlabel("t")
plt.ylabel("population")


def slope_field(r=1.0, K=10, h=0.0, y0=2.0):
    F = lambda y: r * y * (1 - y / K) - h
    T, Y = np.meshgrid(np.arange(0, 10.5, 0.5), np.arange(0, 16, 0.75))
    U = np.ones_like(T)
    V = F(Y)
    L = np.sqrt(U**2 + V**2)

    dt = 0.05
    t = np.arange(0, 10 + dt, dt)
    y = np.zeros(len(t)) + 0 * y0
    y[0] = y0
    for i in range(1, len(t)):
        k1 = F(y[i - 1])
        k2 = F(y[i - 1] + dt * k1 / 2)
        k3 = F(y[i - 1] + dt * k2 / 2)
        k4 = F(y[i - 1] + dt * k3)
        y[i] = y[i - 1] + dt * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        y[i] = np.maximum(y[i], 0)
    disc = 1 - 4 * h / (r * K)
    yp = K / 2 * (1 + np.sqrt(disc))
    ym = K / 2 * (1 - np.sqrt(disc))
    return {
        field: np.column_stack([T.ravel(), Y.ravel(), (U / L).ravel(), (V / L).ravel()]),
        solution: np.column_stack([t, y]),
        stable: yp,
        unstable: ym,
        found: disc >= 0,
        none: disc < 0,
        "ym": ym,
        "yp": yp,
    }


live(fig, slope_field, r=(0.1, 2.0, 0.1), K=(2, 15), h=(0, 5, 0.1), y0=(0.0, 15.0, 0.25))
