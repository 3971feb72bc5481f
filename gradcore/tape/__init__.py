"""The tape: trace an ordinary NumPy function once, run it anywhere. Imports NumPy alone."""

from gradcore.tape.anatomy import Part, anatomy
from gradcore.tape.loops import first, iterate
from gradcore.tape.objects import lift_objects, regular
from gradcore.tape.tape import Between, Tape, grad, trace
from gradcore.tape.traced import Traced

__all__ = [
    "Between",
    "Part",
    "Tape",
    "Traced",
    "anatomy",
    "first",
    "grad",
    "iterate",
    "lift_objects",
    "regular",
    "trace",
]
