"""For `pytest --nbval notebooks/`: what must be ready before the first chapter runs."""


def pytest_configure(config):
    """Let matplotlib list the machine's fonts now; in a notebook's first run it may say so in the output."""
    import matplotlib.font_manager  # noqa: F401
