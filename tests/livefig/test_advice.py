"""Advice that works: what an error says to write is put in place of the line, accepted, and gives the same."""

import itertools
import linecache
import math
import re
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from ipywidgets import FloatSlider
from scipy import optimize, special, stats
from scipy.special import gamma

from gradcore import grad, iterate, numerical_gradient
from livefig.figure.live import live
from livefig.program.tape import Between, trace
from livefig.record.refuse import Refusal

EXACT = """
return float(x) + 1
return np.array([float(x), 1.0])
return float(2 * x) ** 2
return 2 / np.asarray(x, dtype=float)
return np.sum(np.asarray([x, 1.0], dtype=float))
return np.array([x, 1.0], dtype=float) * 3
return np.array([[x, 1.0], [0.0, x]], float) @ np.ones(2)
return np.asarray(pair, float) if (pair := [x, 1.0]) else 0
return round(x, 1)
return round(x) + round(2 * x, 2)
return math.sin(x) + math.pow(x, 2)
return 2 / math.log(x, 2) + math.atan2(x, 2.0) * math.fabs(-x)
return np.array([x, 1.0]).tolist()[0] + math.exp(x)
return np.stack([x, x]).astype(np.uint8)
return (x * np.ones(2)).astype("float32")
return np.full_like(np.ones(3), x)
y[0] = x
y[0] += x
y[1:3] = 2 * x
y[k] = 5.0
y[k:] = 5.0
y += x
y *= 2 * x
if x > 1: y = x + y
if 0 < x < 1: y[0] = 2 * x; y += k
if x > 1: y *= 2 * x
return [1.0, 2.0, 3.0, 4.0][int(x)]
return t[k] + 1
return t[k - 1] ** 2
return t[int(x)] * 2
return rows[k]
return rows[k, 0] + rows[1, k - 1]
return rows[0][k - 1]
return rows[k, :] + rows[k, 0:]
return square[:, k]
return square[:, k - 1] + square[k, :]
return square[1:3, k] * x
return (2 * square)[k]
return square[:, np.argmax(x * t)]
return t[np.argsort(x * t)]
return t[np.argmax(x * square, axis=1)] + t[np.trunc(x * t / 4).astype(int)]
return np.stack([x, 2 * x, 3 * x])[k]
return t[np.argmax(np.stack([x, 2 * x, 3 * x]))]
return t[np.argmax(x * t > 2)]
return t[np.where(x * t > 2)[0][0]]
return t[np.where(x * t > 2)[0][-1]]
return t[np.flatnonzero(x * t > 2)[0]]
return np.searchsorted(np.sort(t), 1 + x)
return np.searchsorted(np.sort(t), 2 * x, side="right")
return np.searchsorted(np.sort(t), x)
return np.searchsorted(np.sort(t), x * t)
for i in range(8): y[i + 1] = y[i] + x
return t[:k].sum() + np.sum(t[k:])
return np.sum(t[1:k])
return np.sum((x * t)[t * x > 2])
return max(x, 1.0)
return max([x, 1.0, 2.0])
return min(x, 1.0, 3.0)
return sorted([x, 1.0])[0]
return any([x > 0, x < 1])
return all(v > 0 for v in [x, 1.0])
return np.max([x > 0, x > 1])
return np.mean([x > 0, x > 1])
return np.any([x > 0, x > 1])
return np.count_nonzero([x > 0, x > 1])
return np.median([x, 1.0, 3.0])
return np.clip([x, 5.0], 0, 2)
return np.hypot([x, 1.0], 2.0)
return np.exp([x, 1.0])
return 0 < x < 1
return 1.0 * (0 < x < 2 <= k)
return (x > 0) and (x < 1)
return not x > 1
return not (x > 1 and k > 0)
return x > 5 or x < 0 or x == 1.25
return 2.0 if x > 1 else 3.0
return 2.0 if x > 1 and k > 5 else 3.0
return 1.0 in [x, 2.0]
return 1.25 not in [x, 2.0]
return bool(x) * 2.0
return np.float64(x) * 2
return np.sin(np.array([x, 2 * x]))
return np.where(np.array([x, 1.0]) > 0, 1, 2)
return np.linalg.inv(np.array([[x, 1.0], [0.0, x]]))
return np.isnan(np.array([x, 1.0]))
return stats.norm.pdf(t, x)
return 2 * stats.norm.pdf(t, 1, scale=x) + 1
return stats.norm.logpdf(x, loc=0.5, scale=2.0)
return stats.norm.cdf(t, x, 2 + x) - stats.norm.sf(x)
return stats.norm(x, 2).pdf(t)
return stats.norm(scale=x).cdf(0.5)
return stats.expon.pdf(t - 2, scale=x) + stats.expon.cdf(t, x) + stats.expon.sf(x, 2)
return stats.uniform.pdf(t, x, 2) + stats.uniform(scale=2 * x).cdf(t)
return stats.logistic.cdf(t, x)
return stats.binom.pmf(np.arange(4), 3, x / 4)
return -stats.poisson.pmf(np.arange(4), mu=x)
return iterate(lambda s: s * 0.5, x, int(2 * k))
return np.piecewise(t, [t < 3, t > 1], [lambda u: u * x, lambda u: -x])
return np.piecewise(t, [t > 2], [np.sqrt, x])
return np.sum(np.fromiter((x * v for v in t), float))
return np.block([[np.eye(2) * x, np.ones((2, 1))], [np.zeros((1, 2)), np.ones((1, 1))]])
return iterate(lambda s: max(s * 0.5, 1.0), x, 3)
""".strip().split("\n")
NEARLY = {  # what keeps its length: the elements that are left out are NaN
    "return t[:k]": [3, 1, np.nan, np.nan],
    "return t[k:]": [np.nan, np.nan, 2, 5],
    "return rows[1:k]": [[np.nan, np.nan], [2, 3], [np.nan, np.nan], [np.nan, np.nan]],
    "return (x * t)[t > 1 * x]": [3.75, np.nan, 2.5, 6.25],
    "return np.linspace(0, 1, k)[:4] * x": [0, 1.25, np.nan, np.nan],
    "return np.linspace(0, x, num=k)[:4]": [0, 1.25, np.nan, np.nan],
}
number = itertools.count()


