"""Which controls are recorded, and which are enumerated: for each value of those that have few, update runs once."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, product
from math import prod
from typing import Any

from matplotlib.figure import Figure

from livefig.controls import controls
from livefig.controls.sliders import recorded
from livefig.description import Control
from livefig.figure.budget import MOST_BYTES, check_operations, compressed, too_long
from livefig.figure.trial import Author
from livefig.program.tape import Tape
from livefig.record.refuse import Refusal

MOST_COMBINATIONS = 256
SHORT = 20  # letters of a constant, too few to be shared


@dataclass(frozen=True)
class Settings:
    """Where the controls of a figure can stand.

    stops : the names of the sliders that are enumerated; choices and checkboxes always are.
    """

    widgets: Mapping[str, Any]
    stops: tuple[str, ...] = ()

    @cached_property
    def specs(self) -> list[Control]:
        return [controls.control(name, w.get_state(), (), self.stops) for name, w in self.widgets.items()]

    @property
    def recorded(self) -> list[Control]:
        return [spec for spec in self.specs if recorded(spec)]

    @property
    def enumerated(self) -> list[Control]:
        return [spec for spec in self.specs if not controls.recorded(spec)]

    @property
    def choices(self) -> list[list[Any]]:
        """The enumerated controls, and how many values each has."""
        return [[spec["name"], controls.count(spec)] for spec in self.enumerated]

    @property
    def count(self) -> int:
        """In how many ways the values of the enumerated controls combine."""
        return prod(count for _, count in self.choices)

    @cached_property
    def combinations(self) -> list[dict[str, Any]]:
        """These ways."""
        names = [name for name, _ in self.choices]
        if self.count > MOST_COMBINATIONS:
            raise ValueError(
                f"the values of {', '.join(names)} combine in {self.count:,} ways: {MOST_COMBINATIONS} are the most. "
                f"Take fewer options, or larger steps{self.larger_steps}"
            )
        values = [map(partial(controls.setting_at, spec), range(controls.count(spec))) for spec in self.enumerated]
        return [dict(zip(names, way, strict=True)) for way in product(*values)]

    @property
    def larger_steps(self) -> str:
        """Multiples of the sliders' steps with which their values are few enough; "" if there are none.

        Those are tried first with which a slider can still stand where it does, and the most values become fewer first.
        """
        specs = {spec["name"]: spec for spec in self.enumerated}
        counts = {name: controls.count(spec) for name, spec in specs.items()}
        sliders = {name: spec for name, spec in specs.items() if "stops" in spec}
        left, others = ({n: _multiples(spec, stay) for n, spec in sliders.items()} for stay in (True, False))
        steps: dict[str, float] = {}
        while prod(counts.values()) > MOST_COMBINATIONS:
            if not any(left.values()):
                left, others = others, {}
            if not any(left.values()):
                return ""
            name = max(filter(left.__getitem__, left), key=counts.__getitem__)
            multiple = left[name].pop(0)
            steps[name] = specs[name]["step"] * multiple
            counts[name] = controls.count({**specs[name], "stops": (specs[name]["stops"] - 1) // multiple + 1})
        *first, last = (f"{step:g} for {name}" for name, step in steps.items())
        return f": {', '.join(first)} and {last}" if first else f": {last}"

    def author(self, fig: Figure, update: Callable[..., Any]) -> Author:
        """An author's function over these controls."""
        options = {name: found for name, w in self.widgets.items() if (found := controls.options(w)) is not None}
        return Author(fig, update, options, [spec for spec in self.specs if "variables" in spec])

    def tapes(self, author: Author) -> list[Tape]:
        """A tape of update for each combination.

        Raises ValueError for an enumerated slider that stands between two stops, and where there would be too many
        operations.
        """
        for spec in self.specs:
            if "stops" in spec:
                controls.check_value(spec, self.widgets[spec["name"]], self.widgets[spec["name"]].value)
        tapes: list[Tape] = []
        known: set[str] = set()
        size = 0
        for chosen in self.combinations:
            tapes.append(author.tape(self.specs, chosen))
            check_operations(len(tapes[0].program["op"]), self.choices)
            new = {json.dumps(part) for constant in tapes[-1].program["constants"] for part in _parts(constant)} - known
            known |= new
            size += compressed("".join(sorted(new)))
            if size > 2 * MOST_BYTES:  # together, some of it is shorter
                raise too_long(size, len(tapes), self.choices)
        return tapes


