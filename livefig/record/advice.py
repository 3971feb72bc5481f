"""What to write instead: the author's own expression, rewritten so that it can be recorded.

Python says which expression of which line is at work. Its syntax tree says what asks for a plain number there, and
what NumPy has for it: `float(x)` → `x`, `t[int(k)]` → `np.sum(np.where(…, t, 0))`.
"""

from __future__ import annotations

import ast
import builtins
import linecache
import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from livefig.record.distributions import formula


class Advice(NamedTuple):
    """what : the operation that cannot be recorded.  old, new : a part of the source, and what to write for it.

    Where that depends on more than the line, `old` is None and `new` a sentence.
    needs : a module that must be imported for it.  exact : whether the new part gives the same numbers in any case.
    instead : what an author is told who cannot write the new part.
    """

    what: str
    old: ast.AST | None
    new: str
    needs: str = ""
    exact: bool = True
    instead: str = ""


@dataclass(frozen=True)
class Place:
    """Where in an author's function we are: the expression that is at work in a frame."""

    frame: FrameType
    number: int  # of the line
    instruction: int  # index of the bytecode that is at work

    @cached_property
    def line(self) -> str:
        """ "Line 3 of walk, `y = math.sin(x0)`: " """
        code = self.frame.f_code
        text = linecache.getline(code.co_filename, self.number).strip()
        quoted = f", `{text[:90]}{'…' if len(text) > 90 else ''}`" if text else ""
        return f"Line {self.number} of {code.co_name}{quoted}: "

    @cached_property
    def node(self) -> ast.AST | None:
        """The expression at work; None where the source is not there."""
        first, last, begin, end = list(self.frame.f_code.co_positions())[self.instruction // 2]
        found = _parsed("".join(linecache.getlines(self.frame.f_code.co_filename))).get((first, begin, last, end), ())
        node = max(found, key=lambda n: isinstance(n, (ast.Call, ast.Subscript)), default=None)
        around = getattr(node, "parent", None)
        # From Python 3.14 on all(… for …) is no call: its loop asks, where the name stands.
        return around if isinstance(around, ast.Call) and around.func is node else node

    def value(self, node: ast.AST) -> Any:
        """What a name, or a function of a module, ufunc or random generator, stands for here; None if not seen."""
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value)
            known = isinstance(owner, (ModuleType, np.ufunc, np.random.Generator, np.random.RandomState))
            return getattr(owner, node.attr, None) if known or _of_stats(owner) else None
        if not isinstance(node, ast.Name):
            return None
        return self.names.get(node.id, vars(builtins).get(node.id))

    @cached_property
    def names(self) -> dict[str, Any]:
        """What the author's names stand for here."""
        return {**self.frame.f_globals, **self.frame.f_locals}

    @cached_property
    def called(self) -> Any:
        """The function that is called here."""
        return self.value(self.node.func) if isinstance(self.node, ast.Call) else None

    @cached_property
    def advice(self) -> Advice | None:
        """How the expression at work can be written instead; None if we do not know."""
        if (node := self.node) is None:
            return None
        return next(filter(None, (advise(self, node) for advise in ADVISERS)), None)

    def told(self, advice: Advice) -> str:
        """An advice as a sentence: the statement with the new expression in it, or both if it has several lines."""
        if advice.old is None or advice.instead:
            return advice.instead or advice.new
        if advice.needs:
            return f"After `import {advice.needs}`, w{self.told(advice._replace(needs=''))[1:]}"
        whole, lines = _statement(advice.old), linecache.getlines(self.frame.f_code.co_filename)
        first, begin, last, end = span(whole)
        if whole is advice.old and isinstance(whole, ast.If):
            begun = "" if first == last else f" for the lines from `{lines[first - 1].strip()}` on"
            return f"Write `{advice.new}`{begun}."
        elsewhere = not first <= self.number <= last
        if elsewhere or first != last or isinstance(whole, (ast.If, ast.While, ast.For, ast.With, ast.FunctionDef)):
            return f"Write `{advice.new}` for `{ast.unparse(advice.old)}`."
        _, at, _, to = span(advice.old)
        line = lines[first - 1].encode()
        return f"Write `{line[begin:at].decode()}{advice.new}{line[to:end].decode()}`."