BODY = """def f(x, k):
    t = np.array([3.0, 1.0, 2.0, 5.0])
    rows, square = np.arange(8.0).reshape(4, 2), np.arange(16.0).reshape(4, 4)
    y = np.zeros(9)
    {}
    return y
"""


def function(line):
    """f(x, k) with a line of an author's, or all of its lines, as if from a file."""
    body = line if "\n" in line else BODY.format(line)
    name = f"<author {next(number)}>"
    linecache.cache[name] = (len(body), None, body.splitlines(keepends=True), name)
    names = {"np": np, "math": math, "iterate": iterate, "special": special, "stats": stats, "gamma": gamma,
             "optimize": optimize, "rng": np.random.default_rng(0), "ax": plt.figure().add_subplot()}  # fmt: skip
    plt.close()
    exec(compile(body, name, "exec"), names)
    return names["f"]


def refusal(line):
    with pytest.raises(Refusal) as caught:
        trace(function(line), 1.25, Between(2, 0, 3))
    return str(caught.value)


def improved(line):
    """The line with all that its errors say to write, one after the other."""
    while True:
        try:
            return trace(function(line), 1.25, Between(2, 0, 3)), line
        except Refusal as error:
            message = str(error)
        assert "slider" not in message and ".py" not in message
        new = re.search(r"Write `(.*?)`(?: for `(.*)`)?\.$", message)
        assert new, message
        if new[2] and new[2] not in line:  # another line of the function
            line = BODY.format(line)
        better = line.replace(new[2], new[1]) if new[2] else new[1]
        assert better != line, message
        line = better


