"""Figures of every kind of moving artist, as authors would write them. Each function makes one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import (
    BoundedFloatText,
    Checkbox,
    Dropdown,
    FloatLogSlider,
    FloatSlider,
    IntSlider,
    RadioButtons,
    SelectionSlider,
    ToggleButton,
)
from matplotlib.collections import LineCollection
from matplotlib.colors import LogNorm
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Rectangle, Wedge
from scipy.stats import norm

from gradcore import bowl, grad, gradient_descent, himmelblau, iterate
from livefig.controls.formulas import Formula
from livefig.figure.figure import LiveFigure
from livefig.figure.live import live


def arrows_and_words() -> LiveFigure:
    """A point to drag, the gradient there as an arrow, an annotation, a title with numbers."""
    fig, ax = plt.subplots(figsize=(4.5, 3.4), layout="constrained")
    bowl.contour(ax)
    ax.set_title("∇f = ({g0:+.2f}, {g1:+.2f})")
    arrow = ax.quiver([0], [0], [1], [1], angles="xy", scale_units="xy", scale=1, color="C3", label="gradient")
    to_the_point = {"textcoords": "offset points", "arrowprops": {"arrowstyle": "->"}}
    note = ax.annotate("f = {height:.2f}", (0, 0), (12, 12), **to_the_point)
    field = ax.quiver(np.zeros(3), np.zeros(3), np.ones(3), np.ones(3), color="C2", alpha=0.7, scale=30)
    corner = ax.text(-9, 4, "here", ha="left")

    def update(x0, x1):
        point = np.stack([x0, x1])
        slope = np.stack([x0 / 10, 2 * x1])
        rows = np.stack([point + np.array([k, 0.0]) for k in (1, 2, 3)])
        return {
            arrow: np.concatenate([point, slope])[None, :],
            note: point,
            field: np.concatenate([rows, -rows * np.array([0.1, 2.0])], axis=1),
            corner: np.stack([x0 - 2, 2 * x1]),
            "height": bowl(point),
            "g0": slope[0],
            "g1": slope[1],
        }

    return live(
        fig, update, x0=FloatSlider(value=-5, min=-10, max=10, description="x₀"),
        x1=FloatSlider(value=1.5, min=-5, max=5, description="x₁"), title="Arrows and words", drag=("x0", "x1"),
    )  # fmt: skip


def scatters() -> LiveFigure:
    """Points whose colours go through a colormap, points of several sizes, a log axis."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    rng = np.random.default_rng(3)
    x, noise = np.sort(rng.uniform(0, 1, 40)), rng.normal(size=40)
    cloud = left.scatter(x, x, c=x, cmap="viridis", vmin=0, vmax=1, label="residual")
    left.set(xlim=(0, 1), ylim=(-1, 2), xlabel="x", ylabel="y")
    sizes = right.scatter([1, 10, 100], [1, 2, 3], s=[10, 40, 120], marker="s", facecolors="none", edgecolors="C1")
    right.set(xlim=(1, 1000), ylim=(0, 5), xscale="log", xlabel="n")
    logs = right.scatter([1.0], [1.0], c=[1.0], norm=LogNorm(1, 100), marker="^")

    def update(a, spread):
        y = a * x + spread * noise
        return {
            cloud: np.stack([x, y, np.abs(y - x)], axis=-1),
            sizes: np.stack([10.0 ** np.arange(3) * (1 + spread), np.array([1.0, 2.0, 3.0]) * a], axis=-1),
            logs: np.stack([1 + 500 * spread, 4 * a, np.exp(5 * spread)])[None, :],
        }

    return live(
        fig, update, a=FloatSlider(value=0.7, min=-1, max=2), spread=FloatSlider(value=0.2, min=0, max=1),
        title="Scatters", description="Two clouds of points",
    )  # fmt: skip


