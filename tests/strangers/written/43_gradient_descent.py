"""Machine learning, week 2: gradient descent with momentum on an elongated bowl / Rosenbrock."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatLogSlider, IntSlider, FloatSlider

def get(name):
    if name == 'bowl':
        return (lambda x, y: x**2 + 8*y**2), (lambda p: np.array([2*p[0], 16*p[1]])), np.array([-2.5, 1.0])
    return (lambda x, y: (1 - x)**2 + 10*(y - x**2)**2), \
           (lambda p: np.array([-2*(1 - p[0]) - 40*p[0]*(p[1] - p[0]**2), 20*(p[1] - p[0]**2)])), np.array([-1.2, 2.0])

def gd(name='bowl', lr=0.05, momentum=0.0, steps=30):
    f, grad, p = get(name)
    v = np.zeros(2)
    hist = [p.copy()]
    for _ in range(steps):
        v = momentum*v - lr*grad(p)
        p = p + v
        if np.any(np.abs(p) > 1e3):
            break
        hist.append(p.copy())
    hist = np.array(hist)
    X, Y = np.meshgrid(np.linspace(-3, 3, 200), np.linspace(-2, 3, 200))
    fig, (ax, bx) = plt.subplots(1, 2, figsize=(13, 5))
    ax.contourf(X, Y, np.log1p(f(X, Y)), levels=30, cmap='Blues_r')
    ax.plot(hist[:, 0], hist[:, 1], 'o-', color='orange', ms=4)
    ax.set_xlim(-3, 3); ax.set_ylim(-2, 3)
    ax.set_title(f'{name}, lr = {lr:.4f}, momentum = {momentum}')
    loss = f(hist[:, 0], hist[:, 1])
    bx.semilogy(loss + 1e-12, '.-')
    bx.set_ylim(1e-8, 1e4); bx.set_xlim(0, 200)
    bx.set_xlabel('step'); bx.set_ylabel('loss')
    bx.set_title(f'loss after {len(hist) - 1} steps: {loss[-1]:.3g}')
    plt.show()

interact(gd, name=['bowl', 'rosenbrock'], lr=FloatLogSlider(value=0.05, min=-4, max=-0.5, step=0.05),
         momentum=FloatSlider(value=0, min=0, max=0.95, step=0.05), steps=IntSlider(value=30, min=1, max=200));
