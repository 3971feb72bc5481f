"""The state of a figure at given control values: what its artists draw and what its sentence says.

The page renderer uses this for the first state; `figure.js` does the same at every move.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np

from livefig.artists.kinds import packed, place, remark
from livefig.artists.limits import followed
from livefig.controls.controls import by_input, in_numpy, number_of
from livefig.controls.formulas import functions
from livefig.controls.numbers import fill
from livefig.description import Artist, Control, Description, check
from livefig.drawing.paint import Attributes, Parts
from livefig.drawing.space import box, seen_from
from livefig.program.machine import compiled


@dataclass(frozen=True)
class State:
    """arrays : one per artist.  named : the values for sentences; of a choice, its label.
    parts : the attributes of each moving SVG part.  sentence : what the line under the picture says."""

    arrays: list[Any]
    named: dict[str, Any]
    parts: dict[str, Attributes]
    sentence: str


def run(update: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    """What an author's function returns, as arrays; a run that overflows is no news.

    None hides an artist, and is no number. Where Python's own numbers end in an error or become complex, NumPy's do
    not, and the page's neither: 1/0 is infinite, and (-1)**0.5 no number.
    """
    try:
        with np.errstate(all="ignore"):
            try:
                result = update(**values)
            except ZeroDivisionError:
                result = update(**in_numpy(values))
            else:
                returned = result.values() if isinstance(result, dict) else ()
                if any(getattr(getattr(value, "dtype", None), "kind", "") == "c" for value in returned):
                    result = update(**in_numpy(values))
    except TypeError as error:
        if "unhashable type" not in str(error):
            raise
        raise TypeError(
            f"{error}. If this is a key of the dict that update returns: a key is one artist. ax.plot returns a list, "
            "so write (line,) = ax.plot(...); what ax.hist returns has its bars last: bars = ax.hist(...)[2]"
        ) from error
    if not isinstance(result, dict):
        return result
    unsaid = {key: np.nan if isinstance(key, str) else False for key, value in result.items() if value is None}
    return {key: packed(key, value) for key, value in (result | unsaid).items()}


@contextmanager
def unheard() -> Iterator[None]:
    """While this lasts, what is printed is not seen."""
    with redirect_stdout(io.StringIO()):
        yield


def tape_number(spec: Description, settings: Mapping[str, Any]) -> int:
    """Which of the tapes is that for the settings of enumerated controls."""
    number, specs = 0, {control["name"]: control for control in spec["controls"]}
    for name, count in spec["choices"]:
        number = number * count + number_of(specs[name], settings[name])
    return number


def tape_of(spec: Description, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The tape for the settings of enumerated controls."""
    tape, constants = spec["tapes"][tape_number(spec, settings)], spec.get("constants")
    if constants is None:
        return tape

    def whole(part: dict[str, Any]) -> Any:
        return constants[part["shared"]] if "shared" in part else part

    return {**tape, "constants": json.loads(json.dumps(tape["constants"]), object_hook=whole)}