def bars_and_areas() -> LiveFigure:
    """Bars, lying bars, an area between curves, a polygon, rules and bands."""
    fig, axes = plt.subplots(2, 2, figsize=(6, 4.5), layout="constrained")
    (one, two), (three, four) = axes
    upright = one.bar(["a", "b", "c"], [1, 2, 3], color=["C0", "C1", "C2"])
    one.set(ylim=(0, 1), ylabel="share")
    lying = two.barh([0, 1], [1, 2], left=[0.5, 0], edgecolor="k")
    two.set(xlim=(-2, 3))
    t = np.linspace(0, 6, 80)
    area = three.fill_between(t, t, 0, alpha=0.4, label="under the wave")
    low, high = three.axhline(0, color="C3", ls="--"), three.axvline(1)
    three.set(xlim=(0, 6), ylim=(-2, 2), xlabel="t")
    (triangle,) = four.fill([0, 1, 0], [0, 0, 1], color="C4")
    band, floor = four.axvspan(0, 1, alpha=0.2), four.axhspan(0, 0.5, color="C5", alpha=0.3)
    four.set(xlim=(-1, 3), ylim=(3, -1))

    def update(a, b):
        weights = np.exp(np.array([0.0, 1.0, 2.0]) * a)
        return {
            upright: weights / weights.sum(),
            lying: np.stack([np.stack([0.3 * b, a]), np.stack([a, -b])]),
            area: np.stack([t, a * np.sin(b * t), 0 * t], axis=-1),
            low: a,
            high: 2 * b,
            triangle: np.stack([np.stack([a, b]), np.stack([b, a]), np.stack([a + b, 0.0])]),
            band: np.stack([a, a + b]),
            floor: np.stack([b, 1.5 * b]),
        }

    return live(
        fig, update, a=FloatSlider(value=1, min=-2, max=2), b=FloatSlider(value=1, min=0, max=3),
        title="Bars and areas",
    )  # fmt: skip


def three_dimensions() -> LiveFigure:
    """A path on a surface in pixels, with a fixed camera; points and a text in space."""
    fig = plt.figure(figsize=(4.5, 4))
    ax = fig.add_subplot(projection="3d", computed_zorder=False)
    u, v = np.meshgrid(np.linspace(-6, 6, 25), np.linspace(-4, 4, 25))
    ax.plot_surface(u, v, bowl(np.stack([u, v], axis=-1)), cmap="viridis", alpha=0.5, rasterized=True)
    (path,) = ax.plot([0], [0], [0], "o-", color="C3", label="descent")
    dots = ax.scatter([0], [0], [0], c=[0.0], vmin=0, vmax=20, depthshade=False)
    word = ax.text(0, 0, 0, "start")
    ax.set(xlim=(-6, 6), ylim=(-4, 4), zlim=(0, 20), xlabel="x₀", ylabel="x₁", zlabel="f")

    def update(lr, x0, x1):
        run = gradient_descent(bowl, [x0, x1], lr, 25)
        heights = bowl(run.history)
        points = np.concatenate([run.history, heights[:, None]], axis=1)
        return {path: points, dots: np.concatenate([points, heights[:, None]], axis=1), word: points[0]}

    return live(
        fig, update, lr=FloatLogSlider(value=0.1, min=-3, max=0.1), x0=FloatSlider(value=-5, min=-6, max=6),
        x1=FloatSlider(value=3, min=-4, max=4), title="A path in space", view=False,
    )  # fmt: skip


def surfaces() -> LiveFigure:
    """A shaded surface over a bent grid, a wireframe with holes, segments and two triangles; two sliders turn them."""
    fig = plt.figure(figsize=(4.5, 3))
    left, right = (fig.add_subplot(1, 2, k, projection="3d", zlim=(-2, 2)) for k in (1, 2))
    right.set_proj_type("ortho")
    r, turn = np.meshgrid(np.linspace(0.2, 2, 6), np.linspace(0, 2 * np.pi, 10))
    u, v = r * np.cos(turn), r * np.sin(turn)
    surface = left.plot_surface(u, v, u * v / 4, edgecolor="k", linewidth=0.4)
    x, y = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-1, 1, 7))
    wires = right.plot_wireframe(x, y, x * y, rstride=2, cstride=3, color="C1")
    strokes = left.quiver([0, 1], [0, 1], [0, 1], [1, -1], [1, 0], [0, 1], color="C3")
    left.computed_zorder = right.computed_zorder = False
    ends = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    halves = [[0, 1, 2], [0, 2, 3]]
    folded = right.plot_trisurf(*ends.T, [1.0, 0.0, 1.0, 0.5], triangles=halves, color="C2")

    def update(a, azim, elev):
        return {
            surface: a * u * v / 4, wires: np.where((x > 0.5) & (y > 0), np.nan, a * x * y), "slope": a,
            folded: np.column_stack([ends, a * np.array([1.0, 0.0, 1.0, 0.5])])[halves],
            strokes: np.stack([np.zeros((2, 3)), a * np.array([[1.0, 1.0, 1.0], [1.0, -1.0, 0.5]])], axis=1),
        }  # fmt: skip

    return live(
        fig, update, view=("azim", "elev"), a=FloatSlider(value=1, min=-1, max=1),
        azim=FloatSlider(value=-60, min=-180, max=180), elev=FloatSlider(value=30, min=-90, max=90),
        title="Surfaces", description="A saddle, twice", readout="Its slope is {slope:.2f}.",
    )  # fmt: skip


