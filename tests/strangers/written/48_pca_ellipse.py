"""Linear algebra for data science: covariance ellipse, principal axes and projection onto a chosen direction."""
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.patches import Ellipse
from ipywidgets import interact

def pca(sx=2.0, sy=0.7, rot=30, angle=0, n=150):
    rng = np.random.default_rng(5)
    Z = rng.standard_normal((n, 2))*[sx, sy]
    r = np.deg2rad(rot)
    R = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]])
    D = Z @ R.T
    D -= D.mean(axis=0)
    C = np.cov(D.T)
    lam, V = np.linalg.eigh(C)
    th = np.deg2rad(angle)
    u = np.array([np.cos(th), np.sin(th)])
    proj = D @ u
    fig, (ax, bx) = plt.subplots(1, 2, figsize=(12, 5.5))
    ax.scatter(*D.T, s=12, alpha=.6)
    P = np.outer(proj, u)
    for a, b in zip(D[::5], P[::5]):
        ax.plot([a[0], b[0]], [a[1], b[1]], color='gray', lw=.5)
    ax.plot([-7*u[0], 7*u[0]], [-7*u[1], 7*u[1]], 'g')
    for k in (1, 2):
        ax.add_patch(Ellipse((0, 0), 2*k*np.sqrt(lam[1]), 2*k*np.sqrt(lam[0]),
                             angle=np.degrees(np.arctan2(V[1, 1], V[0, 1])), fill=False, color='r'))
    for i in range(2):
        ax.annotate('', xy=2*np.sqrt(lam[i])*V[:, i], xytext=(0, 0), arrowprops=dict(arrowstyle='->', color='r', lw=2))
    ax.set_xlim(-7, 7); ax.set_ylim(-7, 7); ax.set_aspect('equal')
    ax.set_title(f'eigenvalues {lam[1]:.2f}, {lam[0]:.2f}')
    bx.hist(proj, bins=np.linspace(-7, 7, 36), color='g', alpha=.6)
    bx.set_title(f'variance along {angle}°: {proj.var(ddof=1):.2f}  ({100*proj.var(ddof=1)/lam.sum():.0f}% of total)')
    plt.show()

interact(pca, sx=(0.2, 3, 0.1), sy=(0.2, 3, 0.1), rot=(-90, 90), angle=(-90, 90), n=(20, 500, 10));
