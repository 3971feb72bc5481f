"""Multivariable calculus: contour plot and gradient vector at a movable point; directional derivative."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider
from livefig import interact

X, Y = np.meshgrid(np.linspace(-3, 3, 120), np.linspace(-3, 3, 120))
F = lambda x, y: np.sin(x)*np.cos(y) + 0.1*(x**2 + y**2)
Z = F(X, Y)

def gradF(x, y):
    return np.array([np.cos(x)*np.cos(y) + 0.2*x, -np.sin(x)*np.sin(y) + 0.2*y])

def show(x0=1.0, y0=0.5, theta=45):
    g = gradF(x0, y0)
    u = np.array([np.cos(np.deg2rad(theta)), np.sin(np.deg2rad(theta))])
    D = g @ u
    fig, (ax1, ax2) = plt.subplots(1, 2, figsize=(12, 5))
    cs = ax1.contour(X, Y, Z, levels=20, cmap='viridis')
    ax1.plot(x0, y0, 'ro')
    ax1.quiver(x0, y0, g[0], g[1], color='r', angles='xy', scale_units='xy', scale=1, label='gradient')
    ax1.quiver(x0, y0, u[0], u[1], color='k', angles='xy', scale_units='xy', scale=1, label='direction u')
    ax1.set_aspect('equal')
    ax1.legend(loc='lower right')
    ax1.set_title(rf'$|\nabla f|$ = {np.linalg.norm(g):.2f},  $D_u f$ = {D:.2f}')
    s = np.linspace(-2, 2, 200)
    ax2.plot(s, F(x0 + s*u[0], y0 + s*u[1]))
    ax2.plot(s, F(x0, y0) + D*s, 'r--')
    ax2.plot(0, F(x0, y0), 'ro')
    ax2.set_xlabel('s'); ax2.set_title('slice of f along u')
    ax2.set_ylim(-1.5, 3)
    plt.tight_layout()
    plt.show()

interact(show, x0=(-2.5, 2.5, 0.1), y0=(-2.5, 2.5, 0.1), theta=FloatSlider(min=0, max=360, step=5, value=45, description='angle (deg)'))
