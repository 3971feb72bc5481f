"""Deep learning primer: one-hidden-layer network with random weights, functions it can draw; activation menu."""
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from livefig import interact

acts = {'relu': lambda z: np.maximum(z, 0), 'tanh': np.tanh,
        'sigmoid': lambda z: 1/(1 + np.exp(-z)), 'leaky relu': lambda z: np.where(z > 0, z, 0.1*z)}

@interact(activation=list(acts), hidden=widgets.IntSlider(value=6, min=6, max=18, step=6), scale=(0.5, 5, 0.5),
                  seed=widgets.BoundedIntText(value=0, min=0, max=1), show_units=True)
def net(activation='relu', hidden=6, scale=2.0, seed=0, show_units=True):
    rs = np.random.RandomState(seed)
    W1 = rs.randn(hidden)*scale
    b1 = rs.randn(hidden)*scale
    W2 = rs.randn(hidden)/np.sqrt(hidden)
    x = np.linspace(-3, 3, 400)
    H = acts[activation](np.outer(x, W1) + b1)
    out = H @ W2
    fig, ax = plt.subplots(1, 2, figsize=(12, 4))
    z = np.linspace(-4, 4, 200)
    ax[0].plot(z, acts[activation](z), 'k', lw=2)
    ax[0].set_title(activation)
    ax[0].set_ylim(-1.5, 4)
    ax[0].grid()
    if show_units:
        for j in range(hidden):
            ax[1].plot(x, W2[j]*H[:, j], lw=.7, alpha=.6)
    ax[1].plot(x, out, 'k', lw=2.5)
    kinks = -b1/W1
    kinks = np.where(np.abs(kinks) < 3, kinks, np.nan)
    ax[1].plot(kinks, np.zeros(len(kinks)), 'r|', ms=15)
    ax[1].set_xlim(-3, 3)
    ax[1].set_title(f'{hidden} hidden units, {3*hidden} parameters')
    plt.show()
