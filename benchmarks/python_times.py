"""What the package costs in Python, beside its peers. Alone: python benchmarks/python_times.py

In every round each contestant runs in turn, so that what else the machine does meets all of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import timeit
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from scipy.optimize import approx_fprime
from tables import cell, show
from threadpoolctl import threadpool_limits

from gradcore import TwoLayerNet, bowl, digits, gradient_descent, numerical_gradient, trace, train

Contestants = dict[str, Callable[[], object] | None]  # None: not installed
Wanted = dict[str, float]  # of the ratio ours / its: the most

IMPORT = """
import time, numpy
start = time.perf_counter()
import gradcore
print(time.perf_counter() - start)
"""


def show_python(rounds: int) -> None:
    show_gradients(rounds)
    show_network(rounds)
    show_others(rounds)


def show_gradients(rounds: int) -> None:
    few, many = np.linspace(-1, 1, 2), np.linspace(-1, 1, 100)
    notes, scipy = "the notes' nditer code", "scipy's approx_fprime"
    _race("The gradient of np.sum(x**2), 2 variables", _gradients(few), {notes: 1.1, scipy: 1 / 1.5}, rounds)
    _race("The same, 100 variables", _gradients(many), {notes: 1.0, scipy: 1 / 1.5}, rounds)
    at_once: Contestants = {
        "numerical_gradient(…, vectorized=True)": lambda: numerical_gradient(_squares_of_rows, many, vectorized=True)
    }
    _race("The same, where f takes many points", at_once | {notes: _gradients(many)[notes]}, {notes: 0.1}, rounds)


def _gradients(x: np.ndarray) -> Contestants:
    autograd, torch, numdifftools = map(_installed, ("autograd", "torch", "numdifftools"))
    anp = autograd and import_module("autograd.numpy")
    return {
        "numerical_gradient": lambda: numerical_gradient(_squares, x),
        "the notes' nditer code": lambda: _notes_gradient(_squares, x),
        "scipy's approx_fprime": lambda: approx_fprime(x, _squares),
        "numdifftools": numdifftools and (lambda: numdifftools.Gradient(_squares)(x)),
        "autograd": autograd and (lambda: autograd.grad(lambda x: anp.sum(x**2))(x)),
        "torch": torch and (lambda: _torch_gradient(torch, x)),
    }


def _squares(x: np.ndarray) -> float:
    return np.sum(x**2)


def _squares_of_rows(x: np.ndarray) -> np.ndarray:
    return np.sum(x**2, axis=1)


def _notes_gradient(f: Callable[[np.ndarray], float], x: np.ndarray) -> np.ndarray:
    """The code of the study notes; it moves the elements of x itself."""
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        i = it.multi_index
        before = x[i]
        x[i] = before + h
        ahead = f(x)
        x[i] = before - h
        behind = f(x)
        grad[i] = (ahead - behind) / (2 * h)
        x[i] = before
        it.iternext()
    return grad


def _torch_gradient(torch: Any, x: np.ndarray) -> Any:
    leaf = torch.tensor(x, requires_grad=True)
    (leaf**2).sum().backward()
    return leaf.grad


def show_network(rounds: int) -> None:
    """A gradient beside the five matrix products that nothing can do without, and beside other libraries."""
    rng = np.random.default_rng(0)
    net = TwoLayerNet(784, 50, 10, seed=0)
    x, t = rng.random((100, 784)), np.eye(10)[rng.integers(0, 10, 100)]
    h, da, dz = rng.random((100, 50)), rng.random((100, 10)), rng.random((100, 50))
    W1, W2 = net.params["W1"], net.params["W2"]
    autograd, torch = _installed("autograd"), _installed("torch")
    contestants: Contestants = {
        "TwoLayerNet.gradient": lambda: net.gradient(x, t),
        "the five matrix products alone": lambda: (x @ W1, h @ W2, da @ W2.T, h.T @ da, x.T @ dz),
        "bare NumPy backpropagation": lambda: _bare(net.params, x, t),
        "autograd": autograd and _autograd_network(autograd, net.params, x, t),
        "torch": torch and _torch_network(torch, net.params, x, t),
    }
    wanted = {"the five matrix products alone": 1.25, "autograd": 1.0, "torch": 1.0}
    title = "The gradient of TwoLayerNet(784, 50, 10), 100 samples"
    _race(title, contestants, wanted, rounds)
    with threadpool_limits(1):
        _race(f"{title}, on one thread", contestants, wanted, rounds)


def _bare(params: dict[str, Any], x: np.ndarray, t: np.ndarray) -> dict[str, Any]:
    """As short as it gets: no checks, no choice of activation, no overflow-safe anything but softmax."""
    h = 1 / (1 + np.exp(-(x @ params["W1"] + params["b1"])))
    a = h @ params["W2"] + params["b2"]
    e = np.exp(a - a.max(axis=1, keepdims=True))
    da = (e / e.sum(axis=1, keepdims=True) - t) / len(x)
    dz = da @ params["W2"].T * (h * (1 - h))
    return {"W1": x.T @ dz, "b1": dz.sum(axis=0), "W2": h.T @ da, "b2": da.sum(axis=0)}


def _autograd_network(autograd: Any, params: dict[str, Any], x: np.ndarray, t: np.ndarray) -> Callable[[], object]:
    anp = import_module("autograd.numpy")

    def loss(params: dict[str, Any]) -> Any:
        h = 1 / (1 + anp.exp(-(anp.dot(x, params["W1"]) + params["b1"])))
        a = anp.dot(h, params["W2"]) + params["b2"]
        a = a - anp.max(a, axis=1, keepdims=True)
        return -anp.sum(t * (a - anp.log(anp.sum(anp.exp(a), axis=1, keepdims=True)))) / len(x)

    return lambda: autograd.grad(loss)(params)


def _torch_network(torch: Any, params: dict[str, Any], x: np.ndarray, t: np.ndarray) -> Callable[[], object]:
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    inputs, labels = torch.tensor(x), torch.tensor(t.argmax(axis=1))

    def gradient() -> object:
        h = torch.sigmoid(inputs @ leaves["W1"] + leaves["b1"])
        loss = torch.nn.functional.cross_entropy(h @ leaves["W2"] + leaves["b2"], labels)
        return torch.autograd.grad(loss, list(leaves.values()))

    return gradient


def show_others(rounds: int) -> None:
    """Budgets of their own, without peers."""
    x = np.linspace(-1, 1, 100)
    tape = trace(lambda x: np.sum(np.sin(x) * np.exp(x) + x**2 - x), x)
    tape.gradient(x)  # made once, then kept
    (images, labels), test = digits()
    accuracies = []

    def learn() -> None:
        net = TwoLayerNet(64, 50, 10, init="xavier", seed=0)
        accuracies.append(train(net, images, labels, epochs=30, lr=0.5, test=test).test_accuracy[-1])

    rows = [
        (f"tape.gradient of a tape of {len(tape)} operations", _least(lambda: tape.gradient(x), rounds), 1.0),
        ("gradient_descent, 100 steps", _least(lambda: gradient_descent(bowl, [-7, 2], 0.1, 100), rounds), None),
        ("import gradcore, after numpy (median)", statistics.median(_import_time() for _ in range(rounds)), 300.0),
        ("a training on the digits, 30 epochs", min(timeit.repeat(learn, repeat=3, number=1)) * 1000, 5000.0),
    ]
    show(
        "Other times", ["what", "ms", "≤"],
        [[what, cell(ms, 3, most), "" if most is None else cell(most)] for what, ms, most in rows],
        f"The training read {100 * min(accuracies):.1f} % of the held-out digits right (wanted: ≥ 95).",
    )  # fmt: skip


def _race(title: str, contestants: Contestants, wanted: Wanted, rounds: int) -> None:
    """Time the contestants in turn; the first is ours, and stands beside each of the others."""
    running = {who: timeit.Timer(work) for who, work in contestants.items() if work}
    number = {who: max(1, timer.autorange()[0] // 10) for who, timer in running.items()}  # about 20 ms
    times: dict[str, list[float]] = {who: [] for who in running}
    for _ in range(5 * rounds):
        for who, timer in running.items():
            times[who].append(timer.timeit(number[who]) / number[who] * 1e6)
    ours = next(iter(times.values()))
    rows = []
    for who in contestants:
        if who not in times:
            rows.append([who, "not installed", "", "", "", ""])
            continue
        least, most = min(ours) / min(times[who]), wanted.get(who)
        usual = statistics.median(a / b for a, b in zip(ours, times[who], strict=True))
        rows.append([who, cell(min(times[who]), 1), cell(statistics.median(times[who]), 1),
                     cell(least, 2, most), cell(usual, 2), "" if most is None else f"≤ {most:.3g}"])  # fmt: skip
    show(
        title, ["who", "µs, least", "µs, median", "ours / its, of the least", "of the medians", "wanted"], rows,
        "Of the medians: the median over the rounds, each of which runs all of them in turn.",
    )  # fmt: skip


def _installed(name: str) -> Any:
    """A module, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def _least(function: Callable[[], object], rounds: int) -> float:
    timer = timeit.Timer(function)
    number, _ = timer.autorange()
    return min(timer.repeat(rounds, number)) / number * 1000


def _import_time() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000


if __name__ == "__main__":
    show_python(3)