def settings_of(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Where the controls of a description stand."""
    return {control["name"]: control["setting"] for control in spec["controls"]}


def views_at(spec: Description, settings: Mapping[str, Any]) -> list[list[float]]:
    """From where the three-dimensional axes that turn are seen: azimuth and elevation of each."""
    if spec["view"]:
        return [[float(settings[name]) for name in spec["view"]]] * len(spec["spaces"])
    return [space["view"] for space in spec["spaces"]]


def state_at(spec: Description, settings: Mapping[str, Any]) -> State:
    """Run the tape of a figure's description at the settings of its controls."""
    check(spec)
    return shown(spec, settings, outputs_at(spec, settings))


def outputs_at(spec: Description, settings: Mapping[str, Any]) -> list[Any]:
    """What the tape gives: an array for each artist, a number for each name."""
    tape = tape_of(spec, settings)
    given = by_input(settings)
    inputs = [float(given[name]) for name, *_ in tape["inputs"]]
    formulas = functions(spec["controls"], settings)
    return list(compiled(json.dumps(tape), tuple(formulas.items()))(inputs))


def shown(spec: Description, settings: Mapping[str, Any], outputs: Sequence[Any]) -> State:
    """What a figure shows for the data of its artists and the named numbers, in the order of the description."""
    arrays, numbers = outputs[: len(spec["artists"])], outputs[len(spec["artists"]) :]
    spec = {**spec, "axes": followed(spec, arrays)}
    named = control_values(spec["controls"], settings)
    named |= {name: float(v) for name, v in zip(spec["values"], numbers, strict=True)}
    views = views_at(spec, settings)
    seen = seen_from(spec["axes"], spec["spaces"], views)
    still = ((f"still{number}", artist, artist["data"]) for number, artist in enumerate(spec["still"]))
    moving = ((str(number), *both) for number, both in enumerate(zip(spec["artists"], arrays, strict=True)))
    parts: Parts = {}
    for name, artist, data in (*still, *moving):
        axes = None if artist["axes"] is None else seen[artist["axes"]]
        parts |= {f"{name}.{part}": attributes for part, attributes in place(artist, axes, data).items()}
    for number, (space, view) in enumerate(zip(spec["spaces"], views, strict=True)):
        if view != space["view"]:
            parts |= box(space, view, number)
    for number, lines in enumerate(spec["texts"]):
        for line, template in enumerate(lines):
            parts[f"text{number}.{line}"] = {"text": fill(template, named, spec["words"])}
    timed = [axis is not None for _, axis in tape_of(spec, settings)["outputs"]]
    sentences = [_chosen(spec["readout"], named, spec["words"]), *_notes(spec, arrays, timed), *_remarks(spec, arrays)]
    return State(list(arrays), named, parts, " ".join(s for s in sentences if s))


def control_values(controls: Sequence[Control], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the controls as sentences name them: of a choice, its label."""
    labels = {c["name"]: c["options"][settings[c["name"]]] for c in controls if "options" in c}
    return by_input(settings) | labels


def _chosen(readout: Sequence[Sequence[str]], named: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The first sentence whose condition holds; one with an empty condition always does."""
    for condition, sentence in readout:
        if not condition or (named[condition] and named[condition] == named[condition]):
            return fill(sentence, named, words)
    return ""


def _notes(spec: Description, arrays: Sequence[Any], timed: Sequence[bool]) -> list[str]:
    """What the figure says by itself of a loop that diverges: where it leaves its picture or stops being finite."""
    found: dict[str, dict[str, Any]] = {}
    for artist, data, has_steps in zip(spec["artists"], arrays, timed, strict=False):
        if not has_steps or not np.size(data):
            continue
        finite, out = _rows(artist, spec["axes"], data)
        for word, happens in EVENTS.items():
            step = happens(finite, out)
            if step is not None and (word not in found or step < found[word]["step"]):
                found[word] = {"step": step, "name": artist["name"]}
    return [
        fill(spec["words"][word if found[word]["name"] else f"{word}_unnamed"], found[word], spec["words"])
        for word in EVENTS
        if word in found
    ]


def _remarks(spec: Description, arrays: Sequence[Any]) -> list[str]:
    """What the figure says by itself of its artists, each sentence once."""
    words = dict.fromkeys(remark(artist, data) for artist, data in zip(spec["artists"], arrays, strict=False))
    return [spec["words"][word] for word in words if word]


def _leaves(finite: Any, out: Any) -> int | None:
    """The first row that is finite and out of the picture; what begins outside does not leave."""
    return int(np.argmax(finite & out)) or None


def _diverges(finite: Any, out: Any) -> int | None:
    """The first row of the end without numbers; not if none was outside before: then its author has hidden the end."""
    lost = int(np.max(np.flatnonzero(finite), initial=-1)) + 1
    return lost if out[: lost + 1].any() and lost < len(out) else None


ROUNDING = 1e-9  # of an axis: a row that rounding alone has put outside has not left
EVENTS = {"leaves": _leaves, "diverges": _diverges}  # by the sentences in WORDS that tell them


def _rows(artist: Artist, axes: Sequence[Any], data: Any) -> tuple[Any, Any]:
    """For each row of an artist's data whether it is finite, and whether it is out of the limits of the axes."""
    rows = np.reshape(data, (-1, len(artist["columns"]) or 1))
    own = {} if artist["axes"] is None else axes[artist["axes"]]
    finite, out = np.ones(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    for axis, columns in artist["watched"]:
        limits, values = own[axis], sum(rows[:, column] for column in columns)
        finite &= np.isfinite(values)
        spare = ROUNDING * (limits["high"] - limits["low"])
        out |= (values < limits["low"] - spare) | (values > limits["high"] + spare)
    return finite, out
