"""Questions to the reader: numbers, choices, guesses and goals, judged by digests of answers that nobody can read.

Imports `joined`, `words`; each pair of files does the same in Python and on the page.
"""
