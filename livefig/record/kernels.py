"""What the operations of a tape do, in NumPy.

The steps of a loop are the first axis of an array that has them. Sums run first to last, as they do on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from livefig.record.ops import BOOLEAN, UFUNCS, where
from livefig.record.shapes import Shape

Array = Any  # an array or a number of NumPy's
AT_ONCE = 1_000_000  # products of a matrix product that are held at the same time


def by_row(x: Array, steps: bool) -> Array:
    """The numbers of every row side by side; one row if there are no steps."""
    shape = np.shape(x)
    count = shape[0] if steps else 1
    return np.reshape(x, (count, int(np.prod(shape[1:] if steps else shape))))


def aligned(x: Array, shape: Shape, ndim: int) -> Array:
    """A value with as many axes in every row as others have, so that NumPy broadcasts them."""
    missing = ndim - len(shape.row)
    return np.reshape(x, (len(x), *[1] * missing, *shape.row)) if shape.steps and missing else x


def kernel(
    op: str, shapes: Sequence[Shape], result: Shape, extra: tuple[Any, ...] = (), known: Sequence[Any] = (None, None)
) -> Callable[..., Array]:
    """An operation as a function of arrays of these shapes.

    extra : what the operation is given besides values, see graph.py.  known : the arguments that are constants.
    The function has the option `count`: how many rows the result has, for operations that take this from no argument.
    """
    timed = [bool(shape.steps) for shape in shapes]
    row = result.row
    if op in UFUNCS or op == "where":
        return _elementwise(op, shapes, result)
    if op in ("alias", "sloped"):
        return lambda x, *others, count=None: x
    if op == "reshape":
        return lambda x, count=None: np.reshape(x, (len(x), *row) if result.steps else row)
    if op == "broadcast":
        return lambda x, count=None: np.broadcast_to(
            aligned(x, shapes[0], len(row)), row if not result.steps else (len(x) if timed[0] else count, *row)
        )
    if op == "take" and known[1] is not None and not timed[0]:
        places = known[1].astype(np.int64)
        return lambda x, index, count=None: x.reshape(-1)[places]
    if op == "take":
        return lambda x, index, count=None: _take(x, np.asarray(index, dtype=np.int64), *timed)
    if op == "put":
        return lambda index, v, count=None: _put(by_row(index, timed[0]), by_row(v, timed[1]), result)
    if op == "rows":
        return lambda x, k, count=None: np.asarray(x)[np.asarray(k, dtype=np.int64)]
    if op == "put_rows":
        return lambda k, v, count=None: _put_rows(k, v, (count, *row) if result.steps else row)
    if op == "join" and not result.steps:
        return lambda *xs, count=None: np.concatenate([x.reshape(-1) for x in xs])
    if op == "join":
        return lambda *xs, count=None: _join([by_row(x, t) for x, t in zip(xs, timed, strict=True)])
    if op == "matmul" and not result.steps and 0 < result.width * shapes[0].row[-1] <= AT_ONCE:
        return lambda a, b, count=None: _products_added(a, b)
    if op == "matmul":
        ndim = max(len(shape.row) for shape in shapes)
        return lambda a, b, count=None: _matmul(*(aligned(x, s, ndim) for x, s in zip((a, b), shapes, strict=True)))
    if op == "searchsorted":
        return lambda xs, x, count=None: np.searchsorted(xs, x, side="right") * 1.0
    if op == "steps":
        return lambda count=None: np.arange(float(count))
    if op == "head":
        return lambda x, count=None: x[:count]
    (axis,) = extra
    if op == "add.reduce":
        return lambda x, count=None: (
            np.take(np.add.accumulate(x, axis), -1, axis) if x.shape[axis] else np.add.reduce(x, axis)
        )
    return {
        "maximum.reduce": lambda x, count=None: np.maximum.reduce(x, axis),
        "minimum.reduce": lambda x, count=None: np.minimum.reduce(x, axis),
        "add.accumulate": lambda x, count=None: np.add.accumulate(x, axis),
        "argmax": lambda x, count=None: np.argmax(x, axis) * 1.0,
        "argmin": lambda x, count=None: np.argmin(x, axis) * 1.0,
        "sort": lambda x, count=None: np.sort(x, axis),
        "argsort": lambda x, count=None: np.argsort(x, axis, kind="stable") * 1.0,
    }[op]


def _elementwise(op: str, shapes: Sequence[Shape], result: Shape) -> Callable[..., Array]:
    function = where if op == "where" else UFUNCS[op]
    ndim = len(result.row)

    def run(*arrays: Array, count: int | None = None) -> Array:
        found = function(*(aligned(x, shape, ndim) for x, shape in zip(arrays, shapes, strict=True)))
        return found * 1.0 if op in BOOLEAN else found

    return run


def _take(x: Array, index: Array, x_steps: bool, index_steps: bool) -> Array:
    rows = by_row(x, x_steps)
    if not x_steps:
        return rows[0][index]
    if not index_steps:
        return rows[:, index.ravel()].reshape(len(rows), *index.shape)
    return np.take_along_axis(rows, by_row(index, True), 1).reshape(index.shape)


def _put(index: Array, values: Array, result: Shape) -> Array:
    index, values = np.broadcast_arrays(np.asarray(index, dtype=np.int64), values)
    count = len(index) if result.steps else 1
    out = np.zeros((count, result.width))
    rows: Any = np.arange(len(index))[:, None] if result.steps else 0
    np.add.at(out, (rows, index), values)
    return out.reshape((count, *result.row) if result.steps else result.row)


def _put_rows(k: Array, values: Array, shape: tuple[int, ...]) -> Array:
    out = np.zeros(shape)
    np.add.at(out, np.asarray(k, dtype=np.int64), values)
    return out


def _join(parts: Sequence[Array]) -> Array:
    count = max(len(part) for part in parts) if all(map(len, parts)) else 0
    return np.concatenate([np.broadcast_to(part, (count, part.shape[1])) for part in parts], axis=1)


def _products_added(a: Array, b: Array) -> Array:
    return np.add.accumulate(a[..., :, :, None] * b[..., None, :, :], axis=-2)[..., -1, :]


def _matmul(a: Array, b: Array) -> Array:
    length = a.shape[-1]
    shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    if not length:
        return np.zeros((*shape, a.shape[-2], b.shape[-1]))
    if int(np.prod(shape)) * a.shape[-2] * b.shape[-1] * length <= AT_ONCE:
        return _products_added(a, b)
    total = a[..., :, 0, None] * b[..., 0, None, :]
    for i in range(1, length):
        total = total + a[..., :, i, None] * b[..., i, None, :]
    return total
