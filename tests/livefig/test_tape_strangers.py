"""Programs that nobody wrote with the tape in mind give on tape what they give in NumPy, at 20 random settings each."""

from itertools import pairwise

import numpy as np
import pytest
from tracing import assert_traces

from gradcore import grad, gradient_descent, iterate, numerical_gradient

SETTINGS = 20
rng = np.random.default_rng(11)
POINTS = rng.normal(size=(12, 2))
LABELS = (POINTS @ [1.0, -2.0] + 0.3 > 0).astype(int)
NOISE = rng.normal(size=30)
UNIFORM = rng.uniform(size=30)
IMAGE = rng.uniform(size=(5, 5))
SERIES = np.cumsum(rng.normal(size=16))
STEPS = np.arange(30)


def valley(x):
    return (1 - x[0]) ** 2 + 5 * (x[1] - x[0] ** 2) ** 2


def valley_slope(x):
    return np.stack([-2 * (1 - x[0]) - 20 * x[0] * (x[1] - x[0] ** 2), 10 * (x[1] - x[0] ** 2)])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# Optimizers ---------------------------------------------------------------------------------------------


def adadelta(rho, x0, x1):
    def step(s):
        x, g2, d2 = s
        g = valley_slope(x)
        g2 = rho * g2 + (1 - rho) * g**2
        d = -np.sqrt(d2 + 1e-6) / np.sqrt(g2 + 1e-6) * g
        return x + d, g2, rho * d2 + (1 - rho) * d**2

    return iterate(step, (np.stack([x0, x1]), np.zeros(2), np.zeros(2)), 30)[0]


def amsgrad(lr, x0, x1):
    def step(s):
        x, m, v, top = s
        g = valley_slope(x)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        top = np.maximum(top, v)
        return [x - lr * m / (np.sqrt(top) + 1e-8), m, v, top]

    return iterate(step, (np.array([x0, x1]), *np.zeros((3, 2))), 30)[0]


def lion(lr, decay):
    def step(s):
        x, m = s
        g = valley_slope(x)
        update = np.sign(0.9 * m + 0.1 * g)
        return x - lr * (update + decay * x), 0.99 * m + 0.01 * g

    return iterate(step, (np.array([-1.0, 1.5]), np.zeros(2)), 30)[0]


def rprop(size, x0):
    def step(s):
        x, before, d = s
        g = valley_slope(x)
        same = g * before
        d = np.where(same > 0, np.minimum(d * 1.2, 1.0), np.where(same < 0, np.maximum(d * 0.5, 1e-6), d))
        g = np.where(same < 0, 0, g)
        return x - np.sign(g) * d, g, d

    return iterate(step, (np.stack([x0, 1.0]), np.zeros(2), np.full(2, size)), 25)[0]


def newton_with_solve(x0, x1):
    def step(x):
        H = np.stack([np.stack([2 - 20 * (x[1] - 3 * x[0] ** 2), -20 * x[0]]), np.stack([-20 * x[0], 10.0])])
        return x - np.linalg.solve(H, valley_slope(x))

    return iterate(step, np.stack([x0, x1]), 5)


def conjugate_gradient(a, b):
    A, target = np.stack([np.stack([4.0, a]), np.stack([a, 3.0])]), np.stack([b, 2.0])
    x = np.zeros_like(target)
    r = target - A @ x
    p = r
    for _ in range(2):
        alpha = r @ r / (p @ A @ p)
        x = x + alpha * p
        after = r - alpha * A @ p
        p, r = after + after @ after / (r @ r) * p, after
    return x, np.linalg.norm(A @ x - target) < 1e-6


def line_search(x0, x1, c):
    def step(x):
        g, t = valley_slope(x), np.ones_like(x[0])
        for _ in range(12):
            t = np.where(valley(x - t * g) > valley(x) - c * t * (g @ g), t / 2, t)
        return x - t * g

    return iterate(step, np.stack([x0, x1]), 15)


