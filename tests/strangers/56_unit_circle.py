# Trigonometrie (Gymnasium): Einheitskreis und Sinus-/Kosinuskurve, durch einen Schieber verbunden
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Wedge

from livefig import live

grad = widgets.IntSlider(value=40, min=0, max=360, step=1, description="Winkel °")

fig, ax = plt.subplots(figsize=(4.5, 4.5))
ax.add_patch(plt.Circle((0, 0), 1, fill=False))
wedge = ax.add_patch(Wedge((0, 0), 0.25, 0, 40, color="gold", alpha=0.6))
(radius,) = ax.plot([], [], "k")
(sine,) = ax.plot([], [], "r", lw=3)
(cosine,) = ax.plot([], [], "b", lw=3)
(tangent,) = ax.plot([], [], "g", lw=2)
(point,) = ax.plot([], [], "ko")
ax.set_xlim(-1.5, 1.5)
ax.set_ylim(-1.5, 1.5)
ax.set_aspect("equal")
ax.grid(alpha=0.3)
ax.set_title("sin = {sin:.3f}   cos = {cos:.3f}")


def kreis(w):
    a = np.radians(w)
    return {
        wedge: np.stack([0, 0, 0.25, 0, w]),
        radius: np.array([[0, 0], [np.cos(a), np.sin(a)]]),
        sine: np.array([[np.cos(a), 0], [np.cos(a), np.sin(a)]]),
        cosine: np.array([[0, 0], [np.cos(a), 0]]),
        tangent: np.where(abs(np.cos(a)) > 0.05, np.array([[1, 0], [1, np.tan(a)]]), np.nan),
        point: np.array([[np.cos(a), np.sin(a)]]),
        "sin": np.sin(a),
        "cos": np.cos(a),
    }


x = np.arange(0, 361)
fig2 = plt.figure(figsize=(7, 3))
plt.plot(x, np.sin(np.radians(x)), "r", x, np.cos(np.radians(x)), "b", alpha=0.4)
(sines,) = plt.plot([], [], "r", lw=2)
(cosines,) = plt.plot([], [], "b", lw=2)
drop = plt.vlines(40, 0, 0.6, color="r")
plt.xticks(range(0, 361, 45))
plt.xlim(0, 360)
plt.ylim(-1.2, 1.2)
plt.title("{w}° = {pis:.3f} π")


def kurve(w):
    x = np.arange(0, 361)
    return {
        sines: np.column_stack([x, np.where(x <= w, np.sin(np.radians(x)), np.nan)]),
        cosines: np.column_stack([x, np.where(x <= w, np.cos(np.radians(x)), np.nan)]),
        drop: np.array([[w, 0, np.sin(np.radians(w))]]),
        "pis": w / 180,
    }


live(fig, kreis, w=grad)
live(fig2, kurve, w=grad)
