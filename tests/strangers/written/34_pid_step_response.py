"""Control engineering: PID controlled second order plant, step response by Euler simulation."""
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets

def pid(Kp=5.0, Ki=1.0, Kd=1.0, umax=20, disturbance=False):
    dt = 0.01
    N = 1500
    t = np.arange(N)*dt
    y = np.zeros(N); v = np.zeros(N); u = np.zeros(N)
    integ = 0.0
    e_old = 1.0
    for k in range(1, N):
        e = 1.0 - y[k-1]
        integ += e*dt
        uk = Kp*e + Ki*integ + Kd*(e - e_old)/dt
        e_old = e
        if uk > umax:
            uk = umax
            integ -= e*dt
        if uk < -umax:
            uk = -umax
            integ -= e*dt
        u[k] = uk
        d = -2.0 if disturbance and t[k] > 8 else 0
        v[k] = v[k-1] + dt*(uk + d - 1.2*v[k-1] - 2.0*y[k-1])
        y[k] = y[k-1] + dt*v[k]
    overshoot = max(0, (y.max() - 1)*100)
    fig, ax = plt.subplots(2, 1, sharex=True, figsize=(9, 6))
    ax[0].plot(t, y)
    ax[0].axhline(1, color='r', ls='--')
    ax[0].fill_between(t, 0.98, 1.02, color='g', alpha=.15)
    ax[0].set_ylim(0, 2)
    ax[0].set_ylabel('y')
    ax[0].set_title(f'overshoot {overshoot:.1f} %, steady state error {1 - y[-1]:.3f}')
    ax[1].step(t, u, 'm', where='post')
    ax[1].set_ylabel('u'); ax[1].set_xlabel('time [s]')
    ax[1].set_ylim(-25, 25)
    plt.show()

widgets.interact(pid, Kp=(0.0, 30.0, 0.5), Ki=(0.0, 20.0, 0.5), Kd=(0.0, 10.0, 0.1), umax=(5, 25), disturbance=False)
