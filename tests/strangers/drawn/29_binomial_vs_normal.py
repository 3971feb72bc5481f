"""Probability: binomial bars with normal and Poisson approximations."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import binom, norm, poisson
from ipywidgets import Checkbox
from livefig import interact

def binomial(n=20, p=0.3, show_normal=True, show_poisson=False):
    k = np.arange(101)
    mean = n*p
    sd = np.sqrt(n*p*(1 - p))
    fig, ax = plt.subplots()
    ax.bar(k, binom.pmf(k, n, p), color='lightsteelblue', edgecolor='navy', label='Bin(%d, %.2f)' % (n, p))
    if show_normal and sd > 0:
        x = np.linspace(-0.5, n + 0.5, 300)
        ax.plot(x, norm.pdf(x, mean, sd), 'r', label=f'N({mean:.1f}, {sd:.2f}²)')
    if show_poisson:
        ax.plot(k, poisson.pmf(k, mean), 'g^', label=f'Poisson({mean:.1f})')
    ax.set_xlim(-1, n + 1)
    ax.set_xlabel('successes')
    ax.set_ylabel('probability')
    ax.legend()
    plt.show()

interact(binomial, n=(10, 100, 10), p=(0.02, 0.98, 0.02), show_normal=Checkbox(value=True, description='normal'), show_poisson=False);