def annealing(temperature, spread):
    def step(s, row):
        x, best = s
        noise, u, k = row
        new = x + spread * noise
        better = np.exp(-(new**4 - 2 * new**2 - x**4 + 2 * x**2) / (temperature * 0.9**k)) > u
        x = np.where(better, new, x)
        return x, np.minimum(best, x**4 - 2 * x**2)

    return iterate(step, (2.0, 8.0), 30, (NOISE, UNIFORM, STEPS))


def bfgs(x0, x1):
    def step(s):
        x, H, g = s
        d = -0.2 * H @ g
        new = valley_slope(x + d)
        y = new - g
        rho = 1 / (y @ d + 1e-9)
        V = np.eye(2) - rho * np.outer(d, y)
        return x + d, V @ H @ V.T + rho * np.outer(d, d), new

    start = np.stack([x0, x1])
    return iterate(step, (start, np.eye(2), valley_slope(start)), 6)[0]


def soft_threshold(penalty, lr):
    def step(w):
        w = w - lr * POINTS.T @ (POINTS @ w - LABELS) / len(POINTS)
        return np.sign(w) * np.maximum(np.abs(w) - lr * penalty, 0)

    return iterate(step, np.zeros(2), 40)


def coordinate_descent(a, b):
    def step(x):
        x[0] = (b - a * x[1]) / 4
        x[1] = (1 - a * x[0]) / 3
        return x

    return iterate(step, [0, 0], 12)


def cosine_decay(lr, x0):
    rates = 0.5 * (1 + np.cos(np.pi * STEPS / len(STEPS)))

    def step(state, k_and_rate):
        x, v = state
        k, rate = k_and_rate
        v = 0.9 * np.minimum(k / 5, 1) * v - lr * rate * 2 * x
        return x + v, v

    return iterate(step, (x0, 0.0), len(STEPS), (STEPS, rates))


def nesterov_with_restart(lr, x0, x1):
    def step(s):
        x, y, t = s
        new = y - lr * valley_slope(y)
        t_new = (1 + np.sqrt(1 + 4 * t**2)) / 2
        t_new = np.where(valley(new) > valley(x), 1.0, t_new)
        return new, new + (t - 1) / t_new * (new - x), t_new

    start = np.stack([x0, x1])
    return iterate(step, (start, start, 1.0), 25)[0]


def gradcores_own(lr, x0, x1):
    run = gradient_descent(valley, [x0, x1], lr, 15)
    exact = gradient_descent(valley, np.array([x0, x1]), lr, 15, grad=grad(valley))
    return run.history, exact.x - run.x, run.fun


# Learning -----------------------------------------------------------------------------------------------


def logistic_regression(lr, w0):
    def step(w):
        p = sigmoid(POINTS @ w)
        return w - lr * POINTS.T @ (p - LABELS) / len(LABELS)

    w = iterate(step, np.stack([w0, -w0]), 30)[-1]
    p = np.clip(sigmoid(POINTS @ w), 1e-12, 1 - 1e-12)
    loss = -np.mean(np.where(LABELS == 1, np.log(p), np.log(1 - p)))
    return w, loss, np.mean((p > 0.5) == LABELS)


def k_means(x0, y0):
    def step(centres):
        distances = np.sum((POINTS[:, None] - centres[None]) ** 2, axis=-1)
        mine = np.argmin(distances, axis=1)[:, None] == np.arange(2)
        many = mine.sum(axis=0)[:, None]
        return np.where(many > 0, mine.T @ POINTS / np.maximum(many, 1), centres)

    return iterate(step, np.stack([np.stack([x0, y0]), np.array([0.5, 0.5])]), 4)


def recurrent_network(w, u):
    W = np.stack([np.stack([w, -u]), np.stack([u, w])])
    return iterate(lambda h, x: np.tanh(W @ h + x * np.array([1.0, 0.5])), np.zeros(2), 16, SERIES)


def lstm(w, u):
    def step(s, x):
        h, c = s
        i, f, o = sigmoid(w * x + u * h), sigmoid(w * h + 1), sigmoid(x - u * h)
        c = f * c + i * np.tanh(w * x + u * h)
        return o * np.tanh(c), c

    return iterate(step, (0.0, 0.0), 16, SERIES)


