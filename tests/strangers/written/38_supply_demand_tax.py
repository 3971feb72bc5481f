"""Principles of microeconomics: supply & demand with a per-unit tax, surplus and deadweight loss."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider
from matplotlib.patches import Polygon, Rectangle

def market(a=100, b=1.0, c=10, d=0.8, tax=20):
    q = np.linspace(0, 100, 200)
    q0 = (a - c)/(b + d)
    p0 = a - b*q0
    qt = max((a - c - tax)/(b + d), 0)
    pb = a - b*qt
    ps = c + d*qt
    fig, ax = plt.subplots(figsize=(8, 6))
    ax.plot(q, a - b*q, label='Demand')
    ax.plot(q, c + d*q, label='Supply')
    if tax > 0:
        ax.plot(q, c + tax + d*q, '--', color='C1', label='Supply + tax')
        ax.add_patch(Rectangle((0, ps), qt, pb - ps, alpha=0.2, color='gray'))
        ax.add_patch(Polygon([(qt, pb), (qt, ps), (q0, p0)], color='red', alpha=0.4))
    ax.fill_between([0, qt], [a, pb], [pb, pb], color='C0', alpha=0.15)
    ax.fill_between([0, qt], [ps, ps], [c, ps], color='C1', alpha=0.15)
    ax.plot(q0, p0, 'ko')
    ax.annotate(f'E ({q0:.1f}, {p0:.1f})', (q0, p0), xytext=(10, 10), textcoords='offset points')
    ax.set(xlim=(0, 100), ylim=(0, 120), xlabel='Quantity', ylabel='Price')
    ax.set_title(f'Buyers pay {pb:.1f}, sellers get {ps:.1f}, revenue {tax*qt:.0f}, DWL {0.5*tax*(q0 - qt):.1f}')
    ax.legend(loc='upper right')
    plt.show()

interact(market, a=(60, 120, 5), b=(0.5, 2, 0.1), c=(0, 40, 5), d=(0.2, 2, 0.1), tax=FloatSlider(min=0, max=50, step=1, value=20))
