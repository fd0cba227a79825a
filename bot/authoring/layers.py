"""Divides the nodes of a dialogue over layers: every route goes down, and few of them cross.

The method is Sugiyama's: each node as far down as its longest way from the start; a route that
passes layers gets a place of its own in each of them; then the order in a layer follows the mean
place of what is above and below, back and forth.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.dialogue.tree import Dialogue

SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in ``layer``: of a ``node``, or of the route ``via`` that passes there."""

    layer: int
    node: str = ""
    via: tuple[str, int] | None = None


@dataclass(slots=True)
class Layers:
    """The spots by layer, in order from the left; ``chains`` are the spots of each route.

    ``below`` and ``above`` are the neighbours of a spot, ``first`` the routes that go from the spot
    of a node to this one below it.
    """

    rows: list[list[Spot]]
    chains: dict[tuple[str, int], list[Spot]]
    below: dict[Spot, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    above: dict[Spot, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    first: dict[tuple[Spot, Spot], list[tuple[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def layers(dialogue: Dialogue, routes: Mapping[tuple[str, int], str]) -> Layers:
    """The layers of ``dialogue``; ``routes`` say where each way out (node and number) leads."""
    depth = _depths(dialogue, routes)
    rows: list[list[Spot]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in _in_order(dialogue, routes):
        rows[depth[name]].append(Spot(depth[name], name))
    found = Layers(rows, {})
    for (name, number), to in routes.items():
        between = range(depth[name] + 1, depth[to])
        passing = [Spot(layer, via=(name, number)) for layer in between]
        for spot in passing:
            rows[spot.layer].append(spot)
        chain = [Spot(depth[name], name), *passing, Spot(depth[to], to)]
        found.chains[name, number] = chain
        found.first[chain[0], chain[1]].append((name, number))
        for one, other in pairwise(chain):
            found.below[one].append(other)
            found.above[other].append(one)
    _untangle(found)
    return found


def _depths(dialogue: Dialogue, routes: Mapping[tuple[str, int], str]) -> dict[str, int]:
    """How many routes the longest way from the start to each node has."""
    out: dict[str, list[str]] = defaultdict(list)
    waits: dict[str, int] = defaultdict(int)
    for (name, _), to in routes.items():
        out[name].append(to)
        waits[to] += 1
    depth = {dialogue.start: 0}
    ready = [dialogue.start]
    while ready:
        name = ready.pop()
        for to in out[name]:
            depth[to] = max(depth.get(to, 0), depth[name] + 1)
            waits[to] -= 1
            if not waits[to]:
                ready.append(to)
    return depth


def _in_order(dialogue: Dialogue, routes: Mapping[tuple[str, int], str]) -> Iterable[str]:
    """The nodes as someone meets them who always takes the first way first."""
    out: dict[str, list[str]] = defaultdict(list)
    for (name, _), to in routes.items():
        out[name].append(to)
    seen: dict[str, None] = {}
    todo = [dialogue.start]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen[name] = None
            todo += reversed(out[name])
    return seen


def _untangle(found: Layers) -> None:
    best = [list(row) for row in found.rows]
    fewest = crossings(found)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        neighbours = found.above if down else found.below
        for row in found.rows if down else reversed(found.rows):
            _settle(row, neighbours, found)
        if (now := crossings(found)) < fewest:
            fewest, best = now, [list(row) for row in found.rows]
    found.rows[:] = best


def _settle(row: list[Spot], neighbours: Mapping[Spot, Sequence[Spot]], found: Layers) -> None:
    """Order ``row`` by the mean place of the neighbours; what has none stays where it is."""
    near = {spot.layer + step for spot in row[:1] for step in (-1, 0, 1)}
    place = {
        spot: number
        for layer in near
        if 0 <= layer < len(found.rows)
        for number, spot in enumerate(found.rows[layer])
    }
    mean = {
        spot: sum(place[other] for other in beside) / len(beside) if beside else place[spot]
        for spot in row
        for beside in (neighbours.get(spot, ()),)
    }
    row.sort(key=lambda spot: (mean[spot], place[spot]))


def crossings(found: Layers) -> int:
    """How many pairs of routes cross between two layers."""
    total = 0
    for upper, lower in pairwise(found.rows):
        place = {spot: number for number, spot in enumerate(lower)}
        lines = [
            number
            for spot in upper
            for number in sorted(place[other] for other in found.below.get(spot, ()))
        ]
        total += sum(
            1 for number, one in enumerate(lines) for other in lines[number + 1 :] if other < one
        )
    return total
