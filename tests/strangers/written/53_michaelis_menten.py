"""Biochemistry: enzyme kinetics with inhibitors, direct plot and Lineweaver-Burk plot."""
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets

def mm(Vmax=10, Km=5.0, I=0.0, Ki=2.0, kind='competitive'):
    S = np.linspace(0.5, 50, 200)
    if kind == 'competitive':
        v = Vmax*S/(Km*(1 + I/Ki) + S)
    elif kind == 'uncompetitive':
        v = Vmax*S/(Km + S*(1 + I/Ki))
    else:
        v = Vmax*S/((Km + S)*(1 + I/Ki))
    v0 = Vmax*S/(Km + S)
    vmax_app = Vmax if kind == 'competitive' else Vmax/(1 + I/Ki)
    fig, ax = plt.subplots(ncols=2, figsize=(11, 4.5))
    ax[0].plot(S, v0, 'k--', label='no inhibitor')
    ax[0].plot(S, v, 'r', label=f'[I] = {I} mM')
    ax[0].axhline(vmax_app, color='r', lw=0.5)
    ax[0].set_ylim(0, 21)
    ax[0].set_xlabel('[S] (mM)'); ax[0].set_ylabel('v (µM/s)')
    ax[0].legend()
    sp = np.array([1, 2, 4, 8, 16, 32])
    idx = [np.argmin(abs(S - s)) for s in sp]
    ax[1].plot(1/S[idx], 1/v[idx], 'ro')
    slope, inter = np.polyfit(1/S[idx], 1/v[idx], 1)
    xl = np.array([-inter/slope, 1.1])
    ax[1].plot(xl, slope*xl + inter, 'r-')
    ax[1].axhline(0, color='k', lw=.6); ax[1].axvline(0, color='k', lw=.6)
    ax[1].set_xlabel('1/[S]'); ax[1].set_ylabel('1/v')
    ax[1].set_title(f"Vmax' = {1/inter:.2f}, Km' = {slope/inter:.2f}")
    plt.show()

widgets.interact(mm, Vmax=(1, 20), Km=(0.5, 20, 0.5), I=(0.0, 10.0, 0.5), Ki=(0.5, 10, 0.5), kind=['competitive', 'uncompetitive', 'noncompetitive'])
