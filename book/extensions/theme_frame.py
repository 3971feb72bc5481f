"""A site that stands alone: pages that ask no other host for anything and put nothing in the console."""

import html
import re
from pathlib import Path

from when_written import when_written

ICON_SCRIPT = re.compile(r"<script[^>]*/fontawesome\.js[^>]*></script>")
# Every page loads what only the search page uses.
SEARCH = re.compile(
    r'<script src="[^"]*/?(?:searchtools|language_data|searchindex|sphinx_highlight|doctools)\.js[^"]*"></script>'
)
# Scripts of the theme wait until a page's figures live: site.js asks for them then.
EARLY = re.compile(r'<link rel="preload"[^>]*pydata-sphinx-theme[^>]*>\s*')
THEME = re.compile(r'<script(?: defer)? src="((?![^"]*/site\.js)[^"]*)"[^>]*></script>')
LATER = r'<script type="text/plain" data-src="\1"></script>'
ROLES = re.compile(r' role="(?:doc-biblioentry|doc-backlink|doc-biblioref|list)"')
# Of the themes' files, those that no page uses.
UNUSED = ("scripts/fontawesome.js*", "webpack-macros.html", "sbt-webpack-macros.html")

START_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="refresh" content="0; url={page}">
  <link rel="canonical" href="{page}">
  <title>{title}</title>
</head>
<body><p><a href="{page}">{title}</a></p></body>
</html>
"""


def choose_theme_options(app, config):
    """Options that Jupyter Book's own configuration cannot set without replacing its defaults."""
    config.html_theme_options.setdefault("navbar_persistent", [])  # else a second search field
    config.html_context.setdefault("default_mode", "light")  # else an error in every page's console


def offer_to_templates(app, pagename, templatename, context, doctree):
    def later(head):
        return head if pagename == "search" else THEME.sub(LATER, EARLY.sub("", SEARCH.sub("", head)))

    # A script written into the page would wait for the style sheets before it, and the page for the script.
    written = [script for script in context["script_files"] if not script.filename]
    context["script_files"] = [script for script in context["script_files"] if script not in written]
    bodies = dict.fromkeys(script.attributes["body"] for script in written)
    first = "".join(body for body in bodies if "DOCUMENTATION_OPTIONS" not in body)
    context["metatags"] = context.get("metatags", "") + (first and f"<script>{first}</script>")

    context["without_icon_script"] = lambda head: ICON_SCRIPT.sub("", head)
    context["later"] = later


def mend_roles(app, pagename, templatename, context, doctree):
    """docutils gives a bibliography roles that assistive technology no longer knows."""
    if "body" in context:
        context["body"] = ROLES.sub("", context["body"])


def drop_widget_state(app, doctree):
    """Keep the state of the notebook's widgets out of the page: the figures have been made from it by now."""
    files = app.env.nb_metadata.get(app.env.docname, {}).get("js_files", {})
    for name in [name for name in files if name.startswith("ipywidgets_")]:
        del files[name]


def finish(app):
    """Write the start page, which leads to the first page of the book; remove what the site does not use."""
    config = app.config
    page = app.builder.get_target_uri(config.root_doc)
    start = START_PAGE.format(language=config.language, page=page, title=html.escape(config.html_title))
    Path(app.outdir, "index.html").write_text(start, encoding="utf-8")
    for pattern in UNUSED:
        for path in Path(app.outdir, "_static").glob(pattern):
            path.unlink()


def setup(app):
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it though we load no comments
    app.connect("config-inited", choose_theme_options)
    app.connect("doctree-read", drop_widget_state)
    app.connect("html-page-context", mend_roles)
    app.connect("html-page-context", offer_to_templates, priority=900)  # when all have added their scripts
    when_written(app, finish, priority=400)  # before sphinx_external_toc writes a start page
    return {"parallel_read_safe": True, "parallel_write_safe": True}
