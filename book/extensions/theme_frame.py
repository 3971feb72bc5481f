"""The frame that the theme draws around a page: of its scripts what a page uses, and only when its figures live.

A page is written in two parts. Its body is as docutils wrote it. The frame around it comes from the theme's templates
and is edited as a tree: other extensions connect to the event `theme-frame` and are called with the application, the
name of the page, the tree, and the context of its templates.
"""

import posixpath
from pathlib import Path
from urllib.parse import urlsplit

from html_tree import tree, written
from rjsmin import jsmin
from sphinx.jinja2glue import BuiltinTemplateLoader
from when_written import when_written

MARK = "<!--the body of the page-->"
# Every page loads what only the search page uses; and 1.9 MB that redraw the icons of the style sheet.
SEARCH = {"searchtools.js", "language_data.js", "searchindex.js", "sphinx_highlight.js", "doctools.js"}
ICONS, MENUS, COPY = "fontawesome.js", "bootstrap.js", "clipboard.min.js"
TABS, OURS = "design-tabs.js", "site.js"
# Of the themes' files, those that no page uses.
UNUSED = ("clipboard.min.js", "scripts/fontawesome.js*", "webpack-macros.html", "sbt-webpack-macros.html")
# Where storage is closed to a page, or full, what it keeps lasts as long as the page: the theme's button needs some.
STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  try { window[name].setItem("", "is there room"); window[name].removeItem(""); } catch {
    const kept = new Map();
    const value = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
    Object.defineProperty(window, name, { value });
  }"""


# In CSS, html:has(:target), every change of a text on a page would ask which of the page's rules hold.
FOR_A_PLACE = 'if (location.hash) document.documentElement.classList.add("for-a-place");'

# The theme's own script does this, but it comes when the page has long been painted.
FOLLOW = """if (document.documentElement.dataset.theme === "auto")
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";"""


class FrameTemplates(BuiltinTemplateLoader):
    """Sphinx's own templates; what they give of an HTML page, but for its body, goes through `theme-frame`."""

    def init(self, builder, theme=None, dirs=None):
        self.app = builder.app
        super().init(builder, theme, dirs)

    def render(self, template, context):
        around = super().render(template, context | ({"body": MARK} if "body" in context else {}))
        if "<html" in around:  # a whole page: the theme draws parts of one in the same way
            frame = tree(around)
            self.app.emit("theme-frame", context["pagename"], frame, context)
            around = written(frame)
        before, mark, after = around.partition(MARK)
        return before + (context["body"] if mark else "") + after


def follow_the_system(app, pagename, frame, context):
    """Dark where the reader's system is, before anything is painted. Without scripts a page is light."""
    frame.html["data-theme"] = "light"
    for script in frame.select("script:not([src])"):
        if "dataset.mode" in script.get_text():
            script.string = script.get_text() + FOLLOW


def name_of(tag, attribute="src"):
    return posixpath.basename(urlsplit(tag.get(attribute, "")).path)


def delay_scripts(app, pagename, frame, context):
    """Drop the scripts that the page does not need. The others are asked for by site.js when the figures live."""
    for early in frame.select('link[rel="preload"][href*="/scripts/"]'):
        if pagename != "search" or name_of(early, "href") == MENUS:
            early.decompose()
    idle = {ICONS, COPY} if pagename == "search" else {ICONS, COPY, *SEARCH}  # site.js copies
    if "sd-tab-set" not in context.get("body", ""):
        idle = idle | {TABS}
    for script in frame.select("script[src]:not([async])"):
        if name_of(script) in idle:
            script.decompose()
        elif name_of(script) == MENUS:  # site.js does what the theme takes from it
            script["src"] = context["pathto"](f"_static/{OURS}", resource=True)
        elif name_of(script) != OURS and pagename != "search":
            script.attrs = {"type": "text/plain", "data-src": script["src"]}


def choose_theme_options(app, config):
    """Options that Jupyter Book's own configuration cannot set without replacing its defaults."""
    config.template_bridge = f"{FrameTemplates.__module__}.{FrameTemplates.__qualname__}"
    config.html_theme_options.setdefault("navbar_persistent", [])  # else a second search field
    config.html_theme_options |= {"use_download_button": False, "use_fullscreen_button": False}  # each needs a script
    config.html_context.setdefault("default_mode", "auto")  # as the reader's system has it


def write_scripts_once(app, pagename, templatename, context, doctree):
    """A script written into the page would wait for the style sheets before it, and the page for the script."""
    inline = [script for script in context["script_files"] if not script.filename]
    context["script_files"] = [script for script in context["script_files"] if script not in inline]
    bodies = dict.fromkeys([FOR_A_PLACE, *(script.attributes["body"] for script in inline)])
    first = "".join(body for body in bodies if "DOCUMENTATION_OPTIONS" not in body)
    context["metatags"] = context.get("metatags", "") + f"<script>{STORAGE}{first}</script>"


def choose_buttons(app, pagename, templatename, context, doctree):
    """Buttons stand side by side, not in menus; a chapter has one that brings its notebook."""
    menus = [button.get("buttons", [button]) for button in context["header_buttons"]]
    context["header_buttons"] = [button for menu in menus for button in menu]
    if context.get("page_source_suffix") == ".ipynb":
        context["header_buttons"].append(
            {
                "type": "link",
                "url": f"{context['pathto']('_sources', resource=True)}/{context['sourcename']}",
                "icon": "fas fa-download",
                "tooltip": "Download this chapter as a notebook",
                "label": "download-notebook-button",
            }
        )


def remove_unused(app):
    for pattern in UNUSED:
        for path in Path(app.outdir, "_static").glob(pattern):
            path.unlink()


def shorten_scripts(app):
    """Scripts without their comments, but for those that say whose they are."""
    for path in Path(app.outdir, "_static").rglob("*.js"):
        text = jsmin(path.read_text(encoding="utf-8"), keep_bang_comments=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def setup(app):
    app.add_event("theme-frame")
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it though we load no comments
    app.connect("config-inited", choose_theme_options)
    app.connect("html-page-context", write_scripts_once, priority=900)  # when all have added their scripts
    app.connect("html-page-context", choose_buttons, priority=900)
    app.connect("theme-frame", delay_scripts)
    app.connect("theme-frame", follow_the_system)
    when_written(app, remove_unused, priority=400)
    when_written(app, shorten_scripts, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
