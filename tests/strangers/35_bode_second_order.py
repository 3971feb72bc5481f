"""Automatic control: Bode diagram of G(s) = wn^2/(s^2 + 2 zeta wn s + wn^2) with asymptotes."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatLogSlider, FloatSlider

from livefig import live

fig, (a1, a2) = plt.subplots(2, 1, sharex=True, figsize=(8, 6))
(magnitude,) = a1.semilogx([0.1, 1000], [0, 0], "b")
(asymptote,) = a1.semilogx([], [], "k--", lw=0.8)
(test1,) = a1.plot([], [], "ro")
a1.set_ylabel("|G| [dB]")
a1.set_ylim(-80, 40)
a1.grid(True, which="both", alpha=0.3)
resonance = a1.axvline(10, color="g", ls=":")
title = dict(transform=a1.transAxes, ha="center", fontsize="large")
some = a1.text(0.5, 1.02, "resonance at ω = {wr:.2f} rad/s, peak {peak:.1f} dB", **title)
none = a1.text(0.5, 1.02, "no resonance", **title)
(phase,) = a2.semilogx([], [], "b")
(test2,) = a2.plot([], [], "ro")
a2.set_yticks([0, -45, -90, -135, -180])
a2.set_ylim(-190, 10)
a2.set_xlabel("ω [rad/s]")
a2.set_ylabel("phase [°]")
a2.grid(True, which="both", alpha=0.3)


def bode(wn, zeta, w):
    om = np.logspace(-1, 3, 600)
    G = lambda om: wn**2 / ((1j * om) ** 2 + 2 * zeta * wn * 1j * om + wn**2)
    mag = 20 * np.log10(abs(G(om)))
    ph = np.degrees(np.unwrap(np.angle(G(om))))
    wr = wn * np.sqrt(1 - 2 * zeta**2)
    return {
        magnitude: np.column_stack([om, mag]),
        asymptote: np.column_stack([om, np.where(om < wn, 0, -40 * np.log10(om / wn))]),
        test1: np.array([[w, 20 * np.log10(abs(G(w)))]]),
        resonance: wr,
        some: zeta < 1 / np.sqrt(2),
        none: zeta >= 1 / np.sqrt(2),
        phase: np.column_stack([om, ph]),
        test2: np.array([[w, np.degrees(np.angle(G(w)))]]),
        "wr": wr,
        "peak": -20 * np.log10(2 * zeta * np.sqrt(1 - zeta**2)),
    }


live(
    fig,
    bode,
    wn=FloatLogSlider(value=10, min=0, max=2, step=0.05),
    zeta=FloatSlider(value=0.2, min=0.02, max=1.5, step=0.02),
    w=FloatLogSlider(value=5, min=-1, max=3, step=0.05, description="ω test"),
)
