"""What a trace cannot follow is refused: the author's line, the operation, and what to write instead."""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

LIBRARIES = ("gradcore", "numpy", "scipy", "sklearn", "random")  # what is no author's, by the name of its package

# What asks a traced value whether it is true, by the word in the author's line: its name, and what to write instead.
ASKING = {
    r"np\.arange\(": ("np.arange up to it", "Write np.linspace(a, b, 50), or iterate's own rows."),
    r"(?<![\w.])(max|min)\(": ("`if`, as max() and min() ask it,", "Write np.maximum(a, b) or np.where, or np.max(x)."),
    r"(?<![\w.])sorted\(": ("`if`, as sorted() asks it,", "Write np.sort(x)."),
    r"(?<![\w.])(any|all)\(": ("`if`, as any() and all() ask it,", "Write np.any(x) or np.all(x)."),
    r"(?<![\w.])(if|while|and|or|not|assert|bool)\b|<.*<|>.*>": (
        "`if`, `while`, `and`, `or` or `not`", "Write np.where(condition, a, b), np.logical_and, …"),
    r"\bin\b": ("`in`", "Write np.any(x == value)."),
}  # fmt: skip


# What takes the seed of random numbers: functions by their full names, and the author's own line.
_SEED = re.compile(r"numpy\.random\..*seed|^random\.(seed|__init__)|check_random_state", re.IGNORECASE)
_SEED_OF_INT = re.compile(r"(default_rng|Random|RandomState|SeedSequence|seed)\(int\(")


class Refusal(TypeError):
    """Raised where the result of an operation cannot follow the sliders."""


class MissingAttribute(Refusal, AttributeError):
    """A method or attribute that arrays have and traced ones have not."""


def refuse(
    what: str,
    instead: str,
    frames: Iterable[tuple[FrameType, int]] | None = None,
    kind: type[Refusal] = Refusal,
    line: str | None = None,
) -> Refusal:
    """The error for an operation that cannot be recorded.

    frames : (frame, line number), innermost first; by default those of the present call.
    line : what authors_line() has said before, in place of frames.
    """
    line = authors_line(frames) if line is None else line
    refusal = kind(f"{line}{what} cannot be recorded: the value depends on a slider. {instead}")
    if kind is Refusal and (told := _told.get()) is not None:
        told.append(refusal)
    return refusal


_told: ContextVar[list[Refusal] | None] = ContextVar("told", default=None)


@contextmanager
def listening() -> Iterator[list[Refusal]]:
    """The refusals that are told while this lasts: an author's `except` may swallow them."""
    told: list[Refusal] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)


def refusal_for(error: Exception) -> Refusal | None:
    """What NumPy's own complaint about a traced value means for the author, if it is one."""
    text, frames = str(error), list(traceback.walk_tb(error.__traceback__))[::-1]
    if any(map(_takes_seed, frames)) or _SEED_OF_INT.search(authors_line(frames)):
        instead = "Let the reader choose the seed: a Dropdown(options=[0, 1, 2, 3]) has plain numbers."
        return refuse("Drawing random numbers from a seed", instead, frames)
    if "Traced" in text and "no callable" in text:
        method = text.split("callable ")[-1].split(" ")[0]
        what = f"np.{method} of an object array, as np.array([x0, x1]) makes one,"
        return refuse(what, "Write np.stack([x0, x1]).", frames)
    if isinstance(error.__cause__, Refusal):
        what = "Writing into a plain array, or drawing random numbers,"
        return refuse(what, "Make the array with np.zeros_like(x) or np.stack([x0, x1]).", frames)
    if isinstance(error, IndexError):
        seen = [type(v).__name__ for frame, _ in frames[:1] for v in frame.f_locals.values()]
        if "Traced" in seen and ("only integers" in text or "integer (or boolean) type" in text):
            return refuse("an index", "Write np.where(np.arange(len(x)) == i, x, 0).sum().", frames)
    if "dtype('O')" in text or ("not supported for the input types" in text and "ufunc" in text):
        return refuse("An object array, as np.array([x0, x1]) makes one,", "Write np.stack([x0, x1]).", frames)
    if "Could not convert object to sequence" in text:
        what = "np.array, np.c_ or np.r_ of a history whose number of steps is a slider"
        return refuse(what, "Write np.column_stack([a, b]) or np.stack([a, b], axis=1).", frames)
    if "sequence of integers" in text and "traced" in text:
        return refuse("a shape", "Write a plain number there: only the rows of iterate follow a slider.", frames)
    if "REFS_OK" in text:
        return refuse("np.nditer", "Write `for i in np.ndindex(x.shape):` and use x[i].", frames)
    return None


def _takes_seed(call: tuple[FrameType, int]) -> bool:
    frame, _ = call
    return bool(_SEED.search(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"))


def truth_asked() -> tuple[str, str]:
    """What in the author's line asks whether a traced value is true, and what to write instead."""
    line = authors_line()
    for words, answer in ASKING.items():
        if re.search(words, line.partition(", `")[2]):
            return answer
    instead = "Write np.where(condition, a, b), and np.stack([x0, x1]) for np.array([x0, x1])."
    return "`if`, or a comparison of an object array, as np.array([x0, x1]) makes one,", instead


def own(frame: FrameType) -> bool:
    """Whether a call comes from the tape itself or from NumPy, not from the author."""
    return str(frame.f_globals.get("__name__")).startswith(("gradcore.tape", "numpy"))


def authors_line(frames: Iterable[tuple[FrameType, int]] | None = None) -> str:
    """Where in the author's function we are: "Line 3 of walk, `y = math.sin(x0)`: "."""
    for frame, number in traceback.walk_stack(sys._getframe(1)) if frames is None else frames:
        code = frame.f_code
        package = str(frame.f_globals.get("__name__")).partition(".")[0]
        if package not in LIBRARIES and not code.co_filename.endswith(".pyx"):
            text = linecache.getline(code.co_filename, number).strip()
            quoted = f", `{text[:90]}{'…' if len(text) > 90 else ''}`" if text else ""
            return f"Line {number} of {code.co_name}{quoted}: "
    return ""
