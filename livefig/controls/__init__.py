"""Sliders, choices and checkboxes as a figure describes them, and numbers as its readers see them.

Imports `program`; `numbers.py` and `numbers.js` are twins.
"""
