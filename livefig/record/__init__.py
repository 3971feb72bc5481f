"""What a NumPy function did, as a graph of arrays: values that stand in for arrays, and what they refuse.

Imports NumPy alone.
"""
