"""Classical mechanics: nonlinear pendulum, animated with a Play widget."""
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from IPython.display import display
from livefig import interactive
from scipy.integrate import solve_ivp

L, g = 1.0, 9.81
dt = 0.04
NF = 250

def solve(theta0):
    t = np.arange(NF)*dt
    s = solve_ivp(lambda t, y: [y[1], -g/L*np.sin(y[0])], (0, t[-1] + dt), [np.radians(theta0), 0], t_eval=t, rtol=1e-7)
    return t, s.y[0], s.y[1]

def frame(i, theta0):
    t, th, om = solve(theta0)
    fig, ax = plt.subplots(1, 2, figsize=(10, 4.5))
    x, y = L*np.sin(th[i]), -L*np.cos(th[i])
    ax[0].plot([0, x], [0, y], 'k-', lw=2)
    ax[0].plot(x, y, 'o', ms=18, color='firebrick')
    j = max(0, i - 15)
    ax[0].plot(L*np.sin(th[j:i+1]), -L*np.cos(th[j:i+1]), color='salmon', lw=1)
    ax[0].set_xlim(-1.3, 1.3); ax[0].set_ylim(-1.3, 1.3)
    ax[0].set_aspect('equal')
    ax[0].set_title(f't = {t[i]:.2f} s')
    ax[1].plot(t, np.degrees(th), color='lightgray')
    ax[1].plot(t[:i+1], np.degrees(th[:i+1]), 'b')
    ax[1].plot(t, theta0*np.cos(np.sqrt(g/L)*t), 'g--', lw=.7, label='small angles')
    ax[1].set_ylim(-180, 180); ax[1].legend(loc='upper right')
    ax[1].set_xlabel('t [s]'); ax[1].set_ylabel('angle [°]')
    plt.show()

play = widgets.Play(value=0, min=0, max=NF - 1, step=1, interval=60)
slider = widgets.IntSlider(min=0, max=NF - 1)
widgets.jslink((play, 'value'), (slider, 'value'))
theta0 = widgets.FloatSlider(value=60, min=10, max=170, step=10, description='θ₀ (°)')
display(interactive(frame, i=slider, theta0=theta0))
