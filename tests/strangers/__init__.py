"""Sixty figures by authors who did not know this project, and what it took to bring each of them to `live`.

`written/` has them as they were written for ipywidgets. The file of the same name beside it is the figure for `live`:
artists made once, the author's computation as far as it could stay, and the dict that `update` returns.

What is counted (`changes`) are statements of the computation, as `ast.unparse` writes them: those that are not in the
author's file, or those of the author that are gone, whichever are more. A statement that only moved is no change. A
control with other values is one. What draws is not computation: calls of matplotlib, the result of `update`, and
branches and loops that hold nothing else. Its statements, and the entries of the result, are counted apart.

`drawn/` has those for `livefig.interact` in which the author's file had to be changed: there simply lines are counted.
"""

from __future__ import annotations

import ast
import json
import re
import runpy
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import compress

import IPython.display
import ipywidgets
import matplotlib as mpl
import matplotlib.pyplot as plt

import livefig
from livefig.controls import controls
from livefig.figure.figure import LiveFigure
from livefig.figure.live import Making
from livefig.redrawing import interact as redrawing
from livefig.redrawing.compare import Comparing

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("[0-9]*.py"))
DRAWING, CONTROL, OTHER = "drawing", "control", "other"
LIBRARIES = {"matplotlib": DRAWING, "livefig": CONTROL, "ipywidgets": CONTROL, "IPython": CONTROL}
INTERACT = {"interact", "interactive", "interactive_output", "live"}


