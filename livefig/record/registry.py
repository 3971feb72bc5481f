"""Which NumPy functions a trace knows: tables that the room `calls` fills in, and that traced values look up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from livefig.record.refuse import refuse

Implementation = Callable[..., Any]
Registered = TypeVar("Registered", bound=Implementation)
FUNCTIONS: dict[Callable[..., Any], Implementation] = {}  # np.sum, …
METHODS: dict[str, Implementation] = {}  # .sum, …
UFUNCS: dict[str, Implementation] = {}  # by the way a ufunc is called: "__call__", "reduce", …; "complex"
OF_COMPLEX: dict[Any, Implementation] = {}  # functions and ufuncs, where complex numbers come in
OF_SCIPY: dict[str, Implementation] = {}  # ufuncs of scipy.special, which ask their arguments as NumPy's do


def implements(
    *functions: Callable[..., Any], table: dict[Any, Implementation] = FUNCTIONS
) -> Callable[[Registered], Registered]:
    """Register an implementation of NumPy functions in a table. It is called as implementation(graph, *args, **kw)
    and takes its arguments in NumPy's order."""

    def register(implementation: Registered) -> Registered:
        table.update(dict.fromkeys(functions, implementation))
        return implementation

    return register


def given(value: Any) -> bool:
    """Whether an optional argument was given."""
    return value is not None and value is not np._NoValue


INSTEAD_OF = {  # options that have another way
    "out": "Leave it out: use what the function returns.",
    "where": "Write np.where(condition, a, b) before.",
    "prepend": "Write np.concatenate([before, x]) for x.",
    "append": "Write np.concatenate([x, after]) for x.",
}


def refuse_options(name: str, **options: Any) -> None:
    """Refuse what an implementation does not know, instead of passing over it."""
    for option, value in options.items():
        if given(value) and not (option == "where" and value is True):
            raise refuse(f"{name} with {option}=", INSTEAD_OF.get(option, "Leave it out."))


def refuse_dtype(name: str, dtype: Any) -> None:
    """All numbers of a tape are float64."""
    if given(dtype) and np.dtype(dtype) != np.float64:
        raise refuse(f"{name} with dtype={np.dtype(dtype)}", "Leave dtype out: all numbers here are floats.")
