"""ODE course: mass-spring-damper m x'' + c x' + k x = 0, with odeint; time plot and phase plane."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.integrate import odeint
from ipywidgets import interact, FloatSlider

def rhs(y, t, m, c, k):
    x, v = y
    return [v, -(c*v + k*x)/m]

def spring(m=1.0, c=0.4, k=4.0, x0=1.0):
    t = np.linspace(0, 20, 1000)
    sol = odeint(rhs, [x0, 0], t, args=(m, c, k))
    zeta = c/(2*np.sqrt(k*m))
    if zeta < 1:
        kind = 'underdamped'
    elif np.isclose(zeta, 1):
        kind = 'critically damped'
    else:
        kind = 'overdamped'
    fig, axs = plt.subplots(1, 2, figsize=(12, 4))
    axs[0].plot(t, sol[:, 0], label='x(t)')
    axs[0].plot(t, sol[:, 1], alpha=.5, label="x'(t)")
    if zeta < 1:
        env = x0*np.exp(-c/(2*m)*t)
        axs[0].plot(t, env, 'k--', t, -env, 'k--', lw=.8)
    axs[0].set_ylim(-5, 5); axs[0].legend(); axs[0].set_xlabel('t')
    axs[0].set_title(f'{kind}: $\\zeta$ = {zeta:.2f}')
    axs[1].plot(sol[:, 0], sol[:, 1])
    axs[1].plot(sol[0, 0], sol[0, 1], 'go')
    axs[1].set_xlim(-2.2, 2.2); axs[1].set_ylim(-5, 5)
    axs[1].set_xlabel('x'); axs[1].set_ylabel("x'")
    plt.show()

interact(spring, m=(0.5, 5, 0.1), c=(0.0, 10.0, 0.1), k=(1.0, 10.0, 0.1), x0=FloatSlider(min=-2, max=2, step=0.1, value=1))