@lru_cache(maxsize=8)
def _parsed(source: str) -> dict[tuple[Any, ...], list[ast.AST]]:
    """The nodes of the syntax tree by where they stand, every node with its `parent`; none where the source is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return {}
    found: dict[tuple[Any, ...], list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.expr, ast.stmt)):  # others stand nowhere
            found.setdefault(span(node), []).append(node)
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return found


def span(node: Any) -> tuple[Any, ...]:
    """First line, first byte, last line and last byte of a part of the source."""
    return tuple(getattr(node, name, None) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"))


def _statement(node: Any) -> Any:
    while not isinstance(node, ast.stmt):
        node = node.parent
    return node


# Calls -------------------------------------------------------------------------------------------------

MATH = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "atan2": "arctan2", "pow": "power", "fabs": "abs",
}  # fmt: skip
SAME_IN_MATH = (
    "sin cos tan sinh cosh tanh exp exp2 expm1 log log2 log10 log1p sqrt cbrt floor ceil trunc hypot fmod "
    "degrees radians isnan isinf isfinite prod"
).split()
MATH |= dict(zip(SAME_IN_MATH, SAME_IN_MATH, strict=True))
PAIRS = {max: "maximum", min: "minimum"}
OF_LISTS = {sorted: "sort", any: "any", all: "all", max: "max", min: "min"}
MAKERS = (np.array, np.asarray, np.asanyarray, np.ascontiguousarray)
PLACES = {np.where: 1, np.nonzero: 1, np.flatnonzero: 0, np.argwhere: 0}  # and how many axes come before the places
LENGTHS = (np.arange, np.zeros, np.ones, np.empty, np.full, np.eye, np.identity, np.repeat, np.tile)


SOLVERS = ("odeint", "solve_ivp", "quad", "brentq")
CLOSE = ("odeint", "quad", "brentq")  # SciPy's are as exact as they can be, unless they are told otherwise


def _stacked(node: ast.AST) -> str:
    """np.stack of a list, and of the lists in it."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        return f"np.stack({ast.unparse(node)})"
    parts = [_stacked(part) if isinstance(part, (ast.List, ast.Tuple)) else ast.unparse(part) for part in node.elts]
    return f"np.stack([{', '.join(parts)}])"


def _is_list(place: Place, node: ast.AST) -> bool:
    return isinstance(node, (ast.List, ast.Tuple, ast.ListComp)) or isinstance(place.value(node), (list, tuple))


