"""How matplotlib draws a figure here: the same for everybody, whatever their settings, and with text as text."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axis import Axis
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox

from livefig.drawing.mathtext import family, tspans

POINTS = 72  # to the inch
PIXELS = 100  # to the inch, of what is drawn in pixels
PADDING = 2  # points around what reaches beyond a figure
MARKUP = "\ue000"  # begins a text that is made of elements
# Settings that say how matplotlib writes files, not how a figure looks.
OF_FILES = ("savefig.", "svg.", "agg.", "path.simplify", "path.snap", "image.composite_image", "text.hinting")
DEFAULTS: dict[Any, Any] = {
    name: value
    for name, value in mpl.rcParamsDefault.items()
    if name.startswith(OF_FILES) and name != "text.hinting_factor"
}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in HTML and SVG


def check_texts(texts: Iterable[str]) -> None:
    """Refuse characters that a page cannot hold: they would end the picture or the page."""
    for text in texts:
        if found := UNWRITABLE.search(text):
            raise ValueError(f"the text {text!r} has the character {found[0]!r}, which no page can hold: leave it out")


@contextmanager
def drawn_on(fig: Figure, canvas: type[FigureCanvasBase], **settings: str) -> Iterator[None]:
    """Give the figure another canvas, and matplotlib its own settings, for a while."""
    before = {name: value for name, value in vars(fig).items() if name in ("canvas", "_original_dpi")}
    with mpl.rc_context(DEFAULTS | settings):
        _forget_settings(fig)
        canvas(fig)
        try:
            yield
        finally:
            vars(fig).update(before)


def _forget_settings(fig: Figure) -> None:
    """Paths remember how they were to be simplified when they were made."""
    for line in fig.findobj(Line2D):
        line.recache(always=True)
    artists: list[Any] = [*fig.findobj(Collection), *fig.findobj(PathPatch)]
    for artist in artists:
        for path in artist.get_paths() if isinstance(artist, Collection) else [artist.get_path()]:
            new = Path(path.vertices, path.codes)
            path.simplify_threshold, path.should_simplify = new.simplify_threshold, new.should_simplify


def frame(fig: Figure, spare: Iterable[Bbox] = ()) -> Bbox:
    """The figure, and what reaches beyond it, in inches: what Jupyter shows is not cut off on a page.

    spare : room for what may come, as matplotlib has windows.
    A text that follows a point may be anywhere: at most the figure becomes three times as wide and as high.
    """
    boxes = fig.bbox_inches, _reach(fig, spare), fig.bbox_inches.expanded(3, 3)
    own, needed, most = (box.get_points() for box in boxes)
    padding = PADDING / POINTS
    low = np.where(needed[0] < own[0], np.maximum(needed[0] - padding, most[0]), own[0])
    high = np.where(needed[1] > own[1], np.minimum(needed[1] + padding, most[1]), own[1])
    return Bbox([low, high])


def _reach(fig: Figure, spare: Iterable[Bbox]) -> Bbox:
    """The box around all that is drawn, in inches. Of axes that are their marks: the box of a space is not seen."""
    grounds = {part for ax in fig.axes for part in (ax, ax.patch)}
    parts = [part for part in fig.get_default_bbox_extra_artists() if part not in grounds]
    for ax in [ax for ax in fig.axes if ax.get_visible()]:
        marks = (Axis, Text) if getattr(ax, "_axis3don", ax.axison) else (Text,)
        parts += [part for part in ax.get_children() if isinstance(part, marks) and part.get_visible()]
    renderer = fig._get_renderer()  # type: ignore[attr-defined] # else texts take that of an earlier canvas
    boxes = [box for part in parts if (box := part.get_tightbbox(renderer)) and (box.width or box.height)]
    boxes = [box for box in boxes if np.isfinite(box.bounds).all()]
    return Bbox.union([fig.bbox, *spare, *boxes]).transformed(fig.dpi_scale_trans.inverted())


class PageCanvas(FigureCanvasSVG):
    """Draws a figure as SVG with the renderer of pages."""

    def print_svg(self, filename: Any, *, metadata: Any = None, **others: Any) -> None:
        binary = isinstance(filename, io.BytesIO)  # when matplotlib only measures
        file = codecs.getwriter("utf-8")(filename) if binary else filename
        width, height = self.figure.get_size_inches()
        page: Any = _PageRenderer(POINTS * width, POINTS * height, file, image_dpi=PIXELS, metadata=metadata)
        renderer: Any = MixedModeRenderer(self.figure, width, height, PIXELS, page)
        self.figure.draw(renderer)
        renderer.finalize()


class _PageRenderer(RendererSVG):
    """Writes text as text, mathematics too where characters can say it; else it draws the outlines of glyphs."""

    def option_image_nocomposite(self) -> bool:
        return True  # each image is a group of its own

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        check_texts([s])  # what a formatter makes is known when it is drawn
        found = prop.copy()
        found.set_family(family(prop))
        spans = tspans(s, found) if ismath else ""
        if spans is None:
            self._draw_outline(gc, x, y, TextPath((0, 0), s, prop=found), angle)
        else:
            super().draw_text(gc, x, y, MARKUP + spans if spans else s, found, angle, False, mtext)

    def _draw_outline(self, gc: Any, x: float, y: float, path: Path, angle: float) -> None:
        plain = self.new_gc()
        plain.copy_properties(gc)
        plain.set_linewidth(0)
        self.writer.start("g", style="fill: #000000")  # else black is not said, and does not follow the theme
        self.draw_path(plain, path, Affine2D().rotate_deg(angle).translate(x, self.height - y), gc.get_rgb())
        self.writer.end("g")
