"""Sliders, choices, checkboxes, formulas: a pair of files each, Python and JavaScript; numbers as readers see them.

Imports `description`, `formulas`, `program`.
"""
