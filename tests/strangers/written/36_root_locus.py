# Control theory - Root locus of K/(s(s+2)(s+4)) and the closed-loop step response for the gain K
import numpy as np
import matplotlib.pyplot as plt
from scipy import signal
import ipywidgets as widgets
from IPython.display import display

Ks = np.linspace(0, 100, 400)
locus = np.array([np.sort_complex(np.roots([1, 6, 8, k])) for k in Ks])

K = widgets.FloatSlider(min=0.1, max=100, step=0.1, value=10, description='gain K', layout=widgets.Layout(width='70%'))
out = widgets.Output()

def redraw(change=None):
    with out:
        out.clear_output(wait=True)
        p = np.roots([1, 6, 8, K.value])
        fig, (a, b) = plt.subplots(1, 2, figsize=(12, 5))
        a.plot(locus.real, locus.imag, 'b.', ms=1)
        a.plot([0, -2, -4], [0, 0, 0], 'kx', ms=10)
        a.plot(p.real, p.imag, 'rs')
        a.axvline(0, color='k')
        a.axvspan(0, 4, color='r', alpha=0.08)
        a.set_xlim(-9, 4); a.set_ylim(-7, 7)
        a.set_title('Root locus')
        t, y = signal.step(([K.value], [1, 6, 8, K.value]), T=np.linspace(0, 15, 500))
        b.plot(t, y)
        b.axhline(1, ls=':', c='k')
        b.set_ylim(-1, 3)
        stable = np.all(p.real < 0)
        b.set_title('K = %.1f: %s' % (K.value, 'stable' if stable else 'UNSTABLE'), color='g' if stable else 'r')
        plt.show()

K.observe(redraw, names='value')
display(K, out)
redraw()
