"""The NumPy functions that can be recorded, one file a family; importing `dispatch` registers them all.

Imports `steps`, `record`.
"""
