# Signal processing notebook: noisy two-tone signal, windowing and its FFT magnitude in dB
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from scipy.signal import get_window

from livefig import live

fs = 1000
fig, axes = plt.subplots(2, 1, figsize=(10, 6))
(wave,) = axes[0].plot([0, 0.2], [0, 0], lw=0.8)
(shape,) = axes[0].plot([], [], "k--", lw=0.8)
axes[0].set_ylim(-4, 4)
axes[0].set_xlabel("t [s]")
(magnitude,) = axes[1].plot([], [])
first = axes[1].axvline(50, color="g", ls=":")
second = axes[1].axvline(60, color="r", ls=":")
axes[1].set_xlim(0, 300)
axes[1].set_ylim(-100, 10)
axes[1].set_xlabel("f [Hz]")
axes[1].set_ylabel("dB")
axes[1].set_title("peak at {peak:.1f} Hz, resolution {resolution:.2f} Hz")
fig.tight_layout()


def spectrum(f1, f2, a2, noise, window, nfft):
    np.random.seed(42)
    N = 512
    t = np.arange(N) / fs
    x = np.sin(2 * np.pi * f1 * t) + a2 * np.sin(2 * np.pi * f2 * t) + noise * np.random.randn(N)
    w = get_window(window, N)
    X = np.fft.rfft(x * w, nfft)
    freq = np.fft.rfftfreq(nfft, 1 / fs)
    mag = 20 * np.log10(np.abs(X) / np.sum(w) * 2 + 1e-12)
    k = np.argmax(mag)
    return {
        wave: np.column_stack([t[:200], x[:200]]),
        shape: np.column_stack([t[:200], w[:200]]),
        magnitude: np.column_stack([freq, mag]),
        first: f1,
        second: f2,
        "peak": np.sum(np.where(np.arange(len(freq)) == k, freq, 0)),
        "resolution": fs / N,
    }


live(
    fig,
    spectrum,
    f1=widgets.FloatSlider(value=50, min=5, max=250, step=0.5),
    f2=widgets.FloatSlider(value=60, min=5, max=250, step=0.5),
    a2=widgets.FloatLogSlider(value=0.1, min=-3, max=0),
    noise=(0.0, 1.0, 0.05),
    window=["boxcar", "hann", "hamming", "blackman"],
    nfft=widgets.SelectionSlider(options=[512, 1024, 2048, 4096], value=1024),
)
