"""What a tape cannot follow is refused: which operation, on which line of the author's, what to write instead."""

import inspect
import math
import re

import numpy as np
import pytest

from gradcore import grad, gradient_descent, iterate
from livefig.program.tape import Between, trace
from livefig.record import graph
from livefig.record.refuse import Refusal

rng = np.random.default_rng(1)


def an_if(x):
    if x > 0:  # here
        return x
    return -x


def a_while(x):
    while x < 10:  # here
        x = x * 2
    return x


def an_and(x):
    return (x > 0) and (x < 1)  # here


def a_chain(x):
    return 0 < x < 1  # here


def a_max(x):
    return max(x, 1.0)  # here


def a_float(x):
    return float(x) + 1  # here


def an_int(x):
    return [1, 2, 3][int(x)]  # here


def a_range(x):
    return sum(i for i in range(x))  # here


def a_list_index(x):
    return [1, 2, 3][x]  # here


def a_round(x):
    return round(x)  # here


def a_math_sin(x):
    return math.sin(x)  # here


def a_format(x):
    return f"{x:.2f}"  # here


def a_dict_key(x):
    return {x: 1}  # here


def a_plain_array(x):
    y = np.zeros(2)
    y[0] = x  # here
    return y


def a_plain_array_of_rows(x):
    y = np.zeros((2, 3))
    y[0] = np.stack([x, x, x])  # here
    return y


def a_plain_array_plus(x):
    y = np.zeros(2)
    y += x  # here
    return y


def a_plain_conversion(x):
    return np.array([x, 1.0], dtype=float)  # here


def an_object_array(x):
    return np.sin(np.array([x, 2 * x]))  # here


def an_object_array_of_exp(x):
    p = np.array([x, 2 * x])
    return p + np.exp(p)  # here


def an_unknown_function(x):
    return np.unique(np.stack([x, -x]))  # here


def an_unknown_linalg_function(x):
    return np.linalg.eigvals(np.stack([np.stack([x, 0 * x]), np.stack([0 * x, x])]))  # here


def an_unknown_ufunc(x):
    return np.spacing(x)  # here


def an_unknown_method(x):
    return np.stack([x, x]).nonzero()  # here


def an_unknown_reduction(x):
    return np.subtract.reduce(np.stack([x, x]))  # here


def a_sum_with_where(x):
    return np.mean(np.stack([x, x]), where=[True, False])  # here


def a_sum_into_out(x):
    return np.cumsum(np.stack([x, x]), out=np.zeros(2))  # here


def a_random_number(x):
    return rng.normal(x, 1.0)  # here


def a_random_vector(x):
    return rng.normal(np.stack([x, x]))  # here


def a_traced_index(x):
    return np.arange(3.0)[x]  # here


def a_traced_index_of_a_traced_array(x):
    return np.stack([x, x])[x]  # here


def a_traced_mask(x):
    y = np.stack([x, -x])
    return y[y > 0]  # here


def a_changing_shape(x):
    return np.linspace(0, 1, x)  # here


def a_changing_length(x):
    return np.repeat(np.stack([x, x]), x)  # here


def places_of_truth(x):
    return np.where(np.stack([x, -x]) > 0)  # here


def an_nditer(x):
    y = np.stack([x, x])
    for v in np.nditer(y):  # here
        y = y + v
    return y


def an_integer_type(x):
    return np.stack([x, x]).astype(np.int32)  # here


def a_leak(x):
    box = []
    for start in (1.0, 2.0):
        iterate(lambda s: box.append(s) or s * x, start, 3)
    return box[0] * box[1]  # here


def nothing(x):
    pass


def a_word(x):
    return np.add(x, "one")  # here


def a_complex_number(x):
    return x * 1j > 0  # here


def a_none(x):
    return np.where(x > 0, x, None)  # here


def rows_of_a_changing_history(x):
    return np.roll(iterate(lambda s: s * 0.5 + x, 1.0, x), 1)  # here