def attention(q, k):
    Q, K = POINTS[:4] * q, POINTS[:4] @ np.stack([np.stack([k, 1.0]), np.stack([0.5, k])])
    scores = Q @ K.T / np.sqrt(2)
    scores = np.where(np.tril(np.ones((4, 4))) > 0, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ POINTS[:4], np.einsum("ij,jk->ik", weights, POINTS[:4]), weights


def convolution_by_slices(a, b, c):
    kernel = np.array([a, b, c])
    by_slices = sum(kernel[i] * SERIES[i : len(SERIES) - 2 + i] for i in range(3))
    return by_slices, np.convolve(SERIES, np.stack([c, b, a]), "valid") - by_slices


def convolution_of_an_image(weight, bias):
    kernel = np.stack([np.stack([weight, -weight]), np.stack([bias, weight * bias])])
    out = np.stack([np.stack([np.sum(IMAGE[i : i + 2, j : j + 2] * kernel) for j in range(4)]) for i in range(4)])
    out = np.maximum(out + bias, 0)
    return out.reshape(2, 2, 2, 2).max(axis=(1, 3)), np.pad(out, 1).sum(axis=0)


def batch_norm(gain, shift):
    x = POINTS * gain
    hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)
    return gain * hat + shift, hat.std(axis=0), np.average(x, axis=0, weights=np.arange(1, 13))


def layer_norm(gain, shift):
    x = np.column_stack([POINTS * gain, POINTS[:, 0] + shift])
    x -= x.mean(axis=1, keepdims=True)
    x /= x.std(axis=1, keepdims=True, ddof=1) + 1e-6
    return x


def activations(x, beta):
    gelu = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    softplus = np.logaddexp(0, beta * x) / beta
    mish = x * np.tanh(np.log1p(np.exp(x)))
    elu = np.where(x > 0, x, beta * np.expm1(np.minimum(x, 0)))
    return np.stack([gelu, softplus, mish, elu, np.maximum(0, x), x * sigmoid(beta * x), np.clip(x, -1, 1)])


def robust_losses(delta, slope):
    error = SERIES - slope * np.arange(16)
    size = np.abs(error)
    huber = np.where(size <= delta, 0.5 * error**2, delta * (size - 0.5 * delta))
    quantile = np.maximum(0.3 * error, -0.7 * error)
    return huber.sum(), np.mean(np.log(np.cosh(error / 9))), quantile.mean(), np.median(size)


def cross_entropy_by_labels(a, b):
    logits = POINTS @ np.stack([np.stack([a, b, 0.0]), np.stack([b, -a, 1.0])])
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    picked = log_p[np.arange(12), LABELS]
    one_hot = np.eye(3)[LABELS]
    return -picked.mean(), np.sum(one_hot * log_p, axis=1) - picked, np.argmax(logits, axis=1)


def dropout(w, keep):
    mask = UNIFORM[:12] < 0.7
    hidden = np.maximum(0, POINTS @ np.stack([w, -w]))
    hidden = hidden * mask / keep
    hidden[~mask] = -1
    return hidden, hidden[mask].sum()


def embedding(a, b):
    table = np.stack([np.stack([a, b]), np.stack([b, a]), np.stack([a * b, 1.0])])
    words = np.array([2, 0, 1, 1])
    vectors = table[words]
    size = np.linalg.norm(vectors, axis=1)
    return vectors @ vectors.T / (np.outer(size, size) + 1e-9), vectors.mean(axis=0)


def xor_by_numerical_gradient(w, b):
    X, t = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0.0, 1, 1, 0])
    loss = lambda p: np.mean((np.tanh(X @ p[:2] + p[2]) ** 2 - t) ** 2)  # noqa: E731
    p = np.array([w, -w, b])
    for _ in range(2):
        p = p - 0.5 * numerical_gradient(loss, p)
    return p


