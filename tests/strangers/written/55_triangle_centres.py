"""Geometry: triangle with a movable vertex, circumcircle, incircle, centroid and the Euler line."""
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.patches import Circle, Polygon
from ipywidgets import interact, FloatSlider, Checkbox

def triangle(cx=3.0, cy=4.0, circum=True, incircle=True, euler=False):
    A, B, C = np.array([0., 0.]), np.array([6., 0.]), np.array([cx, cy])
    a, b, c = np.linalg.norm(B - C), np.linalg.norm(A - C), np.linalg.norm(A - B)
    area = abs(np.cross(np.append(B - A, 0), np.append(C - A, 0))[2])/2
    angles = [np.degrees(np.arccos((b*b + c*c - a*a)/(2*b*c))), np.degrees(np.arccos((a*a + c*c - b*b)/(2*a*c)))]
    angles.append(180 - sum(angles))
    oy = (cx**2 - 6*cx + cy**2)/(2*cy)
    O = np.array([3.0, oy])
    Rr = np.linalg.norm(O - A)
    I = (a*A + b*B + c*C)/(a + b + c)
    r = 2*area/(a + b + c)
    G = (A + B + C)/3
    H = A + B + C - 2*O
    fig, ax = plt.subplots(figsize=(7, 7))
    ax.add_patch(Polygon([A, B, C], closed=True, fc='lightyellow', ec='k', lw=2))
    if circum:
        ax.add_patch(Circle(O, Rr, fill=False, ec='b')); ax.plot(*O, 'b.')
    if incircle:
        ax.add_patch(Circle(I, r, fc='lightgreen', ec='g', alpha=.6)); ax.plot(*I, 'g.')
    ax.plot(*G, 'r.')
    if euler:
        d = H - O
        if np.hypot(*d) > 1e-6:
            ax.plot([O[0] - d[0], H[0] + d[0]], [O[1] - d[1], H[1] + d[1]], 'm--')
        ax.plot(*H, 'm.')
    for P, name, ang in zip([A, B, C], 'ABC', angles):
        ax.annotate(f'{name} ({ang:.1f}°)', P, xytext=(5, 8), textcoords='offset points')
    ax.set_xlim(-4, 10); ax.set_ylim(-5, 9); ax.set_aspect('equal')
    ax.set_title(f'area {area:.2f}, R = {Rr:.2f}, r = {r:.2f}')
    plt.show()

interact(triangle, cx=FloatSlider(min=-3, max=9, step=0.1, value=3), cy=FloatSlider(min=0.5, max=8, step=0.1, value=4),
         circum=True, incircle=Checkbox(value=True), euler=False)
