"""Functions that no live figure can follow, for what they do besides returning data. Each is refused.

`@says(words)` goes before a function of axes and of the line that moves; it returns `update`, and `words`, a regular
expression, is what the refusal must say.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Checkbox, Dropdown, FloatSlider, IntSlider
from matplotlib.lines import Line2D

x = np.linspace(0, 1, 11)
UPDATES: list[tuple[str, Callable[..., Any], str, dict[str, Callable[[], Any]]]] = []
SLIDER = {"a": lambda: FloatSlider(value=0.4, min=-1, max=1)}
STEPS = {"a": lambda: IntSlider(value=3, min=1, max=9)}
CHOICE = {"a": lambda: Dropdown(options=[1, 2, 3], value=2)}
BOX = {"a": lambda: Checkbox(value=True)}


def says(words: str, controls: dict[str, Callable[[], Any]] = SLIDER) -> Callable[[Callable[..., Any]], None]:
    def keep(make: Callable[..., Any]) -> None:
        UPDATES.append((make.__name__.replace("_", " "), make, words, controls))

    return keep


harmless = says("")  # it does the same each time: a picture with that done is right, too


def straight(a: Any) -> Any:
    return np.column_stack([x, a * x])


# It draws: a page keeps what was drawn when the figure was made


@says("set_text|Text|text")
def a_text_is_written(ax, line):
    words = ax.text(0.5, 0.5, "a = ?")

    def update(a):
        words.set_text("a = " + str(a))
        return {line: straight(a)}

    return update


@says("set_text|Text|text|format")
def a_text_is_written_with_a_format(ax, line):
    words = ax.text(0.5, 0.5, "a = ?")

    def update(a):
        words.set_text(f"a = {a:.2f}")
        return {line: straight(a)}

    return update


@says("set_text|Text|text|repr")
def a_text_is_written_with_repr(ax, line):
    words = ax.text(0.5, 0.5, "a = ?")

    def update(a):
        words.set_text(repr(a))
        return {line: straight(a)}

    return update


@harmless
def a_title_is_written(ax, line):
    def update(a):
        ax.set_title("a new title")
        return {line: straight(a)}

    return update


@says("set_title|Text|text|title", CHOICE)
def a_title_is_written_for_an_option(ax, line):
    def update(a):
        ax.set_title(f"Choice {a}")
        return {line: straight(a)}

    return update


@says("set_xlabel|Text|text|label", CHOICE)
def a_label_is_written_for_an_option(ax, line):
    def update(a):
        ax.set_xlabel(f"x / {a}")
        return {line: straight(a)}

    return update


@says("color|colour|Line2D", CHOICE)
def a_colour_follows_an_option(ax, line):
    def update(a):
        line.set_color(f"C{a}")
        return {line: straight(a)}

    return update


@says("color|colour|Line2D", BOX)
def a_colour_follows_a_box(ax, line):
    def update(a):
        line.set_color("C3" if a else "C0")
        return {line: straight(1.0 if a else 0.5)}

    return update


@says(r"vmin and vmax of the PathCollection.*where it is made")
def colours_are_scaled_anew_beside_their_bar(ax, line):
    points = ax.scatter(x, x, c=x)
    ax.figure.colorbar(points)

    def update(a):
        points.set_array(x * 2)
        points.autoscale()
        return {line: straight(a)}

    return update


@says("color|colour|Line2D")
def a_colour_follows_a_slider(ax, line):
    def update(a):
        line.set_color((0.5, a, 0.5))
        return {line: straight(a)}

    return update


@harmless
def a_colour_is_set(ax, line):
    def update(a):
        line.set_color("red")
        return {line: straight(a)}

    return update


@says("width|Line2D")
def a_line_grows(ax, line):
    def update(a):
        line.set_linewidth(2 + a)
        return {line: straight(a)}

    return update


@says("alpha|Line2D")
def a_line_fades(ax, line):
    def update(a):
        line.set_alpha(abs(a))
        return {line: straight(a)}

    return update


@says("alpha|Line2D", BOX)
def a_line_fades_with_a_box(ax, line):
    def update(a):
        line.set_alpha(1.0 if a else 0.2)
        return {line: straight(0.5)}

    return update


@says("label|Line2D|Legend", CHOICE)
def a_label_of_a_legend_follows_an_option(ax, line):
    def update(a):
        line.set_label(f"number {a}")
        ax.legend()
        return {line: straight(a)}

    return update


@harmless
def data_are_set(ax, line):
    def update(a):
        line.set_ydata(a * x)
        return {line: straight(a)}

    return update


@says("set_data|data|Line2D", CHOICE)
def data_of_another_line_are_set_for_an_option(ax, line):
    (other,) = ax.plot(x, x)

    def update(a):
        other.set_data(x, a * x)
        return {line: straight(a)}

    return update


@harmless
def data_of_another_line_are_set_to_numbers(ax, line):
    (other,) = ax.plot(x, x)

    def update(a):
        other.set_ydata(-x)
        return {line: straight(a)}

    return update


@harmless
def a_text_is_placed(ax, line):
    words = ax.text(0.5, 0.5, "here")

    def update(a):
        words.set_position((0.2, 0.2))
        return {line: straight(a)}

    return update


@says("axhline|add|new|artist|Line2D|lines|float")
def a_rule_is_added(ax, line):
    def update(a):
        ax.axhline(a)
        return {line: straight(a)}

    return update


@says("axhline|add|new|artist|Line2D|lines", CHOICE)
def a_rule_is_added_for_an_option(ax, line):
    def update(a):
        ax.axhline(a)
        return {line: straight(a)}

    return update


@says("add|new|artist|Line2D|lines|plot")
def a_line_of_numbers_is_added(ax, line):
    def update(a):
        ax.plot(x, x**2)
        return {line: straight(a)}

    return update


@says("add|new|artist|Circle|patch")
def a_patch_is_added(ax, line):
    def update(a):
        ax.add_patch(plt.Circle((0.5, 0.5), 0.1))
        return {line: straight(a)}

    return update


@says("add|new|artist|Text|text")
def a_text_is_added_to_the_figure(ax, line):
    def update(a):
        ax.get_figure().text(0.5, 0.5, "more")
        return {line: straight(a)}

    return update


@says("add|new|artist|Line2D|not in fig|same artists|each")
def a_new_line_is_returned(ax, line):
    def update(a):
        return {ax.plot([], [])[0]: straight(a)}

    return update


@says("not in fig|add|new|artist|Line2D|each")
def a_line_of_no_axes_is_returned(ax, line):
    def update(a):
        return {Line2D([], []): straight(a)}

    return update


@says("remove|artist|Line2D|lines")
def a_line_is_removed(ax, line):
    other = ax.plot(x, x)

    def update(a):
        if other:
            other.pop().remove()
        return {line: straight(a)}

    return update


@says("remove|artist|Line2D|not in fig|drawn")
def the_moving_line_is_removed(ax, line):
    def update(a):
        line.remove()
        return {line: straight(a)}

    return update


@says("clear|cla|artist|axes|Axes|not in fig")
def the_axes_are_cleared(ax, line):
    def update(a):
        ax.clear()
        return {line: straight(a)}

    return update


@says("clear|artist|axes|Axes|not in fig")
def the_axes_are_cleared_and_drawn_again(ax, line):
    def update(a):
        ax.clear()
        (again,) = ax.plot(x, x)
        return {again: straight(a)}

    return update


@says("clear|artist|figure|axes|not in fig")
def the_figure_is_cleared(ax, line):
    def update(a):
        ax.get_figure().clear()
        return {line: straight(a)}

    return update


@says("lim|float")
def limits_follow_a_slider(ax, line):
    def update(a):
        ax.set_xlim(0, 2 + a)
        return {line: straight(a)}

    return update


@says("lim", CHOICE)
def limits_follow_an_option(ax, line):
    def update(a):
        ax.set_xlim(0, a)
        return {line: straight(a)}

    return update


@says("lim|axes|Axes")
def limits_are_set(ax, line):
    def update(a):
        ax.set_ylim(-3, 3)
        return {line: straight(a)}

    return update


@says("scale|Axes|axes", BOX)
def a_scale_follows_a_box(ax, line):
    def update(a):
        ax.set_yscale("log" if a else "linear")
        return {line: straight(1.0)}

    return update


@harmless
def an_order_is_set(ax, line):
    ax.fill([0, 1, 1], [0, 0, 1])

    def update(a):
        line.set_zorder(0)
        return {line: straight(a)}

    return update


@says("zorder|Line2D", CHOICE)
def an_order_follows_an_option(ax, line):
    def update(a):
        line.set_zorder(a)
        return {line: straight(a)}

    return update


@says("visible|True|Line2D", BOX)
def something_else_is_hidden_by_a_box(ax, line):
    (other,) = ax.plot(x, x)

    def update(a):
        other.set_visible(a)
        return {line: straight(0.5)}

    return update


@says("visible|True|Line2D|if")
def something_else_is_hidden_by_a_slider(ax, line):
    (other,) = ax.plot(x, x)

    def update(a):
        other.set_visible(a > 0)
        return {line: straight(a)}

    return update


@says("grid|Axes|axes|artist|visible", BOX)
def a_grid_follows_a_box(ax, line):
    def update(a):
        ax.grid(a)
        return {line: straight(0.5)}

    return update


@says("legend|add|artist|new", BOX)
def a_legend_comes_with_a_box(ax, line):
    def update(a):
        if a:
            ax.legend(["line"])
        return {line: straight(0.5)}

    return update


@says("size|inches|figure|Figure|Rectangle", CHOICE)
def the_size_of_the_figure_follows_an_option(ax, line):
    def update(a):
        ax.get_figure().set_size_inches(a, a)
        return {line: straight(a)}

    return update


@says("position|Axes|axes|Rectangle", CHOICE)
def the_place_of_the_axes_follows_an_option(ax, line):
    def update(a):
        ax.set_position([0.1, 0.1, a / 4, 0.8])
        return {line: straight(a)}

    return update


@says("rcParams|Text|YTick|YAxis", CHOICE)
def parameters_of_matplotlib_follow_an_option(ax, line):
    def update(a):
        mpl.rcParams["axes.unicode_minus"] = a == 2
        return {line: straight(a)}

    return update


# It gives other values each time


@says("random|other|each time|'r'")
def a_named_value_is_random(ax, line):
    rng = np.random.default_rng(0)
    return lambda a: {line: straight(a), "r": rng.random()}


@says("random|other|each time|'r'")
def a_named_value_is_random_and_follows(ax, line):
    return lambda a: {line: straight(a), "r": a + random.random()}


@says("random|other|each time|Line2D")
def data_are_random(ax, line):
    rng = np.random.default_rng(0)
    return lambda a: {line: straight(a) + rng.normal(size=(11, 2))}


@says("random|other|each time|Line2D")
def data_are_a_little_random(ax, line):
    rng = np.random.default_rng(0)
    return lambda a: {line: straight(a) * (1 + 1e-4 * rng.normal())}


@says("random|other|each time|'now'|clock")
def a_named_value_reads_the_clock(ax, line):
    return lambda a: {line: straight(a), "now": time.perf_counter()}


@says("random|other|each time|'now'|clock")
def a_named_value_reads_the_date(ax, line):
    return lambda a: {line: straight(a), "now": datetime.now().microsecond}


@says("random|other|each time|'count'")
def a_named_value_counts(ax, line):
    counter = itertools.count()
    return lambda a: {line: straight(a), "count": next(counter)}


@says("random|other|each time|Line2D")
def data_count(ax, line):
    counter = itertools.count()
    return lambda a: {line: straight(a) + next(counter)}


@says("random|other|each time|Line2D")
def data_change_in_the_fourth_call(ax, line):
    counter = itertools.count()
    return lambda a: {line: straight(a) + (next(counter) >= 3)}


@says("random|other|each time|'count'|number")
def a_list_grows(ax, line):
    seen = []

    def update(a):
        seen.append(a)
        return {line: straight(a), "count": len(seen)}

    return update


@says("random|other|each time|Line2D")
def a_global_array_is_written(ax, line):
    offset = np.zeros(2)

    def update(a):
        offset[1] += 0.05
        return {line: straight(a) + offset}

    return update


@says("random|other|each time|Line2D|array")
def the_array_that_was_returned_is_written(ax, line):
    kept = np.column_stack([x, x])

    def update(a):
        kept[:, 1] += 0.1
        return {line: kept, "number": a}

    return update


@says("random|other|each time|Line2D|array|plain")
def an_array_keeps_what_came_before(ax, line):
    memory = np.zeros(1)

    def update(a):
        before = memory.copy()
        memory[0] = a
        return {line: straight(before[0])}

    return update


@says("random|other|each time|Line2D", CHOICE)
def an_option_changes_the_next_one(ax, line):
    memory = [0]

    def update(a):
        memory.append(a)
        return {line: straight(float(memory[-2]))}

    return update


# It returns what cannot be shown


@says("dict")
def nothing_is_returned(ax, line):
    return lambda a: None


@says("dict")
def an_array_is_returned(ax, line):
    return lambda a: straight(a)


@says("at least one artist")
def an_empty_dict_is_returned(ax, line):
    return lambda a: {}


@says("Line2D|Use real numbers")
def data_are_words(ax, line):
    return lambda a: {line: "here"}


@says("Line2D")
def data_are_nothing_at_all(ax, line):
    return lambda a: {line: None if a is None else [None, None]}


@says("Line2D|complex")
def data_are_complex(ax, line):
    return lambda a: {line: np.column_stack([x, x + 1j]), "number": a}


@says("'name'")
def a_named_value_is_words(ax, line):
    return lambda a: {line: straight(a), "name": "here"}


@says("'row'")
def a_named_value_is_an_array(ax, line):
    return lambda a: {line: straight(a), "row": a * x}


@says("shape|Line2D", CHOICE)
def an_option_gives_another_shape(ax, line):
    return lambda a: {line: np.ones((4, 1 + a))}


@says("axes|Axes")
def axes_are_returned(ax, line):
    return lambda a: {ax: straight(a)}


@says("key")
def several_lines_are_no_key(ax, line):
    return lambda a: {tuple(ax.lines): straight(a)}
