"""What a figure can move: one file for each family of matplotlib's artists.

Imports `controls`, `drawing`, `words`.
"""
