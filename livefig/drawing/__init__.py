"""matplotlib's picture: as SVG for the page, as notes for the judge, in colours that can be read.

Imports `description`; `paint.py` and `paint.js` are twins.
"""
