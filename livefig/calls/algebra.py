"""Sums in Einstein's notation, Kronecker and cross products, and small systems of equations by elimination."""

from __future__ import annotations

from functools import reduce as fold
from itertools import combinations
from typing import Any

import numpy as np

from livefig.calls.elementwise import operation, sloped
from livefig.calls.folds import products_added
from livefig.record.graph import Graph
from livefig.record.refuse import refuse
from livefig.record.registry import implements, refuse_options
from livefig.record.traced import Traced, lift

MOST_EQUATIONS = 8


@implements(np.einsum)
def einsum(graph: Graph, subscripts: Any, *operands: Any, out: Any = None, optimize: Any = None, **kw: Any) -> Any:
    """einsum("ij,j->i", a, x): every operand with its letters in one order, multiplied, the others summed over."""
    refuse_options("np.einsum", out=out, **kw)
    if not isinstance(subscripts, str):
        raise refuse("np.einsum with lists of axes", 'Write one letter for every axis, as "ij,j->i".')
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    inputs, rest = _spelled_out(inputs, [np.ndim(v) for v in operands])
    output = output.replace("...", rest)
    if not arrow:
        output = rest + "".join(sorted(c for c in set(inputs) - {",", *rest} if inputs.count(c) == 1))
    if len(set(output)) < len(output) or not set(output) <= set(inputs):
        raise ValueError(f"np.einsum: {subscripts!r} does not say what the result's axes are")
    letters = output + "".join(sorted(set(inputs) - {",", *output}))
    values = [_in_order(lift(graph, v), term, letters) for term, v in zip(inputs.split(","), operands, strict=True)]
    product = fold(lambda a, b: operation(graph, "multiply", (a, b)), values)
    return products_added(product, tuple(range(len(output), len(letters))))


def _spelled_out(inputs: str, ranks: list[int]) -> tuple[str, str]:
    """The terms with letters in place of each ellipsis, and those of the longest."""
    free = [chr(c) for c in (*range(65, 91), *range(97, 123)) if chr(c) not in inputs]
    terms, rest = inputs.split(","), ""
    for i, (term, rank) in enumerate(zip(terms, ranks, strict=True)):
        if "..." in term:
            count = rank - len(term.replace("...", ""))
            if count < 0:
                raise ValueError(f"np.einsum: {term!r} names more axes than there are: {rank}")
            letters = "".join(free[:count][::-1])  # the last axes of all are the same
            terms[i], rest = term.replace("...", letters), max(rest, letters, key=len)
    return ",".join(terms), rest


def _in_order(value: Traced, term: str, letters: str) -> Traced:
    """One operand with an axis for each letter, of length 1 where it has none; the diagonal where it has two."""
    if len(term) != value.ndim:
        raise ValueError(f"np.einsum: {term!r} does not name the axes of shape {value.shape}")
    for letter in sorted(set(term)):
        while term.count(letter) > 1:
            first, second = term.index(letter), term.rindex(letter)
            value = np.diagonal(value, 0, first, second)  # type: ignore[assignment]
            term = term[:first] + term[first + 1 : second] + term[second + 1 :] + letter
    value = np.transpose(value, [term.index(c) for c in letters if c in term])  # type: ignore[assignment]
    return value[tuple(slice(None) if c in term else None for c in letters)]


@implements(np.tensordot)
def tensordot(graph: Graph, a: Any, b: Any, axes: Any = 2) -> Any:
    left, right = lift(graph, a), lift(graph, b)
    if isinstance(axes, int):
        axes = range(left.ndim - axes, left.ndim), range(axes)
    summed = [[int(i) % v.ndim for i in np.atleast_1d(list(pair) if isinstance(pair, range) else pair)]
              for v, pair in zip((left, right), axes, strict=True)]  # fmt: skip
    names = [chr(97 + i) for i in range(left.ndim + right.ndim)]
    first, second = names[: left.ndim], names[left.ndim :]
    for i, j in zip(*summed, strict=True):
        if left.shape[i] != right.shape[j]:
            raise ValueError(f"np.tensordot: shapes {left.shape} and {right.shape} do not fit")
        second[j] = first[i]
    kept = [c for c in first if c not in second] + [c for c in second if c not in first]
    return einsum(graph, f"{''.join(first)},{''.join(second)}->{''.join(kept)}", left, right)


@implements(np.kron)
def kron(graph: Graph, a: Any, b: Any) -> Any:
    left, right = lift(graph, a), lift(graph, b)
    ndim = max(left.ndim, right.ndim)
    left, right = (v[(None,) * (ndim - v.ndim)] for v in (left, right))
    apart = left[sum(((slice(None), None) for _ in range(ndim)), ())]
    product = apart * right[sum(((None, slice(None)) for _ in range(ndim)), ())]
    return product.reshape([m * n for m, n in zip(left.shape, right.shape, strict=True)])


