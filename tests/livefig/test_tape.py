"""The tape itself: what it keeps and what it drops, its JSON, and arrays that share memory as NumPy's do."""

import copy
import json
import re
from inspect import isfunction

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from tracing import arrays, assert_traces, assert_traces_steps, names, parts, run_json

from gradcore import iterate
from livefig.program.machine import compiled
from livefig.program.tape import Between, trace
from livefig.record.ops import SIGNATURES

# What is kept ---------------------------------------------------------------------------------------


def test_equal_sub_expressions_are_kept_once():
    tape = trace(lambda x: np.sin(x) * np.sin(x) + np.sin(x), 0.0)
    assert names(tape).count("sin") == 1


def test_operations_on_constants_are_done_while_tracing():
    tape = trace(lambda x: x + np.exp(np.zeros_like(x)) * (3 * np.ones_like(x)), 0.0)
    assert names(tape) == ["add"] and tape.program["constants"] == [3]


def test_folding_gives_exactly_numpys_number():
    for op in (np.exp, np.tanh, np.sqrt, np.sin):
        assert trace(lambda x: x + op(np.full_like(x, 0.3)), 0.0)(0.0) == op(0.3)  # noqa: B023


def test_operations_that_nothing_needs_are_dropped():
    def wasteful(x):
        np.exp(x).sum()
        iterate(lambda s: s * x[0], 1.0, 9)
        return x[1] + 1

    tape = trace(wasteful, np.zeros(2))
    assert names(tape) == ["take", "add"] and not tape.program["loops"]


def test_a_state_that_nothing_needs_is_dropped_from_its_loop():
    tape = trace(lambda x: iterate(lambda s: (s[0] * x, np.sin(s[1] + x)), (1.0, 0.0), 9)[0][-1], 0.0)
    assert "sin" not in names(tape) and len(tape.program["loops"][0]["start"]) == 1


def test_multiplying_by_one_and_choosing_by_a_constant_cost_nothing():
    assert len(trace(lambda x: x * 1.0 / 1 + 0 * 0, 0.0)) == 1  # the sum
    assert len(trace(lambda x: np.where(np.array([True, True]), x, 2 * x), np.zeros(2))) == 0
    assert len(trace(lambda x: x**1, 0.0)) == 0


def test_what_does_not_change_in_a_loop_is_computed_before_it():
    tape = trace(lambda lr, x: iterate(lambda s: s - np.exp(lr) * np.sin(x) * s, x, 100)[-1], 0.0, 0.0)
    ops, loop = names(tape), names(tape).index("loop")
    assert ops.index("exp") < loop and ops.index("sin") < loop
    assert sorted(ops[loop + 1 :]) == ["leaf", "leaf", "multiply", "subtract"]


def test_what_does_not_change_in_an_inner_loop_is_computed_in_the_outer_one():
    def outer(s):
        return iterate(lambda t: t * np.sin(s), 1.0, 3)[-1]

    tape = trace(lambda x: iterate(outer, x, 4)[-1], 0.0)
    first, second = (i for i, op in enumerate(names(tape)) if op == "loop")
    assert first < names(tape).index("sin") < second
    assert_traces(lambda x: iterate(outer, x, 4)[-1], 0.7)


def test_a_loop_is_as_short_for_a_million_steps_as_for_ten():
    short, long = (trace(lambda x: iterate(lambda s: s * x, 1.0, n)[-1], 0.0) for n in (10, 10**6))  # noqa: B023
    assert len(short) == len(long) < 6


def test_data_used_in_two_loops_is_stored_once():
    data = np.sqrt(np.arange(20.0))

    def twice(x):
        a = iterate(lambda s, d: s + x * d, 0.0, 20, data)[-1]
        return a + iterate(lambda s, d: s - x * d, 0.0, 20, data)[-1]

    assert [len(c) for c in assert_traces(twice, 0.5).program["constants"] if isinstance(c, list)] == [20]


def test_step_numbers_need_no_table():
    tape = trace(lambda x: iterate(lambda s, k: s + k * x, 0.0, 50, np.arange(50))[-1], 0.0)
    assert not any(isinstance(constant, dict) for constant in tape.program["constants"])


# Sharing memory, as NumPy does ------------------------------------------------------------------------


def writes_through_a_slice(x):
    x = x.copy()
    y = x[0:2]
    y[0] = 7 * x[2]
    y += 1
    return x


