"""General physics: projectile with and without air drag; range and ground stop."""
import numpy as np
import matplotlib.pyplot as plt
from livefig import interact

g = 9.81

def shoot(v0=30, angle=45, drag=0.01, show_velocity=True):
    th = np.radians(angle)
    dt = 0.05
    X, Y = [0], [0]
    vx, vy = v0*np.cos(th), v0*np.sin(th)
    VX, VY = [vx], [vy]
    while Y[-1] >= 0 and len(X) < 2000:
        v = np.hypot(vx, vy)
        vx -= drag*v*vx*dt
        vy -= (g + drag*v*vy)*dt
        X.append(X[-1] + vx*dt)
        Y.append(Y[-1] + vy*dt)
        VX.append(vx); VY.append(vy)
    tf = 2*v0*np.sin(th)/g
    t = np.linspace(0, tf, 100)
    plt.figure(figsize=(10, 5))
    plt.plot(v0*np.cos(th)*t, v0*np.sin(th)*t - g*t**2/2, 'b--', label=f'vacuum: {v0**2*np.sin(2*th)/g:.1f} m')
    plt.plot(X, Y, 'r', label=f'with drag: {X[-1]:.1f} m')
    if show_velocity:
        s = np.linspace(0, len(X) - 1, 9).astype(int)
        plt.quiver(np.array(X)[s], np.array(Y)[s], np.array(VX)[s], np.array(VY)[s], color='g', scale=400, width=0.003)
    plt.axhline(0, color='saddlebrown', lw=3)
    plt.xlim(0, 270); plt.ylim(-2, 130)
    plt.gca().set_aspect('equal')
    plt.legend()
    plt.title('v0 = {} m/s, angle = {}°, flight time {:.2f} s'.format(v0, angle, dt*(len(X) - 1)))
    plt.show()

interact(shoot, v0=(10, 50, 20), angle=(15, 75, 15), drag=(0.0, 0.05, 0.01), stops=('v0', 'angle', 'drag'), show_velocity=True);