@dataclass
class Source:
    """A file's statements, sorted into what computes, what draws, and what is a control."""

    text: str
    computation: set[str] = field(default_factory=set)
    drawing: int = 0
    controls: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        tree = ast.parse(self.text)
        self.calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in INTERACT]
        shown = {node.id for call in self.calls for node in call.args if isinstance(node, ast.Name)}
        decorated = {f.name for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.decorator_list}
        observed = {node.args[0].id for node in ast.walk(tree) if isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute) and node.func.attr == "observe"}  # fmt: skip
        self.updates = shown | decorated | observed
        self.widgets: dict[str, ast.expr] = {}
        self._sort(tree.body, {}, update=False)
        self.controls = {self._spelled(value) for value in self._values(observed)}

    def _sort(self, body: Iterable[ast.stmt], kinds: dict[str, str], update: bool) -> set[str]:
        """Sort statements; the kinds that were found. `kinds`: of the names that are no plain values."""
        return {kind for statement in body for kind in self._of(statement, kinds, update)}

    def _of(self, node: ast.stmt, kinds: dict[str, str], update: bool) -> set[str]:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                module = (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
                if (kind := LIBRARIES.get(module.partition(".")[0])) and alias.name != "iterate":
                    names = ALL if alias.name == "*" else [(alias.asname or alias.name).partition(".")[0]]
                    kinds.update(dict.fromkeys(names, kind))
            return set()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return set()
        if isinstance(node, ast.FunctionDef):
            own = {name: kind for name, kind in kinds.items() if name not in {a.arg for a in node.args.args}}
            is_update = node.name in self.updates
            if is_update:
                own.update(dict.fromkeys(_returned(node), DRAWING))
            found = self._sort(node.body, own, is_update)
            if OTHER in found and not is_update:
                self.computation.add(f"def {node.name}({ast.unparse(node.args)}):")
            return found
        if blocks := [getattr(node, part) for part in ("body", "orelse") if getattr(node, part, None)]:
            if isinstance(node, ast.For):
                self._bind(node.target, self._kind(node.iter, kinds), kinds)
            found = {kind for block in blocks for kind in self._sort(block, kinds, update)}
            if isinstance(node, ast.With):
                return found
            if OTHER in found:
                self.computation.add(ast.unparse(node).partition("\n")[0])
            elif DRAWING in found:
                self.drawing += 1
            return found
        return {self._simple(node, kinds, update)}

    def _simple(self, node: ast.stmt, kinds: dict[str, str], update: bool) -> str:
        value = getattr(node, "value", None)
        kind = OTHER if value is None else self._kind(value, kinds)
        if isinstance(node, ast.Assign):
            target = {self._kind(t, kinds) for t in node.targets if not isinstance(t, (ast.Name, ast.Tuple))}
            kind = next(iter(target - {OTHER}), kind)
            if kind == CONTROL and isinstance(node.targets[0], ast.Name):
                self.widgets[node.targets[0].id] = node.value
            names = [t for t in node.targets if isinstance(t, ast.Name)]
            if any(kinds.get(t.id) == DRAWING and isinstance(node.value, ast.Dict) for t in names):
                kind = DRAWING  # the result of update
            for target_node in node.targets:
                self._bind(target_node, kind, kinds)
        if isinstance(node, ast.Return) and update:
            kind = DRAWING
        if kind == OTHER:
            self.computation.add(ast.unparse(node))
        elif kind == DRAWING:
            entries = [part for part in ast.walk(node) if isinstance(part, ast.Dict)]
            self.drawing += len(entries[0].keys) if entries and (update or isinstance(node, ast.Return)) else 1
        return kind

    def _bind(self, target: ast.expr, kind: str, kinds: dict[str, str]) -> None:
        for name in (part.id for part in ast.walk(target) if isinstance(part, ast.Name)):
            if isinstance(getattr(target, "ctx", None), ast.Store) or kind != OTHER:
                if kind != OTHER:
                    kinds[name] = kind
                elif isinstance(target, (ast.Name, ast.Tuple)):
                    kinds.pop(name, None)

    def _kind(self, node: ast.expr, kinds: dict[str, str]) -> str:
        """What an expression is: that of the name at its root, or of its parts."""
        call = node if isinstance(node, ast.Call) else None
        while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Starred)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("zip", "enumerate"):
                node = ast.Tuple(node.args)
                break
            node = node.func if isinstance(node, ast.Call) else node.value
        if call is not None and _name(call.func) == "dict":
            node = ast.Tuple([keyword.value for keyword in call.keywords])
        if isinstance(node, ast.Name):
            return kinds.get(node.id, CONTROL if node.id in INTERACT else OTHER)
        parts: list[ast.expr] = []
        if isinstance(node, (ast.Tuple, ast.List)):
            parts = node.elts
        elif isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.DictComp)):
            own = dict(kinds)
            for generator in node.generators:
                self._bind(generator.target, self._kind(generator.iter, kinds), own)
            return self._kind(node.value if isinstance(node, ast.DictComp) else node.elt, own)
        elif isinstance(node, ast.Dict):
            parts = [value for value in node.values if value is not None]
        found = {self._kind(part, kinds) for part in parts} - {OTHER}
        return next(iter(found), OTHER)

    def _values(self, observed: set[str]) -> Iterator[ast.expr]:
        """The controls of the figure."""
        for call in self.calls:
            for keyword in call.keywords:
                if keyword.arg in ("stops", "view", "readout", "title") or (keyword.arg is None):
                    continue
                yield keyword.value
            for pairs in (arg for arg in call.args if isinstance(arg, (ast.Dict, ast.Call))):
                yield from (k.value for k in pairs.keywords) if isinstance(pairs, ast.Call) else pairs.values
        if observed:
            yield from (value for value in self.widgets.values() if _name(getattr(value, "func", value)) != "Output")

    def _spelled(self, value: ast.expr) -> str:
        """A control, without where its class comes from."""
        value = self.widgets.get(value.id, value) if isinstance(value, ast.Name) else value
        if not isinstance(value, ast.Call) or not isinstance(value.func, (ast.Attribute, ast.Name)):
            return ast.unparse(value)
        looks = ("layout", "style")
        keywords = [k for k in value.keywords if k.arg not in looks]
        return ast.unparse(ast.Call(ast.Name(_name(value.func)), value.args, keywords))


ALL = ["interact", "interactive", "FloatSlider", "IntSlider", "FloatLogSlider", "Dropdown", "Checkbox"]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _returned(function: ast.FunctionDef) -> set[str]:
    """The names that a function returns."""
    values = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    return {value.id for value in values if isinstance(value, ast.Name)}


