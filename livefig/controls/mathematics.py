"""Mathematics between dollars in labels and titles: TeX as plain words, and as MathML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from livefig.description import Control

DOLLAR = re.compile(r"(?<!\\)\$")
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
VARIANTS = {"varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ", "lambda": "λ", "Lambda": "Λ"}
SYMBOLS = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "propto": "∝", "equiv": "≡", "ll": "≪", "gg": "≫", "in": "∈",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "infty": "∞", "partial": "∂", "nabla": "∇",
    "sum": "∑", "prod": "∏", "int": "∫", "circ": "∘", "degree": "°", "prime": "′", "ell": "ℓ", "hbar": "ℏ", "ast": "∗",
    "langle": "⟨", "rangle": "⟩", "|": "‖", "{": "{", "}": "}", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_",
    "ldots": "…", "dots": "…", "cdots": "⋯", "mid": "|", "perp": "⊥", "left": "", "right": "", "!": "",
}  # fmt: skip
NAMED = "sin cos tan sinh cosh tanh arcsin arccos arctan exp log ln lg min max lim det sup inf arg Re Im dim".split()
SPACES = {",": "\u2009", ":": "\u2005", ";": "\u2005", " ": "\u2005", "quad": "\u2003", "qquad": "\u2003\u2003"}
FONTS = ("mathrm", "mathbf", "mathit", "mathsf", "text", "textrm", "operatorname", "boldsymbol", "rm")
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7"}
OVER = {"hat": "^", "bar": "¯", "tilde": "~", "dot": "˙", "ddot": "¨", "vec": "→"}
LOWER = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
UPPER = dict(zip("0123456789+-−=()in*∗′∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ**′°", strict=True))


class Piece(NamedTuple):
    """A part of a formula, as plain words and as MathML; `long`: whether it needs parentheses beside others."""

    words: str
    markup: str
    long: bool = False


def plain(text: str) -> str:
    r"""A text with its mathematics as plain characters.

    Raises ValueError for a command of TeX that is not understood.

    >>> plain(r"rate $\eta_0$"), plain(r"$T_{max}$ in $m/s^2$"), plain(r"$\frac{1}{2} f_c$"), plain("5 $")
    ('rate η₀', 'Tₘₐₓ in m/s²', '(1/2)f_c', '5 $')
    """
    return _each(text, lambda piece: piece.words, str)


def markup(text: str) -> str:
    r"""The same as HTML, its mathematics as MathML.

    >>> markup(r"a & $x^2$")
    'a &amp; <math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    return _each(text, lambda piece: f"<math>{piece.markup}</math>", escape)


def label_html(control: Control) -> str:
    """The label of a control, as HTML."""
    return control.get("markup", escape(control["label"]))


def _each(text: str, inside: Callable[[Piece], str], outside: Callable[[str], str]) -> str:
    pieces = DOLLAR.split(text)
    if len(pieces) % 2 == 0:  # as in matplotlib, an odd dollar is one
        return outside(text.replace(r"\$", "$"))
    found = [outside(piece.replace(r"\$", "$")) for piece in pieces]
    found[1::2] = [inside(_Reader(piece).row()) for piece in pieces[1::2]]
    return "".join(found)


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, formula: str):
        self.formula = formula
        self.tokens: list[str] = [token for token in TOKEN.findall(formula) if not token.isspace()]

    def row(self, end: str = "") -> Piece:
        """All pieces up to a closing brace, or to the end."""
        pieces: list[Piece] = []
        while self.tokens and self.tokens[0] != end:
            pieces.append(self._scripts(self._piece()))
        if end:
            self._next()
        if len(pieces) == 1:
            return pieces[0]
        return Piece("".join(map(_closed, pieces)), _tag("mrow", *pieces), long=True)

    def _next(self) -> str:
        if not self.tokens:
            raise ValueError(f"${self.formula}$ is no whole formula: something is missing at its end")
        return self.tokens.pop(0)

    def _piece(self) -> Piece:
        token = self._next()
        name = token.removeprefix("\\")
        if token == "{":
            return self.row("}")
        if token in ("}", "^", "_", "\\"):
            raise ValueError(f"${self.formula}$ is no whole formula: there is nothing for its {token}")
        if name == token:
            kind = "mn" if token[0].isdigit() else "mi" if token.isalpha() else "mo"
            sign = {"-": "−", "'": "′", "~": "\u00a0", "*": "∗"}.get(token, token)
            return Piece(sign, f"<{kind}>{escape(sign)}</{kind}>")
        if name in FONTS:
            upright = "".join(self._raw())
            return Piece(upright, f"<mtext>{escape(upright)}</mtext>")
        if name in ACCENTS:
            inner = self._piece()
            words = unicodedata.normalize("NFC", inner.words + ACCENTS[name])
            return Piece(words, f'<mover accent="true">{inner.markup}<mo>{OVER[name]}</mo></mover>')
        if name in ("frac", "dfrac", "tfrac"):
            above, below = self._piece(), self._piece()
            return Piece(f"{_closed(above)}/{_closed(below)}", _tag("mfrac", above, below), long=True)
        if name == "sqrt":
            inner = self._piece()
            return Piece(f"√{_closed(inner)}", _tag("msqrt", inner))
        if name in SPACES:
            return Piece(SPACES[name], f"<mtext>{SPACES[name]}</mtext>")
        if name in NAMED:
            return Piece(name, f"<mi>{name}</mi>")
        if name in SYMBOLS:
            return Piece(SYMBOLS[name], f"<mo>{escape(SYMBOLS[name])}</mo>")
        return Piece(letter := self._greek(name), f"<mi>{letter}</mi>")

    def _greek(self, name: str) -> str:
        if name in VARIANTS:
            return VARIANTS[name]
        case = "CAPITAL" if name[0].isupper() else "SMALL"
        try:
            return unicodedata.lookup(f"GREEK {case} LETTER {name}")
        except KeyError:
            raise ValueError(f"\\{name} is not understood: write the plain characters for it, η or x₀ say") from None

    def _raw(self) -> Iterator[str]:
        """What stands in braces, letter by letter; or one letter."""
        token = self._next()
        if token != "{":
            yield token
            return
        while (token := self._next()) != "}":
            yield SPACES.get(token[1:], token[1:]) if token.startswith("\\") else token

    def _scripts(self, base: Piece) -> Piece:
        """A piece with what stands below and above it."""
        found: dict[str, Piece] = {}
        while self.tokens and self.tokens[0] in "_^":
            sign = self._next()
            found[sign] = self._piece()
        if not found:
            return base
        words = _closed(base)
        for sign, letters in (("_", LOWER), ("^", UPPER)):
            if sign in found:
                script = found[sign].words
                small = all(letter in letters for letter in script)
                other = script if script.isalnum() else _closed(found[sign])
                words += "".join(letters[letter] for letter in script) if small else sign + other
        tag = {"_": "msub", "^": "msup"}.get("".join(found), "msubsup")
        return Piece(words, _tag(tag, base, *(found[sign] for sign in "_^" if sign in found)))


def _tag(name: str, *pieces: Piece) -> str:
    return f"<{name}>{''.join(piece.markup for piece in pieces)}</{name}>"


def _closed(piece: Piece) -> str:
    return f"({piece.words})" if piece.long else piece.words
