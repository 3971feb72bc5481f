"""What the tests of the tape share: a comparison of a tape with the function that it was traced from."""

import json

import numpy as np
from hypothesis import strategies
from hypothesis.extra import numpy as arrays_of

from livefig.program.machine import compiled
from livefig.program.tape import Between, trace

# NumPy adds pairwise and the tape from left to right; powers with the exponents −1 and 0.5 take a shortcut.
# Both move a result by a few units in the last place of its largest term.
TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}


def arrays(low=-3.0, high=3.0, shape=None):
    """Arrays of ranks 0 to 3 with up to 3 elements a side (or of one shape), rounded so that zeros and ties occur."""
    shapes = arrays_of.array_shapes(min_dims=0, max_dims=3, max_side=3) if shape is None else shape
    numbers = strategies.floats(low, high).map(lambda v: round(v, 2))
    return arrays_of.arrays(float, shapes, elements=numbers)


def plain(value):
    """An argument as the traced function gets it when it is simply called."""
    return float(value) if np.ndim(value) == 0 else np.array(value, dtype=float)


def parts(result):
    """What a function returned, as a list of arrays."""
    if isinstance(result, dict):
        return list(result.values())
    return list(result) if isinstance(result, tuple) else [result]


def run_json(tape, *args):
    """The tape after a round trip through its JSON."""
    text = json.dumps(json.loads(tape.to_json()))
    flat = [float(v) for a in args for v in np.ravel(a)]
    return compiled(text)(flat)


def assert_traces(f, *args, examples=None, **tolerance):
    """f traced (at zeros, or at `examples`) gives at `args` what f itself gives. Returns the tape."""
    if examples is None:
        examples = [np.zeros(np.shape(a)) for a in args]
    tape = trace(f, *examples)
    with np.errstate(all="ignore"):
        want = parts(f(*[plain(a) for a in args]))
    for found in (parts(tape(*args)), run_json(tape, *args)):
        assert len(found) == len(want)
        for got, expected in zip(found, want, strict=True):
            assert np.shape(got) == np.shape(expected)
            np.testing.assert_allclose(np.asarray(got, float), np.asarray(expected, float), **(TOLERANCE | tolerance))
    return tape


def assert_traces_steps(f, *args, most, steps=(0, 1, 2, 7), **tolerance):
    """f(n, ...) traced with n between 0 and `most` equals f at every n of `steps`. Returns the tape."""
    tape = trace(f, Between(1, 0, most), *[np.zeros(np.shape(a)) for a in args])
    for n in (*steps, most):
        want = parts(f(n, *[plain(a) for a in args]))
        for found in (parts(tape(n, *args)), run_json(tape, n, *args)):
            for got, expected in zip(found, want, strict=True):
                assert np.shape(got) == np.shape(expected), f"n = {n}"
                np.testing.assert_allclose(got, np.asarray(expected, float), **(TOLERANCE | tolerance))
    return tape


def names(tape):
    """The operations of a tape, by name, in order."""
    return [tape.program["ops"][op] for op in tape.program["op"]]
