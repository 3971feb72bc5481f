"""The tape: written from a graph, read by two machines (Python and JavaScript, side by side), as FORMAT.md says.

Imports `backward`, `calls`, `formulas`, `steps`, `record`.
"""
