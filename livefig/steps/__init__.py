"""`iterate`: loops that stay loops when they are recorded.

Imports `record`.
"""
