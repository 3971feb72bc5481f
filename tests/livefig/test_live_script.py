"""The script's parts beside their twins in Python, in Node; and a view in Jupyter, in a browser."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from gallery import limits_that_follow
from ipywidgets import FloatSlider
from node import Modules

from livefig.artists.kinds import place
from livefig.controls.numbers import format_number
from livefig.figure.live import live
from livefig.page import assets
from livefig.page.state import state_at
from livefig.program.tape import Between, trace
from livefig.record.ops import BINARY, UFUNCS, UNARY
from livefig.steps.loops import iterate
from livefig.words import WORDS

FILES = ("program/machine", "page/access", "controls/numbers", "controls/sliders", "artists/kinds", "artists/limits")


@pytest.fixture(scope="module")
def script():
    """Calls functions of the script: script("return parts.formatNumber(...args)", 0.5, ".3g", WORDS)."""
    with Modules(*FILES) as call:
        yield call


SPECS = ["", "d", ".0f", ".2f", ",.1f", ".3g", ".1g", ".6g", ".2e", ".0e", ".1%", "+.2f", "+.3g", "g", "f", ",d",
         "+d", "+.1e", "+.0%", " .1f", "%", "e"]  # fmt: skip


def test_numbers_are_written_as_python_writes_them(script):
    rng = np.random.default_rng(0)
    values = [0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 0.125, 0.375, 1e-4, 1e-5, 123456, 1234567, 999999.5, 9.995, 1e22, 1e-7]
    values += [-1e-4, -1e-5, -0.004, -0.005, -0.006, -0.04, -0.5, -0.51, -1e-320]
    values += [float(v) for v in rng.normal(size=300) * 10.0 ** rng.integers(-12, 12, size=300)]
    values += [float(v) / 8 for v in rng.integers(-100, 100, size=100)]
    cases = [(value, spec) for spec in SPECS for value in values]
    found = script("return args[0].map(([x, spec]) => parts.formatNumber(x, spec, args[1]))", cases, WORDS)
    wrong = [(c, f) for c, f in zip(cases, found, strict=True) if f != format_number(*c, WORDS)]
    assert wrong == []


ZEROS = {
    ".2f": "0.00", ".0f": "0", ",.1f": "0.0", "f": "0.000000", "d": "0", ",d": "0", ".1%": "0.0%", ".0%": "0%",
    "+.2f": "+0.00", "+d": "+0", "+.1%": "+0.0%", " .1f": " 0.0",
}  # fmt: skip


def test_what_rounds_to_zero_is_written_as_zero_is(script):
    """Only what has a digit to show has a minus: Python writes 0.0 in the same way."""
    cases = [(value, spec) for spec in ZEROS for value in (-0.0, -4e-9, 0.0, 4e-9)]
    cases += [(-0.0, spec) for spec in ("", "g", ".3g", "e", ".2e", "+.3g", "+.1e")]
    wanted = [ZEROS.get(spec) or format(0.0, spec or ".6g") for _, spec in cases]
    assert [format_number(*case, WORDS) for case in cases] == [text.replace("-", "−") for text in wanted]
    found = script(
        "return args[0].map(([x, spec]) => parts.formatNumber(Number(x), spec, args[1]))",
        [(str(value), spec) for value, spec in cases],
        WORDS,
    )
    assert found == wanted
    assert format_number(-0.005001, ".2f", WORDS) == "−0.01" and format_number(-4e-9, ".1e", WORDS) == "−4.0e−09"


def test_infinity_and_nan_are_words(script):
    found = script("return [Infinity, -Infinity, NaN].map((x) => parts.formatNumber(x, '.3g', args[0]))", WORDS)
    assert found == [format_number(x, ".3g", WORDS) for x in (np.inf, -np.inf, np.nan)] == ["∞", "−∞", "not a number"]


ARGUMENTS = {
    "arccosh": (1, 9), "arcsin": (-1, 1), "arccos": (-1, 1), "arctanh": (-1, 1), "sqrt": (0, 9), "log": (0, 9),
    "log2": (0, 9), "log10": (0, 9), "log1p": (-1, 9), "power": (0, 5),
}  # fmt: skip
ROUNDED = {"power", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sinh", "cosh", "tanh", "cbrt", "tan",
           "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh", "hypot", "arctan2", "sin", "cos"}  # fmt: skip
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 1e308, 1e-320, float("inf"), float("-inf"), float("nan")]


@pytest.mark.parametrize("name", UNARY + BINARY)
def test_every_operation_is_numpys(script, name):
    rng = np.random.default_rng(1)
    low, high = ARGUMENTS.get(name, (-9, 9))
    count = 1 if name in UNARY else 2
    rows = rng.uniform(low, high, size=(200, count)).tolist()
    rows += [[x] for x in SPECIAL] if count == 1 else [[x, y] for x in SPECIAL for y in SPECIAL]
    f = (lambda a: UFUNCS[name](a)) if count == 1 else (lambda a, b: UFUNCS[name](a, b))
    program = trace(f, *[0.5] * count).program
    body = "const run = parts.machine(args[0]); return args[1].map((row) => run(row.map(Number))[0].numbers[0])"
    found = script(body, program, rows)
    with np.errstate(all="ignore"):
        wanted = [float(UFUNCS[name](*map(np.float64, row))) for row in rows]
    tolerance = 1e-13 if name in ROUNDED else 0
    for row, a, b in zip(rows, map(float, found), wanted, strict=True):
        assert a == b or (a != a and b != b) or abs(a - b) <= tolerance * max(1, abs(b)), (name, row, a, b)


def nested_loops(rate, n):
    xs = np.linspace(0, 1, 7)

    def sample(state, x):
        w, b = state
        error = w * x + b - (0.7 * x + 0.5)
        return w - rate * error * x, b - rate * error

    def epoch(state):
        w, b = iterate(sample, state, len(xs), xs)
        return w[-1], b[-1]

    w, b = iterate(epoch, (0.0, 0.0), n)
    return {"path": np.column_stack([w, b]), "across": np.stack([w, b]), "last": w[-1], "k": np.arange(len(w)) - w}


def test_nested_loops_with_data_and_a_time_axis_give_numpys_numbers(script):
    program = trace(nested_loops, rate=0.1, n=Between(5, 0, 40)).program
    body = """const run = parts.machine(args[0]);
        return args[1].map((inputs) => { const results = run(inputs);
            return results.map((r, i) => parts.nested(r, args[0].outputs[i])); })"""
    inputs = [[0.1, 5], [0.5, 40], [0.3, 0], [0.01, 17]]
    for (rate, n), found in zip(inputs, script(body, program, inputs), strict=True):
        for wanted, got in zip(nested_loops(rate, int(n)).values(), found, strict=True):
            assert np.shape(got) == np.shape(wanted)
            assert np.allclose(got, wanted, rtol=0, atol=1e-13)


FLAT = {
    "box": [105.0, 0.0, 600.0, 104.0], "canvas": [-1.0, -1.0, 661.0, 161.0],
    "x": {"scale": "linear", "a": 50.0, "b": 100.0},
}  # fmt: skip
COLOURS = {"table": [f"{i:06x}" for i in range(64)] + ["below", "above", ""], "low": 0.5, "high": 1e3, "log": False}
SHADES = [f"{i:06x}" for i in range(256)] + ["ff000080", "0000ff", ""]  # one too many for a palette
ARROW = {"unit": [5.0, -4.0], "width": 3.0, "head": [3, 5, 4.5], "whole": 5.0, "shortest": 1.0, "pivot": 0.5}
DISC = "m2 0a2 2 0 1 1-4 0a2 2 0 1 1 4 0z"
PLAIN = {"styles": None}  # of one look
ARTISTS = {
    "line": {"joined": True, "steps": "", "marker": DISC, "every": [0, 1], "apart": False, "columns": "xy"},
    "line of markers apart": {
        "joined": False, "steps": "", "marker": DISC, "every": [2, 3], "apart": True, "columns": "xy"},
    **{f"line of steps {how}": {"joined": True, "steps": how, "marker": None, "apart": False, "columns": "xy"}
       for how in ("pre", "mid", "post")},
    "points": {**PLAIN, "markers": ["h1", "h2", "h3"], "colours": None, "apart": False, "columns": "xy"},
    "points apart": {**PLAIN, "markers": ["h1"], "colours": None, "apart": True, "columns": "xy"},
    "coloured": {**PLAIN, "markers": ["h1"], "colours": COLOURS, "apart": False, "columns": "xyc"},
    "coloured apart": {**PLAIN, "markers": ["h1"], "colours": COLOURS, "apart": True, "columns": "xyc"},
    "in decades": {**PLAIN, "markers": ["h1"], "colours": {**COLOURS, "log": True}, "apart": False, "columns": "xyc"},
    "arrows": {**ARROW, **PLAIN, "columns": "xyuv"},
    "bars": {"upright": True, "sides": [[k, k + 0.8] for k in range(300)], "bases": [0.5] * 300, "columns": "y"},
    "lying bars": {"upright": False, "sides": [[k, k + 0.8] for k in range(300)], "bases": [1] * 300, "columns": "x"},
    "area": {"along": "x", "steps": "", "columns": "xyy"},
    "lying area": {"along": "y", "steps": "", "columns": "yxx"},
    **{f"area of steps {how}": {"along": "x", "steps": how, "columns": "xyy"} for how in ("pre", "mid", "post")},
    "polygon": {"along": "", "steps": "", "columns": "xy"},
}  # fmt: skip
KINDS = {"in decades": "points", "lying bars": "bars", "lying area": "area", "polygon": "area"}


def same_drawing(one, other):
    """Whether two drawings have the same commands, words and colours, with numbers that differ by rounding at most."""
    number = r"-?\d[\d.]*(?:e-?\d+)?"
    numbers = [np.array([float(x) for x in re.findall(number, text)]) for text in (one, other)]
    assert not re.search(r"e[+-]|\d{8}", one + other), "a number that no picture has"
    plain = re.sub(number, "", one) == re.sub(number, "", other)
    return plain and np.allclose(*numbers, rtol=0, atol=0.011)  # the logarithms may differ in the last place


@pytest.mark.parametrize("scale", ["linear", "log", "camera"])
@pytest.mark.parametrize("name", ARTISTS)
def test_artists_are_drawn_as_python_draws_them(script, name, scale):
    kind = KINDS.get(name, name.split()[0].replace("coloured", "points"))
    artist = ARTISTS[name] | {"columns": list(ARTISTS[name]["columns"])}
    axes = FLAT | {"y": {"scale": "linear" if scale == "camera" else scale, "a": -40.0, "b": 100.0, "zero": 4e4}}
    width = len(artist["columns"])
    if scale == "camera":
        if kind not in ("line", "points"):
            return
        axes |= {"matrix": [[30.0, 10, 5, 200], [5.0, -20, 3, 60], [0.01, 0.02, 0.01, 1], [0.02, -0.01, 0.03, 1]]}
        width, artist["columns"] = width + 1, ["z", *artist["columns"]]
    rng = np.random.default_rng(2)
    data = rng.uniform(-2, 12, size=(300, width)) * 10.0 ** rng.integers(-2, 6, size=(300, 1))
    data[[50, 51, 120]] = np.nan
    data[200] = np.inf
    data[210:216] *= np.array([[1e290], [-1e300], [1], [1e12], [1e9], [1]])
    data[[7, 8], 2:4] = [[0.0] * len(data[0, 2:4]), [1e-3] * len(data[0, 2:4])]
    data = data[:, 0] if kind == "bars" else data
    body = "return parts.place(args[0], args[1], args[2].map(Number))"
    found = script(body, {**artist, "kind": kind}, axes, data.ravel().tolist())
    wanted = place({**artist, "kind": kind}, axes, data)
    assert set(found) == set(wanted) and any(len(next(iter(a.values()))) > 20 for a in wanted.values())
    for part, attributes in wanted.items():
        for attribute, value in attributes.items():
            assert same_drawing(value, found[part][attribute]), (part, value[:200], found[part][attribute][:200])


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("fine", [[1, 1], [3, 5]])
@pytest.mark.parametrize("flipped", [[False, False], [True, False], [True, True]])
def test_images_are_painted_byte_for_byte_as_python_paints_them(script, flipped, fine, log):
    data = np.random.default_rng(4).uniform(-200, 1200, size=(60, 40))
    data[3:5, 7], data[9, 9], data[:2, :2] = np.nan, np.inf, [[0.5, 1e3], [0, -1]]
    image = {"kind": "image", "flipped": flipped, "fine": fine, "colours": COLOURS | {"log": log, "table": SHADES}}
    image["columns"] = [str(k) for k in range(40)]
    body = "return parts.place(args[0], null, args[1].map(Number))"
    assert script(body, image, data.ravel().tolist()) == place(image, None, data)


@pytest.mark.parametrize("corners", [False, True])
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_contours_are_painted_as_python_paints_them(script, scale, corners):
    x, y = np.linspace(0.3, 9, 12), np.geomspace(0.1, 4, 9)
    heights = np.sin(x) * np.sin(2 * y)[:, None]
    heights[2, 3] = np.nan
    axes = FLAT | {"y": {"scale": scale, "a": -40.0, "b": 100.0, "zero": None}}
    contour = {"kind": "contour", "x": x.tolist(), "y": y.tolist(), "levels": [-0.5, 0, 0.7, 3], "corners": corners}
    found = script(
        "return parts.place(...args)", contour, axes, np.where(np.isnan(heights), None, heights).ravel().tolist()
    )
    wanted = place(contour, axes, heights)
    assert list(found) == list(wanted) and "z" in wanted["level0"]["d"] and not wanted["level3"]["d"]
    assert all(same_drawing(found[level]["d"], wanted[level]["d"]) for level in wanted)


def test_what_stands_in_limits_that_follow_is_painted_as_python_paints_it(script):
    """Ticks, and artists in those limits; where the limits are bad, they stay those of the first state."""
    spec = limits_that_follow().spec
    body = """const [spec, results] = args;
        const last = spec.artists.map(({ first }) => first);
        const axes = parts.followed(spec, results.map((numbers) => ({ numbers: numbers.map(Number) })), last);
        return spec.artists.map((artist, i) => parts.place(artist, axes[artist.axes], last[i] ?? results[i]))"""
    rng = np.random.default_rng(2)
    for width, steep in [
        (0.0, 1.0),
        (1e-12, 0.1),
        *rng.uniform((-1, 0), (1, 12), (40, 2)),
        *rng.uniform(0, 0.3, (40, 2)),
    ]:
        state = state_at(spec, {"width": float(width), "steep": float(steep)})
        found = script(body, spec, [array.ravel().tolist() for array in state.arrays])
        ours = {f"{number}.{name}": drawn for number, parts in enumerate(found) for name, drawn in parts.items()}
        assert ours.keys() == state.parts.keys()
        for name, attributes in state.parts.items():
            for attribute, value in attributes.items():
                assert same_drawing(value, ours[name][attribute]), (width, steep, name)


@pytest.mark.parametrize("value", [3.0, -5.0, 1e9, float("nan"), float("inf"), 0.0])
def test_rules_bands_texts_and_what_is_shown_are_drawn_as_python_draws_them(script, value):
    axes = FLAT | {"y": {"scale": "linear", "a": -40.0, "b": 100.0, "zero": 4e4}}
    cases = [
        ({"kind": "rule", "across": "x", "ends": [60.0, 40.0], "columns": ["x"]}, value),
        ({"kind": "rule", "across": "y", "ends": [0.0, 90.0], "columns": ["y"]}, value),
        ({"kind": "span", "across": "x", "ends": [60.0, 40.0], "columns": ["x", "x"]}, [1.0, value]),
        ({"kind": "span", "across": "y", "ends": [0.0, 90.0], "columns": ["y", "y"]}, [value, 2.0]),
        ({"kind": "text", "at": [10.0, 20.0], "clipped": True, "columns": ["x", "y"]}, [value, 0.5]),
        ({"kind": "text", "at": [10.0, 20.0], "clipped": False, "columns": ["x", "y"]}, [value, 0.5]),
        ({"kind": "shown", "columns": []}, value),
    ]
    for artist, data in cases:
        body = "return parts.place(args[0], args[1], args[2].map(Number))"
        assert script(body, artist, axes, np.ravel(data).tolist()) == place(artist, axes, np.array(data))


def test_a_dragged_value_lands_on_the_grid_and_in_the_range(script):
    linear = {"base": None, "min": -3, "max": 3, "step": 0.1}
    log = {"base": 10, "min": -3, "max": 0.3, "step": 0.1}
    body = "return args.map(([control, x]) => parts.onGrid(control, x))"
    assert script(body, [linear, 0.34], [linear, 99], [linear, -99]) == [0.3, 3, -3]
    assert script(body, [log, 0.1], [log, 1e9], [log, 1e-9]) == pytest.approx([0.1, 10**0.3, 1e-3])


def test_a_view_in_jupyter_listens_until_it_is_closed(page):
    """After its clean-up a closed view hears nothing more of the model: it would draw into a figure that is gone."""
    fig, ax = plt.subplots()
    (dot,) = ax.plot([], [], "o")
    figure = live(fig, lambda x: {dot: np.stack([x, x])[None], "twice": 2 * x}, x=FloatSlider(value=1, min=0, max=5),
                  title="A dot", readout="Twice is {twice}.")  # fmt: skip
    plt.close(fig)
    page.goto("about:blank")
    code = assets.widget_script().replace("export default { render };", "window.render = render;")
    page.evaluate(f"(() => {{ {code} }})()")
    heard, said, after = page.evaluate(
        """(state) => {
            const handlers = new Map(), el = document.body;
            const model = {
                get: (name) => state[name], save_changes() {},
                set(name, value) {
                    state[name] = value;
                    (handlers.get(`change:${name}`) || []).forEach((f) => f());
                },
                on(event, f) { handlers.set(event, (handlers.get(event) || new Set()).add(f)); },
                off(event, f) { handlers.get(event)?.delete(f); },
            };
            const count = () => [...handlers.values()].reduce((n, set) => n + set.size, 0);
            const close = render({ model, el }), heard = count();
            model.set("control_x", 2);
            const said = el.querySelector(".readout").textContent;
            close();
            model.set("control_x", 4);
            return [heard, said, [count(), el.querySelector(".readout").textContent]];
        }""",
        {"spec": figure.canvas.spec, "svg": figure.canvas.svg, "control_x": 1},
    )
    assert heard == 1 and said == "Twice is 4."
    assert after == [0, said]
