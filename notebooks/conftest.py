"""For `pytest --nbval notebooks/`: pictures are compared, too, and cells that nothing is compared with are named."""

import os
from base64 import b64decode
from io import BytesIO
from itertools import zip_longest

import numpy as np
import pytest
from PIL import Image

from livefig.asking.check import KEEPS_NOTHING

# matplotlib brings its fonts and draws alike everywhere: rounding moves a pixel by 1 or 2 of 255. A line 1.6 points
# wide instead of 1.5 moves its edge by 5 (light grey) to 20; of another digit, or a comma for a point, 8 pixels or more
# are other ones.
ROUNDING = 4
FEW = 3
UNCHECKED = "nothing is compared"


def pytest_configure(config):
    """Kernels take one thread each: many small matrices are multiplied faster, and two kernels do not wait for each other.
    They keep no verdicts on exercises in code.

    And matplotlib lists the machine's fonts now; in a notebook's first run it may say so in the output.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ[KEEPS_NOTHING] = "1"
    import matplotlib.font_manager  # noqa: F401


def pictures(outputs):
    return [
        output["data"]["image/png"]
        for output in outputs
        if "image/png" in output.get("data", {})
    ]


def difference(stored, drawn):
    """In which way two pictures differ, each as text in base64; None if they do not."""
    if stored is None or drawn is None:
        return f"there is no {'stored' if stored is None else 'new'} one"
    a, b = (pixels(picture) for picture in (stored, drawn))
    if a.shape != b.shape:
        return f"it is {size(a)} pixels large, the new one {size(b)}"
    other = int((np.abs(a - b).max(axis=2) > ROUNDING).sum())
    return f"{other} pixels differ" if other > FEW else None


def pixels(picture):
    """The colours of a picture, shape (height, width, 4)."""
    image = Image.open(BytesIO(b64decode(picture)))
    return np.asarray(image.convert("RGBA"), dtype=int)


def size(colours):
    height, width, _ = colours.shape
    return f"{width} × {height}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After nbval, which compares all text, compare the pictures of a cell."""
    if not hasattr(item, "cell"):
        return (yield)
    if item.options["skip"] or not item.options["check"]:
        item.user_properties.append((UNCHECKED, item.cell.source))
    result = yield
    if item.options["check"]:
        both = zip_longest(
            pictures(item.cell.outputs), pictures(item.test_outputs)
        )
        for number, (stored, drawn) in enumerate(both, 1):
            if said := difference(stored, drawn):
                item.raise_cell_error(
                    f"Picture {number} is not the stored one: {said}"
                )
    return result


def pytest_terminal_summary(terminalreporter):
    """Name the cells that are told to skip a comparison."""
    reports = [
        report
        for kind in terminalreporter.stats.values()
        for report in kind
        if getattr(report, "when", "") == "call"
    ]
    for report in reports:
        for name, source in report.user_properties:
            if name == UNCHECKED:
                terminalreporter.write_line(
                    f"{report.nodeid}: {UNCHECKED} ({source.splitlines()[0]})"
                )
