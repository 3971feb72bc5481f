"""Truth values are added, multiplied and counted as the same line does it with the values that a function gets.

NumPy itself is the oracle: `f(2.5, array)` beside the trace of f. A slider's number is a plain Python number, whose
comparisons are Python's; elements of arrays are NumPy's.
"""

import numpy as np
import pytest

from gradcore import grad
from livefig.program.tape import trace
from livefig.record.refuse import Refusal


def counted_in_place(x, v):
    n = 0
    n += x > 0
    n += x > 1
    return n


LINES = {
    "a sum": lambda x, v: (x > 0) + (x > 1),
    "a difference": lambda x, v: (x > 0) - (x > 1),
    "a product": lambda x, v: (x > 0) * (x > 1) + (x > 2),
    "a quotient": lambda x, v: (x > 3) / (x < 1000),
    "a power": lambda x, v: (x > 0) ** (x > 1) + (x > 1),
    "whole and rest": lambda x, v: (x > 0) // (x < 1000) + (x > 0) % (x < 1000) + divmod(x > 0, x < 9)[0],
    "signs": lambda x, v: -(x > 0) + +(x > 0) + abs(x > 0),
    "three": lambda x, v: (x > 0) + (x > 1) + (x > -5),
    "in place": counted_in_place,
    "of a multiple": lambda x, v: (2 * x > 0) + (x > 1),
    "number and scalar": lambda x, v: (x > 0) + (v[0] > 1),
    "two scalars": lambda x, v: (v[0] > 0) + (v[0] > 1),
    "of a NumPy function": lambda x, v: (np.sin(x) > 0) + (np.sin(x) > -3),
    "by a NumPy function": lambda x, v: np.add(x > 0, x > 1),
    "arrays": lambda x, v: (v > 0) + (v > 1),
    "number and array": lambda x, v: (x > 0) + (v > 1),
    "arrays made of numbers": lambda x, v: np.array([x > 0, x > 1]) + np.array([x > 0, x > 9]),
    "such an array and a number": lambda x, v: np.array([x > 0, x > 1]) + 1,
    "and": lambda x, v: (x > 0) & (x > 1),
    "or": lambda x, v: (x > 0) | (v > 1),
    "exclusive": lambda x, v: (x > 0) ^ (x > 1),
    "not of arrays": lambda x, v: ~(v > 0),
    "Python's sum": lambda x, v: sum([x > 0, x > 1]),
    "Python's sum of an array": lambda x, v: sum(v > 0),
    "np.sum of numbers": lambda x, v: np.sum([x > 0, x > 1]),
    "np.sum of scalars": lambda x, v: np.sum([v[0] > 0, v[0] > 1]),
    "np.sum of arrays": lambda x, v: np.sum([v > 0, v > 1]),
    "np.sum along an axis": lambda x, v: np.sum([v > 0, v > 1], axis=0),
    "np.sum of a stack": lambda x, v: np.sum(np.stack([v > 0, v > 1]), axis=0),
    "np.cumsum": lambda x, v: np.cumsum([x > 0, x > 1]),
    "np.cumsum of an array": lambda x, v: np.cumsum(v > 0),
    "np.prod": lambda x, v: np.prod([x > 0, x > 1]) + (x > 0),
    "np.mean": lambda x, v: np.mean(np.stack([x > 0, x > 3])),
    "np.mean of an array": lambda x, v: np.mean(v > 0),
    "np.average": lambda x, v: np.average(v > 0),
    "np.var": lambda x, v: np.var(v > 0),
    "np.median": lambda x, v: np.median(v > 0),
    "np.count_nonzero": lambda x, v: np.count_nonzero(v > 0),
    "reduced": lambda x, v: np.add.reduce(v > 0),
    "a list reduced": lambda x, v: np.add.reduce([x > 0, x > 1]),
    "a list accumulated": lambda x, v: np.add.accumulate([x > 0, x > 1]),
    "matrix times vector": lambda x, v: np.outer(v > 0, v > 0) @ (v > 0),
    "matrix times numbers": lambda x, v: np.outer(v > 0, v > 0) @ v,
    "scalar product": lambda x, v: (v > 0) @ (v > 0),
    "scalar product of numbers": lambda x, v: np.array([x > 0, x > 1]) @ np.array([x > 0, x > 1]),
    "np.dot": lambda x, v: np.dot(v > 0, v > 0) + (v[0] > 0),
    "np.inner": lambda x, v: np.inner(v > 0, v > 0),
    "np.vdot": lambda x, v: np.vdot(v > 0, v > 0),
    "np.outer": lambda x, v: np.outer(v > 0, v > 0) + np.outer(v > 0, v > 0),
    "np.einsum": lambda x, v: np.einsum("i,i", v > 0, v > 0),
    "np.tensordot": lambda x, v: np.tensordot(v > 0, v > 0, 1),
    "np.trace": lambda x, v: np.trace(np.outer(v > 0, v > 0)),
    "np.kron": lambda x, v: np.kron(v > 0, v > 0).sum(),
    "np.convolve": lambda x, v: np.convolve(v > 0, v > 0),
    "a power of a matrix": lambda x, v: np.linalg.matrix_power(np.outer(v > 0, v > 0), 2),
    "np.where": lambda x, v: np.where(v > 0, v > 1, v < 0) + (v > 2),
    "as numbers": lambda x, v: 1.0 * (x > 0) + (x > 1),
    "as whole numbers": lambda x, v: (v > 0).astype(int) + (v > 1),
}


@pytest.mark.parametrize("name", LINES)
def test_truth_values_are_those_of_numpy(name):
    f, v = LINES[name], np.array([2.5, 1.5, -1.0])
    tape = trace(f, 0.0, v)
    for x in (2.5, 0.5, -1.0):
        found, wanted = np.asarray(tape(x, v)), np.asarray(f(x, v.copy()), dtype=float)
        assert found.shape == wanted.shape and found.tolist() == wanted.tolist()


@pytest.mark.filterwarnings("ignore:Bitwise inversion:DeprecationWarning")  # of Python 3.12
def test_not_of_a_plain_truth_value_is_a_trap_in_python_and_is_refused():
    assert ~(2.5 > 0) == -2
    with pytest.raises(Refusal, match=r"Write np\.logical_not\(x > 0\)"):
        trace(lambda x: ~(x > 0), 0.0)
    assert trace(lambda x: np.logical_not(x > 0), 0.0)(2.5) == 0


def test_an_argument_that_is_a_numpy_scalar_has_numpys_truth_values():
    f = lambda x: 1.0 * ((x > 0) + (x > 1)) * x  # noqa: E731
    assert grad(f)(2.5) == 2 == (f(3.5) - f(2.5))
    assert grad(f)(np.float64(2.5)) == 1 == (f(np.float64(3.5)) - f(np.float64(2.5)))
