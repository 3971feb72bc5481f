"""Control systems: Nyquist plot with gain margin, for third-order lag with delay."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

fig = plt.figure(figsize=(6, 6))
ax = plt.gca()
(curve,) = plt.plot([], [], "b", label="$L(j\\omega)$")
(image,) = plt.plot([], [], "b--", lw=0.7)
th = np.linspace(0, 2 * np.pi, 200)
plt.plot(np.cos(th), np.sin(th), "k:", lw=0.8)
plt.plot(-1, 0, "r+", ms=14, mew=2)
(crossing,) = plt.plot([], [], "go")
title = dict(transform=ax.transAxes, ha="center", fontsize="large")
stable = plt.text(0.5, 1.02, "K = {K:.1f}: gain margin {gm:.2f} at ω = {at:.2f}", **title)
unstable = plt.text(0.5, 1.02, "K = {K:.1f}: gain margin {gm:.2f} at ω = {at:.2f}  → unstable", **title)
arrow = plt.annotate("", xy=(1, 1), xytext=(0, 0), arrowprops=dict(arrowstyle="->", color="b"))
plt.xlim(-4, 10)
plt.ylim(-7, 7)
plt.axhline(0, c="gray", lw=0.5)
plt.axvline(0, c="gray", lw=0.5)
plt.legend()
plt.gca().set_aspect("equal")


def nyquist(K=4.0, T=1.0, delay=0.0, mirror=True):
    w = np.logspace(-2, 2, 3000)
    s = 1j * w
    L = K * np.exp(-s * delay) / (T * s + 1) ** 3
    i = np.argmax((L.imag[:-1] < 0) & (L.imag[1:] >= 0)) == np.arange(len(w))
    x = np.sum(np.where(i, L.real, 0))
    gm = -1 / x
    mid = len(w) // 3
    result = {
        curve: np.column_stack([L.real, L.imag]),
        crossing: np.array([[x, 0]]),
        stable: gm > 1,
        unstable: gm <= 1,
        arrow: np.array([L.real[mid + 20], L.imag[mid + 20], L.real[mid], L.imag[mid]]),
        "gm": gm,
        "at": np.sum(np.where(i, w, 0)),
    }
    if mirror:
        result[image] = np.column_stack([L.real, -L.imag])
    return result


live(fig, nyquist, K=(0.5, 12, 0.1), T=(0.2, 3, 0.1), delay=(0.0, 2.0, 0.1), mirror=True)
