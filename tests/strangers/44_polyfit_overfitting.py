# ML course: under/overfitting. polynomial degree, ridge penalty, train/test error
import matplotlib.pyplot as plt
import numpy as np

from livefig import live


def truth(x):
    return np.sin(2 * np.pi * x)


xx = np.linspace(0, 1, 61)
fig, ax = plt.subplots(1, 2, figsize=(13, 4.5))
ax[0].plot(xx, truth(xx), "g", label="truth")
(points,) = ax[0].plot([], [], "bo", label="train")
(others,) = ax[0].plot([], [], ".", color="lightgray", zorder=0)
(fit,) = ax[0].plot([], [], "r", label="degree {degree}")
ax[0].set_ylim(-2, 2)
ax[0].legend()
(trained,) = ax[1].plot([], [], "bo-", label="train RMSE")
(tested,) = ax[1].plot([], [], "rs-", label="test RMSE")
here = ax[1].axvline(3, color="k", ls=":")
ax[1].set_xlim(-0.5, 12.5)
ax[1].set_yscale("log")
ax[1].set_ylim(1e-2, 1e2)
ax[1].set_xlabel("degree")
ax[1].legend()
ax[1].set_title("train {in_sample:.3f}  test {out:.3f}   λ = {lam:.1e}")


def overfit(degree=3, log_lambda=-10, n=15, noise=0.2, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, n)
    y = truth(x) + rng.normal(0, noise, n)
    xt = rng.uniform(0, 1, 100)
    yt = truth(xt) + rng.normal(0, noise, 100)
    lam = 10.0**log_lambda
    train, test = [], []
    for d in range(0, 13):
        V = np.vander(x, d + 1, increasing=True)
        w = np.linalg.solve(V.T @ V + lam * np.eye(d + 1), V.T @ y)
        train.append(np.sqrt(np.mean((V @ w - y) ** 2)))
        test.append(np.sqrt(np.mean((np.vander(xt, d + 1, increasing=True) @ w - yt) ** 2)))
        if d == degree:
            coef = w
    xx = np.linspace(0, 1, 61)
    return {
        points: np.column_stack([x, y]),
        others: np.column_stack([xt, yt]),
        fit: np.column_stack([xx, np.vander(xx, degree + 1, increasing=True) @ coef]),
        trained: np.column_stack([range(13), train]),
        tested: np.column_stack([range(13), test]),
        here: degree,
        "in_sample": train[degree],
        "out": test[degree],
        "lam": lam,
    }


live(
    fig,
    overfit,
    degree=(0, 12),
    log_lambda=(-10, 2, 4),
    n=(15, 45, 30),
    noise=(0.2, 0.6, 0.4),
    stops="noise",
)
