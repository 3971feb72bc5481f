"""Quantum mechanics: infinite square well, energy levels with psi or |psi|^2, and a time-dependent mixture."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider, ToggleButtons

from livefig import live

x = np.linspace(0, 1, 300)
fig, (ax, bx) = plt.subplots(1, 2, figsize=(11, 6))
rules = [ax.hlines(n**2, 0, 1, color="gray", linestyle="--", lw=0.7) for n in range(1, 7)]
waves = [ax.plot(x, x, color=plt.cm.viridis(n / 7))[0] for n in range(1, 7)]
areas = [ax.fill_between(x, x, x + 1, color=plt.cm.viridis(n / 7), alpha=0.3) for n in range(1, 7)]
names = [ax.text(1.03, n**2, f"n={n}") for n in range(1, 7)]
walls = ax.vlines([0, 1], 0, 16, color="k", lw=3)
ax.set_xlim(-0.1, 1.2)
ax.set_ylabel("E / E1")
(real,) = bx.plot([0, 1], [0, 0], "b", lw=0.8, label="Re ψ")
(imaginary,) = bx.plot([], [], "r", lw=0.8, label="Im ψ")
density = bx.fill_between(x, 0 * x, color="k", alpha=0.3, label="|ψ|²")
middle = bx.axvline(0.5, color="g")
bx.set_ylim(-2.5, 4.5)
bx.legend(loc="upper right")
bx.set_title("t = {t:.2f},  <x> = {mean:.3f}")


def well(levels=3, what="ψ", n1=1, n2=2, t=0.0):
    x = np.linspace(0, 1, 300)
    phi = lambda n: np.sqrt(2) * np.sin(n * np.pi * x)
    E = lambda n: n**2
    psi = (phi(n1) * np.exp(-1j * E(n1) * t) + phi(n2) * np.exp(-1j * E(n2) * t)) / np.sqrt(2)
    psi = np.where(n1 == n2, phi(n1) * np.exp(-1j * E(n1) * t), psi)
    prob = np.abs(psi) ** 2
    mean = np.sum(x * prob) / np.sum(prob)
    top = (levels + 1) ** 2
    result = {
        ax: ((-0.1, 1.2), (0, top)),
        walls: np.array([[0, 0, top], [1, 0, top]]),
        real: np.column_stack([x, psi.real]),
        imaginary: np.column_stack([x, psi.imag]),
        density: np.column_stack([x, 0 * x, prob]),
        middle: mean,
        "mean": mean,
    }
    for n in range(1, levels + 1):
        y = phi(n) if what == "ψ" else phi(n) ** 2
        result[rules[n - 1]] = np.array([[E(n), 0, 1]])
        result[waves[n - 1]] = np.column_stack([x, E(n) + 0.6 * y])
        result[areas[n - 1]] = np.column_stack([x, E(n) + 0 * y, E(n) + 0.6 * y])
        result[names[n - 1]] = np.array([1.03, E(n)])
    return result


live(
    fig,
    well,
    levels=IntSlider(min=1, max=6, value=3),
    what=ToggleButtons(options=["ψ", "|ψ|²"]),
    n1=(1, 5),
    n2=(1, 5),
    t=FloatSlider(min=0, max=6.3, step=0.05),
)
