"""index.html, which leads to the first page of the book."""

from html import escape
from pathlib import Path

from content_policy import META
from when_written import when_written

PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  {policy}
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="refresh" content="0; url={page}">
  <link rel="canonical" href="{page}">
  <link rel="icon" href="_static/{icon}">
  <title>{title}</title>
</head>
<body><p><a href="{page}">{title}</a></p></body>
</html>
"""


def write_start(app):
    config = app.config
    page = app.builder.get_target_uri(config.root_doc)
    title, icon = escape(config.html_title), Path(config.html_favicon).name
    start = PAGE.format(language=config.language, page=page, title=title, icon=icon, policy=META)
    Path(app.outdir, "index.html").write_text(start, encoding="utf-8")


def setup(app):
    when_written(app, write_start, priority=400)  # before sphinx_external_toc writes one
    return {"parallel_read_safe": True, "parallel_write_safe": True}
