"""`iterate`: loops that stay loops when they are recorded, and what runs along their steps.

Imports `record`.
"""