def writes_through_a_view(x):
    x = x.copy()
    m = x.reshape(3, 1)
    m[2, 0] = x[0] - x[1]
    x.ravel()[0] = 5
    m.T[0, 1] *= 2
    return x, m


def keeps_copies_apart(x):
    x = x.copy()
    kept = [x.copy(), np.copy(x), x.flatten(), x[[0, 1, 2]], copy.deepcopy(x), copy.copy(x), x + 0, +x, np.array(x[:])]
    x[:] = -1
    x[0] += 100
    return *(k for k in kept[:-1]), x


def rebinds_a_number(x):
    a = x[0]
    b = a
    b += 1
    b *= 2
    return a, b, x


def swaps(x):
    x = x.copy()
    x[0], x[1] = x[1], x[0]
    a, *rest = x
    return np.stack([*rest, a]), x[::-1], len(x), list(x)[1]


def changes_in_place(x):
    x = x.copy()
    x -= x.mean()
    x *= x
    x /= 2
    x **= 2
    np.add(x, 1, out=x)
    x[np.array([True, False, True])] = 0
    x[[0, 1]] += np.array([1.0, 2.0])
    x[x > 1.5] = -1
    return x


def fills(x):
    x, y = x.copy(), np.zeros_like(x)
    y.fill(x[1])
    x[...] = 3
    mask = y > 0
    mask[0] = x[0]
    return x, y, mask + (y > 0)


@pytest.mark.parametrize(
    "f", [writes_through_a_slice, writes_through_a_view, keeps_copies_apart, rebinds_a_number, swaps,
          changes_in_place, fills]
)  # fmt: skip
@given(x=arrays(shape=(3,)))
def test_views_and_copies_behave_as_in_numpy(f, x):
    before = x.copy()
    assert_traces(f, x, atol=1e-10)
    np.testing.assert_array_equal(x, before)


@given(data=st.data())
def test_any_basic_index_means_what_it_means_in_numpy(data):
    entry = st.one_of(
        st.integers(-2, 1),
        st.slices(2),
        st.none(),
        st.just(np.array([1, 0, 1])),
        st.just(np.array([False, True])),
        st.integers(-2, 1).map(np.int64),
    )
    index = tuple(data.draw(st.lists(entry, max_size=2)))
    x = data.draw(arrays(shape=(2, 2, 2)))
    if index and data.draw(st.booleans()):
        index = (*index, Ellipsis)
    if sum(i is not None and i is not Ellipsis for i in index) > 1 and any(isinstance(i, np.ndarray) for i in index):
        index = index[:1]
    assert_traces(lambda x: x[index] * 2, x)

    def assign(x):
        x = x.copy()
        x[index] = x.sum()
        return x

    assert_traces(assign, x)


@pytest.mark.parametrize("statement", [
    "y[0] = y[1]", "y[1:] += y[:-1]", "y[::2] *= 2", "y[:] = 0", "y[[0, 2]] += 1", "y[[0, 0]] += 1", "y[1:] = y[:-1]",
    "y[:-1] = y[1:]", "y[::-1] = y", "y += y[::-1]", "y //= 2", "y %= 2", "y **= 2", "y -= y", "y += np.arange(3)",
    "y -= [1, 2, 3]", "y[:, None][:] = 3", "y[...] = [1, 2, 3]", "y[-1] -= y[0]", "y[0:2] = [y[0], 1.0]",
    "y[0:2] = np.array([y[0], 1.0])", "y[np.array([True, False, True])] = y[0]", "y[y > 0] = y.sum()",
    "y[~(y > 0)] = -1",
    "y[np.isnan(y)] = 0", "np.maximum(y, 0, out=y)", "y.sort()", "y[::-1].sort()", "np.copyto(y, 3.0)",
    "y = y[:, None] @ y[None]", "y @= np.eye(3)", "y = divmod(y, 2)", "y = divmod(7.0, np.abs(y) + 1)",
    "y = 1 // (y + 9)",
    "y = np.array(y[0])", "y = y.reshape(3, 1, order='F')", "y = y.flatten(order='F')", "y = np.float64(2) * y",
    "y = y * True", "y = (y > 0) / 2 + (y > 0) ** 2", "y = sum(y) + abs(y[0]) + pow(y, 2)", "y = list(reversed(y))[0]",
    "a, *b = y; y = b[0] - a", "y = y > 0; y[0] = 2.5",
    "y = y > 0; y[1:] = y[0]", "y = y if y.ndim == 1 and y.size == 3 and y.dtype == float else None",
])  # fmt: skip
def test_a_statement_does_to_a_traced_array_what_it_does_to_an_ordinary_one(statement):
    scope = {"np": np}
    exec(f"def f(x):\n    y = x.copy()\n    {statement}\n    return y", scope)
    for x in ([1.3, -0.5, 2.0], [0.0, 0.0, -1.0]):
        assert_traces(scope["f"], np.array(x))


