"""Bayesian statistics: coin bias, Beta prior -> Beta posterior with credible interval."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import beta
import ipywidgets as widgets
from IPython.display import display
from livefig import interactive

a_w = widgets.FloatSlider(value=2, min=0.5, max=5, step=1.5, description='prior a')
b_w = widgets.FloatSlider(value=2, min=0.5, max=5, step=1.5, description='prior b')
n_w = widgets.IntSlider(value=10, min=10, max=30, step=10, description='tosses')
h_w = widgets.IntSlider(value=7, min=4, max=10, step=3, description='heads')

def limit_heads(change):
    h_w.max = change['new']
n_w.observe(limit_heads, names='value')

def posterior(a, b, n, h):
    h = min(h, n)
    p = np.linspace(0.001, 0.999, 80)
    post = beta(a + h, b + n - h)
    lo, hi = post.ppf([0.025, 0.975])
    plt.figure(figsize=(9, 4.5))
    plt.plot(p, beta.pdf(p, a, b), 'b--', label=f'prior Beta({a}, {b})')
    if n > 0:
        like = p**h*(1 - p)**(n - h)
        plt.plot(p, like/np.trapezoid(like, p), 'g:', label='likelihood (scaled)')
    plt.plot(p, post.pdf(p), 'r', lw=2, label=f'posterior Beta({a+h}, {b+n-h})')
    m = (p > lo) & (p < hi)
    plt.fill_between(p[m], post.pdf(p[m]), color='r', alpha=.2)
    plt.axvline(post.mean(), color='k', lw=.8)
    plt.title(f'mean {post.mean():.3f}, 95% interval [{lo:.3f}, {hi:.3f}]')
    plt.xlabel('p'); plt.legend(); plt.xlim(0, 1); plt.ylim(bottom=0)
    plt.show()

display(interactive(posterior, a=a_w, b=b_w, n=n_w, h=h_w, stops=('a', 'b', 'n', 'h')))
