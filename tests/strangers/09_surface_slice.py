"""Calc III - partial derivatives: surface z = f(x,y), the curve cut by the plane y = y0, the tangent there."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live


def f(x, y):
    return 4 - x**2 / 2 - y**2 / 4 + x * y / 5


x = np.linspace(-3, 3, 40)
y = np.linspace(-3, 3, 40)
X, Y = np.meshgrid(x, y)
t = np.linspace(-1.5, 1.5, 10)
fig = plt.figure(figsize=(11, 5))
ax = fig.add_subplot(121, projection="3d")
ax.computed_zorder = False
ax.plot_surface(X, Y, f(X, Y), cmap="coolwarm", alpha=0.6)
(slice3,) = ax.plot(x, x, f(x, x), "k", lw=2)
(tangent3,) = ax.plot(t, t, t, "r", lw=3)
point3 = ax.scatter([0], [0], [0], color="r", s=40, depthshade=False)
ax.set_xlabel("x")
ax.set_ylabel("y")
ax.set_zlabel("z")
ax.set_zlim(-6, 5)

ax2 = fig.add_subplot(122)
(slice2,) = ax2.plot(x, f(x, 1), "k")
(tangent2,) = ax2.plot([], [], "r", lw=2)
(point2,) = ax2.plot([], [], "ro")
ax2.set_ylim(-6, 5)
ax2.grid()
ax2.set_title("slope in x: $f_x$({x0:.1f}, {y0:.1f}) = {fx:.2f}")


def partial(x0=0.5, y0=1.0, elev=25, azim=-60):
    fx = -x0 + y0 / 5
    return {
        slice3: np.column_stack([x, y0 * np.ones_like(x), f(x, y0)]),
        tangent3: np.column_stack([x0 + t, y0 + 0 * t, f(x0, y0) + fx * t]),
        point3: np.array([[x0, y0, f(x0, y0)]]),
        slice2: np.column_stack([x, f(x, y0)]),
        tangent2: np.column_stack([x0 + t, f(x0, y0) + fx * t]),
        point2: np.array([[x0, f(x0, y0)]]),
        "fx": fx,
    }


live(
    fig,
    partial,
    x0=(-2, 2, 0.1),
    y0=(-3, 3, 0.1),
    elev=(0, 90, 5),
    azim=(-180, 180, 10),
    view=("azim", "elev"),
)
