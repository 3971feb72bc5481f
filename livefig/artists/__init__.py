"""What a figure can move: one pair of files for each family of matplotlib's artists, in Python and in JavaScript.

Imports `controls`, `description`, `drawing`, `words`.
"""
