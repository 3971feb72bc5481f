"""Loops that an author writes with `for`: they are recorded as loops, and give the same numbers to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefig.program.tape import grad, trace
from livefig.steps.rolling import FEWEST_TURNS, MOST_BACK

N = 300
NOISE = np.random.default_rng(1).normal(size=N)
EVERY_ROW = np.linspace(0, 3, N)


def pendulum(a, b):
    """Written into arrays, as courses do it."""
    angle, speed = np.zeros(N) + 0 * a, np.zeros(N) + 0 * a
    angle[0] = a
    for i in range(N - 1):
        speed[i + 1] = speed[i] - 0.05 * (np.sin(angle[i]) + b * speed[i])
        angle[i + 1] = angle[i] + 0.05 * speed[i + 1]
    return angle, speed[-1], angle[137]


def appended(a, b):
    """Lists that grow."""
    x, v = [a], [1.0]
    for _ in range(N):
        v.append(0.99 * v[-1] - 0.1 * b * x[-1])
        x.append(x[-1] + 0.1 * v[-1])
    return np.stack(x), np.stack(v[1:])


def with_noise(a, b):
    """Another number at each step, and another one where a condition on the step holds."""
    level, levels = a, []
    for i in range(N):
        level = level + b * NOISE[i] + (0.5 if i > 200 else 0.0)
        levels.append(level * EVERY_ROW[i])
    return np.stack(levels)


def fibonacci(a, b):
    """What was two and three turns before."""
    x = [a, b, a]
    for i in range(N):
        x.append(0.6 * x[-1] + 0.5 * x[-2] - 0.2 * x[i])
    return np.stack(x)


def descent(a, b):
    """A state of two numbers."""
    p, path = np.stack([a, b]), []
    for _ in range(N):
        p = p - 0.05 * np.array([0.1, 2.0]) * p
        path.append(p)
    return np.stack(path), p


def series(a, b):
    """A sum, of which only the end is needed."""
    total = 0.0
    for n in range(1, N):
        total = total + np.sin(n * a) / n**2
    return total * b


def mean_so_far(a, b):
    """All rows of a recorded array, one at each turn."""
    data, total, means = a * EVERY_ROW, 0.0, []
    for i in range(N):
        total = total + data[i] ** 2
        means.append(total / (i + 1) - b)
    return np.stack(means)


def first_again(a, b):
    """The first of them is needed in all turns; so is what was made before."""
    x, scale = [a], np.exp(b)
    for _ in range(N):
        x.append(x[-1] + 0.1 * scale * (x[0] - x[-1] / 2) * np.cos(x[-1]))
    return np.stack(x)


def two_loops(a, b):
    """The second begins where the first ends, and uses all of it."""
    x = [a]
    for _ in range(N):
        x.append(x[-1] * 0.98 + 0.01)
    y, whole = [x[-1]], np.stack(x)
    for i in range(N):
        y.append(y[-1] + b * whole[i])
    return np.stack(y) - whole, whole.max()


def in_turn(a, b):
    """A loop in a loop."""
    x, kept = a, []
    for _ in range(40):
        for factor in (0.9, 0.8, 1.3):
            x = x * factor + b
        kept.append(x)
    return np.stack(kept)


def heat(a, b):
    """A row of numbers that each turn writes anew, but for its ends."""
    u, rows = np.zeros(9) + 0 * a, []
    u[0], u[-1] = a, b
    for _ in range(60):
        u[1:-1] = u[1:-1] + 0.2 * (u[2:] - 2 * u[1:-1] + u[:-2])
        rows.append(u.copy())
    return np.stack(rows)


def steepest(a, b):
    """With a derivative in each turn."""
    p, path = np.stack([a, b]), []
    for _ in range(N):
        p = p - 0.1 * grad(lambda x: x[0] ** 2 / 20 + x[1] ** 2 + np.abs(x[0] * x[1]))(p)
        path.append(p)
    return np.stack(path), p[0] * p[1]


def bouncing(a, b):
    """A condition in each turn."""
    height, speed, heights = 1.0 + a, 0.0 * b, []
    for _ in range(N):
        speed = speed - 0.1
        height = height + 0.1 * speed
        below = height < 0
        speed, height = np.where(below, -b * speed, speed), np.where(below, -height, height)
        heights.append(height)
    return np.stack(heights)


PROGRAMS = {
    pendulum: 60, appended: 60, with_noise: 40, fibonacci: 60, descent: 40, series: 40, mean_so_far: 40,
    first_again: 60, two_loops: 80, in_turn: 60, heat: 60, steepest: 60, bouncing: 60,
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_a_loop_of_an_author_is_a_loop_of_the_tape_and_gives_the_same_numbers(program):
    tape = trace(program, 0.3, 0.2)
    assert len(tape) < PROGRAMS[program] and len(tape.program["loops"]) == 1 + (program is two_loops)
    for at in ((0.3, 0.2), (-0.8, 0.5), (1.2, 0.9)):
        wanted = program(*at)
        for got, want in zip(tape.outputs(*at), wanted if isinstance(wanted, tuple) else (wanted,), strict=True):
            np.testing.assert_array_equal(got, want)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_its_derivative_is_that_of_the_turns_written_out(program):
    def last(x):
        found = program(x[0], x[1])
        return np.sum((found[0] if isinstance(found, tuple) else found) ** 2)

    at = np.array([0.31, 0.22])
    written_out = trace(grad(last), at)(at)  # derived while it is recorded, turn by turn
    np.testing.assert_allclose(trace(last, at).gradient(at), written_out, rtol=1e-9)


def test_few_turns_stay_written_out():
    def few(x, turns):
        for _ in range(turns):
            x = np.sin(x) * np.cos(x) + np.exp(-x) / (x + 2) - np.tanh(x) * x
        return x

    assert not trace(lambda x: few(x, FEWEST_TURNS - 1), 1.0).program["loops"]
    assert len(trace(lambda x: few(x, FEWEST_TURNS + 5), 1.0).program["loops"]) == 1


@pytest.mark.parametrize("back", [2, MOST_BACK, MOST_BACK + 1, 90])
def test_a_value_may_be_used_many_turns_later(back):
    def delayed(x):
        values = [x + i for i in range(back)]
        for i in range(200):
            values.append(np.sin(values[-back]) + NOISE[i] * values[-1])
        return np.stack(values)

    tape = trace(delayed, 1.0)
    assert tape.program["loops"] or back > MOST_BACK
    np.testing.assert_array_equal(tape(0.4), delayed(0.4))


NAMES = "x[-1] x[-2] y[-1] y[-3] a b noise[i] 0.01*i 0.5 x[0] step whole[i] x[i//2]".split()
expressions = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("{}({})".format, st.sampled_from(["np.sin", "np.tanh", "np.abs"]), inner),
        st.builds("np.where({} < {}, {}, {})".format, inner, inner, inner, inner),
    ),
    max_leaves=6,
)


@given(st.tuples(expressions, expressions, expressions), st.integers(20, 60))
def test_loops_of_any_kind_give_the_same_numbers(turn, count):
    def program(a, b):
        whole = [a]
        for _ in range(60):
            whole.append(np.cos(whole[-1] * 1.7 + b) + 0.1 * whole[-1])
        x, y, step = [a, b], [b, a, 0.1], 0.0 * a
        names = {"np": np, "a": a, "b": b, "noise": NOISE, "whole": whole}
        for i in range(count):
            names |= {"x": x, "y": y, "i": i, "step": step}
            x.append(np.tanh(eval(turn[0], names)))
            y.append(np.sin(eval(turn[1], names)))
            step = np.cos(eval(turn[2], names))
        return np.stack(x) + 0 * a, np.stack(y[-count // 2 :]) + 0 * a, step, x[count // 2] + 0 * a

    tape = trace(program, 0.1, 0.2)
    for at in ((0.3, 0.7), (-1.5, 0.2)):
        for got, want in zip(tape.outputs(*at), program(*at), strict=True):
            np.testing.assert_array_equal(got, want)
