"""Histories whose number of steps is a slider: what may be done with them, and what it gives at every position."""

import numpy as np
import pytest
from tracing import assert_traces, assert_traces_steps, names

from gradcore import iterate
from livefig.program.tape import Between, trace

MOST = 7


def numbers(n, x):
    return iterate(lambda s: s * x + 0.1, 1.0, n)


def points(n, x):
    return iterate(lambda s: s * x + np.array([0.1, -0.2]), np.array([1.0, -2.0]), n)


def columns(n, x):
    return iterate(lambda s: s * x + 0.1, np.array([1.0]), n)


def matrices(n, x):
    return iterate(lambda s: s * x + 0.1, np.array([[1.0, 2.0], [3.0, 4.0]]), n)


def the_same(history, works):
    """All works on one history, traced with a slider, with a fixed number of steps, and simply called."""

    def program(n, x):
        h = history(n, x)
        return tuple(work(h) for work in works)

    assert_traces_steps(program, 0.7, most=MOST, steps=range(MOST + 1))
    assert_traces(lambda x: program(5, x), 0.7)
    assert_traces(lambda x: program(80, x), 0.7)  # too many rows to write them out


STEP_NUMBERS = {
    "alone": lambda h: np.arange(len(h)),
    "from the shape": lambda h: np.arange(h.shape[0]) * 0.5,
    "by np.shape and np.size": lambda h: np.arange(np.shape(h)[0]) + 0.0 * np.arange(np.size(h)),
    "in a formula": lambda h: 0.9 ** np.arange(len(h)),
    "times a traced number": lambda h: np.arange(len(h)) * h[0],
    "from one on": lambda h: np.arange(1, len(h) + 1),
    "beside the values": lambda h: np.stack([np.arange(len(h)), h], axis=-1),
    "as columns": lambda h: np.column_stack([np.arange(len(h)), h]),
    "as rows, turned": lambda h: np.vstack([np.arange(len(h)), h]).T,
    "a level line": lambda h: np.column_stack([np.arange(len(h)), np.ones(len(h)) * h[-1]]),
    "a constant": lambda h: np.full(len(h), 1.5),
    "a traced constant": lambda h: np.full(len(h), h[-1]),
    "repeated": lambda h: np.repeat(h[-1], len(h)),
    "zeros to add to": lambda h: np.zeros((len(h), 2)) + h[:, None],
    "chosen by number": lambda h: np.where(np.arange(len(h)) < 3, h, 0),
    "as data": lambda h: iterate(lambda s, k: s + k, 0.0, 1, np.arange(len(h) + 1)),
}  # fmt: skip

ALONG_THE_STEPS = {
    "sums": lambda h: np.stack([h.sum(), h.mean(), np.prod(h), h.var(), h.std()]),
    "extremes": lambda h: np.stack([h.max(), h.min(), np.ptp(h), np.max(h, initial=9.0)]),
    "kept": lambda h: h.sum(keepdims=True) + h.mean(axis=-1, keepdims=True),
    "places": lambda h: np.stack([np.argmin(h), np.argmax(h), np.argmax(h < 0.4)]),
    "truth": lambda h: np.stack([np.any(h < 0.2), np.all(h < 2), (h < 0.5).sum(), np.count_nonzero(h > 0.6)]),
    "running": lambda h: np.cumsum(h) + np.cumprod(h),
    "running mean": lambda h: np.cumsum(h) / np.arange(1, len(h) + 1),
    "best so far": lambda h: np.minimum.accumulate(h) + np.maximum.accumulate(h),
    "ever": lambda h: np.logical_or.accumulate(h < 0.5) + 0.0,
    "products": lambda h: h @ h + np.dot(h, h) + np.linalg.norm(h),
    "against the mean": lambda h: h - h.mean() + np.average(h),
    "turned round": lambda h: h[::-1],
    "parts": lambda h: h[:3],
    "with choices": lambda h: np.select([h > 0.5, h > 0.3], [h, -h], 0.0),
    "polynomial": lambda h: np.polyval([1.0, 2.0], h),
}  # fmt: skip

PARTS = {
    "a column": lambda h: h[:, 0],
    "columns": lambda h: h[:, [1, 0]],
    "chosen columns": lambda h: h[..., np.array([True, False])],
    "taken": lambda h: np.take(h, [1, 0], axis=1) + np.flip(h, axis=1) + np.roll(h, 1, axis=1) + np.fliplr(h),
    "split": lambda h: np.split(h, 2, axis=1)[1] + np.hsplit(h, 2)[0],
    "unpacked": lambda h: (lambda x, y: x * y)(*h.T),
    "repeated": lambda h: np.concatenate([np.repeat(h, 2, axis=1), np.tile(h, (1, 2))], axis=1),
    "three ranks": lambda h: np.atleast_3d(h) + np.dstack([h, h]) + np.expand_dims(h, -1),
    "distances": lambda h: np.linalg.norm(h - [1, 2], axis=1) + np.linalg.norm(h - h[-1], axis=-1),
    "over both axes": lambda h: np.stack([h.sum(), h.mean(), h.max(), h.std(), np.linalg.norm(h)]),
    "over the steps": lambda h: np.stack([h.sum(axis=0), h.mean(axis=0), h.min(axis=0), h.var(0), np.ptp(h, axis=0)]),
    "kept": lambda h: h - h.max(axis=0, keepdims=True),
    "running": lambda h: np.cumsum(h, axis=0) * np.cumsum(h, axis=1),
    "best places": lambda h: np.argmin(h, axis=0) + np.argmin(np.sum(h**2, axis=1)),
    "best row so far": lambda h: np.minimum.accumulate(np.sum(h**2, axis=1)),
    "sorted rows": lambda h: np.sort(h, axis=1) + np.median(h, axis=1, keepdims=True),
    "gram matrix": lambda h: h.T @ h,
    "einsum": lambda h: np.einsum("ij,j->i", h, [1.0, 2.0]) + np.inner(h, [1.0, 2.0]),
    "flattened from the right": lambda h: h.reshape(-1, 2) + h.reshape(len(h), 2),
    "broadcast": lambda h: np.broadcast_to(h[:, None, :], (len(h), 3, 2)),
}  # fmt: skip

