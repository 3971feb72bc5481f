"""What to write for a call of scipy.stats: the formula of a distribution, in the author's own words."""

from __future__ import annotations

import ast
from collections.abc import Callable

# Of the place z = (x - loc) / scale: what is written for it, and for a density what it is divided by, besides scale.
STANDARD = {
    "norm.pdf": "np.exp(-{z} ** 2 / 2) / np.sqrt(2 * np.pi)",
    "norm.logpdf": "-{z} ** 2 / 2 - np.log(np.sqrt(2 * np.pi){times_scale})",
    "norm.cdf": "{special}.ndtr({z})",
    "norm.sf": "{special}.ndtr(-{z})",
    "expon.pdf": "np.where({z} < 0, 0, np.exp(-np.abs({z})))",
    "expon.cdf": "np.where({z} < 0, 0, 1 - np.exp(-np.abs({z})))",
    "expon.sf": "np.where({z} < 0, 1, np.exp(-np.abs({z})))",
    "uniform.pdf": "np.where(np.abs({z} - 0.5) <= 0.5, 1.0, 0.0)",
    "uniform.cdf": "np.clip({z}, 0, 1)",
    "logistic.cdf": "{special}.expit({z})",
}
# Of whole numbers x, which a slider does not move: their places are arguments of the call.
COUNTED = {
    "binom.pmf": (("n", "p"), "{special}.comb({n}, {x}) * {p} ** {x} * (1 - {p}) ** ({n} - {x})"),
    "poisson.pmf": (("mu",), "np.exp(-{mu}) * {mu} ** {x} / {special}.factorial({x})"),
}


def formula(name: str, call: ast.Call, special: str, closed: Callable[[ast.AST], str]) -> str | None:
    """An expression with the value of a call such as norm.pdf(x, 0, s); None for what is not known.

    name : of the distribution and the method.  special : what scipy.special is called.
    closed : the source of an argument, as it stands anywhere in an expression.
    """
    shapes, text = COUNTED.get(name, ((), STANDARD.get(name)))
    names = ("x", *shapes, "loc", "scale")
    given = dict(zip(names, call.args, strict=False)) | {str(word.arg): word.value for word in call.keywords}
    if text is None or not given.keys() <= set(names) or not given.keys() >= {"x", *shapes}:
        return None
    words = {word: closed(node) for word, node in given.items()}
    loc, scale = words.pop("loc", "0"), words.pop("scale", "1")
    if shapes:
        return text.format(special=special, **words) if (loc, scale) == ("0", "1") else None
    z = words["x"] if loc == "0" else f"({words['x']} - {loc})"
    z = z if scale == "1" else f"({z} / {scale})"
    times_scale = "" if scale == "1" else f" * {scale}"
    density = f" / {scale}" if name.endswith(".pdf") and scale != "1" else ""
    return text.format(z=z, special=special, times_scale=times_scale) + density
