"""Financial engineering: Black-Scholes call/put price and delta against the spot (twin axis)."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import norm
import ipywidgets as widgets

def bs(kind='call', K=100, T=1.0, r=0.03, sigma=0.2, S0=105):
    S = np.linspace(40, 180, 300)
    def price(S, T):
        d1 = (np.log(S/K) + (r + sigma**2/2)*T)/(sigma*np.sqrt(T))
        d2 = d1 - sigma*np.sqrt(T)
        if kind == 'call':
            return S*norm.cdf(d1) - K*np.exp(-r*T)*norm.cdf(d2), norm.cdf(d1)
        return K*np.exp(-r*T)*norm.cdf(-d2) - S*norm.cdf(-d1), norm.cdf(d1) - 1
    v, delta = price(S, T)
    v0, d0 = price(S0, T)
    payoff = np.maximum(S - K, 0) if kind == 'call' else np.maximum(K - S, 0)
    fig, ax = plt.subplots(figsize=(9, 5))
    ax.plot(S, payoff, 'k--', label='payoff')
    ax.plot(S, v, 'b', lw=2, label='price')
    ax.plot(S, v0 + d0*(S - S0), 'r-', lw=0.8, label='delta hedge')
    ax.plot(S0, v0, 'ro')
    ax.set_ylim(-5, 80); ax.set_xlabel('spot S'); ax.set_ylabel('value')
    ax2 = ax.twinx()
    ax2.plot(S, delta, 'g', alpha=0.6)
    ax2.set_ylabel('delta', color='g')
    ax2.set_ylim(-1.05, 1.05)
    ax.legend(loc='upper center')
    ax.set_title(f'{kind}({S0}) = {v0:.2f}, Δ = {d0:.3f}')
    plt.show()

widgets.interact(bs, kind=['call', 'put'], K=(60, 150, 5), T=widgets.FloatSlider(value=1, min=0.02, max=3, step=0.02),
    r=widgets.FloatSlider(value=0.03, min=0, max=0.1, step=0.005, readout_format='.1%'),
    sigma=widgets.FloatSlider(value=0.2, min=0.05, max=0.8, step=0.01, readout_format='.0%'), S0=(50, 170))