ONE_COLUMN = {
    "squeezed": lambda h: h.squeeze(1) + np.squeeze(h, axis=1) + np.squeeze(h, axis=-1),
    "ravelled": lambda h: h.ravel() + h.reshape(-1) + h.flatten() + h[:, 0],
}

MATRICES = {
    "of each": lambda h: np.trace(h, axis1=1, axis2=2) + np.linalg.det(h) + np.linalg.norm(h, axis=(1, 2)),
    "diagonals": lambda h: np.diagonal(h, axis1=1, axis2=2),
    "products": lambda h: h @ h + h @ np.ones((2, 2)) + np.tril(h) + h.transpose(0, 2, 1),
    "inverses": lambda h: np.linalg.inv(h + np.eye(2)),
    "as rows": lambda h: h.reshape(len(h), -1) + h.reshape(-1, 4),
    "steps last": lambda h: h.transpose(1, 2, 0),
}  # fmt: skip

ALL = [(numbers, STEP_NUMBERS), (numbers, ALONG_THE_STEPS), (points, PARTS), (columns, ONE_COLUMN),
       (matrices, MATRICES)]  # fmt: skip


@pytest.mark.parametrize(("history", "name", "work"), [(h, name, w[name]) for h, w in ALL for name in w])
def test_a_history_follows_its_slider(history, name, work):
    the_same(history, [work])


@pytest.mark.parametrize(("history", "works"), ALL)
def test_all_of_it_may_be_done_in_one_function(history, works):
    the_same(history, list(works.values()))


def test_a_row_that_is_always_there_may_be_taken():
    def rows(n, x):
        h = points(n, x)
        return h[2], h[-3], h[0, 1], h[-2, 0], np.squeeze(h[:, :1]), np.trapezoid(h[1:, 0])

    tape = trace(rows, Between(3, 2, 6), 0.0)
    for n in range(2, 7):
        for found, wanted in zip(tape(n, 0.7), rows(n, 0.7), strict=True):
            assert np.shape(found) == np.shape(wanted)
            np.testing.assert_allclose(found, wanted, rtol=1e-13)


def test_step_numbers_times_a_slider_are_one_operation_however_many_they_are():
    tape = trace(lambda n, dt: (lambda h: dt * np.arange(len(h)) + 0 * h)(numbers(n, 0.5)), Between(3, 0, 5000), 0.1)
    assert len(tape) < 20 and not any(isinstance(c, dict) for c in tape.program["constants"])


def test_data_that_happen_to_be_as_long_as_the_longest_history_stay_data():
    data = np.linspace(0, 1, MOST + 1)

    def program(n, x):
        h = numbers(n, x)
        return np.column_stack([np.arange(len(h)), h]), data * x, data

    assert_traces_steps(program, 0.7, most=MOST)


@pytest.mark.parametrize(("low", "high"), [(0, 2), (1, 3), (2, 6), (0, 9)])
def test_step_numbers_follow_sliders_of_any_range_and_numbers_counted_down(low, high):
    def program(n, x):
        up, down = numbers(n, x), numbers(high - n, x)
        return np.arange(len(up)), np.column_stack([np.arange(len(down)), down])

    tape = trace(program, Between(low, low, high), 0.0)
    for n in range(low, high + 1):
        for found, wanted in zip(tape(n, 0.7), program(n, 0.7), strict=True):
            assert np.shape(found) == np.shape(wanted)
            np.testing.assert_allclose(found, wanted, rtol=1e-13)


def test_step_numbers_follow_a_slider_of_two_positions():
    assert_traces_steps(lambda n, x: (np.arange(len(numbers(n, x))), numbers(n, x)), 0.7, most=1, steps=[0])


def test_several_histories_of_one_slider_share_their_rows():
    def program(n, x):
        a, b = numbers(n, x), points(n, x)
        return a[:, None] * b - np.arange(len(a))[:, None], np.column_stack([a, b, np.cumsum(a)])

    tape = assert_traces_steps(program, 0.7, most=MOST)
    assert len(tape.program["lengths"]) == 1


def test_two_sliders_of_steps_keep_apart():
    def program(n, m, x):
        a, b = numbers(n, x), points(m, x)
        return np.column_stack([np.arange(len(a)), a]), np.column_stack([np.arange(len(b)), b[:, 0]]), a.sum() * b[-1]

    tape = trace(program, Between(1, 0, 4), Between(1, 0, 6), 0.0)
    for n in range(5):
        for m in range(7):
            for found, wanted in zip(tape(n, m, 0.7), program(n, m, 0.7), strict=True):
                assert np.shape(found) == np.shape(wanted)
                np.testing.assert_allclose(found, wanted, rtol=1e-13)


def test_a_sum_over_many_fixed_steps_is_one_operation():
    tape = trace(lambda x: iterate(lambda s: s * x, 1.0, 20_000).sum(), 0.5)
    assert len(tape) < 20 and names(tape)[-1] == "add.reduce"
