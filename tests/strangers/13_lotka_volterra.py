"""Mathematical biology: predator-prey cycles; streamplot of the field with the trajectory."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import iterate, live

OTHER = "Runge-Kutta steps instead of solve_ivp, arrows instead of streamlines"

fig, (a, b) = plt.subplots(1, 2, figsize=(13, 5))
(rabbits,) = a.plot([0, 40], [0, 12], "C2", label="rabbits")
(foxes,) = a.plot([], [], "C3", label="foxes")
a.set_xlabel("time")
a.set_ylabel("population")
a.set_ylim(0, 30)
a.legend()
X, Y = np.meshgrid(np.linspace(0.01, 12, 25), np.linspace(0.01, 8, 25))
field = b.quiver(X, Y, X, Y, color="lightgray", angles="xy", scale_units="xy", scale=1)
(orbit,) = b.plot([], [], "k")
(fixed,) = b.plot([], [], "r*", ms=12)
upright = b.axvline(3, color="C3", ls=":")
level = b.axhline(2, color="C2", ls=":")
b.set_xlim(0, 12)
b.set_ylim(0, 8)
b.set_title("fixed point ({p:.2f}, {q:.2f})")


def lv(alpha=1.0, beta=0.5, delta=0.2, gamma=0.6, show_field=True):
    def f(t, z):
        x, y = z
        return [alpha * x - beta * x * y, delta * x * y - gamma * y]

    def step(z):
        h = 40 / 1499 / 2
        for _ in range(2):
            k1 = np.stack(f(0, z))
            k2 = np.stack(f(0, z + h / 2 * k1))
            k3 = np.stack(f(0, z + h / 2 * k2))
            k4 = np.stack(f(0, z + h * k3))
            z = z + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return z

    t = np.linspace(0, 40, 1500)
    y = iterate(step, [4, 2], 1499)
    U, V = alpha * X - beta * X * Y, delta * X * Y - gamma * Y
    L = np.hypot(U, V) / 0.3
    result = {
        rabbits: np.column_stack([t, y[:, 0]]),
        foxes: np.column_stack([t, y[:, 1]]),
        orbit: y,
        fixed: np.array([[gamma / delta, alpha / beta]]),
        upright: gamma / delta,
        level: alpha / beta,
        "p": gamma / delta,
        "q": alpha / beta,
    }
    if show_field:
        result[field] = np.column_stack([X.ravel(), Y.ravel(), (U / L).ravel(), (V / L).ravel()])
    return result


live(
    fig,
    lv,
    alpha=(0.2, 2, 0.1),
    beta=(0.1, 1, 0.05),
    delta=(0.05, 0.6, 0.05),
    gamma=(0.1, 1.5, 0.1),
    show_field=True,
)
