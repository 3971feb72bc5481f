"""How much of a figure's plot a reader sees who uses its controls."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Frame, Page

SIZES = {(1280, 720): 0.9, (1280, 650): 0.9, (375, 667): 0.6, (360, 640): 0.6}  # of the window, and the share wanted


@dataclass(frozen=True)
class Seen:
    """The share of the plot that is seen with a control, and the way on which the reader came to it."""

    share: float
    control: str
    way: str


# Down and up as the Tab key walks, the figure at first below or above what the window shows; or with a wheel, to the
# control and then as far as the plot wants. What covers the plot hides it, and a control that is hidden shows nothing.
VIEWS = """(figure) => {
    const grid = 10;
    const plot = figure.querySelector(".live-plot");
    const inside = (plot, [x, y]) => plot.contains(document.elementFromPoint(x, y));
    const at = ({ left, top, width, height }, x, y) => [left + x * width, top + y * height];
    const share = (control) => {
        const box = plot.querySelector("svg").getBoundingClientRect();
        if (!inside(control, at(control.getBoundingClientRect(), 0.5, 0.5))) return 0;
        const marks = [...Array(grid)].map((_, i) => (i + 0.5) / grid);
        const seen = marks.flatMap((x) => marks.map((y) => inside(plot, at(box, x, y)))).filter(Boolean);
        return seen.length / grid ** 2;
    };
    const controls = [...figure.querySelectorAll(":is(input, select, button):enabled, [tabindex], summary")].filter(
        control => !control.closest(".live-keys")); // they are there while their box is in use
    const away = { behavior: "instant", block: "nearest" };
    const ways = {
        down: [() => scrollBy({ top: figure.getBoundingClientRect().top - innerHeight, ...away }), controls],
        up: [() => scrollBy({ top: figure.getBoundingClientRect().bottom, ...away }), controls.toReversed()],
    };
    const name = (control) => control.ariaLabel || control.labels?.[0]?.innerText || control.innerText;
    const found = [];
    for (const [way, [leave, walked]] of Object.entries(ways)) {
        document.activeElement.blur();
        leave();
        for (const control of walked) {
            control.focus({ focusVisible: true });
            control.dispatchEvent(new KeyboardEvent("keyup", { key: "Tab", bubbles: true }));
            found.push({ share: share(control), control: name(control), way });
        }
    }
    for (const control of controls) {
        control.scrollIntoView({ ...away, block: "center" });
        plot.scrollIntoView(away);
        found.push({ share: share(control), control: name(control), way: "by wheel" });
    }
    return found;
}"""


def seen(place: Page | Frame, name: str) -> list[Seen]:
    """The share of the plot with every control of a figure that is awake, on three ways."""
    figure = place.locator(f"figure.live-figure[id='{name}']")
    return [Seen(**found) for found in figure.evaluate(VIEWS)]