# Curves and motion --------------------------------------------------------------------------------------


def fourier_series(harmonics, phase):
    t = np.linspace(0, 2 * np.pi, 33)
    return sum(np.sin((2 * k + 1) * t + phase) / (2 * k + 1) * np.minimum(1, harmonics / (k + 1)) for k in range(5))


def taylor(x0, width):
    x = np.linspace(x0 - width, x0 + width, 21)
    derivatives = [np.sin(x0), np.cos(x0), -np.sin(x0), -np.cos(x0)]
    terms, factorial = [], 1.0
    for n, d in enumerate(derivatives):
        factorial *= max(n, 1)
        terms.append(d * (x - x0) ** n / factorial)
    return np.cumsum(np.stack(terms), axis=0)


def bezier(x, y):
    control = np.array([[0.0, 0.0], [x, y], [1.0, 0.0]])
    t = np.linspace(0, 1, 11)[:, None]
    by_formula = (1 - t) ** 2 * control[0] + 2 * t * (1 - t) * control[1] + t**2 * control[2]
    points = [c * np.ones_like(t) for c in np.stack([[0.0, 0.0], np.stack([x, y]), [1.0, 0.0]])]
    while len(points) > 1:
        points = [(1 - t) * p + t * q for p, q in pairwise(points)]
    return points[0], points[0] - by_formula


def lissajous(a, phase):
    t = np.linspace(0, 2 * np.pi, 40)
    x, y = np.sin(a * t + phase), np.cos(t)
    return np.column_stack([x, y]), np.sum(np.hypot(np.diff(x), np.diff(y))), np.arctan2(y, x)


def rotations(a, b):
    def R(t):
        return np.stack([np.stack([np.cos(t), -np.sin(t)]), np.stack([np.sin(t), np.cos(t)])])

    square = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]]).T
    return (R(a) @ square).T, R(a) @ R(b) - R(a + b), np.linalg.det(R(a)), np.linalg.inv(R(a)) - R(a).T


def double_pendulum(a, b):
    def slope(s):
        t1, t2, w1, w2 = s
        d = t1 - t2
        m = 3 - np.cos(2 * d)
        return np.stack([
            w1, w2,
            (-3 * np.sin(t1) - np.sin(t1 - 2 * t2) - 2 * np.sin(d) * (w2**2 + w1**2 * np.cos(d))) / m,
            2 * np.sin(d) * (2 * w1**2 + 2 * np.cos(t1) + w2**2 * np.cos(d)) / m,
        ])  # fmt: skip

    def step(s):
        k = slope(s + 0.01 * slope(s))
        return s + 0.02 * k

    return iterate(step, np.stack([a, b, 0 * a, 0 * b]), 40)[:, :2]


def heat_equation(rate, hot):
    def step(u):
        u = u + rate * (np.roll(u, 1) - 2 * u + np.roll(u, -1))
        u[0], u[-1] = hot, 0
        return u

    return iterate(step, np.zeros(12), 25)[::5]


def wave_equation(c):
    x = np.linspace(0, 1, 16)

    def step(s):
        now, before = s
        after = 2 * now - before
        after[1:-1] += c**2 * (now[2:] - 2 * now[1:-1] + now[:-2])
        return after, now

    start = np.exp(-100 * (x - 0.5) ** 2)
    return iterate(step, (start, start), 20)[0]


def predator_and_prey(birth, death):
    def step(s):
        prey, hunters = s
        return s + 0.05 * np.stack([birth * prey - prey * hunters, prey * hunters - death * hunters])

    h = iterate(step, np.array([1.0, 0.5]), 60)
    return h, h.max(axis=0), np.argmax(h[:, 0])


def logistic_map(r, x0):
    return iterate(lambda x: r * x * (1 - x), x0, 25)


def escape_time(re, im):
    def step(s):
        x, y, count = s
        inside = x * x + y * y <= 4
        return np.where(inside, x * x - y * y + re, x), np.where(inside, 2 * x * y + im, y), count + inside

    return iterate(step, (0.0, 0.0, 0), 30)[2][-1]


