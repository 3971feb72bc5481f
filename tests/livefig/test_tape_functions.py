"""Every operation and every NumPy function of the tape gives NumPy's numbers, on arrays of ranks 0 to 3."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from tracing import TOLERANCE, arrays, assert_traces

from livefig.calls.dispatch import METHODS
from livefig.calls.elementwise import COMPOSED
from livefig.calls.folds import FIRST
from livefig.program.tape import trace
from livefig.record import registry
from livefig.record.ops import BINARY, RENAMED, UNARY

COMPARED = ["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"]
LOGICAL = ["logical_and", "logical_or", "logical_xor"]
BITWISE = ["bitwise_and", "bitwise_or", "bitwise_xor", "invert"]
TWO = sorted({*BINARY, *(o for o, (_, order) in RENAMED.items() if len(order) == 2)} - set(BITWISE))
ONE = sorted({*UNARY, *(o for o, (_, order) in RENAMED.items() if len(order) == 1)} - set(BITWISE))
COMPOSED_OF_TWO = ["floor_divide", "divmod", "fmod", "logaddexp", "heaviside"]
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 0.5, -2.0])


# One operation ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ONE + sorted(set(COMPOSED) - set(COMPOSED_OF_TWO)))
@given(x=arrays())
def test_an_operation_of_one_array_equals_numpys(name, x):
    assert_traces(getattr(np, name), x)


@pytest.mark.parametrize("name", TWO + COMPOSED_OF_TWO)
@given(data=st.data())
def test_an_operation_of_two_arrays_equals_numpys_traced_or_constant(name, data):
    shapes = data.draw(arrays_of.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3))
    x, y = (data.draw(arrays(shape=shape)) for shape in shapes.input_shapes)
    if name in ("remainder", "mod", "floor_divide", "divmod", "fmod"):
        assume(np.all(y != 0))
    operation = getattr(np, name)
    assert_traces(operation, x, y)
    assert_traces(lambda a: operation(a, y), x)
    assert_traces(lambda b: operation(x, b), y)


@pytest.mark.parametrize("name", UNARY)
def test_an_operation_treats_infinities_nan_and_zeros_as_numpy_does(name):
    assert_traces(getattr(np, name), SPECIAL)


@pytest.mark.parametrize("name", sorted({*BINARY} - {"power"}))
def test_an_operation_treats_pairs_of_infinities_nan_and_zeros_as_numpy_does(name):
    x, y = (v.copy() for v in np.meshgrid(SPECIAL, SPECIAL))
    tape = assert_traces(getattr(np, name), x, y)
    if name in ("maximum", "minimum", "fmax", "fmin", "remainder"):
        with np.errstate(all="ignore"):
            want = getattr(np, name)(x, y)
        zeros = (want == 0) & ((x != 0) | (y != 0))  # which of +0 and −0 is the larger NumPy leaves open
        np.testing.assert_array_equal(np.signbit(tape(x, y))[zeros], np.signbit(want)[zeros])


@pytest.mark.parametrize("name", COMPOSED_OF_TWO)
def test_a_composed_operation_treats_infinities_nan_and_zeros_as_numpy_does(name):
    x, y = (v.copy() for v in np.meshgrid([*SPECIAL, 3.7], [*SPECIAL, -3.7]))
    assert_traces(getattr(np, name), x, y)


@pytest.mark.parametrize("name", ["sort", "median", "ptp", "cumsum", "cumprod", "prod", "max", "min", "argmax",
                                  "argmin", "nan_to_num", "sinc", "isinf", "std", "any", "all", "round"])  # fmt: skip
def test_a_function_treats_infinities_nan_and_zeros_as_numpy_does(name):
    for x in (SPECIAL, SPECIAL[1:], SPECIAL[3:], SPECIAL[3:5]):
        assert_traces(getattr(np, name), x)


@pytest.mark.parametrize("points", [SPECIAL, np.array([-1.0, 0.0, 1.0, 1.5, 2.0, 3.0])])
def test_interpolation_holds_at_its_knots_and_beyond_them(points):
    assert_traces(lambda x: np.interp(x, [0.0, 1.0, 2.0], [3.0, 4.0, 9.0]), points)
    assert_traces(lambda x: np.interp(x, [0.0, 1.0, 2.0], [3.0, 4.0, 9.0], left=-1.0, right=7.0), points)


@pytest.mark.parametrize("matrix", [
    np.zeros((2, 2)), np.ones((3, 3)), [[0.0, 1], [1, 0]], [[0.0, 1, 2], [0, 3, 4], [0, 5, 6]], [[1.0, 2], [-3, 4]],
    [[1.0, 2, 3], [-4, 5, 6], [7, 8, -9]],
])  # fmt: skip
def test_the_determinant_of_any_matrix_equals_numpys(matrix):
    assert_traces(np.linalg.det, np.array(matrix))


@given(x=arrays(low=0.1), exponent=st.sampled_from([-2, -1, -0.5, 0, 1 / 3, 0.5, 1, 2, 3, 2.5]))
def test_a_power_equals_numpys_for_every_exponent(x, exponent):
    assert_traces(lambda x: x**exponent, x)
    assert_traces(lambda x: exponent**x if exponent > 0 else np.power(2.0, x), x)


@pytest.mark.parametrize("exponent", [-3, -2, -1, 0, 1, 2, 3, 4])
def test_a_whole_power_of_a_negative_number_is_real(exponent):
    assert_traces(lambda x: x ** float(exponent), np.array([-2.0, -1.0, 0.5]))


def test_the_remainder_has_the_sign_of_the_divisor():
    x, y = np.array([7.0, -7.0, 7.0, -7.0, 6.0, -6.0]), np.array([3.0, 3.0, -3.0, -3.0, 3.0, -3.0])
    np.testing.assert_array_equal(trace(np.remainder, x, y)(x, y), [1, 2, -2, -1, 0, 0])  # by hand
    np.testing.assert_array_equal(trace(np.floor_divide, x, y)(x, y), [2, -3, -3, 2, 2, 2])


def test_a_floor_division_rounds_as_python_does():
    assert trace(lambda x: x // 0.1, 0.0)(1.0) == 9.0 == 1.0 // 0.1  # although 1.0/0.1 is 10.0


def test_the_maximum_with_nan_is_nan_and_fmax_is_the_other():
    x = np.array([np.nan, 1.0])
    np.testing.assert_array_equal(trace(lambda x: np.maximum(x, 0.0), x)(x), [np.nan, 1.0])
    np.testing.assert_array_equal(trace(lambda x: np.fmax(x, 0.0), x)(x), [0.0, 1.0])


@given(x=arrays(shape=(2, 3)), y=arrays(shape=(2, 3)))
def test_operators_are_the_functions_whichever_side_is_traced(x, y):
    assert_traces(lambda a, b: a + 2 * b - a / 4 + -b + +a + abs(a), x, y)
    assert_traces(lambda a: (y - a, y * a, y / (a + 9), y @ a.T, 2.0**a, y % (a + 9)), x)
    assert_traces(lambda a: (a < y, a <= y, a > y, a >= y, a == y, a != y), x)
    assert_traces(lambda a: ((a < y) & (a > 0), (a < y) | (a > 0), (a < y) ^ (a > 0), ~(a < y)), x)


# Truth values -----------------------------------------------------------------------------------------


@given(x=arrays(shape=(2, 3)), y=arrays(shape=(3,)))
def test_truth_values_are_added_multiplied_and_chosen_as_numpy_does(x, y):
    assert_traces(lambda x, y: (x > 0) + (y > 0), x, y)
    assert_traces(lambda x, y: (x > 0) * (y > 0), x, y)
    assert_traces(lambda x, y: 1.0 * (x > 0) + (y > 0), x, y)
    assert_traces(lambda x, y: np.where(x > 0, x > 1, y > 1) + (y > 0), x, y)
    assert_traces(lambda x: (x > 0).sum(), x)
    assert_traces(lambda x: (x > 0).max(axis=0) + (x > 1).min(axis=0), x)
    assert_traces(lambda x: (x > 0).astype(int) + (x > 1).astype(float), x)
    assert_traces(lambda x: x.astype(bool) + (x > 0), x)
    assert_traces(lambda x: np.where(np.array([True, False, True]), x, -x), x)
    assert_traces(lambda x: np.where(x, 1.0, 2.0), x)


@given(x=arrays(shape=(2, 3)))
def test_any_and_all_of_numbers_are_truth_values(x):
    assert_traces(lambda x: (np.any(x, axis=0), np.all(x, axis=1), np.any(x), np.all(x)), x)
    assert_traces(lambda x: (np.any(x[:1], axis=0), np.logical_or.reduce(x), np.logical_and.reduce(x)), x)


# Folds over axes --------------------------------------------------------------------------------------

FOLDS = ["sum", "prod", "mean", "var", "std", "max", "min", "amax", "amin", "any", "all", "argmax", "argmin"]


@pytest.mark.parametrize("name", FOLDS)
@given(x=arrays(), data=st.data())
def test_a_fold_over_any_axes_equals_numpys(name, x, data):
    axes = [None, *range(-x.ndim, x.ndim)]
    if x.ndim > 1 and not name.startswith("arg"):
        axes += [(0, 1), (-1, 0), ()]
    axis, keepdims = data.draw(st.sampled_from(axes)), data.draw(st.booleans())
    fold = getattr(np, name)
    assert_traces(lambda x: fold(x, axis=axis, keepdims=keepdims), x, rtol=1e-11, atol=1e-7 if name == "std" else 1e-12)


@pytest.mark.parametrize(
    "fold",
    [
        lambda x: np.sum(x, 0, None, None, True),
        lambda x: np.sum(x, axis=0, dtype=float, initial=5.0),
        lambda x: np.max(x, axis=1, initial=1.0),
        lambda x: np.min(x, 1, None, True),
        lambda x: np.prod(x, axis=-1, keepdims=True),
        lambda x: np.mean(x, 0, None, None, True),
        lambda x: np.var(x, 0, None, None, 1),
        lambda x: np.var(x, axis=1, ddof=1, keepdims=True),
        lambda x: np.var(x, axis=1, correction=1),
        lambda x: np.var(x[:1], axis=0, ddof=1),
        lambda x: np.var(x, axis=0, ddof=5),
        lambda x: np.std(x, ddof=1),
        lambda x: np.add.reduce(x),
        lambda x: np.add.reduce(x, axis=None),
        lambda x: np.multiply.reduce(x, axis=1, keepdims=True),
        lambda x: np.maximum.reduce(x, axis=(0, 1)),
        lambda x: np.add.accumulate(x, axis=1),
        lambda x: np.maximum.accumulate(x),
        lambda x: np.subtract.outer(x[0], x[1]),
        lambda x: np.sum(x[:0], axis=0) + np.prod(x[:0]),
        lambda x: np.max(x[:0], axis=1),
        lambda x: np.mean(x, axis=()),
        lambda x: np.sum(x, where=x > 0),
        lambda x: np.prod(x, axis=1, where=[True, False, True]),
        lambda x: np.max(x, axis=0, where=x > 0, initial=-9.0),
        lambda x: np.any(x, where=x > 0) + np.all(x, axis=0, where=np.array([True, False, True])),
        lambda x: np.var(x, axis=0, mean=x.mean(axis=0, keepdims=True)),
        lambda x: np.std(x, axis=(0, 1), ddof=1),
        lambda x: np.logical_or.accumulate(x > 0) + np.logical_and.accumulate(x, axis=1),
        lambda x: np.cumsum(x[0, 0], axis=0) + np.cumprod(x[0, 0], axis=-1),
        lambda x: np.multiply.outer(x, [1.0, 2.0]) + np.maximum.outer(x[0, 0], x)[..., None],
        lambda x: np.average(x, weights=[1, 2, 3], axis=1),
        lambda x: np.sum([x[0], 2 * x[1]], axis=0),
        lambda x: sum(x),
        lambda x: sum(v for row in x for v in row),
    ],
)
@pytest.mark.filterwarnings("ignore:Degrees of freedom")
@given(x=arrays(shape=(2, 3)))
def test_folds_take_numpys_arguments_in_numpys_order(fold, x):
    assert_traces(fold, x, atol=1e-7)  # the root of a variance near 0 doubles the digits that are lost


def test_argmax_is_the_first_best_place_or_that_of_nan():
    for x in ([1.0, 3.0, 3.0], [1.0, np.nan, 5.0, np.nan], [np.nan, 1.0], [-np.inf, -np.inf]):
        assert_traces(lambda x: (np.argmax(x), np.argmin(x)), np.array(x))


@pytest.mark.parametrize("name", sorted(FIRST))
@given(x=arrays(), data=st.data())
def test_a_ufunc_folds_and_accumulates_over_any_axis(name, x, data):
    x = np.atleast_1d(x)
    axis, ufunc = data.draw(st.integers(-x.ndim, x.ndim - 1)), getattr(np, name)
    assert_traces(lambda x: (ufunc.reduce(x, axis=axis), ufunc.reduce(x, axis, keepdims=True)), x)
    assert_traces(lambda x: ufunc.accumulate(x, axis=axis), x)


@pytest.mark.parametrize("name", BINARY)
def test_a_ufunc_takes_every_pair_of_two_arrays(name):
    x, y = np.array([[1.0, 2.0, 0.5]]), np.array([3.0, 0.7])
    outer = getattr(np, name).outer
    assert_traces(outer, x, y)
    assert_traces(lambda x: outer(x, y), x)
    assert_traces(lambda y: outer(2.0, y), y)


@pytest.mark.parametrize(
    "wrong", [lambda x: x.sum(axis=2), lambda x: np.max(x, axis=-3), lambda x: x.mean(axis=(0, 5))]
)
def test_an_axis_that_is_not_there_is_an_error(wrong):
    with pytest.raises(np.exceptions.AxisError):
        trace(wrong, np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda x: np.argmax(x, axis=(0, 1)), TypeError),
        (lambda x: np.cumsum(x, axis=(0,)), (TypeError, ValueError)),
        (lambda x: np.mean(x[0, 0], axis=0), np.exceptions.AxisError),
        (lambda x: np.linalg.norm(x[0, 0], axis=0), np.exceptions.AxisError),
        (lambda x: np.linalg.norm(x[0], "fro"), ValueError),
        (lambda x: np.max(x, where=x > 0), ValueError),
        (lambda x: np.linalg.det(x), np.linalg.LinAlgError),
        (lambda x: np.linalg.solve(x.T @ x, x), ValueError),
        (lambda x: np.linspace(x, 1, 5.0), TypeError),
        (lambda x: np.linspace(x, 1, -1), ValueError),
        (lambda x: np.average(x, axis=1, weights=[1, 2]), ValueError),
        (lambda x: np.einsum("ijk->k", x), ValueError),
        (lambda x: np.einsum("ij->jj", x), ValueError),
        (lambda x: np.tensordot(x, x, 1), ValueError),
        (lambda x: np.convolve(x, x), ValueError),
        (lambda x: np.interp(x, [0.0, 1.0], [1.0]), ValueError),
        (lambda x: np.split(x, 2, axis=1), ValueError),
        (lambda x: x.reshape(4, 2), ValueError),
        (lambda x: np.concatenate([x, x[0]]), ValueError),
    ],
)
def test_what_numpy_does_not_take_is_an_error_here_too(wrong, error):
    with np.errstate(all="ignore"), pytest.raises(error):
        wrong(np.ones((2, 3)))
    with pytest.raises(error):
        trace(wrong, np.zeros((2, 3)))


def test_an_axis_given_twice_is_an_error_and_so_is_the_maximum_of_nothing():
    with pytest.raises(ValueError, match="duplicate"):
        trace(lambda x: x.sum(axis=(0, 0)), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="empty"):
        trace(lambda x: x[:0].max(), np.zeros(3))


# Functions, by the ranks that they take ----------------------------------------------------------------

FUNCTIONS = {    # name: (lowest and highest rank, calls)
    "zeros_like": (0, 3, [np.zeros_like, lambda x: np.zeros_like(x, shape=(2, 2)) + x.ndim]),
    "ones_like": (0, 3, [lambda x: np.ones_like(x) * x]),
    "empty_like": (0, 3, [lambda x: np.shape(np.empty_like(x))]),
    "full_like": (0, 3, [lambda x: np.full_like(x, 2.5), lambda x: np.full_like(x, x.sum())]),
    "copy": (0, 3, [np.copy, lambda x: x.copy()]),
    "ravel": (0, 3, [np.ravel, lambda x: x.ravel(), lambda x: x.ravel("F"), lambda x: x.flatten()]),
    "reshape": (0, 3, [lambda x: np.reshape(x, -1), lambda x: x.reshape(1, -1), lambda x: np.reshape(x, (-1, 1)),
                       lambda x: x.reshape(x.shape), lambda x: x.reshape((1, *x.shape))]),
    "transpose": (0, 3, [np.transpose, lambda x: x.T, lambda x: x.transpose(*range(x.ndim))]),
    "swapaxes": (1, 3, [lambda x: np.swapaxes(x, 0, -1), lambda x: x.swapaxes(-1, 0)]),
    "moveaxis": (1, 3, [lambda x: np.moveaxis(x, 0, -1), lambda x: np.moveaxis(x, -1, 0),
                        lambda x: np.moveaxis(x, (0, -1), (-1, 0)) if x.ndim > 1 else x]),
    "expand_dims": (0, 3, [lambda x: np.expand_dims(x, 0), lambda x: np.expand_dims(x, -1),
                           lambda x: np.expand_dims(x, (0, -1))]),
    "squeeze": (0, 3, [np.squeeze, lambda x: x[None].squeeze(axis=0)]),
    "repeat": (0, 3, [lambda x: np.repeat(x, 2), lambda x: x[None].repeat(3, axis=0)]),
    "tile": (0, 3, [lambda x: np.tile(x, 2), lambda x: np.tile(x, (2, 1, 3))]),
    "flip": (0, 3, [np.flip]),
    "roll": (1, 3, [lambda x: np.roll(x, 1), lambda x: np.roll(x, -1, axis=0)]),
    "take": (1, 3, [lambda x: np.take(x, [0, -1], axis=0), lambda x: x.take(0)]),
    "broadcast_to": (0, 2, [lambda x: np.broadcast_to(x, (2, *x.shape))]),
    "atleast_1d": (0, 3, [np.atleast_1d]),
    "atleast_2d": (0, 3, [np.atleast_2d]),
    "diag": (1, 2, [np.diag, lambda x: np.diag(x, 1), lambda x: np.diag(x, -1)]),
    "diagonal": (2, 3, [np.diagonal, lambda x: x.diagonal(1)]),
    "trace": (2, 3, [np.trace, lambda x: np.trace(x, 1), lambda x: x.trace(axis1=1, axis2=0)]),
    "shape": (0, 3, [lambda x: np.array(np.shape(x)) * 1.0]),
    "ndim": (0, 3, [np.ndim]),
    "size": (0, 3, [np.size, lambda x: np.size(x[None], 0)]),
    "concatenate": (1, 3, [lambda x: np.concatenate([x, 2 * x]), lambda x: np.concatenate((x, np.ones(x.shape)), -1),
                           lambda x: np.concatenate([x, [1.0, 2.0]], axis=None)]),
    "stack": (0, 3, [lambda x: np.stack([x, x + 1]), lambda x: np.stack([x, np.ones(np.shape(x))], axis=-1)]),
    "hstack": (0, 3, [lambda x: np.hstack([x, x + 1])]),
    "vstack": (0, 3, [lambda x: np.vstack([x, x + 1])]),
    "column_stack": (1, 2, [lambda x: np.column_stack([x, np.ones(len(x))])]),
    "meshgrid": (1, 1, [lambda x: np.stack(np.meshgrid(x, [1.0, 2.0])),
                        lambda x: np.stack(np.meshgrid(x, x + 1, indexing="ij"))]),
    "where": (0, 3, [lambda x: np.where(x > 0, x, -1), lambda x: np.where(x > 0, 1, x)]),
    "clip": (0, 3, [lambda x: np.clip(x, -1, 1), lambda x: np.clip(x, None, 1.0), lambda x: np.clip(x, x / 2, None),
                    lambda x: np.asarray(x).clip(min=0) if not hasattr(x, "clip") else x.clip(min=0)]),
    "round": (0, 3, [np.round, lambda x: np.round(x / 3, 1), lambda x: np.around(x * 30, -1)]),
    "around": (0, 3, [np.around]),
    "unwrap": (1, 3, [np.unwrap, lambda x: np.unwrap(9 * x, axis=0), lambda x: np.unwrap(9 * x, period=2.5)]),
    "diff": (1, 3, [np.diff, lambda x: np.diff(x, axis=0), lambda x: np.diff(x, 2)]),
    "cumsum": (0, 3, [np.cumsum, lambda x: np.cumsum(x[None], axis=0), lambda x: np.cumsum(x[None], axis=-1)]),
    "cumprod": (0, 3, [np.cumprod]),
    "linspace": (0, 2, [lambda x: np.linspace(x, 2.0, 5), lambda x: np.linspace(0, x, 4, endpoint=False),
                        lambda x: np.linspace(x, x + 1, 1), lambda x: np.linspace(x, -x, num=3)]),
    "dot": (0, 3, [lambda x: np.dot(x, 2.0), lambda x: np.dot(2.0, x),
                   lambda x: np.dot(x, np.arange(x.shape[-1]) + 1.0) if x.ndim else x * 1]),
    "inner": (0, 2, [lambda x: np.inner(x, x), lambda x: np.inner(x, np.ones(x.shape[-1:]))]),
    "vdot": (0, 3, [lambda x: np.vdot(x, x + 1)]),
    "outer": (0, 3, [lambda x: np.outer(x, x), lambda x: np.outer([1.0, 2.0], x)]),
    "matmul": (1, 3, [lambda x: np.matmul(x, np.swapaxes(x, -1, -2) if x.ndim > 1 else x),
                      lambda x: x @ (np.arange(2.0 * x.shape[-1]).reshape(-1, 2)),
                      lambda x: np.arange(2.0 * x.shape[-2 if x.ndim > 1 else 0]).reshape(2, -1) @ x]),
    "norm": (0, 2, [np.linalg.norm, lambda x: np.linalg.norm(x, axis=-1, keepdims=True) if x.ndim else x * 1]),
    "polyval": (0, 3, [lambda x: np.polyval([1.0, -2.0, 3.0], x), lambda x: np.polyval(np.ravel(x), x)]),
    "rollaxis": (1, 3, [lambda x: np.rollaxis(x, -1)]),
    "fliplr": (2, 3, [np.fliplr]),
    "flipud": (1, 3, [np.flipud]),
    "rot90": (2, 3, [np.rot90, lambda x: np.rot90(x, 2)]),
    "atleast_3d": (0, 3, [np.atleast_3d]),
    "delete": (1, 3, [lambda x: np.delete(x, 0, axis=0), lambda x: np.delete(x, [0])]),
    "split": (1, 3, [lambda x: np.split(x, len(x))[-1], lambda x: np.split(x, [1], axis=-1)[0]]),
    "array_split": (1, 3, [lambda x: np.array_split(x, 2)[0]]),
    "hsplit": (1, 3, [lambda x: np.hsplit(x, [1])[0]]),
    "vsplit": (2, 3, [lambda x: np.vsplit(x, [1])[1]]),
    "dsplit": (3, 3, [lambda x: np.dsplit(x, [1])[1]]),
    "dstack": (0, 3, [lambda x: np.dstack([x, 2 * x])]),
    "append": (0, 3, [lambda x: np.append(x, [1.0, 2.0]), lambda x: np.append(np.ravel(x), x)]),
    "broadcast_arrays": (0, 3, [lambda x: np.stack(np.broadcast_arrays(x, 1.0)),
                                lambda x: np.broadcast_arrays([[x.sum()]], x)[1]]),
    "diagflat": (0, 2, [np.diagflat, lambda x: np.diagflat(x, 1)]),
    "tril": (1, 3, [np.tril, lambda x: np.tril(x, -1), lambda x: np.tril(x > 0) + np.tril(x > 1)]),
    "triu": (1, 3, [np.triu, lambda x: np.triu(x, k=1)]),
    "pad": (1, 3, [lambda x: np.pad(x, 1), lambda x: np.pad(x, 1, mode="edge"), lambda x: np.pad(x, (2, 0))]),
    "sort": (1, 3, [np.sort, lambda x: np.sort(x, axis=0), lambda x: np.sort(x, axis=None)]),
    "argsort": (1, 3, [lambda x: np.argsort(np.round(x + np.arange(x.size).reshape(x.shape) / 97, 5)),
                       lambda x: np.argsort(x, axis=0, kind="stable")]),
    "median": (0, 3, [np.median, lambda x: np.median(x[None], axis=-1), lambda x: np.median(x, keepdims=True)]),
    "ptp": (0, 3, [np.ptp, lambda x: np.ptp(x[None], axis=0)]),
    "count_nonzero": (0, 3, [np.count_nonzero, lambda x: np.count_nonzero(x[None] > 0, axis=0)]),
    "average": (1, 3, [np.average, lambda x: np.average(x, axis=0, weights=np.arange(len(x)) + 1.0),
                       lambda x: np.average(x, weights=x**2 + 1), lambda x: np.average(x, axis=-1, keepdims=True)]),
    "einsum": (1, 2, [lambda x: np.einsum("i,i->", *[np.ravel(x)] * 2), lambda x: np.einsum("i,j", *[np.ravel(x)] * 2),
                      lambda x: np.einsum("ij,kj->ik", *[np.atleast_2d(x)] * 2),
                      lambda x: np.einsum("ij->j", np.atleast_2d(x)),
                      lambda x: np.einsum("...i,i", np.stack([x, 2 * x]), np.ones(x.shape[-1])),
                      lambda x: np.einsum("...i,...j->ij...", x, np.stack([x] * 2) if x.ndim > 1 else x),
                      lambda x: np.einsum("ii", np.outer(x, x)), lambda x: np.einsum("ii->i", np.outer(x, x))]),
    "tensordot": (1, 3, [lambda x: np.tensordot(x, x, x.ndim), lambda x: np.tensordot(x, x, 0),
                         lambda x: np.tensordot(x, x, (0, 0)), lambda x: np.tensordot(x, np.ones(x.shape[-1]), 1)]),
    "kron": (0, 2, [lambda x: np.kron(x, x), lambda x: np.kron(x, [1.0, 2.0]), lambda x: np.kron(np.eye(2), x)]),
    "cross": (1, 2, [lambda x: np.cross(np.resize(1.0, (*x.shape[:-1], 3)) * x[..., :1], [1.0, 2.0, 3.0])]),
    "det": (1, 2, [lambda x: np.linalg.det(np.outer(x, x)[:3, :3] + 3 * np.eye(min(x.size, 3))),
                   lambda x: np.linalg.det(np.stack([np.diag(np.ravel(x)), np.eye(x.size)])[:, :4, :4])]),
    "inv": (1, 1, [lambda x: np.linalg.inv(np.outer(x, x) + np.eye(x.size))]),
    "solve": (1, 1, [lambda x: np.linalg.solve(np.outer(x, x)[::-1] + 9 * np.eye(x.size)[::-1], x),
                     lambda x: np.linalg.solve(np.outer(x, x) + np.eye(x.size), np.eye(x.size)),
                     lambda x: np.linalg.solve(np.outer(x, x) + np.eye(x.size) * np.ones((2, 1, 1)), x)]),
    "matrix_power": (1, 1, [lambda x: np.linalg.matrix_power(np.outer(x, x), 3),
                            lambda x: np.linalg.matrix_power(np.outer(x, x), 0),
                            lambda x: np.linalg.matrix_power(np.outer(x, x) + np.eye(x.size), -2)]),
    "trapezoid": (1, 3, [np.trapezoid, lambda x: np.trapezoid(x, dx=0.5, axis=0),
                         lambda x: np.trapezoid(x, np.arange(x.shape[-1]) ** 2)]),
    "vander": (1, 1, [np.vander, lambda x: np.vander(x, 4, increasing=True)]),
    "interp": (0, 3, [lambda x: np.interp(x, [-2.0, 0.0, 0.5, 2.0], [1.0, -1.0, 3.0, 5.0]),
                      lambda x: np.interp([-1.0, 0.25, 9.0], [0.0, 1.0], np.resize(0.0, 2) + x.sum(), left=-7.0),
                      lambda x: np.interp(0.4, [0.0, 1.0], np.stack([x.sum(), 1.0]) if x.ndim + 1 else x)]),
    "convolve": (1, 1, [lambda x: np.convolve(x, [1.0, 2.0]), lambda x: np.convolve([1.0, 2.0, 3.0], x, "same"),
                        lambda x: np.convolve(x, x, mode="valid")]),
    "correlate": (1, 1, [lambda x: np.correlate(x, x), lambda x: np.correlate(x, [2.0], "full")]),
    "select": (0, 3, [lambda x: np.select([x > 1, x < 0], [x, -x], 7.0), lambda x: np.select([x > 1], [2 * x])]),
    "nan_to_num": (0, 3, [lambda x: np.nan_to_num(np.log(x)), lambda x: np.nan_to_num(1 / x, nan=1.0, posinf=2.0)]),
    "sinc": (0, 3, [np.sinc]),
    "isclose": (0, 3, [lambda x: np.isclose(x, 0.01, atol=0.01), lambda x: np.isclose(x / 0, x / 0, equal_nan=True)]),
    "allclose": (0, 3, [lambda x: np.allclose(x, x), lambda x: np.allclose(x, 0.5, atol=1.0)]),
    "copyto": (1, 3, [lambda x: _copied(x)]),
    "fix": (0, 3, [lambda x: np.fix(3 * x)]),
    "real": (0, 3, [np.real]),
    "cumulative_sum": (1, 1, [np.cumulative_sum]),
    "extract": (1, 3, [lambda x: np.extract(np.arange(x.size).reshape(x.shape) % 2, x)]),
    "compress": (1, 3, [lambda x: np.compress([True], x, axis=0), lambda x: np.compress([0, 1], np.append(x, x))]),
    "gradient": (1, 3, [lambda x: np.stack(np.gradient(np.stack([x, x**2, -x]), axis=(0,))),
                        lambda x: np.gradient(np.stack([x, x**2, 1 - x]), 0.5, axis=0, edge_order=2),
                        lambda x: np.gradient(np.stack([x, x**2, 1 - x, x]), [0, 1, 3, 7], axis=0),
                        lambda x: np.gradient(np.stack([x, x**2, 1 - x, x]), [0, 1, 3, 7], axis=0, edge_order=2),
                        lambda x: np.gradient(np.arange(4.0), np.cumsum(np.stack([x.sum() ** 2 + 1] * 4))),
                        lambda x: np.stack(np.gradient(np.outer(np.arange(3.0) ** 2, np.append(x, [1, 4, 9])), 2))]),
    "piecewise": (0, 3, [lambda x: np.piecewise(x, [x < 0, x >= 1], [lambda t: t**2, 7.0, np.exp]),
                         lambda x: np.piecewise(x, [x > 0, x > 1], [1.5, lambda t: -t]),
                         lambda x: np.piecewise(x.ravel(), x.ravel() > 0, [lambda t, a: a * t, 2.0], 3.0)]),
    "logspace": (0, 2, [lambda x: np.logspace(x, 2.0, 5), lambda x: np.logspace(0, x, 3, endpoint=False, base=2)]),
    "geomspace": (0, 2, [lambda x: np.geomspace(x**2 + 1, 9.0, 5), lambda x: np.geomspace(1, x**2 + 1, 3)]),
    "polyfit": (1, 1, [lambda x: np.polyfit(np.arange(4.0), np.append([1.0, 2.0, 5.0], x[0]), 2),
                       lambda x: np.polyfit([0, 1, 2], np.outer([1, 2, 3], x), 1, w=[1, 2, 1]),
                       lambda x: np.polyfit(np.append(x[:1], [4.0, 5.0, 7.0]), np.outer([1, 2, 5, 3], x), 1),
                       lambda x: np.polyfit(np.append(x[:1], [4.0, 5.0, 7.0]), [1, 2, 5, 3], 1)]),
    "polyder": (1, 1, [np.polyder, lambda x: np.polyder(np.append(x, [1.0, 2.0]), 2)]),
    "polyint": (1, 1, [np.polyint, lambda x: np.polyint(x, 2, k=[1.0, 3.0])]),
    "polyadd": (1, 1, [lambda x: np.polyadd(x, [1.0, 2.0, 3.0, 4.0]), lambda x: np.polyadd(np.append(x, x), x)]),
    "polysub": (1, 1, [lambda x: np.polysub([1.0, 2.0], x)]),
    "polymul": (1, 1, [lambda x: np.polymul(x**2 + 1, [0.0, 1.0, -2.0])]),
    "quantile": (0, 3, [lambda x: np.quantile(x, 0.3), lambda x: np.quantile(x[None], [0, 0.5, 0.99], axis=-1),
                        lambda x: np.quantile(x, 0.25, keepdims=True), lambda x: np.quantile(x, [[0.2, 1]])]),
    "percentile": (0, 3, [lambda x: np.percentile(x, 30), lambda x: np.percentile([1.0, 4.0, 9.0], 50 + 0 * x.sum()),
                          lambda x: np.percentile(x[None], [10, 90], axis=0)]),
    "digitize": (0, 3, [lambda x: np.digitize(x, [-1.0, 0.0, 0.5, 2.0])]),
    "histogram": (1, 3, [lambda x: np.histogram(x, [-2.0, 0.0, 0.5, 2.0])[0], lambda x: np.histogram(x, 4, (-1, 1))[0],
                         lambda x: np.histogram(np.append(x, [0.0, 7.0]), 3)[1],
                         lambda x: np.histogram(np.append(x, 0.1), 3, (-9, 9), density=True)[0]]),
    "cov": (1, 2, [lambda x: np.cov(np.append(x, [1.0, 2.0])),
                   lambda x: np.cov(np.append(x, 2.0), np.append(x**2, 1.0)),
                   lambda x: np.cov(x.ravel()[None], bias=True), lambda x: np.cov(np.eye(3) + x.sum(), rowvar=False)]),
    "corrcoef": (1, 1, [lambda x: np.corrcoef(np.append(x, [5.0, 9.0]), np.append(x**2, [1.0, 3.0])),
                        lambda x: np.corrcoef(np.append(x, [5.0, 9.0]))]),
    **{f.__name__: (0, 3, [lambda x, f=f: f(np.append(np.where(x > 0.5, np.nan, x), [0.1, -0.2])),
                           lambda x, f=f: f(np.where(np.stack([x, 0 * x]) > 0.5, np.nan, 0.25), axis=0)])
       for f in (np.nansum, np.nanprod, np.nancumsum, np.nancumprod, np.nanmax, np.nanmin, np.nanmean, np.nanvar,
                 np.nanstd)},
}  # fmt: skip


def _copied(x):
    y = x.copy()
    np.copyto(y, 1.0, where=y > 0)
    return y


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=12)
@given(data=st.data())
def test_a_function_equals_numpys(name, data):
    low, high, calls = FUNCTIONS[name]
    x = data.draw(arrays(shape=arrays_of.array_shapes(min_dims=low, max_dims=high, max_side=3)))
    for call in calls:
        examples, argument = [np.zeros(x.shape)], x
        tape = trace(call, *examples)
        with np.errstate(all="ignore"):
            want = call(argument)
        assert np.shape(tape(x)) == np.shape(want)
        np.testing.assert_allclose(tape(x), np.asarray(want, float), **TOLERANCE)


def test_every_implementation_has_a_comparison():
    compared = {getattr(np, n, None) or getattr(np.linalg, n) for n in [*FUNCTIONS, *FOLDS]}
    assert {f.__name__ for f in set(registry.FUNCTIONS) - compared} == set()


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"item", "tolist", "fill", "sort", "astype"}))
def test_a_method_equals_the_function(name):
    extra = {"dot": ([1.0, 2.0, 3.0],), "clip": (0, 1), "repeat": (2,), "swapaxes": (0, 1), "reshape": (3, 2),
             "take": ([0, 2],)}.get(name, ())  # fmt: skip
    assert_traces(lambda x: getattr(x, name)(*extra), np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]))


@pytest.mark.parametrize(
    ("a", "b"),
    [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)), ((4, 2, 3), (3, 2)), ((4, 2, 3), (4, 3, 2)),
     ((3,), (4, 3, 2)), ((1, 2, 3), (4, 3, 2)), ((5, 1, 2, 3), (4, 3, 2)), ((2, 1), (1, 2)), ((2, 0), (0, 2))],
)  # fmt: skip
def test_a_matrix_product_has_numpys_shape_and_numbers(a, b):
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=a), rng.normal(size=b)
    assert_traces(np.matmul, x, y)
    assert_traces(lambda x: x @ y, x)
    assert_traces(lambda y: x @ y, y)


@pytest.mark.parametrize("a", [(), (3,), (2, 3), (3, 3), (4, 2, 3)])
@pytest.mark.parametrize("b", [(), (3,), (3, 3), (2, 3), (2, 4, 3)])
@pytest.mark.parametrize("product", [np.dot, np.inner, np.outer, np.kron, lambda x, y: np.tensordot(x, y, 0)])
def test_a_product_of_any_ranks_has_numpys_shape_and_numbers_or_its_error(product, a, b):
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=a), rng.normal(size=b)
    try:
        product(x, y)
    except ValueError:
        with pytest.raises(ValueError):
            trace(product, x, y)
        return
    assert_traces(product, x, y)
    assert_traces(lambda x: product(x, y), x)
    assert_traces(lambda y: product(x, y), y)


@pytest.mark.parametrize(("a", "b"), [((2, 3), (2, 3)), ((3,), (2,)), ((4, 2, 3), (3, 3, 2))])
def test_matrices_that_do_not_fit_are_an_error(a, b):
    with pytest.raises(ValueError):
        trace(np.matmul, np.zeros(a), np.zeros(b))


@pytest.mark.parametrize("order", [None, 1, 2, 3, 2.5, np.inf, -np.inf])
def test_the_norm_of_a_vector_equals_numpys_in_every_order(order):
    assert_traces(lambda x: np.linalg.norm(x, order), np.array([3.0, -4.0, 1.0]))
    assert_traces(lambda x: np.linalg.norm(x, order, axis=1), np.array([[3.0, -4.0, 1.0], [0.0, 2.0, 5.0]]))


@pytest.mark.parametrize("options", [{}, {"ord": "fro"}, {"axis": (0, 1)}, {"axis": 0, "keepdims": True}])
def test_the_norm_of_a_matrix_is_the_root_of_the_sum_of_squares(options):
    assert_traces(lambda x: np.linalg.norm(x, **options), np.array([[3.0, -4.0, 1.0], [0.0, 2.0, 5.0]]))
