"""The picture of a figure as a Jupyter widget, which runs the same script as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import ipywidgets
import traitlets

from livefig.controls import controls
from livefig.description import Description
from livefig.page import assets

LINKED = "control_"  # the canvas has one setting for each control, named after it


class Canvas(anywidget.AnyWidget):
    """The picture: an SVG, the figure's description, and one synced setting for every control.

    idle : the sliders that are disabled because they have no effect in the chosen option.
    """

    _esm = assets.widget_script()
    _css = assets.style()
    svg = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    idle = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, svg: str, spec: Description, sliders: Mapping[str, Any]):
        settings = {LINKED + c["name"]: c["setting"] for c in spec["controls"]}
        self.add_traits(**{name: traitlets.Any().tag(sync=True) for name in settings})
        super().__init__(svg=svg, spec=dict(spec), **settings)
        for name, slider in sliders.items():
            ipywidgets.jslink((slider, controls.linked_trait(slider)), (self, LINKED + name))
