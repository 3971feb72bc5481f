"""The words of a figure that is drawn anew at each option: numbers in them are fields, other words take turns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.text import Text

from livefig.redrawing.run import Key, Run

NUMBER = re.compile(r"\{\w+:[^{}]*\}|(-?\d+(?:\.\d+)?)(?![\d.]*e)")  # or a field


class _Named:
    """A value of an option that says the name of its control when it is written into a text."""

    name: str

    def __format__(self, spec: str) -> str:
        return f"{{{self.name}:{spec}}}"

    def __str__(self) -> str:
        return format(self)


class _Whole(_Named, int):
    pass


class _Word(_Named, str):
    pass


def named(name: str, value: Any, labels: Sequence[str]) -> Any:
    """A value of a control as a text tells it: by the name of the control, if that says the same.

    labels : what readers see of a choice.
    """
    if type(value) is int:
        told: _Whole | _Word = _Whole(value)
    elif type(value) is str and value in labels:
        told = _Word(value)
    else:
        return value
    told.name = name
    return told


class Texts:
    """Texts that say other things at other options.

    twins : by a text of the figure, those that take turns at its place.
    """

    def __init__(self, runs: Sequence[Run], figure: Any, known: Mapping[Key, Any]):
        self.twins: dict[Text, list[Text]] = {}
        self._numbers: list[dict[str, float]] = [{} for _ in runs]
        self._shown: list[dict[Any, bool]] = [{} for _ in runs]
        for ax, titles in runs[0].titles.items():
            self._put(ax.title, titles)
            self.twins[ax.title] = titles
        moving = {key: artist for key, artist in known.items() if isinstance(artist, Text)}
        said = [texts_of(run.figure) | {key: artist for key, (artist, _) in run.drawn.items()} for run in runs]
        for key, text in (texts_of(figure) | moving).items():
            words = [(some.get(key) or text).get_text() for some in said]
            if len(set(words)) > 1 and not self._tell(text, words) and key not in moving and "legend" not in key:
                self._take_turns(text, words)

    def _tell(self, text: Text, words: Sequence[str]) -> bool:
        """Whether these words differ in numbers only: then one text says them, with fields for these."""
        numbers = [[match for match in NUMBER.finditer(word) if match[1]] for word in words]
        if len({NUMBER.sub(lambda match: "" if match[1] else match[0], word) for word in words}) > 1:
            return False
        template = words[0]
        for matches in reversed(list(zip(*numbers, strict=True))):
            values = [match[1] for match in matches]
            if len(set(values)) > 1:
                name = f"told{len(self._numbers[0]) + 1}"
                digits = {len(value.partition(".")[2]) for value in values}
                field = f"{{{name}:{f'.{digits.pop()}f' if len(digits) == 1 else ''}}}"
                template = template[: matches[0].start()] + field + template[matches[0].end() :]
                for told, value in zip(self._numbers, values, strict=True):
                    told[name] = float(value)
        text.set_text(template)
        return True

    def _take_turns(self, text: Text, words: Sequence[str]) -> None:
        """A text for each of several words, at the same place."""
        home: Any = text.axes or text.get_figure(root=True)
        made = {word: home.add_artist(Text(0, 0, word)) for word in dict.fromkeys(words) if word != words[0]}
        self._put(text, made.values())
        made[words[0]] = text
        self.twins[text] = list(made.values())
        for shown, word in zip(self._shown, words, strict=True):
            shown |= {twin: word == own for own, twin in made.items()}

    @staticmethod
    def _put(text: Text, twins: Iterable[Text]) -> None:
        """Let other texts look like one, and stand at its place."""
        figure: Any = text.get_figure(root=True)
        figure.draw_without_rendering()  # which moves titles and names of axes to their places
        for twin in twins:
            twin.update_from(text)
            twin.set(position=text.get_position(), transform=text.get_transform(), clip_on=False)

    def shown_now(self, text: Text) -> Text:
        """The one that is shown at the place of a text."""
        return next((twin for twin in self.twins.get(text, []) if twin.get_visible()), text)

    def at(self, number: int) -> dict[Any, Any]:
        """What update returns for them at a combination of options, by its number."""
        return {**self._shown[number], **self._numbers[number]}


def texts_of(figure: Any) -> dict[Any, Text]:
    """The texts of a figure that no call has placed: titles, names of axes, words of legends."""
    found: dict[Any, Text] = {} if figure._suptitle is None else {("suptitle",): figure._suptitle}
    for number, ax in enumerate(figure.axes):
        found |= {
            (number, "title"): ax.title, (number, "left"): ax._left_title, (number, "right"): ax._right_title,
            (number, "x"): ax.xaxis.label, (number, "y"): ax.yaxis.label,
        }  # fmt: skip
        words = ax.get_legend().get_texts() if ax.get_legend() else []
        found |= {(number, "legend", i): text for i, text in enumerate(words)}
    return found
