# Modelling course: SIR epidemic, Euler steps day by day with a lockdown between two dates
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from livefig import interact

def sir(R0=2.5, gamma=0.1, lockdown=(40, 80), strength=0.5, logscale=False):
    days = 200
    S = np.zeros(days); I = np.zeros(days); R = np.zeros(days)
    S[0] = 0.999
    I[0] = 0.001
    beta0 = R0*gamma
    for k in range(1, days):
        beta = beta0
        if lockdown[0] <= k <= lockdown[1]:
            beta = beta0*(1 - strength)
        new = beta*S[k-1]*I[k-1]
        rec = gamma*I[k-1]
        S[k] = S[k-1] - new
        I[k] = I[k-1] + new - rec
        R[k] = R[k-1] + rec
    peak = I.argmax()
    plt.figure(figsize=(10, 5))
    plt.plot(S, label='Susceptible')
    plt.plot(I, label='Infected', color='red')
    plt.plot(R, label='Recovered', color='green')
    plt.axvspan(lockdown[0], lockdown[1], alpha=0.1, color='purple')
    plt.annotate(f'peak {100*I[peak]:.1f}% on day {peak}', xy=(peak, I[peak]), xytext=(40, 30), textcoords='offset points',
                 arrowprops=dict(facecolor='black', width=1, headwidth=6))
    if logscale:
        plt.yscale('log')
        plt.ylim(1e-4, 1.2)
    else:
        plt.ylim(0, 1.05)
    plt.xlabel('days'); plt.legend()
    plt.title(f'$R_0$ = {R0}: final size {100*R[-1]:.0f}%')
    plt.show()

interact(sir, R0=(0.5, 6.0, 0.1), gamma=widgets.FloatSlider(min=0.05, max=0.5, step=0.01, value=0.1, readout_format='.2f'),
    lockdown=widgets.IntRangeSlider(min=0, max=199, value=(40, 80)), strength=(0.0, 1.0, 0.05), logscale=widgets.fixed(False))
