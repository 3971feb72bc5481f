"""Intro to ML: logistic regression by hand - weights as sliders, probability map and cross entropy."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider

np.random.seed(1)
A = np.random.randn(40, 2) + [1.2, 1]
B = np.random.randn(40, 2) - [1, 1.2]
X = np.r_[A, B]
t = np.r_[np.ones(40), np.zeros(40)]
sigmoid = lambda z: 1/(1 + np.exp(-z))

def boundary(w1=1.0, w2=0.0, b=0.0, threshold=0.5):
    p = sigmoid(X @ np.array([w1, w2]) + b)
    ce = -np.mean(t*np.log(p + 1e-12) + (1 - t)*np.log(1 - p + 1e-12))
    pred = p > threshold
    acc = np.mean(pred == t)
    xx, yy = np.meshgrid(np.linspace(-4, 4, 100), np.linspace(-4, 4, 100))
    P = sigmoid(w1*xx + w2*yy + b)
    fig, ax = plt.subplots(figsize=(7, 6))
    c = ax.pcolormesh(xx, yy, P, cmap='RdBu', vmin=0, vmax=1, shading='auto', alpha=0.6)
    fig.colorbar(c, label='P(class 1)')
    if abs(w1) + abs(w2) > 1e-6:
        ax.contour(xx, yy, P, levels=[threshold], colors='k')
    ax.plot(*A.T, 'b^', markeredgecolor='k')
    ax.plot(*B.T, 'ro', markeredgecolor='k')
    wrong = pred != t
    ax.scatter(X[wrong, 0], X[wrong, 1], s=150, facecolors='none', edgecolors='yellow', linewidths=2)
    ax.arrow(0, 0, w1/2, w2/2, head_width=0.15, color='k')
    ax.set_title(f'cross entropy = {ce:.3f}   accuracy = {acc:.0%}   errors = {wrong.sum()}')
    plt.show()

s = dict(min=-4, max=4, step=0.1)
interact(boundary, w1=FloatSlider(value=1, **s), w2=FloatSlider(value=0, **s), b=FloatSlider(value=0, **s), threshold=(0.05, 0.95, 0.05))
