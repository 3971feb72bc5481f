"""Finding a browser for the tests, and serving the built book to it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name leads anywhere but to this machine: what a page asks another host for fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ADVICE = "No browser for the tests: install Chromium or Chrome, or set CHROMIUM to the program's path."


class NoBrowser(Exception):
    """One sentence that says what to do."""


def start_browser(playwright: Playwright) -> Browser:
    """Start $CHROMIUM; else an installed browser; else one that can be fetched; else raise NoBrowser."""
    named = os.environ.get("CHROMIUM")
    if named:
        browser = _start(playwright, named)
        if browser is None:
            raise NoBrowser(f"CHROMIUM is {named!r}, which does not start as a browser: correct or unset it.")
        return browser

    for path in installed():
        if browser := _start(playwright, path):
            return browser
    for fetch in (lambda: None, fetch_playwrights_own):  # it may have been fetched earlier
        fetch()
        if browser := _start(playwright, None):
            return browser
    if (path := fetch_with_apt()) and (browser := _start(playwright, path)):
        return browser
    raise NoBrowser(ADVICE)


def installed() -> list[str]:
    """The browsers found on this machine, the likeliest first."""
    return [path for name in (*ON_PATH, *USUAL_PLACES) if (path := shutil.which(name))]


def _start(playwright: Playwright, path: str | None) -> Browser | None:
    """The running browser at `path` (None: Playwright's own), or None if it does not start."""
    try:
        return playwright.chromium.launch(executable_path=path, args=FLAGS)
    except Error:
        return None


def fetch_playwrights_own() -> None:
    """Let Playwright download the browser that it was made for; without a network nothing happens."""
    settings = os.environ | {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
    _run([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"], settings)


def fetch_with_apt() -> str | None:
    """Install Debian's Chromium where this user may; the path of it, or None."""
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "-q", "update"], settings)
        _run(["apt-get", "-q", "install", "-y", "--no-install-recommends", "chromium"], settings)
    return shutil.which("chromium")


def _run(command: list[str], settings: dict[str, str]) -> None:
    """Run an installation that may fail or hang; either way the search for a browser goes on."""
    silent = subprocess.DEVNULL
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, env=settings, stdout=silent, stderr=silent, timeout=300)


class _Quiet(SimpleHTTPRequestHandler):
    headers_to_send: Mapping[str, str] = MappingProxyType({})

    def log_message(self, *args: object) -> None:
        """Say nothing for each request."""

    def end_headers(self) -> None:
        for name, value in self.headers_to_send.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def serve(folder: Path, headers: dict[str, str] | None = None):
    """Serve `folder` on this machine while the block runs; gives the address, without a slash at its end.

    headers : sent with every answer.
    """
    handler = type("Handler", (_Quiet,), {"headers_to_send": headers or {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


if __name__ == "__main__":  # before several processes look for a browser at once
    try:
        with sync_playwright() as playwright:
            start_browser(playwright).close()
    except NoBrowser as error:
        sys.exit(str(error))
