# Control theory - Root locus of K/(s(s+2)(s+4)) and the closed-loop step response for the gain K
import numpy as np
import matplotlib.pyplot as plt
from scipy import signal
import ipywidgets as widgets
from IPython.display import display
from livefig import interactive

Ks = np.linspace(0, 100, 400)
locus = np.array([np.sort_complex(np.roots([1, 6, 8, k])) for k in Ks])

K = widgets.FloatSlider(min=1, max=100, step=1, value=10, description='gain K', layout=widgets.Layout(width='70%'))
out = widgets.Output()

def redraw(K):
    with out:
        p = np.roots([1, 6, 8, K])
        fig, (a, b) = plt.subplots(1, 2, figsize=(12, 5))
        a.plot(locus.real, locus.imag, 'b.', ms=1)
        a.plot([0, -2, -4], [0, 0, 0], 'kx', ms=10)
        a.plot(p.real, p.imag, 'rs')
        a.axvline(0, color='k')
        a.axvspan(0, 4, color='r', alpha=0.08)
        a.set_xlim(-9, 4); a.set_ylim(-7, 7)
        a.set_title('Root locus')
        t, y = signal.step(([K], [1, 6, 8, K]), T=np.linspace(0, 15, 150))
        b.plot(t, y)
        b.axhline(1, ls=':', c='k')
        b.set_ylim(-1, 3)
        stable = np.all(p.real < 0)
        b.set_title('K = %.1f: %s' % (K, 'stable' if stable else 'UNSTABLE'))
        plt.show()

display(interactive(redraw, K=K, stops='K'))
