"""Formulas that readers type: their grammar, their derivatives, and what they are in a function that is recorded.

Imports `calls`, `record`, `steps`, `words`.
"""
