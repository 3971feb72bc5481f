"""Functions of an author's whose lines are written as the errors of recording advise."""

from __future__ import annotations

import ast
import gc
import linecache
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from importlib import import_module
from types import CodeType, FrameType, FunctionType
from typing import Any

import numpy as np

from livefig.record.advice import EITHER, Advice, Place, span
from livefig.record.refuse import Refusal, is_authors

MARK = " as it is recorded"  # behind the names of files with such lines
MOST = 100  # lines of an author's
ELSE = re.compile(r"\s*else\s*:")
Span = tuple[Any, ...]
Change = tuple[Span, str]

conditions: ContextVar[tuple[Any, ...]] = ContextVar("conditions", default=())


@contextmanager
def seen_where(condition: Any) -> Iterator[None]:
    """While this lasts, what is drawn is seen only where a condition holds: `if` in functions that are recorded."""
    token = conditions.set((*conditions.get(), condition))
    try:
        yield
    finally:
        conditions.reset(token)


chosen: ContextVar[dict[str, list[tuple[Any, Any]]]] = ContextVar("chosen")
CHOICE = re.compile("\ue000\\d+\ue001")  # stands in a text for words that a condition chooses


def either(condition: Any, there: Any, elsewhere: Any) -> str:
    """Words of which a condition chooses one: `if` in functions that are recorded. What is drawn is drawn with each."""
    known = chosen.get()
    options = [(condition, there), (np.logical_not(condition), elsewhere)]
    flat = [(np.logical_and(c, one), word) for c, words in options for one, word in known.get(words, [(True, words)])]
    known[name := f"\ue000{len(known)}\ue001"] = flat
    return name


class Rewriting:
    """Which functions have other code while they are recorded. Their files keep their lines.

    functions : of the author, as far as they are known; several may share them.
    """

    def __init__(self, functions: set[FunctionType]) -> None:
        self.functions = functions
        self.codes: dict[FunctionType, CodeType] = {}
        self.sources: dict[str, list[str]] = {}  # the lines of each file, by the name that an author gave it
        self.names: dict[str, Any] = {"np": np, "seen_where": seen_where, "either": either}  # that these lines use
        self.count = 0

    def learn(self, refusal: Refusal) -> bool:
        """Write a line as a refusal advises. False if it does not say how, or that does not help."""
        place = refusal.place
        if place is None or self.count >= MOST or (change := self._change(place, refusal.advice)) is None:
            return False
        self.count += 1
        return self._write(place.frame, change)

    def learn_if(self, refusal: Refusal) -> None:
        """Of what a refusal advises write only that what stands below an `if` is always drawn, and with all words."""
        place, known = refusal.place, refusal.advice is not None and refusal.advice.old is not None
        if place is not None and refusal.advice is not None and EITHER in refusal.advice.new:
            self._write(place.frame, self._change(place, refusal.advice) or [])
        if place is None or known or (node := _if_around(place.node)) is None:
            return
        tree = ast.parse("".join(self._lines(place.frame)))
        twin = next(one for one in ast.walk(tree) if isinstance(one, ast.If) and one.lineno == node.lineno)
        self._write(place.frame, _drawn_if(twin, self._lines(place.frame)))

    def _lines(self, frame: FrameType) -> list[str]:
        name = original(frame.f_code.co_filename)
        return self.sources.get(name) or linecache.getlines(name)

    def _write(self, frame: FrameType, changes: Sequence[Change]) -> bool:
        name, lines = original(frame.f_code.co_filename), [*self._lines(frame)]
        for (first, begin, last, end), new in sorted(changes, reverse=True):
            before, behind = lines[first - 1].encode()[:begin].decode(), lines[last - 1].encode()[end:].decode()
            lines[first - 1 : last] = f"{before}{new}{behind}".splitlines(keepends=True)
        text = "".join(lines)
        try:
            whole = compile(text, name + MARK, "exec", dont_inherit=True)
        except SyntaxError:
            return False
        self.sources[name] = lines
        codes = {(code.co_qualname, code.co_firstlineno): code for code in _inside(whole)}
        self.functions.update(_functions(frame))
        for function in self.functions:
            if original(function.__code__.co_filename) == name:
                code = codes.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
                if code is not None and code.co_freevars == function.__code__.co_freevars:
                    self.codes[function] = code
        return True

    def _change(self, place: Place, advice: Advice | None) -> list[Change] | None:
        """Parts of the source, and what to write for them in as many lines; None if that is not known."""
        if advice is None or advice.old is None:
            node = _if_around(place.node)
            return None if node is None else _drawn_if(node, self._lines(place.frame))
        if not advice.exact:
            return None
        old, new = advice.old, advice.new
        if advice.needs:
            import_module(advice.needs)
            package = advice.needs.partition(".")[0]
            self.names[package] = import_module(package)
        if (text := _text_around(old)) is not None:
            old, new = text, ast.unparse(text).replace(ast.unparse(old), new, 1)
        where = span(old)
        more = "\n" * (where[2] - where[0])
        return [(where, f"{new}{more}" if isinstance(old, ast.stmt) or not more else f"({new}{more})")]

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """While this lasts, the functions are as they are recorded."""
        plain = {function: function.__code__ for function in self.codes}
        homes = [(function.__globals__, self.names.keys() - function.__globals__.keys()) for function in self.codes]
        for name, lines in self.sources.items():
            linecache.cache[name + MARK] = (sum(map(len, lines)), None, lines, name + MARK)
        try:
            for function, code in self.codes.items():
                function.__code__ = code
            for names, more in homes:
                names.update({name: self.names[name] for name in more})
            yield
        finally:
            for function, code in plain.items():
                function.__code__ = code
            for names, more in homes:
                for name in more:
                    names.pop(name, None)