def recordable(settings: Settings, author: Author, whole: bool = True) -> tuple[Settings, list[Tape]]:
    """Settings with which update can be recorded, and its tapes.

    Where it needs a Python integer, whole-number sliders are enumerated, as few as will do.
    whole : whether only those are.
    Raises Refusal where that does not help either: what is refused then, and the sliders that its author has to
    enumerate.
    """
    refusals = []
    for more in _few_or_all(_countable(settings, whole)):
        enumerated = Settings(settings.widgets, (*settings.stops, *more))
        if more and enumerated.count > MOST_COMBINATIONS:
            continue
        try:
            return enumerated, enumerated.tapes(author)
        except Refusal as error:
            refusals.append(error)
        except ValueError as error:
            if more:
                cause = str(refusals[0]).partition(" cannot be recorded")[0]
                error.args = (f"{error}. Each value of {', '.join(more)} is counted because of this: {cause}",)
            raise
    refusals[-1].args = (f"{refusals[-1]} {_advice(settings, author)}".rstrip(),)
    raise refusals[-1]


def _countable(settings: Settings, whole: bool) -> list[Control]:
    """The sliders that can be enumerated, those of whole numbers first."""
    found = [spec for spec in settings.recorded if "open" not in spec and (spec["whole"] or not whole)]
    return sorted(found, key=lambda spec: not spec["whole"])


def shared(tapes: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Tapes that refer to the constants that several of them have, and these."""
    parts = [json.dumps(part) for tape in tapes for constant in tape["constants"] for part in _parts(constant)]
    often = [text for text, count in Counter(parts).items() if count > 1 and len(text) > SHORT]
    places = {text: {"shared": place} for place, text in enumerate(often)}

    def short(constant: Any) -> Any:
        if isinstance(constant, dict) and "columns" in constant:
            return {"columns": [short(column) for column in constant["columns"]]}
        return places.get(json.dumps(constant), constant)

    found = [{**tape, "constants": [short(constant) for constant in tape["constants"]]} for tape in tapes]
    return found, [json.loads(text) for text in often]


def _parts(constant: Any) -> list[Any]:
    """A constant, or its columns one by one."""
    columns: list[Any] = constant["columns"] if isinstance(constant, dict) and "columns" in constant else [constant]
    return columns


def _advice(settings: Settings, author: Author) -> str:
    """The sliders to enumerate, so that update is recorded over no other."""
    present = {spec["name"]: spec["setting"] for spec in settings.specs}
    for more in _few_or_all([spec for spec in settings.recorded if "open" not in spec])[1:]:
        enumerated = Settings(settings.widgets, (*settings.stops, *more))
        try:
            for chosen in _one_by_one(enumerated, present):
                author.tape(enumerated.specs, chosen)
        except Refusal:
            continue
        names = repr(enumerated.stops if len(enumerated.stops) > 1 else enumerated.stops[0])
        advice = f"Or write stops={names} beside the controls: update then runs with plain numbers, at each stop of it"
        if enumerated.count <= MOST_COMBINATIONS:
            return f"{advice}."
        values = f"of {enumerated.count:,} values {MOST_COMBINATIONS} are the most"
        return f"{advice}. Take larger steps for that{enumerated.larger_steps}; {values}."
    for name, spec in ((spec["name"], spec) for spec in settings.recorded if "open" in spec):
        box = f"Bounded{'Int' if spec['whole'] else 'Float'}Text"
        ends = f"value={spec['setting']!r}, min={spec['min']!r}, max={spec['max']!r}"
        return f"Or give {name} ends, so that its values can be counted: {name}={box}({ends})."
    return ""


def _multiples(spec: Control, staying: bool) -> list[int]:
    """By what the step of a slider can be multiplied, so that two stops are left.

    staying : only so that it can stand where it does, and a range at both of its ends.
    """
    settings = spec["setting"] if "ends" in spec else [spec["setting"]]
    at = [math.log(setting, spec["base"]) if spec["base"] else setting for setting in settings]
    places = [round((place - spec["min"]) / spec["step"]) for place in at]
    return [n for n in range(2, spec["stops"]) if not staying or all(place % n == 0 for place in places)]


def _one_by_one(settings: Settings, present: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The present setting, and each option of a choice beside it."""
    yield dict(present)
    for spec in settings.enumerated:
        if "stops" not in spec:
            yield from ({**present, spec["name"]: number} for number in range(controls.count(spec)))


def _few_or_all(specs: Sequence[Control]) -> list[tuple[str, ...]]:
    """No name, each by itself, any two, and all together."""
    names = tuple(spec["name"] for spec in specs)
    few = [some for size in (0, 1, 2) for some in combinations(names, size)]
    return list(dict.fromkeys([*few, names]))
