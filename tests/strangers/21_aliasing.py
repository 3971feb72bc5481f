"""DSP lab 2: sampling and aliasing - a sine of f Hz seen at fs samples per second."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

T = 1.0
t = np.linspace(0, T, 2000)
fig = plt.figure(figsize=(10, 4))
(tone,) = plt.plot([], [], "lightblue", label="signal {f:.1f} Hz")
(alias,) = plt.plot([], [], "r--", label="alias {fa:.1f} Hz")
samples = plt.stem([0, 1], [1, 1], linefmt="k-", markerfmt="ko", basefmt=" ")
plt.ylim(-1.3, 1.3)
plt.xlim(-0.02, 1.02)
plt.legend(loc="upper right")
title = dict(transform=plt.gca().transAxes, ha="center", fontsize="large")
bad = plt.text(0.5, 1.02, "ALIASING!  f > fs/2 = {half:.1f}", color="red", **title)
good = plt.text(0.5, 1.02, "OK: f <= fs/2 = {half:.1f}", **title)
plt.xlabel("time [s]")


def sampling(f=3.0, fs=20, phase=0.0, show_alias=True):
    T = 1.0
    t = np.linspace(0, T, 2000)
    n = np.arange(0, int(T * fs) + 1)
    ts = n / fs
    xs = np.sin(2 * np.pi * f * ts + phase)
    fa = abs(f - fs * np.round(f / fs))
    sgn = np.where(f - fs * np.round(f / fs) >= 0, 1, -1)
    result = {
        tone: np.column_stack([t, np.sin(2 * np.pi * f * t + phase)]),
        samples: np.column_stack([ts, xs]),
        bad: f > fs / 2,
        good: f <= fs / 2,
        "fa": fa,
        "half": fs / 2,
    }
    if show_alias:
        wave = sgn * np.sin(2 * np.pi * fa * t + sgn * phase)
        result[alias] = np.column_stack([t, np.where(f > fs / 2, wave, np.nan)])
    return result


live(fig, sampling, f=(0.5, 30, 0.5), fs=(4, 60), phase=(0, 6.28, 0.1), show_alias=True)
