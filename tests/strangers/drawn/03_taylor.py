"""Analysis 1: Taylor polynomials of some elementary functions around 0."""
import numpy as np
import matplotlib.pyplot as plt
from math import factorial
from livefig import interact

x = np.linspace(-6, 6, 241)

def taylor_coeffs(func, N):
    c = []
    for k in range(N + 1):
        if func == "exp":
            c.append(1/factorial(k))
        elif func == "sin":
            c.append(0 if k % 2 == 0 else (-1)**((k - 1)//2)/factorial(k))
        elif func == "cos":
            c.append(0 if k % 2 == 1 else (-1)**(k//2)/factorial(k))
        elif func == "ln(1+x)":
            c.append(0 if k == 0 else (-1)**(k + 1)/k)
    return c

@interact(func=["exp", "sin", "cos", "ln(1+x)"], N=(0, 15), show_remainder=False)
def taylor(func="sin", N=3, show_remainder=False):
    if func == "ln(1+x)":
        xs = x[x > -1]
        y = np.log(1 + xs)
    else:
        xs = x
        y = {"exp": np.exp, "sin": np.sin, "cos": np.cos}[func](xs)
    p = np.zeros_like(xs)
    for k, ck in enumerate(taylor_coeffs(func, N)):
        p = p + ck*xs**k
    plt.figure(figsize=(8, 5))
    plt.plot(xs, y, 'k', lw=2, label=func)
    plt.plot(xs, p, 'r', label=f"$T_{{{N}}}(x)$")
    if show_remainder:
        plt.fill_between(xs, y, p, color='red', alpha=0.15, label='remainder')
    plt.xlim(-6, 6); plt.ylim(-4, 4)
    plt.grid(); plt.legend()
    plt.title(f"Taylor polynomial of degree {N} of {func}")
    plt.show()