def choosing_a_landscape() -> LiveFigure:
    """Contours that are shown for the landscape that is chosen, and a path of as many steps as one wants."""
    fig, ax = plt.subplots(figsize=(4.5, 3.6), layout="constrained")
    lines = {"a bowl": bowl.contour(ax), "Himmelblau": himmelblau.contour(ax)}
    landscapes = {"a bowl": bowl, "Himmelblau": himmelblau}
    ax.set(xlim=(-6, 6), ylim=(-6, 6), title="{f}, {n:d} steps")
    path = ax.scatter([], [], c=[], cmap="plasma", vmin=0, vmax=50, s=12, label="descent")
    best = ax.axvline(0, ls=":")

    def update(f, lr, n, mark):
        run = gradient_descent(landscapes[f], [-4.0, 3.0], lr, n)
        shown = {contour: name == f for name, contour in lines.items()}
        colours = np.arange(len(run.history))
        return {path: np.column_stack([run.history, colours]), **shown, best: run.x[0] if mark else np.nan}

    return live(
        fig, update, f=Dropdown(options=list(landscapes), value="Himmelblau"),
        lr=FloatLogSlider(value=0.01, min=-3, max=0), n=IntSlider(value=20, min=0, max=60),
        mark=Checkbox(value=True, description="mark the end"), title="Choosing a landscape",
    )  # fmt: skip


