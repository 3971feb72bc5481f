"""What Python asks of a number and a traced one cannot answer."""

from __future__ import annotations

from livefig.record.refuse import refuse, refuse_question, refuse_text, say


class Unanswered:
    """The questions `if x`, `float(x)`, `range(x)`, … of a value that is not known yet: each is refused."""

    def __bool__(self) -> bool:
        raise refuse_question(
            "`if`, `while`, or what else asks whether a value is true,",
            "Write np.where(condition, a, b), np.logical_and(a, b), and np.stack([x0, x1]) for np.array([x0, x1]).",
        )

    def __float__(self) -> float:
        raise refuse_question(
            "float(), or what else needs a plain number,",
            "Write NumPy functions, np.sin(x) for math.sin(x), and np.stack([...]) for an array of such values.",
        )

    def __int__(self) -> int:
        raise refuse_question("int()", "Write np.trunc(x).")

    __trunc__ = __int__

    def __index__(self) -> int:
        raise refuse_question(
            "range(), an index, or a length",
            "Write iterate(step, start, n) for a loop of n steps, and plain numbers for lengths.",
        )

    def __round__(self, digits: int = 0) -> float:
        raise refuse_question("round()", "Write np.round(x, digits).")

    def __format__(self, spec: str) -> str:
        if (text := say(self, spec)) is None:
            raise refuse_text()
        return text

    def __str__(self) -> str:
        return repr(self) if (text := say(self, "")) is None else text

    def __hash__(self) -> int:
        raise refuse("hashing, as of a key or by functools.cache,", "Keep values in lists, and leave out cache.")
