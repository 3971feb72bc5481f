"""What `live` returns: the author's sliders and the picture that follows them, as one Jupyter widget."""

from __future__ import annotations

import atexit
import base64
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, cast
from weakref import WeakKeyDictionary, ref

import ipywidgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from livefig.artists.base import Moving
from livefig.artists.written import Written
from livefig.controls import controls
from livefig.controls.sliders import recorded
from livefig.description import Description
from livefig.drawing.axes import spaces_of
from livefig.drawing.canvas import PIXELS, drawn_on, frame
from livefig.figure.returned import completed
from livefig.figure.turning import look
from livefig.page.canvas import Canvas
from livefig.page.html import page_html
from livefig.page.state import State, run, settings_of, state_at, tape_of, unheard, views_at

HOW_TO_SEE = (
    'A live figure moves in Jupyter. To see it without, write live(...).save("figure.html"), and open that file in a '
    "browser."
)


def in_notebook() -> bool:
    """Whether outputs go to a notebook; a terminal shows their texts only."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is None or hasattr(shell, "kernel")


def tell_script(caller: FrameType) -> None:
    """At the end of a script that has made figures and saved none, say how to see them."""
    scripts = caller.f_globals.get("__name__") == "__main__" and "__file__" in caller.f_globals
    if scripts and not (sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()):
        atexit.unregister(_tell)
        atexit.register(_tell)


def _tell() -> None:
    if not LiveFigure.saved:
        print(HOW_TO_SEE, file=sys.stderr)


OWNERS: WeakKeyDictionary[Figure, ref[LiveFigure]] = WeakKeyDictionary()
"""The last live figure that was made of a matplotlib figure: it moves the artists, so it alone can draw them."""


class LiveFigure(ipywidgets.VBox):
    """Controls and the picture that follows them. Made by `live`.

    controls : the author's sliders by name.
    canvas : the picture.
    figure, update : the matplotlib figure and the function, as given to `live`.
    moving : the artists that follow them.
    texts : the texts of the figure with fields.
    """

    saved = False  # whether any figure was

    def __init__(
        self,
        figure: Figure,
        update: Callable[..., Any],
        sliders: dict[str, Any],
        canvas: Canvas,
        moving: Mapping[Any, Moving],
        texts: Sequence[Written],
    ):
        self.controls = sliders
        self.canvas = canvas
        self.figure = figure
        self.update = update
        self.moving = moving
        self.texts = texts
        label = f"{max(len(slider.description) for slider in sliders.values()) + 1}ch" if sliders else ""
        for slider in sliders.values():  # ipywidgets would cut labels off; what the author has set stays
            slider.style.description_width = slider.style.description_width or label
            slider.layout.width = slider.layout.width or "min(100%, 34rem)"
        OWNERS[figure] = ref(self)
        super().__init__([*sliders.values(), canvas])
        for name, _ in canvas.spec["choices"]:
            sliders[name].observe(self._disable_idle, names=controls.linked_trait(sliders[name]))
        self._disable_idle()

    def _disable_idle(self, change: Any = None) -> None:
        """Disable the sliders that have no effect in the chosen option, and enable those that have one again."""
        spec, idle = self.spec, set(self.canvas.idle)
        inputs = tape_of(spec, settings_of(spec))["used"]
        used = [*(name.partition("[")[0] for name in inputs), *(spec["view"] or ())]
        for name in [c["name"] for c in spec["controls"] if recorded(c)]:
            slider = self.controls[name]
            if name in idle and name in used:
                slider.disabled = False
                idle.remove(name)
            elif name not in used and not slider.disabled:
                slider.disabled = True
                idle.add(name)
        self.canvas.idle = sorted(idle)

    @property
    def values(self) -> dict[str, Any]:
        """The value of every control."""
        return {name: slider.value for name, slider in self.controls.items()}

    @property
    def spec(self) -> Description:
        """The figure's description with the controls as they stand now."""
        idle, enumerated = self.canvas.idle, [name for name, _ in self.canvas.spec["choices"]]
        now = [controls.control(name, slider.get_state(), idle, enumerated) for name, slider in self.controls.items()]
        return cast(Description, {**self.canvas.spec, "controls": now})

    @property
    def state(self) -> State:
        """What the tape says at the present values: arrays, named values, the sentence under the picture."""
        spec = self.spec
        return state_at(spec, settings_of(spec))

    def set(self, **values: Any) -> None:
        """Set sliders by name: ``figure.set(lr=0.3)``. A slider shown in Jupyter rounds to its step."""
        known = {c["name"]: c for c in self.spec["controls"]}
        for name, value in values.items():
            if name not in known:
                raise TypeError(f"there is no control {name!r}, only {', '.join(known)}")
            controls.check_value(known[name], self.controls[name], value)
        for name, value in values.items():
            self.controls[name].value = value

    def save(self, path: str | Path) -> Path:
        """Write the figure, alive, as one HTML file that needs nothing else. Returns its path.

        A file of that name stays as it was until the new one is whole.
        """
        path = Path(path)
        page = page_html(self.canvas.svg, self.spec)
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.write_text(page, encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        LiveFigure.saved = True
        return path

    def __repr__(self) -> str:
        shown = {name: f"{v:g}" if isinstance(v, float) else repr(v) for name, v in self.values.items()}
        settings = ", ".join(f"{name}={text}" for name, text in shown.items())
        return f"<LiveFigure {self.canvas.spec['title']!r} at {settings}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**kwargs)
        owns = OWNERS[self.figure]() is self
        picture = {"image/png": base64.b64encode(self._png()).decode()} if owns else {}
        said = repr(self) if in_notebook() else f"{self!r}\n{HOW_TO_SEE}"
        return {**bundle, "text/plain": said, **picture}

    def _png(self) -> bytes:
        """The picture at the present values, for places that show neither widgets nor SVG."""
        with unheard():
            result = run(self.update, {n: controls.argument(c) for n, c in self.controls.items()})
        for key, data in completed(result, self.moving, self.canvas.spec["values"], "now").items():
            if not isinstance(key, str):
                self.moving[key].take(data)
        spec, named = self.spec, self.state.named
        for text in self.texts:
            text.say(named)
        for ax, view in zip(spaces_of(self.figure), views_at(spec, settings_of(spec)), strict=False):
            look(ax, *view)
        file = io.BytesIO()
        with drawn_on(self.figure, FigureCanvasAgg):
            self.figure.savefig(
                file, format="png", dpi=PIXELS, facecolor=self.figure.get_facecolor(), metadata={"Software": None},
                bbox_inches=frame(self.figure),
            )  # fmt: skip
        for text in self.texts:
            text.rest()
        return file.getvalue()