def coming_and_going() -> LiveFigure:
    """What options hide: by an `if` that leaves it out, None, False, or an array without numbers."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained", subplot_kw={"ylim": (-2, 2)})
    x = np.linspace(-2, 2, 15)
    u, v = np.meshgrid(x, x)
    (curve,) = left.plot([], [], label="curve")
    dots, word = left.scatter([], [], c=[], vmin=-2, vmax=2), left.text(0, 0, "top")
    area, rule, box = left.fill_between(x, x, 0, alpha=0.3), left.axhline(0, color="C3"), left.axvspan(0, 1, color="C4")
    (triangle,), bars = left.fill([0, 1, 1], [0, 0, 1], color="C2"), left.bar([-1, 1], [1, 1], alpha=0.4)
    field = right.imshow(u, extent=(-2, 2, -2, 2), origin="lower", vmin=-2, vmax=2)
    lines = right.contour(x, x, u + v, [-1, 0, 1], colors="k")
    arrows = right.quiver(x, 0 * x, x, x, angles="xy", scale_units="xy", scale=1)

    def update(show, a):
        found = {curve: np.column_stack([x, a * np.sin(x)])}
        if show != "a field":
            found |= {dots: np.column_stack([x, a * x, x]), bars: np.stack([a, -a]), word: np.stack([0.0, a])}
        if show == "everything":
            found |= {lines: a * u + v, arrows: np.column_stack([x, a * x, x / 9, x / 9])}
        everything = show == "everything"
        return found | {
            area: np.column_stack([x, a * x, 0 * x]) if everything else [], rule: a if everything else None,
            box: np.stack([a, 2 * a]) if everything else np.zeros((0, 2)),
            triangle: np.stack([np.stack([a, 0.0]), np.stack([0.0, a]), np.stack([a, a])]) if everything else [[], []],
            field: a * u * v if show != "a curve" else False, "top": a if everything else None,
        }  # fmt: skip

    return live(
        fig, update, show=Dropdown(options=["a curve", "a field", "everything"]),
        a=FloatSlider(value=0.9, min=-1, max=1), title="Coming and going",
        readout={"top": "The top is at {top:.2f}.", "": "There is no top."},
    )  # fmt: skip


def calls_with_rows() -> LiveFigure:
    """What several artists are made of by one call: segments, stems, error bars; and curves of a collection."""
    fig, axes = plt.subplots(2, 2, figsize=(5, 4), layout="constrained", subplot_kw={"xlim": (0, 1), "ylim": (-1, 1)})
    (one, two), (three, four) = axes
    x = np.linspace(0.1, 0.9, 7)
    upright = one.vlines(x, 0, 1, colors=["C0", "C3"], linewidths=3, label="drops")
    lying = one.hlines([0.1, 0.2], 0, [0.5, 1], linestyles="--")
    stems = two.stem(x, x, label="samples")
    bars = three.errorbar(x, x, 0.1, 0.05, fmt="o", capsize=4)
    curves = four.add_collection(LineCollection([], color="C2", alpha=0.5, linewidths=4))

    def update(a, n):
        t = np.linspace(0, 1, n)
        return {
            upright: np.column_stack([x, 0 * x, a * np.sin(5 * x)]), stems: np.column_stack([t, a * np.cos(9 * t)]),
            lying: np.stack([np.stack([a, 0.0, 0.5]), np.stack([-a, 0.2, a])]),
            bars: np.column_stack([x, a * x, 0.2 * x + 0.1 * a, 0.1 - 0.1 * x]),
            curves: np.stack([np.column_stack([x, a * x**k]) for k in range(3)]),
        }  # fmt: skip

    return live(
        fig, update, a=FloatSlider(value=0.5, min=-1, max=1), n=IntSlider(value=5, min=2, max=9),
        title="Calls with rows", description="Segments, stems, error bars and curves",
    )  # fmt: skip


def shapes_and_arrows() -> LiveFigure:
    """Circles, an ellipse, rectangles, a wedge and a ring; arrows with two ends; on axes of equal scales."""
    fig, ax = plt.subplots(figsize=(4, 3), layout="constrained")
    ax.set(xlim=(-2, 2), ylim=(-1.5, 1.5), aspect="equal")
    patches = [
        Circle((0, 0), 1, fill=False, ls="--", label="circle of one"), Ellipse((0, 0), 1, 2, color="C0", alpha=0.4),
        Rectangle((0, 0), 1, 1, angle=20, color="C1"), Wedge((0, 0), 1, 0, 90, color="C2"),
        Wedge((0, 0), 1, 0, 90, width=0.3, color="C3"),
    ]  # fmt: skip
    circle, ellipse, rectangle, wedge, ring = map(ax.add_patch, patches)
    arrow = ax.arrow(0, 0, 1, 1, width=0.05, color="C4")
    pointer = ax.add_patch(FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", mutation_scale=15))
    note = ax.annotate("", (0, 0), (1, 1), arrowprops={"arrowstyle": "<->"})

    def update(turn, r):
        x, y = r * np.cos(np.deg2rad(turn)), r * np.sin(np.deg2rad(turn))
        return {
            circle: np.stack([0.0, 0.0, r]), ellipse: np.stack([x, y, 0.3, 0.6, turn]),
            wedge: np.stack([1, -1, 0.4, 0, turn]), rectangle: np.stack([-1.8, -1.2, r, 0.3]),
            ring: np.stack([-1.2, 1.0, 0.4, turn, 270]),
            arrow: np.stack([0.0, 0.0, x, y]), pointer: np.stack([0.0, 0.0, x, 0.0]), note: np.stack([x, y, x, 0.0]),
        }  # fmt: skip

    return live(
        fig, update, turn=FloatSlider(value=40, min=0, max=360), r=FloatSlider(value=1, min=0.2, max=1.4),
        title="Shapes and arrows", description="A point on a circle, and its coordinates",
    )  # fmt: skip


def growth() -> LiveFigure:
    """A curve that leaves its picture and stops being finite, on a logarithmic axis."""
    fig, ax = plt.subplots(figsize=(4, 3), layout="constrained")
    (curve,) = ax.semilogy([1, 2], [1, 2], label="growth")
    ax.set(xlim=(0, 30), ylim=(1e-3, 1e3))
    hint = ax.text(15, 1, "{last:.3g}", ha="center")

    def update(q, n):
        x = iterate(lambda x: x * x * q, 1.0, n)
        return {curve: np.stack([np.arange(len(x)), x], axis=-1), hint: np.stack([15.0, q]), "last": x[-1]}

    return live(
        fig, update, q=FloatSlider(value=0.9, min=0.1, max=2), n=IntSlider(value=10, min=1, max=30), title="Growth",
    )  # fmt: skip


def fields() -> LiveFigure:
    """An image, a smooth one with gaps, a mesh in decades; colours of its own where a colormap ends; a line over it."""
    fig, (left, middle, right) = plt.subplots(1, 3, figsize=(6.6, 2.6), layout="constrained")
    x, y = np.meshgrid(np.linspace(-2, 2, 12), np.linspace(-2, 2, 10))
    ends = plt.get_cmap("coolwarm").with_extremes(under="k", over="C2", bad="0.5")
    image = left.imshow(x * y, origin="lower", extent=(-2, 2, -2, 2), vmin=0, vmax=1, label="output")
    border = left.axvline(0, color="C3")
    smooth = middle.imshow(x * y, interpolation="bilinear", cmap=ends, vmin=-2, vmax=2, alpha=0.8)
    mesh = right.pcolormesh(x, y, np.ones_like(x), norm=LogNorm(0.1, 10), cmap="magma")

    def update(a, b):
        slope = a * x + b * y
        return {
            image: 1 / (1 + np.exp(-2 * slope)), border: b, smooth: np.where((x > 1.5) & (y > 1), np.nan, a * x * y),
            mesh: np.exp(slope), "height": slope[0, 0],
        }  # fmt: skip

    return live(
        fig, update, a=FloatSlider(value=1, min=-2, max=2), b=FloatSlider(value=0.5, min=-2, max=2), title="Fields",
        description="Three fields of colours", readout="In the corner it is {height:.2f}.",
    )  # fmt: skip


def contours() -> LiveFigure:
    """Contour lines in one colour and through a colormap, dashed below zero, with a hole, on uneven grids."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    x, y = np.linspace(-2, 2, 14), np.linspace(-1, 3, 12)
    u, v = np.meshgrid(x, y)
    valley = left.contour(
        x, y, (1 - u) ** 2 + 5 * (v - u**2) ** 2, levels=[1, 5, 20, 60, 1e9], colors="C0", linewidths=2
    )
    t, s = np.linspace(-1, 1, 11) ** 3, np.geomspace(0.1, 10, 10)
    right.set_yscale("log")
    waves = right.contour(t, s, np.outer(np.log10(s), t), 5, cmap="plasma", linewidths=[1, 2])

    def update(a, b):
        hole = np.where((u > 0.5) & (v > 1.5), np.nan, 0)
        return {
            valley: np.square(a - u) + b * np.square(v - u * u) + hole,
            waves: np.outer(np.log10(s), t) * a + b / 9 * t * t, "height": a * a,
        }  # fmt: skip

    return live(
        fig, update, a=FloatSlider(value=1, min=-2, max=2), b=FloatSlider(value=5, min=0, max=9), title="Contours",
        description="A valley and waves", readout="At the origin it is {height:.2f}.",
    )  # fmt: skip


