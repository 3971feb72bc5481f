"""The script of pages is joined from modules: all that stands in them, in an order that works, or an error."""

import subprocess

import pytest
from node import FLAGS, NODE, Modules

from livefig.asking import ask
from livefig.joined import files, joined, split
from livefig.page.assets import MORE, PAGE, ROOMS, WIDGET, page_scripts, widget_script


@pytest.fixture
def join(tmp_path):
    """Writes files, and joins the first one with what it imports."""

    def write_and_join(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return joined(tmp_path / f"{next(iter(texts))}.js")

    return write_and_join


def test_what_is_imported_stands_first_and_once(join):
    text = join(
        page='// The page.\n\nimport { right } from "./right.js";\nimport { left } from "./left.js";\n\nleft(right);\n',
        left='import { base } from "./base.js";\n\nexport const left = () => base;\n',
        right='import { base } from "./base.js";\n\nexport async function right() {\n  return base;\n}\n',
        base="export const base = 1;\n",
    )
    assert text == "const base=1;async function right(){return base;}\nconst left=()=>base;left(right);"


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"a": 'import { b } from "./b.js";\n', "b": "function b() {}\n"}, "imports b, which b.js does not export"),
        ({"a": 'import { b } from "./b.js";\nconst c = b;\n', "b": "const c = 1;\nexport const b = c;\n"},
         "b.js and a.js both define c"),
        ({"a": 'import { b } from "./b.js";\nexport const a = b;\n',
          "b": 'import { a } from "./a.js";\nexport const b = a;\n'}, "a.js imports itself, by way of b.js"),
        ({"a": 'import * as b from "./b.js";\n', "b": ""}, "a.js has the line 'import *"),
        ({"a": 'import { b as c } from "./b.js";\n', "b": "export const b = 1;\n"}, "a.js imports b as c"),
        ({"a": "export default 1;\n"}, "a.js has the line 'export default 1;'"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(join, texts, message):
    with pytest.raises(ValueError, match=message):
        join(**texts)


FILES = {
    "page": 'import { base } from "./base.js";\nimport { both, other } from "./far.js";\n'
    "const come = () => takes.far(livefig.parts.far);\n"
    "const seen = () => say([base, { ...both }, both?.of(2), typeof other]);\nseen();\n"
    "livefig.wake = () => { come(); seen(); };\n"
    "if (livefig.parts) livefig.wake();\n",
    "far": 'import { own } from "./own.js";\nimport { twice } from "./base.js";\n'
    "export const both = { of: (x) => own(twice(x)) };\nexport const other = 1;\n",
    "own": "export const own = (x) => `own ${x}`;\n",
    "base": "export const base = 1;\nexport const twice = (x) => 2 * x;\n",
}


@pytest.mark.parametrize("order", ["the part first", "the part last"])
def test_a_part_may_come_at_any_time_and_until_then_what_others_import_from_it_is_undefined(tmp_path, order):
    for name, text in FILES.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    core, parts = split(tmp_path / "page.js", {"far": [tmp_path / "far.js"]})
    assert "own" not in core and "twice" in core and "own" in parts["far"] and "base" not in parts["far"]
    scripts = [parts["far"], f"(() => {{{core}}})();"][:: 1 if order == "the part first" else -1]
    code = "globalThis.livefig = {}; const say = (x) => console.log(JSON.stringify(x));\n" + "\n".join(scripts)
    said = subprocess.run([NODE, "--eval", code], check=True, capture_output=True, text=True).stdout.splitlines()
    assert said == ['[1,{},null,"undefined"]', '[1,{},"own 4","number"]']


def test_a_part_that_needs_another_one_is_refused(tmp_path):
    for name, text in FILES.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="the part far imports own from another one"):
        split(tmp_path / "page.js", {"far": [tmp_path / "far.js"], "own": [tmp_path / "own.js"]})


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("points", "shortest"),
        ("areas", "upright"),
        ("segments", "sums"),
        ("patches", "wedge"),
        ("pointers", "shrink"),
        ("fields", "IDAT"),
        ("limits", "×10^"),
        ("space", "azim"),
        ("polar", "function around("),
        ("choices", "selectedIndex"),
        ("formulas", "parseFormula(text"),
        ("ranges", "rangeRow(control"),
        ("drag", "farther(control"),
        ("more", "matmul(a"),
        ("tools", "clipboard"),
    ],
)
def test_a_part_stands_in_a_script_of_its_own(part, word):
    assert [name for name, script in page_scripts().items() if word in script] == [part] and word in widget_script()


def test_what_more_operations_a_part_has_is_known_where_figures_are_written():
    with Modules("program/more") as more:
        names = more("return Object.values(parts).flatMap((x) => Object.keys(typeof x === 'object' ? x : x({})))")
    assert set(names) == MORE


SCRIPTS = {
    **page_scripts(),
    "the figure's widget": widget_script(),
    "asks": ask.page_script(),
    "the widget of asks": ask.widget_script(),
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_joined_script_is_javascript(script, tmp_path):
    """As a module, where a name may be defined once only."""
    path = tmp_path / "script.mjs"
    path.write_text(script.removeprefix('"use strict";(() => {').removesuffix("})();\n"), encoding="utf-8")
    subprocess.run([NODE, *FLAGS, "--check", path], check=True)


def test_every_file_is_in_a_script():
    entries = [PAGE, WIDGET, ROOMS / "asking/page.js", ROOMS / "asking/widget.js"]
    assert {path for entry in entries for path in files(entry)} == {*ROOMS.rglob("*.js")}
