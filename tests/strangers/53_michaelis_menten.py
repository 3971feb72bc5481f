"""Biochemistry: enzyme kinetics with inhibitors, direct plot and Lineweaver-Burk plot."""

import matplotlib.pyplot as plt
import numpy as np

from livefig import live

fig, ax = plt.subplots(ncols=2, figsize=(11, 4.5))
(plain,) = ax[0].plot([0, 50], [0, 0], "k--", label="no inhibitor")
(slowed,) = ax[0].plot([], [], "r", label="[I] = {I} mM")
most = ax[0].axhline(10, color="r", lw=0.5)
ax[0].set_ylim(0, 21)
ax[0].set_xlabel("[S] (mM)")
ax[0].set_ylabel("v (µM/s)")
ax[0].legend()
(dots,) = ax[1].plot([], [], "ro")
(line,) = ax[1].plot([], [], "r-")
level = ax[1].axhline(0, color="k", lw=0.6)
upright = ax[1].axvline(0, color="k", lw=0.6)
ax[1].set_xlabel("1/[S]")
ax[1].set_ylabel("1/v")
ax[1].set_title("Vmax' = {vmax:.2f}, Km' = {km:.2f}")


def mm(Vmax=10, Km=5.0, I=0.0, Ki=2.0, kind="competitive"):
    S = np.linspace(0.5, 50, 200)
    if kind == "competitive":
        v = Vmax * S / (Km * (1 + I / Ki) + S)
    elif kind == "uncompetitive":
        v = Vmax * S / (Km + S * (1 + I / Ki))
    else:
        v = Vmax * S / ((Km + S) * (1 + I / Ki))
    v0 = Vmax * S / (Km + S)
    vmax_app = Vmax if kind == "competitive" else Vmax / (1 + I / Ki)
    sp = np.array([1, 2, 4, 8, 16, 32])
    idx = [np.argmin(abs(S - s)) for s in sp]
    slope, inter = np.polyfit(1 / S[idx], 1 / v[idx], 1)
    xl = np.array([-inter / slope, 1.1])
    return {
        plain: np.column_stack([S, v0]),
        slowed: np.column_stack([S, v]),
        most: vmax_app,
        ax[1]: (
            (1.05 * xl[0] - 0.055, 1.155 - 0.05 * xl[0]),
            (-0.05 * (slope * 1.1 + inter), 1.05 * (slope * 1.1 + inter)),
        ),
        dots: np.column_stack([1 / S[idx], 1 / v[idx]]),
        line: np.column_stack([xl, slope * xl + inter]),
        level: 0,
        upright: 0,
        "vmax": 1 / inter,
        "km": slope / inter,
    }


live(
    fig,
    mm,
    Vmax=(1, 20),
    Km=(0.5, 20, 0.5),
    I=(0.0, 10.0, 0.5),
    Ki=(0.5, 10, 0.5),
    kind=["competitive", "uncompetitive", "noncompetitive"],
)
