# Analyse L1 : suite recurrente u_{n+1} = r u_n (1 - u_n), diagramme en toile d'araignee
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, IntSlider

from livefig import iterate, live

fig = plt.figure(figsize=(12, 5))
plt.subplot(1, 2, 1)
x = np.linspace(0, 1, 200)
(parabola,) = plt.plot([], [], "b", label="$f(x)=rx(1-x)$")
plt.plot(x, x, "k")
(web,) = plt.plot([], [], "r-", linewidth=0.8)
plt.axis([0, 1, 0, 1])
plt.legend(loc="upper left")
plt.title("Toile d'araignée, r = {r:.2f}")

plt.subplot(1, 2, 2)
(terms,) = plt.plot([], [], "o-", ms=4)
plt.xlabel("n")
plt.ylabel("$u_n$")
plt.xlim(-1, 101)
plt.ylim(0, 1)
plt.grid()
plt.title("$u_{{n:d}}$ = {last:.4f}")


def toile(r=2.8, u0=0.1, n=20):
    u = iterate(lambda v: r * v * (1 - v), u0, n)
    px = np.repeat(u, 2)[:-1]
    py = np.repeat(u, 2)[1:]
    return {
        parabola: np.column_stack([x, r * x * (1 - x)]),
        web: np.column_stack([px, py]),
        terms: np.column_stack([np.arange(n + 1), u]),
        "last": u[-1],
    }


live(
    fig,
    toile,
    r=FloatSlider(value=2.8, min=0.5, max=4, step=0.05),
    u0=FloatSlider(value=0.1, min=0.01, max=0.99, step=0.01),
    n=IntSlider(value=20, min=1, max=100, description="itérations"),
)
