"""What the package costs in Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import timeit
from collections.abc import Callable, Iterator

import numpy as np

from gradcore import bowl, gradient_descent, numerical_gradient

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


def _squares(x: np.ndarray) -> float:
    return np.sum(x**2)


def _typical(function: Callable[[], object], runs: int) -> float:
    timer = timeit.Timer(function)
    number, _ = timer.autorange()
    return statistics.median(timer.repeat(runs, number)) / number * 1000


def _import_time() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000
