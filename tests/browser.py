"""Finding the browsers for the tests, and serving the built book to them."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from glob import glob
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

from engines import Firefox, HeardFirefox, WebKit
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar, which nobody sees, starts a process for its popups in every new window. Of this flag the last one
    # holds, so it repeats what Playwright turns off.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,"
    "LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "TcpPortRandomizationWin,ThirdPartyStoragePartitioning",
    # No name leads anywhere but to this machine: what a page asks another host for fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

CHROMIUM_PLACES = (  # the likeliest first
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MUST = "CI" in os.environ  # elsewhere an engine may be missing
ADVICE = "No browser for the tests: install Chromium or Chrome, or set CHROMIUM to the program's path."

FIREFOX_PLACES = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
)
WEBKIT_PLACES = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")
# The engines beside Chromium: what drives each, where it may be, and the packages of Debian and Ubuntu that bring it.
OTHERS = {
    "firefox": (Firefox, FIREFOX_PLACES, ["firefox-esr"]),
    "webkit": (WebKit, WEBKIT_PLACES, ["webkit2gtk-driver", "xvfb"]),
}
HEARD = "firefox with a screen reader"
HEARD_PACKAGES = ["firefox-esr", "xvfb", "dbus", "at-spi2-core", "gir1.2-atspi-2.0", "python3-gi"]
STARTED = OTHERS | {HEARD: (HeardFirefox, FIREFOX_PLACES, HEARD_PACKAGES)}


class NoBrowser(Exception):
    """One sentence that says what to do."""


def engines() -> list[str]:
    """The engines that pages are tried in: those that $BROWSERS names, or all three."""
    known = ["chromium", *OTHERS]
    named = os.environ.get("BROWSERS", "").replace(",", " ").split() or known
    if unknown := [name for name in named if name not in known]:
        sys.exit(f"BROWSERS names {', '.join(unknown)}: there are {', '.join(known)}.")
    return named


def start_other(name: str) -> Firefox | WebKit:
    """Start Firefox or WebKit: an installed one; else one that can be fetched; else raise NoBrowser."""
    engine, places, packages = STARTED[name]
    for fetch in (lambda: None, lambda: fetch_with_apt(*packages)):
        fetch()
        for path in installed(places):
            with suppress(OSError):
                return engine(path)
    raise NoBrowser(f"The pages are not tried in {name}: install it (on Debian: apt-get install {' '.join(packages)}).")


def start_browser(playwright: Playwright) -> Browser:
    """Start $CHROMIUM; else an installed browser; else one that can be fetched; else raise NoBrowser."""
    named = os.environ.get("CHROMIUM")
    if named:
        browser = _start(playwright, named)
        if browser is None:
            raise NoBrowser(f"CHROMIUM is {named!r}, which does not start as a browser: correct or unset it.")
        return browser

    for path in installed(CHROMIUM_PLACES):
        if browser := _start(playwright, path):
            return browser
    for fetch in (lambda: None, fetch_playwrights_own):  # it may have been fetched earlier
        fetch()
        if browser := _start(playwright, None):
            return browser
    fetch_with_apt("chromium")
    for path in installed(("chromium",)):
        if browser := _start(playwright, path):
            return browser
    raise NoBrowser(ADVICE)


def installed(places: Iterable[str]) -> list[str]:
    """Those of some programs that are found on this machine."""
    return [path for place in places for name in glob(place) or [place] if (path := shutil.which(name))]


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


def fetch_with_apt(*packages: str) -> None:
    """Install packages of Debian where this user may."""
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "-q", "update"], settings)
        _run(["apt-get", "-q", "install", "-y", "--no-install-recommends", *packages], settings)


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


def main() -> None:
    """Start each engine once, before several processes look for it at once; say which is missing."""
    named = engines()
    for name in [*named, HEARD] if "firefox" in named else named:
        try:
            if name in STARTED:
                start_other(name).close()
            else:
                with sync_playwright() as playwright:
                    start_browser(playwright).close()
        except NoBrowser as error:
            if MUST or name not in STARTED:
                sys.exit(str(error))
            print(error)


if __name__ == "__main__":
    main()
