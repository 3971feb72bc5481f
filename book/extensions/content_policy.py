"""A Content-Security-Policy on every page: scripts and pictures of the site itself, and nothing else.

It keeps readers from what somebody else might bring into a page. The scripts that stand in the pages when the site
is written, those of notebooks among them, are admitted, by their hashes. What an output asks for beyond that does not
work, and the build says so; `content_policy_allow` in _config.yml is the list of what it may.
"""

import base64
import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from cells import cell_of, for_each
from docutils import nodes
from html_tree import tree
from page_reader import PageReader, read_page
from sphinx.util import logging
from when_written import when_written

POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "media-src": ["'self'", "data:"],
    "font-src": ["'self'", "data:"],
    "object-src": [],
    "base-uri": ["'self'"],
    "form-action": ["'self'", "file:"],  # a search in a book on a disk: of files, Firefox takes none for the page's own
}
HANDLERS = "script-src 'unsafe-hashes'"  # the policy's name for attributes like onclick whose hashes it lists
PLACE = "the-policy-of-this-site"
META = f'<meta http-equiv="Content-Security-Policy" content="{PLACE}">'
HEADERS = """\
/*
  Content-Security-Policy: {policy}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""

logger = logging.getLogger(__name__)


def policy_of(config):
    """{directive: its sources}, with what _config.yml allows."""
    policy = {directive: list(sources) for directive, sources in POLICY.items()}
    for line in config.content_policy_allow:
        directive, *sources = str(line).split() or [""]
        if not directive.endswith(("-src", "-action")) or not sources:
            raise ValueError(f"content_policy_allow: wanted lines like {HANDLERS!r}, not {line!r}")
        policy.setdefault(directive, ["'self'"]).extend(sources)
    return policy


def source_of(address):
    """How a policy speaks of an address.

    >>> [source_of(a) for a in ("data:,x", "https://example.org/a/b.png", "//example.org/x", "../a.png")]
    ['data:', 'https://example.org', 'https://example.org', "'self'"]
    """
    parts = urlsplit(address.strip())
    if parts.netloc:
        return f"{parts.scheme or 'https'}://{parts.netloc}"
    return f"{parts.scheme}:" if parts.scheme else "'self'"


def blocked(page, policy):
    """What a policy forbids in a piece of HTML: {the line that would allow it: what does not work}."""
    found = {}
    for directive, address, tag in page.asked:
        source, allowed = source_of(address), policy.get(directive, policy["default-src"])
        if address and source not in allowed and source.partition(":")[0] + ":" not in allowed:
            found.setdefault(f"{directive} {source}", f"<{tag}> of {address[:60]!r}")
    if page.handlers and "'unsafe-hashes'" not in policy["script-src"]:
        found[HANDLERS] = f"buttons and the like: {page.handlers[0][:60]!r}"
    return found


def warn_of_blocked(app, docname, node):
    """Say what of an author's or a cell's HTML will not work."""
    if isinstance(node, nodes.image):
        page = PageReader("")
        if node["uri"].endswith(".svg") and Path(app.srcdir, node["uri"].lstrip("/")).is_file():
            drawing = read_page(Path(app.srcdir, node["uri"].lstrip("/")))
            if drawing.scripts or drawing.handlers:
                say(node, "a script in an SVG picture does not run: show the drawing with HTML(svg.data)")
        page.asked.append(("img-src", node["uri"], "img"))
    else:
        page = PageReader(node.astext())
    for line, what in blocked(page, policy_of(app.config)).items():
        say(node, f"the site's policy disables {what}. To allow it: content_policy_allow: [{line!r}] in _config.yml")


def say(node, message):
    cell = cell_of(node)
    logger.warning(f"{cell}: {message}" if cell else message, location=node, type="book", subtype="policy")


def leave_place(app, pagename, frame, context):
    """The policy stands behind the styles: a page that has one is no longer read ahead for what it needs."""
    (frame.select_one("head > style") or frame.select_one("meta[charset]")).insert_after("\n", tree(META))


def write_policy(app):
    """Put the policy into every page, and into a file that static hosts send as headers."""
    paths = sorted(Path(app.outdir).rglob("*.html"))
    pages, policy = [read_page(path) for path in paths], policy_of(app.config)
    hashed = [script for page in pages for script in page.scripts]
    if "'unsafe-hashes'" in policy["script-src"]:
        hashed += [handler for page in pages for handler in page.handlers]
    policy["script-src"] += [f"'sha256-{digest(script)}'" for script in dict.fromkeys(hashed)]
    text = "; ".join(" ".join([name, *(dict.fromkeys(sources) or ["'none'"])]) for name, sources in policy.items())
    for path in paths:
        path.write_text(path.read_text(encoding="utf-8").replace(PLACE, text), encoding="utf-8", newline="\n")
    Path(app.outdir, "_headers").write_text(HEADERS.format(policy=text), encoding="utf-8")


def digest(script):
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def setup(app):
    app.add_config_value("content_policy_allow", [], "html")
    app.connect("config-inited", lambda app, config: policy_of(config))  # a line that is none is an error at once
    app.connect("theme-frame", leave_place, priority=600)  # when the place of its style is there
    for_each(app, "doctree-resolved", (nodes.raw, nodes.image), warn_of_blocked)
    when_written(app, write_policy, priority=800)  # when the pages are as they will be
    return {"parallel_read_safe": True, "parallel_write_safe": True}
