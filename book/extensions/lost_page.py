"""404.html, the page that a host shows for a wrong address, wherever that would have been."""

from urllib.parse import urlsplit

from pip_line import site_address

LOST = "404"
TITLE = "There is no such page"
TEXT = (
    "<h1>There is no such page</h1><p>The address may be mistyped, or the page has moved. "
    '<a href="{home}">To the start of the book</a>, or <a href="{search}">search it</a>.</p>'
)
ADDRESSES = ("href", "src", "data-src", "data-content_root")


def lost_page(app):
    home, search = (app.builder.get_target_uri(name) for name in (app.config.root_doc, "search"))
    root = urlsplit(site_address(app.srcdir)).path or "/"
    yield LOST, {"title": TITLE, "body": TEXT.format(home=root + home, search=root + search)}, "page.html"


def begin_at_the_root(app, pagename, frame, context):
    """The page answers for any address, so its own links begin at the root of the site."""
    if pagename != LOST:
        return
    root = urlsplit(site_address(app.srcdir)).path or "/"
    for tag in frame.find_all(True):
        for name in ADDRESSES:
            address = tag.get(name)
            if address and not address.startswith(("#", "/")) and not urlsplit(address).scheme:
                tag[name] = root + address.removeprefix("./")


def setup(app):
    app.connect("html-collect-pages", lost_page)
    app.connect("theme-frame", begin_at_the_root, priority=900)  # when the links are as they will be
    return {"parallel_read_safe": True, "parallel_write_safe": True}
