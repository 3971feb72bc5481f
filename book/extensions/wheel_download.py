"""gradcore on the site: the wheel beside the start page, and the directive `install-gradcore`, which leads to it."""

import os
from contextlib import chdir
from unittest.mock import patch

from docutils import nodes
from hatchling import build
from pip_line import pip_line, wheel_name
from sphinx.util.docutils import SphinxDirective
from when_written import when_written

LONG_AGO = "315532800"  # 1980: the same bytes at every build


class InstallGradcore(SphinxDirective):
    """A link to the wheel, and the line of pip. The directive takes nothing."""

    def run(self):
        root, name = self.env.app.srcdir, wheel_name(self.env.app.srcdir)
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", "", nodes.literal("", name), refuri=f"{up}{name}", internal=True)
        return [nodes.paragraph("", "", link), nodes.literal_block(line := pip_line(root), line, language="sh")]


def write_wheel(app):
    with chdir(app.srcdir), patch.dict(os.environ, SOURCE_DATE_EPOCH=LONG_AGO):
        build.build_wheel(str(app.outdir))


def setup(app):
    app.add_directive("install-gradcore", InstallGradcore)
    when_written(app, write_wheel)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
