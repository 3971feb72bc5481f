"""An instructor's view: the chapter's figure in JupyterLab and Jupyter Notebook, with and without a kernel.

A server runs in a home of its own and opens a copy of the chapter. The tests share one page and follow one another:
first the kernel lives, then it is shut down. Nothing waits for a fixed time: every step waits for what it needs to see.
"""

import json
import math
import os
import secrets
import site
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from shutil import copy
from urllib.parse import urlsplit

import nbformat
import pytest
from conftest import ROOT
from playwright.sync_api import expect

from livefig.asking.file import read as answers_of
from livefig.asking.results import read as read_results
from livefig.words import ASK_WORDS

# The programs, and where each opens a file.
PROGRAMS = {"jupyterlab": "lab/tree", "notebook": "notebooks"}
CHAPTER = ROOT / "notebooks" / "gradient_descent.ipynb"
RATE = "learning rate η"
QUESTION = "descent-two-x0"
SECONDS = 60  # for one condition on a slow machine; a good run needs a fraction of it

# JupyterLab and ipywidgets report each request and each value that finds no kernel any more; their own sliders do too.
NOT_OURS = ("Failed to load resource", "WebSocket connection", "Could not send widget sync message")
# Jupyter Notebook throws by itself when it opens; a figure's script is a blob.
THEIR_SCRIPT = "/static/notebook/notebook_core"

# What a reader sees of the figure that has a control named `lr`: null until it is drawn.
LOOK = """() => {
    const figure = [...document.querySelectorAll("figure.live-figure")].find(f => f.live && "lr" in f.live.values());
    const svg = figure && figure.querySelector("svg");
    if (!svg) return null;
    return {
        paths: [...svg.querySelectorAll("path")].map(path => path.getAttribute("d")),
        readout: figure.querySelector("p.readout").textContent,
        lr: figure.live.values().lr,
    };
}"""

# What the notebook itself knows: the kernel's status and, of each code cell, its number and outputs.
NOTEBOOK = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    if (!panel?.sessionContext?.isReady || !panel.context.isReady) return null;
    return {
        kernel: panel.sessionContext.session?.kernel?.status ?? "none",
        cells: panel.content.widgets.filter(cell => cell.model.type === "code").map(cell => ({
            source: cell.model.sharedModel.getSource(),
            number: cell.model.executionCount,
            may_fail: (cell.model.getMetadata("tags") ?? []).includes("raises-exception"),
            outputs: cell.model.outputs.toJSON(),
        })),
    };
}"""

RUN_IN_LAST_CELL = """code => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.length - 1;
    notebook.activeCell.model.sharedModel.setSource(code);
    window.jupyterapp.commands.execute("notebook:run-cell");
}"""

# The LiveFigure that a cell of the chapter showed, whatever the chapter calls it.
FIND_FIGURE = """\
shown = next(value for value in [*Out.values(), *globals().values()]
             if type(value).__name__ == "LiveFigure" and "lr" in value.controls)
