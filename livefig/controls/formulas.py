"""Formulas that readers type: what a figure says of them, and how they stand on a page. `formulas.js` is the twin.

`formulas/grammar.py` says what can be typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets
import traitlets

from livefig.controls.mathematics import label_html
from livefig.description import Control
from livefig.formulas.function import Function


class Formula(ipywidgets.Text):
    """A function that readers type, as a control of `live`. In `update` it is a callable.

    value : the formula to begin with, in Python's arithmetic: numbers, the variables, + - * / **, parentheses, pi and
        e, and NumPy's sin, cos, tan, exp, log, sqrt, abs, tanh, arctan, maximum, minimum, where, … with or without np.
        Comparisons stand in where(condition, a, b). 2x, x^2, |x|, π, x₀ and the like are understood, too.
    variables : the names of one to five variables.
    kw : what ipywidgets.Text takes, description= for example.

    In `update` call it as f(x0, x1), with numbers or arrays that broadcast together, or as f(x) with one array whose
    last axis are the variables, shape (..., n); f.slope(1, 0) is the function ∂f/∂x0, exact like `grad(f)`, and
    f.gradient(x) has all slopes, shape (..., n). Up to three derivatives can be taken. f.breaks(x) tells where f has a
    kink or a jump. Outside of a figure, `.function` is the callable of the present text.

    While a text is no formula, `good`, the last one that was, stays in force.
    Raises ValueError for a first formula that is none, with the place of the mistake, and for such variables.

    >>> f = Formula("x0**2/20 + x1**2", variables=("x0", "x1"))
    >>> float(f.function(-7, 2))
    6.45
    """

    variables = traitlets.List(traitlets.Unicode()).tag(sync=True)
    good = traitlets.Unicode().tag(sync=True)

    def __init__(self, value: str = "x**2", variables: Sequence[str] = ("x",), **kw: Any):
        given = [variables] if isinstance(variables, str) else list(variables)
        Function(value, tuple(given))
        super().__init__(value=value, variables=given, good=value, **{"continuous_update": False, **kw})
        self.observe(self._keep, "value")

    def _keep(self, change: Any) -> None:
        self.good = in_force(self.get_state(("value", "good", "variables")))

    @property
    def function(self) -> Function:
        """The formula in force, as a function of numbers and arrays."""
        return Function(self.good, tuple(self.variables))


MODELS = {"TextModel": Formula}
TRAIT = "value"


def in_force(state: Mapping[str, Any]) -> str:
    """The text of a box, or the last good one while that is no formula."""
    try:
        return Function(state["value"], tuple(state["variables"])).text
    except ValueError:
        return str(state["good"])


def options(widget: Formula) -> None:
    """Any formula is one."""


def described(name: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """`setting`: the text of the formula in force; `variables`: their names."""
    return {"setting": in_force(state), "variables": list(state["variables"])}


def example(spec: Control) -> Function:
    """The formula, as `trace` wants it."""
    return function(spec, spec["setting"])


def function(spec: Control, text: str) -> Function:
    """A formula that stands in this control, as a function."""
    return Function(text, tuple(spec["variables"]))


def functions(controls: Sequence[Control], settings: Mapping[str, Any]) -> dict[str, Function]:
    """The formulas among some settings, by their names."""
    return {c["name"]: function(c, settings[c["name"]]) for c in controls if "variables" in c}


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """A box, with room for what is wrong and for how Python writes what was typed."""
    label, text = label_html(control), escape(control["setting"])
    return (
        f'<div class="live-control live-formula" data-control="{control["name"]}"><label for="{name}">{label}</label>'
        f'<input type="text" id="{name}" name="{control["name"]}" value="{text}" autocomplete="off" '
        f'autocapitalize="off" spellcheck="false" aria-describedby="{name}_said {name}_python" disabled>'
        f'<span class="live-error" id="{name}_said" role="alert"></span>'
        f'<span class="live-python" id="{name}_python" role="status"></span></div>'
    )