def two_changing_histories_end_to_end(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return np.concatenate([h, [1.0]])  # here


def a_row_that_may_be_missing(x):
    return iterate(lambda s: s * 0.5 + x, 1.0, x)[-2]  # here


def an_extreme_of_perhaps_no_steps(x):
    return iterate(lambda s: s * 0.5 + x, 1.0, x)[1:].max()  # here


def a_squeeze_of_perhaps_one_row(x):
    return np.squeeze(iterate(lambda s: s * 0.5 + x, [1.0], x))  # here


def a_part_of_at_most_one_row(x):
    return np.roll(iterate(lambda s: s * 0.5 + x, [1.0], x)[1:2], 1)  # here


def another_column_in_each_row(x):
    h = iterate(lambda s: s * 0.5 + x, [1.0, 2.0], x)
    return h[np.arange(len(h)), np.arange(len(h)) % 2]  # here


def a_choice_by_length(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return np.sin(x) if len(h) % 2 else np.cos(x)  # here


def a_loop_over_a_changing_history(x):
    return sum(iterate(lambda s: s * 0.5 + x, 1.0, x))  # here


def a_list_of_changing_histories(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return np.array([h, h])  # here


def a_mean_by_hand(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return h.sum() / len(h)  # here


def a_grid_as_long_as_a_history(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    t = np.linspace(0, 1, len(h))  # here
    return np.stack([t, h], axis=1)


def a_slice_by_length(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return h[: len(h) - 1]  # here


def an_array_of_another_length(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, x)
    return np.arange(len(h) - 1)  # here


def an_arange(x):
    return np.arange(x)  # here


def a_sorted(x):
    return sorted([x, 1.0])  # here


def an_any(x):
    return any([x > 0, x < 1])  # here


def an_in(x):
    return 1.0 in [x, 2.0]  # here


def a_shape(x):
    return np.zeros(x)  # here


def a_trunc(x):
    return math.trunc(x)  # here


def a_string_of_digits(x):
    return "%.2f" % x  # here  # noqa: UP031


def bits_of_a_number(x):
    return x & 1  # here


def minus_of_truth(x):
    return -(np.sin(x) > 0)  # here


def a_difference_of_truth(x):
    return (np.sin(x) > 0) - (np.cos(x) > 0)  # here


def an_exponential_of_truth(x):
    return np.exp(x > 0)  # here


def single_precision(x):
    return np.ones(3, dtype=np.float32) * x  # here


def a_single_precision_sum(x):
    return np.sum(np.stack([x, x]), dtype=np.float32)  # here


def a_single_precision_copy(x):
    return np.stack([x, x]).astype(np.float32)  # here


def a_shape_in_place(x):
    y = np.stack([x, x])
    y.shape = (2, 1)  # here
    return y


def an_object_array_compared(x):
    return np.where(np.array([x, 1.0]) > 0, 1, 2)  # here


def an_object_array_of_isnan(x):
    return np.isnan(np.array([x, 1.0]))  # here


def an_object_matrix_inverted(x):
    return np.linalg.inv(np.array([[x, 1.0], [0.0, x]]))  # here


def a_copy_into_a_plain_array(x):
    return np.full_like(np.ones(3), x)  # here


def a_long_sort(x):
    return np.sort(np.arange(100.0) * x)  # here


def a_large_system(x):
    return np.linalg.det(np.eye(9) * x)  # here


def axes_by_number_in_einsum(x):
    return np.einsum(np.stack([x, x]), [0])  # here


def a_padding_with_ones(x):
    return np.pad(np.stack([x, x]), 1, constant_values=1.0)  # here


def a_cross_product_in_the_plane(x):
    return np.cross(np.stack([x, x]), [1.0, 2.0, 3.0])  # here


def a_matrix_power_of_a_slider(x):
    return np.linalg.matrix_power(np.eye(2) * x, x)  # here


def a_correlation_the_other_way_round(x):
    return np.correlate(np.stack([x, x]), [1.0, 2.0, 3.0], "full")  # here


def a_masked_array(x):
    return x * np.ma.masked_less([-1.0, 1.0], 0)  # here


def a_mask_of_a_slider(x):
    return np.ma.masked_less(x * np.ones(2), 0)  # here


def a_product_of_matrices(x):
    return np.eye(2).view(np.matrix) @ np.stack([x, x])  # here


def a_changed_history(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, 4)
    h -= 1  # here
    return h


REFUSED = {  # function: (what is named, what to write instead)
    an_if: ("`if`", "np.where"),
    a_while: ("`while`", "np.where"),
    an_and: ("`and`", "np.logical_and"),
    a_chain: ("`and`", r"np.logical_and\(0 < x, x < 1\)"),
    a_max: (r"`if`, as max\(\) asks it", r"np.maximum\(x, 1.0\)"),
    a_float: (r"float\(\)", r"`return x \+ 1`"),
    an_int: ("an index", r"== np.trunc\(x\)"),
    a_range: (r"range\(\)", "iterate"),
    a_list_index: ("an index", r"np.arange\(len\(\[1, 2, 3\]\)\) == x"),
    a_round: (r"round\(\)", r"np.round\(x\)"),
    a_math_sin: (r"math\.sin", r"`return np\.sin\(x\)`"),
    a_format: ("text", "Return the number"),
    a_dict_key: ("hash", "lists, and leave out cache"),
    a_plain_array: ("plain array", r"`y = np\.zeros\(2\) \+ 0 \* x` for `y = np\.zeros\(2\)`"),
    a_plain_array_of_rows: ("plain array", r"`y = np\.zeros\(\(2, 3\)\) \+ 0 \* x` for"),
    a_plain_array_plus: ("plain array in place", r"`y = y \+ x`"),
    a_plain_conversion: ("np.array", r"np.stack\(\[x, 1.0\]\)"),
    an_object_array: ("an object array", r"np.sin\(np.stack\(\[x, 2 \* x\]\)\)"),
    an_object_array_of_exp: ("an object array", r"np.stack\(\[x, 2 \* x\]\)` for `np.array\(\[x, 2 \* x\]\)`"),
    an_unknown_function: (r"np\.unique", "np.where"),
    an_unknown_linalg_function: (r"np\.linalg\.eigvals", "np.where"),
    an_unknown_ufunc: (r"np\.spacing", "np.where"),
    an_unknown_method: (r"\.nonzero", "NumPy functions"),
    an_unknown_reduction: (r"np\.subtract\.reduce", "np.sum"),
    a_sum_with_where: (r"np\.mean with where=", "np.where"),
    a_sum_into_out: (r"np\.cumsum with out=", "Leave it out"),
    a_random_number: ("Drawing random numbers", "Draw before"),
    a_random_vector: ("Drawing random numbers", "Draw before"),
    a_traced_index: ("an index", "np.arange"),
    a_traced_index_of_a_traced_array: ("an index", "np.arange"),
    a_traced_mask: ("an index", r"np\.where\(y > 0, y, np.nan\)"),
    a_changing_shape: ("a number of points", r"np.where\(np.arange\(50\) < x, np.arange\(50\), np.nan\) / \(x - 1\)"),
    a_changing_length: ("np.repeat with places or lengths", "plain integers"),
    places_of_truth: (r"np\.where\(condition\) without values", r"np\.where\(condition, a, b\)"),
    an_nditer: (r"np\.nditer", r"np\.ndindex"),
    an_integer_type: (r"astype\(np.int32\)", r"np.trunc\(np.stack\(\[x, x\]\)\)"),
    a_leak: ("values from two loops", "what iterate returns"),
    a_word: ("type <U3", "real numbers"),
    a_complex_number: ("np.greater of complex numbers", "z.real"),
    a_none: ("type NoneType", "real numbers"),
    rows_of_a_changing_history: ("np.roll, where the number of steps is itself an argument", r"\[-1\]"),
    two_changing_histories_end_to_end: ("np.concatenate along the steps", r"\[-1\]"),
    a_row_that_may_be_missing: ("the index -2 along the steps", r"\[-1\]"),
    an_extreme_of_perhaps_no_steps: (
        "np.maximum.reduce over steps of which there may be none",
        "smallest number of steps",
    ),
    a_squeeze_of_perhaps_one_row: ("np.squeeze of states that may be one row", r"axis=1"),
    a_part_of_at_most_one_row: ("np.roll, where the number of steps", r"\[-1\]"),
    another_column_in_each_row: ("along the steps, where the number of steps is itself an argument", r"\[-1\]"),
    a_choice_by_length: ("made of the length of a history", r"n \+ 1"),
    a_loop_over_a_changing_history: ("iterating over all rows", r"\[-1\]"),
    a_list_of_changing_histories: ("np.array", r"np.stack\(\[h, h\]\)"),
    a_mean_by_hand: ("made of the length of a history", r"n \+ 1"),
    a_grid_as_long_as_a_history: ("made of the length of a history", r"np.arange\(len\(history\)\)"),
    a_slice_by_length: ("made of the length of a history", r"history\[-1\]"),
    an_array_of_another_length: ("made of the length of a history", r"history\[-1\]"),
    an_arange: (r"a length in np.arange\(\)", "50 say"),
    a_sorted: (r"sorted\(\)", "np.sort"),
    an_any: (r"any\(\)", r"np.any\(np.stack\(\[x > 0, x < 1\]\)\)"),
    an_in: ("`in`", r"np.any\(np.stack\(\[x, 2.0\]\) == 1.0\)"),
    a_shape: (r"a length in np.zeros\(\)", "a plain number"),
    a_trunc: (r"int\(\)", r"np.trunc\(x\)"),
    a_string_of_digits: ("formatting as text", "Return the number itself"),
    bits_of_a_number: ("np.bitwise_and of numbers", "np.mod"),
    minus_of_truth: ("np.negative of truth values", "np.logical_not"),
    a_difference_of_truth: ("np.subtract of truth values", "1.0"),
    an_exponential_of_truth: ("np.exp of truth values", "1.0"),
    single_precision: ("an array of float32", r"astype\(float\)"),
    a_single_precision_sum: ("np.sum with dtype=float32", "floats"),
    a_single_precision_copy: (r"astype\(np.float32\)", r"`return np.stack\(\[x, x\]\)`"),
    a_shape_in_place: ("a new shape in place", "reshape"),
    an_object_array_compared: ("an object array", r"np.stack\(\[x, 1.0\]\)"),
    an_object_array_of_isnan: ("an object array", r"np.stack\(\[x, 1.0\]\)"),
    an_object_matrix_inverted: ("an object array", r"np.stack\(\[np.stack\(\[x, 1.0\]\)"),
    a_copy_into_a_plain_array: ("np.full_like", "np.ones_like"),
    a_long_sort: ("np.sort of more than 64 numbers", "beforehand"),
    a_large_system: ("np.linalg.det of more than 8 rows", "iterate"),
    axes_by_number_in_einsum: ("np.einsum with lists of axes", "one letter"),
    a_padding_with_ones: ("other constants than 0", "np.concatenate"),
    a_cross_product_in_the_plane: ("np.cross of other than", "components"),
    a_matrix_power_of_a_slider: ("np.linalg.matrix_power with another exponent", "iterate"),
    a_correlation_the_other_way_round: ("np.correlate with the shorter array first", "np.convolve"),
    a_masked_array: ("a masked array", r"np\.where\(condition, np\.nan, data\)"),
    a_mask_of_a_slider: ("a masked array", r"np\.ma\.filled\(data, np\.nan\)"),
    a_product_of_matrices: ("np.matrix", "A @ B"),
    a_changed_history: ("in place", r"x = x \+ y"),
}


@pytest.mark.parametrize("f", REFUSED, ids=lambda f: f.__name__)
def test_a_refusal_names_the_operation_the_line_and_what_to_write(f):
    lines, begin = inspect.getsourcelines(f)
    number = next(i for i, line in enumerate(lines) if "# here" in line)
    code = lines[number].strip()
    what, instead = REFUSED[f]
    with pytest.raises(TypeError, match=what) as caught:
        trace(f, Between(1.0, 0.0, 5.0))
    message = str(caught.value)
    assert isinstance(caught.value, Refusal)
    assert re.search(instead, message), message
    assert message.startswith(f"Line {begin + number} of {f.__name__}, `{code[:90]}"), message


def test_a_value_that_leaks_out_of_a_step_is_refused():
    def leaks(x):
        box = []
        iterate(lambda s: box.append(s * x) or s * x, 1.0, 3)
        return box[0]

    with pytest.raises(TypeError, match=r"a value from inside a loop.*Use what iterate returns"):
        trace(leaks, 0.0)


def test_a_history_that_leaks_out_of_a_step_is_refused():
    def leaks(x):
        box = []
        iterate(lambda s: box.append(iterate(lambda t: t * s, s, 3)) or s * x, x, 2)
        return box[0]

    with pytest.raises(TypeError, match="a value from inside a loop"):
        trace(leaks, 0.0)


def test_a_function_that_returns_nothing_is_refused():
    with pytest.raises(TypeError, match="type NoneType"):
        trace(nothing, 0.0)


def test_a_value_of_another_trace_is_refused():
    kept = []
    trace(lambda x: kept.append(x) or x, 0.0)
    with pytest.raises(TypeError, match="another trace"):
        trace(lambda x: x + kept[0], 0.0)


def test_a_function_of_too_many_operations_is_refused(monkeypatch):
    monkeypatch.setattr(graph, "MOST_NODES", 1000)

    def endless(x):
        while True:
            x = np.sin(x)  # here

    with pytest.raises(TypeError, match=r"`x = np\.sin\(x\).*more than 1,000 operations.*iterate"):
        trace(endless, 0.0)


def test_a_mistake_inside_gradcore_is_told_with_the_authors_line():
    def f(x):
        return math.sin(x[0]) + x[1]  # here

    with pytest.raises(TypeError, match=r"of f, `return math\.sin\(x\[0\]\) \+ x\[1\]"):
        trace(lambda x: gradient_descent(f, [x, x], 0.1, 3).x, 0.0)


def test_the_authors_own_errors_stay_what_they_are():
    def mistaken(x):
        raise ValueError("my own words")

    with pytest.raises(ValueError, match=r"^my own words$"):
        trace(mistaken, 0.0)
    with pytest.raises(TypeError, match=r"^my own type$"):
        trace(lambda x: (_ for _ in ()).throw(TypeError("my own type")), 0.0)


def a_sum_of_other_shapes(x):
    return x + np.ones(4)  # here


def a_product_of_other_shapes(x):
    return np.ones((2, 4)) @ x  # here


def a_choice_of_other_shapes(x):
    return np.where(x > 0, np.ones(2), x)  # here


def parts_of_other_shapes(x):
    return np.concatenate([x, np.ones((2, 2))])  # here


def another_size(x):
    return x.reshape(2, 2)  # here


def data_that_are_too_short(x):
    return iterate(lambda s, d: s + d, x, 5, np.ones(4))  # here


def writing_too_much(x):
    x = x * np.ones(3)
    x[:2] = np.ones((1, 3))  # here


def writing_too_much_at_places(x):
    x = x * np.ones(3)
    x[[0, 2]] = x  # here


def writing_too_much_where_a_mask_is_true(x):
    x = x * np.ones(3)
    x[np.arange(3) > 0] = np.ones(3)  # here


@pytest.mark.parametrize(
    "f",
    [a_sum_of_other_shapes, a_product_of_other_shapes, a_choice_of_other_shapes, parts_of_other_shapes, another_size,
     data_that_are_too_short, writing_too_much, writing_too_much_at_places, writing_too_much_where_a_mask_is_true],
    ids=lambda f: f.__name__,
)  # fmt: skip
def test_shapes_that_do_not_fit_are_told_in_numpys_words_with_the_authors_line(f):
    lines, begin = inspect.getsourcelines(f)
    number = next(i for i, line in enumerate(lines) if "# here" in line)
    with pytest.raises(ValueError) as wanted:
        f(np.zeros(3))
    with pytest.raises(ValueError) as found:
        trace(f, np.zeros(3))
    said = re.split(r" (?:from )?shapes? ", str(wanted.value))[0]
    assert str(found.value).startswith(f"Line {begin + number} of {f.__name__}, `{lines[number].strip()[:90]}")
    assert said in str(found.value)


# What would take too much -----------------------------------------------------------------------------


def a_hundred_million_numbers(x, n):
    return np.sum(x * np.ones((10_000, 1)) * np.ones(10_000))  # here


def a_long_history_of_a_long_state(x, n):
    return iterate(lambda s: s * x, np.ones(50_000), 10_000)[-1]  # here


def a_history_along_a_slider(x, n):
    return iterate(lambda s: s * x, np.ones(400), n)  # here


def loops_in_loops(x, n):
    return iterate(lambda s: iterate(lambda t: t * x, s, n)[-1], 1.0, 1_000_000)[-1]  # here


def a_product_of_large_matrices(x, n):
    return (x * np.ones((2000, 3000))) @ np.ones((3000, 2000))  # here


def a_number_in_many_places(x, n):
    return np.sum(np.broadcast_to(x, (20_000, 20_000)))  # here


def more_than_there_is(x, n):
    return np.sum(np.tile(x, 10**15))  # here


@pytest.mark.parametrize(
    ("f", "what"),
    [(a_hundred_million_numbers, "100,000,000 numbers, an array of shape (10000, 10000)"),
     (a_product_of_large_matrices, "12,000,000,000 products, an array of shape (2000, 2000)"),
     (a_number_in_many_places, "400,000,000 numbers, an array of shape (20000, 20000)"),
     (more_than_there_is, "7.11 PiB for an array with shape (1000000000000000, 1)"),
     (a_long_history_of_a_long_state, "500,050,000 numbers, an array of shape (10001, 50000)"),
     (a_history_along_a_slider, "40,000,400 numbers, an array of shape (100001, 400)"),
     (loops_in_loops, "100,000,000,000 numbers, an array of shape (), 100,000,000,000 times")],
    ids=lambda x: getattr(x, "__name__", None),
)  # fmt: skip
def test_what_takes_too_much_memory_or_time_is_refused_with_the_array_and_the_line(f, what):
    _, begin = inspect.getsourcelines(f)
    with pytest.raises(TypeError, match=re.escape(what)) as caught:
        trace(f, 0.5, Between(3, 0, 100_000))
    assert str(caught.value).startswith(f"Line {begin + 1} of ") and "fewer points or steps" in str(caught.value)


def test_a_second_derivative_that_is_not_known_is_refused():
    """That of a loop in a loop which reads the states of one further out, whose number of steps is an argument."""

    def f(x, n):
        history = iterate(lambda s: s * 0.5 + x, x, n)
        return iterate(lambda s: iterate(lambda t, r: t * 0.5 + r * s, s, 2, history)[-1], x, 3)[-1]

    first = trace(lambda x, n: grad(lambda z: f(z, n))(x), 1.1, Between(3, 2, 4))
    h = 1e-5
    assert first(1.1, 3) == pytest.approx((f(1.1 + h, 3) - f(1.1 - h, 3)) / (2 * h), rel=1e-8)
    with pytest.raises(TypeError, match=r"The second derivative of a loop that reads .*a plain number of steps"):
        trace(lambda x, n: grad(grad(lambda z: f(z, n)))(x), 1.1, Between(3, 2, 4))


def test_asking_whether_there_is_an_attribute_is_no_mistake():
    assert trace(lambda x: x * (2 if hasattr(x, "iloc") else 3), 0.0)(1.0) == 3
