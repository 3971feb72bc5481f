"""`interact`: a function that draws anew at each move, as a live figure."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial, reduce
from typing import Any

from IPython.display import display
from matplotlib.figure import Figure

from livefig.controls.options import checked_stops, sorted_keywords, without_fixed
from livefig.figure.enumerated import Settings
from livefig.figure.figure import LiveFigure, tell_script
from livefig.redrawing.compare import Comparing
from livefig.redrawing.drawing import Drawing

SPOKEN = {  # what live says of the function of its authors, and what is said here
    "let update return its data, too": "set the limits, with ax.set_xlim and ax.set_ylim",
    "update then runs": "the function then runs",
    "while update is recorded": "while the function is recorded",
    "update takes": "the function takes",
    "update must return data for at least one artist of fig": "nothing that the function draws follows a control",
}


def interact(draw: Any = None, /, **kw: Any) -> Any:
    """Show what `interactive` makes of a function, and return the function, as `ipywidgets.interact` does.

    Its `widget` is the LiveFigure. `@interact(a=(0, 5))` above a function does the same.
    """
    if draw is None:
        return partial(interact, **kw)
    figure = interactive(draw, **kw)
    tell_script(sys._getframe(1))
    display(figure)  # type: ignore[no-untyped-call]
    try:
        draw.widget = figure
    except AttributeError:  # a method has no attributes of its own
        draw = partial(draw)
        draw.widget = figure
    return draw


def interactive(draw: Callable[..., Any], /, **kw: Any) -> LiveFigure:
    """A function that draws anew at each move, as a live figure, on a page without Python, too.

    draw : takes the controls by name, makes one figure with matplotlib, or draws in one that is there, and draws all
        of it. The numbers that it writes into texts follow; what it prints becomes the sentence under the picture.
        It is watched while it draws, once for each combination of options. The data that it gives to matplotlib's
        calls, or to set_data, are those of a figure of `live`; where limits are not set, they follow as matplotlib
        finds them. A line that cannot be recorded is recorded as live would advise, `max(a, 0)` as
        `np.maximum(a, 0)`; below an `if` that only draws, nothing is seen where the condition does not hold; and what
        has words or a colour that a condition chooses, or another look at another option, is drawn with each. Sliders
        over which all of this does not do move from stop to stop.
    kw : the controls, as ipywidgets.interact takes them: (0, 5), (0.0, 5.0, 0.1), ["a", "b"], True, or a widget; by
        default those of the arguments of `draw`. Also the options of `live`, if `draw` has no such argument.
    Returns a LiveFigure.
    Raises TypeError or ValueError where a page would not show what the function draws: it draws every state that live
    tries, as it is written, and each of these pictures is compared.
    """
    if not callable(draw):
        raise TypeError(f"draw must be a function that draws, not {draw!r}")
    draw, given = without_fixed(draw, {**_defaults(draw), **kw})
    widgets, options = sorted_keywords(Figure(), draw, given)
    try:
        drawing = Drawing(draw, widgets, Settings(widgets, checked_stops(options.get("stops", ()), widgets)))
        return Comparing(drawing).made({"readout": drawing.readout, "view": drawing.view, **options})
    except (TypeError, ValueError) as error:
        if error.args and isinstance(error.args[0], str):
            error.args = (reduce(lambda text, both: text.replace(*both), SPOKEN.items(), error.args[0]),)
        raise


def _defaults(draw: Callable[..., Any]) -> dict[str, Any]:
    """The defaults of a function's arguments, of which ipywidgets.interact makes controls."""
    parameters = inspect.signature(draw).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty and not isinstance(p.default, str)}
