"""What a trace cannot follow is refused: the author's line, the operation, and what to write instead."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

_OWN = str(Path(__file__).resolve().parents[1])
_NUMPY = str(Path(sys.modules["numpy"].__file__ or "").resolve().parent)


class Refusal(TypeError):
    """Raised where the result of an operation cannot follow the sliders."""


class MissingAttribute(Refusal, AttributeError):
    """A method or attribute that arrays have and traced ones have not."""


def refuse(
    what: str,
    instead: str,
    frames: Iterable[tuple[FrameType, int]] | None = None,
    kind: type[Refusal] = Refusal,
) -> Refusal:
    """The error for an operation that cannot be recorded.

    frames : (frame, line number), innermost first; by default those of the present call.
    """
    if frames is None:
        frames = traceback.walk_stack(sys._getframe(1))
    return kind(f"{_authors_line(frames)}{what} cannot be recorded: the value depends on a slider. {instead}")


def refusal_for(error: Exception) -> Refusal | None:
    """What NumPy's own complaint about a traced value means for the author, if it is one."""
    text, frames = str(error), list(traceback.walk_tb(error.__traceback__))[::-1]
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
    if "REFS_OK" in text:
        return refuse("np.nditer", "Write `for i in np.ndindex(x.shape):` and use x[i].", frames)
    return None


def _authors_line(frames: Iterable[tuple[FrameType, int]]) -> str:
    """Where in the author's function we are: "Line 3 of walk, `y = math.sin(x0)`: "."""
    for frame, number in frames:
        code = frame.f_code
        if not code.co_filename.startswith((_OWN, _NUMPY)) and not code.co_filename.endswith(".pyx"):
            text = linecache.getline(code.co_filename, number).strip()
            quoted = f", `{text[:90]}{'…' if len(text) > 90 else ''}`" if text else ""
            return f"Line {number} of {code.co_name}{quoted}: "
    return ""
