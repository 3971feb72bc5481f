# Modelling course: SIR epidemic, Euler steps day by day with a lockdown between two dates
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np

from livefig import iterate, live

fig = plt.figure(figsize=(10, 5))
x = np.arange(200)
(susceptible,) = plt.plot([], [], label="Susceptible")
(infected,) = plt.plot([], [], label="Infected", color="red")
(recovered,) = plt.plot([], [], label="Recovered", color="green")
lock = plt.axvspan(40, 80, alpha=0.1, color="purple")
note = plt.annotate(
    "peak {percent:.1f}% on day {peak}",
    xy=(60, 0.3),
    xytext=(30, 25),
    textcoords="offset points",
    arrowprops=dict(facecolor="black", arrowstyle="->"),
)
plt.xlim(0, 200)
plt.ylim(0, 1.05)
plt.xlabel("days")
plt.legend(loc="center right")
plt.title("$R_0$ = {R0}: final size {final:.0f}%")


def sir(R0=2.5, gamma=0.1, lockdown=(40, 80), strength=0.5, logscale=False):
    beta0 = R0 * gamma

    def step(state, k):
        S, I, R = state
        beta = np.where((lockdown[0] <= k) & (k <= lockdown[1]), beta0 * (1 - strength), beta0)
        new = beta * S * I
        rec = gamma * I
        return np.stack([S - new, I + new - rec, R + rec])

    S, I, R = iterate(step, [0.999, 0.001, 0.0], 199, np.arange(1, 200)).T
    peak = I.argmax()
    height = I.max()
    return {
        susceptible: np.column_stack([x, S]),
        infected: np.column_stack([x, I]),
        recovered: np.column_stack([x, R]),
        lock: np.stack([lockdown[0], lockdown[1]]),
        note: np.stack([peak, height]),
        "peak": peak,
        "percent": 100 * height,
        "final": 100 * R[-1],
    }


live(
    fig,
    sir,
    R0=(0.5, 6.0, 0.1),
    gamma=widgets.FloatSlider(min=0.05, max=0.5, step=0.01, value=0.1, readout_format=".2f"),
    lockdown=widgets.IntRangeSlider(min=0, max=199, value=(40, 80)),
    strength=(0.0, 1.0, 0.05),
)
