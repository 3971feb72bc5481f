"""Firefox and WebKit for the tests of pages: their pages take the words of Playwright that those tests say to Chromium.

Both are driven by the commands of WebDriver, Firefox over a websocket (BiDi), WebKit over HTTP. What a hand does is the
same list of actions in both.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import websocket

PATIENCE = 30  # seconds, for what a busy machine takes
SYSTEM_PYTHON = "/usr/bin/python3"  # has what the system's packages bring
CALLED = """async (text) => {
    const source = (%s);
    const value = typeof source === "function" ? await source(...JSON.parse(text)) : source;
    return JSON.stringify(value) ?? "null";
}"""
# The elements that a locator stands for: each step is a selector and a text inside, the place in a list, or a name.
FOUND = """steps => steps.reduce((found, { css, has, at, role, name }) => {
    if (at !== undefined) return found.slice(at, at + 1 || undefined);
    const named = e => (e.getAttribute("aria-label") ?? e.textContent).trim() === name;
    return found.flatMap(e => [...e.querySelectorAll(css)]).filter(e =>
        (!has || e.textContent.includes(has)) && (name === undefined || named(e)));
}, [document])"""
# A profile that asks for nothing by itself.
FIREFOX_SETTINGS = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "datareporting.policy.dataSubmissionEnabled": False,
    "focusmanager.testmode": True,  # a window has the focus whoever else has
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "http://127.0.0.1:1/",
    "toolkit.telemetry.enabled": False,
}
KEYS = {
    "Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "ControlOrMeta": "\ue009",
    "Escape": "\ue00c", "Space": " ", "PageUp": "\ue00e", "PageDown": "\ue00f", "End": "\ue010", "Home": "\ue011",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Delete": "\ue017",
}  # fmt: skip
BOX = "e => { const { x, y, width, height } = e.getBoundingClientRect(); return { x, y, width, height }; }"


class EnginePage:
    """A page of another engine. `call`, `act` and `command` are its own."""

    def __init__(self):
        self.keyboard, self.mouse = Keyboard(self), Pointer(self, "mouse")

    def evaluate(self, source, *args):
        return json.loads(self.call(CALLED % source, json.dumps(args)))

    def wait_for_function(self, source, *, arg=None):
        until(lambda: self.evaluate(f"arg => Boolean(({source})(arg))", arg), source)

    def wait_for_timeout(self, milliseconds):
        time.sleep(milliseconds / 1000)

    def locator(self, css, has_text=None):
        return Locator(self, [{"css": css, "has": has_text}])

    @property
    def url(self):
        return self.evaluate("location.href")


class Keyboard:
    def __init__(self, page):
        self.page = page

    def press(self, chord):
        keys = [KEYS.get(key, key) for key in chord.split("+")]
        self._act([("keyDown", key) for key in keys] + [("keyUp", key) for key in reversed(keys)])

    def type(self, text):
        self._act([(what, key) for key in text for what in ("keyDown", "keyUp")])

    def _act(self, strokes):
        strokes = [{"type": what, "value": key} for what, key in strokes]
        self.page.act([{"type": "key", "id": "keyboard", "actions": strokes}])


class Pointer:
    """A mouse or a finger."""

    def __init__(self, page, kind):
        self.page, self.kind = page, kind

    def move(self, x, y, steps=1):
        self._act({"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20 * steps})

    def down(self):
        self._act({"type": "pointerDown", "button": 0})

    def up(self):
        self._act({"type": "pointerUp", "button": 0})

    def _act(self, action):
        self.page.act(
            [{"type": "pointer", "id": self.kind, "parameters": {"pointerType": self.kind}, "actions": [action]}]
        )


def touch(page, *places):
    """One finger, from the first place to the last."""
    if isinstance(page, EnginePage):
        finger = Pointer(page, "touch")
        finger.move(*places[0])
        finger.down()
        for place in places[1:]:
            finger.move(*place)
        finger.up()
    else:
        session = page.context.new_cdp_session(page)
        for number, (x, y) in enumerate(places):
            kind = "touchMove" if number else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class Locator:
    """The elements that some steps lead to; what is done is done to the first, as soon as it is there."""

    def __init__(self, page, steps):
        self.page, self.steps = page, steps

    def locator(self, css, has_text=None):
        return self._then(css=css, has=has_text)

    def get_by_role(self, role, name, exact=True):
        return self._then(css={"button": "button", "slider": "[type=range], [role=slider]"}[role], name=name)

    def nth(self, place):
        return self._then(at=place)

    @property
    def first(self):
        return self.nth(0)

    def _then(self, **step):
        return Locator(self.page, [*self.steps, step])

    def count(self):
        return self.page.evaluate(f"steps => ({FOUND})(steps).length", self.steps)

    def evaluate(self, source, *args):
        until(self.count, self.steps)
        return self.page.evaluate(f"(steps, ...args) => ({source})(({FOUND})(steps)[0], ...args)", self.steps, *args)

    wait_for = bounding_box = lambda self: self.evaluate(BOX)

    def get_attribute(self, name):
        return self.evaluate("(e, name) => e.getAttribute(name)", name)

    def inner_text(self):
        return self.evaluate("e => e.innerText")

    def input_value(self):
        return self.evaluate("e => e.value")

    def is_enabled(self):
        return self.evaluate("e => !e.disabled")

    def focus(self):
        self.evaluate("e => e.focus()")

    def blur(self):
        self.evaluate("e => e.blur()")

    def select_text(self):
        self.evaluate("e => { e.focus(); e.select(); }")

    def scroll_into_view_if_needed(self):
        self.evaluate('e => e.scrollIntoView({ block: "center", behavior: "instant" })')

    def click(self):
        self.scroll_into_view_if_needed()
        box = self.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.up()

    def fill(self, text):
        self.select_text()
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)


def until(condition, what):
    """Wait until something holds; a page that is leaving cannot tell."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        with suppress(RuntimeError):
            if condition():
                return
        time.sleep(0.02)
    raise AssertionError(f"waited for {what}")