def changes(written: str, live: str) -> tuple[set[str], set[str]]:
    """Statements and controls that only the file for `live` has, and those that only the author's has."""
    ours, theirs = Source(live), Source(written)
    mine, yours = ours.computation | ours.controls, theirs.computation | theirs.controls
    declared = {line for line in mine if line.startswith("OTHER = ")}
    return mine - yours - declared, yours - mine


@dataclass(frozen=True)
class Stranger:
    """A stranger's figure. `figures` are empty where `live` has refused it, with the words of `error`.

    keys : of each figure, the artists in the order in which a page has their data.
    """

    name: str
    figures: list[LiveFigure]
    keys: list[list[Any]]
    error: str
    other: str
    changed: int
    drawing: tuple[int, int]

    @property
    def verdict(self) -> str:
        if self.error:
            return "refused"
        if self.other:
            return "other mathematics"
        return (
            "as written"
            if not self.changed
            else f"{self.changed} changed" + (" line" if self.changed == 1 else " lines")
        )

    def row(self) -> list[str]:
        before, after = self.drawing
        words = self.error or self.other
        first = [_title(self.name), self.verdict + (f": {words}" if words else "")]
        if not self.figures:
            return [*first, f"{before} → {after}", "", "", "", ""]
        specs = [figure.spec for figure in self.figures]
        kinds = dict.fromkeys(type(w).__name__ for figure in self.figures for w in figure.controls.values())
        moves = dict.fromkeys(artist["kind"] for spec in specs for artist in spec["artists"])
        few = [f"{name} ({count})" for name, count in specs[0]["choices"]]
        many = [control["name"] for control in specs[0]["controls"] if controls.recorded(control)]
        size = sum(len(compress(part.encode())) for f in self.figures for part in (json.dumps(f.spec), f.canvas.svg))
        how = "; ".join(filter(None, [", ".join(many) and f"recorded: {', '.join(many)}",
                                      ", ".join(few) and f"enumerated: {', '.join(few)}"]))  # fmt: skip
        return [*first, f"{before} → {after}", ", ".join(kinds), ", ".join(moves), how, f"{size / 1000:.0f} kB"]


@cache
def stranger(name: str, judged: bool = True) -> Stranger:
    """The figure as `live` makes it, or refuses it. `judged`: whether it is tried in all its states, too."""
    written, live = ((folder / f"{name}.py").read_text(encoding="utf-8") for folder in (HERE / "written", HERE))
    new, gone = changes(written, live)
    made, keys, error, names = _made(HERE / f"{name}.py", judged)
    drawing = Source(written).drawing, Source(live).drawing
    other = names.get("OTHER", "")
    return Stranger(name, made, keys, error, other, max(len(new), len(gone)), drawing)