def stops() -> LiveFigure:
    """Sliders that move from stop to stop: a number of terms, and a width for a function of SciPy."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    x = np.linspace(-np.pi, np.pi, 81)
    (wave,) = left.plot(x, x)
    (bell,) = right.plot(x, norm.pdf(x))
    (knots,) = right.plot([0, 1], [0, 0], "o")
    right.set_ylim(-0.1, 1)

    def update(terms, height, width):
        sines = [np.sin((2 * k + 1) * x) / (2 * k + 1) for k in range(terms)]
        return {
            wave: np.column_stack([x, height * sum(sines)]),
            bell: np.column_stack([x, norm.pdf(x, scale=width)]),
            knots: np.column_stack([np.linspace(-3, 3, terms + 1), np.zeros(terms + 1)]),
            "parts": terms + 0.5,
        }

    return live(
        fig, update, terms=IntSlider(value=3, min=1, max=5), height=FloatSlider(value=1, min=-1, max=1),
        width=FloatLogSlider(value=1, min=-0.4, max=0.45, step=0.2), stops="width", title="Stops",
        description="A sum of sines and a bell", readout="{terms:d} terms, {parts:.1f}, as wide as {width:.3f}.",
    )  # fmt: skip


def levels_that_follow() -> LiveFigure:
    """A valley cut at levels around a height; where they do not increase, or nothing reaches them, there is no line."""
    fig, ax = plt.subplots(figsize=(4, 3), layout="constrained")
    x = np.linspace(-2, 2, 14)
    u, v = np.meshgrid(x, x)
    lines = ax.contour(x, x, u * u + v * v, [0.5, 1, 2], colors=["C0", "C1", "C3"], linewidths=[1, 2, 3])

    def update(a, apart):
        return {lines: (u * u + v * v * a * a, 3 * a - 2 + apart * np.arange(3.0)), "lowest": 3 * a - 2}

    return live(
        fig, update, a=FloatSlider(value=1, min=-2, max=2), apart=FloatSlider(value=1, min=-1, max=9),
        title="Levels that follow", readout="The lowest level is {lowest:.1f}.",
    )  # fmt: skip


def limits_that_follow() -> LiveFigure:
    """A parabola seen closer and closer, beside decades that grow; an axis that turns round; a width that may be 0."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    left.grid(True)
    left.set(xlabel="x", ylabel="height")
    right.set(yscale="log", ylabel="decades")
    t = np.linspace(-1, 1, 41)
    (curve,) = left.plot(t, t * t, label="parabola")
    dot = left.axvline(0, ls=":")
    left.text(0.02, 0.9, "closer", transform=left.transAxes)
    (growth,) = right.plot([0, 1], [1, 10], "o-")

    def update(width, steep):
        u = width * t
        heights = 10 ** (steep * np.linspace(0, 1, 6))
        return {
            left: ((1 - width, 1 + width), (1 - 3 * width, 1 + 3 * width)),
            curve: np.stack([1 + u, (1 + u) ** 2], axis=-1), dot: 1.0,
            right: ((0, 5), (heights[0] / 2, 2 * heights[-1])), growth: np.stack([np.arange(6), heights], axis=-1),
        }  # fmt: skip

    return live(
        fig, update, width=FloatSlider(value=0.8, min=-1, max=1, step=0.01),
        steep=FloatSlider(value=2, min=0, max=12), title="Limits that follow", drag=("width", "steep"),
        description="A parabola seen closer, and decades",
    )  # fmt: skip


