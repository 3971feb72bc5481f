"""Calc III - partial derivatives: surface z = f(x,y), the curve cut by the plane y = y0, the tangent there."""
import numpy as np
import matplotlib.pyplot as plt
from livefig import interact

def f(x, y):
    return 4 - x**2/2 - y**2/4 + x*y/5

def partial(x0=0.5, y0=1.0, elev=25, azim=-60):
    x = np.linspace(-3, 3, 40)
    y = np.linspace(-3, 3, 40)
    X, Y = np.meshgrid(x, y)
    fig = plt.figure(figsize=(11, 5))
    ax = fig.add_subplot(121, projection='3d', computed_zorder=False)
    ax.plot_surface(X, Y, f(X, Y), cmap='coolwarm', alpha=0.6)
    ax.plot(x, y0*np.ones_like(x), f(x, y0), 'k', lw=2)
    fx = -x0 + y0/5
    t = np.linspace(-1.5, 1.5, 10)
    ax.plot(x0 + t, y0 + 0*t, f(x0, y0) + fx*t, 'r', lw=3)
    ax.scatter([x0], [y0], [f(x0, y0)], color='r', s=40, depthshade=False)
    ax.view_init(elev=elev, azim=azim)
    ax.set_xlabel('x'); ax.set_ylabel('y'); ax.set_zlabel('z')
    ax.set_xlim(-4, 4)
    ax.set_zlim(-6, 5)

    ax2 = fig.add_subplot(122)
    ax2.plot(x, f(x, y0), 'k')
    ax2.plot(x0 + t, f(x0, y0) + fx*t, 'r', lw=2)
    ax2.plot(x0, f(x0, y0), 'ro')
    ax2.set_ylim(-6, 5)
    ax2.grid()
    ax2.set_title('slope in x: $f_x$({:.1f}, {:.1f}) = {:.2f}'.format(x0, y0, fx))
    plt.show()

interact(partial, x0=(-2, 2, 0.1), y0=(-3, 3, 0.1), elev=(0, 90, 5), azim=(-180, 180, 10))
