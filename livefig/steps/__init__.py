"""Loops that stay loops when they are recorded: those of `iterate`, and those of an author's own `for`.

Imports `record`.
"""
