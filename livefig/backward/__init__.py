"""Reverse mode: the derivative of every operation, and the chain rule run backwards over the graph.

Imports `record`.
"""
