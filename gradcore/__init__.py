"""gradcore: the small package behind the interactive course book on gradients.

Everything but the live figures is handed on here; those are in `gradcore.live`, which needs matplotlib.
"""

from gradcore.descent import DescentResult, gradient_descent
from gradcore.landscapes import Landscape, bowl, sphere
from gradcore.numerical import numerical_diff, numerical_gradient, numerical_hessian, numerical_jacobian, partial_diff
from gradcore.tape import grad, iterate, trace

__version__ = "0.1.0"
__all__ = [
    "DescentResult",
    "Landscape",
    "bowl",
    "grad",
    "gradient_descent",
    "iterate",
    "numerical_diff",
    "numerical_gradient",
    "numerical_hessian",
    "numerical_jacobian",
    "partial_diff",
    "sphere",
    "trace",
]
