"""Formulas that readers type: Python and JavaScript read them alike, and Python's own arithmetic and autograd agree."""

import ast
import math
import random
import warnings

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad
from node import Modules, as_json

from gradcore import gradient_descent, numerical_gradient
from livefig.formulas import grammar
from livefig.formulas.function import Function
from livefig.formulas.grammar import FormulaError, check_variables, parse
from livefig.formulas.slopes import SLOPES, derivative
from livefig.program.anatomy import anatomy
from livefig.program.tape import Between, grad, trace
from livefig.steps.loops import iterate
from livefig.words import FORMULA_WORDS

TWO = ("x0", "x1")
READ = """return args[0].map((text) => {
    const problem = parts.formulaProblem(text, args[1], args[2]);
    if (problem) return problem;
    const formula = parts.parseFormula(text, args[1]);
    const { expression, node, python } = formula;
    return [python, node, args[3].map((orders) => parts.derivative(formula, orders)), expression.nodes];
})"""
ORDERS = [[1, 0], [0, 1], [1, 1], [2, 1]]


@pytest.fixture(scope="module")
def script():
    with Modules("formulas/grammar", "formulas/slopes") as call:
        yield call


def read(text, variables=TWO, orders=ORDERS):
    """What Python makes of a formula: its sentence, or all that there is of it."""
    try:
        formula = expression, node, python = parse.__wrapped__(text, tuple(variables))
    except FormulaError as error:
        return str(error)
    slopes = [derivative(formula, order) for order in orders]
    return [python, node, slopes, as_json([list(node) for node in expression.nodes])]


def assert_alike(script, texts, variables=TWO, orders=ORDERS):
    found = script(READ, texts, variables, FORMULA_WORDS, orders)
    for text, theirs in zip(texts, found, strict=True):
        assert theirs == read(text, variables, orders), text


# What is understood, and as what -----------------------------------------------------------------------

