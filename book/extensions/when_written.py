"""The last steps of a build: what extensions do to the site when all its pages are written."""


def when_written(app, step, priority=500):
    """Call `step(app)` when the pages are written and nothing has failed; a lower priority comes first."""

    def finish(app, error):
        if error is None and app.builder.format == "html":
            step(app)

    app.connect("build-finished", finish, priority)
