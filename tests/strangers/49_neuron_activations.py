"""Deep learning primer: one-hidden-layer network with random weights, functions it can draw; activation menu."""

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

acts = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "leaky relu": lambda z: np.where(z > 0, z, 0.1 * z),
}

z = np.linspace(-4, 4, 200)
fig, ax = plt.subplots(1, 2, figsize=(12, 4))
(activated,) = ax[0].plot([], [], "k", lw=2)
ax[0].set_title("{activation}")
ax[0].set_xlim(-4, 4)
ax[0].set_ylim(-1.5, 4)
ax[0].grid()
units = [ax[1].plot([], [], lw=0.7, alpha=0.6)[0] for j in range(30)]
(total,) = ax[1].plot([], [], "k", lw=2.5)
(marks,) = ax[1].plot([], [], "r|", ms=15)
ax[1].set_xlim(-3, 3)
ax[1].set_ylim(-15, 15)
ax[1].set_title("{hidden} hidden units, {parameters} parameters")


def net(activation="relu", hidden=6, scale=2.0, seed=0, show_units=True):
    rs = np.random.RandomState(seed)
    W1 = rs.randn(hidden) * scale
    b1 = rs.randn(hidden) * scale
    W2 = rs.randn(hidden) / np.sqrt(hidden)
    x = np.linspace(-3, 3, 400)
    H = acts[activation](np.outer(x, W1) + b1)
    out = H @ W2
    z = np.linspace(-4, 4, 200)
    kinks = -b1 / W1
    result = {
        activated: np.column_stack([z, acts[activation](z)]),
        total: np.column_stack([x, out]),
        marks: np.column_stack([np.where(np.abs(kinks) < 3, kinks, np.nan), np.zeros(len(kinks))]),
        "parameters": 3 * hidden,
    }
    if show_units:
        for j in range(hidden):
            result[units[j]] = np.column_stack([x, W2[j] * H[:, j]])
    return result


live(
    fig,
    net,
    activation=list(acts),
    hidden=widgets.IntSlider(value=6, min=6, max=30, step=6),
    scale=(0.5, 5, 0.5),
    seed=widgets.BoundedIntText(value=0, min=0, max=5),
    show_units=True,
)
