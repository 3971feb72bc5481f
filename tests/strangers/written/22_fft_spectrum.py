# Signal processing notebook: noisy two-tone signal, windowing and its FFT magnitude in dB
import numpy as np
import matplotlib.pyplot as plt
import ipywidgets as widgets
from scipy.signal import get_window

fs = 1000

def spectrum(f1, f2, a2, noise, window, nfft):
    np.random.seed(42)
    N = 512
    t = np.arange(N)/fs
    x = np.sin(2*np.pi*f1*t) + a2*np.sin(2*np.pi*f2*t) + noise*np.random.randn(N)
    w = get_window(window, N)
    X = np.fft.rfft(x*w, nfft)
    freq = np.fft.rfftfreq(nfft, 1/fs)
    mag = 20*np.log10(np.abs(X)/np.sum(w)*2 + 1e-12)
    fig, axes = plt.subplots(2, 1, figsize=(10, 6))
    axes[0].plot(t[:200], x[:200], lw=0.8)
    axes[0].plot(t[:200], w[:200], 'k--', lw=0.8)
    axes[0].set_ylim(-4, 4)
    axes[0].set_xlabel('t [s]')
    axes[1].plot(freq, mag)
    axes[1].axvline(f1, color='g', ls=':')
    axes[1].axvline(f2, color='r', ls=':')
    axes[1].set_xlim(0, 300)
    axes[1].set_ylim(-100, 10)
    axes[1].set_xlabel('f [Hz]'); axes[1].set_ylabel('dB')
    k = np.argmax(mag)
    axes[1].set_title(f'peak at {freq[k]:.1f} Hz, resolution {fs/N:.2f} Hz')
    fig.tight_layout()
    plt.show()

widgets.interact(spectrum, f1=widgets.FloatSlider(value=50, min=5, max=250, step=0.5),
                 f2=widgets.FloatSlider(value=60, min=5, max=250, step=0.5),
                 a2=widgets.FloatLogSlider(value=0.1, min=-3, max=0),
                 noise=(0.0, 1.0, 0.05), window=['boxcar', 'hann', 'hamming', 'blackman'],
                 nfft=widgets.SelectionSlider(options=[512, 1024, 2048, 4096], value=1024));
