"""The data sets: the same for the same seed, of the promised shape, and nobody else's random numbers touched."""

import sys

import numpy as np
import pytest

from gradcore.datasets import beans, digits, xor


def test_beans_lie_along_their_line():
    xs, ys = beans(10_000)
    off = ys - (0.7 * xs + 0.5)
    assert (np.diff(xs) >= 0).all() and xs.min() >= 0 and xs.max() < 1
    assert np.abs(off).max() <= 0.1
    assert abs(off.mean()) < 0.003  # five standard errors of a uniform ±0.1
    assert off.std() == pytest.approx(0.2 / np.sqrt(12), rel=0.02)
    assert abs(np.corrcoef(xs, off)[0, 1]) < 0.05


def test_least_squares_finds_the_line_of_the_beans():
    slope, intercept = np.polyfit(*beans(), 1)
    assert slope == pytest.approx(0.7, abs=0.08) and intercept == pytest.approx(0.5, abs=0.05)


def test_xor_is_one_where_exactly_one_input_is():
    x, t = xor()
    assert x.shape == (4, 3) and t.shape == (4, 1) and x.dtype == t.dtype == float
    assert [int(a) ^ int(b) for a, b, _ in x] == t.ravel().tolist()
    assert (x[:, 2] == 1).all() and len({tuple(row) for row in x}) == 4


def test_digits_are_all_there_once():
    from sklearn.datasets import load_digits

    (x, t), (x_test, t_test) = digits(0.25, seed=3)
    assert (len(x), len(x_test)) == (1348, 449)
    images, labels = np.vstack([x, x_test]), np.hstack([t, t_test])
    original = load_digits()
    key = np.lexsort(np.column_stack([images * 16, labels]).T)
    original_key = np.lexsort(np.column_stack([original.data, original.target]).T)
    np.testing.assert_array_equal((images * 16)[key], original.data[original_key])
    np.testing.assert_array_equal(labels[key], original.target[original_key])


def test_digits_are_normalised_and_of_every_kind_on_both_sides():
    for x, t in digits():
        assert x.dtype == float and x.min() == 0 and x.max() == 1
        assert t.dtype.kind == "i" and set(t) == set(range(10))


def test_digits_come_as_images_and_as_one_hot_rows_too():
    flat, square, rows = digits(), digits(flatten=False), digits(one_hot=True)
    assert square.train[0].shape == (1438, 8, 8) and rows.test[1].shape == (359, 10)
    np.testing.assert_array_equal(square.train[0].reshape(-1, 64), flat.train[0])
    np.testing.assert_array_equal(rows.test[1].argmax(axis=1), flat.test[1])
    assert (rows.test[1].sum(axis=1) == 1).all()


def test_something_is_left_on_every_side():
    assert len(digits(1e-9).test[0]) == 1 and len(digits(1 - 1e-9).train[0]) == 1
    for shares in (1e-9, 1e-9), (1 - 2e-9, 1e-9), (1e-9, 1 - 2e-9):
        sizes = [len(t) for x, t in digits(shares[0], validation_share=shares[1])]
        assert min(sizes) == 1 and sum(sizes) == 1797


@pytest.mark.parametrize("shuffle", [True, False])
def test_a_validation_part_is_taken_from_what_was_learned_from(shuffle):
    two, three = digits(shuffle=shuffle), digits(shuffle=shuffle, validation_share=0.25)
    assert [len(t) for _, t in three] == [989, 449, 359] and two.validation is None
    for k in range(2):
        np.testing.assert_array_equal(three.test[k], two.test[k])
        np.testing.assert_array_equal(np.concatenate([three.train[k], three.validation[k]]), two.train[k])


def test_without_a_shuffle_the_digits_come_in_the_order_of_the_file():
    from sklearn.datasets import load_digits

    parts = digits(shuffle=False, validation_share=0.2)
    np.testing.assert_array_equal(np.concatenate([x for x, _ in parts]) * 16, load_digits().data)
    np.testing.assert_array_equal(np.concatenate([t for _, t in parts]), load_digits().target)


@pytest.mark.parametrize("make", [lambda seed: beans(seed=seed), lambda seed: digits(seed=seed).train])
def test_a_seed_repeats_the_data_and_another_gives_others(make):
    before = np.random.get_state()[1].copy()
    for first, again, other in zip(make(1), make(1), make(2), strict=True):
        np.testing.assert_array_equal(first, again)
        assert not np.array_equal(first, other)
    assert not np.array_equal(make(None)[0], make(None)[0])
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_data_may_be_changed_without_changing_the_next():
    for make in (xor, beans, lambda: digits().train):
        for column in make():
            column[:] = 7
        assert not any((column == 7).all() for column in make())


def test_digits_without_scikit_learn_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        digits()


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (ValueError, "n must be at least 1, not 0", lambda: beans(0)),
        (ValueError, "n must be at least 1, not -5", lambda: beans(-5)),
        (TypeError, "n must be a whole number, not 2.5", lambda: beans(2.5)),
        (TypeError, "n must be a whole number, not True", lambda: beans(True)),
        (ValueError, "seed must be at least 0, not -1", lambda: beans(seed=-1)),
        (TypeError, "seed must be a whole number, not 'x'", lambda: digits(seed="x")),
        (ValueError, "test_share must be between 0 and 1, not 1.0", lambda: digits(1)),
        (ValueError, "test_share must be between 0 and 1, not 0.0", lambda: digits(0)),
        (ValueError, "test_share must be finite", lambda: digits(np.nan)),
        (TypeError, "test_share must be a number, not '20 %'", lambda: digits("20 %")),
        (ValueError, "validation_share must be between 0 and 1, not 0.0", lambda: digits(validation_share=0)),
        (
            ValueError,
            "validation_share must be below 0.6, what testing leaves, not 0.6",
            lambda: digits(0.4, validation_share=0.6),
        ),
        (TypeError, "validation_share must be a number, not True", lambda: digits(validation_share=True)),
        (TypeError, "shuffle must be True or False, not 1", lambda: digits(shuffle=1)),
        (TypeError, "one_hot must be True or False, not 1", lambda: digits(one_hot=1)),
        (TypeError, "flatten must be True or False, not None", lambda: digits(flatten=None)),
    ],
)
def test_bad_arguments_are_named(error, words, call):
    with pytest.raises(error, match=words):
        call()
