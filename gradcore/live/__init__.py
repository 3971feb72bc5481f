"""Live figures: matplotlib artists that follow ipywidgets sliders, in Jupyter and on a page without Python."""

from gradcore.live.build import live
from gradcore.live.figure import LiveFigure

__all__ = ["LiveFigure", "live"]
