"""Data mining: k-means, iteration by iteration (assignment colours and moving centroids)."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import IntSlider
from livefig import interact

rng = np.random.default_rng(12)
pts = np.vstack([rng.normal(c, 0.7, (60, 2)) for c in [(0, 0), (4, 1), (2, 4), (-2, 3)]])

def kmeans(k=4, iteration=0, seed=1):
    r = np.random.default_rng(seed)
    C = pts[r.choice(len(pts), k, replace=False)]
    history = [C]
    for it in range(iteration):
        d = np.linalg.norm(pts[:, None, :] - C[None, :, :], axis=2)
        lab = d.argmin(axis=1)
        C = np.array([pts[lab == j].mean(axis=0) if np.any(lab == j) else C[j] for j in range(k)])
        history.append(C)
    d = np.linalg.norm(pts[:, None, :] - C[None, :, :], axis=2)
    lab = d.argmin(axis=1)
    inertia = (d.min(axis=1)**2).sum()
    plt.figure(figsize=(7, 6))
    plt.scatter(pts[:, 0], pts[:, 1], c=lab, cmap='tab10', vmin=0, vmax=9, s=20, alpha=0.7)
    H = np.array(history)
    for j in range(k):
        plt.plot(H[:, j, 0], H[:, j, 1], 'k-', lw=1)
    plt.scatter(C[:, 0], C[:, 1], c=range(k), cmap='tab10', vmin=0, vmax=9, marker='X', s=200, edgecolors='k')
    plt.title(f'k = {k}, iteration {iteration}, inertia = {inertia:.1f}')
    plt.axis([-5, 7, -3, 7])
    plt.show()

interact(kmeans, k=IntSlider(min=1, max=8, value=4), iteration=IntSlider(min=0, max=9, step=3, value=0), seed=(0, 1));