@pytest.mark.parametrize("line", EXACT)
def test_the_line_that_an_error_advises_is_accepted_and_gives_the_same(line):
    refusal(line)
    tape, better = improved(line)
    for x, k in [(1.25, 2), (0.5, 1), (2.75, 2)]:
        wanted = np.asarray(function(line)(x, k), dtype=float)
        found = np.asarray(tape(x, k), dtype=float)
        assert found.shape == wanted.shape and np.allclose(found, wanted, rtol=1e-14), better
        assert np.allclose(np.asarray(function(better)(x, k), dtype=float), wanted, rtol=1e-14), "with plain numbers"


@pytest.mark.parametrize("line", NEARLY)
def test_an_advised_array_keeps_its_length(line):
    np.testing.assert_allclose(improved(line)[0](1.25, 2), NEARLY[line], rtol=1e-14)


SAID = {  # (what is named, what to do)
    "if x > 0: return x": ("`if`", "Write `return np.where(x > 0, x, y)`."),
    "while x > 0: x = x - 1": ("`while`", "as many steps as it may take, and in the step np.where(condition, a, b)"),
    "return np.arange(int(3 * x)) * 1.0": ("a length in np.arange()", "np.where(np.arange(50) < n, y, np.nan)"),
    "return np.sin(np.arange(0, x, 0.1))": ("a number of points", "Write `return np.sin(np.linspace(0, x, 50))`."),
    "return np.full((2, int(x) + 1), 3.0)": ("a length in np.full()", "a plain number"),
    "return np.full(k, 3.0)": ("a length in np.full()", "a plain number"),
    "assert x > 0": ("`if`", "np.where"),
    "return [v for v in t if v > x]": ("`if`", "np.where"),
    "for i in range(k): x = x * 2": ("range()", "iterate(step, start, n)"),
    "return np.arange(k) * 1.0": ("a length in np.arange()", "np.where(np.arange(50) < n, y, np.nan)"),
    "return np.zeros(k) + x": ("a length in np.zeros()", "a plain number"),
    "return np.ones((k, 2))": ("a length in np.ones()", "a plain number"),
    "return rng.normal(x, 1.0)": ("Drawing random numbers", "mean + width * drawn"),
    "return np.random.default_rng(int(k)).normal()": ("a seed", "Draw before"),
    "return special.gamma(x)": ("special.gamma", "numerical_gradient(f, x)"),
    "return gamma(x)": ("gamma", "numerical_gradient(f, x)"),
    "return stats.norm.ppf(0.3, x)": ("stats.norm.ppf", "numerical_gradient(f, x)"),
    "return stats.gamma.pdf(t, x)": ("stats.gamma.pdf", "numerical_gradient(f, x)"),
    "return optimize.bisect(lambda t: t - x, 0, 10)": ("optimize.bisect", "numerical_gradient(f, x)"),
    "ax.set_xlim(0, x)": ("ax.set_xlim", "before live, with plain numbers"),
    "ax.plot([0, x], [0, 1])": ("ax.plot", "{artist: data}"),
    "return np.nonzero(x > t)": ("np.nonzero", "np.where"),
    "return np.sum(t, initial=x)": ("np.sum of plain numbers, with others that move,", "Write it with arithmetic"),
    "return np.float32(x) * 3": ("np.float32()", "Leave it out: these numbers have 64 bits"),
    "return np.interp(t, [1, 2], [3, 4], left=x)": ("np.interp with a left=", "np.where(x < xp[0], left, y)"),
    "return np.choose([0, 1], [x * t[:2], t[:2]])": ("np.choose", "Write it with arithmetic"),
    "return np.bincount([0, 1, 1, 2], weights=x * t)": ("np.bincount", "Write it with arithmetic"),
}


