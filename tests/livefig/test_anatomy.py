"""A tape taken apart, and its picture as a computational graph."""

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from gradcore import grad
from gradcore.graphs import GRADIENT, computational_graph
from livefig.program.anatomy import anatomy
from livefig.program.tape import Between, trace
from livefig.steps.loops import iterate

matplotlib.use("agg")


def sigmoid_of_line(w, x, b):
    return 1 / (1 + np.exp(-(w * x + b)))


def test_forward_values_and_backward_gradients_are_those_of_a_hand_calculation():
    """(x + y)(y + 1) at (2, 3): 5 · 4; the gradient is (4, 4 + 5)."""
    parts = anatomy(trace(lambda x, y: (x + y) * (y + 1), x=0.0, y=0.0), x=2.0, y=3.0)
    assert [(p.name, p.value, p.gradient) for p in parts] == [
        ("x", 2, 4), ("y", 3, 9), ("add", 5, 4), ("1", 1, None), ("add", 4, 5), ("multiply", 20, 1)
    ]  # fmt: skip


def test_the_gradients_at_the_inputs_are_those_of_grad():
    tape = trace(sigmoid_of_line, w=0.0, x=0.0, b=0.0)
    parts = {p.name: p for p in anatomy(tape, w=2.0, x=-1.0, b=0.5)}
    wanted = grad(lambda z: sigmoid_of_line(*z))([2.0, -1.0, 0.5])
    assert [parts[name].gradient for name in "wxb"] == pytest.approx(wanted)


def test_every_part_follows_its_arguments_and_gives_its_own_value():
    parts = anatomy(trace(lambda x: x[0] ** 2 / 20 + x[1] ** 2, np.zeros(2)), np.array([-7.0, 2.0]))
    assert all(a < number for number, part in enumerate(parts) for a in part.args)
    assert parts[-1].value == 6.45 and [p.name for p in parts if not p.args] == ["x[0]", "20", "x[1]"]


def test_a_tape_with_a_loop_has_no_picture():
    with pytest.raises(ValueError, match="one step"):
        anatomy(trace(lambda x, n: iterate(lambda s: s * x, 1.0, n)[-1], x=1.0, n=Between(3, 0, 5)), x=2.0, n=3)


def test_the_picture_shows_every_value_and_gradient_and_no_edge_crosses_a_part():
    ax = Figure(figsize=(6, 3)).add_subplot()
    parts = computational_graph(trace(sigmoid_of_line, w=0.0, x=0.0, b=0.0), w=2.0, x=-1.0, b=0.5, ax=ax)
    texts = [t.get_text() for t in ax.texts]
    for part in parts:
        if part.gradient is not None:
            assert f"{part.value:.4g}".replace("-", "−") in texts
    assert sum(t.get_color() == GRADIENT for t in ax.texts) == sum(p.gradient is not None for p in parts)
    assert len(ax.lines) == sum(len(set(p.args)) for p in parts)
    places = [t.get_position() for t in ax.texts if t.get_bbox_patch()]
    assert len(set(places)) == len(parts)
    for line in ax.lines:
        bends = list(zip(*line.get_data(), strict=True))[1:-1]
        assert not set(bends) & set(places)