def test_an_index_out_of_bounds_is_an_index_error():
    for index in (3, (0, 0), -4):
        with pytest.raises(IndexError):
            trace(lambda x: x[index], np.zeros(3))  # noqa: B023


def test_a_number_has_no_length_and_cannot_be_iterated_over():
    with pytest.raises(TypeError, match="len"):
        trace(lambda x: len(x) * x, 0.0)
    with pytest.raises(TypeError, match="iterated"):
        trace(lambda x: [*x], 0.0)


def test_an_array_of_traced_numbers_is_welcome_where_it_meets_a_traced_value_or_leaves():
    assert_traces(lambda a, b: np.array([a, b]) * a + np.array([[b, 1.0], [a, a]]), 2.0, 3.0)
    assert_traces(lambda a, b: np.array([a, b]), 2.0, 3.0)
    assert_traces(lambda a, b: [[a, b], [1, 2]] + np.zeros_like(a), 2.0, 3.0)  # noqa: RUF005
    assert_traces(lambda a, b: np.array([a > 1, b > 5]) + (a > b), 2.0, 3.0)


# JSON -------------------------------------------------------------------------------------------------


def test_the_json_is_plain_and_gives_the_same_numbers():
    def f(x, n):
        path = iterate(lambda s: s * x[0] - 0.1, x, n)
        return {"path": path, "weights": np.where(x > 0, np.inf, np.nan) + np.zeros((2, 2))}

    tape = trace(f, np.zeros(2), Between(3, 0, 5))
    text = tape.to_json()
    assert json.loads(text) == json.loads(json.dumps(tape.program))
    assert not re.search(r"(?<!\")(NaN|Infinity)(?!\")", text)
    assert compiled(json.dumps(json.loads(text), indent=1))([0.5, -0.2, 4])[0].shape == (5, 2)
    for a, b in zip(tape.outputs([0.5, -0.2], 4), run_json(tape, [0.5, -0.2], 4), strict=True):
        np.testing.assert_array_equal(a, b)


def test_constants_survive_the_json_to_the_last_digit():
    constants = [0.1, -0.0, 1e-320, 1.7976931348623157e308, 1 / 3, np.inf, -np.inf, np.nan, 2.0**53, 1e22]
    tape = trace(lambda x: np.copysign(1, 1) * np.stack([x, *constants]), 0.0)
    found = run_json(tape, 5.0)[0][1:]
    np.testing.assert_array_equal(found, constants)
    np.testing.assert_array_equal(np.signbit(found), np.signbit(constants))


def test_a_row_of_whole_numbers_may_end_in_another_one():
    """It is written as an arithmetic progression with a last number."""
    ends = np.eye(20)[-1] * 0.005
    np.testing.assert_array_equal(trace(lambda x: x * ends, 1.0)(1.0), ends)


def test_the_page_on_the_format_shows_true_examples():
    """The worked examples in FORMAT.md are what the code makes of them."""
    text = (ROOT / "livefig" / "FORMAT.md").read_text(encoding="utf-8").split("# The description")[0]
    examples = re.findall(r"```python\n(.*?)```.*?```json\n(.*?)```", text, re.S)
    assert len(examples) == 2
    for code, shown in examples:
        scope = {}
        exec(code, scope)
        tape, arguments = scope["tape"], scope["arguments"]
        assert json.loads(shown) == tape.program
        function = next(
            value for value in scope.values() if isfunction(value) and value.__code__.co_filename == "<string>"
        )
        for found, wanted in zip(tape.outputs(**arguments), parts(function(**arguments)), strict=True):
            np.testing.assert_allclose(found, wanted, rtol=1e-14)


