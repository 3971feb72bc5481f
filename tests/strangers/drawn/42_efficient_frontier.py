"""Investments: two-asset portfolio frontier, effect of correlation, tangency portfolio."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider
from livefig import interact

def frontier(rho=0.2, w=0.5, rf=2.0, short=False):
    mu = np.array([6, 11]); sd = np.array([9, 18])
    cov = rho*sd[0]*sd[1]
    ws = np.linspace(-0.5, 1.5, 201) if short else np.linspace(0, 1, 101)
    def stats(w):
        return w*mu[0] + (1 - w)*mu[1], np.sqrt(w**2*sd[0]**2 + (1 - w)**2*sd[1]**2 + 2*w*(1 - w)*cov)
    m, s = stats(ws)
    s = np.where(s < 1e-9, 1e-9, s)
    sharpe = (m - rf)/s
    i = np.argmax(sharpe)
    j = np.argmin(s)
    pm, ps = stats(w)
    fig, ax = plt.subplots(figsize=(8, 5.5))
    sc = ax.scatter(s, m, c=np.clip(sharpe, 0, 1.2), cmap='viridis', s=15, vmin=0, vmax=1.2)
    plt.colorbar(sc, label='Sharpe ratio')
    ax.plot(sd, mu, 'k^')
    ax.text(sd[0] + .3, mu[0], 'bonds'); ax.text(sd[1] + .3, mu[1], 'stocks')
    ax.plot(ps, pm, 'ro', ms=10, label=f'w = {w:.2f}: {pm:.1f} % ± {ps:.1f} %')
    ax.plot([0, 30], [rf, rf + 30*sharpe[i]], 'r--', lw=1, label=f'CML slope {sharpe[i]:.2f}')
    ax.plot(s[j], m[j], 'bs', label='min variance')
    ax.set_xlim(0, 30); ax.set_ylim(0, 16)
    ax.set_xlabel('risk σ (%)'); ax.set_ylabel('return (%)')
    ax.legend(loc='lower right')
    plt.show()

interact(frontier, rho=FloatSlider(min=-1, max=1, step=0.05, value=0.2), w=(0.0, 1.0, 0.05), rf=(0., 5., .25), short=False)
