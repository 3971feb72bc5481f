"""Principles of microeconomics: supply & demand with a per-unit tax, surplus and deadweight loss."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider
from matplotlib.patches import Polygon, Rectangle

from livefig import live

q = np.linspace(0, 100, 200)
fig, ax = plt.subplots(figsize=(8, 6))
(demand,) = ax.plot([], [], label="Demand")
(supply,) = ax.plot([], [], label="Supply")
(taxed,) = ax.plot([], [], "--", color="C1", label="Supply + tax")
revenue = ax.add_patch(Rectangle((0, 0), 1, 1, alpha=0.2, color="gray"))
loss = ax.add_patch(Polygon([(0, 0), (0, 1), (1, 1)], color="red", alpha=0.4))
buyers = ax.fill_between([0, 1], [1, 1], [0, 0], color="C0", alpha=0.15)
sellers = ax.fill_between([0, 1], [1, 1], [0, 0], color="C1", alpha=0.15)
(point,) = ax.plot([], [], "ko")
note = ax.annotate("E ({q0:.1f}, {p0:.1f})", (0, 0), xytext=(10, 10), textcoords="offset points")
ax.set(xlim=(0, 100), ylim=(0, 120), xlabel="Quantity", ylabel="Price")
ax.set_title("Buyers pay {pb:.1f}, sellers get {ps:.1f}, revenue {R:.0f}, DWL {DWL:.1f}")
ax.legend(loc="upper right")


def market(a=100, b=1.0, c=10, d=0.8, tax=20):
    q = np.linspace(0, 100, 200)
    q0 = (a - c) / (b + d)
    p0 = a - b * q0
    qt = np.maximum((a - c - tax) / (b + d), 0)
    pb = a - b * qt
    ps = c + d * qt
    return {
        demand: np.column_stack([q, a - b * q]),
        supply: np.column_stack([q, c + d * q]),
        taxed: np.column_stack([q, np.where(tax > 0, c + tax + d * q, np.nan)]),
        revenue: np.stack([0, ps, qt, pb - ps]),
        loss: np.array([[qt, pb], [qt, ps], [q0, p0]]),
        buyers: np.array([[0, a, pb], [qt, pb, pb]]),
        sellers: np.array([[0, ps, c], [qt, ps, ps]]),
        point: np.array([[q0, p0]]),
        note: np.stack([q0, p0]),
        "q0": q0,
        "p0": p0,
        "pb": pb,
        "ps": ps,
        "R": tax * qt,
        "DWL": 0.5 * tax * (q0 - qt),
    }


live(
    fig,
    market,
    a=(60, 120, 5),
    b=(0.5, 2, 0.1),
    c=(0, 40, 5),
    d=(0.2, 2, 0.1),
    tax=FloatSlider(min=0, max=50, step=1, value=20),
)