def start(command, environment, **options):
    """Start a program, with some variables of its own; on Linux it ends with this one, however this one ends."""
    bound = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*bound, *command], env=os.environ | environment, **quiet | options)


def start_and_ask(command):
    """Start a program, and read the first line that it says."""
    process = start(command, {}, stdout=subprocess.PIPE, text=True)
    with process.stdout as told:
        return process, told.readline().strip()


def start_screen():
    """A screen that nobody sees, and its name."""
    process, name = start_and_ask(["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"])
    return process, f":{name}"


def stop(process):
    process.terminate()
    process.wait(PATIENCE)


class Firefox:
    """A running Firefox, with a profile in a folder of its own.

    environment : variables that lead it to a screen; without them it has none.
    """

    def __init__(self, path, environment=None):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in FIREFOX_SETTINGS.items()]
        Path(self.folder.name, "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--no-remote", "--profile", self.folder.name, "--remote-debugging-port", "0"]
        self.process = start(command, {"HOME": self.folder.name, **(environment or {"MOZ_HEADLESS": "1"})})
        told = Path(self.folder.name, "WebDriverBiDiServer.json")
        until(lambda: (told.exists() and told.stat().st_size) or self.process.poll() is not None, "Firefox")
        if not told.exists():
            raise OSError(f"{path} ends at once")
        host, port = json.loads(told.read_text(encoding="utf-8")).values()
        address = f"ws://{host}:{port}/session"
        self.socket = websocket.create_connection(address, suppress_origin=True, timeout=PATIENCE)
        self.number = 0
        self.command("session.new", capabilities={})

    def command(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.number:
            pass
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def new_page(self, width, height):
        return FirefoxPage(self, width, height)

    def close(self):
        with suppress(RuntimeError, OSError, websocket.WebSocketException):
            self.command("browser.close")
        self.socket.close()
        self.process.wait(PATIENCE)
        self.folder.cleanup()


class HeardFirefox(Firefox):
    """Firefox as a screen reader hears it: with a bus on which programs tell what they show, and a screen to be on."""

    def __init__(self, path):
        if missing := [name for name in ("dbus-daemon", "Xvfb", SYSTEM_PYTHON) if not shutil.which(name)]:
            raise FileNotFoundError(missing)
        self.bus, address = start_and_ask(["dbus-daemon", "--session", "--nofork", "--print-address"])
        self.screen, name = start_screen()
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": address, "DISPLAY": name, "GNOME_ACCESSIBILITY": "1"}
        self.heard()
        super().__init__(path, self.environment)

    def heard(self):
        """Role, name, and value or text of everything on its pages."""
        script = Path(__file__).with_name("screen_reader.py")
        environment = os.environ | self.environment
        answer = subprocess.run([SYSTEM_PYTHON, script], env=environment, capture_output=True, timeout=PATIENCE)
        if answer.returncode:
            raise OSError(answer.stderr.decode())
        return json.loads(answer.stdout)

    def close(self):
        super().close()
        stop(self.screen)
        stop(self.bus)


class FirefoxPage(EnginePage):
    def __init__(self, browser, width, height):
        super().__init__()
        self.browser = browser
        self.user = browser.command("browser.createUserContext")["userContext"]
        self.context = browser.command("browsingContext.create", type="window", userContext=self.user)["context"]
        self.command("browsingContext.activate")
        self.set_viewport_size({"width": width, "height": height})

    def command(self, method, **params):
        return self.browser.command(method, context=self.context, **params)

    def call(self, function, text):
        found = self.browser.command(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return found["result"]["value"]

    def act(self, actions):
        self.command("input.performActions", actions=actions)

    def goto(self, address):
        self.command("browsingContext.navigate", url=address, wait="complete")

    def reload(self):
        self.command("browsingContext.reload", wait="complete")

    def go_back(self):
        left = self.url
        self.command("browsingContext.traverseHistory", delta=-1)
        until(lambda: self.url != left, "the page before")

    def set_viewport_size(self, size):
        self.command("browsingContext.setViewport", viewport=size)

    def screenshot(self, path):
        Path(path).write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot")["data"]))

    def close(self):
        self.browser.command("browser.removeUserContext", userContext=self.user)


class WebKit:
    """WebKit's small browser, its driver, and a screen for it that nobody sees."""

    def __init__(self, path):
        if missing := [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]:
            raise FileNotFoundError(missing)
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.screen, name = start_screen()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/session"
        self.driver = start(["WebKitWebDriver", f"--port={port}"], {"DISPLAY": name, "HOME": self.folder.name})
        until(self.listens, "WebKitWebDriver")
        options = {"binary": path, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = "/" + self.request("POST", "", wanted)["sessionId"]

    def listens(self):
        try:
            self.request("GET", "/none")
        except RuntimeError:
            return True  # it does not know that, but it answers
        except OSError:
            return False

    def request(self, method, path, body=None):
        text = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, text, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def new_page(self, width, height):
        return WebKitPage(self, width, height)

    def close(self):
        self.request("DELETE", self.session)
        stop(self.driver)
        stop(self.screen)
        self.folder.cleanup()


class WebKitPage(EnginePage):
    """The one page of a running WebKit: a new one takes seconds."""

    def __init__(self, browser, width, height):
        super().__init__()
        self.browser = browser
        self.set_viewport_size({"width": width, "height": height})

    def command(self, name, **params):
        return self.browser.request("POST", f"{self.browser.session}/{name}", params)

    def call(self, function, text):
        script = f"const [text, done] = arguments; ({function})(text).then(done, error => done([String(error)]));"
        found = self.command("execute/async", script=script, args=[text])
        if isinstance(found, list):
            raise RuntimeError(found[0])
        return found

    def act(self, actions):
        self.command("actions", actions=actions)

    def goto(self, address):
        self.command("url", url=address)

    def reload(self):
        self.command("refresh")

    def go_back(self):
        self.command("back")

    def set_viewport_size(self, size):
        """Of a window, which has a bar above the page, and is no narrower than 450."""
        bar = self.evaluate("outerHeight - innerHeight")
        self.command("window/rect", width=size["width"], height=size["height"] + bar)
        until(lambda: self.evaluate("() => ({ width: innerWidth, height: innerHeight })") == size, size)

    def screenshot(self, path):
        picture = self.browser.request("GET", f"{self.browser.session}/screenshot")
        Path(path).write_bytes(base64.b64decode(picture))

    def close(self):
        """Leave nothing to the next page."""
        self.evaluate("""() => {
            const inside = document.createElement("iframe"); // its storage is the page's, whatever the page made of it
            document.body.append(inside);
            try { inside.contentWindow.localStorage.clear(); } catch { /* a closed frame has none */ }
        }""")
        self.goto("about:blank")