def mandelbrot_on_a_grid(x0, zoom):
    X, Y = np.meshgrid(x0 + np.linspace(-1, 1, 5) / zoom, np.linspace(-1, 1, 4) / zoom)
    zx, zy, count = np.zeros_like(X), np.zeros_like(X), np.zeros_like(X)
    for _ in range(8):
        zx, zy = zx * zx - zy * zy + X, 2 * zx * zy + Y
        zx, zy = np.clip(zx, -9, 9), np.clip(zy, -9, 9)
        count += np.hypot(zx, zy) <= 2
    return count


def newton_fractal(x, y):
    def step(z):
        a, b = z
        fa, fb = a**3 - 3 * a * b**2 - 1, 3 * a**2 * b - b**3
        da, db = 3 * (a**2 - b**2), 6 * a * b
        size = da**2 + db**2 + 1e-12
        return [a - (fa * da + fb * db) / size, b - (fb * da - fa * db) / size]

    roots = np.array([[1, 0], [-0.5, np.sqrt(3) / 2], [-0.5, -np.sqrt(3) / 2]])
    z = iterate(step, np.array([x, y]), 25)[-1]
    return np.argmin(np.sum((roots - z) ** 2, axis=1))


# Linear algebra and statistics --------------------------------------------------------------------------


def power_iteration(a, b):
    A = np.stack([np.stack([3.0 + a, b]), np.stack([b, 1.0])])

    def step(v):
        v = A @ v
        return v / np.sqrt(v @ v)

    v = iterate(step, np.array([1.0, 0.3]), 20)[-1]
    return v @ A @ v, np.outer(v, v)


def gram_schmidt(a, b):
    V = np.array([[1.0, a, 0.5], [b, 2.0, -1.0], [0.3, 0.1, 3.0]])
    Q = []
    for v in V:
        for q in Q:
            v = v - (q @ v) * q
        Q.append(v / (v @ v) ** 0.5)
    return np.stack([np.stack(list(q)) for q in Q])


def qr_of_two_by_two(a, b):
    A = np.stack([np.stack([a, 1.0]), np.stack([b, 2.0])])

    def step(A):
        r = np.hypot(A[0, 0], A[1, 0]) + 1e-300
        c, s = A[0, 0] / r, A[1, 0] / r
        Q = np.stack([c, -s, s, c]).reshape(2, 2)
        return Q.T @ A @ Q

    return iterate(step, A + A.T, 10)


def fit_by_normal_equations(slope, noise):
    x = np.linspace(-1, 1, 16)
    y = slope * x + noise * SERIES
    n, sx, sy, sxx, sxy = 16, x.sum(), y.sum(), (x * x).sum(), x @ y
    by_hand = np.stack([n * sxy - sx * sy, sxx * sy - sx * sxy]) / (n * sxx - sx**2)
    X = np.vander(x, 2)
    return by_hand, np.linalg.solve(X.T @ X, X.T @ y) - by_hand, np.linalg.inv(X.T @ X) @ (X.T @ y)


def weighted_regression(bandwidth, at):
    w = np.exp(-(((POINTS[:, 0] - at) / bandwidth) ** 2))
    X = np.column_stack([np.ones(12), POINTS[:, 0] - at])
    return np.linalg.solve((X.T * w) @ X, X.T @ (w * POINTS[:, 1]))


def kernel_density(bandwidth):
    grid = np.linspace(-3, 3, 25)
    z = (grid[:, None] - NOISE[None, :]) / bandwidth
    density = np.exp(-0.5 * z**2).sum(axis=1) / (len(NOISE) * bandwidth * np.sqrt(2 * np.pi))
    return np.stack([grid, density], axis=1), np.trapezoid(density, grid), grid[1] * np.max(density)


def empirical_distribution(x, shift):
    below = np.mean(NOISE + shift <= x)
    curve = (np.sort(NOISE)[:, None] + shift <= np.linspace(-2, 2, 9)).mean(axis=0)
    return below, curve, np.abs(curve - 0.5).argmin()


