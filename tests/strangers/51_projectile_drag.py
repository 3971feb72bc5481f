"""General physics: projectile with and without air drag; range and ground stop."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import iterate, live

g = 9.81

fig = plt.figure(figsize=(10, 5))
(vacuum,) = plt.plot([], [], "b--", label="vacuum: {far:.1f} m")
(path,) = plt.plot([], [], "r", label="with drag: {range:.1f} m")
arrows = plt.quiver(np.zeros(9), np.zeros(9), np.ones(9), np.ones(9), color="g", scale=400, width=0.003)
plt.axhline(0, color="saddlebrown", lw=3)
plt.xlim(0, 270)
plt.ylim(-2, 130)
plt.gca().set_aspect("equal")
plt.legend()
plt.title("v0 = {v0} m/s, angle = {angle}°, flight time {flight:.2f} s")


def shoot(v0=30, angle=45, drag=0.01, show_velocity=True):
    th = np.radians(angle)
    dt = 0.02

    def step(state):
        x, y, vx, vy = state
        v = np.hypot(vx, vy)
        vx -= drag * v * vx * dt
        vy -= (g + drag * v * vy) * dt
        return np.where(y >= 0, np.stack([x + vx * dt, y + vy * dt, vx, vy]), np.nan)

    X, Y, VX, VY = iterate(step, np.stack([0, 0, v0 * np.cos(th), v0 * np.sin(th)]), 530).T
    length = np.sum(np.isfinite(X))
    tf = 2 * v0 * np.sin(th) / g
    t = np.linspace(0, tf, 100)
    result = {
        vacuum: np.column_stack([v0 * np.cos(th) * t, v0 * np.sin(th) * t - g * t**2 / 2]),
        path: np.column_stack([X, Y]),
        "far": v0**2 * np.sin(2 * th) / g,
        "range": np.nanmax(X),
        "flight": dt * (length - 1),
    }
    if show_velocity:
        s = np.maximum(1, length // 8)
        chosen = np.arange(531) == s * np.arange(9)[:, None]
        rows = np.nansum(np.where(chosen[:, :, None], np.stack([X, Y, VX, VY], axis=1), 0), axis=1)
        result[arrows] = np.where((s * np.arange(9) < length)[:, None], rows, np.nan)
    return result


live(fig, shoot, v0=(5, 50), angle=(5, 85), drag=(0.0, 0.05, 0.001), show_velocity=True)
