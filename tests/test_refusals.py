"""What a tape cannot follow is refused: which operation, on which line of the author's, what to write instead."""

import inspect
import math
import re

import numpy as np
import pytest

from gradcore import gradient_descent, iterate
from gradcore.tape import Between, graph, trace
from gradcore.tape.refuse import Refusal

rng = np.random.default_rng(1)


def an_if(x):
    if x > 0:    # here
        return x
    return -x


def a_while(x):
    while x < 10:    # here
        x = x * 2
    return x


def an_and(x):
    return (x > 0) and (x < 1)    # here


def a_chain(x):
    return 0 < x < 1    # here


def a_max(x):
    return max(x, 1.0)    # here


def a_float(x):
    return float(x) + 1    # here


def an_int(x):
    return [1, 2, 3][int(x)]    # here


def a_range(x):
    return sum(i for i in range(x))    # here


def a_list_index(x):
    return [1, 2, 3][x]    # here


def a_round(x):
    return round(x)    # here


def a_math_sin(x):
    return math.sin(x)    # here


def a_format(x):
    return f"{x:.2f}"    # here


def a_dict_key(x):
    return {x: 1}    # here


def a_plain_array(x):
    y = np.zeros(2)
    y[0] = x    # here
    return y


def a_plain_array_of_rows(x):
    y = np.zeros((2, 3))
    y[0] = np.stack([x, x, x])    # here
    return y


def a_plain_array_plus(x):
    y = np.zeros(2)
    y += x    # here
    return y


def a_plain_conversion(x):
    return np.array([x, 1.0], dtype=float)    # here


def an_object_array(x):
    return np.sin(np.array([x, 2 * x]))    # here


def an_object_array_of_exp(x):
    p = np.array([x, 2 * x])
    return p + np.exp(p)    # here


def an_unknown_function(x):
    return np.sort(np.stack([x, -x]))    # here


def an_unknown_linalg_function(x):
    return np.linalg.inv(np.stack([np.stack([x, 0 * x]), np.stack([0 * x, x])]))    # here


def an_unknown_ufunc(x):
    return np.spacing(x)    # here


def an_unknown_method(x):
    return np.stack([x, x]).argsort()    # here


def an_unknown_reduction(x):
    return np.subtract.reduce(np.stack([x, x]))    # here


def a_sum_with_where(x):
    return np.sum(np.stack([x, x]), where=[True, False])    # here


def a_sum_into_out(x):
    return np.cumsum(np.stack([x, x]), out=np.zeros(2))    # here


def a_random_number(x):
    return rng.normal(x, 1.0)    # here


def a_random_vector(x):
    return rng.normal(np.stack([x, x]))    # here


def a_traced_index(x):
    return np.arange(3.0)[x]    # here


def a_traced_index_of_a_traced_array(x):
    return np.stack([x, x])[x]    # here


def a_traced_mask(x):
    y = np.stack([x, -x])
    return y[y > 0]    # here


def a_changing_shape(x):
    return np.linspace(0, 1, x)    # here


def a_changing_length(x):
    return np.repeat(np.stack([x, x]), x)    # here


def places_of_truth(x):
    return np.where(np.stack([x, -x]) > 0)    # here


def an_nditer(x):
    y = np.stack([x, x])
    for v in np.nditer(y):    # here
        y = y + v
    return y


def an_integer_type(x):
    return np.stack([x, x]).astype(int)    # here


def a_leak(x):
    box = []
    for start in (1.0, 2.0):
        iterate(lambda s: box.append(s) or s * x, start, 3)
    return box[0] * box[1]    # here


def nothing(x):
    pass


def a_word(x):
    return np.add(x, "one")    # here


def a_complex_number(x):
    return x * 1j    # here


def a_none(x):
    return np.where(x > 0, x, None)    # here


def rows_of_a_changing_history(x):
    return iterate(lambda s: s * 0.5 + x, 1.0, x)[::2].sum()    # here


def a_sum_over_a_changing_history(x):
    return iterate(lambda s: s * 0.5 + x, 1.0, x).sum()    # here


def a_changed_history(x):
    h = iterate(lambda s: s * 0.5 + x, 1.0, 4)
    h -= 1    # here
    return h


