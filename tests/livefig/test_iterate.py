"""`iterate`: all states of a repeated step, the same whether it is run or traced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tracing import arrays, assert_traces, assert_traces_steps

from gradcore import iterate
from livefig.program.tape import Between, trace
from livefig.steps.loops import first

DATA = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 2.0], [-1.0, 0.0], [4.0, 1.0]])


# Run --------------------------------------------------------------------------------------------------


def test_all_states_come_back_the_start_first():
    np.testing.assert_array_equal(iterate(lambda x: x / 2, [8, 4], 2), [[8, 4], [4, 2], [2, 1]])


def test_no_steps_give_the_start_alone():
    np.testing.assert_array_equal(iterate(lambda x: 1 / 0, [8, 4], 0), [[8, 4]])


def test_a_tuple_of_states_gives_a_tuple_of_histories():
    a, b = iterate(lambda s: (s[0] + 1, s[1] * s[0]), (0, [1, 2]), 3)
    np.testing.assert_array_equal(a, [0, 1, 2, 3])
    np.testing.assert_array_equal(b, [[1, 2], [0, 0], [0, 0], [0, 0]])


def test_every_step_gets_its_row_of_the_data():
    np.testing.assert_array_equal(iterate(lambda s, d: s + d, 0, 3, [1, 10, 100, 1000]), [0, 1, 11, 111])
    found = iterate(lambda s, row: s * row[0] + row[1], 1.0, 2, ([2, 3], [10, 20]))
    np.testing.assert_array_equal(found, [1, 12, 56])


def test_a_step_may_change_its_state_and_its_row_without_anyone_noticing():
    start, data = np.array([1.0, 2.0]), np.ones((3, 2))

    def step(s, row):
        s *= 2
        row *= 0
        s[0] += row[0]
        return s

    np.testing.assert_array_equal(iterate(step, start, 3, data)[-1], [8, 16])
    np.testing.assert_array_equal(start, [1, 2])
    np.testing.assert_array_equal(data, np.ones((3, 2)))


def test_rows_of_whole_numbers_stay_whole_so_that_they_can_be_an_index():
    assert iterate(lambda s, label: s + np.array([1.0, 10.0])[label], 0, 2, [0, 1])[-1] == 11


# Run and traced ---------------------------------------------------------------------------------------


@given(x=arrays(shape=(2,)), n=st.integers(0, 5))
def test_a_traced_loop_equals_the_loop(x, n):
    assert_traces(lambda x: iterate(lambda s: s * 0.5 + x, np.ones(2), n), x)
    assert_traces(lambda x: iterate(lambda s: (s[0] + s[1].sum(), s[1] * 0.9), (0.0, x), n), x)
    assert_traces(lambda x: iterate(lambda s, d: s * 0.5 + d, x, n, DATA), x)
    assert_traces(lambda x: iterate(lambda s, d: s + d[0] * d[1][1], x, n, (np.arange(5), DATA * x)), x)


def test_states_that_trade_places_do_so_at_once():
    assert_traces(lambda x: iterate(lambda s: (s[1], s[2], s[0] + x), (x, 2 * x, 3 * x), 7), 1.5)
    assert_traces(lambda x: iterate(lambda s: s[::-1] + 0.0, x, 5), np.array([1.0, 2.0, 3.0]))


@pytest.mark.parametrize("most", [0, 1, 6])
def test_a_slider_of_steps_changes_the_number_of_rows(most):
    steps = tuple(range(most + 1))

    def histories(n, x):
        a, b = iterate(lambda s: (s[0] * x, s[1] - s[0] * np.ones(2)), (1.0, np.zeros(2)), n)
        return {"numbers": a, "vectors": b}

    assert_traces_steps(histories, 0.7, most=most, steps=steps)


TIMED = {
    "elementwise": lambda h: np.exp(h) - 2 * h + h * np.array([1.0, 2.0]),
    "over the other axis": lambda h: h.sum(axis=1),
    "over the last axis": lambda h: np.max(h, axis=-1, keepdims=True),
    "mean over the other axis": lambda h: h.mean(axis=1),
    "norm": lambda h: np.linalg.norm(h, axis=1),
    "place of the best": lambda h: np.argmax(h, axis=1),
    "columns": lambda h: (h[:, 0], h[:, 1:], h[:, ::-1], h[..., 0], h[:, None, 0]),
    "last": lambda h: (h[-1], h[-1, 0], h[0], h[0, 1]),
    "transposed": lambda h: (h.T, h.swapaxes(0, 1), np.moveaxis(h, 0, 1), h.T[0], h.T[:, -1]),
    "against the step": lambda h: np.column_stack([np.arange(len(h)), h[:, 0]]),
    "against the step, stacked": lambda h: (
        np.stack([np.arange(len(h)), h[:, 1]], axis=1), np.stack([np.arange(len(h)), h[:, 1]])),
    "against several functions of the step": lambda h: (
        h[:, 0] * np.stack([np.arange(len(h)), np.arange(len(h)) ** 2, np.ones(len(h))])),
    "columns put together": lambda h: np.concatenate([h, h**2], axis=1),
    "vectors times a matrix": lambda h: (h @ np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([1.0, 2]) @ h.T),
    "matrix times each": lambda h: np.array([[1.0, 2], [3, 4]]) @ h.T,
    "reshaped": lambda h: (h.reshape(len(h), 1, 2), h[..., None].reshape(len(h), -1)),
    "a third axis": lambda h: (h[:, :, None] * np.array([1.0, 10, 100]), h[:, :, None] + np.ones((2, 3))),
    "compared": lambda h: np.where(h > 0.5, h, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", TIMED)
def test_what_is_done_with_a_history_keeps_its_rows(name):
    work = TIMED[name]

    def whole(n, x):
        return work(iterate(lambda s: s * x + 0.01, np.array([1.0, -2.0]), n))

    assert_traces_steps(whole, 0.6, most=8)
    fixed = lambda x: whole(5, x)  # noqa: E731
    assert_traces(fixed, 0.6)


def test_a_history_can_be_the_data_of_a_loop_as_long_as_itself():
    def program(n, x):
        h = iterate(lambda s: s * x + 0.01, np.array([1.0, -2.0]), n)
        return iterate(lambda s, row: s * 0.5 + row.sum(), 0.0, n + 1, np.exp(h))

    assert_traces_steps(program, 0.6, most=8)


def test_the_first_true_row_is_found_and_nan_says_that_there_is_none():
    def below(n, x):
        return first(iterate(lambda s: s * x, 1.0, n) < 0.3)

    tape = trace(below, Between(1, 0, 20), 0.5)
    assert [tape(n, 0.5) for n in (2, 20)] == [2, 2] and np.isnan(tape(1, 0.5)) and np.isnan(tape(20, 1.0))
    assert below(20, 0.5) == 2 and below(1, 0.5) is None
    assert trace(lambda x: first(x > 2), np.zeros(3))([1.0, 3.0, 4.0]) == 1


FIXED = {
    "any row": lambda h: (h[3], h[-2], h[1:3], h[::2], h[[0, -1]], h[2, 1], h[np.array([True, False] * 3)]),
    "over the rows": lambda h: (h.sum(axis=0), h.mean(), np.max(h), np.cumsum(h, axis=0), h.T @ h, np.diff(h, axis=0)),
    "end to end": lambda h: (np.concatenate([h, h]), np.vstack([h, [[9.0, 9.0]]]), h.ravel(), h.reshape(-1)),
    "cut anew": lambda h: (h.reshape(3, 4), h.reshape(-1, 1), np.repeat(h, 2, axis=0), h.flatten()),
    "each in turn": lambda h: (sum(row[0] for row in h), np.stack([*h])),
    "each with each": lambda h: h[:, None, 0] - h[None, :, 0],
    "one row of a product with a plain array": lambda h: (h * np.arange(12.0).reshape(6, 2) ** 2)[3],
    "beside a plain array": lambda h: (h * np.arange(12.0).reshape(6, 2), np.hstack([h, np.ones((6, 1))])),
    "as plain data of another loop": lambda h: iterate(lambda s, r: s + r[0] * r[1], 0.0, 6, h),
    "columns as data": lambda h: iterate(lambda s, r: s + r[0] * r[1], 0.0, 5, (h[:, 0], np.arange(len(h)))),
    "changed rows as data": lambda h: iterate(lambda s, r: s + r, 0.0, 6, np.exp(h[:, 0]) + np.arange(len(h)) ** 2),
    "transposed as data": lambda h: iterate(lambda s, r: s + r[-1], 0.0, 2, h.T),
    "inside another step": lambda h: iterate(lambda s: s * 0.5 + (h * s).sum() + h[2, 0], 1.0, 3),
    "where another begins": lambda h: iterate(lambda s: s * 0.5, h, 2),
    "start of another, its last": lambda h: iterate(lambda s: s * 0.5, h[-1], 3),
}


@pytest.mark.parametrize("name", FIXED)
@given(x=arrays(low=-1.0, high=1.0, shape=(2,)))
def test_a_history_of_a_fixed_number_of_rows_is_an_ordinary_array(name, x):
    assert_traces(lambda x: FIXED[name](iterate(lambda s: s * x + 0.3, np.array([1.0, -2.0]), 5)), x)


def nested(x, n=3):
    def outer(s):
        inner = iterate(lambda t: t * 0.5 + s, x, n)
        return inner[-1] + inner[1] * 0.1 if n else inner[-1] * 0.5

    return iterate(outer, x, 4)


def nested_three_deep(x):
    def middle(s):
        return iterate(lambda t: iterate(lambda u: u * 0.5 + t * s, t, 2)[-1], s, 2)[-1]

    return iterate(lambda s: middle(s) * 0.1 + x, x, 3)


def inner_history_as_data(x):
    def outer(s):
        inner = iterate(lambda t: t * 0.7 + s, x, 4)
        squares = np.stack([inner**2, np.arange(5.0) * inner], axis=1)
        return iterate(lambda t, row: t + row[0] - row[1] * s, 0.0, 5, squares)[-1] * 0.01

    return iterate(outer, x, 3)


def outer_history_in_inner_loop(x):
    h = iterate(lambda s: s * 0.5, x, 4)

    def outer(s, row):
        return iterate(lambda t, r: t * 0.5 + r * row + s, s, 5, h)[-1] + h.max()

    return iterate(outer, x, 5, h**2)


def two_loops_side_by_side(x):
    a, b = iterate(lambda s: s * x, 1.0, 4), iterate(lambda s: s + x, 0.0, 4)
    c = iterate(lambda s: s - x, 0.0, 6)
    return a * b + a[-1], np.concatenate([a, c]), (c[1:6] - a) * b[::-1]


@pytest.mark.parametrize(
    "program", [nested, lambda x: nested(x, 0), nested_three_deep, inner_history_as_data, outer_history_in_inner_loop,
                two_loops_side_by_side]
)  # fmt: skip
@given(x=arrays(low=-1.0, high=1.0, shape=()))
def test_loops_nest_and_stand_side_by_side(program, x):
    assert_traces(program, x)


def test_the_steps_of_an_inner_loop_may_be_a_slider():
    def program(n, x):
        return iterate(lambda s: iterate(lambda t: t * x + 0.1, s, n)[-1], 1.0, 3)

    assert_traces_steps(lambda n, x: program(n, x)[-1], 0.5, most=6)


def test_a_loop_that_no_slider_moves_is_run_while_tracing():
    def program(x):
        fixed = iterate(
            lambda s: s * 0.5 + np.ones_like(x).sum(),
            np.zeros_like(x),
            5,
        )
        return fixed[-1] + x

    tape = assert_traces(program, np.array([1.0, 2.0]))
    assert not tape.program["loops"]


def test_a_loop_may_begin_and_count_with_constants_of_the_trace():
    assert_traces(lambda x: iterate(lambda s, d: s + x * d, np.zeros_like(x), 2, np.ones_like(x)), [1.0, 2.0])
    assert_traces(lambda x: iterate(lambda s: s + x, 0.0, np.full_like(x, 3.0).astype(int)
                                    if isinstance(x, float) else np.full_like(x, 3.0)), 1.0)  # fmt: skip


def test_a_loop_over_traced_data_gets_its_rows():
    assert_traces(lambda x: iterate(lambda s, d: s * d, 1.0, 3, x), np.array([2.0, 3.0, 4.0]))
    assert_traces(lambda x: iterate(lambda s, d: s + d, [0.0, 0.0], 2, x), np.arange(4.0).reshape(2, 2))


def changes_its_state(s):
    s -= 0.1 * s
    return s


def changes_both(s):
    a, b = s
    a -= 0.1 * b
    b *= a
    return a, b


def changes_its_row(s, row):
    row *= 2
    s += row
    return s


STATES = {    # what may be a start, what a step may return: each a function of the number of steps and of x
    "a number": lambda n, x: iterate(lambda s: s * x, x, n),
    "a whole number": lambda n, x: iterate(lambda s: s // 2 + x, 7, n),
    "an array of whole numbers": lambda n, x: iterate(lambda s: s * x, np.array([1, 2]), n),
    "a list": lambda n, x: iterate(lambda s: [s[1], s[0] * x], [1, 2], n),
    "an array of objects": lambda n, x: iterate(lambda s: np.array([s[1], s[0] * x]), np.array([x, 1.0]), n),
    "a truth value": lambda n, x: iterate(lambda s: s > x, True, n),
    "a matrix": lambda n, x: iterate(lambda s: s @ s * x, np.eye(2) * 0.5, n),
    "nothing": lambda n, x: iterate(lambda s: s * x, np.zeros((2, 0)), n),
    "a tuple of all ranks": lambda n, x: iterate(
        lambda s: (s[0] * x, s[1] @ np.eye(2) * s[0], s[2] + s[1][0]), (1.0, np.ones((2, 2)), np.zeros(2)), n),
    "a list for a tuple": lambda n, x: iterate(lambda s: [s[1], s[0] * x], (1, 2), n),
    "its own state, changed": lambda n, x: iterate(changes_its_state, np.array([1.0, x]), n),
    "its own number, changed": lambda n, x: iterate(changes_its_state, x, n),
    "both of its states, changed": lambda n, x: iterate(changes_both, (np.array([1.0, x]), np.ones(2) * x), n),
    "its row, changed": lambda n, x: iterate(changes_its_row, np.array([1.0, x]), n, np.ones((5, 2)) * x),
    "its row of plain data, changed": lambda n, x: iterate(changes_its_row, np.array([1.0, x]), n, np.ones((5, 2))),
    "the number of the step as data": lambda n, x: iterate(lambda s, k: s + x * 0.9**k, 0.0, n, np.arange(5)),
    "a schedule of n itself": lambda n, x: iterate(
        lambda s, k: s - x * (1 + np.cos(np.pi * k / n)), 1.0, n, np.arange(5)),
    "a list of lists as data": lambda n, x: iterate(lambda s, r: s + r[0] * x, 0.0, n, [[1, 2]] * 5),
    "a loop inside, with data in both": lambda n, x: iterate(
        lambda s, r: iterate(lambda t, q: t * x + s * q * r, s, n, np.arange(5.0))[-1], 1.0, n, np.arange(5.0)),
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_every_kind_of_state_follows_the_slider(name):
    def program(n, x):
        found = STATES[name](n, x)
        return found if isinstance(found, tuple) else (found,)

    assert_traces_steps(program, 0.7, most=5, steps=range(6))


@pytest.mark.parametrize("shape", [(0,), (0, 3)])
def test_no_steps_need_no_data(shape):
    assert_traces(lambda x: iterate(lambda s, r: s * r.sum(), x, 0, np.zeros(shape)), 0.3)


def test_fifty_thousand_steps_are_a_short_tape():
    def program(x, n):
        h = iterate(lambda s: (s[0] - x * s[0], s[1] * x), (1.0, np.ones(2)), n)
        return h[0][::500], h[1][-1], np.minimum.accumulate(h[0])[-1], h[1].mean(axis=0)

    tape = trace(program, 0.1, Between(5, 0, 50_000))
    assert len(tape.to_json()) < 2500
    for found, wanted in zip(tape(1e-4, 50_000), program(1e-4, 50_000), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-10)  # NumPy adds pairwise


def test_a_number_of_steps_between_two_is_rounded_to_the_even_one():
    tape = trace(lambda n: iterate(lambda s: s + 1, 0.0 * n, n), Between(1, 0, 9))
    for n, steps in [(2.4, 2), (2.5, 2), (2.6, 3), (3.5, 4), (-0.4, 0)]:
        assert len(tape(n)) == steps + 1
    for nonsense in (-3, np.nan):
        assert len(tape(nonsense)) == 0
    assert trace(lambda n: iterate(lambda s: s + 1, 0.0, n)[-1], Between(1, 0, 9))(np.inf) == 0


# Mistakes ---------------------------------------------------------------------------------------------

same = lambda x: x  # noqa: E731
MISTAKES = [
    (lambda n: iterate(3, 0.0, n), TypeError, "step.*3"),
    (lambda n: iterate(same, "far", n), TypeError, "start.*far"),
    (lambda n: iterate(same, None, n), TypeError, "start.*None"),
    (lambda n: iterate(same, 1j, n), TypeError, "start.*1j"),
    (lambda n: iterate(same, [[1], [2, 3]], n), ValueError, "start.*differ in length"),
    (lambda n: iterate(same, (), n), ValueError, r"start.*\(\)"),
    (lambda n: iterate(same, 0.0, -1), ValueError, "n must be at least 0.*-1"),
    (lambda n: iterate(same, 0.0, 3.5), TypeError, "n must be a whole number.*3.5"),
    (lambda n: iterate(same, 0.0, True), TypeError, "n must be a whole number.*True"),
    (lambda n: iterate(same, 0.0, "3"), TypeError, "n must be a whole number.*'3'"),
    (lambda n: iterate(same, 0.0, [3]), TypeError, "n must be a whole number"),
    (lambda n: iterate(same, 0.0, None), TypeError, "n must be a whole number.*None"),
    (lambda n: iterate(lambda s, d: s, 0.0, n, [1.0]), ValueError, "data must have a row for each.*not 1"),
    (lambda n: iterate(lambda s, d: s, 0.0, n, 1.0), ValueError, "data must have rows"),
    (lambda n: iterate(lambda s, d: s, 0.0, n, ["a", "b", "c", "d"]), TypeError, "data must hold real numbers"),
    (lambda n: iterate(lambda s: [s, s], 0.0, n), ValueError, r"step must return shape \(\).*not \(2,\)"),
    (lambda n: iterate(lambda s: None, [0.0, 1.0], n), TypeError, "what step returns.*None"),
    (lambda n: iterate(lambda s: "x", 0.0, n), TypeError, "what step returns.*'x'"),
    (lambda n: iterate(lambda s: s[0], (0.0, 1.0), n), ValueError, "step must return 2 arrays"),
    (lambda n: iterate(lambda s: (*s, 1.0), (0.0, 1.0), n), ValueError, "step must return 2 arrays"),
]


@pytest.mark.parametrize(("call", "error", "words"), MISTAKES)
def test_a_mistake_is_told_by_name_run_or_traced(call, error, words):
    with pytest.raises(error, match=words):
        call(3)
    with pytest.raises(error, match=words):
        trace(lambda n: call(n), Between(2, 0, 3))


def test_traced_data_too_short_for_the_longest_loop_is_refused():
    with pytest.raises(ValueError, match="data must have a row for each of the 9 steps, not 4 rows"):
        trace(lambda n: iterate(lambda s, d: s + d, 0.0, n, np.ones(4)), Between(2, 0, 9))


def test_an_array_of_another_length_than_the_history_is_refused():
    with pytest.raises(ValueError, match="6 rows"):
        trace(lambda x: iterate(lambda s: s * x, 1.0, 5) + np.arange(3), 0.0)


def parts_of_a_history(x, n):
    """Slices along the steps, and what one does with them."""
    h = iterate(lambda s: s * x + 1, np.stack([x, 2 * x]), n)
    return {
        "later": h[1:], "earlier": h[:-1], "change": h[1:] - h[:-1], "diff": np.diff(h, axis=0), "thin": h[::3],
        "column": h[2::2, 0], "begin": h[:4], "turned": h[::2].T, "of a part": h[1:][::2], "last": h[::2][0],
        "numbered": np.column_stack([np.arange(len(h))[::2] + 0 * h[::2, 0], h[::2, 1]]),
    }  # fmt: skip


@pytest.mark.parametrize("n", [1, 2, 3, 5, 11, 12])
def test_parts_of_a_history_keep_their_steps_whatever_the_slider_says(n):
    tape = trace(parts_of_a_history, x=0.5, n=Between(5, 0, 12))
    found = tape(x=0.7, n=n)
    for name, wanted in parts_of_a_history(0.7, n).items():
        assert np.shape(found[name]) == np.shape(wanted), name
        assert np.allclose(found[name], wanted, rtol=1e-14), name


def test_a_part_of_a_history_may_be_empty():
    tape = trace(lambda x, n: iterate(lambda s: s * x, x, n)[1:], x=0.5, n=Between(5, 0, 12))
    assert np.shape(tape(x=0.7, n=0)) == (0,)


def test_parts_of_different_length_do_not_meet():
    with pytest.raises(TypeError, match="different steps"):
        trace(lambda x, n: (lambda h: h[1:] - h)(iterate(lambda s: s * x, x, n)), x=0.5, n=Between(5, 0, 12))
