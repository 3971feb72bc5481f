# Stochastic processes: symmetric & biased random walks, many paths, spread sqrt(n)
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact

def walk(n=200, paths=30, p=0.5, seed=3):
    np.random.seed(seed)
    plt.figure(figsize=(11, 5))
    ends = []
    for j in range(paths):
        pos = [0]
        for i in range(n):
            if np.random.rand() < p:
                pos.append(pos[-1] + 1)
            else:
                pos.append(pos[-1] - 1)
        ends.append(pos[-1])
        plt.subplot(1, 2, 1)
        plt.plot(range(n + 1), pos, lw=0.6, alpha=0.7)
    k = np.arange(n + 1)
    drift = (2*p - 1)*k
    s = np.sqrt(4*p*(1 - p)*k)
    plt.plot(k, drift, 'k')
    plt.plot(k, drift + 2*s, 'k--')
    plt.plot(k, drift - 2*s, 'k--')
    plt.xlabel('step')
    plt.title(f'{paths} walks of {n} steps, p = {p}')
    plt.subplot(1, 2, 2)
    plt.hist(ends, bins=20, orientation='horizontal', color='gray')
    plt.title('end points: mean %.1f, std %.1f (theory %.1f, %.1f)' % (np.mean(ends), np.std(ends), drift[-1], s[-1]), fontsize=9)
    plt.tight_layout()
    plt.show()

interact(walk, n=(10, 500, 10), paths=(1, 100), p=(0.3, 0.7, 0.01), seed=(0, 50))