"""


class Server:
    """A program on a copy of the chapter, in a home of its own, asking nothing of the internet."""

    def __init__(self, program, folder):
        self.program = program
        self.log = folder / "server.log"
        self.token = secrets.token_hex(16)
        self.home, self.root = folder / "home", folder / "root"
        self.runtime = self.home / "runtime"
        self.runtime.mkdir(parents=True)
        (self.root / "notebooks").mkdir(parents=True)
        self.copy_chapter()
        self.switch_off_news()
        self.url = None  # known once the server has written it down
        self.process = self.start()

    def copy_chapter(self):
        """The chapter without its outputs, so that all we see comes from this kernel, and one free cell at the end."""
        notebook = nbformat.read(CHAPTER, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        notebook.cells.append(nbformat.v4.new_code_cell("print('every cell has run')"))
        nbformat.write(notebook, self.root / "notebooks" / CHAPTER.name)
        copy(CHAPTER.with_name("answers.json"), self.root / "notebooks")

    def copy_question(self, folder, name):
        """A notebook with one question of the chapter, in a copy of the book that stands in `folder`."""
        (self.root / folder).mkdir(exist_ok=True)
        copy(CHAPTER.with_name("answers.json"), self.root / folder)
        notebook = nbformat.read(CHAPTER, as_version=4)
        source = next(cell.source for cell in notebook.cells if cell.source.startswith(f'ask(\n    "{QUESTION}"'))
        notebook.cells = [nbformat.v4.new_code_cell(f"from livefig import ask\n{source}")]
        nbformat.write(notebook, self.root / folder / name)

    def switch_off_news(self):
        settings = self.home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), encoding="utf-8")

    def start(self):
        ours = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "XDG_", "MPLBACKEND"))
        }
        ours |= {
            "HOME": self.home,
            "USERPROFILE": self.home,
            "PYTHONUSERBASE": site.getuserbase(),
            "JUPYTER_CONFIG_DIR": self.home / "config",
            "JUPYTER_DATA_DIR": self.home / "data",
            "JUPYTER_RUNTIME_DIR": self.runtime,
            "IPYTHONDIR": self.home / "ipython",
            "JUPYTERLAB_SETTINGS_DIR": self.home / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": self.home / "workspaces",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            self.program,
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            f"--ServerApp.root_dir={self.root}",
            f"--IdentityProvider.token={self.token}",
            "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]
        with open(self.log, "wb") as log:
            return subprocess.Popen(
                command,
                env={name: str(value) for name, value in ours.items()},
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def answers(self):
        """True once the server answers; another port than the one we asked for is fine."""
        if self.process.poll() is not None:
            raise AssertionError(f"{self.program} ended with {self.process.returncode}:\n{self.log_tail()}")
        notes = self.runtime / f"jpserver-{self.process.pid}.json"
        try:
            self.url = json.loads(notes.read_text(encoding="utf-8"))["url"]
            return self.ask("GET", "api/status") is not None
        except (OSError, ValueError):  # not written, half written, or not listening yet
            return False

    def ask(self, method, path):
        token = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=token)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=SECONDS) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def log_tail(self):
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])

    def stop(self):
        """Ends the server and with it every kernel it started."""
        try:
            self.ask("POST", "api/shutdown")
        except (OSError, TypeError):  # not listening, or its address never known
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Lab:
    """One page of a program with the chapter open: its figure, its learning-rate slider, its kernel."""

    def __init__(self, server, page, picture):
        self.server, self.page, self.picture = server, page, picture
        self.errors, self.strangers = [], []
        page.on("console", self.hear)
        page.on("pageerror", self.catch)
        page.on("request", self.see)

    def hear(self, message):
        if message.type == "error" and not message.text.startswith(NOT_OURS):
            self.errors.append(f"{message.text}  [{message.location.get('url', '')}]")

    def catch(self, error):
        place = error.stack or str(error)
        if THEIR_SCRIPT not in place or "blob:" in place:
            self.errors.append(f"uncaught: {place}")

    def see(self, request):
        address = urlsplit(request.url)
        if address.scheme not in ("blob", "data") and address.hostname != "127.0.0.1":
            self.strangers.append(request.url)

    def until(self, condition, wanted):
        """Waits until `condition()` is true and returns its value; otherwise fails with a picture of the page."""
        end = time.monotonic() + SECONDS
        while not (value := condition()):
            if time.monotonic() > end:
                self.fail(f"still not so after {SECONDS} s: {wanted() if callable(wanted) else wanted}")
            self.page.wait_for_timeout(50)  # lets the browser's events in
        return value

    def fail(self, why):
        self.page.screenshot(path=self.picture)
        heard = "\n".join(self.errors) or "none"
        pytest.fail(
            f"{why}\n\nPicture: {self.picture}\nConsole errors: {heard}\nServer: {self.server.log_tail()}",
            pytrace=False,
        )

    def open(self, notebook):
        address = f"{self.server.url}{PROGRAMS[self.server.program]}/{notebook}?reset&token={self.server.token}"
        self.page.goto(address, timeout=SECONDS * 1000)
        self.until(lambda: (self.notebook() or {}).get("kernel") == "idle", "the notebook is open and its kernel idle")

    def notebook(self):
        return self.page.evaluate(NOTEBOOK)

    def look(self):
        return self.page.evaluate(LOOK)

    def run_cells(self):
        self.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
        self.until(self.finished, "every cell has run and the kernel is idle")

    def run_all(self):
        self.run_cells()
        self.until(self.look, "the figure with a control `lr` is drawn")
        plot = self.page.locator("figure.live-figure").filter(visible=True).locator("svg").first
        self.until(lambda: plot.count() and plot.bounding_box()["height"] > 0, "the plot takes up room on the page")
        self.until(lambda: self.slider().count(), f"a slider “{RATE}” stands in one box with the figure")

    def finished(self):
        if (state := self.notebook()) is None:
            return False
        for cell in state["cells"]:
            for output in cell["outputs"]:
                if output["output_type"] == "error" and not cell["may_fail"]:
                    self.fail(f"a cell fails: {output['ename']}: {output['evalue']}\n{cell['source']}")
        return state["kernel"] == "idle" and all(c["number"] for c in state["cells"] if c["source"].strip())

    def python(self, code):
        """Runs `code` in the notebook's last cell and returns what it printed."""
        before = self.notebook()["cells"][-1]["number"]
        self.page.evaluate(RUN_IN_LAST_CELL, code)
        self.until(
            lambda: self.finished() and self.notebook()["cells"][-1]["number"] != before, f"this cell has run:\n{code}"
        )
        return "".join(output.get("text", "") for output in self.notebook()["cells"][-1]["outputs"])

    def rate_in_python(self):
        return float(self.python(FIND_FIGURE + "print(float(shown.controls['lr'].value))"))

    def slider(self):
        """The ipywidgets slider in the box that also holds the figure."""
        figure = self.page.locator("figure.live-figure")
        return (
            self.page.locator(".widget-vbox")
            .filter(has=figure)
            .locator(".widget-slider")
            .filter(has=self.page.get_by_text(RATE, exact=True))
            .first
        )

    def shown_rate(self):
        return float(self.slider().locator(".widget-readout").text_content().replace("−", "-"))

    def press(self, key):
        self.slider().locator(".noUi-handle").press(key)

    def drag(self, pixels):
        handle = self.slider().locator(".noUi-handle")
        handle.hover()  # scrolls there, and waits until it stands still
        box = handle.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.down()
        self.page.mouse.move(x + pixels, y, steps=5)
        self.page.mouse.up()

    def moves(self, action, wanted):
        """Does `action`, waits until path, sentence and rate have changed as the slider says; returns the new state."""
        before = self.look()

        def changed():
            now = self.look()
            return (
                now
                and now["paths"] != before["paths"]
                and now["readout"] != before["readout"]
                and now["lr"] != before["lr"]
                and agrees(self.shown_rate(), now["lr"])
                and now
            )

        def what_moved():
            now = self.look() or {}
            parts = {"path": "paths", "sentence": "readout", "rate of the figure": "lr"}
            stuck = [part for part, key in parts.items() if now.get(key) == before[key]]
            return (
                f"{wanted}; unchanged: {', '.join(stuck) or 'nothing'}. The slider shows {self.shown_rate()}, "
                f"the figure had {before['lr']} and has {now.get('lr')}, its sentence is “{now.get('readout')}”"
            )

        action()
        return self.until(changed, what_moved)

    def stop_kernel(self):
        """Shuts down every kernel behind the page's back, and waits until server and page know that it is gone."""
        for session in self.server.ask("GET", "api/sessions"):
            self.server.ask("DELETE", f"api/sessions/{session['id']}")
        self.until(lambda: not self.server.ask("GET", "api/kernels"), "the server has no kernel any more")
        self.page.evaluate("() => window.jupyterapp.serviceManager.sessions.refreshRunning()")  # by itself: in 10 s
        self.until(lambda: self.notebook()["kernel"] in ("dead", "none"), "the page knows that the kernel is gone")


