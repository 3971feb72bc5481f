"""The package as a whole: what it hands on, what it imports."""

import ast
import inspect
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

import gradcore
import livefig

README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = [Path(gradcore.__file__).parent, Path(livefig.__file__).parent]
FILES = {  # module -> file
    ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for package in PACKAGES
    for path in sorted(package.rglob("*.py"))
}


def imports(module):
    """The modules of the two packages that a module imports, wherever in its code."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield from {node.module, f"{node.module}.{name.name}"} & set(FILES)
        elif isinstance(node, ast.Import):
            yield from {name.name for name in node.names} & set(FILES)


@cache
def arrows():
    """Module -> the modules that it imports."""
    return {module: set(imports(module)) - {module, "gradcore", "livefig"} for module in FILES}


def room(module):
    """gradcore, or the room of livefig."""
    parts = module.split(".")
    return parts[1] if parts[0] == "livefig" and len(parts) > 1 else parts[0]


def test_no_two_files_import_each_other_nor_in_a_circle():
    left = dict(arrows())
    while free := [module for module, others in left.items() if not others & set(left)]:
        for module in free:
            del left[module]
    assert not left


def test_the_table_of_the_readme_says_what_each_room_imports():
    rows = re.findall(r"^\| `(?:livefig/)?(\w+)(?:/|\.py)` \|[^|]*\|([^|]*)\|$", README, flags=re.MULTILINE)
    told = [(name, set(re.findall(r"`(\w+)`", cell))) for name, cell in rows if name in {*map(room, FILES)}]
    found = {}
    for module, others in arrows().items():
        if module != "livefig":  # its own __init__ hands names on
            found.setdefault(room(module), set()).update(room(other) for other in others)
    assert dict(told) == {name: others - {name} for name, others in found.items()}
    order = [name for name, _ in told]
    assert all(order.index(other) > order.index(name) for name, others in told for other in others), "an arrow up"


@pytest.mark.parametrize("module", FILES)
def test_an_import_stands_at_the_top(module):
    """Not inside a function, to dodge a circle."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            for node in ast.walk(function):
                assert not isinstance(node, (ast.ImportFrom, ast.Import)) or module in LATE, ast.unparse(node)


LATE = {"gradcore.datasets", "gradcore.training"}  # scikit-learn and tqdm, only where they are used


@pytest.mark.parametrize("module", [m for m, path in FILES.items() if path.name == "__init__.py" and "." in m])
def test_a_room_says_what_lives_there_and_nothing_else(module):
    (docstring,) = ast.parse(FILES[module].read_text(encoding="utf-8")).body
    text = docstring.value.value
    assert "Imports" in text and len(text.strip().splitlines()) <= 5


def test_the_engine_knows_nothing_of_the_course():
    for path in [p for p in PACKAGES[1].rglob("*") if p.is_file() and "__pycache__" not in p.parts]:
        assert "gradcore" not in path.read_text(encoding="utf-8"), path


def test_every_public_name_is_there_and_says_what_it_is():
    assert len(set(gradcore.__all__)) == len(gradcore.__all__)
    for name in gradcore.__all__:
        thing = getattr(gradcore, name)
        assert thing.__doc__ and thing.__doc__.strip(), name


def test_docstrings_name_chapters_by_their_titles():
    titles = {
        "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]).splitlines()[0].lstrip("# ")
        for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    named = {
        title
        for path in FILES.values()
        for chapters in re.findall(r'Chapters? ((?:"[^"]+"(?:, | and )?)+)', path.read_text(encoding="utf-8"))
        for title in re.findall(r'"([^"]+)"', chapters)
    }
    assert named <= titles and len(named) > 8


def test_a_plain_import_draws_and_learns_nothing():
    code = "import sys, gradcore; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"matplotlib", "ipywidgets", "anywidget", "sklearn", "scipy", "tqdm"} & set(loaded)


def test_help_says_what_goes_in_and_what_comes_out():
    assert str(inspect.signature(gradcore.sigmoid)) == "(x: 'ArrayLike') -> 'NDArray[np.float64]'"
    assert str(inspect.signature(gradcore.softmax_loss)) == "(x: 'ArrayLike', t: 'ArrayLike') -> 'float'"
    for name, thing in public():
        signature = inspect.signature(thing)
        said = [p.annotation for p in signature.parameters.values() if p.name != "self"]
        said += [signature.return_annotation] if not inspect.isclass(thing) else []
        assert inspect.Signature.empty not in said and not re.search("Any|Function", " ".join(said)), name


def public():
    """The functions and classes of gradcore, and their methods. What is livefig's takes anything that NumPy does."""
    for name in gradcore.__all__:
        thing = getattr(gradcore, name)
        if callable(thing) and getattr(thing, "__module__", "").startswith("gradcore."):
            yield name, thing
            methods = vars(thing) if inspect.isclass(thing) else {}
            yield from (
                (f"{name}.{method}", value)
                for method, value in methods.items()
                if inspect.isfunction(value) and (method == "__call__" or not method.startswith("_"))
            )