def moving_average(weight, shift):
    y = SERIES * weight + shift
    total = np.concatenate([[0.0], np.cumsum(y)])
    smooth = (total[4:] - total[:-4]) / 4
    exponential = iterate(lambda s, v: 0.8 * s + 0.2 * v, y[0], 16, y)
    return smooth, np.convolve(y, np.ones(4) / 4, mode="valid") - smooth, exponential


def bootstrap_with_fixed_draws(scale, shift):
    draws = np.random.default_rng(3).integers(0, 16, size=(10, 16))
    means = (SERIES * scale + shift)[draws].mean(axis=1)
    ordered = np.sort(means)
    return ordered[[0, 4, 9]], np.median(means), means.std(ddof=1)


def principal_axis(angle, stretch):
    c, s = np.cos(angle), np.sin(angle)
    X = POINTS * np.stack([stretch, 1.0]) @ np.stack([np.stack([c, s]), np.stack([-s, c])])
    X = X - X.mean(axis=0)
    C = X.T @ X / (len(X) - 1)
    mean, apart = np.trace(C) / 2, np.hypot((C[0, 0] - C[1, 1]) / 2, C[0, 1])
    return np.stack([mean + apart, mean - apart]), 0.5 * np.arctan2(2 * C[0, 1], C[0, 0] - C[1, 1])


def kalman_filter(q, r):
    def step(s, z):
        x, P = s
        P = P + q
        K = P / (P + r)
        return x + K * (z - x), (1 - K) * P

    return iterate(step, (0.0, 1.0), 16, SERIES)


def hidden_markov_model(stay, p):
    T = np.stack([np.stack([stay, 1 - stay]), np.stack([1 - stay, stay])])
    emission = np.stack([np.stack([p, 1 - p]), np.stack([1 - p, p])])
    seen = np.eye(2)[LABELS]

    def step(alpha, symbol):
        alpha = (alpha @ T) * (emission @ symbol)
        return alpha / alpha.sum()

    return iterate(step, np.full(2, 0.5), 12, seen)


def page_rank(damping):
    links = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0.0]])
    M = (links / links.sum(axis=1, keepdims=True)).T
    history = iterate(lambda r: damping * M @ r + (1 - damping) / 4, np.full(4, 0.25), 15)
    return history, np.argsort(-history[-1]), history.sum(axis=1)


def game_of_softened_life(threshold):
    world = (IMAGE > 0.5).astype(float)

    def step(w):
        around = sum(np.roll(w, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)) - w
        return sigmoid(20 * (around - threshold)) * sigmoid(20 * (threshold + 2 - around))

    return iterate(step, world, 4)[-1]


def spline(y1, y2, x):
    knots, values = np.array([0.0, 1.0, 2.0, 3.0]), np.stack([0.0 * y1, y1, y2, 1.0])
    A = np.diag([1.0, 4, 4, 1]) + np.diag([0.0, 1, 1], 1) + np.diag([1.0, 1, 0], -1)
    second = np.append(np.append(0.0, 6 * (values[2:] - 2 * values[1:-1] + values[:-2])), 0.0)
    m = np.linalg.solve(A, second)
    pieces = [
        m[i] * (knots[i + 1] - x) ** 3 / 6 + m[i + 1] * (x - knots[i]) ** 3 / 6
        + (values[i] - m[i] / 6) * (knots[i + 1] - x) + (values[i + 1] - m[i + 1] / 6) * (x - knots[i])
        for i in range(3)
    ]  # fmt: skip
    return np.select([x < 1, x < 2], pieces[:2], pieces[2]), np.interp(x, knots, values)


def money(rate, years):
    monthly = rate / 12
    factor = (1 + monthly) ** (12 * years)
    payment = np.where(monthly == 0, 100 / (12 * years), 100 * monthly * factor / (factor - 1))
    left = iterate(lambda debt: np.maximum(debt * (1 + monthly) - payment, 0), 100, 24)
    return payment, left, np.floor(payment * 100) / 100, np.round(left, 2)


