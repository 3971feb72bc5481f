"""What a trace cannot follow is refused: the author's line, the operation, and what to write instead."""

from __future__ import annotations

import ast
import re
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from livefig.record.advice import Advice, Place, formatted

# What takes the seed of random numbers: functions by their full names, and the author's own line.
_SEED = re.compile(r"numpy\.random\..*seed|^random\.(seed|__init__)|check_random_state", re.IGNORECASE)
_SEED_OF_INT = re.compile(r"(default_rng|Random|RandomState|SeedSequence|seed)\(int\(")


FAMILIAR = "arithmetic, np.exp, np.sin, np.where, np.sum, @ and the like"  # what everything else can be written with
MASKED = "Write np.where(condition, np.nan, data), or np.ma.filled(data, np.nan) before: NaN leaves a gap."
LOOKED_THROUGH = {"livefig"}  # packages whose lines are no author's; others may join


class Refusal(TypeError):
    """Raised where the result of an operation cannot follow what it depends on.

    place, advice : where that is in the author's code, and how it can be written instead, if that is known.
    """

    place: Place | None = None
    advice: Advice | None = None


class MissingAttribute(Refusal, AttributeError):
    """A method or attribute that arrays have and traced ones have not."""


# Who speaks ---------------------------------------------------------------------------------------------

_moving: ContextVar[str] = ContextVar("moving", default="an argument")
_told: ContextVar[list[Refusal] | None] = ContextVar("told", default=None)


def moving() -> str:
    """What values depend on, in the author's words: "an argument" of a function, or "a slider" of a figure."""
    return _moving.get()


@contextmanager
def moving_by(what: str) -> Iterator[None]:
    """While this lasts, errors speak of `what`."""
    token = _moving.set(what)
    try:
        yield
    finally:
        _moving.reset(token)


@contextmanager
def listening() -> Iterator[list[Refusal]]:
    """The refusals that are told while this lasts: an author's `except` may swallow them."""
    told: list[Refusal] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)


# What is written into texts -----------------------------------------------------------------------------

Say = Callable[[Any, str], "str | None"]
_say: ContextVar[Say | None] = ContextVar("say", default=None)


@contextmanager
def said_by(writer: Say) -> Iterator[None]:
    """While this lasts, `writer` writes values that are not known yet into texts, by their formats; None refuses it."""
    token = _say.set(writer)
    try:
        yield
    finally:
        _say.reset(token)


def say(value: Any, spec: str) -> str | None:
    """What stands in a text for a value that is not known yet; None if nothing may."""
    writer = _say.get()
    return None if writer is None else writer(value, spec)


def refuse_text() -> Refusal:
    """The error for a value in a text that does not follow it."""
    told = "Return the number itself"
    if moving() == "a slider":
        told += ' by a name, {"height": y}, and write a field, {height:.2f}, into the text, outside of update'
    return refuse("formatting as text", f"{told}.")


# Refusals -----------------------------------------------------------------------------------------------


def refuse(what: str, instead: str, kind: type[Refusal] = Refusal, line: str | None = None) -> Refusal:
    """The error for an operation that cannot be recorded.

    line : what authors_line() has said before; by default the author's line at work.
    """
    line = authors_line() if line is None else line
    return _tell(kind(f"{line}{what} cannot be recorded: the value depends on {moving()}. {instead}"))


def too_much(what: str, error: TracebackType | None = None) -> Refusal:
    """The error for what would take too much memory or time.  error : where that came out; by default here."""
    place, _ = _place(error)
    line = "" if place is None else place.line
    return _tell(Refusal(f"{line}{what}, is too much for a figure. Use fewer points or steps."))


def _tell(refusal: Refusal) -> Refusal:
    if type(refusal) is Refusal and (told := _told.get()) is not None:
        told.append(refusal)
    return refusal


