"""A formula as a function of numbers and arrays, and what stands for it while a function that calls it is recorded."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import zip_longest
from typing import Any, NoReturn

import numpy as np

from livefig.calls.elementwise import elementwise
from livefig.formulas.grammar import check_variables, parse
from livefig.formulas.slopes import derivative
from livefig.record.graph import MOST_SLOPES, Called, Graph
from livefig.record.refuse import refuse
from livefig.record.traced import Traced
from livefig.steps.loops import numbers


class OfVariables(ABC):
    """A function of one to five variables, which are numbers or arrays that broadcast together.

    Of several variables it also takes all in one array, whose last axis they are, shape (..., n): a point, or many.
    """

    variables: tuple[str, ...]

    def __call__(self, *given: Any) -> Any:
        return self.values(self.taken_apart(given))

    def taken_apart(self, given: Sequence[Any]) -> Sequence[Any]:
        """Arguments of a call, one for each variable."""
        names, count = self.variables, len(self.variables)
        found = [numbers(name, value) for name, value in zip(names, given, strict=False)]
        if len(given) == 1 < count and found[0].ndim and found[0].shape[-1] == count:
            return [found[0][..., i] for i in range(count)]
        if len(given) != count:
            one = f", or one array whose last axis they are, shape (..., {count})" if count > 1 else ""
            got = f"shape {np.shape(given[0])}" if len(given) == 1 else f"{len(given)} arguments"
            raise TypeError(f"a formula of {', '.join(names)} takes {'these' if one else 'one number'}{one}, not {got}")
        return found

    def gradient(self, *given: Any) -> Any:
        """The gradient, shape (..., n): the slope along each variable. Arguments are given as in a call."""
        x = self.taken_apart(given)
        return np.stack([self.slope(*along)(*x) for along in np.eye(len(x), dtype=int).tolist()], axis=-1)

    def breaks(self, *given: Any, along: int | None = None) -> Any:
        """Whether the formula has a kink or a jump: it, or its slope, changes as much however near one looks.

        given : as in a call.  along : which of the variables moves, counted from 0; None: any of them.
        Returns True or False for each place; False where the formula is no number.

        >>> Function("abs(x) + x**2").breaks(np.array([-1.0, 0.0, 1.0])).tolist()
        [False, True, False]
        """
        x, places = self.taken_apart(given), range(len(self.variables))
        if along is None:
            return reduce(np.logical_or, [self.breaks(*x, along=i) for i in places])
        if along not in places:
            wanted = f"{' or '.join(map(str, places))}, the place of one of {', '.join(self.variables)}"
            raise ValueError(f"along must be {wanted}, not {along!r}")

        def broken(f: OfVariables) -> Any:
            at = f(*x)

            def change(near: float) -> tuple[Any, Any]:
                step = near * (1 + np.abs(x[along]))
                before, after = (f(*x[:along], x[along] + side * step, *x[along + 1 :]) for side in (-1, 1))
                most = np.fmax(np.fmax(np.abs(at - before), np.abs(after - at)), np.abs(after - before))
                return most, np.abs(before)

            (nearer, size), (near, _) = change(1e-9), change(1e-7)
            return nearer > np.maximum(near / 2, 1e-6 * (1 + size))

        return broken(self) | broken(self.slope(*(int(i == along) for i in places)))

    @abstractmethod
    def values(self, arguments: Sequence[Any]) -> Any:
        """What the function gives for one value of each variable."""

    @abstractmethod
    def slope(self, *orders: int) -> OfVariables:
        """A derivative as a function: `f.slope(1)` is f′, `f.slope(1, 0)` is ∂f/∂x0, `f.slope(2, 1)` ∂³f/∂x0²∂x1."""

    def derived(self, before: tuple[int, ...], orders: tuple[int, ...]) -> tuple[int, ...]:
        """The orders of a derivative of a derivative."""
        right = len(orders) == len(self.variables) and all(isinstance(k, int) and k >= 0 for k in orders)
        found = tuple(map(sum, zip_longest(before, orders, fillvalue=0)))
        if not right or sum(found) > MOST_SLOPES:
            raise ValueError(
                f"slope takes for each of {', '.join(self.variables)} how often the formula is derived with respect "
                f"to it, at most {MOST_SLOPES} times in all, not {orders}"
            )
        return found


@dataclass(frozen=True)
class Function(OfVariables):
    """A formula of `variables`, as readers type it.

    text : the formula.  variables : the names that may stand in it.
    orders : how often it is derived, with respect to each of them; () is the formula itself.
    Raises FormulaError, a ValueError, for what is no formula of these variables.

    >>> f = Function("x0^2/20 + x1^2", ("x0", "x1"))
    >>> float(f(-7, 2)), f(np.array([[-7.0, 2.0], [0.0, 1.0]]))
    (6.45, array([6.45, 1.  ]))
    >>> float(f.slope(1, 0)(-7, 2))
    -0.7
    """

    text: str
    variables: tuple[str, ...] = ("x",)
    orders: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_variables(self.variables)
        if not isinstance(self.text, str):
            raise TypeError(f"a formula is text, not {self.text!r}")
        parse(self.text, self.variables)

    @property
    def python(self) -> str:
        """The formula as Python writes it."""
        return parse(self.text, self.variables).python

    def values(self, arguments: Sequence[Any]) -> Any:
        formula = parse(self.text, self.variables)
        node = derivative(formula, self.orders)
        found = formula.expression.run(node, [a if isinstance(a, Traced) else a[()] for a in arguments])
        for a in arguments:
            found = np.where(True, found, a) if np.ndim(a) else found  # also shaped like what the formula leaves out
        return found

    def slope(self, *orders: int) -> Function:
        return replace(self, orders=self.derived(self.orders, orders))


class Recorded(OfVariables):
    """Stands in for a formula that is not known yet: each call of it is an operation of the tape."""

    def __init__(self, graph: Graph, name: str, variables: tuple[str, ...], orders: tuple[int, ...] = ()):
        self.graph, self.variables = graph, variables
        self.called = Called(name, orders or (0,) * len(variables))

    def values(self, arguments: Sequence[Any]) -> Any:
        return elementwise(self.graph, "call", *arguments, extra=(self.called,))

    def slope(self, *orders: int) -> Recorded:
        return Recorded(self.graph, self.called.formula, self.variables, self.derived(self.called.orders, orders))

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise refuse(f".{name} of a formula", "Call it, f(x): readers type other formulas.")