def _call(place: Place, node: ast.AST) -> Advice | None:
    if not isinstance(node, ast.Call) or not node.args:
        return None
    function, args = place.called, node.args
    texts = [ast.unparse(a) for a in args]
    named = [ast.unparse(k) for k in node.keywords]
    if function in (float, np.float64):
        return Advice("float()", node, _closed(args[0]))
    if isinstance(function, type) and issubclass(function, np.floating):
        return Advice(f"{ast.unparse(node.func)}()", None, "Leave it out: these numbers have 64 bits.")
    if function is np.fromiter:
        return Advice("np.fromiter", node, f"np.stack(list({texts[0]}))")
    if function is np.interp and any(_moves(place, k.value) for k in node.keywords):
        return Advice(
            "np.interp with a left= or right= that moves", None, "Write np.where(x < xp[0], left, y) around it."
        )
    if function in (int, math.trunc):
        if _is_index(node):
            return _element(place, node.parent, f"np.trunc({texts[0]})")  # type: ignore[attr-defined]
        return _count(place, node) or Advice("int()", node, f"np.trunc({texts[0]})")
    if function is round:
        return Advice("round()", node, f"np.round({', '.join(texts)})")
    if function is bool:
        return Advice("bool()", node, f"({texts[0]} != 0)")
    if getattr(function, "__module__", "") == "math":
        return _mathematics(place, node)
    if function in PAIRS and len(args) == 2 and not named:
        what = f"`if`, as {function.__name__}() asks it,"
        return Advice(what, node, f"np.{PAIRS[function]}({', '.join(texts)})")
    if function in OF_LISTS and not named:
        listed = f"np.stack([{', '.join(texts)}])"
        if isinstance(args[0], ast.GeneratorExp):
            listed = f"np.stack([{texts[0][1:-1]}])"
        elif len(args) == 1:
            listed = _stacked(args[0]) if _is_list(place, args[0]) else texts[0]
        return Advice(f"`if`, as {function.__name__}() asks it,", node, f"np.{OF_LISTS[function]}({listed})")
    if function in MAKERS:
        if _is_list(place, args[0]):
            return Advice(f"np.{function.__name__}", node, _stacked(args[0]))
        return Advice(f"np.{function.__name__}", node, f"(1.0 * {texts[0]})")
    if function is np.full_like or (function is np.full and not _moves(place, args[0])):
        if len(args) != 2 or named:
            return None
        ones = "ones" if function is np.full else "ones_like"
        return Advice(f"np.{function.__name__}", node, f"{_closed(args[1])} * np.{ones}({texts[0]})")
    if function is np.linspace:
        n = next((k.value for k in node.keywords if k.arg == "num"), args[2] if len(args) == 3 else None)
        if n is None or len(args) + len(named) != 3:
            return None
        first, stop, count = _closed(args[0]), _closed(args[1]), ast.unparse(n)
        numbers = f"np.where(np.arange(50) < {count}, np.arange(50), np.nan)"
        new = f"({first} + ({stop} - {first}) * {numbers} / ({count} - 1))"
        return Advice("a number of points", node, new, exact=False)
    if function is np.searchsorted and len(args) == 2 and not set(named) - {"side='left'", "side='right'"}:
        compared = f"{_closed(args[0])} <" + "=" * ("side='right'" in named)
        if isinstance(args[1], ast.Name) and _is_number(place, args[1].id):
            return Advice("np.searchsorted", node, f"np.sum({compared} {texts[1]})")
        return Advice("np.searchsorted", node, f"np.sum({compared} np.expand_dims({texts[1]}, -1), axis=-1)")
    if function in PLACES and len(args) == 1 and not named:
        return _first_place(node, texts[0], PLACES[function])
    if function is range or function in LENGTHS:
        return _counting(place, node)
    if function is np.piecewise and len(args) == 3 and all(isinstance(some, ast.List) for some in args[1:]):
        return Advice("np.piecewise", node, _selected(place, texts[0], *args[1:]))
    if function is np.block and isinstance(args[0], ast.List) and all(isinstance(r, ast.List) for r in args[0].elts):
        rows = ", ".join(f"np.concatenate({ast.unparse(row)}, axis=1)" for row in args[0].elts)
        return Advice("np.block", node, f"np.concatenate([{rows}])")
    if _of_numpy(function) and _is_list(place, args[0]) and _moves(place, args[0]):
        rest = [_stacked(args[0]), *texts[1:], *named]
        return Advice(f"{ast.unparse(node.func)} of a list", node, f"{ast.unparse(node.func)}({', '.join(rest)})")
    if isinstance(node.func, ast.Attribute) and node.func.attr == "astype":
        owner = _closed(node.func.value)
        whole = np.dtype(place.value(args[0]) or getattr(args[0], "value", None)).kind in "iu"
        return Advice(f"astype({texts[0]})", node, f"np.trunc({owner})" if whole else owner)
    return None


def _selected(place: Place, x: str, conditions: Any, pieces: Any) -> str:
    """np.select for np.piecewise, in which the last condition that holds counts."""
    called = [isinstance(piece, ast.Lambda) or callable(place.value(piece)) for piece in pieces.elts]
    values = [f"{_closed(p)}({x})" if call else ast.unparse(p) for p, call in zip(pieces.elts, called, strict=True)]
    count = len(conditions.elts)
    texts = (", ".join(some[:count][::-1]) for some in (list(map(ast.unparse, conditions.elts)), values))
    return f"np.select({', '.join([*(f'[{text}]' for text in texts), *values[count:]])})"


def _counting(place: Place, node: ast.Call) -> Advice:
    """A call that takes a number of steps or of elements."""
    if place.value(node.func) is range:
        return Advice("range()", None, "Write iterate(step, start, n) for a loop of n steps.")
    if place.value(node.func) is np.arange and len(node.args) == 3 and _moves(place, node):
        first, stop = map(ast.unparse, node.args[:2])
        return Advice("a number of points", node, f"np.linspace({first}, {stop}, 50)", exact=False)
    return Advice(
        f"a length in {ast.unparse(node.func)}()", None,
        "Write a plain number for it, 50 say; np.where(np.arange(50) < n, y, np.nan) keeps the first n of 50.",
    )  # fmt: skip


