"""What readers may type as a formula: Python's arithmetic, read without `eval`. `grammar.js` is the twin.

Numbers, variables, + - * / ** and parentheses, NumPy's functions with or without `np.`, pi and e; comparisons as the
condition of `where`. A formula without variables is a number, whose decimals may have a comma. What people write who do
not know Python is understood where it has one meaning, and `python` is how Python writes it; all else is refused, with
its place and what to write. The sentences stand in words.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, NoReturn

from livefig.formulas.expression import Expression, Node
from livefig.words import FORMULA_WORDS

MOST_CHARACTERS, MOST_OPERATIONS, MOST_DEPTH = 500, 200, 40
# By the names of readers: the operation, and how many arguments it takes.
FUNCTIONS = {
    **{
        name: (name, 1)
        for name in "sin cos tan exp log sqrt tanh arctan arcsin arccos sinh cosh log2 log10 log1p expm1 cbrt square "
        "sign floor ceil".split()
    },
    "abs": ("absolute", 1),
    **{name: (name, 2) for name in "maximum minimum hypot arctan2".split()},
    "where": ("where", 3),
}
CONSTANTS = {"pi": math.pi, "e": math.e}
ALIASES = {
    "ln": "log", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2", "absolute": "abs",
    "fabs": "abs", "max": "maximum", "min": "minimum", "tg": "tan", "arctg": "arctan", "sen": "sin", "sgn": "sign",
    "π": "pi", "√": "sqrt",
}  # fmt: skip
QUOTIENTS = {"cot": "(1/tan(…))", "ctg": "(1/tan(…))", "sec": "(1/cos(…))", "csc": "(1/sin(…))", "cosec": "(1/sin(…))"}
LOGIC = ("and", "or", "not", "if", "else", "&", "~")  # what where(…) is written for
SIGNS = {
    "·": "*", "×": "*", "∙": "*", "⋅": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=",
    "^": "**",
}  # fmt: skip
RAISED, LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
NAME = r"[A-Za-z_\u0391-\u03c9][A-Za-z0-9_\u0391-\u03c9]*"
POINT, POINT_OR_COMMA = (
    re.compile(
        rf"(?P<number>(?:[0-9]+{point}?[0-9]*|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?)"
        rf"|(?P<name>(?:(?:np|numpy|math)\.)?{NAME}[{LOWERED}]*|√)|(?P<raised>⁻?[{RAISED}]+)"
        rf"|(?P<sign>\*\*|[<>=!]=|[-+*/(),<>|=&~{''.join(SIGNS)}])"
    )
    for point in (r"\.", "[.,]")
)
TWO_NUMBERS = re.compile("[1-9][0-9]{0,2},[0-9]{3}")  # 1,000: here a thousand, there one
SPACE = re.compile(r"[ \t\n\r\u00a0\u2009\u202f]*")
COMPARISONS = {"<": ("less", 0), ">": ("less", 1), "<=": ("less_equal", 0), ">=": ("less_equal", 1),
               "==": ("equal", 0), "!=": ("not_equal", 0)}  # fmt: skip
POWERS = {**dict.fromkeys(COMPARISONS, 1), "+": 2, "-": 2, "*": 3, "/": 3, "**": 5}  # how closely signs bind
PRODUCT, UNARY = 3, 4
OPERATIONS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


class FormulaError(ValueError):
    """What is wrong with a formula.

    key, fields : its sentence in FORMULA_WORDS, and what is filled in.
    place : where the wrong part begins and ends, counted from 0; None if it is the whole.
    """

    def __init__(self, key: str, place: tuple[int, int] | None = None, **fields: str):
        self.key, self.place, self.fields = key, place, fields
        super().__init__(self.said(FORMULA_WORDS))

    def said(self, words: Mapping[str, str]) -> str:
        """The sentence for readers."""
        sentence = words[self.key].format(**self.fields)
        return sentence if self.place is None else words["formula_at"].format(place=self.place[0] + 1, problem=sentence)


class Parsed(NamedTuple):
    """A formula that was read: `node` of `expression` is its value; `python`: the same text as Python writes it."""

    expression: Expression
    node: Node
    python: str


class Token(NamedTuple):
    """text : what is meant.  written : how Python writes it.  raised : whether it was a small digit above the line."""

    kind: str
    text: str
    written: str
    begin: int
    end: int
    raised: bool = False


@lru_cache(maxsize=256)
def parse(text: str, variables: tuple[str, ...]) -> Parsed:
    """Read a formula of these variables.

    Raises FormulaError, a ValueError, with a sentence for readers.

    >>> parse("2x₀^2 + |x1|", ("x0", "x1")).python
    '2*x0**2 + abs(x1)'
    >>> parse("sin(x0) + y", ("x0", "x1"))
    Traceback (most recent call last):
    livefig.formulas.grammar.FormulaError: Character 11: there is no y. The variables are x0, x1.
    """
    return _Parser(text, variables).formula()


def check_variables(variables: Sequence[str]) -> None:
    """Raise unless formulas can have variables of these names."""
    for name in variables:
        if not isinstance(name, str) or not re.fullmatch(NAME, name):
            raise ValueError(f"a variable cannot be called {name!r}: take letters, Latin or Greek, and digits")
        if name in {*FUNCTIONS, *CONSTANTS, *ALIASES, *LOGIC}:
            raise ValueError(f"a variable cannot be called {name!r}: formulas have another meaning for it")
    if not 1 <= len(variables) <= 5 or len(set(variables)) < len(variables):
        raise ValueError(f"a formula has one to five variables, each once, not {', '.join(variables) or 'none'}")


class _Parser:
    def __init__(self, text: str, variables: tuple[str, ...]):
        if len(text) > MOST_CHARACTERS:
            raise FormulaError("formula_long", most=str(MOST_CHARACTERS))
        self.text, self.variables = text, variables
        self.tokens = [*self.read(), Token("end", "", "", len(text), len(text))]
        if len(self.tokens) == 1:
            raise FormulaError("formula_empty", variables=", ".join(variables))
        self.at = 0  # the token that comes next
        self.primary = 0  # the token at which the last operand began
        self.compared = self.tokens[-1]  # the sign of the last comparison
        self.depth = self.operations = 0
        self.python: list[str] = []
        self.expression = Expression()

    # tokens ----------------------------------------------------------------------------------------
    def read(self) -> Iterator[Token]:
        begin = SPACE.match(self.text).end()  # type: ignore[union-attr]
        while begin < len(self.text):
            found = (POINT if self.variables else POINT_OR_COMMA).match(self.text, begin)
            if found is None:
                raise FormulaError("formula_sign", (begin, begin + 1), text=self.text[begin])
            kind, word, end = str(found.lastgroup), found[0], found.end()
            if kind == "raised":
                yield from _raised(word, begin, end)
            elif kind == "number":
                written = _numeral(word.replace(",", "."))
                if TWO_NUMBERS.fullmatch(word):
                    raise FormulaError("formula_decimal", (begin, end), instead=written)
                yield Token(kind, written, written, begin, end)
            elif kind == "name":
                name, written = self.named(word)
                yield Token("logic" if name in LOGIC else kind, name, written, begin, end)
            else:
                word = SIGNS.get(word, word)
                yield Token("logic" if word in LOGIC else kind, word, word, begin, end)
            begin = SPACE.match(self.text, end).end()  # type: ignore[union-attr]

    def named(self, word: str) -> tuple[str, str]:
        """What a name means, and how it is written."""
        *library, name = word.split(".")
        name = "".join(str(LOWERED.index(sign)) if sign in LOWERED else sign for sign in name)
        if name not in self.variables:
            joined = name.replace("_", "")
            name = joined if joined in self.variables else ALIASES.get(name, name)
        if not library:
            return name, name
        return (word, word) if name in self.variables else (name, f"np.{name}")

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def advance(self, written: str | None = None) -> Token:
        """Take the next token; `written`: as what it stands in Python."""
        token = self.tokens[self.at]
        before = self.tokens[self.at - 1].end if self.at else token.begin
        self.python += [" " if token.begin > before else "", token.written if written is None else written]
        self.at += 1
        return token

    def typed(self, token: Token) -> str:
        return self.text[token.begin : token.end]

    def fail(self, key: str, token: Token, **fields: str) -> NoReturn:
        raise FormulaError(key, (token.begin, token.end), **fields)

    # grammar ---------------------------------------------------------------------------------------
    def formula(self) -> Parsed:
        """The whole text."""
        node = self.plain(self.enclosed(1))
        if self.next.kind != "end":
            self.unexpected()
        return Parsed(self.expression, node, "".join(self.python))

    def unexpected(self) -> NoReturn:
        """The error for a token with which no expression goes on."""
        token = self.next
        if token.text == ",":
            before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
            if before.kind == after.kind == "number" and before.end == token.begin and token.end == after.begin:
                self.fail("formula_decimal", token, instead=f"{before.text}.{self.text[after.begin : after.end]}")
            self.fail("formula_comma", token)
        keys = {")": "formula_close", "=": "formula_equals"}
        key = "formula_logic" if token.kind == "logic" else keys.get(token.text, "formula_operator")
        self.fail(key, token, text=self.typed(token))

    def enclosed(self, minimum: int) -> Node:
        """An expression, one level deeper."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            self.fail("formula_deep", self.next, most=str(MOST_DEPTH))
        node = self.binary(self.operand(), minimum)
        self.depth -= 1
        return node

    def binary(self, left: Node, minimum: int) -> Node:
        """What follows an operand, as far as it binds at least as closely as `minimum`."""
        while True:
            token = self.next
            if token.kind == "sign" and POWERS.get(token.text, 0) >= minimum:
                left = self.combined(left, self.advance())
            elif minimum <= PRODUCT and (token.kind in ("number", "name") or token.text == "("):
                self.check_product()
                self.python.append("*")
                gap = len(self.python)
                right = self.plain(self.enclosed(UNARY))
                self.python[gap] = ""
                left = self.apply("multiply", token, self.plain(left), right)
            else:
                return left

    def combined(self, left: Node, sign: Token) -> Node:
        """The operand on the left with that on the right of a sign."""
        if sign.text in COMPARISONS:
            if self.is_condition(left):
                self.fail("formula_chain", sign)
            self.compared = sign
            both = self.plain(left), self.plain(self.enclosed(2))
            op, turned = COMPARISONS[sign.text]
            self.compared = sign
            return self.apply(op, sign, *(both[::-1] if turned else both))
        left = self.plain(left)
        if sign.text == "**":
            self.count(sign)
            return self.expression.power(left, self.plain(self.enclosed(UNARY)))
        right = self.plain(self.enclosed(POWERS[sign.text] + 1))
        if sign.text == "/" and self.expression.value(right) == 0:
            self.fail("formula_zero", sign)
        return self.apply(OPERATIONS[sign.text], sign, left, right)

    def check_product(self) -> None:
        """Raise unless two operands side by side can only be a product."""
        token, before = self.next, self.tokens[self.at - 1]
        if token.kind == "number":
            self.fail("formula_operator", token, text=self.typed(token))
        if before.kind == "name" and token.text == "(":
            self.fail("formula_no_function", before, text=before.text)
        root = self.text[self.tokens[self.primary].begin] == "√" and self.tokens[self.primary + 1].kind == "number"
        sign = self.primary - 1
        while sign > 0 and self.tokens[sign].text in ("-", "+") and self.tokens[sign - 1].text in ("/", "**"):
            sign -= 1
        if root or (sign >= 0 and self.tokens[sign].text in ("/", "**") and not self.tokens[sign].raised):
            self.fail("formula_ambiguous", token)

    def operand(self) -> Node:
        """What stands before the first sign: a number, a name, or what is in parentheses."""
        start, token = self.at, self.next
        if token.text in ("-", "+"):
            self.advance()
            node = self.plain(self.enclosed(UNARY))
            return node if token.text == "+" else self.negative(node, token)
        if token.kind == "number":
            node = self.numeral(self.advance())
        elif token.kind == "name":
            node = self.name(token)
        elif token.text == "(":
            node = self.parentheses()
        elif token.text == "|":
            self.advance("abs(")
            node = self.apply("absolute", token, self.plain(self.enclosed(1)))
            if self.next.text != "|":
                self.fail("formula_bar", token)
            self.advance(")")
        elif token.kind == "logic":
            self.unexpected()
        else:
            self.fail("formula_value", token)
        self.primary = start
        return node

    def negative(self, node: Node, token: Token) -> Node:
        value = self.expression.value(node)
        return self.expression.number(-value) if value else self.apply("negative", token, node)

    def numeral(self, token: Token) -> Node:
        if math.isinf(value := float(token.text)):
            self.fail("formula_number", token)
        return self.expression.number(value)

    def parentheses(self) -> Node:
        opening = self.advance()
        node = self.enclosed(1)
        if self.next.kind == "end":
            self.fail("formula_open", opening)
        if self.next.text != ")":
            self.unexpected()
        self.advance()
        return node

    def name(self, token: Token) -> Node:
        """A variable, a constant, or a function with its arguments."""
        if token.text in self.variables:
            self.advance()
            return self.expression.node("variable", self.variables.index(token.text))
        if token.text in CONSTANTS:
            self.advance()
            return self.expression.number(CONSTANTS[token.text])
        if token.text not in FUNCTIONS:
            if self.tokens[self.at + 1].text == "=":
                self.fail("formula_equals", self.tokens[self.at + 1])
            written = self.typed(token)
            if token.text in QUOTIENTS:
                self.fail("formula_quotient", token, text=written, instead=QUOTIENTS[token.text])
            known = [*self.variables, *FUNCTIONS, *CONSTANTS]
            lower = token.text.lower()
            instead = _product(token.text, known) or _spelled_out(lower, self.variables) or _closest(lower, known)
            if instead:
                self.fail("formula_name", token, text=written, instead=instead)
            self.fail("formula_no_name", token, text=written, variables=", ".join(self.variables))
        self.advance()
        return self.call(token)

    def call(self, token: Token) -> Node:
        if self.text[token.begin] == "√" and self.next.kind == "number":
            self.python.append("(")
            node = self.numeral(self.advance())
            self.python.append(")")
            return self.apply("sqrt", token, node)
        if self.next.text != "(":
            argument = self.next.written if self.next.kind in ("number", "name") else "…"
            written = self.typed(token)
            self.fail("formula_call", token, text=written, instead=f"{written}({argument})")
        opening = self.advance()
        op, count = FUNCTIONS[token.text]
        given: list[Node] = []
        while self.next.text != ")" or given:
            node = self.enclosed(1)
            given.append(node if op == "where" and not given else self.plain(node))
            if self.next.kind == "end":
                self.fail("formula_open", opening)
            if self.next.text == ")":
                break
            if self.next.text != "," or (count == 1 and self.tokens[self.at + 1].kind == "number"):
                self.unexpected()
            self.advance()
        if len(given) != count:
            self.fail("formula_arguments", token, text=token.text, count=str(count), given=str(len(given)))
        self.advance()
        return self.apply(op, token, *given)

    # operations ------------------------------------------------------------------------------------
    def count(self, token: Token) -> None:
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            self.fail("formula_many", token, most=str(MOST_OPERATIONS))

    def apply(self, op: str, token: Token, *given: Node) -> Node:
        self.count(token)
        return self.expression.node(op, *given)

    def is_condition(self, node: Node) -> bool:
        return self.expression.nodes[node][0] in ("less", "less_equal", "equal", "not_equal")

    def plain(self, node: Node) -> Node:
        """A node that is no comparison."""
        if self.is_condition(node):
            self.fail("formula_condition", self.compared)
        return node


