"""Figures that stay alive: matplotlib artists that follow ipywidgets, in Jupyter and on a page without Python.

    live        a figure and a function become a widget, whose page needs no Python
    interact    a function that draws, as ipywidgets.interact takes it, on such a page; interactive, without showing it
    Formula     a function that readers type, as a control of live
    iterate     a loop that stays a loop when it is recorded
    odeint, solve_ivp, quad, brentq   as SciPy has them, by steps that can be recorded
    trace       a NumPy function as a tape: a list of operations that runs anywhere
    grad        the gradient of a NumPy function, exact
    ask         a question to the reader, judged on the page; key, its hidden answer
    check       an exercise in code, judged in the notebook; checks, what judges it
    Between     the example of a number with bounds, for trace
    anatomy     a small tape taken apart, for pictures of it

The names are loaded when they are first used: `import livefig` brings NumPy alone, `livefig.live` matplotlib too.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from livefig.asking.ask import ask
    from livefig.asking.check import check, checks
    from livefig.asking.key import key
    from livefig.controls.formulas import Formula
    from livefig.figure.figure import LiveFigure
    from livefig.figure.live import live
    from livefig.program.anatomy import anatomy
    from livefig.program.tape import Between, Tape, grad, trace
    from livefig.redrawing.interact import interact, interactive
    from livefig.steps.loops import iterate
    from livefig.steps.solvers import brentq, odeint, quad, solve_ivp

PUBLIC = {
    "Between": "program.tape",
    "Formula": "controls.formulas",
    "LiveFigure": "figure.figure",
    "Tape": "program.tape",
    "anatomy": "program.anatomy",
    "ask": "asking.ask",
    "brentq": "steps.solvers",
    "check": "asking.check",
    "checks": "asking.check",
    "grad": "program.tape",
    "interact": "redrawing.interact",
    "interactive": "redrawing.interact",
    "iterate": "steps.loops",
    "key": "asking.key",
    "live": "figure.live",
    "odeint": "steps.solvers",
    "quad": "steps.solvers",
    "solve_ivp": "steps.solvers",
    "trace": "program.tape",
}
__all__ = [
    "Between",
    "Formula",
    "LiveFigure",
    "Tape",
    "anatomy",
    "ask",
    "brentq",
    "check",
    "checks",
    "grad",
    "interact",
    "interactive",
    "iterate",
    "key",
    "live",
    "odeint",
    "quad",
    "solve_ivp",
    "trace",
]


def __getattr__(name: str) -> Any:
    if name not in PUBLIC:
        raise AttributeError(f"module 'livefig' has no attribute {name!r}")
    return getattr(import_module(f"livefig.{PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return __all__
