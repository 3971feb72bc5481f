"""Analytical chemistry: titration of a weak acid with NaOH, pH by solving the charge balance."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Dropdown, FloatSlider

from livefig import iterate, live

OTHER = "bisection instead of brentq"

Kw = 1e-14
indicators = {
    "none": None,
    "methyl orange": (3.1, 4.4, "orange"),
    "bromothymol blue": (6.0, 7.6, "green"),
    "phenolphthalein": (8.2, 10.0, "magenta"),
}


def pH_at(Vb, Ca, Va, Cb, Ka):
    def balance(pH):
        h = 10.0 ** (-pH)
        na = Cb * Vb / (Va + Vb)
        ac = Ca * Va / (Va + Vb) * Ka / (Ka + h)
        return na + h - Kw / h - ac

    def halve(ends):
        middle = (ends[0] + ends[1]) / 2
        return np.where(balance(middle) > 0, np.stack([middle, ends[1]]), np.stack([ends[0], middle]))

    return np.mean(iterate(halve, np.stack([0 * Vb - 1, 0 * Vb + 15]), 50)[-1], axis=0)


fig = plt.figure(figsize=(8, 5))
vols = np.linspace(0, 50, 200)
(curve,) = plt.plot([], [], "b")
(point,) = plt.plot([], [], "ro")
across = plt.hlines(7, 0, 10, linestyles=":")
down = plt.vlines(10, 0, 7, linestyles=":")
equal = plt.axvline(25, color="gray", ls="--")
(half,) = plt.plot([], [], "ks")
note = plt.annotate(
    "half-equivalence: pH = pKa",
    (12, 5),
    xytext=(-40, -40),
    textcoords="offset points",
    arrowprops={"arrowstyle": "->"},
)
spans = {name: plt.axhspan(i[0], i[1], color=i[2], alpha=0.2) for name, i in indicators.items() if i}
plt.xlim(0, 50)
plt.ylim(0, 14)
plt.xlabel("mL NaOH")
plt.ylabel("pH")
plt.title("V = {V:.1f} mL, pH = {p:.2f}")


def titration(pKa, Ca, Cb, indicator, V):
    Va = 25.0
    Ka = 10 ** (-pKa)
    vols = np.linspace(0, 50, 200)
    pH = pH_at(vols, Ca, Va, Cb, Ka)
    Veq = Ca * Va / Cb
    p = pH_at(V, Ca, Va, Cb, Ka)
    inside = np.where(Veq < 50, 1, np.nan)
    return {
        curve: np.column_stack([vols, pH]),
        point: np.array([[V, p]]),
        across: np.array([[p, 0, V]]),
        down: np.array([[V, 0, p]]),
        equal: inside * Veq,
        half: np.array([[inside * Veq / 2, pH_at(Veq / 2, Ca, Va, Cb, Ka)]]),
        note: np.stack([inside * Veq / 2, pKa]),
        **{spans[name]: name == indicator for name in spans},
        "p": p,
    }


live(
    fig,
    titration,
    pKa=FloatSlider(value=4.76, min=0, max=10, step=0.1),
    Ca=(0.02, 0.2, 0.01),
    Cb=(0.05, 0.2, 0.01),
    indicator=Dropdown(options=list(indicators)),
    V=FloatSlider(min=0, max=50, step=0.5, value=10),
)
