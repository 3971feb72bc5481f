"""What a cell prints reaches the page as it was printed, in however many pieces the kernel sends it, and however long.

No extension alone: notebooks/execute.py stores with `as_one` what a chapter prints.
"""

from copy import copy


def on_screen(text):
    r"""What a screen shows of a text with "\r", each of which begins its line afresh.

    Jupyter's own tools do this with an expression that takes the square of a line's length.
    """
    return "\n".join(line[line.rfind("\r", 0, -1) + 1 :] for line in text.split("\n"))


def as_one(outputs, look=on_screen):
    """The outputs of a cell with all that was printed in one piece, as it looks; stdout before stderr.

    >>> [output["text"] for output in as_one([
    ...     {"output_type": "stream", "name": "stdout", "text": "1 %\\r"},
    ...     {"output_type": "stream", "name": "stdout", "text": "100 %\\n"},
    ... ])]
    ['100 %\\n']
    """
    streams, kept = {}, []
    for output in outputs:
        if output["output_type"] != "stream":
            kept.append(output)
            continue
        name = output["name"]
        if name not in streams:
            streams[name] = (copy(output), [])
            kept.append(streams[name][0])
        streams[name][1].append(output["text"])
    for output, pieces in streams.values():
        output["text"] = look("".join(pieces))
    for i in range(len(kept) - 1):
        if [output.get("name") for output in kept[i : i + 2]] == ["stderr", "stdout"]:
            kept[i : i + 2] = kept[i + 1], kept[i]
    return kept


def as_lines(outputs):
    """The same for a page: each stream ends with one new line."""
    return as_one(outputs, look=lambda text: on_screen(text.rstrip() + "\n"))


def setup(app):
    from myst_nb.core import render  # execute.py does without

    render.coalesce_streams = as_lines
    return {"parallel_read_safe": True, "parallel_write_safe": True}
