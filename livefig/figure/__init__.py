"""`live`: a matplotlib figure that follows controls, and the judge that tries it.

Imports all other rooms.
"""
