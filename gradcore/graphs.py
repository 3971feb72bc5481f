"""Computational graphs as pictures. Lines have colours that can be read on white and on black."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcore.landscapes import LINE
from livefig.program.anatomy import Part, anatomy
from livefig.program.tape import Tape

if TYPE_CHECKING:
    from matplotlib.axes import Axes


SYMBOLS = {
    "add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "negative": "−x", "square": "x²", "sqrt": "√",
    "reciprocal": "1/x", "absolute": "|x|", "power": "xʸ", "maximum": "max", "minimum": "min",
}  # fmt: skip
GRADIENT = "#d1495b"
# Of lines in a network, from steeply falling to steeply rising slopes, and what lies between them.
SLOPES = ("#2f6db0", "#9cc3e6", "#b0b0b0", "#efb0a8", "#d1495b")
BORDERS = (-np.inf, -0.1, -0.01, 0.01, 0.1, np.inf)
Node = tuple[str, float, float, str, str]


def computational_graph(tape: Tape, *args: Any, ax: Axes, **kwargs: Any) -> list[Part]:
    """Draw a small tape as a computational graph, from the inputs on the left to the result on the right.

    tape : of a function that returns one number, without loops.
    args, kwargs : the arguments at which it is run, forwards and backwards.
    ax : matplotlib axes, taken over for the picture.
    Returns the parts that were drawn, as `livefig.program.anatomy` gives them. Over each part stands its value,
    under it, in another colour, the gradient of the result with respect to it.
    """
    parts = anatomy(tape, *args, **kwargs)
    places, edges = _layout(parts)
    for edge in edges:
        x, y = np.transpose([places[node] for node in edge])
        ax.plot(x, y, color=LINE, linewidth=1, zorder=1)
        ax.annotate("", (x[-1], y[-1]), (x[-2], y[-2]), arrowprops={"arrowstyle": "-|>", "color": LINE, "shrinkB": 13})
    for part, (x, y) in zip(parts, places, strict=False):
        box = {"boxstyle": "circle,pad=0.3" if part.args else "round,pad=0.3", "facecolor": "white"}
        ax.text(x, y, SYMBOLS.get(part.name, part.name), ha="center", va="center", bbox=box)
        if part.gradient is not None:
            for number, colour, offset in ((part.value, "black", 19), (part.gradient, GRADIENT, -19)):
                ax.annotate(
                    f"{number:.4g}".replace("-", "−"), (x, y), (0, offset), color=colour, textcoords="offset points",
                    ha="center", va="center",
                )  # fmt: skip
    columns, rows = np.transpose(places)
    ax.set(xlim=(columns.min() - 0.5, columns.max() + 0.5), ylim=(rows.min() - 0.7, rows.max() + 0.7))
    ax.set_axis_off()
    return parts


def _layout(parts: Sequence[Part]) -> tuple[list[tuple[float, float]], list[list[int]]]:
    """Places for the parts, then for the bends of long edges; the edges as lists of places.

    Every part stands in a column after its arguments. A long edge gets a place of its own in each column that it
    crosses (Sugiyama, Tagawa and Toda 1981), and the columns are ordered by the mean height of their neighbours.
    """
    column: list[int] = []
    for part in parts:
        column.append(1 + max((column[a] for a in part.args), default=-1))
    for number, part in enumerate(parts):  # an input stands just before what first uses it
        if not part.args:
            column[number] = min((column[i] for i, user in enumerate(parts) if number in user.args), default=1) - 1
    edges = []
    for number, part in enumerate(parts):
        for argument in dict.fromkeys(part.args):
            bends = range(len(column), len(column) + column[number] - column[argument] - 1)
            column += range(column[argument] + 1, column[number])
            edges.append([argument, *bends, number])
    neighbours: list[list[int]] = [[] for _ in column]
    for edge in edges:
        for left, right in pairwise(edge):
            neighbours[left].append(right)
            neighbours[right].append(left)
    height = [-float(i) for i in range(len(column))]
    for _ in range(8):
        for c in sorted(set(column)):
            here = [i for i, at in enumerate(column) if at == c]
            wish = {i: float(np.mean([height[j] for j in neighbours[i] or [i]])) for i in here}
            here.sort(key=lambda i: (-wish[i], i))
            middle = float(np.mean(list(wish.values())))
            for place, i in enumerate(here):
                height[i] = middle + (len(here) - 1) / 2 - place
    return list(zip(map(float, column), height, strict=True)), edges


def draw_graph(ax: Axes, nodes: dict[str, Node], edges: Sequence[Sequence[str]]) -> None:
    """Draw a computational graph by hand, with a place for two numbers beside each node.

    ax : matplotlib axes, taken over for the picture.
    nodes : name -> (label, x, y, value, gradient). The last two are texts, the gradient's in another colour; for a
        live figure they are fields like "{z:.3f}". They stand on the outer side: left of the middle on the left.
    edges : pairs of names, drawn as arrows from the first to the second.
    """
    places = {name: (x, y) for name, (_, x, y, *_) in nodes.items()}
    columns, rows = np.transpose(list(places.values()))
    middle = (columns.min() + columns.max()) / 2
    for start, end in edges:
        arrow = {"arrowstyle": "-|>", "color": LINE, "shrinkA": 12, "shrinkB": 13}
        ax.annotate("", places[end], places[start], arrowprops=arrow)
    inner = {name for _, name in edges}
    for name, (label, x, y, value, gradient) in nodes.items():
        shape = "circle,pad=0.3" if name in inner else "round,pad=0.3"
        box = {"boxstyle": shape, "facecolor": "none", "edgecolor": LINE}
        ax.text(x, y, label, ha="center", va="center", bbox=box)
        side, ha = (-0.35, "right") if x <= middle else (0.35, "left")
        for text, colour, shift in ((value, "black", 0.2), (gradient, GRADIENT, -0.2)):
            if text:
                ax.text(x + side, y + shift, text, color=colour, ha=ha, va="center")
    ax.set(xlim=(columns.min() - 1.3, columns.max() + 1.3), ylim=(rows.min() - 0.6, rows.max() + 0.6))
    ax.set_axis_off()


def draw_network(ax: Axes, layers: Sequence[Sequence[str]]) -> Callable[..., dict[Any, Any]]:
    """Draw a network as circles and lines, from the inputs on the left to the outputs on the right.

    ax : matplotlib axes, taken over for the picture.
    layers : for each layer what stands in its circles, from top to bottom.
    Returns a function of a list of weights and a list of slopes, an array (n, m) each for every pair of neighbouring
    layers. It gives what a live figure's function returns for the lines: a line is as thick as its weight is large, up
    to 4. It is red where the slope is positive and blue where it is negative: pale from 0.01 on, strong from 0.1 on.

    >>> import matplotlib.pyplot as plt
    >>> lines = draw_network(plt.subplots()[1], [["x₀", "x₁"], ["a₀", "a₁", "a₂"]])
    >>> [data.shape for data in lines([np.ones((2, 3))], [np.ones((2, 3))]).values()]
    [(18, 3), (18, 3), (18, 3), (18, 3), (18, 3)]
    """
    heights = [(len(names) - 1) / 2 - np.arange(len(names)) for names in layers]
    for x, (names, ys) in enumerate(zip(layers, heights, strict=True)):
        ax.plot(np.full(len(ys), x), ys, "o", markersize=24, color="white", markeredgecolor=LINE, zorder=3)
        for name, y in zip(names, ys, strict=True):
            ax.text(x, y, name, ha="center", va="center", zorder=4)
    kinds = [ax.fill_between([0, 1], 0, 0, color=colour, linewidth=0) for colour in SLOPES]
    for kind, (low, high) in zip(kinds, pairwise(BORDERS), strict=True):
        kind.set_label(f"slopes from {low:g} to {high:g}")
    tallest = max(map(len, layers)) / 2
    ax.set(xlim=(-0.3, len(layers) - 0.7), ylim=(-tallest, tallest))
    ax.set_axis_off()
    ends = [np.stack(np.broadcast_arrays(a[:, None], b[None]), axis=-1) for a, b in pairwise(heights)]
    place = np.concatenate([np.tile([x, x + 1.0, np.nan], end.size // 2) for x, end in enumerate(ends)])
    middle = np.concatenate([np.pad(end.reshape(-1, 2), ((0, 0), (0, 1))).ravel() for end in ends])

    def lines(weights: Sequence[Any], slopes: Sequence[Any]) -> dict[Any, Any]:
        weight, slope = (
            np.concatenate([np.repeat(np.reshape(values, -1), 3) for values in arrays]) for arrays in (weights, slopes)
        )
        half = 0.012 + 0.04 * np.minimum(np.abs(weight), 4.0)
        data = {}
        for kind, (low, high) in zip(kinds, pairwise(BORDERS), strict=True):
            shown = np.where((slope >= low) & (slope < high), place, np.nan)
            data[kind] = np.stack([shown, middle - half, middle + half], axis=-1)
        return data

    return lines