@pytest.mark.parametrize("line", SAID)
def test_where_no_line_can_be_given_the_error_says_what_to_do(line):
    what, instead = SAID[line]
    message = refusal(line)
    assert re.match(r"Line 5 of (f|<listcomp>), ", message) and f", `{line}`: " in message
    assert what in message and instead in message, message
    assert "slider" not in message and ".py" not in message and "ops" not in message.split()


def test_an_array_of_the_notebook_that_update_writes_into_becomes_its_own():
    writing = "def f(x):\n    {}\n    return {}"
    names = {"np": np, "y": np.zeros(3)}

    def made(*lines):
        f = function(writing.format(*lines))
        f.__globals__.update(names)
        return f

    with pytest.raises(Refusal) as refused:
        trace(made("y[1:] = 2 * x", "y"), 1.25)
    own = re.search(r"Write `(.*)`, and own for y", str(refused.value))[1]
    assert trace(made(own, "own"), 1.25)(3.0).tolist() == [0, 6, 6] and names["y"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("edges", [[1.0, 2.0, 5.0], [5.0, 2.0, 1.0]], ids=["growing", "falling"])
def test_bins_that_are_told_to_be_counted_are_those_of_digitize(edges, right):
    bins = f"{edges} * (x / x)" if edges[0] < edges[1] else f"{edges}"  # what moves is taken for growing
    said = refusal(f"return np.digitize(x * t, {bins}, right={right})")
    counted = re.search(r"Write (np\.sum.*)\.$", said)[1]
    t = np.array([3.0, 1.0, 2.0, 5.0, 0.0, 9.0])
    assert eval(counted, {"np": np, "x": t, "bins": np.array(edges)}).tolist() == np.digitize(t, edges, right).tolist()


def test_a_module_that_an_advice_needs_is_named():
    f = function("return stats.norm.cdf(x)")
    f.__globals__.pop("special")
    with pytest.raises(Refusal, match=r"After `import scipy.special`, write `return scipy.special.ndtr\(x\)`"):
        trace(f, 1.25, Between(2, 0, 3))


def test_the_line_is_the_authors_also_when_an_installed_library_has_asked(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "frames"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def mean(values):\n    return float(sum(values)) / len(values)\n")
    monkeypatch.syspath_prepend(str(package.parent))
    import frames

    def average(x):
        return frames.mean([x, 1.0])  # here

    with pytest.raises(TypeError, match=r"of average, `return frames\.mean.*frames\.mean cannot be recorded"):
        trace(average, 1.0)
    del sys.modules["frames"]


def test_an_expression_over_several_lines_is_told_on_its_own():
    def f(x):
        return np.sum([
            1.0,
            float(x),
        ])  # fmt: skip

    with pytest.raises(TypeError, match=r"Write `x` for `float\(x\)`\.$"):
        trace(f, 1.0)


def test_an_array_that_numpy_cannot_use_is_rewritten_where_it_was_made():
    def area(x):
        sides = np.array([[x, 1.0], [0.5, x]])
        return np.linalg.det(sides)

    better = "np.stack([np.stack([x, 1.0]), np.stack([0.5, x])])"
    with pytest.raises(TypeError, match=re.escape(f"Write `{better}` for `np.array([[x, 1.0], [0.5, x]])`.")):
        trace(area, 1.0)
    assert trace(lambda x: np.linalg.det(eval(better, {"np": np, "x": x})), 1.0)(2.0) == pytest.approx(area(2.0))


def test_a_loop_that_ends_early_is_told_to_run_on():
    def halved(x):
        for _ in range(9):
            if x < 1:
                break
            x = x / 2
        return x

    with pytest.raises(TypeError, match=r"without break, and write x = np\.where\(condition, x, new\)"):
        trace(halved, 4.0)


def test_without_the_source_the_error_still_says_what_to_write():
    names = {"np": np}
    exec("def f(x):\n    return float(x)", names)
    with pytest.raises(TypeError, match=r"float\(\), or what else needs a plain number.*Write NumPy functions"):
        trace(names["f"], 1.0)


def test_numerical_gradient_does_what_the_error_promises():
    f = lambda x: special.gamma(x[0]) + optimize.bisect(lambda t: t - x[1], 0, 10)  # noqa: E731
    assert np.allclose(numerical_gradient(f, [0.5, 2.0]), [special.gamma(0.5) * special.digamma(0.5), 1], atol=1e-8)


def test_an_author_of_a_figure_hears_of_sliders_a_caller_of_grad_of_arguments():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def draw(a):
        return {line: np.array([[0, 0], [1, special.gamma(a)]])}

    with pytest.raises(TypeError, match=r"depends on a slider\. .*Or write stops='a' beside the controls"):
        live(fig, draw, a=FloatSlider(value=0.5, min=0, max=1), title="One")
    with pytest.raises(TypeError, match=r"depends on an argument\. .*numerical_gradient"):
        grad(lambda a: special.gamma(a))(0.5)
    plt.close(fig)


def test_limits_set_in_update_are_refused_with_the_way_that_works():
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])

    def draw(a):
        ax.set_xlim(0, a)
        return {line: np.stack([np.stack([0.0, a]), np.stack([1.0, a])])}

    def better(a):
        return {line: np.stack([np.stack([0.0, a]), np.stack([1.0, a])])}

    with pytest.raises(TypeError, match=r"update changes the limits.*set them once, outside of update"):
        live(fig, draw, a=FloatSlider(value=0.5, min=0.1, max=1), title="Two")
    ax.set_xlim(0, 1)
    live(fig, better, a=FloatSlider(value=0.5, min=0.1, max=1), title="Two")
    plt.close(fig)