def refuse_question(
    what: str, instead: str, error: TracebackType | None = None, kind: type[Refusal] = Refusal
) -> Refusal:
    """The error for what Python, NumPy or another library asks of a plain number, with the line rewritten if we can.

    what, instead : said if we cannot.  error : where it was raised; by default here.
    """
    place, library = _place(error)
    if place is None:
        return refuse(what, instead, kind, "")
    advice = formatted(place.node)
    if advice is not None and _say.get() is None:
        return refuse_text()
    if library == "scipy" and (advice := place.advice) is not None:
        what, instead = advice.what, place.told(advice)
    elif library != "numpy" and library:
        what = ast.unparse(place.node.func) if isinstance(place.node, ast.Call) else library
        instead = _instead_of(library)
    elif _draws(place):
        what, instead = "Drawing random numbers", "Draw before, with plain numbers, and write mean + width * drawn."
    elif _masks(place):
        what, instead = "a masked array", MASKED
    elif (advice := advice or place.advice) is not None:
        what, instead = advice.what, place.told(advice)
    refusal = refuse(what, instead, kind, place.line)
    refusal.place, refusal.advice = place, advice
    return refusal


def _draws(place: Place) -> bool:
    """Whether the author calls a method of a random generator, or a function of numpy.random."""
    return isinstance(getattr(place.called, "__self__", None), (np.random.Generator, np.random.RandomState))


def _masks(place: Place) -> bool:
    """Whether the author calls a function of numpy.ma."""
    called = place.called
    module = getattr(called, "__module__", None) or type(called).__module__
    return str(module).startswith("numpy.ma")


def _instead_of(library: str) -> str:
    """What to do without a function of another library."""
    if library == "matplotlib":
        return ("Call it before live, with plain numbers: update returns what moves, {artist: data}, "
                "and all else stays as it is drawn.")  # fmt: skip
    if moving() == "a slider":
        return "Write it with NumPy functions."
    return "Write it with NumPy functions, or use numerical_gradient(f, x): it calls f with plain numbers."


def refusal_for(error: Exception) -> Refusal | None:
    """What NumPy's own complaint about a traced value means for the author, if it is one."""
    text, traceback = str(error), error.__traceback__
    calls = _calls(traceback)
    place, _ = _place(traceback)
    line = "" if place is None else place.line
    if any(map(_takes_seed, calls)) or _SEED_OF_INT.search(line):
        return refuse("Drawing random numbers from a seed", "Draw before, from a plain number.", line=line)
    if isinstance(error, Refusal):
        return None
    if isinstance(error, MemoryError):
        return too_much(text.removeprefix("Unable to allocate ") or "more memory than there is", traceback)
    if "Traced" in text and "no callable" in text:
        method = text.split("callable ")[-1].split(" ")[0]
        return refuse_question(f"np.{method} of an object array, as np.array([x0, x1]) makes one,",
                               "Write np.stack([x0, x1]) for it.", traceback)  # fmt: skip
    if isinstance(error.__cause__, Refusal):
        what, instead = "Writing into a plain array", "Make the array with np.zeros_like(x) or np.stack([x0, x1])."
        place, _ = _place(traceback)
        if place is not None and isinstance(place.node, ast.Call):
            what = f"{ast.unparse(place.node.func)} of plain numbers, with others that move,"
            instead = f"Write it with {FAMILIAR}."
        return refuse_question(what, instead, traceback)
    if isinstance(error, IndexError) and ("only integers" in text or "integer (or boolean) type" in text):
        instead = "Write np.sum(np.where(np.arange(len(x)) == i, x, 0))."
        seen = [type(v).__name__ for frame, *_ in calls[:1] for v in frame.f_locals.values()]
        return refuse_question("an index", instead, traceback) if "Traced" in seen else None
    if "dtype('O')" in text or ("not supported for the input types" in text and "ufunc" in text):
        what = "An object array, as np.array([x0, x1]) makes one,"
        return refuse_question(what, "Write np.stack([x0, x1]) for it.", traceback)
    if "Could not convert object to sequence" in text:
        what = f"np.array, np.c_ or np.r_ of a history whose number of steps is {moving()}"
        return refuse_question(what, "Write np.column_stack([a, b]) or np.stack([a, b], axis=1).", traceback)
    if "sequence of integers" in text and "traced" in text:
        instead = f"Write a plain number there: only the rows of iterate follow {moving()}."
        return refuse_question("a shape", instead, traceback)
    if "REFS_OK" in text:
        return refuse("np.nditer", "Write `for i in np.ndindex(x.shape):` and use x[i].", line=line)
    return None


