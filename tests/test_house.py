"""CONTRIBUTING.md, the Makefile and the lists of packages keep their word."""

import itertools
import json
import re
import shlex
import subprocess
import sys
import tomllib
from contextlib import chdir
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from zipfile import ZipFile

import pytest
from _pytest.mark.expression import Expression
from conftest import ROOT
from hatchling import build
from hypothesis import settings
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from small_book import copied
from versions import declared, lines, pinned

import gradcore


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


CONTRIBUTING, MAKEFILE = text("CONTRIBUTING.md"), text("Makefile")
PROJECT = tomllib.loads(text("pyproject.toml"))


# The targets --------------------------------------------------------------------------------------------


def recipe(target):
    """The lines of a target of the Makefile, with its variables' words instead of their names."""
    names = dict(re.findall(r"^(\w+) *= (.*)$", MAKEFILE, re.MULTILINE))
    body = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]
    for _ in range(2):
        body = re.sub(r"\$\((\w+)\)", lambda found: names.get(found[1], found[0]), body)
    return body


def chosen(target):
    """The expressions of marks with which a target runs the tests; new random cases of a property are extra."""
    found = re.findall(r'-m "([^"]+)"(.*)', recipe(target))
    return [Expression.compile(marks) for marks, rest in found if "--hypothesis-profile" not in rest]


MARKS = [line.partition(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]]


@pytest.mark.parametrize("marks", [m for n in range(4) for m in itertools.combinations(MARKS, n)], ids=" ".join)
def test_each_test_is_run_by_exactly_one_line(marks):
    runs = {
        target: [e.evaluate(lambda mark, **_: mark in marks) for e in chosen(target)]
        for target in ("check", "test", "slow")
    }
    assert runs["test"].count(True) + runs["slow"].count(True) == 1
    assert runs["check"] == [not marks]
    assert len(MARKS) == 3


def test_generated_cases_have_one_profile_that_knows_no_deadline():
    assert settings.default.deadline is None
    files = [path for path in (ROOT / "tests").rglob("*.py") if "_profile(" in path.read_text(encoding="utf-8")]
    assert {path.name for path in files} <= {"conftest.py", "test_house.py"}


def test_every_target_is_told_with_its_time_and_every_told_target_is_there():
    told = set(re.findall(r"^\| `make (\w+)`", CONTRIBUTING, re.MULTILINE)) | {"newest"}
    there = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
    assert told <= there and there - told <= {"help", "zip", "lint", "serve", "clean"}
    helped = set(re.findall(r'@echo "make (\w+)', MAKEFILE))
    assert there - helped <= {"help", "lint", "newest"}


# How to add ---------------------------------------------------------------------------------------------

