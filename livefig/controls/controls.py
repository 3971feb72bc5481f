"""Controls: ipywidgets as the page needs them, read from their standard state. `controls.js` is the twin.

The state is the dictionary that ipywidgets saves into a notebook; a live widget has the same one. A control's
*setting* is what travels between slider, canvas and page: a number, the index of an option, true or false, a text.

A family has MODELS, the ipywidgets by their models; TRAIT, the one that holds the setting; `options(widget)`, the
values in the order of their settings, or None where they cannot be counted; then also `example(control)`, what `trace`
takes for one; `described`, what a figure says of a control; and `html`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import ModuleType
from typing import Any, cast

import numpy as np

from livefig.controls import checkboxes, choices, formulas, ranges, sliders
from livefig.controls.mathematics import markup, plain
from livefig.description import Control
from livefig.program.tape import Tape

FAMILIES: tuple[ModuleType, ...] = (sliders, ranges, formulas, choices, checkboxes)
KINDS: dict[str, Any] = {model: widget for family in FAMILIES for model, widget in family.MODELS.items()}
FAMILY = {model: family for family in FAMILIES for model in family.MODELS}
NAMES = ", ".join(kind.__name__ for kind in KINDS.values())


def is_control(widget: Any) -> bool:
    return isinstance(widget, tuple(KINDS.values()))


def linked_trait(widget: Any) -> str:
    """The trait of a widget that holds its setting."""
    return str(FAMILY[widget._model_name].TRAIT)


def options(widget: Any) -> tuple[Any, ...] | None:
    """The values that a discrete control can have, in the order of its settings; None for others."""
    found: tuple[Any, ...] | None = FAMILY[widget._model_name].options(widget)
    return found


def check_options(name: str, widget: Any) -> None:
    """Raise if the options of a control are not told apart by readers, or by ipywidgets, which compares them."""
    values, labels = options(widget), getattr(widget, "_options_labels", ())
    for what, given in (("values", list(values or ())), ("labels", list(labels))):
        try:
            apart = [given.index(one) for one in given] == list(range(len(given)))
        except ValueError:  # an array is not simply equal or different
            apart = False
        if not apart:
            raise ValueError(f"the options of {name} have {what} that == does not tell apart: {given!r}")


def control(
    name: str, state: Mapping[str, Any], idle: Collection[str] = (), enumerated: Collection[str] = ()
) -> Control:
    """The description of one control, from the state of its widget; `setting` is where it stands.

    idle : the names of sliders that the figure has disabled, because they have no effect in the chosen option.
    enumerated : the names of controls whose values are few; a slider among them stands at one of its `stops`.
    """
    kind = state["_model_name"]
    written = state["description"] or name
    common = {"name": name, "kind": kind, "disabled": bool(state["disabled"]) and name not in idle}
    try:
        common |= {"label": plain(written)} | ({"markup": markup(written)} if "$" in written else {})
    except ValueError as error:
        raise ValueError(f"{name} has description={written!r}: {error}") from None
    spec = cast(Control, common | FAMILY[kind].described(name, state))
    if name in enumerated and "low" in spec:
        spec["stops"] = sliders.count_stops(spec)
        spec["setting"] = setting_at(spec, number_of(spec, spec["setting"]))
    return spec


def recorded(spec: Control) -> bool:
    """Whether update is recorded over a control: over sliders that are not enumerated, and formulas."""
    return "variables" in spec or sliders.recorded(spec)


def count(spec: Control) -> int:
    """How many settings an enumerated control has."""
    if "stops" in spec:
        return int(FAMILY[spec["kind"]].count(spec))
    return len(spec["options"]) if "options" in spec else 2


def setting_at(spec: Control, number: int) -> Any:
    """A setting of an enumerated control, by its number."""
    return FAMILY[spec["kind"]].stop_at(spec, number) if "stops" in spec else number


def number_of(spec: Control, setting: Any) -> int:
    """The number of a setting of an enumerated control."""
    return int(FAMILY[spec["kind"]].stop_of(spec, setting) if "stops" in spec else setting)


def by_input(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings by the names that tapes and sentences have for them: the ends of a range w are w[0] and w[1].

    >>> by_input({"w": (0.5, 2.0), "n": 3})
    {'w[0]': 0.5, 'w[1]': 2.0, 'n': 3}
    """
    found: dict[str, Any] = {}
    for name, setting in settings.items():
        pair = type(setting) in (tuple, list)  # `Between` is another tuple
        found |= {f"{name}[{i}]": end for i, end in enumerate(setting)} if pair else {name: setting}
    return found


def by_name(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same turned round: of a range, a pair."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        control, bracket, _ = name.partition("[")
        found[control] = (*found.get(control, ()), value) if bracket else value
    return found


def examples(specs: Iterable[Control]) -> dict[str, Any]:
    """What `trace` takes for controls that are recorded, by input."""
    return by_input({spec["name"]: FAMILY[spec["kind"]].example(spec) for spec in specs})


def outputs(tape: Tape, values: Mapping[str, Any]) -> Any:
    """What a tape of `update` gives for the values of the controls, as far as it takes them."""
    inputs = by_input(values)
    return tape(**{name: inputs[name] for name in (*tape.shapes, *tape.formulas)})


def argument(widget: Any) -> Any:
    """What `update` takes for a control as it stands."""
    return widget.function if isinstance(widget, formulas.Formula) else widget.value


def in_numpy(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with NumPy's numbers for those of Python, of a range for both ends.

    >>> in_numpy({"a": 0.5, "n": 3, "w": (0.0, 1.0)})
    {'a': np.float64(0.5), 'n': 3, 'w': (np.float64(0.0), np.float64(1.0))}
    """

    def number(setting: Any) -> Any:
        if type(setting) in (tuple, list):
            return tuple(map(number, setting))
        return np.float64(setting) if type(setting) is float else setting

    return {name: number(setting) for name, setting in settings.items()}


def html(name: str, control: Control, words: Mapping[str, str]) -> str:
    """One labelled control, disabled until the script wakes it.

    name : its id; unique on the page.
    """
    text: str = FAMILY[control["kind"]].html(name, control, words)
    return text


def check_value(spec: Control, widget: Any, value: Any) -> None:
    """Raise if a control cannot take a value."""
    name, values = spec["name"], options(widget)
    if values is not None:
        if value not in values:
            raise ValueError(f"{name} must be one of {', '.join(map(repr, values))}, not {value!r}")
        return
    if "variables" in spec:
        formulas.function(spec, value)
        return
    pair = isinstance(value, (tuple, list)) and len(value) == 2
    for number in value if pair and "ends" in spec else [value]:
        _check_number(spec, number)
    if "ends" in spec and not (pair and value[0] <= value[1]):
        raise ValueError(f"{name} must be a pair of numbers, the lower one first, not {value!r}")


def _check_number(spec: Control, value: Any) -> None:
    name = spec["name"]
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} must be a number, not {value!r}")
    if spec["whole"] and value != int(value):
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    if not spec["low"] <= value <= spec["high"]:
        raise ValueError(f"{name} must be from {spec['low']:g} to {spec['high']:g}, not {value!r}")
    if "stops" in spec and value != (stop := sliders.stop_at(spec, sliders.stop_of(spec, float(value)))):
        raise ValueError(f"{name} moves from stop to stop, and {value!r} is none: the nearest is {stop!r}")
