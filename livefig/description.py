"""The description of a figure: Python writes it, Python and the page's script read it. `description.js` is the twin.

FORMAT.md says what every key holds. It is plain JSON: a page has it beside the picture, a notebook in the state of the
figure's widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

FORMAT, VERSION = "livefig-figure", 1
Direction = Literal["x", "y"]


class Description(TypedDict):
    """A figure. Its lists `artists`, `texts` and `values` have the order of the tapes' outputs and of the picture."""

    format: str
    version: int
    id: str
    title: str
    description: str
    readout: list[list[str]]
    axes: list[Axes]
    spaces: list[Space]
    view: list[str] | None
    artists: list[Artist]
    still: list[Still]
    texts: list[list[str]]
    values: list[str]
    controls: list[Control]
    drag: list[str] | None
    time: str | None
    choices: list[list[Any]]
    tapes: list[dict[str, Any]]
    constants: NotRequired[list[Any]]
    links: NotRequired[dict[str, Any]]
    words: dict[str, str]


class Axis(TypedDict):
    """One direction of axes: a value v is at a·S(v) + b; in three dimensions the camera says where."""

    label: str
    scale: str
    low: float
    high: float
    a: NotRequired[float]
    b: NotRequired[float]
    zero: NotRequired[float | None]
    limits: NotRequired[int]
    ends: NotRequired[list[float]]


class Axes(TypedDict):
    box: list[float]
    canvas: list[float]
    x: Axis
    y: Axis
    z: NotRequired[Axis]
    polar: NotRequired[list[list[float]]]
    cut: NotRequired[str]
    space: NotRequired[int]
    matrix: NotRequired[list[list[float]]]


class Space(TypedDict):
    """Three-dimensional axes that turn: where they are seen from, and the box around them."""

    view: list[float]
    camera: Camera
    frame: list[float]
    limits: list[list[float]]
    point: float
    sides: list[Side]


class Camera(TypedDict):
    """What stays as it is when axes turn."""

    roll: float
    distance: float
    zoom: float | None
    world: list[list[float]]
    page: list[list[float]]


class Side(TypedDict):
    """One direction of the box, with its ticks."""

    ticks: list[float]
    pads: list[float]
    reach: list[float]
    pad: float
    rotates: bool


class Artist(TypedDict):
    """What every moving artist has; its painter finds the keys of its kind beside them."""

    kind: str
    name: str
    axes: int | None
    columns: list[str]
    watched: list[tuple[str, list[int]]]


class Still(Artist):
    """An artist of axes that turn, which no control moves; it has the keys of its kind, too."""

    data: list[Any]


class Line(TypedDict):
    joined: bool
    steps: str
    marker: str | None
    every: list[int]
    apart: bool


class Across(TypedDict):
    """A rule or a span."""

    across: Direction
    ends: list[float]


class Points(TypedDict):
    markers: list[str]
    colours: Colours | None
    styles: list[str] | None
    apart: bool


class Colours(TypedDict):
    table: list[str]
    low: float
    high: float
    log: bool


class Piece(TypedDict):
    """An artist of several: a line, or segments of `count` points each."""

    sums: list[list[float]]
    line: Line | None
    count: int
    styles: list[str] | None
    apart: bool


class Segments(TypedDict):
    pieces: list[Piece]


class Arrows(TypedDict):
    unit: list[float]
    width: float
    head: list[float]
    whole: float
    shortest: float
    styles: list[str] | None
    pivot: float


class Arrow(TypedDict):
    corners: list[list[float]]


class Pointer(TypedDict):
    begin: int
    heads: list[str]
    head: list[float]
    pad: float
    shrink: list[float]
    within: list[float] | None


class Bars(TypedDict):
    upright: bool
    sides: list[list[float]]
    bases: list[float]


class Area(TypedDict):
    along: str
    steps: str


class Rectangle(TypedDict):
    angle: float


class Wedge(TypedDict):
    width: float | None


class Image(TypedDict):
    flipped: list[bool]
    fine: list[int]
    colours: Colours


class Contour(TypedDict):
    x: list[float]
    y: list[float]
    levels: list[float] | None
    corners: bool


class Wireframe(TypedDict):
    """A grid in space: x and y are repeated where they have one row or one column."""

    x: list[list[float | None]]
    y: list[list[float | None]]
    down: list[int]
    across: list[int]


class Faced(TypedDict):
    colours: Colours | None
    face: list[float] | None
    light: list[float]


class Surface(Wireframe, Faced):
    pass


class Faces(Faced):
    corners: int


class Ticks(TypedDict):
    """How an axis places its ticks."""

    scale: str
    most: int
    steps: list[float]
    least: int
    at: list[float] | None
    minor: bool


class Ticked(TypedDict):
    """The ticks of one direction: segments across it, words beside it."""

    ticks: Ticks
    segments: list[list[Any]]
    words: list[list[Any]]
    end: list[Any] | None
    powers: list[str]


class Limits(TypedDict):
    first: list[float]
    x: Ticked
    y: Ticked


class Text(TypedDict):
    at: list[float]
    clipped: bool


KINDS: dict[str, type] = {
    "line": Line, "points": Points, "segments": Segments, "arrows": Arrows, "arrow": Arrow, "pointer": Pointer,
    "bars": Bars, "area": Area,
    "rectangle": Rectangle, "wedge": Wedge,
    "image": Image, "contour": Contour, "rule": Across, "span": Across, "text": Text,
    "surface": Surface, "faces": Faces, "wireframe": Wireframe,
    "limits": Limits,
}  # fmt: skip


class Control(TypedDict):
    """A control as it stands: a slider has the keys from `min` on, a choice has `options`, a formula `variables`.

    A slider with `stops` is enumerated: it has so many values.
    """

    name: str
    kind: str
    label: str
    markup: NotRequired[str]
    disabled: bool
    setting: Any
    options: NotRequired[list[str]]
    variables: NotRequired[list[str]]
    min: NotRequired[float]
    max: NotRequired[float]
    step: NotRequired[float]
    base: NotRequired[float | None]
    at: NotRequired[float]
    ends: NotRequired[list[float]]
    low: NotRequired[float]
    high: NotRequired[float]
    format: NotRequired[str]
    whole: NotRequired[bool]
    interval: NotRequired[int]
    repeat: NotRequired[bool]
    stops: NotRequired[int]
    open: NotRequired[bool]


def known(description: Mapping[str, Any]) -> bool:
    """Whether this is the description of a figure, in the version that is read here."""
    return (description.get("format"), description.get("version")) == (FORMAT, VERSION)


def check(description: Mapping[str, Any]) -> None:
    """Raise ValueError for a description that is not `known`."""
    if not known(description):
        raise ValueError(f"this is not the description of a figure of version {VERSION}: make the figure again")
