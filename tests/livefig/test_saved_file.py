"""A figure as one file: whole or not there, and with a policy of its own."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.ticker import FuncFormatter, ScalarFormatter
from test_live import parabola

from livefig import live


def test_a_file_that_cannot_be_written_is_not_there_and_an_older_one_stays(tmp_path, monkeypatch):
    figure, path = parabola()[0], tmp_path / "figure.html"
    monkeypatch.setattr("livefig.figure.figure.page_html", lambda *_: "half a page \ud800")
    for older in (None, "an older one"):
        if older:
            path.write_text(older, encoding="utf-8")
        with pytest.raises(UnicodeEncodeError):
            figure.save(path)
        assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ([older] if older else [])


def test_a_saved_file_runs_no_script_but_its_own(visit, tmp_path):
    visit.page.goto(parabola()[0].save(tmp_path / "figure.html").as_uri())
    figure = visit.page.locator("figure.live-figure")
    figure.evaluate("figure => figure.live.set({ x: 1 })")
    assert figure.evaluate("figure => figure.live.values().x") == 1
    assert visit.complaints == []
    visit.page.evaluate("""() => { const script = document.createElement("script");
        script.textContent = "window.foreign = true"; document.body.append(script); }""")
    visit.page.wait_for_timeout(50)
    assert visit.page.evaluate("() => window.foreign") is None


def test_one_file_is_framed_with_settings_of_its_own_in_each_place(visit, tmp_path):
    parabola()[0].save(tmp_path / "figure.html")
    frames = (f'<iframe title="x = {x}" src="figure.html#live-a-parabola;x={x}"></iframe>' for x in (-1, 2))
    (tmp_path / "slides.html").write_text("".join(frames), encoding="utf-8")
    visit.page.goto((tmp_path / "slides.html").as_uri())
    for x in (-1, 2):
        figure = visit.page.frame_locator(f"iframe[title='x = {x}']").locator("figure.live-figure")
        figure.locator("input:enabled").first.wait_for(state="attached")
        assert figure.evaluate("figure => figure.live.values().x") == x
    assert visit.complaints == []


class Torn(ScalarFormatter):
    def get_offset(self):
        return "a\0b"


@pytest.mark.filterwarnings("ignore:Glyph 0")
@pytest.mark.parametrize(
    "write",
    [
        lambda ax: ax.xaxis.set_major_formatter(FuncFormatter(lambda value, place: "a\0b")),
        lambda ax: ax.xaxis.set_major_formatter(Torn()),
        lambda ax: ax.table([["a\0b"]]),
    ],
)
def test_a_character_that_no_page_can_hold_is_named_wherever_it_comes_from(write):
    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    write(ax)
    with pytest.raises(ValueError, match=r"the text 'a\\x00b' has the character '\\x00', which no page can hold"):
        live(fig, lambda: {line: [[0, 0], [1, 1]]}, title="A line")
