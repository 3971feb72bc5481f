"""Macroeconomics: Solow model. Investment and break-even lines, transition path of capital."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, fixed

def solow(s=0.3, delta=0.05, n=0.02, alpha=0.35, k0=2.0, T=150):
    kstar = (s/(n + delta))**(1/(1 - alpha))
    k = np.linspace(0, 20, 300)
    path = np.empty(T)
    path[0] = k0
    for t in range(T - 1):
        path[t+1] = (s*path[t]**alpha + (1 - delta)*path[t])/(1 + n)
    fig, ax = plt.subplots(1, 2, figsize=(12, 4.5))
    ax[0].plot(k, k**alpha, 'b', label='$y = k^α$')
    ax[0].plot(k, s*k**alpha, 'g', label='$s y$')
    ax[0].plot(k, (n + delta)*k, 'r', label='$(n+δ)k$')
    if kstar < 20:
        ax[0].plot([kstar, kstar], [0, kstar**alpha], 'k:')
        ax[0].text(kstar, -0.25, '$k^*$', ha='center')
    ax[0].set_xlim(0, 20); ax[0].set_ylim(0, 3)
    ax[0].legend(loc='upper left')
    ax[1].plot(path, label='capital per head')
    ax[1].plot(path**alpha, label='output per head')
    ax[1].axhline(kstar, color='k', ls=':')
    ax[1].set_ylim(0, max(20, 1.1*kstar) if kstar < 60 else 60)
    ax[1].set_xlabel('year'); ax[1].legend()
    ax[1].set_title(f'k* = {kstar:.2f}, c* = {(1-s)*kstar**alpha:.2f}, golden rule s = {alpha}')
    plt.show()

interact(solow, s=(0.05, 0.6, 0.01), delta=(0.01, 0.15, 0.01), n=(0.0, 0.05, 0.005), alpha=(0.2, 0.5, 0.05), k0=(0.5, 20, 0.5), T=fixed(150))
