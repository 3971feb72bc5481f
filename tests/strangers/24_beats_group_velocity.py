"""Waves & optics: wave packet as a sum of plane waves; phase velocity and group velocity with dispersion."""

import ipywidgets as w
import matplotlib.pyplot as plt
import numpy as np

from livefig import live

fig, ax = plt.subplots(2, 1, figsize=(10, 6), gridspec_kw=dict(height_ratios=[3, 1]))
(wave,) = ax[0].plot([], [], lw=0.9)
(upper,) = ax[0].plot([], [], "r")
(lower,) = ax[0].plot([], [], "r")
group = ax[0].axvline(0, color="r", ls="--", label="$v_g t$")
phase = ax[0].axvline(0, color="b", ls="--", label="$v_p t$")
ax[0].set_ylim(-1.1, 1.1)
ax[0].set_xlim(-5, 30)
ax[0].legend()
ax[0].set_title("t = {t:.1f}   v_phase = 1   v_group = {vg:.2f}")
spectrum = ax[1].stem(np.arange(21), np.arange(21) / 100)
ax[1].set_xlim(0, 25)
ax[1].set_ylim(0, 0.06)
ax[1].set_xlabel("k")


def packet(t=0, k0=10, sigma=1.0, disp=0.5):
    x = np.linspace(-5, 30, 1500)
    ks = np.linspace(k0 - 4 * sigma, k0 + 4 * sigma, 61)
    A = np.exp(-((ks - k0) ** 2) / (2 * sigma**2))
    A /= A.sum()
    psi = np.zeros(x.shape, dtype=complex)
    for k, a in zip(ks, A):
        omega = k + disp * (k - k0) ** 2 / 10 - disp * (k - k0) / 2
        psi = psi + a * np.exp(1j * (k * x - omega * t))
    vg = 1 - disp / 2
    return {
        wave: np.column_stack([x, psi.real]),
        upper: np.column_stack([x, np.abs(psi)]),
        lower: np.column_stack([x, -np.abs(psi)]),
        group: vg * t,
        phase: t,
        spectrum: np.column_stack([ks[::3], A[::3]]),
        "vg": vg,
    }


live(
    fig,
    packet,
    t=w.FloatSlider(min=0, max=25, step=0.25),
    k0=(5, 20),
    sigma=(0.2, 2.0, 0.1),
    disp=(0.0, 1.0, 0.1),
)
