"""`ask`: a question to the reader as a Jupyter widget, whose page needs no Python. `ask.js` is the twin."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from livefig.asking import file
from livefig.formulas.grammar import check_variables
from livefig.joined import joined
from livefig.words import ASK_WORDS, FORMULA_WORDS

FORMAT, VERSION = "livefig-ask", 1
HERE = Path(__file__).parent
FORM = '<form class="live-ask"'  # how each begins
KEYED = ("number", "formula", "choice")  # the kinds whose answers stand in keys
HIDDEN = ("step", "points", "known")  # what those say


def style() -> str:
    return (HERE / "ask.css").read_text(encoding="utf-8")


def widget_script() -> str:
    """An ES module for Jupyter."""
    return joined(HERE / "widget.js") + "\nexport default { render };\n"


@cache
def page_script() -> str:
    """A classic script for pages with asks: it works from file:// too."""
    return f'"use strict";(() => {{\n{joined(HERE / "page.js")}\n}})();\n'


class Ask(anywidget.AnyWidget):
    """A question. Made by `ask`; `spec` is its description (FORMAT.md)."""

    _esm = widget_script()
    _css = style()
    spec = traitlets.Dict().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, spec: Mapping[str, Any]):
        super().__init__(spec=dict(spec), html=ask_html(spec), words=ASK_WORDS | FORMULA_WORDS)

    def __repr__(self) -> str:
        return f"<Ask {self.spec['id']!r}: {self.spec['question']}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self)}, metadata


def ask(
    id: str,
    question: str,
    *,
    unit: str = "",
    variables: Sequence[str] = (),
    options: Sequence[str] = (),
    guess: str = "",
    goal: str = "",
    above: float | None = None,
    below: float | None = None,
    figure: str = "",
    at: Mapping[str, Any] | None = None,
    hints: Sequence[str] = (),
    then: str = "",
    solution: str = "",
) -> Ask:
    """Ask the reader for a number; with `variables` for a formula of these; with `options` for one of them; with
    `guess` or `goal` about a figure.

    id : its name, which no other ask of the book has. The answer to a number, a formula or a choice stands in a `key`
        of this id.
    unit : what stands behind the box of a number.
    variables : the names of one to five variables, of which the answer is a formula, in any form that gives its values.
    options : the answers to choose from.
    guess : a value that the sentence under the figure names. It is covered there until the reader has committed a
        guess, or skipped. `at` are values of controls, to which the figure goes then.
    goal : a value that the figure's function returns, which the reader brings `above` or `below` a border, or between
        two; without borders, makes true.
    figure : the `id` of a live figure on the same page, or else its title. Asks of other kinds may link to one.
    hints : what a wrong answer is told: the first one the first hint, the next ones stronger ones.
    then : what to try next, when the answer is right or the guess is made.
    solution : the label of the exercise whose solution is shown after a try, or on wish.
    Returns a widget. On a page it works without Python; so it does in Jupyter without a kernel.
    Raises TypeError or ValueError naming the argument.
    """
    kind = _kind(variables, options, guess, goal)
    spec: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "id": file.checked_id("id", id),
        "kind": kind,
        "question": _text("question", question),
        "variables": _texts("variables", variables),
        "options": _texts("options", options),
        "hints": _texts("hints", hints),
        "unit": unit,
        "figure": figure,
        "value": guess or goal,
        "at": _settings(kind, at),
        "then": then,
        "solution": file.checked_id("solution", solution) if solution else "",
    }
    for name in ("unit", "figure", "then"):
        if not isinstance(spec[name], str):
            raise TypeError(f"{name} must be text, not {spec[name]!r}")
    if kind in ("guess", "goal") and not figure:
        raise TypeError(f"a {kind} is about a figure: write figure='…', its id or its title")
    if kind == "formula":
        check_variables(spec["variables"])
    if kind == "choice" and len({*options}) < max(2, len(options)):
        raise ValueError(f"options must be two or more different answers, not {list(options)!r}")
    spec |= _borders(kind, above, below)
    _note(spec)
    return Ask(spec | _hidden(spec))


def _kind(variables: Sequence[str], options: Sequence[str], guess: str, goal: str) -> str:
    given = {"formula": variables, "choice": options, "guess": guess, "goal": goal}
    kinds = [kind for kind, value in given.items() if value]
    if len(kinds) > 1:
        raise TypeError(f"an ask is one of {', '.join(kinds)}: leave the others out")
    return kinds[0] if kinds else "number"


