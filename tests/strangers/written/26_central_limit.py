"""Statistics 101: central limit theorem, histogram of sample means against the normal curve."""
import numpy as np
import matplotlib.pyplot as plt
from scipy.stats import norm
from ipywidgets import interact

def clt(dist='exponential', n=5, reps=2000, bins=40):
    rng = np.random.default_rng(0)
    if dist == 'exponential':
        data = rng.exponential(1, size=(reps, n)); mu, sd = 1, 1
    elif dist == 'uniform':
        data = rng.uniform(0, 1, size=(reps, n)); mu, sd = 0.5, np.sqrt(1/12)
    elif dist == 'coin':
        data = rng.integers(0, 2, size=(reps, n)); mu, sd = 0.5, 0.5
    else:
        data = np.where(rng.random((reps, n)) < .5, rng.normal(-2, .5, (reps, n)), rng.normal(2, .5, (reps, n)))
        mu, sd = 0, np.sqrt(4.25)
    means = data.mean(axis=1)
    fig, (a, b) = plt.subplots(1, 2, figsize=(12, 4))
    a.hist(data[:, 0], bins=bins, density=True, color='silver', edgecolor='k')
    a.set_title(f'population: {dist}')
    b.hist(means, bins=bins, density=True, color='skyblue', edgecolor='k')
    x = np.linspace(mu - 4*sd/np.sqrt(n), mu + 4*sd/np.sqrt(n), 200)
    b.plot(x, norm.pdf(x, mu, sd/np.sqrt(n)), 'r', lw=2)
    b.set_xlim(mu - 3*sd, mu + 3*sd)
    b.set_title(f'means of n={n}:  mean={means.mean():.3f}, sd={means.std():.3f}, σ/√n={sd/np.sqrt(n):.3f}')
    plt.show()

interact(clt, dist=['exponential', 'uniform', 'coin', 'bimodal'], n=(1, 100), reps=(100, 10000, 100), bins=(10, 80, 5))
