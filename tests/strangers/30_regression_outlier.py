"""Applied statistics: least squares line, residuals, and the leverage of one movable outlier."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider

from livefig import live

np.random.seed(7)
x = np.sort(np.random.uniform(0, 10, 20))
y = 1.5 * x + 3 + np.random.normal(0, 1.5, 20)

fig, ax = plt.subplots(1, 2, figsize=(12, 4.5))
ax[0].scatter(x, y)
outlier = ax[0].scatter(9, 5, c="red", s=80, marker="s")
g = np.linspace(-1, 16, 10)
(line,) = ax[0].plot([], [], "k")
drops = ax[0].vlines(x, x, y, color="r", lw=0.8)
ax[0].set_xlim(-1, 16)
ax[0].set_ylim(-6, 26)
ax[0].set_title("y = {slope:.2f} x + {intercept:.2f},  $R^2$ = {R2:.3f}")
left_over = ax[1].scatter(x, y)
level = ax[1].axhline(0, color="k")
ax[1].set_xlabel("fitted")
ax[1].set_ylabel("residual")
ax[1].set_title("SSE = {SSE:.1f}")


def fit(xo=9.0, yo=5.0, include=True, residuals=True):
    if include:
        X = np.append(x, xo)
        Y = np.append(y, yo)
    else:
        X, Y = x, y
    slope, intercept = np.polyfit(X, Y, 1)
    yhat = slope * X + intercept
    result = {
        line: np.column_stack([g, slope * g + intercept]),
        left_over: np.column_stack([yhat, Y - yhat]),
        ax[1]: ((np.min(yhat) - 1, np.max(yhat) + 1), (np.min(Y - yhat) - 1, np.max(Y - yhat) + 1)),
        level: 0,
        "slope": slope,
        "intercept": intercept,
        "R2": np.corrcoef(X, Y)[0, 1] ** 2,
        "SSE": np.sum((Y - yhat) ** 2),
    }
    if include:
        result[outlier] = np.array([[xo, yo]])
    if residuals:
        result[drops] = np.column_stack([X, yhat, Y])
    return result


live(
    fig,
    fit,
    xo=FloatSlider(min=0, max=15, step=0.5, value=9),
    yo=FloatSlider(min=-5, max=25, step=0.5, value=5),
    include=True,
    residuals=True,
)
