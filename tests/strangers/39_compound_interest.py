# Personal finance class: savings with monthly deposit and compound interest, versus inflation
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider

from livefig import iterate, live

fig = plt.figure(figsize=(9, 5))
ax = plt.gca()
paid_in = plt.fill_between([0, 20], [0, 0], [1, 1], label="paid in", color="#9ecae1")
interest = plt.fill_between([0, 20], [1, 1], [2, 2], label="interest", color="#fdae6b")
(today,) = plt.plot([], [], "k--", label="in today's money")
end = plt.text(20, 1, " {last:,.0f}", va="bottom", ha="right", fontweight="bold")
plt.legend(loc="upper left")
plt.xlabel("years")
plt.ylabel("€")
plt.title("After {years} years: {last:,.0f} € (real {last_real:,.0f} €), paid {all_paid:,.0f} €")
plt.grid(alpha=0.4)


def savings(start=1000, monthly=100, rate=5.0, inflation=2.0, years=20):
    balance = iterate(lambda b: b * (1 + rate / 100 / 12) + monthly, start, years * 12)
    paid = iterate(lambda b: b + monthly, start, years * 12)
    t = np.arange(years * 12 + 1) / 12
    real = balance / (1 + inflation / 100) ** t
    return {
        ax: ((0, years), (0, 1.1 * balance[-1] + 1)),
        paid_in: np.column_stack([t, 0 * t, paid]),
        interest: np.column_stack([t, paid, balance]),
        today: np.column_stack([t, real]),
        end: np.stack([years, balance[-1]]),
        "last": balance[-1],
        "last_real": real[-1],
        "all_paid": paid[-1],
    }


live(
    fig,
    savings,
    start=IntSlider(min=0, max=20000, step=500, value=1000),
    monthly=(0, 1000, 10),
    rate=(0.0, 12.0, 0.25),
    inflation=FloatSlider(value=2, min=0, max=8, step=0.25),
    years=(1, 50),
)