def _text(argument: str, text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise TypeError(f"{argument} must be a sentence, not {text!r}")
    return text


def _texts(argument: str, texts: Any) -> list[str]:
    if isinstance(texts, str):
        raise TypeError(f"{argument} must be a list of texts: write {argument}=[{texts!r}]")
    return [_text(argument, text) for text in texts]


def _settings(kind: str, at: Any) -> dict[str, Any]:
    if at and kind != "guess":
        raise TypeError(f"at={at!r} is for a guess: the figure goes there when it is made")
    if not isinstance(at or {}, Mapping):
        raise TypeError(f"at must be values of controls, such as {{'lr': 0.2}}, not {at!r}")
    return dict(at or {})


def _borders(kind: str, above: Any, below: Any) -> dict[str, float | None]:
    borders = {"above": above, "below": below}
    for name, border in borders.items():
        if border is not None and kind != "goal":
            raise TypeError(f"{name}={border!r} is for a goal: write goal='…', the value that shall be {name} it")
        if border is not None and not (isinstance(border, (int, float)) and math.isfinite(border)):
            raise TypeError(f"{name} must be a number, not {border!r}")
    return {name: None if border is None else float(border) for name, border in borders.items()}


def _note(spec: Mapping[str, Any]) -> None:
    """What the teacher's table needs of a question stands in the file of answers, too."""
    if file.writing():
        names = ("kind", "question", "variables", "above", "below")
        facts = {name: spec[name] for name in names if spec[name] not in (None, [])}
        file.note(spec["id"], **facts)


def _hidden(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the file knows of the answer."""
    found = file.known(spec["id"]) if spec["kind"] in KEYED else {}
    if "known" in found and found["kind"] != spec["kind"]:
        raise ValueError(f"the key of {spec['id']!r} is that of a {found['kind']}, and the ask is a {spec['kind']}")
    if "known" in found and found.get("variables", []) != spec["variables"]:
        theirs, ours = (", ".join(names) for names in (found["variables"], spec["variables"]))
        raise ValueError(f"the key of {spec['id']!r} is a formula of {theirs}, and the ask wants one of {ours}")
    return {name: found.get(name) for name in HIDDEN}


def ask_html(spec: Mapping[str, Any]) -> str:
    """One `<form>`: the question and what to answer with, disabled until the script wakes it."""
    name, words, kind = f"ask-{spec['id']}", ASK_WORDS, spec["kind"]
    labelled = f'aria-labelledby="{name}-question" aria-describedby="{name}-say"'
    row = ""
    if kind == "choice":
        row = "\n".join(
            f'<label><input type="radio" name="{name}" value="{escape(option)}" disabled> {escape(option)}</label>'
            for option in spec["options"]
        )
        row = f'<div class="ask-options" role="radiogroup" {labelled}>\n{row}\n</div>\n'
    elif kind != "goal":
        unit = f'<span class="ask-unit">{escape(spec["unit"])}</span>' if spec["unit"] else ""
        plain = 'autocomplete="off" autocapitalize="off" spellcheck="false"'
        row = f'<input type="text" {plain} {labelled} disabled>{unit}\n'
    row += _button("submit", "ask-check", words[{"goal": "check_figure", "guess": "commit"}.get(kind, "check")])
    more = {"skip": kind == "guess", "to_figure": bool(spec["figure"]), "solution": bool(spec["solution"])}
    row += "".join(_button("button", f"ask-{word}", words[word]) for word, there in more.items() if there)
    data = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return (
        f'{FORM} id="{name}" data-kind="{kind}" aria-labelledby="{name}-question" novalidate>\n'
        f'<p class="ask-question" id="{name}-question">{escape(spec["question"])}</p>\n'
        f'<div class="ask-row">{row}</div>\n<p class="ask-say" id="{name}-say" role="status"></p>\n'
        f"<noscript><p>{escape(words['no_script'])}</p></noscript>\n"
        f'<script type="application/json">{data.replace("<", chr(92) + "u003c")}</script>\n</form>\n'
    )


def _button(kind: str, name: str, word: str) -> str:
    return f'<button type="{kind}" class="{name}" disabled>{escape(word)}</button>'
