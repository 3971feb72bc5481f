"""Operations that repeat themselves, as a loop: what an author's own `for` leaves behind when it is recorded.

The operations of one turn of such a `for` are like those of the next: they have the same names and shapes, and each
argument is found in one of four ways. It is the same node in both turns, made before the first; or a node that was
made as many operations before, in this turn or an earlier one; or a constant; or what an earlier loop has made in one
of its turns. So the turns are the steps of a loop: its state is what later turns use, and the rest are its data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from livefig.record.graph import MAIN, SAME, Graph, Loop, Node
from livefig.record.rebuild import rebuild
from livefig.record.traced import Traced

FEWEST_TURNS = 24  # fewer are as well written out
FEWEST_OPERATIONS = 150  # of all turns
MOST_OPERATIONS = 2000  # of a turn
MOST_TRIED = 12  # lengths of a turn, from each operation on
MOST_BACK = 16  # turns before, from which a value is used
OF_LOOPS = frozenset(["loop", "history", "final", "steps", "head", *SAME])

Way = tuple[str, int]  # to an argument: "same", node; "back", how many operations; "constant", 0; "row", history
Component = tuple[int, int]  # of a state: which operation of a turn, how many turns before


@dataclass(frozen=True)
class Turns:
    """Operations that repeat, as places in the sequence of all.

    ways : for each operation of a turn, those to its arguments.
    """

    begin: int
    length: int
    count: int
    ways: list[tuple[Way, ...]]

    @property
    def end(self) -> int:
        return self.begin + self.length * self.count

    def component(self, operation: int, back: int) -> Component:
        """What an operation of a turn finds so many operations before it; of its own turn, 0 turns before."""
        turn, place = divmod(operation - back, self.length)
        return place, -turn


def with_loops(graph: Graph, outputs: list[Traced]) -> list[Traced]:
    """The same values, with a loop in the graph for what repeats itself."""
    if len(graph.op) < FEWEST_OPERATIONS:
        return outputs
    nodes = _Rolling(graph, [value.node for value in outputs]).outputs()
    return [Traced(graph, n, axis=v.axis, boolean=v.boolean) for n, v in zip(nodes, outputs, strict=True)]


class _Rolling:
    """The operations on which outputs depend, and what becomes of them.

    live : all nodes, in any scope, in the order in which they were recorded.  users : what depends on each directly.
    sequence : the operations of the main scope.
    done : new nodes for old ones.  rows : for operations of turns, the history in which they are now, and their row.
    """

    def __init__(self, graph: Graph, outputs: Sequence[Node]):
        self.graph, self.wanted = graph, outputs
        self.users: dict[Node, list[Node]] = {}
        self.live = sorted(self._reached())
        operations = (node for node in self.live if graph.op[node] not in ("input", "constant", "alias"))
        self.sequence = [node for node in operations if graph.scope[node] == MAIN]
        self.place = {node: place for place, node in enumerate(self.sequence)}
        self.known: dict[tuple[int, int], tuple[Way, ...] | None] = {}
        self.done: dict[Node, Node] = {}
        self.rows: dict[Node, tuple[Node, int]] = {}

    def outputs(self) -> list[Node]:
        copied = 0
        for turns in self._repeated():
            first, last = self.sequence[turns.begin], self.sequence[turns.end - 1]
            if self.rows:
                self._copy(node for node in self.live if copied <= node < first)
            copied = last + 1
            self._roll(turns)
        if self.rows:
            self._copy(node for node in self.live if node >= copied)
        return [self._found(node) for node in self.wanted]

    def _reached(self) -> set[Node]:
        reached, to_do = set[Node](), list(self.wanted)
        while to_do:
            node = to_do.pop()
            if node in reached:
                continue
            reached.add(node)
            for need in self._needs(node):
                to_do.append(need)
                if self.graph.op[node] != "alias":
                    self.users.setdefault(self._root(need), []).append(node)
        return reached

    def _root(self, node: Node) -> Node:
        """What a node is that `grad` has told apart from others."""
        while self.graph.op[node] == "alias":
            (node,) = self.graph.args[node]
        return node

    def _args(self, node: Node) -> list[Node]:
        return [self._root(arg) for arg in self.graph.args[node]]

    def _needs(self, node: Node) -> list[Node]:
        """All nodes that a node depends on directly."""
        graph, op, extra = self.graph, self.graph.op[node], self.graph.extra[node]
        if op == "loop":
            loop = graph.loops[extra[0]]
            return [loop.n, loop.k, *loop.start, *loop.state, *loop.next]
        whole = [graph.loops[extra[0]].node] if op in ("history", "final") else []
        return [*whole, *graph.needs(op, graph.args[node], extra)]

    # what repeats itself ---------------------------------------------------------------------------
    def _repeated(self) -> Iterator[Turns]:
        alike: dict[object, list[int]] = {}
        for place, node in enumerate(self.sequence):
            alike.setdefault(self._kind(node), []).append(place)
        begin = 0
        while begin < len(self.sequence):
            places = alike[self._kind(self.sequence[begin])]
            later = bisect_right(places, begin)
            most = min(MOST_OPERATIONS, (len(self.sequence) - begin) // FEWEST_TURNS)
            lengths = (place - begin for place in places[later : later + MOST_TRIED])
            found = next(filter(None, (self._turns(begin, n) for n in lengths if n <= most)), None)
            if found:
                yield found
            begin = found.end if found else begin + 1

    def _kind(self, node: Node) -> object:
        return self.graph.op[node], self.graph.extra[node], self.graph.shape[node]

    def _turns(self, begin: int, length: int) -> Turns | None:
        """As many turns as are alike; None if they are too few, or do not find what a first step needs."""
        ways: list[tuple[Way, ...]] = []
        for place in range(begin, begin + length):
            if (found := self._ways(place, place + length)) is None:
                return None
            ways.append(found)
        place = begin + length
        while self._ways(place, place + length) == ways[(place - begin) % length]:
            place += 1
        turns = Turns(begin, length, (place - begin) // length + 1, ways)
        enough = turns.count >= FEWEST_TURNS and turns.count * length >= FEWEST_OPERATIONS
        return turns if enough and self._can_start(turns) else None

    def _ways(self, one: int, two: int) -> tuple[Way, ...] | None:
        """To the arguments of two operations that are alike; None if they are not. Asked for again and again."""
        if (one, two) not in self.known:
            self.known[one, two] = self._compared(one, two)
        return self.known[one, two]

    def _compared(self, one: int, two: int) -> tuple[Way, ...] | None:
        if two >= len(self.sequence):
            return None
        graph, first, second = self.graph, self.sequence[one], self.sequence[two]
        if self._kind(first) != self._kind(second) or graph.op[first] in OF_LOOPS or graph.shape[first].steps:
            return None
        args = self._args(first), self._args(second)
        ways = [self._way(*pair, one, two) for pair in zip(*args, strict=False)]
        return tuple(ways) if len(args[0]) == len(args[1]) and None not in ways else None  # type: ignore[arg-type]

    def _way(self, a: Node, b: Node, one: int, two: int) -> Way | None:
        op, shape = self.graph.op, self.graph.shape
        if op[a] == op[b] == "constant" and shape[a] == shape[b]:
            return "constant", 0
        if a in self.rows and b in self.rows and self.rows[a][0] == self.rows[b][0]:
            return "row", self.rows[a][0]
        if a == b:
            return "same", a
        if a not in self.place or b not in self.place:
            return None
        back = one - self.place[a]
        return ("back", back) if two - self.place[b] == back else None

    def _can_start(self, turns: Turns) -> bool:
        """Whether all is there, before the first turn, that it uses."""
        same = (node for ways in turns.ways for kind, node in ways if kind == "same")
        before = (self.sequence[place] for place in self._starts(turns))
        shapes = (self.graph.shape[self.sequence[turns.begin + operation]] for operation, _ in self._states(turns))
        return (
            all(self.place.get(node, -1) < turns.begin for node in same)
            and all(back <= MOST_BACK for _, back in self._states(turns))
            and all(self.graph.shape[node] == shape for node, shape in zip(before, shapes, strict=True))
        )

    def _states(self, turns: Turns) -> list[Component]:
        """What turns use of earlier ones, and all of it that comes between."""
        found: dict[int, int] = {}
        for number, ways in enumerate(turns.ways):
            for kind, back in ways:
                if kind == "back":
                    operation, before = turns.component(number, back)
                    found[operation] = max(found.get(operation, 0), before)
        return [(operation, back) for operation, most in found.items() for back in range(1, most + 1)]

    def _starts(self, turns: Turns) -> list[int]:
        return [turns.begin + operation - back * turns.length for operation, back in self._states(turns)]

    # what becomes of it ----------------------------------------------------------------------------
    def _roll(self, turns: Turns) -> None:
        """Record a loop for these turns."""
        graph, states = self.graph, self._states(turns)
        self.known.clear()  # what these turns make is a row now
        starts = [self._found(self.sequence[place]) for place in self._starts(turns)]
        used = self._used(turns)
        for operation in sorted(used - {operation for operation, _ in states}):
            states.append((operation, 1))
            starts.append(graph.constant(np.zeros(graph.shape[self.sequence[turns.begin + operation]].row)))
        body = graph.new_scope(MAIN, turns.count)
        steps = graph.steps(graph.constant(float(turns.count)), turns.count)
        loop = Loop(MAIN, body, steps, graph.leaf("k", body), starts, [])
        loop.state = [graph.leaf("state", body, graph.shape[node]) for node in starts]
        leaves = dict(zip(states, loop.state, strict=True))
        now: list[Node] = []
        for number, ways in enumerate(turns.ways):
            args = []
            for slot, (kind, what) in enumerate(ways):
                if kind == "back":
                    operation, back = turns.component(number, what)
                    args.append(leaves[operation, back] if back else now[operation])
                else:
                    args.append(self._found(what) if kind == "same" else self._data(turns, number, slot, loop.k))
            node = self.sequence[turns.begin + number]
            now.append(graph.node(graph.op[node], *args, extra=graph.extra[node]))
        closed = graph.close(loop, [leaves[o, back - 1] if back > 1 else now[o] for o, back in states])
        for component, (operation, back) in enumerate(states):
            if operation in used and back == 1:
                history = graph.state("history", closed, component)
                for turn, node in enumerate(self.sequence[turns.begin + operation : turns.end : turns.length], 1):
                    self.rows[node] = history, turn

    def _used(self, turns: Turns) -> set[int]:
        """Which operations of a turn are used by others than turns."""
        operations = self.sequence[turns.begin : turns.end]
        inside, wanted = set(operations), set(map(self._root, self.wanted))
        return {
            place % turns.length
            for place, node in enumerate(operations)
            if node in wanted or not inside.issuperset(self.users[node])
        }

    def _data(self, turns: Turns, number: int, slot: int, k: Node) -> Node:
        """What step k has for an argument that is a constant, or a row of a history."""
        graph = self.graph
        nodes = [self._args(node)[slot] for node in self.sequence[turns.begin + number : turns.end : turns.length]]
        if len(set(nodes)) == 1:
            return self._found(nodes[0])
        if nodes[0] in graph.values:
            return graph.node("rows", graph.constant(np.stack([graph.values[node] for node in nodes])), k)
        numbers = graph.constant([float(self.rows[node][1]) for node in nodes])
        return graph.node("rows", self.rows[nodes[0]][0], graph.node("rows", numbers, k))

    def _found(self, node: Node) -> Node:
        """The new node of an old one."""
        node = self._root(node)
        if node in self.rows:
            history, row = self.rows[node]
            return self.graph.node("rows", history, self.graph.constant(float(row)))
        return self.done.get(node, node)

    def _copy(self, nodes: Iterable[Node]) -> None:
        """Record nodes once more, with what the turns before them have become."""
        chosen = [node for node in nodes if self.graph.op[node] not in ("input", "constant")]
        changed = self.rows.keys() | self.done.keys()
        before = {need for node in chosen for need in self._needs(node)}.difference(chosen)
        self.done |= {need: self._found(need) for need in before if self._root(need) in changed}
        rebuild(self.graph, chosen, self.done, {MAIN: MAIN})