def _count(place: Place, node: Any) -> Advice | None:
    """What takes a number of steps or of elements, if an expression is in its arguments."""
    while isinstance(node.parent, (ast.BinOp, ast.Tuple)):
        node = node.parent
    around = node.parent
    counts = isinstance(around, ast.Call) and node in around.args and place.value(around.func) in (range, *LENGTHS)
    return _counting(place, around) if counts else None


def _first_place(node: Any, condition: str, before: int) -> Advice | None:
    """`np.where(condition)[0][0]`: where a condition holds first, or last."""
    places = []
    for _ in range(before + 1):
        inner, node = node, node.parent
        if not isinstance(node, ast.Subscript) or node.value is not inner:
            return None
        places.append(ast.unparse(node.slice))
    last = f"len({condition}) - 1 - np.argmax(({condition})[::-1])"
    new = {"0": f"np.argmax({condition})", "-1": f"({last})"}.get(places.pop())
    return Advice("an array of places", node, new) if new and set(places) <= {"0"} else None


def _mathematics(place: Place, node: ast.Call) -> Advice | None:
    """The statement with NumPy's functions in place of those of math, all at once."""

    def numpys(call: ast.Call) -> str | None:
        function = place.value(call.func)
        if getattr(function, "__module__", "") != "math" or (name := MATH.get(function.__name__)) is None:
            return None
        if name == "log" and len(call.args) == 2:
            return f"(np.log({ast.unparse(call.args[0])}) / np.log({ast.unparse(call.args[1])}))"
        return f"np.{name}({', '.join(map(ast.unparse, call.args))})"

    class Exchange(ast.NodeTransformer):
        def visit_Call(self, call: ast.Call) -> ast.AST:
            self.generic_visit(call)
            new = numpys(call)
            return call if new is None else ast.parse(new, mode="eval").body

    if numpys(node) is None:
        return None
    whole = _statement(node)
    if not isinstance(whole, (ast.Return, ast.Assign, ast.AugAssign, ast.Expr)):
        return Advice(ast.unparse(node.func), node, str(numpys(node)))
    return Advice(ast.unparse(node.func), whole, ast.unparse(Exchange().visit(ast.parse(ast.unparse(whole)))))


def _closed(node: ast.AST) -> str:
    """Source that stands anywhere in an expression."""
    text = ast.unparse(node)
    atom = isinstance(node, (ast.Name, ast.Call, ast.Subscript, ast.Attribute, ast.Constant))
    return text if atom else f"({text})"


def _of_numpy(function: Any) -> bool:
    return isinstance(function, np.ufunc) or str(getattr(function, "__module__", "")).partition(".")[0] == "numpy"


def _of_stats(value: Any) -> bool:
    """Whether something is a distribution of scipy.stats."""
    return str(type(value).__module__).startswith("scipy.stats")


