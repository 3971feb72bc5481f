"""A Content-Security-Policy on every page: scripts and pictures of the site itself, and nothing else."""

import base64
import hashlib
import re
from pathlib import Path

from when_written import when_written

POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
META = '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
# Scripts that stand in a page. Data (type="application/json") is none.
INLINE = re.compile(r"<script(?![^>]*\s(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
# A page that has a policy is no longer read ahead for what it needs; what stands before it has been asked for.
PLACE = re.compile(r'<link rel="stylesheet"[^>]*>\n?')


def write_policy(app):
    """Put the policy into every page, and into a file that static hosts send as a header."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))}
    scripts = dict.fromkeys(body for text in pages.values() for body in INLINE.findall(text))
    policy = POLICY.format(scripts=" ".join(f"'sha256-{digest(body)}'" for body in scripts))
    for path, text in pages.items():
        place = PLACE.search(text) or re.search(r"<meta charset=[^>]*>\n?", text)
        new = text[: place.end()] + META.format(policy=policy) + text[place.end() :]
        path.write_text(new, encoding="utf-8", newline="\n")
    Path(app.outdir, "_headers").write_text(f"/*\n  Content-Security-Policy: {policy}\n", encoding="utf-8")


def digest(script):
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def setup(app):
    when_written(app, write_policy, priority=800)  # when the pages are as they will be
    return {"parallel_read_safe": True, "parallel_write_safe": True}
