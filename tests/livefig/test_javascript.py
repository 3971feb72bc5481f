"""The script's own tests, in Node: js/*.test.js."""

import subprocess
from pathlib import Path

import pytest
from node import FLAGS, NODE


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("js/*.test.js")), ids=lambda path: path.name)
def test_javascript(path):
    run = subprocess.run([NODE, *FLAGS, "--test", path], capture_output=True, encoding="utf-8")
    assert run.returncode == 0 and "\nℹ tests 0\n" not in run.stdout, run.stdout + run.stderr