def agrees(shown, rate):
    """The slider's readout has three digits."""
    return abs(shown - rate) <= 0.006 * abs(rate)


@pytest.fixture(scope="module", params=PROGRAMS)
def lab(browser, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp(request.param)
    server = Server(request.param, folder)
    try:
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            context.route(lambda url: urlsplit(url).hostname != "127.0.0.1", lambda route: route.abort())
            lab = Lab(server, context.new_page(), folder / "page.png")
            lab.until(server.answers, "the server answers")
            lab.open(f"notebooks/{CHAPTER.name}")
            lab.run_all()
            yield lab
    finally:
        server.stop()


@pytest.fixture(scope="module")
def lab_without_kernel(lab):
    before = lab.look()
    lab.stop_kernel()
    if lab.look() != before:
        lab.fail("stopping the kernel alone has changed the figure")
    return lab


def test_moving_the_slider_changes_the_figure_and_the_value_in_python(lab):
    rate = lab.moves(lambda: lab.press("ArrowRight"), "an arrow key on the slider moves the path")["lr"]
    lab.until(lambda: lab.rate_in_python() == rate, f"the slider's value in Python is the figure's, {rate!r}")


def test_setting_the_rate_in_a_cell_moves_the_slider_and_the_figure(lab):
    set_rate = FIND_FIGURE + "shown.set(lr=0.3)"
    rate = lab.moves(lambda: lab.python(set_rate), "fig.set(lr=0.3) in a cell moves the path")["lr"]
    # A slider of ipywidgets on the screen rounds what it is given to its step (here of the exponent) and tells Python.
    step = float(lab.python("print(shown.controls['lr'].step)"))
    assert abs(math.log10(rate / 0.3)) <= step / 2 + 1e-12
    lab.until(lambda: lab.rate_in_python() == rate, f"the slider's value in Python is the figure's, {rate!r}")


def test_with_the_kernel_stopped_the_slider_still_moves_the_path(lab_without_kernel):
    lab = lab_without_kernel
    start = lab.look()
    lower = lab.moves(lambda: lab.press("ArrowLeft"), "an arrow key moves the path without a kernel")
    assert lower["lr"] < start["lr"]
    back = lab.moves(lambda: lab.press("ArrowRight"), "the other arrow key moves the path back")
    assert back["lr"] == pytest.approx(start["lr"], rel=1e-9)
    lowest = lab.moves(lambda: lab.drag(-60), "dragging the handle moves the path without a kernel")
    assert lowest["lr"] < lower["lr"]
    assert lab.server.ask("GET", "api/kernels") == [], "a kernel was started again: this proved nothing"


def test_with_the_kernel_stopped_a_question_is_still_judged(lab_without_kernel):
    page = lab_without_kernel.page
    form = page.locator(f"form.live-ask#ask-{QUESTION}")
    form.scroll_into_view_if_needed()
    form.get_by_role("textbox").fill("4,5125")
    form.get_by_role("textbox").press("Enter")
    expect(form.get_by_role("status")).to_contain_text("✓ Right. Each step multiplies x₀ by 0.95.")


def test_with_the_kernel_stopped_results_are_saved_and_read_by_the_teacher(lab_without_kernel, tmp_path):
    lab = lab_without_kernel
    place = lab.page.locator(".jp-OutputArea-output").filter(has=lab.page.locator(f"form#ask-{QUESTION}"))
    for given in ("4.75", "4.5125"):
        place.locator("form").get_by_role("textbox").fill(given)
        place.locator("form").get_by_role("textbox").press("Enter")
    place.get_by_text(ASK_WORDS["yours"]).click()
    place.get_by_label(ASK_WORDS["name"]).fill("Ada")
    place.get_by_label(ASK_WORDS["name"]).blur()
    with lab.page.expect_download() as download:
        place.get_by_role("button", name=ASK_WORDS["save"]).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    found = read_results(path, answers_of(CHAPTER.with_name("answers.json")))
    told = found.answers[QUESTION]
    assert (found.name, found.problems, told["verdict"], told["answer"]) == ("Ada", [], "right", "4.5125")
    assert told["wrong"] == ["4.75"]
    place.get_by_role("button", name=ASK_WORDS["clear"]).click()
    expect(place.locator("form").get_by_role("textbox")).to_have_value("")
    place.locator("input[type=file]").set_input_files(path)
    expect(place.locator("form").get_by_role("textbox")).to_have_value("4.5125")


@pytest.mark.parametrize(("folder", "kept"), [("notebooks", "4.5125"), ("another copy", "")])
def test_another_copy_of_the_book_has_answers_of_its_own(lab_without_kernel, browser, folder, kept):
    lab = lab_without_kernel
    box = lab.page.locator(f"form#ask-{QUESTION}").get_by_role("textbox")
    box.fill("4.5125")
    box.press("Enter")
    lab.server.copy_question(folder, "question.ipynb")
    with browser.new_context(storage_state=lab.page.context.storage_state()) as context:
        other = Lab(lab.server, context.new_page(), lab.picture)
        other.open(f"{folder}/question.ipynb")
        other.run_cells()
        expect(other.page.locator("form.live-ask").get_by_role("textbox")).to_have_value(kept)


def test_the_figure_reports_no_error_and_no_other_host_is_asked(lab):
    assert not lab.errors, "\n".join(lab.errors)
    assert not lab.strangers, "\n".join(lab.strangers)
