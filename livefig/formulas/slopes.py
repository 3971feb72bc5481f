"""Exact derivatives of formulas, told by formulas. `slopes.js` is the twin.

At kinks and jumps slopes are those that the docstring of `grad` tells.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from livefig.formulas.expression import Expression, Node
from livefig.formulas.grammar import Parsed, parse

# The derivative of every operation: y is its result, x and z are its arguments, the first and the last, a and b the
# derivatives of its last two, or a that of the only one; n is NaN. What is missing is constant almost everywhere.
SLOPES = {
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a*z + b*x",
    "divide": "a/z - b*(y/z)",
    "power": "a*where(z == 0, where(x == 0, 0, z*x**(z - 1)), z*x**(z - 1)) + b*(y*log(where(x == 0, 1, x)))",
    "plain power": "a*(z*x**(z - 1))",  # of a number
    "negative": "-a",
    "absolute": "a*sign(x)",
    "square": "a*(2*x)",
    "sqrt": "a/(2*y)",
    "cbrt": "a/(3*y**2)",
    "reciprocal": "-a*y**2",
    "exp": "a*y",
    "expm1": "a*exp(x)",
    "log": "a/x",
    "log2": "a/(x*log(2))",
    "log10": "a/(x*log(10))",
    "log1p": "a/(x + 1)",
    "sin": "a*cos(x)",
    "cos": "-a*sin(x)",
    "tan": "a*(y**2 + 1)",
    "arcsin": "a/sqrt(1 - x**2)",
    "arccos": "-a/sqrt(1 - x**2)",
    "arctan": "a/(x**2 + 1)",
    "sinh": "a*cosh(x)",
    "cosh": "a*sinh(x)",
    "tanh": "a*(1 - y**2)",
    "hypot": "(a*x + b*z)/where(y == 0, 1, y)",  # 0 at the tip of the cone
    "arctan2": "(a*z - b*x)/(x**2 + z**2)",
    "where": "where(x, a, b)",
    "maximum": "where(x == z, (a + b)/2, where(x == y, a, where(z == y, b, n)))",
    "minimum": "where(x == z, (a + b)/2, where(x == y, a, where(z == y, b, n)))",
}


def derivative(formula: Parsed, orders: Sequence[int]) -> Node:
    """The node of a formula derived so many times with respect to each of its variables."""
    node = formula.node
    for variable, order in enumerate(orders):
        for _ in range(order):
            node = slope(formula.expression, node, variable)
    return node


def slope(e: Expression, node: Node, variable: int) -> Node:
    """The derivative of a node with respect to a variable."""
    known = e.slopes.setdefault(variable, {})
    for at in e.needed(node):
        if at not in known:
            known[at] = _slope(e, at, variable, known)
    found = known[node]
    return e.number(0.0) if found is None else found


def _slope(e: Expression, y: Node, variable: int, known: Mapping[Node, Node | None]) -> Node | None:
    """None: it does not depend on the variable."""
    op, *given = e.nodes[y]
    if op in ("number", "variable"):
        return e.number(1.0) if op == "variable" and given == [variable] else None
    a, b = [*(known[argument] for argument in given[-2:]), None][:2]
    rule = SLOPES.get("plain power" if op == "power" and e.value(given[1]) is not None else op)
    if rule is None or (a is None and b is None):
        return None
    expression, node, _ = parse(rule, ("x", "y", "z", "a", "b", "n"))
    values = [given[0], y, given[-1], a, b, e.number(math.nan)]
    made: dict[Node, Node | None] = {}
    for at in expression.needed(node):
        inner, *parts = expression.nodes[at]
        if inner == "variable":
            made[at] = values[parts[0]]
        else:
            made[at] = e.number(*parts) if inner == "number" else _simple(e, inner, *(made[part] for part in parts))
    return made[node]


def _simple(e: Expression, op: str, *given: Node | None) -> Node | None:
    """The node of an operation, or of a simpler one that gives the same. None stands for 0."""
    first, last = given[0], given[-1]
    missing = first is None or last is None
    if missing and op == "add":
        return last if first is None else first
    if missing and op == "subtract":
        return first if last is None else e.node("negative", last)
    if missing and op in ("multiply", "divide", "negative"):
        return None
    if op == "where" and given[1] is None and last is None:
        return None
    nodes = [e.number(0.0) if node is None else node for node in given]
    if op in ("multiply", "power"):
        return e.times(*nodes) if op == "multiply" else e.power(*nodes)
    p, q = e.value(nodes[0]), e.value(nodes[-1])
    return e.node(op, *nodes) if op != "subtract" or p is None or q is None else e.number(p - q)