@implements(np.cross)
def cross(graph: Graph, a: Any, b: Any, *axes: Any, **kw: Any) -> Any:
    left, right = lift(graph, a), lift(graph, b)
    if axes or kw or left.shape[-1:] != (3,) or right.shape[-1:] != (3,):
        raise refuse("np.cross of other than vectors of three numbers in the last axis", "Write its components.")
    (a0, a1, a2), (b0, b1, b2) = ([v[..., i] for i in range(3)] for v in (left, right))
    return np.stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axis=-1)


def _triangular(matrix: Traced, right: Traced, name: str) -> tuple[list[Any], Any]:
    """The rows of [A | B], A made upper triangular with the largest pivots, and the sign of the exchanges."""
    n = matrix.shape[-1] if matrix.ndim > 1 else -1
    if matrix.ndim < 2 or matrix.shape[-2] != n:
        raise np.linalg.LinAlgError(f"{name} needs a square matrix, not shape {matrix.shape}")
    if n > MOST_EQUATIONS:
        raise refuse(f"{name} of more than {MOST_EQUATIONS} rows", "Write a method with iterate.")
    both = np.concatenate([matrix, right], axis=-1)
    rows: list[Any] = [both[..., i, :] for i in range(n)]
    sign: Any = 1.0
    for k in range(n):
        for i in range(k + 1, n):
            larger = np.abs(rows[k][..., k]) < np.abs(rows[i][..., k])
            swap = larger[..., None]
            rows[k], rows[i] = np.where(swap, rows[i], rows[k]), np.where(swap, rows[k], rows[i])
            sign = np.where(larger, -sign, sign)
        for i in range(k + 1, n):
            pivot = rows[k][..., k]
            factor = np.where(np.equal(pivot, 0.0), 0.0, rows[i][..., k] / pivot)
            rows[i] = rows[i] - factor[..., None] * rows[k]
    return rows, sign


@implements(np.linalg.det)
def det(graph: Graph, a: Any) -> Any:
    matrix = lift(graph, a)
    rows, sign = _triangular(matrix, matrix[..., :0], "np.linalg.det")
    value = fold(lambda p, k: p * rows[k][..., k], range(len(rows)), sign) * np.ones(matrix.shape[:-2])
    return sloped(value, np.where(np.equal(value, 0.0), _expansion(matrix), value)) if rows else value


def _expansion(matrix: Traced) -> Any:
    """Laplace's expansion: the minors of the first rows, for every choice of so many columns. It divides by nothing."""
    n = matrix.shape[-1]
    minors: dict[tuple[int, ...], Any] = {(): 1.0}
    for k in range(n):
        minors = {
            columns: sum(
                (-1.0) ** (k - i) * minors[columns[:i] + columns[i + 1 :]] * matrix[..., k, j]
                for i, j in enumerate(columns)
            )
            for columns in combinations(range(n), k + 1)
        }
    return minors[tuple(range(n))]


@implements(np.linalg.solve)
def solve(graph: Graph, a: Any, b: Any) -> Any:
    """Gauss's elimination, as LAPACK does it; inf or NaN where NumPy finds the matrix singular."""
    matrix, right = lift(graph, a), lift(graph, b)
    if right.ndim == 1:
        return solve(graph, matrix, right[:, None])[..., 0]
    n, lead = matrix.shape[-1], np.broadcast_shapes(matrix.shape[:-2], right.shape[:-2])
    if right.shape[-2:-1] != (n,):
        raise ValueError(f"np.linalg.solve: shapes {matrix.shape} and {right.shape} do not fit")
    matrix, right = matrix + np.zeros((*lead, 1, 1)), right + np.zeros((*lead, 1, 1))
    rows, _ = _triangular(matrix, right, "np.linalg.solve")
    found: list[Any] = [None] * n
    for k in reversed(range(n)):
        rest = rows[k][..., n:]
        for j in range(k + 1, n):
            rest = rest - rows[k][..., j, None] * found[j]
        found[k] = rest / rows[k][..., k, None]
    return np.stack(found, axis=-2)


@implements(np.linalg.inv)
def inv(graph: Graph, a: Any) -> Any:
    matrix = lift(graph, a)
    return solve(graph, matrix, np.eye(matrix.shape[-1] if matrix.ndim else 1))


@implements(np.linalg.matrix_power)
def matrix_power(graph: Graph, a: Any, n: Any) -> Any:
    if not isinstance(n, (int, np.integer)):
        raise refuse("np.linalg.matrix_power with another exponent than a whole number", "Write iterate.")
    matrix = lift(graph, a)
    if n < 0:
        matrix, n = inv(graph, matrix), -n
    power: Any = np.eye(matrix.shape[-1]) + 0.0 * matrix
    return fold(lambda p, _: matrix if p is power else p @ matrix, range(n), power)