ONE, SMALL, PLACE, ANGLE, SHARE = (0.2, 2.0), (0.01, 0.1), (-1.5, 1.5), (-3.0, 3.0), (0.1, 0.9)
PROGRAMS = {    # program: the range of each of its settings
    adadelta: [SHARE, PLACE, PLACE], amsgrad: [SMALL, PLACE, PLACE], lion: [SMALL, SMALL], rprop: [SMALL, PLACE],
    newton_with_solve: [PLACE, PLACE], conjugate_gradient: [PLACE, PLACE], line_search: [PLACE, PLACE, SMALL],
    annealing: [ONE, ONE], bfgs: [(0.6, 1.4), (0.6, 1.4)], soft_threshold: [SHARE, SHARE],
    coordinate_descent: [PLACE, PLACE], cosine_decay: [SMALL, PLACE], nesterov_with_restart: [SMALL, PLACE, PLACE],
    gradcores_own: [SMALL, PLACE, PLACE], logistic_regression: [ONE, PLACE], k_means: [PLACE, PLACE],
    recurrent_network: [PLACE, PLACE], lstm: [PLACE, PLACE], attention: [PLACE, PLACE],
    convolution_by_slices: [PLACE, PLACE, PLACE], convolution_of_an_image: [PLACE, PLACE], batch_norm: [ONE, PLACE],
    layer_norm: [ONE, PLACE], activations: [ANGLE, ONE], robust_losses: [ONE, PLACE],
    cross_entropy_by_labels: [PLACE, PLACE], dropout: [PLACE, SHARE], embedding: [PLACE, PLACE],
    xor_by_numerical_gradient: [PLACE, PLACE], fourier_series: [(0.0, 6.0), ANGLE], taylor: [ANGLE, ONE],
    bezier: [PLACE, PLACE], lissajous: [(1.0, 5.0), ANGLE], rotations: [ANGLE, ANGLE], double_pendulum: [ANGLE, ANGLE],
    heat_equation: [SHARE, PLACE], wave_equation: [SHARE], predator_and_prey: [ONE, ONE],
    logistic_map: [(2.5, 3.4), SHARE], escape_time: [(-1.5, 0.5), (-1.0, 1.0)],
    mandelbrot_on_a_grid: [(-1.0, 0.5), ONE], newton_fractal: [PLACE, PLACE], power_iteration: [ONE, PLACE],
    gram_schmidt: [PLACE, PLACE], qr_of_two_by_two: [PLACE, PLACE], fit_by_normal_equations: [ANGLE, SHARE],
    weighted_regression: [ONE, PLACE], kernel_density: [ONE], empirical_distribution: [PLACE, PLACE],
    moving_average: [PLACE, PLACE], bootstrap_with_fixed_draws: [ONE, PLACE], principal_axis: [ANGLE, (1.2, 3.0)],
    kalman_filter: [ONE, ONE], hidden_markov_model: [SHARE, SHARE], page_rank: [SHARE],
    game_of_softened_life: [(1.0, 3.0)], spline: [PLACE, PLACE, (0.0, 3.0)], money: [SMALL, (1.0, 9.0)],
}  # fmt: skip
# A central difference divides rounding errors by 1e-4; pivots, quotients by small numbers and many steps amplify them.
LOOSER = {xor_by_numerical_gradient: 1e-9, gradcores_own: 1e-8, newton_with_solve: 1e-8, bfgs: 1e-8,
          conjugate_gradient: 1e-9, double_pendulum: 1e-10, adadelta: 1e-10, amsgrad: 1e-10,
          attention: 1e-11}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_a_program_gives_on_tape_what_it_gives_in_numpy(program):
    ranges = PROGRAMS[program]
    for given in np.random.default_rng(7).uniform(*np.transpose(ranges), size=(SETTINGS, len(ranges))):
        assert_traces(program, *given, rtol=LOOSER.get(program, 1e-12), atol=LOOSER.get(program, 1e-12))
