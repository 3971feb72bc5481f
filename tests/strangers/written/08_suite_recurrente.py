# Analyse L1 : suite recurrente u_{n+1} = r u_n (1 - u_n), diagramme en toile d'araignee
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider, IntSlider

def toile(r=2.8, u0=0.1, n=20):
    u = np.zeros(n + 1)
    u[0] = u0
    for i in range(1, n + 1):
        u[i] = r*u[i-1]*(1 - u[i-1])

    plt.figure(figsize=(12, 5))
    plt.subplot(1, 2, 1)
    x = np.linspace(0, 1, 200)
    plt.plot(x, r*x*(1 - x), 'b', label='$f(x)=rx(1-x)$')
    plt.plot(x, x, 'k')
    px = [u0]
    py = [0]
    for i in range(n):
        px += [u[i], u[i+1]]
        py += [u[i+1], u[i+1]]
    plt.plot(px, py, 'r-', linewidth=0.8)
    plt.axis([0, 1, 0, 1])
    plt.legend(loc='upper left')
    plt.title("Toile d'araignée, r = {:.2f}".format(r))

    plt.subplot(1, 2, 2)
    plt.plot(u, 'o-', ms=4)
    plt.xlabel('n')
    plt.ylabel('$u_n$')
    plt.ylim(0, 1)
    plt.grid()
    plt.title('$u_{%d}$ = %.4f' % (n, u[n]))
    plt.show()

interact(toile, r=FloatSlider(value=2.8, min=0.5, max=4, step=0.05),
         u0=FloatSlider(value=0.1, min=0.01, max=0.99, step=0.01),
         n=IntSlider(value=20, min=1, max=100, description='itérations'));
