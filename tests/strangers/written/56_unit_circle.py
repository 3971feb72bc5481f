# Trigonometrie (Gymnasium): Einheitskreis und Sinus-/Kosinuskurve, durch einen Schieber verbunden
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.patches import Arc, Wedge
import ipywidgets as widgets
from IPython.display import display

grad = widgets.IntSlider(value=40, min=0, max=360, step=1, description='Winkel °')

def kreis(w):
    a = np.radians(w)
    fig, ax = plt.subplots(figsize=(4.5, 4.5))
    ax.add_patch(plt.Circle((0, 0), 1, fill=False))
    ax.add_patch(Wedge((0, 0), 0.25, 0, w, color='gold', alpha=0.6))
    ax.plot([0, np.cos(a)], [0, np.sin(a)], 'k')
    ax.plot([np.cos(a), np.cos(a)], [0, np.sin(a)], 'r', lw=3)
    ax.plot([0, np.cos(a)], [0, 0], 'b', lw=3)
    if abs(np.cos(a)) > 0.05:
        ax.plot([1, 1], [0, np.tan(a)], 'g', lw=2)
    ax.plot(np.cos(a), np.sin(a), 'ko')
    ax.set_xlim(-1.5, 1.5); ax.set_ylim(-1.5, 1.5)
    ax.set_aspect('equal'); ax.grid(alpha=.3)
    ax.set_title(f'sin = {np.sin(a):.3f}   cos = {np.cos(a):.3f}')
    plt.show()

def kurve(w):
    x = np.arange(0, 361)
    plt.figure(figsize=(7, 3))
    plt.plot(x, np.sin(np.radians(x)), 'r', x, np.cos(np.radians(x)), 'b', alpha=0.4)
    plt.plot(x[:w+1], np.sin(np.radians(x[:w+1])), 'r', lw=2)
    plt.plot(x[:w+1], np.cos(np.radians(x[:w+1])), 'b', lw=2)
    plt.vlines(w, 0, np.sin(np.radians(w)), color='r')
    plt.xticks(range(0, 361, 45)); plt.xlim(0, 360); plt.ylim(-1.2, 1.2)
    plt.title(f'{w}° = {w/180:.3f} π')
    plt.show()

o1 = widgets.interactive_output(kreis, {'w': grad})
o2 = widgets.interactive_output(kurve, {'w': grad})
display(widgets.VBox([grad, widgets.HBox([o1, o2])]))
