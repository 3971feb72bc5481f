"""What the package costs in Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import timeit
from collections.abc import Callable, Iterator

import numpy as np

from gradcore import bowl, gradient_descent, numerical_gradient
from gradcore.datasets import digits
from gradcore.network import TwoLayerNet
from gradcore.training import train

IMPORT = """
import time, numpy
start = time.perf_counter()
import gradcore
print(time.perf_counter() - start)
"""


def timings(runs: int) -> Iterator[tuple[str, float]]:
    """What was done, and the milliseconds it took (the median)."""
    few, many = np.linspace(-1, 1, 2), np.linspace(-1, 1, 100)
    work: dict[str, Callable[[], object]] = {
        "numerical_gradient of Σ x², 2 variables": lambda: numerical_gradient(_squares, few),
        "numerical_gradient of Σ x², 100 variables": lambda: numerical_gradient(_squares, many),
        "gradient_descent on the bowl, 100 steps": lambda: gradient_descent(bowl, [-7, 2], 0.1, 100),
    }
    for what, function in work.items():
        yield what, _typical(function, runs)
    yield "import gradcore, after numpy", statistics.median(_import_time() for _ in range(runs))


def network_timings(runs: int) -> Iterator[tuple[str, float]]:
    """The same for networks: a gradient beside its five matrix products (wanted: ≤ 1.25×), and a training."""
    rng = np.random.default_rng(0)
    net = TwoLayerNet(784, 50, 10, seed=0)
    x, t = rng.random((100, 784)), np.eye(10)[rng.integers(0, 10, 100)]
    h, da, dz = rng.random((100, 50)), rng.random((100, 10)), rng.random((100, 50))
    W1, W2 = net.params["W1"], net.params["W2"]

    def products() -> None:
        _ = x @ W1, h @ W2, da @ W2.T, h.T @ da, x.T @ dz

    # in turn, so that what else the machine does meets both
    times = [(_typical(products, 3), _typical(lambda: net.gradient(x, t), 3)) for _ in range(runs)]
    yield "the five matrix products of TwoLayerNet(784, 50, 10), 100 samples", statistics.median(a for a, _ in times)
    yield "its whole gradient", statistics.median(b for _, b in times)
    yield "× the products", statistics.median(b / a for a, b in times)
    (images, labels), test = digits()
    accuracies = []

    def learn() -> None:
        net = TwoLayerNet(64, 50, 10, init="xavier", seed=0)
        accuracies.append(train(net, images, labels, epochs=30, lr=0.5, test=test).test_accuracy[-1])

    yield "a training on the digits, 30 epochs (wanted: ≤ 5,000)", min(timeit.repeat(learn, repeat=3, number=1)) * 1000
    yield "% of the held-out digits read right (wanted: ≥ 95)", 100 * accuracies[-1]


def _squares(x: np.ndarray) -> float:
    return np.sum(x**2)


def _typical(function: Callable[[], object], runs: int) -> float:
    timer = timeit.Timer(function)
    number, _ = timer.autorange()
    return statistics.median(timer.repeat(runs, number)) / number * 1000


def _import_time() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000