def test_the_page_on_the_format_names_every_key_and_every_operation():
    text = (ROOT / "livefig" / "FORMAT.md").read_text(encoding="utf-8")
    program = trace(lambda n: iterate(lambda s, d: s + d, n, n, np.arange(9.0) ** 2), Between(1, 0, 9)).program
    keys = {*program, *program["loops"][0]}
    roots = np.sqrt(np.arange(99.0))
    arrays = (
        np.arange(9.0),
        np.append(np.arange(9.0), 10),
        roots,
        2 * roots,
        np.full((3, 5), 2.0),
        np.arange(12.0).reshape(3, 4).T,
    )
    for written in trace(lambda x: tuple(x * array for array in arrays), 0.0).program["constants"]:
        keys |= set(written)
    assert keys >= {"base64", "from", "last", "grid", "of", "times"}
    assert {key for key in keys | set(SIGNATURES) if f"`{key}`" not in text} == set()


# The largest number of steps ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steps, most",
    [(lambda a, b: a, 5), (lambda a, b: a + b, 8), (lambda a, b: a - b, 4), (lambda a, b: 10 - a, 10),
     (lambda a, b: a * b, 15), (lambda a, b: 2 * a + 1, 11), (lambda a, b: np.maximum(a, b), 5),
     (lambda a, b: a // 2, 2), (lambda a, b: 9 // b, 9), (lambda a, b: np.where((a < 0) | (b < 0), 99, a), 5),
     (lambda a, b: 4 - a % 3, 4), (lambda a, b: np.sin(a), None),
     (lambda a, b: a % (b - 2), None), (lambda a, b: np.floor(a / b), 5), (lambda a, b: a**2, 25),
     (lambda a, b: np.where(a > b, a, 7), 7), (lambda a, b: np.abs(b - a), 4), (lambda a, b: np.rint(a / 2), 2)],
)  # fmt: skip
def test_a_number_of_steps_may_be_made_of_sliders(steps, most):
    """a lies in 0..5 and b in 1..3; the largest number of steps is worked out from both ends of both."""

    def f(a, b):
        return iterate(lambda s: s + 1, 0.0 * a, steps(a, b))

    if most is None:
        with pytest.raises(TypeError, match="a number of steps that nothing bounds"):
            trace(f, Between(1, 0, 5), Between(1, 1, 3))
        return
    tape = trace(f, Between(1, 0, 5), Between(1, 1, 3))
    assert tape.program["outputs"][0][1] == 0
    with pytest.raises(ValueError, match=f"for each of the {most} steps"):
        trace(lambda a, b: iterate(lambda s, d: s + d, 0.0 * a, steps(a, b), np.ones(most - 1)),
              Between(1, 0, 5), Between(1, 1, 3))  # fmt: skip
    for a in range(6):
        for b in range(1, 4):
            n = max(0, round(float(steps(a, b))))
            assert len(tape(a, b)) == n + 1 <= most + 1


@pytest.mark.parametrize(
    "steps, always",
    [(lambda a, b: a, 0), (lambda a, b: b, 1), (lambda a, b: a + b, 1), (lambda a, b: np.abs(a - 2), 0),
     (lambda a, b: np.abs(b - 9), 6), (lambda a, b: np.abs(-7 - a), 7), (lambda a, b: np.fmod(a, 2) + b, 1),
     (lambda a, b: np.maximum(a, b), 1), (lambda a, b: np.where(a > b, a, 7), 0), (lambda a, b: 4 - a % 3, 1),
     (lambda a, b: np.max(np.stack([a, b, 2 * b])), 2), (lambda a, b: np.fmod(a - 3, 2) + 2, 0),
     (lambda a, b: np.fmod(a - 9, 2) + 3, 1)],
)  # fmt: skip
def test_a_row_that_may_be_missing_is_refused(steps, always):
    """a lies in 0..5 and b in 1..3. Row `always` is there whatever they are; of the next one that is not known."""
    f = lambda a, b: iterate(lambda s: s + 1, 0.0 * a, steps(a, b))  # noqa: E731
    examples = Between(1, 0, 5), Between(1, 1, 3)
    counts = [round(float(steps(a, b))) for a in range(6) for b in range(1, 4)]
    assert always <= min(counts)
    assert trace(lambda a, b: f(a, b)[always], *examples)(5, 3) == always
    with pytest.raises(TypeError, match="along the steps"):
        trace(lambda a, b: f(a, b)[always + 1], *examples)


def test_the_rows_of_a_time_axis_follow_their_slider():
    assert_traces_steps(lambda n, x: iterate(lambda s: s * x, 1.0, n), 0.5, most=12)
