"""Functions that draw anew at each move, as `ipywidgets.interact` calls them, turned into live figures.

Imports `artists`, `controls`, `drawing`, `figure`, `page`, `program`, `record` and `words`.
"""
