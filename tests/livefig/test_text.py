"""A tape as text: what is printed is Python, and does what the tape does."""

import numpy as np
import pytest
from test_reverse import LOOPS
from test_tape_histories import ALL, MOST
from test_tape_strangers import PROGRAMS

from livefig import Between, grad, iterate, trace
from livefig.program import text

HISTORIES = [(f"{history.__name__}, {name}", history, work) for history, works in ALL for name, work in works.items()]


@pytest.fixture(autouse=True)
def _whole(monkeypatch):
    monkeypatch.setattr(text, "MOST_LINES", 10**9)
    monkeypatch.setattr(text, "MOST_NUMBERS", 10**9)


def assert_the_text_is_the_tape(tape, *args):
    names = {"np": np}
    exec(repr(tape), names)
    with np.errstate(all="ignore"):
        found = names["f"](*args)
    for got, wanted in zip(found if isinstance(found, tuple) else (found,), tape.outputs(*args), strict=True):
        assert np.shape(got) == wanted.shape or np.size(got) == wanted.size == 0
        np.testing.assert_allclose(np.asarray(got, float).reshape(wanted.shape), wanted, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_a_printed_program_does_what_its_tape_does(program):
    ranges = PROGRAMS[program]
    args = [np.float64(v) for v in np.random.default_rng(3).uniform(*np.transpose(ranges))]
    assert_the_text_is_the_tape(trace(program, *[0.0] * len(ranges)), *args)


@pytest.mark.parametrize(("history", "work"), [h[1:] for h in HISTORIES], ids=[h[0] for h in HISTORIES])
def test_a_printed_history_does_what_its_tape_does(history, work):
    tape = trace(lambda n, x: work(history(n, x)), Between(1, 0, MOST), 0.0)
    for n in (1, MOST):
        assert_the_text_is_the_tape(tape, n, np.float64(0.7))


@pytest.mark.parametrize("f", LOOPS, ids=lambda f: f.__name__)
def test_a_printed_gradient_does_what_its_tape_does(f):
    assert_the_text_is_the_tape(trace(f, np.zeros(3)).backward, np.array([0.7, 0.9, -0.4]))


def test_a_loop_reads_like_a_loop():
    tape = trace(lambda x, n: iterate(lambda s: s * x + 3, 8.0, n)[-1], x=0.5, n=Between(2, 0, 9))
    assert repr(tape).splitlines() == [
        "def f(x, n):",
        "    b = 8",
        "    for a in range(n):",
        "        c = b * x",
        "        d = c + 3",
        "        b = d",
        "    return b",
    ]


def test_a_gradient_reads_like_one():
    assert repr(trace(lambda x: grad(lambda z: z**3)(x), 0.0)).splitlines()[1:] == [
        "    a = x ** 2",
        "    b = 3 * a",
        "    return b",
    ]


def test_a_long_tape_is_cut_in_the_middle(monkeypatch):
    monkeypatch.setattr(text, "MOST_LINES", 20)

    def often(x):
        for _ in range(40):
            x = np.sin(x)
        return x

    lines = repr(trace(often, 0.0)).splitlines()
    assert len(lines) == 20 and lines[10] == "    … 23 more lines …" and lines[-1].startswith("    return ")
