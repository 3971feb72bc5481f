"""gradcore: the small package behind the interactive course book on gradients.

Everything but the live figures is handed on here; those are in `gradcore.live`, which needs matplotlib.
"""

from gradcore.checks import GradientCheck, check_gradient, tangent_line, tangent_plane
from gradcore.datasets import beans, digits, xor
from gradcore.descent import DescentResult, gradient_ascent, gradient_descent, stochastic_descent
from gradcore.extrema import Candidate, Extrema, extrema_on_interval
from gradcore.functions import (
    identity_function,
    identity_grad,
    log_softmax,
    relu,
    relu_grad,
    sigmoid,
    sigmoid_grad,
    softmax,
    softmax_jacobian,
    step_function,
    tanh,
    tanh_grad,
)
from gradcore.landscapes import Landscape, beale, bowl, himmelblau, plateau, rosenbrock, saddle, sphere
from gradcore.losses import (
    cross_entropy_error,
    cross_entropy_error_grad,
    mean_squared_error,
    mean_squared_error_grad,
    softmax_loss,
    softmax_loss_grad,
    sum_of_squares,
    sum_of_squares_grad,
)
from gradcore.network import TwoLayerNet
from gradcore.numerical import numerical_diff, numerical_gradient, numerical_hessian, numerical_jacobian, partial_diff
from gradcore.rules import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSProp
from gradcore.simplenet import SimpleNet
from gradcore.tape import grad, iterate, trace
from gradcore.training import TrainingResult, train

__version__ = "0.1.0"
__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "Candidate",
    "DescentResult",
    "Extrema",
    "GradientCheck",
    "Landscape",
    "Momentum",
    "Nesterov",
    "RMSProp",
    "SimpleNet",
    "TrainingResult",
    "TwoLayerNet",
    "beale",
    "beans",
    "bowl",
    "check_gradient",
    "cross_entropy_error",
    "cross_entropy_error_grad",
    "digits",
    "extrema_on_interval",
    "grad",
    "gradient_ascent",
    "gradient_descent",
    "himmelblau",
    "identity_function",
    "identity_grad",
    "iterate",
    "log_softmax",
    "mean_squared_error",
    "mean_squared_error_grad",
    "numerical_diff",
    "numerical_gradient",
    "numerical_hessian",
    "numerical_jacobian",
    "partial_diff",
    "plateau",
    "relu",
    "relu_grad",
    "rosenbrock",
    "saddle",
    "sigmoid",
    "sigmoid_grad",
    "softmax",
    "softmax_jacobian",
    "softmax_loss",
    "softmax_loss_grad",
    "sphere",
    "step_function",
    "stochastic_descent",
    "sum_of_squares",
    "sum_of_squares_grad",
    "tangent_line",
    "tangent_plane",
    "tanh",
    "tanh_grad",
    "trace",
    "train",
    "xor",
]
