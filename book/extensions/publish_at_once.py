"""Readers see a whole site: the new one when it is finished, the one before until then.

A build writes into an empty folder and puts that in the site's place when all is done. So one that fails, or is
interrupted at any moment, leaves the site as it was; and nothing of earlier builds stays in a later one, neither a
page that is gone nor a word in the index. What Sphinx has read, and what notebooks gave, is kept elsewhere.
"""

import shutil
from pathlib import Path

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
    app.connect("build-finished", put_in_place, priority=1000)  # when they are done
    return {"parallel_read_safe": True, "parallel_write_safe": True}
