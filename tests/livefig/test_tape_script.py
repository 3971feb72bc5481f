"""The tape machine of the page beside that of Python: every program of the other tests, in Node."""

import itertools

import numpy as np
import pytest
import test_reverse
import test_rolling
from node import Modules
from test_tape_histories import ALL, MOST
from test_tape_strangers import PROGRAMS, SETTINGS

from livefig.program.tape import Between, grad, trace
from livefig.record.ops import BINARY, UNARY
from livefig.steps.loops import iterate

HISTORIES = [(f"{history.__name__}, {name}", history, work) for history, works in ALL for name, work in works.items()]


@pytest.fixture(scope="module")
def machine():
    """machine(tape, inputs): what machine.js makes of a tape at each of the inputs, as arrays."""
    with Modules("program/machine", "page/access") as script:

        def run(tape, inputs):
            body = """const run = parts.machine(args[0]);
                return args[1].map((row) => run(row.map(Number)).map((r, i) => parts.nested(r, args[0].outputs[i])));"""
            return [[as_array(value) for value in values] for values in script(body, tape.program, inputs)]

        yield run


def as_array(value):
    """Nested lists as an array; "NaN" and "Infinity" are read by float."""
    return np.array([as_array(v) for v in value]) if isinstance(value, list) else np.float64(value)


def assert_alike(machine, tape, inputs):
    for given, found in zip(inputs, machine(tape, inputs), strict=True):
        for got, wanted in zip(found, tape._run([float(x) for x in given]), strict=True):
            assert got.size == wanted.size == 0 or got.shape == wanted.shape
            np.testing.assert_allclose(got.reshape(wanted.shape), wanted, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("history", "work"), [h[1:] for h in HISTORIES], ids=[h[0] for h in HISTORIES])
def test_a_history_follows_its_slider_on_a_page(machine, history, work):
    tape = trace(lambda n, x: work(history(n, x)), Between(1, 0, MOST), 0.0)
    assert_alike(machine, tape, [[n, 0.7] for n in range(MOST + 1)])


def test_a_number_of_steps_between_two_is_rounded_alike(machine):
    tape = trace(lambda n, x: HISTORIES[-1][1](n, x), Between(1, 0, MOST), 0.0)
    assert_alike(machine, tape, [[n, 0.7] for n in (2.4, 2.5, 2.6, 3.5, -3, -0.4)])


@pytest.mark.parametrize("program", test_rolling.PROGRAMS, ids=lambda f: f.__name__)
def test_a_loop_of_an_author_gives_on_a_page_what_it_gives_in_python(machine, program):
    assert_alike(machine, trace(program, 0.3, 0.2), [[0.3, 0.2], [-0.8, 0.5], [1.2, 0.9]])


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_a_program_gives_on_a_page_what_it_gives_in_python(machine, program):
    ranges = PROGRAMS[program]
    inputs = np.random.default_rng(8).uniform(*np.transpose(ranges), size=(SETTINGS, len(ranges)))
    assert_alike(machine, trace(program, *[0.0] * len(ranges)), inputs.tolist())


@pytest.mark.parametrize("f", test_reverse.LOOPS, ids=lambda f: f.__name__)
def test_a_loop_is_run_backwards_on_a_page(machine, f):
    assert_alike(machine, trace(f, np.zeros(3)).backward, [[0.7, 0.9, -0.4], [1.1, -0.3, 0.6]])


EXACT = {
    "sums": lambda x: (np.sum(x), np.sum(x, axis=0), np.sum(x, axis=1, keepdims=True), np.mean(x)),
    "sums so far": lambda x: (np.cumsum(x), np.cumsum(x, axis=0), np.cumsum(x[::-1], axis=1)),
    "products of matrices": lambda x: (x @ x.T, x.T @ x, x[0] @ x[1], np.outer(x[0], x[1]), np.dot(x, x[2])),
    "variance": lambda x: (np.var(x), np.std(x, axis=0), np.sqrt(np.sum(x**2, axis=1))),
    "quotients": lambda x: (x / np.sum(x, axis=1, keepdims=True), 1 / (x**2 + 1), x / 3, (x - 0.1) / (x**2 + 0.3)),
    "convolution": lambda x: (np.convolve(x[0], x[1]), np.convolve(x[:, 0], x[1], "same")),
    "a loop": lambda x: iterate(lambda s, d: s - 0.1 * (s * d - 0.3) * d, x[0], 7, x),
    "a gradient": lambda x: grad(lambda z: np.sum((z @ z.T - x @ x.T) ** 2) + np.sum(np.sqrt(z**2 + 1)))(2 * x + 0.1),
}


@pytest.mark.parametrize("name", EXACT)
def test_both_machines_agree_to_the_last_bit_where_the_processor_rounds(machine, name):
    """On + − × ÷ √ and in the order of sums; and with NumPy to rounding."""
    f, rng = EXACT[name], np.random.default_rng(5)
    for shape in ((7, 5), (7, 40)):
        tape, x = trace(f, np.zeros(shape)), rng.normal(size=shape)
        for given in (x, x * 1000, np.round(x, 2)):
            (on_page,) = machine(tape, [given.ravel().tolist()])
            in_python, plain = tape.outputs(given), f(given)
            for found, wanted, rounded in zip(
                on_page, in_python, plain if isinstance(plain, tuple) else [plain], strict=True
            ):
                np.testing.assert_array_equal(found, wanted)
                np.testing.assert_allclose(wanted, rounded, rtol=1e-9, atol=1e-9 * np.abs(rounded).max())


SPECIAL = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.5, -2.5, 1e300, -1e300, np.inf, -np.inf, np.nan]


@pytest.mark.parametrize("name", [*UNARY, *BINARY, "where"])
def test_an_operation_gives_on_a_page_what_numpy_gives_at_its_special_points(machine, name):
    """Also the sign of a zero, by the side of 1/x; and a condition that is NaN is true."""
    f = {"where": np.where}.get(name) or getattr(np, name)
    count = 3 if name == "where" else f.nin

    def program(*args):
        found = 1.0 * f(*args)
        return found, 1 / found

    values = SPECIAL if count < 3 else [*SPECIAL[:4], np.nan]
    inputs = [list(v) for v in itertools.product(values, repeat=count)]
    if name in ("maximum", "minimum", "fmax", "fmin"):
        inputs = [v for v in inputs if any(v)]  # of 0 and −0, NumPy takes the one or the other by processor
    tape = trace(program, *[0.0] * count)
    for given, on_page in zip(inputs, machine(tape, inputs), strict=True):
        for found, inverse in (on_page, tape(*given)):
            with np.errstate(all="ignore"):
                wanted = np.float64(f(*map(np.float64, given)))
                np.testing.assert_allclose(found, wanted, rtol=1e-9, err_msg=f"{name}{given}")
                np.testing.assert_allclose(inverse, 1 / wanted, rtol=1e-9, err_msg=f"1 / {name}{given}")
