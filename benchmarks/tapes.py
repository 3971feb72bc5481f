"""Programs that a page may hold: how long their tapes are, and what recording and running them takes.

Alone: python benchmarks/tapes.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tables import cell, median, show

from livefig import Between, grad, iterate, trace

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from node import Modules

rng = np.random.default_rng(0)
X, Y = np.meshgrid(np.linspace(-2, 2, 64), np.linspace(-2, 2, 64))
INNER, BIASES, OUTER = rng.normal(size=(2, 6)), rng.normal(size=6), rng.normal(size=(6, 1))
ANGLES = 2 * np.pi * np.outer(np.arange(128), np.arange(128)) / 128
COS, SIN = np.cos(ANGLES), np.sin(ANGLES)
DATA, CLOUD = rng.normal(size=(500, 2)), rng.normal(size=(100_000, 2))
PLACES, KNOTS = np.linspace(0, 10, 2000), np.linspace(0, 10, 100)
ROWS, TARGETS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])


def curve(a, b):
    return np.stack([PLACES, a * np.sin(b * PLACES)], axis=1)


def field(a, b):
    hidden = np.tanh(np.stack([a * X, b * Y], axis=-1) @ INNER + BIASES)
    return 1 / (1 + np.exp(-(hidden @ OUTER)[..., 0]))


def spectrum(frequency, phase):
    samples = np.sin(frequency * np.arange(128) / 20 + phase)
    return np.hypot(COS @ samples, SIN @ samples)


def mean_squared_error(w, b):
    return np.mean((w * DATA[:, 0] + b - DATA[:, 1]) ** 2)


def its_gradient(w, b):
    return grad(lambda p: mean_squared_error(p[0], p[1]))(np.stack([w, b]))


def fourier(b):
    return sum(np.sin(n * PLACES * b) / n for n in range(1, 100, 2))


def interpolated(a):
    return np.interp(a * PLACES, KNOTS, np.sin(KNOTS))


def points(a):
    return CLOUD * a


def descent(rate, n):
    return iterate(lambda x: x - rate * np.array([0.1, 2.0]) * x, np.array([-7.0, 2.0]), n)


def xor(rate, n):
    def step(weights):
        return tuple(w - rate * g for w, g in zip(weights, gradients(*weights), strict=True))

    def gradients(w1, b1, w2, b2):
        h = 1 / (1 + np.exp(-(ROWS @ w1 + b1)))
        y = 1 / (1 + np.exp(-(h @ w2 + b2)))
        da = (y - TARGETS) * y * (1 - y)
        dz = da @ w2.T * h * (1 - h)
        return ROWS.T @ dz, dz.sum(axis=0), h.T @ da, da.sum(axis=0)

    start = rng.normal(size=(2, 2)), np.zeros(2), rng.normal(size=(2, 1)), np.zeros(1)
    return iterate(step, start, n)[2]


class Program(NamedTuple):
    """A function, the examples it is recorded with, the values it is run at, and the most bytes and ms it may take."""

    name: str
    f: Callable[..., Any]
    examples: tuple[Any, ...]
    values: tuple[float, ...]
    size: float | None = None  # bytes without constants
    tracing: float | None = None
    move: float | None = None


PROGRAMS = [
    Program("a·sin(bx) at 2,000 points", curve, (1.0, 1.0), (1.5, 0.7), size=1000),
    Program("64×64 field of a 2-6-1 network", field, (1.0, 1.0), (1.5, 0.7), size=4000, move=6),
    Program("spectrum of 128 samples", spectrum, (1.0, 1.0), (1.5, 0.7), size=2000),
    Program("mean squared error of 500 samples", mean_squared_error, (1.0, 1.0), (1.5, 0.7), size=1000),
    Program("its gradient", its_gradient, (1.0, 1.0), (1.5, 0.7)),
    Program("Fourier's sum, 50 terms, 2,000 points", fourier, (1.0,), (1.2,)),
    Program("np.interp, 100 knots, 2,000 points", interpolated, (1.0,), (0.9,)),
    Program("100,000 points", points, (1.0,), (0.9,), tracing=1000),
    Program("50,000 updates of two weights", descent, (0.1, Between(10, 0, 50_000)), (0.1, 50_000), move=5),
    Program("1,500 iterations on XOR", xor, (0.5, Between(10, 0, 1500)), (0.5, 1500), move=4.5),
]


def show_tapes(runs: int) -> None:
    rows = []
    with Modules("program/machine") as node:
        for program in PROGRAMS:
            start = time.perf_counter()
            tape = trace(program.f, *program.examples)
            traced = (time.perf_counter() - start) * 1000
            size = len(tape.to_json(constants=False))
            moves = node(MOVES, tape.program, program.values, runs)
            rows.append([
                program.name, cell(len(tape)), cell(size, budget=program.size), cell(len(tape.to_json())),
                cell(traced, 1, program.tracing), cell(median(moves), 3, program.move),
            ])  # fmt: skip
    heads = ["program", "operations", "bytes without constants", "with", "recorded, ms", "move in Node, ms"]
    show("Tapes", heads, rows)


MOVES = """const run = parts.machine(args[0]);
    const times = [];
    for (let i = 0; i < args[2] + 20; i++) {
        const start = performance.now();
        run(args[1]);
        times.push(performance.now() - start);
    }
    return times.slice(20);"""


if __name__ == "__main__":
    show_tapes(60)
