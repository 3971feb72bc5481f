"""Statistics for psychologists: alpha, beta and power of a one-sided z-test."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import norm
from ipywidgets import interact, FloatSlider, IntSlider, RadioButtons

@interact(effect=FloatSlider(value=.5, min=0, max=1.5, step=.05), n=IntSlider(value=20, min=2, max=100),
          alpha=RadioButtons(options=[0.10, 0.05, 0.01], value=0.05))
def power(effect, n, alpha):
    se = 1/np.sqrt(n)
    crit = norm.isf(alpha)*se
    pw = norm.sf(crit, effect, se)
    x = np.linspace(-1.5, 2.5, 1000)
    h0 = norm.pdf(x, 0, se)
    h1 = norm.pdf(x, effect, se)
    fig, (ax, ax2) = plt.subplots(2, 1, figsize=(9, 7))
    ax.plot(x, h0, 'b', label='$H_0$')
    ax.plot(x, h1, 'orange', label='$H_1$')
    ax.fill_between(x, 0, h0, where=x > crit, color='b', alpha=.4, label=f'α = {alpha}')
    ax.fill_between(x, 0, h1, where=x < crit, color='orange', alpha=.3, label=f'β = {1-pw:.3f}')
    ax.axvline(crit, c='k', ls='--')
    ax.legend(); ax.set_xlim(-1.5, 2.5)
    ax.set_title(f'Power = {pw:.3f}')
    ns = np.arange(2, 101)
    ax2.plot(ns, norm.sf(norm.isf(alpha) - effect*np.sqrt(ns)))
    ax2.plot(n, pw, 'ro')
    ax2.axhline(.8, color='gray', ls=':')
    ax2.set_ylim(0, 1.02); ax2.set_xlabel('n'); ax2.set_ylabel('power')
    plt.tight_layout(); plt.show()
