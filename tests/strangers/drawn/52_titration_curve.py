"""Analytical chemistry: titration of a weak acid with NaOH, pH by solving the charge balance."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.optimize import brentq
from ipywidgets import FloatSlider, Dropdown
from livefig import interact

Kw = 1e-14
indicators = {'none': None, 'methyl orange': (3.1, 4.4, 'orange'), 'bromothymol blue': (6.0, 7.6, 'green'), 'phenolphthalein': (8.2, 10.0, 'magenta')}

def pH_at(Vb, Ca, Va, Cb, Ka):
    def balance(pH):
        h = 10.0**(-pH)
        na = Cb*Vb/(Va + Vb)
        ac = Ca*Va/(Va + Vb)*Ka/(Ka + h)
        return na + h - Kw/h - ac
    return brentq(balance, -1, 15)

def titration(pKa, Ca, Cb, indicator, V):
    Va = 25.0
    Ka = 10**(-pKa)
    vols = np.linspace(0, 50, 200)
    pH = [pH_at(v, Ca, Va, Cb, Ka) for v in vols]
    Veq = Ca*Va/Cb
    plt.figure(figsize=(8, 5))
    plt.plot(vols, pH, 'b')
    p = pH_at(V, Ca, Va, Cb, Ka)
    plt.plot(V, p, 'ro')
    plt.hlines(p, 0, V, linestyles=':'); plt.vlines(V, 0, p, linestyles=':')
    if Veq < 50:
        plt.axvline(Veq, color='gray', ls='--')
        plt.plot(Veq/2, pH_at(Veq/2, Ca, Va, Cb, Ka), 'ks')
        plt.annotate('', (Veq/2, pKa), xytext=(Veq/2 - 5, pKa - 2), arrowprops={'arrowstyle': '->'})
        plt.text(Veq/2 - 5, pKa - 2, 'half-equivalence: pH = pKa')
    if indicators[indicator]:
        lo, hi, col = indicators[indicator]
        plt.axhspan(lo, hi, color='gray', alpha=0.2)
    plt.xlim(0, 50); plt.ylim(0, 14)
    plt.xlabel('mL NaOH'); plt.ylabel('pH')
    plt.title(f'V = {V:.1f} mL, pH = {p:.2f}')
    plt.show()

interact(titration, pKa=FloatSlider(value=4.76, min=0, max=10, step=0.1), Ca=(0.02, 0.2, 0.01), Cb=(0.05, 0.2, 0.01),
         indicator=Dropdown(options=list(indicators)), V=FloatSlider(min=0, max=50, step=0.5, value=10))
