"""The published figure: its HTML, its script and style, its widget, and what brings it and asks into Jupyter Book.

Imports `artists`, `asking`, `controls`, `description`, `drawing`, `joined`, `program`, `words`.
`state.py` and `figure.js` are twins.
"""
