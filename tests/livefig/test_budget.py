"""What is too heavy for a page is said with counts and bytes, before the work."""

import inspect
import re
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider, IntSlider

from livefig.figure import trial
from livefig.figure.budget import check_size
from livefig.figure.live import live
from livefig.steps.loops import iterate


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def drawn(height, **kw):
    """A point at a height, and how often it was asked for."""
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")
    asked = []

    def update(**values):
        asked.append(values)
        return {dot: np.stack([0.0, height(**values)])[None]}

    return lambda: live(fig, update, **kw), asked


def test_ten_million_steps_are_told_before_they_are_taken():
    make, asked = drawn(lambda n: iterate(lambda s: 0.5 * s + 1, 0.0, n)[-1], n=IntSlider(value=3, max=10**7))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match=r"a move of a slider makes up to [2-5]0,000,\d{3} numbers") as told:
            make()
    assert len(asked) == 2 and "second" not in str(told.value)


def test_a_product_of_large_matrices_is_work():
    large = np.ones((300, 300))
    make, _ = drawn(lambda a: np.sum((a * large) @ large), a=FloatSlider())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match=r"makes up to 27,\d{3},\d{3} numbers"):
            make()


def test_operations_of_many_combinations_are_counted_after_the_first():
    def long(a, b):
        for more in np.random.default_rng(0).random(3000) < 0.5:  # no two stretches alike
            a = a + b if more else np.sin(a)
        return a

    make, asked = drawn(long, a=FloatSlider(), b=IntSlider(min=1, max=150), stops="b")
    with pytest.raises(
        ValueError, match=r"takes 3,\d{3} operations, and 45\d,\d{3} for all 150 combinations .* of b: 300,000"
    ):
        make()
    assert len(asked) == 2


def test_data_that_are_too_long_for_a_page_are_told_in_bytes():
    numbers = np.random.default_rng(0).normal(size=20_000).tolist()
    with pytest.warns(UserWarning, match=r"takes (\d{3},\d{3}) bytes of a page, compressed: 150,000 are") as told:
        check_size({"choices": [], "tapes": [], "artists": numbers})
    assert 150_000 < int(re.search(r"\d{3},\d{3}", str(told[0].message))[0].replace(",", "")) < 300_000


def test_states_that_take_too_many_steps_to_be_checked_are_told_once(monkeypatch):
    monkeypatch.setattr(trial, "MOST_STEPS", 100)
    monkeypatch.setattr(trial, "FEW_STEPS", 50)
    make, _ = drawn(lambda a: iterate(lambda s: 0.5 * s + a, 0.0, 101)[-1], a=FloatSlider())
    with pytest.warns(UserWarning, match="at a = 11 update takes more than 100 steps .* not checked") as told:
        make()
    assert sum("not checked" in str(one.message) for one in told) == 1


def test_memory_and_loops_that_are_not_there_for_plain_numbers_are_told_with_the_line():
    def height(a, n, m):
        rows = np.ones((n, m))  # here
        return a + iterate(lambda s: iterate(lambda t: t + 1, s, 10**8)[-1], rows[0, 0], 2)[-1]

    _, begin = inspect.getsourcelines(height)
    for n, line, what in (
        (10**13, 1, r"71\.1 PiB for an array with shape \(10000000000000, 1000\) and data type float64"),
        (1, 2, "more than 10,000,000 steps of loops"),
    ):
        make, asked = drawn(lambda a, n=n: height(a, n, 1000), a=FloatSlider())
        with pytest.raises(TypeError, match=f"Line {begin + line} of .*{what}, is too much for a figure") as told:
            make()
        assert len(asked) == 1 and "stops" not in str(told.value)
