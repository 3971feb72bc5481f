"""Readers see a whole site: the new one when it is finished, the one before until then.

A build works on a copy of the site, and puts it in the site's place when all is done. One that fails, or is
interrupted at any moment, leaves the site as it was. A site that was built step by step is, byte for byte, the
one that is built at once.
"""

import json
import shutil
from pathlib import Path

from finishing import when_written

NOTE = ".buildinfo"      # Sphinx's own, about the configuration of the last build; it tells of this machine's folders
INDEX = "Search.setIndex({})"


def beside(site, name):
    return site.with_name(f"{site.name}.{name}")


def clear_up(app, config):
    """Mend what an interrupted build has left."""
    site = Path(app.outdir)
    new, old = beside(site, "new"), beside(site, "old")
    if old.exists() and not site.exists():
        old.rename(site)
    if new.exists():
        # What Sphinx knows of the pages may be ahead of them: it shall read them all.
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
    for rest in (new, old):
        shutil.rmtree(rest, ignore_errors=True)


def work_on_a_copy(app):
    if app.builder.format == "html":
        site = Path(app.outdir)
        new = beside(site, "new")
        shutil.copytree(site, new)
        set_folder(app, new)
        if (note := Path(app.doctreedir, NOTE)).exists():
            shutil.copy2(note, new)


def forget_words(app):
    """Drop from the index the words that no page has any longer."""
    path = Path(app.outdir, "searchindex.js")
    before, after = INDEX.split("{}")
    index = json.loads(path.read_text(encoding="utf-8").removeprefix(before).removesuffix(after))
    for words in (index["terms"], index["titleterms"]):
        for word in [word for word, pages in words.items() if pages == []]:
            del words[word]
    path.write_text(INDEX.format(json.dumps(index, sort_keys=True, ensure_ascii=False)), encoding="utf-8")


def put_in_place(app, error):
    if app.builder.format != "html":
        return
    new = Path(app.outdir)
    site = new.with_suffix("")
    set_folder(app, site)
    if error or (app.keep_going and app._warncount):
        shutil.rmtree(new)
        return
    shutil.move(new / NOTE, Path(app.doctreedir, NOTE))
    old = beside(site, "old")
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old)


def set_folder(app, folder):
    app.outdir = app.builder.outdir = type(app.outdir)(folder)


def setup(app):
    app.connect("config-inited", clear_up)
    app.connect("builder-inited", work_on_a_copy, priority=0)        # before others write into the folder
    when_written(app, forget_words)
    app.connect("build-finished", put_in_place, priority=1000)       # when they are done
    return {"parallel_read_safe": True, "parallel_write_safe": True}
