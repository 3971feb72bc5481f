"""Mathematical biology: predator-prey cycles; streamplot of the field with the trajectory."""
import numpy as np
import matplotlib.pyplot as plt
import livefig
from livefig import interact

def lv(alpha=1.0, beta=0.5, delta=0.2, gamma=0.6, show_field=True):
    def f(t, z):
        x, y = z
        return [alpha*x - beta*x*y, delta*x*y - gamma*y]
    s = livefig.solve_ivp(f, [0, 40], [4, 2], t_eval=np.linspace(0, 40, 1500), rtol=1e-8)
    fig, (a, b) = plt.subplots(1, 2, figsize=(13, 5))
    a.plot(s.t, s.y[0], 'C2', label='rabbits')
    a.plot(s.t, s.y[1], 'C3', label='foxes')
    a.set_xlabel('time'); a.set_ylabel('population'); a.legend()
    if show_field:
        X, Y = np.meshgrid(np.linspace(0.01, 12, 25), np.linspace(0.01, 8, 25))
        U, V = alpha*X - beta*X*Y, delta*X*Y - gamma*Y
        b.quiver(X, Y, U/np.hypot(U, V), V/np.hypot(U, V), color='lightgray', scale=40)
    b.plot(s.y[0], s.y[1], 'k')
    b.plot(gamma/delta, alpha/beta, 'r*', ms=12)
    b.axvline(gamma/delta, color='C3', ls=':')
    b.axhline(alpha/beta, color='C2', ls=':')
    b.set_xlim(0, 12); b.set_ylim(0, 8)
    b.set_title(f'fixed point ({gamma/delta:.2f}, {alpha/beta:.2f})')
    plt.show()

interact(lv, alpha=(0.2, 2, 0.1), beta=(0.1, 1, 0.05), delta=(0.05, 0.6, 0.05), gamma=(0.1, 1.5, 0.1), show_field=True)
