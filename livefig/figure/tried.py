"""The states in which a figure is checked when its cell runs: both ends and a few inner settings of every control.

Those of controls whose values are few are all checked; matplotlib draws each option once, and three stops of a slider.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from livefig.controls.controls import count, setting_at
from livefig.controls.sliders import recorded
from livefig.description import Control
from livefig.page.state import settings_of

INNER = (0.11, 0.29, 0.5, 0.68, 0.93)  # shares of a slider's way
FINE = 20  # parts of a slider's way, to see how wide labels become
SEEN = (0.0, 0.5, 1.0)  # where matplotlib draws the figure, too
SEEN_FORMULA = 3


class State(NamedTuple):
    """A state to check.

    settings : where the controls stand.
    seen : whether matplotlib draws it.
    moved : the slider that is not where it stands at present; "" if none is.
    """

    settings: dict[str, Any]
    seen: bool
    moved: str = ""


def tried(specs: Sequence[Control], combinations: Sequence[Mapping[str, int]]) -> list[State]:
    """The present state first, then every combination of options, then each slider on its own."""
    present = settings_of({"controls": specs})
    states = [State(present, seen=True)]
    few = {spec["name"]: {value_at(spec, share) for share in SEEN} for spec in specs if "stops" in spec}
    for chosen in combinations:
        others = [name for name, setting in chosen.items() if present[name] != setting]
        if others:
            seen = len(others) == 1 and chosen[others[0]] in few.get(others[0], chosen.values())
            states.append(State({**present, **chosen}, seen))
    for spec in specs:
        if recorded(spec):
            states.extend(_along(spec, present))
        elif "variables" in spec:
            states.extend(_of_formulas(spec, present))
    return states


def tried_closely(specs: Sequence[Control], states: Sequence[State]) -> list[dict[str, Any]]:
    """The settings of some states, and more between the ends of each slider."""
    present = states[0].settings
    shares = [number / FINE for number in range(FINE + 1)]
    between = [{**present, spec["name"]: value_at(spec, s)} for spec in specs if recorded(spec) for s in shares]
    return [*(state.settings for state in states), *between]


def _along(spec: Control, present: Mapping[str, Any]) -> Iterator[State]:
    """One slider from end to end."""
    found: dict[Any, bool] = {}
    for share in (0.0, *INNER, 1.0):
        found.setdefault(value_at(spec, share), share in SEEN)
    for value, seen in found.items():
        if value != present[spec["name"]]:
            yield State({**present, spec["name"]: value}, seen, spec["name"])


def _of_formulas(spec: Control, present: Mapping[str, Any]) -> Iterator[State]:
    """Other formulas of the same variables."""
    for number, text in enumerate(formulas(spec["variables"])):
        if text != present[spec["name"]]:
            yield State({**present, spec["name"]: text}, seen=number == SEEN_FORMULA, moved=spec["name"])


def formulas(variables: Sequence[str]) -> list[str]:
    """Formulas that are tried: plain ones, one that curves, one with a kink, one that is infinite or nowhere a number.

    >>> formulas(["x0", "x1"])[2]
    'x0*x1 + x1'
    """
    first, last, total = variables[0], variables[-1], " + ".join(variables)
    return [
        "0", total, f"{first}*{last} + {last}", f"sin({total})", f"exp(-{first}**2) + abs({last})",
        f"1/{first} - {last}**3", f"log({first} - 1e3) + {last}",
    ]  # fmt: skip


def value_at(spec: Control, share: float) -> Any:
    """The value of a slider at a share of its way; the ends exactly. An enumerated one has its stops.

    Of a range first the upper end goes all the way, then the lower one.
    """
    if "stops" in spec:
        return setting_at(spec, round(share * (count(spec) - 1)))
    if "ends" in spec:
        return tuple(_between(spec, min(max(part, 0.0), 1.0)) for part in (2 * share - 1, 2 * share))
    return _between(spec, share)


def _between(spec: Control, share: float) -> Any:
    if share in (0, 1) and "open" not in spec:
        return spec["high"] if share else spec["low"]
    at = spec["min"] + share * (spec["max"] - spec["min"])
    value = spec["base"] ** at if spec["base"] else at
    return round(value) if spec["whole"] else value