def _distribution(place: Place, node: ast.AST) -> Advice | None:
    """The formula of a distribution: `norm.pdf(x, 0, s)`, or `norm(0, s).pdf(x)`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    owner, call = node.func.value, node
    if isinstance(owner, ast.Call):
        call = ast.Call(node.func, [*node.args, *owner.args], [*node.keywords, *owner.keywords])
        owner = owner.func
    distribution = place.value(owner)
    if not _of_stats(distribution):
        return None
    special = next((name for name, value in place.names.items() if _is_special(value)), "scipy.special")
    new = formula(f"{getattr(distribution, 'name', '')}.{node.func.attr}", call, special, _closed)
    if new is None:
        return None
    inside = isinstance(node.parent, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Subscript, ast.Attribute))  # type: ignore[attr-defined]
    advice = Advice(ast.unparse(node.func), node, f"({new})" if inside else new)
    return advice if special in place.names or special not in new else advice._replace(needs=special)


def _solver(place: Place, node: ast.AST) -> Advice | None:
    """A function of SciPy that livefig has, too, by steps that can be recorded."""
    name, module = (str(getattr(place.called, part, "")) for part in ("__name__", "__module__"))
    if not isinstance(node, ast.Call) or name not in SOLVERS or module.partition(".")[0] != "scipy":
        return None
    text = ", ".join([*map(ast.unparse, node.args), *(f"{k.arg}={ast.unparse(k.value)}" for k in node.keywords)])
    if name == "solve_ivp" and all(k.arg != "t_eval" for k in node.keywords):
        first, last = (f"{ast.unparse(node.args[1])}[{i}]" for i in (0, 1)) if len(node.args) > 1 else ("0", "10")
        new = f"livefig.{name}({text}, t_eval=np.linspace({first}, {last}, 500))"
        return Advice(ast.unparse(node.func), node, new, needs="livefig", exact=False)
    return Advice(ast.unparse(node.func), node, f"livefig.{name}({text})", needs="livefig", exact=name in CLOSE)


def _is_special(value: Any) -> bool:
    return isinstance(value, ModuleType) and value.__name__ == "scipy.special"


def _arrays_inside(place: Place, node: ast.AST) -> Advice | None:
    """np.array([x0, x1]) somewhere in an expression that NumPy cannot work on, or where a name in it was made."""
    for inner in ast.walk(node) if isinstance(node, ast.expr) else ():
        made: Any = inner
        value = place.value(inner)
        if isinstance(inner, ast.Name) and isinstance(value, np.ndarray) and value.dtype == np.dtype(object):
            made = next(reversed([a.value for a in _assignments(inner, inner.id)]), None)
        if isinstance(made, ast.Call) and made is not node and place.value(made.func) in MAKERS:
            return Advice("an object array, as np.array([x0, x1]) makes one,", made, _stacked(made.args[0]))
    return None


def _function(node: Any) -> Any:
    """The function in which a part of the source stands; None if it stands in none."""
    while node is not None and not isinstance(node, (ast.FunctionDef, ast.Lambda)):
        node = getattr(node, "parent", None)
    return node


def _assignments(node: Any, name: str) -> list[ast.Assign]:
    """The lines of its function, above a part of the source, that bind a name."""
    function = _function(node)
    parts = [] if function is None else ast.walk(function)
    found = [part for part in parts if isinstance(part, ast.Assign) and span(part)[:2] < span(node)[:2]]
    return [part for part in found if _bound(part) == name]


# Indices ------------------------------------------------------------------------------------------------


def _is_index(node: Any) -> bool:
    return isinstance(node.parent, ast.Subscript) and node.parent.slice is node


@dataclass(frozen=True)
class _Taken:
    """What an index takes: what stands at `where`, written `index`, along an axis of the array `text`."""

    text: str
    ndim: int
    where: ast.expr
    index: str
    axis: int = 0

    @property
    def count(self) -> str:
        return f"len({self.text})" if self.axis == 0 else f"{self.text}.shape[1]"

    @property
    def chosen(self) -> str:
        """Which places along the axis it takes, as an expression; a mask is one itself."""
        if not isinstance(self.where, ast.Slice):
            return f"np.arange({self.count}) == {self.index}"
        ends = ((">=", self.where.lower), ("<", self.where.upper))
        within = [f"np.arange({self.count}) {sign} {ast.unparse(end)}" for sign, end in ends if end]
        return reduce(lambda a, b: f"np.logical_and({a}, {b})", within)


def _taken(place: Place, node: ast.Subscript, index: str) -> _Taken | None:
    """What a subscript takes, if one axis alone has a place that is not known yet."""
    t, owner, where = ast.unparse(node.value), place.value(node.value), node.slice
    ndim = 1 if isinstance(node.value, ast.List) else np.ndim(owner) if owner is not None else 0
    if not isinstance(where, ast.Tuple):
        return _Taken(t, ndim, where, index)
    parts = where.elts
    if len(parts) != 2 or ndim != 2 or all(_moves(place, part) for part in parts):
        return None
    axis = int(_moves(place, parts[1]))
    where, fixed = parts[axis], parts[1 - axis]
    if ast.unparse(fixed) != ":":
        t = f"{t}[:, {ast.unparse(fixed)}]" if axis == 0 else f"{t}[{ast.unparse(fixed)}]"
    if not isinstance(fixed, ast.Slice):
        ndim, axis = 1, 0
    return _Taken(t, ndim, where, ast.unparse(where), axis)


def _element(place: Place, node: ast.Subscript, index: str) -> Advice | None:
    """Elements, or rows, of something at a place that is not known yet."""
    taken = _taken(place, node, index)
    if taken is None:
        return None
    t, ndim, axis, where = taken.text, taken.ndim, taken.axis, taken.where
    if isinstance(where, ast.Slice) and (where.step or ndim > 2):
        return None
    mask = _is_mask(place, where)
    chosen = taken.index if mask else taken.chosen
    if isinstance(node.ctx, ast.Store):
        whole = _statement(node)
        if not isinstance(whole, ast.Assign) or ndim > 1 or isinstance(node.slice, ast.Tuple):
            return None
        return Advice("an index", whole, f"{t} = np.where({chosen}, {ast.unparse(whole.value)}, {t})")
    each = f"({chosen})[:, None]" if ndim == 2 and axis == 0 else chosen
    if mask or isinstance(where, ast.Slice):
        return Advice("an index", node, f"np.where({each}, {t}, {0 if _is_summed(node) else 'np.nan'})")
    if not _is_one(place, where):
        if ndim != 1:
            return None
        chosen = f"np.arange({taken.count}) == np.expand_dims({taken.index}, -1)"
        return Advice("an array of indices", node, f"np.sum(np.where({chosen}, {t}, 0), axis=-1)")
    if ndim not in (1, 2):
        each, t, axis = chosen, f"np.moveaxis({t}, 0, -1)", -1
    return Advice("an index", node, f"np.sum(np.where({each}, {t}, 0){f', axis={axis}' if ndim != 1 else ''})")


ONE_FROM_MANY = (np.argmax, np.argmin, np.sum, np.max, np.min, np.amax, np.amin, np.mean, np.count_nonzero, len)


def _is_one(place: Place, node: ast.AST) -> bool:
    """Whether an index is surely one number."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        value: Any = place.value(node)
        return value is not None and np.ndim(value) == 0
    if isinstance(node, (ast.BinOp, ast.UnaryOp)):
        return all(_is_one(place, part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
    if not isinstance(node, ast.Call):
        return False
    function = place.value(node.func)
    folded = function in ONE_FROM_MANY and len(node.args) == 1 and not node.keywords
    kept = isinstance(function, np.ufunc) or function in (int, round, math.trunc, math.floor, np.round)
    return folded or (kept and all(_is_one(place, part) for part in node.args))


def _moves(place: Place, node: ast.AST) -> bool:
    """Whether an expression names a traced value (they know their graph)."""
    return any(hasattr(place.value(part), "graph") for part in ast.walk(node) if isinstance(part, ast.Name))


def _is_mask(place: Place, node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) or bool(getattr(place.value(node), "boolean", False))


def _is_summed(node: Any) -> bool:
    """Whether an expression stands in np.sum(…) or before .sum()."""
    around = node.parent
    if isinstance(around, ast.Attribute):
        return around.attr == "sum"
    return isinstance(around, ast.Call) and ast.unparse(around.func) == "np.sum"


def _subscript(place: Place, node: ast.AST) -> Advice | None:
    if not isinstance(node, ast.Subscript):
        return None
    if _moves(place, node.slice):
        return _element(place, node, ast.unparse(node.slice))
    whole = _statement(node)
    if isinstance(node.ctx, ast.Store) and isinstance(whole, (ast.Assign, ast.AugAssign)):
        if (advice := _made_to_follow(place, node.value, whole)) is not None:
            return advice
        what, y = "writing into a plain array", ast.unparse(node.value)
        made = f"{y} + 0 * {_closed(whole.value)}"
        if isinstance(node.value, ast.Name) and y not in place.frame.f_code.co_varnames:
            written = re.sub(rf"\b{y}\b", "own", ast.unparse(whole), count=1)
            return Advice(what, None, f"Write `own = {made}; {written}`, and own for {y} in the lines below.")
        return Advice(what, whole, f"{y} = {made}; {ast.unparse(whole)}")
    return None


def _made_to_follow(place: Place, array: ast.AST, writing: ast.stmt) -> Advice | None:
    """The one line in which the author makes the array that is written into, so that it follows a slider."""
    function = _function(writing)
    if function is None or not isinstance(array, ast.Name):
        return None
    followed = [a.arg for a in (*function.args.args, *function.args.kwonlyargs) if _is_number(place, a.arg)]
    made = _assignments(writing, array.id)
    if (
        not followed
        or not made
        or array.id in {name.id for name in ast.walk(made[-1].value) if isinstance(name, ast.Name)}
    ):
        return None
    value = made[-1].value
    text = re.sub(r"^np\.empty", "np.zeros", ast.unparse(value))
    closed = text if isinstance(value, ast.Call) else f"({text})"
    return Advice("writing into a plain array", made[-1], f"{array.id} = {closed} + 0 * {followed[0]}")


def _bound(node: ast.Assign) -> str:
    """The only name that a statement binds; "" if there are others, or it is none."""
    (first, *others) = node.targets
    return first.id if isinstance(first, ast.Name) and not others else ""


def _is_number(place: Place, name: str) -> bool:
    """Whether an argument is one traced number (traced values know their graph)."""
    value: Any = place.frame.f_locals.get(name)
    return hasattr(value, "graph") and np.ndim(value) == 0


def _in_place(place: Place, node: ast.AST) -> Advice | None:
    if not isinstance(node, ast.AugAssign) or not isinstance(node.target, ast.Name):
        return None
    whole = ast.BinOp(ast.Name(node.target.id), node.op, node.value)
    return Advice("changing a plain array in place", node, f"{node.target.id} = {ast.unparse(whole)}")


EITHER = "either("  # what interact has for words of which a condition chooses one
WORDS = (
    "Words cannot be chosen while update is recorded. Draw both, and return for each whether it is seen, True or "
    "False; or let sentences take turns: readout=[(name, sentence), …]."
)

# Truth --------------------------------------------------------------------------------------------------


def _truth(place: Place, node: ast.AST) -> Advice | None:
    parent = getattr(node, "parent", None)
    while isinstance(parent, (ast.BoolOp, ast.UnaryOp)):
        node, parent = parent, getattr(parent, "parent", None)
    question = _logical(node)
    if isinstance(parent, ast.If) and parent.test is node and (new := _chosen(parent)) is not None:
        return Advice("`if`", parent, new, instead=WORDS if EITHER in new else "")
    if isinstance(parent, ast.IfExp) and parent.test is node:
        new = _where(question or ast.unparse(node), ast.unparse(parent.body), ast.unparse(parent.orelse))
        return Advice("`if`", parent, new, instead=WORDS if EITHER in new else "")
    if isinstance(parent, ast.While) and parent.test is node:
        steps = "Write iterate(step, start, n) with as many steps as it may take, and in the step"
        return Advice("`while`", None, f"{steps} np.where(condition, a, b), which keeps the state once it is done.")
    if isinstance(parent, ast.If) and any(isinstance(part, ast.Break) for part in parent.body):
        return Advice("`if`", None, "Let the loop run to its end, without break, and write "
                      "x = np.where(condition, x, new) for what shall stay from there on.")  # fmt: skip
    if question is None or isinstance(parent, (ast.If, ast.While, ast.Assert, ast.comprehension)):
        return None
    inside = isinstance(node, ast.Compare) and len(node.ops) == 1
    what = "`in`" if inside else "`and`, `or`, `not`, or a comparison of three values,"
    return Advice(what, node, question)


def _chosen(node: ast.If) -> str | None:
    """Lines of `if` that only give values to names, or return some, with np.where; None of others."""
    condition = _logical(node.test) or ast.unparse(node.test)
    returned = _returned(node)
    if returned is not None:
        return f"return {_where(condition, *returned)}"
    pairs = _chosen_values(node, condition)
    if pairs is None:
        return None
    first = ""
    if len(pairs) > 1:
        first, pairs = f"chosen = {condition}; ", _chosen_values(node, "chosen") or []
    return first + "; ".join(f"{name} = {value}" for name, value in pairs)


def _chosen_values(node: ast.If, condition: str) -> list[tuple[str, str]] | None:
    """The names, or places in arrays, to which the lines of an `if` give values, and these."""
    there, else_there = _assigned(node.body), _assigned(node.orelse)
    if there is None or else_there is None or not there:
        return None
    if [name for name, _ in there] == [name for name, _ in else_there]:
        both = zip(there, else_there, strict=True)
        return [(name, _where(condition, value, other)) for (name, value), (_, other) in both]
    return [
        *((name, _where(condition, value, name)) for name, value in there),
        *((name, _where(condition, name, value)) for name, value in else_there),
    ]


def _where(condition: str, a: str, b: str) -> str:
    """One of two values by a condition: numbers, or words."""
    nodes = [ast.parse(text, mode="eval").body for text in (a, b)]
    words = [isinstance(n, ast.JoinedStr) or text.startswith(EITHER) or isinstance(getattr(n, "value", None), str)
             for n, text in zip(nodes, (a, b), strict=True)]  # fmt: skip
    one_of_words = any(words) and all(w or isinstance(n, ast.Name) for w, n in zip(words, nodes, strict=True))
    return f"{EITHER if one_of_words else 'np.where('}{condition}, {a}, {b})"


def _returned(node: Any) -> list[str] | None:
    """The values that an `if` returns and its `else`, or the line after it."""
    block = next((b for b in ast.iter_fields(node.parent) if isinstance(b[1], list) and node in b[1]), ("", [node]))[1]
    behind = block[block.index(node) + 1 :][:1]
    ends = [*node.body, *(node.orelse or behind)]
    if len(ends) != 2 or not all(isinstance(end, ast.Return) and end.value for end in ends):
        return None
    return [ast.unparse(end.value) for end in ends]


def _assigned(body: list[ast.stmt]) -> list[tuple[str, str]] | None:
    """What lines give to names or places in arrays, one after the other; None if they do anything else."""
    found = []
    for line in body:
        if (
            isinstance(line, ast.Assign)
            and len(line.targets) == 1
            and isinstance(line.targets[0], (ast.Name, ast.Subscript))
        ):
            found.append((ast.unparse(line.targets[0]), ast.unparse(line.value)))
        elif isinstance(line, ast.Assign) and (pairs := _side_by_side(line)):
            found += pairs
        elif isinstance(line, ast.AugAssign):
            found.append((ast.unparse(line.target), ast.unparse(ast.BinOp(line.target, line.op, line.value))))
        elif isinstance(line, ast.If) and (inner := _inner_values(line)) is not None:
            found += inner
        elif not isinstance(line, ast.Pass):
            return None
    return found


def _inner_values(node: ast.If) -> list[tuple[str, str]] | None:
    """Those of an `if` below another one, if none of them is asked for in its condition."""
    found = _chosen_values(node, _logical(node.test) or ast.unparse(node.test))
    asked = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
    return None if found is None or (len(found) > 1 and asked & {name for name, _ in found}) else found


def _side_by_side(line: ast.Assign) -> list[tuple[str, str]]:
    """The names of `kind, colour = "steady", "C1"` and the constants that they get; none of other lines."""
    (target, *others), value = line.targets, line.value
    if others or not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
        return []
    plain = all(isinstance(part, ast.Name) for part in target.elts) and len(target.elts) == len(value.elts)
    if not plain or not all(isinstance(part, ast.Constant) for part in value.elts):
        return []
    return list(zip(map(ast.unparse, target.elts), map(ast.unparse, value.elts), strict=True))


def formatted(node: Any) -> Advice | None:
    """`"%.2f" % x` with a format; None of all else."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mod):
        return None
    text = node.left.value if isinstance(node.left, ast.Constant) else None
    if not isinstance(text, str):
        return None
    values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    pieces = _PERCENT.split(text)
    plain = [piece.replace("{", "{{").replace("}", "}}") for piece in pieces[::3]]
    fields = ["%" if kind == "%" else f"{{:{flags}{'' if kind in 'si' else kind}}}"
              for flags, kind in zip(pieces[1::3], pieces[2::3], strict=True)]  # fmt: skip
    template = "".join(part for pair in zip(plain, [*fields, ""], strict=True) for part in pair)
    return Advice("formatting as text", node, f"{template!r}.format({', '.join(map(ast.unparse, values))})")


_PERCENT = re.compile(r"%([-+ 0#]*\d*(?:\.\d+)?)([sdifeEgG%])")


def _logical(node: ast.AST) -> str | None:
    """A question in NumPy's words; None if Python's are the same."""

    def part(n: ast.AST) -> str:
        return _logical(n) or ast.unparse(n)

    if isinstance(node, ast.BoolOp):
        name = "np.logical_and" if isinstance(node.op, ast.And) else "np.logical_or"
        return reduce(lambda a, b: f"{name}({a}, {b})", map(part, node.values))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return f"np.logical_not({part(node.operand)})"
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        sides = [node.left, *node.comparators]
        pairs = [ast.unparse(ast.Compare(a, [op], [b])) for a, op, b in zip(sides, node.ops, sides[1:], strict=False)]
        return reduce(lambda a, b: f"np.logical_and({a}, {b})", pairs)
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
        found = f"np.any({_stacked(node.comparators[0])} == {_closed(node.left)})"
        return found if isinstance(node.ops[0], ast.In) else f"np.logical_not({found})"
    return None


ADVISERS = (_distribution, _solver, _call, _subscript, _in_place, _truth, _arrays_inside)
