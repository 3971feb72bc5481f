"""DSP lab 2: sampling and aliasing - a sine of f Hz seen at fs samples per second."""
import numpy as np
import matplotlib.pyplot as plt
from livefig import interactive
from IPython.display import display

def sampling(f=3.0, fs=20, phase=0.0, show_alias=True):
    T = 1.0
    t = np.linspace(0, T, 2000)
    n = np.arange(0, int(T*fs) + 1)
    ts = n/fs
    xs = np.sin(2*np.pi*f*ts + phase)
    fa = abs(f - fs*round(f/fs))
    sgn = 1 if f - fs*round(f/fs) >= 0 else -1
    plt.figure(figsize=(10, 4))
    plt.plot(t, np.sin(2*np.pi*f*t + phase), 'lightblue', label=f'signal {f:.1f} Hz')
    if show_alias and f > fs/2:
        plt.plot(t, sgn*np.sin(2*np.pi*fa*t + sgn*phase), 'r--', label=f'alias {fa:.1f} Hz')
    plt.stem(ts, xs, linefmt='k-', markerfmt='ko', basefmt=' ')
    plt.ylim(-1.3, 1.3)
    plt.xlim(-0.02, 1.02)
    plt.legend(loc='upper right')
    if f > fs/2:
        plt.title('ALIASING!  f > fs/2 = %.1f' % (fs/2))
    else:
        plt.title('OK: f <= fs/2 = %.1f' % (fs/2))
    plt.xlabel('time [s]')
    plt.show()

ui = interactive(sampling, f=(0.5, 30, 0.5), fs=(4, 60, 2), phase=(0, 6.28, 0.1), show_alias=True)
display(ui)
