"""Control engineering: PID controlled second order plant, step response by Euler simulation."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import iterate, live

fig, ax = plt.subplots(2, 1, sharex=True, figsize=(9, 6))
(response,) = ax[0].plot([0, 15], [0, 0])
ax[0].axhline(1, color="r", ls="--")
ax[0].fill_between([0, 15], 0.98, 1.02, color="g", alpha=0.15)
ax[0].set_ylim(0, 2)
ax[0].set_ylabel("y")
ax[0].set_title("overshoot {overshoot:.1f} %, steady state error {error:.3f}")
(control,) = ax[1].step([0, 15], [0, 0], "m", where="post")
ax[1].set_ylabel("u")
ax[1].set_xlabel("time [s]")
ax[1].set_ylim(-25, 25)


def pid(Kp=5.0, Ki=1.0, Kd=1.0, umax=20, disturbance=False):
    dt = 0.01
    N = 1500
    t = np.arange(N) * dt

    def step(state, t):
        y, v, _, integ, e_old = state
        e = 1.0 - y
        integ += e * dt
        uk = Kp * e + Ki * integ + Kd * (e - e_old) / dt
        integ = np.where(np.abs(uk) > umax, integ - e * dt, integ)
        uk = np.clip(uk, -umax, umax)
        d = np.where(t > 8, -2.0, 0) if disturbance else 0
        following = v + dt * (uk + d - 1.2 * v - 2.0 * y)
        return np.stack([y + dt * following, following, uk, integ, e])

    y, v, u, integ, e_old = iterate(step, [0, 0, 0, 0, 1.0], N - 1, t[1:]).T
    overshoot = np.maximum(0, (y.max() - 1) * 100)
    return {
        response: np.column_stack([t, y]),
        control: np.column_stack([t, u]),
        "overshoot": overshoot,
        "error": 1 - y[-1],
    }


live(fig, pid, Kp=(0.0, 30.0, 0.5), Ki=(0.0, 20.0, 0.5), Kd=(0.0, 10.0, 0.1), umax=(5, 25), disturbance=False)