UNDERSTOOD = {
    "x0**2/20 + x1**2": "x0**2/20 + x1**2",
    "2x0^2": "2*x0**2",
    "(x0 + 1)(x1 - 1)": "(x0 + 1)*(x1 - 1)",
    "2 sin(x0) cos(x1)": "2*sin(x0)*cos(x1)",
    "3(x0)x1": "3*(x0)*x1",
    "|x0| + |x1 - |x0||": "abs(x0) + abs(x1 - abs(x0))",
    "π x₀ · x_1": "pi*x0 * x1",
    "x0²x1⁻¹²": "x0**2*x1**-12",
    "−x0 ÷ 007": "-x0 / 7",
    "np.exp(-x0) + math.log(e)": "np.exp(-x0) + np.log(e)",
    "ln(x0) + max(x0, x1)": "log(x0) + maximum(x0, x1)",
    "where(x0 ≥ 1, x1, -x1)": "where(x0 >= 1, x1, -x1)",
    "√(x0)": "sqrt(x0)",
    "tg(x0) + sen(x1)": "tan(x0) + sin(x1)",
    "x0√2/√10": "x0*sqrt(2)/sqrt(10)",
    "-x0**-2**x1": "-x0**-2**x1",
    "x0 x1": "x0*x1",
    ".5x0 + 1.e2x1": ".5*x0 + 1.e2*x1",
    "--x0": "--x0",
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_formula_is_understood_and_shown_as_python_writes_it(text):
    assert parse(text, TWO).python == UNDERSTOOD[text]
    assert read(UNDERSTOOD[text])[1:] == read(text)[1:], "it means the same"
    assert parse(UNDERSTOOD[text], TWO).python == UNDERSTOOD[text]


# What is refused ---------------------------------------------------------------------------------------

REFUSED = {
    "": (None, "Type a formula. The variables are x0, x1."),
    " \t": (None, "Type a formula"),
    "x" * 501: (None, "at most 500 characters"),
    "1+" * 201 + "x0": (402, "at most 200 operations"),
    "(" * 41 + "x0" + ")" * 41: (41, "at most 40 deep"),
    "-" * 60 + "x0": (41, "at most 40 deep"),
    "sn(x0)": (1, "there is no sn. Did you mean sin?"),
    "x0 + sqr(x1)": (6, "Did you mean sqrt?"),
    "x2 + 1": (1, "there is no x2. Did you mean x0?"),
    "X0 + 1": (1, "there is no X0. Did you mean x0?"),
    "Sin(x0)": (1, "there is no Sin. Did you mean sin?"),
    "x0 mod 2": (4, "there is no mod. The variables are x0, x1."),
    "2/sec(x0)": (3, "there is no sec: write (1/cos(…))."),
    "sin(x0) + y": (11, "there is no y. The variables are x0, x1."),
    "sin x0": (1, "sin needs parentheses: write sin(x0)"),
    "exp -x0": (1, "write exp(…)"),
    "√x0": (1, "√ needs parentheses: write √(x0)"),
    "2 ln x0": (3, "ln needs parentheses: write ln(x0)"),
    "x0 + 2x0ln(x1)": (7, "there is no x0ln. Did you mean x0*ln?"),
    "x0x1": (1, "there is no x0x1. Did you mean x0*x1?"),
    "cosine(x0)": (1, "there is no cosine. Did you mean cos?"),
    "sine(x1)": (1, "there is no sine. Did you mean sin?"),
    "2 + arcsinx0": (5, "there is no arcsinx0. Did you mean arcsin(x0)?"),
    "pix0": (1, "Did you mean pi*x0?"),
    "x0constructor": (1, "there is no x0constructor"),
    "x0(x1 + 1)": (1, "To multiply, write x0*(…)"),
    "(x0 + 1": (1, "a ) is missing"),
    "sin(x0 + (x1)": (4, "a ) is missing"),
    "x0 + 1)": (7, "there is no ( for this"),
    "|x0": (1, "there is no second |"),
    "x0 +": (5, "is missing"),
    "x0 * / x1": (6, "is missing"),
    "()": (2, "is missing"),
    "x0 3": (4, "a sign such as + or * is missing before 3"),
    "1/2x0": (4, "in two ways"),
    "1/-2x0": (5, "in two ways"),
    "x0^2x1": (5, "in two ways"),
    "x0**(2)x1": (8, "in two ways"),
    "√2x0": (3, "in two ways"),
    "maximum(x0)": (1, "the number of arguments of maximum is 2, not 1"),
    "sin()": (1, "is 1, not 0"),
    "sin(x0, x1)": (1, "is 1, not 2"),
    "0,5x0": (2, "write 0.5"),
    "sin(0,5)": (6, "write 0.5"),
    "x0, x1": (3, "a comma"),
    "y = x0": (3, "leave out ="),
    "x0 = 2": (4, "leave out ="),
    "x0/0": (3, "nothing can be divided by 0"),
    "x0/(0.0)": (3, "nothing can be divided by 0"),
    "x0 > 1": (4, "the condition of where"),
    "(x0 > 1)*x1": (5, "the condition of where"),
    "where(x1, x0 > 1, 2)": (14, "the condition of where"),
    "where(0 < x0 < 1, 1, 2)": (14, "two at a time"),
    "x0 and x1": (4, "one where(condition, a, b) inside another"),
    "1 if x0 else 2": (3, "one where(condition, a, b) inside another"),
    "x0 & x1": (4, "one where(condition, a, b) inside another"),
    "1e999": (1, "too large"),
    "勾 + 1": (1, "勾 is no part of a formula"),
    "x0 + 🙂🙂": (6, "🙂 is no part of a formula"),
    "x0; x1": (3, "; is no part of a formula"),
    "__import__(1)": (1, "there is no __import__"),
    "x0.real": (3, ". is no part of a formula"),
    "np.x0": (1, "there is no np.x0"),
    "constructor": (1, "there is no constructor"),
    "toString(x0)": (1, "there is no toString"),
}


@pytest.mark.parametrize(("name", "advised"), grammar.QUOTIENTS.items())
def test_what_is_advised_for_a_secant_can_be_typed(name, advised):
    of = {"cot": "tan", "ctg": "tan", "sec": "cos", "csc": "sin", "cosec": "sin"}[name]
    written = f"2/{advised.replace('…', 'x0')}"
    assert parse(written, TWO).python == f"2/(1/{of}(x0))"
    with pytest.raises(FormulaError) as told:
        parse(f"2/{name}(x0)", TWO)
    assert f"there is no {name}: write {advised}." in str(told.value)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_what_is_wrong_is_said_with_its_place(text):
    place, words = REFUSED[text]
    with pytest.raises(FormulaError) as told:
        parse(text, TWO)
    assert words in str(told.value)
    assert (told.value.place and told.value.place[0] + 1) == place
    assert str(told.value).startswith(f"Character {place}: " if place else words[:5] if not text.strip() else "A form")


def test_every_sentence_of_a_wrong_formula_is_said_by_one_of_these():
    said = set()
    for text in REFUSED:
        with pytest.raises(FormulaError) as told:
            parse(text, TWO)
        said.add(told.value.key)
    assert {*FORMULA_WORDS} - said == {"formula_at", "formula_in_python", "formula_keys"}


def test_both_languages_read_alike_and_say_the_same_of_the_same_place(script):
    assert_alike(script, [*UNDERSTOOD, *UNDERSTOOD.values(), *REFUSED])
    assert_alike(script, ["x**2", "x0", "y", "2η", "v_1 + v₁"], ["x", "η", "v1"], [[1, 0, 0], [0, 1, 1]])


def test_both_languages_know_the_same_functions(script):
    found = script("return parts.FORMULA_FUNCTIONS")
    assert found == {name: list(function) for name, function in grammar.FUNCTIONS.items()}
    assert script("return parts.SLOPES") == SLOPES


@pytest.mark.parametrize(
    ("variables", "words"),
    [(("x-1",), "letters"), (("sin",), "another meaning"), (("e",), "another meaning"), ((), "one to five"),
     (("x", "x"), "each once"), (tuple("abcdfg"), "one to five"), ((3,), "letters")],
)  # fmt: skip
def test_variables_have_names_that_can_be_typed(variables, words):
    with pytest.raises(ValueError, match=words):
        check_variables(variables)
    check_variables(("x", "η", "v_1"))


# Generated formulas ------------------------------------------------------------------------------------

ONE = [name for name, (_, count) in grammar.FUNCTIONS.items() if count == 1]
PAIRED = [name for name, (_, count) in grammar.FUNCTIONS.items() if count == 2]
NUMBERS = ("0", "1", "2", "3", "0.5", "1.5", "2.25", "10", "1e-3", "pi", "e")


def generated(rng, depth=4):
    """A formula of x0 and x1 as Python writes it."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice([*TWO, *TWO, *TWO, rng.choice(NUMBERS)])
    inner = lambda: generated(rng, depth - 1)  # noqa: E731
    return rng.choice([
        lambda: f"{inner()} {rng.choice('+-*')} {inner()}",
        lambda: f"({inner()}) / ({inner()} + {rng.choice(NUMBERS[1:])})",
        lambda: f"({inner()})**{rng.choice([2, 3, -1, 0.5, 1.5, '-2', '(' + inner() + ')'])}",
        lambda: f"-({inner()})",
        lambda: f"{rng.choice(ONE)}({inner()})",
        lambda: f"{rng.choice(PAIRED)}({inner()}, {inner()})",
        lambda: f"where({inner()} {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {inner()}, {inner()}, {inner()})",
    ])()  # fmt: skip


NUMPYS = {name: getattr(np, name) for name in grammar.FUNCTIONS} | {
    name: np.float64(value) for name, value in grammar.CONSTANTS.items()
}
AUTOGRADS = {name: getattr(anp, name) for name in grammar.FUNCTIONS if hasattr(anp, name)} | grammar.CONSTANTS
HEIGHTS = np.array([-2.3, -1.0, -0.4, 0.3, 0.9, 1.0, 2.7])
POINTS = np.meshgrid(HEIGHTS, HEIGHTS + 0.01)


def some(count, seed):
    """Formulas that can be read: a plain 0 below a stroke is refused."""
    rng, found = random.Random(seed), []
    while len(found) < count:
        text = generated(rng)
        if len(text) <= grammar.MOST_CHARACTERS and "nothing can be divided" not in str(read(text, orders=[])):
            found.append(text)
    return found


class Numpys(ast.NodeTransformer):
    """Python's numbers as NumPy's: 0.0**-1 is infinite then, and no error."""

    def visit_Constant(self, node):
        return ast.parse(f"np.float64({node.value})", mode="eval").body


def pythons(text, functions, *values):
    """What Python's own eval makes of a formula."""
    tree = ast.fix_missing_locations(Numpys().visit(ast.parse(text, mode="eval")))
    return eval(compile(tree, "<formula>", "eval"), {**functions, "np": np}, dict(zip(TWO, values, strict=True)))


def close(found, wanted, tolerance):
    """Whether numbers are the same to rounding, or not finite where the others are not."""
    found, wanted = np.broadcast_arrays(found, wanted)
    with np.errstate(all="ignore"):
        same = np.abs(found - wanted) <= tolerance * np.maximum(1, np.abs(wanted))
    return bool(np.all(same | ~np.isfinite(wanted) | (found == wanted)))


def compare_with_oracles(script, texts):
    assert_alike(script, texts)
    for text in texts:
        expression, node, python = parse(text, TWO)
        assert python == text
        with np.errstate(all="ignore"):
            value = expression.run(node, POINTS)
            wanted = pythons(python, NUMPYS, *POINTS)
        assert close(value, wanted, 1e-12), text
        assert np.array_equal(np.isnan(np.broadcast_to(value, (7, 7))), np.isnan(np.broadcast_to(wanted, (7, 7)))), text


def test_two_hundred_generated_formulas_are_read_alike_and_have_pythons_values(script):
    compare_with_oracles(script, some(200, 1))


@pytest.mark.long
def test_five_thousand_generated_formulas_are_read_alike_and_have_pythons_values(script):
    for seed in range(25):
        compare_with_oracles(script, some(200, 100 + seed))


# Autograd knows the same slopes but at kinks and edges, where it warns or gives infinities; these are smooth.
SMOOTH = [
    "x0**2/20 + x1**2", "sin(x0)*x1", "exp(-x0**2 - x1**2)", "x0**3 - 3*x0*x1**2", "tanh(x0*x1)/(1 + x0**2)",
    "log(1 + x0**2)*cos(x1)", "sqrt(1 + x0**2 + x1**2)", "arctan(x0)*sinh(x1)", "(2 + sin(x1))**x0", "2**x0 + 3**x1",
    "(1 + x0**2)**1.5/(3 + cos(x1))", "hypot(x0, x1)", "log1p(x0**2) + expm1(x1)", "cosh(x0) - tan(x1/3)",
    "maximum(x0, x1)**2", "abs(x0)*x1", "where(x0 > x1, x0**2, sin(x1))", "arcsin(x0/4)*arccos(x1/4)",
    "log2(5 + x0) + log10(5 + x1)", "arctan2(x0, x1 + 4)", "minimum(sin(x0), x1)", "1/(5 + x0) + (x1**2 + 1)**-2",
]  # fmt: skip


@pytest.mark.parametrize("text", SMOOTH)
def test_derivatives_are_those_of_autograd_up_to_the_third(text):
    formula = parse(text, TWO)
    f = lambda x0, x1: pythons(formula.python, AUTOGRADS, x0, x1) + 0 * x0  # noqa: E731
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for orders in ([1, 0], [0, 1], [1, 1], [0, 2], [2, 1], [3, 0]):
            wanted = f
            for variable, order in enumerate(orders):
                for _ in range(order):
                    wanted = elementwise_grad(wanted, variable)
            with np.errstate(all="ignore"):
                found = formula.expression.run(derivative(formula, orders), POINTS)
                assert close(found, wanted(*POINTS), 1e-9), orders


def test_a_derivative_shares_what_it_has_in_common_with_its_formula():
    formula = parse.__wrapped__("exp(sin(x0)*cos(x1))", TWO)
    expression, node, _ = formula
    more = {*expression.needed(derivative(formula, [1, 0]))} - {*expression.needed(node)}
    assert sorted(expression.nodes[at][0] for at in more) == ["cos", "multiply", "multiply"]


def test_the_third_derivative_of_the_longest_formula_is_no_burden():
    text = "*".join(["sin(x0)"] * 62)
    formula = parse.__wrapped__(text, TWO)
    assert len(formula.expression.needed(derivative(formula, [3, 0]))) < 20_000


# Called in functions -----------------------------------------------------------------------------------

FORMULAS = [
    "x0**2/20 + x1**2",
    "0",
    "x1",
    "sin(x0)*x1",
    "exp(-x0**2) - abs(x1)",
    "maximum(x0, x1)**3",
    "1/x0",
    "log(x0)",
]
GRID = np.meshgrid(np.linspace(-2, 2, 7), np.linspace(-1, 1, 5))


def calls(f, x, a, n):
    """Numbers, fields, loops, gradients: what the functions of figures do with a formula."""
    walk = gradient_descent(f, [x[0], x[1]], 0.1 * a, n)
    path = iterate(lambda p: p - a * grad(f)(p), x, n)
    hessian = grad(lambda p: np.sum(grad(f)(p) * x))(x)
    third = grad(lambda p: np.sum(grad(lambda q: np.sum(grad(f)(q) * x))(p) ** 2))(x)
    field = f(a * GRID[0], GRID[1])
    slopes = grad(lambda points: np.sum(f(points)))(a * np.stack(GRID, axis=-1))
    along = f(path[:, 0], path[:, 1]) + f(path) * f(1.0, a)
    numerical = numerical_gradient(f, x)
    return (
        walk.history,
        path,
        hessian,
        third,
        field,
        slopes,
        along,
        f.slope(1, 1)(x[0], x),
        numerical,
        f(2, 3),
        f.gradient(path),
    )


def test_a_recorded_call_follows_any_formula_in_both_machines_and_gives_what_python_gives(script):
    start, most = np.array([0.6, -0.4]), 5
    tape = trace(calls, Function(FORMULAS[0], TWO), start, 0.5, Between(3, 0, most))
    body = """const [tape, texts, numbers] = args;
        return texts.map((text) => {
            const formulas = { [tape.formulas[0][0]]: parts.operationsOf(text, ["x0", "x1"]) };
            const found = parts.machine(tape, formulas)(numbers);
            return found.map((value, i) => parts.nested(value, tape.outputs[i]));
        });"""
    with Modules("program/machine", "controls/formulas", "page/access") as both:
        pages = both(body, tape.program, FORMULAS, [*start, 0.3, 4])
    for text, page in zip(FORMULAS, pages, strict=True):
        f = Function(text, TWO)
        with np.errstate(all="ignore"):
            wanted = calls(f, start, 0.3, 4)
        for ours, theirs, numbers in zip(wanted, tape(f, start, 0.3, 4), page, strict=True):
            numbers = np.array(numbers, dtype=float)
            assert np.shape(ours) == np.shape(theirs) == numbers.shape
            np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(numbers, theirs, rtol=1e-9, atol=1e-9)


def test_a_formula_takes_its_variables_one_by_one_or_along_the_last_axis():
    f = Function("x0*x1", TWO)
    points = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert f([3, 4]) == f(3, 4) == 12
    assert f(points).tolist() == f(*points.T).tolist() == [2, 12, 30]
    assert Function("1", TWO)(points).tolist() == [1, 1, 1], "shaped like its arguments"
    assert Function("x")(np.ones((2, 3))).shape == (2, 3)
    assert f.gradient(points).tolist() == f.gradient(*points.T).tolist() == [[2, 1], [4, 3], [6, 5]]
    assert f.gradient(3, np.array([1.0, 2.0])).tolist() == [[1, 3], [2, 3]]
    for wrong in ((1,), (1, 2, 3), (points.T,), ([1, 2, 3],)):
        with pytest.raises(TypeError, match="x0, x1 takes these, or one array"):
            f(*wrong)
    with pytest.raises(TypeError, match="must hold real numbers"):
        f("a", 1)


def test_a_gradient_of_a_formula_is_that_of_the_same_function_written_in_python():
    point = np.array([0.7, -0.2])
    for text in SMOOTH:
        found = grad(Function(text, TWO))(point)
        np.testing.assert_allclose(Function(text, TWO).gradient(point), found, rtol=1e-12)
        np.testing.assert_allclose(found, grad(lambda x: pythons(text, NUMPYS, x[0], x[1]))(point), rtol=1e-9)  # noqa: B023
        tape = trace(lambda f, x: grad(f)(x), Function("0", TWO), np.zeros(2))
        np.testing.assert_allclose(tape(Function(text, TWO), point), found, rtol=1e-9)


def test_at_kinks_a_recorded_formula_has_the_slopes_of_the_engine():
    texts = ["abs(x)", "maximum(x, 0)", "minimum(x, -x)", "hypot(x, 0*x)", "sign(x)", "where(x > 0, sqrt(x), 0)",
             "x**x", "abs(x)**x", "maximum(x, x)", "floor(x) + x", "x**0", "(x*x)**0.5"]  # fmt: skip
    tape = trace(lambda f, x: grad(f)(x), Function("x"), 0.0)
    for text in texts:
        f = Function(text)
        for x in (0.0, -1.0, 2.0):
            with np.errstate(all="ignore"):
                np.testing.assert_allclose(tape(f, x), grad(f)(x), rtol=1e-12, err_msg=f"{text} at {x}")


KINKS = {  # a formula: where it has a kink or a jump, between -3 and 3
    "abs(x - 1)": [1],
    "maximum(x, x**2)": [0, 1],
    "1e6*x + abs(x)": [],  # the kink is lost beside the slope
    "sign(x + 2) + x": [-2],
    "floor(x)": [-3, -2, -1, 0, 1, 2, 3],
    "where(x > 0, x**2, x**3)": [],
    "sign(x - 1)**2": [1],  # one odd place
    "where(x == 1, 5, x)": [1],
    "where(x > 0, 2*x, x**3) + 1e4": [0],
    "sqrt(abs(x))": [0],
    "abs(x)*x": [],
    "abs(sin(3*x))": [k * math.pi / 3 for k in range(-2, 3)],
    "1/x": [],
    "cbrt(x)": [],
    "exp(3*x)": [],
    "sin(100*x)": [],
    "tanh(1e5*(x - 1))": [],
    "log(x) + 1e9": [],
    "x**4 - 40*x": [],
    "7": [],
}


def test_a_formula_tells_where_it_has_a_kink_or_a_jump():
    tape = trace(lambda f, x: f.breaks(x), f=Function("x"), x=np.zeros(2000))
    x = np.linspace(-2.99, 2.99, 2000)
    for text, places in KINKS.items():
        f = Function(text)
        with np.errstate(all="ignore"):
            assert f.breaks(np.array([0.5, *places], dtype=float)).tolist() == [False] + [True] * len(places), text
            assert not f.breaks(x).any() and not tape(f=f, x=x).any(), text
            assert tape(f=f, x=np.resize(places or [0.25], 2000)).all() == bool(places), text


def test_a_formula_of_two_variables_breaks_along_one_or_any_of_them():
    f, ridge = Function("abs(x0) + x1**2", TWO), Function("abs(x0 - x1)", TWO)
    point = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert f.breaks(point).tolist() == f.breaks(point, along=0).tolist() == [True, False]
    assert not f.breaks(0, 0, along=1) and f.breaks(0.0, 5)
    assert [bool(ridge.breaks(1, 1, along=i)) for i in (0, 1)] == [True, True]
    assert Function("hypot(x0, x1)", TWO).breaks(0, 0)
    with pytest.raises(ValueError, match="along must be 0 or 1, the place of one of x0, x1, not 2"):
        f.breaks(0, 0, along=2)


def test_a_tape_that_calls_formulas_reads_as_python_and_runs_as_such():
    tape = trace(lambda f, x: f(x) + f.slope(1)(x), f=Function("x"), x=0.0)
    names = {}
    exec(repr(tape), names)
    f = Function("x**3")
    assert repr(tape).splitlines()[:3] == ["def f(x, f):", "    a = f(x)", "    b = f.slope(1)(x)"]
    assert names["f"](2.0, f) == tape(f=f, x=2.0) == 20


def test_more_than_three_derivatives_are_refused_by_the_name_of_the_formula():
    def fourth(f, x):
        return grad(grad(grad(grad(f))))(x)

    with pytest.raises(TypeError, match="Derivative number 4 of the formula f cannot be recorded"):
        trace(fourth, f=Function("x"), x=0.0)
    with pytest.raises(ValueError, match="at most 3 times in all"):
        Function("x").slope(2).slope(2)


def test_a_function_that_asks_for_more_than_values_of_a_formula_is_refused():
    with pytest.raises(TypeError, match=r"len\(f.text\).*: .text of a formula cannot be recorded"):
        trace(lambda f, x: x * len(f.text), f=Function("x"), x=0.0)
    tape = trace(lambda f, x: f(x), f=Function("x"), x=0.0)
    with pytest.raises(TypeError, match="f must be a formula, as when it was traced"):
        tape(f=np.sin, x=1.0)
    with pytest.raises(ValueError, match="returned shape"):
        anatomy(trace(lambda f, x: f(x), Function("x"), np.zeros(3)), Function("x"), np.zeros(3))


# Strings of all kinds ----------------------------------------------------------------------------------

PIECES = ["x0", "x1", "sin", "where", "(", ")", ",", "**", "*", "/", "+", "-", "|", "^", "²", "⁻", "₀", "π", "√", "=",
          "==", "<", " ", "\u00a0", "1", "0", "2.5", ".", "e", "np.", "and", "&", "__proto__", "constructor", "🙂",
          "\ud800", "<script>", "${x}", "\n", "'", "\\", "勾", "𝑥", "x", "_", "1e400"]  # fmt: skip


def fuzzed(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(14)))


