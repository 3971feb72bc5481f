"""The training loop: draw a mini-batch, compute the gradient, update, repeat."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcore import arguments, samples
from gradcore.network import TwoLayerNet
from gradcore.rules import SGD, Rule, as_rule
from livefig.record.objects import regular


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """How a training went.

    batch_loss : the loss of every mini-batch, before the update it led to, shape (nit,).
    train_loss, train_accuracy : before the first epoch and after each, on all samples, shape (epochs + 1,); the last
        epoch may have been cut short by `iterations`. Where a loss is not finite, its accuracy is NaN.
    test_loss, test_accuracy : the same on the test samples; None where none were given.
    nit : the number of updates.
    diverged_at : the number of updates after which the loss was not finite, and the training stopped; or None.
    """

    batch_loss: NDArray[np.float64]
    train_loss: NDArray[np.float64]
    train_accuracy: NDArray[np.float64]
    test_loss: NDArray[np.float64] | None
    test_accuracy: NDArray[np.float64] | None
    nit: int
    diverged_at: int | None


def train(
    net: TwoLayerNet,
    x: ArrayLike,
    t: ArrayLike,
    *,
    epochs: int | None = None,
    iterations: int | None = None,
    batch_size: int | None = 100,
    lr: float | Rule = 0.1,
    seed: int | None = 0,
    test: tuple[ArrayLike, ArrayLike] | None = None,
    progress: bool | None = None,
) -> TrainingResult:
    """Teach `net` the targets t of the samples x. Its `params` are replaced; the arrays they were stay as they are.

        repeat: draw a mini-batch;  g ← gradient of its loss;  params ← params − η g, or as the rule says

    x, t : the samples, one a row, and their targets, as `net.loss` takes them.
    epochs : how many times every sample is used; each time in a new order. 0 only measures. By default 10.
    iterations : instead of epochs, the number of updates: as many whole epochs as fit, and a part of one more.
    batch_size : samples in a mini-batch, the last one of an epoch taking what is left. None takes all, in order:
        then an epoch is one update, as in the chapter on backpropagation.
    lr : the learning rate η, a number; or an update rule, applied to each of W1, b1, W2, b2.
    seed : of the order, a whole number ≥ 0.
    test : (x, t) of samples held out, to be measured after each epoch and never learned from. Give the validation
        samples here as long as something is still chosen by what they show.
    progress : whether to show a progress bar. None does on a terminal, not in notebooks, files and CI.
    Returns a TrainingResult. Raises TypeError or ValueError naming the argument; divergence is no error.

    >>> from gradcore.datasets import xor
    >>> net = TwoLayerNet(3, 4, 1, loss="squares", bias=False, init="uniform", seed=0)
    >>> result = train(net, *xor(), epochs=1500, batch_size=None, lr=1.0)
    >>> net.predict(xor()[0]).ravel().round(1) + 0.0
    array([0., 1., 1., 0.])

    Chapters "Backpropagation" and "Learning from mini-batches". Saitoh, Deep Learning from Scratch, section 4.5.
    """
    if not isinstance(net, TwoLayerNet):
        raise TypeError(f"net must be a TwoLayerNet, not {net!r}")
    inputs, targets = arguments.array("x", x), regular("t", t)
    if inputs.ndim != 2:
        raise ValueError(f"x must have one sample a row, not shape {inputs.shape}")
    rng = samples.generator("seed", seed)
    batch_size = None if batch_size is None else samples.size("batch_size", batch_size)
    per_epoch = 1 if batch_size is None else ceil(len(inputs) / batch_size)
    updates = _updates(epochs, iterations, per_epoch)
    rule = as_rule("lr", lr)
    if isinstance(rule, SGD):
        arguments.positive("lr", rule.lr)
    shown = _on_terminal() if progress is None else samples.switch("progress", progress)
    measures = [(*_measure(net, inputs, targets), *_measure_test(net, test))]

    states = {name: rule.start(value) for name, value in net.params.items()}
    batch_loss: list[float] = []
    finite = bool(np.isfinite(measures[0][0]))
    for _ in _epochs(ceil(updates / per_epoch), shown):
        for rows in islice(_mini_batches(rng, len(inputs), batch_size), updates - len(batch_loss)):
            loss, grads = net.loss_and_gradient_at(net.params, inputs[rows], targets[rows])
            finite = finite and bool(np.isfinite(loss))
            if not finite:
                break
            with np.errstate(all="ignore"):
                for name, g in grads.items():
                    net.params[name], states[name] = rule.step(net.params[name], states[name], g)
            batch_loss.append(float(loss))
        measures.append((*_measure(net, inputs, targets), *_measure_test(net, test)))
        finite = finite and bool(np.isfinite(measures[-1][0]))
        if not finite:
            break
    nit, curves = len(batch_loss), np.array(measures).T
    test_loss, test_accuracy = (curves[2], curves[3]) if test else (None, None)
    diverged_at = None if finite else nit
    return TrainingResult(np.array(batch_loss), curves[0], curves[1], test_loss, test_accuracy, nit, diverged_at)


def _updates(epochs: Any, iterations: Any, per_epoch: int) -> int:
    """The number of updates, from the one of both that is given."""
    if iterations is None:
        return per_epoch * int(arguments.count("epochs", 10 if epochs is None else epochs))
    if epochs is not None:
        raise ValueError(f"iterations must be left out where epochs are given, not {iterations!r} beside {epochs!r}")
    return int(arguments.count("iterations", iterations))


def _mini_batches(rng: np.random.Generator, n: int, size: int | None) -> Iterator[Any]:
    """The rows of each mini-batch of one epoch."""
    if size is None:
        yield slice(None)
        return
    order = rng.permutation(n)
    for begin in range(0, n, size):
        yield order[begin : begin + size]


def _measure(net: TwoLayerNet, x: Any, t: Any) -> tuple[float, float]:
    loss = float(net.loss(x, t))
    return loss, float(net.accuracy(x, t)) if np.isfinite(loss) else np.nan


def _measure_test(net: TwoLayerNet, test: Any) -> tuple[float, ...]:
    if test is None:
        return ()
    if not isinstance(test, (tuple, list)) or len(test) != 2:
        raise TypeError(f"test must be a pair (x, t), not {test!r}")
    try:
        return _measure(net, *test)
    except (TypeError, ValueError) as error:
        raise type(error)(f"test: {error}") from None


def _on_terminal() -> bool:
    """Whether somebody watches: not in a notebook, where the bar would stay in the output, nor in CI."""
    return sys.stderr is not None and sys.stderr.isatty() and "CI" not in os.environ


def _epochs(epochs: int, shown: bool) -> Iterable[int]:
    if not shown:
        return range(epochs)
    from tqdm import trange

    return trange(epochs, desc="epoch")
