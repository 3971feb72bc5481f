"""sitemap.xml, by which search engines find all pages; if _config.yml says where the site stands (`baseurl`)."""

from html import escape
from pathlib import Path

from pip_line import site_address
from when_written import when_written

MAP = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
PLACE = "  <url><loc>{}</loc></url>\n"


def write_map(app):
    if address := site_address(app.srcdir):
        pages = [escape(address + app.builder.get_target_uri(name)) for name in sorted(app.env.found_docs)]
        Path(app.outdir, "sitemap.xml").write_text(MAP.format("".join(map(PLACE.format, pages))), encoding="utf-8")


def setup(app):
    when_written(app, write_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