REFUSED = {    # function: (what is named, what to write instead)
    an_if: ("`if`", "np.where"),
    a_while: ("`while`", "np.where"),
    an_and: ("`and`", "np.logical_and"),
    a_chain: ("`and`", "np.where"),
    a_max: ("`if`", "np.where"),
    a_float: (r"float\(\)", "np.sin"),
    an_int: (r"int\(\)", "np.floor"),
    a_range: (r"range\(\)", "gradcore.iterate"),
    a_list_index: ("index", "gradcore.iterate"),
    a_round: (r"round\(\)", "np.rint"),
    a_math_sin: (r"math\.", r"np\.sin\(x\) for math\.sin\(x\)"),
    a_format: ("text", "Return the number"),
    a_dict_key: ("hash", "lists"),
    a_plain_array: ("plain array", "np.zeros_like"),
    a_plain_array_of_rows: ("plain array", "np.zeros_like"),
    a_plain_array_plus: ("plain array", r"x = x \+ y"),
    a_plain_conversion: ("plain array", "np.stack"),
    an_object_array: ("np.sin of an object array", r"np.stack\(\[x0, x1\]\)"),
    an_object_array_of_exp: ("np.exp of an object array", r"np.stack\(\[x0, x1\]\)"),
    an_unknown_function: (r"np\.sort", "ops.py"),
    an_unknown_linalg_function: (r"np\.linalg\.inv", "ops.py"),
    an_unknown_ufunc: (r"np\.spacing", "ops.py"),
    an_unknown_method: (r"\.argsort", "NumPy functions"),
    an_unknown_reduction: (r"np\.subtract\.reduce", "np.sum"),
    a_sum_with_where: (r"np\.sum with where=", "np.where"),
    a_sum_into_out: (r"np\.cumsum with out=", "leave it out"),
    a_random_number: ("random numbers", "np.stack"),
    a_random_vector: ("random numbers", "np.stack"),
    a_traced_index: ("an index", "np.arange"),
    a_traced_index_of_a_traced_array: ("an index that depends on a slider", "np.arange"),
    a_traced_mask: ("an index that depends on a slider", r"np\.where\(mask, x, 0\)"),
    a_changing_shape: (r"float\(\)|range\(\)", "np.stack|iterate"),
    a_changing_length: ("np.repeat with places or lengths", "plain integers"),
    places_of_truth: (r"np\.where\(condition\) without values", r"np\.where\(condition, a, b\)"),
    an_nditer: (r"np\.nditer", r"np\.ndindex"),
    an_integer_type: (r"astype\(int64\)", "np.floor"),
    a_leak: ("values from two loops", "what iterate returns"),
    a_word: ("type <U3", "real numbers"),
    a_complex_number: ("type complex128", "real numbers"),
    a_none: ("type NoneType", "real numbers"),
    rows_of_a_changing_history: ("along the steps, where the number of steps is itself a slider", r"\[-1\]"),
    a_sum_over_a_changing_history: ("along the steps, where the number of steps is itself a slider", r"\[-1\]"),
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
            x = np.sin(x)    # here

    with pytest.raises(TypeError, match=r"`x = np\.sin\(x\).*more than 1,000 operations.*gradcore\.iterate"):
        trace(endless, 0.0)


def test_a_mistake_inside_gradcore_is_told_with_the_authors_line():
    def f(x):
        return math.sin(x[0]) + x[1]    # here

    with pytest.raises(TypeError, match=r"of f, `return math\.sin\(x\[0\]\) \+ x\[1\]"):
        trace(lambda x: gradient_descent(f, [x, x], 0.1, 3).x, 0.0)


def test_the_authors_own_errors_stay_what_they_are():
    def mistaken(x):
        raise ValueError("my own words")

    with pytest.raises(ValueError, match=r"^my own words$"):
        trace(mistaken, 0.0)
    with pytest.raises(TypeError, match=r"^my own type$"):
        trace(lambda x: (_ for _ in ()).throw(TypeError("my own type")), 0.0)
    with pytest.raises(ValueError, match=r"broadcast|shape"):
        trace(lambda x: x + np.ones(4), np.zeros(3))


def test_asking_whether_there_is_an_attribute_is_no_mistake():
    assert trace(lambda x: x * (2 if hasattr(x, "iloc") else 3), 0.0)(1.0) == 3
