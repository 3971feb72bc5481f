# ML course: under/overfitting. polynomial degree, ridge penalty, train/test error
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from livefig import interact

def truth(x):
    return np.sin(2*np.pi*x)

def overfit(degree=3, log_lambda=-10, n=15, noise=0.2, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, n); y = truth(x) + rng.normal(0, noise, n)
    xt = rng.uniform(0, 1, 100); yt = truth(xt) + rng.normal(0, noise, 100)
    lam = 10.0**log_lambda
    train, test = [], []
    for d in range(0, 13):
        V = np.vander(x, d + 1, increasing=True)
        w = np.linalg.solve(V.T @ V + lam*np.eye(d + 1), V.T @ y)
        train.append(np.sqrt(np.mean((V @ w - y)**2)))
        test.append(np.sqrt(np.mean((np.vander(xt, d + 1, increasing=True) @ w - yt)**2)))
        if d == degree:
            coef = w
    xx = np.linspace(0, 1, 300)
    fig, ax = plt.subplots(1, 2, figsize=(13, 4.5))
    ax[0].plot(xx, truth(xx), 'g', label='truth')
    ax[0].plot(x, y, 'bo', label='train')
    ax[0].plot(xt, yt, '.', color='lightgray', zorder=0)
    ax[0].plot(xx, np.vander(xx, degree + 1, increasing=True) @ coef, 'r', label=f'degree {degree}')
    ax[0].set_ylim(-2, 2); ax[0].legend()
    ax[1].plot(range(13), train, 'bo-', label='train RMSE')
    ax[1].plot(range(13), test, 'rs-', label='test RMSE')
    ax[1].axvline(degree, color='k', ls=':')
    ax[1].set_yscale('log'); ax[1].set_ylim(1e-2, 1e2)
    ax[1].set_xlabel('degree'); ax[1].legend()
    ax[1].set_title(f'train {train[degree]:.3f}  test {test[degree]:.3f}   λ = {lam:.1e}')
    plt.show()

interact(overfit, degree=(0, 12, 3), log_lambda=[-10, -2], n=[15, 60], noise=[0.2, 0.5], seed=widgets.fixed(0));
