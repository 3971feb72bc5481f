"""For `pytest --nbval notebooks/`: pictures are compared, too, and cells that nothing is compared with are named."""

import tempfile
from base64 import b64decode
from itertools import zip_longest
from pathlib import Path

import pytest

# Root mean square over all pixels, of 255. Rounding in the curves gives 0; another letter in a title, another colour
# of a line, a curve that has moved by a pixel give 6 to 13.
TOLERANCE = 1
UNCHECKED = "nothing is compared"


def pytest_configure(config):
    """Let matplotlib list the machine's fonts now; in a notebook's first run it may say so in the output."""
    import matplotlib.font_manager  # noqa: F401


def pictures(outputs):
    return [
        output["data"]["image/png"]
        for output in outputs
        if "image/png" in output.get("data", {})
    ]


def difference(stored, drawn):
    """In which way two pictures differ, each as text in base 64; None if they do not."""
    from matplotlib.testing.compare import compare_images
    from matplotlib.testing.exceptions import ImageComparisonFailure

    if stored is None or drawn is None:
        return f"there is no {'stored' if stored is None else 'new'} one"
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("stored.png", "drawn.png")]
        for path, picture in zip(paths, (stored, drawn), strict=True):
            path.write_bytes(b64decode(picture))
        try:
            found = compare_images(*paths, TOLERANCE, in_decorator=True)
        except ImageComparisonFailure as error:
            return str(error)
    return found and f"the pixels differ by {found['rms']:.1f}"


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
