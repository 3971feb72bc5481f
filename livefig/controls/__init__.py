"""Sliders, choices and checkboxes: one pair of files each, in Python and in JavaScript; numbers as readers see them.

Imports `description`, `program`.
"""
