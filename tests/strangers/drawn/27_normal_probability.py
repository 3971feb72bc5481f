# Stat course: area under the normal curve between two values
import numpy as np
from matplotlib import pyplot as plt
from scipy.stats import norm
import ipywidgets as widgets
from livefig import interact

def normal_area(mu=100., sigma=15., limits=(85, 115)):
    a, b = limits
    x = np.arange(0, 200, 0.5)
    y = norm.pdf(x, mu, sigma)
    plt.figure(figsize=(9,4))
    plt.plot(x, y, color='black')
    xs = np.linspace(a, b, 200)
    plt.fill_between(xs, norm.pdf(xs, mu, sigma), color='steelblue', alpha=0.6)
    p = norm.cdf(b, mu, sigma) - norm.cdf(a, mu, sigma)
    plt.text(mu, 0.3*norm.pdf(mu, mu, sigma), f'{100*p:.1f}%', ha='center', fontsize=16, color='white')
    plt.vlines(mu, 0, norm.pdf(mu, mu, sigma), linestyle='--')
    plt.xlabel('IQ')
    plt.ylim(0, None)
    plt.title(f'P({a} < X < {b}) = {p:.4f},  z from {(a-mu)/sigma:.2f} to {(b-mu)/sigma:.2f}')
    plt.show()

interact(normal_area, mu=(80, 120, 1.), sigma=(5, 30, 1.),
                 limits=widgets.IntRangeSlider(value=[85, 115], min=0, max=200, step=1));
