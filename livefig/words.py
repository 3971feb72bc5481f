"""Every word that live figures say by themselves, in one place: translate here.

Fields in braces are filled in; the page gets these sentences with the figure's description.
"""

WORDS = {
    "leaves": "At step {step} the {name} leaves the picture.",
    "leaves_unnamed": "Step {step} leads out of the picture.",
    "diverges": "From step {step} on, the {name} is no longer a finite number.",
    "diverges_unnamed": "From step {step} on, the numbers are no longer finite.",
    "no_level": "No contour line is drawn: the heights reach none of their levels.",
    "levels_fall": "No contour line is drawn: the levels must increase.",
    "line": "path",
    "points": "points",
    "arrows": "arrows",
    "bars": "bars",
    "area": "area",
    "image": "image",
    "contour": "heights",
    "levels": "levels",
    "rule": "line",
    "span": "band",
    "text": "text",
    "value": "value",
    "out_of_range": "Type a number from {low} to {high}.",
    "number": "{label}, as a number",
    "handle": "{x} and {y}: drag, or use the arrow keys",
    "handle_at": "{x} = {vx}, {y} = {vy}",
    "reset": "Reset",
    "compare": "Compare",
    "link": "Copy link",
    "copied": "Copied",
    "in_address": "See the address bar",
    "rewind": "Rewind",
    "back": "Step back",
    "play": "Play",
    "pause": "Pause",
    "forward": "Step forward",
    "numbers": "Show the numbers",
    "step": "step",
    "row": "number",
    "more_rows": "… and {count} more rows.",
    "broken": "This figure cannot move: its data is damaged. The picture shows its first state.",
    "other_version": "This figure was made by another version of livefig, and stands still: run its notebook again.",
    "no_script": "The sliders need JavaScript. The picture shows the figure's first state.",
    "needs_python": "This part needs Python: open this chapter in Jupyter to use it.",
    "infinity": "∞",
    "nan": "not a number",
}

# What a page says over the code of a cell, folded below what the cell shows.
CODE_WORDS = {
    "picture": "How this figure is made",
    "output": "How this is computed",
    "nothing": "Show the code",
}
