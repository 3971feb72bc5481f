"""scikit-learn workshop: k-nearest neighbours decision regions on the moons (heavy)."""
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from sklearn.datasets import make_moons
from sklearn.neighbors import KNeighborsClassifier
from sklearn.model_selection import train_test_split
from ipywidgets import IntSlider
from livefig import interact

def knn(k, noise, weights, n):
    X, y = make_moons(n_samples=n, noise=noise, random_state=0)
    Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.4, random_state=1)
    clf = KNeighborsClassifier(n_neighbors=k, weights=weights)
    clf.fit(Xtr, ytr)
    h = 0.03
    xx, yy = np.meshgrid(np.arange(-2, 3, h), np.arange(-1.5, 2, h))
    Z = clf.predict(np.c_[xx.ravel(), yy.ravel()]).reshape(xx.shape)
    plt.figure(figsize=(8, 6))
    plt.pcolormesh(xx, yy, Z, cmap=ListedColormap(['#FFBBBB', '#BBBBFF']))
    plt.scatter(Xtr[:, 0], Xtr[:, 1], c=ytr, cmap='bwr_r', edgecolor='k', label='train')
    plt.scatter(Xte[:, 0], Xte[:, 1], c=yte, cmap='bwr_r', marker='s', alpha=0.5, label='test')
    plt.xlim(-2, 3)
    plt.ylim(-1.5, 2)
    plt.legend()
    plt.title("k=%d  train acc %.2f  test acc %.2f" % (k, clf.score(Xtr, ytr), clf.score(Xte, yte)))
    plt.show()

interact(knn, k=IntSlider(min=1, max=50, step=4, value=5, continuous_update=False),
         stops='k', noise=[0.1, 0.3], weights=["uniform", "distance"], n=[150, 300])
