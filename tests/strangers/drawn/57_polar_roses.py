"""Precalculus: polar curves - roses, limacons, spirals - traced up to an angle."""
import numpy as np
import matplotlib.pyplot as plt
from livefig import interact

def polar(curve='rose', a=1.0, b=1.0, k=3, upto=2.0):
    th = np.linspace(0, upto*np.pi, 800)
    if curve == 'rose':
        r = a*np.cos(k*th); label = f'r = {a}cos({k}θ)'
    elif curve == 'limacon':
        r = a + b*np.cos(th); label = f'r = {a} + {b}cos θ'
    elif curve == 'spiral':
        r = a*th/(2*np.pi); label = f'r = {a}θ/2π'
    else:
        r = np.sqrt(np.maximum(a**2*np.cos(2*th), 0)); label = f'r² = {a}²cos 2θ'
    fig = plt.figure(figsize=(11, 5))
    ax = fig.add_subplot(121, projection='polar')
    ax.plot(np.where(r < 0, th + np.pi, th), np.abs(r), lw=1.5, color='purple')
    ax.plot([th[-1]]*2, [0, abs(r[-1])], 'r')
    ax.set_rmax(4)
    ax.set_title(label)
    ax2 = fig.add_subplot(122)
    ax2.plot(th, r, color='purple')
    ax2.fill_between(th, 0, r, where=r < 0, color='red', alpha=.2)
    ax2.axhline(0, color='k')
    ax2.set_xlim(0, 4*np.pi); ax2.set_ylim(-4, 4)
    ax2.set_xticks(np.pi*np.arange(5)); ax2.set_xticklabels(['0', 'π', '2π', '3π', '4π'])
    area = 0.5*np.sum((r[1:]**2 + r[:-1]**2)/2*np.diff(th))
    ax2.set_title('swept area = %.3f' % area)
    plt.show()

interact(polar, curve=['rose', 'limacon', 'spiral', 'lemniscate'], a=(0.1, 2, 0.1), b=(0.0, 2.0, 0.1), k=(1, 8), upto=(0.1, 4, 0.1));
