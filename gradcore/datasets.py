"""The data of the book: beans to fit a line to, the four rows of XOR, handwritten digits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcore import arguments, samples
from gradcore.arguments import Floats

Samples = tuple[Floats, Floats | NDArray[np.int64]]


def beans(n: int = 100, seed: int | None = 0) -> tuple[Floats, Floats]:
    """The sizes of n beans, and how toxic each is: a line with noise.

        x = sorted uniform numbers in [0, 1];  y = 0.7 x + (0.5 − u) / 5 + 0.5,  u uniform in [0, 1]

    n : whole number ≥ 1.  seed : whole number ≥ 0; None gives other beans each time.
    Returns (xs, ys), both of shape (n,). The line beneath is y = 0.7 x + 0.5, and no bean is more than 0.1 off it.
    Raises TypeError or ValueError naming the argument.

    >>> xs, ys = beans()
    >>> xs.shape, bool(abs(ys - (0.7 * xs + 0.5)).max() <= 0.1)
    ((100,), True)

    Chapter "Fitting a line".
    """
    n, rng = samples.size("n", n), samples.generator("seed", seed)
    xs = np.sort(rng.random(n))
    return xs, 0.7 * xs + (0.5 - rng.random(n)) / 5 + 0.5


def xor() -> tuple[Floats, Floats]:
    """The four rows of exclusive or: inputs (4, 3), whose third column of ones stands in for a bias; targets (4, 1).

    >>> x, t = xor()
    >>> x.tolist(), t.ravel().tolist()
    ([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]], [0.0, 1.0, 1.0, 0.0])

    Chapter "Backpropagation". No line parts the ones from the zeros (Minsky and Papert, Perceptrons, 1969).
    """
    x = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
    return x, np.array([[0], [1], [1], [0]], dtype=float)


class Split(tuple[Samples, ...]):
    """Samples to learn from, perhaps others to choose by, and the last to be tested on when all is chosen."""

    @property
    def train(self) -> Samples:
        return self[0]

    @property
    def validation(self) -> Samples | None:
        return self[1] if len(self) == 3 else None

    @property
    def test(self) -> Samples:
        return self[-1]


def digits(
    test_share: float = 0.2,
    seed: int | None = 0,
    *,
    validation_share: float | None = None,
    shuffle: bool = True,
    one_hot: bool = False,
    flatten: bool = True,
) -> Split:
    """1,797 handwritten digits of 8 × 8 pixels, shuffled and split in two, or in three.

    test_share : the part held out for testing, between 0 and 1; at least one sample falls on every side.
    seed : of the shuffle, a whole number ≥ 0; None shuffles differently each time.
    validation_share : the part held out for choosing rates, sizes and so on; the test samples stay what they are.
        None holds out no such part.
    shuffle : False keeps the order of the file: the last samples are for testing, those before them for validation.
        The file goes from writer to writer. So nearly all of these writers are not among those learned from.
    one_hot : targets as rows of ten, shape (n, 10), instead of labels 0 to 9, shape (n,).
    flatten : images as rows of 64 pixels, shape (n, 64), instead of (n, 8, 8).
    Returns (x_train, t_train), (x_test, t_test), or (x_train, t_train), (x_validation, t_validation),
    (x_test, t_test). Pixels go from 0 to 1.
    Raises TypeError or ValueError naming the argument; ImportError where scikit-learn, which brings the data, is
    not installed. Nothing is downloaded.

    >>> (x, t), (x_test, t_test) = digits()
    >>> x.shape, t.shape, x_test.shape, float(x.max())
    ((1438, 64), (1438,), (359, 64), 1.0)
    >>> [len(labels) for images, labels in digits(validation_share=0.2)]
    [1079, 359, 359]

    Chapter "Learning from mini-batches". The test set of Alpaydin and Kaynak, "Optical Recognition of Handwritten
    Digits", UCI 1998.
    """
    test_share = _share("test_share", test_share)
    validation_share = 0.0 if validation_share is None else _share("validation_share", validation_share)
    left = 1 - test_share
    if validation_share >= left:
        raise ValueError(f"validation_share must be below {left:g}, what testing leaves, not {validation_share}")
    rng, shuffle = samples.generator("seed", seed), samples.switch("shuffle", shuffle)
    one_hot, flatten = samples.switch("one_hot", one_hot), samples.switch("flatten", flatten)
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise ImportError("digits() reads the images that come with scikit-learn: pip install scikit-learn") from None
    found = load_digits()
    images, labels = found.images / 16, found.target
    n = len(labels)
    validated = min(max(round(validation_share * n), 1), n - 2) if validation_share else 0
    held_out = min(max(round(test_share * n), 1), n - 1 - validated)
    order = rng.permutation(n) if shuffle else np.roll(np.arange(n), held_out)
    x = images[order].reshape(-1, 64) if flatten else images[order]
    t = np.eye(10)[labels[order]] if one_hot else labels[order]
    ends = [(held_out, n - validated), (n - validated, n), (0, held_out)]
    return Split((x[begin:end], t[begin:end]) for begin, end in ends if begin < end)


def _share(name: str, value: Any) -> float:
    found = float(arguments.number(name, value))
    if not 0 < found < 1:
        raise ValueError(f"{name} must be between 0 and 1, not {found}")
    return found
