"""Control systems: Nyquist plot with gain margin, for third-order lag with delay."""
import numpy as np
import matplotlib.pyplot as plt
from livefig import interact

def nyquist(K=4.0, T=1.0, delay=0.0, mirror=True):
    w = np.logspace(-2, 2, 3000)
    s = 1j*w
    L = K*np.exp(-s*delay)/(T*s + 1)**3
    plt.figure(figsize=(6, 6))
    plt.plot(L.real, L.imag, 'b', label='$L(j\\omega)$')
    if mirror:
        plt.plot(L.real, -L.imag, 'b--', lw=.7)
    th = np.linspace(0, 2*np.pi, 200)
    plt.plot(np.cos(th), np.sin(th), 'k:', lw=.8)
    plt.plot(-1, 0, 'r+', ms=14, mew=2)
    i = np.argmax((L.imag[:-1] < 0) & (L.imag[1:] >= 0))
    if i > 0:
        x = L.real[i]
        plt.plot(x, 0, 'go')
        gm = -1/x
        plt.title(f'K = {K:.1f}: gain margin {gm:.2f} at ω = {w[i]:.2f}')
    mid = len(w)//3
    plt.annotate('', xy=(L.real[mid+20], L.imag[mid+20]), xytext=(L.real[mid], L.imag[mid]), arrowprops=dict(arrowstyle='->', color='b'))
    plt.xlim(-4, 10); plt.ylim(-7, 7)
    plt.axhline(0, c='gray', lw=.5); plt.axvline(0, c='gray', lw=.5)
    plt.legend(); plt.gca().set_aspect('equal')
    plt.show()

interact(nyquist, K=(0.5, 12, 0.1), T=(0.2, 3, 0.1), delay=(0.0, 2.0, 0.1), mirror=True);