def _made(path: Path, judged: bool) -> tuple[list[LiveFigure], list[list[Any]], str, dict[str, Any]]:
    """The live figures of a file, of each what moves, what is refused, and the names of the file."""
    mpl.use("agg")
    made: list[LiveFigure] = []
    keys: list[list[Any]] = []
    plain, judge = LiveFigure.__init__, Making.judge

    def remember(self: LiveFigure, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        made.append(self)

    def note(self: Making) -> None:
        keys.append([*self.moving])
        if judged:
            judge(self)

    with ExitStack() as stack:
        stack.enter_context(patch.object(LiveFigure, "__init__", remember))
        stack.enter_context(patch.object(Making, "judge", note))
        if not judged:
            stack.enter_context(patch.object(Comparing, "judge", note))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # of letters that are small on a phone
        try:
            return made, keys, "", runpy.run_path(str(path))
        except (TypeError, ValueError) as refused:
            return [], keys, f"{type(refused).__name__}, “{refused}”", {}
        finally:
            plt.close("all")


@dataclass(frozen=True)
class Redrawn:
    """A stranger's figure as `interact` makes it. `figures` are empty where it is refused, with the words of `error`.

    keys : of each figure, the artists in the order in which a page has their data.
    """

    name: str
    figures: list[LiveFigure]
    keys: list[list[Any]]
    error: str
    changed: int

    def row(self) -> list[str]:
        verdict = f"{self.changed} changed line" + ("s" if self.changed > 1 else "") if self.changed else "as it is"
        if self.error:
            sentence = re.match(r".*?(?=\. [A-Z]|\.?”$)", self.error.partition(", “")[2], re.DOTALL)
            verdict = f"refused: {sentence[0] if sentence else self.error}".replace("|", r"\|")
        return [_title(self.name), verdict]


@cache
def redrawn(name: str, judged: bool = True) -> Redrawn:
    """The figure as `interact` makes it: of the author's file, or of one with a few other lines, if that is there."""
    drawn = HERE / "drawn" / f"{name}.py"
    path = drawn if drawn.exists() else HERE / "written" / f"{name}.py"
    with _livefigs_interact():
        made, keys, error, _ = _made(path, judged)
    return Redrawn(name, made, keys, error, changed_lines(name))


@contextmanager
def _livefigs_interact() -> Iterator[None]:
    """While this lasts, ipywidgets has livefig's `interact`, and nothing is displayed."""
    plain = ipywidgets.interactive

    def interactive(draw: Any, **kw: Any) -> LiveFigure:
        return livefig.interactive(draw, **kw)

    def interactive_output(draw: Any, controls: Mapping[str, Any]) -> LiveFigure:
        return livefig.interactive(draw, **controls)

    interactive.widget_from_abbrev = plain.widget_from_abbrev  # type: ignore[attr-defined]
    with (
        patch.multiple(
            ipywidgets, interact=livefig.interact, interactive=interactive, interactive_output=interactive_output
        ),
        patch.object(redrawing, "display", lambda *shown: None),
        patch.object(IPython.display, "display", lambda *shown, **kw: None),
    ):
        yield


def changed_lines(name: str) -> int:
    """Lines of the author's file that the one in `drawn` has not, or new ones, whichever are more; without imports."""
    drawn = HERE / "drawn" / f"{name}.py"
    if not drawn.exists():
        return 0
    theirs, ours = (
        Counter(
            re.sub(r"\w+\.(?=interact)", "", line)
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith(("import ", "from "))
        )
        for path in (HERE / "written" / drawn.name, drawn)
    )
    return max((theirs - ours).total(), (ours - theirs).total())


def redrawn_table() -> str:
    """All of them with `interact`, as a table in Markdown, with totals."""
    rows = [redrawn(name).row() for name in NAMES]
    return _lines(["figure", "verdict"], rows) + f"\n\n{redrawn_totals([row[1] for row in rows])}\n"


def redrawn_totals(verdicts: Sequence[str]) -> str:
    many = [int(verdict.split()[0]) for verdict in verdicts if verdict[0].isdigit()]
    return (
        f"Of {len(verdicts)} figures: {verdicts.count('as it is')} as they are, {sum(n <= 5 for n in many)} with up to "
        f"five changed lines, {sum(n > 5 for n in many)} with more, "
        f"{sum(verdict.startswith('refused') for verdict in verdicts)} refused."
    )


def _title(name: str) -> str:
    return f"{name[:2]} {name[3:].replace('_', ' ')}"


def table() -> str:
    """All of them, as a table in Markdown, with totals."""
    found = [stranger(name) for name in NAMES]
    return shown_table([s.row() for s in found], [(s.verdict, s.changed) for s in found])


def shown_table(rows: Sequence[Sequence[str]], verdicts: Sequence[tuple[str, int]]) -> str:
    """Rows under their heads, and how many figures have which verdict."""
    few = [many <= 5 for verdict, many in verdicts if "changed" in verdict]
    words = [verdict for verdict, _ in verdicts]
    totals = {
        "as written": words.count("as written"),
        "with up to five changed lines": few.count(True),
        "with more": few.count(False),
        "with other mathematics": words.count("other mathematics"),
        "refused": words.count("refused"),
    }
    head = ["figure", "verdict", "drawing", "controls", "what moves", "recorded or enumerated", "size"]
    total = ", ".join(f"{count} {verdict}" for verdict, count in totals.items())
    return _lines(head, rows) + f"\n\nOf {len(rows)} figures: {total}.\n"


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))
