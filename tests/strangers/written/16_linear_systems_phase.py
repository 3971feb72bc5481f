"""MIT-like ODE course: phase portrait of x' = Ax, eigenvalues in the trace-determinant plane."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.linalg import expm
from ipywidgets import interact

def portrait(a=-1.0, b=2.0, c=-2.0, d=-0.5):
    A = np.array([[a, b], [c, d]])
    lam, vec = np.linalg.eig(A)
    tr, det = np.trace(A), np.linalg.det(A)
    fig, (ax, bx) = plt.subplots(1, 2, figsize=(12, 5.5))
    Y, X = np.mgrid[-3:3:25j, -3:3:25j]
    ax.streamplot(X, Y, a*X + b*Y, c*X + d*Y, color='0.75', linewidth=0.8)
    for ang in np.arange(0, 2*np.pi, np.pi/4):
        p0 = 2.5*np.array([np.cos(ang), np.sin(ang)])
        traj = np.array([expm(A*t) @ p0 for t in np.linspace(0, 5, 80)])
        ax.plot(traj[:, 0], traj[:, 1], lw=1.5)
    if np.all(np.isreal(lam)):
        for k in range(2):
            v = np.real(vec[:, k])
            ax.plot([-4*v[0], 4*v[0]], [-4*v[1], 4*v[1]], 'k--')
    ax.set_xlim(-3, 3); ax.set_ylim(-3, 3)
    ax.set_title(r'$\lambda_1$ = %s, $\lambda_2$ = %s' % (np.round(lam[0], 2), np.round(lam[1], 2)))
    T = np.linspace(-6, 6, 200)
    bx.plot(T, T**2/4, 'k')
    bx.axhline(0, color='k', lw=.5); bx.axvline(0, color='k', lw=.5)
    bx.plot(tr, det, 'ro', ms=10)
    bx.set_xlim(-6, 6); bx.set_ylim(-6, 12)
    bx.set_xlabel('trace'); bx.set_ylabel('det')
    if det < 0:
        name = 'saddle'
    else:
        name = ('stable ' if tr < 0 else 'unstable ' if tr > 0 else '') + ('spiral' if tr**2 < 4*det else 'node')
    bx.set_title(name)
    plt.show()

interact(portrait, a=(-3., 3., .25), b=(-3., 3., .25), c=(-3., 3., .25), d=(-3., 3., .25))
