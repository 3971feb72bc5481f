"""What a NumPy function did, as a graph of numbers: values that stand in for arrays, and what they refuse.

Imports NumPy alone.
"""
