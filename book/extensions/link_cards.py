"""What other sites, search engines and lost readers find: a card, a site map, and a page for a wrong address.

Cards and the site map need the site's address: `html: baseurl:` in _config.yml. Without it there are none.
"""

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

from pip_line import site_address
from when_written import when_written

CARD = "card.png"
CARD_TEXT = "figures that you can move"
CARD_ALT = "Paths of walkers that go downhill into four valleys"
OPENGRAPH = re.compile(r'<meta property="og:[^>]*>\n?')
RELATIVE = re.compile(r'(\s(?:href|src|data-src|data-content_root)=")(?!#|/|[a-z]+:)(?:\./)?')
MAP = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
PLACE = "  <url><loc>{}</loc></url>\n"
LOST = "404"
LOST_TITLE = "There is no such page"
LOST_TEXT = (
    "<h1>There is no such page</h1><p>The address may be mistyped, or the page has moved. "
    '<a href="{home}">To the start of the book</a>, or <a href="{search}">search it</a>.</p>'
)


def prepare(app, config):
    config.ogp_social_cards = {"enable": False}  # one picture serves all pages
    if address := site_address(app.srcdir):
        folder = Path(app.doctreedir, "card")
        folder.mkdir(parents=True, exist_ok=True)
        draw_card(folder / CARD, config.project)
        config.html_static_path.append(str(folder))
        config.html_baseurl = config.ogp_site_url = address
        config.ogp_image = f"{address}_static/{CARD}"
        config.ogp_image_alt = CARD_ALT
        config.ogp_custom_meta_tags = ('<meta name="twitter:card" content="summary_large_image" />',)


def draw_card(path, title):
    """The picture that goes with a link: 1200 by 630 pixels, the walkers of the first page."""
    import numpy as np
    from matplotlib.figure import Figure

    from gradcore import himmelblau, iterate

    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
    ax = figure.add_axes((0, 0, 1, 1))
    himmelblau.contour(ax)
    grid = np.linspace(-4, 4, 12)
    starts = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    history = iterate(lambda points: points - 0.004 * himmelblau.gradient(points), starts, 30)
    ax.plot(*np.moveaxis(history, 2, 0), color="C0", linewidth=2, alpha=0.6)
    ax.plot(*history[-1].T, "C3o", markersize=9)
    ax.set(xlim=(-12, 5), ylim=(-4.46, 4.46))
    ax.set_axis_off()
    figure.text(0.05, 0.55, title.replace(" ", "\n"), size=54, weight="bold", va="center", linespacing=1.1)
    figure.text(0.05, 0.3, CARD_TEXT, size=21, va="center")
    figure.savefig(path)


def without_address(app, pagename, templatename, context, doctree):
    """A card without an address would lead nowhere."""
    if not app.config.ogp_site_url:
        context["metatags"] = OPENGRAPH.sub("", context.get("metatags", ""))


def lost_page(app):
    start, search = (app.builder.get_target_uri(name) for name in (app.config.root_doc, "search"))
    yield LOST, {"title": LOST_TITLE, "body": LOST_TEXT.format(home=start, search=search)}, "page.html"


def finish(app):
    address, site = app.config.ogp_site_url, Path(app.outdir)
    page = site / f"{LOST}.html"  # it answers for any address: its own links begin at the root of the site
    root = urlsplit(address).path or "/"
    page.write_text(RELATIVE.sub(rf"\g<1>{root}", page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    if address:
        pages = [html.escape(address + app.builder.get_target_uri(name)) for name in sorted(app.env.found_docs)]
        (site / "sitemap.xml").write_text(MAP.format("".join(map(PLACE.format, pages))), encoding="utf-8")


def setup(app):
    app.connect("config-inited", prepare)
    app.connect("html-collect-pages", lost_page)
    app.connect("html-page-context", without_address, priority=800)  # when the tags are there
    when_written(app, finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