def formulas() -> LiveFigure:
    """Functions that readers type: a curve and its slope; a field of colours, and a walk down in it."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    x = np.linspace(-3, 3, 31)
    curve, slope = left.plot(x, x, x, x)
    u, v = np.meshgrid(np.linspace(-3, 3, 15), np.linspace(-3, 3, 13))
    heights = right.imshow(u, origin="lower", extent=(-3, 3, -3, 3), vmin=-2, vmax=8)
    (path,) = right.plot([0], [0], "o-", color="C3", label="walk")

    def update(f, g, x0, n):
        walk = iterate(lambda p: p - 0.1 * grad(g)(p), np.stack([x0, 1.0]), n)
        return {
            curve: np.column_stack([x, f(x)]), slope: np.column_stack([x, f.slope(1)(x)]), heights: g(u, v), path: walk,
            "height": f(x0),
        }  # fmt: skip

    return live(
        fig, update, f=Formula("sin(x)", description="f(x)"), g=Formula("x0**2/20 + x1**2", ("x0", "x1")),
        x0=FloatSlider(value=-2, min=-3, max=3), n=IntSlider(value=5, min=0, max=10), title="Formulas",
        readout="At x₀ the function {f} is {height:.3g}.",
    )  # fmt: skip


def more_controls() -> LiveFigure:
    """Radio buttons, a slider of options, a bounded number, a button that stays pressed, and interact's short forms."""
    fig, ax = plt.subplots(figsize=(4, 3), layout="constrained")
    x = np.linspace(0, 6, 41)
    (line,) = ax.plot(x, x)
    ax.set(ylim=(-4, 4))

    def update(kind, height, shift, turned, n, half, power=2):
        y = {"sine": np.sin, "cosine": np.cos}[kind](n * x + shift)
        return {line: np.column_stack([x, height * y * np.where(turned, -1, 1) ** power * half])}

    return live(
        fig, update, kind=RadioButtons(options=["sine", "cosine"]), turned=ToggleButton(description="turned round"),
        height=SelectionSlider(options=[("low", 0.5), ("middle", 1.0), ("high", 2.5)], index=1), n=(1, 4),
        shift=BoundedFloatText(value=0.5, min=0, max=3), half=(0.5, 1.0, 0.25), power=[1, 2], title="More controls",
        readout="{kind} of {height} height, {n:d} times.",
    )  # fmt: skip


GALLERY = (
    arrows_and_words, scatters, bars_and_areas, three_dimensions, surfaces, choosing_a_landscape, coming_and_going,
    calls_with_rows, shapes_and_arrows, growth, fields, contours, stops, levels_that_follow, limits_that_follow,
    formulas, more_controls,
)  # fmt: skip


@cache
def made(make: Callable[[], LiveFigure]) -> LiveFigure:
    """A figure of the gallery, made once for all tests that leave it as it is."""
    return make()