def test_three_thousand_strange_texts_are_read_or_refused_alike(script):
    rng = random.Random(5)
    assert_alike(script, [fuzzed(rng) for _ in range(3000)])


@pytest.mark.long
def test_a_million_strange_texts_neither_throw_nor_hang_nor_reach_what_is_outside(script):
    body = f"""
        const pieces = {as_json(PIECES)!r}, words = args[1];
        const before = Object.getOwnPropertyNames(globalThis).length;
        let seed = args[0], read = 0;
        const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
        for (let i = 0; i < 10000; i++) {{
            const text = Array.from({{ length: random(40) }}, () => pieces[random(pieces.length)]).join("");
            const problem = parts.formulaProblem(text, ["x0", "x1"], words);
            if (typeof problem !== "string" || /undefined|\\[object/.test(problem)) throw new Error(text);
            if (!problem) read++;
        }}
        return [read, Object.getOwnPropertyNames(globalThis).length - before];"""
    for seed in range(100):
        read, reached = script(body, seed, FORMULA_WORDS)
        assert reached == 0 and read >= 0


def test_a_number_is_nowhere_taken_for_what_it_is_not():
    expression, node, _ = parse("-0*x0 + 1", TWO)
    assert math.copysign(1, expression.run(node, [np.float64(2), np.float64(0)])) == 1
