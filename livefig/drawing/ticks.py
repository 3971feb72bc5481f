"""Where the ticks of an axis stand, and what they say: matplotlib's own answer. `ticks.js` is the twin."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import (
    AutoLocator,
    FixedLocator,
    LogFormatterSciNotation,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
    ScalarFormatter,
)

from livefig.description import Ticks

MOST = 9  # ticks of an axis, by matplotlib's default
LEAST_WIDTH = 1e-9  # of limits, as a share of the larger one: below it floats do not tell ticks apart
SETTINGS = ("_useOffset", "_offset_threshold", "_useMathText", "_useLocale", "_scientific", "_powerlimits", "_usetex")
RULES = [f"axes.formatter.{rule}" for rule in ("limits", "offset_threshold", "use_locale", "use_mathtext", "useoffset")]
MATHEMATICS = re.compile(r"\$\\mathdefault\{(.*)\}\$")
POWER = re.compile(r"(?:(.*)\\times)?10\^\{(.*)\}")
Tick = tuple[float, str]


def ticks(spec: Ticks, first: float, last: float) -> tuple[list[Tick], list[Tick], str]:
    """The major and the minor ticks between two limits, each with its label, and what stands at the end of the axis.

    A power of ten is written as 10^2 or 3×10^-2.
    """
    low, high = sorted((first, last))
    log = spec["scale"] == "log"
    major: Any
    minor: Any = np.zeros(0)
    if spec["at"] is not None:
        major = np.array(spec["at"], dtype=float)
    elif log:
        major = LogLocator(numticks=spec["most"]).tick_values(low, high)
    else:
        major = _even(spec).tick_values(low, high)
    if log and spec["minor"]:
        minor = LogLocator(subs="auto", numticks=spec["most"]).tick_values(low, high)
        here, there = np.log10(minor), np.log10(major)
        minor = minor[(np.abs(here[:, None] - there) > np.log10(high / low) * 1e-5).all(axis=1)]
    found = [_labelled(places, low, high, log) for places in (major, minor)]
    return found[0][0], found[1][0], found[0][1]


def _even(spec: Ticks) -> MaxNLocator:
    return MaxNLocator(nbins=spec["most"], steps=spec["steps"], min_n_ticks=spec["least"])


def _labelled(places: Any, low: float, high: float, log: bool) -> tuple[list[Tick], str]:
    """The visible ones of some places with their labels, and the offset text."""
    formatter = _usual_formatter(log)
    formatter.axis.set_view_interval(low, high)
    labels = [plainly(label) for label in formatter.format_ticks(places)]
    begin, end = np.log10([low, high]) if log else (low, high)
    along = np.log10(places) if log else places
    slack = (end - begin) * 1e-10
    seen = (along >= begin - slack) & (along <= end + slack)
    return [(float(places[i]), labels[i]) for i in np.flatnonzero(seen)], plainly(formatter.get_offset())


def plainly(label: str) -> str:
    """A label without dollars: 10^2 or 3×10^-2 for a power.

    >>> plainly(r"$\\mathdefault{3\\times10^{-2}}$"), plainly("−0.5")
    ('3×10^−2', '−0.5')
    """
    if not (mathematics := MATHEMATICS.fullmatch(label)):
        return label.replace("-", "−")
    power = POWER.fullmatch(mathematics[1])
    if power is None:
        return mathematics[1]
    return f"{power[1] + '×' if power[1] else ''}10^{power[2].replace('-', '−')}"


def known_ticks(axis: Any) -> Ticks:
    """How an axis places its ticks. Raises ValueError for what is not known, in words that follow its name."""
    scale = axis.get_scale()
    major, minor = axis.get_major_locator(), axis.get_minor_locator()
    spec: Ticks = {
        "scale": scale, "most": int(np.clip(axis.get_tick_space(), 1, MOST)), "steps": [], "least": 2, "at": None,
        "minor": False,
    }  # fmt: skip
    if type(major) in (FixedLocator, NullLocator):
        spec["at"] = [] if type(major) is NullLocator else np.asarray(major.locs, dtype=float).tolist()
    elif scale == "log":
        if not _is_usual(major, [1.0]):
            raise ValueError(f"has a {type(major).__name__} of its own: leave matplotlib's, or set_ticks")
        spec["most"] = max(spec["most"], 2)
    elif type(major) not in (AutoLocator, MaxNLocator) or major._integer or major._symmetric or major._prune:
        raise ValueError(f"has a {type(major).__name__} of its own: leave matplotlib's, or set_ticks")
    else:
        spec |= {"steps": major._steps.tolist(), "least": major._min_n_ticks}
        spec["most"] = spec["most"] if major._nbins == "auto" else major._nbins
        if major._nbins == "auto":
            spec["most"] = max(spec["most"], max(1, spec["least"] - 1))
    if scale == "log" and _is_usual(minor, "auto"):
        spec["minor"] = True
    elif type(minor) is not NullLocator:
        raise ValueError("has minor ticks of its own: leave matplotlib's")
    if mpl.rcParams["axes.formatter.min_exponent"]:
        raise ValueError("has an axes.formatter.min_exponent: leave it 0")
    for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
        wanted = LogFormatterSciNotation if scale == "log" else ScalarFormatter
        if type(formatter) not in (wanted, NullFormatter):
            raise ValueError(f"has a {type(formatter).__name__}: leave the numbers as matplotlib writes them")
        if type(formatter) is ScalarFormatter:
            usual = _usual_formatter(log=False)
            if any(getattr(formatter, name) != getattr(usual, name) for name in SETTINGS):
                raise ValueError("has a ScalarFormatter with settings of its own: leave matplotlib's")
    return spec


def _is_usual(locator: Any, subs: Any) -> bool:
    """Whether it is that of a logarithmic axis with base 10."""
    if type(locator) is not LogLocator:
        return False
    own: Any = vars(locator)
    return own["_base"] == 10 and own["numticks"] == "auto" and np.array_equal(own["_subs"], subs)


@cache
def _usual_formatter(log: bool) -> Any:
    """matplotlib's own, whatever the settings of a user."""
    usual: Any = mpl.rcParamsDefault
    with mpl.rc_context({name: usual[name] for name in RULES}):  # type: ignore[misc]
        formatter: Any = LogFormatterSciNotation() if log else ScalarFormatter()
    formatter.create_dummy_axis()
    return formatter
