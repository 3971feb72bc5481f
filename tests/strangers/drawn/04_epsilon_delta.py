"""Real analysis: the epsilon-N definition of the limit of a sequence."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatLogSlider, IntSlider
from livefig import interact

def eps_N(eps=0.1, nmax=40):
    n = np.arange(1, nmax + 1)
    a = 1 + (-1.0)**n/n
    L = 1
    outside = np.abs(a - L) >= eps
    N = np.max(np.where(outside, n, 0)) + 1

    fig, ax = plt.subplots(figsize=(9, 4))
    ax.scatter(n, np.where(outside, a, np.nan), c='tab:red', zorder=3)
    ax.scatter(n, np.where(outside, np.nan, a), c='tab:green', zorder=3)
    ax.axhline(L, color='k')
    ax.fill_between([0, nmax + 1], L - eps, L + eps, color='gold', alpha=0.3)
    ax.axhline(L + eps, color='orange', ls='--')
    ax.axhline(L - eps, color='orange', ls='--')
    if N <= nmax:
        ax.axvline(N, color='b', ls=':')
        ax.annotate(f'N = {N}', xy=(N, L + eps), xytext=(10, 60), textcoords='offset points',
                    arrowprops=dict(arrowstyle='->'))
    ax.set_xlim(0, nmax + 1)
    ax.set_ylim(-0.2, 2)
    ax.set_xlabel('n')
    ax.set_ylabel('$a_n$')
    ax.set_title(r'$a_n = 1 + (-1)^n/n$,  $\varepsilon$ = %.3f' % eps)
    plt.show()

interact(eps_N, eps=FloatLogSlider(value=0.1, base=10, min=-2, max=0, step=0.05),
         nmax=IntSlider(min=10, max=200, step=10, value=40));
