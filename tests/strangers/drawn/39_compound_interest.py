# Personal finance class: savings with monthly deposit and compound interest, versus inflation
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, FloatSlider
from livefig import interact

def savings(start=1000, monthly=100, rate=5.0, inflation=2.0, years=20):
    balance = [start]
    paid = [start]
    for m in range(1, years*12 + 1):
        balance.append(balance[-1]*(1 + rate/100/12) + monthly)
        paid.append(paid[-1] + monthly)
    t = np.arange(years*12 + 1)/12
    balance = np.array(balance)
    paid = np.array(paid)
    real = balance/(1 + inflation/100)**t
    plt.figure(figsize=(9, 5))
    plt.stackplot(t, paid, balance - paid, labels=['paid in', 'interest'], colors=['#9ecae1', '#fdae6b'])
    plt.plot(t, real, 'k--', label="in today's money")
    plt.text(years, balance[-1], f' {balance[-1]:,.0f}', va='bottom', ha='right', fontweight='bold')
    plt.legend(loc='upper left')
    plt.xlabel('years'); plt.ylabel('€')
    plt.xlim(0, years)
    plt.title(f'After {years} years: {balance[-1]:,.0f} € (real {real[-1]:,.0f} €), paid {paid[-1]:,.0f} €')
    plt.grid(alpha=.4)
    plt.show()

interact(savings, start=IntSlider(min=0, max=20000, step=500, value=1000), monthly=(0, 1000, 10), rate=(0.0, 12.0, 0.25),
         inflation=FloatSlider(value=2, min=0, max=8, step=.25), years=(2, 50, 2));
