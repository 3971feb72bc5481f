# Differential equations (MA 231) slope field of logistic growth with harvesting + one solution by RK4
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact

def slope_field(r=1.0, K=10, h=0.0, y0=2.0):
    F = lambda y: r*y*(1 - y/K) - h
    T, Y = np.meshgrid(np.arange(0, 10.5, 0.5), np.arange(0, 16, 0.75))
    U = np.ones_like(T)
    V = F(Y)
    L = np.sqrt(U**2 + V**2)
    plt.figure(figsize=(8, 5))
    plt.quiver(T, Y, U/L, V/L, color='gray', headwidth=1, headlength=0, headaxislength=0, pivot='mid')

    dt = 0.05
    t = np.arange(0, 10 + dt, dt)
    y = np.zeros(len(t))
    y[0] = y0
    for i in range(1, len(t)):
        k1 = F(y[i-1])
        k2 = F(y[i-1] + dt*k1/2)
        k3 = F(y[i-1] + dt*k2/2)
        k4 = F(y[i-1] + dt*k3)
        y[i] = y[i-1] + dt*(k1 + 2*k2 + 2*k3 + k4)/6
        if y[i] < 0:
            y[i] = 0
    plt.plot(t, y, 'b', lw=2)
    disc = 1 - 4*h/(r*K)
    if disc >= 0:
        yp = K/2*(1 + np.sqrt(disc))
        ym = K/2*(1 - np.sqrt(disc))
        plt.hlines([yp, ym], 0, 10, colors=['green', 'red'], linestyles='--')
        plt.title(f'equilibria: {ym:.2f} (unstable), {yp:.2f} (stable)')
    else:
        plt.title('no equilibrium: extinction')
    plt.xlim(0, 10)
    plt.ylim(0, 15)
    plt.xlabel('t'); plt.ylabel('population')
    plt.show()

interact(slope_field, r=(0.1, 2.0, 0.1), K=(2, 15), h=(0, 5, 0.1), y0=(0.0, 15.0, 0.25));
