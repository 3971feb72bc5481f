"""What a cell prints reaches the page as it was printed, in however many pieces the kernel sends it.

myst-nb merges the pieces (`nb_merge_streams`), but ends each one with a new line. Here they are joined before.
"""

from copy import copy

from myst_nb.core import render

merge = render.coalesce_streams


def joined(outputs):
    """The outputs with all pieces of a stream in its first.

    >>> [output["text"] for output in joined([
    ...     {"output_type": "stream", "name": "stdout", "text": "one, "},
    ...     {"output_type": "stream", "name": "stdout", "text": "two\\n"},
    ... ])]
    ['one, two\\n']
    """
    streams, kept = {}, []
    for output in outputs:
        name = output.get("name")
        if output["output_type"] != "stream":
            kept.append(output)
        elif name in streams:
            streams[name]["text"] += output["text"]
        else:
            streams[name] = copy(output)
            kept.append(streams[name])
    return kept


def setup(app):
    render.coalesce_streams = lambda outputs: merge(joined(outputs))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
