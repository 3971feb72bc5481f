"""Automatic control: Bode diagram of G(s) = wn^2/(s^2 + 2 zeta wn s + wn^2) with asymptotes."""
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatLogSlider, FloatSlider

def bode(wn, zeta, w):
    om = np.logspace(-1, 3, 600)
    G = lambda om: wn**2/((1j*om)**2 + 2*zeta*wn*1j*om + wn**2)
    mag = 20*np.log10(abs(G(om)))
    ph = np.degrees(np.unwrap(np.angle(G(om))))
    fig, (a1, a2) = plt.subplots(2, 1, sharex=True, figsize=(8, 6))
    a1.semilogx(om, mag, 'b')
    a1.semilogx(om, np.where(om < wn, 0, -40*np.log10(om/wn)), 'k--', lw=0.8)
    a1.plot(w, 20*np.log10(abs(G(w))), 'ro')
    a1.set_ylabel('|G| [dB]'); a1.set_ylim(-80, 40); a1.grid(True, which='both', alpha=0.3)
    if zeta < 1/np.sqrt(2):
        wr = wn*np.sqrt(1 - 2*zeta**2)
        a1.axvline(wr, color='g', ls=':')
        a1.set_title(f'resonance at ω = {wr:.2f} rad/s, peak {-20*np.log10(2*zeta*np.sqrt(1-zeta**2)):.1f} dB')
    else:
        a1.set_title('no resonance')
    a2.semilogx(om, ph, 'b')
    a2.plot(w, np.degrees(np.angle(G(w))), 'ro')
    a2.set_yticks([0, -45, -90, -135, -180]); a2.set_ylim(-190, 10)
    a2.set_xlabel('ω [rad/s]'); a2.set_ylabel('phase [°]')
    a2.grid(True, which='both', alpha=0.3)
    plt.show()

interact(bode, wn=FloatLogSlider(value=10, min=0, max=2, step=0.05), zeta=FloatSlider(value=0.2, min=0.02, max=1.5, step=0.02),
         w=FloatLogSlider(value=5, min=-1, max=3, step=0.05, description='ω test'));