def test_only_the_first_argument_of_a_gradient_is_traced():
    """What comes after it may decide, count and index."""

    def f(x, n, name, scale=1.0):
        for _ in range(n):
            x = x * (2 if name == "twice" else 3)
        return scale * x

    assert grad(f)(1.0, 3, "twice") == 8 and grad(f)(1.0, 2, "thrice", scale=0.5) == 4.5


def test_the_gradient_of_a_function_that_changes_is_that_of_now():
    k = 3.0
    d = grad(lambda x: k * x**2)
    assert d(1.0) == 6
    k = 10.0
    assert d(1.0) == 20

    sample = np.array([1.0, 2.0])
    slope = grad(lambda w: (w * sample[0] - sample[1]) ** 2)
    w = 0.0
    for sample in np.random.default_rng(0).normal(size=(50, 1)) @ [[1.0, 3.0]]:  # noqa: B007
        w = w - 0.1 * slope(w)
    assert w == pytest.approx(3.0, abs=0.01)


def test_a_recording_is_kept_where_it_is_asked_for():
    calls = []
    backward = trace(lambda x: calls.append(0) or x**2, 1.0).backward
    assert [backward(v) for v in (1.0, 2.0, 3.0)] == [2, 4, 6] and len(calls) == 1


SEVERAL_LINES = """def f(x, k):
    c, y = 0, np.zeros(3)
    if x > 2:
        c = x
        y = y + c
    elif x > 1:
        c = 2 * x
    else:
        c = 3
    return np.stack([c, y[0]])
"""


def test_several_lines_below_a_condition_become_one_that_chooses():
    text = SEVERAL_LINES
    said = refusal(text)
    new = re.search(r"Write `(.*)` for the lines from `if x > 2:` on\.$", said)[1]
    begin, end = text.index("    if x > 2:"), text.index("    return")
    better = f"{text[:begin]}    {new}\n{text[end:]}"
    tape = trace(function(better), 1.25, Between(2, 0, 3))
    for x in (0.5, 1.5, 2.5):
        assert tape(x, 2).tolist() == function(text)(x, 2).tolist()
