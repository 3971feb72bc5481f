"""Browsers that the tests start."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """import os, signal
from engines import start, until
process = start(["sleep", "60"], {}, stdout=None)
until(lambda: open(f"/proc/{process.pid}/comm").read() == "sleep\\n", "sleep")
os.kill(os.getpid(), signal.SIGKILL)"""


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is a program of Linux.")
def test_what_a_killed_run_has_started_ends_with_it():
    """Who reads what both of them print reads until both have ended."""
    subprocess.run([sys.executable, "-c", RUN], cwd=Path(__file__).parent, stdout=subprocess.PIPE, timeout=20)
