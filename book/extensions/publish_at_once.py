"""Readers see a whole site: the new one when it is finished, the one before until then.

A build writes into an empty folder and puts that in the site's place when all is done. So one that fails, or is
interrupted at any moment, leaves the site as it was; and nothing of earlier builds stays in a later one, neither a
page that is gone nor a word in the index. What Sphinx has read, and what notebooks gave, is kept elsewhere.
"""

import shutil
from pathlib import Path

from sphinx.errors import ExtensionError
from when_written import when_written

NOTE = ".buildinfo"  # Sphinx's own; it tells of this machine's folders


def beside(site, name):
    return site.with_name(f"{site.name}.{name}")


def work_beside(app):
    if app.builder.format != "html":
        return
    site = Path(app.outdir)
    new, old = beside(site, "new"), beside(site, "old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    if old.exists() and not any(site.iterdir()):  # a build was interrupted between the two renamings below
        site.rmdir()
        old.rename(site)
    set_folder(app, new)


def static_files(app):
    """Where the theme's and the book's own files lie, and under which name each reaches the site."""
    folders = [Path(theme, "static") for theme in app.builder.theme.get_theme_dirs()]
    for place in [*folders, *(Path(app.confdir, entry) for entry in app.config.html_static_path)]:
        for path in place.rglob("*") if place.is_dir() else [place]:
            name = path.relative_to(place if place.is_dir() else place.parent)
            if not path.is_dir() and not any(part.startswith(".") for part in name.parts):
                yield path, name.as_posix().removesuffix("_t").removesuffix(".jinja")


def check_all_arrived(app):
    """Refuse a site in which something is missing: Sphinx warns, and goes on."""
    sizes = {}  # of each file all that it may have: a theme replaces files of another
    for source, name in static_files(app):
        made = source.name != Path(name).name  # from a template
        sizes.setdefault(Path(app.outdir, "_static", name), []).append(
            None if made or not source.exists() else source.stat().st_size
        )
    missing = [Path(app.builder.get_outfilename(page)) for page in app.env.found_docs]
    missing = [path for path in missing if not path.exists()]
    for path, possible in sizes.items():
        if not path.exists() or (None not in possible and path.stat().st_size not in possible):
            missing.append(path)
    if missing:
        names = ", ".join(sorted(path.relative_to(app.outdir).as_posix() for path in missing)[:3])
        raise ExtensionError(f"{len(missing)} files did not reach the site, which stays as it was: {names}, …")


def put_in_place(app, error):
    if app.builder.format != "html":
        return
    new = Path(app.outdir)
    site = new.with_suffix("")
    set_folder(app, site)
    if error or (app.keep_going and app._warncount):
        shutil.rmtree(new)
        return
    (new / NOTE).unlink()
    old = beside(site, "old")
    shutil.rmtree(old, ignore_errors=True)
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old)


def set_folder(app, folder):
    app.outdir = app.builder.outdir = type(app.outdir)(folder)


def setup(app):
    app.connect("builder-inited", work_beside, priority=0)  # before others write into the folder
    when_written(app, check_all_arrived, priority=100)  # before others tidy up
    app.connect("build-finished", put_in_place, priority=1000)  # when they are done
    return {"parallel_read_safe": True, "parallel_write_safe": True}
