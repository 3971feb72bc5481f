"""Physics II, waves: superposition of two travelling waves. line.set_ydata version."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

x = np.linspace(0, 10, 500)
fig, ax = plt.subplots(3, 1, sharex=True, figsize=(8, 6))
(l1,) = ax[0].plot(x, np.sin(x), "b")
(l2,) = ax[1].plot(x, np.sin(x), "g")
(l3,) = ax[2].plot(x, 2 * np.sin(x), "r", lw=2)
for a in ax:
    a.set_ylim(-2.2, 2.2)
    a.grid(True)
ax[0].set_ylabel("$y_1$")
ax[1].set_ylabel("$y_2$")
ax[2].set_ylabel("$y_1+y_2$")
ax[2].set_xlabel("x (m)")
ax[0].set_title("t = {t:.2f} s")


def update(t=0.0, k1=2.0, k2=2.0, A2=1.0, opposite=True):
    y1 = np.sin(k1 * x - 2 * t)
    sign = 1 if opposite else -1
    y2 = A2 * np.sin(k2 * x + sign * 2 * t)
    return {
        l1: np.column_stack([x, y1]),
        l2: np.column_stack([x, y2]),
        l3: np.column_stack([x, y1 + y2]),
    }


live(fig, update, t=(0, 6.3, 0.05), k1=(0.5, 5, 0.1), k2=(0.5, 5, 0.1), A2=(0, 1.2, 0.1), opposite=True)
