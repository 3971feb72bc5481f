"""Quantum mechanics: infinite square well, energy levels with psi or |psi|^2, and a time-dependent mixture."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, IntSlider, FloatSlider, ToggleButtons

def well(levels=3, what='ψ', n1=1, n2=2, t=0.0):
    x = np.linspace(0, 1, 300)
    phi = lambda n: np.sqrt(2)*np.sin(n*np.pi*x)
    E = lambda n: n**2
    fig, (ax, bx) = plt.subplots(1, 2, figsize=(11, 6))
    for n in range(1, levels + 1):
        y = phi(n) if what == 'ψ' else phi(n)**2
        ax.hlines(E(n), 0, 1, color='gray', linestyle='--', lw=0.7)
        ax.plot(x, E(n) + 0.6*y, color=plt.cm.viridis(n/7))
        ax.fill_between(x, E(n), E(n) + 0.6*y, color=plt.cm.viridis(n/7), alpha=0.3)
        ax.text(1.03, E(n), f'n={n}')
    ax.vlines([0, 1], 0, (levels + 1)**2, color='k', lw=3)
    ax.set_ylim(0, (levels + 1)**2)
    ax.set_xlim(-0.1, 1.2)
    ax.set_ylabel('E / E1')
    psi = (phi(n1)*np.exp(-1j*E(n1)*t) + phi(n2)*np.exp(-1j*E(n2)*t))/np.sqrt(2)
    if n1 == n2:
        psi = phi(n1)*np.exp(-1j*E(n1)*t)
    prob = np.abs(psi)**2
    bx.plot(x, psi.real, 'b', lw=.8, label='Re ψ')
    bx.plot(x, psi.imag, 'r', lw=.8, label='Im ψ')
    bx.fill_between(x, prob, color='k', alpha=.3, label='|ψ|²')
    mean = np.sum(x*prob)/np.sum(prob)
    bx.axvline(mean, color='g')
    bx.set_ylim(-2.5, 4.5)
    bx.legend(loc='upper right')
    bx.set_title(f't = {t:.2f},  <x> = {mean:.3f}')
    plt.show()

interact(well, levels=IntSlider(min=1, max=6, value=3), what=ToggleButtons(options=['ψ', '|ψ|²']), n1=(1, 5), n2=(1, 5),
         t=FloatSlider(min=0, max=6.3, step=0.05))