def with_line(error: Exception) -> Exception:
    """NumPy's or our own complaint about a shape or an index, with the author's line; any other error as it is."""
    frame, *_ = _calls(error.__traceback__)[0]
    place, _ = _place(error.__traceback__)
    if type(error) not in (ValueError, IndexError) or not own(frame) or place is None:
        return error
    return error if str(error).startswith(place.line) else type(error)(f"{place.line}{error}")


# Frames -------------------------------------------------------------------------------------------------

Call = tuple[FrameType, int, int]  # a frame, the number of its line, and the instruction that is at work


def _calls(error: TracebackType | None = None) -> list[Call]:
    """The calls of an error, or those of here, innermost first."""
    if error is None:
        frames, frame = [], sys._getframe(1)
        while frame is not None:
            frames.append((frame, frame.f_lineno, frame.f_lasti))
            frame = frame.f_back  # type: ignore[assignment]
        return frames
    found = []
    while error is not None:
        found.append((error.tb_frame, error.tb_lineno, error.tb_lasti))
        error = error.tb_next
    return found[::-1]


def package(frame: FrameType) -> str:
    """The package to which the code of a call belongs."""
    return str(frame.f_globals.get("__name__")).partition(".")[0]


@lru_cache(maxsize=512)
def _installed(filename: str) -> bool:
    """Whether a file belongs to Python or to an installed package, not to an author."""
    parts = {"site-packages", "dist-packages"} & set(Path(filename).parts)
    return bool(parts) or filename.startswith(("<frozen", sysconfig.get_path("stdlib"))) or filename.endswith(".pyx")


def is_authors(frame: FrameType) -> bool:
    return package(frame) not in LOOKED_THROUGH and not _installed(frame.f_code.co_filename)


def _place(error: TracebackType | None = None) -> tuple[Place | None, str]:
    """Where the author's code is at work, and the library that it has called there, "" if that is the tape's own."""
    library = ""
    for frame, number, instruction in _calls(error):
        if is_authors(frame):
            place = Place(frame, number, instruction)
            return place, library or _foreign(place)
        if package(frame) not in LOOKED_THROUGH:
            library = package(frame)
    return None, library


def _foreign(place: Place) -> str:
    """The library of a function without frames of its own, as scipy.special.erf."""
    function = place.called
    if isinstance(function, np.ufunc) and getattr(np, function.__name__, None) is not function:
        return "scipy"
    return ""


def _takes_seed(call: Call) -> bool:
    frame = call[0]
    return bool(_SEED.search(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"))


def own(frame: FrameType) -> bool:
    """Whether a call comes from the tape itself or from NumPy, not from the author."""
    return package(frame) in ("livefig", "numpy")


def authors_call() -> Any:
    """The function that the author's code calls at present, if that is seen."""
    place, _ = _place()
    return None if place is None else place.called


def authors_names() -> Iterator[tuple[str, Any]]:
    """What the names of the author's code stand for, from where it is at work outwards."""
    for frame, *_ in _calls():
        if is_authors(frame):
            yield from {**frame.f_globals, **frame.f_locals}.items()


def warn(message: str) -> None:
    """Warn at the author's line."""
    level = next((number for number, (frame, *_) in enumerate(_calls(), 1) if is_authors(frame)), 1)
    warnings.warn(message, stacklevel=level)


def line_of(error: Exception) -> str:
    """Where in the author's function an error came out."""
    place, _ = _place(error.__traceback__)
    return "" if place is None else place.line


def authors_line() -> str:
    """Where in the author's function we are: "Line 3 of walk, `y = math.sin(x0)`: "."""
    place, _ = _place()
    return "" if place is None else place.line
