"""What Python asks of a number and a traced one cannot answer."""

from __future__ import annotations

from gradcore.tape.refuse import refuse, truth_asked


class Unanswered:
    """The questions `if x`, `float(x)`, `range(x)`, … of a value that depends on a slider: each is refused."""

    def __bool__(self) -> bool:
        raise refuse(*truth_asked())

    def __float__(self) -> float:
        raise refuse(
            "float(), math.* or writing into a plain array",
            "Write np.sin(x) for math.sin(x), and make the array with np.zeros_like(x) or np.stack([...]).",
        )

    def __int__(self) -> int:
        raise refuse("int()", "Write np.floor(x).")

    __trunc__ = __int__

    def __index__(self) -> int:
        raise refuse("range() or an index", "Write gradcore.iterate(step, start, n) for a loop of n steps.")

    def __round__(self, digits: int = 0) -> float:
        raise refuse("round()", "Write np.rint(x).")

    def __format__(self, spec: str) -> str:
        raise refuse("formatting as text", "Return the number itself.")

    def __hash__(self) -> int:
        raise refuse("hashing", "Keep values in lists, not as keys.")
