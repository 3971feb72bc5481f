"""The description of a figure: FORMAT.md tells what is written, and no reader reads what it does not know."""

import json
import re
from copy import deepcopy
from types import SimpleNamespace
from typing import NotRequired, get_origin, get_type_hints

import matplotlib.pyplot as plt
import pytest
from conftest import ROOT
from gallery import GALLERY, growth, made
from myst_nb.core.render import MimeData

from livefig import description
from livefig.artists.kinds import PAINTERS
from livefig.page import publish
from livefig.page.assets import widget_script
from livefig.page.canvas import Canvas
from livefig.page.html import figure_html
from livefig.page.saved import STATE, VIEW
from livefig.page.state import state_at
from livefig.words import WORDS

TEXT = (ROOT / "livefig" / "FORMAT.md").read_text(encoding="utf-8").partition("# The description of a figure")[2]
PARTS = {
    "axes": description.Axes, "spaces": description.Space, "artists": description.Artist,
    "controls": description.Control,
}  # fmt: skip


def keys(kind):
    return {*kind.__annotations__}


def has_the_keys_of(value, kind):
    hints = get_type_hints(kind, include_extras=True)
    needed = {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}
    return needed <= value.keys() <= {*hints}


def rows(first):
    """The first cells of a table of FORMAT.md, by what stands in the first cell of its head; the names in them."""
    tables = re.findall(rf"^\| {first} \|.*\n\|-.*\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [re.findall(r"`(\w+)`", line.split("|")[1]) for table in tables for line in table.splitlines()]


@pytest.fixture(scope="module")
def written():
    """The descriptions of figures of every kind."""
    found = [deepcopy(made(make).canvas.spec) for make in GALLERY]
    plt.close("all")
    return found


def test_the_page_on_the_format_shows_a_true_example():
    code, shown = re.search(r"```python\n(.*?)```.*?```json\n(.*?)```", TEXT, re.S).groups()
    scope = {}
    exec(code, scope)
    told, written = json.loads(shown), dict(scope["figure"].spec)
    assert told.pop("words").items() <= written.pop("words").items()
    assert told == written
    assert scope["figure"].state.sentence == "x² is 1.00."


def test_the_page_on_the_format_has_a_row_for_every_key():
    told = {name for names in rows("key") for name in names}
    assert told == set().union(*map(keys, (description.Description, *PARTS.values())))
    for kind in (
        description.Axis,
        description.Camera,
        description.Side,
        description.Colours,
        *description.KINDS.values(),
    ):
        assert {key for key in keys(kind) if f"`{key}`" not in TEXT} == set()


def test_the_page_on_the_format_has_a_row_for_every_kind_of_artist():
    assert sorted(name for names in rows("kind") for name in names) == sorted(PAINTERS)
    assert {*description.KINDS} < {*PAINTERS}


@pytest.mark.slow
def test_what_is_written_has_the_keys_of_its_type_and_no_others(written):
    kinds = set()
    for found in written:
        assert description.known(found) and has_the_keys_of(found, description.Description)
        for axes in found["axes"]:
            assert has_the_keys_of(axes, description.Axes)
            for axis in (axes[name] for name in "xyz" if name in axes):
                assert has_the_keys_of(axis, description.Axis)
        for space in found["spaces"]:
            assert space.keys() == keys(description.Space) and space["camera"].keys() == keys(description.Camera)
            assert all(side.keys() == keys(description.Side) for side in space["sides"])
        assert all(artist.pop("data") for artist in found["still"])
        for artist in (*found["artists"], *found["still"]):
            own = description.KINDS.get(artist["kind"])
            assert artist.keys() == keys(description.Artist) | (keys(own) if own else set())
            kinds.add(artist["kind"])
        for control in found["controls"]:
            assert has_the_keys_of(control, description.Control)
    assert kinds == {*PAINTERS}, "the gallery has a figure of every kind"


@pytest.mark.parametrize("change", [{"version": 2}, {"format": "other"}, {"version": None}])
def test_python_refuses_what_it_does_not_know(change):
    other = made(growth).spec | change
    assert not description.known(other)
    with pytest.raises(ValueError, match="not the description of a figure of version 1"):
        state_at(other, {})
    with pytest.raises(ValueError, match="make the figure again"):
        figure_html("f", "<svg/>", other)


def test_a_page_leaves_the_picture_of_another_version_and_says_so(visit, tmp_path):
    path = made(growth).save(tmp_path / "figure.html")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"version":1,"view"', '"version":2,"view"'), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    visit.page.goto(path.as_uri())
    note = visit.page.locator(".live-note:not(noscript *)")
    assert note.inner_text() == WORDS["other_version"]
    assert visit.page.locator("svg [data-part]").first.get_attribute("d")
    assert all(control.is_disabled() for control in visit.page.locator("input, select").all())
    assert visit.complaints == []


def test_jupyter_leaves_the_picture_of_another_version_and_says_so(visit):
    visit.page.goto("about:blank")
    code = widget_script().replace("export default { render };", "window.render = render;")
    visit.page.evaluate(f"(() => {{ {code} }})()")
    state = {"spec": made(growth).spec | {"version": 2}, "svg": "<svg><path d='M0 0L1 1'/></svg>"}
    visit.page.evaluate("state => { render({ model: { get: name => state[name] }, el: document.body }); }", state)
    assert visit.page.locator("svg path").get_attribute("d") == "M0 0L1 1"
    assert visit.page.locator(".readout").inner_text() == WORDS["other_version"]
    assert visit.complaints == []


def test_the_book_shows_the_picture_of_a_figure_of_another_version():
    """The notebook has it beside the widget; the author is warned."""
    name = f"{Canvas.__module__}.{Canvas.__qualname__}"
    models = {"1": {"state": {"_anywidget_id": name, "spec": made(growth).spec | {"version": 0}}}}
    output = {"data": {VIEW: {"model_id": "1"}, "image/png": "the picture"}}
    notebook = SimpleNamespace(
        metadata={"widgets": {STATE: {"state": models}}}, cells=[SimpleNamespace(outputs=[output])]
    )
    extensions = SimpleNamespace(config=SimpleNamespace(extensions=[publish.__name__]))
    warnings = []
    renderer = SimpleNamespace(
        renderer=SimpleNamespace(sphinx_env=extensions, nb_client=SimpleNamespace(notebook=notebook)),
        logger=SimpleNamespace(warning=lambda text, **where: warnings.append((text, where))),
        render_image=lambda data: [(data.mime_type, data.content)],
    )
    data = MimeData(VIEW, {"model_id": "1"}, cell_index=0, output_index=0, line=7)
    picture, note = publish.FigureRenderer.handle_mime(renderer, data, inline=False)
    assert picture == ("image/png", "the picture") and WORDS["other_version"] in note.astext()
    assert warnings == [(WORDS["other_version"], {"subtype": "live", "line": 7})]
