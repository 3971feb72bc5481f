"""The published figure: its HTML, its script and style, its widget, and what brings it into Jupyter Book.

Imports `artists`, `controls`, `description`, `drawing`, `program`, `words`; `state.py` and `figure.js` are twins.
"""