SECTIONS = dict(re.findall(r"^###? ([^\n]*)\n\n(.*?)(?=^##|\Z)", CONTRIBUTING, re.MULTILINE | re.DOTALL))
CARRIED_OUT = [
    ("A NumPy function", "ediff1d"),
    ("An update rule", "SignDescent"),
    ("A landscape", "Booth"),
    pytest.param("An artist", "slanted", marks=pytest.mark.browser),
    pytest.param("A control", "button", marks=pytest.mark.browser),
]
COPIED = ("gradcore", "livefig", "tests", "book/extensions", "pyproject.toml", "notebooks/matplotlibrc")


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|\w+\.(?:yml|toml|txt))`", CONTRIBUTING)))
)
def test_a_file_that_is_named_is_there(path):
    assert (ROOT / path).exists() or path == "_build/html" or Path(path).stem in ("my_chapter", "buttons")


@pytest.mark.parametrize(("name", "path"), re.findall(r"`(\w+)` in `([\w/.]+\.\w+)`", CONTRIBUTING))
def test_a_table_that_is_named_stands_in_its_file(name, path):
    assert re.search(rf"^(?:export const |def |class )?{name}\b.*[=(]", text(path), re.MULTILINE)


@pytest.mark.parametrize("step", re.findall(r"^\d\. (`[\w/]+\.\w+`: .*)$", SECTIONS["Follow one value"], re.MULTILINE))
def test_on_the_road_of_a_value_each_file_has_what_is_said_of_it(step):
    path, *names = re.findall(r"`([^`]+)`", step)
    assert names and all(name in text(path) for name in names)


def test_the_road_of_a_value_is_five_files():
    assert len(re.findall(r"^\d\. `", SECTIONS["Follow one value"], re.MULTILINE)) == 5


def quoted(name):
    """Code in a sentence; what has ticks itself stands between two of them."""
    return rf"(?:`` (?P<{name}_ticked>[^\n]+?) ``|`(?P<{name}>[^`]+)`)"


STEP = re.compile(
    r"(?:[Ii]n|At the end of) `(?P<path>[\w/.]+)`|(?P<where>[Aa]bove|[Bb]elow) `(?P<line>[^`]+)`"
    rf"|for {quoted('old')}\s+write {quoted('new')}|```(?:python|js)\n(?P<code>.*?)```|```sh\n(?P<run>.*?)```",
    re.DOTALL,
)


def carry_out(section, folder):
    """Do what a recipe says to the files of a folder. Returns the command that it ends with."""
    path = line = None
    for step in STEP.finditer(section):
        if step["run"]:
            return step["run"].strip()
        if step["path"]:
            path, line = folder / step["path"], None
        elif step["where"]:
            where, line = step["where"].lower(), step["line"]
        else:
            old, code = path.read_text(encoding="utf-8") if path.exists() else "", step["code"]
            if not code:
                replaced, by = (step[name] or step[f"{name}_ticked"] for name in ("old", "new"))
                assert old.count(replaced) >= 1, replaced
                changed = old.replace(replaced, by, 1)
            elif line is None:
                changed = f"{old}\n\n{code}" if old else code
            else:
                code += "\n\n" if code.startswith(("@", "def ", "class ")) else ""
                (at,) = (found.start() for found in re.finditer(rf"^{re.escape(line)}.*\n", old, re.MULTILINE))
                at = at if where == "above" else old.index("\n", at) + 1
                changed = old[:at] + code + old[at:]
            path.write_text(changed, encoding="utf-8")
            line = None


@pytest.mark.slow
@pytest.mark.parametrize(("title", "new"), CARRIED_OUT)
def test_a_recipe_works_as_it_stands(title, new, tmp_path):
    for name in COPIED:
        copied(name, tmp_path)
    command = [sys.executable, "-m", *shlex.split(carry_out(SECTIONS[title], tmp_path)), "-v"]
    done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True)
    assert done.returncode == 0, done.stdout
    assert re.search(rf"^tests/.*{new}.* PASSED", done.stdout, re.MULTILINE)


def test_a_chapters_recipe_tells_what_is_asked_of_its_cells():
    told, asked = SECTIONS["A chapter"] + SECTIONS["A question"], text("tests/book/test_notebooks.py")
    chapters = map(json.loads, (path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")))
    tags = {tag for chapter in chapters for cell in chapter["cells"] for tag in cell["metadata"].get("tags", ())}
    assert tags - {"remove-cell"} == {tag for tag in tags if f"the tag `{tag}`" in told}
    for number, limit in {"15 to 40 cells": "15 <= len(", "76 characters": "> 76]", "than 30": "> 30,"}.items():
        assert number in told and limit in asked


# Versions and packages ----------------------------------------------------------------------------------


def test_the_version_stands_in_one_place_and_the_citation_repeats_it():
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "gradcore/__init__.py"
    assert re.search(r"^version: (.*)$", text("CITATION.cff"), re.MULTILINE)[1] == gradcore.__version__


def test_each_package_carries_all_its_files_and_the_wheel_nothing_else(tmp_path):
    with chdir(ROOT):
        name = build.build_wheel(str(tmp_path))
    assert name == f"gradcore-{gradcore.__version__}-py3-none-any.whl"
    with ZipFile(tmp_path / name) as wheel:
        found = {path for path in wheel.namelist() if ".dist-info/" not in path}
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("gradcore", "livefig")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert found == there and {"gradcore/py.typed", "livefig/py.typed"} <= found
    assert {path.rpartition(".")[2] for path in found} == {"py", "js", "css", "md", "typed"}


def test_the_short_lists_hold_what_is_declared():
    ours, short = declared(), pinned()
    for name, lowest in ours.items():
        assert Requirement(f"{name}>={lowest}").specifier.contains(short[name])
    assert lines("lowest")[0] == f"numpy=={ours['numpy']}" and lines("newest")[0] == f"numpy>={ours['numpy']}"
    assert len(lines("lowest")) == len(short)


LOCK = [line for line in text("constraints.txt").splitlines() if not line.startswith("#")]
LOCKED = re.compile(r"([a-z0-9-]+)==([\w.]+)(?: ; (.+))?")


def locked():
    """The version of each package for this Python and system."""
    found = [LOCKED.fullmatch(line).groups() for line in LOCK]
    return {name: version for name, version, marker in found if marker is None or Marker(marker).evaluate()}


def test_the_lock_is_a_list_of_versions_and_of_nothing_else():
    assert all(LOCKED.fullmatch(line) for line in LOCK)
    assert "://" not in text("constraints.txt") and "gradcore" not in locked()


def test_the_lock_has_the_versions_of_the_short_lists():
    short = {canonicalize_name(name): version for name, version in pinned().items()}
    assert {name: locked().get(name) for name in short} == short


def test_what_the_book_is_made_with_is_locked_to_the_last_package():
    wanted, seen = [(canonicalize_name(name), "") for name in [*pinned(), "gradcore"]], set()
    while wanted:
        name, extra = wanted.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        assert name == "gradcore" or metadata.version(name) == locked()[name], name
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                wanted += [(canonicalize_name(needed.name), e) for e in ("", *needed.extras)]


def test_the_workflows_try_every_python_that_is_promised():
    told = re.search(r"Python (3\.\d+) to (3\.\d+)", CONTRIBUTING)
    workflow = text(".github/workflows/tests.yml")
    first, last = (int(version.partition(".")[2]) for version in told.groups())
    listed = ", ".join(f'"3.{minor}"' for minor in range(first, last + 1))
    assert f"python: [{listed}]\n" in workflow
    assert PROJECT["project"]["requires-python"] == f">=3.{first}"
    for name in ("pages", "release"):
        assert "uses: ./.github/workflows/tests.yml" in text(f".github/workflows/{name}.yml")


@pytest.fixture
def release(tmp_path):
    """The script of the release workflow, and a small tree to release."""
    spec = spec_from_file_location("release", ROOT / ".github" / "release.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    (tmp_path / "gradcore").mkdir()
    (tmp_path / "gradcore/__init__.py").write_text('__version__ = "0.2.0"\n', encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("title: A\nversion: 0.2.0\n", encoding="utf-8")
    log = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2027-01-01)\n\n- New.\n\n## 0.1.0\n\n- Old.\n"
    (tmp_path / "CHANGELOG.md").write_text(log, encoding="utf-8")
    return script


def test_a_release_says_what_the_changelog_says_of_it(release, tmp_path):
    assert release.version() == gradcore.__version__
    assert release.notes("v0.2.0", tmp_path).strip() == "- New."


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("gradcore/__init__.py", "0.2.0", "0.3.0", "The tag is v0.2.0"),
        ("gradcore/__init__.py", "__version__", "version", "has no line"),
        ("CITATION.cff", "0.2.0", "0.2.1", "CITATION.cff has another version"),
        ("CHANGELOG.md", "## 0.2.0", "## 0.2", "no section '## 0.2.0'"),
    ],
)
def test_a_release_that_does_not_fit_is_refused(release, tmp_path, file, old, new, words):
    path = tmp_path / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(SystemExit, match=re.escape(words)):
        release.notes("v0.2.0", tmp_path)
