"""Applied statistics: least squares line, residuals, and the leverage of one movable outlier."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider
from livefig import interact

np.random.seed(7)
x = np.sort(np.random.uniform(0, 10, 20))
y = 1.5*x + 3 + np.random.normal(0, 1.5, 20)

def fit(xo=9.0, yo=5.0, include=True, residuals=True):
    if include:
        X = np.append(x, xo)
        Y = np.append(y, yo)
    else:
        X, Y = x, y
    slope, intercept = np.polyfit(X, Y, 1)
    yhat = slope*X + intercept
    fig, ax = plt.subplots(1, 2, figsize=(12, 4.5))
    ax[0].scatter(x, y)
    if include:
        ax[0].scatter(xo, yo, c='red', s=80, marker='s')
    g = np.linspace(-1, 16, 10)
    ax[0].plot(g, slope*g + intercept, 'k')
    if residuals:
        ax[0].vlines(X, yhat, Y, color='r', lw=.8)
    ax[0].set_xlim(-1, 16); ax[0].set_ylim(-6, 26)
    ax[0].set_title(f'y = {slope:.2f} x + {intercept:.2f},  $R^2$ = {np.corrcoef(X, Y)[0, 1]**2:.3f}')
    ax[1].scatter(yhat, Y - yhat)
    ax[1].axhline(0, color='k')
    ax[1].set_xlabel('fitted'); ax[1].set_ylabel('residual')
    ax[1].set_title('SSE = %.1f' % np.sum((Y - yhat)**2))
    plt.show()

interact(fit, xo=FloatSlider(min=0, max=15, step=0.5, value=9), yo=FloatSlider(min=-5, max=25, step=0.5, value=5), include=True, residuals=True)
