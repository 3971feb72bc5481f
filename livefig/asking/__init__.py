"""Questions to the reader: numbers, formulas, choices, guesses and goals, judged by digests of answers that nobody can
read; exercises in code, judged in the notebook.

Imports `formulas`, `joined`, `words`; each pair of files does the same in Python and on the page.
"""