def _text_around(node: Any) -> ast.AST | None:
    """The f-string in which a part of the source stands: places in it are told from Python 3.12 on."""
    found = None
    while isinstance(node, (ast.expr, ast.FormattedValue)):
        found = node if isinstance(node, ast.JoinedStr) else found
        node = node.parent  # type: ignore[attr-defined]
    return found


def _if_around(node: Any) -> ast.If | None:
    """The first `if` of those of which one asks a question, if below it there are only lines that may draw."""
    while isinstance(node, ast.expr):
        node = node.parent  # type: ignore[attr-defined]
    while isinstance(node, ast.If) and isinstance(node.parent, ast.If) and node.parent.orelse == [node]:  # type: ignore[attr-defined]
        node = node.parent  # type: ignore[attr-defined]
    drawing = (ast.Expr, ast.Assign, ast.For, ast.If)
    draws = isinstance(node, ast.If) and all(isinstance(line, drawing) for line in (*node.body, *node.orelse))
    return node if draws else None


def _drawn_if(node: ast.If, lines: Sequence[str]) -> list[Change]:
    """Parts of `if`, `elif` and `else`, and what is written for them, so that below all of these is drawn.

    What stands below a condition that does not hold is not seen.
    """
    changes: list[Change] = []
    others: list[str] = []
    while True:
        first, begin, *_ = span(node)
        *_, last, end = span(node.test)
        test = ast.unparse(node.test)
        changes.append(((first, begin, last, end), _seen_where([*others, test]) + "\n" * (last - first)))
        others.append(f"np.logical_not({test})")
        match node.orelse:
            case [ast.If() as following] if following.col_offset == node.col_offset:
                node = following
            case []:
                return changes
            case [line, *_]:
                behind = range(node.body[-1].end_lineno or 0, line.lineno)
                found = ((number + 1, ELSE.match(lines[number])) for number in behind)
                number, match = next((number, match) for number, match in found if match)
                changes.append(((number, node.col_offset, number, match.end()), f"{_seen_where(others)}:"))
                return changes


def _seen_where(parts: Sequence[str]) -> str:
    whole = reduce(lambda a, b: f"np.logical_and({a}, {b})", parts)
    return f"with seen_where({whole})"


def original(filename: str) -> str:
    """The name of the file that an author wrote."""
    return filename.removesuffix(MARK)


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


def _functions(frame: FrameType | None) -> Iterator[FunctionType]:
    """The author's functions that are at work in a frame and outwards of it."""
    while frame is not None:
        if is_authors(frame):
            for user in gc.get_referrers(frame.f_code):
                if isinstance(user, FunctionType) and user.__code__ is frame.f_code:
                    yield user
        frame = frame.f_back
