"""The update rules of gradient descent, each a formula: a starting state, and a step."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

from gradcore import arguments
from gradcore.arguments import Floats


class Rule(Protocol):
    """What `gradient_descent` asks of an update rule; write your own with these two methods."""

    def start(self, x: Floats) -> Any:
        """The state before the first step: an array, or a tuple of arrays (empty where nothing is kept)."""

    def step(self, x: Floats, state: Any, g: Floats) -> tuple[Floats, Any]:
        """The next point and state, from the gradient g at x. Changes none of its arguments."""


class _Checked:
    """Hyperparameters are checked when a rule is made; traced ones pass."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            name, value = field.name, getattr(self, field.name)
            if name == "lr":
                value = arguments.number(name, value)
            elif name == "eps":
                value = arguments.positive(name, value)
            else:
                value = arguments.between(name, value, 0, 1)
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class SGD(_Checked):
    """x ← x − ηg    (Cauchy 1847)

    lr : the learning rate η. A negative one walks uphill.
    """

    lr: float = 0.01

    def start(self, x: Floats) -> tuple[()]:
        return ()

    def step(self, x: Floats, state: tuple[()], g: Floats) -> tuple[Floats, tuple[()]]:
        return x - self.lr * g, state


@dataclass(frozen=True)
class Momentum(_Checked):
    """v ← βv + g;  x ← x − ηv    (Polyak 1964)

    Of the three spellings in the books the one without a factor on g. v ← βv − ηg; x ← x + v takes the same path, as
    long as η stays the same; v ← βv + (1 − β)g; x ← x − ηv takes the path of the rate (1 − β)η.

    >>> Momentum(lr=0.1).step(1.0, 2.0, 3.0)[1]
    4.8
    """

    lr: float = 0.01
    beta: float = 0.9

    def start(self, x: Floats) -> Floats:
        return np.zeros_like(x)

    def step(self, x: Floats, state: Floats, g: Floats) -> tuple[Floats, Floats]:
        v = self.beta * state + g
        return x - self.lr * v, v


@dataclass(frozen=True)
class Nesterov(_Checked):
    """v ← βv + g;  x ← x − η(g + βv)    (Nesterov 1983)

    x is the point one has looked ahead to, so that g is simply the gradient there (the spelling of Bengio,
    Boulanger-Lewandowski and Pascanu 2013). It is the y of  x⁺ = y − η∇f(y);  y⁺ = x⁺ + β(x⁺ − x).
    """

    lr: float = 0.01
    beta: float = 0.9

    def start(self, x: Floats) -> Floats:
        return np.zeros_like(x)

    def step(self, x: Floats, state: Floats, g: Floats) -> tuple[Floats, Floats]:
        v = self.beta * state + g
        return x - self.lr * (g + self.beta * v), v


@dataclass(frozen=True)
class AdaGrad(_Checked):
    """s ← s + g²;  x ← x − ηg / (√s + ε)    (Duchi, Hazan and Singer 2011)

    Each element has its own rate η / (√s + ε), which never rises; its steps may grow where the slope does. ε stands
    outside the root.
    """

    lr: float = 0.01
    eps: float = 1e-8

    def start(self, x: Floats) -> Floats:
        return np.zeros_like(x)

    def step(self, x: Floats, state: Floats, g: Floats) -> tuple[Floats, Floats]:
        s = state + np.square(g)
        return x - self.lr * g / (np.sqrt(s) + self.eps), s


@dataclass(frozen=True)
class RMSProp(_Checked):
    """s ← βs + (1 − β)g²;  x ← x − ηg / (√s + ε)    (Tieleman and Hinton 2012)

    AdaGrad with a memory that fades: the rate can rise again. ε stands outside the root; s starts at zero and is not
    corrected, so the first step is ηg / (√(1 − β)|g| + ε).
    """

    lr: float = 0.01
    beta: float = 0.9
    eps: float = 1e-8

    def start(self, x: Floats) -> Floats:
        return np.zeros_like(x)

    def step(self, x: Floats, state: Floats, g: Floats) -> tuple[Floats, Floats]:
        s = self.beta * state + (1 - self.beta) * np.square(g)
        return x - self.lr * g / (np.sqrt(s) + self.eps), s


@dataclass(frozen=True)
class Adam(_Checked):
    """m ← β₁m + (1 − β₁)g;  s ← β₂s + (1 − β₂)g²;  x ← x − ηm̂ / (√ŝ + ε)    (Kingma and Ba 2015, algorithm 1)

    with m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ) in step t = 1, 2, …  ε is added to the root of the corrected ŝ, so
    the first step is ηg / (|g| + ε). Some books add it to √s, which shortens the steps of small gradients: with
    g = 1e-6 and η = 0.1 the first step is 0.099 here (ε = 1e-8), and 0.024 there (ε = 1e-7).

    The state is (m, s, β₁ᵗ, β₂ᵗ).

    >>> x, state = Adam(lr=0.1).step(0.0, Adam().start(0.0), 1e-6)
    >>> print(f"{x:.3f}")
    -0.099
    """

    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def start(self, x: Floats) -> tuple[Floats, Floats, float, float]:
        return np.zeros_like(x), np.zeros_like(x), 1.0, 1.0

    def step(
        self, x: Floats, state: tuple[Floats, Floats, float, float], g: Floats
    ) -> tuple[Floats, tuple[Floats, Floats, float, float]]:
        m, s, power1, power2 = state
        m = self.beta1 * m + (1 - self.beta1) * g
        s = self.beta2 * s + (1 - self.beta2) * np.square(g)
        power1, power2 = self.beta1 * power1, self.beta2 * power2
        m_hat, s_hat = m / (1 - power1), s / (1 - power2)
        return x - self.lr * m_hat / (np.sqrt(s_hat) + self.eps), (m, s, power1, power2)


def as_rule(name: str, value: Any) -> Rule:
    """An update rule as it is; a number as the learning rate of `SGD`."""
    if isinstance(value, type) and hasattr(value, "step"):
        raise TypeError(f"{name} must be a rule, not the class {value.__name__}: write {value.__name__}(lr=0.1)")
    if callable(getattr(value, "start", None)) and callable(getattr(value, "step", None)):
        return value
    return SGD(arguments.number(name, value))