def _numeral(word: str) -> str:
    """A number without the zeros before it, which Python refuses."""
    return re.sub("^0+(?=[0-9])", "", word)


def _raised(word: str, begin: int, end: int) -> Iterator[Token]:
    """Small digits above the line: a power."""
    digits = "".join(str(RAISED.index(sign)) for sign in word.lstrip("⁻"))
    yield Token("sign", "**", "**", begin, end, True)
    if word[0] == "⁻":
        yield Token("sign", "-", "-", end, end)
    yield Token("number", _numeral(digits), _numeral(digits), end, end)


def _product(name: str, known: Sequence[str]) -> str:
    """Two names that were written as one, xlog for x*log; else ""."""
    pairs = ((first, name[len(first) :]) for first in known if name.startswith(first) and first not in FUNCTIONS)
    return next((f"{first}*{second}" for first, second in pairs if ALIASES.get(second, second) in known), "")


def _spelled_out(name: str, variables: Sequence[str]) -> str:
    """The function that a word begins with, cos of cosine, and sin(x) of sinx; else ""."""
    function = max((known for known in FUNCTIONS if name.startswith(known)), key=len, default="")
    rest = name.removeprefix(function)
    return f"{function}({rest})" if function and rest in variables else function


def _closest(name: str, among: Iterable[str]) -> str:
    """The first of the names that differ least from a name, if it is nearly the same; else ""."""
    best, least = "", min(2 + (len(name) > 3), len(name))
    for other in among:
        if (far := _distance(name, other)) < least:
            best, least = other, far
    return best


def _distance(a: str, b: str) -> int:
    """How many letters are to be added, taken away or changed (Levenshtein 1966)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        before, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            before, row[j + 1] = row[j + 1], min(before + (x != y), row[j] + 1, row[j + 1] + 1)
    return row[-1]
