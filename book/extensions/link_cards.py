"""The card that other sites show with a link: a title, a description and a picture.

It needs the site's address: `html: baseurl:` in _config.yml. Without it there is only the description.
"""

from pathlib import Path

from pip_line import site_address

CARD = "card.png"
CARD_TEXT = "figures that you can move"
CARD_ALT = "Paths of walkers that go downhill into four valleys"


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


def drop_card(app, pagename, frame, context):
    """A card without an address would lead nowhere."""
    if not app.config.ogp_site_url:
        for claim in frame.select('meta[property^="og:"]'):
            claim.decompose()


def setup(app):
    app.connect("config-inited", prepare)
    app.connect("theme-frame", drop_card)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
