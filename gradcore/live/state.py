"""The state of a figure at given control values: what its artists draw and what its sentence says.

The page renderer uses this for the first state; web/figure.js does the same at every move.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcore.live.artists import place
from gradcore.live.numbers import fill
from gradcore.tape.machine import compiled

Spec = dict[str, Any]


@dataclass(frozen=True)
class State:
    """arrays : one per artist.  named : the values for sentences.  parts : the `d` of each moving SVG part."""

    arrays: list[Any]
    named: dict[str, float]
    parts: dict[str, str]
    sentence: str


def state_at(spec: Spec, values: Mapping[str, Any]) -> State:
    """Run the tape of a figure's description at the values of its controls."""
    inputs = [float(values[name]) for name, *_ in spec["tape"]["inputs"]]
    return shown(spec, values, compiled(json.dumps(spec["tape"]))(inputs))


def shown(spec: Spec, values: Mapping[str, Any], outputs: Sequence[Any]) -> State:
    """What a figure shows for the data of its artists and the named numbers, in the order of the description."""
    arrays, numbers = outputs[: len(spec["artists"])], outputs[len(spec["artists"]) :]
    named = dict(values) | {name: float(v) for name, v in zip(spec["values"], numbers, strict=True)}
    parts = {}
    for number, (artist, data) in enumerate(zip(spec["artists"], arrays, strict=True)):
        for part, d in place(artist, spec["axes"][artist["axes"]], data).items():
            parts[f"{number}.{part}"] = d
    sentences = [_chosen(spec["readout"], named, spec["words"]), *_notes(spec, arrays)]
    return State(list(arrays), named, parts, " ".join(s for s in sentences if s))


def _chosen(readout: Sequence[Sequence[str]], named: Mapping[str, float], words: Mapping[str, str]) -> str:
    """The first sentence whose condition holds; one with an empty condition always does."""
    for condition, sentence in readout:
        if not condition or (named[condition] and named[condition] == named[condition]):
            return fill(sentence, named, words)
    return ""


def _notes(spec: Spec, arrays: Sequence[Any]) -> list[str]:
    """What the figure says by itself: where a path first leaves its picture, or stops being finite."""
    found: dict[str, tuple[int, str]] = {}
    for artist, data, output in zip(spec["artists"], arrays, spec["tape"]["outputs"], strict=False):
        if output["rows"] is None:
            continue
        axes = spec["axes"][artist["axes"]]
        finite = np.isfinite(data).all(axis=1)
        inside = np.ones(len(data), dtype=bool)
        for column, axis in enumerate((axes["x"], axes["y"])):
            inside &= (data[:, column] >= axis["low"]) & (data[:, column] <= axis["high"])
        for word, failed in (("leaves", finite & ~inside), ("diverges", ~finite)):
            steps = np.flatnonzero(failed)
            if steps.size and (word not in found or steps[0] < found[word][0]):
                found[word] = (int(steps[0]), artist["name"])
    return [
        spec["words"][word].format(step=found[word][0], name=found[word][1])
        for word in ("leaves", "diverges")
        if word in found
    ]
