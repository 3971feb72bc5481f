"""gradcore: the small library of the interactive course book on gradients.

Read it from here: each line names a function or class, and each has its own help, as in help(gradcore.relu).

Slopes from values alone (chapters "Derivatives", "Partial derivatives", "The gradient", "Curvature")
    numerical_diff, partial_diff, numerical_gradient, numerical_jacobian, numerical_hessian
    tangent_line, tangent_plane         functions that touch a curve or a surface
    check_gradient, GradientCheck       a gradient beside differences

Exact slopes (chapter "Backpropagation")
    grad                                the gradient of a NumPy function, as a function
    trace                               what a NumPy function does, as a list of operations
    iterate                             a loop that can be recorded

The highest and the lowest (chapter "Highest and lowest on an interval")
    extrema_on_interval, Extrema, Candidate

Walking downhill (chapters "Gradient descent" to "Stochastic gradient descent")
    gradient_descent, gradient_ascent, stochastic_descent, DescentResult
                                        walks, and what is told of them
    SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam
                                        update rules: lr= takes one of them, or a number

Landscapes to walk on
    sphere, bowl, saddle, plateau, rosenbrock, himmelblau, beale, Landscape

Networks (chapters "The gradient of a neural network" to "Learning from mini-batches")
    identity_function, step_function, sigmoid, tanh, relu, softmax, log_softmax
    identity_grad, sigmoid_grad, tanh_grad, relu_grad, softmax_jacobian
                                        activations, and their derivatives
    mean_squared_error, sum_of_squares, cross_entropy_error, softmax_loss
    mean_squared_error_grad, sum_of_squares_grad, cross_entropy_error_grad, softmax_loss_grad
                                        losses, and theirs
    SimpleNet, TwoLayerNet              small networks
    train, TrainingResult               learning from mini-batches

Data
    beans, xor, digits

Besides: `gradcore.graphs` draws computational graphs, `gradcore.plotting` maps, and `livefig` makes figures that stay
alive on a page.
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
from gradcore.training import TrainingResult, train
from livefig.program.tape import grad, trace
from livefig.record.refuse import LOOKED_THROUGH
from livefig.steps.loops import iterate

LOOKED_THROUGH.add("gradcore")  # errors of livefig quote the line of an author that has called gradcore

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
