"""scikit-learn workshop: k-nearest neighbours decision regions on the moons (heavy)."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider
from matplotlib.colors import ListedColormap
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

from livefig import live

h = 0.06
xx, yy = np.meshgrid(np.arange(-2, 3, h), np.arange(-1.5, 2, h))
fig = plt.figure(figsize=(8, 6))
regions = plt.pcolormesh(xx, yy, 0 * xx, cmap=ListedColormap(["#FFBBBB", "#BBBBFF"]), vmin=0, vmax=1)
train = plt.scatter([0], [0], c=[0], cmap="bwr_r", vmin=0, vmax=1, edgecolor="k", label="train")
test = plt.scatter([0], [0], c=[0], cmap="bwr_r", vmin=0, vmax=1, marker="s", alpha=0.5, label="test")
plt.xlim(-2, 3)
plt.ylim(-1.5, 2)
plt.legend()
plt.title("k={k}  train acc {learnt:.2f}  test acc {unseen:.2f}")


def knn(k, noise, weights, n):
    X, y = make_moons(n_samples=n, noise=noise, random_state=0)
    Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.4, random_state=1)
    clf = KNeighborsClassifier(n_neighbors=k, weights=weights)
    clf.fit(Xtr, ytr)
    h = 0.06
    xx, yy = np.meshgrid(np.arange(-2, 3, h), np.arange(-1.5, 2, h))
    Z = clf.predict(np.c_[xx.ravel(), yy.ravel()]).reshape(xx.shape)
    return {
        regions: Z,
        train: np.column_stack([Xtr, ytr]),
        test: np.column_stack([Xte, yte]),
        "learnt": clf.score(Xtr, ytr),
        "unseen": clf.score(Xte, yte),
    }


live(
    fig,
    knn,
    k=IntSlider(min=1, max=49, step=8, value=9, continuous_update=False),
    noise=(0, 0.6, 0.2),
    weights=["uniform", "distance"],
    n=IntSlider(min=150, max=400, step=250, value=150),
    stops=("k", "noise", "n"),
)
